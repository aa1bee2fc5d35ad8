"""Which works a list shows: those that pass every filter of its `[[output]]` row."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pubtools.config import Output
from pubtools.fields import letters
from pubtools.models import Publication


def choose(publications: Sequence[Publication], row: Output, selected: Collection[str]) -> list[Publication]:
    """The works of `publications` that `row` asks for, in their order; `selected` holds keys, old ones too.

    A work without a year passes no filter by year, one without a venue none by venue.
    """
    return [work for work in publications if _passes(work, row, selected)]


# ---------------------------------------------------------------- inside


def _passes(work: Publication, row: Output, selected: Collection[str]) -> bool:
    year = work.year
    return (
        (row.from_year is None or (year is not None and year >= row.from_year))
        and (row.to_year is None or (year is not None and year <= row.to_year))
        and (not row.kinds or work.kind in row.kinds or bool(work.venue and work.venue.kind in row.kinds))
        and (not row.venues or any(_names(venue, work) for venue in row.venues))
        and (not row.selected or any(key in selected for key in (work.key, *work.aliases)))
    )


def _names(wanted: str, work: Publication) -> bool:
    """Whether `wanted` stands, as whole words, in the name of the work's venue."""
    return work.venue is not None and f" {letters.fold(wanted)} " in f" {letters.fold(work.venue.name)} "
