"""From what a layout cut out to what the page says: each string goes to the recogniser of its kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pubtools.fields import csl, dates, identifiers, names, prose, subjects, titles, venues
from pubtools.models import Hint, NewsItem, PartialDate, RawEntry, Reading, Sighting, Source
from pubtools.page import ranges
from pubtools.problems import Problem, Where

# A page is second-hand: its owner, or a machine, wrote down what the paper itself and its registry know first.
PROFILE_TRUST = 50
# An entry whose title and authors are less sure than this is reported and left out: a wrong fact is worse than a
# missing one.
CERTAIN = 0.5
# Fields with a name in the plural.
_MANY = frozenset(("authors", "editors", "pages"))
# The parts of a venue as CSL's variables have them.
_CSL_NAMES = {"volume": "volume", "issue": "issue", "pages": "page", "publisher": "publisher"}
# What is said of the work itself, by CSL's names.
_OF_WORK = ("edition", "version", "genre", "number")


def from_reading(
    reading: Reading, locator: str, as_of: date | None = None, *, keep_doubtful: bool = False
) -> tuple[tuple[Sighting, ...], tuple[Problem, ...]]:
    """The sightings of a page and the doubts about it, both in the order of the page.

    `as_of`, the day the page was saved, gives dates without a year their year; without it they stay as they are.
    Entries below `CERTAIN` are left out, unless `keep_doubtful`.
    """
    source = Source(kind="profile", locator=locator, trust=PROFILE_TRUST)
    problems = list(_of_the_page(reading, locator))
    hints: dict[int, list[Hint]] = {}
    for item in reading.news:
        hint = _hint(item)
        if hint is None:
            continue
        index = _subject_of(item, reading.entries)
        if index is None:
            message = f"news of {hint.venue.name} fits no listed paper clearly: {_short(item.text.text)!r}"
            problems.append(Problem("L04", message, Where(locator, item.text.line)))
        else:
            hints.setdefault(index, []).append(hint)
    sightings = []
    for index, entry in enumerate(reading.entries):
        if entry.certainty < CERTAIN and not keep_doubtful:
            why = "; ".join(guess.reason for guess in entry.guesses) or "title and authors are not clear"
            message = f"left out as doubtful ({why}): {_short(entry.title.text)!r} (--keep-doubtful keeps it)"
            problems.append(Problem("L06", message, Where(locator, entry.lines[0])))
            continue
        sighting, doubts = from_entry(entry, source, as_of, tuple(hints.get(index, ())))
        sightings.append(sighting)
        problems += doubts
    return tuple(sightings), tuple(problems)


def from_entry(
    entry: RawEntry, source: Source, as_of: date | None = None, hints: tuple[Hint, ...] = ()
) -> tuple[Sighting, list[Problem]]:
    """What one entry says, and the doubts about it. What cannot be read is reported, never guessed."""
    facts: dict[str, Any] = {"title": entry.title.text, "hints": hints}
    at = {"title": entry.title.line}
    problems = []

    def doubt(code: str, message: str, line: int) -> None:
        problems.append(Problem(code, message, Where(source.locator, line)))

    for guess in entry.guesses:
        said = f"the {guess.field} {'are' if guess.field in _MANY else 'is'} a guess: {guess.reason}"
        doubt("L05", said, guess.line)
    if entry.authors:
        facts["authors"] = names.parse_list(entry.authors.text)
        at["authors"] = entry.authors.line
        if facts["authors"] is None or not facts["authors"].complete:
            doubt("N01", f"author list is cut: {_short(entry.authors.text)!r}", entry.authors.line)
    if entry.affiliations:
        facts["affiliations"] = tuple(part.strip() for part in entry.affiliations.text.split(",") if part.strip())
        at["affiliations"] = entry.affiliations.line
    if entry.date:
        facts["date"] = _date(entry.date.text, as_of)
        at["date"] = entry.date.line
        if facts["date"] is None:
            doubt("D02", f"cannot read the date {entry.date.text!r}", entry.date.line)
        elif facts["date"].year is None:
            doubt("D01", f"date has no year: {entry.date.text!r} (give --as-of)", entry.date.line)
    if entry.subject:
        meant = subjects.categories(entry.subject.text)
        facts["subjects"] = tuple(meant) if len(meant) == 1 else (entry.subject.text,)
        at["subjects"] = entry.subject.line
        if len(meant) != 1:
            said = " or ".join(sorted(meant)) or "no arXiv category"
            doubt("S01", f"subject {entry.subject.text!r} is {said}, kept as it is", entry.subject.line)
    if entry.abstract:
        facts["abstract"] = prose.parse(entry.abstract.text)
        at["abstract"] = entry.abstract.line
    for link in entry.links:
        # The first of its kind is the work's own; those of an erratum, a comment, a data set follow.
        if number := identifiers.arxiv(link.text):
            facts.setdefault(field := "arxiv", number)
        elif doi := identifiers.doi(link.text):
            facts.setdefault(field := "doi", doi)
        else:
            facts["urls"], field = (*facts.get("urls", ()), link.text), "urls"
        at.setdefault(field, link.line)
    # The venue of a book is who published it.
    place = entry.venue or (entry.publisher if entry.kind and csl.VENUES.get(entry.kind) == "publisher" else None)
    if place:
        venue = {"name": place.text, "kind": entry.kind}
        for part in ("volume", "issue", "pages", "publisher"):
            if (snippet := getattr(entry, part)) and snippet is not place:
                venue[part] = snippet.text
        facts["venue"], at["venue"] = venue, place.line
    # Without a venue to belong to, its parts are said of the work itself.
    own = _OF_WORK if place else (*_CSL_NAMES, *_OF_WORK)
    facts["details"] = {_CSL_NAMES.get(part, part): said.text for part in own if (said := getattr(entry, part))}
    if entry.editors and (editors := names.parse_list(entry.editors.text)):
        facts["contributors"], at["contributors"] = {"editor": editors}, entry.editors.line
    for plain in ("status", "note"):
        if snippet := getattr(entry, plain):
            facts[plain], at[plain] = snippet.text, snippet.line
    facts["kind"] = entry.kind
    if hints and hints[0].line:
        at["hints"] = hints[0].line
    stated = {field: value for field, value in facts.items() if value}
    lines = {field: line for field, line in at.items() if field in stated}
    said_of = {"source": source, "facts": stated, "lines": entry.lines, "at": lines}
    return Sighting.model_validate(said_of), problems


# ---------------------------------------------------------------- inside


def _of_the_page(reading: Reading, locator: str) -> Iterator[Problem]:
    if reading.declared and reading.declared.count != len(reading.entries):
        message = f"the page declares {reading.declared.count} entries, {len(reading.entries)} were read"
        yield Problem("L02", message, Where(locator, reading.declared.line))
    for refusal in reading.refused:
        yield Problem("L03", f"not a publication: {refusal.reason}", Where(locator, refusal.lines[0]))
    if reading.unread:
        lines = ranges(reading.unread)
        yield Problem("L01", f"unread lines: {lines}", Where(locator, reading.unread[0]))


def _date(text: str, as_of: date | None) -> PartialDate | None:
    parsed = dates.parse(text)
    return dates.with_year(parsed, as_of) if parsed and as_of else parsed


def _hint(item: NewsItem) -> Hint | None:
    accepted = venues.acceptance(item.text.text)
    if accepted is None:
        return None
    venue, note = accepted
    when = dates.parse(item.date.text) if item.date else None
    return Hint(text=item.text.text, venue=venue, note=note, date=when, line=item.text.line)


def _subject_of(item: NewsItem, entries: Sequence[RawEntry]) -> int | None:
    """The index of the one entry of the page that a news item speaks of; None when none or more than one may be meant.

    The words that the item has between "paper" and "accepted" must mostly stand in the title, two at least, and in
    no other title as well as that.
    """
    wanted = titles.topic_words(venues.topic(item.text.text))
    if not wanted:
        return None
    found = [wanted & titles.topic_words(entry.title.text) for entry in entries]
    best = max(range(len(found)), key=lambda index: len(found[index]), default=None)
    if best is None or len(found[best]) < 2 or len(found[best]) * 2 < len(wanted):
        return None
    rivals = [index for index in range(len(found)) if index != best and len(found[index]) * 2 >= len(wanted)]
    return None if any(len(found[index]) == len(found[best]) for index in rivals) else best


def _short(text: str) -> str:
    return text if len(text) <= 80 else text[:77].rstrip() + "..."
