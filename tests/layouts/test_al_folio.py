from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import al_folio
from pubtools.models import RawEntry, Reading
from pubtools.page import Page

FOOT = "© Copyright 2022 Ada Lovelace. Powered by Jekyll with al-folio theme."


def read(text: str) -> Reading:
    return al_folio.read(Page.from_text(text))


def texts(entry: RawEntry) -> list[str | None]:
    fields = (entry.title, entry.authors, entry.venue, entry.date)
    return [snippet.text if snippet else None for snippet in fields]


ENTRY = ["On Looms and Wheels", "Ada Lovelace, Charles Babbage, and Mary Somerville", "Memoirs of Engines", "2021"]


@pytest.mark.parametrize(
    "entry",
    [
        "On Looms and Wheels\nAda Lovelace, Charles Babbage, and Mary Somerville\nMemoirs of Engines, 2021\n"
        "Abs Bib PDF",
        "2021\n\n    1. ME\n       On Looms and Wheels\n       Ada Lovelace, Charles Babbage, and Mary Somerville\n"
        "       Memoirs of Engines, 2021\n       Abs Bib PDF",
        "1. loom.png\n   On Looms and Wheels\n   Ada Lovelace, Charles Babbage, and\n   Mary Somerville\n"
        "   Memoirs of Engines,\n   2021\n   Bib",
        "  1. ME\n\nOn Looms and Wheels\n\n_Ada Lovelace_ , [Charles Babbage](/b), and Mary Somerville\n\n"
        "_Memoirs of Engines_ , 2021\n\nAbs Bib",
        "1. On Looms and Wheels\n\n   *Ada\n   Lovelace*, [Charles\n   Babbage](/b), and Mary\n   Somerville\n"
        "\n   *Memoirs of Engines*, 2021\n\n   Abs\n   Bib",
        "ME\nOn Looms and Wheels\nAda\nLovelace\n,\nCharles\nBabbage\n, and Mary\nSomerville\n"
        "Memoirs of Engines\n, 2021\nAbs\nBib\nPDF",
        "ME\n\n\nOn Looms and Wheels\n\n\nAda\nLovelace\n, \nCharles\nBabbage\n, and Mary\nSomerville\n\n\n"
        "Memoirs of Engines\n, 2021\n\n\nAbs\n\n\nBib",
        "On Looms and Wheels\n\nAda Lovelace, Charles Babbage, and Mary Somerville\n\nMemoirs of Engines\n\n"
        "2021\n\nAbs\n\nBib",
    ],
)  # fmt: skip
def test_an_entry_is_read_however_a_program_sets_it(entry: str) -> None:
    page = Page.from_text(f"{entry}\n{FOOT}")
    assert al_folio.fits(page)
    reading = al_folio.read(page)
    assert [texts(found) for found in reading.entries] == [ENTRY]
    assert reading.unread == ()
    assert reading.owner
    assert reading.owner.text == "Ada Lovelace"


def entry(appeared: str, authors: str = "Ada Lovelace and Charles Babbage", buttons: str = "Bib") -> RawEntry:
    found = read(f"  1. ME\n\nOn Looms\n\n{authors}\n\n{appeared}\n\n{buttons}\n\n{FOOT}")
    return found.entries[0]


@pytest.mark.parametrize(
    ("appeared", "venue", "date"),
    [
        ("In Meeting of Weavers (MoW), Jan 2022", "Meeting of Weavers (MoW)", "Jan 2022"),
        ("_In Meeting of Weavers_ , London, Jan 2022", "Meeting of Weavers", "Jan 2022"),
        ("_In 2020 25th Meeting of Weavers_ 2021", "2020 25th Meeting of Weavers", "2021"),
        ("Ph.D. Dissertation, University of Wheels, 2022", "University of Wheels", "2022"),
        ("2022", None, "2022"),
    ],
)
def test_where_and_when(appeared: str, venue: str | None, date: str) -> None:
    assert texts(entry(appeared))[2:] == [venue, date]


def test_what_follows_the_date_is_a_note_and_so_is_an_award() -> None:
    found = entry("Memoirs, 2021\n\nOral presentation", buttons="Best Paper Award Abs HTML")
    assert found.note
    assert found.note.text == "Best Paper Award; Oral presentation"


def test_the_number_that_a_page_says_is_surer_than_where_a_button_leads() -> None:
    links = "Bib [HTML](https://arxiv.org/abs/2001.00001) [PDF](https://example.org/a.pdf)"
    found = entry("arXiv preprint arXiv:1905.13149, 2019", buttons=links)
    assert [link.text for link in found.links] == ["arXiv:1905.13149", "https://example.org/a.pdf"]
    assert found.kind == "preprint"
    assert entry("Memoirs, 2021", buttons=links).links[0].text == "https://arxiv.org/abs/2001.00001"


def test_the_abstract_and_the_bibtex_that_buttons_hide_are_told_from_the_next_entry() -> None:
    abstract = "A loom may learn what it weaves. We show this for cards of any size."
    bibtex = "@article{love,\n  title = {On Looms},\n  author = {Lovelace, Ada}\n}"
    first = f"On Looms\nAda Lovelace, Charles Babbage\nMemoirs, 2021\nAbs Bib\n{abstract}\n{bibtex}\n"
    second = "MoW\nWheels\nCharles Babbage and Ada Lovelace\nMemoirs, 2020\nBib\n"
    found = read(first + second + FOOT)
    assert [one.title.text for one in found.entries] == ["On Looms", "Wheels"]
    assert [one.abstract.text if one.abstract else None for one in found.entries] == [abstract, None]
    assert found.unread == ()


def test_old_sites_write_the_family_name_first() -> None:
    lists = ["Lovelace, Ada, Babbage, Charles, and Somerville, Mary F.", "Lovelace, Ada", "王小明, , and 李雷,"]
    page = "".join(
        f"{n}. ME\n\nOn Looms {n}\n\n{people}\n\nMemoirs 2021\n\nBib\n\n" for n, people in enumerate(lists, 1)
    )
    found = [one.authors.text for one in read(page + FOOT).entries if one.authors]
    assert found == ["Lovelace, Ada; Babbage, Charles; Somerville, Mary F.", "Lovelace, Ada;", "王小明; 李雷"]


def test_new_sites_with_pairs_of_authors_are_not_old_ones() -> None:
    one = "On Looms\nAda Lovelace, and Charles Babbage\nMemoirs, 2021\nBib\n"
    found = read(one + one.replace("Looms", "Wheels") + FOOT).entries
    assert {found.authors.text for found in found if found.authors} == {"Ada Lovelace, and Charles Babbage"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        FOOT,
        "On Looms\nAda Lovelace, Charles Babbage\nMemoirs, 2021\nPDF Code\n",
        # Once is chance, unless the footer names the theme.
        "On Looms\nAda Lovelace, Charles Babbage\nMemoirs, 2021\nAbs Bib\n",
        f"Bib\nAbs\n\nWe weave.\n\nBib\n{FOOT}",
    ],
)
def test_what_is_no_site_of_the_theme_does_not_fit(text: str) -> None:
    assert not al_folio.fits(Page.from_text(text))


crumbs = st.sampled_from(
    [
        "", "1.", "2. ME", "ME", "On Looms", "Ada Lovelace, Charles Babbage, and Mary Somerville",
        "Lovelace, Ada, and Babbage, C", "Ada", "Lovelace", ",", ", and", "3 more authors", "Memoirs of Engines",
        ", 2021", "Memoirs, 2021", "2021", "## 2021", "Oral", "Abs", "Bib", "Abs Bib PDF", "PDF",
        "Best Paper Award Bib", "A loom may learn what it weaves, and forget it again.", "arXiv", "@article{x,", "}",
        "title = {a}", "```", "*Ada", "Lovelace*", "[Ada", "x](/y)", "loom.png", FOOT,
    ]
)  # fmt: skip


@given(st.text() | st.lists(st.text(max_size=20) | crumbs).map("\n".join))
def test_no_page_raises_and_every_line_goes_to_one_place(text: str) -> None:
    page = Page.from_text(text)
    al_folio.fits(page)
    reading = al_folio.read(page)
    spans = [*(entry.lines for entry in reading.entries), *(refusal.lines for refusal in reading.refused)]
    inside = [number for first, last in spans for number in range(first, last + 1)]
    assert len(inside) == len(set(inside))
    assert not set(inside) & set(reading.unread)
    assert list(reading.unread) == sorted(set(reading.unread))
