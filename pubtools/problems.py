"""Doubts as data: a `Problem` names a code, a place and what to do, and stops nothing."""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["warning", "info"]

# Codes by the stage that has the doubt: L layout, N names, D dates, S subjects, M matching, C conflicts,
# E look-ups, X bibliography files,
# F files that are written.
# A warning wants a person and fails a strict run; an info is normal for the page and only counted.
CODES: dict[str, tuple[Severity, str]] = {
    "L01": ("info", "lines that no rule of the layout reads"),
    "L02": ("warning", "the page declares another number of entries than were read"),
    "L03": ("warning", "something in the place of an entry is not plausibly a publication"),
    "L04": ("info", "a news item speaks of a paper that the page does not clearly list"),
    "L05": ("warning", "the layout is not sure of a title, an author list or another field"),
    "L06": ("warning", "an entry is left out, for neither its title nor its authors are sure"),
    "L07": ("warning", "a page without a publication looks like an error page, a captcha or the like"),
    "N01": ("info", 'the author list is cut ("et al.")'),
    "N02": ("warning", "the cut author list hides the owner of the page"),
    "N03": ("info", "where the family name begins is a guess"),
    "D01": ("warning", "the date has no year"),
    "D02": ("warning", "the date cannot be read"),
    "S01": ("info", "the subject is not one arXiv category"),
    "M01": ("warning", "two entries may be the same work, but not clearly so"),
    "M02": ("warning", "a publication is on none of its pages any more"),
    "M03": ("warning", "the settings name a publication that is not there"),
    "E01": ("warning", "a service could not be asked"),
    "E02": ("info", "a service has no record that is surely the publication"),
    "X01": ("warning", "an entry of a bibliography file cannot be read, and is left out"),
    "X02": ("warning", "a field of a bibliography file cannot be read, and is kept as it is"),
    "X03": ("warning", "the file begins with a byte-order mark"),
    "X04": ("warning", "a comma is missing"),
    "X05": ("warning", "a brace or a quote does not close, or closes too often"),
    "X06": ("warning", "a piece of an entry cannot be read as a field"),
    "X07": ("warning", "an entry has no key"),
    "X08": ("warning", 'an "@" begins no entry'),
    "X09": ("warning", "a macro is not defined by any @string before"),
    "X10": ("warning", "a field stands twice in an entry"),
    "X11": ("warning", "two entries have the same key"),
    "X12": ("warning", "two entries have the same DOI"),
    "X13": ("warning", "a key holds a character that cannot be cited"),
    "X14": ("warning", "the entry type is none that the styles know"),
    "X15": ("warning", "a field that the entry type requires is missing"),
    "X16": ("info", "a field is empty"),
    "X17": ("warning", "a character that means something to LaTeX is not escaped"),
    "X18": ("warning", "a command that LaTeX does not know"),
    "X19": ("info", "HTML in a field"),
    "X20": ("info", "the month is not one of the macros jan to dec"),
    "X21": ("info", 'a range of pages is not written with "--"'),
    "X22": ("warning", "the year or the date is none"),
    "X23": ("info", "the DOI is not the bare identifier"),
    "X24": ("warning", 'names are separated by commas and not by "and"'),
    "X25": ("warning", '"et al." stands in the place of a name'),
    "X26": ("warning", 'an "and" has no name before or behind it'),
    "X27": ("info", "a name has letters beyond ASCII, which classic BibTeX cuts into bytes"),
    "X28": ("info", "pdflatex cannot set a character"),
    "X29": ("info", "an accent is a character of its own (Unicode NFD)"),
    "X30": ("info", "invisible characters, or spaces that are no plain spaces"),
    "X31": ("info", "a comment inside an entry, which biber reads and BibTeX does not"),
    "X32": ("info", "a character has no form in ASCII, and is exported as it is"),
    "X33": ("info", "an entry of a bibliography file is no work of its own"),
    "F01": ("warning", "a file is not what would be written now"),
    "F02": ("warning", "an update would lose a publication or a field"),
    "C01": ("warning", "equally trusted sources contradict each other"),
}


class Where(NamedTuple):
    """A place: `file` as the library names it, `line` 1-based or None for the whole file."""

    file: str
    line: int | None = None

    def __str__(self) -> str:
        """`file:line`, or `file` alone."""
        return self.file if self.line is None else f"{self.file}:{self.line}"


class Problem(NamedTuple):
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
