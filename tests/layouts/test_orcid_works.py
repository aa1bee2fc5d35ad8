"""What the fixture page of an ORCID record does not show."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import orcid_works
from pubtools.models import RawEntry, Reading
from pubtools.page import Page

WORK = "On the tide\nJournal of Mills\n2022-03 | Journal article\nDOI: 10.5555/1\nShow more detail\nSource: Crossref\n"


def read(text: str) -> Reading:
    return orcid_works.read(Page.from_text(text))


def only(text: str) -> RawEntry:
    (found,) = read(text).entries
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WORK, True),
        (WORK.replace("Source: Crossref", "Crossref"), False),
        (WORK.replace("Journal article", "Journal of Mills"), False),
        (WORK.replace("Show more detail\n", ""), False),
        ("2015-08 to present | Professor\nShow more detail\nSource: Ada Lovelace\n", False),
        ("", False),
    ],
)
def test_a_record_is_known_by_the_type_and_the_source_of_a_work(text: str, *, expected: bool) -> None:
    assert orcid_works.fits(Page.from_text(text)) is expected


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Journal article", "article-journal"),
        ("journal-article", "article-journal"),
        ("Conference paper", "paper-conference"),
        ("Dissertation or thesis", "thesis"),
        ("Data set", "dataset"),
        ("Other", None),
    ],
)
def test_a_type_is_a_kind(said: str, kind: str | None) -> None:
    assert only(WORK.replace("Journal article", said)).kind == kind


def test_the_identifiers_of_the_journal_are_not_those_of_the_work() -> None:
    text = WORK.replace("DOI: 10.5555/1", "Part of DOI: 10.5555/whole\nPart of ISSN: 1234-5679\nEID: 2-s2.0-1")
    assert only(text).links == ()


def test_what_stands_above_a_title_and_its_place_makes_the_title_a_guess() -> None:
    found = only(f"Peer review (3)\n{WORK}")
    assert [guess.field for guess in found.guesses] == ["title"]
    assert not only(WORK).guesses


def test_a_source_may_be_named_below_its_icon() -> None:
    text = WORK.replace("Source: Crossref\n", "Source:\ncheck_circle\nCrossref\nPreferred source (of 2)\n") + WORK
    assert [(entry.title.text, entry.lines) for entry in read(text).entries] == [
        ("On the tide", (1, 9)),
        ("On the tide", (10, 15)),
    ]


def test_a_page_that_shows_some_works_declares_those() -> None:
    declared = read(f"Works (80)\n51 – 52 of 80\n{WORK}{WORK}").declared
    assert declared
    assert (declared.count, declared.line) == (2, 2)


@given(st.lists(st.sampled_from([*WORK.splitlines(), "Source:", "Works (2)", "check_circle", "Ada", ""]), max_size=40))
def test_no_text_raises_and_no_line_is_in_two_works(lines: list[str]) -> None:
    page = Page.from_text("\n".join(lines))
    orcid_works.fits(page)
    found = orcid_works.read(page)
    spans = [entry.lines for entry in found.entries]
    assert all(one[1] < other[0] for one, other in pairwise(spans))
