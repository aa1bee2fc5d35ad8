"""Which units of a parted page are entries, and which of an entry's rows are its text, its abstract, its links."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from pubtools import patterns
from pubtools.fields import identifiers, letters
from pubtools.layouts.freeform import headings
from pubtools.layouts.freeform.evidence import is_sentence
from pubtools.layouts.freeform.rows import BULLETS, FILLERS, YEAR_BESIDE, Row
from pubtools.layouts.freeform.sections import Section, year_of
from pubtools.layouts.freeform.segments import PLACELESS, Parting, Unit, blocks, has_text, part, value
from pubtools.models import Kind, Snippet

_CITATION = patterns.compile(r"^(?:recommended |suggested |please )?cit(?:ation|e as|e this[ a-z]*|ed as)\b ?: ?", re.I)
# "NeurIPS", "BMVC 2021", "C&G", "NSS/MIC".
_BADGE = patterns.compile(r"[A-Za-z&/+-]{2,14}(?:[ ’'-]+(?:(?:19|20)?\d\d|[A-Z][\w/&-]{1,10}))?")
_IDENTIFIER = patterns.compile(r" *(?P<field>doi|eprint|url) *= *[{\"](?P<value>[^{}\"\s]{5,120})[}\"]", re.I)
# What a part must be worth at least (`segments.value`), and the rows of text of a page that is no more than an entry.
_LEAST, _WHOLE = 0.15, 0.6
_SHORT_PAGE = 4
# So far these two are looked for, in small letters.
_REMARK = 40
_ASIDE = patterns.compile(
    r"(?:press|presse|media|media coverage|coverage|featured (?:in|on)|reviews?|reviewed in|rezension(?:en)?"
    r"|interviews?|videos?|slides|code|data|models?|talks?|tl; ?dr|tldr|keywords?|tags?|topics?|awards?|news|demo"
    r"|blog|cited by)\b ?:"
)
# What was written about the work, or became of it later.
_LATER = patterns.compile(
    r"(?:besprochen|rezensiert|reviewed|recens[ée]e?|recensito|rese[ñn]ado|highlighted|featured|reprinted|nachgedruckt"
    r"|wiederabgedruckt|r[ée]imprim[ée]|reimpreso)\b(?= (?:von|by|in|par|por|da|as)\b)|translated (?=as\b|into\b)"
    r"|\(?(?:an )?(?:earlier|preliminary|extended|conference) version (?:of|appeared|was|in|published)\b"
    r"|(?:siehe|see|vgl\.) (?:auch|also)\b|(?:erratum|corrigendum|news & views|perspective)\b[:,] "
)
# Rows of a title, and the year.
_LONGEST_HEAD = 4
_SHORTEST_TITLE, _LONGEST_TITLE = 12, 300
# A row of a menu is no longer.
_ONE_LABEL = 60
# A list has so many parts at least.
_FEW = 3
# From this length on a sentence below an entry is its abstract, and no note on it.
_ABSTRACT = 160


class Candidate(NamedTuple):
    """What may be an entry: the rows of its text, and what stands apart from the text.

    The first `set_off` rows are a title, by the way the whole list is set: above the names, or above a blank line.
    """

    rows: tuple[Row, ...]
    lines: tuple[int, int]
    set_off: int = 0
    kind: Kind | None = None
    status: Snippet | None = None
    dated: Snippet | None = None
    title: tuple[Row, ...] = ()
    venue: Snippet | None = None
    abstract: Snippet | None = None
    links: tuple[Snippet, ...] = ()

    @property
    def year(self) -> int | None:
        """The year of the heading above."""
        return int(self.dated.text) if self.dated else None


def choose(sections: Sequence[Section], partings: Sequence[Parting], *, hinted: bool = False) -> list[Candidate]:
    """The candidates of a page, in its order.

    Below a heading of publications, every part that may be an entry is one. Where no heading says what stands below,
    most parts must have all that entries have, or the page must be next to nothing but one entry. `hinted` where the
    page says of itself that it lists publications.
    """
    open_to_all = [
        (section, list(_trimmed(parting)))
        for section, parting in zip(sections, partings, strict=True)
        if section.meaning.publications is not False
    ]
    trusted = [_is_trusted(section, units, hinted=hinted) for section, units in open_to_all]
    if any(trusted):  # "In press", below another list than the last one
        trusted = [
            trust or (section.meaning.status is not None and all(value(unit) >= _WHOLE for unit in units))
            for (section, units), trust in zip(open_to_all, trusted, strict=True)
        ]
    short = sum(len(unit.texts) for _, units in open_to_all for unit in units) <= _SHORT_PAGE
    found: list[Candidate] = []
    for (section, units), trust in zip(open_to_all, trusted, strict=True):
        if not trust:
            units = [] if any(trusted) else [unit for unit in units if short or _has_everything(unit)]
        elif section.meaning.contested:
            units = [unit for unit in units if any(row.evidence.year or row.evidence.id for row in unit.texts)]
        found += (mine := _candidates(section, units))
        if mine and section.meaning.publications:
            # Another list, written in another way, may stand below the same heading.
            inside = {number for one in mine for number in range(one.lines[0], one.lines[1] + 1)}
            if _may_list([row for _, run in section.runs for row in run if row.number not in inside]):
                left = _left_over(section, inside)
                rest = _trimmed(part([left])[0])
                found += _candidates(left, [unit for unit in rest if value(unit) >= _WHOLE])
    return sorted(found, key=lambda candidate: candidate.lines)


# ---------------------------------------------------------------- inside


def _trimmed(parting: Parting) -> Iterator[Unit]:
    """The units without what stands around the list: the last unit of a run is no longer than most others.

    The first has not much more above its names than the others have: menus stand above a list.
    """
    sizes = {len(unit.blocks) for unit in parting.units if not unit.is_last}
    usual = max(sizes) if sizes else 1
    for unit in _without_menu(parting.units):
        if not unit.is_last:
            yield unit
            continue
        kept: list[list[Row]] = []
        filled = 0
        for block in blocks(unit.rows):
            filled += has_text(block)
            if filled > usual:
                break
            kept.append(block)
        last = kept[-1][-1] if kept else None
        end = unit.rows.index(last) + 1 if last else 0
        yield Unit.of(unit.rows[:end], is_last=True)


def _without_menu(units: Sequence[Unit]) -> Iterator[Unit]:
    """The units, the first one without the short rows above its title that no other one has."""
    if not units:
        return
    first, *others = units
    above = _above_names(first)
    if above > _LONGEST_HEAD and others:
        usual = max(map(_above_names, others))
        menu = first.texts[: above - usual]
        if usual and len(menu) > _LONGEST_HEAD and all(map(_is_label, menu)) and not menu[-1].evidence.open:
            at = first.rows.index(first.texts[len(menu)])
            first = Unit.of(first.rows[at:], is_last=first.is_last)
    yield first
    yield from others


def _above_names(unit: Unit) -> int:
    """How many rows of text stand above the first one that begins with names."""
    return next((at for at, row in enumerate(unit.texts) if row.evidence.leads), 0)


def _is_label(row: Row) -> bool:
    has = row.evidence
    return len(row.text) <= _ONE_LABEL and not (has.venue or has.pages or has.id)


def _candidates(section: Section, units: Sequence[Unit]) -> list[Candidate]:
    """Those of `units` that may be entries, read alike: a badge or a title that is set off is so in most of them."""
    years = {row.number: year for year, run in section.runs if year for row in run}
    if sum(_is_headed(unit) for unit in units) * 2 < len(units):
        units = [_without_heading(unit) for unit in units]
    units = [unit for unit in units if unit.blocks]
    badged = sum(_badge(unit.blocks) is not None for unit in units) * 2 > len(units)
    found = [
        _candidate(unit, section, years.get(unit.rows[0].number), badged=badged) for unit in units if _is_entry(unit)
    ]
    if 0 < sum(candidate.set_off > 0 for candidate in found) * 5 < len(found) * 3:
        found = [candidate._replace(set_off=0) for candidate in found]
    return found


def _is_headed(unit: Unit) -> bool:
    return bool(unit.texts) and unit.texts[0].level > 0


def _without_heading(unit: Unit) -> Unit:
    """A part without the headings it begins with: a heading that hardly any other part has is no title."""
    if not _is_headed(unit):
        return unit
    at = next((at for at, row in enumerate(unit.rows) if not row.level and not row.is_filler), 0)
    return Unit.of(unit.rows[at:], is_last=unit.is_last)


def _left_over(section: Section, inside: Collection[int]) -> Section:
    """The stretches of a section's rows but for the lines `inside`."""
    runs = [
        (year, list(stretch))
        for year, run in section.runs
        for is_inside, stretch in groupby(run, key=lambda row: row.number in inside)
        if not is_inside
    ]
    return replace(section, runs=runs)


def _may_list(rows: Sequence[Row]) -> bool:
    """Whether names stand in `rows`, and a place or time: without both no part of them is whole."""
    evidence = [row.evidence for row in rows if row.kind not in FILLERS]
    has_place = any(has.year or has.venue or has.id for has in evidence)
    return has_place and any(has.leads or has.by for has in evidence)


def _is_trusted(section: Section, units: Sequence[Unit], *, hinted: bool) -> bool:
    """Whether a section lists publications: its heading says so, or else most of its parts look like it."""
    if section.meaning.publications:
        return True
    whole = [unit for unit in units if value(unit) >= _WHOLE]
    if section.meaning.contested:
        placed = [unit for unit in units if value(unit) > PLACELESS]  # a menu is none
        return _are_most([unit for unit in whole if _has_figures(unit)], placed)
    return _are_most(whole, units) or _are_most([unit for unit in units if _is_titled(unit, hinted=hinted)], units)


def _are_most(some: Sequence[Unit], units: Sequence[Unit]) -> bool:
    return len(some) >= _FEW and len(some) * 3 >= len(units) * 2


def _has_figures(unit: Unit) -> bool:
    """Whether a part has what hardly anything but a publication has: pages or an identifier."""
    return any(row.evidence.pages or row.evidence.id for row in unit.texts)


def _is_titled(unit: Unit, *, hinted: bool) -> bool:
    """Whether a part without names begins with a title that is set off, and then says where or when it appeared."""
    texts = unit.texts
    first = texts[0] if texts else None
    if first is None or value(unit, nameless=True) < _LEAST:
        return False
    is_set_off = first.text.startswith(tuple('“„«»"‘')) or any(
        mark.start == 0 and mark.end >= _SHORTEST_TITLE and mark.kind in ("link", "strong", "emphasis")
        for mark in first.marks
    )
    if hinted:
        return is_set_off or value(unit) >= _WHOLE
    return is_set_off and _has_figures(unit) and any(row.evidence.year for row in texts)


def _has_everything(unit: Unit) -> bool:
    """Whether a part would be an entry anywhere: names, a year, and what sites set below an entry."""
    below = any(row.kind in ("links", "count", "bibtex") for row in unit.rows)
    return below and value(unit) >= 0.8 and any(row.evidence.year for row in unit.texts)


def _is_entry(unit: Unit) -> bool:
    if not any(has.leads or has.year or has.pages or has.id for has in [row.evidence for row in unit.texts]):
        return False  # neither who nor when
    return value(unit, nameless=True) >= _LEAST


def _candidate(unit: Unit, section: Section, year: Row | None, *, badged: bool) -> Candidate:
    status = section.status(year) if section.heading else None
    filled = [row for row in unit.rows if row.kind not in ("blank", "head", "foot", "rule")]
    found = [[row for row in block if row.kind not in FILLERS] for block in unit.blocks]
    if not found[0][0].text:
        found = [block for block in (found[0][1:], *found[1:]) if block]  # a number on a line of its own
    badge = None
    if badged and (badge := _badge(found)):
        found[0] = found[0][1:]
        found = [block for block in found if block]
    rows = [row for block in found for row in block]
    dates = [row for row in rows[:_LONGEST_HEAD] if row.kind == "year" and row.is_forced]
    if dates and (own := dates[0]) is not rows[-1]:  # above the title, or right below it
        year = own
        found = [left for block in found if (left := [row for row in block if row is not own])]
    title: list[Row] = []
    if (at := _repeats_title(found)) is not None:
        title, found = found[0], [*found[at:]]
    text: list[Row] = []
    abstract: list[Row] = []
    for block in _without_nested(found):
        block = _without_asides(block) if text else block[:1] + _without_asides(block[1:])
        if not block:
            continue
        if text and _is_abstract(block):
            abstract += block
        elif abstract and not _has_place(block):
            abstract += block if len(block[0].text) > 60 else []
        else:
            text += block
    if title and text:
        text[0] = _without_label(text[0])
    text[1:] = [_whole(row) if row.lead else row for row in text[1:]]
    first = text[0] if text and text[0].beside else None
    return Candidate(
        rows=tuple(text),
        set_off=_set_off(found) if not title else 0,
        lines=(filled[0].number, max([row.number for row in filled])),
        kind=_sort(unit) or section.meaning.kind,
        status=Snippet(text=status, line=section.heading.number) if status and section.heading else None,
        dated=_dated(first, year),
        title=tuple(title),
        venue=Snippet(text=badge.text, line=badge.number) if badge else None,
        abstract=Snippet(text=" ".join(row.text for row in abstract), line=abstract[0].number) if abstract else None,
        links=tuple(_links(unit)),
    )


def _sort(unit: Unit) -> Kind | None:
    """The kind that a label within the entry says; one below its last line may be the first of the next entry."""
    said = [row for row in unit.rows if row.sort]
    last = unit.texts[-1].number
    return next((row.sort for row in said if row.number < last or headings.is_path(row.text)), None) if said else None


def _dated(first: Row | None, heading: Row | None) -> Snippet | None:
    """The year in front of the entry, or else that of the heading above it."""
    if first:
        return Snippet(text=first.beside, line=first.number)
    return Snippet(text=str(year_of(heading)), line=heading.number) if heading else None


def _set_off(blocks: Sequence[Sequence[Row]]) -> int:
    """How many rows at the beginning are a title: those before the names, or those before a blank row."""
    rows = blocks[0] if blocks else []
    if not rows or rows[0].evidence.leads:
        return 0
    for at, row in enumerate(rows):
        if at and row.evidence.leads and row.is_forced and not rows[at - 1].evidence.open:
            return at
    last = rows[-1].evidence
    is_title = len(blocks) > 1 and not last.ended and sum(len(row.text) for row in rows) <= _LONGEST_TITLE
    return len(rows) if is_title else 0


def _links(unit: Unit) -> Iterator[Snippet]:
    """The addresses that links of the unit's rows lead to, and those that a bibliography entry in it names.

    A link on a name leads to the person, and one in a remark to somebody else's page: only identifiers count there.
    """
    said = set()
    for row in unit.rows:
        is_about_others = row.marks and (row.evidence.leads or _is_aside(row))
        for mark in row.marks:
            target = mark.target if mark.kind == "link" else None
            if not target or not target.startswith("http") or target in said:
                continue
            said.add(target)
            if not is_about_others or identifiers.doi(target) or identifiers.arxiv(target):
                yield Snippet(text=target, line=row.number)
        if row.kind == "bibtex" and (found := _IDENTIFIER.match(row.text)):
            prefix = "arXiv:" if found["field"].lower() == "eprint" else ""
            # LaTeX's underscore in a DOI.
            yield Snippet(text=prefix + found["value"].replace("\\", ""), line=row.number)


def _repeats_title(blocks: Sequence[Sequence[Row]]) -> int | None:
    """The index of the block that holds the whole first one again, as a citation below a title does."""
    if len(blocks) < 2:
        return None
    title = "".join(letters.folded_words(" ".join(row.text for row in blocks[0])))
    if not 15 <= len(title) <= 500:
        return None
    for at, block in enumerate(blocks[1:8], start=1):
        whole = "".join(letters.folded_words(" ".join(row.text for row in block)))
        if len(whole) > len(title) + 10 and title in whole:
            return at
    return None


def _without_label(row: Row) -> Row:
    found = _CITATION.match(row.text)
    return replace(row, text=row.text[found.end() :], marks=()) if found else row


def _badge(blocks: Sequence[Sequence[Row]]) -> Row | None:
    """The short name of a venue that stands above the title."""
    first = blocks[0][0] if blocks and blocks[0] else None
    alone = first and (len(blocks[0]) > 1 or len(blocks) > 1)
    return first if first and alone and not first.evidence.leads and _BADGE.fullmatch(first.text) else None


def _whole(row: Row) -> Row:
    """A row that leads with what looks like a marker, where it is none: a dash of the title, the year of a venue."""
    if row.lead[0] in BULLETS:
        return row
    by = len(row.lead) + 1
    marks = tuple(mark._replace(start=mark.start + by, end=mark.end + by) for mark in row.marks)
    return replace(row, text=f"{row.lead} {row.text}", marks=marks)


def _without_nested(blocks: Sequence[list[Row]]) -> Iterator[list[Row]]:
    """The blocks before a list within the entry, where what stands above it says when already."""
    dated = False
    for block in blocks:
        for at, row in enumerate(block):
            is_point = bool(row.marker) and row.ordinal is None and row.marker != YEAR_BESIDE
            if dated and is_point and (not at or block[at - 1].evidence.closed):
                if at:
                    yield block[:at]
                return
            dated = dated or row.evidence.year
        yield block


def _without_asides(block: list[Row]) -> list[Row]:
    """The rows before one that begins like a remark on the work: "Press: ...", "Reviews: ..."."""
    for at, row in enumerate(block):
        if _LATER.match(row.text[:_REMARK].lower()) or (row.is_forced and _is_aside(row)):
            return block[:at]
    return block


def _is_aside(row: Row) -> bool:
    begin = row.text[:_REMARK]
    return ":" in begin and _ASIDE.match(begin.lower()) is not None


def _is_abstract(block: Sequence[Row]) -> bool:
    length = sum(len(row.text) for row in block)
    if length < _ABSTRACT or block[0].evidence.leads > 1 or _CITATION.match(block[0].text):
        return False
    return any(is_sentence(row.text) for row in block)


def _has_place(block: Sequence[Row]) -> bool:
    return any(row.evidence.year or row.evidence.leads > 1 or row.evidence.id for row in block)
