"""The recipe of a citation key. A key is minted once; `library` keeps it for ever."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import count

from pubtools import patterns
from pubtools.fields import letters
from pubtools.models import Facts

PATTERN = r"^[A-Za-z0-9][A-Za-z0-9:_./+-]*$"
_KEY = patterns.compile(PATTERN[1:-1])
# The first word of a title that says something, in the languages most lists are in.
_SKIPPED = frozenset(
    (
        "a an the on of in for to and at by from with towards toward le la les l un une des der die das ein "
        "eine el los las il lo gli o os as um uma"
    ).split()
)


def base(facts: Facts) -> str:
    """Family name, year and first title word in ASCII, as Google Scholar has it: `saraomannelli2024tilting`.

    Particles belong to the family name; what is unknown is left out; `[a-z0-9]` only.
    """
    author = facts.authors.names[0] if facts.authors else None
    family = ""
    if author:
        family = " ".join(filter(None, (author.particle, author.family))) or author.literal
    year = str(facts.date.year) if facts.date and facts.date.year else ""
    # Hyphens end a word: "Saddle-to-Saddle" gives "saddle".
    words = [word for word in map(letters.ascii_letters, re.split(r"[\s\-\u2010-\u2015/]+", facts.title or "")) if word]
    word = next((word for word in words if word not in _SKIPPED), words[0] if words else "")
    return (letters.ascii_letters(family) or "anon") + year + word


def mint(facts: Facts, taken: Collection[str]) -> str:
    """A key for `facts` that is not in `taken`, a collection of keys in small letters.

    It is the one that the work is cited by already, else its base, else that with the first free suffix of a, b, …
    z, aa. BibTeX calls keys that differ only in capitals the same, so they are here.
    """
    cited_by = facts.citation_key
    if cited_by and is_key(cited_by) and cited_by.lower() not in taken:
        return cited_by
    stem = base(facts)
    return next(key for key in _candidates(stem) if key not in taken)


def is_key(text: str) -> bool:
    """Whether every reader takes `text` as a key: what BibTeX, biber, BibTool and pandoc all allow, in ASCII."""
    return _KEY.fullmatch(text) is not None


def _candidates(stem: str) -> Iterator[str]:
    yield stem
    for number in count(1):
        suffix = ""
        while number:
            number, digit = divmod(number - 1, 26)
            suffix = chr(ord("a") + digit) + suffix
        yield stem + suffix
