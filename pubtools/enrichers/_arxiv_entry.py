"""What one record of arXiv says, whether a feed or a bulk file gave it: the same facts either way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from pubtools.enrichers import Candidate
from pubtools.fields import appearances, identifiers, journal_refs, subjects
from pubtools.models import Authors, Facts, Hint, Name, PartialDate, Prose

# arXiv's own DOIs at DataCite: they name the preprint, which `Facts.arxiv` does already.
_OWN_DOIS = "10.48550/"
# Unicode's control characters, and those that turn the direction of writing round: nothing to read in them.
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """The strings of one record; "" and () where it says nothing. The first category is the primary one.

    `published` is the day of v1 and `updated` that of the version shown (arXiv API manual 3.3.2.1).
    """

    id: str
    title: str
    authors: Sequence[Name] = ()
    published: str = ""
    updated: str = ""
    dois: Sequence[str] = ()
    categories: Sequence[str] = ()
    abstract: str = ""
    comment: str = ""
    journal_ref: str = ""


def fold(text: str) -> str:
    """`text` on one line, with single spaces and without control characters; TeX stays."""
    return " ".join(_UNSEEN.sub("", text).split())


def candidate(entry: Entry) -> Candidate | None:
    """The record as a candidate; None without an arXiv number or a title (old feeds give such for unknown ids)."""
    number = identifiers.arxiv(fold(entry.id))
    title = fold(entry.title)
    if number is None or not title:
        return None
    dois = list(_publishers_dois(entry.dois))
    abstract, comment, journal_ref = (fold(text) for text in (entry.abstract, entry.comment, entry.journal_ref))
    venue = journal_refs.parse(journal_ref)
    day = _day(entry.published)
    facts = Facts(
        title=title,
        authors=Authors(names=tuple(entry.authors), complete=True) if entry.authors else None,
        date=PartialDate(year=day.year, month=day.month, day=day.day) if day else None,
        kind=venue.kind if venue else "preprint",
        venue=venue,
        # A reference that is read whole is more than a hint.
        hints=tuple(_hints("" if venue else journal_ref, comment)),
        arxiv=number,
        doi=dois[0] if dois else None,
        urls=tuple(f"https://doi.org/{quote(doi, safe='/:;()')}" for doi in dois[1:]),
        subjects=_categories(entry.categories),
        abstract=Prose(text=abstract) if abstract else None,
        journal_ref=journal_ref or None,
        note=comment or None,
    )
    locator = number.number + (f"v{number.version}" if number.version else "")
    return Candidate(locator, facts, updated=_day(entry.updated))


# ---------------------------------------------------------------- inside


def _publishers_dois(texts: Iterable[str]) -> Iterator[str]:
    """The publishers' DOIs, bare, each once. New feeds give one an element, dumps several in one string."""
    found: dict[str, None] = {}
    for text in texts:
        for word in re.split(r"[\s,;]+(?=10\.|doi:|https?:|$)", fold(text), flags=re.IGNORECASE):
            doi = identifiers.doi(word)
            if doi and not doi.endswith("/") and not doi.startswith(_OWN_DOIS):
                found[doi] = None
    return iter(found)


def _categories(terms: Iterable[str]) -> tuple[str, ...]:
    """The arXiv categories among `terms`, under the taxonomy's first name; ACM and MSC classes are none."""
    kept: dict[str, None] = {}
    for term in map(fold, terms):
        if term in subjects.ARCHIVES:
            kept[term] = None  # before 2009 astro-ph had no parts
        elif "." in term:
            kept.update(dict.fromkeys(subjects.categories(term)))
    return tuple(kept)


def _hints(journal_ref: str, comment: str) -> Iterator[Hint]:
    if journal_ref and (venue := appearances.of_reference(journal_ref)):
        yield Hint(text=journal_ref, venue=venue)
    if comment and (said := appearances.of_comment(comment)):
        yield Hint(text=comment, venue=said[0], note=said[1])


def _day(text: str) -> date | None:
    """The day of an ISO 8601 time, or of `Mon, 11 Jan 2021 20:31:27 GMT`, in UTC as arXiv counts days."""
    stripped = text.strip()
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(stripped)
            day = (moment.astimezone(UTC) if moment.tzinfo else moment).date()
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        return day if day.year >= 1000 else None
    return None
