"""What makes two titles the same title."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from difflib import SequenceMatcher
from functools import lru_cache

from pubtools import patterns
from pubtools.fields import letters

# Two titles that differ in a word of content are alike at most this much: "λ-Toeplitz" is not "Toeplitz".
ALIKE = 0.89
# Words that sources add, lose and swap without making another title ("The", "for" and "in", "vs").
_MAY_DIFFER = frozenset("a an and at by for from in is of on the to via vs versus".split())
# A lost or doubled letter is a misspelling from this length on; shorter words soon are other words.
_LONG_WORD = 5

_Z = str.maketrans("zy", "si")

# Words that carry no topic: articles, prepositions, conjunctions.
STOP_WORDS = frozenset(
    (
        "a an and are as at be by can do does for from how in into is it its of on or over s the their to "
        "under using via vs we what when where which who why with without"
    ).split()
)
# Symbols that tell titles apart ("P=NP", "P≠NP") and that folding would drop, by the names TeX has for them.
_SYMBOLS = {
    "&": "and", "∞": "infty", "=": "eq", "≠": "neq", "<": "lt", ">": "gt", "≤": "leq", "≥": "geq", "×": "times",
    "→": "to", "±": "pm", "+": "plus", "⊗": "otimes", "⊕": "oplus", "∂": "partial", "∇": "nabla",
}  # fmt: skip
_SYMBOL = patterns.compile("[" + "".join(_SYMBOLS) + "]")
# What has no letter to decompose, no TeX, no tag and no symbol: most titles.
_PLAIN = patterns.compile(r"[A-Za-z\d ,.:;?!()'-]*", re.ASCII)
# Other names for them.
_COMMANDS = {"ne": "neq", "le": "leq", "ge": "geq", "rightarrow": "to", "longrightarrow": "to", "ell": "l", "aa": "a"}
_COMMAND = patterns.compile(r"\\(?:var(?=[a-z]))?([A-Za-z]+)")
# Crossref and web pages mark up what TeX writes as `_2`.
_TAG = patterns.compile(r"</?(?:i|b|em|strong|sub|sup|scp|span|mml:\w+)\b[^<>]*>", re.I)
# `\'e`, `\"{o}`, `{\v s}`, `\'{\i}`.
_ACCENT = patterns.compile(r"\\(?:[`'^\"~=.]\s*|[uvHcdbrkt](?![A-Za-z])\s*)\{?\\?([A-Za-z])")
_LETTER = patterns.compile(r"\\(ss|ae|oe|AE|OE|[oOlLij])(?![A-Za-z])\s*")
# Commands that only set type, and what stands around and inside maths: `\emph{x}`, `{RL}`, `$\mathbb{Z}_2$`.
_TEX = patterns.compile(
    r"\\(?:text\w*|emph|math\w*|operatorname|ensuremath|mbox|boldmath|boldsymbol|bm|left|right|bf|it|rm|cal|em|tt|sl|sc)"
    r"(?![A-Za-z])\s*|\\[,;:!]|[{}$_^]"
)
# A Greek letter or two by themselves are symbols; more are a Greek word.
_GREEK = patterns.compile(r"(?<![\u0370-\u03ff])[\u0370-\u03ff]{1,2}(?![\u0370-\u03ff])")
# British and American spellings of one word are one word.
_ISE = patterns.compile(r"(?<=[a-z]{3})is(e|ed|er|es|ing|ation|ations)\b")


@lru_cache(maxsize=65536)
def fold(title: str) -> str:
    r"""`title` for comparison: lower case, no accents, TeX, punctuation; `&` is `and`, `-ise` is `-ize`.

    A symbol becomes its name, whichever way it is written: `α` and `$\alpha$` are `alpha`, `≠` is `neq`.
    """
    folded = letters.fold(title if _PLAIN.fullmatch(title) else _spelt_out(title))
    return _ISE.sub(r"iz\1", folded) if "is" in folded else folded


@lru_cache(maxsize=65536)
def topic_words(text: str) -> frozenset[str]:
    """The folded words of `text` that carry its topic, without a plural's s."""
    return frozenset(_singular(word) for word in fold(text).split() if word not in STOP_WORDS)


def likeness(one: str, other: str, at_least: float = 0.0) -> float:
    """How alike two titles are, in [0, 1]; 1.0 when they differ in case, accents, TeX or punctuation only.

    At most `ALIKE` where a word of content differs. Below `at_least` the figure is an estimate.
    """
    # The matcher knows a first and a second, so they are put in order.
    a, b = sorted((_letters(one), _letters(other)))
    if a == b:
        return 1.0
    # The exact figure takes long, and most pairs of titles have little to do with each other.
    if at_least:
        bound = 2 * min(len(a), len(b)) / (len(a) + len(b))
        if bound < at_least:
            return bound
        threes, others = _threes(a), _threes(b)
        # An edit spoils three of them, so 0.8 of the letters in place leave about half of the threes.
        shared = 2 * len(threes & others) / (len(threes) + len(others) or 1)
        if shared < at_least / 2:
            return min(bound, shared)
        if (bound := 2 * _in_order(a, b) / (len(a) + len(b))) < at_least:
            return bound
    ratio = SequenceMatcher(None, a, b, autojunk=False).ratio()
    return min(ratio, ALIKE) if ratio > ALIKE and differ(one, other) else ratio


def differ(one: str, other: str) -> bool:
    """Whether two titles differ in a word of content: not in articles, plurals, hyphens, a lost or doubled letter."""
    a, b = _content(fold(one)), _content(fold(other))
    left = list((Counter(a) - Counter(b)).elements())
    right = list((Counter(b) - Counter(a)).elements())
    if "".join(left) == "".join(right):
        return False  # "re-use" and "reuse"
    for word in left:
        found = next((candidate for candidate in right if _misspelt(word, candidate)), None)
        if found is None:
            return True
        right.remove(found)
    return bool(right)


# ---------------------------------------------------------------- inside


def _spelt_out(text: str) -> str:
    """`text` without tags and TeX, and with the names of its symbols."""
    if "<" in text:
        text = _TAG.sub("", text)
    if "\\" in text:
        text = _LETTER.sub(r"\1", _ACCENT.sub(r"\1", text))
        text = _COMMAND.sub(lambda found: f" {_COMMANDS.get(found[1], found[1])} ", _TEX.sub("", text))
    text = _TEX.sub("", text)
    # Before letters are decomposed, which would make `=` and a stroke of `≠`.
    text = _SYMBOL.sub(lambda found: f" {_SYMBOLS[found[0]]} ", re.sub(r"[-=]+>", "→", text))
    if text.isascii():
        return text
    return _GREEK.sub(_letter_names, unicodedata.normalize("NFKD", text))


def _letter_names(found: re.Match[str]) -> str:
    # Unicode spells lambda "LAMDA".
    spelt = (unicodedata.name(letter, "").split()[-1:] for letter in found[0])
    return " " + " ".join(name[0].lower().replace("lamda", "lambda") for name in spelt if name) + " "


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _content(folded: str) -> list[str]:
    words = folded.split()
    return [
        _singular(word)
        for before, word in zip(["", *words], words, strict=False)
        # "Part A" is not "Part B".
        if word not in _MAY_DIFFER or before in ("part", "paper", "volume")
    ]


def _misspelt(one: str, other: str) -> bool:
    """Whether a letter was lost or doubled, or `fiber` is `fibre`, `analyze` is `analyse`.

    Another letter in its place makes another word (macroscopic, microscopic; sulfate, sulfite), and so does another
    first letter (symmetric, asymmetric).
    """
    short, long = sorted((one, other), key=lambda word: (len(word), word))
    if len(short) < _LONG_WORD or short[0] != long[0]:
        return False
    if len(short) == len(long):
        fibre = one[:-2] == other[:-2] and {one[-2:], other[-2:]} == {"er", "re"}
        return fibre or one.translate(_Z) == other.translate(_Z)
    if len(long) > len(short) + 1:
        return False
    return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long)))


@lru_cache(maxsize=65536)
def _letters(title: str) -> str:
    return fold(title).replace(" ", "")


@lru_cache(maxsize=65536)
def _places(text: str) -> Mapping[str, int]:
    """Where each letter of `text` stands, a bit a place."""
    places: dict[str, int] = {}
    for at, letter in enumerate(text):
        places[letter] = places.get(letter, 0) | 1 << at
    return places


def _in_order(one: str, other: str) -> int:
    """The most letters that two texts have in common in one order: no matcher finds more.

    One pass over bits, which is Hyyrö's (2004) form of Allison and Dix (1986).
    """
    places = _places(one)
    open_places = everywhere = (1 << len(one)) - 1
    for letter in other:
        if met := open_places & places.get(letter, 0):
            open_places = (open_places + met) | (open_places - met)
    return len(one) - (open_places & everywhere).bit_count()


@lru_cache(maxsize=65536)
def _threes(text: str) -> frozenset[tuple[str, str, str]]:
    return frozenset(zip(text, text[1:], text[2:], strict=False))
