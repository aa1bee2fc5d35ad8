from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import scholar_results
from pubtools.models import RawEntry, Reading
from pubtools.page import Page

END = "Save Cite Cited by 12 Related articles All 3 versions\n"


def read(text: str) -> Reading:
    return scholar_results.read(Page.from_text(text))


def texts(entry: RawEntry) -> list[str | None]:
    fields = (entry.title, entry.authors, entry.venue, entry.date)
    return [snippet.text if snippet else None for snippet in fields]


@pytest.mark.parametrize(
    ("byline", "authors", "venue", "date"),
    [
        ("A Lovelace - Memoirs, 2021 - example.org", "A Lovelace", "Memoirs", "2021"),
        ("A Lovelace, J-P Serre… - Memoirs of …, 2021 - Elsevier", "A Lovelace, J-P Serre…", "Memoirs of …", "2021"),
        ("A Lovelace\u00a0- Memoirs - Part 2, 2021 - example.org", "A Lovelace", "Memoirs - Part 2", "2021"),
        ("A Lovelace - 2021 - books.example.org", "A Lovelace", None, "2021"),
        ("A Lovelace - 2021", "A Lovelace", None, "2021"),
        ("A Lovelace - example.org", "A Lovelace", None, None),
        ("A Lovelace\n,\nC Babbage\n, M Somerville\n- Memoirs, 2021 - example.org",
         "A Lovelace, C Babbage, M Somerville", "Memoirs", "2021"),
        ("A Lovelace, C Babbage - Memoirs of\nEngines, 2021 - example.org", "A Lovelace, C Babbage",
         "Memoirs of Engines", "2021"),
    ],
)  # fmt: skip
def test_the_line_below_a_title(byline: str, authors: str, venue: str | None, date: str | None) -> None:
    page = Page.from_text(f"About 3 results\nOn Looms\n{byline}\nWords … words.\n{END}")
    assert scholar_results.fits(page)
    assert [texts(entry) for entry in scholar_results.read(page).entries] == [["On Looms", authors, venue, date]]


def test_a_title_that_is_broken_at_the_words_searched_for_is_joined_below_what_ends_a_result() -> None:
    one = f"[PDF]\nOn\nLooms\nA Lovelace - Memoirs, 2021 - example.org\nWords\nof it.\n{END}"
    two = f"[PDF] example.org\n[BOOK][B] On\nwheels\nand looms\nC Babbage - 2020 - example.org\n{END}"
    found = read(one + two)
    assert [entry.title.text for entry in found.entries] == ["On Looms", "On wheels and looms"]
    assert found.unread == ()


def test_menus_that_nobody_knows_are_no_part_of_the_first_title() -> None:
    found = read(f"Beliebige Zeit\nSeit 2020\nOn Looms\nA Lovelace - Memoirs, 2021 - example.org\n{END}")
    assert [entry.title.text for entry in found.entries] == ["On Looms"]
    assert found.unread == (1, 2)


@pytest.mark.parametrize(
    "end", ["Speichern Zitieren Zitiert von: 12 Ähnliche Artikel", "保存 引用 被引用次数：12 相关文章", "Cited by 12"]
)
def test_what_ends_a_result_is_known_in_other_languages(end: str) -> None:
    assert scholar_results.fits(Page.from_text(f"On Looms\nA Lovelace - Memoirs, 2021 - example.org\nWords.\n{end}"))


@pytest.mark.parametrize("form", re.split(r"[|\n]", scholar_results._ENDS.strip()))
def test_every_form_of_a_results_end_makes_a_page_fit(form: str) -> None:
    text = "On looms\nA Lovelace - Memoirs, 1843 - example.org\nThe engine weaves\n" + form.replace(r"\d+", "3")
    assert scholar_results.fits(Page.from_text(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        END,
        f"On Looms\nAda Lovelace - Memoirs, 2021 - example.org\n{END}",
        "On Looms\nA Lovelace - Memoirs, 2021 - example.org\nWords.",
        "A Lovelace - Memoirs, 2021 - example.org",
    ],
)
def test_what_is_no_list_of_results_does_not_fit(text: str) -> None:
    assert not scholar_results.fits(Page.from_text(text))


crumbs = st.sampled_from(
    [
        "", "On Looms", "A Lovelace", ",", ", C Babbage", "- Memoirs, 2021 - example.org",
        "A Lovelace - Memoirs, 2021", "A Lovelace - example.org", "A - B - C", "Cited by 12", "Related articles",
        "Save", "...", "......", "[PDF]", "[PDF] example.org", "from example.org", "example.org",
        "Words of a snippet …", "[BOOK][B]", "Any time", "__", "- ",
    ]
)  # fmt: skip


@given(st.text() | st.lists(st.text(max_size=20) | crumbs).map("\n".join))
def test_no_page_raises_and_every_line_goes_to_one_place(text: str) -> None:
    page = Page.from_text(text)
    scholar_results.fits(page)
    reading = scholar_results.read(page)
    spans = [*(entry.lines for entry in reading.entries), *(refusal.lines for refusal in reading.refused)]
    inside = [number for first, last in spans for number in range(first, last + 1)]
    assert len(inside) == len(set(inside))
    assert not set(inside) & set(reading.unread)
    assert list(reading.unread) == sorted(set(reading.unread))
