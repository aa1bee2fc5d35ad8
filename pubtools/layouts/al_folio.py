"""Publications on a site built with al-folio, a theme for Jekyll: each ends in a row of short buttons.

    1. ICML                                       a number and a badge, where there are any
       On looms                                   the title
       Ada Lovelace, Charles Babbage, and 3 more authors
       In Meeting of Weavers (MoW), Jan 2022      where and when; older sites set no comma
       Oral presentation                          a note
       Abs arXiv Bib PDF Code                     the buttons: "Abs" and "Bib" are the theme's own words
       A loom may learn what it weaves.           what a button hides: the abstract, a BibTeX entry

Old sites write `Lovelace, Ada`. A program may put every name, comma and button on a line of its own, or a blank line
between any two. Template: https://github.com/alshedivat/al-folio, _layouts/bib.liquid.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pubtools import patterns
from pubtools.fields import authors, dates, identifiers, markdown, names, periodicals
from pubtools.models import RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Mark, Page, left_over, once

_LABELS = frozenset(
    "Abs Bib arXiv HAL DOI URL HTML PDF Supp Video Blog Code Poster Slides Website Data Dataset Demo Paper Preprint "
    "Talk Project Page Media Press Cite Award Awarded Thesis Link Appendix Proceedings TL;DR".split()
)
# Words of labels that the name of an award ends in: "Best Paper Award Bib".
_OF_AWARDS = frozenset("Paper Award Awarded Thesis Demo Poster Talk".split())
# The theme's own words for what a button shows; a row without them is one only where others have them.
_OWN = frozenset(("Abs", "Bib"))
_SAYS_OWN = patterns.compile(r"(?<![^\W_])(?:Abs|Bib)(?![^\W_])")
_AWARD = patterns.compile(
    r"award|prize|oral|spotlight|best|honou?r|nominat|finalist|winner|distinguish|highlight", re.I
)
_NUMBER = patterns.compile(r"\d{1,3}\.(?: (?P<rest>.*))?")
_YEAR_END = patterns.compile(rf"(?:^|[\s,(]){dates.YEAR}[)\s.]*$")
_YEAR_ALONE = patterns.compile(dates.YEAR)
_PICTURE = patterns.compile(r"[\w.-]+\.(?:png|jpe?g|gif|svg|webp)", re.I)
_RIGHTS = patterns.compile(r"(?:©|\(c\)) ?Copyright \d{4} (?P<name>.{3,80}?)\. ?(?:Powered by.*)?", re.I)
_FURNITURE = patterns.compile(
    r"publications?|publications (?:by .*|in reversed? chronological order)\.?|selected publications|toggle navigation"
    r"|\(current\)|[_=-]+|ctrl k|\(button\)|about|blog|projects|cv|repositories|teaching|people|news",
    re.I,
)
# What Markdown's are written with: most lines have none.
_SIGNS = "*_[#\\"
# Markdown's emphasis or link that goes on in the next line.
_OPEN_SIGN = patterns.compile(r"\*(?<!\w.)(?=\w)[^*]{0,60}$|\[[^\[\]()]{1,80}$")
# A line shorter than this did not end because the next word had no room.
_WRAPPED = 45
_MOST_LINES = 40
_BIBTEX = patterns.compile(r"@[A-Za-z]{4,20}(?: ?\{.*)?$")
_LONGEST_BIBTEX = 120
_LONGEST_BADGE = 30
# The indent of a line whose text was joined to the one below: it is no blank line.
_JOINED = -1
_LEAST_SURE = 0.3
_GOES_ON = patterns.compile(r",|and\b(?! \w+ \w+ \w+ [a-z])|\d+ more authors?\b")
_IS_OPEN = patterns.compile(r"(?:^|[\s,])and$|,$")
_WORD = patterns.compile(r"[^\W\d_]")
_MONTH = patterns.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*", re.I)
_TIDY = patterns.compile(r" +(?=[,;])")


@dataclass(slots=True)
class _Row:
    """A row of buttons: the indices of its first line and behind its last, and what its buttons are."""

    first: int
    end: int
    labels: list[str]
    award: Snippet | None = None


@dataclass(slots=True)
class _Item:
    """The lines of one publication above its buttons, by what they are."""

    title: list[Line]
    people: list[Line]
    appeared: list[Line]
    notes: list[Line] = field(default_factory=list)
    sureness: float = 0.0


def fits(page: Page) -> bool:
    """Whether rows with the theme's own buttons have title, authors and a dated line above: most, and two at least.

    One is enough where the footer names the theme.
    """
    if "Abs" not in page.text and "Bib" not in page.text:
        return False
    if not any(_SAYS_OWN.search(line.text) for line in page.lines if "Abs" in line.text or "Bib" in line.text):
        return False
    own = [item for row, item in _items(page) if _is_own(row)]
    found = [item for item in own if item]
    is_named = any("al-folio" in line.text for line in _lines(page)[-12:])
    return len(found) >= (1 if is_named else 2) and len(found) * 2 > len(own)


def read(page: Page) -> Reading:
    """The publications of the page, and its owner, whom the footer names."""
    lines, items = _lines(page), _items(page)
    owner = _owner(lines)
    is_inverted = _is_inverted([item.people for _, item in items if item])
    ends = [0, *(row.end for row, _ in items)]
    starts = [_start(lines, item, end) if item else None for (_, item), end in zip(items, ends, strict=False)]
    cuts: list[RawEntry | Refusal] = []
    used = {owner.line} if owner else set()
    for number, (row, item) in enumerate(items):
        start = starts[number]
        if item is None or start is None:
            continue
        following = next((below for below in starts[number + 1 :] if below), len(lines) + 1)
        hidden = _hidden(lines, row, following - 1)
        cut = _entry(lines, row, item, hidden, start, is_inverted=is_inverted)
        cuts.append(cut)
        used.update(range(cut.lines[0], cut.lines[1] + 1))
    foot = next((at for at, line in enumerate(lines) if _RIGHTS.match(line.text)), len(lines))
    return Reading.of(cuts, owner=owner, unread=left_over(lines[:foot], used, _is_furniture))


@once
def _lines(page: Page) -> list[Line]:
    """The lines without Markdown's signs, with its links as marks; what a link breaks over lines is joined."""
    found: list[Line] = []
    broken: Line | None = None
    for line in page.lines:
        text, indent = line.text, line.indent
        if not text and broken is None:
            found.append(line)
            continue
        if broken is not None:
            text, indent = f"{broken.text} {text}", broken.indent
            found.append(Line(broken.number, "", _JOINED))
            broken = None
        if not any(map(text.__contains__, _SIGNS)):
            text = _tidy(text)
            found.append(line if text == line.text else Line(line.number, text, indent, line.marks))
            continue
        if len(text) < 600 and _OPEN_SIGN.search(text):
            broken = Line(line.number, text, indent)
            continue
        targets = tuple(Mark(0, 0, "link", target) for _, target in markdown.links(text))
        whole = markdown.set_off(text)
        emphasis = (Mark(0, len(whole), "emphasis"),) if whole else ()
        found.append(Line(line.number, _tidy(markdown.plain(text)), indent, (*line.marks, *emphasis, *targets)))
    if broken is not None:
        found.append(broken)
    return _without_bibtex(found)


def _without_bibtex(lines: Sequence[Line]) -> list[Line]:
    """`lines` with those of BibTeX entries blank: they say the same again. One that is never closed stays."""
    found = list(lines)
    index = 0
    while index < len(found):
        if found[index].text[:1] != "@" or not _BIBTEX.match(found[index].text):
            index += 1
            continue
        depth, end = 0, index
        while end < len(found) and end < index + _LONGEST_BIBTEX:
            depth += found[end].text.count("{") - found[end].text.count("}")
            end += 1
            if depth <= 0 and "}" in found[end - 1].text:
                found[index:end] = [Line(line.number, "", line.indent) for line in found[index:end]]
                break
        index = max(end, index + 1) if depth <= 0 else index + 1
    return [Line(line.number, "", line.indent) if line.text == "```" else line for line in found]


# ---------------------------------------------------------------- publications


@once
def _items(page: Page) -> list[tuple[_Row, _Item | None]]:
    """The rows of buttons and the publications above them; None for a row of which nothing is clear."""
    lines = _lines(page)
    items = []
    above = 0
    for row in _rows(lines):
        item = _item(lines[above : row.first])
        if item is None and not _is_own(row):
            continue
        items.append((row, item))
        above = row.end
    return items


def _is_own(row: _Row) -> bool:
    return not _OWN.isdisjoint(row.labels)


def _rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for index, line in enumerate(lines):
        award, labels = _buttons(line.text) if 0 < len(line.text) < 200 else ("", [])
        if not labels:
            continue
        if rows and not award and not any(between.text for between in lines[rows[-1].end : index]):
            rows[-1].labels += labels
            rows[-1].end = index + 1
            continue
        rows.append(_Row(index, index + 1, labels, Snippet(text=award, line=line.number) if award else None))
    return rows


def _buttons(text: str) -> tuple[str, list[str]]:
    """The award that a row of buttons begins with, or "", and its labels; no labels where `text` is no such row."""
    words = text.replace("|", " ").split()
    if not words or words[-1] not in _LABELS:
        return "", []
    if _LABELS.issuperset(words):
        return "", words
    at = len(words)
    while at and words[at - 1] in _LABELS and words[at - 1] not in _OF_AWARDS:
        at -= 1
    award, labels = " ".join(words[:at]), words[at:]
    return (award, labels) if not _OWN.isdisjoint(labels) and _AWARD.search(award) else ("", [])


def _item(region: Sequence[Line]) -> _Item | None:
    """The publication whose lines end `region`, which begins behind the buttons of the one above."""
    region, is_apart = _behind_marker(region)
    runs = _runs(region[-_MOST_LINES * 4 :])
    if not runs:
        return None
    if len(runs[-1]) >= 3 and (found := _split(runs[-1][-_MOST_LINES:], is_apart=is_apart or len(runs) > 1, most=12)):
        return found
    return _split([[line for unit in run for line in unit] for run in runs[-6:]], is_apart=False, most=1)


def _behind_marker(region: Sequence[Line]) -> tuple[Sequence[Line], bool]:
    """The part of `region` that begins with its last number or behind its last year, and whether there is one."""
    below = 0
    for index in range(len(region) - 1, -1, -1):
        line = region[index]
        if found := _NUMBER.fullmatch(line.text):
            rest = [Line(line.number, found["rest"], line.indent, line.marks)] if found["rest"] else []
            return [*rest, *region[index + 1 :]], True
        if _YEAR_ALONE.fullmatch(line.text) and below >= 3:
            return region[index + 1 :], True
        below += bool(line.text)
    return region, False


def _runs(region: Sequence[Line]) -> list[list[list[Line]]]:
    """The blocks of `region`, each of units: lines that a comma or an "and" joins, even over blank lines."""
    runs: list[list[list[Line]]] = []
    is_apart = True
    for line in region:
        if not line.text:
            is_apart = is_apart or line.indent != _JOINED
            continue
        before = runs[-1][-1][-1].text if runs else ""
        # An empty given name leaves a comma behind, above the dated line.
        is_open = _IS_OPEN.search(before[-8:]) and not _YEAR_END.search(line.text)
        if runs and (_GOES_ON.match(line.text) or is_open):
            runs[-1][-1].append(line)
        elif is_apart:
            runs.append([[line]])
        else:
            runs[-1].append([line])
        is_apart = False
    return runs


def _split(units: list[list[Line]], *, is_apart: bool, most: int) -> _Item | None:
    """Title, authors, and the dated line in `units`: the way in which the authors look most like names.

    `is_apart` says that the first unit begins the publication, so that a title may have all lines above the authors;
    authors have `most` units at most.
    """
    dated = [index for index, unit in enumerate(units) if _YEAR_END.search(unit[-1].text)]
    best: _Item | None = None
    for year in reversed([index for index in dated if index >= len(units) - 4]):
        is_bare = not _WORD.search(_MONTH.sub("", _text(units[year])))  # a program parted it from its venue
        for stop in range(year, max(0, year - max(min(most, 3), 1 + is_bare)), -1):
            for start in range(stop - 1, max(0, stop - 1 - most), -1):
                people = [line for unit in units[start:stop] for line in unit]
                text = re.sub(r"(?:, ?)+", ", ", _text(people))  # a name of one part leaves a comma behind
                likeness = authors.likeness(text) if len(text) < 4000 else 0.0
                if likeness < _LEAST_SURE and names.is_person(text.strip(" ,")):
                    likeness = _LEAST_SURE
                if likeness < _LEAST_SURE:
                    continue
                sureness = likeness + 0.03 * (stop - start) - 0.05 * (year - stop)
                if start > 1 and units[start - 1][-1].text.isalpha():
                    sureness -= 0.2  # a word alone is the first half of a name
                if best is None or sureness > best.sureness:
                    best = _Item(
                        _title(units[:start], is_apart=is_apart),
                        people,
                        [line for unit in units[stop : year + 1] for line in unit],
                        [line for unit in units[year + 1 :] for line in unit],
                        sureness,
                    )
        if best:
            break
    return best if best and best.title else None


def _title(above: list[list[Line]], *, is_apart: bool) -> list[Line]:
    """The lines of the title at the end of `above`: one, and those above it that were too long for their line."""
    title = list(above[-1])
    for unit in reversed(above[:-1] if is_apart else []):
        if len(unit[-1].text) < _WRAPPED or _PICTURE.fullmatch(unit[-1].text):
            break
        title = [*unit, *title]
    return [line for line in title if not _PICTURE.fullmatch(line.text)]


def _hidden(lines: Sequence[Line], row: _Row, stop: int) -> list[Line]:
    """The lines of the abstract that a button hides, below a row of buttons and before the next publication."""
    found: list[list[Line]] = [[]]
    for line in lines[row.end : stop]:
        text = line.text
        if _YEAR_ALONE.fullmatch(text) or _NUMBER.fullmatch(text) or text.startswith(("©", "(C) ")):
            break
        if text:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    first = found[0]
    if "Abs" not in row.labels or not first:
        return []
    # Where no blank line parts them the badge of the next publication follows.
    while len(first) > 1 and len(first[-1].text) < _WRAPPED and not re.search(r"[.!?)]$", first[-1].text):
        first = first[:-1]
    return first if len(_text(first)) > _WRAPPED else []


# ---------------------------------------------------------------- the parts


def _entry(
    lines: Sequence[Line], row: _Row, item: _Item, hidden: Sequence[Line], start: int, *, is_inverted: bool
) -> RawEntry | Refusal:
    at = item.appeared[0]
    said = _appearance(item.appeared)
    last = max([lines[row.end - 1].number, *(line.number for line in hidden)])

    def snippet(text: str | None) -> Snippet | None:
        return Snippet(text=text, line=at.number) if text else None

    links = [link for link in [snippet(f"arXiv:{said.arxiv}" if said.arxiv else None)] if link]
    for line in lines[row.first : row.end]:
        for mark in line.marks:
            if mark.kind == "link" and mark.target and identifiers.is_link(mark.target):
                if said.arxiv and identifiers.arxiv(mark.target):
                    continue  # what the page says is surer than where a button leads
                links.append(Snippet(text=mark.target, line=line.number))
    notes = [*([row.award.text] if row.award else []), *(line.text for line in item.notes)]
    first_note = item.notes[0].number if item.notes else row.award.line if row.award else 0
    return RawEntry.cut(
        lines=(start, last),
        title=Snippet(text=_text(item.title), line=item.title[0].number),
        authors=Snippet(text=_people(item.people, is_inverted=is_inverted), line=item.people[0].number),
        date=Snippet(text=said.date, line=item.appeared[-1].number) if said.date else None,
        kind=said.kind,
        venue=snippet(said.venue),
        volume=snippet(said.volume),
        issue=snippet(said.issue),
        pages=snippet(said.pages),
        note=Snippet(text="; ".join(notes), line=first_note) if notes else snippet(said.note),
        abstract=Snippet(text=_text(hidden), line=hidden[0].number) if hidden else None,
        links=tuple(links),
    )


def _start(lines: Sequence[Line], item: _Item, end: int) -> int:
    """The number of a publication's first line: of its badge or its picture above the title, where it has one.

    `end` is the index behind the buttons of the publication above.
    """
    first = item.title[0].number
    above = first - 1
    while above > end and not lines[above - 1].text:
        above -= 1
    if above <= end:
        return first
    text = lines[above - 1].text
    number = _NUMBER.fullmatch(text)
    badge = (number["rest"] or "-") if number else text
    is_badge = 0 < len(badge) < _LONGEST_BADGE and badge[-1] not in ".,:;" and not _YEAR_ALONE.fullmatch(badge)
    return above if (is_badge and (number or not _is_furniture(text))) or _PICTURE.fullmatch(badge) else first


def _cells(people: Sequence[Line]) -> list[str]:
    return [re.sub(r"^and\b", "", cell.strip()).strip() for cell in _text(people).split(",")]


def _is_inverted(lists: Sequence[Sequence[Line]]) -> bool:
    """Whether the page is of an old site: its lists are `Last, First, Last, First`, with either part maybe empty."""
    every = [_cells(people) for people in lists]
    cells = [cell for listed in every for cell in listed]
    single = sum(" " not in cell for cell in cells)
    even = sum(len(listed) % 2 == 0 for listed in every)
    return bool(cells) and single * 2 >= len(cells) and even * 5 >= len(every) * 4


def _people(people: Sequence[Line], *, is_inverted: bool) -> str:
    """The list of authors; an old site's with semicolons between its names, for the commas there mean two things."""
    cells = _cells(people)
    if not is_inverted or len(cells) % 2:
        return _text(people).strip(" ,")
    pairs = zip(cells[::2], cells[1::2], strict=True)
    listed = [", ".join(filter(None, pair)) for pair in pairs if any(pair)]
    return "; ".join(listed) + ";" * (len(listed) == 1)


def _appearance(appeared: Sequence[Line]) -> periodicals.Appearance:
    """What the dated line says; where the page shows what it sets off, that is the venue, and a place may follow."""
    text = _text(appeared)
    first = appeared[0]
    emphasis = next((mark for mark in first.marks if mark.kind == "emphasis" and mark.start == 0), None)
    whole = periodicals.parse(re.sub(r"^In:? ", "", text))
    if emphasis is None or emphasis.end >= len(text) or len(appeared) > 1:
        return whole
    venue = re.sub(r"^In:? ", "", first.text[: emphasis.end]).strip(" ,")
    inner = periodicals.parse(f"{venue}, {whole.date}") if whole.date else periodicals.parse(venue)
    return inner if inner.venue or inner.arxiv or inner.kind else whole


def _text(lines: Sequence[Line]) -> str:
    return _tidy(" ".join([line.text for line in lines]))


def _tidy(text: str) -> str:
    return _TIDY.sub("", text) if " ," in text or " ;" in text else text


def _owner(lines: Sequence[Line]) -> Snippet | None:
    for line in reversed(lines):
        if found := _RIGHTS.match(line.text):
            is_name = names.is_person(found["name"]) and not dates.parse(found["name"])
            return Snippet(text=found["name"], line=line.number) if is_name else None
    return None


def _is_furniture(text: str) -> bool:
    text = text.lstrip("*• ")
    return len(text) < 300 and any(form.fullmatch(text) for form in (_FURNITURE, _YEAR_ALONE, _NUMBER))
