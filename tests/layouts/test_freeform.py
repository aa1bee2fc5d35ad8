from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import freeform
from pubtools.layouts.freeform import columns, entries, markup, rows, sections, segments, texts
from pubtools.models import Reading
from pubtools.page import Mark, Page


def read(text: str) -> Reading:
    return freeform.read(Page.from_text(text))


def spans(text: str) -> list[tuple[int, int]]:
    """The lines of the candidates of a page: how it is parted, whatever is cut out of them."""
    found = rows.of(columns.apart(Page.from_text(text)))
    parts = sections.split(found)
    return [candidate.lines for candidate in entries.choose(parts, segments.part(parts))]


def joined(lines: Sequence[str], of_the_page: Sequence[str] = ()) -> texts.Joined:
    page = Page.from_text("\n".join([*lines, *of_the_page]))
    found = rows.of(page.lines)
    return texts.join(found[: len(lines)], texts.Words(found))


LOOMS = "Ada Lovelace, Charles Babbage, and Mary Somerville. On looms that think. Annals of Looms 12(3):1-20, 2019"
MILLS = "Mary Somerville and Ada Lovelace. Mills. Letters on Grinding 4:77-79, 2017"
TIDES = "Charles Babbage and Ada Lovelace. The tide as an engine. Journal of Water, 2015"


# ---------------------------------------------------------------- where entries begin


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"Papers\n\n{LOOMS}\n{MILLS}\n{TIDES}", [(3, 3), (4, 4), (5, 5)]),
        (f"Papers\n\n{LOOMS}\n\n{MILLS}\n\n\n{TIDES}", [(3, 3), (5, 5), (8, 8)]),
        (f"Papers\n* {LOOMS}\n* {MILLS}\n* {TIDES}", [(2, 2), (3, 3), (4, 4)]),
        (f"Papers\n[3] {LOOMS}\n[2] {MILLS}\n[1] {TIDES}", [(2, 2), (3, 3), (4, 4)]),
        (f"Papers\n1. {LOOMS}\n2. {MILLS}\n\nBooks\n\n1. {TIDES}", [(2, 2), (3, 3), (7, 7)]),
        (f"Papers\n\n2019\n\n{LOOMS}\n\n2017\n\n{MILLS}\n{TIDES}", [(5, 5), (9, 9), (10, 10)]),
        # wrapped lines, hanging and not
        (f"Papers\n\n{LOOMS[:40]}\n   {LOOMS[40:]}\n{MILLS}\n{TIDES}", [(3, 4), (5, 5), (6, 6)]),
        (f"Papers\n* {LOOMS[:55]}\n  {LOOMS[55:]}\n* {MILLS}", [(2, 3), (4, 4)]),
        # a title above the names
        (
            "Papers\n\nOn looms that think\nAda Lovelace, Charles Babbage\nAnnals of Looms, 2019\n[pdf] [code]\n"
            "Mills and their music\nMary Somerville, Ada Lovelace\nLetters on Grinding, 2017\n[pdf]",
            [(3, 6), (7, 10)],
        ),
        (
            "Papers\n\nOn looms that think\n\n   Ada Lovelace, Charles Babbage\n   Annals of Looms, 2019\n\n"
            "Mills and their music\n\n   Mary Somerville, Ada Lovelace\n   Letters on Grinding, 2017",
            [(3, 6), (8, 11)],
        ),
        # a year in front, and two lists that are written in two ways
        (f"Papers\n\n2019  {LOOMS[:-6]}\n2017  {MILLS[:-6]}\n2015 | {TIDES[:-6]}", [(3, 3), (4, 4), (5, 5)]),
        (f"Papers\n\n* {LOOMS}\n* {MILLS}\n\n{TIDES}", [(3, 3), (4, 4), (6, 6)]),
        # names, a year and links make a list where no heading says so
        (f"Ada Lovelace\n\n* {LOOMS}\n* {MILLS}\n* {TIDES}", [(3, 3), (4, 4), (5, 5)]),
        (LOOMS, [(1, 1)]),
        # a single name that nobody knows, set off by a year or a quotation; a particle before it
        (
            "Papers\n\nCangrande, Giorgio (1994). In memoriam. Annals of Looms 3, 66–68.\nDagobert, Hakan (2018). "
            "Goods of wool. Annals\nof Looms 9, 63–69.\nde Pina-Costa, Joana (2018). Modes of weaving. Looms 18, 4–5.",
            [(3, 3), (4, 5), (6, 6)],
        ),
        (
            "Papers\n\nCangrande, Giorgio. “In memoriam”. Annals of Looms 3, 1994.\nDagobert, Hakan. “Goods of wool”. "
            "Annals\nof Looms 9, 2018.\nWorld Loom Organization. 2000. “The loom report”. Looms 3.",
            [(3, 3), (4, 5), (6, 6)],
        ),
        # names left out
        (
            "Books\n\nOn Looms\n\n   London: Weavers' Press 1840\n\nMills\n\n   London: Weavers' Press 1843, pp. 20-31",
            [(3, 5), (7, 9)],
        ),
    ],
)
def test_a_list_is_parted_as_it_is_written(page: str, expected: list[tuple[int, int]]) -> None:
    assert spans(page) == expected


def test_lines_are_one_entry_until_the_next_list_of_names() -> None:
    lines = [
        "   Ada Lovelace, Charles Babbage, Mary Somerville, Michael Faraday, and John Herschel. On",
        "   looms that think, and what they think of those who do not. Annals of Looms 12(3):1-20,",
        "   2019",
        "   Mary Somerville and Ada Lovelace. Mills, and the music that they make in long nights of",
        "   wind. Letters on Grinding 4:77-79, 2017 (editorial)",
        "   Ada Lovelace. Notes. Annals of Looms 3, 2016",
    ]
    assert spans("\n".join(["Papers", "", *lines])) == [(3, 5), (6, 7), (8, 8)]


@pytest.mark.parametrize(
    "page",
    [
        "",
        "Ada Lovelace\n\nI weave. In 2019 I moved to London, where Charles Babbage and I built an engine.",
        f"Talks\n\n* {LOOMS}\n* {MILLS}",
        f"News\n\nMay 2019: {LOOMS}",
        f"Students\n\n1. {LOOMS}\n2. {MILLS}\n\nTeaching\n\n{TIDES}",
        "Publications\n\nI publish in the usual journals, such as the Annals of Looms.\n* Google Scholar (full list)",
        "* Home\n* Publications\n* Talks\n* Contact\n\nLoading...\nPlease show you're not a robot",
        "Publications\n\n[PDF] [Code]\n\nCited by 12\n\n© 2019 Ada Lovelace",
    ],
)
def test_what_is_no_publication_is_no_entry(page: str) -> None:
    assert spans(page) == []
    assert read(page).entries == ()


def test_what_follows_the_list_is_not_in_its_last_entry() -> None:
    page = f"Papers\n\n{LOOMS}\n\n{MILLS}\n\nThis page was made by hand.\n\nCopyright 2019 Ada Lovelace"
    assert spans(page) == [(3, 3), (5, 5)]
    assert read(page).unread == (7,)


def test_running_heads_are_in_no_entry() -> None:
    head = "\n\n\nAda Lovelace\n\nCurriculum Vitae, {}\n\n"
    page = f"Papers\n1. {LOOMS}{head.format(2)}2. {MILLS}{head.format(3)}3. {TIDES}"
    reading = read(page)
    assert [entry.lines for entry in reading.entries] == [(2, 2), (9, 9), (16, 16)]
    assert reading.unread == ()


def test_bibliography_entries_and_abstracts_are_not_read_as_entries() -> None:
    bibtex = "@article{looms,\n author = {Ada Lovelace},\n title = {On looms},\n doi = {10.5555/looms.1},\n}"
    abstract = "  We show that a loom may think if it is given the time, and that it does not like what it thinks. " * 3
    page = f"Papers\n\n{LOOMS}\n{bibtex}\n\n{abstract}\n\n{MILLS}\n{bibtex}\n\n{abstract}\n"
    reading = read(page)
    assert [entry.lines for entry in reading.entries] == [(3, 10), (12, 19)]
    assert all(entry.abstract and entry.abstract.text.startswith("We show") for entry in reading.entries)
    assert all("10.5555/looms.1" in [link.text for link in entry.links] for entry in reading.entries)


def test_a_title_and_the_citation_below_it_are_one_entry() -> None:
    page = (
        "Publications\n\nOn looms that think\n\n   Published in Annals of Looms, 2019\n\n"
        "   Recommended citation: Lovelace A., Babbage C. (2019): On looms that think. Annals of Looms, 12, 1-20\n\n"
        "Mills and their music\n\n   Published in Letters on Grinding, 2017\n\n"
        "   Recommended citation: Somerville M., Lovelace A. (2017): Mills and their music. Letters on Grinding, 4"
    )
    first, second = read(page).entries
    assert (first.title.text, first.title.line, first.lines) == ("On looms that think", 3, (3, 7))
    assert (second.title.text, second.title.line) == ("Mills and their music", 9)
    assert first.authors
    assert first.authors.line == 7


crumbs = st.sampled_from(
    [
        *("", "", "Papers", "Talks", "# Books", "2019", "[pdf] [code]", "On looms that think"),
        *("Ada Lovelace, Charles Babbage,", LOOMS, MILLS, TIDES, f"1. {MILLS}", f"  {TIDES}"),
        *(LOOMS[:51], LOOMS[51:], MILLS[:31], MILLS[31:]),
    ]
)


@given(st.lists(crumbs, max_size=25))
def test_lines_that_are_not_weighed_each_by_itself_would_not_have_won(lines: list[str]) -> None:
    found = sections.split(rows.of(Page.from_text("\n".join(lines)).lines))
    for section in found:
        parter = segments._Parter([below for _, below in section.runs])
        ways = {way.name: way for way in parter.ways()}
        line = parter._weighed("line", parter._filled)
        if "line" not in ways:
            assert line.worth <= 0
            assert line.worth + segments._PREFERRED * line.parts < max(way.worth for way in ways.values())


# ---------------------------------------------------------------- what stands beside entries


def test_the_heading_above_tells_kind_status_and_year() -> None:
    page = (
        f"Papers in preparation\n\nAda Lovelace and Charles Babbage. On looms.\n\nJournal articles\n\n2017\n\n{MILLS}"
    )
    early, printed = read(page).entries
    assert early.status
    assert (early.status.text, early.status.line) == ("in preparation", 1)
    assert printed.kind == "article-journal"


def test_a_heading_gives_its_year_to_an_entry_that_states_none() -> None:
    undated = "* A. Lovelace, On looms, Annals of Looms 12, 1-20."
    first, second = read(f"Papers\n\n2019\n\n{undated}\n* M. Somerville, Mills, J. Grind. 4, 2018.").entries
    assert first.date
    assert (first.date.text, first.date.line) == ("2019", 3)
    assert second.date
    assert second.date.line == 6


def test_names_that_a_scrape_has_parted_are_one_list() -> None:
    page = "\n".join(
        [
            *("Papers", "", "On looms that think", "Ada Lovelace", ",", "Charles Babbage", ", and", "Mary Somerville"),
            *("Annals of Looms", ", 2019", "Mills and their music", "Mary Somerville", "and", "Ada Lovelace"),
            *("Letters on Grinding", ", 2017"),
        ]
    )
    assert spans(page) == [(3, 10), (11, 16)]
    first, second = read(page).entries
    assert (first.title.text, second.title.text) == ("On looms that think", "Mills and their music")


def test_the_year_in_front_of_an_entry_is_its_own() -> None:
    page = f"Papers\n\n2019  {LOOMS[:-6]}\n2017  {MILLS[:-6]}"
    first, second = read(page).entries
    dates = [(entry.date.text, entry.date.line) for entry in (first, second) if entry.date]
    assert dates == [("2019", 3), ("2017", 4)]
    assert first.title.text == "On looms that think"


def test_what_looks_like_a_marker_within_an_entry_is_its_text() -> None:
    begun = "Ada Lovelace and Charles Babbage. 2019. Looms that think and what they think of those who do not"
    (entry,) = read(f"Papers\n\n* {begun}\n  – a review. Annals of Looms 12(3):1-20\n\nTalks\n\nNone").entries
    assert "do not – a review" in entry.title.text


def test_a_list_within_an_entry_is_a_remark_on_it() -> None:
    page = f"Papers\n\n* {LOOMS}\n  - Also shown at the Fair of London, 1851\n* {MILLS}\n  - Out of print"
    first, second = read(page).entries
    assert (first.lines, second.lines) == ((3, 4), (5, 6))
    assert first.date
    assert (first.date.text, first.date.line) == ("2019", 3)


def test_years_below_entries_are_their_own() -> None:
    page = "\n".join(
        f"{title}\nA Lovelace, C Babbage\nAnnals of Looms {number}, 1-20\n{number}\n{year}"
        for title, number, year in [("On looms", 12, 2019), ("Mills", 9, 2019), ("The tide as an engine", 4, 2015)]
    )
    assert spans(f"Articles\nYear\n{page}") == [(3, 7), (8, 12), (13, 17)]


@pytest.mark.parametrize(
    ("page", "owner"),
    [
        (f"Dr. Ada Lovelace, FRS\n\nPapers\n\n{LOOMS}\n{MILLS}", ("Ada Lovelace", 1)),
        (f"Home Papers\n\nGeorge Boole\n\nAda Lovelace\n\nPapers\n\n{LOOMS}\n{MILLS}", ("Ada Lovelace", 5)),
        (f"Publications by Ada Lovelace\n\n{LOOMS}\n{MILLS}", ("Ada Lovelace", 1)),
        (f"Our Group\n\nPapers\n\n{LOOMS}\n{MILLS}", None),
        (f"Papers\n\n{LOOMS}\n{MILLS}", None),
    ],
)
def test_the_owner_is_the_name_that_entries_share(page: str, owner: tuple[str, int] | None) -> None:
    found = read(page).owner
    assert (found and (found.text, found.line)) == owner


def test_the_page_declares_how_many_there_are_once() -> None:
    declared = read(f"Papers (2)\n\n{LOOMS}\n\n{MILLS}").declared
    assert declared
    assert (declared.count, declared.line) == (2, 1)
    assert read(f"Papers (1)\n\n{LOOMS}\n\nBooks (1)\n\n{MILLS}").declared is None


def test_the_style_is_told() -> None:
    assert (read(f"Papers\n* {LOOMS}\n* {MILLS}").style or "").startswith("entries parted by bullets")
    assert read("Nothing here").style is None


# ---------------------------------------------------------------- lines joined


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["a mi-", "croscope"], "a microscope"),
        (["an open-", "source loom"], "an open-source loom"),
        (["Jean-", "Pierre"], "Jean-Pierre"),
        (["pages 9312-", "9317"], "pages 9312-9317"),
        (["https://doi.org/10.", "5555/looms"], "https://doi.org/10.5555/looms"),
        (["https://doi.org/10.5555/", "looms.1"], "https://doi.org/10.5555/looms.1"),
        (["doi 10.5555/looms.1.", "https://looms.example"], "doi 10.5555/looms.1. https://looms.example"),
        (["Ada Lovelace", ", Charles Babbage"], "Ada Lovelace, Charles Babbage"),
        (["架空都市に", "おける鉄道網"], "架空都市における鉄道網"),
        (["On looms", "that think"], "On looms that think"),
    ],
)
def test_wrapped_lines_are_rejoined(lines: list[str], text: str) -> None:
    assert joined(lines).text == text


def test_the_rest_of_the_page_tells_what_a_hyphen_means() -> None:
    assert joined(["a hand-", "loom"]).text == "a hand-loom"
    assert joined(["a wind-", "mill"], ["windmill"]).text == "a windmill"
    assert joined(["a wind-", "mill"], ["wind-mill"]).text == "a wind-mill"


def test_every_offset_knows_its_line() -> None:
    found = joined(["On mi-", "croscopes", "and looms"])
    assert found.text == "On microscopes and looms"
    assert [found.line(found.text.index(word)) for word in ("On", "croscopes", "and", "looms")] == [1, 2, 3, 3]


def test_markdown_becomes_marks() -> None:
    text, marks = markup.plain("[On *looms*](https://example.org/a_b) by **Ada**, not a*b*c and snake_case_here", ())
    assert text == "On looms by Ada, not a*b*c and snake_case_here"
    assert {(text[mark.start : mark.end], mark.kind, mark.target) for mark in marks} == {
        ("On looms", "link", "https://example.org/a_b"),
        ("looms", "emphasis", None),
        ("Ada", "strong", None),
    }
    given_marks = (Mark(0, 3, "strong"),)
    assert markup.plain("*a*", given_marks) == ("*a*", given_marks)


def test_a_page_in_two_columns_is_read_column_by_column() -> None:
    left = ["Ada Lovelace", "", "Skills", "weaving and", "arithmetic", "", "Languages", "English", "French"] + [""] * 4
    right = [
        "Education", "1835 – 1840 Private lessons", "", "Publications", "Lovelace A, Babbage C. On looms that",
        "     think. Ann Looms. 1840;12(3):1-20.", "Somerville M, Lovelace A. Mills. J Grind.",
        "     1838;4:77-79.", "", "", "Awards", "A loom", "A mill",
    ]  # fmt: skip
    page = "\n".join(f"{one:<20}{other}" for one, other in zip(left, right, strict=True))
    reading = read(page)
    assert [entry.title.text for entry in reading.entries] == ["On looms that think", "Mills"]
    assert reading.owner
    assert reading.owner.text == "Ada Lovelace"


# ---------------------------------------------------------------- laws

crumbs = st.sampled_from(
    [
        "", "", "", "Publications", "## Papers", "Talks", "2019", "2017", "[PDF] [Code]", "Cited by 12", LOOMS, MILLS,
        f"* {TIDES}", f"[1] {LOOMS}", f"2. {MILLS}", "On looms that think", "Ada Lovelace, Charles Babbage",
        "   Annals of Looms 12, 2019", "and others", "@article{a,", " title = {x},", "}", "Ada Lovelace", "•", "12",
        ",", "Recommended citation: Lovelace A. On looms that think. 2019", "We think that looms do not think. " * 9,
        "© 2019 Ada Lovelace", "Curriculum Vitae, 2", "https://doi.org/10.5555/looms",
    ]
)  # fmt: skip


def held(text: str) -> None:
    """Every filled line stands in one entry or refusal, is unread, or is known for what it is."""
    page = Page.from_text(text)
    reading = freeform.read(page)
    lines = [*(entry.lines for entry in reading.entries), *(refusal.lines for refusal in reading.refused)]
    stretches = [set(range(first, last + 1)) for first, last in lines]
    inside = set().union(*stretches) if stretches else set()
    assert sum(map(len, stretches)) == len(inside)
    assert not inside & set(reading.unread)
    assert len(reading.unread) == len(set(reading.unread))
    assert all(1 <= number <= len(page.lines) for number in (*inside, *reading.unread))
    found = rows.of(columns.apart(page))
    known = {row.number for row in found if row.is_filler}
    known |= {row.number for row in sections.heads(sections.split(found))}
    known |= {reading.owner.line} if reading.owner else set()
    assert {line.number for line in page.filled()} <= inside | set(reading.unread) | known
    for entry in reading.entries:
        first, last = entry.lines
        pieces = [entry.title, entry.authors, entry.venue, entry.volume, entry.pages, entry.abstract, *entry.links]
        assert all(first <= piece.line <= last for piece in pieces if piece)


@given(st.lists(crumbs, max_size=30).map("\n".join))
def test_every_line_of_a_page_has_one_place(text: str) -> None:
    held(text)


@given(st.text() | st.lists(st.text(max_size=30) | crumbs).map("\n".join))
def test_no_text_raises(text: str) -> None:
    held(text)


def test_a_dash_stands_for_the_authors_of_the_entry_above() -> None:
    page = """
Publications

Lovelace, Ada, and Charles Babbage. 2022. “Quiet Threads.” Journal of Mills 12 (3): 210-25.
———. 2021. “Looms that Learn.” Annals of Looms 5: 1-9.
———. (2020). Weaving the torus. London: Weavers Press.
Lovelace, Ada. 2019. “Bells and Belts.” Journal of Mills 9: 3-5.
---. “Threads.” Journal of Mills 8 (2018): 33-45.
"""
    found = freeform.read(Page.from_text(page)).entries
    both, one = "Lovelace, Ada; Charles Babbage", "Lovelace, Ada;"
    assert [entry.authors and (entry.authors.text, entry.authors.line) for entry in found] == [
        (both, 4),
        (both, 4),
        (both, 4),
        (one, 7),
        (one, 7),
    ]
    assert [entry.date and entry.date.text for entry in found] == ["2022", "2021", "2020", "2019", "2018"]


def test_a_dash_below_an_entry_without_authors_stands_for_nobody() -> None:
    first, other = "Looms and light. Journal of Mills 12 (2022), 3-9.", "———. “Threads.” Annals 8 (2018): 33-45."
    found = freeform.read(Page.from_text(f"Publications\n\n• {first}\n• {other}\n")).entries
    assert [entry.authors for entry in found] == [None, None]
