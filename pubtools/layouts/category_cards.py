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

from pubtools.fields import dates, identifiers, names, prose
from pubtools.models import Declared, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Page, blocks

_CHIP = re.compile(r"[A-Z]{2}|[a-z]+(?:-[a-z]+)+")
_COUNT = re.compile(r"(\d+)\s?papers?", re.IGNORECASE)
# The counters of a profile: "h-index8", "713citations", "Novelty56%", "AI Score52".
_COUNTER = re.compile(r"[A-Za-z][A-Za-z -]*\d+%?|\d+\s?[A-Za-z-]+")
# The list of authors ends here; the aggregator's guess at affiliations follows.
_AFFILIATIONS = " · "


def fits(page: Page) -> bool:
    """Whether a line of `page` is a subject chip glued to a date, with a title right below."""
    return bool(_starts(page.lines))


def read(page: Page) -> Reading:
    """The cards of `page`, in order, with what its header says of the owner and of their number."""
    starts = _starts(page.lines)
    header = page.lines[: starts[0]] if starts else page.lines
    unread: list[int] = []
    owner: Snippet | None = None
    counts: list[Declared] = []
    for line in header:
        if not line.text or _CHIP.fullmatch(line.text):
            continue
        if owner is None and not counts and names.is_person(line.text):
            owner = Snippet(text=line.text, line=line.number)
        elif counted := _COUNT.fullmatch(line.text):
            counts.append(Declared(count=int(counted[1]), line=line.number))
        elif not _COUNTER.fullmatch(line.text):
            unread.append(line.number)

    cuts = []
    for start, stop in zip(starts, [*starts[1:], len(page.lines)], strict=True):
        cut, left = _card(page.lines[start:stop])
        cuts.append(cut)
        unread += left
    # The counter in the profile and the heading of the list say the same; the heading is the list's own.
    declared = counts[-1] if counts else None
    return Reading.of(cuts, owner=owner, declared=declared, unread=tuple(unread))


def _starts(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that open a card."""
    return [
        index
        for index, line in enumerate(lines[:-1])
        if (cut := dates.cut_from_end(line.text)) and _CHIP.fullmatch(cut[0]) and lines[index + 1].text
    ]


def _card(lines: Sequence[Line]) -> tuple[RawEntry | Refusal, list[int]]:
    """The entry of one card, and the lines in it that belong to no field."""
    chip, date = dates.cut_from_end(lines[0].text) or ("", "")
    runs = blocks(lines[1:])
    if len(runs) == 1 and len(runs[0]) > 1:
        runs = [[line] for line in runs[0]]  # a scrape without blank lines: one line a field
    title, *rest = runs
    authors: list[Line] = []
    if rest and not _is_link(rest[0]):
        authors, *rest = rest
    listed, _, affiliations = " ".join(line.text for line in authors).partition(_AFFILIATIONS)
    links: list[Line] = []
    abstract: list[Line] = []
    unread: list[int] = []
    for run in rest:
        if _is_link(run):
            links += run
        elif prose.is_prose(" ".join(line.text for line in run)):
            abstract += run
        else:
            unread += [line.number for line in run]  # "Load more", a footer

    read = [line.number for line in (lines[0], *title, *authors, *abstract, *links)]
    cut = RawEntry.cut(
        lines=(lines[0].number, max(read)),
        title=_join(title),
        authors=Snippet(text=listed, line=authors[0].number) if listed else None,
        affiliations=Snippet(text=affiliations, line=authors[0].number) if affiliations.strip() else None,
        date=Snippet(text=date, line=lines[0].number),
        subject=Snippet(text=chip, line=lines[0].number),
        abstract=_join(abstract),
        links=tuple(Snippet(text=line.text, line=line.number) for line in links),
    )
    return cut, unread


def _join(lines: Sequence[Line]) -> Snippet | None:
    return Snippet(text=" ".join(line.text for line in lines), line=lines[0].number) if lines else None


def _is_link(run: Sequence[Line]) -> bool:
    return all(identifiers.is_link(line.text) for line in run)
