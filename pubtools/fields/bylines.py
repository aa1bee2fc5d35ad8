"""Lists of authors as Google Scholar prints them: `AM Saxe, S Sarao Mannelli, J McClelland…`."""

from __future__ import annotations

from functools import lru_cache

from pubtools import patterns
from pubtools.fields import names

_ELLIPSIS = patterns.compile(r"\s*(?:…|\.{3})\s*")
_NEVER = patterns.compile(r"[\d:;?!()\[\]/@]")
_LONGEST = 3000
# "The Engine Collaboration" is one of the names that have no initials.
_MOST_WORDS = 6


# Layouts ask of a line whether it is one, and of its neighbours again.
@lru_cache(maxsize=4096)
def is_abbreviated(text: str) -> bool:
    """Whether half of the names of `text` at least are initials and a family name, or written without spaces."""
    if len(text) > _LONGEST or _NEVER.search(text):
        return False
    pieces = [piece for piece in _ELLIPSIS.sub(",", text).split(",") if piece.strip()]
    if not pieces or any(len(piece.split()) > _MOST_WORDS for piece in pieces):
        return False
    return sum(map(_has_initials, pieces)) * 2 >= len(pieces)


def _has_initials(piece: str) -> bool:
    first, *rest = piece.split()
    if not rest:
        return len(first) <= 4 and names.is_person(first)  # Chinese, Japanese and Korean names
    initials = first.replace("-", "").replace(".", "")
    is_family = len(rest[-1]) > 1 and rest[-1][0].isupper()
    return is_family and len(initials) <= 4 and initials.isupper() and initials.isalpha()
