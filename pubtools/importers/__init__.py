"""One bibliography format a file: its text in, sightings out, as a page gives them. What cannot be read is named.

An importer is a module with what `Importer` asks for; the file's name is the format's, and its fixtures stand in
`fixtures/imports/<name>/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from pubtools.models import Sighting, Source
from pubtools.problems import Problem

# A bibliography file is kept by hand or comes from a registry, and is surer than what a page shows of it.
IMPORT_TRUST = 60


@dataclass(frozen=True, slots=True)
class Import:
    """What a file gave, in its order: its works, how many entries were refused, and every doubt.

    Entries in the file = sightings + refused, and each refused one has its problem with its line.
    """

    sightings: tuple[Sighting, ...]
    refused: int = 0
    problems: tuple[Problem, ...] = ()


class Importer(Protocol):
    """What a module in this folder gives."""

    def fits(self, text: str, name: str) -> bool:
        """Whether `text`, of a file called `name`, is of this format: by its suffix, or by how it begins. Cheap."""
        ...

    def read(self, text: str, source: Source) -> Import:
        """The works in `text`. Raises InputError when it is not of this format at all; never for a single entry."""
        ...
