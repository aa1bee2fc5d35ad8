"""Letters without what varies between spellings: for comparing and for ASCII keys."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pubtools import patterns

# The combining marks of Latin, Greek and Cyrillic. Marks of other scripts are letters in their own right.
_ACCENTS = patterns.compile(r"[\u0300-\u036f]")
_WORD = patterns.compile(r"[^\W\d_]+")
_FOLDED_WORD = patterns.compile(r"[^\W_]+")
# The same in ASCII, found in half the time.
_PLAIN_WORD = patterns.compile(r"[a-z0-9]+")
# Letters that Unicode does not decompose, as people write them without the key on their keyboard.
_STROKES = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ł": "l",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "þ": "th",
        "ŋ": "ng",
        "ħ": "h",
    }
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """`text` for comparison: lower case, no accents, only letters, digits and single spaces.

    Other scripts keep their letters, so that two titles in Chinese stay apart.
    """
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """The words of `fold(text)`: of a text that comes once, and need not be remembered."""
    plain = text.casefold()
    if plain.isascii():
        return _PLAIN_WORD.findall(plain.replace("'", ""))
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", plain)).casefold().translate(_STROKES)
    return _FOLDED_WORD.findall(plain.replace("'", "").replace("\u2019", ""))


def words(text: str) -> list[str]:
    """The words of `text` in lower case: runs of letters of any script."""
    return _WORD.findall(text.lower())


def ascii_letters(text: str) -> str:
    """`text` in lower-case ASCII letters and digits alone, other scripts romanised: for citation keys."""
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    if not plain.isascii():
        from anyascii import anyascii  # its tables cost 10 ms, and most names are Latin

        plain = anyascii(plain)
    return re.sub(r"[^a-z0-9]+", "", plain.lower())
