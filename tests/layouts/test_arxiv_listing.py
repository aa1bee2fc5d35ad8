from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import arxiv_listing
from pubtools.models import RawEntry, Reading
from pubtools.page import Page


def read(text: str) -> Reading:
    return arxiv_listing.read(Page.from_text(text))


def texts(entry: RawEntry) -> list[str | None]:
    fields = (entry.title, entry.authors, entry.subject)
    return [*(snippet.text if snippet else None for snippet in fields), *(link.text for link in entry.links)]


LISTED = ["On Looms", "Ada Lovelace, Charles Babbage", "cs.LG", "arXiv:2107.05580"]


@pytest.mark.parametrize(
    "paper",
    [
        "[1] arXiv:2107.05580 [pdf, html, other]\nTitle: On Looms\nAda Lovelace, Charles Babbage\n"
        "Subjects: Machine Learning (cs.LG)",
        "[1] arXiv:2107.05580 (replaced) [pdf]\nTitle: On Looms\nAuthors: Ada Lovelace, Charles Babbage\n"
        "Subjects: X (cs.LG); Y (q-bio.NC)",
        "[1]\narXiv:2107.05580\n[\npdf\n,\nhtml\n]\nTitle:\nOn Looms\nAda Lovelace\n,\nCharles Babbage\n"
        "Subjects:\nX (cs.LG)\n; Y (q-bio.NC)",
        "[1] [ arXiv:2107.05580 ](/abs/2107.05580) (cross-list\nfrom math.HO) [[pdf](/pdf)]\n\nTitle: On Looms\n\n"
        "[Ada Lovelace](/a), [Charles Babbage](/b)\n\nComments: 3 pages\n\nSubjects: X (cs.LG)",
        "[1] arXiv:2107.05580 [pdf]\n: Title: On Looms\n\n  Ada Lovelace, Charles Babbage\n\n"
        "  Subjects: Machine\n  Learning (cs.LG)",
    ],
)  # fmt: skip
def test_a_paper_of_a_list_is_read_however_a_program_sets_it(paper: str) -> None:
    page = Page.from_text(paper)
    assert arxiv_listing.fits(page)
    reading = arxiv_listing.read(page)
    assert [texts(entry) for entry in reading.entries] == [LISTED]
    assert reading.unread == ()


FOUND = [*LISTED, "10.1000/xyz.123"]


@pytest.mark.parametrize(
    "paper",
    [
        "arXiv:2107.05580 [pdf, other] cs.LG stat.ML doi 10.1000/xyz.123\nOn Looms\n"
        "Authors: Ada Lovelace, Charles Babbage\n"
        "Submitted 3 June, 2024; originally announced June 2024.",
        "1.\narXiv:2107.05580\n[\npdf\n,\nother\n]\ncs.LG\nstat.ML\ndoi\n10.1000/xyz.123\nOn\nLooms\n"
        "Authors:\nAda Lovelace\n,\n"
        "Charles Babbage\nAbstract\n:\nWords.\nSubmitted\n3 June, 2024;\noriginally announced\nJune 2024.",
        "  1. [arXiv:2107.05580](/abs) [[pdf](/pdf), [other](/o)]\n\ncs.LG stat.ML\n\ndoi [10.1000/xyz.123 __](/d)\n\n"
        "On Looms\n\n"
        "Authors: [Ada Lovelace](/a), [Charles Babbage](/b)\n\n"
        "Submitted 3 June, 2024; originally announced June\n2024.",
    ],
)  # fmt: skip
def test_a_paper_of_a_search_is_read_however_a_program_sets_it(paper: str) -> None:
    page = Page.from_text(paper)
    assert arxiv_listing.fits(page)
    reading = arxiv_listing.read(page)
    assert [texts(entry) for entry in reading.entries] == [FOUND]
    assert reading.entries[0].date
    assert reading.entries[0].date.text == "3 June, 2024"
    assert reading.unread == ()


def search(fields: str) -> RawEntry:
    return read(f"arXiv:2107.05580 [pdf] cs.LG\nOn Looms\nAuthors: Ada Lovelace\n{fields}").entries[0]


@pytest.mark.parametrize(
    ("abstract", "text"),
    [
        ("Abstract: A loom… ▽ More A loom may learn. △ Less", "A loom may learn."),
        ("Abstract: A loom… ▽ More", "A loom…"),
        ("Abstract: A loom may learn.", "A loom may learn."),
        ("Abstract : A loom learns, says\narXiv:2001.00001 [pdf].", "A loom learns, says arXiv:2001.00001 [pdf]."),
    ],
)  # fmt: skip
def test_the_whole_abstract_is_taken_where_it_is_shown(abstract: str, text: str) -> None:
    found = search(f"{abstract}\nSubmitted 3 June, 2024; originally announced June 2024.").abstract
    assert found
    assert found.text == text


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("Submitted 3 June, 2024; originally announced June 2024.", "3 June, 2024"),
        ("Submitted 3 June, 2024; v1 submitted 12 July, 2021; originally announced July 2021.", "12 July, 2021"),
        ("Submitted 3 June, 2024;\nJournal ref: Memoirs 3, 12-34 (2023)", "2023"),
    ],
)
def test_the_date_is_that_of_the_first_version_or_of_the_journal(fields: str, date: str) -> None:
    found = search(fields).date
    assert found
    assert found.text == date


def test_a_journal_reference_without_a_venue_is_kept_as_a_note() -> None:
    entry = search("Submitted 3 June, 2024;\nComments: 3 pages\nJournal ref: 3, 12-34")
    assert entry.venue is None
    assert entry.note
    assert "3, 12-34" in entry.note.text
    assert "3 pages" in entry.note.text


@pytest.mark.parametrize(
    ("listed", "authors"),
    [
        (
            "Ada Lovelace, Charles Babbage, et al. (3 additional authors not shown)",
            "Ada Lovelace, Charles Babbage, et al.",
        ),
        ("Ada Lovelace (1), Charles Babbage (1 and 2) ((1) Institute, (2) London)", "Ada Lovelace, Charles Babbage"),
        ("(author list is unavailable)", None),
    ],
)
def test_authors_lose_what_is_said_of_them_in_brackets(listed: str, authors: str | None) -> None:
    reading = read(f"[1] arXiv:2107.05580 [pdf]\nTitle: On Looms\n{listed}\nSubjects: X (cs.LG)")
    found = reading.entries[0].authors
    assert (found.text if found else None) == authors


def test_a_label_in_a_title_or_a_number_in_a_comment_opens_nothing() -> None:
    papers = (
        "[1] arXiv:2107.05580 [pdf]\nTitle: Title: Submitted Looms\nAda Lovelace\nComments: see\narXiv:2001.00001\n"
        "Subjects: X (cs.LG)\n"
        "[2] arXiv:2107.05581 [pdf]\nTitle: Abstract Looms\nAda Lovelace\nSubjects: X (cs.LG)"
    )
    assert [entry.title.text for entry in read(papers).entries] == ["Title: Submitted Looms", "Abstract Looms"]


def test_lists_of_what_is_new_have_the_abstract_last() -> None:
    abstract = "A loom may learn what it weaves, and forget what it wove before that."
    paper = f"[1] arXiv:2107.05580 [pdf]\nTitle: On Looms\nAda Lovelace\nSubjects: X (cs.LG)\n\n{abstract}\n"
    found = read(paper + paper.replace("[1]", "[2]")).entries
    assert [entry.abstract.text for entry in found if entry.abstract] == [abstract, abstract]


@pytest.mark.parametrize(
    ("head", "owner", "declared"),
    [
        ("Ada Lovelace's articles on arXiv", "Ada Lovelace", None),
        ("Showing 51–53 of 53 results for author: Lovelace, A", None, 3),
        ("Total of 1 entries\nShowing up to 50 entries per page: fewer | more | all", None, 1),
        ("Total of 2500 entries : 1-50 51-100\nShowing up to 50 entries per page: fewer | more | all", None, None),
    ],
)
def test_the_page_says_whose_it_is_and_how_much_it_shows(head: str, owner: str | None, declared: int | None) -> None:
    reading = read(f"{head}\n[1] arXiv:2107.05580 [pdf]\nTitle: On Looms\nAda Lovelace\nSubjects: X (cs.LG)")
    assert (reading.owner.text if reading.owner else None) == owner
    assert (reading.declared.count if reading.declared else None) == declared


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ada Lovelace. On Looms. arXiv:2107.05580 [cs.LG], 2021.",
        "[1] Ada Lovelace. On Looms.\narXiv:2107.05580 [cs.LG]\n[2] Charles Babbage. Wheels.\narXiv:2107.05581",
        "arXiv:2107.05580\nTitle: On Looms\nAuthors: Ada Lovelace\nAbstract: Words.",
    ],
)
def test_what_is_no_list_of_arxiv_does_not_fit(text: str) -> None:
    assert not arxiv_listing.fits(Page.from_text(text))


crumbs = st.sampled_from(
    [
        "", "[1]", "2.", "[3] arXiv:2107.05580 [pdf]", "arXiv:2107.05581 [pdf, other] cs.LG", "arXiv:quant-ph/0201082",
        "[", "]", "pdf", ",", "cs.LG", "doi", "10.1000/xyz.123", "On Looms", "Title:", "Title: Wheels", "Ada Lovelace",
        "Authors: Ada Lovelace", "Subjects: X (cs.LG)", "; Y (math.HO)", "Abstract: Words…", "▽ More", "△ Less",
        "Submitted 3 June, 2024;", "Submitted", "Comments: 3 pages", "Journal ref: Memoirs 3 (2020)", "(a (b", "__",
        "Total of 3 entries", "Showing 3-1 of 3 results", "About",
    ]
)  # fmt: skip


@given(st.text() | st.lists(st.text(max_size=20) | crumbs).map("\n".join))
def test_no_page_raises_and_every_line_goes_to_one_place(text: str) -> None:
    page = Page.from_text(text)
    arxiv_listing.fits(page)
    reading = arxiv_listing.read(page)
    spans = [*(entry.lines for entry in reading.entries), *(refusal.lines for refusal in reading.refused)]
    inside = [number for first, last in spans for number in range(first, last + 1)]
    assert len(inside) == len(set(inside))
    assert not set(inside) & set(reading.unread)
    assert list(reading.unread) == sorted(set(reading.unread))
