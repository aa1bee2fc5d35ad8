"""Text as LaTeX, for classic BibTeX in ASCII or for biblatex in UTF-8."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

from pubtools import patterns
from pubtools.latex import _maths
from pubtools.latex._normal import normal
from pubtools.latex._tables import (
    ACCENTS,
    ESCAPES,
    LETTERS,
    LONE_BRACES,
    MATHS,
    MATHS_ACCENTS,
    PUNCTUATION,
    SUBSCRIPTS,
    SUPERSCRIPTS,
)

_DOTLESS_I = frozenset("`'^\".")  # these accents know what to do with an i
_BELOW = frozenset("\u0323\u0326\u0327\u0328\u0331")

MARK = "[\u0300-\u036f]"
_ESCAPE = r"(?P<escape>[\\&%$#_{}~^<>|`])"
# What TeX would join to another character: -- is a dash, '' a quotation mark, ?` an upside-down question mark.
_LIGATURE = r"(?P<ligature>-(?=-)|'(?=')|,(?=,))"
_ASCII_LIGATURE = r"(?P<ligature>[-–—](?=[-–—])|['”](?=['”])|,(?=,)|[?!](?=“))"
_SMALL = "".join(SUPERSCRIPTS), "".join(SUBSCRIPTS)
_CLUSTER = rf"(?P<cluster>[A-Za-z0-9]{MARK}+|[{_SMALL[0]}]{{2,}}|[{_SMALL[1]}]{{2,}}|[^\x00-\x7f]{MARK}*)"
CHARACTER = {False: f"{_ASCII_LIGATURE}|{_CLUSTER}|{_ESCAPE}", True: f"{_LIGATURE}|{_ESCAPE}"}

_NOTHING_SPECIAL = patterns.compile(r"[^\\&%$#_{}~^<>|`]*+")
_IN_URLS = patterns.compile(r"[!#$%&\'()*+,\-./0-9:;=?@A-Z\[\]_a-z~<>]*+")
_NOT_IN_URLS = patterns.compile(r"[^!#$%&\'()*+,\-./0-9:;=?@A-Z\[\]_a-z~<>]+")


def encode(text: str, *, utf8: bool = False) -> str:
    r"""`text` as LaTeX on one line, its braces balanced; `decode` gives `normal(text)` back.

    In ASCII as far as there is a known form (`unmapped` names the rest), which classic BibTeX needs; with `utf8`, as
    biblatex reads it, letters and symbols stay in NFC, and only what LaTeX would read as code is escaped.
    Maths that was maths (`$x_i$`, `$n=2$`, not `$5 or $6`) stays, in braces.
    """
    line = normal(text, utf8=utf8)
    if (utf8 or line.isascii()) and is_plain(line):
        return line
    return written(line, _plain(utf8), utf8)


def unmapped(text: str) -> tuple[str, ...]:
    """The characters of `text` that `encode` has no ASCII form for, each once: other scripts, emoji, ơ, ả.

    pdflatex does not set them; LuaLaTeX and XeLaTeX do, with a font that has them.
    """
    return () if text.isascii() else tuple(dict.fromkeys(_NOT_ASCII.findall(encode(text))))


def verbatim(text: str) -> str:
    r"""`text` for the fields that are not typeset (url, doi, eprint): ASCII, nothing escaped for LaTeX.

    Percent-encoded is only what no address may hold: spaces, braces, backslash, quotes, control characters and
    whatever is not ASCII.
    """
    text = text.strip()
    if _IN_URLS.fullmatch(text):
        return text
    return _NOT_IN_URLS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


# ---------------------------------------------------------------- inside

_NOT_ASCII = patterns.compile(rf"[^\x00-\x7f]{MARK}*")


# Compiled when one is wanted first: a run writes one flavour, if any.
@cache
def _character(utf8: bool) -> re.Pattern[str]:
    return patterns.compile(CHARACTER[utf8])


@cache
def _plain(utf8: bool) -> re.Pattern[str]:
    return patterns.compile(f"{_maths.SPAN}|{CHARACTER[utf8]}")


def written(line: str, pattern: re.Pattern[str], utf8: bool, word: Callable[[re.Match[str]], str] | None = None) -> str:
    """`line`, which is normal, with each find of `pattern` in LaTeX, and its words as `word` gives them."""
    escapes = ESCAPES if _maths.balanced(line) else ESCAPES | LONE_BRACES

    def replaced(found: re.Match[str]) -> str:
        kind = found.lastgroup
        piece = found[0]
        if kind == "word" and word:
            return word(found)
        if kind == "cluster":
            return _cluster(piece)
        if kind == "escape":
            return escapes[piece]
        if kind == "ligature":
            return (piece if utf8 else _cluster(piece)) + "{}"
        if kind == "group":
            return f"{{{_plain(utf8).sub(replaced, found['group'])}}}"
        maths = _maths.written(found["maths"])
        return f"{{${maths}$}}" if maths else _character(utf8).sub(replaced, piece)

    return pattern.sub(replaced, line)


def is_plain(line: str) -> bool:
    """Whether an ASCII `line`, which is normal, is LaTeX as it stands."""
    return not ("--" in line or "''" in line or ",," in line) and _NOTHING_SPECIAL.fullmatch(line) is not None


def plain_word(word: str, utf8: bool) -> str:
    """A word of a title in LaTeX; `&` is the only sign in it that LaTeX would read as code."""
    if utf8 or word.isascii():
        return word.replace("&", r"\&")
    return _character(utf8).sub(lambda found: ESCAPES.get(found[0]) or _cluster(found[0]), word)


@lru_cache(maxsize=8192)
def _cluster(cluster: str) -> str:
    """The LaTeX of one character with its combining marks; what has no known form is left as it is."""
    if cluster in LETTERS:
        return f"{{{LETTERS[cluster]}}}"
    if cluster in PUNCTUATION:
        return PUNCTUATION[cluster]
    if cluster in MATHS:
        return f"{{${MATHS[cluster]}$}}"
    if len(cluster) > 1 and cluster[-1] in MATHS:  # no mark, but small figures in a row
        return f"{{${_maths.small(cluster)}$}}"
    decomposed = unicodedata.normalize("NFD", cluster)
    accented = _accented(decomposed[0], decomposed[1:]) if len(decomposed) > 1 else None
    return accented or (_cluster(cluster[0]) + cluster[1:] if len(cluster) > 1 else cluster)


def _accented(base: str, marks: str) -> str | None:
    """`base` under and over its combining `marks`; None if one of them does not go with it."""
    if base in MATHS:
        maths = MATHS[base]
        for mark in marks:
            if mark not in MATHS_ACCENTS or not base.isalpha():
                return None
            maths = rf"\{MATHS_ACCENTS[mark]}{{{maths}}}"
        return f"{{${maths}$}}"
    # A dotless i under an accent would be read as the i that it is in print.
    letter = base if base.isascii() and base.isalnum() else LETTERS.get(base) if base not in "ıȷ" else None
    if letter is None or not all(mark in ACCENTS for mark in marks):
        return None
    commands = [ACCENTS[mark] for mark in marks]
    # An accent above takes the place of the dot. LaTeX sees to it for \'i and its like.
    if letter in ("i", "j") and not _BELOW.issuperset(marks) and (letter == "j" or not _DOTLESS_I.issuperset(commands)):
        letter = f"\\{letter}"
    for command in commands:
        if len(letter) > 1:
            letter = rf"\{command}{{{letter}}}"
        else:
            letter = rf"\{command}{' ' if command.isalpha() else ''}{letter}"
    return f"{{{letter}}}"
