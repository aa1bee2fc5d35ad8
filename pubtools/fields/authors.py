"""Where a list of authors stands in a text, what its names are, and how much it is one.

A list is read name by name, from the left. A name is recognised by its form (`A. B. Last`, `Last, A. B.`, `Last AB`,
`First Last`, `Last, First`), which the names of a list mostly share, and by what its words are elsewhere (`lexicon`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from pubtools import patterns
from pubtools.fields.lexicon import BODY_WORDS, GIVEN, OPENERS, TITLE_WORDS, VENUE_ABBREVIATIONS, VENUE_WORDS

# More names than any paper has; what goes on longer is a page.
MAX_NAMES = 4000

_LOWER = "a-zß-öø-ÿ"
_A = r"[^\W\d_]"
_U = rf"[^\W\d_{_LOWER}]"
_APOSTROPHE = "'’‘´`ʼ"
_PARTICLES = (
    r"(?:(?=[a-z'’‘])(?:v[ao]n|vd|vander|d(?:e[lrnmi]?|ella|elle|egli|i|[aou]s?)|l[aeo]s?|te[rn]?|zu[mr]?|a[fv]|bin"
    rf"|ibn|ben|[ea]l|['’‘]t|[ye](?= {_A}+(?:[,.;:(]|$| {_U}(?:\.|{_U}{{0,2}}[ ]?[,.;:(&]))))[ ])"
)
_PREFIX = (
    rf"(?:(?=[dlDLaeuMS'’‘])(?:[dlDL][{_APOSTROPHE}]|(?:al|el|ul|as|ash|abd|at|ad|an|ar|az)-|['’‘]t[ ]|Mac |Mc "
    r"|St\.? ))?"
)
# Letters that need no look at Unicode's tables first: most have no others.
_LETTERS = rf"[A-Za-zÀ-ÖØ-öø-ÿ]{{0,40}}+{_A}{{0,40}}+"
# Bounded, so that no text makes a pattern try many ways to part it; and no shorter run of letters is tried in vain.
_JOINT = rf"(?:[\u0300-\u036f]|[{_APOSTROPHE}‐‑-](?={_A}))"
_WORD = rf"{_PREFIX}{_U}(?={_A}|{_JOINT}){_LETTERS}(?:{_JOINT}{_LETTERS}){{0,20}}"
_SUFFIX = r"(?:,? (?:Jr|Sr|JR|jr)\b\.?|,? (?:II|III|IV|2nd|3rd|4th)\b)"
# "Martin- Facklam" and "García- López" come from hyphens at the end of a printed line.
_FAMILY = rf"{_PARTICLES}{{0,3}}{_WORD}(?:(?: Y | |- | -){_PARTICLES}{{0,3}}{_WORD}){{0,2}}"
_INITIAL = rf"(?:{_U}[{_LOWER}]?|Chr|d)\."
_DOTTED = (
    # "M. C. de B. Souza": a family name of the mother's, cut short with its particle
    rf"{_INITIAL}(?:(?:[ ]?[‐‑-]?|[ ]d[aeo]s?|[ ]D[AEO]S?)[ ]?{_INITIAL}){{0,5}}"
    rf"(?:(?<=\.){_U}(?![\w.'’‐‑-])|[ ]{_U}(?=[ ]?[,;&.(:]|[ ]and\b|$))?"
)
_CAPITALS = rf"{_U}(?:[‐‑-]?{_U}){{0,3}}(?:[ ](?:d[aeo]s?[ ])?{_U}(?![\w.'’])){{0,2}}(?!{_A}|['’]|[‐‑-]\w|\.\w)"
_INITIALS = rf"(?:{_DOTTED}|{_CAPITALS})"
_TRAILING = r"(?: (?:van|von|de|der|den|da|do|dos|zu|ter|af|VAN|VON|DE|DER|DEN|DA|DO|DOS)\b){0,3}"

# `Last, A. B.`; `Last, Jr., A. B.`; `Humboldt, A. von`.
_INVERTED_INITIALS = patterns.compile(rf"({_FAMILY}){_SUFFIX}?[ ]?,[ ]?({_INITIALS}){_TRAILING}{_SUFFIX}?")
# `Last AB`, `Last A.B.`, `Last A. B.`.
_INITIALS_AFTER = patterns.compile(rf"({_FAMILY}){_SUFFIX}?[ ]({_INITIALS}){_TRAILING}{_SUFFIX}?")
# `A. B. Last`, `A.B. van Last Jr.`, `AB Last`, `J. Ross Last`.
_INITIALS_BEFORE = patterns.compile(
    rf"((?:{_DOTTED}|{_U}{{1,3}}(?![\w.'’])(?: {_U}(?![\w.'’]))?))[ ‐‑-]?({_FAMILY}){_SUFFIX}?"
)
# "William (Bill)" and "Edward (Ed) Last", but not "Bernhard (Hrsg.)".
_NICKNAME = (
    rf"\((?!(?:[eéÉ]ds?|Eds|Ed(?!\)[ ]{_U})|[Ee]ditors?|EDS?|[Hh]rsgg?|[Hh]gg?|[Oo]rgs?|[Cc]oords?|[Cc]omps?|a cura di"
    rf"|[Rr]ed|[Dd]irs?)\b)(?:{_A}|[ .'’-]){{1,20}}\)"
)
_INNER = rf"(?:{_WORD}|{_U}(?![\w.'’])|[“\"'‘]{_WORD}[”\"'’]|{_NICKNAME})"
_GIVEN = rf"(?:{_WORD}|{_DOTTED}|{_U}(?![\w'’])|{_NICKNAME}|[“\"'‘]{_WORD}[”\"'’])"
# "Karl-H. Last": a hyphen parts given names only before an initial, within words it belongs to the word.
_NEXT = rf"(?:[ ]|[‐‑-](?={_U}\.))"
# `First M. Last`, `First van der Last`.
_FULL = patterns.compile(
    rf"({_WORD}(?:{_NEXT}{_GIVEN}){{0,3}})[ ]({_PARTICLES}{{1,3}}{_WORD}(?: {_WORD}){{0,2}}|{_WORD}){_SUFFIX}?"
    # "et Lovelace Ada M.,": a page that writes family names first
    rf"(?: {_U}\.(?=[ ]?[,;]|[ ](?:and|et|und|e|y|i)[ ]))?"
)
# `Last, First M.`: the initial is the end of it, for "Last, Anna C. Title" has no other mark there.
_INVERTED_FULL = patterns.compile(
    rf"({_FAMILY}){_SUFFIX}?[ ]?,[ ]?({_WORD}(?:[ ](?:d[aeo]s?[ ])?{_INNER}){{0,2}}(?:{_NEXT}{_DOTTED})?){_TRAILING}"
    rf"{_SUFFIX}?"
)
_GROUP = patterns.compile(
    r"(?:[Tt]he |on behalf of (?:the )?|for the )?(?:[\w+/&()-]{1,30} ){0,10}?"
    r"(?:[Cc]ollaborations?|[Cc]onsortium|[Nn]etwork|[Ii]nitiative|[Cc]ommittee|[Tt]eam|[Gg]roup"
    r"|[Ii]nvestigators)\b(?! of\b| for\b)"
)
# Most names of a list are plain, and like the one before: one expression reads such a name, as that of its form does,
# and the mark that parts it from the next. The last group of the match tells the mark: none, ",", "and" or ";", a
# space, or what no list goes on behind.
_PLAIN_CAPITAL = "A-ZÀ-ÖØ-ÞĀ-ſ"
_PLAIN_LETTERS = rf"[{_PLAIN_CAPITAL}][{_LOWER}][A-Za-zÀ-ÖØ-öø-ſ]{{0,30}}+"
_PLAIN_WORD = rf"{_PLAIN_LETTERS}(?:-{_PLAIN_LETTERS})?+"
_PLAIN_INITIALS = rf"[{_PLAIN_CAPITAL}]\.(?:[ -]?[{_PLAIN_CAPITAL}]\.){{0,4}}"
_PLAIN_ENDS = r"(?=[ ]?[,;:]|[ ]?\(\d|[ ](?:and|&|und|et)[ ]|\Z{})(?!,? (?:[JjS][Rr]|I[IV]|[234][nrt]))"
_AFTER_INITIALS = _PLAIN_ENDS.format("")
# "Woven Looms of", as titles begin: no list goes on behind it.
_IN_TITLE = r"[ ](?:of|for|on|in|im|to|at|as|via|from)[ ]"
_AFTER_WORD = _PLAIN_ENDS.format(rf"|(?<=[{_LOWER}]{{3}})\.|{_IN_TITLE}")  # "Jo." may be an initial
# "Langdon, R. Coltheart, M.": nothing but the full stop of the initials.
_BEFORE_NAME = _PLAIN_ENDS.format(rf"|[ ]{_PLAIN_WORD}, ?[{_PLAIN_CAPITAL}]\.")
_PLAIN_MARK = (
    rf"(?:(?:[ ]?,[ ]()|(?:[ ]?;|,?[ ](?:and|&|und|et))[ ]())(?=[{_PLAIN_CAPITAL}])(?!A(?:nd|ND)[ ])"
    rf"|[ ](?=[{_PLAIN_CAPITAL}])()|(?=:|\.(?:[ ][^.a]|\Z)|[ ]?\(\d{{4}}[a-z]?\)|{_IN_TITLE}|\Z)())?"
)
_PLAIN = {
    form: patterns.compile(name + _PLAIN_MARK)
    for form, name in {
        "inverted-initials": rf"({_PLAIN_WORD}), ?({_PLAIN_INITIALS}){_BEFORE_NAME}",
        "initials-after": rf"({_PLAIN_WORD}) ([{_PLAIN_CAPITAL}]{{1,3}}|{_PLAIN_INITIALS}){_AFTER_INITIALS}",
        "initials-before": rf"({_PLAIN_INITIALS}) ?({_PLAIN_WORD}(?: {_PLAIN_WORD})?){_AFTER_WORD}",
        "full": rf"({_PLAIN_WORD}(?: (?:{_PLAIN_WORD}|[{_PLAIN_CAPITAL}]\.?)){{0,2}}?) ({_PLAIN_WORD}){_AFTER_WORD}",
        "inverted-full": rf"({_PLAIN_WORD}), ?(?![JS]r\b)({_PLAIN_WORD}(?: [{_PLAIN_CAPITAL}]\.)?){_AFTER_INITIALS}",
    }.items()
}
_NO_MARK, _JOINED, _BARE, _LAST = 2, 4, 5, 6
# Chinese, Japanese and Korean names have no spaces, or one.
_UNSPACED = patterns.compile(
    # A middle dot (U+30FB) parts them.
    r"[\u3400-\u9fff]{2,4}(?![\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff])"
    r"|[\u3400-\u9fff]{1,3}[ \u3000][\u3040-\u30ff\u3400-\u9fff]{1,3}(?![\u3040-\u30ff\u3400-\u9fff])"
    r"|[\uac00-\ud7af]{2,4}(?![\uac00-\ud7af])"
)
# A name of one word, where a year in brackets follows it: "Grondin (1991)", "OpenSEES (2012)".
_SINGLE = patterns.compile(rf"{_WORD}(?=,? ?\((?:1[5-9]|20)\d\d[a-z]?\)|, (?:1[5-9]|20)\d\d:)")
_UNSPACED_LETTER = patterns.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
# Equal contribution, affiliation, correspondence, ORCID: marks beside a name.
_MARKS = patterns.compile(
    r"(?:[ ]?[*∗⁎†‡§¶#✉✝☨⇑]+|[⁰¹²³⁴-⁹ᵃ-ᶻ]+|(?<=[^\W\d_])\d{1,2}(?:,\d{1,2})*(?=[,;*†‡.]|[ ]|$)(?![ ]?[-–:])"
    r"|[ ]?\[\d{1,2}(?:, ?\d{1,2})*\]|[ ]?\^\{?[\w,*]{1,5}\}?"
    r"|[ ]?\((?:\d{4}-){3}\d{3}[\dX]\)|,(?=[*†‡¹²³⁴-⁹])|[ ]?\((?:he/him|she/her|equal contribution|equal|co-first"
    r"|corresponding author)\)"
    # "Lovelace 0002": which of several people of a name; "(Kyoto U.), ", "(Paris, LPT) (2020)": where they work
    r"|[ ]0\d{3}(?=[,;:]|$)|[ ]\((?![EHCORDT][a-z]{1,12}\.?\))(?=[A-Z])[^()\d]{2,60}\)(?=,[ ][^\W\d_a-z]"
    r"|[ ]and[ ][^\W\d_a-z]|(?:[ ]et[ ]al\.)?[ ]\((?:[A-Z][a-z]{2}(?:[ ]\d\d?)?,[ ])?(?:19|20)\d\d\)))+"
)
_AND = r"(?:and|AND|And|&|&amp;|et|und|with|y|e|i|og|och|en|oraz|ve|és|și|şi|а|и|a)"
_SEPARATOR = patterns.compile(
    rf"[ ]?(?:[,;·•、，；・|/]+[ ]?(?:{_AND}[ ]+)?|[ ]{_AND}[ ]+|&[ ]?|\.[ ]and[ ])[ ]?,?[ ]?(?:{_AND}[ ]+)?"
)
# Where names were left out.
_CUT = patterns.compile(
    r"[ ]?[,;]?[ ]?(?:(?:and|&|y)[ ])?(?:et\.?[ ]?al(?:ii|ia|\b)\.?|others\b|others?\.?$|colleagues\b|…|\.{3,}"
    r"|\(\.{3}\)|\[(?:\.{3}|…)\]|(?:\.[ ]){2}\."
    r"|\+?[ ]?\d{1,4}[ ](?:more|other|additional)(?:[ ](?:authors?|co-?authors?|others))?\b"
    r"|\d{1,4}[ ]others\b|\+[ ]?\d{1,4}\b(?:[ ]authors?\b)?|u\.[ ]?a\.|и[ ]др\.?|i[ ]in\."
    r"|vd\.|ve[ ](?:ark|diğ)\.|m\.[ ]?fl\.|a[ ]kol\.|e\.a\.|y[ ]otros\b|e[ ]outros\b"
    r"|ら|等(?=$|\W)|외[ ]?(?:\d+[ ]?[인명])?|外[ ]?\d+[ ]?人)"
)
_ROLE = patterns.compile(
    r"[ ]?,?[ ]?\(?\b(?:[Ee]ditors?|EDITORS?|[EeÉé]ds?\b\.?|a cura di\b|EDS?\b\.?|[Hh]rsgg?\."
    r"|[Hh]gg?\.|[Hh]erausgeber(?:in|innen)?"
    r"|[Cc]oords?\.|[Cc]oordinador(?:es)?|[Oo]rgs?\.|[Oo]rganizadores|[Cc]omps?\.|[Rr]ed\.|[Dd]irs?\.)\)?"
)
# "Lovelace, A. (Org.) ; Babbage, C. (Org.)": what is said of the next one, too, does not end the list.
_ROLE_OF_EACH = patterns.compile(
    r"[ ]\((?P<role>[Ee]d|[Oo]rg|[Hh]rsg|[Hh]g|[Cc]oord|[Dd]ir)s?\.?\)"
    r"(?=[ ]?(?:[,;&]|and\b|und\b|et\b|y\b|e\b)[ ]?[^\W\d_][^()]{2,60}\((?P=role))"
)
_BAD_ENDING = patterns.compile(
    r"(?:tions?|sions?|[a-z]{4}ings|[aeiou]ty|ities|isms?|[a-z]{3}ments?|ness|olog(?:y|ies)|[a-z]{2}ics|ical"
    r"|[a-z]{4}ances?|[a-z]{4}ences?|[a-z]{3}ships?|ware|"
    r"works?|graphy|[a-z]{3}sis|tive|[a-z]{3}ous|ional|ized|less|able|[a-z]{3}ible|ated|ular|graphs?|metry|uring"
    r"|izing|ating|ling|ement|osis|itis|emia)$"
)
# What all of these end with: that is cheaper to see.
_BAD_ENDS = frozenset(
    "on ns gs ty es sm ms nt ts ss gy cs al ce ip ps re rk ks hy is ve us ed le ar ph hs ry ng ia".split()
)


class Person(NamedTuple):
    """One name of a list: its stretch [start, end) of the text, its form, and what speaks for it (about -3 to 3)."""

    start: int
    end: int
    form: str
    worth: float


# The same as to call it, in one step: there are thousands of names on a page.
_person = partial(tuple.__new__, Person)


class Listing(NamedTuple):
    """A list of names at [start, end) of a text, with its "et al." and its marks.

    `role` is "editor" where the list says so. `worth` is the sum of what speaks for its names.
    """

    start: int
    end: int
    people: tuple[Person, ...]
    complete: bool
    role: str | None
    worth: float


def listings(text: str, start: int = 0, stop: int | None = None) -> list[Listing]:
    """The lists of names that may begin at `start`, the most plausible last; [] where none begins.

    A list may end before the text goes on to look like names: each such end is one more listing.
    """
    stop = len(text) if stop is None else stop
    if not text[start : start + 1].isupper():
        first = _FIRST_WORD.match(text, start, stop)
        if first is None or (first[0].islower() and first[0] not in _LOWER_FIRST):
            return []
    shape = _shape(text, start, stop)
    found: list[Listing] = []
    for mode in _MODES_OF[shape]:
        lists = _read(text, start, stop, mode, shape)
        found += lists
        if lists and mode.usual == "full" and _are_full(text, lists[-1]):
            break
    return _ranked(found) if len(found) > 1 else found


def _ranked(lists: Sequence[Listing]) -> list[Listing]:
    """The best of those with the same end, the most plausible last."""
    best: dict[int, Listing] = {}
    for listing in lists:
        other = best.get(listing.end)
        if other is None or listing.worth > other.worth:
            best[listing.end] = listing
    return sorted(best.values(), key=_worth_of)


def _are_full(text: str, listing: Listing) -> bool:
    """Whether names are so surely parted by commas that none of these turns one around.

    Where one does, a given name alone is mostly what remains behind the last comma.
    """
    names = len(listing.people)
    if names < 2 or ";" in text[listing.start : listing.end]:
        return False
    return listing.worth > _FULL_WORTH * names or text[listing.end : listing.end + 1] != ","


def bodies(text: str, start: int, stop: int) -> list[Listing]:
    """The list of bodies that write, at `start` of an entry: `World Health Organization`, `OECD and UNDP (2014)`.

    Names in capitals alone are bodies where a year follows; others by a word that the names of bodies have.
    """
    found = _BODIES.match(text, start, stop)
    if found is None:
        return []
    people = [Person(*one.span(), "group", 1.0) for one in _BODY_PART.finditer(text, start, found.end())]
    for before, person in zip([None, *people], people, strict=False):
        words = text[person.start : person.end].lower().split()
        if not BODY_WORDS.isdisjoint(words):
            continue
        is_named = before is not None and text[before.end : person.start] == ", "  # "LOVELACE, ADA"
        if len(words) > 1 or words[0] in VENUE_WORDS or is_named or not (found["dated"] or people[1:]):
            return []
    return [
        Listing(start, found.end(), tuple(people), True, None, 3.0 if found["dated"] else 1.0 + 1.5 * bool(people[1:]))
    ]


@lru_cache(maxsize=4096)
def likeness(text: str) -> float:
    """How much the whole of `text` is a list of authors, in [0, 1]."""
    text = text.strip()
    if not 3 <= len(text) <= 20000:
        return 0.0
    begin = _LEAD.match(text)
    first = begin.end() if begin else 0
    best = 0.0
    for listing in listings(text, first):
        rest = text[listing.end :].strip(" .,;:*†‡§¶&")
        if len(rest) * 10 > len(text):
            continue
        mean = listing.worth / len(listing.people)
        best = max(best, min(1.0, max(0.0, 0.3 + 0.25 * mean + 0.05 * min(len(listing.people), 6))))
    return round(best, 3)


def may_fill(text: str, start: int, stop: int) -> bool:
    """Whether [start, stop) of `text` may be nothing but names: cheaper to see than to read them."""
    is_prose = not _IN_LISTS.issuperset(_SMALL_WORD.findall(text, start, stop)) or _NO_NAME.search(text, start, stop)
    return not is_prose or _names_group(text)


def leading(text: str) -> int:
    """Where the list of authors at the beginning of `text` ends, an offset into it; 0 where there is none."""
    found = listings(text)
    return found[-1].end if found and found[-1].worth > 0 else 0


# ---------------------------------------------------------------- inside

_BODY_WORD = rf"{_U}[\w'’&-]{{1,30}}"
_BODY = (
    rf"[A-ZÀ-ÖØ-ÞА-Я]{{2,8}}(?![\w'’-])(?! {_U})"
    rf"|(?:[Tt]he )?{_BODY_WORD}(?: (?:(?:of|for|on|de|da|do|du|des|la|für|der) (?:the )?)?{_BODY_WORD}){{1,7}}"
)
_BODY_PART = patterns.compile(_BODY)
_BODIES = patterns.compile(
    rf"(?:{_BODY})(?:(?:,? (?:and|&|et|y|und|e|ve) |, | ?[;/] ?)(?:{_BODY})){{0,5}}"
    r"(?=(?P<dated>[.,:]? ?\(?(?:1[89]|20)\d\d\b)|[.:,] )"
)
_LEAD = patterns.compile(r"(?:by|von|with|mit|and|et|&)[ ](?=\S)|[Aa]uthors?:?[ ]", re.I)

_FORMS = {
    "inverted-initials": _INVERTED_INITIALS,
    "initials-after": _INITIALS_AFTER,
    "initials-before": _INITIALS_BEFORE,
    "full": _FULL,
    "inverted-full": _INVERTED_FULL,
    "group": _GROUP,
    "unspaced": _UNSPACED,
    "single": _SINGLE,
}
# What a name may begin with, and the forms that are possible then: that is cheaper to see than to try each of them.
# The groups are empty; which of them takes part is the shape.
_LOW = rf"(?:{_PARTICLES}|[dlDL][{_APOSTROPHE}]|(?:al|el|ul|as|ash|abd|at|ad|an|ar|az)-|['’‘])"
# A word in small letters, or a figure, that is no part of one.
_SMALL = rf"[ ](?:(?=[{_LOWER}])(?!{_LOW}|d\.)|\d(?![nrt]))"
# A hyphen within a word; one before an initial parts given names.
_HYPHEN = rf"[‐‑-](?={_A})(?!{_U}\.)"
_NEXT_WORD = rf"[ ](?!Chr\.|[JS]r\b){_U}[{_LOWER}](?!\.){_A}*+(?:{_HYPHEN}{_A}++)*+(?![\u0300-\u036f{_APOSTROPHE}‐‑-])"
# A comma, and what of a name is behind it: an initial, a word, anything of a name, nothing.
_TURNED = rf"[ ]?,[ ]?(?:{_U}\.()|(?!Chr\.|[JS]r\b){_U}[{_LOWER}](?!\.)()|(?:{_U}|[adelu(\d'’‘])()|())"
_SHAPE = patterns.compile(
    # what is no word begins with fewer letters
    r"(?:(?![A-Z][a-z]{3})(?:[\u3400-\U0010ffff]()"
    rf"|(?=[a-zß-öø-ÿDLSM'’‘])(?:{_LOW}|St\.? |Ma?c )()"
    # a letter by itself is no word of a name
    rf"|(?:{_INITIAL}|{_U}(?![\w.\u0300-\u036f{_APOSTROPHE}‐‑-])(?!{_SMALL}))()"
    rf"|{_U}{{1,3}}(?![\w.'’])(?!{_SMALL})())"
    rf"|{_U}[A-Za-zÀ-ÖØ-öø-ÿ]*+(?:{_A}|[\u0300-\u036f{_APOSTROPHE}]|{_HYPHEN})*+(?=[ ,(‐‑-])(?:"
    r"(?:[‐‑-]|,? (?:[JjS][rR]|II|IV|[234][nrt]))()"
    rf"|{_TURNED}"
    rf"|{_SMALL}()"
    rf"|[ ]{_U}(?:\.(?:[ -]?{_U}\.){{0,4}})?(?=[,;:])()"
    # a second word, with a comma, a small one or another mark than a space behind it, or behind a third; or more words
    # in a row than a family name has before its comma or its initials
    rf"|{_NEXT_WORD}(?:{_TURNED}|(?:{_SMALL}|(?! ))()|{_NEXT_WORD}(?:{_TURNED}|(?:{_SMALL}|(?! )|{_NEXT_WORD})()))"
    rf"|[ ](?=[\w\u0300-\u036f{_APOSTROPHE}.‐‑ -]{{1,200}}+{_TURNED})"
    r"|[ ][\w'’‘“\"-]()"
    r"|[ ]\(()"
    r"|\(()))"
)
_ANY = ("inverted-initials", "initials-after", "inverted-full", "full", "single")


def _turned(*others: str) -> tuple[tuple[str, ...], ...]:
    """The forms that are possible with each thing behind a comma; `others` are with any."""
    return ("inverted-initials", *others), ("inverted-full", *others), _ANY, others


_POSSIBLE: tuple[tuple[str, ...], ...] = (
    (),  # no shape at all
    (*_ANY, "initials-before", "unspaced"),
    (*_ANY, "initials-before"),
    ("initials-before",),
    (*_ANY, "initials-before"),
    _ANY,
    *_turned(),
    (),
    ("initials-after",),
    *_turned("full"),
    ("full",),
    *_turned("full"),
    ("full",),
    *_turned("full", "initials-after"),
    ("full", "initials-after"),  # no comma turns the name around
    ("full", "single"),
    ("single",),
)
# How many shapes there are; behind them they come again, for a text that names a group.
_SHAPES = len(_POSSIBLE)
_GROUP_SIGNS = ("ollaboration", "onsortium", "etwork", "nitiative", "ommittee", "eam", "roup", "nvestigators")

# "Loom Study Group": no family names.
_GROUP_WORDS = frozenset("Collaboration Consortium Network Initiative Committee Team Group Investigators".split())

# So many words of a group's name may be small ones that are no particles.
_FEW_SMALL, _SHORT_WORD = 2, 3


def _by_shape(forms: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Those of `forms` that are possible, in their order, for every shape."""
    return tuple(
        tuple(form for form in forms if form in (*possible, *more))
        for more in ((), ("group",))
        for possible in _POSSIBLE
    )


class _Mode(NamedTuple):
    """The forms that the first name of a list may have, and those of the names after it, for every shape.

    They are tried in their order. A plain name of the `usual` form, or of one with initials that are set off by a full
    stop, has no other form that comes before.
    """

    usual: str
    first: tuple[tuple[str, ...], ...]
    later: tuple[tuple[str, ...], ...]
    plain: Mapping[str, re.Pattern[str]]


_MODES = tuple(
    _Mode(
        usual,
        _by_shape(first),
        _by_shape(later),
        {form: _PLAIN[form] for form in (usual, "inverted-initials", "initials-before")},
    )
    for usual, first, later in (
        (
            "inverted-initials",
            ("inverted-initials",),
            ("inverted-initials", "initials-before", "full", "group", "initials-after"),
        ),
        (
            "initials-after",
            ("initials-after",),
            ("initials-after", "inverted-initials", "initials-before", "full", "group"),
        ),
        (
            "full",
            ("initials-before", "full", "group", "unspaced", "single"),
            ("initials-before", "full", "inverted-initials", "group", "unspaced"),
        ),
        (
            "inverted-full",
            ("inverted-full",),
            ("inverted-initials", "inverted-full", "initials-before", "full", "group"),
        ),
    )
)


# Those with which a list may begin, for every shape.
_MODES_OF = tuple(tuple(mode for mode in _MODES if mode.first[shape]) for shape in range(2 * _SHAPES))


def _shape(text: str, at: int, stop: int) -> int:
    """What a name may begin with at `at`: an index to the forms that are possible."""
    found = _SHAPE.match(text, at, stop)
    shape = found.lastindex or 0 if found else 0
    return shape + _SHAPES if _names_group(text) else shape


@lru_cache(maxsize=256)
def _names_group(text: str) -> bool:
    """Whether one of the words stands in `text` that names of groups end with."""
    for sign in _GROUP_SIGNS:  # noqa: SIM110 - `any` takes twice the time
        if sign in text:
            return True
    return False


def _worth_of(listing: Listing) -> float:
    return listing.worth


def _read(text: str, start: int, stop: int, mode: _Mode, shape: int) -> list[Listing]:
    """The lists that begin at `start` with a name of the mode's first forms: the whole one, and its doubtful cuts."""
    found: list[Listing] = []
    people: list[Person] = []
    at, ended, worth, complete, joined, cuts, commas, later = start, start, 0.0, True, False, 0, False, False
    form = "initials-before" if text[start + 1 : start + 2] == "." else mode.usual
    pattern = mode.plain.get(form)
    while at < stop and len(people) < MAX_NAMES:
        plain = pattern.match(text, at, stop) if pattern else None
        if plain and (own := _own_worth(form, plain[1], plain[2], later)) is not None:
            mark = plain.lastindex
            end = plain.end(2)
            if later:
                own = own + 0.8 + 0.4 if joined else own + 0.8
        else:
            mark = _NO_MARK
            forms = mode.later[_shape(text, at, stop)] if later else mode.first[shape]
            name = _name(text, at, stop, forms, form if later else "", joined)
            if name is None:
                break
            end, own, name_form = name
            if name_form != form:
                form, pattern = name_form, mode.plain.get(name_form)
        if own > 3.0:
            own = 3.0
        elif own < _SURE and later and cuts < _CUTS:
            cuts += 1
            found.append(_listing(text, start, people, ended, complete, worth, stop))
        people.append(_person((at, end, form, own)))
        worth += own
        ended, later = end, True
        if plain and mark != _NO_MARK:
            if mark == _LAST:
                break
            at = plain.end()
            if mark != _BARE:
                commas, joined = True, mark == _JOINED
            continue
        at = end
        if at + 2 < stop and text[at] == "," and text[at + 1] == " " and "A" < text[at + 2] <= "Z":
            at += 2  # as most names part, which needs no closer look
            joined, commas = False, True
            continue
        if marks := _marks(text, at, stop):
            at = marks.end()
        if gap := _cut(text, at, stop):
            complete, at = False, gap.end()
        ended = at
        if text[at : at + 2] == " (" and (each := _ROLE_OF_EACH.match(text, at, stop)):
            at = each.end()
        separator = _SEPARATOR.match(text, at, stop)
        if gap and separator is None and text[at : at + 1] == " " and text[at - 1] in ".…" and at - gap.start() < 7:
            at += 1  # APA: "Lovelace, A., … Boole, G."
            continue
        if separator is None:
            # "Langdon, R. Coltheart, M. Ward, PB. Catts": the full stop of the initials parts the names.
            # "Hron K. Fačevicová K.": a comma was lost.
            bare = _STOP.match(text, at, stop) if form in _LOOSE else None
            following = _LOOSE[form].match(text, bare.end(), stop) if bare else None
            if bare is None or following is None or " " in following[1]:
                break
            if form == "initials-after" and not _ON.match(text, following.end(), stop):
                break
            at = bare.end()
            continue
        said = separator[0]
        joined = "&" in said or ";" in said or any(map(str.isalpha, said))
        bar = said.strip() in ("·", "•", "|")
        if bar and commas:
            break  # "A. Last, B. Last · Journal": it parts fields
        commas = commas or not bar
        at = separator.end()
    if people:
        found.append(_listing(text, start, people, ended, complete, worth, stop))
    return found


def _listing(
    text: str, start: int, people: list[Person], ended: int, complete: bool, worth: float, stop: int
) -> Listing:
    """The list of these names, of which marks and "et al." reach to `ended`, with what the names are for."""
    last, end = people[-1], ended
    if (
        last.form == "initials-after"
        and len(people) > 1
        and text[last.end - 1] == "."
        and text[last.end - 3] == " "
        and not any("." in text[person.start : person.end] for person in people[:-1])
    ):
        end = last.end - 1  # "Lovelace AA, Boole G.": the list's own full stop
        people = [*people[:-1], last._replace(end=end)]
        if marks := _marks(text, end, stop):
            end = marks.end()
        if gap := _cut(text, end, stop):
            end, complete = gap.end(), False
    sign = text[end : end + 1]
    if text[end : end + 3] == ". (" and (role := _ROLE.match(text, end + 1, stop)):
        return Listing(start, role.end(), tuple(people), complete, "editor", worth)  # "Ada Lovelace; Ana Boole. (Org.)"
    if sign in _NO_ROLE:
        return Listing(start, end, tuple(people), complete, None, worth if complete else worth + _CUT_OFF)
    is_space = sign == " "
    role = _ROLE.match(text, end, stop) if text[end : end + 5].lstrip(" ,(")[:1] in _ROLE_SIGNS else None
    if role:
        end = role.end()
    elif not complete:
        worth += _CUT_OFF
    elif is_space and "initials" in last.form and _GOES_ON.match(text, end, stop):
        worth -= 2.5  # "Larry D. Wittie, ...": the initial is a middle one
    elif is_space and text[end - 1] != "." and _LETTER.match(text, end + 1, stop):
        # A list ends with a mark of its own, mostly: the next word is a part of the last name, or this is no list.
        worth -= 0.7 if last.form == "initials-after" else 2.0
    return Listing(start, end, tuple(people), complete, "editor" if role else None, worth)


def _marks(text: str, at: int, stop: int) -> re.Match[str] | None:
    """The marks beside a name that ends at `at`."""
    sign = text[at : at + 1]
    if sign == " " or sign == ",":
        sign = text[at + 1 : at + 2]
    return _MARKS.match(text, at, stop) if sign in _MARK_SIGNS or not sign.isascii() else None


def _cut(text: str, at: int, stop: int) -> re.Match[str] | None:
    """Where names were left out at `at`; most names are followed by another, and that is cheap to see."""
    last = min(stop, at + 4)
    begin = at
    while begin < last and text[begin] in " ,;":
        begin += 1
    sign = text[begin : begin + 1]
    if sign in _CUT_SIGNS or not sign.isascii() or text.startswith(("...", ". . ."), begin):
        return _CUT.match(text, at, stop)
    return None


def _name(
    text: str, at: int, stop: int, forms: tuple[str, ...], before: str, joined: bool
) -> tuple[int, float, str] | None:
    """Where the name ends that begins at `at` in the first of `forms` that fits, what speaks for it, and the form.

    `before` is the form of the name before it, "" for the first of a list; None where no form fits.
    """
    for form in forms:
        name = _formed(form, text, at, stop, later=bool(before))
        if name is None:
            continue
        end, worth = name
        if form == before:
            worth += 0.8
        elif "full" in form and before and "full" not in before and not joined:
            worth -= 1.5
        return end, worth + 0.4 if joined else worth, form
    return None


def _formed(form: str, text: str, at: int, stop: int, *, later: bool) -> tuple[int, float] | None:
    """Where the name of this form ends that begins at `at`, and what speaks for it by itself."""
    pattern = _FORMS[form]
    found = pattern.match(text, at, stop)
    if found is None:
        return None
    if form == "full" or form == "initials-before":
        family = found[2]
        if " " in family and (place := _venue_in(family)):
            # "Y Ma IEEE Transactions on ...": the line after the names was joined to them
            found = pattern.match(text, at, found.start(2) + place)
            if found is None:
                return None
        if form == "initials-before" and (end := _family_in(found[1])):
            # "B. Kim and Y. G. Ji. Evaluating ...": a short family name, and the full stop of the list
            found = pattern.match(text, at, at + end)
            if found is None:
                return None
    worth = _worth(form, found, text, stop, later=later)
    return None if worth is None else (found.end(), worth)


@lru_cache(maxsize=8192)
def _family_in(initials: str) -> int:
    """Where a family name of two letters ends that stands as the last of initials; 0 where none does."""
    last = _TWO_LETTERS.search(initials)
    return last.end(1) if last and last[1] not in _DIGRAPHS else 0


_TWO_LETTERS = patterns.compile(rf"\. ?({_U}[{_LOWER}])\.$")
# Two letters for one of another script or of a digraph, as initials have them.
_DIGRAPHS = frozenset(
    (
        "Ch Chr Cs Dj Dz Fr Gh Gy Ia Io Iu Ja Je Jo Ju Kh Ll Ly Ny Ph Rh Sh St Sz Th Ts Ty Wm Ya Ye Yo Yu Zh Zs Ed Al"
    ).split()
)


@lru_cache(maxsize=8192)
def _venue_in(family: str) -> int:
    """Where in a family name of several words the name of a venue begins; 0 for nowhere."""
    at = 0
    for index, word in enumerate(family.split(" ")):
        lower = word.lower()
        if index and ((lower in VENUE_WORDS and (word.isupper() or len(word) > 4)) or lower in ("in", "the", "on")):
            return at - 1
        at += len(word) + 1
    return 0


def _worth(form: str, found: re.Match[str], text: str, stop: int, *, later: bool) -> float | None:
    """What speaks for a name of this form; None where its words forbid it."""
    if form == "group":
        words = found[0].split()
        if sum(word.islower() and len(word) > _SHORT_WORD for word in words) > _FEW_SMALL:
            return None  # "Search for woven resonances in diphoton events LOOM Collaboration": a title before it
        return 1.5 if words[0][0].isupper() or words[0] in {"the", "on", "for"} else None
    if form == "unspaced":
        return 1.5
    if form == "single":
        return None if later or found[0].lower() in OPENERS else 0.8
    if form == "initials-after" or form == "inverted-initials":
        family, initials = found[1], found[2]
        if form == "inverted-initials" and " " in family and _LETTER.match(text, found.end() + 1, stop):
            if family.split()[0] in GIVEN:
                return None  # "Ada Lovelace, C. Babbage": the initial belongs to the name that follows
            return _initialled(form, family, initials, -0.5)
    if later and form == "inverted-full" and " " in found[2] and " " in found[1] and found[1][0].isupper():
        return None  # two full names with a comma between them
    return _own_worth(form, found[1], found[2], later)


@lru_cache(maxsize=8192)
def _own_worth(form: str, one: str, two: str, later: bool) -> float | None:
    """What speaks for a name by its own two parts, in the order in which they stand; None where they forbid it."""
    if form == "inverted-full":
        return _full(form, two, one, later)
    if form == "full" or form == "initials-before":
        if two.rpartition(" ")[2] in _GROUP_WORDS:
            return None
        if form == "full":
            return _full(form, one, two, later)
        return None if " " in two and _venue_in(two) else _initialled(form, two, one, 0.0)
    return _initialled(form, one, two, 0.0)


def _initialled(form: str, family: str, initials: str, marks: float) -> float | None:
    """What speaks for a name with initials, and `marks`; None where its words forbid it."""
    if not _capital(initials) or initials in (("Hg.", "Ed.", "Eds.") if form == "initials-before" else ("Jr.", "Sr.")):
        return None
    words = _words(family, initials=True)
    if words is None:
        return None
    marks += words
    dotted = "." in initials
    if form == "initials-before" and initials in _SHOUTED_PARTICLES and family.isupper():
        marks -= 1.5  # "DE WEVER, A."
    if form == "initials-before":
        return (2.5 if dotted else 1.2 if len(initials) < 3 else 0.0) + marks
    letters = [letter for letter in initials if letter.isupper()]
    if not dotted and len(letters) > 3:
        return None
    return (2.3 if dotted else 2.0 if form == "inverted-initials" or len(letters) > 1 else 1.3) + marks


def _full(form: str, given: str, family: str, later: bool) -> float | None:
    """What speaks for a name with a given name written out."""
    first = given.split()[0]
    if form == "full" and first.lower() in OPENERS and first not in GIVEN and not (later and len(first) == 2):
        return None
    marks = _words(f"{given} {family}", initials=False)
    if marks is None or (form == "inverted-full" and family[0].islower() and not GIVEN.isdisjoint(family.split()[1:2])):
        # ", von Anna Last, Bert Other": a list of full names after a word of its own
        return None
    known = first in GIVEN or first.title() in GIVEN or first.split("-")[0] in GIVEN
    if form == "full" and given.isupper() and len(given) > 3 and not family.isupper():
        return 1.5 if family in GIVEN else 0.8  # "KAHAN Marcel"
    if form == "inverted-full" and " " in given and " " in family and family.split()[0] in GIVEN:
        return None  # "Ada Lovelace, Charles Babbage"
    worth = (1.8 if known else -0.4) + marks
    if "." in given and re.search(r"(?:^| )[^\W\d_]\.", given):
        worth += 1.2
    words = len(given.split()) + len(family.split())
    if words > 4:
        worth -= 0.5
    if form == "inverted-full":
        worth += 0.3 if " " not in family else -0.6
        if " " in family and " " in given and family.split()[0][0].isupper():
            worth -= 1.5  # two full names with a comma between them, more often than not
    return worth


def _words(words: str, *, initials: bool) -> float | None:
    """What the words of a name tell against it, 0 or less; None where one of them is no word of a name."""
    worth = 0.0
    for word in words.split():
        word = word.strip("()“”\"'‘’")
        lower = word.lower()
        if not word or not word[0].isalpha():
            continue
        if word[0].islower() and not _is_particle(lower):
            return None
        if not word.isascii() and _UNSPACED_LETTER.search(word):
            return None
        if lower in _NEVER:
            return None
        if len(word) > 3 and word not in GIVEN and (lower in TITLE_WORDS or lower in VENUE_WORDS):
            worth -= 1.5 if initials else 3.0
        elif initials and (_is_acronym(word, words) or (len(word) > 4 and lower in VENUE_ABBREVIATIONS)):
            worth -= 2.0
        elif len(word) > 5 and lower[-2:] in _BAD_ENDS and word not in GIVEN and _BAD_ENDING.search(lower):
            worth -= 0.5 if initials else 2.0
        elif not initials and word.isupper() and 2 <= len(word) <= 5 and "-" not in word and not words.isupper():
            worth -= 0.6
    return worth


def _is_acronym(word: str, words: str) -> bool:
    """Whether a word alone is in capitals, and short."""
    return word.isupper() and len(word) < 5 and not words.isupper()


@lru_cache(maxsize=1024)
def _is_particle(word: str) -> bool:
    # "Garcia y Vega": between two family names it is one.
    return word == "y" or bool(_PARTICLE.fullmatch(word + " ")) or "'" in word or "’" in word or "-" in word


@lru_cache(maxsize=8192)
def _capital(initials: str) -> bool:
    """Whether every word of initials begins with a capital: the patterns take any letter outside Latin-1 for one."""
    return all(word[0].isupper() or word in _SMALL_INITIALS for word in re.split(r"[\s.‐‑-]+", initials) if word)


# "d" of "d'", and what stands between initials: "M. C. de B."
_SMALL_INITIALS = frozenset("d da das de do dos".split())
_SHOUTED_PARTICLES = frozenset("DA DE DEL DI DU LA LE VAN VON".split())
_FIRST_WORD = patterns.compile(rf"['’‘]?{_A}+")
# The words in lower case that a list of names may begin with: particles, and what stands before a group's name.
_LOWER_FIRST = frozenset(
    (
        "van von vd vander de der den del dem dei di della delle degli d da do du das dos la le lo las les los te ter "
        "ten zu zum zur af av bin ibn ben el al ul as ash abd at ad an ar az y e l for on the"
    ).split()
)
# The words in lower case that a list may hold, of more than three letters.
_IN_LISTS = _LOWER_FIRST | frozenset(
    (
        "with oraz others other more additional author authors coauthor coauthors colleagues corresponding equal "
        "contribution editor editors herausgeber herausgeberin herausgeberinnen coordinador coordinadores "
        "organizadores"
    ).split()
)
_SMALL_WORD = patterns.compile(rf" ([{_LOWER}]{{4,}})(?= |$)")
# A list has no figure in brackets but that of an ORCID, and nothing behind a sign that a clause ends with.
_NO_NAME = patterns.compile(
    rf"[(:?!«»„.](?:(?<=\()(?!\d{{4}}-)\d|(?<=[:?!])[ ]?{_A}|(?<=[«»„])|(?<=[{_LOWER}]{{3}}\.)[ ]{_A})"
)
_NO_ROLE = frozenset((".", ":", ""))
_ROLE_SIGNS = frozenset("EHCORDÉehcordéa")
# What marks beside a name begin with, and what says that names were left out: among signs of ASCII.
_MARK_SIGNS = frozenset("*#[^(0123456789")
_CUT_SIGNS = frozenset("aeocuyivm&+([0123456789")
_LOOSE = {"inverted-initials": _INVERTED_INITIALS, "initials-after": _INITIALS_AFTER}
_PARTICLE = patterns.compile(_PARTICLES)
_GOES_ON = patterns.compile(rf" {_WORD}(?:,| and | & )(?! ?{_U}\.)")
_ON = patterns.compile(r"[ ]?[,;&.(]|[ ](?:and|et|und|y|i)\b|[ ]?(?:1[5-9]|20)\d\d|$")
_STOP = patterns.compile(r"(?<=\.) |\. ")
_LETTER = patterns.compile(_A)
# Nothing but a list of names ends in "et al.".
_CUT_OFF = 1.5
# A name surer than this is never cut off its list.
_SURE = 1.6
# Full names that are worth more than this on average are read in no other way.
_FULL_WORTH = 1.2
# So many ends are enough to choose from, however long and doubtful a list is.
_CUTS = 12
_NEVER = frozenset(
    (
        "the of for with from this that these those its their using towards toward via into proc proceedings journal "
        "vol volume pages press university universität université universidad institute department conference workshop "
        "transactions ieee acm springer elsevier verlag eds editors editor abstract phd thesis dissertation january "
        "february march april june july august september october november december arxiv preprint doi http https"
        " available published "
        "und oder für zur zum auf über aus der die das les aux une sur dans pour avec"
    ).split()
) - {"der", "das", "zur", "zum", "und", "march", "april", "june"}
