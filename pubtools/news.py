"""What is new between two states of a library, in the words of a CV: new papers, preprints that were published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pubtools import merging
from pubtools.models import FIELDS, Publication

# What says where a work appeared. The venue of a preprint is its server.
_APPEARED = ("venue", "kind", "status", "journal_ref")


class Change(NamedTuple):
    """One work before and after, and the fields that say something else."""

    before: Publication
    after: Publication
    fields: tuple[str, ...]


class News(NamedTuple):
    """What is new, each work in one place: the first that fits, in this order."""

    new: tuple[Publication, ...] = ()
    published: tuple[Change, ...] = ()
    venues: tuple[Change, ...] = ()
    completed: tuple[Change, ...] = ()
    changed: tuple[Change, ...] = ()
    back: tuple[Publication, ...] = ()
    gone: tuple[Publication, ...] = ()
    lost: tuple[Publication, ...] = ()
    # Keys that were a work's own before, and what it is cited by now.
    rekeyed: tuple[tuple[str, str], ...] = ()
    emptied: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is any."""
        return any(self)


def between(before: Sequence[Publication], now: Sequence[Publication]) -> News:
    """What is new in `now`, in its order.

    `lost` and `emptied` are what should not happen by itself: works that are there no more, and fields that are
    empty now. That a fact stands on another line is no news. Works that are kept out of all lists are none.
    """
    earlier = {key: work for work in before if not work.excluded for key in (work.key, *work.aliases)}
    listed = [work for work in now if not work.excluded]
    kept = {key for work in now for key in (work.key, *work.aliases)}
    found: dict[str, list[Change]] = {"published": [], "venues": [], "completed": [], "changed": [], "emptied": []}
    new, back, gone = [], [], []
    for work in listed:
        old = next((earlier[key] for key in (work.key, *work.aliases) if key in earlier), None)
        if old is None:
            new.append(work)
            continue
        if old is work:
            continue
        if work.gone and not old.gone:
            gone.append(work)
        if old.gone and not work.gone:
            back.append(work)
        fields = tuple(name for name in FIELDS if getattr(old, name) != getattr(work, name))
        if emptied := tuple(name for name in fields if not getattr(work, name) and not _is_denied(work, name)):
            found["emptied"].append(Change(old, work, emptied))
        if fields:
            found[_sort(old, work, fields)].append(Change(old, work, fields))
    own = {work.key for work in before if not work.excluded}
    rekeyed = [(key, work.key) for work in listed for key in work.aliases if key in own]
    lost = [work for work in before if not work.excluded and work.key not in kept]
    return News(
        new=tuple(new),
        **{name: tuple(changes) for name, changes in found.items()},
        back=tuple(back),
        gone=tuple(gone),
        lost=tuple(lost),
        rekeyed=tuple(rekeyed),
    )


def is_published(work: Publication) -> bool:
    """Whether a work has appeared somewhere else than on a preprint server."""
    return work.kind not in (None, "preprint") or bool(work.venue and merging.is_published(work.venue))


# ---------------------------------------------------------------- inside


def _is_denied(work: Publication, name: str) -> bool:
    """Whether the user wants the field to be empty."""
    return any(name in sighting.denies for sighting in work.sightings)


def _sort(old: Publication, now: Publication, fields: Sequence[str]) -> str:
    if is_published(now) and not is_published(old):
        return "published"
    if any(name in fields for name in _APPEARED):
        return "venues"
    was_cut = old.authors is not None and not old.authors.complete
    if "authors" in fields and was_cut and now.authors and now.authors.complete:
        return "completed"
    return "changed"
