"""The works of a record on ORCID, copied as text.

    Works (8)
    1 – 8 of 8
    Quiet looms for loud threads                 the title …
    Journal of Textile Systems                   … where it appeared, if that is known
    2022-03 | Journal article | Author           when, what it is, what the owner did
    DOI: 10.5555/jts.2022.0031                   identifiers, of which some are those of the journal or the book
    Part of ISSN: 1234-5679
    Contributors: Ada Lovelace; Charles Babbage  if the record has them
    Show more detail
    Source: Crossref                             who says so

Names of types: https://info.orcid.org/documentation/integration-and-api-faq/ (work types).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pubtools import patterns
from pubtools.fields import names
from pubtools.models import Declared, Guess, Kind, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Page, left_over, once

# The types that a record has, by what they are for CSL; older pages have a hyphen for the space.
_KINDS: dict[Kind | None, str] = {
    "article-journal": "journal article|journal issue",
    "article-magazine": "magazine article|newsletter article",
    "article-newspaper": "newspaper article",
    "book": "book|edited book",
    "chapter": "book chapter",
    "dataset": "data set|dataset",
    "entry-dictionary": "dictionary entry",
    "entry-encyclopedia": "encyclopedia entry|encyclopaedia entry",
    "paper-conference": "conference paper|conference abstract|conference poster|conference proceedings",
    "patent": "patent",
    "post-weblog": "blog post",
    "preprint": "preprint|working paper",
    "report": "report",
    "review": "review",
    "review-book": "book review",
    "software": "software",
    "speech": "lecture speech|lecture|public speech",
    "standard": "standards and policy|technical standard",
    "thesis": "dissertation or thesis|dissertation/thesis|dissertation|dissertation thesis",
    "webpage": "website|online resource",
    None: (
        "annotation|artistic performance|manual|other|research technique|research tool|supervised student publication"
        "|translation"
    ),
}
_KIND = {said: kind for kind, words in _KINDS.items() for said in words.split("|")}
_WHEN = patterns.compile(
    r"(?:(?P<date>(?:1[5-9]|20)\d\d(?:-\d\d(?:-\d\d)?)?) ?\| ?)?"
    r"(?P<kind>[A-Za-z][A-Za-z/ -]{3,40}?)(?: ?\| ?[^|]{3,60})*"
)
_LABEL = patterns.compile(r"(?P<label>[A-Za-z][A-Za-z -]{1,30}?) ?:(?: (?P<said>.*))?$")
# The identifiers of the work itself that lead somewhere.
_LINKS = frozenset(("doi", "arxiv", "url", "uri"))
_DETAIL = patterns.compile(r"show (?:more|less) detail|(?:view|hide) details?", re.I)
# What else stands around the works: an icon's name, the version that the owner prefers, how the list is shown.
_FURNITURE = patterns.compile(
    r"check_circle|(?:check_circle )?preferred source(?: \(of \d+\))?|\(of \d+\)|sort(?: by.{0,20})?|items per page:?"
    r"|\d{1,5}|expand all|collapse all|first page|previous page|next page|last page|actions|export works"
    r"|loading|source:.*",
    re.I,
)
_WORKS = patterns.compile(r"Works ?\((?P<count>\d{1,5})(?: of \d+)?\)", re.I)
_SHOWN = patterns.compile(r"(?P<first>\d{1,5}) ?[–-] ?(?P<last>\d{1,5}) of \d{1,5}")
_IDENTIFIER = patterns.compile(r"(?:ORCID iD)?:? ?(?:https?://)?(?:orcid\.org/)?(?:\d{4}-){3}\d{3}[\dX]")
# Lines from when a work appeared to who says so.
_LONGEST_WORK = 30


@dataclass(slots=True)
class _Work:
    """The lines of one work: those above its date, its date and type, what stands below with a label."""

    head: list[Line]
    when: Line
    date: str | None
    kind: Kind | None
    labelled: list[tuple[str, Snippet]] = field(default_factory=list)
    last: int = 0


def fits(page: Page) -> bool:
    """Whether a line says when a work appeared and what it is, and one below who says so."""
    if "Source:" not in page.text or not _DETAIL.search(page.text):
        return False
    return any(work.date for work in _works(page)[0])


def read(page: Page) -> Reading:
    """The works of the page, whose record it is, and how many the page says it shows."""
    works, left = _works(page)
    owner = _owner(left)
    declared = _declared(page)
    known = {snippet.line for snippet in (owner, declared) if snippet}
    unread = left_over(left, known, _is_furniture)
    return Reading.of(map(_entry, works), owner=owner, declared=declared, unread=unread)


# ---------------------------------------------------------------- inside


@once
def _works(page: Page) -> tuple[list[_Work], list[Line]]:
    """The works of the page, and the lines that stand in none."""
    works: list[_Work] = []
    left: list[Line] = []
    above: list[Line] = []  # since the last furniture, or the end of the last work
    lines = list(page.filled())
    at = 0
    while at < len(lines):
        line = lines[at]
        found = _when(line.text) if above else None
        end = _end(lines, at) if found else None
        if found and end is not None:
            work = _Work(above, line, found["date"], _KIND[_type(found)])
            for below in lines[at + 1 : end + 1]:
                if (label := _LABEL.match(below.text)) and label["said"]:
                    work.labelled.append((label["label"].lower(), Snippet(text=label["said"], line=below.number)))
            at = _after_source(lines, end)
            work.last = lines[at - 1].number
            works.append(work)
            above = []
            continue
        if _is_furniture(line.text) or _WORKS.fullmatch(line.text):
            left += [*above, line]
            above = []
        else:
            above.append(line)
        at += 1
    return works, left + above


def _when(text: str) -> re.Match[str] | None:
    found = _WHEN.fullmatch(text) if len(text) < 120 else None
    return found if found and _type(found) in _KIND else None


def _type(found: re.Match[str]) -> str:
    return found["kind"].strip().lower().replace("-", " ")


def _end(lines: Sequence[Line], at: int) -> int | None:
    """The index of the line that says who says so of the work dated at `at`; None where none does before the next."""
    for index in range(at + 1, min(at + _LONGEST_WORK, len(lines))):
        text = lines[index].text
        if text.startswith("Source:"):
            return index
        if not (_LABEL.match(text) or _DETAIL.fullmatch(text)):
            return None
    return None


def _after_source(lines: Sequence[Line], end: int) -> int:
    """The index behind a source: its name may stand on a line of its own, beside that of an icon."""
    at = end + 1
    is_named = lines[end].text != "Source:"
    while at < len(lines) and (not is_named or _is_icon(lines[at].text)):
        is_named = is_named or not _is_icon(lines[at].text)
        at += 1
    return at


def _is_icon(text: str) -> bool:
    return text.lower().startswith(("check_circle", "preferred source", "(of "))


def _is_furniture(text: str) -> bool:
    return bool(_FURNITURE.fullmatch(text) or _SHOWN.fullmatch(text) or _DETAIL.fullmatch(text))


def _entry(work: _Work) -> RawEntry | Refusal:
    """The work: its title stands first, and where it appeared last above its date."""
    title, venue = (work.head[:-1], work.head[-1]) if len(work.head) > 1 else (work.head, None)
    people = next((said for label, said in work.labelled if label.startswith("contributor")), None)
    return RawEntry.cut(
        lines=(work.head[0].number, work.last),
        title=Snippet(text=" ".join(line.text for line in title), line=work.head[0].number),
        authors=_alone(people) if people else None,
        date=Snippet(text=work.date, line=work.when.number) if work.date else None,
        kind=work.kind,
        venue=Snippet(text=venue.text, line=venue.number) if venue else None,
        links=tuple(_links(work)),
        guesses=tuple(_guesses(work)),
    )


def _alone(people: Snippet) -> Snippet:
    """The names with a semicolon behind one alone: its comma parts no two."""
    is_one = "," in people.text and ";" not in people.text
    return Snippet(text=f"{people.text};", line=people.line) if is_one else people


def _links(work: _Work) -> Iterator[Snippet]:
    for label, said in work.labelled:
        if label in _LINKS:
            text = f"arXiv:{said.text.lower().removeprefix('arxiv:')}" if label == "arxiv" else said.text
            yield Snippet(text=text, line=said.line)


def _guesses(work: _Work) -> Iterator[Guess]:
    if len(work.head) > 2:
        reason = "more than a title and a place stand above the date"
        yield Guess(field="title", reason=reason, line=work.head[0].number)


def _owner(lines: Sequence[Line]) -> Snippet | None:
    """The name above the record's own identifier."""
    above: Line | None = None
    for line in lines:
        if _IDENTIFIER.fullmatch(line.text):
            return Snippet(text=above.text, line=above.number) if above and names.is_person(above.text) else None
        if line.text.lower() != "orcid id":
            above = line
    return None


def _declared(page: Page) -> Declared | None:
    """How many works the page shows, or else how many the record has."""
    total = None
    for line in page.filled():
        if total and (found := _SHOWN.fullmatch(line.text)) and int(found["last"]) >= int(found["first"]):
            return Declared(count=int(found["last"]) - int(found["first"]) + 1, line=line.number)
        if total is None and (found := _WORKS.fullmatch(line.text)):
            total = Declared(count=int(found["count"]), line=line.number)
    return total
