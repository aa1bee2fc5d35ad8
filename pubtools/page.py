"""A page as layouts see it: numbered lines, with every odd space and invisible character folded once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, wraps
from typing import Any, Literal, NamedTuple, TypeVar

from pubtools import patterns

# Scrapes carry no-break and typographic spaces ("[Read\u00a0Article]"); tabs and form feeds (pdftotext) too.
_SPACES = [9, 11, 12, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000]
# Invisible: soft hyphen, zero-width space, word joiner, BOM, direction marks and overrides, and control characters.
# Zero-width (non-)joiners stay: Persian and Indic names are spelt with them.
_INVISIBLE = [*range(0x20), *range(0x7F, 0xA0), 0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F)]
_INVISIBLE += [*range(0x2060, 0x206A), 0xFEFF]
# What PDF fonts make of two or three letters.
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_FOLDED: dict[int, str | None] = {**dict.fromkeys(_INVISIBLE), **dict.fromkeys(_SPACES, " "), **_LIGATURES}


# What is folded; control characters are all that ASCII has of it.
_ODD = patterns.compile("[" + "".join(re.escape(chr(code)) for code in sorted(_FOLDED)) + "]")


def split(text: str) -> list[str]:
    """The lines of `text`: only LF, CR LF and CR end one, so that they are counted as editors do."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def fold(text: str) -> str:
    """`text` in NFC, with plain spaces, without invisible characters and typographic ligatures."""
    if text.isascii() and text.isprintable():
        return text  # as most lines are
    folded = text.translate(_FOLDED) if _ODD.search(text) else text
    return folded if folded.isascii() else unicodedata.normalize("NFC", folded)


class Mark(NamedTuple):
    """What HTML says of a stretch of a line's text, [start, end) in characters.

    `kind` is "heading" or "item" (the line begins one), "emphasis", "strong" or "link"; `target` is a link's address.
    """

    start: int
    end: int
    kind: Literal["heading", "item", "emphasis", "strong", "link"]
    target: str | None = None


class Line(NamedTuple):
    """A line: `number` is 1-based as editors count, `text` folded and stripped, `indent` in columns.

    `marks` is what a page in HTML says of stretches of the text; () on a page of plain text.
    """

    number: int
    text: str
    indent: int = 0
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Page:
    """A named page and its lines, blank ones included; `source` is the file's text as it came.

    `file_lines` is on which line of the file each line begins, where they differ (HTML); () where they are the same.
    """

    name: str
    lines: tuple[Line, ...]
    source: str = ""
    file_lines: tuple[int, ...] = ()
    # What functions marked with `once` have made of it.
    _made: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def from_text(cls, text: str, name: str = "page") -> Page:
        """The page that `text` is, a line for each of `split`."""
        lines = []
        for number, raw in enumerate(split(text), start=1):
            folded = fold(raw.expandtabs() if "\t" in raw else raw)
            stripped = folded.strip()
            indent = len(folded) - len(folded.lstrip()) if stripped and folded[0] == " " else 0
            lines.append(Line(number, " ".join(stripped.split()) if "  " in stripped else stripped, indent))
        return cls(name, tuple(lines), text)

    def file_line(self, number: int) -> int:
        """The line of the file, as editors count, on which the page's line `number` begins."""
        return self.file_lines[number - 1] if self.file_lines else number

    def filled(self) -> Iterator[Line]:
        """The lines that are not blank."""
        return (line for line in self.lines if line.text)

    @cached_property
    def text(self) -> str:
        """The lines' texts in one: what is not in it need not be looked for in any line."""
        return "\n".join([line.text for line in self.lines])

    @cached_property
    def lower(self) -> str:
        """The same in lower case."""
        return self.text.lower()


_Made = TypeVar("_Made")


def once(make: Callable[[Page], _Made]) -> Callable[[Page], _Made]:
    """`make`, done once for each page: `fits` and `read` of a layout begin alike. Nobody may change what is made."""

    @wraps(make)
    def made(page: Page) -> _Made:
        kept = page._made
        if make not in kept:
            kept[make] = make(page)
        found: _Made = kept[make]
        return found

    return made


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines without a blank line between them, in order."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def left_over(lines: Sequence[Line], used: Collection[int], is_furniture: Callable[[str], bool]) -> tuple[int, ...]:
    """The numbers of those of `lines` that are neither blank nor used nor furniture of the page."""
    return tuple(line.number for line in lines if line.text and line.number not in used and not is_furniture(line.text))


def ranges(numbers: Sequence[int]) -> str:
    """Line numbers for people: `3-11, 14`."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in spans)
