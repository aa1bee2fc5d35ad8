"""A page cut at its headings: where publications stand, and where something else does; years part a section."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from pubtools import patterns
from pubtools.layouts.freeform.headings import MAX_HEADING, OTHERS, Meaning, meaning, sort
from pubtools.layouts.freeform.rows import Row
from pubtools.page import Page


@dataclass(slots=True)
class Section:
    """The rows below a heading, in runs: a year's heading parts them, and gives its year to the run below."""

    heading: Row | None
    meaning: Meaning
    runs: list[tuple[Row | None, list[Row]]] = field(default_factory=list)

    def status(self, year: Row | None) -> str | None:
        """The status that the heading gives what stands below the heading of a `year`, or above all of them.

        "In press", some works, and then "2021": those below are in press no longer.
        """
        has_own = year is not None and any(not row.is_filler for row in self.runs[0][1])
        return None if has_own else self.meaning.status


def split(rows: Sequence[Row]) -> list[Section]:
    """The sections of a page, in order; the first has no heading. Year headings open a run and no section."""
    listed = _in_navigation(rows)
    year_at = _year_headings(rows)
    sections = [Section(None, Meaning(None))]
    run: list[Row] = []
    sections[0].runs.append((None, run))
    for index, row in enumerate(rows):
        if index in year_at:
            run = []
            sections[-1].runs.append((row, run))
            continue
        may_head = row.kind == "text" and index not in listed and _may_head(rows, index)
        found = _meaning(row) if may_head else None
        if found is None:
            run.append(row)
            continue
        if found is OTHERS:
            found = replace(sections[-1].meaning, kind=None, status=None, refines=True)
        elif found.refines and not sections[-1].meaning.publications:
            found = Meaning(None, status=found.status)  # "Conferences": whose talks or papers, it does not say
        above = sections[-1]
        if found.publications is False and above.meaning.publications and _is_empty(above):
            found = Meaning(None, contested=True)
        run = []
        sections.append(Section(row, found, [(None, run)]))
    return sections


def is_about_publications(page: Page) -> bool:
    """Whether a page says of itself that it lists publications: by its name, or in what no reader sees."""
    said = [page.name.rpartition("/")[2].partition(".")[0]]
    head = page.source[:_HEAD]
    small = head.lower()
    if "<title" in small or "title: " in small or "permalink: " in small:
        said += [found["said"] for found in _SAID.finditer(head)]
    parts = (part.strip(" \"'") for text in said for part in re.split(r"[-_/|·•:–—»]+", text))
    return any((found := meaning(part.capitalize())) is not None and found.publications for part in parts)


# ---------------------------------------------------------------- inside

# A page in HTML says it in its <title>, one of Markdown before its first line.
_SAID = patterns.compile(r"(?:<title[^<>]{0,80}>|^(?:title|permalink): )\s*(?P<said>[^<>\n]{1,120})", re.I | re.M)
_HEAD = 5000


def _meaning(row: Row) -> Meaning | None:
    """What a row says as a heading, without what links in it say: a logo, a way back."""
    found = meaning(row.text, is_heading=row.level > 0)
    if found is None and (kind := sort(row.text)):
        return Meaning(True, kind)  # "Chapitre d'ouvrage", said once: of all that stand below it
    if found or not row.level:
        return found
    text = row.text
    for mark in reversed(row.marks):
        if mark.kind == "link" and mark.end - mark.start < len(row.text):
            text = text[: mark.start] + " " + text[mark.end :]
    return meaning(" ".join(text.split()), is_heading=True) if text != row.text else None


def _is_empty(section: Section) -> bool:
    """Whether nothing stands below a heading but perhaps its second line."""
    rows = [row for _, run in section.runs for row in run if not row.is_filler]
    return len(rows) < 2 and not any(row.evidence.closed or row.marker or len(row.text) > _LABEL for row in rows)


def _may_head(rows: Sequence[Row], index: int) -> bool:
    """Whether a row of text stands like a heading: by itself, or below a row that does not go on in it."""
    row = rows[index]
    if len(row.text) > 2 * MAX_HEADING or row.marker not in ("", "A1.", "1.", "1)", "A1)"):
        return False
    above = rows[index - 1] if index else None
    if row.level or above is None or above.is_filler or above.kind == "year":
        below = rows[index + 1] if index + 1 < len(rows) else None
        return not row.text.endswith(".") or below is None or below.kind == "blank"
    is_headed = above.text.endswith(":") and len(above.text) <= _LABEL  # "Publications:", and "Books:" right below
    if row.text.endswith(".") or (above.evidence.open and not is_headed):
        return False
    below = rows[index + 1] if index + 1 < len(rows) else None
    if below is not None and below.ordinal == 1 and (row.is_forced or above.evidence.ended):
        return True  # a list begins to count
    if " " in row.text[40:]:
        return False
    # Below a full line it may be the line's last words: "Scientific" and "Reports".
    return len(above.text) < _FULL or (len(above.text) > _UNWRAPPED and row.is_forced)


# A line of printed text is seldom shorter than this when it goes on in the next.
_FULL = 68
# And never longer than this: such lines are not wrapped.
_UNWRAPPED = 130
# A heading that stands close is no longer than this.
_LABEL = 60


def _in_navigation(rows: Sequence[Row]) -> set[int]:
    """Indices of rows in runs of three labels or more without a blank row between them, and of all bulleted labels."""
    listed: set[int] = set()
    run: list[int] = []
    for index, row in enumerate([*rows, None]):
        if row is not None and row.kind in ("text", "links") and len(row.text) <= 40 and len(row.text.split()) <= 4:
            run.append(index)
            continue
        if len(run) >= 3 and sum(meaning(rows[at].text) is not None for at in run) >= 2:
            # The last label may be the heading of what follows.
            last = run[-1]
            follows = row is not None and row.kind == "text"
            listed.update(at for at in run if not (follows and at == last and not rows[at].marker))
        run = []
    return listed


def _year_headings(rows: Sequence[Row]) -> set[int]:
    """Indices of the rows that are headings of years: explicit ones, else years that go one way all along."""
    # Below a comma, or a line that is full, a year is the last word of an entry.
    years = [
        index
        for index, row in enumerate(rows)
        if row.kind == "year" and not row.marker and row.is_forced and not (index and rows[index - 1].evidence.open)
    ]
    explicit = [index for index in years if rows[index].level]
    if explicit:
        return set(explicit)
    if not years or _are_below_titles(rows, years):
        return set()
    set_off = [index for index in years if index == 0 or rows[index - 1].kind == "blank"]
    if len(set_off) * 3 > len(years) * 2:
        years = set_off  # the others are last words of wrapped lines
    values = [year_of(rows[index]) for index in years]
    steps = [after - before for before, after in pairwise(values)]
    # A list begins anew under another heading.
    one_way = max(sum(step < 0 for step in steps), sum(step > 0 for step in steps))
    if len(steps) - one_way <= len(steps) // 8 + (1 if len(steps) < 8 and _is_set_off(rows, years) else 0):
        return set(years)
    return set(years) if _is_set_off(rows, years) and steps and sum(step == 0 for step in steps) == 0 else set()


def _are_below_titles(rows: Sequence[Row], years: Sequence[int]) -> bool:
    """Whether most years stand right below a heading: then that is the title of the work, and the year is its own."""
    below = 0
    for index in years:
        at = index - 1
        while at > 0 and rows[at].kind == "blank" and index - at < 3:
            at -= 1
        while at > 0 and not rows[at].level and rows[at].kind == rows[at - 1].kind == "text" and index - at < 5:
            at -= 1  # a heading in two lines
        below += at >= 0 and rows[at].level > 0 and rows[at].kind == "text" and _meaning(rows[at]) is None
    return below > 1 and below * 3 >= len(years) * 2


def _is_set_off(rows: Sequence[Row], years: Sequence[int]) -> bool:
    """Whether a blank row stands above nearly every year."""
    above = sum(index == 0 or rows[index - 1].kind == "blank" for index in years)
    return above * 10 >= len(years) * 9


def year_of(row: Row) -> int:
    """The year that a row of kind "year" holds; the later one of a span is not looked at."""
    found = re.search(r"(?:19|20)\d\d", row.text)
    return int(found[0]) if found else 0


def heads(sections: Sequence[Section]) -> Iterator[Row]:
    """The rows that are headings of sections or of years."""
    for section in sections:
        if section.heading:
            yield section.heading
        yield from (year for year, _ in section.runs if year)
