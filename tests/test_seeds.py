"""The two real pages that this began with, against the truth that people wrote down for them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pubtools import pipeline, sightings
from pubtools.models import Reading, Sighting
from pubtools.page import Page
from pubtools.problems import Problem

HOME = "000_15f5e29e24c52f34.txt"
AGGREGATOR = "003_0ac034a09ba36f10.txt"
AS_OF = date(2026, 6, 1)


@pytest.fixture
def seeds(shared: Path) -> Path:
    if not (shared / "seeds" / "gold.json").is_file():
        pytest.skip("../shared/seeds is not here")
    return shared / "seeds"


@pytest.fixture
def gold(seeds: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((seeds / "gold.json").read_text(encoding="utf-8"))
    return found


def read(path: Path, as_of: date | None = None) -> tuple[str, Reading, tuple[Sighting, ...], tuple[Problem, ...]]:
    layout, reading = pipeline.read(Page.from_text(path.read_bytes().decode(), path.name))
    return (layout, reading, *sightings.from_reading(reading, path.name, as_of))


def as_gold(sighting: Sighting, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the gold says of an entry, as the sighting says it."""
    facts = sighting.facts
    assert facts.authors
    assert facts.abstract
    said = {
        "title": facts.title,
        "title_line": sighting.at["title"],
        "authors": [name.literal for name in facts.authors.names],
        "authors_complete": facts.authors.complete,
        "date": facts.date and {"year": facts.date.year, "month": facts.date.month, "day": facts.date.day},
        "subject": facts.subjects[0].rpartition(".")[2] if facts.subjects else None,
        "affiliation_tail": ", ".join(facts.affiliations) or None,
        "abstract_complete": facts.abstract.complete,
    }
    return {key: said[key] for key in wanted}


@pytest.mark.parametrize(("name", "layout"), [(HOME, "teaser-bullets"), (AGGREGATOR, "category-cards")])
def test_a_page_is_read_as_people_read_it(name: str, layout: str, seeds: Path, gold: dict[str, Any]) -> None:
    found, reading, seen, _ = read(seeds / name)
    wanted = gold[name]
    assert found == layout
    assert reading.owner
    assert reading.owner.text == wanted["owner"]
    assert (reading.declared.count if reading.declared else None) == wanted["declared_count"]
    assert reading.refused == ()
    assert [as_gold(sighting, entry) for sighting, entry in zip(seen, wanted["publications"], strict=True)] == wanted[
        "publications"
    ]


@pytest.mark.parametrize("name", [HOME, AGGREGATOR])
def test_nobody_is_named_al(name: str, seeds: Path) -> None:
    _, _, seen, _ = read(seeds / name)
    written = {name.literal for sighting in seen if sighting.facts.authors for name in sighting.facts.authors.names}
    assert len(written) > 10
    assert not [literal for literal in written if literal.rstrip(".").endswith((" al", "others"))]


def test_the_aggregator_page_is_whole(seeds: Path) -> None:
    _, reading, seen, problems = read(seeds / AGGREGATOR, AS_OF)
    assert len(seen) == 19
    assert reading.unread == ()
    assert [problem.code for problem in problems] == ["N01"] * 12


def test_a_year_that_the_aggregator_hides_is_asked_for_or_inferred(seeds: Path) -> None:
    _, _, seen, problems = read(seeds / AGGREGATOR)
    assert [problem.where and problem.where.line for problem in problems if problem.code == "D01"] == [47, 61]
    yearless = [at for at, sighting in enumerate(seen) if sighting.facts.date and sighting.facts.date.year is None]
    assert len(yearless) == 2
    _, _, dated, problems = read(seeds / AGGREGATOR, AS_OF)
    assert not [problem for problem in problems if problem.code == "D01"]
    inferred = [at for at, sighting in enumerate(dated) if sighting.facts.date and sighting.facts.date.inferred]
    assert inferred == yearless
    assert {date.year for at in inferred if (date := dated[at].facts.date)} == {2026}


def test_on_the_home_page_only_publications_are_entries(seeds: Path) -> None:
    _, reading, seen, _ = read(seeds / HOME)
    assert len(seen) == 5
    assert {7, 8, 9, 70} <= set(reading.unread)
    lines = Page.from_text((seeds / HOME).read_bytes().decode()).lines
    assert lines[69].text == "• Explore other publications here."
    said = json.dumps([sighting.model_dump(mode="json") for sighting in seen])
    assert "Post thumbnail" not in said
    assert "Read Article" not in said
    assert "Read\\u00a0Article" not in said


def test_news_are_hints_for_the_papers_they_speak_of(seeds: Path, gold: dict[str, Any]) -> None:
    _, _, seen, problems = read(seeds / HOME)
    hints = {
        sighting.facts.title: (hint.venue.name, hint.venue.year, hint.note, hint.line)
        for sighting in seen
        for hint in sighting.facts.hints
    }
    lines = {"NeurIPS": 22, "TMLR": 28, "CogSci": 32}
    assert hints == {
        hint["title"]: (hint["venue"], hint["year"], hint.get("note"), lines[hint["venue"]])
        for hint in gold["news_hints"]
        if hint["title"]
    }
    loose = [hint["venue"] for hint in gold["news_hints"] if hint["title"] is None]
    assert loose == ["TMLR"]
    assert [problem.where and problem.where.line for problem in problems if problem.code == "L04"] == [lines["TMLR"]]
    assert all(sighting.facts.venue is None for sighting in seen)
