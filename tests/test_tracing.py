"""A reading beside its page: every stretch of a line, and what it was read as."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import tracing
from pubtools.models import Declared, NewsItem, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Page
from pubtools.tracing import Trace


def stretches(lines: list[str], *wanted: tuple[str, str, int]) -> list[list[tuple[str, str]]]:
    return tracing.stretches(lines, wanted)[0]


@pytest.mark.parametrize(
    ("lines", "wanted", "expected"),
    [
        # Signs go with what is before them, opening ones with what is behind them.
        (
            ["A. Byron. “On engines”. J. Eng., 3 (1843)."],
            [("authors", "A. Byron", 0), ("title", "On engines", 0), ("date", "1843", 0)],
            [[("authors", "A. Byron."), ("title", "“On engines”."), ("", "J. Eng., 3"), ("date", "(1843).")]],
        ),
        # Over the end of a line, with its hyphen or without
        (
            ["A title that is hy-", "phenated and goes", "on"],
            [("title", "A title that is hyphenated and goes on", 0)],
            [[("title", "A title that is hy-")], [("title", "phenated and goes")], [("title", "on")]],
        ),
        # The place that is free, from the line on that the text begins on
        (
            ["In 2020 at home, 2020"],
            [("venue", "In 2020", 0), ("date", "2020", 0)],
            [[("venue", "In 2020"), ("", "at home,"), ("date", "2020")]],
        ),
        (["2020", "2020"], [("date", "2020", 1)], [[("", "2020")], [("date", "2020")]]),
        # Two readings of one stretch
        (
            ["Proc. NeurIPS 2020"],
            [("venue", "Proc. NeurIPS 2020", 0), ("date", "2020", 0)],
            [[("venue", "Proc. NeurIPS"), ("venue+date", "2020")]],
        ),
        # A list that was put together anew
        (
            ["with A. Byron and C. Babbage"],
            [("authors", "A. Byron; C. Babbage", 0)],
            [[("", "with"), ("authors", "A. Byron and C. Babbage")]],
        ),
        (["…", ""], [], [[("", "…")], []]),
    ],
)
def test_a_line_is_cut_where_what_is_read_changes(lines, wanted, expected):
    assert stretches(lines, *wanted) == expected


def test_what_stands_nowhere_is_named():
    wanted = [("title", "On looms", 0), ("link", "https://a.example/p", 0), ("note", "…", 0)]
    assert tracing.stretches(["On looms. PDF"], wanted)[1] == [1, 2]


def snippet(text: str, line: int) -> Snippet:
    return Snippet(text=text, line=line)


PAGE = Page.from_text(
    """\
Ada Byron
3 papers
I count.
Soon: a paper at HOPL

2020
On engines. A. Byron
[pdf]
On looms
On nothing"""
)
READING = Reading(
    owner=snippet("Ada Byron", 1),
    declared=Declared(count=3, line=2),
    unread=(3,),
    news=(NewsItem(text=snippet("Soon: a paper at HOPL", 4)),),
    entries=(
        RawEntry(
            title=snippet("On engines", 7), authors=snippet("A. Byron", 7), date=snippet("2020", 6),
            links=(snippet("https://a.example/p", 8),), lines=(7, 8),
        ),
        RawEntry(title=snippet("On looms", 9), date=snippet("2020", 6), lines=(9, 9)),
    ),
    refused=(Refusal(lines=(10, 10), reason="of nothing"),),
)  # fmt: skip


def test_every_line_says_what_it_was_read_as():
    assert tracing.trace(PAGE, READING) == [
        Trace(1, "", "owner", "Ada Byron"),
        Trace(2, "", "declared", "3 papers"),
        Trace(3, "", "unread", "I count."),
        Trace(4, "", "news", "Soon: a paper at HOPL"),
        Trace(5, "", "", ""),
        Trace(6, "1-2", "date", "2020"),
        Trace(7, "1", "title", "On engines."),
        Trace(7, "1", "authors", "A. Byron"),
        Trace(8, "1", "", "[pdf]"),
        Trace(8, "1", "link", "https://a.example/p", verbatim=False),
        Trace(9, "2", "title", "On looms"),
        Trace(10, "", "refused", "On nothing"),
    ]


def test_an_unread_line_among_those_of_an_entry_is_unread():
    page = Page.from_text("On engines\n[copy]\nA. Byron")
    entry = RawEntry(title=snippet("On engines", 1), authors=snippet("A. Byron", 3), lines=(1, 3))
    traces = tracing.trace(page, Reading(entries=(entry,), unread=(2,)))
    assert [(trace.entries, trace.reads) for trace in traces] == [("1", "title"), ("", "unread"), ("1", "authors")]


@given(st.lists(st.text("ab .(-2", max_size=8), min_size=1, max_size=4), st.data())
def test_no_character_of_a_line_is_lost(lines, data):
    lines = [" ".join(line.split()) for line in lines]
    row = data.draw(st.integers(0, len(lines) - 1))
    wanted = data.draw(st.lists(st.tuples(st.sampled_from(["x", "y"]), st.text("ab 2;", max_size=4), st.just(row))))
    for line, found in zip(lines, stretches(lines, *wanted), strict=True):
        assert "".join("".join(text for _, text in found).split()) == "".join(line.split())
