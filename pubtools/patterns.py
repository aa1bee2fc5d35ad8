"""Regular expressions that cost nothing before they are used: there are hundreds, and one run needs a few of them."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any, cast


def compile(pattern: str, flags: int = 0) -> re.Pattern[str]:  # noqa: A001 - it stands for re.compile
    """The same as `re.compile`, but that the work, and `re.error`, come when something is first asked of it."""
    return cast("re.Pattern[str]", _Pattern(pattern, flags))


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
