from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest

from pubtools.fields import subjects


@pytest.mark.parametrize(
    ("chip", "expected"),
    [
        ("LG", {"cs.LG"}),
        ("ML", {"stat.ML"}),
        ("NC", {"q-bio.NC"}),
        ("NE", {"cs.NE"}),
        ("CL", {"cs.CL"}),
        ("hep-th", {"hep-th"}),
        ("optics", {"physics.optics"}),
        ("dis-nn", {"cond-mat.dis-nn"}),
        ("cs.LG", {"cs.LG"}),
        ("cs.NA", {"math.NA"}),
        ("NA", {"math.NA"}),
        ("IT", {"cs.IT"}),
        ("SY", {"eess.SY"}),
        ("MP", {"math-ph"}),
    ],
)
def test_a_chip_means_one_category(chip: str, expected: set[str]) -> None:
    assert subjects.categories(chip) == expected


@pytest.mark.parametrize(
    ("chip", "expected"),
    [
        ("AP", {"math.AP", "stat.AP"}),
        ("SC", {"cs.SC", "q-bio.SC"}),
        ("TH", {"econ.TH", "math.ST"}),
        ("CO", {"astro-ph.CO", "math.CO", "stat.CO"}),
    ],
)
def test_an_ambiguous_chip_means_all_of_them(chip: str, expected: set[str]) -> None:
    assert subjects.categories(chip) == expected


@pytest.mark.parametrize("chip", ["", "QQ", "lg", "cs", "cs.QQ", "cs.", ".LG", "astro-ph"])
def test_what_arxiv_does_not_have_means_nothing(chip: str) -> None:
    assert subjects.categories(chip) == frozenset()


# What arXiv closed in 2007 at the latest, https://arxiv.org/archive; "astro-ph" and "cond-mat" live on by parts.
CLOSED = set(
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat dg-ga "
    "funct-an mtrl-th patt-sol plasm-ph q-alg q-bio solv-int supr-con".split()
)


def test_the_table_has_every_category_of_real_records(shared: Path) -> None:
    seen: set[str] = set()
    for path in sorted((shared / "arxiv" / "metadata").glob("*.jsonl.xz")):
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                said = record.get("categories") or record.get("cats") or []
                seen.update(said.replace(",", " ").split() if isinstance(said, str) else said)
    assert len(seen) > 100
    assert {category for category in seen if not subjects.categories(category)} <= CLOSED
