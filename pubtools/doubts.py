"""The doubts that only show when all sightings are together: conflicts, hidden owners, guesses, works that are gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pubtools import merging, people
from pubtools.config import FILE_NAME, Config
from pubtools.library import PAGE, Doubt, Library, Profile
from pubtools.merging import USER
from pubtools.models import Authors, Claim, Name, Publication, Sighting, Source
from pubtools.people import People
from pubtools.problems import Problem, Where


def of_the_library(
    library: Library, publications: Sequence[Publication], doubts: Sequence[Doubt], config: Config
) -> Iterator[Problem]:
    """What wants a look in `library`, of whose sightings `publications` are made; `doubts` are pairs not merged."""
    for doubt in doubts:
        title = doubt.one.facts.title
        message = f"may be the same work as the one at {where(doubt.one)}, not merged: {title!r}: {doubt.reason}"
        yield Problem("M01", message, where(doubt.other))
    known = {key for record in library.publications for key in (record.key, *record.aliases)}
    for key in dict.fromkeys(config.selected):
        if key not in known:
            yield Problem("M03", f"the list of what is selected names no publication: {key!r}", Where(FILE_NAME))
    owners = {profile.locator: _owner_of(profile, config) for profile in library.profiles}
    guessed: set[str] = set()
    for publication in publications:
        if publication.gone:
            message = f"{publication.key} is on none of its pages any more (kept; --prune removes it)"
            yield Problem("M02", message, Where(place(publication.sightings[0].source)))
        yield from _hidden(publication, owners)
        for field_name in publication.conflicts():
            yield _conflict(publication, field_name)
        for name in publication.authors.names if publication.authors else ():
            if name.literal not in guessed and _is_doubtful_split(name):
                guessed.add(name.literal)
                message = f"{name.literal!r} is taken as {name.family}, {name.given} (settle it in [[people]])"
                yield Problem("N03", message, _place(publication.claims("authors")[0]))


def unfinished(publications: Sequence[Publication]) -> Iterator[Problem]:
    """What no source has settled: dates without a year, author lists that are cut."""
    for publication in publications:
        if publication.date is not None and publication.date.year is None:
            message = f"{publication.key}: date has no year (give --as-of)"
            yield Problem("D01", message, _place(publication.claims("date")[0]))
        if publication.authors is not None and not publication.authors.complete:
            message = f"{publication.key}: author list is cut"
            yield Problem("N01", message, _place(publication.claims("authors")[0]))


def mended(publications: Sequence[Publication]) -> set[tuple[str, Where]]:
    """Doubts about an entry that another source has settled: a year that was left out, a list that was cut."""
    return {
        (code, Where(sighting.source.locator, sighting.at[field_name]))
        for publication in publications
        for code, field_name, is_settled in (
            ("D01", "date", publication.date is not None and publication.date.year is not None),
            ("N01", "authors", publication.authors is not None and publication.authors.complete),
        )
        for sighting in publication.sightings
        if is_settled and field_name in sighting.at
    }


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """`problems` by file and line."""
    return tuple(sorted(problems, key=_by_place))


def place(source: Source) -> str:
    """How people are told of a source: a page by its path, anything else by its kind and place (`arxiv:2406.01589`)."""
    return source.locator if source.kind in (PAGE, USER) else f"{source.kind}:{source.locator}"


def where(sighting: Sighting) -> Where:
    """The place of a sighting: its source, and the first line of its entry."""
    return Where(place(sighting.source), sighting.lines[0] if sighting.lines else None)


# ---------------------------------------------------------------- inside


def _by_place(problem: Problem) -> tuple[str, int, str]:
    return (problem.where.file if problem.where else "", (problem.where and problem.where.line) or 0, problem.code)


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
        here, there = (_shorten(claim) for claim in (first, other))
    message = f"{publication.key}: {field_name} differ: {here!r} here, {there!r} at {_place(other)}"
    return Problem("C01", message, _place(first))


def _shorten(claim: Claim) -> str:
    """A claim's value in a few words."""
    value = claim.value
    text = str(getattr(value, "text", None) or getattr(value, "name", None) or getattr(value, "number", None) or value)
    return text if len(text) <= 60 else text[:57].rstrip() + "..."


def _is_doubtful_split(name: Name) -> bool:
    """Whether the guess that the last word alone is the family name has a rival: a whole word in the middle."""
    middle = (name.given or "").split()[1:]
    return name.split_by == "last-word" and any(len(word.strip(".")) > 2 for word in middle)


def _place(claim: Claim) -> Where:
    return Where(place(claim.sighting.source), claim.line)
