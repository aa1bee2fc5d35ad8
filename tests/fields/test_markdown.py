from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import markdown


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("On looms", "On looms"),
        ("[On looms](https://example.org/a(b)c)", "On looms"),
        ('[On looms](/looms "The page")', "On looms"),
        ("[[PDF] example.org](https://example.org/a.pdf)", "[PDF] example.org"),
        ("_Lovelace, Ada_ , [Babbage, C](/b), and *Ada*", "Lovelace, Ada, Babbage, C, and Ada"),
        ("**Ada**'s 2*3*4 snake_case_name", "Ada's 2*3*4 snake_case_name"),
        ("## 2021", "2021"),
        ("![A loom](loom.png) On looms", "On looms"),
        (r"\[1\] On \*looms\*", "[1] On *looms*"),
        ("[1] Ada (1843)", "[1] Ada (1843)"),
        ("", ""),
    ],
)
def test_signs_are_dropped_and_words_stay(text: str, plain: str) -> None:
    assert markdown.plain(text) == plain


def test_links_are_given_with_what_they_are_called() -> None:
    text = "Abs [HTML](https://example.org/1) ![x](y.png) [*Bib*](/bib)"
    assert markdown.links(text) == [("HTML", "https://example.org/1"), ("Bib", "/bib")]
    assert markdown.links("Abs HTML") == []


@pytest.mark.parametrize(
    ("text", "first"),
    [("_In Looms_ , 2021", "In Looms"), ("**In Looms**", "In Looms"), ("In _Looms_", None), ("* Looms", None)],
)
def test_what_is_set_off_at_the_beginning(text: str, first: str | None) -> None:
    assert markdown.set_off(text) == first


@given(st.text(st.sampled_from("a *_[]()!#\\ \n"), max_size=60) | st.text())
def test_no_text_raises_and_no_word_is_made_up(text: str) -> None:
    markdown.links(text)
    markdown.set_off(text)
    letters = [letter for letter in markdown.plain(text) if letter.isalnum()]
    rest = iter(text)
    assert all(letter in rest for letter in letters)
