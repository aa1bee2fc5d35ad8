from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from arxiv_stand_in import DIALECTS, StandIn, seed_records

from pubtools import library as libraries
from pubtools import pipeline
from pubtools.config import Config
from pubtools.enrichers import Absent, Candidate, CouldNotAsk, Found, arxiv
from pubtools.enrichers._arxiv_api import Api
from pubtools.enrichers._arxiv_entry import Entry, candidate
from pubtools.enrichers._arxiv_records import Records
from pubtools.errors import ServiceUnavailableError
from pubtools.fields import names, titles
from pubtools.library import Library
from pubtools.models import ArxivId, Authors, Claim, Facts, PartialDate, Publication, Sighting, Source
from pubtools.page import Page
from pubtools.people import People

FIXTURES = Path(__file__).parents[2] / "fixtures"


def record(number, title, *authors, year=2024, version=1):
    return Candidate(
        f"{number}v{version}",
        Facts(
            title=title,
            authors=Authors(names=tuple(map(names.parse, authors))),
            date=PartialDate(year=year),
            arxiv=ArxivId(number=number, version=version),
        ),
        updated=date(2024, 5, version),
    )


def publication(key, title, *authors, number=None, complete=True, said_by="profile"):
    facts = Facts(
        title=title,
        authors=Authors(names=tuple(map(names.parse, authors)), complete=complete) if authors else None,
        arxiv=ArxivId(number=number) if number else None,
    )
    sighting = Sighting(source=Source(kind=said_by, locator="page.txt"), facts=facts)
    ranked = {"arxiv": (Claim("arxiv", facts.arxiv, sighting),)} if number else {}
    return Publication(**dict(facts), key=key, sightings=(sighting,), ranked=ranked)


class Shelf:
    """A catalogue in memory: whole titles, whole names, and a log of questions; `broken` ones raise."""

    def __init__(self, *records, broken=()):
        self.records = records
        self.broken = broken
        self.asked = []

    def _ask(self, question, what):
        self.asked.append((question, what))
        if question in self.broken:
            raise ServiceUnavailableError("no answer within 60 s", service="arXiv")

    def by_ids(self, numbers):
        self._ask("ids", list(numbers))
        return [one for one in reversed(self.records) if one.facts.arxiv.number in numbers]

    def by_titles(self, wanted):
        self._ask("titles", list(wanted))
        folded = {titles.fold(title) for title in wanted}
        return [one for one in reversed(self.records) if titles.fold(one.facts.title) in folded]

    def by_author(self, name):
        self._ask("author", name)
        person = names.parse(name)
        return [
            one
            for one in self.records
            if any(names.compare(person, author) == "same" for author in one.facts.authors.names)
        ]


LOOM = record("2401.00001", "Weaving Algebraical Patterns by Engine", "Ada Lovelace", "Charles Babbage")
MILL = record("2401.00002", "Grinding Numbers in the Mill", "Charles Babbage", version=3)


def ask(catalogue, *wanted, owners=()):
    answers = list(arxiv.look_up(wanted, owners, catalogue))
    assert sorted(answer.key for answer in answers) == sorted(one.key for one in wanted)
    return {answer.key: answer for answer in answers}


def test_a_title_is_found_and_says_who_says_it():
    answer = ask(Shelf(LOOM, MILL), publication("b", MILL.facts.title, "C. Babbage"))["b"]
    assert isinstance(answer, Found)
    sighting = answer.sighting
    assert sighting.source == Source(kind="arxiv", locator="2401.00002", seen=date(2024, 5, 3), trust=arxiv.TRUST)
    assert sighting.facts.arxiv.version == 3
    assert sighting.match.score > 0.9


def test_numbers_then_titles_then_the_first_owner_and_nothing_twice():
    shelf = Shelf(LOOM, MILL)
    wanted = (
        publication("loom", "Weaving algebraical patterns", "Ada Lovelace", number="2401.00001"),
        publication("mill", MILL.facts.title, "Charles Babbage"),
        publication("none", "On the Economy of Machinery and Manufactures", "Charles Babbage"),
    )
    answers = ask(shelf, *wanted, owners=("Charles Babbage", "Ada Lovelace"))
    assert [type(answers[key]) for key in ("loom", "mill", "none")] == [Found, Found, Absent]
    assert [question for question, _ in shelf.asked] == ["ids", "titles", "author"]
    assert shelf.asked[2] == ("author", "Charles Babbage")


def test_nothing_wanted_is_nothing_asked():
    shelf = Shelf(LOOM)
    assert ask(shelf, owners=("Ada Lovelace",)) == {}
    assert shelf.asked == []


def test_no_owner_is_no_third_question():
    shelf = Shelf(LOOM)
    assert isinstance(ask(shelf, publication("x", "Something Else Entirely New", "Ada Lovelace"))["x"], Absent)
    assert [question for question, _ in shelf.asked] == ["titles"]


def test_a_paper_with_another_title_is_found_among_the_owners():
    later = record("2401.00003", "Maslow's Hammer in Catastrophic Forgetting: Node Re-Use", "Ada Lovelace")
    wanted = publication("m", "Maslow's Hammer for Catastrophic Forgetting: Node Reuse", "Ada Lovelace")
    assert isinstance(ask(Shelf(later), wanted, owners=("Ada Lovelace",))["m"], Found)


def test_an_unknown_number_is_absent():
    answer = ask(Shelf(LOOM), publication("x", "Weaving", number="2401.09999"))["x"]
    assert answer == Absent("x", "arXiv has no 2401.09999")


def test_a_number_of_another_work_is_not_taken():
    wanted = publication("x", "Something Else Entirely", "Grace Hopper", number="2401.00001")
    answer = ask(Shelf(LOOM), wanted)["x"]
    assert isinstance(answer, Absent)
    assert "2401.00001" in answer.reason


def test_the_users_own_number_is_final():
    wanted = publication("x", "Something Else Entirely", "Grace Hopper", number="2401.00001", said_by="user")
    assert isinstance(ask(Shelf(LOOM), wanted)["x"], Found)


def test_two_that_cannot_be_told_apart_are_none_and_it_is_said():
    twin = record("2402.00009", LOOM.facts.title, "Ada Lovelace", "Charles Babbage")
    answer = ask(Shelf(LOOM, twin), publication("x", LOOM.facts.title, "Ada Lovelace", "Charles Babbage"))["x"]
    assert isinstance(answer, Absent)
    assert answer.reason


def test_one_title_by_other_people_is_another_paper():
    answer = ask(Shelf(LOOM), publication("x", LOOM.facts.title, "Grace Hopper", "Jean Bartik"))["x"]
    assert isinstance(answer, Absent)


@pytest.mark.parametrize(
    ("broken", "could_not"),
    [
        (("ids",), {"loom"}),
        (("titles",), {"mill", "none"}),
        (("author",), {"none"}),
        (("ids", "titles"), {"loom", "mill", "none"}),
    ],
)
def test_only_what_was_not_answered_could_not_be_asked(broken, could_not):
    wanted = (
        publication("loom", LOOM.facts.title, "Ada Lovelace", number="2401.00001"),
        publication("mill", MILL.facts.title, "Charles Babbage"),
        publication("none", "On the Economy of Machinery and Manufactures", "Charles Babbage"),
    )
    answers = ask(Shelf(LOOM, MILL, broken=broken), *wanted, owners=("Charles Babbage",))
    assert {key for key, answer in answers.items() if isinstance(answer, CouldNotAsk)} == could_not
    assert all("60 s" in answers[key].reason for key in could_not)


# ---------------------------------------------------------------- whole pages


def publications(*pages, as_of=None):
    library, _ = pipeline.normalise(Library(), pages, as_of=as_of)
    return libraries.publications(library, People.of(Config()))


def test_the_seed_pages_are_found_all_but_the_one_that_is_not_there(shared):
    papers = json.loads((shared / "arxiv" / "seed_papers.json").read_text("utf-8"))
    truth = {titles.fold(paper["seed_title"]): paper["arxiv_id"] for paper in papers}
    records = []
    for paper in papers:
        if paper["arxiv_id"]:
            entry = Entry(
                id=f"http://arxiv.org/abs/{paper['arxiv_id']}v1",
                title=paper["seed_title"],
                authors=[names.parse(name) for name in paper["authors"]],
                published=f"{paper['first_submitted']}T12:00:00Z",
                categories=[paper["primary_category"]],
            )
            records.append(candidate(entry))
    shelf = Shelf(*records)
    pages = [Page.from_text(path.read_text("utf-8"), path.name) for path in sorted((shared / "seeds").glob("*.txt"))]
    wanted = publications(*pages)
    answers = ask(shelf, *wanted, owners=("Andrew Saxe", "Stefano Sarao Mannelli"))
    assert len(shelf.asked) <= 3

    found = {answer.key: answer for answer in answers.values() if isinstance(answer, Found)}
    assert len({answer.sighting.source.locator for answer in found.values()}) == 22
    for one in wanted:
        answer = answers[one.key]
        assert truth[titles.fold(one.title)] == (answer.sighting.source.locator if isinstance(answer, Found) else None)
        if isinstance(answer, Absent):
            assert one.title.startswith("A meta-learning framework for rationalizing cognitive fatigue")


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_seed_pages_take_two_requests_of_the_api_in_every_dialect(shared, dialect):
    pages = [Page.from_text(path.read_text("utf-8"), path.name) for path in sorted((shared / "seeds").glob("*.txt"))]
    with StandIn(seed_records(shared), dialect=dialect) as server:

        def fetch(url, parameters):
            with urlopen(f"{url}?{urlencode(parameters)}", timeout=10) as reply:  # noqa: S310 — this computer
                return reply.read()

        answers = ask(Api(fetch, server.url), *publications(*pages), owners=("Andrew Saxe",))
        assert len(server.log) == 2
    found = [answer.sighting for answer in answers.values() if isinstance(answer, Found)]
    assert len({sighting.source.locator for sighting in found}) == len(found) == 22
    assert all(sighting.facts.authors.complete and sighting.facts.date.parts for sighting in found)


def test_the_demonstration_is_enriched_without_a_network(tmp_path):
    paths = [FIXTURES / "profiles" / name for name in ("category_cards/lovelace.txt", "teaser_bullets/babbage.txt")]
    if not all(path.is_file() for path in paths):
        pytest.skip("fixtures/profiles is not here")
    pages = [Page.from_text(path.read_text("utf-8"), path.name) for path in paths]
    records = Records(FIXTURES / "arxiv-records.jsonl", tmp_path)
    answers = ask(records, *publications(*pages, as_of=date(2026, 6, 1)), owners=("Ada Lovelace",))
    found = {answer.sighting.source.locator for answer in answers.values() if isinstance(answer, Found)}
    assert found == {
        "2605.99901",
        "2512.99901",
        "2507.99901",
        "2403.99901",
        "2311.99901",
        "2509.99901",
        "2506.99901",
    }
    assert sum(isinstance(answer, Absent) for answer in answers.values()) == 1
