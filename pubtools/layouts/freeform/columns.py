"""A printed page in two columns, read one column after the other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pubtools import patterns
from pubtools.page import Line, Page, fold, split

# Shares of the filled lines: where the right column begins the same way, and where the left one has something; how
# many lines may run across. A column that is narrower than `_LEFT` holds labels.
_BEGINS, _HAS_LEFT, _ACROSS, _LEFT = 0.3, 0.15, 0.02, 15
_FEWEST_LINES = 12
_GAP = patterns.compile(r"\s\s\s(?=\S)")
# What stands beside a line and belongs to it: years, months, figures.
_BESIDE = patterns.compile(
    r"(?:[\d\W]|\b(?:present|now|since|heute|seit|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*)*", re.I
)


def apart(page: Page) -> Sequence[Line]:
    """The lines of `page`, those of its left column before those of its right one where it has two."""
    raw = split(page.source.expandtabs())
    if len(raw) != len(page.lines) or any(line.marks for line in page.lines):
        return page.lines
    at = _gutter([line for line in raw if line.strip()])
    if at is None:
        return page.lines
    ends = [_split(text, at) for text in raw]
    left = [_line(line.number, text[:end]) for line, text, end in zip(page.lines, raw, ends, strict=True)]
    right = [_line(line.number, text[end:]) for line, text, end in zip(page.lines, raw, ends, strict=True)]
    return [*left, *right]


def _split(text: str, at: int) -> int:
    """Where the right half of a line begins: at the gutter, or after the gap before it in a line that runs across."""
    if not text[at - 2 : at].strip():
        return at
    gaps = [found.end() for found in _GAP.finditer(text[:at]) if text[: found.end()].strip()]
    return gaps[-1] if gaps else len(text)


def _gutter(filled: Sequence[str]) -> int | None:
    """The column where the right half begins; None where the page is not in two."""
    # The others have no gap; in ASCII one is of plain spaces.
    gapped = [line for line in filled if "   " in line or not line.isascii()]
    if len(filled) < _FEWEST_LINES or len(gapped) < _BEGINS * len(filled):
        return None
    begins = Counter(found.end() for line in gapped if (found := _GAP.search(line[:200], _LEFT - len("   "))))
    at, count = begins.most_common(1)[0] if begins else (0, 0)
    if count < _BEGINS * len(filled):
        return None
    if sum(line[at - 2 : at].strip() != "" for line in filled) > _ACROSS * len(filled):
        return None
    lefts = [text for line in filled if (text := line[:at].strip())]
    wordy = sum(not _BESIDE.fullmatch(text[:40]) for text in lefts)
    return at if wordy >= _HAS_LEFT * len(filled) and wordy * 2 > len(lefts) else None


def _line(number: int, text: str) -> Line:
    folded = fold(text).rstrip()
    return Line(number, " ".join(folded.split()), len(folded) - len(folded.lstrip()))
