"""Every way to read an entry: where a list of names may end, where a title may, and what speaks for it.

Each way is scored by what its parts look like (`_looks`) and by the marks between them, and by how well it agrees with
the style of the page.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter
from typing import NamedTuple

from pubtools import patterns
from pubtools.fields import authors, identifiers, venues
from pubtools.fields.authors import Listing
from pubtools.layouts.freeform._looks import (
    ABBREVIATED,
    BEST_REST,
    BEST_TITLE,
    DATED,
    MASK,
    REST_OF_YEAR,
    YEAR,
    Looks,
    reported,
)
from pubtools.layouts.freeform._noise import Clean
from pubtools.models import MAX_TITLE
from pubtools.page import Mark

# ---------------------------------------------------------------- the text


# Where a title may end, where what follows it begins, and the mark between them.
End = tuple[int, int, str]


class Text:
    """An entry's text without odd spaces, its identifiers masked, and where its parts may end: whatever the page."""

    def __init__(self, given: str, breaks: tuple[int, ...]) -> None:
        self.clean = clean = Clean(given)
        self.found = identifiers.find(given, breaks)
        text = clean.text
        for one in self.found:
            start, end = clean.after(one.start), clean.after(one.end)
            if label := _LINK_LABEL.search(text, max(0, start - 60), start):
                start = label.start()
            text = text[:start] + MASK * (end - start) + text[end:]
        self.text = text
        self.end = len(text.rstrip())
        label = _LABEL.match(text)
        self.start = label.end() if label else 0
        self._lists: dict[int, list[Listing]] = {}
        # After a dash for "the same author" no names stand.
        is_same = label is not None and _SAME.search(label[0]) is not None
        self.lists = [] if is_same else authors.listings(text, self.start, self.end)
        if self.start == 0 and (number := _BARE_LABEL.match(text)):
            lists = authors.listings(text, number.end(), self.end)
            if lists and lists[-1].worth >= (1.5 if text[0] == "[" else 2.0):
                self.start, self.lists = number.end(), lists
        if not is_same and (not self.lists or self.lists[-1].worth < _SURELY_NAMES):
            self.lists = [*self.lists, *authors.bodies(text, self.start, self.end)]
        # Nothing ends with a colon.
        at_lines = sorted({clean.after(offset) for offset in breaks})
        self.breaks = [at for at in at_lines if self.start < at < self.end and not text[:at].rstrip().endswith(":")]
        self.looks = Looks(text, self.end, self.breaks)
        self.marks = patterns.Sought(partial(_marks, self.looks))
        self._limits: dict[int, int] = {}

    def listings(self, at: int) -> list[Listing]:
        """The lists of names that may begin at `at`; a name does not go on where the line below is another field."""
        known = self._lists.get(at)
        if known is None:
            known = self._lists[at] = self._listings(at)
        return known

    def _listings(self, at: int) -> list[Listing]:
        lists = self.lists if at == self.start else authors.listings(self.text, at, self.end)
        stop = self.line_after(at)
        if stop and authors.may_fill(self.text, at, stop) and not any(self._fills(people, stop) for people in lists):
            lists = [*lists, *(one for one in authors.listings(self.text, at, stop) if self._fills(one, stop))]
        if stop and any(_is_torn(people, stop) for people in lists) and self._parts(lists, stop):
            lists = [one._replace(worth=one.worth - _TORN) if _is_torn(one, stop) else one for one in lists]
        return sorted(lists, key=_worth)

    def runs_over(self, start: int, end: int) -> bool:
        """Whether a title at [start, end) would go on behind its limit: mostly no sign of one is so near."""
        signed = _LIMIT_SIGN.search(self.text, start + 1, min(end + _BEFORE_SIGN, self.end))
        return signed is not None and self.limit(start) < end

    def limit(self, start: int) -> int:
        """Where a title that begins at `start` ends at the latest: mostly where any title does."""
        if start > self.start and (first := self.limit(self.start)) > start:
            return first
        known = self._limits.get(start)
        if known is None:
            found = patterns.around(_LIMIT, _LIMIT_SIGN, _BEFORE_SIGN, self.text, start + 1, self.end)
            known = found.start() if found else self.end
            cited = reported(self.text, start + 1, self.end)
            known = self._limits[start] = known if cited is None else min(known, cited)
        return known

    def line_after(self, at: int) -> int | None:
        """Where the next line begins."""
        index = bisect_right(self.breaks, at)
        return self.breaks[index] if index < len(self.breaks) else None

    def _parts(self, lists: Sequence[Listing], stop: int) -> bool:
        """Whether one list ends with its line at `stop` and another one begins there, as editors do below authors."""
        if not any(self._fills(people, stop) for people in lists):
            return False
        return any(len(below.people) > 1 for below in authors.listings(self.text, stop, self.end))

    def _fills(self, people: Listing, stop: int) -> bool:
        return people.end <= stop and not self.text[people.end : stop].strip(" .,;:)")


def _is_torn(people: Listing, stop: int) -> bool:
    """Whether a name of the list stands on both sides of `stop`."""
    return people.end > stop and any(one.start < stop < one.end for one in people.people)


_TORN = 3.0
# A page's style is found with some of its entries, which are read again with it.
text_of = lru_cache(maxsize=64)(Text)


class Styles(dict[str, float]):
    """How often each word of a way's style is one of the best way on a page, in [0, 1].

    `closes` is how well each mark after a title fits, `closing` what it is worth with that, and by `ranks` they are
    tried. `order` and `close` are the words that most entries have for what comes first and for the end of the title,
    where `entries`, as many as tell of it, are enough to say so; else "". `turned` says that family names stand first.
    """

    def __init__(self, shares: Mapping[str, float], entries: float = 0.0, *, turned: bool = False) -> None:
        super().__init__(shares)
        self.turned = turned
        self._known: dict[str, float] = {}
        self._usual: dict[str, bool] = {}
        self.closes = {kind: self.fit(f"close={_AS.get(kind, kind)}") for kind in _CLOSE}
        self.closing = {kind: worth + self.closes[kind] for kind, worth in _CLOSE.items()}
        self.ranks = {kind: worth - _WEAKER * (kind in _WEAK) for kind, worth in self.closing.items()}
        usual = [word for word, share in shares.items() if share >= _MOSTLY and entries >= _SEVERAL]
        self.order = next((word for word in usual if "=" not in word), "")
        self.close = next((word.removeprefix("close=") for word in usual if word.startswith("close=")), "")

    def fit(self, style: str) -> float:
        """How well a way of this `style` agrees with the page: the sum of its words; 0 where no style is known."""
        if not self:
            return 0.0
        known = self._known.get(style)
        if known is None:
            known = self._known[style] = sum(2.0 * self.get(word, 0.0) - 0.8 for word in style.split())
        return known

    def knows(self, style: str) -> bool:
        """Whether this `style` is the usual one, with names as some entries have them."""
        known = self._usual.get(style)
        if known is None:
            known = self._usual[style] = all(
                self.get(word, 0.0) >= (_SOMETIMES if word.startswith("names=") else _MOSTLY) for word in style.split()
            )
        return known


# A word of a style that most entries have, one that some have, and as many as tell what is usual.
_MOSTLY, _SOMETIMES, _SEVERAL = 0.6, 0.1, 3.0


class Entry:
    """A text as an entry of its page: with the marks of HTML, the style, and the owner."""

    def __init__(
        self,
        of: Text,
        marks: Sequence[Mark] = (),
        styles: Mapping[str, float] | None = None,
        owner: str | None = None,
        left_out: bool = False,
    ) -> None:
        self.of, self.text, self.start, self.end = of, of.text, of.start, of.end
        self.lists, self.breaks, self.looks = of.lists, of.breaks, of.looks
        self.styles = styles if isinstance(styles, Styles) else Styles(styles or {})
        self.owner_left_out = left_out
        self._owner = owner.split()[-1] if owner else None
        self._owned: dict[int, list[Listing]] = {}
        self.best = -math.inf  # of the ways that were tried so far
        self.least = -math.inf  # a way that is worth less tells nothing beside the best
        self.marks = [
            Mark(of.clean.after(mark.start), of.clean.after(mark.end), mark.kind, mark.target)
            for mark in marks
            if mark.kind in _SET_OFF
        ]

    def tried(self, way: Way) -> Way:
        """The same `way`, which may be the best so far."""
        if way.score > self.best:
            self.best = way.score
            self.least = way.score - _far_behind(way.score)
        return way

    def ends(self, start: int, limit: int, only: str, *, comma: bool) -> Iterable[End]:
        """Where a title that begins at `start` may end: the likeliest marks first, and those that few end with last.

        At `limit` it ends at the latest. With `only` no ends are given but those with this mark. A `comma` that opens
        it may close it as well as any mark.
        """
        if only and only != "break":
            found = _marks(self.looks, start, _STOP if only == "stop" else _END)
            return (end for end in found if _AS.get(end[2], end[2]) == only)
        breaks: list[End] = [(at, at, "break") for at in self.breaks]
        if only:
            return breaks
        ends = [end for end in self.of.marks.between(start, limit + 1) if start < end[0]]
        ends += [*breaks, (self.end, self.end, "end")]
        ends += [(mark.end, mark.end, "marked") for mark in self.marks if self.start < mark.end < self.end]
        if limit < self.end:
            ends.append((limit, limit, "tail"))
        ranks = self.styles.closing if comma else self.styles.ranks
        return sorted(ends, key=lambda end: ranks[end[2]], reverse=True)

    def has_owner(self, people: Listing) -> bool:
        """Whether the page's owner is one of `people`; False where it is nobody's that is known."""
        return self._owner is not None and self._owner in self.text[people.start : people.end]

    def listings(self, at: int) -> list[Listing]:
        """The lists of names that may begin at `at`, the most plausible first: one with the owner is."""
        lists = self.of.listings(at)
        if not self._owner or self._owner not in self.text:
            return lists
        known = self._owned.get(at)
        if known is None:
            owned = [p._replace(worth=p.worth + 1.5) if self.has_owner(p) else p for p in lists]
            known = self._owned[at] = sorted(owned, key=_worth)
        return known


def _worth(people: Listing) -> float:
    return -people.worth


# "[12] ", "(3) ", "12. ", "• ", "see e.g. ", and the dash for "the same author".
_LABEL = patterns.compile(
    rf"[\s•·▪◦‣*–—-]*[.,]?\s*(?:(?:\[\d{{1,4}}\s?\]|\((?!{YEAR}\))\d{{1,4}}\)|"
    r"\[[A-Z]{1,4}\d{0,4}[a-z]?\]|\d{1,3}[.)](?=\s\S))\s*)?"
    r"(?:(?:—{2,}|-{3,}|_{3,}|–{2,})[.,]?\s*)?(?:(?:[Ss]ee,? (?:e\. ?g\.|also|for example)|[Cc]f\.|[Vv]gl\.),? )?"
)
_SAME = patterns.compile(r"—{2}|-{3}|_{3}|–{2}")
_BARE_LABEL = patterns.compile(r"(?:\d{1,3}|\[[^\[\]]{1,40}\]) (?=[^\W\d_])")
# "Available at: ", "Retrieved 2010-08-07 from ", "URL": what stands before an address and says nothing else.
_LINK_LABEL = patterns.compile(
    r"[\s(\[<]*+\b(?=[ADELNOPRSUadeflnopru])"
    r"(?:(?:[Aa]vailable|[Aa]ccess(?:ed|ible)|[Rr]etrieved|[Oo]nline|[Dd]isponible)(?: \S+){0,5}?|URL"
    r"|[Uu]rl|DOI"
    r"|doi|[Nn]o|[Ll]ink|[Ss]ee|[Pp]reprint|[Ee]-?print|at|from|PDF|pdf)[\s:=.]*[<(]?$"
)
# What a full stop may be followed by. Nothing else that is found in `_END` holds one: it is found alone as well.
_STOPS = r"(?:(?<=\.)\.\.)?[\"”’»']*(?=\s|$)(?P<stop>)"
_STOP = patterns.compile(rf"[.?!…]{_STOPS}")
# Each begins with one of a set of characters, which are found many times as fast as anything else.
_END = patterns.compile(
    rf"[.?!…,”»“\"'’:;(\[/{MASK}\s](?:(?<=\s)(?=[(\[/–—|·•{MASK}A-Zi12-])"
    r"(?:(?<=\S\s)(?=[(\[])(?P<paren>)|//(?P<slash>)|[-–—|/·•]{1,2}(?=\s)(?P<dash>)"
    r"|(?=In:?\s[^\W\d_]|in:\s|In\s[“\"]|in\sProc(?:\.|eedings)\s"
    r"|(?:Ph\.? ?D|Master'?s?|Doctoral|Unpublished)\s)(?P<space>)"
    rf"|(?<!{MASK}\s)(?={MASK})(?P<mask>)|(?={YEAR}[a-z]?(?:[.,;)]|\s[A-Z]|$))(?P<year>)"
    r"|(?<=[a-z\d)]\s)(?=(?:[A-Z][A-Za-z]*\.?\s){1,6}\(?[A-Z]?\d(?!\d{3}: [A-Z]))(?P<bare>))"
    rf"|(?<=\S)(?:(?<=[.?!…]){_STOPS}|(?<=,)[\"”’]?(?=\s)(?P<comma>)"
    r"|(?:(?<=[”»“\"'’])|(?<=')')(?=[\s,.;:)(]|$)(?P<quoted>)|(?<=:)(?=\s)(?P<colon>)"
    r"|(?<=;)(?=\s)(?P<semicolon>)"
    rf"|(?<=\S[(\[])(?P<bracket>)|(?<=(?<!{MASK}){MASK})(?P<address>)|(?<=/)/(?P<slashes>)))"
)
# With and without a space before it.
_SAME_KIND = {"bracket": "paren", "address": "mask", "slashes": "slash"}
# What these are found by stands before what follows, or belongs to it.
_BEFORE_REST = frozenset(("space", "mask", "year", "bare", "bracket", "address"))
# What the mark after a title is worth.
_CLOSE = {
    "stop": 0.6, "mark": 0.3, "quote": 0.5, "quoted": 0.0, "comma": -0.8, "colon": -1.5, "semicolon": -0.9,
    "paren": -0.9, "aside": -2.2,
    "dash": -1.2, "space": 0.6, "mask": 0.2, "slash": 1.0, "break": 0.9, "marked": 0.8, "end": -0.4, "year": -0.6,
    "bare": -1.2, "tail": -1.0,
}  # fmt: skip
# A title that asks or calls has a mark of its own for the full stop.
_AS = {"mark": "stop"}
# And what quotes around it are.
_QUOTED = 2.5
# Marks that more often stand within a title; they are not looked at where another mark leaves no doubt.
_WEAK = frozenset(("comma", "colon", "semicolon", "dash", "aside", "year", "bare", "quoted"))
_CLEAR_TITLE = 3.2
# More than any two marks differ by.
_WEAKER = 100.0
# A limit has one of these, at most so far behind its beginning; that is found much faster.
_LIMIT_SIGN = patterns.compile(rf"[\d{MASK}IVX](?:(?<![IVX])|(?<=t\. [IVX]))")
_BEFORE_SIGN = 10
# Nothing that stands after this is a title's.
_LIMIT = patterns.compile(
    rf"[\d{MASK}\s,(](?:(?<={MASK})|(?<=\d)(?::\s?\d+[-–]\d"
    rf"|(?<!\w.)(?:\d{{0,3}}\s?\(\d{{1,3}}(?:[-–]\d{{1,3}})?\)\s?[:,.]|{REST_OF_YEAR};\s?\d"
    rf"|(?!{REST_OF_YEAR}\b)\d*[-–]{{1,2}}\d{{2,}}(?=[.,;)]*(?:$|\s\())))"
    r"|(?<=[\s,(])(?:pp?\.\s?[A-Z]?\d|[Vv](?:ol)?\.\s?\d|Vol\s?\d|no\.\s?\d|(?:pages|volume) \d|t\. [IVX\d]))"
)


def _marks(looks: Looks, start: int, pattern: re.Pattern[str] = _END) -> Iterator[End]:
    """Every mark that a title that begins at `start`, or after it, may end with."""
    text, end = looks.text, looks.end
    for found in pattern.finditer(text, start, end):
        kind = found.lastgroup or ""
        at, after = found.span()
        if kind in _BEFORE_REST:
            after = at
        kind = _SAME_KIND.get(kind, kind)
        if kind == "stop":
            mark = found[0]
            is_ordinal = at > 0 and text[at - 1].isdigit() and _EDITION.match(text, at - 1)
            if mark == "." and (is_ordinal or _is_abbreviated(text, at)):
                continue
            keeps = mark[0] in "?!…" or mark[:3] == "..."
            quoted = len(mark) > 1 and mark[-1] in "\"”’»'"
            last = at + (len(mark.rstrip("\"”’»'")) if keeps else 0)
            yield last, after, "quote" if quoted else "mark" if keeps else "stop"
        elif kind == "paren":
            yield at, after, kind if looks.holds_rest(after) else "aside"
        else:
            yield at, after, kind


# "2. Auflage", "2. ed." (ABNT NBR 6023): the full stop of an ordinal.
_EDITION = patterns.compile(r"\d\. (?:(?:[a-zäöü.]{1,15},? ){0,4}Aufl|ed\.)")


def _is_abbreviated(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to an initial or to a common abbreviation inside a sentence."""
    at = stop
    while at and text[at - 1].isalpha():
        at -= 1
    word = text[at:stop]
    if len(word) == 1 and word.isupper() and text[at - 1 : at] in ("", " ", ".", "-", "(", "“", '"'):
        # "C. elegans", "T.S. Eliot"; but "vitamin C. Journal" ends a sentence.
        following = text[stop + 1 : stop + 3]
        return (
            (following[:1] == " " and following[1:2].islower())
            or text[at - 2 : at - 1] == "."
            or following[:1].isalpha()
            or text.startswith(" Patent", stop + 1)  # "(U.S. Patent No. 7,123,456)"
        )
    return word.lower() in ABBREVIATED


# ---------------------------------------------------------------- the ways


class Way(NamedTuple):
    """One way to read the text; what follows the title, or the authors after it, begins at `after`."""

    score: float
    people: Listing | None
    title: tuple[int, int]
    after: int
    dated: tuple[int, int] | None
    style: str
    until: int | None = None  # where what follows ends; None for the end of the entry


QUOTES = {
    "「": "」",
    "『": "』",
    "“": "”",
    "„": "“”",
    "«": "»",
    "»": "«",
    "‘": "’",
    '"': '"',
    "'": "'’",
    "`": "'’`”\"",
    "”": "”“",
}
_WITH = patterns.compile(
    r"\(?(?:joint(?:ly)? (?:work )?with|with|by|von|mit|par|por|co-?authored with|together with|\+)\s+(?=\S)", re.I
)
_WITH_LETTERS = frozenset("(+jwbvmpctJWBVMPCT")
# A list of names that is worth more than this is one.
_SURELY_NAMES = 5.0
# No names follow a title that ends with one of these, but behind a "with".
_NO_NAMES_BEHIND = frozenset(("comma", "paren", "aside", "year", "bare", "tail"))
# From here on an entry may begin with its authors: titles are tried only if nothing good comes of that.
_LISTED = 2.0
# Above this a reading with the authors first leaves no doubt, and others are not tried.
_CLEAR = 4.5
# How far behind the best a reading tells nothing more, whatever that is worth.
_HOPELESS = 4.0
# From here on one title in a hundred is wrong; below it, one in eight.
SURELY = 0.98


def sure(score: float, margin: float) -> float:
    """How sure a way that is worth `score` is, in [0, 1], by its distance from the next that says something else."""
    return round(1 / (1 + math.exp(0.8 - 0.8 * min(_HOPELESS, margin) - 0.35 * max(-20.0, min(20.0, score)))), 3)


def _far_behind(score: float) -> float:
    """The margin from which on others change nothing for a way that is worth `score`: with it, that is `SURELY`."""
    return min(_HOPELESS, max(0.0, (math.log(SURELY / (1 - SURELY)) + 0.8 - 0.35 * min(20.0, score)) / 0.8))


def ranked(entry: Entry) -> list[Way]:
    """Every way to read the entry that is worth a look, the best first, but for those too far behind it."""
    if usual := _as_usual(entry):
        return [usual]
    order, listed = entry.styles.order, _listed(entry)
    # The better the first, the fewer of the others are worth a look.
    titles_ahead = listed < _LISTED and order.startswith("title-")
    found = [entry.tried(way) for way in _title_first(entry, listed)] if titles_ahead else []
    roads = (_venue_between, _authors_first) if order == "authors-venue-title" else (_authors_first, _venue_between)
    found += [entry.tried(way) for road in roads for way in road(entry)]
    clear = _CLEAR - 4.0 * max(0.0, entry.styles.get("authors-title", 0.0) - 0.5)
    if listed < _LISTED or entry.best < clear:
        if not titles_ahead:
            found += map(entry.tried, _title_first(entry, listed))
        found += _quoted(entry, entry.best)
    return sorted(found, key=attrgetter("score"), reverse=True)


def _listed(entry: Entry) -> float:
    """How much a list of names stands at the beginning of an entry."""
    return max([people.worth for people in entry.lists], default=0.0)


# What an entry is worth at least that is read as most of its page are and leaves no doubt, with authors and without;
# what its title is, and what follows that, if it is not names; and by how much its list of names is better than the
# next.
_PLAIN, _PLAIN_ALONE, _A_TITLE, _A_PLACE, _CLEARLY = 8.5, 5.5, -0.2, 0.4, 0.3


def _as_usual(entry: Entry) -> Way | None:
    """The way that most entries of the page are read, where it leaves no doubt; then no other need be tried."""
    order, close = entry.styles.order, entry.styles.close
    if not close or close in _WEAK or order not in ("authors-title", "title-authors", "title-only"):
        return None  # a title may go on behind the first comma, however the others are written
    if order == "authors-title":
        ways = _authors_first(entry, close)
    else:
        ways = _title_first(entry, _listed(entry), close, named=order == "title-authors")
    way = next((way for way in ways if way.style.startswith(order)), None)
    if way is None or not entry.styles.knows(way.style) or _marked(entry, *way.title) < 0.0:
        return None
    if way.score < (_PLAIN if way.people else _PLAIN_ALONE):
        return None
    lists = entry.listings(way.people.start) if way.people else []
    if way.people and len(lists) > 1 and lists[1].worth > way.people.worth - _CLEARLY:
        return None
    title = entry.looks.title(*way.title) + (_QUOTED if close == "quote" else 0.0)
    if title < _A_TITLE or (order != "title-authors" and title + entry.looks.rest(way.after) < _A_PLACE):
        return None
    return way


def _authors_first(entry: Entry, only: str = "") -> Iterator[Way]:
    """Authors, title, and the rest; with `only`, the likeliest authors, and titles that end with this mark."""
    lists = entry.listings(entry.start)
    fit = entry.styles.fit
    for people in lists[: 1 if only else 4]:
        if people.worth < lists[0].worth - 8:
            break
        at, opening, bonus, dated = _opening(entry, people.end)
        names = f"names={people.people[0].form}"
        ahead = people.worth + bonus + fit(f"authors-title open={opening} {names}")
        for title, after, closing, score in _titles(entry, at, opening, ahead, only):
            whole = ahead + score + entry.looks.rest(after)
            yield Way(whole, people, title, after, dated, f"authors-title open={opening} close={closing} {names}")


def _title_first(entry: Entry, listed: float, only: str = "", *, named: bool = False) -> Iterator[Way]:
    """Title, authors or none, and the rest; `listed` is how much a list of names stands where the title would.

    With `only`, titles that end with this mark; with `named`, none without authors.
    """
    text, start = entry.text, entry.start
    # "2016. “Title” …", after a dash for the same author or where a list has its years first
    first = DATED.match(text, start, entry.end)
    said = first.span("date") if first and not text[first.end() : first.end() + 1].islower() else None
    start = first.end() if first and said else start
    quote = text[start : start + 1]
    opening = "quote" if quote and quote in QUOTES else "start"
    loss = max(0.0, min(4.0, listed)) if opening == "start" else 0.0
    alone = entry.styles.fit("title-only") - loss - (0.0 if entry.owner_left_out else 0.8)
    read: dict[tuple[int, bool], list[_Named]] = {}
    names = range(0)

    def behind(after: int, closing: str) -> list[_Named]:
        """The lists of names that may stand behind a title that ends so."""
        nonlocal names
        at = after
        while at < entry.end and text[at] in " .,;:–—-/|·•":
            at += 1
        lead = _WITH.match(text, at) if text[at : at + 1] in _WITH_LETTERS else None
        begin = lead.end() if lead else at
        if begin in names and begin > names[0]:
            return []  # no title ends at the first of its authors
        if (closing in _NO_NAMES_BEHIND and not lead) or not text[begin : begin + 1].isalpha():
            return []
        found = read.get((begin, lead is not None))
        if found is None:
            least = -1.5 if lead or begin in entry.breaks else 0.0
            lists = [people for people in entry.listings(begin)[:3] if people.worth > least]
            found = read[begin, lead is not None] = [
                _named(entry, people, loss, led=lead is not None)
                for people in lists
                # "Cambridge, UK: Cambridge University Press"
                if people.people[0].form != "single" and (lead or not _is_place(text, people))
            ]
            if lists and lists[0].worth > _SURELY_NAMES:
                names = range(lists[0].start, lists[0].end)
        if lead and closing in ("aside", "paren"):
            return [one._replace(worth=one.worth + 2.2) for one in found]  # "(with A. Last)"
        return found

    best = 0.0
    for title, after, closing, score in _titles(entry, start, opening, alone, only, behind):
        if best > _CLEAR and closing in _WEAK:
            break  # names follow a title that ends with a plain mark
        if not named and score + alone + BEST_REST >= entry.least:
            whole = score + alone + entry.looks.rest(after)
            yield Way(whole, None, title, after, said, f"title-only close={closing}")
        for one in behind(after, closing):
            whole = score + one.worth
            best = max(best, whole)
            style = f"title-authors close={closing} names={one.people.people[0].form}"
            yield Way(whole, one.people, title, one.people.end, one.dated or said, style)


class _Named(NamedTuple):
    """A list of names behind a title, what a way with it is worth but for the title, and a date behind it."""

    worth: float
    people: Listing
    dated: tuple[int, int] | None


def _named(entry: Entry, people: Listing, loss: float, *, led: bool) -> _Named:
    """`people` as the names behind a title; `led` says that a "with" stands before them."""
    dated = DATED.match(entry.text, people.end, entry.end)
    worth = people.worth + _after_people(entry, people.end) + (1.0 if led else -0.5) - loss
    if dated and dated["open"]:
        worth += 0.8
    worth += entry.looks.rest(people.end) + entry.styles.fit(f"title-authors names={people.people[0].form}")
    return _Named(worth, people, dated.span("date") if dated else None)


def _quoted(entry: Entry, best: float) -> Iterator[Way]:
    """What stands in quotes as the title, where nothing else can be made of what stands before it."""
    if best >= _POOR or entry.text[entry.start : entry.start + 1] in QUOTES:
        return
    opening = _QUOTE.search(entry.text, entry.start, entry.start + _BEFORE_QUOTE)
    if not opening or _SERIES_BEFORE.search(entry.text, 0, opening.start("quote")):
        return
    at = opening.start("quote")
    for title, after, closing, score in _titles(entry, at, "quote", entry.styles.fit(QUOTED)):
        is_title = title[1] - title[0] > _SHORT_QUOTE and not _COUNTED_BEHIND.match(entry.text, after)
        if closing == "quote" and is_title:
            dated = opening.span("date") if opening["date"] else None
            yield Way(score + entry.looks.rest(after) + entry.styles.fit(QUOTED), None, title, after, dated, QUOTED)


# The way to read an entry of which nothing but a title in quotes is understood.
QUOTED = "quoted-title"
# Below this no other way to read an entry means much. What a quotation is that is no title but a word of it, and how
# much may stand before it.
_POOR, _SHORT_QUOTE, _BEFORE_QUOTE = 2.0, 20, 200
# "Le fil, Paris, Alma, coll. « Bibliothèque »", "O tkaczach, „Rocznik Tkacki”, 5 (8), s. 77": a series, a periodical.
_SERIES_BEFORE = patterns.compile(r"\b(?:coll|col)\. ?$|\b[Cc]ollection $")
_COUNTED_BEHIND = patterns.compile(r"[”»\"]?[,.]? (?:\d{1,4} ?[(/:]|(?:nr|t\.|R\.|vol\.|no\.|n[°º]|z\.) ?\d)")
_QUOTE = patterns.compile(rf"(?:(?<!\w)(?P<date>{YEAR})[)\]]?[.,:]? |[,.:;)] ?)(?P<quote>[“„«\"])(?=\s?[^\W_])")


def _is_place(text: str, people: Listing) -> bool:
    """Whether what looks like one name behind a title is rather where the publisher is."""
    return len(people.people) == 1 and text[people.end : people.end + 2] in (": ", " :")


def _venue_between(entry: Entry) -> Iterator[Way]:
    """Lines of authors, venue, title, or of title, venue, authors."""
    text = entry.text
    for index, stop in enumerate(entry.breaks[:3]):
        after = [*entry.breaks[index + 1 : index + 3], entry.end]
        for people in entry.listings(entry.start)[:2]:
            # The names may fill a line of their own, or stand before the venue.
            if not entry.start < people.end < stop or stop - people.end < 8:
                continue
            style = "authors-venue-title names=" + people.people[0].form
            worth = people.worth + _after_people(entry, people.end) + entry.styles.fit(style) + 0.5
            if worth + BEST_REST + BEST_TITLE < entry.least:
                continue
            worth += entry.looks.rest(people.end)
            for end in dict.fromkeys(after):
                masked = text.find(MASK, stop, end)
                last = masked if masked >= 0 else end
                loose = 1.0 * (last == end != entry.end and text[:end].rstrip()[-1:] not in ".?!")
                if worth + entry.looks.at_most(stop, last) - loose < entry.least:
                    continue
                whole = worth + entry.looks.title(stop, last) - loose  # one title's lines wrap without a full stop
                yield Way(whole, people, (stop, last), people.end, None, style, stop)
        if len(after) > 1 and venues.likeness(text[stop : after[0]].strip(" .,")) > 0.5:
            for people in entry.listings(after[0])[:1]:
                style = "title-venue-authors names=" + people.people[0].form
                whole = people.worth + entry.looks.title(entry.start, stop) + entry.looks.rest(stop) + 0.5
                whole += entry.styles.fit(style)
                yield Way(whole, people, (entry.start, stop), stop, None, style, after[0])


def _opening(entry: Entry, at: int) -> tuple[int, str, float, tuple[int, int] | None]:
    """Where the title begins after a list of names that ends at `at`, what opens it, what speaks for that, a date."""
    text = entry.text
    bonus = _after_people(entry, at)
    dated = DATED.match(text, at, entry.end)
    kind = "comma" if text[at : at + 1] == "," else "stop"
    # "Last, A. 2015 title" is no date but a number in a title, unless a mark or an "in" follows.
    if dated and (
        dated["open"]
        or not text[dated.end() : dated.end() + 1].islower()
        or text[dated.end("date") : dated.end("date") + 1] in _DATE_ENDS
        or text.startswith("in ", dated.end())
    ):
        at, kind = dated.end(), "year"
        bonus += 1.5 if dated["open"] else 0.7
    else:
        dated = None
    while at < entry.end and text[at] in " .,:;–—-|/*†‡·•":
        at += 1
    if text[at : at + 1] and text[at] in QUOTES:
        kind = "year-quote" if kind == "year" else "quote"
        bonus += 1.0
    return at, kind, bonus, dated.span("date") if dated else None


_DATE_ENDS = frozenset(".:")


def _after_people(entry: Entry, at: int) -> float:
    """What speaks for a list of names to end at `at`, by the mark that follows."""
    text = entry.text
    if at >= entry.end:
        return -0.5
    if at in entry.breaks or (text[at] == " " and at + 1 in entry.breaks):
        return 1.0
    following = text[at : at + 3].lstrip()[:1]
    if following and following in ".:;()“\"‘«„'`[|·•":
        return 0.8
    if following and following in ",–—-":
        return 0.2
    if text[at - 1] == ".":
        return 0.3
    return -0.5 if following.isdigit() else -1.0


def _titles(
    entry: Entry,
    start: int,
    opening: str,
    ahead: float,
    only: str = "",
    behind: Callable[[int, str], Sequence[_Named]] | None = None,
) -> Iterator[tuple[tuple[int, int], int, str, float]]:
    """Every title that may begin at `start`: its stretch, where what follows begins, what closes it, and its score.

    With `only`, those that end with this mark, and those in quotes. Without, those are left out with which no way comes
    near the best: `ahead` is what one has but for the title and what follows it, `behind` says which names may follow.
    """
    text, looks = entry.text, entry.looks
    limit = entry.end if only else entry.of.limit(start)
    comma = opening == "comma"
    quotes = _closing_quotes(text, start, entry.end) if "quote" in opening else []
    line = entry.of.line_after(start)
    if (
        quotes
        and line
        and quotes[0][1] < line
        and text[quotes[0][1] : line].strip(" .,:;")
        and looks.rest(quotes[0][1]) < 1.5
    ):
        quotes = []  # the line goes on with the title: "»Resonance«. On connectedness"
    closes = entry.styles.closes
    for end, after in quotes:
        score = looks.title(start, end) + _QUOTED + _marked(entry, start, end)
        yield (start, end), after, "quote", score + closes["quote"]
    least, most = start + 2, min(limit, start + MAX_TITLE + 2)
    marked = max(_SET_OFF.values()) if entry.marks else 0.0
    clear = False
    for end, after, kind in entry.ends(start, limit, only, comma=comma):
        if clear and not comma and kind in _WEAK:
            break
        if not least < end <= most:
            continue
        if only and entry.of.runs_over(start, end):
            break  # they come in the order of the text
        while end > start and text[end - 1] in " ,;:([":
            end -= 1
        if end <= least or (quotes and end >= quotes[0][0]):
            continue
        fit, closing = closes[kind], _AS.get(kind, kind)
        closed = _CLOSE[kind] - 3.0 * bool(quotes)
        if comma and kind in ("comma", "paren", "mask"):
            closed += 1.0
        elif comma and kind == "stop":
            closed -= 0.2
        if not only:
            # First by what both are worth at most, and with what costs more to know only if that is enough.
            lacks = entry.least - closed - fit - marked - BEST_TITLE
            named = max((one.worth for one in behind(after, closing)), default=-math.inf) if behind else -math.inf
            bound = max(named, ahead + BEST_REST)
            if bound < lacks:
                continue
            lacks += BEST_TITLE - looks.at_most(start, end)
            if bound < lacks or (named < lacks and ahead + looks.rest(after) < lacks):
                continue
        score = looks.title(start, end) + closed
        if entry.marks:
            score += _marked(entry, start, end)
        clear = clear or (not only and score > 0.8 and score + looks.rest(after) > _CLEAR_TITLE)
        yield (start, end), after, closing, score + fit


def _closing_quotes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where what is quoted from `start` on may end, and where the text goes on: the first close, and the last one.

    A title that quotes something may end at the last: "“Getting to Know You”: Knowledge and Power”". One that begins
    with a quotation and goes on is not quoted: "“Like” and language ideology".
    """
    opener = text[start]
    closers = QUOTES[opener]
    double = opener in "`'" and text[start + 1 : start + 2] == opener
    depth = 0
    found: list[tuple[int, int]] = []
    for mark in _QUOTE_MARKS[opener].finditer(text, start + 1 + double, end):
        at, here = mark.start(), mark[0]
        if here not in closers:
            depth += 1
        elif not double or text[at + 1 : at + 2] in closers:
            following = text[at + 1 + double : at + 2 + double]
            before = text[at - 2 : at].strip()[-1:]
            # Scripts without spaces go on right behind it.
            closes = not following.isalnum() or here in "」』" or before in (",", ".", "?", "!")
            if here in "'’" and not double and following == " " and before not in (".", ",", "?", "!"):
                # An apostrophe ("workers' self-reports") is followed by a word in lower case; a closing quote is not.
                closes = not text[at + 2 : at + 3].islower() or text.startswith(("in ", "in:"), at + 2)
            if closes and depth <= 0:
                found.append((at, at + 1 + double))
            elif closes:
                depth -= 1
        if len(found) == _MOST_CLOSED:
            break
    if not found:
        return []
    first, after = found[0]
    if text[after : after + 1] == ":":
        return []
    goes_on = text[after : after + 2].lstrip()[:1].islower() and text[first - 1] not in ".,?!" and after - start < 60
    if goes_on and not _AFTER_QUOTE.match(text[after : after + 8]):
        return found[-1:] if len(found) > 1 and opener != '"' and text[found[-1][0] - 1] in ".,?!" else []
    return [found[0], found[-1]] if len(found) > 1 and opener != '"' else found[:1]


# What opens or closes a quotation that begins with a mark, and how often it is closed at most.
_QUOTE_MARKS = {opener: patterns.compile(f"[{opener}{closers}]") for opener, closers in QUOTES.items()}
_MOST_CLOSED = 8
_AFTER_QUOTE = patterns.compile(r"\s?(?:in|dans|ed|hg|hrsg|pp?|vol|with|by|mit|von)\b")


# What a mark of HTML around a title is worth.
_SET_OFF = {"link": 2.0, "strong": 1.5, "emphasis": 1.0}


def _marked(entry: Entry, start: int, end: int) -> float:
    """What HTML's marks say of a title at [start, end): one that is set off as a whole is mostly one."""
    best = 0.0
    for mark in entry.marks:
        if abs(mark.start - start) <= 2 and abs(mark.end - end) <= 2:
            best = max(best, _SET_OFF[mark.kind])
        elif mark.start < end < mark.end - 2 or mark.start + 2 < start < mark.end:
            best = min(best, -1.0)
    return best
