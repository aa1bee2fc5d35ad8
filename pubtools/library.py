"""The one state: sightings and keys. Publications are computed from it; a citation key once given never changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from pubtools import citekeys, jsontext, matching, merging
from pubtools.errors import LibraryFormatError
from pubtools.fields import titles
from pubtools.models import Model, Name, Publication, Sighting, Text
from pubtools.people import People

SCHEMA = 1
FILE_NAME = "publications.json"

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9:_-]+$")]


class Record(Model):
    """One work: its key for ever, the keys of works that turned out to be this one, and its sightings.

    `gone`: it is on none of its pages any more; it stays until it is pruned.
    """

    key: Key
    aliases: tuple[Key, ...] = ()
    gone: bool = False
    sightings: tuple[Sighting, ...] = Field(min_length=1)


class Profile(Model):
    """What a page says of itself: whose it is and how many entries it declares."""

    locator: Text
    layout: Text
    owner: Name | None = None
    declared: Annotated[int, Field(ge=0)] | None = None


class Library(Model):
    """The content of publications.json."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    profiles: tuple[Profile, ...] = ()
    publications: tuple[Record, ...] = ()


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two sightings that may be one work, and why they were not taken so."""

    one: Sighting
    other: Sighting
    reason: str


def loads(text: str, path: str = FILE_NAME) -> Library:
    """The library that `text` holds. Raises LibraryFormatError for anything else, and for a newer schema."""
    hint = "restore it from version control, or name another file with -l"
    try:
        data: Any = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        raise LibraryFormatError("damaged: not valid JSON", path=path, line=line, hint=hint) from error
    if not isinstance(data, dict) or not isinstance(data.get("schema"), int):
        raise LibraryFormatError("not a pubtools library", path=path, hint=hint)
    if data["schema"] > SCHEMA:
        message = f"written by a newer pubtools (schema {data['schema']}, this one reads {SCHEMA})"
        raise LibraryFormatError(message, path=path, hint="update pubtools")
    try:
        library = Library.model_validate_json(text)
    except ValidationError as error:
        detail = error.errors()[0]
        where = ".".join(str(part) for part in detail["loc"])
        raise LibraryFormatError(f"damaged at {where}: {detail['msg']}", path=path, hint=hint) from error
    keys = [key for record in library.publications for key in (record.key, *record.aliases)]
    if len(keys) != len(set(keys)):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise LibraryFormatError(f"damaged: the key {twice!r} is given twice", path=path, hint=hint)
    return library


def dumps(library: Library) -> str:
    """`library` as text: the same bytes for the same state; loads and dumps are each other's inverse."""
    return jsontext.dumps({"schema": SCHEMA, **library.model_dump(mode="json", by_alias=True, exclude_defaults=True)})


def publications(library: Library, people: People) -> list[Publication]:
    """All publications, newest first, undated ones before them: by date, then key. The order of every export."""
    resolved = [
        merging.resolve(record.key, record.sightings, people, aliases=record.aliases, gone=record.gone)
        for record in library.publications
    ]
    return sorted(resolved, key=lambda publication: (_newest_first(publication), publication.key))


def add(
    library: Library, pages: Mapping[str, tuple[Profile, Sequence[Sighting]]], people: People
) -> tuple[Library, tuple[Doubt, ...]]:
    """The library after these pages were read, by locator; what each said before is replaced.

    Works are grouped afresh from all sightings, so only keys depend on what came first. A work that is on none of
    its pages any more keeps its sightings and is marked gone.
    """
    kept = [
        sighting
        for record in library.publications
        if not record.gone
        for sighting in record.sightings
        if not (sighting.source.kind == "profile" and sighting.source.locator in pages)
    ]
    fresh = [sighting for _, sightings in pages.values() for sighting in sightings]
    pool = sorted(merging.set_of([*kept, *fresh]), key=merging.canonical)
    grouping = matching.group([sighting.facts for sighting in pool])
    groups = [tuple(pool[index] for index in members) for members in grouping.groups]

    owners, gone = _inherit(library.publications, groups)
    records = [record.model_copy(update={"gone": True}) for record in gone]
    taken = {key for record in library.publications for key in (record.key, *record.aliases)}
    unnamed = []
    for number, members in enumerate(groups):
        if number in owners:
            key, aliases = owners[number]
            records.append(Record(key=key, aliases=aliases, sightings=_sorted(members)))
        else:
            facts = merging.resolve("new", members, people)
            unnamed.append((citekeys.base(facts), _age(facts), merging.canonical(members[0]), facts, members))
    for _, _, _, facts, members in sorted(unnamed, key=lambda row: row[:3]):
        key = citekeys.mint(facts, taken)
        taken.add(key)
        records.append(Record(key=key, sightings=_sorted(members)))

    profiles = {profile.locator: profile for profile in library.profiles}
    profiles.update((locator, profile) for locator, (profile, _) in pages.items())
    doubts = tuple(Doubt(pool[a], pool[b], judgement.reason) for a, b, judgement in grouping.doubts)
    return _library(profiles.values(), records), doubts


def prune(library: Library) -> Library:
    """`library` without the publications that are gone."""
    return _library(library.profiles, (record for record in library.publications if not record.gone))


# ---------------------------------------------------------------- inside


def _library(profiles: Iterable[Profile], records: Iterable[Record]) -> Library:
    return Library(
        profiles=tuple(sorted(profiles, key=lambda profile: profile.locator)),
        publications=tuple(sorted(records, key=lambda record: record.key)),
    )


def _sorted(sightings: Iterable[Sighting]) -> tuple[Sighting, ...]:
    return tuple(
        sorted(
            sightings,
            key=lambda sighting: (sighting.source.locator, sighting.lines or (), merging.canonical(sighting)),
        )
    )


def _inherit(
    records: Sequence[Record], groups: Sequence[tuple[Sighting, ...]]
) -> tuple[dict[int, tuple[str, tuple[str, ...]]], list[Record]]:
    """Which group bears which record's key and aliases, and the records that no group continues.

    A group continues the record with which it shares a sighting, or else a title on the same page, or else that is
    the same work. Where several records are one work now, the first key in the alphabet stays; the others are aliases.
    """
    identities: tuple[Callable[[Sighting], object], ...] = (
        lambda sighting: merging.canonical(sighting.model_copy(update={"lines": None, "at": {}})),
        lambda sighting: (
            sighting.source.kind,
            sighting.source.locator,
            titles.fold(sighting.facts.title or ""),
        ),
    )
    # Entries that say the very same, twice on one page, are told apart by their order: hence lines before all.
    in_order = sorted(range(len(records)), key=lambda index: _first_line(records[index].sightings))
    heirs: dict[int, int] = {}
    for identity in identities:
        places: dict[object, list[int]] = {}
        for number in sorted(range(len(groups)), key=lambda number: _first_line(groups[number])):
            for mark in {identity(sighting) for sighting in groups[number]}:
                places.setdefault(mark, []).append(number)
        for index in in_order:
            if index not in heirs:
                claimed = set(heirs.values())
                found = [
                    next((number for number in places[mark] if number not in claimed), places[mark][0])
                    for mark in map(identity, records[index].sightings)
                    if mark in places
                ]
                if found:
                    heirs[index] = min(found, key=lambda number: (-found.count(number), number))
    open_records = [index for index in range(len(records)) if index not in heirs]
    if open_records:
        heirs.update(_heirs_by_judgement([(index, records[index]) for index in open_records], groups))

    keys: dict[int, list[Record]] = {}
    for index, number in heirs.items():
        keys.setdefault(number, []).append(records[index])
    owners = {}
    for number, continued in keys.items():
        first, *others = sorted(continued, key=lambda record: (record.gone, record.key))
        aliases = {*first.aliases, *(key for record in others for key in (record.key, *record.aliases))}
        owners[number] = (first.key, tuple(sorted(aliases)))
    return owners, [record for index, record in enumerate(records) if index not in heirs]


def _first_line(sightings: Iterable[Sighting]) -> tuple[tuple[int, ...], ...]:
    return tuple(sorted(sighting.lines or () for sighting in sightings))


def _heirs_by_judgement(
    records: Sequence[tuple[int, Record]], groups: Sequence[tuple[Sighting, ...]]
) -> dict[int, int]:
    """For records whose pages now word them otherwise: the group that is the same work, by index of both."""
    old = [(index, sighting.facts) for index, record in records for sighting in record.sightings]
    new = [(number, sighting.facts) for number, group in enumerate(groups) for sighting in group]
    heirs: dict[int, int] = {}
    both = matching.group([facts for _, facts in (*old, *new)])
    for members in both.groups:
        numbers = [new[member - len(old)][0] for member in members if member >= len(old)]
        for member in members:
            if member < len(old) and numbers:
                heirs.setdefault(old[member][0], min(numbers))
    return heirs


def _newest_first(publication: Publication) -> tuple[int, ...]:
    date = publication.date
    return (1, -date.year, -(date.month or 0), -(date.day or 0)) if date and date.year else (0,)


def _age(publication: Publication) -> tuple[int, ...]:
    """Older works first; what has no date last."""
    return publication.date.parts if publication.date and publication.date.parts else (9999,)
