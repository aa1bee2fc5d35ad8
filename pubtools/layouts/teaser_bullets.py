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

from pubtools import patterns
from pubtools.fields import dates, identifiers, names, prose
from pubtools.models import NewsItem, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Page, blocks, once

# A typographic bullet may touch its text; a hyphen or an asterisk that does is part of a word.
_BULLETS = "•‣⁃◦∙▪▸●○■□·*–—-"
_BULLET = patterns.compile(r"(?:[•‣⁃◦∙▪▸●○■□·] ?|[*–—-] )(?P<text>.*)")
_PUBLICATIONS = patterns.compile(r"\b(publications?|papers|preprints|articles)\b", re.IGNORECASE)
_NEWS = patterns.compile(r"\b(news|updates|announcements)\b", re.IGNORECASE)
# What the page's theme says where it shows an image.
_FURNITURE = frozenset({"post thumbnail", "thumbnail", "featured image", "cover image"})
# Without one of these nothing on a page is furniture or cut.
_SIGNS = ("...", "…", "thumbnail", "featured image", "cover image")


@dataclass(frozen=True, slots=True)
class _Item:
    """A bullet and all the lines that are indented below it, and what they are; `authors` is empty without names."""

    lines: Sequence[Line]
    title: Sequence[Line]
    authors: Sequence[Line]
    below: Sequence[Line]

    @property
    def has_teaser(self) -> bool:
        """Whether furniture or a cut abstract stands in it: then it shows a work, and is no mere point of a list."""
        return any(_is_furniture(line) for line in self.lines) or any(prose.is_cut(line.text) for line in self.below)


def fits(page: Page) -> bool:
    """Whether a bullet under a heading of publications has names below it, and then furniture or a cut abstract."""
    if not any(sign in page.lower for sign in _SIGNS) or not any(line.text[:1] in _BULLETS for line in page.filled()):
        return False
    return any(item.authors and item.has_teaser for item in _publications(page))


def read(page: Page) -> Reading:
    """The bullets of the sections of publications that have authors, and the news; all else is unread."""
    sections = _sections(page)
    owner = _owner(page)
    used = {owner.line} if owner else set()
    used.update(heading.number for heading, _ in sections if heading and _speaks_of(heading))
    cuts = []
    for item in _publications(page):
        if item.authors or item.has_teaser:
            cut, left = _entry(item)
            cuts.append(cut)
            used.update(line.number for line in item.lines if line not in left)
    news = []
    for heading, body in sections:
        if heading and _speaks_of(heading) is _NEWS:
            for when, text in _news(body):
                news.append(NewsItem(text=_join(text), date=_join([when])))
                used.update(line.number for line in (when, *text))
    unread = tuple(line.number for line in page.filled() if line.number not in used)
    return Reading.of(cuts, owner=owner, news=tuple(news), unread=unread)


def _owner(page: Page) -> Snippet | None:
    """The name that the page begins with."""
    first = next(page.filled(), None)
    is_owner = first and names.is_person(first.text) and not _speaks_of(first)
    return Snippet(text=first.text, line=first.number) if first and is_owner else None


def _speaks_of(heading: Line) -> re.Pattern[str] | None:
    """Which of the two kinds of section `heading` opens, if any."""
    return next((kind for kind in (_PUBLICATIONS, _NEWS) if kind.search(heading.text)), None)


@once
def _publications(page: Page) -> list[_Item]:
    """The bullets of the sections of publications."""
    bodies = [body for heading, body in _sections(page) if heading and _speaks_of(heading) is _PUBLICATIONS]
    return [_item(run) for body in bodies for run in _bullets(body)]


@once
def _sections(page: Page) -> list[tuple[Line | None, list[Line]]]:
    """The page cut at its headings: short lines at the margin that are no sentence, with a blank line above.

    A blank line, a bullet or a date comes next. A date, such as the year of the bullets below, opens no section.
    """
    sections: list[tuple[Line | None, list[Line]]] = [(None, [])]
    above = ""
    for line, below in zip(page.lines, [*(line.text for line in page.lines[1:]), ""], strict=False):
        is_heading = (
            line.text
            and not above
            and not line.indent
            and not line.text.endswith((".", "!", "?", ","))
            and len(line.text.split()) <= 6
            and (not below or _BULLET.fullmatch(below) or dates.parse(below))
            and not _BULLET.fullmatch(line.text)
            and not dates.parse(line.text)
        )
        if is_heading:
            sections.append((line, []))
        else:
            sections[-1][1].append(line)
        above = line.text
    return sections


def _bullets(body: Sequence[Line]) -> list[list[Line]]:
    """The bullets of a section, each with the filled lines that are indented below it."""
    runs: list[list[Line]] = []
    is_open = False
    for line in body:
        is_below = is_open and line.indent > runs[-1][0].indent
        # A dash that is indented below an entry is its own; right below another bullet it opens a list in the list.
        if _BULLET.fullmatch(line.text) and not (is_below and len(runs[-1]) > 1):
            runs.append([line])
            is_open = True
        elif line.text and is_below:
            runs[-1].append(line)
        elif line.text:
            is_open = False
    return runs


def _item(run: Sequence[Line]) -> _Item:
    """The parts of one bullet: a title of one or two lines, names that may go on over lines, and what is below.

    Furniture may stand between all of them.
    """
    shown = [line for line in run if not _is_furniture(line)]
    at = names.first_list([line.text for line in shown[1:3]])
    if at is None:
        return _Item(run, shown[:1], (), shown[1:])
    start = stop = at + 1
    while stop < len(shown) and (stop == start or names.is_open(shown[stop - 1].text)):
        stop += 1
    return _Item(run, shown[:start], shown[start:stop], shown[stop:])


def _entry(item: _Item) -> tuple[RawEntry | Refusal, list[Line]]:
    """The entry that one bullet is, and the lines of it that belong to no field."""
    if not item.authors:
        return Refusal(lines=(item.lines[0].number, item.lines[-1].number), reason="no names below the title"), []
    links: list[Line] = []
    teaser: list[Line] = []
    left: list[Line] = []
    date: Line | None = None
    for line in item.below:
        if teaser and not prose.is_ended(teaser[-1].text):
            teaser.append(line)
        elif identifiers.is_link(line.text):
            links.append(line)
        elif date is None and dates.parse(line.text):
            date = line
        elif teaser and prose.is_cut(teaser[-1].text):
            left.append(line)
        elif prose.is_prose(line.text) or prose.is_running(line.text):
            teaser.append(line)
        else:
            left.append(line)
    bullet = _BULLET.fullmatch(" ".join(line.text for line in item.title))
    cut = RawEntry.cut(
        lines=(item.lines[0].number, max(line.number for line in item.lines if line not in left)),
        title={"text": bullet["text"] if bullet else "", "line": item.title[0].number},
        authors=_join(item.authors),
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
