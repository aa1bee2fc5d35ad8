"""What a name says about its parts, what a list of names says about its end, and when two names are one person's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

from pubtools import patterns
from pubtools.fields import letters
from pubtools.fields.lexicon import BODY_WORDS
from pubtools.models import Authors, Name

# Written in lower case they stand before the family name ("van der Berg"), as BibTeX's "von" part does.
PARTICLES = frozenset(
    (
        "af al av bin d da dal das de degli dei del della den der des di do dos du e el ibn la las le lo los "
        "of op 't 's te ten ter til van vom von y zu zum zur"
    ).split()
)
# Written with a capital they are part of the family name in most of these families ("Della Porta", "Van Rossem").
_CAPITAL_PARTICLES = frozenset(
    (
        "Al Ben Da Dal De Degli Del Dela Della Den Der Des Di Do Dos Du El La Le Lo Mac Saint San St St. Te "
        "Ter Van Vander Von Zu"
    ).split()
)
_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv 2nd 3rd 4th".split())
# A degree after a comma is no author: "Ada Lovelace, PhD, Charles Babbage".
_DEGREES = frozenset("phd md msc bsc mph mba dr dphil frs".split())
_GROUP_ENDS = tuple(
    (
        "collaboration collaborations consortium team group project network initiative committee inc inc. ltd ltd."
    ).split()
)
_GROUP = patterns.compile(rf"\b(?:{'|'.join(map(re.escape, _GROUP_ENDS))})$", re.I)
# "World Bank": by itself, the last word is a family name, too.
_BANK = patterns.compile(r"(?:world|european|african|asian|central|national|federal|reserve) (?:\w+ )?", re.I)
_BANKS = frozenset("bank union fund centre center".split())
# Chinese, Japanese and Korean: kana, ideographs, syllables.
_UNSPACED = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uac00", "\ud7af"))

# Equal contribution, corresponding author, affiliation, ORCID: marks beside a name, no part of it.
_MARKS = patterns.compile(r"[*∗†‡§¶#✉⁰¹²³⁴-⁹]+|\s\(?(?:\d{4}-){3}\d{3}[\dX]\)?|\s\(?\b(?:ORCID(?: iD)?|iD)\b\)?")
_FOOTNOTES = patterns.compile(r"(?<=[^\W\d_])[ ,]*\d{1,2}(?: ?, ?\d{1,2})*\W*$")
_INITIALS = patterns.compile(r"(?:[^\W\d_]\.?-?){1,3}")
# Where names were left out, at the end ("et al.") or inside ("A. Last, +5 authors, Z. Last", "A. Last, ..., Z. Last").
_ET_AL = patterns.compile(
    r"\bet\.? ?al(?:ii|ia)?\b\.?|(?-i:\bal\.|\bothers\b)|\band colleagues\b|…|\.{3,}"
    r"|\+ ?\d+(?: more)?(?: authors?)?|\b\d+ (?:more|others?)(?: authors?)?\b",
    re.I,
)
_CUT_SIGNS = ("et al", "etal", "et. al", "et.al", "al.", "other", "colleagues", "…", "...", "+", " more")
# The word itself comes first, so that it is looked for at once.
_AND = patterns.compile(r"and\b(?<!\wand)")
_AND_APART = patterns.compile(r"and\b(?<![^\s,]and)")
_LIST_STOP = patterns.compile(r"[^\W\d_]{3}\.")


# The names of a page come again and again.
@lru_cache(maxsize=16384)
def parse(text: str) -> Name:
    """The name that `text` is; its parts come from a comma or from initials, else the last word is the guess.

    Only a person's own word can say that "Sarao Mannelli" is one family name (see `people`), so such a guess is
    marked. Groups, single words and names in scripts without spaces are not split. Never raises, but for a blank text.
    """
    literal = " ".join(text.split())
    bare = _bare(literal)
    name = _from_comma(literal, bare) if "," in bare else _from_words(literal, bare)
    return name if name.family and _has_letter(name.family) else Name(literal=literal)


def parse_list(text: str) -> Authors | None:
    """The authors of a list, in order; `complete` is False where it ends in "et al." or an ellipsis.

    Accepts `A. Last, B. Last and C. Last`, `Last, A.; Last, B.` and `Last, A., Last, B.`. None without a name.
    """
    listed = ";" in text  # also at the end: "Last, First;" is one name
    whole, gaps = _ET_AL.subn(",", text) if _may_be_cut(text) else (text, 0)
    whole = whole.strip(" ,;")
    if _LIST_STOP.fullmatch(whole[-4:]) and whole.split()[-1].lower() not in _SUFFIXES:
        whole = whole[:-1]  # the list's own full stop, not that of an initial
    names = [parse(piece) for piece in (_separated(whole) if listed else _pieces(whole))]
    if [name.split_by for name in names].count("initials") * 2 > len(names):
        names = [_with_long_initials(name) for name in names]
    return Authors(names=tuple(names), complete=not gaps) if names else None


def is_person(text: str) -> bool:
    """Whether `text` has the shape of one person's name: two to six words, capitals where a name has them."""
    words = text.split()
    if _is_unspaced(text[:1]):
        return len(text.replace(" ", "")) <= 5 and text.replace(" ", "").isalpha()
    return (
        2 <= len(words) <= 6
        and _is_capitalised(text)
        and sum(word[0].isupper() for word in words) >= 2
        and not (text.endswith(".") and len(words[-1]) > 3)
    )


def is_list(text: str) -> bool:
    """Whether `text` is nothing but names: capitalised pieces, at least half of them shaped like a person's."""
    words = text.split()
    if sum(map(str.islower, words)) * 2 > len(words):
        return False  # a sentence, and no need to look for names in it
    whole = (_ET_AL.sub(",", text) if _may_be_cut(text) else text).strip(" ,;")
    pieces = [_bare(piece).replace(",", "") for piece in _pieces(whole)]
    people = sum(is_person(piece) for piece in pieces)
    return bool(people) and people * 2 >= len(pieces) and all(_is_capitalised(piece) for piece in pieces)


def first_list(texts: Sequence[str]) -> int | None:
    """The index of the text that is the list of names: the first with more than one name, else the first that may be.

    The second line of a wrapped title ("Neural Networks") may look like one person.
    """
    found = [index for index, text in enumerate(texts) if is_list(text)]
    return max(found, key=lambda index: bool(re.search(r"[,;&]|\band\b|\bet al", texts[index])), default=None)


def is_open(text: str) -> bool:
    """Whether a list of names goes on in the next line: it ends in a comma or an "and"."""
    return bool(re.search(r"(?:[,;&]|\band)$", text))


def _is_capitalised(text: str) -> bool:
    """Whether every word of `text` could be a word of a name: a capital first, or a particle, and no punctuation."""
    words = text.split()
    return (
        0 < len(words) <= 6
        and not re.search(r"[\d:;!?@/()\[\]|]|\.\.", text)
        and words[-1][0].isalpha()
        and not words[-1][0].islower()
        and all(not word[0].islower() or word.lower().strip(".") in PARTICLES for word in words)
    )


def compare(one: Name, other: Name) -> Literal["same", "near", "different"]:
    """Whether two names may be one person's: "same" but for initials, accents, order; or "near": misspelt."""
    return _compare(_key(one), _key(other))


# ---------------------------------------------------------------- inside


def _may_be_cut(text: str) -> bool:
    """Whether a list may say that names were left out: cheaper than to look for how."""
    lower = text.lower()
    return any(map(lower.__contains__, _CUT_SIGNS))


def _is_unspaced(text: str) -> bool:
    """Whether a letter of a script without spaces is in `text`."""
    return not text.isascii() and any(first <= letter <= last for letter in text for first, last in _UNSPACED)


def _has_letter(text: str) -> bool:
    return text[:1].isalpha() or any(map(str.isalpha, text))


def _bare(literal: str) -> str:
    """`literal` without the marks beside the name; as it is where nothing else is there."""
    if literal.replace(" ", "").replace(".", "").isalpha() and "iD" not in literal and "ORCID" not in literal:
        return literal.strip(" ")
    return _FOOTNOTES.sub("", _MARKS.sub("", literal)).strip(" ,") or literal


def _from_comma(literal: str, bare: str) -> Name:
    """`Last, First`, `von Last, Jr, First` (BibTeX's forms), `Last Jr, First`, or `First Last, Jr.`."""
    parts = [part.strip() for part in bare.split(",") if part.strip()]
    if len(parts) == 2 and parts[1].lower() in _SUFFIXES:
        inner = parse(parts[0])
        if inner.family is None:
            return Name(literal=literal)
        return inner.model_copy(update={"literal": literal, "suffix": parts[1]})
    if len(parts) < 2 or len(parts) > 3:
        return Name(literal=literal)
    if len(parts) == 3 and parts[2].lower() in _SUFFIXES:
        parts = [parts[0], parts[2], parts[1]]  # `Last, First, Jr.`
    last, _, behind = parts[0].rpartition(" ")
    if len(parts) == 2 and last and behind.lower() in _SUFFIXES:
        parts = [last, behind, parts[1]]  # `Last Jr., First`, as biblatex and Chicago print it
    suffix = parts[1] if len(parts) == 3 else None
    particle, family = _particle(parts[0].split())
    return Name(literal=literal, family=family, given=parts[-1], particle=particle, suffix=suffix, split_by="comma")


def _from_words(literal: str, bare: str) -> Name:
    """`First Last`, `First von Last Jr.`, or `Last A.`."""
    words = bare.split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in _SUFFIXES else None
    if len(words) < 2 or _is_group(bare, words) or _is_unspaced(bare):
        return Name(literal=literal)
    end = len(words)
    while end > 2 and (words[end - 1].lower() if bare.isupper() else words[end - 1]) in PARTICLES:
        end -= 1
    behind = words[end:] if words[end - 1].isupper() else []  # "Wever JAN de": "de Wever", where the alphabet has it
    words = words[: len(words) - len(behind)]
    if (behind or _is_initials(words[-1])) and not (_is_initials(words[0]) and not _is_shouted_particle(words)):
        at = len(words) - 1
        while at > 1 and (_is_initials(words[at - 1]) or (words[at - 1] in PARTICLES and _is_initials(words[at - 2]))):
            at -= 1  # also "Souza M. C. de B."
        particle, family = _particle([*behind, *words[:at]])
        return Name(
            literal=literal, family=family, given=" ".join(words[at:]), particle=particle, suffix=suffix,
            split_by="initials",
        )  # fmt: skip
    capitals = next((at for at, word in enumerate(words) if not _is_shouted(word)), 0)
    if capitals and not any(map(_is_shouted, words[capitals:])):
        # "KAHAN Marcel": capitals are the source's own mark of a family name.
        return Name(
            literal=literal, family=" ".join(words[:capitals]), given=" ".join(words[capitals:]), suffix=suffix,
            split_by="source",
        )  # fmt: skip
    at = _family_start(words)
    particle, family = _particle(words[at:])
    return Name(
        literal=literal, family=family, given=" ".join(words[:at]) or None, particle=particle, suffix=suffix,
        split_by="last-word",
    )  # fmt: skip


def _is_shouted(word: str) -> bool:
    """Whether a word is all capitals, and too long for initials."""
    return len(word) > 3 and word.isupper() and "." not in word


def _is_group(bare: str, words: list[str]) -> bool:
    """Whether a name is that of a group or a body."""
    lower = [word.lower() for word in words]
    if not BODY_WORDS.isdisjoint(lower) or (lower[-1] in _BANKS and _BANK.match(bare)):
        return True
    return lower[-1].endswith(_GROUP_ENDS) and _GROUP.search(bare) is not None


def _is_shouted_particle(words: list[str]) -> bool:
    """Whether `words` begin with a particle in capitals, as the family name after it is: "DE WEVER A."."""
    return len(words) > 2 and words[0].title() in _CAPITAL_PARTICLES and _is_shouted(words[1])


def _particle(words: list[str]) -> tuple[str | None, str]:
    """The lower-case particles that `words` begin with, and the family name after them."""
    at = 0
    while at < len(words) - 1 and words[at].islower():
        at += 1
    return " ".join(words[:at]) or None, " ".join(words[at:])


def _family_start(words: list[str]) -> int:
    """Where particle and family name begin in `First Last`: the last word, and the particles before it."""
    at = len(words) - 1
    while at > 1 and words[at - 1] in _CAPITAL_PARTICLES:
        at -= 1
    first_lower = next(
        (i for i in range(1, at) if words[i] in PARTICLES and not _is_initials(words[i + 1])),  # "M. C. de B. Souza"
        None,
    )
    return first_lower if first_lower is not None else at


def _is_initials(word: str) -> bool:
    """`A.`, `A.-B.`, `AB`, `PCW`, but not `Al` and not `LEE`."""
    bare = word.replace(".", "").replace("-", "")
    if not bare.isupper() or not ("." in word or len(bare) <= 2 or (bare.isascii() and _VOWELS.isdisjoint(bare))):
        return False
    return bool(_INITIALS.fullmatch(word))


# "Boole PCW": no family name of three letters is without one of them.
_VOWELS = frozenset("AEIOUY")


def _pieces(whole: str) -> list[str]:
    """The texts of the single names of a list."""
    if ";" in whole:
        return _separated(whole)
    # "Jr." after a comma belongs to the name before it, and so does the second of its two footnotes: "Ada Byron1,2".
    joined: list[str] = []
    for piece in map(str.strip, _AND_APART.sub(",", whole).replace("&", ",").split(",")):
        if joined and piece.lower() in _SUFFIXES:
            joined[-1] += f", {piece}"
        elif joined and piece[:1].isdigit() and re.fullmatch(r"\d{1,2}\W*", piece):
            joined[-1] += f",{piece}"
        elif _has_letter(piece) and not (joined and piece.lower().replace(".", "") in _DEGREES):
            joined.append(piece)
    if joined and len(joined) % 2 == 0 and _are_pairs(joined[::2], joined[1::2]):
        return [f"{family}, {given}" for family, given in zip(joined[::2], joined[1::2], strict=True)]
    return joined


def _separated(whole: str) -> list[str]:
    """The texts of the single names of a list with semicolons: a comma stands within a name."""
    if "and" in whole or "&" in whole:
        whole = _AND.sub(";", whole).replace("&", ";")
    return [piece for piece in [piece.strip(" ,") for piece in whole.split(";")] if _has_letter(piece)]


def _with_long_initials(name: Name) -> Name:
    """`name` with `Castro LFC` taken apart, as the other names of its list are: alone, "LFC" may be a family name."""
    if name.split_by != "last-word":
        return name
    words = _bare(name.literal).split()
    last = words[-1] if len(words) > 1 else ""
    if not (3 <= len(last) <= 4 and last.isalpha() and last.isupper()) or words[0].isupper():
        return name
    particle, family = _particle(words[:-1])
    return Name(literal=name.literal, family=family, given=last, particle=particle, split_by="initials")


def _are_pairs(families: list[str], givens: list[str]) -> bool:
    """Whether the pieces of a list are `Last, A., Last, B.`, all initials, or `Last, Anna C.` after single words."""
    ends = [given.split() for given in givens]
    return all(all(map(_is_initials, words)) for words in ends) or (
        all(_is_initials(words[-1]) for words in ends) and all(" " not in family for family in families)
    )


@lru_cache(maxsize=65536)
def _key(name: Name) -> tuple[tuple[str, ...], str]:
    """The folded given words and the last folded word of the family name. Nobody knows how long a family name is."""
    suffixes = {letters.fold(name.suffix)} if name.suffix else set()
    if name.family is None:
        words = [word for word in letters.fold(name.literal).split() if word not in suffixes]
        return tuple(words[:-1]), words[-1] if words else ""
    family = letters.fold(" ".join(filter(None, (name.particle, name.family)))).split()
    given = letters.fold(name.given or "").split()
    if name.given and name.given.isupper() and len(given) == 1 and len(given[0]) <= 3 and "." not in name.given:
        given = list(given[0])  # "Saxe AM"
    return (*given, *family[:-1]), family[-1] if family else ""


@lru_cache(maxsize=65536)
def _compare(
    one: tuple[tuple[str, ...], str], other: tuple[tuple[str, ...], str]
) -> Literal["same", "near", "different"]:
    (given, family), (given2, family2) = one, other
    if sorted((*given, family)) == sorted((*given2, family2)):
        return "same"  # `Mannelli, Stefano Sarao` and `Stefano Sarao Mannelli`
    if not _givens_agree(given, given2):
        return "different"
    if family == family2:
        return "same"
    # "Ivashinka" and "Ivashynka", not "Hansen" and "Hanson", nor "Zhang" and "Zheng". The ratio knows a first and a
    # second, so they are put in order.
    first, second = sorted((family, family2))
    if min(len(first), len(second)) >= 5 and SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.85:
        return "near"
    return "different"


def _givens_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether given names may be one person's: the first ones agree, an initial stands for any name it begins."""
    if not one or not other:
        return True
    a, b = one[0], other[0]
    if a == b:
        return True
    shorter, longer = sorted((a, b), key=len)
    return len(shorter) == 1 and longer.startswith(shorter)
