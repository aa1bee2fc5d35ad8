"""The same page three times, as its HTML and as two programs render it to text, says the same works."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtools import pipeline, sightings
from pubtools.page import Page

FOLDER = Path(__file__).parents[1] / "fixtures" / "pages-html"
PAGES = sorted(FOLDER.glob("*.html"))


def as_it_is(text: str) -> Page:
    return pipeline.page_of(text, "page.html")


def by_inscriptis(text: str) -> Page:
    from inscriptis import get_text

    return Page.from_text(get_text(text))


def by_html2text(text: str) -> Page:
    from html2text import html2text

    return Page.from_text(html2text(text))


RENDERINGS: list[Callable[[str], Page]] = [as_it_is, by_inscriptis, by_html2text]


def works(page: Page) -> list[dict[str, object]]:
    """Title, authors and year of every work that `page` lists, in its order."""
    _, reading = pipeline.read(page)
    found, _ = sightings.from_reading(reading, page.name)
    return [
        {
            "title": sighting.facts.title,
            "authors": [name.literal for name in sighting.facts.authors.names] if sighting.facts.authors else [],
            "year": sighting.facts.date.year if sighting.facts.date else None,
        }
        for sighting in found
    ]


def test_every_page_has_its_works_beside_it():
    assert PAGES
    assert {page.with_suffix(".works.json") for page in PAGES} == set(FOLDER.glob("*.works.json"))


@pytest.mark.parametrize("rendering", RENDERINGS, ids=lambda rendering: rendering.__name__)
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_says_the_same_works_in_every_rendering(path, rendering):
    expected = json.loads(path.with_suffix(".works.json").read_text(encoding="utf-8"))
    assert works(rendering(path.read_text(encoding="utf-8"))) == expected
