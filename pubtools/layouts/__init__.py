"""One page layout a file: what page is this, and where do its entries start? A layout cuts, it understands little.

A layout is a module with the two functions of `Layout`. It imports `page`, `models` and recognisers of `fields`,
nothing else of ours, and its fixtures stand in `fixtures/profiles/<name>/`.
"""

from __future__ import annotations

from typing import Protocol

from pubtools.models import Reading
from pubtools.page import Page


class Layout(Protocol):
    """What a module in this folder gives."""

    def fits(self, page: Page) -> bool:
        """Whether `page` has this layout. Exactly one layout may say so.

        Every page is asked: first for a sign in its `text`, which is cheap. What `read` wants too is made `page.once`.
        """
        ...

    def read(self, page: Page) -> Reading:
        """The entries of `page`, and every line that is none of it; never raises on a page that fits."""
        ...
