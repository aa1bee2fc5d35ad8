from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import scholar_profile
from pubtools.models import RawEntry, Reading
from pubtools.page import Page

HEAD = "Title\nCited by\nYear\n"


def read(text: str) -> Reading:
    return scholar_profile.read(Page.from_text(text))


def texts(entry: RawEntry) -> list[str | None]:
    fields = (entry.title, entry.authors, entry.venue, entry.date)
    return [snippet.text if snippet else None for snippet in fields]


ROW = ["On Looms", "A Lovelace, C Babbage", "Memoirs of Engines", "2021"]


@pytest.mark.parametrize(
    "row",
    [
        "On Looms\nA Lovelace, C Babbage\nMemoirs of Engines\t12\t2021",
        "On Looms\nA Lovelace, C Babbage\nMemoirs of Engines\t\t2021",
        "On Looms *\nA Lovelace, C Babbage\nMemoirs of Engines\t12*\t2021",
        "On Looms\nA Lovelace, C Babbage\nMemoirs of Engines, 2021\n12\n2021",
        "On Looms\n\nA Lovelace, C Babbage\n\nMemoirs of Engines\n, 2021\n12\n*\n2021",
        "On Looms\nA Lovelace, C Babbage\nMemoirs of Engines\n, 2021\n2021",
        "  On Looms\n    A Lovelace, C Babbage        12*      2021\n    Memoirs of Engines , 2021",
        "On Looms\nA Lovelace, C Babbage\nMemoirs of Engines, 2021 12 2021",
        "On Looms\nA Lovelace, C Babbage\nMemoirs of Engines, 2021\n12 2021",
        "| [On Looms](/citations) A Lovelace, C Babbage  Memoirs of Engines, 2021 | [12](/cites)\\* | 2021 |",
    ],
)
def test_a_row_is_read_however_a_program_sets_it(row: str) -> None:
    page = Page.from_text(HEAD + row)
    assert scholar_profile.fits(page)
    reading = scholar_profile.read(page)
    assert [texts(entry) for entry in reading.entries] == [ROW]
    assert reading.unread == ()


@pytest.mark.parametrize(
    "head", ["Titel\nZitiert von\nJahr\n", "TITLE\tCITED BY\tYEAR\n", "标题\n引用次数\n被引用次数\n年份\n"]
)
def test_the_head_of_the_table_is_known_in_other_languages(head: str) -> None:
    page = Page.from_text(f"Profil\nC Fremd\n{head}On Looms\nA Lovelace\nMemoirs\t12\t2021\n")
    assert scholar_profile.fits(page)
    assert texts(scholar_profile.read(page).entries[0]) == ["On Looms", "A Lovelace", "Memoirs", "2021"]


@pytest.mark.parametrize(
    "cited",
    [
        "Cited by", "Zitiert von", "Citado por", "Citée par", "Cité par", "Citat da", "Citata da", "Geciteerd door",
        "Citerat av", "Citeret af", "Sitert av", "Cytowane przez", "Цитируется", "Alıntılayanlar", "被引用次数",
        "引用先", "인용",
    ],
)  # fmt: skip
def test_the_second_column_may_be_called_so(cited: str) -> None:
    assert scholar_profile.fits(Page.from_text(f"C Fremd\n{cited}\nYear\nOn Looms\nA Lovelace\nMemoirs\t12\t2021\n"))


def test_rows_may_lack_citations_year_and_venue() -> None:
    rows = "A\nA One\nVenue One\t3\t2001\nB\nA Two\nC\nA Three\nIEEE Access\n"
    rows += "D\nB Four\nVenue Four\t\t2004\nE\nB Five\t\t2005\n"
    found = [texts(entry) for entry in read(HEAD + rows).entries]
    assert found == [
        ["A", "A One", "Venue One", "2001"],
        ["B", "A Two", None, None],
        ["C", "A Three", "IEEE Access", None],
        ["D", "B Four", "Venue Four", "2004"],
        ["E", "B Five", None, "2005"],
    ]


def test_a_group_is_an_author_between_rows_with_figures() -> None:
    rows = "A\nA One\nVenue\t3\t2001\nB\nThe Engine Collaboration\nLooms 3 (1), 4-5\t\t2002\n"
    entry = read(HEAD + rows).entries[1]
    assert texts(entry) == ["B", "The Engine Collaboration", "Looms", "2002"]
    assert entry.volume
    assert entry.pages
    assert (entry.volume.text, entry.pages.text) == ("3", "4-5")


def test_rows_alone_fit_from_two_on() -> None:
    row = "On Looms\nA Lovelace\nMemoirs\t12\t2021\n"
    assert not scholar_profile.fits(Page.from_text(row))
    assert scholar_profile.fits(Page.from_text(row + row.replace("Looms", "Wheels")))


@pytest.mark.parametrize(
    "text",
    [
        "",
        HEAD,
        "On Looms\nAda Lovelace, Charles Babbage\nMemoirs, 2021\nOn Wheels\nAda Lovelace\nMemoirs, 2022\n",
        f"{HEAD}On Looms\nAda Lovelace\nMemoirs\t12\t2021\n",
        f"{HEAD}[On Looms](/c)A Lovelace,\nC BabbageMemoirs, 2021|\n[12](/c)| 2021\n",
    ],
)
def test_what_is_no_profile_does_not_fit(text: str) -> None:
    assert not scholar_profile.fits(Page.from_text(text))


@pytest.mark.parametrize(
    ("above", "owner"),
    [
        ("Follow\nAda Lovelace\nInstitute\nVerified email at example.org\n", "Ada Lovelace"),
        ("Ada Lovelace\nFolgen\nInstitute\n", "Ada Lovelace"),
        ("Ada Lovelace\nInstitute\nVerified email at example.org\n", "Ada Lovelace"),
        ("Cited by\nAll\nCitations\n184\n", None),
    ],
)
def test_the_owner_stands_beside_the_button_or_above_the_address(above: str, owner: str | None) -> None:
    reading = read(f"{above}{HEAD}On Looms\nA Lovelace\nMemoirs\t12\t2021\n")
    assert (reading.owner.text if reading.owner else None) == owner


def test_the_page_says_how_many_rows_it_shows() -> None:
    reading = read(f"{HEAD}On Looms\nA Lovelace\nMemoirs\t12\t2021\nArticles 21–40\nShow more")
    assert reading.declared
    assert (reading.declared.count, reading.declared.line) == (20, 7)
    assert reading.unread == ()


crumbs = st.sampled_from(
    [
        "", "Title", "Cited by", "Year", "On Looms", "A Lovelace, C Babbage", "A Lovelace, ...", "Ada Lovelace",
        "Looms 3, 4", "Looms 3 (1), 4-5, 2021", ", 2021", "12", "12*", "*", "2021", "12 2021", "Looms\t12\t2021",
        "Looms\t\t", "A Loom\t3\t", "| [Looms](/c) A Loom  X | 3 | 2021 |", "| [", "Follow", "Articles 1–20",
        "Articles 20–1", "Show more", "IEEE Access",
    ]
)  # fmt: skip


@given(st.text() | st.lists(st.text(max_size=20) | crumbs).map("\n".join))
def test_no_page_raises_and_every_line_goes_to_one_place(text: str) -> None:
    page = Page.from_text(text)
    scholar_profile.fits(page)
    reading = scholar_profile.read(page)
    spans = [*(entry.lines for entry in reading.entries), *(refusal.lines for refusal in reading.refused)]
    inside = [number for first, last in spans for number in range(first, last + 1)]
    assert len(inside) == len(set(inside))
    assert not set(inside) & set(reading.unread)
    assert list(reading.unread) == sorted(set(reading.unread))
