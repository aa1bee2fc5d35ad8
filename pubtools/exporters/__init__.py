"""One format a file: publications in, text out. An exporter knows nothing of libraries, pages or other exporters.

An exporter is a module with what `Exporter` asks for; the file's name is the format's, and its fixtures stand in
`fixtures/exports/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pubtools.models import Name, Publication


@dataclass(frozen=True, slots=True)
class Style:
    """What the user chooses: the names to set off as the owner's, and whether abstracts are written."""

    owners: tuple[Name, ...] = ()
    abstracts: bool = False


class Exporter(Protocol):
    """What a module in this folder gives."""

    suffix: str

    def render(self, publications: Sequence[Publication], style: Style) -> str:
        """`publications` as text, in their order, with a final newline; the same bytes for the same publications."""
        ...
