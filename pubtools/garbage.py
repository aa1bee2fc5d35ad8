"""When Python does not look for garbage: while much is made of which nothing refers to itself."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for garbage while a page or the works of a file are read: nothing of theirs refers to itself.

    What nobody refers to is gone at once, without a search, which is only for circles. CPython searches when there are
    many more objects than before, and looks at all of them each time: the more works, the longer each takes. Nothing
    changes where its collector is off.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
