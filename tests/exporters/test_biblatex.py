from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pubtools import library
from pubtools.exporters import Style, biblatex
from pubtools.models import Authors, Name, Publication
from pubtools.people import People

EXPORTS = Path(__file__).parents[2] / "fixtures" / "exports"
ADA = Authors(names=(Name(literal="Ada Lovelace", family="Lovelace", given="Ada"),))
EDITOR = {"contributors": {"editor": ADA}}


def written(**facts: Any) -> str:
    work = Publication.model_validate({"key": "key", "title": "Title", "sightings": (), **facts})
    return biblatex.render([work], Style())


def field(name: str, **facts: Any) -> str | None:
    found = re.search(rf"^  {name} += (.*?),?$", written(**facts), re.MULTILINE)
    return found[1] if found else None


def test_the_fixture_is_written_as_authored(request: pytest.FixtureRequest) -> None:
    expected = EXPORTS / "expected.biblatex.bib"
    stored = library.loads((EXPORTS / "library.json").read_text(encoding="utf-8"))
    rendered = biblatex.render(library.publications(stored, People()), Style())
    if request.config.getoption("--update-fixtures", default=False):
        expected.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("facts", "entry_type"),
    [
        ({}, "misc"),
        ({"kind": "preprint", "arxiv": {"number": "2406.01589"}}, "online"),
        ({"kind": "preprint"}, "misc"),
        ({"kind": "webpage", "urls": ["https://a.b/c"]}, "online"),
        ({"kind": "article-journal", "venue": {"name": "V"}}, "article"),
        ({"kind": "article-journal"}, "misc"),
        ({"kind": "chapter", "venue": {"name": "V"}}, "inbook"),
        ({"kind": "chapter", "venue": {"name": "V"}, **EDITOR}, "incollection"),
        ({"kind": "book", "venue": {"name": "V"}}, "book"),
        ({"kind": "book", "authors": None, **EDITOR}, "collection"),
        ({"kind": "thesis", "venue": {"name": "U"}}, "thesis"),
        ({"kind": "report", "venue": {"name": "U"}}, "report"),
        ({"kind": "software"}, "software"),
        ({"kind": "dataset"}, "dataset"),
        ({"kind": "map"}, "misc"),
    ],
)
def test_what_is_known_decides_the_type(facts: dict[str, Any], entry_type: str) -> None:
    assert written(**{"authors": ADA, "date": {"year": 2024}, **facts}).startswith(f"@{entry_type}{{key,")


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ({"year": 2024}, "{2024}"),
        ({"year": 2024, "month": 6}, "{2024-06}"),
        ({"year": 2024, "month": 6, "day": 3}, "{2024-06-03}"),
        ({"month": 6, "day": 3}, None),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(date: dict[str, int], expected: str | None) -> None:
    assert field("date", date=date) == expected


@pytest.mark.parametrize(
    ("facts", "name", "expected"),
    [
        ({"title": "É & α: 100% ReLU"}, "title", r"{É \& α: 100\% {ReLU}}"),
        ({"arxiv": {"number": "2406.01589"}, "subjects": ["cs.LG"]}, "eprinttype", "{arxiv}"),
        ({"arxiv": {"number": "2406.01589"}, "subjects": ["cs.LG"]}, "eprintclass", "{cs.LG}"),
        ({"kind": "preprint"}, "pubstate", "{prepublished}"),
        ({"status": "in preparation"}, "pubstate", "{inpreparation}"),
        ({"status": "R&R"}, "pubstate", r"{R\&R}"),
        ({"details": {"publisher-place": "Łódź"}}, "location", "{Łódź}"),
        ({"details": {"annote": "A"}}, "annotation", "{A}"),
        ({"kind": "thesis", "details": {"genre": "PhD thesis"}, "venue": {"name": "U"}}, "type", "{phdthesis}"),
        ({"kind": "thesis", "venue": {"name": "U"}}, "type", "{Thesis}"),
        ({"kind": "thesis", "venue": {"name": "U"}}, "institution", "{U}"),
        ({"venue": {"name": "V", "pages": "1–20"}}, "pages", "{1--20}"),
        ({"kept": {"bibtex": {"date": "2024/2025"}}, "date": {"year": 2024}}, "date", "{2024/2025}"),
        ({"aliases": ("b", "a"), "kept": {"bibtex": {"ids": "c"}}}, "ids", "{b, a, c}"),
        ({"aliases": ("b",), "kept": {"bibtex": {"ids": "c}, note = {x"}}}, "ids", "{b}"),
        ({"aliases": ("b",)}, "ids", "{b}"),
    ],
)
def test_fields_are_those_of_biblatex(facts: dict[str, Any], name: str, expected: str) -> None:
    assert field(name, **{"authors": ADA, **facts}) == expected
