"""The user's word, in rows of `[[corrections]]`: it is final, and a row that does nothing is named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pubtools import library as libraries
from pubtools.config import FILE_NAME, Config, Correction, Said
from pubtools.fields import dates, identifiers, names, titles
from pubtools.library import Library, Record
from pubtools.matching import Rule
from pubtools.merging import USER
from pubtools.models import Authors, Facts, Prose, Sighting, Source, Venue
from pubtools.people import People
from pubtools.problems import Problem, Where

SOURCE = Source(kind=USER, locator=FILE_NAME, trust=100)


def apply(library: Library, config: Config) -> tuple[Library, tuple[Problem, ...]]:
    """`library` with what the rows state, drop and exclude as they stand now, and the rows that fit no publication."""
    who, laws = People.of(config), rules(library, config)
    named = _named(library, config)
    of_key = {key: [row for row, keys in named if keys == [key]] for _, keys in named for key in keys}
    pinned = {key: number for key, rows in of_key.items() for row in rows if (number := _pinned(row)) is not None}
    # What arXiv said under another number than the user's is about another paper.
    agreed = {
        record.key: [s for s in record.sightings if s.source.kind == "arxiv" and _number(s) == pinned[record.key]]
        for record in library.publications
        if record.key in pinned
    }
    corrected = libraries.attach(library, agreed, "arxiv", who, laws)
    said: dict[str, list[Sighting]] = {
        record.key: [] for record in corrected.publications if any(s.source.kind == USER for s in record.sightings)
    }
    said |= {key: sightings for key, rows in of_key.items() if (sightings := [s for r in rows for s in _said(r)])}
    corrected = libraries.attach(corrected, said, USER, who, laws)
    excluded = {key for key, rows in of_key.items() if any(row.exclude for row in rows)}
    return libraries.exclude(corrected, excluded), tuple(_unused(library, named))


def give_keys(library: Library, config: Config) -> tuple[Library, tuple[Problem, ...]]:
    """`library` with the keys that rows ask for; the old ones are aliases. A key of another work is not taken."""
    problems = []
    for row, keys in _named(library, config):
        wanted = row.citation_key
        if wanted is None or len(keys) != 1:
            continue
        owner = next((r.key for r in library.publications if wanted.lower() in _keys_of(r)), keys[0])
        if owner != keys[0]:
            problems.append(_problem(row, f"the key {wanted!r} is another work's: {owner}"))
        else:
            library = libraries.give_key(library, keys[0], wanted)
    return library, tuple(problems)


def rules(library: Library, config: Config) -> tuple[Rule, ...]:
    """What the rows say of pairs of works, by all titles that each is known under."""
    return tuple(
        Rule(_titles(library, row.named), _titles(library, other), same)
        for row in config.corrections
        for other, same in ((row.same_as, True), (row.not_same_as, False))
        if other
    )


def not_on_arxiv(library: Library, config: Config) -> set[str]:
    """The keys of the works that the user says are not on arXiv."""
    return {key for row, keys in _named(library, config) if row.arxiv is False for key in keys}


# ---------------------------------------------------------------- inside


def _named(library: Library, config: Config) -> list[tuple[Correction, list[str]]]:
    """Each row, and the keys of the works that it names by key, alias or title."""
    if not config.corrections:
        return []
    by_title: dict[str, list[str]] = {}
    by_key: dict[str, str] = {}
    for record in library.publications:
        for title in {titles.fold(sighting.facts.title or "") for sighting in record.sightings}:
            by_title.setdefault(title, []).append(record.key)
        by_key.update((key, record.key) for key in (record.key, *record.aliases))
    return [
        (row, [by_key[row.key]] if row.key in by_key else by_title.get(titles.fold(row.title), []) if row.title else [])
        for row in config.corrections
    ]


def _titles(library: Library, named: str) -> frozenset[str]:
    """The folded titles under which the work is known that is named by a key, an alias or a title."""
    for record in library.publications:
        if named in (record.key, *record.aliases):
            return frozenset(titles.fold(sighting.facts.title or "") for sighting in record.sightings)
    return frozenset({titles.fold(named)})


def _keys_of(record: Record) -> set[str]:
    return {key.lower() for key in (record.key, *record.aliases)}


def _pinned(row: Correction) -> str | None:
    """The arXiv number that a row leaves to its publication, "" for none at all; None where it says nothing of it."""
    if row.arxiv is None:
        return None
    number = identifiers.arxiv(row.arxiv) if row.arxiv else None
    return number.number if number else ""


def _number(sighting: Sighting) -> str | None:
    return sighting.facts.arxiv.number if sighting.facts.arxiv else None


def _said(row: Correction) -> Iterator[Sighting]:
    """What a row says of its work, as a source says it."""
    facts = _facts(row.set) if row.set else {}
    if row.arxiv:
        facts["arxiv"] = identifiers.arxiv(row.arxiv)
    if facts or row.drop:
        yield Sighting(source=SOURCE, facts=Facts(**facts), denies=tuple(sorted(row.drop)))


def _facts(said: Said) -> dict[str, Any]:
    facts: dict[str, Any] = said.model_dump(exclude_defaults=True, include={"title", "kind", "urls", "status", "note"})
    if said.authors:
        facts["authors"] = Authors(names=tuple(names.parse(name) for name in said.authors))
    if said.date:
        facts["date"] = dates.parse(said.date)
    if said.doi:
        facts["doi"] = identifiers.doi(said.doi)
    if said.abstract:
        facts["abstract"] = Prose(text=said.abstract)
    if said.venue:
        parts = said.model_dump(exclude_defaults=True, include={"volume", "issue", "pages", "publisher", "kind"})
        facts["venue"] = Venue(name=said.venue, **parts)
    return facts


def _unused(library: Library, named: Sequence[tuple[Correction, list[str]]]) -> Iterator[Problem]:
    known = _known(library) if named else {}
    for row, keys in named:
        if not keys:
            yield _problem(row, f"a correction fits no publication: {row.named!r}")
        elif len(keys) > 1:
            both = " and ".join(sorted(keys))
            yield _problem(row, f"a correction fits more than one publication, name it by its key: {both}")
        for other in (row.same_as, row.not_same_as):
            if other and other not in known and titles.fold(other) not in known:
                yield _problem(row, f"a correction names a work that is not there: {other!r}")


def _known(library: Library) -> Mapping[str, str]:
    """All keys, aliases and folded titles."""
    return {
        name: record.key
        for record in library.publications
        for name in (
            record.key, *record.aliases, *(titles.fold(sighting.facts.title or "") for sighting in record.sightings)
        )
    }  # fmt: skip


def _problem(row: Correction, message: str) -> Problem:
    return Problem("M03", message, Where(FILE_NAME, row.line))
