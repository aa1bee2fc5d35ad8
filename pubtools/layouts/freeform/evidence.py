"""What a line has of an entry's parts: names, a year, a venue; and whether an entry may begin or end with it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, islice

from pubtools import patterns
from pubtools.fields import authors, letters, venues
from pubtools.fields.authors import Listing
from pubtools.layouts.freeform._looks import reported

# Of a line of ten megabytes no more than this is looked at: it is no line of an entry.
REACH = 400

# What is looked for in all lines of a page at once begins with a character that few of them have, and looks behind it.
_YEAR = patterns.compile(
    r"(?:1[6-9][0-9]|20[0-3])[0-9](?:(?<![0-9.:/-]....)|(?<=[0-9]\.[0-9]\.....)|(?<=[0-9]\.[0-9][0-9]\.....)"
    r"|(?<=[ (][0-9][0-9]\.....)|(?<=[ (][0-9]/....))[a-z]?(?![0-9:/]|-[0-9]|\.[0-9])"
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
_SAME = patterns.compile(r"(?:—{2,}|-{3,}|_{3,}|–{2,})[.,:]? ?(?=[^\W_]|[(“«\"„‘][^\W_])")
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
# What follows begins with none of the characters before it, so that there is nothing to go back to.
_SOON_SET_OFF = patterns.compile(rf"[^\d(“„«\"]{{3,80}}+(?<=[\w., ]){_BEHIND_NAMES}")

# It makes letters of ASCII small and a space of all else: so the words of a whole page are found at once.
_LETTERS = bytes(ord(chr(code).lower()) if chr(code).isalpha() else 32 for code in range(128)).ljust(256)
_VENUE_WORDS = frozenset(
    (
        "accepted acm acta annals appear arxiv band bd biorxiv bulletin chapter conference dissertation doi ed eds "
        "elsevier forthcoming hal heft hg hrsg ieee isbn issn journal lecture letters lncs medrxiv no nr page pages "
        "pp preparation preprint press proc proceedings published publisher publishers review revista revue rivista "
        "routledge springer ssrn submitted symposium thesis transactions verlag vol volume wiley workshop zeitschrift"
    ).split()
)
# Of a venue, pages and an identifier, by what they begin with: a figure, or one of a few characters.
_VENUE_FIGURES = patterns.compile(r"[0-9](?=[ (:,)–‑-])(?: ?[(:,–‑-] ?[0-9]|\) ?[,:])")
_VENUE_SIGNS = patterns.compile(r":(?<=\b[Ii]n:) |S(?<=\bS)\. ?[0-9]|学报|雑誌|学会|期刊")
_PAGES_OR_ISSUE = patterns.compile(r"[0-9] ?(?:[-–‑] ?[0-9][0-9]|\([0-9]+\))")
_PAGE_SIGNS = patterns.compile(
    r":[0-9]|\.(?= ?[0-9])(?:(?<=\b[psS]\.)|(?<=\b(?:pp|Sp)\.)|(?<=\bstr\.)|(?<=\b(?:page|págs)\.)|(?<=\bpág\.)"
    r"|(?<=\bpages\.))"
)
_ID = patterns.compile(
    r"1(?<=\b1)0\.[0-9]{4,9}/\S|doi\b(?<=\bdoi)|D(?:oi|OI)\b(?<=\bD..)|v[:.](?<=[Aa]r[Xx]iv.)"
    r"|://(?:(?<=http://)|(?<=https://))"
)
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
    r"|[a-zß-öø-ÿ(,;.:)\]%&/…]|\d+[-–‑,.:)]|\d+\s*$"
)
_SENTENCE = frozenset(
    (
        "we our i my is are was were has have can will this these that which it ist sind wir wird nous est sont es são"
    ).split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What a line has of an entry's parts. Many rows share one.

    It begins with `leads` names and may be nothing but `names`; they are `set_off` where a year or a quotation follows
    them. `by` are names after its title ("Title by A and B").
    It has a `year`, words of a `venue`, `pages` or a volume, an `id`. An entry may end with it (`closed`), most likely
    does (`ended`), or cannot (`open`); an entry cannot begin with it where it `continues` one.
    """

    names: bool = False
    leads: int = 0
    set_off: bool = False
    by: bool = False
    year: bool = False
    venue: bool = False
    pages: bool = False
    id: bool = False
    closed: bool = False
    ended: bool = False
    open: bool = False
    continues: bool = False


NOTHING = Evidence()
# Most lines of a page have no other evidence than some line before them.
_shared = lru_cache(maxsize=1024)(Evidence)


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
    return _of_lines(texts, begins, lists)


def is_sentence(text: str) -> bool:
    """Whether a line may be a sentence: of eight words or more, one of twelve is one that titles seldom have."""
    words = letters.words(text[:REACH])
    return len(words) > 7 and sum(map(_SENTENCE.__contains__, words)) * 12 > len(words)


def is_same(text: str) -> bool:
    """Whether `text` begins with the dash that stands for the authors of the entry above."""
    return text[:1] in _DASHES and _SAME.match(text) is not None


def is_cited(text: str) -> bool:
    """Whether a work is cited behind its title as lawyers do, all in one line."""
    return (reported(text, 0, min(len(text), REACH)) or 0) > _SHORTEST_TITLE


# ---------------------------------------------------------------- inside


def _of_lines(texts: Sequence[str], begins: Sequence[str], lists: Sequence[tuple[int, bool, bool]]) -> list[Evidence]:
    """The evidence of `texts`, which have these beginnings and `lists` of names there (`_leading_names`)."""
    page = _Lines(begins)
    dated = page.having(_YEAR)
    identified = page.having(_ID)
    figured = page.having(_VENUE_FIGURES)  # all that have pages or an issue are among them
    paged = page.having(_PAGE_SIGNS).union([at for at in figured if _PAGES_OR_ISSUE.search(begins[at])])
    placed = figured | page.having(_VENUE_SIGNS)
    placed |= page.having_words(_VENUE_WORDS, but=placed)
    found: list[Evidence] = []
    for at, (text, begin, (leads, names, set_off)) in enumerate(zip(texts, begins, lists, strict=True)):
        by = not leads and _has_names_inside(begin)
        # With a year or pages at its end no title begins so: "In Proceedings of the Loom, 2019".
        begins_in = begin[:3] == "In " and begin[3:4].isupper()
        is_open, is_ended = _is_open(text), _is_ended(text)
        ended = is_ended and not is_open
        closed = ended or (not is_open and text[-1:] in _CLOSING)
        continues = (begins_in and is_ended) or (_LOWER.match(begin) is not None and not _may_begin_small(begin, leads))
        year, venue, pages, id_ = at in dated, begins_in or at in placed, at in paged, at in identified
        found.append(_shared(names, leads, set_off, by, year, venue, pages, id_, closed, ended, is_open, continues))
    return found


def _may_begin_small(text: str, leads: int) -> bool:
    """Whether an entry may begin so in a small letter: "with Ada Lovelace", "de Pina-Cabral, João"."""
    return bool(_WITH.match(text) or (leads and _SMALL_FAMILY.match(text)))


class _Lines:
    """The beginnings of all lines of a page, in one text: what few of them have is found in all of them at once."""

    def __init__(self, begins: Sequence[str]) -> None:
        self._begins = begins
        self._page = "\n".join(begins)
        self._starts = list(accumulate((len(begin) + 1 for begin in begins), initial=0))

    def having(self, pattern: re.Pattern[str]) -> set[int]:
        """The indices of the lines with something that `pattern`, which crosses no line's end, finds."""
        found: set[int] = set()
        at = 0
        while hit := pattern.search(self._page, at):
            line = bisect_right(self._starts, hit.start()) - 1
            found.add(line)
            at = self._starts[line + 1]
        return found

    def having_words(self, words: AbstractSet[str], but: AbstractSet[int]) -> set[int]:
        """The indices of the lines with one of `words`, which are small and in ASCII; those in `but` are not asked.

        Letters beyond ASCII are taken for spaces first: so all of `words` are found, and seldom what is none of them.
        """
        plain = {word.encode() for word in words}
        page = self._page.encode("ascii", "replace").translate(_LETTERS)
        return {
            at
            for at, (begin, start) in enumerate(zip(self._begins, self._starts, strict=False))
            if at not in but
            and not plain.isdisjoint(page[start : start + len(begin)].split())
            and (begin.isascii() or not words.isdisjoint(letters.words(begin)))
        }


def _is_open(text: str) -> bool:
    if not text or text[-1] in _OPEN_SIGNS:
        return True  # behind a label alone comes what it is of
    before, _, last = text[-80:].rpartition(" ")
    return last.lower() in _OPEN_WORDS and not (last == "p." and before[-1:].isdigit())  # "212 p."


def _is_ended(text: str) -> bool:
    last = text[-80:].rstrip(_AFTER_END).rpartition(" ")[2]
    return (
        last.lower().lstrip("([") in _LAST_WORDS
        or ((last[-1:].isdigit() or last[-2:-1].isdigit()) and bool(_LAST_FIGURES.fullmatch(last)))
        or last.startswith(("http", "10.", "doi", "査読"))
    )


def _leading_names(text: str, start: int | None, sure: float, known: set[str]) -> tuple[int, bool, bool]:
    """How many names `text` has from `start` on, whether it is nothing else, and whether they are set off.

    A year in brackets after them is nothing else. The names of a list of two or more become `known`.
    """
    if is_same(text):
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
    begin = text[:REACH]
    ends = [found.start() for found in islice(_AFTER_NAME.finditer(begin, start), 2)]  # "Lovelace, Ada" has a comma
    for end in (*ends, len(begin)):
        if begin[start:end] in known:
            return 1, not text[end:].strip(_AROUND), False
    return 0, False, False


def _has_names_inside(text: str) -> bool:
    at = text.find(" by ")
    if at < 0 or not text[at + 4 : at + 5].isupper():
        return False
    found = authors.listings(text, at + 4)
    return bool(found) and found[-1].worth > 0
