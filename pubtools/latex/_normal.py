r"""The text that a round trip through LaTeX gives back: what is written of it, and what cannot be told apart."""

from __future__ import annotations

import unicodedata

from pubtools import patterns
from pubtools.latex import _maths
from pubtools.latex._tables import LOOK_ALIKE

# Control characters and invisible ones that no reader misses; joiners and direction marks of other scripts stay.
_INVISIBLE = patterns.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb]")
_LOOK_ALIKE = str.maketrans(LOOK_ALIKE)
# An accent above takes the dot of an i.
_DOTLESS = patterns.compile("ı(?=[\u0300-\u030c])|ȷ(?=[\u0300-\u030c])")

# A word that somebody has put in braces already: no argument (`\emph{X}`, `\x{}{N}`, `x^{N}`) and no part of a word.
GROUP = r"(?<![\w\\^{}.'’+-])\{(?P<group>[\w.'’+-]*[A-Z][\w.'’+-]*)\}"
_GROUP = patterns.compile(f"{_maths.SPAN}|{GROUP}")


def normal(text: str, *, title: bool = False, utf8: bool = False) -> str:
    r"""The text that is read again after `text` was written: what `decode(encode(text))` gives. Idempotent.

    - It is one line in Unicode NFC; control characters, soft hyphens and zero-width spaces are left out.
    - Maths that is one symbol is that symbol (`$\alpha$` is α, `$_2$` is ₂); other maths has its symbols as commands.
    - In ASCII (not `utf8`), what LaTeX cannot tell apart is one (`LOOK_ALIKE`): U+2010 is `-`, U+2015 is —,
      U+02BC is ’, ﬁ is fi, and an accented ı is an i.
    - In a `title`, a word in braces of its own (`{ReLU}`) is the word: the braces are LaTeX's.

    Everything else is told apart, straight quotes from curly ones and `--` from – too.
    """
    line = one_line(text)
    if not utf8 and not line.isascii():
        line = _DOTLESS.sub(lambda found: "i" if found[0] == "ı" else "j", line.translate(_LOOK_ALIKE))
        line = unicodedata.normalize("NFC", line)
    if "$" in line:
        line = _maths.canonical(line)
    if title and "{" in line:
        line = unicodedata.normalize("NFC", _GROUP.sub(lambda found: found["group"] or found[0], line))
    return line


def one_line(text: str) -> str:
    """`text` with single spaces and no invisible characters, in NFC."""
    line = " ".join(_INVISIBLE.sub("", text).split()) if not text.isprintable() or "  " in text else text.strip()
    return line if line.isascii() else unicodedata.normalize("NFC", line)
