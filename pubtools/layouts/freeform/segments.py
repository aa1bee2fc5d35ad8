"""Where each entry of a section begins: several ways to part it, and the one whose parts look most like entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, pairwise
from operator import ne
from typing import NamedTuple

from pubtools.layouts.freeform import headings
from pubtools.layouts.freeform.evidence import Evidence, is_cited
from pubtools.layouts.freeform.rows import FILLERS, Row
from pubtools.layouts.freeform.sections import Section

# What a part is worth: whole with names and a place or time; else a fragment of an entry, or no part of one.
WHOLE, NAMELESS, PLACELESS, NOTHING = 1.0, 0.5, 0.2, -0.25
# On a page that names authors, a part without them is more likely a fragment.
FRAGMENT = -0.1
# More than an entry with its abstract has; what is longer is many.
_LONG, _MANY = 2500, 15
# What speaks for a way before the parts are looked at: a marker is there to part, a line ends for many reasons.
_PRIOR = {
    "number": 0.2,
    "bullet": 0.15,
    "heading": 0.15,
    "year": 0.15,
    "blank": 0.05,
    "flush": 0.1,
    "hanging": 0.1,
    "ends": -0.03,
    "line": -0.15,
}

# What is added for a part where that way wins on the page as a whole.
_PREFERRED = 0.1
# What is lost for a part that ends with the title of the next entry.
_SHIFTED = 0.4
# A title is longer, and so is an entry in one line.
_SHORT, _WHOLE_LINE = 15, 50
# A line with a title and more is longer.
_LABEL = 60
# What sites set below an entry.
_BELOW = frozenset({"links", "count", "bibtex"})
# What is lost for a part whose names go on in the next one.
_TORN = 0.5
# Lines of a title, and the next one.
_LONGEST_TITLE = 4

Run = Sequence[Row]
# The indices of the rows that parts begin with, for each run.
Starts = list[list[int]]


class Unit(NamedTuple):
    """Rows that may be one entry. `is_last` of its run: what follows the list may hang on it.

    `texts` are the rows with something of an entry in them, `blocks` the runs between blank rows that have such rows.
    """

    rows: Sequence[Row]
    texts: Sequence[Row]
    blocks: Sequence[Sequence[Row]]
    is_last: bool

    @classmethod
    def of(cls, rows: Sequence[Row], *, is_last: bool) -> Unit:
        """The unit that `rows` are."""
        texts = [row for row in rows if row.kind not in FILLERS]
        if texts and len(texts) == len(rows):
            return cls(rows, texts, [rows], is_last)  # as most are
        return cls(rows, texts, [block for block in blocks(rows) if has_text(block)], is_last)


@dataclass(frozen=True, slots=True)
class Parting:
    """One way to part the runs of a section, and its units."""

    way: str
    units: tuple[Unit, ...] = ()


def part(sections: Sequence[Section]) -> list[Parting]:
    """The best parting of each section; what wins on the page as a whole is preferred where two are alike."""
    parters = [
        None if section.meaning.publications is False else _Parter([rows for _, rows in section.runs])
        for section in sections
    ]
    all_of_them = [[_NONE] if parter is None else parter.ways() for parter in parters]
    total: Counter[str] = Counter()
    for ways in all_of_them:
        for way in ways:
            total[way.name] += int(1000 * max(way.worth, 0))
    favourite = max(total, key=lambda name: total[name], default="")

    def worth(way: _Way) -> float:
        return way.worth + (_PREFERRED * way.parts if way.name == favourite else 0)

    best = [max(ways, key=worth) for ways in all_of_them]
    return [
        Parting(way.name, tuple(parter.units(way)) if parter else ()) for parter, way in zip(parters, best, strict=True)
    ]


def blocks(rows: Sequence[Row]) -> list[list[Row]]:
    """Runs of rows without a blank row between them."""
    found: list[list[Row]] = [[]]
    for row in rows:
        if row.kind != "blank":
            found[-1].append(row)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def has_text(block: Sequence[Row]) -> bool:
    """Whether a row has something of an entry in it: nearly always the first one."""
    return block[0].kind not in FILLERS or any(row.kind not in FILLERS for row in block)


def value(unit: Unit, *, nameless: bool = False) -> float:
    """How much `unit` looks like one entry, at most 1; `nameless` where authors are left out."""
    return _value(unit.texts, nameless=nameless)


# ---------------------------------------------------------------- inside


def _value(texts: Sequence[Row], *, nameless: bool) -> float:
    if not texts:
        return NOTHING
    onsets = length = 0
    has_place = False
    before: Evidence | None = None
    for row in texts:
        has = row.evidence
        length += len(row.text)
        has_place = has_place or has.year or has.venue or has.id
        if has.leads or has.by:
            begins = has.by or has.leads > 1 or has.names or has.year or before is None
            if begins and (not onsets or before is None or (before.closed and not before.names)):
                onsets += 1
        before = has
    if onsets:
        worth = WHOLE if has_place else PLACELESS
    else:
        worth = NOTHING
        if has_place:
            worth = NAMELESS if texts[0].evidence.leads or (nameless and _begins(texts[0])) else FRAGMENT
    if length < 25:
        worth = min(worth, NOTHING)
    if onsets > 1:
        worth -= 0.3 * (onsets - 1)
    if texts[0].evidence.continues and texts[0].kind != "year" and not _is_dated(texts[0]):
        worth -= 0.5
    if texts[-1].evidence.open:
        worth -= 0.3
    if length >= _LONG:
        worth -= 0.5 * (length // _LONG)
    if len(texts) > _MANY:
        worth -= 0.02 * (len(texts) - _MANY)
    return worth


def _is_dated(row: Row) -> bool:
    """Whether a bullet or a number, and then a year, stands before the title: "+ 2022. On looms"."""
    return bool(row.marker) and row.text[4:6] in (". ", ": ") and row.text[:4].isdigit()


def _begins(row: Row) -> bool:
    """Whether an entry without names may begin here: with a title, and not with where another one appeared."""
    has = row.evidence
    return not (has.venue or has.id) or len(row.text) > _LABEL or bool(row.marker) or is_cited(row.text)


class _Way(NamedTuple):
    """A way to part some runs: where the parts begin, how many there are, and what they are worth together."""

    name: str
    starts: Starts
    parts: int
    worth: float


_NONE = _Way("none", [], 0, 0.0)


class _Parter:
    """Weighs the ways to part some runs; several have the same parts, which are weighed once."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self._is_headed = any(row.level for run in runs for row in run)
        # The indices of each run's rows with something of an entry in them, all these rows, and how many of them stand
        # above each row.
        self._filled: Starts = []
        self._texts: list[Row] = []
        self._above: list[list[int]] = []
        for run in runs:
            is_text = [row.kind not in FILLERS for row in run]
            self._filled.append([*compress(range(len(run)), is_text)])
            self._above.append([*accumulate(is_text, initial=len(self._texts))])
            self._texts += compress(run, is_text)
        evidence = [row.evidence for row in self._texts]
        placed = sum([has.year or has.venue for has in evidence])
        named = sum([has.names or has.leads > 1 for has in evidence])
        self._is_nameless = named * 4 < placed
        # What is lost for each of these rows that stands in no part.
        self._losses = [0.3 if has.names or has.venue else 0.05 for has in evidence]
        # The worth of the parts from one of `_texts` to another, and where authors are left out.
        self._known: tuple[dict[tuple[int, int], float], dict[tuple[int, int], float]] = ({}, {})

    def ways(self) -> list[_Way]:
        """Every way to part the runs that may be the best, at least one."""
        found = [self._weighed(name, starts) for name, starts in _ways(self._runs, self._filled, self._texts)]
        is_whole = _are_whole(self._texts)
        if is_whole or self._may_win(max(way.worth for way in found)):
            found.append(self._weighed("line", self._filled, is_whole=is_whole))
        return found

    def units(self, way: _Way) -> Iterator[Unit]:
        """The units of a way, in order."""
        for run, firsts in zip(self._runs, way.starts, strict=True):
            lasts = [*firsts, len(run)][1:]
            for first, end in zip(firsts, self._ends(way.name, run, firsts, lasts), strict=True):
                yield Unit.of(run[first:end], is_last=first == firsts[-1])

    def _may_win(self, worth: float) -> bool:
        """Whether the rows, each by itself, may be worth anything, or as much as the best of the others.

        Hardly a page is written so, and no other way has as many parts. A row is worth no more than this (`_value`),
        and whatever else is weighed takes from it.
        """
        rest = NAMELESS if self._is_nameless else FRAGMENT
        values = [
            (WHOLE if has.year or has.venue or has.id else PLACELESS) if has.leads or has.by else rest
            for has in [row.evidence for row in self._texts]
        ]
        most = sum(values) + _PRIOR["line"] * len(values)
        return most > 0 or most + _PREFERRED * len(values) >= worth

    def _weighed(self, name: str, starts: Starts, *, is_whole: bool = False) -> _Way:
        texts = self._texts
        nameless = is_whole or self._is_nameless
        known = self._known[nameless]
        losses: list[float] = []
        parts = shifted = cut_off = torn = 0
        worth = 0.0
        for run, above, firsts in zip(self._runs, self._above, starts, strict=True):
            head = slice(above[0], above[firsts[0] if firsts else -1])
            losses += self._losses[head]
            if not firsts:
                continue
            spans = []
            lasts = [*firsts[1:], len(run)]
            ends = self._ends(name, run, firsts, lasts)
            for first, end, last in zip(firsts, ends, lasts, strict=True):
                span = begin, stop = above[first], above[end]
                if span not in known:
                    known[span] = _value(texts[begin:stop], nameless=nameless)
                worth += known[span]
                # Names go on from a part in the next one.
                if stop - begin == 1 and last < len(run):
                    torn += texts[begin].evidence.names and run[last].evidence.leads > 0
                spans.append(span)
            parts += len(firsts)
            cut_off += sum(map(ne, ends, lasts)) if ends is not lasts else 0
            shifted += self._shifted(texts[head][-2:], spans) if firsts[0] else 0
        if not is_whole:
            worth += _PRIOR.get(name.partition(" ")[0], 0) * parts
        worth -= sum(losses)
        # Where a heading follows on nearly every part, it is the title of the next one.
        worth -= _SHIFTED * (shifted + (cut_off if cut_off * 2 > parts else 0))
        return _Way(name, starts, parts, worth - _TORN * torn)

    def _ends(self, name: str, run: Run, firsts: Sequence[int], lasts: list[int]) -> list[int]:
        """Where the parts end that begin at `firsts`, the next ones at `lasts`: there, or at a heading before that."""
        if not self._is_headed or name.startswith("heading"):
            return lasts
        return [_before_heading(run, first, last) for first, last in zip(firsts, lasts, strict=True)]

    def _shifted(self, left: Sequence[Row], spans: Sequence[tuple[int, int]]) -> int:
        """How many parts end with what is `left` above the first one: the title of the next entry, or its year."""
        has_title = bool(left) and _is_title(left[-1])
        has_year = any(row.kind == "year" for row in left)
        if not (has_title or has_year):
            return 0
        ends = [(self._texts[begin], self._texts[stop - 1]) for begin, stop in spans if stop - begin > 1]
        titles = sum(_is_title(last) and not _is_title(first) for first, last in ends) if has_title else 0
        years = sum(last.kind == "year" for _, last in ends) if has_year else 0
        return max(titles, years if 2 * years >= len(ends) else 0)


def _are_whole(texts: Sequence[Row]) -> bool:
    """Whether every row of text is as long as an entry, has its year, and ends as one."""
    return len(texts) > 2 and all(
        row.evidence.year and row.evidence.closed and len(row.text) >= _WHOLE_LINE and not row.evidence.continues
        for row in texts
    )


def _before_heading(run: Run, first: int, last: int) -> int:
    """Where the unit [first, last) ends: at a heading below what is an entry already."""
    has_place = False
    for at in range(first, last):
        if run[at].level and has_place:
            return at
        has_place = has_place or run[at].evidence.year or run[at].evidence.venue
    return last


def _is_title(row: Row) -> bool:
    has = row.evidence
    return row.kind == "text" and len(row.text) > _SHORT and not (has.leads or has.year or has.closed or has.continues)


def _ways(runs: Sequence[Run], filled: Starts, texts: Sequence[Row]) -> Iterator[tuple[str, Starts]]:
    """The ways to part the runs but "line"; `filled` are the rows with something of an entry in them, `texts` all."""
    markers = Counter([(row.marker, row.line.indent) for row in texts if row.marker and row.ordinal is None])
    for alike, _ in markers.most_common(3):
        starts = [[at for at, row in enumerate(run) if (row.marker, row.line.indent) == alike] for run in runs]
        yield f"bullet {alike[0]} {alike[1]}", starts
    counted = [row for run in runs for row in run if row.ordinal is not None and row.kind != "bibtex"]
    numbered = _numbered(counted)
    for shape in sorted({row.marker for row in counted if row.number in numbered}):
        starts = [[at for at, row in enumerate(run) if row.marker == shape and row.number in numbered] for run in runs]
        yield f"number {shape}", starts
    levels = Counter([row.level for row in texts if row.level])
    for level in [level for level, count in levels.items() if count > 1]:
        yield f"heading {level}", [[at for at, row in enumerate(run) if row.level == level] for run in runs]
    if len([row for row in texts if row.kind == "year"]) > 1:
        yield "year", [[at for at, row in enumerate(run) if row.kind == "year"] for run in runs]
    each = list(zip(runs, filled, strict=True))
    tops = [
        [at for at in indices if not at or (run[at - 1].kind in FILLERS and _is_top(run, at))] for run, indices in each
    ]
    yield "blank", tops
    indents = Counter([row.line.indent for row in texts])
    for indent, _ in indents.most_common(3) if len(indents) > 1 else ():
        hanging = [[at for at in indices if run[at].line.indent == indent] for run, indices in each]
        yield f"flush {indent}", [sorted({*top}.intersection(deep)) for top, deep in zip(tops, hanging, strict=True)]
        if sum(count for deeper, count in indents.items() if deeper > indent) * 4 > len(texts):
            yield f"hanging {indent}", hanging
    below = [
        [at for at in indices if not at or (run[at - 1].kind in FILLERS and _after_links(run, at))]
        for run, indices in each
    ]
    # No entry begins with the other rows.
    each = [(run, [at for at in indices if not run[at].evidence.continues]) for run, indices in each]
    names = [[at for at in indices if run[at].evidence.leads and _at_names(run, at)] for run, indices in each]
    yield "names", names
    ends = [[at for at in indices if at and run[at].is_forced and run[at - 1].evidence.closed] for run, indices in each]
    yield "ends", [sorted({*named}.union(ended)) for named, ended in zip(names, ends, strict=True)]
    yield "title", [[at for at in indices if _is_forced(run, at) and _before_names(run, at)] for run, indices in each]
    yield "links", below


def _is_top(run: Run, index: int) -> bool:
    """Whether nothing but what kind of work it is stands between the row and the blank row above."""
    while index and run[index - 1].kind == "sort":
        index -= 1
    return index == 0 or run[index - 1].kind == "blank"


def _numbered(counted: Sequence[Row]) -> frozenset[int]:
    """Numbers of the lines that are counted: a neighbour among the lines of that shape is one more or one less."""
    found: set[int] = set()
    by_shape: dict[str, list[Row]] = {}
    for row in counted:
        if row.ordinal is not None:
            by_shape.setdefault(row.marker, []).append(row)
    for rows in by_shape.values():
        for one, other in pairwise(rows):
            if one.ordinal is not None and other.ordinal is not None and abs(one.ordinal - other.ordinal) == 1:
                found |= {one.number, other.number}
        found |= {row.number for row in rows if row.ordinal == 1}
    return frozenset(found)


def _above(run: Run, index: int) -> Row | None:
    """The row above, blank or not; None at the top."""
    return run[index - 1] if index else None


def _has_text_above(run: Run, index: int) -> bool:
    """Whether a row above, at most some rows away, has something of an entry in it."""
    return any(row.kind not in FILLERS for row in run[max(index - 11, 0) : index])


def _at_names(run: Run, index: int) -> bool:
    """Whether an entry begins here, with the names that the row begins with."""
    row = run[index]
    has = row.evidence
    above = _above(run, index)
    if above is None or above.kind in FILLERS:
        # Names by themselves between blank rows stand below their title.
        below = run[index + 1] if index + 1 < len(run) else None
        is_apart = has.names and above and below and above.kind == below.kind == "blank"
        return not (is_apart and _has_text_above(run, index))
    before = above.evidence
    if before.names:
        return False
    # The line above may have lost its end, where both begin with names and have their years.
    both = before.leads > 1 and before.year and has.leads > 1 and has.year
    if before.ended or (has.set_off and before.closed):
        return True
    return row.is_forced and (before.closed or both)


def _is_forced(run: Run, index: int) -> bool:
    """Whether a row does not merely go on from a full line, or where that one says where the work above appeared."""
    if run[index].is_forced:
        return True
    above = _above(run, index)
    return above is not None and above.evidence.ended and above.evidence.pages and not above.evidence.leads


def _before_names(run: Run, index: int) -> bool:
    """Whether a title begins on this line: names in the next row of text, or after its wrapped lines; none here."""
    row = run[index]
    if _has_names(row):
        return False
    above = _above(run, index)
    if above is not None and above.evidence.names and row.evidence.venue:
        return False  # right below the names stands where it appeared
    lines = 0
    for below in run[index + 1 : index + 2 + 2 * _LONGEST_TITLE]:
        if below.kind in _BELOW:
            return False  # what stands above it is the end of an entry
        if below.kind != "text":
            continue
        if _has_names(below):
            return True
        lines += 1
        if lines == _LONGEST_TITLE or (below.is_forced and not below.evidence.continues):
            return False
    return False


def _has_names(row: Row) -> bool:
    return row.evidence.names or row.evidence.leads > 1


def _after_links(run: Run, index: int) -> bool:
    """Whether what sites set below an entry stands right above, or nearly."""
    for row in run[max(index - 3, 0) : index][::-1]:
        if row.kind in _BELOW or (row.kind == "sort" and headings.is_path(row.text)):
            return True
        if row.kind not in FILLERS:
            return False
    return False
