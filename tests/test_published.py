"""A preprint becomes a publication, whoever says so first: its type changes, its number and its key stay."""

from __future__ import annotations

import pytest
from arxiv_stand_in import StandIn, record

from pubtools import library as libraries
from pubtools import news, pipeline, sightings, summary
from pubtools.config import Listed
from pubtools.enrichers import _arxiv_api
from pubtools.errors import ServiceUnavailableError
from pubtools.fetching import Fetcher, user_agent
from pubtools.library import Library, Profile
from pubtools.models import Publication, RawEntry, Reading, Snippet
from pubtools.page import Page
from pubtools.people import People
from pubtools.pipeline import Asking

TITLE = "Notes on weaving numbers with punched cards"
PAGE = f"""Ada Lovelace

1papers

1 Papers

PLJun 16, 2024
{TITLE}

Ada Lovelace, Charles Babbage
"""
PREPRINT = record("2406.99801", TITLE, ["Ada Lovelace", "Charles Babbage"], "2024-06-16", primary="cs.PL")
IN_PRINT = {**PREPRINT, "journal_ref": "Annals of Looms 12, 101-120 (2026)", "doi": ["10.5555/looms.101"]}
BIB = f"""@article{{looms26,
  title = {{{TITLE}}},
  author = {{Lovelace, Ada and Babbage, Charles}},
  journal = {{Annals of Looms}},
  volume = {{12}},
  pages = {{101--120}},
  year = {{2026}}
}}
"""
KEY = "lovelace2024notes"


class Down:
    """A catalogue on a bad day."""

    def by_ids(self, numbers):
        raise ServiceUnavailableError("too many requests", service="arXiv")

    by_titles = by_author = by_ids


@pytest.fixture
def arxiv():
    with StandIn([PREPRINT]) as server:
        yield server


def ask(server: StandIn) -> list[Asking]:
    fetcher = Fetcher(user_agent(None), None, interval_s=0, deadline_s=20)
    return [Asking(_arxiv_api.Api(fetcher.fetch, server.url, None))]


def preprint(server: StandIn) -> Library:
    """A library that knows the work as a preprint."""
    library, _ = pipeline.normalise(Library(), [Page.from_text(PAGE, "profile.txt")], asking=ask(server))
    work = pipeline.find(library, KEY)
    assert (work.kind, work.venue, work.arxiv.number) == ("preprint", None, "2406.99801")
    return library


def told(before: Library, after: Library) -> Publication:
    """The work, when all is as it should be with a preprint that was published."""
    (work,) = libraries.publications(after, People())
    assert (work.key, work.arxiv.number) == (KEY, "2406.99801")
    assert work.kind == "article-journal"
    assert (work.venue.name, work.venue.volume, work.date.year) == ("Annals of Looms", "12", 2026)
    found = news.between(libraries.publications(before, People()), [work])
    assert [change.after.key for change in found.published] == [KEY]
    assert not found.new
    assert not found.lost
    assert "1 preprint became published" in summary.markdown(found)
    bib = pipeline.export(after, "bibtex")
    assert f"@article{{{KEY}," in bib
    assert "2406.99801" in bib
    return work


def test_arxiv_s_journal_reference_says_so(arxiv):
    before = preprint(arxiv)
    arxiv.records[:] = [IN_PRINT]
    page = Page.from_text(PAGE, "profile.txt")
    same, _ = pipeline.normalise(before, [page], asking=ask(arxiv))
    assert same == before  # `normalise` asks once for ever
    after, _ = pipeline.normalise(before, [page], asking=ask(arxiv), recheck=True)
    work = told(before, after)
    assert (work.doi, work.venue.pages) == ("10.5555/looms.101", "101-120")


def test_a_work_that_was_published_is_not_asked_for_again(arxiv):
    arxiv.records[:] = [IN_PRINT]
    page = Page.from_text(PAGE, "profile.txt")
    library, _ = pipeline.normalise(Library(), [page], asking=ask(arxiv))
    asked = len(arxiv.log)
    assert pipeline.normalise(library, [page], asking=ask(arxiv), recheck=True)[0] == library
    assert len(arxiv.log) == asked


def test_an_outage_when_a_preprint_is_asked_for_again_changes_nothing(arxiv):
    before = preprint(arxiv)
    page = Page.from_text(PAGE, "profile.txt")
    after, report = pipeline.normalise(before, [page], asking=[Asking(Down())], recheck=True)
    assert after == before
    assert [problem.code for problem in report.problems if problem.severity == "warning"] == ["E01"]


def test_a_later_page_says_so(arxiv):
    before = preprint(arxiv)
    entry = RawEntry(
        title=Snippet(text=TITLE, line=3),
        authors=Snippet(text="A. Lovelace and C. Babbage", line=3),
        venue=Snippet(text="Annals of Looms", line=3),
        volume=Snippet(text="12", line=3),
        date=Snippet(text="2026", line=3),
        kind="article-journal",
        lines=(3, 3),
    )
    found, _ = sightings.from_reading(Reading(entries=(entry,)), "home.txt")
    profile = Profile(locator="home.txt", layout="freeform")
    after, _ = libraries.add(before, {"home.txt": (profile, found)}, People())
    told(before, after)


def test_a_bibliography_file_says_so(arxiv):
    pytest.importorskip("pubtools.importers.bibtex", reason="no importer for BibTeX is here yet")
    before = preprint(arxiv)
    pages = [Page.from_text(PAGE, "profile.txt"), Page.from_text(BIB, "older.bib")]
    after, _ = pipeline.normalise(before, pages, rows={"older.bib": Listed(path="older.bib")})
    work = told(before, after)
    assert "looms26" in work.aliases  # the key of the file lives on beside ours
