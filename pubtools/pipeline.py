"""What the command line and a library user call: pages in, a library and a report out; a library in, an export out.

Nothing here touches a file, the network, the clock or the terminal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import cast

from pubtools import library as libraries
from pubtools import merging, people, plugins, sightings
from pubtools.config import Config
from pubtools.errors import AmbiguousLayoutError, ExportError, InputError, PubtoolsError, UnknownLayoutError
from pubtools.exporters import Exporter, Style
from pubtools.fields import names
from pubtools.layouts import Layout
from pubtools.library import Doubt, Library, Profile
from pubtools.models import Authors, Claim, Name, Publication, Reading, Sighting
from pubtools.page import Page
from pubtools.people import People
from pubtools.problems import Problem, Where


@dataclass(frozen=True, slots=True)
class PageReport:
    """What came of one page: the layout that read it, and counts of entries and lines."""

    name: str
    layout: str
    owner: str | None
    read: int
    declared: int | None
    refused: int
    unread: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What a run of `normalise` found: a row a page, keys of the publications concerned, and every doubt."""

    pages: tuple[PageReport, ...]
    publications: int
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    pruned: tuple[str, ...] = ()
    merged: int = 0
    cut: tuple[str, ...] = ()
    without_year: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def read(page: Page, layout: str | None = None) -> tuple[str, Reading]:
    """The name of the layout of `page`, and what it reads.

    `layout` names one; otherwise exactly one must fit. Raises UnknownLayoutError or AmbiguousLayoutError.
    """
    if layout is not None:
        try:
            module = cast(Layout, plugins.load("layout", layout))
        except PubtoolsError as error:
            raise UnknownLayoutError(error.message, hint=error.hint) from error
        return layout.replace("_", "-"), module.read(page)
    known = {name: cast(Layout, plugins.load("layout", name)) for name in plugins.names("layout")}
    fitting = [name for name, module in known.items() if module.fits(page)]
    if not fitting:
        message = "no layout that pubtools knows fits this page"
        raise UnknownLayoutError(message, path=page.name, hint=f"layouts: {', '.join(known)}; --layout forces one")
    if len(fitting) > 1:
        message = f"two layouts fit this page: {' and '.join(fitting)}"
        raise AmbiguousLayoutError(message, path=page.name, hint=f"say which: --layout {fitting[0]}")
    return fitting[0], known[fitting[0]].read(page)


def normalise(
    library: Library,
    pages: Sequence[Page],
    config: Config | None = None,
    *,
    as_of: date | None = None,
    layout: str | None = None,
    prune: bool = False,
    allow_empty: bool = False,
) -> tuple[Library, Report]:
    """`library` after reading `pages`, and a report. A page's name is its locator in the library.

    Raises InputError for a page without an entry, unless `allow_empty`: an empty page is a failed download more
    often than an empty list.
    """
    config = config or Config()
    who = People.of(config)
    seen: dict[str, tuple[Profile, Sequence[Sighting]]] = {}
    rows: list[PageReport] = []
    problems: list[Problem] = []
    for page in {page.name: page for page in pages}.values():
        name, reading = _reading(page, layout, allow_empty=allow_empty)
        found, doubts = sightings.from_reading(reading, page.name, as_of)
        seen[page.name] = (_profile(page.name, name, reading), found)
        problems += doubts
        rows.append(_row(page.name, name, reading))

    before = {publication.key: publication for publication in libraries.publications(library, who)}
    updated, open_doubts = libraries.add(library, seen, who)
    pruned = tuple(record.key for record in updated.publications if record.gone) if prune else ()
    updated = libraries.prune(updated) if prune else updated
    after = libraries.publications(updated, who)
    problems += _of_the_library(updated, after, open_doubts, config)
    live = [publication for publication in after if not publication.gone]
    report = Report(
        pages=tuple(rows),
        publications=len(after),
        new=tuple(publication.key for publication in after if _earlier(publication, before) is None),
        changed=tuple(publication.key for publication in after if _has_changed(publication, before)),
        gone=tuple(publication.key for publication in after if publication.gone),
        pruned=pruned,
        merged=sum(len(publication.sightings) for publication in live) - len(live),
        cut=tuple(publication.key for publication in after if _is_cut(publication)),
        without_year=tuple(p.key for p in after if p.date is not None and p.date.year is None),
        undated=tuple(publication.key for publication in after if publication.date is None),
        conflicts=tuple(publication.key for publication in after if publication.conflicts()),
        problems=tuple(sorted(problems, key=_by_place)),
    )
    return updated, report


def export(
    library: Library,
    to: str,
    config: Config | None = None,
    *,
    me: Sequence[str] = (),
    abstracts: bool = False,
) -> str:
    """All publications of `library` in the format `to`, the name of an exporter; newest first, then by key.

    `me` are the names to set off as the owner's; without them pubtools.toml says, and else the pages themselves.
    """
    config = config or Config()
    who = People.of(config)
    try:
        exporter = cast(Exporter, plugins.load("exporter", to))
    except PubtoolsError as error:
        raise ExportError(error.message, hint=error.hint) from error
    style = Style(owners=_owners(library, who, me), abstracts=abstracts)
    return exporter.render(libraries.publications(library, who), style)


def find(library: Library, key: str, config: Config | None = None) -> Publication:
    """The publication with that key, or that alias. Raises InputError with the nearest key there is."""
    all_of_them = libraries.publications(library, People.of(config or Config()))
    for publication in all_of_them:
        if key == publication.key or key in publication.aliases:
            return publication
    near = get_close_matches(key, [publication.key for publication in all_of_them], n=3)
    hint = f"did you mean {', '.join(near)}?" if near else "pubtools export --format csl-json lists the keys as ids"
    raise InputError(f"no publication has the key {key!r}", hint=hint)


# ---------------------------------------------------------------- inside


def _reading(page: Page, layout: str | None, *, allow_empty: bool) -> tuple[str, Reading]:
    try:
        name, reading = read(page, layout)
    except UnknownLayoutError:
        if not allow_empty or layout is not None:
            raise
        return "none", Reading(unread=tuple(line.number for line in page.filled()))
    if not reading.entries and not allow_empty:
        message = f"no publication found on this page (layout {name})"
        if reading.refused:
            first = reading.refused[0]
            message += f"; line {first.lines[0]}: {first.reason}"
        raise InputError(message, path=page.name, hint="--allow-empty takes it as it is")
    return name, reading


def _profile(locator: str, layout: str, reading: Reading) -> Profile:
    return Profile(
        locator=locator,
        layout=layout,
        owner=names.parse(reading.owner.text) if reading.owner else None,
        declared=reading.declared.count if reading.declared else None,
    )


def _row(name: str, layout: str, reading: Reading) -> PageReport:
    return PageReport(
        name=name,
        layout=layout,
        owner=reading.owner.text if reading.owner else None,
        read=len(reading.entries),
        declared=reading.declared.count if reading.declared else None,
        refused=len(reading.refused),
        unread=reading.unread,
    )


def _owners(library: Library, who: People, me: Sequence[str]) -> tuple[Name, ...]:
    on_pages = tuple(profile.owner for profile in library.profiles if profile.owner)
    return tuple(names.parse(name) for name in me) or who.owner or on_pages


def _earlier(publication: Publication, before: Mapping[str, Publication]) -> Publication | None:
    return next((before[key] for key in (publication.key, *publication.aliases) if key in before), None)


def _has_changed(publication: Publication, before: Mapping[str, Publication]) -> bool:
    """Whether the resolved facts differ from before; that a fact stands on another line now is no news."""
    earlier = _earlier(publication, before)
    return earlier is not None and publication.model_dump(exclude={"sightings"}) != earlier.model_dump(
        exclude={"sightings"}
    )


def _by_place(problem: Problem) -> tuple[str, int, str]:
    return (problem.where.file if problem.where else "", (problem.where and problem.where.line) or 0, problem.code)


def _is_cut(publication: Publication) -> bool:
    return publication.authors is not None and not publication.authors.complete


def _of_the_library(
    library: Library, publications: Sequence[Publication], doubts: Sequence[Doubt], config: Config
) -> Iterator[Problem]:
    """The doubts that only show when all sightings are together."""
    for doubt in doubts:
        title = doubt.one.facts.title
        message = f"may be the same work as the one at {_where(doubt.one)}, not merged: {title!r}: {doubt.reason}"
        yield Problem("M01", message, _where(doubt.other))
    owners = {profile.locator: _owner_of(profile, config) for profile in library.profiles}
    guessed: set[str] = set()
    for publication in publications:
        if publication.gone:
            where = _where(publication.sightings[0])
            message = f"{publication.key} is on none of its pages any more (kept; --prune removes it)"
            yield Problem("M02", message, Where(where.file))
        yield from _hidden(publication, owners)
        for field_name in publication.conflicts():
            yield _conflict(publication, field_name)
        for name in publication.authors.names if publication.authors else ():
            if name.literal not in guessed and _is_doubtful_split(name):
                guessed.add(name.literal)
                message = f"{name.literal!r} is taken as {name.family}, {name.given} (settle it in [[people]])"
                yield Problem("N03", message, _place(publication.claims("authors")[0]))


def _owner_of(profile: Profile, config: Config) -> tuple[Name, ...]:
    """Whose page it is: pubtools.toml says so for the user's own, and the page for a co-author's."""
    mine = People.of(config).owner
    if profile.owner is None or people.is_one_of(profile.owner, mine):
        return mine
    return (profile.owner,)


def _hidden(publication: Publication, owners: Mapping[str, tuple[Name, ...]]) -> Iterator[Problem]:
    for locator in dict.fromkeys(sighting.source.locator for sighting in publication.sightings):
        owner = owners.get(locator, ())
        if people.hides(publication.authors, owner):
            claim = publication.claims("authors")[0]
            message = f'the owner, {owner[0].literal}, is hidden behind "et al.": {publication.title!r}'
            yield Problem("N02", message, _place(claim))
            return


def _conflict(publication: Publication, field_name: str) -> Problem:
    claims = publication.claims(field_name)
    first, other = claims[0], merging.opposed(field_name, claims)[0]
    if isinstance(first.value, Authors) and isinstance(other.value, Authors):
        here, there = merging.differences(first.value, other.value)[0]
    else:
        here, there = (shorten(claim) for claim in (first, other))
    message = f"{publication.key}: {field_name} differ: {here!r} here, {there!r} at {_place(other)}"
    return Problem("C01", message, _place(first))


def shorten(claim: Claim) -> str:
    """A claim's value in a few words."""
    value = claim.value
    text = str(getattr(value, "text", None) or getattr(value, "name", None) or getattr(value, "number", None) or value)
    return text if len(text) <= 60 else text[:57].rstrip() + "..."


def _is_doubtful_split(name: Name) -> bool:
    """Whether the guess that the last word alone is the family name has a rival: a whole word in the middle."""
    middle = (name.given or "").split()[1:]
    return name.split_by == "last-word" and any(len(word.strip(".")) > 2 for word in middle)


def _where(sighting: Sighting) -> Where:
    return Where(sighting.source.locator, sighting.lines[0] if sighting.lines else None)


def _place(claim: Claim) -> Where:
    return Where(claim.sighting.source.locator, claim.line)
