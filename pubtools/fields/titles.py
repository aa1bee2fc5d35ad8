"""What makes two titles the same title."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from pubtools.fields import letters

# Commands and braces of TeX around words: `\emph{x}`, `{RL}`, `$x$`.
_TEX = re.compile(r"\\(?:text\w*|emph|math\w*)\b|[{}$]")
# British and American spellings of one word are one word.
_ISE = re.compile(r"(?<=[a-z]{3})is(e|ed|er|es|ing|ation|ations)\b")
# Words that carry no topic: articles, prepositions, conjunctions.
STOP_WORDS = frozenset(
    (
        "a an and are as at be by can do does for from how in into is it its of on or over s the their to "
        "under using via vs we what when where which who why with without"
    ).split()
)


@lru_cache(maxsize=65536)
def fold(title: str) -> str:
    """`title` for comparison: lower case, no accents, TeX, punctuation; `&` is `and`, `-ise` is `-ize`."""
    return _ISE.sub(r"iz\1", letters.fold(_TEX.sub("", title).replace("&", " and ")))


@lru_cache(maxsize=65536)
def topic_words(text: str) -> frozenset[str]:
    """The folded words of `text` that carry its topic, without a plural's s."""
    return frozenset(
        word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
        for word in fold(text).split()
        if word not in STOP_WORDS
    )


def likeness(one: str, other: str, at_least: float = 0.0) -> float:
    """How alike two titles are, in [0, 1]; 1.0 when they differ in case, accents, TeX or punctuation only.

    Below `at_least` the figure is an upper bound.
    """
    # The matcher knows a first and a second, so they are put in order.
    a, b = sorted((fold(one).replace(" ", ""), fold(other).replace(" ", "")))
    if a == b:
        return 1.0
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    # The exact figure takes long, and most pairs of titles have little to do with each other.
    return bound if (bound := matcher.quick_ratio()) < at_least else matcher.ratio()
