"""What a sentence says about where a paper was accepted, and how much a stretch is the name of a venue."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pubtools import patterns
from pubtools.fields.lexicon import COUNTRIES, PUBLISHER_WORDS, TOWNS, VENUE_ABBREVIATIONS, VENUE_WORDS
from pubtools.models import Venue

# A word of a venue's name: "NeurIPS", "eLife".
_WORD = r"[a-z]{0,3}[A-Z][\w&+-]*"
# "accepted to NeurIPS 2024", "has been accepted at the CogSci 2024 conference", "to appear in Neural Computation".
_ACCEPTED = patterns.compile(
    r"\b(?:accepted|appear|published|presented)\b(?: as an? [\w ]+?)?(?: for (?:publication|presentation))? "
    r"(?:to|at|in|by|for|with)(?: the)? "
    rf"(?P<name>{_WORD}(?: (?:{_WORD}|of the|of|on|and|&|for|in))*)"
    r"(?:[ ,]+(?P<year>(?:19|20)\d\d)\b)?"
)
_ABOUT_A_PAPER = patterns.compile(r"\b(?:paper|article|preprint|manuscript|work)\b", re.IGNORECASE)
_NOTES = patterns.compile(r"\b(oral|spotlight|poster|highlight|best paper|outstanding paper)\b", re.IGNORECASE)


def acceptance(sentence: str) -> tuple[Venue, str | None] | None:
    """The venue that `sentence` says a paper was accepted at, and how ("oral"); None when it says no such thing.

    The name is as written, the year only when it stands beside the name.
    """
    found = _ACCEPTED.search(sentence) if _ABOUT_A_PAPER.search(sentence) else None
    if not found:
        return None
    words = found["name"].split()
    while words[-1].islower() or words[-1] == "&":
        words.pop()  # "accepted to TMLR and ..."
    name = " ".join(words)
    year = found["year"]
    if year is None and (glued := re.fullmatch(r"(.+?)[ '\u2019-]?((?:19|20)\d\d)", name)):
        name, year = glued.groups()
    note = _NOTES.search(sentence)
    return Venue(name=name, year=int(year) if year else None), note[1].lower() if note else None


def topic(sentence: str) -> str:
    """What `sentence` says the paper is about, or calls it: the words between "paper" and the verb of acceptance."""
    found = re.search(
        r"\b(?:paper|article|preprint|manuscript|work)s?\b[ ,:]*(?:titled|entitled|called|on|about)?\s*(?P<topic>.*?)"
        r"[ ,]*\b(?:(?:has|have) been |was |is |were |got |will )?(?:just |now )?"
        r"(?:accepted|published|presented|appear|to appear)\b",
        sentence,
        re.IGNORECASE | re.DOTALL,
    )
    return re.sub(r"\([^)]*\)", " ", found["topic"]).strip(" ,.") if found else ""


# ---------------------------------------------------------------- how much a stretch is the name of a venue

# Words that any title, journal or book may have.
_SMALL = frozenset(
    "of the and in on for to a an at by with from & de la le les des du et d l en der die das und für zur zum in im "
    "e y el los las del da do dos das di della delle van het een i og w na z of".split()
)
_TOKEN = patterns.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?|&")
# The same in ASCII, found in half the time.
_PLAIN_TOKEN = patterns.compile(r"[A-Za-z]+(?:['-][A-Za-z]+)*\.?|&")


# Chinese, Japanese and Korean names of journals end in what they are.
_UNSPACED_ENDINGS = tuple(
    (
        "学报 學報 学刊 學刊 杂志 雜誌 杂誌 雑誌 论文集 論文集 論文誌 学会誌 論叢 紀要 期刊 "
        "논문지 학보 학회지 학회논문집 연구 과학"
    ).split()
)


def _tokens(text: str) -> list[str]:
    return (_PLAIN_TOKEN if text.isascii() else _TOKEN).findall(text)


@lru_cache(maxsize=8192)
def likeness(text: str) -> float:
    """How much `text` is the name of a journal, of proceedings or of a series, by words and shape, in [0, 1]."""
    if not text.isascii() and text.strip(" .,").endswith(_UNSPACED_ENDINGS):
        return 0.9
    words = _tokens(text[:300])
    content = [word for word in map(_weighed, words) if word is not None]
    if not content or len(words) > 30:
        return 0.0
    known = sum([word.known for word in content])
    few = len(content) <= 6
    share = (known + sum([word.abbreviated if few else word.in_long for word in content])) / len(content)
    capital = sum([word.capital for word in content]) / len(content)
    score = (
        0.45 * min(1.0, share * 1.3)
        + (0.3 + 0.1 * content[0].starts) * min(1.0, known)
        + 0.25 * (capital if capital > 0.7 else capital * 0.3)
    )
    if len(words) > 12 and not known:
        score -= 0.2
    if capital < 0.5:
        score -= 0.25
    return round(min(1.0, max(0.0, score)), 3)


class _Weighed(NamedTuple):
    """What a word says: in a table of whole words, an abbreviation in a short name or a long one, with a capital."""

    known: float
    abbreviated: float
    in_long: float
    capital: bool
    starts: bool


@lru_cache(maxsize=16384)
def _weighed(word: str) -> _Weighed | None:
    """What a word says of a venue's name; None where any text may have it."""
    lower = word.lower()
    if lower in _SMALL:
        return None
    capital = word[0].isupper() or not word[0].islower()
    starts = lower in VENUE_WORDS
    lower = lower.rstrip(".")
    if lower in VENUE_WORDS:
        return _Weighed(1.0, 0.0, 0.0, capital, starts)
    if lower in VENUE_ABBREVIATIONS:
        return _Weighed(0.0, 1.0, 1.0 if word[-1] == "." else 0.5, capital, starts)
    short = 0.7 * (word[-1] == "." and len(word) <= 7 and word[0].isupper())
    return _Weighed(0.0, short, short, capital, starts)


@lru_cache(maxsize=8192)
def publisher_likeness(text: str) -> float:
    """How much `text` names a publisher, with its place or without, in [0, 1]."""
    words = [word.rstrip(".") for word in _tokens(text[:200].lower())]
    content = [word for word in words if word not in _SMALL]
    if not content or len(words) > 14:
        return 0.0
    hits = sum(map(PUBLISHER_WORDS.__contains__, content))
    # "Akademieverlag", "Sachbuch-Verlag", "青空出版社": German makes such names at will, and so does Japanese
    house = ("verlag" in text.lower() or not text.isascii()) and any(
        word.endswith(_HOUSES) and len(word) > (8 if word.isascii() else 3) for word in content
    )
    hits += house
    strong = house or not _STRONG_PUBLISHERS.isdisjoint(content)
    score = 0.5 * bool(hits) + 0.3 * strong + 0.2 * hits / len(content)
    if ":" in text and _PLACE.match(text):
        score = max(score + 0.2, 0.45)
    if ("," in text or ":" in text) and beside_place(text):
        score = max(score, 0.55)
    return round(min(1.0, score), 3)


def beside_place(text: str) -> str:
    """The one name in `text` that stands beside a town: `Nebelhaus` of "Nebelhaus, Wien"; "" where none is alone."""
    if not _has_town(text):
        return ""
    pieces = [piece.strip(" .") for piece in _APART.split(text[:120])]
    others = [piece for piece in pieces if piece.lower() not in COUNTRIES and not are_towns(piece)]
    if len(others) != 1 or not 2 <= len(pieces) <= 4 or not any(map(are_towns, pieces)):
        return ""
    is_name = others[0][:1].isupper() and others[0].count(" ") < _LONGEST_HOUSE and not any(map(str.isdigit, others[0]))
    return others[0] if is_name else ""


def are_towns(text: str) -> bool:
    """Whether `text` is nothing but towns: "Wien", "London and New York"."""
    lower = text[:120].strip(" .").lower()
    if lower in TOWNS:
        return True
    last = lower.rpartition(" ")[2].rpartition(",")[2].rpartition(";")[2].rpartition("/")[2]
    return last in _TOWN_ENDS and all(piece.strip(" .") in TOWNS for piece in _BOTH.split(lower))


def _has_town(text: str) -> bool:
    """Whether a word of `text` ends the name of a town: cheaper to see than which."""
    return not _TOWN_ENDS.isdisjoint(word.strip(".,:;/)") for word in text.lower().split())


_TOWN_ENDS = frozenset(town.rpartition(" ")[2] for town in TOWNS)


# No publisher's name has more words.
_LONGEST_HOUSE = 7
_APART = patterns.compile(r" ?[,;:/] ?")
_BOTH = patterns.compile(r" ?[,;/] ?| (?:&|and|und|et|y) ")


_HOUSES = ("verlag", "出版社", "出版会", "出版部", "書店", "书店", "출판사")
_STRONG_PUBLISHERS = frozenset(
    "press verlag publishers publisher publishing springer wiley elsevier routledge macmillan gruyter".split()
)
# "Cambridge, MA: ", "London and New York: ", "Bielefeld: ".
_PLACE = patterns.compile(r"[^\W\d_][\w.'’-]{0,40}(?:[ ,/;&]{1,3}[^\W\d_][\w.'’-]{0,40}){0,5} ?: ?(?=[^\W\d_])")
