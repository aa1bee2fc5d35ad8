r"""TeX's letters as Unicode: arXiv's bulk metadata holds `Cl\'ementine`, its API `Clémentine`. Both keep other TeX."""

from __future__ import annotations

import re

from pubtools import latex

_MATHS = re.compile(r"(\$[^$]*\$)")
# `\'e`, `\v{s}`, `\c c`, `\"{\i}`; and `\ss{}`, `\o`, with the space that ends the name.
_LETTER = re.compile(
    r"\\(?:['`^\"~=.]\s*|[cvHukrdb](?:\s+|(?=\{)))(?:\{\s*\\?[^\W\d_]\s*\}|\\[ij](?![A-Za-z])\s?|[^\W\d_])"
    r"|\\[A-Za-z]{1,2}(?:\{\}|(?![A-Za-z])\s?)"
)
_BRACED = re.compile(r"\{([^\W\d_]\u0307?)\}")


def decode(text: str) -> str:
    """`text` with its TeX accents and letters as Unicode; formulas and every other command stay as they are."""
    if "\\" not in text:
        return text
    pieces = _MATHS.split(text)
    return "".join(
        piece if index % 2 else _BRACED.sub(r"\1", _LETTER.sub(_letter, piece)) for index, piece in enumerate(pieces)
    )


def _letter(found: re.Match[str]) -> str:
    letter = latex.decode(found[0])
    return letter if letter[:1].isalpha() else found[0]
