"""What each stretch of a page was read as: a reading laid beside the lines it was cut from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubtools.models import RawEntry, Reading, Snippet
from pubtools.page import Line, Page, ranges

# A text that stands on a page more often than this, as a year may, is taken where it stands first.
_MOST_TRIES = 20
# What stands before a letter and belongs to it.
_OPENING = frozenset("([{“„‘«‹\"'")


@dataclass(frozen=True, slots=True)
class Trace:
    """A stretch of a line and what it was read as.

    `line` is the page's number, `entries` the numbers of the entries it belongs to, 1-based, for people; `reads` is
    fields of theirs, or "owner", "declared", "news", "refused", "unread", "heading", or "" for what is between.
    """

    line: int
    entries: str
    reads: str
    text: str
    # False for a value that does not stand on the page like this: an address behind a link, a word put together.
    verbatim: bool = True


def trace(page: Page, reading: Reading) -> list[Trace]:
    """The page in the order of its lines, every character that is no space in one trace at least."""
    told = _of_the_page(reading)
    inside: dict[int, list[Trace]] = {}
    elsewhere: dict[tuple[int, str], list[int]] = {}
    for number, entry in enumerate(reading.entries, start=1):
        first, last = entry.lines
        inside |= {line: [] for line in range(first, last + 1) if line not in inside}
        for found in _of_an_entry(page, entry, str(number)):
            inside[found.line].append(found)
        for field, snippet in snippets(entry):
            if not first <= snippet.line <= last:
                elsewhere.setdefault((snippet.line, field), []).append(number)
    for (at, field), numbers in elsewhere.items():
        told[at] = (ranges(numbers), field)
    traces: list[Trace] = []
    for line in page.lines:
        outside = Trace(line.number, *told.get(line.number, ("", _by_itself(line))), line.text)
        within = inside.get(line.number, [])
        # A row of buttons may stand among an entry's lines and be none of it.
        is_none = outside.reads and not any(found.reads for found in within)
        traces += [outside] if is_none or not within else within
    return traces


def snippets(entry: RawEntry) -> Iterator[tuple[str, Snippet]]:
    """The fields of `entry` and their texts, in the order of the model."""
    for field in type(entry).model_fields:
        value = getattr(entry, field)
        if isinstance(value, Snippet):
            yield field, value
        elif field == "links":
            yield from (("link", link) for link in value)


def stretches(
    lines: Sequence[str], wanted: Sequence[tuple[str, str, int]]
) -> tuple[list[list[tuple[str, str]]], list[int]]:
    """For each of `lines` its stretches, (fields, text) in order, and the indices in `wanted` of what stands nowhere.

    `wanted` is a field, its text, and the index of the line it begins on. Only letters and digits count where a text
    is looked for, so that one which runs over a line's end is found; of several places the first is taken that no
    other field has. Fields of one stretch are joined by "+"; "" is what nobody wants.
    """
    letters = [sign for line in lines for sign in line if sign.isalnum()]
    squashed = "".join(letters)
    labels = [""] * len(letters)
    begins = [0]
    for line in lines:
        begins.append(begins[-1] + sum(map(str.isalnum, line)))
    nowhere = []
    for index, (field, text, row) in enumerate(wanted):
        place = _place(squashed, text, begins[row], labels)
        if place is None:
            nowhere.append(index)
        for at in range(*place or (0, 0)):
            labels[at] = f"{labels[at]}+{field}" if labels[at] else field
    each = iter(labels)
    return [_runs(line, each) for line in lines], nowhere


# ---------------------------------------------------------------- inside


def _place(letters: str, text: str, start: int, labels: Sequence[str]) -> tuple[int, int] | None:
    """The stretch of `letters` from `start` on that says `text`, at best one without labels; None for nowhere.

    A layout may put a list together anew ("A. Byron; C. Babbage"); then it is all from its first part to its last.
    """
    sought = "".join(filter(str.isalnum, text))
    first = at = letters.find(sought, start) if sought else -1
    for _ in range(_MOST_TRIES):
        if at < 0 or not labels[at]:
            break
        at = letters.find(sought, at + 1)
    if (found := first if at < 0 or labels[at] else at) >= 0:
        return found, found + len(sought)
    head, *others = text.split("; ")
    whole = _place(letters, head, start, labels) if others else None
    for part in others:
        next_one = _place(letters, part, whole[1], labels) if whole else None
        whole = (whole[0], next_one[1]) if whole and next_one else None
    return whole


def _runs(line: str, labels: Iterator[str]) -> list[tuple[str, str]]:
    """`line` cut where the label of its letters changes; signs between letters go with what is before them."""
    starts: list[tuple[str, int]] = []
    for column, sign in enumerate(line):
        if sign.isalnum() and (label := next(labels)) != (starts[-1][0] if starts else None):
            start = column
            while start and line[start - 1] in _OPENING:
                start -= 1
            starts.append((label, start if starts else 0))
    if not starts:
        return [("", line)] if line else []
    ends = [start for _, start in starts[1:]] + [len(line)]
    return [(label, line[start:end].strip()) for (label, start), end in zip(starts, ends, strict=True)]


def _of_an_entry(page: Page, entry: RawEntry, number: str) -> Iterator[Trace]:
    first, last = entry.lines
    lines = page.lines[first - 1 : last]
    wanted = [(field, s.text, s.line - first) for field, s in snippets(entry) if first <= s.line <= last]
    found, nowhere = stretches([line.text for line in lines], wanted)
    for row, (line, runs) in enumerate(zip(lines, found, strict=True)):
        for label, text in runs:
            yield Trace(line.number, number, label, text)
        for index in nowhere:
            field, text, begins = wanted[index]
            if begins == row:
                yield Trace(line.number, number, field, text, verbatim=False)


def _of_the_page(reading: Reading) -> dict[int, tuple[str, str]]:
    """What is said of lines outside entries: their entries, none, and what they were read as."""
    told = dict.fromkeys(reading.unread, ("", "unread"))
    for refusal in reading.refused:
        told |= dict.fromkeys(range(refusal.lines[0], refusal.lines[1] + 1), ("", "refused"))
    told |= {item.text.line: ("", "news") for item in reading.news}
    told |= {item.date.line: ("", "news") for item in reading.news if item.date}
    if reading.declared:
        told[reading.declared.line] = ("", "declared")
    if reading.owner:
        told[reading.owner.line] = ("", "owner")
    return told


def _by_itself(line: Line) -> str:
    return "heading" if any(mark.kind == "heading" for mark in line.marks) else ""
