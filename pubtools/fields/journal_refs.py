"""What a journal reference says as a whole: name, volume, pages and year of an article in a journal."""

from __future__ import annotations

import re

from pubtools import patterns
from pubtools.models import Venue

# Longer names are sentences.
MOST_WORDS = 9
_NAME = r"(?P<name>[^\W\d_][^\d:;()\[\]\"]{2,100}?),?\s*"
_VOLUME = r"(?:,?\s*vol(?:ume)?\b\.?\s*)?(?P<volume>\d{1,4})"
_ISSUE = r"(?:\s*\(\s*(?P<issue>\d{1,3})\s*\)|,?\s*(?:no|issue|number)\b\.?\s*(?P<number>\d{1,3}))?"
_PAGES = (
    r"(?:(?:pp?|pages?|art(?:icle)?(?:\s+(?:no|id|number))?)\b\.?\s*)?"
    r"(?P<pages>[A-Za-z]{0,3}\d{1,8}(?:\s?[-\u2013\u2014]{1,3}\s?[A-Za-z]{0,2}\d{1,8})?)"
)
_MONTH = (
    r"(?:(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?\s+)?"
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
# In brackets, or after a comma.
_WHEN = rf"\s*[(,]\s*{_MONTH}{_YEAR}\s*\)?"
_FORMS = tuple(
    patterns.compile(rf"{form}\.?", re.IGNORECASE)
    for form in (
        # "Phys. Rev. D 103, 096005 (2021)", "Phys.Lett.B573:94-100,2003", "Science 2(12), 52-60, 2013"
        rf"{_NAME}{_VOLUME}{_ISSUE}\s*[,:]?\s*{_PAGES}{_WHEN}",
        # "Eur.Phys.J. C31 (2003) 17-29", "Harmonic Analysis, Volume 36, Issue 1, January 2014, Pages 79-107"
        rf"{_NAME}{_VOLUME}{_ISSUE}{_WHEN}\s*[,:]?\s*{_PAGES}",
        # "J. Stat. Mech. (2019) 124018"
        rf"{_NAME}\({_YEAR}\)\s*[,:]?\s*{_PAGES}",
    )
)
# Words of a book, of a meeting, and of a paper that is not there yet.
_NO_JOURNAL = patterns.compile(
    r"\b(?:proc|proceedings|conf|conference|workshop|symposium|congress|meeting|advances in|lect|lecture|lncs|lipics|"
    r"eptcs|chapter|book|edited|eds?|thesis|dissertation|report|arxiv|preprint|submitted|accepted|appear|press|"
    r"erratum|see|in)\b",
    re.IGNORECASE,
)
# What a journal's name has in small letters.
_SMALL = frozenset("a and at de der des di du e el et for für in la le of on the to und y".split())


def parse(text: str) -> Venue | None:
    """The article's venue where `text` is wholly a reference to a journal; None for anything that it might not be.

    Name, year and pages (or the article's number) must be there, and a volume unless the year is in brackets in its
    place. Meetings and books are left alone: their references have no form that tells name from place.
    Forms seen in: journal references of arXiv's API and of INSPIRE.
    """
    folded = " ".join(text.split())
    for form in _FORMS:
        found = form.fullmatch(folded)
        if found is None:
            continue
        parts = found.groupdict()
        year, volume = parts["year"], parts.get("volume")
        if not _is_journal(parts["name"]) or (volume and _is_a_year(volume) and volume != year):
            return None
        return Venue(
            name=_spaced(parts["name"]),
            kind="article-journal",
            year=int(year),
            volume=volume,
            issue=parts.get("issue") or parts.get("number"),
            pages=re.sub(r"\s?[-\u2013\u2014]{1,3}\s?", "-", parts["pages"]),
        )
    return None


# ---------------------------------------------------------------- inside


def _is_journal(name: str) -> bool:
    """Whether `name` is capitalised as a journal's is, and no list of authors or title before one."""
    words = re.findall(r"[^\W\d_]+", name)
    return (
        "," not in name
        and not _NO_JOURNAL.match(name)
        and not _NO_JOURNAL.search(name.partition(" in ")[0])
        and 0 < len(words) <= MOST_WORDS
        and sum(map(len, words)) >= 3
        and all(word[0].isupper() or word in _SMALL for word in words)
    )


def _is_a_year(volume: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", volume) is not None


def _spaced(name: str) -> str:
    """INSPIRE's "Phys.Lett.B" with the spaces that a list has."""
    return re.sub(r"\.(?=[^\W\d_])", ". ", name.strip().rstrip(","))
