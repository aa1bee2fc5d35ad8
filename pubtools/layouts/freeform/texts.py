"""One entry's text out of its lines: wrapped lines rejoined, each offset still knowing its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from pubtools import patterns
from pubtools.fields import identifiers
from pubtools.layouts.freeform.rows import Row
from pubtools.page import Mark

_WORD = patterns.compile(r"[^\W\d_]+(?:[-‐‑][^\W\d_]+)*")
_HYPHEN_AT_END = patterns.compile(r"([^\W\d_]+)[-‐‑]$")
_LOWER_AT_START = patterns.compile(r"([^\W\d_]+)")
_HYPHENS = "-‐‑"
# First parts of compounds that keep their hyphen in English, whatever follows.
_COMPOUNDS = frozenset(
    """
    all anti bi best co cross data deep double early easy end equal event ever ex fast field few fine first five
    four free full group half hand hard high higher home human in inter large late left life light like line
    long low lower macro mid model multi near new non off on one open out over part peer point post power pre
    present price problem quasi rate re real right root second self semi set short single small so solid space
    state steady still strong structure sub super task ten test text third three time to top trans two ultra
    under up user vector water weak well whole wide work world zero
""".split()
)  # fmt: skip


# So many marks may end where a row ends.
_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class Joined:
    """The text of some rows; the row of number `lines[i]` begins at offset `starts[i]`.

    `breaks` are the offsets of the rows that do not merely go on from a full line.
    """

    text: str
    starts: tuple[int, ...]
    lines: tuple[int, ...]
    marks: tuple[Mark, ...] = ()
    breaks: tuple[int, ...] = ()

    def first(self, rows: int) -> tuple[Mark, ...]:
        """The mark of a stretch that is set off, over the first `rows` rows; () for none, and for all of them."""
        return (Mark(0, self.starts[rows] - 1, "strong"),) if 0 < rows < len(self.starts) else ()

    def line(self, offset: int) -> int:
        """The number of the line that the character at `offset` stands on."""
        return self.lines[bisect_right(self.starts, offset) - 1]


class Words:
    """The words of a page, hyphenated ones too: what a hyphen at a line's end means is seen where no line ends."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._rows = rows

    @cached_property
    def _words(self) -> set[str]:
        found: set[str] = set()
        is_broken = False
        for row in self._rows:
            words = _WORD.findall(row.text.casefold())
            # The two halves at a line's end are no words yet.
            words = words[1:] if is_broken else words
            is_broken = row.text[-1:] in _HYPHENS and _HYPHEN_AT_END.search(row.text[-40:]) is not None
            for word in words[:-1] if is_broken else words:
                found.add(word)
                found.update(re.split(r"[-‐‑]", word) if "-" in word or "‑" in word else ())
        return found

    def is_broken(self, head: str, tail: str) -> bool:
        """Whether a hyphen between the two was put in by the line's end, so that they are one word."""
        one, other = head.casefold(), tail.casefold()
        if not tail.islower() or head.isupper():
            return False
        if f"{one}{other}" in self._words:
            return True
        if f"{one}-{other}" in self._words or one in _COMPOUNDS:
            return False
        return not (one in self._words and other in self._words)


def join(rows: Sequence[Row], words: Words) -> Joined:
    """The text of `rows`, a space or nothing between two of them; a hyphen that only parted a line is dropped."""
    out: list[str] = []
    starts: list[int] = []
    lines: list[int] = []
    marks: list[Mark] = []
    length = 0
    breaks: list[int] = []
    above: Row | None = None
    above_end = 0
    for row in rows:
        text = row.text
        if not text:
            continue
        if above:
            gap, dropped = _between(above.text, text, words)
            if dropped:
                out[-1] = out[-1][:-1]
                length -= 1
            out.append(gap)
            length += len(gap)
        is_glued = above is not None and "glue" in (above.kind, row.kind)
        if above and not is_glued and (row.is_forced or not (row.evidence.continues or above.evidence.open)):
            breaks.append(length)
        starts.append(length)
        lines.append(row.number)
        for mark in row.marks:
            placed = Mark(mark.start + length, mark.end + length, mark.kind, mark.target)
            _add(marks, placed, above_end if above else -1)
        above_end = length + len(text)
        out.append(text)
        length += len(text)
        above = row
    return Joined("".join(out), tuple(starts), tuple(lines), tuple(marks), tuple(breaks))


def _add(marks: list[Mark], mark: Mark, above_end: int) -> None:
    """Add `mark`, or let the one that ends where the row above ends go on with it."""
    for at, one in enumerate(marks[-_AT_ONCE:], start=max(len(marks) - _AT_ONCE, 0)):
        goes_on = one.end == above_end and above_end < mark.start <= above_end + 1
        if goes_on and (one.kind, one.target) == (mark.kind, mark.target):
            marks[at] = one._replace(end=mark.end)
            return
    marks.append(mark)


def _between(before: str, text: str, words: Words) -> tuple[str, bool]:
    """What stands between two rows, and whether the hyphen at the end of the first is dropped."""
    if identifiers.goes_on(before, text):
        return "", False
    last = before[-1]
    head = _HYPHEN_AT_END.search(before[-40:]) if last in _HYPHENS else None
    if head and (tail := _LOWER_AT_START.match(text[:40])):
        return "", words.is_broken(head[1], tail[1])
    if head or (last in "-–‑" and before[-2:-1].isdecimal() and text[:1].isdigit()):
        return "", False
    if not last.isascii() and not text[:1].isascii() and _is_unspaced(last) and _is_unspaced(text[:1]):
        return "", False
    if text[:1] in ",;.:)]’”" and text[:3] != "...":
        return "", False
    return " ", False


def _is_unspaced(letter: str) -> bool:
    return "\u3040" <= letter <= "\u30ff" or "\u3400" <= letter <= "\u9fff"
