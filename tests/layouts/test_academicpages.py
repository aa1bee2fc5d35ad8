from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts import academicpages
from pubtools.models import RawEntry, Reading
from pubtools.page import Page

FOOT = "© 2026 Dr. Ada Lovelace. Powered by Jekyll & AcademicPages, a fork of Minimal Mistakes."


def read(text: str) -> Reading:
    return academicpages.read(Page.from_text(text))


def texts(entry: RawEntry) -> list[str | None]:
    fields = (entry.title, entry.authors, entry.venue, entry.date, entry.abstract)
    return [snippet.text if snippet else None for snippet in fields]


ENTRY = [
    "On Looms and Wheels",
    "Lovelace, A.; Babbage, C.",
    "Memoirs of Engines, Series B",
    "2021",
    "Words on looms.",
]
CITED = 'Recommended citation: Lovelace, A., & Babbage, C. (2021). "On looms and wheels." Memoirs. 1(2), 3-45.'

WRAPPED = CITED.replace(" (2021)", "\n(2021)")


@pytest.mark.parametrize(
    "entry",
    [
        "On Looms and Wheels\n\n   Published in Memoirs of Engines, Series B, 2021\n\n   Words on looms.\n\n"
        f"   {CITED}",
        f"On Looms and\nWheels\n\nPublished in Memoirs of Engines, Series B,\n2021\n\nWords on\nlooms.\n\n{WRAPPED}",
        "## [On Looms and Wheels](/publication/1)\n\nPublished in _Memoirs of Engines, Series B_ , 2021\n\n"
        f"Words on looms.\n\n{CITED}",
        "[On Looms and\nWheels](/publication/1)\n----------\n\n"
        f"Published in *Memoirs of Engines, Series B*, 2021\n\nWords on looms.\n\n{CITED}",
        f"On Looms and Wheels\nPublished in\nMemoirs of Engines, Series B\n, 2021\nWords on looms.\n{CITED}\n"
        "Download Paper\n|\nDownload Slides",
    ],
)  # fmt: skip
def test_an_entry_is_read_however_a_program_sets_it(entry: str) -> None:
    page = Page.from_text(f"{entry}\n\n{FOOT}")
    assert academicpages.fits(page)
    reading = academicpages.read(page)
    assert [texts(found) for found in reading.entries] == [ENTRY]
    found = reading.entries[0]
    assert [part.text for part in (found.volume, found.issue, found.pages) if part] == ["1", "2", "3-45"]
    assert reading.unread == ()
    assert reading.owner
    assert reading.owner.text == "Ada Lovelace"


def cited(citation: str) -> RawEntry:
    return read(f"On Looms\n\nPublished in Memoirs, 2021\n\nRecommended citation: {citation}\n\n{FOOT}").entries[0]


@pytest.mark.parametrize(
    ("citation", "authors"),
    [
        ("Lovelace A., Babbage C. (2021): On Looms. Memoirs", "Lovelace A., Babbage C."),
        ("Ada Lovelace and Charles Babbage. On looms. Memoirs", "Ada Lovelace and Charles Babbage"),
        ("Lovelace, A., Babbage, C., and King, M. F.: On “looms”, 2021", "Lovelace, A.; Babbage, C.; King, M. F."),
        ("Lovelace, A.I., Babbage, C. et al. On Looms. Memoirs 1 (2021)", "Lovelace, A.I.; Babbage, C.; et al."),
        ("Lovelace, A. On Looms. Memoirs 1 (2021)", "Lovelace, A.;"),
        ("A. Lovelace, C. Babbage (2021). A title that the page has not. Memoirs", "A. Lovelace, C. Babbage"),
        ("On Looms. Memoirs, 2021", None),
        ("we all wrote this together, On Looms", None),
    ],
)  # fmt: skip
def test_authors_stand_in_the_citation_before_the_title(citation: str, authors: str | None) -> None:
    found = cited(citation).authors
    assert (found.text if found else None) == authors


@pytest.mark.parametrize(
    ("citation", "links"),
    [
        ("On Looms. https://doi.org/10.1000/abc.9 https://doi.org/10.1000/abc.9", ["10.1000/abc.9"]),
        ("On Looms. doi 10.1000/abc.9\nhttps://example.org/looms", ["10.1000/abc.9", "https://example.org/looms"]),
        ("On Looms. https://doi.org/10.1000/engines.\n2021.1", ["10.1000/engines.2021.1"]),
        ("On Looms.\n[Download Paper](https://doi.org/10.1000/abc.9) | [Download Slides](http://a.example.org/s.pdf)",
         ["10.1000/abc.9", "http://a.example.org/s.pdf"]),
        ("On Looms. arXiv:2107.05580", ["arXiv:2107.05580"]),
    ],
)  # fmt: skip
def test_links_of_the_citation_are_kept_once(citation: str, links: list[str]) -> None:
    assert [link.text for link in cited(citation).links] == links


def test_categories_are_kinds_and_no_part_of_the_entry_above() -> None:
    one = "{}\n\nPublished in Memoirs, 2021\n\nWords.\n\n"
    page = f"Publications\n\nBooks\n\n{one.format('Looms')}Journal Articles\n\n{one.format('Wheels')}{FOOT}"
    found = read(page)
    assert [(entry.title.text, entry.kind) for entry in found.entries] == [
        ("Looms", "book"),
        ("Wheels", "article-journal"),
    ]
    assert [entry.abstract.text for entry in found.entries if entry.abstract] == ["Words.", "Words."]
    assert found.unread == ()


@pytest.mark.parametrize(
    "text",
    [
        "",
        FOOT,
        "On Looms\n\nPublished in Memoirs, 2021\n\nWords.",
        f"On Looms\n\n{CITED}\n\n{FOOT}",
        f"Published in Memoirs, 2021\n\n{CITED}",
        f"We were published in Memoirs, 2021.\n\n{CITED}",
    ],
)
def test_what_is_no_site_of_the_theme_does_not_fit(text: str) -> None:
    assert not academicpages.fits(Page.from_text(text))


crumbs = st.sampled_from(
    [
        "", "On Looms", "  On Looms", "Published in Memoirs, 2021", "Published in", "Memoirs", ", 2021",
        "Words on looms.", CITED, "Recommended citation:", "A. Lovelace. On Looms. 2021. https://doi.org/10.1000/",
        "abc.9", "Download Paper", "|", "----", "Journal Articles", "Sitemap", "[On", "Looms](/x)",
        "[Download Paper](https://example.org/a.pdf)", "Permalink", "__", FOOT,
    ]
)  # fmt: skip


@given(st.text() | st.lists(st.text(max_size=20) | crumbs).map("\n".join))
def test_no_page_raises_and_every_line_goes_to_one_place(text: str) -> None:
    page = Page.from_text(text)
    academicpages.fits(page)
    reading = academicpages.read(page)
    spans = [*(entry.lines for entry in reading.entries), *(refusal.lines for refusal in reading.refused)]
    inside = [number for first, last in spans for number in range(first, last + 1)]
    assert len(inside) == len(set(inside))
    assert not set(inside) & set(reading.unread)
    assert list(reading.unread) == sorted(set(reading.unread))
