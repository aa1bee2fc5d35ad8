"""Where each entry of a section begins: several ways to part it, and the one whose parts look most like entries."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

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

# What is lost for a part that ends with the title of the next entry.
_SHIFTED = 0.4
# A title is longer, and so is an entry in one line.
_SHORT, _WHOLE_LINE = 15, 50
# A line with a title and more is longer.
_LABEL = 60
# What sites set below an entry.
_BELOW = frozenset({"links", "count", "bibtex"})
# Lines of a title, and the next one.
_LONGEST_TITLE = 4

Run = Sequence[Row]
# The indices of the rows that parts begin with, for each run.
Starts = list[list[int]]


@dataclass(slots=True)
class Unit:
    """Rows that may be one entry. `is_last` of its run: what follows the list may hang on it.

    `texts` are the rows with something of an entry in them.
    """

    rows: Sequence[Row]
    texts: Sequence[Row]
    is_last: bool = False

    @classmethod
    def of(cls, rows: Sequence[Row], *, is_last: bool) -> Unit:
        """The unit that `rows` are."""
        return cls(rows, [row for row in rows if row.kind not in FILLERS], is_last)


@dataclass(frozen=True, slots=True)
class Parting:
    """One way to part the runs of a section, its units, and its worth."""

    way: str
    units: tuple[Unit, ...] = ()
    worth: float = 0.0


def part(sections: Sequence[Section]) -> list[Parting]:
    """The best parting of each section; what wins on the page as a whole is preferred where two are alike."""
    all_of_them = [
        [Parting("none")] if section.meaning.publications is False else _partings([rows for _, rows in section.runs])
        for section in sections
    ]
    total: Counter[str] = Counter()
    for partings in all_of_them:
        for parting in partings:
            total[parting.way] += int(1000 * max(parting.worth, 0))
    favourite = max(total, key=lambda way: total[way], default="")

    def worth(parting: Parting) -> float:
        return parting.worth + (0.1 * len(parting.units) if parting.way == favourite else 0)

    return [max(partings, key=worth) for partings in all_of_them]


def value(unit: Unit, *, nameless: bool = False) -> float:
    """How much `unit` looks like one entry, at most 1; `nameless` where authors are left out."""
    texts = unit.texts
    if not texts:
        return NOTHING
    onsets = length = 0
    has_place = False
    before: Evidence | None = None
    for row in texts:
        has = row.evidence
        length += len(row.text)
        if has.year or has.venue or has.id:
            has_place = True
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
    if texts[0].evidence.continues and texts[0].kind != "year":
        worth -= 0.5
    if texts[-1].evidence.open:
        worth -= 0.3
    if length >= _LONG:
        worth -= 0.5 * (length // _LONG)
    if len(texts) > _MANY:
        worth -= 0.02 * (len(texts) - _MANY)
    return worth


# ---------------------------------------------------------------- inside


def _begins(row: Row) -> bool:
    """Whether an entry without names may begin here: with a title, and not with where another one appeared."""
    has = row.evidence
    return not (has.venue or has.id) or len(row.text) > _LABEL or bool(row.marker) or is_cited(row.text)


def _partings(runs: Sequence[Run]) -> list[Parting]:
    """Every way to part the runs, at least one.

    Each way asks about each row, so that what all of them ask is asked once.
    """
    filled = [[index for index, row in enumerate(run) if row.kind not in FILLERS] for run in runs]
    texts_of = [[run[index] for index in indices] for run, indices in zip(runs, filled, strict=True)]
    texts = [row for of_run in texts_of for row in of_run]
    placed = sum(row.evidence.year or row.evidence.venue for row in texts)
    named = sum(row.evidence.names or row.evidence.leads > 1 for row in texts)
    nameless = named * 4 < placed
    weigher = _Weigher(runs, filled, texts_of)
    is_headed = any(row.level for run in runs for row in run)
    return [
        _parting(way, starts, runs, weigher, nameless=nameless, is_headed=is_headed)
        for way, starts in _ways(runs, filled, texts)
    ]


class _Weigher:
    """Makes and weighs the units of some runs; several ways have the same ones, which are made and weighed once."""

    def __init__(self, runs: Sequence[Run], filled: Starts, texts: Sequence[Sequence[Row]]) -> None:
        self._runs, self._filled, self._texts = runs, filled, texts
        self._known: dict[tuple[int, int, int, bool, bool], tuple[Unit, float]] = {}

    def weighed(self, number: int, first: int, end: int, *, is_last: bool, nameless: bool) -> tuple[Unit, float]:
        """The unit [first, end) of the run `number`, and its worth where authors are left out (`nameless`) or not."""
        key = (number, first, end, is_last, nameless)
        found = self._known.get(key)
        if found is None:
            filled = self._filled[number]
            texts = self._texts[number][bisect_left(filled, first) : bisect_left(filled, end)]
            unit = Unit(self._runs[number][first:end], texts, is_last)
            found = self._known[key] = unit, value(unit, nameless=nameless)
        return found


def _parting(
    way: str, starts: Starts, runs: Sequence[Run], weigher: _Weigher, *, nameless: bool, is_headed: bool
) -> Parting:
    units: list[Unit] = []
    before: list[Row] = []
    shifted = cut_off = 0
    prior = _PRIOR.get(way.partition(" ")[0], 0)
    if way == "line" and _are_whole(runs):
        nameless, prior = True, 0
    is_headed = is_headed and not way.startswith("heading")
    worth = 0.0
    for number, (run, firsts) in enumerate(zip(runs, starts, strict=True)):
        above = run[: firsts[0]] if firsts else run
        before += above
        mine = []
        stop = len(run)
        for first, last in pairwise([*firsts, stop]):
            end = _before_heading(run, first, last) if is_headed else last
            cut_off += end < last
            unit, of_unit = weigher.weighed(number, first, end, is_last=last == stop, nameless=nameless)
            mine.append(unit)
            worth += of_unit
        units += mine
        if firsts and firsts[0]:
            shifted += _shifted(above, mine)
    worth += prior * len(units)
    outside = [row.evidence for row in before if row.kind not in FILLERS]
    worth -= sum([0.3 if has.names or has.venue else 0.05 for has in outside])
    # Where a heading follows on nearly every part, it is the title of the next one.
    worth -= _SHIFTED * (shifted + (cut_off if cut_off * 2 > len(units) else 0))
    worth -= sum([0.5 for unit, after in pairwise(units) if not unit.is_last and _is_torn(unit, after)])
    return Parting(way, tuple(units), worth)


def _are_whole(runs: Sequence[Run]) -> bool:
    """Whether every row of text is as long as an entry, has its year, and ends as one."""
    rows = [row for run in runs for row in run if row.kind not in FILLERS]
    return len(rows) > 2 and all(
        row.evidence.year and row.evidence.closed and len(row.text) >= _WHOLE_LINE and not row.evidence.continues
        for row in rows
    )


def _before_heading(run: Run, first: int, last: int) -> int:
    """Where the unit [first, last) ends: at a heading below what is an entry already."""
    has_place = False
    for at in range(first, last):
        if run[at].level and has_place:
            return at
        has_place = has_place or run[at].evidence.year or run[at].evidence.venue
    return last


def _shifted(before: Sequence[Row], units: Sequence[Unit]) -> int:
    """How many units end with what stands above the first one: the title of the next entry, or its year."""
    left = [row for row in before if row.kind not in FILLERS][-2:]
    if not left:
        return 0
    ends = [texts for unit in units if len(texts := unit.texts) > 1]
    titles = sum(_is_title(texts[-1]) and not _is_title(texts[0]) for texts in ends)
    years = sum(texts[-1].kind == "year" for texts in ends)
    has_title = _is_title(left[-1])
    has_year = any(row.kind == "year" for row in left)
    return max(titles if has_title else 0, years if has_year and 2 * years >= len(ends) else 0)


def _is_title(row: Row) -> bool:
    has = row.evidence
    return row.kind == "text" and len(row.text) > _SHORT and not (has.leads or has.year or has.closed or has.continues)


def _is_torn(unit: Unit, after: Unit) -> bool:
    """Whether names go on from one unit into the next."""
    texts = unit.texts
    return len(texts) == 1 and texts[0].evidence.names and bool(after.rows) and after.rows[0].evidence.leads > 0


def _ways(runs: Sequence[Run], filled: Starts, texts: Sequence[Row]) -> Iterator[tuple[str, Starts]]:
    """The ways to part the runs; `filled` are the rows with something of an entry in them, `texts` all these."""
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
    tops = [[at for at in indices if _is_top(run, at)] for run, indices in each]
    yield "blank", tops
    indents = Counter([row.line.indent for row in texts])
    for indent, _ in indents.most_common(3) if len(indents) > 1 else ():
        hanging = [[at for at in indices if run[at].line.indent == indent] for run, indices in each]
        yield f"flush {indent}", [sorted({*top}.intersection(deep)) for top, deep in zip(tops, hanging, strict=True)]
        if sum(count for deeper, count in indents.items() if deeper > indent) * 4 > len(texts):
            yield f"hanging {indent}", hanging
    names = [[at for at in indices if run[at].evidence.leads and _at_names(run, at)] for run, indices in each]
    yield "names", names
    ends = [[at for at in indices if _after_end(run, at)] for run, indices in each]
    yield "ends", [sorted({*named}.union(ended)) for named, ended in zip(names, ends, strict=True)]
    yield "title", [[at for at in indices if _is_forced(run, at) and _before_names(run, at)] for run, indices in each]
    below = any(row.kind in _BELOW for run in runs for row in run)
    yield "links", [[at for at in indices if at == 0 or (below and _after_links(run, at))] for run, indices in each]
    yield "line", filled


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


def _last_text(run: Run, index: int) -> Row | None:
    """The nearest row above that has something of an entry in it, at most some rows away."""
    for at in range(index - 1, max(index - 12, -1), -1):
        if run[at].kind not in FILLERS:
            return run[at]
    return None


def _at_names(run: Run, index: int) -> bool:
    """Whether an entry begins here, with the names that the row begins with."""
    row = run[index]
    if row.evidence.continues:
        return False
    above = _above(run, index)
    before = _last_text(run, index)
    if above is None or above.is_filler or before is None:
        # Names by themselves between blank rows stand below their title.
        below = run[index + 1] if index + 1 < len(run) else None
        return not (row.evidence.names and before and below and above and above.kind == below.kind == "blank")
    if before.evidence.names:
        return False
    # The line above may have lost its end, where both begin with names and have their years.
    both = before.evidence.leads > 1 and before.evidence.year and row.evidence.leads > 1 and row.evidence.year
    if before.evidence.ended or (row.evidence.set_off and before.evidence.closed):
        return True
    return row.is_forced and (before.evidence.closed or both)


def _after_end(run: Run, index: int) -> bool:
    """Whether the row above ends an entry and leaves room for a word more."""
    row, above = run[index], _above(run, index)
    return row.is_forced and above is not None and above.evidence.closed and not row.evidence.continues


def _is_forced(run: Run, index: int) -> bool:
    """Whether a row does not merely go on from a full line, or where that one says where the work above appeared."""
    if run[index].is_forced:
        return True
    above = _above(run, index)
    return above is not None and above.evidence.ended and above.evidence.pages and not above.evidence.leads


def _before_names(run: Run, index: int) -> bool:
    """Whether a title begins on this line: names in the next row of text, or after its wrapped lines; none here."""
    row = run[index]
    if row.evidence.continues or _has_names(row):
        return False
    above = _above(run, index)
    if above is not None and above.evidence.names and row.evidence.venue:
        return False  # right below the names stands where it appeared
    for below in _next_texts(run, index, _LONGEST_TITLE):
        if _has_names(below):
            return True
        if below.is_forced and not below.evidence.continues:
            return False
    return False


def _next_texts(run: Run, index: int, most: int) -> Iterator[Row]:
    """The next rows of text, at most so many, of the next few rows."""
    found = 0
    for row in run[index + 1 : index + 2 + 2 * most]:
        if row.kind == "text":
            yield row
            found += 1
        if found == most:
            return


def _has_names(row: Row) -> bool:
    return row.evidence.names or row.evidence.leads > 1


def _after_links(run: Run, index: int) -> bool:
    """Whether what sites set below an entry stands right above, or nearly."""
    for row in run[max(index - 3, 0) : index][::-1]:
        if row.kind in _BELOW:
            return True
        if row.kind not in FILLERS:
            return False
    return False
