"""What `date`, `year`, `month` and `day` say, and what of it no date can hold."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import lru_cache

from pydantic import ValidationError

from pubtools import latex, patterns
from pubtools.bibfile import MONTHS, Field
from pubtools.fields import dates
from pubtools.models import PartialDate

# What people write for a year that is yet to come, and CSL's word for it.
STATUSES = {
    "accepted": "accepted", "forthcoming": "forthcoming", "in preparation": "in preparation", "in press": "in press",
    "in the press": "in press", "in-press": "in press", "inpress": "in press", "submitted": "submitted",
    "to appear": "forthcoming", "under review": "submitted", "inpreparation": "in preparation",
}  # fmt: skip

_ISO = patterns.compile(r"([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?")
# A year that is certain in what says more: "1999a", "[1999]", "1999/2000", "2024-06-03T12:00", "2024-21" (a spring).
_BEGINS = patterns.compile(r"[(\[]?([1-9]\d{3})(?:-(0[1-9]|1[0-2])(?![\d])(?:-(\d\d)(?!\d))?)?(?![\dXu])[^?~%]*")
_YEAR = patterns.compile(r"[1-9]\d{3}")
_MACROS = {name: number for number, name in enumerate(MONTHS, start=1)}


def status(text: str) -> str | None:
    """The status that `text` wholly is ("In press.", "to appear"); None for anything else."""
    return STATUSES.get(text.casefold().rstrip(".").strip())


def take(fields: MutableMapping[str, Field]) -> tuple[PartialDate | None, str | None, int]:
    """The date that `fields` say, a status that stands in its place, and the line; what it holds is taken out.

    What says more than a date can hold, or nothing that is one, stays: "1999/2000" gives its first year, and stays.
    """
    said = None
    if field := fields.get("date"):
        date, said = _of_date(field, fields)
        if date or "year" not in fields:
            return date, said, field.line
    if field := fields.get("year"):
        date, other = _of_year(field, fields)
        return date, said or other, field.line
    return None, None, 0


# ---------------------------------------------------------------- inside


def _of_date(field: Field, fields: MutableMapping[str, Field]) -> tuple[PartialDate | None, str | None]:
    text = latex.decode(field.value)
    if said := status(text):
        del fields["date"]
        return None, said
    date = _whole(text)
    if date is None or date.year is None:
        return _beginning(text), None
    del fields["date"]
    if (other := fields.get("year")) and other.value.strip() == str(date.year):
        del fields["year"]
    return _completed(date, fields), None


def _of_year(field: Field, fields: MutableMapping[str, Field]) -> tuple[PartialDate | None, str | None]:
    text = field.value.strip()
    if not _YEAR.fullmatch(text):
        text = latex.decode(text)
        if said := status(text):
            del fields["year"]
            return None, said
    date = _whole(text)
    if date is None or date.year is None:
        return _beginning(text), None
    del fields["year"]
    return _completed(date, fields), None


def _completed(date: PartialDate, fields: MutableMapping[str, Field]) -> PartialDate:
    """`date` with the month and the day that stand beside it, as far as it has none."""
    if date.month or not (field := fields.get("month")) or not (said := _month(field.macro or field.value)):
        return date
    month, day = said
    del fields["month"]
    if day is None and (other := fields.get("day")):
        day = other.value.strip()
        if day.isdecimal() and _date(str(date.year), str(month), day):
            del fields["day"]
    return (_date(str(date.year), str(month), day) if day else None) or _date(str(date.year), str(month)) or date


@lru_cache(maxsize=4096)
def _month(text: str) -> tuple[int, str | None] | None:
    """The month as a number, and the day where it stands with it ("3 June"); None for what is no month."""
    if text in _MACROS:
        return _MACROS[text], None
    text = latex.decode(text).strip(" .")
    if text.isdecimal():
        return (int(text), None) if 1 <= int(text) <= 12 else None
    date = dates.parse(text)
    if date is None or date.month is None or date.year is not None:
        return None
    return date.month, str(date.day) if date.day else None


@lru_cache(maxsize=4096)
def _whole(text: str) -> PartialDate | None:
    found = _ISO.fullmatch(text)
    return _date(*found.groups()) if found else dates.parse(text)


def _beginning(text: str) -> PartialDate | None:
    found = _BEGINS.fullmatch(text)
    return (_date(*found.groups()) or _date(found[1])) if found else None


@lru_cache(maxsize=4096)
def _date(year: str, month: str | None = None, day: str | None = None) -> PartialDate | None:
    try:
        return PartialDate(year=int(year), month=int(month) if month else None, day=int(day) if day else None)
    except (ValidationError, ValueError):
        return None
