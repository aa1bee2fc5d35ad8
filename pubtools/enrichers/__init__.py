"""One service a file: what it says of publications that we hold already, as sightings.

An enricher is a module with what `Enricher` asks for. It opens no connection itself: it is given catalogues, and a
catalogue answers from the network (through `fetching`), from a file, or from a test.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pubtools.models import Facts, Publication, Sighting


@dataclass(frozen=True, slots=True)
class Found:
    """The service has the publication with this key, and says this of it."""

    key: str
    sighting: Sighting


@dataclass(frozen=True, slots=True)
class Absent:
    """The service was asked and has no such publication, or none that is surely it: `reason` says which."""

    key: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CouldNotAsk:
    """The service gave no answer about this publication. Never remembered."""

    key: str
    reason: str


Answer = Found | Absent | CouldNotAsk


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record of a service that may be a wanted publication; `locator` names it there (`2406.01589v2`).

    `updated` is the day that the record itself bears, never the day of the question.
    """

    locator: str
    facts: Facts
    updated: date | None = None


class Catalogue(Protocol):
    """Where records are looked up: a service's API, or a file of its bulk metadata.

    Each method gives the records found, in any order, perhaps more than were asked for. Raises
    errors.EnrichmentError when it cannot be asked; an empty list means that it was asked and has none.
    """

    def by_ids(self, numbers: Sequence[str]) -> list[Candidate]:
        """The records of these numbers; unknown ones are left out."""
        ...

    def by_titles(self, titles: Sequence[str]) -> list[Candidate]:
        """Records whose title may be one of `titles`."""
        ...

    def by_author(self, name: str) -> list[Candidate]:
        """Records that have an author of that name."""
        ...


class Enricher(Protocol):
    """What a module in this folder gives."""

    TRUST: int

    def look_up(self, wanted: Sequence[Publication], owners: Sequence[str], catalogue: Catalogue) -> Iterator[Answer]:
        """One answer for each of `wanted`; `owners` are names to ask for what titles did not find."""
        ...
