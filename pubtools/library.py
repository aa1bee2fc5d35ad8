"""The one state: sightings and keys. Publications are computed from it; a citation key once given never changes."""

from __future__ import annotations

import json
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field, StringConstraints, ValidationError

from pubtools import citekeys, jsontext, matching, merging, patterns
from pubtools.errors import LibraryFormatError
from pubtools.fields import titles
from pubtools.matching import Rule
from pubtools.models import ArxivId, Facts, Model, Name, Publication, Sighting, Text
from pubtools.people import People

SCHEMA = 1
# The kind of source that a page is; any other stays with the work it was said of.
PAGE = "profile"
FILE_NAME = "publications.json"
_BEGIN = patterns.compile(r'\s*\{\s*"schema"\s*:\s*\d')

Key = Annotated[str, StringConstraints(pattern=citekeys.PATTERN)]


class Record(Model):
    """One work: its key for ever, the keys of works that turned out to be this one, and its sightings.

    `gone`: it is on none of its pages any more; it stays until it is pruned. `excluded`: the user wants it in no
    list.
    """

    key: Key
    aliases: tuple[Key, ...] = ()
    gone: bool = False
    excluded: bool = False
    sightings: tuple[Sighting, ...] = Field(min_length=1)


class Profile(Model):
    """What a page says of itself: whose it is and how many entries it declares."""

    locator: Text
    layout: Text
    owner: Name | None = None
    declared: Annotated[int, Field(ge=0)] | None = None


class Library(Model, defer_build=True):
    """The content of publications.json."""

    schema_: Literal[1] = Field(default=1, alias="schema")
    profiles: tuple[Profile, ...] = ()
    publications: tuple[Record, ...] = ()


class Doubt(NamedTuple):
    """Two sightings that may be one work, and why they were not taken so."""

    one: Sighting
    other: Sighting
    reason: str


def fits(text: str) -> bool:
    """Whether `text` begins as a library does."""
    return _BEGIN.match(text) is not None


def loads(text: str, path: str = FILE_NAME) -> Library:
    """The library that `text` holds. Raises LibraryFormatError for anything else, and for a newer schema."""
    try:
        library = Library.model_validate_json(text)
    except ValidationError as error:
        raise _damage(text, path, error) from error
    if "schema_" not in library.model_fields_set:
        raise LibraryFormatError("not a pubtools library", path=path, hint=_RESTORE)
    keys = [key for record in library.publications for key in (record.key, *record.aliases)]
    if len(keys) != len(set(keys)):
        twice = next(key for key in keys if keys.count(key) > 1)
        raise LibraryFormatError(f"damaged: the key {twice!r} is given twice", path=path, hint=_RESTORE)
    return library


_RESTORE = "restore it from version control, or name another file with -l"


def _damage(text: str, path: str, error: ValidationError) -> LibraryFormatError:
    """Why `text` is no library, the plainest reason first."""
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as cause:  # no JSON, or a number of thousands of digits
        line = cause.lineno if isinstance(cause, json.JSONDecodeError) else None
        return LibraryFormatError("damaged: not valid JSON", path=path, line=line, hint=_RESTORE)
    if not isinstance(data, dict) or not isinstance(data.get("schema"), int):
        return LibraryFormatError("not a pubtools library", path=path, hint=_RESTORE)
    if data["schema"] > SCHEMA:
        message = f"written by a newer pubtools (schema {data['schema']}, this one reads {SCHEMA})"
        return LibraryFormatError(message, path=path, hint="update pubtools")
    detail = error.errors()[0]
    where = ".".join(str(part) for part in detail["loc"])
    return LibraryFormatError(f"damaged at {where}: {detail['msg']}", path=path, hint=_RESTORE)


def dumps(library: Library) -> str:
    """`library` as text: the same bytes for the same state; loads and dumps are each other's inverse."""
    return jsontext.dumps({"schema": SCHEMA, **library.model_dump(mode="json", by_alias=True, exclude_defaults=True)})


# What was computed last, by identity: a run asks several times for the publications of one library.
_recent: deque[tuple[Library, People, tuple[Publication, ...]]] = deque(maxlen=3)


def publications(library: Library, people: People) -> list[Publication]:
    """All publications, newest first, undated ones before them: by date, then key. The order of every export."""
    for known, who, result in _recent:
        if known is library and who == people:
            return list(result)
    resolved = [
        merging.resolve(
            record.key, record.sightings, people, aliases=record.aliases, gone=record.gone, excluded=record.excluded
        )
        for record in library.publications
    ]
    resolved.sort(key=lambda publication: (_newest_first(publication), publication.key))
    _recent.append((library, people, tuple(resolved)))
    return resolved


def add(
    library: Library,
    pages: Mapping[str, tuple[Profile | None, Sequence[Sighting]]],
    people: People,
    rules: Sequence[Rule] = (),
) -> tuple[Library, tuple[Doubt, ...]]:
    """The library after these pages were read, by locator; what each said before is replaced.

    A page with None for its profile is one that is read no more.

    Works are grouped afresh from what pages say and the user's `rules`, so only keys depend on what came first; what a
    service or the user said of a work stays with it. A work that is on none of its pages any more keeps its sightings
    and is marked gone.
    """
    kept = [
        sighting
        for record in library.publications
        if not record.gone
        for sighting in record.sightings
        if sighting.source.kind == PAGE and sighting.source.locator not in pages
    ]
    fresh = [sighting for _, sightings in pages.values() for sighting in sightings]
    pool = merging.in_order([*kept, *fresh])
    identities = tuple(map(_once, _IDENTITIES))
    grouping = matching.group(_with_known_numbers(pool, library.publications, identities), rules)
    groups = [tuple(pool[index] for index in members) for members in grouping.groups]

    taken = {key.lower() for record in library.publications for key in (record.key, *record.aliases)}
    if not fresh and _is_grouped_so(library.publications, groups):
        records = list(library.publications)
    else:
        records = _inherited(library.publications, groups, identities, taken, people)
    records = _with_cited_keys(records, taken)

    known = {profile.locator: profile for profile in library.profiles if profile.locator not in pages}
    profiles = [*known.values(), *(profile for profile, _ in pages.values() if profile)]
    doubts = tuple(Doubt(pool[a], pool[b], judgement.reason) for a, b, judgement in grouping.doubts)
    return _library(profiles, records), doubts


def attach(
    library: Library,
    said: Mapping[str, Sequence[Sighting]],
    kind: str,
    people: People,
    rules: Sequence[Rule] = (),
) -> Library:
    """`library` with what sources of `kind` say, by key, in place of what they said before of those works.

    A key with nothing to say loses what such sources said. Works that one of them calls the same become one.
    """
    if not said:
        return library
    records = []
    for record in library.publications:
        if record.key in said:
            others = [sighting for sighting in record.sightings if sighting.source.kind != kind]
            together = _sorted(merging.set_of([*others, *said[record.key]]))
            records.append(record.model_copy(update={"sightings": together}))
        else:
            records.append(record)
    return add(_library(library.profiles, records), {}, people, rules)[0]


def rekey(library: Library, issued: Collection[str], people: People) -> tuple[Library, dict[str, str]]:
    """`library` with keys minted anew for the works whose keys are not `issued` yet, and what became of each key.

    A key is given at the end of a run, when a look-up may have told the year or the first author's full name.
    """
    taken: set[str] = set()
    records: list[Record] = []
    fresh: list[tuple[Publication, Record]] = []
    renamed: dict[str, str] = {}
    for record in library.publications:
        # A key that was never given is no alias, and never comes before one that was.
        given = [key for key in (record.key, *record.aliases) if key in issued]
        taken.update(key.lower() for key in given)
        if given:
            records.append(record.model_copy(update={"key": given[0], "aliases": tuple(given[1:])}))
            renamed.update((key, given[0]) for key in (record.key, *record.aliases) if key not in issued)
        else:
            fresh.append((merging.resolve(record.key, record.sightings, people), record))
    for facts, record in sorted(fresh, key=lambda pair: _minting_order(pair[0], pair[1].sightings)):
        key = citekeys.mint(facts, taken)
        taken.add(key.lower())
        records.append(record.model_copy(update={"key": key, "aliases": ()}))
        renamed.update((provisional, key) for provisional in (record.key, *record.aliases))
    return _library(library.profiles, records), renamed


def give_key(library: Library, key: str, wanted: str) -> Library:
    """`library` with the work of `key` under the key `wanted`, which no other may have; its old one is an alias."""
    records = []
    for record in library.publications:
        if record.key == key and key != wanted:
            aliases = tuple(sorted({*record.aliases, key} - {wanted}))
            record = record.model_copy(update={"key": wanted, "aliases": aliases})
        records.append(record)
    return _library(library.profiles, records)


def exclude(library: Library, keys: Collection[str]) -> Library:
    """`library` with the works of `keys`, and no others, marked as wanted in no list."""
    if all(record.excluded == (record.key in keys) for record in library.publications):
        return library
    return _library(
        library.profiles,
        (
            record
            if record.excluded == (record.key in keys)
            else record.model_copy(update={"excluded": record.key in keys})
            for record in library.publications
        ),
    )


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
    listed = list(sightings)
    if len(listed) > 1:
        listed.sort(key=lambda one: (one.source.locator, one.lines or (), merging.canonical(one)))
    return tuple(listed)


def _wording(sighting: Sighting) -> str:
    """What a sighting says, wherever on its page."""
    return merging.canonical(sighting.model_copy(update={"lines": None, "at": {}}))


def _title_on_page(sighting: Sighting) -> tuple[str, str, str]:
    """A title on its page, whatever else is said there."""
    return (sighting.source.kind, sighting.source.locator, titles.fold(sighting.facts.title or ""))


_Identity = Callable[[Sighting], object]
# How a sighting is known again after its page was read anew, the surest way first.
_IDENTITIES: tuple[_Identity, ...] = (_wording, _title_on_page)


def _once(identity: _Identity) -> _Identity:
    """`identity`, worked out once for each sighting as long as all of them are held."""
    known: dict[int, object] = {}

    def remembered(sighting: Sighting) -> object:
        if id(sighting) not in known:
            known[id(sighting)] = identity(sighting)
        return known[id(sighting)]

    return remembered


def _is_grouped_so(records: Sequence[Record], groups: Sequence[tuple[Sighting, ...]]) -> bool:
    """Whether `groups` are what the pages say in `records`, group for record, and none of these is gone."""
    places = {id(s): index for index, record in enumerate(records) for s in record.sightings if s.source.kind == PAGE}
    found = {frozenset(places.get(id(sighting), -1) for sighting in members) for members in groups}
    return (
        not any(record.gone for record in records)
        and len(places) == sum(map(len, groups))
        and len(found) == len(groups) == len(records)
        and found == {frozenset((index,)) for index in range(len(records))}
    )


def _inherited(
    records_before: Sequence[Record],
    groups: Sequence[tuple[Sighting, ...]],
    identities: Sequence[_Identity],
    taken: set[str],
    people: People,
) -> list[Record]:
    """A record for each of `groups`, which goes on from those before it, and those that no group goes on from, gone.

    Keys that are minted are added to the `taken` ones.
    """
    heirs = _heirs(records_before, groups, identities)
    inherited: dict[int, list[Record]] = {}
    for index, number in sorted(heirs.items()):
        inherited.setdefault(number, []).append(records_before[index])
    records = [
        record.model_copy(update={"gone": True}) for index, record in enumerate(records_before) if index not in heirs
    ]
    unnamed = []
    for number, members in enumerate(groups):
        if number in inherited:
            records.append(_continued(members, inherited[number]))
        else:
            unnamed.append((merging.resolve("new", members, people), members))
    for facts, members in sorted(unnamed, key=lambda pair: _minting_order(*pair)):
        key = citekeys.mint(facts, taken)
        taken.add(key.lower())
        records.append(Record(key=key, sightings=_sorted(members)))
    return records


def _with_known_numbers(
    pool: Sequence[Sighting], records: Sequence[Record], identities: Sequence[_Identity]
) -> list[Facts]:
    """What each sighting says, with the arXiv number under which a look-up has found the work before.

    So two wordings of one paper are one work once arXiv has said that they are.
    """
    numbered = [(_number_said_of(record), sighting) for record in records for sighting in record.sightings]
    wanting = [sighting for sighting in pool if sighting.facts.arxiv is None]
    found: dict[int, ArxivId | None] = {}
    # The least sure mark first: works that share a surer one, which takes longer to find, share this one, too.
    for identity in reversed(identities):
        numbers: defaultdict[object, set[ArxivId | None]] = defaultdict(set)
        for number, sighting in numbered:
            numbers[identity(sighting)].add(number)
        clear = {mark: number for mark, (number, *others) in numbers.items() if not others}
        found |= {id(sighting): clear[mark] for sighting in wanting if (mark := identity(sighting)) in clear}
        # What two works have in common, such as a title on one page, tells nothing of either.
        shared = numbers.keys() - clear.keys()
        numbered = [(number, sighting) for number, sighting in numbered if identity(sighting) in shared]
        wanting = [sighting for sighting in wanting if identity(sighting) in shared]
    known = []
    for sighting in pool:
        number = found.get(id(sighting))
        known.append(sighting.facts.model_copy(update={"arxiv": number}) if number else sighting.facts)
    return known


def _number_said_of(record: Record) -> ArxivId | None:
    """The arXiv number that a look-up, or the user, gave to a work."""
    said = (s.facts.arxiv for s in record.sightings if s.source.kind != PAGE and s.facts.arxiv)
    return next(said, None)


def _continued(members: Sequence[Sighting], records: Sequence[Record]) -> Record:
    """The record of `members` that goes on from `records`: the first key in the alphabet stays, others are aliases."""
    first, *others = sorted(records, key=lambda record: (record.gone, record.key))
    aliases = {*first.aliases, *(key for record in others for key in (record.key, *record.aliases))}
    attached = [s for record in records for s in record.sightings if s.source.kind != PAGE]
    return Record(
        key=first.key,
        aliases=tuple(sorted(aliases)),
        excluded=any(record.excluded for record in records),
        sightings=_sorted(merging.set_of([*members, *attached])),
    )


def _heirs(
    records: Sequence[Record], groups: Sequence[tuple[Sighting, ...]], identities: Sequence[_Identity]
) -> dict[int, int]:
    """The group that continues each record, by index of both; a record that no group continues is left out.

    A group continues the record with which it shares a sighting, or else a title on the same page, or else that is
    the same work.
    """
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
    return heirs


def _with_cited_keys(records: Iterable[Record], taken: set[str]) -> list[Record]:
    """`records` with the keys that bibliography files cite them by among their aliases, as far as they are free."""
    known = []
    for record in sorted(records, key=lambda record: record.key):
        cited = {s.facts.citation_key for s in record.sightings if s.facts.citation_key}
        fresh = sorted(key for key in cited if citekeys.is_key(key) and key.lower() not in taken)
        taken.update(key.lower() for key in fresh)
        if fresh:
            record = record.model_copy(update={"aliases": tuple(sorted({*record.aliases, *fresh}))})
        known.append(record)
    return known


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


def _minting_order(facts: Publication, sightings: Sequence[Sighting]) -> tuple[object, ...]:
    """Where keys would be equal, older works get theirs first, whatever was read first."""
    return (citekeys.base(facts), _age(facts), min(map(_wording, sightings)))


def _age(publication: Publication) -> tuple[int, ...]:
    """Older works first; what has no date last."""
    return publication.date.parts if publication.date and publication.date.parts else (9999,)
