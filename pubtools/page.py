"""A page as layouts see it: numbered lines, with every odd space and invisible character folded once."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# Scrapes carry no-break and typographic spaces ("[Read\u00a0Article]"); tabs and form feeds (pdftotext) too.
_SPACES = re.compile(r"[\t\v\f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\x85]")
# Invisible: soft hyphen, zero-width space, word joiner, BOM, direction marks and overrides, and control characters.
# Zero-width (non-)joiners stay: Persian and Indic names are spelt with them.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
# What PDF fonts make of two or three letters.
_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)


def fold(text: str) -> str:
    """`text` in NFC, with plain spaces, without invisible characters and typographic ligatures."""
    if text.isascii():
        return _SPACES.sub(" ", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", _SPACES.sub(" ", _INVISIBLE.sub("", text)).translate(_LIGATURES))


@dataclass(frozen=True, slots=True)
class Line:
    """A line: `number` is 1-based as editors count, `text` folded and stripped, `indent` in columns."""

    number: int
    text: str
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A named page and its lines, blank ones included."""

    name: str
    lines: tuple[Line, ...]

    @classmethod
    def from_text(cls, text: str, name: str = "page") -> Page:
        """The page that `text` is. Only LF, CR LF and CR end a line, so the numbers are those of an editor."""
        lines = []
        for number, raw in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
            folded = fold(raw).rstrip()
            stripped = " ".join(folded.split())
            lines.append(Line(number, stripped, len(folded) - len(folded.lstrip())))
        return cls(name, tuple(lines))

    def filled(self) -> Iterator[Line]:
        """The lines that are not blank."""
        return (line for line in self.lines if line.text)


def blocks(lines: Sequence[Line]) -> list[list[Line]]:
    """Runs of lines without a blank line between them, in order."""
    runs: list[list[Line]] = [[]]
    for line in lines:
        if line.text:
            runs[-1].append(line)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]


def ranges(numbers: Sequence[int]) -> str:
    """Line numbers for people: `3-11, 14`."""
    spans: list[list[int]] = []
    for number in sorted(numbers):
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ", ".join(f"{first}-{last}" if last > first else str(first) for first, last in spans)
