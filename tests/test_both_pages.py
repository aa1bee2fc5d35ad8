"""The two real pages in one library, against gold.json: 23 works, one conflict, and the laws on real text."""

from __future__ import annotations

import itertools
import json
from datetime import date

import pytest

from pubtools import library as libraries
from pubtools import merging, pipeline
from pubtools.config import Config, Owner, Person
from pubtools.library import Library
from pubtools.page import Page

HOME, AGGREGATOR = "000_15f5e29e24c52f34.txt", "003_0ac034a09ba36f10.txt"
TILTING = "Tilting the Odds at the Lottery"


@pytest.fixture
def pages(shared) -> dict[str, Page]:
    return {name: Page.from_text((shared / "seeds" / name).read_text("utf-8"), name) for name in (HOME, AGGREGATOR)}


@pytest.fixture
def gold(shared) -> dict:
    return json.loads((shared / "seeds" / "gold.json").read_text("utf-8"))


@pytest.fixture
def both(pages) -> tuple[Library, pipeline.Report]:
    return pipeline.normalise(Library(), [pages[HOME], pages[AGGREGATOR]])


def works(library: Library) -> set[frozenset[str]]:
    return {frozenset(map(merging.canonical, record.sightings)) for record in library.publications}


def by_title(library: Library, beginning: str, config: Config | None = None):
    records = libraries.publications(library, pipeline.People.of(config or Config()))
    return next(publication for publication in records if publication.title.startswith(beginning))


def test_they_are_23_works_with_one_merged(both, gold):
    library, report = both
    assert len(library.publications) == report.publications == gold["merged"]["works"] == 23
    assert report.merged == 1
    assert len(report.new) == 23


def test_the_shared_paper_takes_the_best_of_each_page(both, gold):
    tilting = by_title(both[0], TILTING)
    home = next(p for p in gold[HOME]["publications"] if p["title"] == gold["merged"]["shared_title"])
    assert [name.literal for name in tilting.authors.names] == home["authors"]
    assert tilting.authors.complete
    assert tilting.date.parts == (2024, 6, 3)
    assert tilting.claims("date")[0].sighting.source.locator == AGGREGATOR
    assert tilting.abstract.complete
    assert tilting.claims("abstract")[0].sighting.source.locator == AGGREGATOR
    assert {sighting.source.locator for sighting in tilting.sightings} == {HOME, AGGREGATOR}


def test_the_two_spellings_of_one_co_author_are_the_only_conflict(both, gold):
    library, report = both
    assert [(p.code, str(p.where)) for p in report.problems if p.code.startswith("C")] == [("C01", f"{HOME}:60")]
    problem = next(p for p in report.problems if p.code == "C01")
    assert all(spelling in problem.message for spelling in gold["merged"]["conflict"])
    assert f"{AGGREGATOR}:106" in problem.message
    assert report.conflicts == (by_title(library, TILTING).key,)


def test_either_order_gives_the_same_bytes_and_a_second_run_changes_nothing(pages, both):
    text = libraries.dumps(both[0])
    for order in itertools.permutations(pages.values()):
        assert libraries.dumps(pipeline.normalise(Library(), order)[0]) == text
        library, report = pipeline.normalise(both[0], order)
        assert libraries.dumps(library) == text
        assert (report.new, report.changed, report.gone) == ((), (), ())


def test_one_page_after_the_other_gives_the_same_works_and_keeps_the_first_keys(pages, both):
    for first, second in itertools.permutations(pages.values()):
        one, _ = pipeline.normalise(Library(), [first])
        after, _ = pipeline.normalise(one, [second])
        assert works(after) == works(both[0])
        assert {record.key for record in one.publications} <= {record.key for record in after.publications}


def test_the_owner_is_found_and_eight_papers_of_the_aggregator_hide_him(pages):
    library, report = pipeline.normalise(Library(), [pages[AGGREGATOR]])
    assert [page.owner for page in report.pages] == ["Andrew Saxe"]
    hidden = [problem for problem in report.problems if problem.code == "N02"]
    assert len(hidden) == 8
    listed = {p.title: p.authors for p in libraries.publications(library, pipeline.People())}
    for problem in hidden:
        authors = next(authors for title, authors in listed.items() if title in problem.message)
        assert not authors.complete
        assert "Andrew Saxe" not in [name.literal for name in authors.names]
    assert len(report.cut) == 12


def test_news_attach_to_the_paper_they_speak_of_and_to_no_other(both, gold):
    hints = {p.title: p.hints for p in libraries.publications(both[0], pipeline.People()) if p.hints}
    wanted = {h["title"]: h for h in gold["news_hints"] if h["title"]}
    assert {title: [(h.venue.name, h.venue.year, h.note) for h in found] for title, found in hints.items()} == {
        title: [(h["venue"], h["year"], h.get("note"))] for title, h in wanted.items()
    }
    assert all(p.venue is None for p in libraries.publications(both[0], pipeline.People()))
    assert "TMLR" not in libraries.dumps(both[0])
    unattached = [problem for problem in both[1].problems if problem.code == "L04"]
    assert len(unattached) == 1
    assert "TMLR" in unattached[0].message


def test_as_of_gives_the_year_that_the_page_hides(pages):
    library, report = pipeline.normalise(Library(), [pages[AGGREGATOR]], as_of=date(2026, 6, 1))
    assert report.without_year == ()
    inferred = [p.date for p in libraries.publications(library, pipeline.People()) if p.date.inferred]
    assert [d.parts for d in inferred] == [(2026, 5, 19), (2026, 1, 12)]


PEOPLE = Config(people=(Person(family="Sarao Mannelli", given="Stefano"),))


@pytest.mark.parametrize("to", ["bibtex", "csl-json", "markdown"])
def test_a_people_row_splits_the_compound_surname_in_every_export(pages, to):
    library, _ = pipeline.normalise(Library(), list(pages.values()), PEOPLE)
    assert by_title(library, TILTING, PEOPLE).key == "saraomannelli2024tilting"
    text = pipeline.export(library, to, PEOPLE)
    if to == "bibtex":
        assert "Sarao Mannelli, Stefano" in text
        assert "Mannelli, Stefano Sarao" not in text
    if to == "csl-json":
        people = [author for item in json.loads(text) for author in item["author"]]
        mannelli = [author for author in people if "Mannelli" in json.dumps(author)]
        assert mannelli
        assert all(author == {"family": "Sarao Mannelli", "given": "Stefano"} for author in mannelli)
    if to == "markdown":
        assert "Stefano Sarao Mannelli" in text


def test_a_people_row_that_comes_later_splits_the_name_but_never_renames_a_key(both):
    library, _ = both
    tilting = by_title(library, TILTING, PEOPLE)
    assert tilting.authors.names[0].family == "Sarao Mannelli"
    assert tilting.key == "mannelli2024tilting"


def test_without_a_row_the_split_is_marked_as_a_guess(both):
    name = by_title(both[0], TILTING).authors.names[0]
    assert (name.literal, name.split_by) == ("Stefano Sarao Mannelli", "last-word")
    assert any(problem.code == "N03" and name.literal in problem.message for problem in both[1].problems)


def test_the_three_exports_hold_the_same_works_keys_and_order(both):
    library, _ = both
    keys = [publication.key for publication in libraries.publications(library, pipeline.People())]
    bib = pipeline.export(library, "bibtex")
    csl = json.loads(pipeline.export(library, "csl-json"))
    markdown = pipeline.export(library, "markdown")
    assert [line.split("{")[1].rstrip(",") for line in bib.splitlines() if line.startswith("@")] == keys
    assert [item["id"] for item in csl] == keys
    places = [markdown.find(item["title"].split(":")[0].split("?")[0].split("'")[0]) for item in csl]
    assert -1 not in places
    assert places == sorted(places)
    assert len([line for line in markdown.splitlines() if line.startswith("- ")]) == 23


def test_bibtex_parses_in_two_readers_and_says_and_others_where_a_list_is_cut(both):
    import bibtexparser
    from pybtex.database import parse_string

    library, report = both
    text = pipeline.export(library, "bibtex")
    parsed = bibtexparser.parse_string(text)
    assert parsed.failed_blocks == []
    assert len(parsed.entries) == 23
    assert {e.key for e in parsed.entries if e["author"].endswith(" and others")} == set(report.cut)
    assert len(parse_string(text, "bibtex").entries) == 23
    assert "al." not in text


def test_csl_json_validates_and_says_the_rest_in_custom(both, shared):
    import jsonschema

    library, report = both
    items = json.loads(pipeline.export(library, "csl-json"))
    jsonschema.Draft7Validator(json.loads((shared / "csl-data.json").read_text("utf-8"))).validate(items)
    assert {item["id"] for item in items if item.get("custom", {}).get("authors-complete") is False} == set(report.cut)
    for item in items:
        assert not any(word in json.dumps(item["author"]).lower() for word in ("others", "et al"))


def test_a_cut_abstract_is_never_exported_as_if_whole(both):
    for to in ("bibtex", "csl-json", "markdown"):
        text = pipeline.export(both[0], to, abstracts=True)
        assert "Post thumbnail" not in text
        assert "Read Article" not in text
    home_only = {
        p.key for p in libraries.publications(both[0], pipeline.People()) if p.abstract and not p.abstract.complete
    }
    assert len(home_only) == 4
    items = {item["id"]: item for item in json.loads(pipeline.export(both[0], "csl-json"))}
    assert not any("abstract" in items[key] for key in home_only)


def test_markdown_has_years_newest_first_the_owner_in_bold_and_et_al_where_cut(pages):
    library, report = pipeline.normalise(Library(), list(pages.values()), Config(owner=Owner(name="Andrew Saxe")))
    text = pipeline.export(library, "markdown", Config(owner=Owner(name="Andrew Saxe")))
    years = [line[3:] for line in text.splitlines() if line.startswith("## ")]
    assert years == ["Undated", *sorted((y for y in years if y.isdigit()), reverse=True)]
    assert text.count("et al.") == len(report.cut)
    assert "**Andrew Saxe**" in text
    assert "**Stefano Sarao Mannelli**" not in text
