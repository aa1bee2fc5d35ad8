from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It begins and... [Read Article]", ("It begins and", False)),
        ("It begins and … [more]", ("It begins and", False)),
        ("It begins and...", ("It begins and", False)),
        ("It begins and … ...", ("It begins and", False)),
        ("It ends.", ("It ends.", True)),
        ("It ends. [Read Article]", ("It ends.", True)),
        ("It ends in a reference [12]", ("It ends in a reference [12]", True)),
        ("It has ... inside.", ("It has ... inside.", True)),
        ("100% of A & B ~ $x^2$ #1 _", ("100% of A & B ~ $x^2$ #1 _", True)),
    ],
)
def test_a_text_is_freed_from_its_cut_and_says_whether_it_had_one(text: str, expected: tuple[str, bool]) -> None:
    found = prose.parse(text)
    assert found
    assert (found.text, found.complete) == expected


@pytest.mark.parametrize("text", ["", " ", "...", "… [Read Article]", "[Read Article]"])
def test_nothing_but_a_cut_is_no_text(text: str) -> None:
    assert prose.parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "We prove what everybody used before.",
        "We say (and show) how it is done (almost always).",
        "He said: \u201cnobody needs more than six words.\u201d",
        "x" * 81,
        "They are cut where the page ends and...",
        "Short. [Read Article]",
        "我们证明大家一直在使用的结论。",
    ],
)
def test_a_paragraph_is_prose(text: str) -> None:
    assert prose.is_prose(text)


@pytest.mark.parametrize(
    "text",
    ["", "Load more", "May 19, 1934", "Show more...", "PDF", "[Read Article]", "About us and our many friends", "终。",
     "© 2026 The Aggregator. All rights are somewhere else.",
     "Copyright Somebody 2024. You may read this page at home."],
)  # fmt: skip
def test_a_label_or_a_footer_is_not(text: str) -> None:
    assert not prose.is_prose(text)


def test_a_wrapped_line_runs_on_and_a_name_of_a_venue_does_not() -> None:
    assert prose.is_running("Artificial neural networks often struggle with")
    assert not prose.is_running("Proceedings of the International Conference on Machine Learning")
    assert not prose.is_running("of the looms")


@given(st.text() | st.text(". […]ab"))
def test_no_text_raises_and_what_is_left_has_no_edge(text: str) -> None:
    found = prose.parse(text)
    prose.is_prose(text)
    prose.is_running(text)
    assert found is None or found.text == found.text.strip() != ""
