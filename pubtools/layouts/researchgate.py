"""The research items of a profile on ResearchGate, copied as text.

    Publications (49)
    Quiet cements for wet walls            the title …
    Article                                … its type, and below it or beside it what else is known:
    Full-text available                    whether there is a file,
    Mar 2022 · Journal of Slow Concrete    when, and at times where it appeared,
    21 Reads                               how often it was read
    Farid Benali                           the authors, one a line,
    [...]                                  of whom some may be left out
    Peter Auer
    Walls take up water where they …       the abstract
    View                                   buttons

Types of items: https://explore.researchgate.net/display/support/Research (adding research).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pubtools import patterns
from pubtools.fields import dates, names, prose, venues
from pubtools.models import Declared, Guess, Kind, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Page, left_over, once

# The types that an item has, by what they are for CSL.
_KINDS: dict[Kind | None, str] = {
    "article-journal": "article|literature review",
    "book": "book",
    "chapter": "chapter",
    "dataset": "data|dataset|raw data",
    "paper-conference": "conference paper|poster|conference proceedings",
    "patent": "patent",
    "preprint": "preprint|working paper",
    "report": "technical report|research proposal",
    "software": "code",
    "speech": "presentation",
    "thesis": "thesis",
    None: "cover page|experiment findings|method|negative results|research",
}
_KIND = {said: kind for kind, words in _KINDS.items() for said in words.split("|")}
_DATE = patterns.compile(rf"(?:{dates.MONTH} )?(?:1[5-9]|20)\d\d")
_FILE = patterns.compile(r"(?:no )?(?:full-?text|file|preprint|linked data)(?: available)?", re.I)
_COUNT = patterns.compile(r"[\d.,]{1,9}k?(?: (?:reads?|citations?|recommendations?))?|reads?|citations?", re.I)
_IDENTIFIER = patterns.compile(r"(?P<label>DOI|arXiv|ISBN|ISSN|PMID): ?(?P<said>\S+)", re.I)
_BUTTON = patterns.compile(
    r"view(?: full-text| access options| all)?|(?:show|hide) abstract|(?:read|request|download) full-text"
    r"|download(?: file)?|read more|more|share|save|follow(?:ing)?|recommend(?:ed)?|cite|source|edit|comment",
    re.I,
)
_LEFT_OUT = patterns.compile(r"\[? ?(?:\.\.\.|…) ?\]?|\+ ?\d+|(?:and )?\d+ (?:more|others)")
# What stands between items and beside a profile: tabs, counters.
_FURNITURE = patterns.compile(
    r"\W*|publications|about|home|questions|jobs|introduction|network|cited(?: by)?|followers|following|overview|stats"
    r"|research(?: items?| interest(?: score)?)?|profile|projects|top co-authors|skills and expertise|join for free"
    r"|log ?in|advertisement|recommended publications|researchgate|citations \(\d+\)"
    r"|[\d.,]{1,9}k?(?: .{0,20})?|reads?|citations?",
    re.I,
)
_DECLARED = patterns.compile(r"(?:Publications|Research(?: items)?) ?\((?P<count>[\d,]{1,7})\)", re.I)
# What the site alone prints.
_SIGNS = ("ResearchGate", "ull-text available", "how abstract", "equest full-text")
_PARTS = patterns.compile(r" ?[·•] ?")
_DOTS = ("·", "•", ",")
_OWNER = patterns.compile(r"(.{3,80}?)(?:['’]s? (?:research|publications|\d+ research works)\b.*)?")
# So many lines say what an item is, at most; so many words has a name or a journal's.
_LONGEST_HEAD, _LONGEST_NAME, _LONGEST_PLACE = 12, 7, 14


@dataclass(slots=True)
class _Item:
    """One item: its title, what the lines right below it say, its authors, its abstract, and its last line."""

    title: Line
    last: int
    kind: Kind | None = None
    date: Snippet | None = None
    venue: Snippet | None = None
    links: list[Snippet] = field(default_factory=list)
    people: list[Line] = field(default_factory=list)
    abstract: list[Line] = field(default_factory=list)


def fits(page: Page) -> bool:
    """Whether an item stands on a page with words that this site alone has."""
    return any(sign in page.text for sign in _SIGNS) and bool(_items(page)[0])


def read(page: Page) -> Reading:
    """The items of the page, whose profile it is, and how many items the page says it has."""
    items, left = _items(page)
    owner = _owner(left, items)
    found = ((line, said) for line in left if (said := _DECLARED.fullmatch(line.text)))
    declared = next(
        (Declared(count=int(said["count"].replace(",", "")), line=line.number) for line, said in found), None
    )
    known = {one.line for one in (owner, declared) if one}
    unread = left_over(left, known, _is_furniture)
    return Reading.of(map(_entry, items), owner=owner, declared=declared, unread=unread)


# ---------------------------------------------------------------- inside


@once
def _items(page: Page) -> tuple[list[_Item], list[Line]]:
    """The items of the page, and the lines that stand in none."""
    lines = [line for line in page.filled() if line.text not in _DOTS]
    starts: list[int] = []
    heads: list[tuple[_Item, int]] = []
    at = 1
    while at < len(lines):
        head = None if _is_furniture(lines[at - 1].text) else _head(lines, at)
        if head:
            starts.append(at - 1)
            heads.append(head)
        at = head[1] if head else at + 1
    items = [
        _filled(item, lines[end:stop])
        for (item, end), (_, stop) in zip(heads, pairwise([*starts, len(lines)]), strict=True)
    ]
    _part_places(items)
    inside = {number for item in items for number in range(item.title.number, item.last + 1)}
    return items, [line for line in lines if line.number not in inside]


def _head(lines: Sequence[Line], at: int) -> tuple[_Item, int] | None:
    """The item that the lines from index `at` on are the head of, and the index behind it; None where they are none.

    They say at least what it is and when it appeared.
    """
    item = _Item(lines[at - 1], 0)
    typed = False
    for index in range(at, min(at + _LONGEST_HEAD, len(lines))):
        line = lines[index]
        parts = [part for part in _PARTS.split(line.text) if part]
        others = [part for part in parts if not _is_told(part)]
        if len(others) == len(parts) > 0 or len(others) > 1:
            return (item, index) if typed and item.date else None
        for part in parts:
            if not typed and part.lower() in _KIND:
                typed, item.kind = True, _KIND[part.lower()]
            elif item.date is None and _DATE.fullmatch(part):
                item.date = Snippet(text=part, line=line.number)
            elif (said := _IDENTIFIER.fullmatch(part)) and said["label"].lower() in ("doi", "arxiv"):
                item.links.append(
                    Snippet(text=part if said["label"].lower() == "arxiv" else said["said"], line=line.number)
                )
        if others:
            item.venue = Snippet(text=others[0], line=line.number)
        item.last = line.number
    return None


def _is_told(part: str) -> bool:
    """Whether a part of a head is one of those that every item may have."""
    return part.lower() in _KIND or any(form.fullmatch(part) for form in (_DATE, _FILE, _COUNT, _IDENTIFIER))


def _filled(item: _Item, below: Sequence[Line]) -> _Item:
    """`item` with what the lines below its head say, as far as the site's own order reaches."""
    at = 0
    people = _people(below, at)
    if item.venue is None and not people and below and _may_be_place(below[0].text) and (people := _people(below, 1)):
        item.venue = Snippet(text=below[0].text, line=below[0].number)
        at = 1
    item.people = list(below[at : at + people])
    at += people
    if item.venue is None and at < len(below) and _is_place(below[at].text):
        item.venue = Snippet(text=below[at].text, line=below[at].number)
        at += 1
    while at < len(below) and prose.is_prose(below[at].text):
        item.abstract.append(below[at])
        at += 1
    while at < len(below) and (_BUTTON.fullmatch(below[at].text) or _COUNT.fullmatch(below[at].text)):
        at += 1
    item.last = below[at - 1].number if at else item.last
    return item


def _people(lines: Sequence[Line], start: int) -> int:
    """How many lines from index `start` on are names, or say that some are left out.

    A line between two names is one, too, whatever it looks like.
    """
    count = 0
    for index, line in enumerate(lines[start:], start=1):
        text = line.text
        if len(text.split()) > _LONGEST_NAME * (1 + text.count("·")) or _BUTTON.fullmatch(text) or _is_place(text):
            break
        if _are_names(text):
            count = index
        elif index > count + 1:
            break
    return count


def _are_names(text: str) -> bool:
    """Whether a line is nothing but names, or says that some are left out."""
    return _LEFT_OUT.fullmatch(text) is not None or all(map(names.is_person, _PARTS.split(text)))


def _is_place(text: str) -> bool:
    """Whether a line surely names a journal."""
    return len(text) > 1 and _may_be_place(text) and venues.likeness(text) > 0.5


def _may_be_place(text: str) -> bool:
    is_short = len(text.split()) <= _LONGEST_PLACE
    return is_short and not prose.is_ended(text) and not _LEFT_OUT.fullmatch(text) and not _BUTTON.fullmatch(text)


def _part_places(items: Sequence[_Item]) -> None:
    """Take the first name of an article for its journal where most articles have theirs there: "Remote Sensing".

    Who is an author of another item is no journal.
    """
    articles = [item for item in items if item.kind == "article-journal" and item.people]
    placed = [item for item in articles if item.venue and item.venue.line == item.people[0].number - 1]
    if len(placed) * 2 > len(articles):
        authors = Counter(line.text for item in items for line in item.people)
        for item in articles:
            if item.venue is None and len(item.people) > 1 and authors[item.people[0].text] == 1:
                first, *item.people = item.people
                item.venue = Snippet(text=first.text, line=first.number)


def _is_furniture(text: str) -> bool:
    return len(text) < 60 and bool(_FURNITURE.fullmatch(text) or _BUTTON.fullmatch(text) or _DECLARED.fullmatch(text))


def _entry(item: _Item) -> RawEntry | Refusal:
    return RawEntry.cut(
        lines=(item.title.number, item.last),
        title=Snippet(text=item.title.text, line=item.title.number),
        authors=_joined([line._replace(text=_PARTS.sub("; ", line.text)) for line in item.people], "; "),
        date=item.date,
        kind=item.kind,
        venue=item.venue,
        abstract=_joined(item.abstract, " "),
        links=tuple(item.links),
        guesses=tuple(_guesses(item)),
    )


def _joined(lines: Sequence[Line], mark: str) -> Snippet | None:
    return Snippet(text=mark.join(line.text for line in lines), line=lines[0].number) if lines else None


def _guesses(item: _Item) -> Iterator[Guess]:
    if item.venue and item.date and item.venue.line != item.date.line and not _is_place(item.venue.text):
        yield Guess(field="venue", reason="no word in it is one that journals have", line=item.venue.line)
    for line in item.people:
        if not _are_names(line.text):
            reason = f"{line.text!r} stands between names, and looks like none"
            yield Guess(field="authors", reason=reason, line=line.number)


def _owner(lines: Sequence[Line], items: Sequence[_Item]) -> Snippet | None:
    """The first line beside the items that is the name of one of their authors, or says whose research it is."""
    authors = {part.casefold() for item in items for line in item.people for part in _PARTS.split(line.text)}
    for line in lines:
        if (said := _OWNER.fullmatch(line.text)) and said[1].casefold() in authors:
            return Snippet(text=said[1], line=line.number)
    return None
