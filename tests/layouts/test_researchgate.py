"""What the fixture pages of ResearchGate do not show."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import researchgate
from pubtools.models import RawEntry, Reading
from pubtools.page import Page

ITEM = "On the tide\nArticle\nFull-text available\nMar 2022\nMary Somerville\nCharles Babbage\nView\n"


def read(text: str) -> Reading:
    return researchgate.read(Page.from_text(text))


def only(text: str) -> RawEntry:
    (found,) = read(text).entries
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (ITEM, True),
        (ITEM.replace("Full-text available\n", ""), False),  # any site may print a type and a month
        (ITEM.replace("Full-text available\n", "").replace("View", "Show abstract"), True),
        (ITEM.replace("Mar 2022\n", ""), False),
        (ITEM.replace("Article\n", ""), False),
        ("Full-text available\nArticle\nMar 2022\n", False),
        ("ResearchGate\nTypes\nArticle\nChapter\nBook\n", False),
        ("", False),
    ],
)
def test_an_item_is_known_by_its_type_and_month_beside_words_of_the_site(text: str, *, expected: bool) -> None:
    assert researchgate.fits(Page.from_text(text)) is expected


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Article", "article-journal"),
        ("Conference Paper", "paper-conference"),
        ("Technical Report", "report"),
        ("Presentation", "speech"),
        ("Method", None),
    ],
)
def test_a_type_is_a_kind(said: str, kind: str | None) -> None:
    assert only(ITEM.replace("Article", said)).kind == kind


@pytest.mark.parametrize(
    "head",
    [
        "Article\nFull-text available\nMar 2022",
        "Article · Full-text available · Mar 2022",
        "Full-text available\nArticle\nMar 2022 · 12 Reads · 1.2k Citations",
        "Article\n·\nMar 2022\n·\n12\nReads",
    ],
)
def test_the_head_of_an_item_may_be_one_line_or_several(head: str) -> None:
    found = only(f"On the tide\n{head}\nMary Somerville\nView\nShow abstract\n")
    assert (found.kind, found.date and found.date.text, found.venue) == ("article-journal", "Mar 2022", None)
    assert found.authors
    assert found.authors.text == "Mary Somerville"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("Mary Somerville\n[...]\nCharles Babbage", "Mary Somerville; [...]; Charles Babbage"),
        ("Mary Somerville · Peter van der Loom · C. B.", "Mary Somerville; Peter van der Loom; C. B."),
        ("Mary Somerville\nPhD thesis\nView", "Mary Somerville"),
        ("Mary Somerville\nThe tide turns a wheel twice a day and asks for nothing.", "Mary Somerville"),
    ],
)
def test_authors_are_the_names_below_the_head(names: str, expected: str) -> None:
    found = only(ITEM.replace("Mary Somerville\nCharles Babbage", names)).authors
    assert found
    assert found.text == expected


def test_a_line_between_names_is_a_name_and_a_guess() -> None:
    found = only(ITEM.replace("Mary Somerville\n", "Mary Somerville\nsuharto\n"))
    assert found.authors
    assert found.authors.text == "Mary Somerville; suharto; Charles Babbage"
    assert [(guess.field, guess.line) for guess in found.guesses] == [("authors", 6)]


@pytest.mark.parametrize("place", ["Journal of Mills", "Transactions on Tides, 12(3)"])
def test_a_journal_stands_above_or_below_the_names_or_beside_the_month(place: str) -> None:
    for text in (
        ITEM.replace("Mar 2022\n", f"Mar 2022\n{place}\n"),
        ITEM.replace("Babbage\n", f"Babbage\n{place}\n"),
        ITEM.replace("Mar 2022\n", f"Mar 2022 · {place}\n"),
    ):
        found = only(text)
        assert found.venue
        assert found.venue.text == place
        assert not found.guesses


def test_a_journal_that_looks_like_a_name_is_told_by_the_other_items_and_is_a_guess() -> None:
    placed = ITEM.replace("Mar 2022\n", "Mar 2022\nJournal of Mills\n")
    alike = ITEM.replace("Mar 2022\n", "Mar 2022\nRemote Sensing\n")
    found = read(placed * 2 + alike).entries[2]
    assert (found.venue and found.venue.text, found.authors and found.authors.text) == (
        "Remote Sensing",
        "Mary Somerville; Charles Babbage",
    )
    assert [guess.field for guess in found.guesses] == ["venue"]
    known = read(placed * 2 + ITEM).entries[2]
    assert known.venue is None  # who wrote the others is no journal


def test_what_stands_behind_the_buttons_belongs_to_no_item() -> None:
    found = read(f"{ITEM}\nNora Castell follows this\n{ITEM}\nTop co-authors\nAugusta Byron\n")
    assert [entry.lines for entry in found.entries] == [(1, 7), (10, 16)]
    assert found.unread == (9, 19)


LINES = [
    *ITEM.splitlines(),
    "[...]",
    "·",
    "Journal of Mills",
    "Publications (2)",
    "DOI: 10.5555/1",
    "12",
    "Reads",
    "",
    "x",
]


@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_no_text_raises_and_no_line_is_in_two_items(lines: list[str]) -> None:
    page = Page.from_text("\n".join(lines))
    researchgate.fits(page)
    found = researchgate.read(page)
    spans = [entry.lines for entry in found.entries]
    assert all(one[0] <= one[1] for one in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
