from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import page
from pubtools.page import Line, Page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[Read\u00a0Article]", "[Read Article]"),
        ("a\tb\fc\u2003d\u3000e\u2028f\x85g", "a b c d e f g"),
        ("soft\u00adhyphen", "softhyphen"),
        ("\ufeffzero\u200bwidth\u2060", "zerowidth"),
        ("\u202eover\u202c\u200eridden", "overridden"),
        ("bell\x07 null\x00", "bell null"),
        ("e\ufb03cient \ufb01n", "efficient fin"),
        ("Poincare\u0301", "Poincaré"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("100% of A & B ~ $x^2$ #1 _", "100% of A & B ~ $x^2$ #1 _"),
    ],
)
def test_spaces_are_plain_and_what_is_invisible_is_gone(text: str, expected: str) -> None:
    assert page.fold(text) == expected


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = page.fold(text)
    assert page.fold(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_as_an_editor_numbers_them(end: str) -> None:
    found = Page.from_text(end.join(["one", "", "  two", "three\u2028still\x0bthree\x85", ""]), "a.txt")
    assert found.name == "a.txt"
    assert found.lines == (Line(1, "one"), Line(2, ""), Line(3, "two", 2), Line(4, "three still three"), Line(5, ""))
    assert [line.number for line in found.filled()] == [1, 3, 4]


@given(st.lists(st.text(st.characters(exclude_characters="\r\n"))), st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_line_keeps_its_number_whatever_ends_it(lines: list[str], end: str) -> None:
    found = Page.from_text(end.join(lines))
    assert [line.number for line in found.lines] == list(range(1, max(len(lines), 1) + 1))
    assert [line.text for line in found.lines] == [" ".join(page.fold(line).split()) for line in lines or [""]]


@pytest.mark.parametrize(
    ("raw", "indent"),
    [("x", 0), ("  x", 2), ("\u00a0\u00a0x", 2), ("\tx", 8), ("  \tx", 8), ("\u200b  x", 2), ("   ", 0), ("", 0)],
)
def test_an_indent_is_counted_in_columns(raw: str, indent: int) -> None:
    assert Page.from_text(raw).lines[0].indent == indent


def test_the_text_of_a_page_is_that_of_its_lines() -> None:
    found = Page.from_text("On\u00a0Looms\n\n  Ada  LOVELACE")
    assert found.text == "On Looms\n\nAda LOVELACE"
    assert found.lower == "on looms\n\nada lovelace"


def test_what_is_made_of_a_page_once_is_made_of_each_page() -> None:
    asked: list[str] = []

    @page.once
    def longest(of: Page) -> int:
        """The length of the longest line."""
        asked.append(of.name)
        return max(len(line.text) for line in of.lines)

    one, other = Page.from_text("Ada\nCharles", "one"), Page.from_text("Ada\nCharles", "other")
    assert [longest(one), longest(other), longest(one)] == [7, 7, 7]
    assert asked == ["one", "other"]
    assert longest.__doc__ == "The length of the longest line."
    assert one == Page.from_text("Ada\nCharles", "one")


def test_blocks_are_runs_without_a_blank_line() -> None:
    lines = Page.from_text("\n\na\nb\n \n\u00a0\nc\n").lines
    assert [[line.text for line in run] for run in page.blocks(lines)] == [["a", "b"], ["c"]]
    assert page.blocks([]) == []


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [([], ""), ([3], "3"), ([3, 4, 5, 14], "3-5, 14"), ([14, 3, 4], "3-4, 14"), ([1, 3], "1, 3")],
)
def test_ranges_are_for_people(numbers: list[int], expected: str) -> None:
    assert page.ranges(numbers) == expected
