"""What the fixture page of SSRN does not show."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import ssrn
from pubtools.models import RawEntry, Reading
from pubtools.page import Page

TOP = "Scholarly Papers (1)\n"
PLACE = "Journal of Mills, Vol. 3, 2019\n"
PAPER = f"1.\nOn the tide\n{PLACE}Number of pages: 9 Posted: 04 Mar 2022\nMary Somerville\nRoyal Mills\n"
ARTICLE = {"kind": "article-journal"}


def read(text: str) -> Reading:
    return ssrn.read(Page.from_text(text))


def only(text: str) -> RawEntry:
    (found,) = read(text).entries
    return found


def said(place: str) -> dict[str, str]:
    """The fields but title and authors of a paper that appeared in `place`."""
    found = only(PAPER.replace(PLACE, f"{place}\n")).model_dump(exclude_none=True)
    fields = ("editors", "date", "venue", "volume", "issue", "pages", "publisher", "status", "note")
    kind = {"kind": found["kind"]} if "kind" in found else {}
    return {name: found[name]["text"] for name in fields if name in found} | kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TOP + PAPER, True),
        (PAPER, False),
        ("SSRN\n" + PAPER, True),
        (TOP + PAPER.replace("Posted: 04 Mar 2022", "Posted: today"), False),
        (TOP + PAPER.replace("1.\n", ""), False),
        ("Scholarly Papers (0)\nPosted: 04 Mar 2022\n", False),
        ("", False),
    ],
)
def test_a_paper_is_known_by_its_number_and_its_day_of_posting(text: str, *, expected: bool) -> None:
    assert ssrn.fits(Page.from_text(text)) is expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            "Journal of Mills, Vol. 3, No. 2, pp. 1-9, 2019",
            {"date": "2019", "venue": "Journal of Mills", "volume": "3", "issue": "2", "pages": "1-9"} | ARTICLE,
        ),
        (
            "Journal of Mills, Vol. 3, 2019, Analytical Public Law Working Paper No. 12, ECGI Paper No. 7/2019",
            {
                "date": "2019",
                "venue": "Journal of Mills",
                "volume": "3",
                "note": "Analytical Public Law Working Paper No. 12, ECGI Paper No. 7/2019",
            }
            | ARTICLE,
        ),
        (
            "NBER Working Paper No. w28000",
            {"date": "04 Mar 2022", "note": "NBER Working Paper No. w28000", "kind": "preprint"},
        ),
        (
            "77 Mill Law Journal 101-40 (2018)",
            {
                "date": "2018",
                "venue": "Mill Law Journal",
                "volume": "77",
                "pages": "101-40",
            }
            | ARTICLE,
        ),
        (
            "Forthcoming, Journal of Mills",
            {"date": "04 Mar 2022", "venue": "Journal of Mills", "status": "in press"} | ARTICLE,
        ),
        (
            "Proceedings of the Loom Conference",
            {"date": "04 Mar 2022", "venue": "Proceedings of the Loom Conference"},
        ),
        (
            "In C. Babbage and A. Lovelace, eds., Tales of Looms. Weavers Press, 2020",
            {
                "editors": "C. Babbage and A. Lovelace",
                "date": "2020",
                "venue": "Tales of Looms",
                "publisher": "Weavers Press",
                "kind": "chapter",
            },
        ),
        ("A talk at the mill", {"date": "04 Mar 2022", "note": "A talk at the mill"}),
    ],
)
def test_the_line_below_a_title_says_where_a_paper_appeared(place: str, expected: dict[str, str]) -> None:
    assert said(place) == expected


def test_a_paper_without_a_place_is_a_preprint_of_the_day_on_which_it_was_posted() -> None:
    found = only(PAPER.replace(PLACE, ""))
    assert (found.kind, found.date and found.date.text, found.guesses) == ("preprint", "04 Mar 2022", ())


def test_the_day_of_posting_is_a_guess_for_what_appeared_elsewhere() -> None:
    found = only(PAPER.replace(", 2019", ""))
    assert [(guess.field, guess.line) for guess in found.guesses] == [("date", 4)]


def test_a_number_may_stand_beside_its_title() -> None:
    found = only(PAPER.replace("1.\n", "12. "))
    assert (found.title.text, found.title.line, found.lines) == ("On the tide", 1, (1, 5))


def test_a_third_line_above_makes_the_title_a_guess() -> None:
    assert [guess.field for guess in only(PAPER.replace("1.\n", "1.\nA reply\n")).guesses] == ["title"]


def test_an_abstract_is_read_and_what_follows_the_keywords_is_not() -> None:
    abstract = "The tide turns a wheel twice a day and asks for nothing in return."
    found = read(f"{PAPER}Abstract:\n{abstract}\ntides, wheels\nMost read this week\n")
    (paper,) = found.entries
    assert (paper.abstract and paper.abstract.text, paper.lines, found.unread) == (abstract, (1, 9), (10,))


LINES = [*PAPER.splitlines(), "2.", "Abstract:", "Loading...", "Downloads 4 (5)", "Other Papers (2)", "", "x, y"]


@given(st.lists(st.sampled_from(LINES), max_size=40))
def test_no_text_raises_and_no_line_is_in_two_papers(lines: list[str]) -> None:
    page = Page.from_text("\n".join(lines))
    ssrn.fits(page)
    found = ssrn.read(page)
    spans = [entry.lines for entry in found.entries]
    assert all(one[0] <= one[1] for one in spans)
    assert all(one[1] < other[0] for one, other in pairwise(spans))
