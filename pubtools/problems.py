"""Doubts as data: a `Problem` names a code, a place and what to do, and stops nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["warning", "info"]

# Codes by the stage that has the doubt: L layout, N names, D dates, S subjects, M matching, C conflicts,
# E look-ups.
# A warning wants a person and fails a strict run; an info is normal for the page and only counted.
CODES: dict[str, tuple[Severity, str]] = {
    "L01": ("info", "lines that no rule of the layout reads"),
    "L02": ("warning", "the page declares another number of entries than were read"),
    "L03": ("warning", "something in the place of an entry is not plausibly a publication"),
    "L04": ("info", "a news item speaks of a paper that the page does not clearly list"),
    "L05": ("warning", "the layout is not sure of a title, an author list or another field"),
    "L06": ("warning", "an entry is left out, for neither its title nor its authors are sure"),
    "N01": ("info", 'the author list is cut ("et al.")'),
    "N02": ("warning", "the cut author list hides the owner of the page"),
    "N03": ("info", "where the family name begins is a guess"),
    "D01": ("warning", "the date has no year"),
    "D02": ("warning", "the date cannot be read"),
    "S01": ("info", "the subject is not one arXiv category"),
    "M01": ("warning", "two entries may be the same work, but not clearly so"),
    "M02": ("warning", "a publication is on none of its pages any more"),
    "M03": ("warning", "a correction fits no publication"),
    "E01": ("warning", "a service could not be asked"),
    "E02": ("info", "a service has no record that is surely the publication"),
    "C01": ("warning", "equally trusted sources contradict each other"),
}


@dataclass(frozen=True, slots=True, order=True)
class Where:
    """A place: `file` as the library names it, `line` 1-based or None for the whole file."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """`file:line`, or `file` alone."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One doubt: a stable `code` of `CODES`, a sentence for people, and the place it comes from."""

    code: str
    message: str
    where: Where | None = None

    @property
    def severity(self) -> Severity:
        """`warning` wants a person, `info` is only counted."""
        return CODES[self.code][0]

    def __str__(self) -> str:
        """`saxe.txt:47: D01 date has no year: 'May 19' (give --as-of)`."""
        text = f"{self.code} {self.message}"
        return f"{self.where}: {text}" if self.where else text
