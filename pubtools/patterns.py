"""Regular expressions that cost nothing before they are used: there are hundreds, and one run needs a few of them.

And what is searched for less where a set of characters tells that nothing can be found.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import takewhile
from typing import Any, Generic, TypeVar, cast

Kind = TypeVar("Kind")


def compile(pattern: str, flags: int = 0) -> re.Pattern[str]:  # noqa: A001 - it stands for re.compile
    """The same as `re.compile`, but that the work, and `re.error`, come when something is first asked of it."""
    return cast("re.Pattern[str]", _Pattern(pattern, flags))


def in_any_case(words: Iterable[str]) -> str:
    """A pattern for any of `words`, in any case; what begins with no letter of theirs fails at once.

    Of two that begin alike the longer is tried first. A word may be a pattern that begins with a letter.
    """
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        groups.setdefault(word[0], []).append(word[1:])
    return "|".join(f"[{letter}{letter.upper()}](?i:{'|'.join(rest)})" for letter, rest in groups.items())


def begun(pattern: re.Pattern[str], sign: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The same as `pattern.finditer`, for one that only matches where `sign` does.

    A sign is a set of characters, mostly: those are found many times as fast as anything else.
    """
    for first in sign.finditer(text, start, end):
        if first.start() >= start and (found := pattern.match(text, first.start(), end)):
            start = found.end()
            yield found


def around(
    pattern: re.Pattern[str], sign: re.Pattern[str], before: int, text: str, start: int, end: int
) -> re.Match[str] | None:
    """The same as `pattern.search`, for one whose matches hold what `sign` matches, at most `before` behind."""
    first = sign.search(text, start, end)
    return pattern.search(text, max(start, first.start() - before), end) if first else None


class Sought(Generic[Kind]):
    """What `find` finds from an offset on, in the order of the text; it is looked for no farther than anybody asks.

    Each is a tuple of where it begins, where it ends, and what it is.
    """

    def __init__(self, find: Callable[[int], Iterator[tuple[int, int, Kind]]]) -> None:
        self._find = find
        self._found: list[tuple[int, int, Kind]] = []
        self._more: Iterator[tuple[int, int, Kind]] = iter(())
        self._start = sys.maxsize

    def between(self, start: int, end: int) -> list[tuple[int, int, Kind]]:
        """All that begin in [start, end), and maybe some before and behind."""
        found = self._found
        if start < self._start:
            more = self._find(start)
            if found:  # no more is new than what stands before them
                first = found[0][0]
                found[:0] = takewhile(lambda one: one[0] < first and one[1] <= first, more)
            else:
                self._more = more
            self._start = start
        while not found or found[-1][0] < end:
            one = next(self._more, None)
            if one is None:
                break
            found.append(one)
        return found


class _Pattern:
    """Stands for a compiled expression and takes over its methods one by one, so that each is looked up once."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._given = (pattern, flags)

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(*self._given)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)  # nobody who copies or prints it wants it compiled
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found
