"""What a date says, and nothing that it does not say."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from pydantic import ValidationError

from pubtools import patterns
from pubtools.fields import letters
from pubtools.models import PartialDate


def _numbered(*months: str) -> dict[str, int]:
    return {name: number for number, names in enumerate(months, start=1) for name in names.split()}


_ENGLISH = _numbered(
    "jan january", "feb february", "mar march", "apr april", "may", "jun june",
    "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december",
)  # fmt: skip
# German, French, Spanish, Portuguese, Italian, Dutch and Polish, full and as they are cut; no two differ on a word.
_MONTHS = _ENGLISH | _numbered(
    "januar jänner janvier janv enero ene janeiro gennaio gen januari styczeń stycznia",
    "februar feber février févr fév febrero fevereiro fev febbraio februari luty lutego",
    "märz mrz mär mars marzo março maart mrt marzec marca",
    "avril avr abril abr aprile kwiecień kwietnia",
    "mai mayo maio maggio mag mei maj maja",
    "juni juin junio junho giugno giu czerwiec czerwca",
    "juli juillet juil julio julho luglio lug lipiec lipca",
    "août aout agosto ago augustus sierpień sierpnia",
    "septembre septiembre setembro set settembre sett wrzesień września",
    "oktober okt octobre octubre outubro out ottobre ott październik października",
    "novembre noviembre novembro listopad listopada",
    "dezember dez décembre déc diciembre dic dezembro dicembre december grudzień grudnia",
)


# A month's name as it stands in running text, for patterns of other modules; no group in it.
MONTH = rf"(?:{patterns.in_any_case(_MONTHS)})\b\.?"
# The words that it stands for, in lower case.
MONTH_WORDS = frozenset(_MONTHS)
# The year of a work in running text, for patterns of other modules; what else has four figures is more often a page.
YEAR = r"(?:1[5-9]|20)\d\d"
_YEAR = r"(?P<year>[12][0-9]{3})"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er)?"
_WORD = r"(?P<month>[^\W\d_]{3,12})\.?"

_FORMS = tuple(
    patterns.compile(form, re.IGNORECASE)
    for form in (
        rf"{_YEAR}(?:-(?P<number>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?)?",  # 2024, and ISO 8601: 2024-06, 2024-06-16
        rf"{_YEAR}[a-z]",  # 2024b, the second of a year in a list of references
        rf"{_YEAR}[a-z]?,? {_WORD}(?: {_DAY})?",  # 2010 Mar 18; 2004, May; 2020a, June 15
        rf"{_YEAR}[a-z]?,? {_DAY} {_WORD}",  # 2020b, 15 Haziran
        rf"{_WORD}(?: {_DAY})?(?:(?:, ?| ){_YEAR})?",  # Jun 16, 2022; June 2024; May 19; May
        rf"{_WORD}(?: ?\.)?{_YEAR}",  # Feb1993; Oct .2008: a copy of a PDF file
        # 04.03.2022, 4. 3. 2022: between full stops the day stands first; 03.2010
        rf"(?:(?P<day>[0-9]{{1,2}})\. ?)?(?P<number>[0-9]{{1,2}})\. ?{_YEAR}",
        rf"{_DAY}\.? (?:de |d')?{_WORD}(?:(?:,| de)? {_YEAR})?",  # 16 June 2022; 19 May; 8. Mai 2020; 3 de maio de 2019
    )
)
# A date at the end of a line, whatever stands before it: aggregators glue a subject to it ("LGJun 16, 2022").
_AT_END = patterns.compile(
    rf"(?P<head>.*?)(?P<date>(?:{'|'.join(sorted(_ENGLISH, key=len, reverse=True))})\b\.? {_DAY}(?:(?:, ?| ){_YEAR})?)",
    re.IGNORECASE | re.ASCII,
)
# "September. 16th, 2022" is the longest.
_LONGEST_DATE = 24


# The dates of a page are of a few years.
@lru_cache(maxsize=4096)
def parse(text: str) -> PartialDate | None:
    """The date written in `text`, with no part invented.

    Accepts `Jun 16, 2022`, `16 June 2022`, `May 19` (year None), `June 2024`, `2024-06-16`, `2024-06`, `2024`,
    `2024b`, `2010 Mar 18`, `8. Mai 2020`, `04.03.2022`; months in eight languages.
    Months 1-12. None when the text is not wholly a date that exists; never raises.
    """
    text = text.strip()
    for form in _FORMS:
        if found := form.fullmatch(text):
            parts = found.groupdict()
            month = parts.get("number") or _MONTHS.get((parts.get("month") or "").lower())
            if parts.get("month") and month is None:
                return None  # a word that is no month
            try:
                return PartialDate(
                    year=int(parts["year"]) if parts.get("year") else None,
                    month=int(month) if month else None,
                    day=int(parts["day"]) if parts.get("day") else None,
                )
            except ValidationError:
                return None
    return None


def holds_month(text: str) -> bool:
    """Whether a word of `text` is the name of a month: cheaper to see than what `MONTH` matches."""
    return not MONTH_WORDS.isdisjoint(letters.words(text))


def cut_from_end(line: str) -> tuple[str, str] | None:
    """What stands before a day of the year at the end of `line`, and that date: `LGMay 19` gives (`LG`, `May 19`)."""
    if not line[-1:].isdigit() or " " not in line:
        return None  # most lines: no need to search them
    start = max(0, len(line) - _LONGEST_DATE)
    found = _AT_END.fullmatch(line, start)
    return (line[:start] + found["head"], found["date"]) if found else None


def with_year(partial: PartialDate, as_of: date) -> PartialDate:
    """`partial` with the latest year in which it is not after `as_of`, marked inferred; unchanged if it has a year.

    Pages hide the current year, so `as_of` is the day the page was saved. Never the wall clock: the same command
    must mean the same next January.
    """
    if partial.year is not None or partial.month is None:
        return partial
    later = (partial.month, partial.day or 1) > (as_of.month, as_of.day)
    year = as_of.year - later
    if (partial.month, partial.day) == (2, 29):
        while year % 4 or (year % 100 == 0 and year % 400):
            year -= 1
    return PartialDate(year=year, month=partial.month, day=partial.day, inferred=True)
