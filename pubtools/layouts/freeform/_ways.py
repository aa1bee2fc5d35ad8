"""Every way to read an entry: where a list of names may end, where a title may, and what speaks for it.

Each way is scored by what its parts look like (`_looks`) and by the marks between them, and by how well it agrees with
the style of the page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from pubtools import patterns
from pubtools.fields import authors, identifiers, venues
from pubtools.fields.authors import Listing
from pubtools.layouts.freeform._looks import ABBREVIATED, BEST_REST, DATED, MASK, YEAR, Looks, reported
from pubtools.layouts.freeform._noise import Clean
from pubtools.models import MAX_TITLE
from pubtools.page import Mark

# ---------------------------------------------------------------- the text


class End(NamedTuple):
    """Where a title may end, where what follows it begins, and the mark between them."""

    end: int
    after: int
    kind: str


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
        self._marks = _marks(self, self.start)
        self._found: tuple[list[End], list[End]] = [], []
        self._limits: dict[int, int] = {}
        self._reached = 0

    def marks(self, limit: int) -> tuple[Sequence[End], Sequence[End]]:
        """The marks up to `limit` that a title may end with: those that most titles end with, and the others."""
        while self._reached <= limit:
            end = next(self._marks, None)
            if end is None:
                self._reached = self.end + 1
            else:
                self._reached = end.end
                self._found[end.kind in _WEAK].append(end)
        return self._found

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

    def limit(self, start: int) -> int:
        """Where a title that begins at `start` ends at the latest."""
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

    `order` and `close` are the words that most entries have for what comes first and for the end of the title, where
    `entries`, as many as tell of it, are enough to say so; else "". `turned` says that family names stand first.
    """

    def __init__(self, shares: Mapping[str, float], entries: float = 0.0, *, turned: bool = False) -> None:
        super().__init__(shares)
        self.turned = turned
        self._known: dict[str, float] = {}
        usual = [word for word, share in shares.items() if share >= _MOSTLY and entries >= _SEVERAL]
        self.order = next((word for word in usual if "=" not in word), "")
        self.close = next((word.removeprefix("close=") for word in usual if word.startswith("close=")), "")

    def fit(self, style: str) -> float:
        """How well a way of this `style` agrees with the page."""
        known = self._known.get(style)
        if known is None:
            known = self._known[style] = sum(2.0 * self.get(word, 0.0) - 0.8 for word in style.split())
        return known

    def knows(self, style: str) -> bool:
        """Whether this `style` is the usual one, with names as some entries have them."""
        return all(
            self.get(word, 0.0) >= (_SOMETIMES if word.startswith("names=") else _MOSTLY) for word in style.split()
        )


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
        self.best = 0.0  # of the ways with the authors first that were tried so far
        self.marks = [
            Mark(of.clean.after(mark.start), of.clean.after(mark.end), mark.kind, mark.target)
            for mark in marks
            if mark.kind in ("emphasis", "strong", "link")
        ]

    def ends(self, start: int, limit: int, only: str) -> Iterable[End]:
        """Where a title that begins at `start` may end, first with the marks that most titles end with.

        At `limit` it ends at the latest. With `only` no ends are given but those with this mark.
        """
        breaks = [End(at, at, "break") for at in self.breaks]
        if only:
            return (
                breaks
                if only == "break"
                else (end for end in _marks(self.of, start) if _AS.get(end.kind, end.kind) == only)
            )
        strong, weak = self.of.marks(limit)
        own = (End(mark.end, mark.end, "marked") for mark in self.marks if self.start < mark.end < self.end)
        tail = (End(limit, limit, "tail"),) if limit < self.end else ()
        return chain(strong, breaks, (End(self.end, self.end, "end"),), own, tail, weak)

    def listings(self, at: int) -> list[Listing]:
        """The lists of names that may begin at `at`, the most plausible first: one with the owner is."""
        lists = self.of.listings(at)
        if not self._owner or self._owner not in self.text:
            return lists
        known = self._owned.get(at)
        if known is None:
            owned = [p._replace(worth=p.worth + 1.5) if self._owner in self.text[p.start : p.end] else p for p in lists]
            known = self._owned[at] = sorted(owned, key=_worth)
        return known


def _worth(people: Listing) -> float:
    return -people.worth


# "[12] ", "(3) ", "12. ", "• ", "see e.g. ", and the dash for "the same author".
_LABEL = patterns.compile(
    r"[\s•·▪◦‣*–—-]*[.,]?\s*(?:(?:\[\d{1,4}\s?\]|\(\d{1,4}\)|\[[A-Z]{1,4}\d{0,4}[a-z]?\]|\d{1,3}[.)](?=\s\S))\s*)?"
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
# Each begins with one of a set of characters, which are found many times as fast as anything else.
_END = patterns.compile(
    rf"[.?!…,”»“\"'’:;(\[/{MASK}\s](?:(?<=\s)(?:(?<=\S\s)(?=[(\[])(?P<paren>)|//(?P<slash>)"
    r"|[-–—|/·•]{1,2}(?=\s)(?P<dash>)"
    r"|(?=In:?\s[^\W\d_]|in:\s|In\s[“\"]|in\sProc(?:\.|eedings)\s"
    r"|(?:Ph\.? ?D|Master'?s?|Doctoral|Unpublished)\s)(?P<space>)"
    rf"|(?<!{MASK}\s)(?={MASK})(?P<mask>)|(?={YEAR}[a-z]?(?:[.,;)]|\s[A-Z]|$))(?P<year>)"
    r"|(?<=[a-z\d)]\s)(?=(?:[A-Z][A-Za-z]*\.?\s){1,6}\(?[A-Z]?\d(?!\d{3}: [A-Z]))(?P<bare>))"
    r"|(?<=[.?!…])(?:(?<=\.)\.\.)?[\"”’»']*(?=\s|$)(?P<stop>)|(?<=,)[\"”’]?(?=\s)(?P<comma>)"
    r"|(?:(?<=[”»“\"'’])|(?<=')')(?=[\s,.;:)(]|$)(?P<quoted>)|(?<=:)(?=\s)(?P<colon>)"
    r"|(?<=;)(?=\s)(?P<semicolon>)"
    rf"|(?<=\S[(\[])(?P<bracket>)|(?<=(?<!{MASK}){MASK})(?P<address>)|(?<=/)/(?P<slashes>))"
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
# A limit has one of these, at most so far behind its beginning; that is found much faster.
_LIMIT_SIGN = patterns.compile(rf"[\d{MASK}IVX](?:(?<![IVX])|(?<=t\. [IVX]))")
_BEFORE_SIGN = 10
# Nothing that stands after this is a title's.
_LIMIT = patterns.compile(
    rf"(?=[\d{MASK}]|[\s,(][pvVnt])(?:{MASK}|\b\d{{1,4}}\s?\(\d{{1,3}}(?:[-–]\d{{1,3}})?\)\s?[:,.]|\d:\s?\d+[-–]\d"
    rf"|\b(?!{YEAR}\b)\d+[-–]{{1,2}}\d{{2,}}(?=[.,;)]*(?:$|\s\())|\b{YEAR};\s?\d"
    r"|[\s,(](?:pp?\.\s?[A-Z]?\d|[Vv](?:ol)?\.\s?\d|Vol\s?\d|no\.\s?\d|(?:pages|volume) \d|t\. [IVX\d]))"
)


def _marks(entry: Text, start: int) -> Iterator[End]:
    """Every mark that a title that begins at `start`, or after it, may end with."""
    text, end = entry.text, entry.end
    for found in _END.finditer(text, start, end):
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
            yield End(last, after, "quote" if quoted else "mark" if keeps else "stop")
        elif kind == "paren":
            yield End(at, after, kind if entry.looks.holds_rest(after) else "aside")
        else:
            yield End(at, after, kind)


# "2. Auflage": the full stop of an ordinal.
_EDITION = patterns.compile(r"\d\. (?:[a-zäöü.]{1,15},? ){0,4}Aufl")


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


QUOTES = {"“": "”", "„": "“”", "«": "»", "»": "«", "‘": "’", '"': '"', "'": "'’", "`": "'’`”\"", "”": "”“"}
_WITH = patterns.compile(
    r"\(?(?:joint(?:ly)? (?:work )?with|with|by|von|mit|par|por|co-?authored with|together with|\+)\s+(?=\S)", re.I
)
_WITH_LETTERS = frozenset("(+jwbvmpctJWBVMPCT")
# A list of names that is worth more than this is one.
_SURELY_NAMES = 5.0
# Above this a reading with the authors first leaves no doubt, and others are not tried.
_CLEAR = 4.5
# How far behind the best a reading tells nothing more.
_HOPELESS = 4.0


def ranked(entry: Entry) -> list[Way]:
    """Every way to read the entry that is worth a look, the best first."""
    if usual := _as_usual(entry):
        return [usual]
    found = [*_authors_first(entry), *_venue_between(entry)]
    listed = _listed(entry)
    clear = _CLEAR - 4.0 * max(0.0, entry.styles.get("authors-title", 0.0) - 0.5)
    if listed < 2.0 or max((one.score for one in found), default=0.0) < clear:
        found += _title_first(entry, listed)
        found += _quoted(entry, max((one.score for one in found), default=0.0))
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
    entry.best = 0.0
    for people in lists[: 1 if only else 4]:
        if people.worth < lists[0].worth - 8:
            break
        at, opening, bonus, dated = _opening(entry, people.end)
        names = f"names={people.people[0].form}"
        ahead = people.worth + bonus + _fit(entry, f"authors-title open={opening} {names}")
        for title, after, closing, score in _titles(entry, at, opening, only, ahead):
            style = f"authors-title open={opening} close={closing} {names}"
            whole = people.worth + bonus + score + _fit(entry, style)
            if whole + BEST_REST < entry.best - _HOPELESS:
                continue
            whole += entry.looks.rest(after)
            entry.best = max(entry.best, whole)
            yield Way(whole, people, title, after, dated, style)


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
    loss = max(0.0, min(4.0, listed)) if not quote or quote not in QUOTES else 0.0
    tried: dict[int, list[Listing]] = {}
    names = range(0)
    best = 0.0
    opening = "quote" if quote and quote in QUOTES else "start"
    for title, after, closing, score in _titles(entry, start, opening, only):
        if best > _CLEAR and closing in _WEAK:
            break  # names follow a title that ends with a plain mark
        score -= loss
        if not named:
            style = f"title-only close={closing}"
            alone = score + entry.looks.rest(after) - (0.0 if entry.owner_left_out else 0.8) + _fit(entry, style)
            yield Way(alone, None, title, after, said, style)
        at = after
        while at < entry.end and text[at] in " .,;:–—-/|·•":
            at += 1
        lead = _WITH.match(text, at) if text[at : at + 1] in _WITH_LETTERS else None
        if lead and closing in ("aside", "paren"):
            score += 2.2  # "(with A. Last)"
        begin = lead.end() if lead else at
        if begin in names and begin > names[0]:
            continue  # no title ends at the first of its authors
        if (closing in ("comma", "paren", "aside", "year", "bare", "tail") and not lead) or not text[
            begin : begin + 1
        ].isalpha():
            continue
        if begin not in tried:
            least = -1.5 if lead or begin in entry.breaks else 0.0
            lists = [people for people in entry.listings(begin)[:3] if people.worth > least]
            tried[begin] = [people for people in lists if people.people[0].form != "single"]
            if lists and lists[0].worth > _SURELY_NAMES:
                names = range(lists[0].start, lists[0].end)
        for people in tried[begin]:
            dated = DATED.match(text, people.end, entry.end)
            style = f"title-authors close={closing} names={people.people[0].form}"
            whole = score + people.worth + _after_people(entry, people.end) + (1.0 if lead else -0.5)
            if not lead and _is_place(text, people):
                continue  # "Cambridge, UK: Cambridge University Press"
            if dated and dated["open"]:
                whole += 0.8
            whole += entry.looks.rest(people.end) + _fit(entry, style)
            best = max(best, whole)
            yield Way(whole, people, title, people.end, dated.span("date") if dated else said, style)


def _quoted(entry: Entry, best: float) -> Iterator[Way]:
    """What stands in quotes as the title, where nothing else can be made of what stands before it."""
    opening = _QUOTE.search(entry.text, entry.start, entry.start + _BEFORE_QUOTE) if best < _POOR else None
    if not opening or opening.start() == entry.start:
        return
    at = opening.start("quote")
    for title, after, closing, score in _titles(entry, at, "quote"):
        if closing == "quote" and title[1] - title[0] > _SHORT_QUOTE:
            dated = opening.span("date") if opening["date"] else None
            yield Way(score + entry.looks.rest(after) + _fit(entry, QUOTED), None, title, after, dated, QUOTED)


# The way to read an entry of which nothing but a title in quotes is understood.
QUOTED = "quoted-title"
# Below this no other way to read an entry means much. What a quotation is that is no title but a word of it, and how
# much may stand before it.
_POOR, _SHORT_QUOTE, _BEFORE_QUOTE = 2.0, 20, 200
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
            venue = entry.looks.rest(people.end)
            for end in dict.fromkeys(after):
                masked = text.find(MASK, stop, end)
                last = masked if masked >= 0 else end
                loose = 1.0 * (last == end != entry.end and text[:end].rstrip()[-1:] not in ".?!")
                style = "authors-venue-title names=" + people.people[0].form
                whole = people.worth + _after_people(entry, people.end) + venue + entry.looks.title(stop, last) + 0.5
                whole -= loose  # lines of one title are wrapped without a full stop
                yield Way(whole + _fit(entry, style), people, (stop, last), people.end, None, style, stop)
        if len(after) > 1 and venues.likeness(text[stop : after[0]].strip(" .,")) > 0.5:
            for people in entry.listings(after[0])[:1]:
                style = "title-venue-authors names=" + people.people[0].form
                whole = people.worth + entry.looks.title(entry.start, stop) + entry.looks.rest(stop) + 0.5
                yield Way(whole + _fit(entry, style), people, (entry.start, stop), stop, None, style, after[0])


def _opening(entry: Entry, at: int) -> tuple[int, str, float, tuple[int, int] | None]:
    """Where the title begins after a list of names that ends at `at`, what opens it, what speaks for that, a date."""
    text = entry.text
    bonus = _after_people(entry, at)
    dated = DATED.match(text, at, entry.end)
    kind = "comma" if text[at : at + 1] == "," else "stop"
    # "Last, A. 2015 title" is no date but a number in a title, unless an "in" follows.
    if dated and (
        dated["open"] or not text[dated.end() : dated.end() + 1].islower() or text.startswith("in ", dated.end())
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


def _fit(entry: Entry, style: str) -> float:
    """How well a way agrees with the style of the page."""
    return entry.styles.fit(style) if entry.styles else 0.0


def _titles(
    entry: Entry, start: int, opening: str, only: str = "", ahead: float | None = None
) -> Iterator[tuple[tuple[int, int], int, str, float]]:
    """Every title that may begin at `start`: its stretch, where what follows begins, what closes it, and its score.

    With `only`, those that end with this mark, and those in quotes. `ahead` is what a reading has without its title
    and what follows: then those are left out that cannot come near the best.
    """
    text, looks = entry.text, entry.looks
    limit = entry.of.limit(start)
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
    for end, after in quotes:
        yield (start, end), after, "quote", looks.title(start, end) + _QUOTED + _marked(entry, start, end)
    least, most = start + 2, min(limit, start + MAX_TITLE + 2)
    clear = False
    for end, after, kind in entry.ends(start, limit, only):
        if clear and not comma and kind in _WEAK:
            break
        if not least < end <= most:
            continue
        while end > start and text[end - 1] in " ,;:":
            end -= 1
        if end <= least or (quotes and end >= quotes[0][0]):
            continue
        if ahead is not None:
            others = ahead + _fit(entry, f"close={kind}") + _CLOSE[kind] + comma + _BEST_MARK * bool(entry.marks)
            if others + looks.at_most(start, end, after) < entry.best - _HOPELESS:
                continue
        score = looks.title(start, end) + _CLOSE[kind]
        if entry.marks:
            score += _marked(entry, start, end)
        if comma and kind in ("comma", "paren", "mask"):
            score += 1.0
        elif comma and kind == "stop":
            score -= 0.2
        score -= 3.0 * bool(quotes)
        clear = clear or (score > 0.8 and score + looks.rest(after) > _CLEAR_TITLE)
        yield (start, end), after, _AS.get(kind, kind), score


def _closing_quotes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where what is quoted from `start` on may end, and where the text goes on: the first close, and the last one.

    A title that quotes something may end at the last: "“Getting to Know You”: Knowledge and Power”". One that begins
    with a quotation and goes on is not quoted: "“Like” and language ideology".
    """
    opener = text[start]
    closers = QUOTES[opener]
    double = opener in "`'" and text[start + 1 : start + 2] == opener
    at = start + 1 + double
    depth = 0
    found: list[tuple[int, int]] = []
    while at < end and len(found) < 8:
        here = text[at]
        if here == opener and opener not in closers:
            depth += 1
        elif here in closers and (not double or text[at + 1 : at + 2] in closers):
            following = text[at + 1 + double : at + 2 + double]
            before = text[at - 2 : at].strip()[-1:]
            closes = not following.isalnum() or before in (",", ".", "?", "!")
            if here in "'’" and not double and following == " " and before not in (".", ",", "?", "!"):
                # An apostrophe ("workers' self-reports") is followed by a word in lower case; a closing quote is not.
                closes = not text[at + 2 : at + 3].islower() or text.startswith(("in ", "in:"), at + 2)
            if closes and depth <= 0:
                found.append((at, at + 1 + double))
            elif closes:
                depth -= 1
        at += 1
    if not found:
        return []
    first, after = found[0]
    if text[after : after + 1] == ":":
        return []
    goes_on = text[after : after + 2].lstrip()[:1].islower() and text[first - 1] not in ".,?!" and after - start < 60
    if goes_on and not _AFTER_QUOTE.match(text[after : after + 8]):
        return found[-1:] if len(found) > 1 and opener != '"' and text[found[-1][0] - 1] in ".,?!" else []
    return [found[0], found[-1]] if len(found) > 1 and opener != '"' else found[:1]


_AFTER_QUOTE = patterns.compile(r"\s?(?:in|dans|ed|hg|hrsg|pp?|vol|with|by|mit|von)\b")


# The most that a mark of HTML around a title is worth.
_BEST_MARK = 2.0


def _marked(entry: Entry, start: int, end: int) -> float:
    """What HTML's marks say of a title at [start, end): one that is set off as a whole is mostly one."""
    best = 0.0
    for mark in entry.marks:
        if abs(mark.start - start) <= 2 and abs(mark.end - end) <= 2:
            best = max(best, {"link": 2.0, "strong": 1.5}.get(mark.kind, 1.0))
        elif mark.start < end < mark.end - 2 or mark.start + 2 < start < mark.end:
            best = min(best, -1.0)
    return best
