"""How sure the best way to read an entry is, and which of its fields are a guess and why.

A guess is told, never hidden: `certainty` speaks of title and authors, and is 1 where nothing is a guess.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from pubtools import patterns
from pubtools.fields import authors, venues
from pubtools.fields.lexicon import GIVEN, VENUE_ABBREVIATIONS, VENUE_WORDS
from pubtools.layouts.freeform._looks import REST_OF_YEAR
from pubtools.layouts.freeform._ways import QUOTED, SURELY, Way, sure

# No reading of a text with misplaced spaces is surer, and none with what `_title_doubts` or `_oddities` says.
_NOISY, _DOUBTED, _ODD = 0.55, 0.4, 0.75


def of(
    ways: Sequence[Way], found: Mapping[str, str], rest: str, *, named: bool, noisy: bool
) -> tuple[float, list[tuple[str, str]]]:
    """How sure the best of `ways` is in [0, 1], and the fields `found` by it that are a guess, each with why.

    `rest` is what follows the title; `named` says that the authors were found behind a mere "with", and `noisy` that
    the text has spaces where none belong.
    """
    known = certainty(ways)
    guesses = [("title", doubt) for doubt in _title_doubts(found)]
    if guesses:
        known = min(known, _DOUBTED)
    guesses += _oddities(found, rest)
    if ways[0].style == QUOTED:
        guesses.append(("authors", "what stands before the title in quotes may name them"))
    odd = {field for field, _ in guesses} | ({"authors"} if named else set())
    if odd:
        known = min(known, _DOUBTED if odd >= {"title", "authors"} else _ODD)
    if known < SURELY and not odd:
        guesses.append(("title", "the text can be read in another way nearly as well"))
    if noisy:
        known = min(known, _NOISY)
        guesses.append(("title", "spaces are lost or misplaced in the text, as in a bad copy of a PDF file"))
    return (known if guesses or named else 1.0), guesses


def _oddities(found: Mapping[str, str], rest: str) -> Iterator[tuple[str, str]]:
    """Which fields have a value that such a field hardly ever has, and why, after what follows the title."""
    title, year = found["title"], found.get("date", "")[-4:]
    is_ascii = title.isascii()
    last = title.rpartition(", ")[2].lower()
    if _ODD_TITLE.match(title) or not any(map(str.isalpha, title)):
        yield "title", "no title begins so"
    elif _ODD_END.search(title) or (last in VENUE_ABBREVIATIONS and last not in VENUE_WORDS and last != title.lower()):
        yield "title", "no title ends so"
    elif not year and _YEARS.search(title):
        yield "title", "it holds a year, and nothing else does"
    elif title.count('"') % 2 or (not is_ascii and any(title.count(mark) != title.count(end) for mark, end in _QUOTES)):
        yield "title", "a quotation mark in it has no other"
    elif (not is_ascii and _BETWEEN_NAMES.search(title)) or ("; " in title and authors.likeness(title) > 0.4):
        yield "title", "it holds names"
    people = found.get("authors", "")
    if _ODD_NAME.search(people.rstrip(";")):
        yield "authors", "one of the names may be more than a name"
    elif (two := _TWO.fullmatch(people)) and two[1].title() not in GIVEN:
        yield "authors", "it may be a name or two bodies"
    if venue := found.get("venue"):
        likely = max(0.45, venues.likeness(venue))
        listed = venue.count(", ") > 1
        named = (listed or "volume" not in found) and " " in venue and likely < 0.7 and authors.likeness(venue) > likely
        if named and listed and people:
            yield "authors", "the list may go on where the venue is read"
        is_odd = _ODD_BEGINNING.match(venue) or _ODD_VENUE.search(venue) or _SMALL_AT_END.search(venue, len(venue) - 3)
        if is_odd or venue.count("(") != venue.count(")") or named:
            yield "venue", "no venue is called so"
        elif (at := rest.find(venue)) >= 0 and _EDITED.match(rest, at + len(venue)):
            yield "venue", "it is called an editor"
    pages = found.get("pages")
    if pages and pages == year:
        yield "pages", "they are the year"
    if found.get("volume") == year and year and "issue" not in found:
        yield "volume", "it is the year"
    if "note" not in found and len(set(_YEARS.findall(rest)) | ({year} if year.isdigit() else set())) > 1:
        yield "date", "the text has more than one year"


_ODD_TITLE = patterns.compile(
    r"[A-Z]{2,4}\d{5,} |\d{1,2} [A-Z][a-z]{2,8}\.? (?:19|20)\d\d\b"
    r"|[(\[][^)\]]*[)\]](?:\s|$)|(?:and|with|et|und|by|&) |\d(?:st|nd|rd|th), |[a-z]{3,}[ ,](?=[A-Z])"
    r"|[A-Z]\.[ -]?[A-Z]\w*[., ]|[A-Z], |[A-Z]\S{2,30} [A-Z]{1,2}\. |[–—-]"
    r"|[A-Z][\w-]{1,30}, (?:[A-Z][\w-]{1,30} [A-Z]{1,3}, ){2}"
)
# "On looms, trad. fr. | par Ada Lovelace", "On looms (abstract). Loom Days", "On looms 2016-2017, LOOM-PUB-2016-002"
_ODD_END = patterns.compile(
    r"[,.(\[](?:(?<!\[) ?(?i:trad|trans(?:l|lated)?|tr|übers|ed(?:ited)?|hrsg|hg)\b[^,;]{0,6}$"
    r"|(?<=[(\[])(?i:(?:extended )?abstract)[)\]]\.|(?<=,) [A-Z]{2,10}(?:-[A-Z\d]{1,10}){1,5}$)"
)
# Each begins with a set of characters: those are found many times as fast as anything else.
_ODD_NAME = patterns.compile(
    r"[.,\d'’](?:(?<=\.) [A-Z][a-z]{3,}\.? [A-Z]|(?<=\d)(?!nd|rd|th)|(?<=[.,]) (?:The|A|On|In|An) |(?<=[a-z]['’])s\b)"
)
# "OECD, UNDP;", "LOVELACE, ADA;"
_TWO = patterns.compile(r"[A-Z]{2,8}, ([A-Z]{3,8});")
# Names, and not of a book: "A. Lovelace (Eds.)", "A. Lovelace, editors, Looms"; but "Looms, ed. by A. Lovelace".
_EDITED = patterns.compile(r" ?\((?:[Ee]ds?|[Ee]ditors?|[Hh]rsgg?|[Hh]gg?)\.?\)|, ?(?:editors?|eds?\.)[,:.] ")
_ODD_VENUE = patterns.compile(
    r"[†‡·“”「『\"#{}\d,.(](?:(?<![\d,.(])|(?<=[a-z]{3}\d)|(?<=\s\.)\d|(?<=,) (?:in: |[A-Z]\. ?[A-Z][a-z]+,"
    r"|[^\W\d_][\w'’-]+ [A-Z]{1,2}\.?, )"
    r"|(?<=\()[Ee]ds?d?s?\.?\))"
)
_ODD_BEGINNING = patterns.compile(r"[=(\d&]|Unpublished$|(?:for|at|by|with) |trans\.|[Vv]ol\b|[A-Z]\. ?[A-Z][a-z]+,")
_SMALL_AT_END = patterns.compile(r"\b(?:of|the|on|and|in|for)$")
_QUOTES = (("“", "”"), ("«", "»"))
_BETWEEN_NAMES = patterns.compile("[†‡·￼]")
_YEARS = patterns.compile(rf"[12](?<![\w.:/–-][12]){REST_OF_YEAR}(?![\w–/-]|\.\d)")


def _title_doubts(found: Mapping[str, str]) -> Iterator[str]:
    """Why what was cut as the title may be none, by what else was found and what was not."""
    if len(found) == 1:
        yield "nothing but a title was found"
    if _IN_VENUE.match(found["title"]):
        yield "it says where a work appeared"
    if "venue" not in found and ("volume" in found or "pages" in found) and venues.likeness(found["title"]) > 0.6:
        yield "it looks like the name of a journal or a series"


# "Lovelace A., 2015, in Proc. of the 34th Loom Days": works are cited so without their titles.
_IN_VENUE = patterns.compile(r"in ?[A-Z]|In (?:Proc|Proceedings|Abstracts|Actes|Atti)\b")


def certainty(ways: Sequence[Way]) -> float:
    """How sure the best way is, in [0, 1]: by its score, and its distance from the first that says something else."""
    best = ways[0]
    rival = next((one for one in ways[1:] if not _says_the_same(one, best)), None)
    return sure(best.score, best.score - rival.score if rival else math.inf)


def _says_the_same(one: Way, other: Way) -> bool:
    """Whether two ways differ in nothing but whether the full stop belongs to the title."""
    near = one.title[0] == other.title[0] and abs(one.title[1] - other.title[1]) <= 1
    return near and one.people == other.people
