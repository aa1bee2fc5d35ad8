"""An entry's text as its fields: the best way to read it, what follows the title, and what of that is a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from pubtools import patterns
from pubtools.fields import authors, venues
from pubtools.fields.authors import Listing
from pubtools.fields.pagination import Part as Piece
from pubtools.layouts.freeform import _doubts, _ends, _order, _tail, _ways
from pubtools.layouts.freeform._looks import YEAR
from pubtools.layouts.freeform._ways import QUOTES, Entry, Styles, Way, text_of
from pubtools.page import Mark

# A longer text is several entries or a page: no way to read it would mean anything.
MAX_ENTRY = 5000


class Cut(NamedTuple):
    """An entry's pieces in the order of the text, how sure they are, and what is a guess and why.

    A piece's `field` is a field of `RawEntry`, or "link" (a DOI, an arXiv number, an address), its `text` without
    quotes, and [start, end) the stretch of the entry's text that it was cut from. A "kind" has no stretch.
    `certainty` in [0, 1] speaks of title and authors, and is 1 where nothing is a guess; `style` names what the best
    way is made of.
    """

    pieces: tuple[Piece, ...] = ()
    certainty: float = 0.0
    guesses: tuple[tuple[str, str], ...] = ()
    style: str = ""


def cut(
    text: str,
    *,
    breaks: Sequence[int] = (),
    marks: Sequence[Mark] = (),
    styles: Mapping[str, float] | None = None,
    owner: str | None = None,
    owner_left_out: bool = False,
    year: int | None = None,
) -> Cut:
    """The pieces of one entry's `text`; an empty cut where no title is found, or the text is longer than `MAX_ENTRY`.

    `breaks` are offsets at which the page had a line break, `marks` what HTML says of stretches of the text, `styles`
    what `hypotheses` found on the whole page, `year` what a heading above the entry says.
    """
    if not _is_readable(text):
        return Cut()
    entry = Entry(text_of(text, tuple(breaks)), marks, styles, owner, owner_left_out)
    ways = _ways.ranked(entry)
    return _finished(entry, ways, year) if ways else Cut()


# A page's style is plain where so many entries, from all over it, are read alike: the others need not be asked.
_PARTS, _ENOUGH, _PLAIN = 4, 9.0, 0.95


def hypotheses(
    texts: Iterable[str | tuple[str, Sequence[int], Sequence[Mark]]],
    *,
    owner: str | None = None,
    owner_left_out: bool = False,
) -> Mapping[str, float]:
    """How often each way of writing an entry explains the entries of a page best, in [0, 1], by what they are read as.

    A text may come with its line breaks and marks. The keys are the words of `Cut.style`.
    """
    given = [(text, (), ()) if isinstance(text, str) else text for text in texts]
    counts: dict[str, float] = {}
    names: list[list[str]] = []
    total = 0.0
    found = Styles({})
    for part in range(_PARTS):
        for text, breaks, marks in given[part::_PARTS]:
            if not _is_readable(text):
                continue
            of = text_of(text, tuple(breaks))
            ways = _ways.ranked(Entry(of, marks, found, owner, owner_left_out))
            certainty = _doubts.certainty(ways) if ways else 0.0
            if certainty > 0.3:
                total += certainty
                for word in ways[0].style.split():
                    counts[word] = counts.get(word, 0.0) + certainty
                if ways[0].people:
                    names += _order.words(of.text, ways[0].people)
        shares = {word: round(count / total, 4) for word, count in sorted(counts.items())}
        found = Styles(shares, total, turned=_order.is_turned(names))
        if total >= _ENOUGH and max(counts.values()) >= _PLAIN * total:
            break
    return found


def _is_readable(text: str) -> bool:
    return 4 <= len(text.strip()) <= len(text) <= MAX_ENTRY


def _finished(entry: Entry, ways: Sequence[Way], year: int | None) -> Cut:
    """The cut that the best way means."""
    text, clean = entry.text, entry.of.clean
    best = ways[0]
    start, end = best.title
    people = best.people
    guesses: list[tuple[str, str]] = []
    if people is None and (named := _named_with(entry, start, end)):
        people = named[0]
        end = min(end, named[1])
        guesses.append(("authors", _WITH_SOMEBODY))
    elif people and best.style.startswith("title-") and _are_beside(entry, people):
        guesses.append(("authors", _WITH_SOMEBODY))
    title, behind = _ends.cut(text[start:end])
    title = _tidy(title)
    if not title:
        return Cut()
    turned = entry.styles.turned
    pieces = [piece._replace(start=start + piece.start, end=start + piece.end) for piece in behind]
    parts = _tail.read(text, best.after, best.until or entry.end, dated=best.dated, year=year, turned=turned)
    if title[-1] == ")":
        told = {part.field for part in parts}
        dated = _YEAR_BEHIND.search(title)
        if dated and "date" not in told:
            at = text.rindex(dated[1], start, end)
            pieces.append(Piece("date", dated[1], at, at + len(dated[1])))
            title = title[: dated.start()]  # "Judgment (2007). arXiv:0712.4402"
        bracket = title.rfind(" (")
        if title.endswith(")") and told.isdisjoint(_PLACES) and venues.are_towns(title[bracket + 2 : -1]):
            title = title[:bracket]  # "On looms (Wien)": a book, and where it came out
    pieces.append(Piece("title", title, start, end))
    if people:
        said = _tail.listed(text, people, turned=turned)
        pieces.append(Piece("editors" if people.role else "authors", said, people.start, people.end))
    pieces = [piece for piece in (*pieces, *parts) if piece.text]
    if clean.is_mended:
        pieces = [Piece(one.field, one.text, clean.before(one.start), clean.before(one.end)) for one in pieces]
    for one in entry.of.found:
        if one.kind in ("doi", "arxiv", "url"):
            value = f"arXiv:{one.value}" if one.kind == "arxiv" else one.value
            pieces.append(Piece("link", value, one.start, one.end))
    pieces.sort(key=attrgetter("start"))
    found = {piece.field: piece.text for piece in pieces}
    rest = text[best.after : best.until or entry.end]
    certainty, doubts = _doubts.of(ways, found, rest, named=bool(guesses), noisy=clean.is_noisy)
    guesses += doubts
    return Cut(tuple(pieces), certainty, tuple(guesses), best.style)


# A year that stands behind the title like nothing but the work's.
_YEAR_BEHIND = patterns.compile(rf" \(({YEAR})\)$")
# What says where a work appeared.
_PLACES = frozenset(("venue", "publisher", "volume", "pages"))


def _named_with(entry: Entry, start: int, end: int) -> tuple[Listing, int] | None:
    """The authors of "Title, with A. Last" or of "Title. Venue. With A. Last", and where the title ends before them."""
    for found in islice(_NAMED_WITH.finditer(entry.text, start, entry.end), _WITHS):
        if found.start() < end and found[0][:1] not in ",([":
            continue
        for people in authors.listings(entry.text, found.end(), entry.end)[::-1]:
            after = entry.text[people.end : people.end + 1]
            closed = not after or after in ".,;)]" or people.end + 1 in entry.breaks
            inside = found.start() < end
            if people.worth >= 1.0 and closed and (not inside or people.end >= end - 1):
                return people, found.start() if inside else end
    return None


def _are_beside(entry: Entry, people: Listing) -> bool:
    """Whether `people` stand behind a "with", and the page's owner, whose co-authors they may be, is none of them."""
    is_beside = _BEFORE_BESIDE.search(entry.text, max(0, people.start - _LONGEST_WITH), people.start)
    return is_beside is not None and not entry.has_owner(people)


_WITH_SOMEBODY = "they are named with nothing but a “with”, behind the title"
_WITH = r"(?:with|mit|avec|con|com)"
_BEFORE_BESIDE = patterns.compile(rf"\b{_WITH}\s+$", re.I)
_LONGEST_WITH = 8
# The authors stand after one of the first; more are a text.
_WITHS = 6
_NAMED_WITH = patterns.compile(rf"[\s,;.(\[]\s?(?:joint (?=with))?{_WITH}\s(?=[^\W\d_])", re.I)


def _tidy(title: str) -> str:
    """A title without the quotes around it and the marks after it."""
    title = title.strip(" ,;:")
    if title[:1] in QUOTES or title[:2] == "``":
        bare = title.lstrip("「『“„«»‘\"'`”")
        closers = QUOTES.get(title[0], "")
        inner = title[len(title) - len(bare) - 1]
        if inner != title[0] and bare.rstrip(f" {closers}")[-1:] not in QUOTES.get(inner, ""):
            bare = inner + bare  # "“‘Looms’ and their threads”"
        elif inner != title[0]:
            closers += QUOTES.get(inner, "")
        if not any(closer in bare[:-1] for closer in closers if closer != "'" and closer != "’"):
            title = bare.strip(f" {closers}")
    title = title.rstrip(" ,;:")
    for closer, opener in (("”", "“"), ("»", "«"), ('"', '"')):
        if title.endswith(closer) and (title.count(opener) < title.count(closer) or title.count('"') % 2):
            title = title[:-1].rstrip(" ,;:")
    title = title.removesuffix("''")
    if title.endswith(".") and not title.endswith("..") and not re.search(r"\b[A-Z]\.[A-Z]\.$", title):
        return title[:-1]
    return title
