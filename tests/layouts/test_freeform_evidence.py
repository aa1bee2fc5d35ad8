"""What a line has is found in all lines of a page at once; it is the same as by itself."""

from __future__ import annotations

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts.freeform import evidence

PIECES = (
    "On looms", "In: ", "In Looms", "S", " 3", "12", "–", "-", "(", ")", ": ", ", ", ".", " ", "p", "pp. ", "Str. ",
    "pág. ", "pages. 7", "2019", "31.12.2019", "2019a", "1999/2", "10.5555/looms", "doi", "DOI", "arXiv:", "http", "s://",
    "ed", "vol.", "Journal", "é", "“Press”", "学会", "\n", "Ⅷ", "…",
)  # fmt: skip
LINES = st.lists(st.lists(st.sampled_from(PIECES), max_size=8).map("".join), max_size=6)


def parts(text: str) -> set[str]:
    (has,) = evidence.of([text])
    return {name for name in ("year", "venue", "pages", "id") if getattr(has, name)}


@given(LINES)
def test_what_a_line_has_does_not_hang_on_the_lines_around(lines: list[str]) -> None:
    page = evidence.of(lines)
    alone = [has for line in lines for has in evidence.of([line])]
    for together, by_itself in zip(page, alone, strict=True):
        # Who is known from a list elsewhere, leads here, too.
        if together.leads == by_itself.leads:
            assert astuple(together) == astuple(by_itself)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("On looms", set()),
        ("On looms, 2019", {"year"}),
        ("On looms (31.12.2019)", {"year"}),
        ("On looms, 2019a.", {"year"}),
        ("1815/16 or 12019 looms", set()),
        ("Looms 12:3", {"venue", "pages"}),
        ("Looms 12 (3)", {"venue", "pages"}),
        ("Looms 12, 3", {"venue"}),
        ("Looms, S. 3", {"venue", "pages"}),
        ("Looms, s. 3", {"pages"}),
        ("Looms, págs. 3", {"pages"}),
        ("Looms, Sp.3", {"pages"}),
        ("Looms, str. 3", {"pages"}),
        ("Loops. 3 and maps. 4", set()),
        ("In: looms", {"venue"}),
        ("Cabin: looms", set()),
        ("In Looms", {"venue"}),
        ("“Proceedings” of looms", {"venue"}),
        ("The PRESS of looms", {"venue"}),
        ("Hallé and édité", set()),  # neither "hall" nor "dit", and no "ed"
        ("Naïve éd", set()),
        ("雑誌", {"venue"}),
        ("DOI 10.5555/looms", {"venue", "id"}),
        ("10.55/looms", set()),
        ("see https://looms.example", {"id"}),
        ("see ftp://looms.example", set()),
        ("ARXIV or arXiv.looms", {"venue", "id"}),
        ("undoi doing", set()),
    ],
)
def test_what_a_line_has(text: str, expected: set[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        ("Lovelace, Ada", 1),
        ("Lovelace, Ada. On looms", 1),
        ("Lovelace, Ada: On looms", 1),
        ("Babbage, Charles, On looms", 1),
        ("Lovelace, Annabella", 0),
        ("Lovelace Street", 0),
    ],
)
def test_a_name_that_stands_in_a_list_elsewhere_is_known_with_its_comma(line: str, leads: int) -> None:
    assert evidence.of(["Lovelace, Ada; Babbage, Charles", line])[1].leads == leads
