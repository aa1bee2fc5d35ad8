"""The policy of the fold: one row a rule of `PREFER`."""

from __future__ import annotations

import random

import pytest

from pubtools import merging
from pubtools.fields import names
from pubtools.models import Authors, Facts, Hint, PartialDate, Prose, Sighting, Source, Venue
from pubtools.people import People

NOBODY = People()


def said(locator="a.txt", kind="profile", trust=50, seen=None, line=1, **facts) -> Sighting:
    facts.setdefault("title", "Engines that weave numbers")
    source = Source(kind=kind, locator=locator, trust=trust, seen=seen)
    return Sighting(source=source, facts=Facts(**facts), lines=(line, line))


def authors(*written: str, complete: bool = True) -> Authors:
    return Authors(names=tuple(names.parse(name) for name in written), complete=complete)


PREFERENCES = [
    # field, the claim that wins, the claim that loses
    (
        "authors",
        said(authors=authors("Ada Lovelace")),
        said("b", trust=90, authors=authors("A. Lovelace", "B", complete=False)),
    ),
    ("authors", said(authors=authors("Ada Lovelace", "Jo Roe")), said("b", trust=90, authors=authors("Ada Lovelace"))),
    ("authors", said(trust=90, authors=authors("Ada Lovelace")), said("b", authors=authors("Ada Lovelase"))),
    ("date", said(date=PartialDate(year=2024)), said("b", trust=90, date=PartialDate(month=5, day=19))),
    (
        "date",
        said(date=PartialDate(year=2025)),
        said("b", trust=90, date=PartialDate(year=2026, month=5, day=1, inferred=True)),
    ),
    ("date", said(date=PartialDate(year=2024, month=6)), said("b", trust=90, date=PartialDate(year=2024))),
    ("date", said(trust=90, date=PartialDate(year=2024)), said("b", date=PartialDate(year=2023))),
    (
        "abstract",
        said(abstract=Prose(text="All of it.")),
        said("b", trust=90, abstract=Prose(text="All", complete=False)),
    ),
    ("title", said(trust=90, title="The title"), said("b", title="Another title")),
    ("title", said(seen="2024-02-01", title="The title"), said("b", seen="2024-01-01", title="Another title")),
    ("title", said(kind="user", trust=1, title="My title"), said("b", trust=100, title="Another title")),
    ("venue", said(trust=90, venue=Venue(name="ICML")), said("b", venue=Venue(name="NeurIPS", year=2024))),
]


@pytest.mark.parametrize(("field", "winner", "loser"), PREFERENCES)
def test_the_preferred_claim_wins_whatever_comes_first(field, winner, loser):
    for order in ([winner, loser], [loser, winner]):
        publication = merging.resolve("k", order, NOBODY)
        assert getattr(publication, field) == getattr(winner.facts, field)
        assert [claim.sighting for claim in publication.claims(field)] == [winner, loser]


JOURNAL = Venue(name="Annals of Looms")
PRINTED = Venue(name="Annals of Looms", year=2026)
PREPRINT = PartialDate(year=2024, month=5, day=19)


@pytest.mark.parametrize(
    ("venue", "said_with_it", "other", "parts"),
    [
        (PRINTED, PREPRINT, None, (2026,)),  # the day is that of the first version, and not of print
        (PRINTED, None, PREPRINT, (2026,)),
        (JOURNAL, PartialDate(year=2026), PREPRINT, (2026,)),
        (PRINTED, None, PartialDate(year=2026, month=2), (2026, 2)),
        (JOURNAL, None, PREPRINT, (2024, 5, 19)),
        (JOURNAL, PartialDate(year=2026, month=5, inferred=True), PREPRINT, (2024, 5, 19)),
        (Venue(name="arXiv", kind="preprint", year=2026), None, PREPRINT, (2024, 5, 19)),
    ],
)
def test_a_published_work_is_of_the_year_in_which_it_appeared(venue, said_with_it, other, parts):
    sightings = [said(venue=venue, date=said_with_it), *([said("b", date=other)] if other else [])]
    for order in (sightings, sightings[::-1]):
        publication = merging.resolve("k", order, NOBODY)
        assert publication.date.parts == parts
        assert not publication.conflicts()


def test_the_user_s_date_stands_above_the_year_of_print():
    mine = said("pubtools.toml", kind="user", date=PREPRINT)
    assert merging.resolve("k", [mine, said(venue=PRINTED)], NOBODY).date == PREPRINT


CONFLICTS = [
    # do they contradict each other?
    (True, said(authors=authors("Ada Lovelace", "Jo Roe")), said("b", authors=authors("Ada Lovelace", "Jo Row"))),
    (True, said(authors=authors("Ada Lovelace", "Jo Roe")), said("b", authors=authors("Ada Lovelase", complete=False))),
    (False, said(authors=authors("Ada Lovelace", "Jo Roe")), said("b", authors=authors("A. Lovelace", complete=False))),
    (False, said(authors=authors("Ada Lovelace")), said("b", authors=authors("Lovelace, Ada"))),
    (False, said(authors=authors("Ada Lovelace")), said("b", trust=90, authors=authors("Ada Lovelase"))),
    (False, said(kind="user", authors=authors("Ada Lovelace")), said("b", authors=authors("Ada Lovelase"))),
    (True, said(title="Engines that weave"), said("b", title="Engines that knit")),
    (False, said(title="Engines That Weave"), said("b", title="engines that weave.")),
    (True, said(date=PartialDate(year=2024)), said("b", date=PartialDate(year=2023))),
    (False, said(date=PartialDate(year=2024)), said("b", date=PartialDate(year=2024, month=6))),
    (False, said(date=PartialDate(year=2024, month=5, inferred=True)), said("b", date=PartialDate(year=2023, month=5))),
    (True, said(date=PartialDate(year=2024, month=5)), said("b", date=PartialDate(month=6))),
    (False, said(abstract=Prose(text="One")), said("b", abstract=Prose(text="Two", complete=False))),
    (True, said(abstract=Prose(text="One")), said("b", abstract=Prose(text="Two"))),
    (False, said(subjects=("cs.LG",)), said("b", subjects=("stat.ML",))),
]


@pytest.mark.parametrize(("contradict", "one", "other"), CONFLICTS)
def test_a_conflict_is_between_equally_trusted_claims_that_cannot_both_be_true(contradict, one, other):
    for order in ([one, other], [other, one]):
        assert bool(merging.resolve("k", order, NOBODY).conflicts()) is contradict


def test_order_and_repeats_do_not_matter():
    sightings = [sighting for _, winner, loser in PREFERENCES for sighting in (winner, loser)]
    expected = merging.resolve("k", sightings, NOBODY)
    for seed in range(20):
        shuffled = sightings * 2
        random.Random(seed).shuffle(shuffled)  # noqa: S311
        assert merging.resolve("k", shuffled, NOBODY) == expected


def test_every_source_adds_its_links_and_hints():
    hint = Hint(text="Our paper was accepted to CogSci 2024.", venue=Venue(name="CogSci", year=2024), line=3)
    publication = merging.resolve(
        "k",
        [
            said(urls=("https://a.example/1",)),
            said("b", urls=("https://b.example/2", "https://a.example/1"), hints=(hint,)),
        ],
        NOBODY,
    )
    assert publication.urls == ("https://a.example/1", "https://b.example/2")
    assert publication.hints == (hint,)
    assert publication.venue is None


def test_differences_stop_where_a_cut_list_stops():
    whole, cut = authors("A One", "B Two", "C Three"), authors("A One", "B Too", complete=False)
    assert merging.differences(whole, cut) == [("B Two", "B Too")]
    assert merging.differences(whole, authors("A One")) == [("B Two", ""), ("C Three", "")]


def test_a_publication_without_a_title_is_refused():
    with pytest.raises(ValueError, match="title"):
        merging.resolve("k", [Sighting(source=Source(kind="user", locator="x"), facts=Facts(doi="10.1000/1"))], NOBODY)


def test_values_by_name_are_joined_the_preferred_source_s_first():
    page = said(trust=50, details={"ISBN": "1", "language": "de"}, kept={"bibtex": {"file": "{a.pdf}"}})
    file = said(locator="my.bib", trust=60, details={"ISBN": "2"}, kept={"bibtex": {"file": "{b.pdf}", "x": "{y}"}})
    for sightings in ([page, file], [file, page]):
        merged = merging.resolve("key", [*sightings, said(title="Tides")], People())
        assert merged.details == {"ISBN": "2", "language": "de"}
        assert merged.kept == {"bibtex": {"file": "{b.pdf}", "x": "{y}"}}


def test_a_list_of_nobody_is_no_claim():
    hidden, named = said("a", authors=authors("others", complete=False)), said("b", authors=authors("Ada Lovelace"))
    assert merging.resolve("k", [hidden, named], NOBODY).authors == named.facts.authors
    assert merging.resolve("k", [hidden], NOBODY).claims("authors") == ()
