"""The papers of an author on SSRN, copied as text.

    Scholarly Papers (5)
    1.
    Silence as consent in the law of easements        the title …
    There are 2 versions of this paper
    Ashdown Law Review, Vol. 12, No. 3, 2022          … where it appeared, if that is known
    Number of pages: 45 Posted: 04 Mar 2022           how long it is, and when it was posted
    Grant Whitlock and Tamar Adeyemi                  the authors, and where they are:
    University of Ashdown and Independent             no comma tells whose is which, so that is not read
    Downloads 534 (87,001)
    Abstract:
    Loading...
    easements, silence, property                      keywords

How SSRN dates and cites a paper: https://www.ssrn.com/index.cfm/en/ssrn-faq/ ("Suggested Citation").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from pubtools import patterns
from pubtools.fields import names, periodicals, prose, status, venues
from pubtools.models import Declared, Guess, Kind, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Page, left_over, once

_POSTED = patterns.compile(
    r"(?:Number of pages: ?\d{1,5},? ?)?Posted: ?(?P<date>\d{1,2} [a-z]{3,9} (?:19|20)\d\d)(?:,? ?Last revised:.*)?",
    re.I,
)
_NUMBER = patterns.compile(r"(?P<number>\d{1,4})\.(?: (?P<title>\S.*))?")
# What stands above a title, or between it and the day of posting, without being either.
_ASIDE = patterns.compile(
    r"There (?:are|is) \d{1,3} versions? of this paper.*|multiple version icon|new|view pdf", re.I
)
_ABSTRACT = patterns.compile(r"Abstract:? ?(?P<text>.*)", re.I)
_BELOW = patterns.compile(
    r"(?:downloads?|citations?|abstract views?|references?)\b.{0,30}|loading\.*|view pdf|add paper to my library"
    r"|open pdf in browser|share:?|ssrn rank:?.{0,20}|[\d,]{1,9}(?: \([\d,]{1,9}\))?",
    re.I,
)
_FURNITURE = patterns.compile(
    r"\W*|subscribe|my library|sign in|register|search|home|scholarly papers|other papers|downloads"
    r"|total (?:downloads|citations)(?:: ?[\d,]{1,9})?|citations|(?:top )?rank(?:ings?)?|[\d,]{1,9}(?:st|nd|rd|th|%)?",
    re.I,
)
_DECLARED = patterns.compile(r"(?:Scholarly|Other) Papers ?\((?P<count>[\d,]{1,6})\)", re.I)
_OWNER = patterns.compile(r"(?P<name>.{3,80})['’]s? (?:Scholarly|Other) Papers", re.I)
# "Ashdown Legal Studies Research Paper No. 21-07", "NBER Working Paper No. w28000"
_SERIES = patterns.compile(r".*\b(?:papers?|series|reports?) (?:series )?(?:no\.?|number|#) ?[\w./-]+\.?", re.I)
# As lawyers cite: "89 Ashdown Law Review 1 (2022)"
_REPORTED = patterns.compile(
    r"(?P<volume>\d{1,4}) (?P<venue>[A-Z].{3,80}?) (?P<pages>\d{1,5}(?:[-–]\d{1,5})?)"
    r"(?:,? \(?(?P<date>(?:19|20)\d\d)\)?)?"
)
_PERIODICAL = patterns.compile(r"\b(?:journal|law review|quarterly|yearbook)\b", re.I)
# Lines from a number to the day of posting, and those that say where the authors are.
_LONGEST_HEAD, _MOST_PLACES = 8, 4
_IN_BOOK = patterns.compile(
    r"In:? (?P<editors>.{3,120}?),? \(?eds?\.?\)?,? (?P<venue>.{3,200}?)"
    r"(?:[,.] (?P<publisher>[^,.\d]{3,80}))?[,.]? \(?(?P<date>(?:19|20)\d\d)\)?\.?",
    re.I,
)


@dataclass(slots=True)
class _Paper:
    """The lines of one paper: its title and what stands between it and its day of posting, its names, its abstract."""

    first: int
    above: list[Line]
    posted: Snippet
    last: int
    authors: Line | None = None
    abstract: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """What the line below a title says of where a paper appeared; `note` is what of it is no place."""

    kind: Kind | None = None
    venue: str | None = None
    editors: str | None = None
    publisher: str | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None
    date: str | None = None
    status: str | None = None
    note: str | None = None


def fits(page: Page) -> bool:
    """Whether a line says when a paper was posted, below a number, on a page with words of this site."""
    is_signed = "Posted: " in page.text and ("SSRN" in page.text or "Scholarly Papers" in page.text)
    return is_signed and bool(_papers(page)[0])


def read(page: Page) -> Reading:
    """The papers of the page, whose they are, and how many the page says there are."""
    papers, left = _papers(page)
    owner = _owner(left, papers)
    declared = _declared(left)
    known = {one.line for one in (owner, declared) if one}
    known |= {line.number for line in left if owner and line.text == owner.text}
    unread = left_over(left, known, _is_furniture)
    return Reading.of(map(_entry, papers), owner=owner, declared=declared, unread=unread)


# ---------------------------------------------------------------- inside


@once
def _papers(page: Page) -> tuple[list[_Paper], list[Line]]:
    """The papers of the page, and the lines that stand in none."""
    lines = list(page.filled())
    numbered = {at: number for at, line in enumerate(lines) if (number := _NUMBER.fullmatch(line.text))}
    papers: list[_Paper] = []
    for start, stop in pairwise([*numbered, len(lines)]):
        title = numbered[start]["title"]
        above = [lines[start]._replace(text=title)] if title else []
        for at in range(start + 1, min(start + _LONGEST_HEAD, stop)):
            if said := _POSTED.fullmatch(lines[at].text):
                if above:
                    when = Snippet(text=said["date"], line=lines[at].number)
                    papers.append(_filled(_Paper(lines[start].number, above, when, when.line), lines[at + 1 : stop]))
                break
            if not _ASIDE.fullmatch(lines[at].text):
                above.append(lines[at])
    inside = {number for paper in papers for number in range(paper.first, paper.last + 1)}
    return papers, [line for line in lines if line.number not in inside]


def _filled(paper: _Paper, below: Sequence[Line]) -> _Paper:
    """`paper` with what the lines below its day of posting say."""
    if below and names.is_list(below[0].text):
        paper.authors, paper.last = below[0], below[0].number
    is_loading = False
    for at, line in enumerate(below):
        if abstract := _ABSTRACT.fullmatch(line.text):
            is_loading = True
            if abstract["text"]:
                paper.abstract.append(line._replace(text=abstract["text"]))
        elif prose.is_prose(line.text) and is_loading:
            paper.abstract.append(line)
        elif _BELOW.fullmatch(line.text):
            pass
        elif _FURNITURE.fullmatch(line.text) or _DECLARED.fullmatch(line.text):
            break
        elif is_loading:
            paper.last = line.number  # the keywords
            break
        elif at > _MOST_PLACES:
            break  # of the authors no more lines say where they are
        paper.last = line.number
    return paper


def _entry(paper: _Paper) -> RawEntry | Refusal:
    title, *places = paper.above
    at = places[0].number if places else title.number
    place = _place(" ".join(line.text for line in places)) if places else _Place(kind="preprint")

    def snippet(text: str | None) -> Snippet | None:
        return Snippet(text=text, line=at) if text else None

    return RawEntry.cut(
        lines=(paper.first, paper.last),
        title=Snippet(text=title.text, line=title.number),
        authors=Snippet(text=paper.authors.text, line=paper.authors.number) if paper.authors else None,
        editors=snippet(place.editors),
        date=snippet(place.date) or paper.posted,
        kind=place.kind,
        venue=snippet(place.venue),
        volume=snippet(place.volume),
        issue=snippet(place.issue),
        pages=snippet(place.pages),
        publisher=snippet(place.publisher),
        status=snippet(place.status),
        note=snippet(place.note),
        abstract=_abstract(paper),
        guesses=tuple(_guesses(paper, place)),
    )


def _abstract(paper: _Paper) -> Snippet | None:
    text = " ".join(line.text for line in paper.abstract)
    return Snippet(text=text, line=paper.abstract[0].number) if text else None


def _guesses(paper: _Paper, place: _Place) -> Iterator[Guess]:
    if len(paper.above) > 2:
        reason = "more than a title and a place stand above the day of posting"
        yield Guess(field="title", reason=reason, line=paper.first)
    if place.venue and not place.date:
        yield Guess(field="date", reason="it is when the paper was posted", line=paper.posted.line)


def _place(text: str) -> _Place:
    """What a line says of where a paper appeared, and of the series in which it was posted."""
    pieces = text.split(", ")
    series = ", ".join(piece for piece in pieces if _SERIES.fullmatch(piece)) or None
    text = ", ".join(piece for piece in pieces if not _SERIES.fullmatch(piece))
    if not text:
        return _Place(kind="preprint", note=series)
    if found := _IN_BOOK.fullmatch(text):
        return _Place(kind="chapter", note=series, **found.groupdict())
    if found := _REPORTED.fullmatch(text):
        return _Place(kind="article-journal", note=series, **found.groupdict())
    said = status.find(text)
    if said:
        text = f"{text[: said[1]]}{text[said[2] :]}".strip(" ,.()").removeprefix("in ")
    at = periodicals.parse(text)
    if at.venue and (at.volume or at.pages or venues.likeness(at.venue) > 0.5):
        return _Place(
            kind=at.kind or ("article-journal" if at.volume or _PERIODICAL.search(at.venue) else None),
            venue=at.venue,
            volume=at.volume,
            issue=at.issue,
            pages=at.pages,
            date=at.date,
            status=said[0] if said else None,
            note=series,
        )
    return _Place(status=said[0] if said else None, note=", ".join(filter(None, (text, series))))


def _owner(lines: Sequence[Line], papers: Sequence[_Paper]) -> Snippet | None:
    """Whose papers the page says they are; else the first line beside the papers that is one of their authors."""
    for line in lines:
        if said := _OWNER.fullmatch(line.text):
            return Snippet(text=said["name"], line=line.number)
    people = [paper.authors.text for paper in papers if paper.authors]
    for line in lines:
        if names.is_person(line.text) and any(line.text in text for text in people):
            return Snippet(text=line.text, line=line.number)
    return None


def _declared(lines: Sequence[Line]) -> Declared | None:
    """How many papers all parts of the page have."""
    found = [(line.number, said) for line in lines if (said := _DECLARED.fullmatch(line.text))]
    total = sum(int(said["count"].replace(",", "")) for _, said in found)
    return Declared(count=total, line=found[0][0]) if found else None


def _is_furniture(text: str) -> bool:
    return len(text) < 60 and bool(_FURNITURE.fullmatch(text) or _DECLARED.fullmatch(text) or _BELOW.fullmatch(text))
