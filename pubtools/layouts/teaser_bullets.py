"""Bullets under a heading of publications, each with authors and the first lines of its abstract, as home pages have.

    Recent publications              a heading that speaks of publications
                                     (blank)
      • A title                      an entry: a bullet …
                                     (blank)
        Ada Lovelace, Bob Byron      … with authors below, indented
        Post thumbnail               furniture
        The abstract begins and ... [Read Article]
      • Explore the others here.     no authors below: not an entry

Bullets under other headings are not entries. A section of news ("Latest News": a month, then a sentence) is kept as
evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pubtools.fields import dates, identifiers, names, prose
from pubtools.models import NewsItem, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Page, blocks

_BULLET = re.compile(r"[•‣◦▪●*–-] (?P<text>.*)")
_PUBLICATIONS = re.compile(r"\b(publications?|papers|preprints|articles)\b", re.IGNORECASE)
_NEWS = re.compile(r"\b(news|updates|announcements)\b", re.IGNORECASE)
# What the page's theme says where it shows an image.
_FURNITURE = frozenset({"post thumbnail", "thumbnail", "featured image", "cover image"})


@dataclass(frozen=True, slots=True)
class _Item:
    """A bullet and the lines below it; `authors` is the index of the line of names, None where there is none."""

    lines: Sequence[Line]
    authors: int | None


def fits(page: Page) -> bool:
    """Whether a bullet under a heading of publications has names below it, and then furniture or a cut abstract."""
    return any(
        item.authors is not None
        and any(_is_furniture(line) or prose.is_cut(line.text) for line in item.lines[item.authors + 1 :])
        for heading, body in _sections(page.lines)
        if heading and _PUBLICATIONS.search(heading.text)
        for item in _items(body)
    )


def read(page: Page) -> Reading:
    """The bullets of the sections of publications that have authors, and the news; all else is unread."""
    cuts: list[RawEntry | Refusal] = []
    news: list[NewsItem] = []
    used: set[int] = set()
    owner: Snippet | None = None
    first = next(page.filled(), None)
    if first and names.is_person(first.text):
        owner = Snippet(text=first.text, line=first.number)
        used.add(first.number)
    for heading, body in _sections(page.lines):
        if heading and _PUBLICATIONS.search(heading.text):
            used.add(heading.number)
            for item in _items(body):
                if item.authors is not None:
                    cut, left = _entry(item, item.authors)
                    cuts.append(cut)
                    used.update(line.number for line in item.lines if line not in left)
        elif heading and _NEWS.search(heading.text):
            used.add(heading.number)
            for when, text in _news(body):
                news.append(NewsItem(text=_join(text), date=_join([when])))
                used.update(line.number for line in (when, *text))
    unread = tuple(line.number for line in page.filled() if line.number not in used)
    return Reading.of(cuts, owner=owner, news=tuple(news), unread=unread)


def _sections(lines: Sequence[Line]) -> list[tuple[Line | None, list[Line]]]:
    """The page cut at its headings: short lines at the margin, alone between blank lines, that are no sentence."""
    sections: list[tuple[Line | None, list[Line]]] = [(None, [])]
    for index, line in enumerate(lines):
        alone = (index == 0 or not lines[index - 1].text) and (index + 1 == len(lines) or not lines[index + 1].text)
        is_heading = (
            line.text
            and alone
            and not line.indent
            and len(line.text.split()) <= 6
            and not line.text.endswith((".", "!", "?", ","))
            and not _BULLET.fullmatch(line.text)
        )
        if is_heading:
            sections.append((line, []))
        else:
            sections[-1][1].append(line)
    return sections


def _items(body: Sequence[Line]) -> list[_Item]:
    """The bullets of a section, each with the filled lines that are indented below it."""
    runs: list[list[Line]] = []
    is_open = False
    for line in body:
        if _BULLET.fullmatch(line.text):
            runs.append([line])
            is_open = True
        elif line.text and is_open and line.indent > runs[-1][0].indent:
            runs[-1].append(line)
        elif line.text:
            is_open = False
    return [_Item(run, _authors(run)) for run in runs]


def _authors(run: Sequence[Line]) -> int | None:
    """The index of the line of names below a title of one or two lines; furniture may stand between."""
    below = [index for index, line in enumerate(run) if index and not _is_furniture(line)]
    return next((index for index in below[:2] if names.is_list(run[index].text)), None)


def _entry(item: _Item, at: int) -> tuple[RawEntry | Refusal, list[Line]]:
    """The entry that one bullet with names is, and the lines of it that belong to no field."""
    title = [line for line in item.lines[:at] if not _is_furniture(line)]
    links: list[Line] = []
    teaser: list[Line] = []
    left: list[Line] = []
    date: Line | None = None
    for line in item.lines[at + 1 :]:
        if _is_furniture(line):
            continue
        if identifiers.is_link(line.text):
            links.append(line)
        elif date is None and dates.parse(line.text):
            date = line
        elif teaser or prose.is_prose(line.text):
            teaser.append(line)
        else:
            left.append(line)
    bullet = _BULLET.fullmatch(" ".join(line.text for line in title))
    cut = RawEntry.cut(
        lines=(item.lines[0].number, item.lines[-1].number),
        title={"text": bullet["text"] if bullet else "", "line": title[0].number},
        authors=_join([item.lines[at]]),
        date=_join([date]) if date else None,
        abstract=_join(teaser) if teaser else None,
        links=tuple(_join([line]) for line in links),
    )
    return cut, left


def _is_furniture(line: Line) -> bool:
    return line.text.lower() in _FURNITURE


def _news(body: Sequence[Line]) -> Iterator[tuple[Line, list[Line]]]:
    """The dated items of a section of news: a line that is a date, and the lines right below it."""
    for run in blocks(body):
        for when, following in zip(run, [*run[1:], None], strict=True):
            if dates.parse(when.text) and following and not dates.parse(following.text):
                start = run.index(following)
                text = list(takewhile(lambda line: not dates.parse(line.text), run[start:]))
                yield when, text


def _join(lines: Sequence[Line]) -> Snippet:
    return Snippet(text=" ".join(line.text for line in lines), line=lines[0].number)
