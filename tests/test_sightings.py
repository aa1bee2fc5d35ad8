from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import sightings
from pubtools.models import (
    ArxivId,
    Declared,
    Guess,
    NewsItem,
    PartialDate,
    RawEntry,
    Reading,
    Refusal,
    Sighting,
    Snippet,
    Source,
    Venue,
)
from pubtools.problems import Problem

SOURCE = Source(kind="profile", locator="ada.txt")


def snip(text: str, line: int) -> Snippet:
    return Snippet(text=text, line=line)


def raw(title: str = "On Looms", **fields: Any) -> RawEntry:
    return RawEntry(title=snip(title, 3), lines=(2, 9), **fields)


def one(entry: RawEntry, as_of: date | None = None) -> tuple[Sighting, list[str]]:
    sighting, problems = sightings.from_entry(entry, SOURCE, as_of)
    return sighting, places(problems)


def places(problems: list[Problem] | tuple[Problem, ...]) -> list[str]:
    return [f"{problem.code}:{problem.where.line if problem.where else None}" for problem in problems]


def test_a_title_alone_is_a_sighting() -> None:
    sighting, problems = one(raw())
    assert sighting.facts.model_dump(exclude_defaults=True) == {"title": "On Looms"}
    assert (sighting.source, sighting.lines, sighting.at) == (SOURCE, (2, 9), {"title": 3})
    assert problems == []


def test_every_fact_names_its_line() -> None:
    entry = raw(
        subject=snip("LG", 2),
        date=snip("Jun 16, 2022", 2),
        authors=snip("Ada Lovelace, Charles Babbage", 5),
        affiliations=snip("turin, , analytical society", 6),
        abstract=snip("It begins and...", 7),
        links=(snip("https://a.org/1", 8), snip("https://b.org/2", 9), snip("arXiv:2107.05580v2", 9),
        snip("doi:10.1000/X", 9)),
    )  # fmt: skip
    sighting, problems = one(entry)
    facts = sighting.facts
    assert problems == []
    assert facts.subjects == ("cs.LG",)
    assert facts.date == PartialDate(year=2022, month=6, day=16)
    assert facts.authors
    assert [name.literal for name in facts.authors.names] == ["Ada Lovelace", "Charles Babbage"]
    assert facts.affiliations == ("turin", "analytical society")
    assert facts.abstract
    assert (facts.abstract.text, facts.abstract.complete) == ("It begins and", False)
    assert facts.urls == ("https://a.org/1", "https://b.org/2")
    assert facts.arxiv == ArxivId(number="2107.05580", version=2)
    assert facts.doi == "10.1000/x"
    assert sighting.at == {
        "title": 3, "authors": 5, "affiliations": 6, "date": 2, "subjects": 2, "abstract": 7, "urls": 8, "arxiv": 9,
        "doi": 9,
    }  # fmt: skip


def test_of_two_identifiers_of_a_kind_the_first_is_the_work_s_own() -> None:
    said = ("doi:10.1000/loom.1", "arXiv:2107.05580", "doi:10.1000/erratum.2", "arXiv:1907.00001")
    facts = one(raw(links=tuple(snip(text, 9) for text in said)))[0].facts
    assert facts.doi == "10.1000/loom.1"
    assert facts.arxiv == ArxivId(number="2107.05580")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"authors": snip("Ada Lovelace et al.", 5)}, ["N01:5"]),
        ({"authors": snip("et al.,", 5)}, ["N01:5"]),
        ({"authors": snip("…", 5)}, ["N01:5"]),
        ({"date": snip("May 19", 2)}, ["D01:2"]),
        ({"date": snip("Feb 30, 2021", 2)}, ["D02:2"]),
        ({"subject": snip("AP", 2)}, ["S01:2"]),
        ({"subject": snip("QQ", 2)}, ["S01:2"]),
    ],
)
def test_a_doubt_has_a_code_and_a_line(fields: dict[str, Any], expected: list[str]) -> None:
    assert one(raw(**fields))[1] == expected


@pytest.mark.parametrize("chip", ["AP", "QQ"])
def test_a_subject_that_is_not_one_category_stays_as_it_is(chip: str) -> None:
    assert one(raw(subject=snip(chip, 2)))[0].facts.subjects == (chip,)


def test_a_year_comes_from_as_of_alone_and_is_marked() -> None:
    entry = raw(date=snip("May 19", 2))
    assert one(entry)[0].facts.date == PartialDate(month=5, day=19)
    sighting, problems = one(entry, date(2026, 6, 1))
    assert sighting.facts.date == PartialDate(year=2026, month=5, day=19, inferred=True)
    assert problems == []


def test_the_page_s_own_doubts_are_reported_once() -> None:
    reading = Reading(
        entries=(raw(),),
        refused=(Refusal(lines=(11, 14), reason="a sentence"),),
        declared=Declared(count=2, line=1),
        unread=(16, 17),
    )
    found, problems = sightings.from_reading(reading, "ada.txt")
    assert len(found) == 1
    assert places(problems) == ["L02:1", "L03:11", "L01:16"]
    assert all(problem.where and problem.where.file == "ada.txt" for problem in problems)


def test_a_declared_number_that_was_read_is_no_problem() -> None:
    assert sightings.from_reading(Reading(entries=(raw(),), declared=Declared(count=1, line=1)), "a")[1] == ()
    assert sightings.from_reading(Reading(), "a") == ((), ())


TITLES = ("Bias in Motion: The Dynamics of Bias in Training", "Shaping Cognitive Fatigue", "Fatigue of Cognitive Looms")


@pytest.mark.parametrize(
    ("news", "index"),
    [
        ("Our paper on the dynamics of bias was accepted to NeurIPS 2024!", 0),
        ("Our paper on shaping cognitive fatigue has been accepted to CogSci 2024.", 1),
        ("Our paper on cognitive fatigue has been accepted to CogSci 2024.", None),
        ("Our paper on bias was accepted to NeurIPS 2024!", None),
        ("Our paper on looms and lighthouses was accepted to TMLR!", None),
        ("Our paper was accepted to TMLR!", None),
    ],
)
def test_news_are_a_hint_for_the_one_paper_they_speak_of(news: str, index: int | None) -> None:
    reading = Reading(
        entries=tuple(raw(title) for title in TITLES),
        news=(NewsItem(text=snip(news, 20), date=snip("Sept 2024", 19)),),
    )
    found, problems = sightings.from_reading(reading, "ada.txt")
    hinted = [at for at, sighting in enumerate(found) if sighting.facts.hints]
    assert hinted == ([] if index is None else [index])
    assert places(problems) == (["L04:20"] if index is None else [])
    if index is not None:
        (hint,) = found[index].facts.hints
        assert (hint.text, hint.line, hint.date) == (news, 20, PartialDate(year=2024, month=9))
        assert found[index].at["hints"] == 20
        assert found[index].facts.venue is None


def test_news_of_no_paper_are_no_doubt() -> None:
    reading = Reading(entries=(raw(),), news=(NewsItem(text=snip("We moved to Turin.", 20)),))
    assert sightings.from_reading(reading, "ada.txt")[1] == ()


snippets = st.builds(Snippet, text=st.text(min_size=1).filter(lambda text: text.strip() != ""), line=st.just(4))
odd = st.sampled_from(["10.1234/.", "2113.05580", "May 0", "et al", "LG", "...", "[Read Article]", ", ,", "· "])
any_snippet = st.none() | snippets | odd.map(lambda text: snip(text, 4))


@given(any_snippet, any_snippet, any_snippet, any_snippet, st.lists(snippets, max_size=3).map(tuple))
def test_no_entry_raises(
    authors: Snippet | None,
    when: Snippet | None,
    subject: Snippet | None,
    abstract: Snippet | None,
    links: tuple[Snippet, ...],
) -> None:
    fields = {"authors": authors, "date": when, "subject": subject, "abstract": abstract, "affiliations": subject}
    cut = RawEntry.cut(lines=(2, 9), title=snip("On Looms", 3), links=links, **fields)
    if isinstance(cut, RawEntry):
        sighting, _ = one(cut, date(2026, 6, 1))
        assert set(sighting.at) == set(sighting.facts.model_dump(exclude_defaults=True))


def test_a_venue_is_said_as_a_whole_and_its_parts_alone_are_details() -> None:
    parts = {"volume": snip("12", 4), "pages": snip("1-20", 4)}
    sighting, _ = one(raw(venue=snip("Annals of Looms", 3), kind="article-journal", **parts))
    assert sighting.facts.venue == Venue(name="Annals of Looms", kind="article-journal", volume="12", pages="1-20")
    assert (sighting.at["venue"], sighting.facts.kind) == (3, "article-journal")
    sighting, _ = one(raw(**parts))
    assert sighting.facts.venue is None
    assert sighting.facts.details == {"page": "1-20", "volume": "12"}


@pytest.mark.parametrize("kind", ["book", "thesis", "report"])
def test_the_venue_of_a_book_is_who_published_it(kind: Any) -> None:
    sighting, _ = one(raw(publisher=snip("Nebelhaus", 4), kind=kind))
    assert (sighting.facts.venue, sighting.at["venue"]) == (Venue(name="Nebelhaus", kind=kind), 4)
    sighting, _ = one(raw(venue=snip("Studies of Looms", 3), publisher=snip("Nebelhaus", 4), kind=kind))
    assert sighting.facts.venue == Venue(name="Studies of Looms", kind=kind, publisher="Nebelhaus")
    sighting, _ = one(raw(publisher=snip("Nebelhaus", 4), kind="chapter"))
    assert (sighting.facts.venue, sighting.facts.details) == (None, {"publisher": "Nebelhaus"})


def test_a_guess_is_reported_by_line() -> None:
    _, problems = one(raw(guesses=(Guess(field="title", reason="no full stop", line=7),)))
    assert problems == ["L05:7"]


def test_a_doubtful_entry_is_left_out_and_named_unless_it_is_wanted() -> None:
    reading = Reading(entries=(raw("Sure"), raw("Unsure", certainty=0.4)))
    taken, problems = sightings.from_reading(reading, "page.txt")
    assert [sighting.facts.title for sighting in taken] == ["Sure"]
    assert [problem.code for problem in problems] == ["L06"]
    taken, problems = sightings.from_reading(reading, "page.txt", keep_doubtful=True)
    assert [sighting.facts.title for sighting in taken] == ["Sure", "Unsure"]
    assert not problems


@pytest.mark.parametrize(("field", "said"), [("authors", "the authors are a guess"), ("title", "the title is a guess")])
def test_a_guess_is_told_in_a_sentence(field: str, said: str) -> None:
    guess = Guess(field=field, reason="it may be otherwise", line=1)
    entry = RawEntry(lines=(1, 1), title=Snippet(text="On looms", line=1), guesses=(guess,))
    _, problems = sightings.from_reading(Reading(entries=(entry,)), "page.txt")
    assert [problem.message for problem in problems if problem.code == "L05"] == [f"{said}: it may be otherwise"]
