from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import teaser_bullets
from pubtools.models import RawEntry, Reading
from pubtools.page import Page

TEASER = "We prove what everybody used and then... [Read Article]"


def read(text: str) -> Reading:
    return teaser_bullets.read(Page.from_text(text))


def fits(text: str) -> bool:
    return teaser_bullets.fits(Page.from_text(text))


def texts(found: RawEntry) -> tuple[str, str | None, str | None]:
    return (
        found.title.text,
        found.authors.text if found.authors else None,
        found.abstract.text if found.abstract else None,
    )


WHOLE = ("On Looms", "Ada Lovelace, Charles Babbage", TEASER)
PLAIN = f"  • On Looms\n\n    Ada Lovelace, Charles Babbage\n    Post thumbnail\n    {TEASER}"


@pytest.mark.parametrize(
    "page",
    [
        f"Recent publications\n\n{PLAIN}",
        f"PUBLICATIONS\n{PLAIN}",
        f"My papers:\n\n\n{PLAIN}\n",
        f"Ada Lovelace\n\nI weave.\n\nSelected Publications\n\n{PLAIN}\n\nContact\n\nBy letter.",
        f"Publications\n\n2024\n\n{PLAIN}",
        f"Publications\n\n  • 2024\n      ◦ On Looms\n        Ada Lovelace, Charles Babbage\n        {TEASER}",
        f"Papers\n\n* On Looms\n\tAda Lovelace, Charles Babbage\n\tThumbnail\n\t{TEASER}",
        f"Papers\n\n  - On\n    Looms\n    Ada Lovelace,\n    Charles Babbage\n    {TEASER}",
        f"Papers\n\n  •On Looms\n    Ada Lovelace, Charles Babbage\n    {TEASER}",
        f"Papers\n\n  •\n    On Looms\n    Ada Lovelace, Charles Babbage\n    {TEASER}",
        f"Papers\n\n  · On Looms\n    Post Thumbnail\n    Ada Lovelace, Charles Babbage\n    {TEASER}",
        "Papers\n\n  • On Looms\n    Ada Lovelace, Charles Babbage\n"
        "    We prove what\u00a0everybody used and\n    then... [Read\u00a0Article]",
        f"Papers\r\n\r\n\t•\tOn Looms\r\n\t\tAda Lovelace, Charles Babbage\r\n\t\t{TEASER}\r\n",
    ],
)  # fmt: skip
def test_an_entry_is_read_however_the_list_is_set(page: str) -> None:
    assert fits(page)
    reading = read(page)
    assert [texts(found) for found in reading.entries] == [WHOLE]
    assert reading.refused == ()


@pytest.mark.parametrize(
    "page",
    [
        "",
        PLAIN,
        f"Research Directions\n\n{PLAIN}",
        f"I have many publications, and they are listed below.\n\n{PLAIN}",
        "Publications\n\n  • On Looms\n    Ada Lovelace",
        f"Publications\n\n{PLAIN.replace('  • ', '')}",
        f"Publications\n\n  • On Looms\n    {TEASER}",
    ],
)
def test_a_page_without_such_a_list_does_not_fit(page: str) -> None:
    assert not fits(page)


@pytest.mark.parametrize(
    "authors",
    [
        "Ada Lovelace", "Ada Lovelace et al.", "Ludwig van Beethoven & Juan de la Cruz",
        "Ada Lovelace*, Charles Babbage1,2",
        "Ada Lovelace, Charles Babbage, Jr. and Mary Somerville", "The ATLAS Collaboration", "王小明, 李雷",
        "Plato, Ada Lovelace",
        "Lovelace, Ada; Babbage, Charles",
    ],
)  # fmt: skip
def test_a_line_of_names_makes_an_entry(authors: str) -> None:
    (found,) = read(f"Papers\n\n  • On Looms\n    {authors}\n    {TEASER}").entries
    assert texts(found) == ("On Looms", authors, TEASER)


def test_a_second_line_of_a_title_may_look_like_a_name() -> None:
    (found,) = read(
        f"Papers\n\n  • On Looms as\n    Neural Networks\n    Ada Lovelace, Charles Babbage\n    {TEASER}"
    ).entries
    assert texts(found) == ("On Looms as Neural Networks", *WHOLE[1:])


def test_a_bullet_that_shows_a_work_without_names_is_refused() -> None:
    reading = read(f"Papers\n\n  • On Looms\n    written by us all\n    Post thumbnail\n    {TEASER}\n{PLAIN}")
    assert [refusal.lines for refusal in reading.refused] == [(3, 6)]
    assert [texts(found) for found in reading.entries] == [WHOLE]
    assert reading.unread == ()


def test_a_bullet_that_shows_no_work_is_unread() -> None:
    reading = read(f"Papers\n\n{PLAIN}\n  • Explore the others here.\n  • Ask me\n    by post only.")
    assert len(reading.entries) == 1
    assert reading.refused == ()
    assert reading.unread == (8, 9, 10)


def test_bullets_under_another_heading_are_unread() -> None:
    reading = read(f"Papers\n\n{PLAIN}\n\nTalks\n\n{PLAIN}")
    assert len(reading.entries) == 1
    assert reading.unread == (9, 11, 13, 14, 15)


def test_a_date_and_links_are_kept_apart_and_labels_are_unread() -> None:
    below = f"Ada Lovelace\n    NeurIPS\n    Jun 2024\n    {TEASER}\n    PDF\n    https://example.org/a\n    Cite"
    reading = read(f"Papers\n\n  • On Looms\n    {below}")
    (found,) = reading.entries
    assert found.date
    assert found.date.text == "Jun 2024"
    assert found.abstract
    assert found.abstract.text == TEASER
    assert [link.text for link in found.links] == ["https://example.org/a"]
    assert reading.unread == (5, 8, 10)
    assert found.lines == (3, 9)


def test_a_date_inside_an_abstract_and_a_dash_at_its_edge_are_its_own() -> None:
    lines = ["We began to weave on the day of", "May 19", "and we wove", "- as looms do -", "for many days."]
    reading = read("\n    ".join(["Papers\n\n  • On Looms", "Ada Lovelace", "Post thumbnail", *lines]))
    (found,) = reading.entries
    assert found.abstract
    assert found.abstract.text == " ".join(lines)
    assert found.date is None


@pytest.mark.parametrize(
    ("first", "owner"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Antônio da Silva e Souza", "Antônio da Silva e Souza"),
        ("Recent Publications", None),
        ("Latest News", None),
        ("Plato", None),
        ("Hello and welcome.", None),
    ],
)
def test_the_page_begins_with_its_owner_or_with_nobody(first: str, owner: str | None) -> None:
    found = read(f"{first}\n\nPapers\n\n{PLAIN}").owner
    assert (found.text if found else None) == owner


def test_news_are_dated_sentences_of_their_section() -> None:
    news = "Nov 2024\nOur paper was\naccepted.\nOct 2024\nMay\n\nSept 2024\nWe moved.\n\nMore here."
    reading = read(f"Latest News\n{news}\n\nPapers\n\n{PLAIN}")
    assert [(item.date.text if item.date else None, item.text.text, item.text.line) for item in reading.news] == [
        ("Nov 2024", "Our paper was accepted.", 3),
        ("Sept 2024", "We moved.", 9),
    ]
    assert reading.unread == (5, 6, 11)


# Each line has a word of its own, so that it can be found again wherever it went.
crumbs = st.sampled_from(
    [
        "", "", "Papers", "News", "Talks {}", "  • W{}e", "  - W{}e w{}e", "      ◦ W{}e", "    Ada W{}e",
        "    Ada W{}e,",
        "    Post thumbnail", "    we say w{}e and no more than that... [Read Article]", "    w{}e", "May 2024",
        "    May 19",
        "    https://example.org/w{}e", "W{}e is here.", "Ada W{}e", "    - and w{}e",
    ]
)  # fmt: skip


@given(st.lists(crumbs, max_size=25))
def test_every_line_goes_to_one_place(lines: list[str]) -> None:
    letters = [f"q{chr(ord('a') + index)}q" for index in range(25)]
    page = Page.from_text("\n".join(line.replace("{}", mark) for line, mark in zip(lines, letters, strict=False)))
    reading = teaser_bullets.read(page)
    entries = [set(range(entry.lines[0], entry.lines[1] + 1)) for entry in reading.entries]
    refusals = [set(range(refusal.lines[0], refusal.lines[1] + 1)) for refusal in reading.refused]
    spans = [*entries, *refusals]
    assert sum(map(len, spans)) == len(set().union(*spans))
    assert len(reading.unread) == len(set(reading.unread))
    cut = " ".join(found.model_dump_json() for found in (*reading.entries, *reading.news))
    refused: set[int] = set().union(*refusals)
    for line in page.filled():
        mark = letters[line.number - 1]
        places = [
            line.number in reading.unread,
            mark in cut,
            line.number in refused,
            bool(reading.owner and reading.owner.line == line.number),
        ]
        assert sum(places) <= 1
        spanned = any(line.number in span for span in spans)
        known = line.text in ("Papers", "News") or any(
            item.date and item.date.line == line.number for item in reading.news
        )
        # A news item without a word of its own ("Post thumbnail") is found by its text.
        assert any(places) or spanned or known or any(line.text in item.text.text for item in reading.news)
    assert all(1 <= number <= len(page.lines) for number in (*reading.unread, *set().union(*spans)))


@given(st.text() | st.lists(st.text(max_size=20) | crumbs).map("\n".join))
def test_no_page_raises(text: str) -> None:
    page = Page.from_text(text)
    teaser_bullets.fits(page)
    teaser_bullets.read(page)
