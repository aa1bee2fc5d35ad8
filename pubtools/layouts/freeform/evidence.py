"""What a line has of an entry's parts: names, a year, a venue; and whether an entry may begin or end with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pubtools import patterns
from pubtools.fields import authors, venues
from pubtools.fields.authors import Listing
from pubtools.layouts.freeform._looks import reported

# Of a line of ten megabytes no more than this is looked at: it is no line of an entry.
REACH = 400

_YEAR = patterns.compile(
    r"(?=[12])(?:(?<![\d.:/-])|(?<=\d\.\d\.)|(?<=\d\.\d\d\.)|(?<=[ (]\d\d\.)|(?<=[ (]\d/))(?:1[6-9]\d|20[0-3])\d[a-z]?"
    r"(?![\d:/]|-\d|\.\d)"
)
# What may stand before the first name: "Recommended citation:", "with", a nickname of the work in brackets.
_LABEL = patterns.compile(
    r"(?:(?:recommended |suggested |please )?cit(?:ation|e as|e this[ a-z]*|ed as)\b ?: ?|authors?: ?|by: ?"
    r"|\W?(?:joint work |joint |jointly )?"
    r"(?:with|by|mit|avec|con|com) (?=(?-i:[^\Wa-z]))|\[[^\[\]]{1,40}\] (?=\w)|\()", re.I,
)  # fmt: skip
_WITH = patterns.compile(r"\W?(?:joint work |joint |jointly )?(?:with|by|mit|avec|con|com) (?-i:[A-Z])", re.I)
# The dash that stands for the author of the entry above.
_DASHES = "—–-_"
_SAME = patterns.compile(r"(?:—{2,}|-{3,}|_{3,}|–{2,})[.,:]? ?(?=[^\W_])")
_PARTICLE = patterns.compile(r"(?:van|von|vom|zu[mr]?|d(?:e[lnr]?|ella|[aiou]s?)|l[ae]|te[nr]|a[fv]|d'|al-|el-) ?\w")
# A family name with its particles before the given names: "de Pina-Cabral, João", "van der Berg, A."
_SMALL_FAMILY = patterns.compile(r"(?:[a-z]{2,5} ){1,3}[^\Wa-z\d_][\w'’-]+(?: [^\Wa-z\d_][\w'’-]+)?, [^\Wa-z\d_]")
_AFTER_NAME = patterns.compile(r"[.,:;]? (?=\W|[A-Z\d])(?<=[.,:;] )|[.,:;]? ?[(\[“\"„»«]|[.,:;]$")
# What may stand around a list of names without being anything else.
_AROUND = " .,;:*†‡§¶#∗()[]0123456789–-"
# From here on a list of names is more than a guess (`authors.Listing.worth`).
SURE = 1.0

# What a year or a quotation right behind names is worth, and where the family name stands first; and what has one.
_SET_OFF, _SET_OFF_TURNED = 2.0, 4.0
_YEAR_BEHIND = r"(?:1[5-9]|20)\d\d[a-z]?"
_BEHIND_NAMES = rf"(?:\({_YEAR_BEHIND}\)|(?P<bare>{_YEAR_BEHIND}[.:])|[“„«\"])"
_AFTER_ALL = patterns.compile(rf"[.,:]? ?{_BEHIND_NAMES}")
_SOON_SET_OFF = patterns.compile(rf"[^\d(“„«\"]{{3,80}}(?<=[\w., ]){_BEHIND_NAMES}")

_WORD = patterns.compile(r"[^\W\d_]+")
# It makes a space of all but small letters: the words of a line in ASCII are found so in a third of the time.
_LETTERS_ALONE = bytes(code if chr(code).islower() else 32 for code in range(128)).ljust(256)
_VENUE_WORDS = frozenset(
    (
        "accepted acm acta annals appear arxiv band bd biorxiv bulletin chapter conference dissertation doi ed eds "
        "elsevier forthcoming hal heft hg hrsg ieee isbn issn journal lecture letters lncs medrxiv no nr page pages "
        "pp preparation preprint press proc proceedings published publisher publishers review revista revue rivista "
        "routledge springer ssrn submitted symposium thesis transactions verlag vol volume wiley workshop zeitschrift"
    ).split()
)
# Of a venue and of pages, each by what they begin with: most characters are none of these.
_VENUE_FIGURES = patterns.compile(r"[\dS](?:(?<=\d)(?: ?[(:,–‑-] ?\d|\) ?[,:])|(?<=\bS)\. ?\d)")
_VENUE_SIGNS = patterns.compile(r"\b[Ii]n: |^In (?=[A-Z])|学报|雑誌|学会|期刊")
_PAGES = patterns.compile(
    r"[\dpsS:](?:(?<=\d) ?(?:[-–‑] ?\d\d|\(\d+\))|(?<=:)\d"
    r"|(?:(?<=\bp)(?:p|ages?|ágs?)?|(?<=\bs)(?:tr)?|(?<=\bS)p?)\. ?\d)"
)
_ID = patterns.compile(
    r"[1AaDdh](?:(?<=\b1)0\.\d{4,9}/\S|(?<=[Aa])r[Xx]iv[:.]|(?<=\b[Dd])oi\b|(?<=\bD)OI\b|(?<=h)ttps?://)"
)
# Without one of these there is none.
_ID_SIGNS = ("10.", "://", "oi", "OI", "iv:", "iv.")
_FIGURE = patterns.compile(r"\d")
# So far before the first figure all that is looked for with figures may begin: "pages. 3".
_BEFORE_FIGURE = 8
_SHORTEST_TITLE = 8
# So many characters tell most lines from those that begin with a name; no name is shorter.
_HEAD = 2
# How an entry may end: a year, pages, a word for where it is on its way.
_LAST_FIGURES = patterns.compile(r"(?:.*\D)?(?:(?:19|20)\d\d(?:[a-z]|年(?:\d\d?月)?)?|\d+[-–‑]\d+)")
_LAST_WORDS = frozenset(
    "accepted press appear review preparation submitted forthcoming version pdf code video homepage editorial".split()
)
_CLOSING = ".!?])»”\"'’}"
_AFTER_END = f" ,;{_CLOSING}"
_OPEN_SIGNS = ",;:&(–‑/-"
_OPEN_WORDS = frozenset(
    (
        "a an and at by das de der die doi doi: ed. eds. et for from für in la no. of on p. pp. the to und und von "
        "vol. with y zur"
    ).split()
)
# No entry begins like this: a small letter, the end of a range, "In: Collected Looms", "Hg. von", "Published in".
_LOWER = patterns.compile(
    r"(?:In:|H(?:rs)?gg?\.|Published in:?|Appeared in:?|Erschienen in:?|Rezension(?:en)?:|Press:) "
    r"|[a-zß-öø-ÿ(,;.:)\]%&/…]|and\b|\d+[-–‑,.:)]|\d+\s*$"
)
# With a year or pages at its end no title does, either: "In Proceedings of the Loom, 2019".
_IN = patterns.compile(r"In [A-Z]")
_SENTENCE = frozenset(
    (
        "we our i my is are was were has have can will this these that which it ist sind wir wird nous est sont es são"
    ).split()
)


class Evidence(NamedTuple):
    """What a line has of an entry's parts.

    It begins with `leads` names and may be nothing but `names`; they are `set_off` where a year or a quotation follows
    them. `by` are names after its title ("Title by A and B").
    It has a `year`, words of a `venue`, `pages` or a volume, an `id`; behind a title it is `cited` as lawyers do, all
    in one line. An entry may end with it (`closed`), most likely
    does (`ended`), or cannot (`open`); an entry cannot begin with it where it `continues` one. It may be a `sentence`.
    """

    names: bool = False
    leads: int = 0
    set_off: bool = False
    by: bool = False
    year: bool = False
    venue: bool = False
    pages: bool = False
    id: bool = False
    cited: bool = False
    closed: bool = False
    ended: bool = False
    open: bool = False
    continues: bool = False
    sentence: bool = False


NOTHING = Evidence()


def of(texts: Sequence[str]) -> list[Evidence]:
    """The evidence of each of a page's lines.

    One name by itself ("Ada Lovelace. On Looms") is little evidence; one that stands in a list elsewhere is enough.
    """
    known: set[str] = set()
    begins = [text[:REACH] for text in texts]
    starts = [_begin(text) for text in begins]
    lists = [_leading_names(text, *start, known) for text, start in zip(begins, starts, strict=True)]
    heads = {name[:_HEAD] for name in known}
    for at, (text, (start, _), found) in enumerate(zip(texts, starts, lists, strict=True)):
        if start is not None and not found[0] and text[start : start + _HEAD] in heads:
            lists[at] = _known(text, start, known)
    return [_evidence(text, *found) for text, found in zip(texts, lists, strict=True)]


# ---------------------------------------------------------------- inside


def _evidence(text: str, leads: int, whole: bool, set_off: bool) -> Evidence:
    begin = text[:REACH]
    small = begin.lower()
    words = small.encode().translate(_LETTERS_ALONE).decode().split() if small.isascii() else _WORD.findall(small)
    is_open, is_ended = _is_open(text), _is_ended(text)
    figure = _FIGURE.search(begin)
    at = max(0, figure.start() - _BEFORE_FIGURE) if figure else 0
    return Evidence(
        names=whole,
        leads=leads,
        set_off=set_off,
        by=not leads and _has_names_inside(begin),
        year=figure is not None and bool(_YEAR.search(begin, at)),
        venue=not _VENUE_WORDS.isdisjoint(words)
        or (figure is not None and bool(_VENUE_FIGURES.search(begin, at)))
        or (("n: " in begin or begin[:3] == "In " or not begin.isascii()) and bool(_VENUE_SIGNS.search(begin))),
        pages=figure is not None and bool(_PAGES.search(begin, at)),
        id=any(map(begin.__contains__, _ID_SIGNS)) and bool(_ID.search(begin)),
        cited=figure is not None and (reported(begin, 0, len(begin)) or 0) > _SHORTEST_TITLE,
        closed=not is_open and (is_ended or text[-1:] in _CLOSING),
        ended=not is_open and is_ended,
        open=is_open,
        continues=(bool(_LOWER.match(begin)) and not _WITH.match(begin) and not (leads and _SMALL_FAMILY.match(begin)))
        or (is_ended and bool(_IN.match(begin))),
        sentence=len(words) > 7 and sum(map(_SENTENCE.__contains__, words)) * 12 > len(words),
    )


def _is_open(text: str) -> bool:
    if not text or text[-1] in _OPEN_SIGNS:
        return True  # behind a label alone comes what it is of
    before, _, last = text[-80:].rpartition(" ")
    return last.lower() in _OPEN_WORDS and not (last == "p." and before[-1:].isdigit())  # "212 p."


def _is_ended(text: str) -> bool:
    last = text[-80:].rstrip(_AFTER_END).rpartition(" ")[2]
    return (
        last.lower().lstrip("([") in _LAST_WORDS
        or (any(map(str.isdigit, last[-3:])) and bool(_LAST_FIGURES.fullmatch(last)))
        or last.startswith(("http", "10.", "doi", "査読"))
    )


def _leading_names(text: str, start: int | None, sure: float, known: set[str]) -> tuple[int, bool, bool]:
    """How many names `text` has from `start` on, whether it is nothing else, and whether they are set off.

    A year in brackets after them is nothing else. The names of a list of two or more become `known`.
    """
    if text[:1] in _DASHES and _SAME.match(text):
        return 1, False, False
    if start is None:
        return 0, False, False
    found = authors.listings(text, start)
    best = found[-1] if found else None
    if best is None or best.worth < sure:
        best = _set_off(text, start, sure, found)
        if best is None:
            return 0, False, False
    if len(best.people) > 1:
        known.update(text[person.start : person.end] for person in best.people)
    return len(best.people), not text[best.end :].strip(_AROUND), _is_set_off(text, best)


def _set_off(text: str, start: int, sure: float, found: Sequence[Listing]) -> Listing | None:
    """Of the lists found, or of bodies, the best that a year or a quotation follows, which makes it surer.

    "Canguilhem, Georges (1994)", "Georges Canguilhem: “In memoriam”"; but a place and a year end an entry.
    """
    if not _SOON_SET_OFF.match(text, start):
        return None
    for one in (*authors.bodies(text, start, len(text)), *reversed(found)):
        least = sure - (_SET_OFF_TURNED if "inverted" in one.people[0].form else _SET_OFF)
        place = text[one.start : one.end].replace(",", " and")
        if one.worth >= least and _is_set_off(text, one) and not venues.are_towns(place):
            return one
    return None


def _is_set_off(text: str, names: Listing) -> bool:
    """Whether a year or a quotation follows `names`; a year without brackets may follow a conference, too."""
    found = _AFTER_ALL.match(text, names.end)
    if found is None or not found["bare"]:
        return found is not None
    return names.people[0].form.startswith("in") or (
        names.people[0].form == "group" and " " in text[names.start : names.end]
    )


def _begin(text: str) -> tuple[int | None, float]:
    """Where the first name would begin, None where none does, and what a list must be worth there."""
    label = _LABEL.match(text)
    start = label.end() if label else 0
    first = text[start : start + 1]
    if not first.isupper() and not first > "\u00bf" and not _PARTICLE.match(text, start):
        return None, SURE
    return start, SURE - 1.5 if label and label[0].lower().startswith("with ") else SURE


def _known(text: str, start: int, known: set[str]) -> tuple[int, bool, bool]:
    """One name, where the text begins with a known one at `start` and then goes on as after a name."""
    end = _AFTER_NAME.search(text[:REACH], start)
    name = text[start : end.start() if end else REACH]
    if name not in known:
        return 0, False, False
    return 1, not text[start + len(name) :].strip(_AROUND), False


def _has_names_inside(text: str) -> bool:
    at = text.find(" by ")
    if at < 0 or not text[at + 4 : at + 5].isupper():
        return False
    found = authors.listings(text, at + 4)
    return bool(found) and found[-1].worth > 0
