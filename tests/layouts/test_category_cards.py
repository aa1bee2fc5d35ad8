from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import category_cards
from pubtools.models import RawEntry, Reading
from pubtools.page import Page

ABSTRACT = "We prove what everybody used, and then we use it once more."


def read(text: str) -> Reading:
    return category_cards.read(Page.from_text(text))


def entry(text: str) -> RawEntry:
    reading = read(text)
    assert reading.refused == ()
    assert len(reading.entries) == 1
    return reading.entries[0]


def texts(found: RawEntry) -> tuple[str, str | None, str | None]:
    return (
        found.title.text,
        found.authors.text if found.authors else None,
        found.abstract.text if found.abstract else None,
    )


WHOLE = ("On Looms", "Ada Lovelace, Charles Babbage", ABSTRACT)


@pytest.mark.parametrize(
    "card",
    [
        f"LGJun 16, 2022\nOn Looms\n\nAda Lovelace, Charles Babbage\n\n{ABSTRACT}",
        f"LG Jun 16, 2022\n\nOn Looms\n\n\nAda Lovelace, Charles Babbage\n\n{ABSTRACT}",
        f"LG\tJun 16 2022\nOn Looms\nAda Lovelace, Charles Babbage\n{ABSTRACT}",
        f"  cs.LGJune 16th, 2022  \n  On\n  Looms\n\n  Ada Lovelace,\n  Charles Babbage\n\n  {ABSTRACT}",
        f"LGJun 16, 2022\nOn Looms\nAda Lovelace, Charles Babbage\n\n{ABSTRACT}",
        f"LGJun 16, 2022\nOn Looms\n\nAda Lovelace, Charles Babbage\n{ABSTRACT}",
        f"LGJun 16, 2022\nOn Looms\n\nAda Lovelace,\n\nCharles Babbage\n\n{ABSTRACT}",
        f"LGJun 16, 2022\nOn\nLooms\nAda Lovelace, Charles Babbage\n{ABSTRACT}",
        f"LGJun 16, 2022\r\nOn Looms\r\n\r\nAda Lovelace, Charles Babbage\r\n\r\n{ABSTRACT}\r\n",
    ],
)
def test_a_card_is_read_with_and_without_its_blank_lines(card: str) -> None:
    assert texts(entry(card)) == WHOLE


@pytest.mark.parametrize(
    ("line", "subject", "date"),
    [
        ("LGJun 16, 2022", "LG", "Jun 16, 2022"),
        ("LGMay 19", "LG", "May 19"),
        ("QQMay 19", "QQ", "May 19"),
        ("math-phMay 19", "math-ph", "May 19"),
        ("opticsMay 19", "optics", "May 19"),
        ("softMay 19", "soft", "May 19"),
        ("cond-mat.dis-nnMay 19", "cond-mat.dis-nn", "May 19"),
        ("cmp-lgMay 19, 1996", "cmp-lg", "May 19, 1996"),
    ],
)
def test_a_card_opens_with_a_subject_and_a_date(line: str, subject: str, date: str) -> None:
    found = entry(f"{line}\nOn Looms\n\nAda Lovelace")
    assert found.subject
    assert found.date
    assert (found.subject.text, found.date.text) == (subject, date)


@pytest.mark.parametrize("line", ["May 19", "on May 19", "Updated May 19, 2024", "LGJun 2022", "LG", "Seen in May 19"])
def test_a_line_that_is_a_date_alone_opens_no_card(line: str) -> None:
    assert not category_cards.fits(Page.from_text(f"{line}\nOn Looms\n\nAda Lovelace"))


@pytest.mark.parametrize(
    ("line", "authors", "affiliations"),
    [
        ("Ada Lovelace et al. · deepmind, stanford", "Ada Lovelace et al.", "deepmind, stanford"),
        ("Ada Lovelace,\nCharles Babbage\n· turin", "Ada Lovelace, Charles Babbage", "turin"),
        ("· deepmind, stanford", None, "deepmind, stanford"),
        ("Joan Col·lell", "Joan Col·lell", None),
        ("Ada Lovelace ·", "Ada Lovelace", None),
        ("Ada Lovelace ·\nturin", "Ada Lovelace", "turin"),
    ],
)
def test_affiliations_follow_the_authors_after_a_dot(line: str, authors: str | None, affiliations: str | None) -> None:
    found = entry(f"LGMay 19\nOn Looms\n\n{line}\n\n{ABSTRACT}")
    assert found.title.text == "On Looms"
    assert (found.authors.text if found.authors else None) == authors
    assert (found.affiliations.text if found.affiliations else None) == affiliations
    assert found.abstract


def test_an_abstract_may_have_paragraphs_and_short_lines_between_them() -> None:
    abstract = f"{ABSTRACT}\n\nMay 19, 1843\n\nx = y\n\n{ABSTRACT}"
    card = f"LGMay 19\nOn Looms\n\nAda Lovelace\n\n{abstract}\n\nPDF\n\nMLMay 20\nB\n"
    first, second = read(card).entries
    assert first.abstract
    assert first.abstract.text == f"{ABSTRACT} May 19, 1843 x = y {ABSTRACT}"
    assert first.lines == (1, 12)
    assert second.title.text == "B"
    assert read(card).unread == (14,)


def test_the_footer_of_the_page_is_no_part_of_the_last_abstract() -> None:
    footer = "Load more\n\nAbout\n\nWe collect papers and show them to whoever asks.\n\nhttps://example.org"
    for abstract in (f"{ABSTRACT}\n\n", ""):
        reading = read(f"LGMay 19\nOn Looms\n\nAda Lovelace\n\n{abstract}{footer}")
        assert len(reading.unread) == 4
        assert reading.entries[0].links == ()
        found = reading.entries[0].abstract
        assert (found.text if found else "") == abstract.strip()


def test_links_are_kept_apart() -> None:
    found = entry(f"LGMay 19\nOn Looms\n\nhttps://arxiv.org/abs/2107.05580\n\n{ABSTRACT}\n\ndoi:10.1000/182")
    assert texts(found) == ("On Looms", None, ABSTRACT)
    assert [(link.text, link.line) for link in found.links] == [
        ("https://arxiv.org/abs/2107.05580", 4),
        ("doi:10.1000/182", 8),
    ]


def test_a_card_without_a_title_or_with_a_sentence_for_authors_is_refused_and_costs_no_other() -> None:
    reading = read(
        "LGMay 18\nLGMay 19\nOn Looms\n\nwe wrote this with everybody here\n\nLGMay 20\nB\n\nAda Lovelace\n\nLGMay 21"
    )
    assert [found.title.text for found in reading.entries] == ["B"]
    assert [refusal.lines for refusal in reading.refused] == [(1, 1), (2, 5), (12, 12)]
    assert reading.unread == ()


@pytest.mark.parametrize(
    ("header", "owner", "declared", "unread"),
    [
        ("Ada Lovelace\n\nLG\nh-index8\n1papers\n713citations\nNovelty56%\nAI Score52\n\n2 Papers\n",
        "Ada Lovelace", 2, ()),
        ("Ludwig van Beethoven\n12.5k followers\n1,204citations\nh-index 8\nNovelty 56%",
        "Ludwig van Beethoven", None, ()),
        ("Plato\n19 papers", None, 19, (1,)),
        ("Ada Lovelace\nMember since 2019\nChalmers, Room 12\nPublications", "Ada Lovelace", None, (2, 3, 4)),
        ("Ada Lovelace\nCharles Babbage", "Ada Lovelace", None, (2,)),
        ("", None, None, ()),
    ],
)  # fmt: skip
def test_the_header_says_whose_page_it_is_and_how_many_cards_it_has(
    header: str, owner: str | None, declared: int | None, unread: tuple[int, ...]
) -> None:
    reading = read(f"{header}\nLGMay 19\nOn Looms\n\nAda Lovelace")
    assert (reading.owner.text if reading.owner else None) == owner
    assert (reading.declared.count if reading.declared else None) == declared
    assert reading.unread == unread


@pytest.mark.parametrize("text", ["", "\n", "Ada Lovelace", "LGMay 19", "LGMay 19\nLGMay 20\n\n"])
def test_a_page_without_a_card_does_not_fit_and_may_still_be_read(text: str) -> None:
    assert not category_cards.fits(Page.from_text(text))
    assert read(text).entries == ()


# Each line has a word of its own, so that it can be found again wherever it went.
crumbs = st.sampled_from(
    [
        "", "LGMay 19", "LG Jun 16, 2022", "QQMar 3", "May 19", "Ada W{}e", "Ada W{}e, Bob Byron et al. · w{}e", "W{}e",
        "we say w{}e and no more than that here.", "Load w{}e", "https://example.org/w{}e", "w{}e99%", "{}papers",
        "Neural W{}e,", "· w{}e",
    ]
)  # fmt: skip


@given(st.lists(crumbs, max_size=25))
def test_every_line_goes_to_one_place(lines: list[str]) -> None:
    letters = [chr(ord("a") + index) for index in range(25)]
    page = Page.from_text(
        "\n".join(line.replace("{}", f"q{letter}q") for line, letter in zip(lines, letters, strict=False))
    )
    reading = category_cards.read(page)
    entries = [set(range(entry.lines[0], entry.lines[1] + 1)) for entry in reading.entries]
    refusals = [set(range(refusal.lines[0], refusal.lines[1] + 1)) for refusal in reading.refused]
    spans = [*entries, *refusals]
    assert sum(map(len, spans)) == len(set().union(*spans))
    cut = " ".join(found.model_dump_json() for found in reading.entries)
    refused: set[int] = set().union(*refusals)
    assert len(reading.unread) == len(set(reading.unread))
    for line in page.filled():
        letter = f"q{letters[line.number - 1]}q"
        owns = letter in line.text
        places = [
            line.number in reading.unread,
            letter in cut and owns,
            bool(reading.owner and reading.owner.line == line.number),
        ]
        assert sum(places) <= 1
        spanned = any(line.number in span for span in spans)
        known = "papers" in line.text or "99%" in line.text
        assert any(places) or spanned or known
        assert not (line.number in refused and letter in cut)
    assert all(1 <= number <= len(page.lines) for number in (*reading.unread, *set().union(*spans)))


@given(st.text() | st.lists(st.text(max_size=20) | crumbs).map("\n".join))
def test_no_page_raises(text: str) -> None:
    page = Page.from_text(text)
    category_cards.fits(page)
    category_cards.read(page)
