"""Lists that were copied out of a portal: buttons, counters and menus stand among the entries, and no line is blank."""

from __future__ import annotations

import pytest

from pubtools.fields import authors, identifiers
from pubtools.layouts import freeform
from pubtools.layouts.freeform import headings, rows, sections
from pubtools.models import RawEntry
from pubtools.page import Page

THREE = ["On the tide as an engine", "What a shuttle remembers", "Mills without water"]


def entries(text: str) -> tuple[RawEntry, ...]:
    return freeform.read(Page.from_text(text)).entries


def titles(text: str) -> list[str]:
    return [entry.title.text for entry in entries(text)]


def cards(*furniture: str, top: str = "Publications", above: str = "") -> str:
    """Three entries with `furniture` below each, and `above` between title and names."""
    of = (
        (THREE[0], "Mary Somerville, Charles Babbage", "Journal of Mills 12(3), 210-225, 2022"),
        (THREE[1], "Charles Babbage, Ada Lovelace", "Annals of Looms 77, 112-119, 2021"),
        (THREE[2], "Mary Somerville, Ada Lovelace", "Journal of Mills 8(1), 3-5, 2020"),
    )
    lines = [top, ""]
    for title, people, place in of:
        lines += [title, *([above] if above else []), people, place, *furniture]
    return "\n".join(lines)


@pytest.mark.parametrize(
    "button",
    [
        "Export record",
        "Reference search",
        "Related records",
        "Ask others",
        "12 Downloads (Pure)",
        "Direct download (2)",
    ],
)
def test_a_row_that_each_entry_has_is_a_button(button: str) -> None:
    assert titles(cards("Cite", button)) == THREE


def test_a_journal_that_each_entry_has_is_no_button() -> None:
    kinds = [row.kind for row in rows.of(Page.from_text("Annals of Looms\n\n" * 3).lines) if row.text]
    assert kinds == ["text"] * 3


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Journal article", "article-journal"),
        ("Conference paper | Open access", "paper-conference"),
        ("Chapitre d'ouvrage", "chapter"),
        ("Research output: Contribution to journal › Article › Academic", "article-journal"),
        ("Research output: Thesis › Doctoral thesis", "thesis"),
        ("Article", ""),
        ("Articles", None),
        ("Journal of Mills", None),
        ("Home › People", None),
    ],
)
def test_a_label_says_what_one_work_is(label: str, kind: str | None) -> None:
    assert headings.sort(label) == kind


def test_the_kind_beside_each_entry_is_its_own() -> None:
    assert [entry.kind for entry in entries(cards("View", above="Conference paper"))] == ["paper-conference"] * 3


def test_one_such_label_is_a_heading() -> None:
    (found, *_) = entries("Book chapter\n\nA. Lovelace. On looms. In: Tales of Looms, pp. 1-20. Weavers Press, 1843.")
    assert found.kind == "chapter"


def test_a_menu_above_the_list_is_no_part_of_the_first_title() -> None:
    menu = "\n".join(["Skip to content", "Marked list", "Log in", "Settings", "All of them", "On this site"])
    assert titles(cards("Cite", "Save", top=menu).replace("\n\n", "\n")) == THREE


def test_figures_that_count_the_entries_part_them() -> None:
    first, *rest = cards("12", "Citations", "Related records", top="Documents").split("\n\n")[1:]
    assert not rest
    for number, title in enumerate(THREE, start=1):
        first = first.replace(title, f"{number}\n{title}")
    assert titles(first) == THREE


@pytest.mark.parametrize("heading", ["Email", "About", "Profiles", "Contact"])
def test_a_word_of_a_menu_does_not_hide_the_list_below(heading: str) -> None:
    assert titles(cards("Cite", top=heading)) == THREE


@pytest.mark.parametrize(("length", "is_heading"), [(140, True), (90, False)])
def test_below_a_line_that_nothing_wraps_stands_a_heading(length: int, *, is_heading: bool) -> None:
    text = (
        f"Somerville, M. On the tide, {'a' * length}, 2022.\nArticles\nBabbage, C. Mills, {'b' * 2 * length}, 2021.\n"
    )
    found = sections.split(rows.of(Page.from_text(text).lines))
    assert ("Articles" in [section.heading.text for section in found if section.heading]) is is_heading


@pytest.mark.parametrize(
    ("text", "people", "is_complete"),
    [
        ("Bram Weaver (Ghent U.), Aiko Mori (Paris, LPT) (Mar 4, 2022)", ["Bram Weaver", "Aiko Mori"], True),
        ("Somerville M, Babbage C; Loom Study Group. Tides.", ["Somerville M", "Babbage C", "Loom Study Group"], True),
        ("Somerville, M; Babbage, C; (...); Lovelace, A", ["Somerville, M", "Babbage, C", "Lovelace, A"], False),
        ("Mary Somerville, Ada Lovelace 0004:", ["Mary Somerville", "Ada Lovelace"], True),
        ("Mary Somerville, Ada Lovelace, +2 authors", ["Mary Somerville", "Ada Lovelace"], False),
    ],
)
def test_names_as_portals_write_them(text: str, people: list[str], *, is_complete: bool) -> None:
    found = authors.listings(text)[-1]
    assert [text[person.start : person.end] for person in found.people] == people
    assert found.complete is is_complete


@pytest.mark.parametrize("text", ["e-Print: 2203.01234 [hep-th]", "CoRR abs/2203.01234 (2022)"])
def test_a_number_of_arxiv_by_its_older_names(text: str) -> None:
    assert [(found.kind, found.value) for found in identifiers.find(text)] == [("arxiv", "2203.01234")]


@pytest.mark.parametrize(
    "rest",
    [
        "Mar 2022 | JOURNAL OF MILLS 12 (3) , pp.210-225",
        "1 Mar 2022, In: Journal of Mills. 12, 3, p. 210-225",
        "14.03.2022, (E-pub ahead of print) in: Journal of Mills. 12, 3, S. 210-225",
        "(Mar 4, 2022) Published in: Journal of Mills 12 (2022) 210-225",
    ],
)
def test_a_venue_may_stand_behind_its_date(rest: str) -> None:
    (found,) = entries(f"Publications\n\nOn the tide as an engine\nSomerville, M. & Babbage, C.\n{rest}\n")
    assert found.venue
    assert found.venue.text.lower() == "journal of mills"


def test_a_button_is_nobody() -> None:
    assert freeform.read(Page.from_text(f"Create RSS\n\n{cards('Cite')}")).owner is None


def test_editors_right_below_the_author_are_no_authors_without_doubt() -> None:
    text = "The ear of the weaver\nMary Somerville\nAda Lovelace; Charles Babbage. Listening to Looms, pp.101-118, 2020"
    (found,) = entries(f"Publications\n\n{text}\n")
    assert found.guesses


def test_titles_that_differ_in_their_figures_alone_are_no_buttons() -> None:
    page = Page.from_text("\n\n".join(f"[Report on looms {year}](looms-{year}.pdf)" for year in (2019, 2020, 2021)))
    assert [row.kind for row in rows.of(page.lines) if row.text] == ["text"] * 3
    page = Page.from_text("\n\n".join(f"[View paper](looms-{year}.pdf)" for year in (2019, 2020, 2021)))
    assert [row.kind for row in rows.of(page.lines) if row.text] == ["links"] * 3


INDEXED = """
Found 3 Documents (Results 1-3)
Lovelace, Ada; Babbage, Charles
On looms and their groups. (English) Zbl 1512.68001
J. Mills 12, No. 3, 210-225 (2022).
MSC: 68T05 05C10
PDF BibTeX XML Cite
Cited in 3 Documents
Full Text: DOI arXiv
Lovelace, Ada
Weaving the torus. (English) Zbl 1490.57010
Adv. Woven Geom. 44, 1-33 (2021).
MSC: 57K10
PDF BibTeX XML Cite
Full Text: DOI
"""


def test_no_title_stands_above_a_row_of_links() -> None:
    found = entries(INDEXED)
    assert [(entry.authors and entry.authors.text, entry.title.text) for entry in found] == [
        ("Lovelace, Ada; Babbage, Charles", "On looms and their groups"),
        ("Lovelace, Ada;", "Weaving the torus"),
    ]


def test_one_label_of_a_review_hides_no_work_below_it() -> None:
    text = cards("Cite").replace(THREE[2], f"Review\n{THREE[2]}")
    assert titles(text) == THREE
