"""Regular expressions that cost nothing before they are used: there are hundreds, and one run needs a few of them.

And what is searched for less where a set of characters tells that nothing can be found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, cast


def compile(pattern: str, flags: int = 0) -> re.Pattern[str]:  # noqa: A001 - it stands for re.compile
    """The same as `re.compile`, but that the work, and `re.error`, come when something is first asked of it."""
    return cast("re.Pattern[str]", _Pattern(pattern, flags))


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
