"""Where a work appeared, as software prints it on a line of its own: `Journal 12 (3), 45-67, 2021`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from pubtools import patterns
from pubtools.fields import dates, identifiers, pagination

# "…, 2021", "… 2021", "…, Jan 2021", "(2021)", and a year alone.
_DATED = patterns.compile(
    r"(?:^|[\s,(])(?P<date>(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? )?"
    rf"{dates.YEAR})[)\s.]*$",
    re.I,
)
_PLACE = patterns.compile(
    r" (?P<volume>[A-Z]?\d{1,4}(?:[-/]\d{1,4})?[A-Za-z]?)(?: ?\((?P<issue>[^()]{1,20})\))?"
    r"(?:, ?(?P<pages>[A-Za-z]{0,3}\d[\w.]{0,20}(?:[-–][A-Za-z]{0,3}\d[\w.]{0,20})?))?(?P<cut> ?(?:…|\.{3}))?$"
)
_PAGES = patterns.compile(r", ?(?P<pages>[A-Za-z]{0,3}\d[\w.]{0,20}(?:[-–][A-Za-z]{0,3}\d[\w.]{0,20})?)$")
_IS_YEAR = patterns.compile(dates.YEAR)
# What a number after it belongs to: "Part 2" is no volume.
_PART = patterns.compile(
    r"\b(?:part|chapter|section|session|track|workshop|day|paper|no\.?|volume|vol\.?|pp?\.)$", re.I
)
# What stands beside arXiv's number: "arXiv preprint", "arXiv e-prints,", "CoRR, abs/".
_PREPRINT = patterns.compile(r"(?:arxiv(?:\.org)?|corr|e-?prints?|preprints?|abs|\[[\w.-]+\]|[\s,:;/()])*", re.I)
_CORR = patterns.compile(r"(?:arxiv|corr)[,: ]+abs/(?P<number>\d{4}\.\d{4,5})(?:v\d+)?", re.I)
_PATENT = patterns.compile(r"(?:[A-Z]{2} )?Patent(?: App(?:lication|l)?\.?)?\b.*\d", re.I)
_DEGREE = r"(?:Ph\.? ?D\.?|Doctoral|Master(?:['’]?s)?|M\.? ?Sc\.?|Bachelor(?:['’]?s)?|Diploma)"
_THESIS = patterns.compile(rf"(?:{_DEGREE} )?(?:thesis|dissertation)\b[,:]? ?", re.I)


@dataclass(frozen=True, slots=True)
class Appearance:
    """The parts of such a line; what it does not say surely is None.

    `kind` is one of CSL's types where the words say it, and the venue of a thesis its school; `arxiv` is a bare
    number, `note` what is none of the rest.
    """

    venue: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    date: str | None = None
    kind: Literal["preprint", "patent", "thesis"] | None = None
    arxiv: str | None = None
    note: str | None = None


def parse(text: str) -> Appearance:
    """The parts of `text`: a venue with volume, issue and pages, a patent, a thesis, or arXiv, and the date at its end.

    A volume is believed before an issue, before pages, or at the very end; a number that may be a year only before
    an issue. A name that the page cut keeps its "…".
    """
    text = " ".join(text.split())
    dated = _DATED.search(text)
    date = dated["date"] if dated else None
    rest = text[: dated.start()].rstrip(" ,(") if dated else text
    if corr := _CORR.fullmatch(rest):
        return Appearance(date=date, kind="preprint", arxiv=corr["number"])
    found = next((one for one in identifiers.find(rest) if one.kind == "arxiv"), None)
    if found and _PREPRINT.fullmatch(f"{rest[: found.start]} {rest[found.end :]}"):
        return Appearance(date=date, kind="preprint", arxiv=found.value)
    if _PATENT.match(rest):
        return Appearance(date=date, kind="patent", note=rest)
    if thesis := _THESIS.match(rest):
        return Appearance(rest[thesis.end() :].strip(" ,.") or None, date=date, kind="thesis")
    return _venue(rest, date)


# ---------------------------------------------------------------- inside


def _venue(text: str, date: str | None) -> Appearance:
    """A venue's name, and its numbers after it: as Scholar sets them, or with labels."""
    found = _PLACE.search(text)
    if found and not (_IS_YEAR.fullmatch(found["volume"]) and not found["issue"]):
        name = text[: found.start()]
        if _is_name(name) and name[-1] != "," and not _PART.search(name):
            return Appearance(name, found["volume"], found["issue"], found["pages"], date)
    parts = {part.field: part for part in pagination.find(text)}
    first = min((part.start for part in parts.values()), default=0)
    name = text[:first].rstrip(" ,.(:")
    if _is_name(name) and (("volume" in parts and "pages" in parts) or text[first].isalpha()):
        volume, issue, pages = (parts[part].text if part in parts else None for part in ("volume", "issue", "pages"))
        return Appearance(name, volume, issue, pages, date)
    if (found := _PAGES.search(text)) and not _IS_YEAR.fullmatch(found["pages"]) and _is_name(text[: found.start()]):
        return Appearance(text[: found.start()], pages=found["pages"], date=date)
    return Appearance(text.strip(" ,") or None, date=date)


def _is_name(text: str) -> bool:
    return any(map(str.isalpha, text))
