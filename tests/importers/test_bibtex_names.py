from __future__ import annotations

import importlib.util
import json
import re
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pubtools import latex
from pubtools.exporters import Style, bibtex
from pubtools.importers import _bibtex_names as bibtex_names
from pubtools.models import Publication


def one(text: str) -> dict[str, Any]:
    authors = bibtex_names.parse_list(text)
    assert authors
    (name,) = authors.names
    return name.model_dump(exclude_defaults=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lovelace, Ada", {"family": "Lovelace", "given": "Ada", "split_by": "comma"}),
        ("Ada Lovelace", {"family": "Lovelace", "given": "Ada", "split_by": "last-word"}),
        (r"{\'E}lie Cartan", {"family": "Cartan", "given": "Élie", "split_by": "last-word"}),
        ("Álvarez Melis, David", {"family": "Álvarez Melis", "given": "David", "split_by": "comma"}),
        ("Ada {Byron King}", {"family": "Byron King", "given": "Ada", "split_by": "source"}),
        ("Ludwig van der Berg", {"family": "Berg", "given": "Ludwig", "particle": "van der", "split_by": "source"}),
        (
            "van der Berg, Jr., Ludwig",
            {"family": "Berg", "given": "Ludwig", "particle": "van der", "suffix": "Jr.", "split_by": "comma"},
        ),
        ("Zhen{-}Hua Ling", {"family": "Ling", "given": "Zhen-Hua", "split_by": "last-word"}),
        ("de Finetti", {"family": "Finetti", "particle": "de", "split_by": "source"}),
        ("Plato", {}),
        ("{OpenAI, Inc.}", {}),
        (
            'family=Berg, given={Ludwig}, given-i=L, prefix="van der"',
            {"family": "Berg", "given": "Ludwig", "particle": "van der", "split_by": "source"},
        ),
    ],
)
def test_a_name_is_taken_apart_as_bibtex_does(text: str, expected: dict[str, str]) -> None:
    name = one(text)
    assert name.pop("literal")
    assert name == expected


@pytest.mark.parametrize(
    ("text", "literals", "complete"),
    [
        ("Ada Lovelace and Emmy Noether", ["Ada Lovelace", "Emmy Noether"], True),
        ("Ada Lovelace AND\n  Noether, Emmy and others", ["Ada Lovelace", "Noether, Emmy"], False),
        ("Ada Lovelace and et al.", ["Ada Lovelace"], False),
        ("Ada Lovelace et~al.", ["Ada Lovelace"], False),
        ("{Simon and Schuster} and Day, A.", ["Simon and Schuster", "Day, A."], True),
        ("Ada Lovelace and ", ["Ada Lovelace"], True),
        ("Ada Lovelace and and Emmy Noether", ["Ada Lovelace", "Emmy Noether"], True),
        ("Lovelace, A., Noether, E., Hopper, G.", ["Lovelace, A.", "Noether, E.", "Hopper, G."], True),
        ("Ada Lovelace; Emmy Noether", ["Ada Lovelace", "Emmy Noether"], True),
    ],
)
def test_a_list_has_its_names_and_its_end(text: str, literals: list[str], complete: bool) -> None:
    authors = bibtex_names.parse_list(text)
    assert authors
    assert [name.literal for name in authors.names] == literals
    assert authors.complete is complete


@pytest.mark.parametrize("text", ["", " and ", "others", "{}"])
def test_nobody_is_nobody(text: str) -> None:
    assert bibtex_names.parse_list(text) is None


@pytest.mark.parametrize(
    "text", ["a" * 50_000, "~" * 50_000, "{" * 20_000 + "}" * 20_000, "A and " * 20_000, "-," * 9_999]
)
def test_hostile_names_take_no_long_time(text: str) -> None:
    bibtex_names.parse_list(text)


# ---------------------------------------------------------------- beside BibTeX itself


def spaced(text: str) -> str:
    return re.sub(r"(?<!\\)~|\s+", " ", text).strip()


def cases(shared: Path, name: str) -> list[dict[str, Any]]:
    found = json.loads((shared / "suites" / f"{name}.json").read_text("utf-8"))["cases"]
    assert found
    return [case for case in found if not case.get("non_ascii")]


# biblatex's own notation, which BibTeX takes for a name with three commas.
EXTENDED = re.compile(r"(?:family|given)=")


def test_the_parts_are_those_of_bibtex(shared: Path) -> None:
    wrong = [
        case["input"]
        for case in cases(shared, "names-single")
        if tuple(map(spaced, bibtex_names.parts(case["input"].strip())))
        != tuple(case["expected"][part] for part in ("first", "von", "last", "jr"))
    ]
    assert [text for text in wrong if not EXTENDED.match(text)] == []


def test_lists_are_split_as_bibtex_splits_them(shared: Path) -> None:
    for case in cases(shared, "names-multi"):
        found = [tuple(map(spaced, bibtex_names.parts(piece))) for piece in bibtex_names.split(case["input"])]
        assert found == [tuple(name[part] for part in ("first", "von", "last", "jr")) for name in case["expected"]]


@pytest.fixture
def oracle(shared: Path) -> ModuleType:
    if not shutil.which("bibtex"):
        pytest.skip("bibtex is not installed")
    spec = importlib.util.spec_from_file_location("bibtex_names_oracle", shared / "oracles" / "bibtex_names.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_bibtex_reads_what_we_write_as_it_read_what_we_have_read(shared: Path, oracle: ModuleType) -> None:
    """What we read and write again has the same parts for the program itself: at least 999 of 1000."""
    texts, written = [], []
    for case in cases(shared, "names-single"):
        authors = bibtex_names.parse_list(case["input"])
        if authors is None or EXTENDED.match(case["input"]) or len(authors.names) != 1 or not authors.complete:
            continue  # an empty name, "others", or commas in the place of "and"
        work = Publication(key="k", title="T", authors=authors, sightings=())
        found = re.search(r"^  author +=\s\{(.*)\},?$", bibtex.render([work], Style()), re.MULTILINE)
        assert found
        texts.append(case)
        written.append(found[1])
    assert len(texts) > 2400

    def plain(name: dict[str, str]) -> tuple[str, ...]:
        """The parts without braces, which we write elsewhere."""
        return tuple(re.sub(r"[{}]", "", spaced(name[part])) for part in ("first", "von", "last", "jr"))

    wrong = []
    for case, names, text in zip(texts, oracle.split(written), written, strict=True):
        (name,) = names
        decoded = tuple(map(latex.decode, (name[part] for part in ("first", "von", "last", "jr"))))
        expected = tuple(latex.decode(case["expected"][part]) for part in ("first", "von", "last", "jr"))
        if decoded != expected and plain(name) != plain(case["expected"]):
            wrong.append((case["input"], text, decoded, expected))
    assert len(wrong) <= len(texts) // 1000, wrong
