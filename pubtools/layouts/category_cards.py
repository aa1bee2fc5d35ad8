"""Cards under a subject and a date, as aggregators show a profile.

Ada Lovelace                     the owner
LG                               chips and counters of the profile
2papers
2 Papers                         the declared count
                                 (blank)
LGJun 16, 2022                   a card: subject and date, glued; this year's dates have no year
A title
                                 (blank)
Ada Lovelace, Bob Byron et al. · deepmind, stanford
                                 (blank)
The whole abstract.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pubtools import patterns
from pubtools.fields import dates, identifiers, names, prose, subjects
from pubtools.models import Declared, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Page, blocks, once

# arXiv's categories by their last part, and what looks like one that we do not know.
_CHIP = patterns.compile(r"[A-Z]{2}|[a-z]+(?:-[a-z]+)+")
# No chip with its date is longer.
_LONGEST_START = 80
_COUNT = patterns.compile(r"(\d{1,6})\s?papers?", re.IGNORECASE)
# The counters of a profile: "h-index8", "713citations", "Novelty56%", "AI Score52"; figures stick to their label.
_COUNTER = patterns.compile(
    r"[A-Za-z-]+(?: [A-Za-z-]+)?\d[\d.,]*[kKM]?%?|\d[\d.,]*[kKM]?[A-Za-z-]+"
    r"|h-index \d+|[A-Za-z]+(?: [A-Za-z]+)? \d+%|\d[\d.,]*[kKM]? (?:citations?|followers|views)"
)
# The list of authors ends here; the aggregator's guess at affiliations follows.
_AFFILIATIONS = patterns.compile(r"(?:^| )·(?: |$)")


def fits(page: Page) -> bool:
    """Whether a line of `page` is a subject chip glued to a date, with a title below."""
    starts = _starts(page)
    return any(blocks(page.lines[start + 1 : stop]) for start, stop in _spans(starts, page))


def read(page: Page) -> Reading:
    """The cards of `page`, in order, with what its header says of the owner and of their number."""
    starts = _starts(page)
    header = page.lines[: starts[0]] if starts else page.lines
    unread: list[int] = []
    owner: Snippet | None = None
    counts: list[Declared] = []
    for line in header:
        if not line.text or _is_chip(line.text):
            continue
        if owner is None and not counts and names.is_person(line.text):
            owner = Snippet(text=line.text, line=line.number)
        elif counted := _COUNT.fullmatch(line.text):
            counts.append(Declared(count=int(counted[1]), line=line.number))
        elif not _COUNTER.fullmatch(line.text):
            unread.append(line.number)

    cuts = []
    for start, stop in _spans(starts, page):
        cut, left = _card(page.lines[start:stop], is_last=stop == len(page.lines))
        cuts.append(cut)
        unread += left
    # The counter in the profile and the heading of the list say the same; the heading is the list's own.
    declared = counts[-1] if counts else None
    return Reading.of(cuts, owner=owner, declared=declared, unread=tuple(unread))


@once
def _starts(page: Page) -> list[int]:
    """Indices of the lines that open a card."""
    return [
        index
        for index, line in enumerate(page.lines)
        if line.text[-1:].isdigit() and len(line.text) <= _LONGEST_START and _chip_and_date(line.text)
    ]


def _spans(starts: Sequence[int], page: Page) -> list[tuple[int, int]]:
    """Where each card starts and stops, as indices of lines."""
    return list(pairwise([*starts, len(page.lines)]))


def _chip_and_date(text: str) -> tuple[str, str] | None:
    """The subject chip and the date that `text` is made of; None where it is anything else."""
    if not (text[:2].isupper() or text[:1].islower()):
        return None  # no chip begins so
    chip, date = dates.cut_from_end(text) or ("", "")
    return (chip.strip(), date) if _is_chip(chip.strip()) else None


def _is_chip(text: str) -> bool:
    return bool(_CHIP.fullmatch(text) or subjects.categories(text))


def _card(lines: Sequence[Line], *, is_last: bool) -> tuple[RawEntry | Refusal, list[int]]:
    """The entry of one card, and the lines in it that belong to no field."""
    chip, date = _chip_and_date(lines[0].text) or ("", "")
    runs = blocks(lines[1:])
    if not runs:
        reason = "a subject and a date without a title below"
        return Refusal(lines=(lines[0].number, lines[0].number), reason=reason), []
    title, authors, rest = _title_and_authors(runs)
    listed, *affiliations = _AFFILIATIONS.split(" ".join(line.text for line in authors), maxsplit=1)
    tail = next((line.number for line in authors if _AFFILIATIONS.search(line.text)), None)
    abstract, links, unread = _abstract_and_links(rest, is_last=is_last)
    read = [line.number for line in (lines[0], *title, *authors, *abstract, *links)]
    cut = RawEntry.cut(
        lines=(lines[0].number, max(read)),
        title=_join(title),
        authors=Snippet(text=listed, line=authors[0].number) if listed else None,
        affiliations=Snippet(text=affiliations[0], line=tail) if any(affiliations) and tail else None,
        date=Snippet(text=date, line=lines[0].number),
        subject=Snippet(text=chip, line=lines[0].number),
        abstract=_join(abstract),
        links=tuple(Snippet(text=line.text, line=line.number) for line in links),
    )
    return cut, [line.number for line in unread]


def _title_and_authors(runs: list[list[Line]]) -> tuple[list[Line], list[Line], list[list[Line]]]:
    """The lines of the title, those of the authors, and the runs after them.

    Blank lines part them. Where a blank line is missing, the line that is a list of names does, or else every line
    is a field of its own.
    """
    title, *rest = runs
    if len(title) > 1 and not (rest and not _is_paragraph(rest[0])):
        at = names.first_list([_before_affiliations(line) for line in title[1:]])
        if at is not None or not rest:
            cut = (at or 0) + 1
            title, rest = title[:cut], [*([line] for line in title[cut:]), *rest]
    authors: list[Line] = []
    while rest and not _is_link(rest[0]) and (not authors or names.is_open(authors[-1].text)):
        run, *rest = rest
        ends = (index for index, line in enumerate(run) if index and _is_paragraph([line]))
        at = next(ends, len(run))
        authors += run[:at]
        rest = [run[at:], *rest] if run[at:] else rest
    return title, authors, rest


def _abstract_and_links(runs: Sequence[list[Line]], *, is_last: bool) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines of the abstract, those of links, and those that are neither.

    A short line between two paragraphs is the abstract's own, but not in the last card: there the footer of the page
    follows, which has labels, links and sentences too.
    """
    texts = [index for index, run in enumerate(runs) if not _is_link(run)]
    paragraphs = [index for index in texts if _is_paragraph(runs[index])]
    first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (0, -1)
    stop = len(runs)
    if is_last:
        stop = next((index for index in texts if index not in paragraphs), stop)
    abstract: list[Line] = []
    links: list[Line] = []
    unread: list[Line] = []
    for index, run in enumerate(runs):
        if index < stop and index not in texts:
            links += run
        elif index < stop and first <= index <= last:
            abstract += run
        else:
            unread += run
    return abstract, links, unread


def _before_affiliations(line: Line) -> str:
    return _AFFILIATIONS.split(line.text)[0]


def _is_paragraph(run: Sequence[Line]) -> bool:
    text = " ".join(line.text for line in run)
    return prose.is_prose(text) and not names.is_list(_AFFILIATIONS.split(text)[0])


def _is_link(run: Sequence[Line]) -> bool:
    return all(identifiers.is_link(line.text) for line in run)


def _join(lines: Sequence[Line]) -> Snippet | None:
    return Snippet(text=" ".join(line.text for line in lines), line=lines[0].number) if lines else None
