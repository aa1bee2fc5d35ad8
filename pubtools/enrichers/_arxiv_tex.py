r"""TeX's accents as letters: arXiv's bulk metadata holds `Cl\'ementine`, its API `Clémentine`."""

from __future__ import annotations

import re
import unicodedata

_MARKS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "c": "\u0327", "v": "\u030c", "H": "\u030b", "u": "\u0306", "k": "\u0328", "r": "\u030a", "d": "\u0323",
    "b": "\u0331",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø", "l": "ł",
    "L": "Ł", "i": "ı", "j": "ȷ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "dj": "đ", "DJ": "Đ", "ng": "ŋ",
}  # fmt: skip

_MATHS = re.compile(r"(\$[^$]*\$)")
_ACCENT = re.compile(
    r"\\(?:(?P<sign>['`^\"~=.])\s*|(?P<command>[cvHukrdb])(?:\s+|(?=[{])))"
    r"(?:\{\s*(?P<held>\\[ij]|[^\W\d_])\s*\}|(?P<bare>\\[ij](?![A-Za-z])\s?|[^\W\d_]))"
)
_LETTER = re.compile(rf"\\({'|'.join(sorted(_LETTERS, key=len, reverse=True))})(?:\{{\}}|(?![A-Za-z])\s?)")
_BRACED = re.compile(r"\{([^\W\d_]\u0307?)\}")


def decode(text: str) -> str:
    """`text` with its TeX accents and letters as Unicode; formulas and every other command stay as they are."""
    if "\\" not in text:
        return text
    pieces = _MATHS.split(text)
    return "".join(piece if index % 2 else _decoded(piece) for index, piece in enumerate(pieces))


def _decoded(text: str) -> str:
    accented = _LETTER.sub(lambda found: _LETTERS[found[1]], _ACCENT.sub(_with_mark, text))
    return _BRACED.sub(r"\1", accented)


def _with_mark(found: re.Match[str]) -> str:
    letter = (found["held"] or found["bare"]).strip("\\ ")
    return unicodedata.normalize("NFC", letter + _MARKS[found["sign"] or found["command"]])
