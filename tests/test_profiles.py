"""Every fixture page gives the sightings and the problems that stand beside it, and meets every layout."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, cast

import pytest

from pubtools import jsontext, plugins, sightings
from pubtools.layouts import Layout
from pubtools.models import Reading
from pubtools.page import Page

PROFILES = Path(__file__).parents[1] / "fixtures" / "profiles"
PAGES = sorted(PROFILES.glob("*/*.txt"))
IDS = [f"{path.parent.name}/{path.stem}" for path in PAGES]
# The layout of pages that no other layout fits; `tests/layouts/test_freeform.py` holds it to the laws of lines.
FREEFORM = "freeform"
NAMED = [path for path in PAGES if path.parent.name != FREEFORM]
NAMED_IDS = [f"{path.parent.name}/{path.stem}" for path in NAMED]
# What a layout knows for a page's own, and neither reads nor reports.
KNOWN = {
    "academicpages": {
        "(BUTTON)", "* Publications", "(BUTTON) Follow", "* Location", "* Email", "Publications", "Sitemap",
        "* Follow:", "* Feed", "============", "----------------", "-----------------", "---", "Journal Articles",
        "Conference Papers", "* [Publications](/publications/)", "### Ada Lovelace",
        "You can also find my articles on [my Google Scholar profile](https://scholar.example.org).",
        "---------------------------------------------------------------",
        "-------------------------------------------------------------",
        "© 2026 Dr. Ada Lovelace. Powered by Jekyll & AcademicPages, a fork of Minimal Mistakes.",
        "© 2026 Ada Lovelace, Powered by [Jekyll](http://jekyllrb.com) & [AcademicPages]"
        "(https://github.com/academicpages/academicpages.github.io), a fork of [Minimal Mistakes]"
        "(https://mademistakes.com/).",
    },
    "al_folio": {
        "* about", "about", "* [ about ](/)", "publications", "(current)", "2022", "2021", "## 2021", "## 2014",
        "publications in reversed chronological order.", "publications by categories in reversed chronological order.",
        "@article", "{", "love", ",", "title", "=", "{On Looms That Learn}", "}", "Jekyll", "with", "al-folio",
        "theme.",
    },
    "arxiv_listing": {"Showing up to 50 entries per page:", "fewer", "|", "more", "all", "About", "Help"},
    "category_cards": {
        "RA", "NT", "PL", "h-index6", "5papers", "184citations", "Novelty71%", "AI Score64", "h-index 12", "12papers",
        "1,918citations", "713 citations", "Novelty 56%",
    },
    "orcid_works": {"Show more detail", "Source: Mary Somerville", "Works (5)", "Sort", "Items per page:", "50"},
    "researchgate": {
        "Home", "Questions", "Jobs", "About", "49", "Publications", "6,543", "Reads", "312", "Citations",
        "Introduction", "Network", "Cited", "Cited By", "Followers", "View All", "Top co-authors", "ResearchGate",
        "Citations (3)",
    },
    "scholar_profile": {
        "TITLE", "CITED BY", "YEAR", "Show more", "Mary Somerville - Google Scholar", "My profile", "My library",
        "Sign in", "Get my own profile", "Cited by", "All", "Since 2021", "Citations", "184", "90", "h-index", "6", "4",
        "2024", "2025", "40", "50", "Co-authors", "View all", "Follow", "Articles", "Public access", "Title", "Sort",
        "Sort by citations", "Sort by year", "Sort by title", "Year", "Privacy", "Terms", "Help",
        "The system can't perform the operation now. Try again later.",
    },
    "scholar_results": {
        "Articles", "About 12,300 results (0.05 sec)", "Any time", "Sort by relevance", "include citations",
        "[PDF] example.org", "Create alert", "1 2 3 Next", "Privacy Terms Help", "Web", "Images", "Sign in",
        "Since 2016", "Sort by date", "[PDF]", "from example.org", "example.org", "Cite", "Save",
        "About Google Scholar", "Privacy", "Showing the best result for this search.", "Terms",
    },
    "ssrn": {
        "Subscribe", "My Library", "Ada Lovelace", "SCHOLARLY PAPERS", "7", "DOWNLOADS", "1,204", "TOTAL CITATIONS",
        "14", "Other Papers (1)", "Total Downloads: 12",
    },
    "teaser_bullets": {
        "Latest News", "Recent publications", "News & Updates", "Selected Papers", "PUBLICATIONS",
        "Our next paper is not finished.",
    },
}  # fmt: skip


def layout_of(path: Path) -> Layout:
    return cast(Layout, plugins.load("layout", path.parent.name))


def page_of(path: Path) -> Page:
    # Bytes, because reading text would turn CR LF into LF.
    return Page.from_text(path.read_bytes().decode(), path.name)


def expected_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.expected.json")


def render(path: Path, reading: Reading, as_of: str | None) -> str:
    found, problems = sightings.from_reading(reading, path.name, date.fromisoformat(as_of) if as_of else None)
    return jsontext.dumps(
        {
            "layout": path.parent.name,
            "as_of": as_of,
            "owner": reading.owner.text if reading.owner else None,
            "declared": reading.declared.count if reading.declared else None,
            "unread": list(reading.unread),
            "sightings": [sighting.model_dump(mode="json", exclude_defaults=True) for sighting in found],
            "problems": [
                f"{problem.code}:{problem.where.line}" if problem.where else problem.code for problem in problems
            ],
        }
    )


def test_there_are_pages_and_each_has_its_expected_file_and_none_is_left_over() -> None:
    assert PAGES
    assert {path.parent.name.replace("_", "-") for path in PAGES} == set(plugins.names("layout"))
    others = [path for path in PROFILES.rglob("*") if path.is_file() and path not in PAGES]
    assert sorted(others) == sorted(expected_of(path) for path in PAGES)


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_a_page_gives_the_sightings_beside_it(path: Path, request: pytest.FixtureRequest) -> None:
    file = expected_of(path)
    header: dict[str, Any] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    found = render(path, layout_of(path).read(page_of(path)), header.get("as_of"))
    if request.config.getoption("--update-fixtures"):
        file.write_text(found, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == found


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_a_page_fits_the_layout_of_its_folder_and_no_other(path: Path) -> None:
    fitting = [
        name for name in plugins.names("layout") if cast(Layout, plugins.load("layout", name)).fits(page_of(path))
    ]
    assert fitting == ([path.parent.name.replace("_", "-")] if path in NAMED else [])


@pytest.mark.parametrize("path", NAMED, ids=NAMED_IDS)
def test_every_line_of_a_page_is_in_an_entry_or_unread_or_known_for_what_it_is(path: Path) -> None:
    page = page_of(path)
    reading = layout_of(path).read(page)
    spans = [*(entry.lines for entry in reading.entries), *(refusal.lines for refusal in reading.refused)]
    placed = {number for first, last in spans for number in range(first, last + 1)} | set(reading.unread)
    placed |= {snippet.line for snippet in (reading.owner, reading.declared) if snippet}
    placed |= {item.text.line for item in reading.news} | {item.date.line for item in reading.news if item.date}
    left = [line.text for line in page.filled() if line.number not in placed]
    assert set(left) <= KNOWN[path.parent.name]


@pytest.mark.parametrize("path", PAGES, ids=IDS)
def test_every_fact_stands_on_the_line_that_is_named_for_it(path: Path) -> None:
    page = page_of(path)
    found, _ = sightings.from_reading(layout_of(path).read(page), path.name)
    for sighting in found:
        assert sighting.facts.title
        assert sighting.lines
        title, line = sighting.facts.title, page.lines[sighting.at["title"] - 1].text
        if path in NAMED:
            # A number or a label may stand before it, and what Markdown says of a link around it.
            shown = line[max(line.find(title.split()[0]), 0) :]
            assert title.startswith(shown.rstrip("*")) or shown.startswith(title)
        else:  # a line may end within a word
            assert re.split(r"[ -]", title)[0] in line
        first, last = sighting.lines
        assert all(first <= number <= last for field, number in sighting.at.items() if field != "hints")
