"""How much a stretch of an entry looks like a title, and how much what stands after it like what follows a title.

All scores are sums of small weights: about -4 (surely not) to 3 (surely). What costs time is found once for the whole
text, so that judging a candidate is cheap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

from pubtools import patterns
from pubtools.fields import authors, dates, venues
from pubtools.fields.lexicon import OPENERS, VENUE_ABBREVIATIONS, VENUE_WORDS

# Stands for each character of an identifier: nothing else is read from it.
MASK = "\ufffc"
YEAR = r"(?:1[5-9]\d\d|20[0-4]\d)"
# The rest of one whose first figure is read: an expression that begins with a set of characters is found much faster.
REST_OF_YEAR = r"(?:(?<=1)[5-9]|(?<=2)0(?=[0-4]))\d\d"
# Words whose full stop ends no sentence.
ABBREVIATED = frozenset(
    (
        "vs cf e.g i.e eg ie al st dr mr mrs ms prof approx resp ca var subsp sp spp ssp etc fig figs eq no nr vol "
        "jr sr co inc ed eds hg hrsg tr trans"
    ).split()
)
# What stands between authors and title, and between title and venue: a year, in brackets or not, or how far it is.
DATED = patterns.compile(
    rf"[\s.,:;–-]{{0,3}}+(?P<open>[(\[]\s?)?(?P<date>(?:c\.\s?)?(?:{YEAR}[a-z]?(?:/\d{{2,4}})?(?:,?\s(?:\d{{1,2}}\.?\s"
    rf"(?:de\s)?)?{dates.MONTH}(?:\s\d{{1,2}})?)?"
    rf"|{dates.MONTH}(?:\s\d{{1,2}})?,?\s{YEAR}|in press|[Ff]orthcoming|[Tt]o appear|n\.d\.|[Aa]ccepted|[Ss]ubmitted"
    r"|[Ii]n preparation|[Uu]nder review|im Druck|en prensa|no prelo))(?(open)\s?[)\]])"
    # the day of a daily paper, in brackets behind the year: "2022 (4. März):"
    rf"(?:\s\((?:\d{{1,2}}\.?\s)?{dates.MONTH}\))?(?!\s?[-–/]\s?\d|[\w(])[\s.,:;–-]*"
)
# What is said after a title in words of its own.
_SAID_WORDS = (
    r"in press|to appear|forthcoming|submitted|accepted|in preparation|under review|in revision|work in progress"
    r"|manuscript|published|unpublished|mimeo|working paper|preprint|arxiv|biorxiv|medrxiv|technical report|tech\. ?rep"
    r"|research report|discussion paper|white paper|ph\.? ?d|doctoral|dissertation|master'?s|diplom|habilitation"
    r"|bachelor|thesis|thèse|tesis|tese|m\.? ?sc|patent|edited by|eds?\.|hg\.|hrsg\.|herausgegeben|translated"
    r"|под ред|trans\.|tr\.|available|retrieved|accessed"
    r"|second edn?|second edition|third edn?|third edition|revised edn?|revised edition|rev\. edn?|rev\. edition"
).split("|")
# "S. 195–203 in: Looms": the pages stand before the book.
PAGES_IN = patterns.compile(
    r"(?:[Pp]p?\.?|[Pp]ages|SS?\.|[Ss]eiten?|[Pp]ágs?\.) ?\d{1,5}(?: ?[-–—‑] ?\d{1,5})?,? (?=[Ii]n\b|Proceedings\b)"
)
# How lawyers cite: "62 Harv. L. Rev. 493 (2001)", "2019 Wis. L. Rev. 45" (The Bluebook, rule 16), "(2001) 62(3) Law
# Quarterly Review 493" (OSCOLA, 3.3.1). The volume, or the year for it, stands before the journal, and the first page
# behind it.
REPORTER = patterns.compile(
    rf"(?:(?P<before>\({YEAR}\) )|(?<=[,.”\"’] ))"
    rf"(?:(?P<annual>{YEAR})\b|(?P<volume>\d{{1,4}})(?:\((?P<issue>\d{{1,3}}(?:[-–]\d{{1,3}})?)\))?) "
    rf"(?P<venue>[A-Z][^\d,()\[\]:;{MASK}]{{2,100}})(?(annual)(?:(?<=R(?:ev|EV)\.)|(?<=[ .][LJ]\.))),? "
    rf"(?P<pages>\d{{1,5}}(?:[-–]\d{{1,5}})?)"
    rf"(?(before)(?=[.,;]?(?:$|[\s{MASK}]))|(?(annual)(?=\.?(?:$| [(\[]))"
    rf"|(?=,? \((?:[A-Z][a-z]+\.? )?{YEAR}\)(?! ?\d))))"
)
# What one of them has, which is found faster.
_REPORTER_SIGN = patterns.compile(
    rf"[(.](?:(?:(?<=\d \()|(?<=\d, \())(?:[A-Z][a-z]+\.? )?{YEAR}\)(?! ?\d)|(?<=\(){YEAR}\) \d"
    r"|(?:(?<=R(?:ev|EV)\.)|(?<=[ .][LJ]\.)),? \d)"
)
_SAID = patterns.compile(rf"[(\[]?(?:{patterns.in_any_case(_SAID_WORDS)}|\d(?i:(?:st|nd|rd|th) ed(?:n|ition)?))(?!\w)")
_IN = patterns.compile(
    r"[(\[]?(?:[Ii]n\]?:?|[Aa]t|dans|[Ee]n:|[Ee]m|[Ww]\]?:|[Aa]ppeared in|[Pp]ublished in|[Tt]o appear in"
    r"|(?:[Pp]aper )?[Pp]resented "
    r"at|[Pp]oster (?:session )?presented at|[Aa]ccepted (?:at|in|to|for)|[Ss]ubmitted to)"
    r"[\s:](?=[\s“\"‘«„]*[^\W\d_]|\s?\d)(?:the )?"
)
_EDITED = patterns.compile(
    r"\((?:[Ee]ds?|[Hh]rsgg?|[Hh]gg?|[Oo]rgs?|[Cc]oords?)\.?\)|, [Ee]ds?\.[, ]|\b(?:edited by|hrsg\. v|[Hh]g\. v)"
    r"|, editors?[,. ]"
)
EDITOR = patterns.compile(r"\((?:[EeÉé]ds?|[Hh]rsgg?|[Hh]gg?|[Oo]rgs?|[Cc]oords?|[Dd]irs?|a cura di)\.?\)")
# What a name of editors is worth at least, and how long their list is at most.
_EDITORS, _LONGEST_EDITORS = 1.5, 150
# "the Fifth International Workshop on ...", "12th Congress": no title goes on so.
ORDINAL_MEETING = (
    r"(?:the )?(?:\d{1,3}(?:st|nd|rd|th|º|ª|e|ème)|First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth"
    r"|Eleventh|Twelfth) (?:[A-Z][\w/&-]{1,20} ){0,5}(?:Workshop|Conference|Symposium|Congress|Meeting|Colloquium)\b"
)
_ORDINAL = patterns.compile(ORDINAL_MEETING)
# What titles do not hold, each with what it costs; and where one of them may begin at all, which is found much faster.
_EVENT_SIGN = patterns.compile(
    r"[\s(\[\d.,?!A-Z](?:(?<=\s)(?=[DHMPVdehmpv/])"
    r"(?=pp?\.|[vV]ol|Ph|[Mm]aster|[Dd]oct|eds?\.|[Hh]r?s?gg?\.|et al|/[/ ])"
    r"|(?<=\S)(?:(?<=[A-Z])(?=\.[ -]?[A-Z]\. |n?\]?: )|(?<=[.?!])(?=[\s\"”])|(?<=\d)(?=\s?[(:]|\d\d\d\s[A-Z])"
    r"|(?<=,)(?= (?:[ACDEFIJLNPRSTU\d]|[A-Z]\.|[A-Z]\w+ U|in[: ]|the |sec|third|rev|tr|ed))|(?<=[(\[])))"
)
_EVENT = patterns.compile(
    rf"(?:(?P<n25>\(\s?{YEAR}[a-z]?\s?\)|\d\s?\(\d+\)|\d\s?:\s?\d+[-–]\d|\s(?:pp?\.|[Vv]ol\.?)\s?\d"
    rf"|, {YEAR}\b(?!\s?[-–])"
    r"|, (?:\d(?:st|nd|rd|th)|[Ss]econd|[Tt]hird|[Rr]evised|[Rr]ev\.) [Ee]d|, \d{1,2}\. Aufl)"
    rf"|(?P<n12>\b{YEAR}\s(?=[A-Z][\w ]{{3,60}}\d))"
    r"|(?P<n30>[(\[](?:[Uu]npublished|[Tt]o appear|[Aa]ccepted|[Ss]ubmitted|[Ff]orthcoming|[Ii]n press|[Pp]h\.?D"
    r"|[Dd]octoral|[Mm]aster|tr\. |trans|edited)|\s(?:Ph\.? ?D|[Mm]aster'?s?"
    r"|[Dd]octoral) (?:thesis|dissertation)\b"
    r"|[.,] (?:[Tt]rans(?:lated)?|[Ee]d(?:ited|s)?|[Tt]r)(?:\.| by) (?=[A-Z])|\s/(?:/\s| под ред\b))"
    r"|(?P<d15>, (?:Department|Faculty|School|Institute) of [A-Z])"
    rf"|(?P<p25>, {ORDINAL_MEETING}|[.,?!] (?:IEEE|ACM|Journal (?:of|for|on)|Proceedings|Proc\.|Transactions"
    r"|J\. [A-Z]|Lecture Notes|Annals of|(?:[A-Z][a-z]+ )?University Press\b)"
    r"|[.?!] \[?In\]?:? [A-Z]|[.,] in: |\[?\b(?:In|W)\]?: |\(eds?\.?\)|\seds?\. |\s[Hh](?:rs)?gg?\. v|\((?:with|mit"
    r"|avec|con|com) )"
    r"|(?P<q10>, in (?=[A-Z“\"]))"
    r"|(?P<i15>(?<![\w.])[A-Z]\.[ -]?[A-Z]\. (?=[A-Z][a-z])|, [A-Z]\. ?[A-Z][a-z]+,|(?<=[a-z]), [A-Z]\.(?=[ ,])"
    r"|\set al\b)"
    r"|(?P<stop>(?<=[^\W\d_])\.[”\"]?\s+(?=[^\W\d_])))"
)
_COST = {"n25": 2.5, "n12": 1.2, "n30": 3.0, "p25": 2.5, "q10": 1.0, "i15": 1.5, "d15": 1.5}
_LISTED = patterns.compile(
    r"[^\W\d_][\w'’-]++,? (?=[A-Z])(?:[A-Z]{1,3}(?:, | and | & )[^\W\d_][\w'’-]+,? [A-Z]{1,3}(?![a-z])"
    r"|(?<=, )(?:[A-Z]\. ?){1,3}(?:,|$|&|and|et|\d))"
)
# Words that titles have and names of venues seldom: they stand between others.
_SMALL = frozenset(
    (
        "of the and in for on a an to with by from is are at as de la des du et der die das und für zur von del el en "
        "da do w na o y i using via through"
    ).split()
)
_NOT_FIRST = frozenset(
    (
        "in proceedings proc journal transactions vol volume pp pages ed eds edited phys rev ieee acm trans conf "
        "university"
    ).split()
)
_NOT_LAST = frozenset(
    (
        "of the and in for on an to with by from at as de la des du et der die das und für zur von del el vs versus"
        " or is "
        "are into over under using via between"
    ).split()
)
_TAIL = patterns.compile(
    # where one of them may begin at all
    rf"(?=[{MASK}\dA-Z제第vnbtspc(\[]|\s[A-Z\d])(?:"
    rf"{MASK}+|(?<![\w.'’-])[(\[]?\s?(?:[A-Z]{{0,2}}\d+)(?!\d*(?:st|nd|rd|th|er|ème|e|º|ª|\.º|D)\b)"
    r"|\b(?:[Vv]ol(?:ume)?|[Nn]o|[Nn]r|[Bb]d|[Tt]om[eo]|[Ss]eries|pp?|[Ss]|pages?|ch|chap|[vt])\.?\s?(?=\d|[IVX]+\b)"
    r"|n[°º]|[제第]\s?\d)"
)
# Each of them has one of these, and at most so far behind its beginning; that is found much faster.
_TAIL_SIGN = patterns.compile(rf"[\dIVX{MASK}°º](?:(?<![IVX])|(?<=[\s.][IVX])[IVX]{{0,6}}\b)")
_BEFORE_SIGN = 14
_LEADING = patterns.compile(r"[\s.,;:–—|/*†‡·•”\"’'»)\]-]*+")


# No name of a venue or a publisher is longer.
LONGEST = 200
_YEAR_ONLY = patterns.compile(rf"{YEAR}(?!\d)")
_BARE_YEAR = patterns.compile(rf"[ (\[]*{YEAR}(?!\d)")
_FIGURE = patterns.compile(r"\d")
# What a title of so many words is worth; others 0.5.
_LENGTHS = {1: -1.6, 2: -0.5, 3: 0.1}
# What stands around a name and is none of it.
_AROUND = " .,;:()[]–—-\"”“'"


def reported(text: str, start: int, end: int) -> int | None:
    """Where in [start, end) of `text` a work is first cited as lawyers do; None for nowhere."""
    found = REPORTER.search(text, start, end) if _REPORTER_SIGN.search(text, start, end) else None
    return found.start() if found else None


# The most that a title is worth, and what follows it.
BEST_TITLE, BEST_REST = 1.4, 4.0


# A letter or a figure.
_SAYS = patterns.compile(r"[^\W_]")


class Looks:
    """The looks of one masked text, whose entry ends at `end`; a line that begins at one of `breaks` is another part.

    Nothing is looked for where nobody asks: most entries are read as their page is written, with one look at each part.
    """

    def __init__(self, text: str, end: int, breaks: Sequence[int] = ()) -> None:
        self.text = text
        self.end = end
        # The breaks that no title runs over, but seldom.
        self._crossed = [offset for offset in breaks if not self._is_wrapped(offset)]
        self._events = patterns.Sought(partial(_find_events, text, end))
        self._rests: dict[int, float] = {}
        self._titles: dict[tuple[int, int], float] = {}
        self._editor: int | None = None  # where the first list that is called the editors' ends; 0 for nowhere

    def title(self, start: int, end: int) -> float:
        """How much [start, end) looks like a title."""
        known = self._titles.get((start, end))
        if known is None:
            known = self._titles[start, end] = self._title(start, end)
        return known

    def rest(self, start: int) -> float:
        """How much what stands from `start` on looks like what follows a title."""
        known = self._rests.get(start)
        if known is None:
            known = self._rests[start] = self._rest(start)
        return known

    def at_most(self, start: int, end: int) -> float:
        """No less than a title at [start, end) is worth: that is cheaper to see."""
        known = self._titles.get((start, end))
        return BEST_TITLE - self._events_in(start, end) if known is None else known

    def _title(self, start: int, end: int) -> float:
        text = self.text[start:end]
        words = text.split()
        count = len(words)
        if not count or not (text[0].isalnum() or _SAYS.search(text)):
            return -6.0
        crossed = 0
        for offset in self._crossed:
            crossed += start < offset < end - 1
        if not text.isascii() and _UNSPACED.search(text):
            score = 0.5 if len(text) > 5 else -0.5
        else:
            score = _LENGTHS.get(count, 0.5) - 0.12 * max(0, count - 25)
        score -= 1.2 * min(crossed, 2)
        capital = count == 1 or words[1][0].isupper()
        score += _first(words[0], capital)
        if count >= 3 and not _SMALL.isdisjoint(words[1:]):
            score += 0.6
        score -= self._events_in(start, end)
        if text.count("(") != text.count(")") or text.count("[") != text.count("]"):
            score -= 1.5
        if "“" in text and text.count("“") != text.count("”"):
            score -= 0.8
        if MASK in text:
            score -= 4.0
        if capital and _LISTED.match(text):
            score -= 4.0
        if count > 1:
            score += _last(words)
            sentence = text.rpartition(". ")
            if sentence[0] and len(sentence[2].split()) <= 2:
                score -= 0.6  # the beginning of what follows, more often than a sentence of its own
            head, comma, ending = text.rpartition("; " if "; " in text else ", ")
            pieces = ending.split() if comma else []
            if comma and count > 3 and len(pieces) <= 3 and all(piece[0].isupper() for piece in pieces):
                # "… in France, Paris", unless the whole title has capitals
                score -= 0.8 * (sum(word[0].islower() for word in head.split()) > 2)
            if 0 < len(pieces) <= _LONGEST_IMPRINT and pieces[0][0].isupper():
                imprint = _imprint(head, comma, ending)
                score -= 1.5 * bool(venues.are_towns(ending) or venues.beside_place(imprint))
        if count <= 9 and (like := venues.likeness(text)) > 0.6:
            score -= 2.2 * like
        return score

    def _events_in(self, start: int, end: int) -> float:
        """What is in [start, end) and no title holds costs; it is looked for as far as titles are tried."""
        cost = 0.0
        for at, stop, one in self._events.between(start, end):
            if start <= at and stop <= end:
                cost += one
            elif at >= end:
                break
        return cost

    def _rest(self, start: int) -> float:
        text, end = self.text, self.end
        lead = _LEADING.match(text, start, end)
        at = lead.end() if lead else start
        if at >= end:
            return -0.6
        if text[at] == MASK:
            return 0.3
        if text[at] in "(0123456789" and REPORTER.match(text, at, end):
            return BEST_REST
        if text[at] in "pPSs" and (paged := PAGES_IN.match(text, at, end)):
            at = paged.end()
        if _SAID.match(text, at, end):
            return 1.3
        bonus = 0.0
        if inside := _IN.match(text, at, end):
            at, bonus = inside.end(), 1.2
            if ":" in inside[0] or _EDITED.search(text, at, min(end, at + 120)):
                return 2.6
            while at < end and text[at] in " \"“‘«„'":
                at += 1
        if _ORDINAL.match(text, at, end):
            return 2.4
        if text[at] in "([":
            bonus -= 0.1 if self.holds_rest(at) else 1.5
            at += 1
        if self._editor is None:
            label = EDITOR.search(text, 0, end)
            self._editor = label.end() if label else 0
        if at < self._editor < at + _LONGEST_EDITORS:
            people = authors.listings(text, at, self._editor)
            if any(one.role and one.worth >= _EDITORS * len(one.people) for one in people):
                return 1.2 + bonus
        if dated := DATED.match(text, at, end):
            if dated.end() >= end or text[dated.end()] == MASK:
                return 0.1 + bonus
            at = dated.end()
            bonus += 0.2
        tail = self._tail(at)
        stop = tail.start() if tail else end
        if tail and stop - at < 2:
            if tail[0][0] == MASK:
                return bonus
            # "In 2020 25th International Conference": the number belongs to the venue's name
            again = self._tail(tail.end())
            after = text[tail.end() : again.start() if again else end].strip(" .,;:()")
            if len(after) <= 12 or venues.likeness(after) <= 0.5:
                return bonus - 0.8
            stop, tail = again.start() if again else end, again
        stop = min(stop, at + LONGEST)
        chunk = text[at:stop].strip(_AROUND)
        ahead, _, last = chunk.rpartition(" ")
        if ahead and last.strip(_AROUND).lower() in dates.MONTH_WORDS:
            chunk = ahead.strip(_AROUND)
        return bonus + _chunk(chunk, self._number(tail))

    def _tail(self, at: int) -> re.Match[str] | None:
        """The first number or label of one from `at` on."""
        return patterns.around(_TAIL, _TAIL_SIGN, _BEFORE_SIGN, self.text, at, self.end)

    def _number(self, tail: re.Match[str] | None) -> str:
        """What kind of number a tail begins with: "volume", "year" or ""."""
        if tail is None or tail[0][0] == MASK:
            return ""
        at = tail.start()
        if _BARE_YEAR.match(self.text, at, at + 12) is None:
            return "volume"
        return "volume" if _FIGURE.search(self.text, at + 5, min(self.end, at + 30)) else "year"

    def _is_wrapped(self, offset: int) -> bool:
        """Whether the line at `offset` only goes on: it begins in lower case, and not with "with Ada Lovelace"."""
        return self.text[offset].islower() and not self.text.startswith(("with ", "mit ", "by ", "von "), offset)

    def holds_rest(self, at: int) -> bool:
        """Whether a bracket at `at` may hold what follows a title: a year, a venue, a publisher, "in", an editor."""
        text = self.text
        close = text.find(")" if text[at] == "(" else "]", at, min(self.end, at + 200))
        inside = text[at + 1 : close if close > 0 else at + 80].strip()
        if _HOLDS_REST.search(inside) or _SAID.match(inside):
            return True
        likely = max(venues.likeness(inside), venues.publisher_likeness(inside))
        return inside[:1].isupper() and likely > 0.5


def _find_events(text: str, end: int, start: int) -> Iterator[tuple[int, int, float]]:
    """What no title holds in [start, end) of `text`, and what it costs."""
    for found in patterns.begun(_EVENT, _EVENT_SIGN, text, start, end):
        yield found.start(), found.end(), _cost(text, found)


def _cost(text: str, found: re.Match[str]) -> float:
    """What something inside of a title costs."""
    if found.lastgroup != "stop":
        return _COST[found.lastgroup or ""]
    at = found.start()
    while at and text[at - 1].isalpha():
        at -= 1
    word = text[at : found.start()].lower()
    if len(word) < 2 or word in ABBREVIATED:
        return 0.0
    return 1.8 if word in VENUE_ABBREVIATIONS else 1.0


# "(= Schriften zur Weberei, Bd. 93)", "(Studies in Looms, vol. 12)", "(London: Sage)"
_HOLDS_REST = patterns.compile(
    rf"\b{YEAR}\b|^= ?[A-Z]|, (?:Bd|Band|[Vv]ol|Nr|[Nn]o)\. ?\d+$|^In:? [A-Z]|^in: |\b[Ee]ds?\b\.?$"
    rf"|[^\W\d_]: [A-Z]|{MASK}"
)
# A letter of a script without spaces between words, or with few.
_UNSPACED = patterns.compile("[\u3040-\u9fff\uac00-\ud7af]")


# So many words has an imprint at most.
_LONGEST_IMPRINT = 8


def _imprint(head: str, mark: str, ending: str) -> str:
    """What a title ends with, behind a mark, that may be no part of it: "Wien: Nebelhaus", "Wien, Nebelhaus"."""
    return ending if ":" in ending or mark == "; " else f"{head.rpartition(', ')[2]}, {ending}"


@lru_cache(maxsize=4096)
def _first(word: str, no_sentence: bool) -> float:
    """What the first word of a title says."""
    bare = word.lstrip("“\"‘'«„`([")
    score = 0.0
    if bare[:1].islower() and not any(map(str.isupper, bare)) and bare[1:2] != "-":
        score -= 1.2
    lower = bare.lower().rstrip(".,:")
    if lower in ("edited", "translated", "trans"):
        score -= 3.0
    if lower in _NOT_FIRST and no_sentence:
        score -= 2.0
    if lower in OPENERS and lower != "in":
        score += 0.3
    return score


def _last(words: Sequence[str]) -> float:
    """What the last of a title's words says."""
    word = words[-1]
    lower = word.lower().rstrip(".,:;")
    if lower in _NOT_LAST or (word[-1:] == "." and lower in VENUE_ABBREVIATIONS and len(lower) < 6):
        return -2.0
    if lower.isdecimal() and _YEAR_ONLY.fullmatch(lower) and words[-2].lower() not in _NOT_LAST:
        return -0.8
    if len(lower) < 5 and word[:1].isupper() and lower in VENUE_ABBREVIATIONS and lower not in VENUE_WORDS:
        return -1.0
    # "… critical dense polymers J", but not "Law of Looms, Part I"
    return -1.0 if len(word) == 1 and word.isupper() and word not in "IVX" and words[-2][-1].islower() else 0.0


def _is_proper(words: Sequence[str]) -> bool:
    """Whether `words` are written as a name is: of those that no title ends with few are in small letters."""
    content = [word[0] for word in words if word.lower() not in _NOT_LAST]
    return len(content) > 0 and sum(map(str.islower, content)) * 4 <= len(content)


@lru_cache(maxsize=4096)
def _chunk(chunk: str, number: str) -> float:
    """How much a stretch between a title and the first number is a venue or a publisher."""
    words = chunk.split()
    if not words:
        return -1.0
    score = 3.8 * max(venues.likeness(chunk), venues.publisher_likeness(chunk)) - 1.6
    first = words[0].lower()
    count = len(words)
    if number == "volume" and count <= 8 and _is_proper(words):
        score = max(score, 1.0) + 0.4
    elif number == "volume" and count <= 6 and words[0][0].isupper():
        score = max(score, 0.0)
    elif number == "year" and count <= 6 and _is_proper(words):
        score = max(score, 0.7 if count <= 4 else 0.2)
    if words[0][0].islower() and not any(map(str.isupper, words[0])):
        score -= 2.0
    if first in OPENERS and first not in ("the", "die", "das", "der", "le", "la", "les", "in", "il", "el"):
        score -= 1.0
    score -= 0.15 * max(0, count - 14)
    for index, word in enumerate(words[:-1]) if ". " in chunk else ():
        bare = word[:-1].lower()
        if word[-1] == "." and len(bare) > 1 and bare not in VENUE_ABBREVIATIONS and bare not in ABBREVIATED:
            score -= 1.2 * (words[index + 1][0].isalpha())
    if "?" in chunk:
        score -= 1.5
    return min(score, 2.6)
