"""Where a list of authors stands in a text, what its names are, and how much it is one.

A list is read name by name, from the left. A name is recognised by its form (`A. B. Last`, `Last, A. B.`, `Last AB`,
`First Last`, `Last, First`), which the names of a list mostly share, and by what its words are elsewhere (`lexicon`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pubtools.fields.lexicon import GIVEN, OPENERS, TITLE_WORDS, VENUE_ABBREVIATIONS, VENUE_WORDS

# More names than any paper has; what goes on longer is a page.
MAX_NAMES = 4000

_LOWER = "a-zß-öø-ÿ"
_A = r"[^\W\d_]"
_U = rf"(?:(?![{_LOWER}]){_A})"
_APOSTROPHE = "'’‘´`ʼ"
_PARTICLES = (
    r"(?:(?:v[ao]n|vd|vander|d(?:e[lrnmi]?|ella|elle|egli|i|[aou]s?)|l[aeo]s?|te[rn]?|zu[mr]?|a[fv]|bin|ibn|ben|[ea]l"
    rf"|['’‘]t|[ye](?= {_A}+(?:[,.;:(]|$)))[ ])"
)
_PREFIX = rf"(?:[dlDL][{_APOSTROPHE}]|(?:al|el|ul|as|ash|abd|at|ad|an|ar|az)-|['’‘]t[ ]|Mac |Mc |St\.? )?"
# Bounded, so that no text makes a pattern try many ways to part it.
_WORD = rf"{_PREFIX}{_U}(?:{_A}|[\u0300-\u036f]|[{_APOSTROPHE}‐‑-](?={_A})){{1,40}}"
_SUFFIX = r"(?:,? (?:Jr|Sr|JR|jr)\b\.?|,? (?:II|III|IV|2nd|3rd|4th)\b)"
# "Martin- Facklam" and "García- López" come from hyphens at the end of a printed line.
_FAMILY = rf"{_PARTICLES}{{0,3}}{_WORD}(?:(?: |- | -){_PARTICLES}{{0,3}}{_WORD}){{0,2}}"
_INITIAL = rf"(?:{_U}[{_LOWER}]?|Chr|d)\."
_DOTTED = (
    rf"{_INITIAL}(?:[ ]?[‐‑-]?[ ]?{_INITIAL}){{0,5}}(?:(?<=\.){_U}(?![\w.'’‐‑-])|[ ]{_U}(?=[ ]?[,;&.(:]|[ ]and\b|$))?"
)
_CAPITALS = rf"{_U}(?:[‐‑-]?{_U}){{0,3}}(?:[ ]{_U}(?![\w.'’])){{0,2}}(?!{_A}|['’]|[‐‑-]\w|\.\w)"
_INITIALS = rf"(?:{_DOTTED}|{_CAPITALS})"
_TRAILING = r"(?: (?:van|von|de|der|den|da|do|dos|zu|ter|af)\b){0,3}"

# `Last, A. B.`; `Last, Jr., A. B.`; `Humboldt, A. von`.
_INVERTED_INITIALS = re.compile(rf"({_FAMILY}){_SUFFIX}?[ ]?,[ ]?({_INITIALS}){_TRAILING}{_SUFFIX}?")
# `Last AB`, `Last A.B.`, `Last A. B.`.
_INITIALS_AFTER = re.compile(rf"({_FAMILY}){_SUFFIX}?[ ]({_INITIALS}){_TRAILING}{_SUFFIX}?")
# `A. B. Last`, `A.B. van Last Jr.`, `AB Last`, `J. Ross Last`.
_INITIALS_BEFORE = re.compile(
    rf"((?:{_DOTTED}|{_U}{{1,3}}(?![\w.'’])(?: {_U}(?![\w.'’]))?))[ ‐‑-]?({_FAMILY}){_SUFFIX}?"
)
_INNER = rf"(?:{_WORD}|{_U}(?![\w.'’])|[“\"'‘]{_WORD}[”\"'’]|\((?:{_A}|[ .'’-]){{1,20}}\))"
_GIVEN = rf"(?:{_WORD}|{_DOTTED}|{_U}(?![\w'’])|\((?:{_A}|[ .'’-]){{1,20}}\)|[“\"'‘]{_WORD}[”\"'’])"
# "Karl-H. Last": a hyphen parts given names only before an initial, within words it belongs to the word.
_NEXT = rf"(?:[ ]|[‐‑-](?={_U}\.))"
# `First M. Last`, `First van der Last`.
_FULL = re.compile(
    rf"({_WORD}(?:{_NEXT}{_GIVEN}){{0,3}})[ ]({_PARTICLES}{{1,3}}{_WORD}(?: {_WORD}){{0,2}}|{_WORD}){_SUFFIX}?"
)
# `Last, First M.`: the initial is the end of it, for "Last, Anna C. Title" has no other mark there.
_INVERTED_FULL = re.compile(
    rf"({_FAMILY}){_SUFFIX}?[ ]?,[ ]?({_WORD}(?:[ ]{_INNER}){{0,2}}(?:{_NEXT}{_DOTTED})?){_TRAILING}{_SUFFIX}?"
)
_GROUP = re.compile(
    r"(?:[Tt]he |on behalf of (?:the )?|for the )?(?:[\w+/&()-]{1,30} ){0,10}?"
    r"(?:[Cc]ollaborations?|[Cc]onsortium|[Nn]etwork|[Ii]nitiative|[Cc]ommittee|[Tt]eam|[Gg]roup"
    r"|[Ii]nvestigators)\b(?! of\b| for\b)"
)
# Chinese, Japanese and Korean names have no spaces, or one.
_UNSPACED = re.compile(
    r"[\u3400-\u9fff]{2,4}(?![\u3040-\u30ff\u3400-\u9fff])"
    r"|[\u3400-\u9fff]{1,3}[ \u3000][\u3040-\u30ff\u3400-\u9fff]{1,3}(?![\u3040-\u30ff\u3400-\u9fff])"
    r"|[\uac00-\ud7af]{2,4}(?![\uac00-\ud7af])"
)
# A name of one word, where a year in brackets follows it: "Grondin (1991)", "OpenSEES (2012)".
_SINGLE = re.compile(rf"{_WORD}(?=,? ?\((?:1[5-9]|20)\d\d[a-z]?\)|, (?:1[5-9]|20)\d\d:)")
_UNSPACED_LETTER = re.compile(r"[\u3040-\u9fff\uac00-\ud7af]")
# Equal contribution, affiliation, correspondence, ORCID: marks beside a name.
_MARKS = re.compile(
    r"(?:[ ]?[*∗⁎†‡§¶#✉✝☨⇑]+|[⁰¹²³⁴-⁹ᵃ-ᶻ]+|(?<=[^\W\d_])\d{1,2}(?:,\d{1,2})*(?=[,;*†‡.]|[ ]|$)(?![ ]?[-–:])"
    r"|[ ]?\[\d{1,2}(?:, ?\d{1,2})*\]|[ ]?\^\{?[\w,*]{1,5}\}?"
    r"|[ ]?\((?:\d{4}-){3}\d{3}[\dX]\)|,(?=[*†‡¹²³⁴-⁹])|[ ]?\((?:he/him|she/her|equal contribution|equal|co-first"
    r"|corresponding author)\))+"
)
_AND = r"(?:and|AND|And|&|&amp;|et|und|with|y|e|i|og|och|en|oraz|а|и|a)"
_SEPARATOR = re.compile(
    rf"[ ]?(?:[,;·•、，；|/]+[ ]?(?:{_AND}[ ]+)?|[ ]{_AND}[ ]+|&[ ]?|\.[ ]and[ ])[ ]?,?[ ]?(?:{_AND}[ ]+)?"
)
# Where names were left out.
_CUT = re.compile(
    r"[ ]?[,;]?[ ]?(?:(?:and|&|y)[ ])?(?:et\.?[ ]?al(?:ii|ia|\b)\.?|others\b|others?\.?$|colleagues\b|…|\.{3,}"
    r"|\+?[ ]?\d{1,4}[ ](?:more|other|additional)(?:[ ](?:authors?|co-?authors?|others))?\b"
    r"|\d{1,4}[ ]others\b|\+[ ]?\d{1,4}\b|u\.[ ]?a\.|ら|等(?=$|\W)|외[ ]?(?:\d+[ ]?[인명])?|外[ ]?\d+[ ]?人)"
)
_ROLE = re.compile(
    r"[ ]?,?[ ]?\(?\b(?:[Ee]ditors?|EDITORS?|[Ee]ds?\b\.?|EDS?\b\.?|[Hh]rsgg?\.|[Hh]gg?\.|[Hh]erausgeber(?:in|innen)?"
    r"|[Cc]oords?\.|[Cc]oordinador(?:es)?|[Oo]rgs?\.|[Oo]rganizadores|[Cc]omps?\.|[Rr]ed\.|[Dd]irs?\.)\)?"
)
_BAD_ENDING = re.compile(
    r"(?:tions?|sions?|[a-z]{4}ings|[aeiou]ty|ities|isms?|[a-z]{3}ments?|ness|olog(?:y|ies)|[a-z]{2}ics|ical"
    r"|[a-z]{4}ances?|[a-z]{4}ences?|[a-z]{3}ships?|ware|"
    r"works?|graphy|[a-z]{3}sis|tive|[a-z]{3}ous|ional|ized|less|able|[a-z]{3}ible|ated|ular|graphs?|metry|uring"
    r"|izing|ating|ling|ement|osis|itis|emia)$"
)


class Person(NamedTuple):
    """One name of a list: its stretch [start, end) of the text, its form, and what speaks for it (about -3 to 3)."""

    start: int
    end: int
    form: str
    worth: float


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


# What was read of the names of a text: by form, by where it begins, and by whether it is the first of its list.
Known = dict[tuple[str, int, bool], Person | None]


def listings(text: str, start: int = 0, stop: int | None = None, known: Known | None = None) -> list[Listing]:
    """The lists of names that may begin at `start`, the most plausible last; [] where none begins.

    A list may end before the text goes on to look like names: each such end is one more listing. Who asks again for
    the same `text` and `stop` gives the same `known`, so that no name is read twice.
    """
    stop = len(text) if stop is None else stop
    first = _FIRST_WORD.match(text, start, stop)
    if first is None or (first[0].islower() and first[0] not in _LOWER_FIRST):
        return []
    names = {} if known is None else known
    found: dict[int, Listing] = {}
    for forms in _MODES:
        for listing in _read(text, start, stop, forms, names):
            other = found.get(listing.end)
            if other is None or listing.worth > other.worth:
                found[listing.end] = listing
    return sorted(found.values(), key=lambda listing: listing.worth)


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


def leading(text: str) -> int:
    """Where the list of authors at the beginning of `text` ends, an offset into it; 0 where there is none."""
    found = listings(text)
    return found[-1].end if found and found[-1].worth > 0 else 0


# ---------------------------------------------------------------- inside

_LEAD = re.compile(r"(?:by|von|with|mit|and|et|&)[ ](?=\S)|[Aa]uthors?:?[ ]", re.I)

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
# The forms that the first name may have, and those of the names after it, in the order in which they are tried.
_MODES = (
    (("inverted-initials",), ("inverted-initials", "initials-before", "full", "group", "initials-after")),
    (("initials-after",), ("initials-after", "inverted-initials", "initials-before", "full", "group")),
    (
        ("initials-before", "full", "group", "unspaced", "single"),
        ("initials-before", "full", "inverted-initials", "group", "unspaced"),
    ),
    (("inverted-full",), ("inverted-initials", "inverted-full", "initials-before", "full", "group")),
)


def _read(
    text: str, start: int, stop: int, mode: tuple[tuple[str, ...], tuple[str, ...]], known: Known
) -> Iterator[Listing]:
    """The lists that begin at `start` with a name of the mode's first forms: the whole one, and its doubtful cuts."""
    people: list[Person] = []
    forms, later = mode
    at, worth, complete, joined, cuts, commas = start, 0.0, True, False, 0, False
    while len(people) < MAX_NAMES:
        person = _name(text, at, stop, forms, people[-1] if people else None, joined, known)
        if person is None:
            break
        if people and person.worth < _SURE and cuts < _CUTS:
            cuts += 1
            yield _listing(text, start, people, complete, worth, stop)
        people.append(person)
        worth += person.worth
        forms = later
        at = person.end
        if at < stop and text[at] not in _NO_MARK and (marks := _MARKS.match(text, at, stop)):
            at = marks.end()
        if gap := _cut(text, at, stop):
            complete, at = False, gap.end()
        separator = _SEPARATOR.match(text, at, stop)
        if separator is None:
            # "Langdon, R. Coltheart, M. Ward, PB. Catts": the full stop of the initials parts the names.
            # "Hron K. Fačevicová K.": a comma was lost.
            bare = _STOP.match(text, at, stop) if person.form in _LOOSE else None
            following = _LOOSE[person.form].match(text, bare.end(), stop) if bare else None
            if bare is None or following is None or " " in following[1]:
                break
            if person.form == "initials-after" and not _ON.match(text, following.end(), stop):
                break
            at = bare.end()
            continue
        joined = any(map(str.isalpha, separator[0])) or "&" in separator[0]
        bar = separator[0].strip() in ("·", "•", "|")
        if bar and commas:
            break  # "A. Last, B. Last · Journal": it parts fields
        commas = commas or not bar
        at = separator.end()
    if people:
        yield _listing(text, start, people, complete, worth, stop)


def _listing(text: str, start: int, people: list[Person], complete: bool, worth: float, stop: int) -> Listing:
    """The list of these names with what belongs to its end: marks, "et al.", what the names are for."""
    end = people[-1].end
    dotless = not any("." in text[person.start : person.end] for person in people[:-1])
    if (
        len(people) > 1
        and dotless
        and people[-1].form == "initials-after"
        and text[end - 3 : end] == f" {text[end - 2]}."
    ):
        end -= 1  # "Lovelace AA, Boole G.": the list's own full stop
        people = [*people[:-1], people[-1]._replace(end=end)]
    if marks := _MARKS.match(text, end, stop):
        end = marks.end()
    if gap := _cut(text, end, stop):
        end, complete = gap.end(), False
    role = _ROLE.match(text, end, stop)
    if role:
        end = role.end()
    elif not complete:
        worth += 1.5  # nothing but a list of names ends so
    elif "initials" in people[-1].form and _GOES_ON.match(text, end, stop):
        worth -= 2.5  # "Larry D. Wittie, ...": the initial is a middle one
    elif _LETTER.match(text, end + 1, stop) and text[end] == " " and text[end - 1] != ".":
        # A list ends with a mark of its own, mostly: the next word is a part of the last name, or this is no list.
        worth -= 0.7 if people[-1].form == "initials-after" else 2.0
    return Listing(start, end, tuple(people), complete, "editor" if role else None, worth)


def _cut(text: str, at: int, stop: int) -> re.Match[str] | None:
    """Where names were left out at `at`; most names are followed by another, and that is cheap to see."""
    last = min(stop, at + 4)
    begin = at
    while begin < last and text[begin] in " ,;":
        begin += 1
    return None if text[begin : begin + 1].isupper() else _CUT.match(text, at, stop)


def _name(
    text: str, at: int, stop: int, forms: tuple[str, ...], before: Person | None, joined: bool, known: Known
) -> Person | None:
    """The name that begins at `at` in the first of the forms that fits; None where none does."""
    first = text[at : at + 1]
    if not first or not (first.isalpha() or first in "'’‘"):
        return None
    for form in forms:
        key = (form, at, before is not None)
        try:
            person = known[key]
        except KeyError:
            person = known[key] = _formed(form, text, at, stop, later=before is not None)
        if person is None:
            continue
        worth = person.worth
        if before is not None:
            if form == before.form:
                worth += 0.8
            elif "full" in form and "full" not in before.form and not joined:
                worth -= 1.5
            if joined:
                worth += 0.4
        return Person(at, person.end, form, min(worth, 3.0))
    return None


def _formed(form: str, text: str, at: int, stop: int, *, later: bool) -> Person | None:
    """The name of this form that begins at `at`, and what speaks for it by itself."""
    if not _may_be(form, text, at):
        return None
    found = _FORMS[form].match(text, at, stop)
    if found is None:
        return None
    if form in ("full", "initials-before") and (place := _venue_in(found[2])):
        # "Y Ma IEEE Transactions on ...": the line after the names was joined to them
        found = _FORMS[form].match(text, at, found.start(2) + place)
        if found is None:
            return None
    if form == "initials-before" and (end := _family_in(found[1])):
        # "B. Kim and Y. G. Ji. Evaluating ...": a short family name, and the full stop of the list
        found = _FORMS[form].match(text, at, at + end)
        if found is None:
            return None
    worth = _worth(form, found, text, stop, later=later)
    return None if worth is None else Person(at, found.end(), form, worth)


@lru_cache(maxsize=8192)
def _family_in(initials: str) -> int:
    """Where a family name of two letters ends that stands as the last of initials; 0 where none does."""
    last = _TWO_LETTERS.search(initials)
    return last.end(1) if last and last[1] not in _DIGRAPHS else 0


_TWO_LETTERS = re.compile(rf"\. ?({_U}[{_LOWER}])\.$")
# Two letters for one of another script or of a digraph, as initials have them.
_DIGRAPHS = frozenset(
    (
        "Ch Chr Cs Dj Dz Fr Gh Gy Ia Io Iu Ja Je Jo Ju Kh Ll Ly Ny Ph Rh Sh St Sz Th Ts Ty Wm Ya Ye Yo Yu Zh Zs Ed Al"
    ).split()
)


def _may_be(form: str, text: str, at: int) -> bool:
    """Whether a name of this form may begin at `at`, by its first letters: that is cheaper than to try."""
    if form == "unspaced":
        return text[at] >= "\u3400"
    if form == "initials-before":
        following = text[at + 1 : at + 3]
        return not (following.islower() and following.isalpha()) or text.startswith("Chr.", at)
    return True


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
        return 1.5 if words[0][0].isupper() or words[0] in {"the", "on", "for"} else None
    if form == "unspaced":
        return 1.5
    if form == "single":
        return None if later or found[0].lower() in OPENERS else 0.8
    if form == "initials-after" or form == "inverted-initials":
        family, initials = found[1], found[2]
        if not _capital(initials):
            return None
        marks = _words(family, initials=True)
        if marks is None:
            return None
        dotted = "." in initials
        if form == "inverted-initials" and " " in family and _LETTER.match(text, found.end() + 1, stop):
            if family.split()[0] in GIVEN:
                return None  # "Ada Lovelace, C. Babbage": the initial belongs to the name that follows
            marks -= 0.5
        letters = initials.replace(".", "").replace("-", "").replace(" ", "")
        if not dotted and len(letters) > 3:
            return None
        return (2.3 if dotted else 2.0 if form == "inverted-initials" or len(letters) > 1 else 1.3) + marks
    if form == "initials-before":
        if not _capital(found[1]) or found[1] in ("Hg.", "Ed.", "Eds."):
            return None
        marks = _words(found[2], initials=True)
        if marks is None:
            return None
        return (2.5 if "." in found[1] else 1.2 if len(found[1]) < 3 else 0.0) + marks
    given, family = (found[1], found[2]) if form == "full" else (found[2], found[1])
    if later and form == "inverted-full" and " " in given and " " in family and family[0].isupper():
        return None  # two full names with a comma between them
    return _full(form, given, family, later)


@lru_cache(maxsize=8192)
def _full(form: str, given: str, family: str, later: bool) -> float | None:
    """What speaks for a name with a given name written out."""
    first = given.split()[0]
    if form == "full" and first.lower() in OPENERS and first not in GIVEN and not (later and len(first) == 2):
        return None
    marks = _words(f"{given} {family}", initials=False)
    if marks is None or (form == "inverted-full" and family[0].islower() and family.split()[1:2][0] in GIVEN):
        # ", von Anna Last, Bert Other": a list of full names after a word of its own
        return None
    known = first in GIVEN or first.title() in GIVEN or first.split("-")[0] in GIVEN
    if form == "full" and given.isupper() and len(given) > 3 and not family.isupper():
        return 1.5 if family in GIVEN else 0.8  # "KAHAN Marcel"
    if form == "inverted-full" and " " in given and " " in family and family.split()[0] in GIVEN:
        return None  # "Ada Lovelace, Charles Babbage"
    worth = (1.8 if known else -0.4) + marks
    if re.search(r"(?:^| )[^\W\d_]\.", given):
        worth += 1.2
    words = len(given.split()) + len(family.split())
    if words > 4:
        worth -= 0.5
    if form == "inverted-full":
        worth += 0.3 if " " not in family else -0.6
        if " " in family and " " in given and family.split()[0][0].isupper():
            worth -= 1.5  # two full names with a comma between them, more often than not
    return worth


@lru_cache(maxsize=16384)
def _words(words: str, *, initials: bool) -> float | None:
    """What the words of a name tell against it, 0 or less; None where one of them is no word of a name."""
    worth = 0.0
    for word in words.split():
        word = word.strip("()“”\"'‘’")
        lower = word.lower()
        if not word or not _LETTER.match(word):
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
        elif len(word) > 5 and word not in GIVEN and _BAD_ENDING.search(lower):
            worth -= 0.5 if initials else 2.0
        elif not initials and word.isupper() and 2 <= len(word) <= 5 and "-" not in word and not words.isupper():
            worth -= 0.6
    return worth


def _is_acronym(word: str, words: str) -> bool:
    """Whether a word alone is in capitals, and short."""
    return word.isupper() and len(word) < 5 and not words.isupper()


@lru_cache(maxsize=1024)
def _is_particle(word: str) -> bool:
    return bool(_PARTICLE.fullmatch(word + " ")) or "'" in word or "’" in word or "-" in word


def _capital(initials: str) -> bool:
    """Whether every word of initials begins with a capital: the patterns take any letter outside Latin-1 for one."""
    return all(word[0].isupper() or word == "d" for word in re.split(r"[\s.‐‑-]+", initials) if word)


_FIRST_WORD = re.compile(rf"['’‘]?{_A}+")
# The words in lower case that a list of names may begin with: particles, and what stands before a group's name.
_LOWER_FIRST = frozenset(
    (
        "van von vd vander de der den del dem dei di della delle degli d da do du das dos la le lo las les los te ter "
        "ten zu zum zur af av bin ibn ben el al ul as ash abd at ad an ar az y e l for on the"
    ).split()
)
# A name is mostly followed by one of these, and that is no mark beside it.
_NO_MARK = frozenset(".;:")
_LOOSE = {"inverted-initials": _INVERTED_INITIALS, "initials-after": _INITIALS_AFTER}
_PARTICLE = re.compile(_PARTICLES)
_GOES_ON = re.compile(rf" {_WORD}(?:,| and | & )(?! ?{_U}\.)")
_ON = re.compile(r"[ ]?[,;&.(]|[ ](?:and|et|und|y|i)\b|[ ]?(?:1[5-9]|20)\d\d|$")
_STOP = re.compile(r"(?<=\.) |\. ")
_LETTER = re.compile(_A)
# A name surer than this is never cut off its list.
_SURE = 1.6
# So many ends are enough to choose from, however long and doubtful a list is.
_CUTS = 12
_NEVER = frozenset(
    (
        "the of for with from this that these those its their using towards toward via into proc proceedings journal "
        "vol volume pages press university universität université universidad institute department conference workshop "
        "transactions ieee acm springer elsevier verlag eds editors editor abstract phd thesis dissertation january "
        "february march april june july august september october november december arxiv preprint doi http https"
        " available "
        "und oder für zur zum auf über aus der die das les aux une sur dans pour avec"
    ).split()
) - {"der", "das", "zur", "zum", "und", "march", "april", "june"}
