"""Which value wins: what the sightings of one work add up to, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from pydantic import BaseModel

from pubtools.fields import letters, names, titles
from pubtools.models import FIELDS, Authors, Claim, Facts, PartialDate, Prose, Publication, Sighting, Venue
from pubtools.people import People

# The whole policy. The first criterion that tells two claims apart decides; the user's word stands above all, and the
# year of print above other dates, see `_of_print`.
PREFER: dict[str, tuple[str, ...]] = {
    "authors": ("complete", "longer", "trust", "newest"),
    "date": ("with a stated year", "more precise", "trust", "newest"),
    "abstract": ("complete", "trust", "newest"),
    # A preprint becomes a publication, never the other way round: arXiv goes on calling it one.
    "kind": ("published", "trust", "newest"),
    "venue": ("published", "trust", "newest"),
}
OTHERWISE = ("trust", "newest")
# The kind of source that the user is, in [[corrections]]: it beats all others.
USER = "user"
# Every source's word counts: the values are joined, the preferred source's first.
JOINED = frozenset({"hints", "urls"})
# The same, for values by name: the preferred source's value of each name.
MAPPED = frozenset({"contributors", "details", "kept"})

_CRITERIA: dict[str, Callable[[Claim], Any]] = {
    "complete": lambda claim: claim.value.complete,
    "longer": lambda claim: len(claim.value.names),
    "with a stated year": lambda claim: 0 if claim.value.year is None else 1 if claim.value.inferred else 2,
    "more precise": lambda claim: sum(
        part is not None for part in (claim.value.year, claim.value.month, claim.value.day)
    ),
    "published": lambda claim: is_published(claim.value),
    "trust": lambda claim: claim.sighting.source.trust,
    "newest": lambda claim: str(claim.sighting.source.seen or ""),
}
_RANKING = {field: [_CRITERIA[name] for name in PREFER.get(field, OTHERWISE)] for field in FIELDS}


def resolve(
    key: str,
    sightings: Sequence[Sighting],
    people: People,
    *,
    aliases: Iterable[str] = (),
    gone: bool = False,
    excluded: bool = False,
) -> Publication:
    """The publication that `sightings` add up to; their order and repeats do not matter.

    What the user denies is left out, whoever else says it. Names are as `people` has them, in whatever way a source
    wrote them. Raises ValueError without any title.
    """
    ordered = in_order(sightings)
    said = _said(ordered, people)
    ranked = {field: _ranked(said[field]) for field in FIELDS if field in said}
    if dates := _of_print(ranked.get("date", ()), ranked.get("venue", ())):
        ranked["date"] = dates
    chosen: dict[str, Any] = {field: claims[0].value for field, claims in ranked.items()}
    for field in JOINED & ranked.keys():
        chosen[field] = tuple(dict.fromkeys(value for claim in ranked[field] for value in claim.value))
    for field in MAPPED & ranked.keys():
        chosen[field] = _together([claim.value for claim in ranked[field]])
    if "title" not in chosen:
        raise ValueError("a publication needs a title")
    chosen |= {
        "key": key,
        "aliases": tuple(aliases),
        "gone": gone,
        "excluded": excluded,
        "sightings": tuple(ordered),
        "ranked": ranked,
        "disputed": tuple(field for field, claims in ranked.items() if len(claims) > 1 and opposed(field, claims)),
    }
    return _BLANK.model_copy(update=chosen)


def opposed(field: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims of equal trust that contradict the first of `claims`; none where the user has spoken."""
    first, *others = claims
    differ = _DIFFER.get(field)
    if differ is None or first.sighting.source.kind == USER:
        return []
    return [
        claim
        for claim in others
        if claim.sighting.source.trust == first.sighting.source.trust
        and differ(first.value, claim.value)
        and not (field == "date" and _speak_of_two_versions(first.sighting, claim.sighting))
    ]


def differences(one: Authors, other: Authors) -> list[tuple[str, str]]:
    """The pairs of names, as written, on which two author lists differ as far as both go ("" where one has ended)."""
    pairs = []
    for index in range(max(len(one.names), len(other.names))):
        a = one.names[index] if index < len(one.names) else None
        b = other.names[index] if index < len(other.names) else None
        if (a is None and not one.complete) or (b is None and not other.complete):
            break  # hidden behind "et al."
        if a is None or b is None or names.compare(a, b) != "same":
            pairs.append((a.literal if a else "", b.literal if b else ""))
    return pairs


def is_published(value: Any) -> bool:
    """Whether a kind, or a venue, is that of more than a preprint."""
    if isinstance(value, Venue):
        return value.kind != "preprint" and not value.name.lower().startswith(("arxiv", "corr"))
    return bool(value != "preprint")


def set_of(sightings: Iterable[Sighting]) -> list[Sighting]:
    """`sightings` without repeats. Told apart by their text, for a mapping in them keeps them from being hashable."""
    listed = list(sightings)
    return list(_by_text(listed).values()) if len(listed) > 1 else listed


def in_order(sightings: Sequence[Sighting]) -> list[Sighting]:
    """`sightings` without repeats, by their sources and places: the same list whatever came first."""
    if len(sightings) < 2:
        return list(sightings)
    by_place = {_place(sighting): sighting for sighting in sightings}
    if len(by_place) == len(sightings):  # no two of one place, so none is a repeat
        return [by_place[place] for place in sorted(by_place)]
    return [one for _, one in sorted(_by_text(sightings).items(), key=lambda named: (_place(named[1]), named[0]))]


def canonical(model: BaseModel) -> str:
    """`model` as JSON without what is absent: equal for equal models."""
    return model.model_dump_json(exclude_defaults=True)


# ---------------------------------------------------------------- inside

_ABSENT = {field: info.get_default(call_default_factory=True) for field, info in Facts.model_fields.items()}
# To construct one with all of its fields takes four times as long as to copy this.
_BLANK = Publication.model_construct(**{**_ABSENT, "title": "", "key": "", "sightings": ()})


def _together(values: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """What `values`, the preferred first, say by name, also within."""
    together: dict[str, Any] = {}
    for value in values:
        for name, said in value.items():
            if name not in together:
                together[name] = said
            elif isinstance(said, Mapping) and isinstance(together[name], Mapping):
                together[name] = _together([together[name], said])
    return dict(sorted(together.items()))


def _by_text(sightings: Iterable[Sighting]) -> dict[str, Sighting]:
    return {canonical(sighting): sighting for sighting in sightings}


def _place(sighting: Sighting) -> tuple[str, str, tuple[int, ...]]:
    return (sighting.source.kind, sighting.source.locator, sighting.lines or ())


def _said(sightings: Sequence[Sighting], people: People) -> dict[str, list[Claim]]:
    """What `sightings` say by field, in their order; of what the user denies, what the user says instead."""
    said: dict[str, list[Claim]] = {}
    denied = {field for sighting in sightings for field in sighting.denies}
    for sighting in sightings:
        for field, value in vars(sighting.facts).items():
            if value and field == "authors":
                value = people.canonical_authors(value)
            if value and not (field in denied and sighting.source.kind != USER):
                said.setdefault(field, []).append(Claim(field, value, sighting))
    return said


def _ranked(claims: list[Claim]) -> tuple[Claim, ...]:
    """`claims` on one field, which are in the order of their sightings, the one that wins first."""
    if len(claims) < 2:
        return tuple(claims)
    ranked = [(_rank(claim), claim) for claim in claims]
    if len({rank for rank, _ in ranked}) < len(ranked):
        # Last of all the value's own text and its place: a tie is broken the same way whatever came first.
        ranked.sort(key=lambda pair: _text(pair[1].value))
    ranked.sort(key=itemgetter(0), reverse=True)
    return tuple([claim for _, claim in ranked])


def _of_print(dates: tuple[Claim, ...], venues: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """`dates` with those first that are of the year in which the work appeared at its venue.

    Other sources tell when it was first seen, as a preprint or on a page. The venue's own year may be the only one.
    """
    if not venues or not is_published(venues[0].value) or (dates and dates[0].sighting.source.kind == USER):
        return dates
    venue, said_with_it = venues[0].value, venues[0].sighting.facts.date
    year = venue.year or (said_with_it.year if said_with_it and not said_with_it.inferred else None)
    if year is None:
        return dates
    fitting = [claim for claim in dates if claim.value.year == year]
    if not fitting:
        fitting = [Claim("date", PartialDate(year=year), venues[0].sighting)]
    return (*fitting, *(claim for claim in dates if claim.value.year != year))


def _speak_of_two_versions(one: Sighting, other: Sighting) -> bool:
    """Whether dates differ for a reason: one is of print, the other may be that of the preprint."""
    has_appeared = [bool(s.facts.venue and is_published(s.facts.venue)) for s in (one, other)]
    return one is other or has_appeared[0] != has_appeared[1]


def _rank(claim: Claim) -> tuple[Any, ...]:
    return (claim.sighting.source.kind == USER, *[ranks(claim) for ranks in _RANKING[claim.field]])


def _text(value: Any) -> str:
    return canonical(value) if isinstance(value, BaseModel) else str(value)


@lru_cache(maxsize=4096)
def _titles_differ(one: str, other: str) -> bool:
    return titles.fold(one) != titles.fold(other)


def _authors_differ(one: Authors, other: Authors) -> bool:
    return bool(differences(one, other))


def _dates_differ(one: PartialDate, other: PartialDate) -> bool:
    """Whether the parts that both state contradict each other; an inferred year states nothing."""
    years = (one.year, other.year) if not (one.inferred or other.inferred) else (None, None)
    pairs = (years, (one.month, other.month), (one.day, other.day))
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _abstracts_differ(one: Prose, other: Prose) -> bool:
    return one.complete and other.complete and letters.fold(one.text) != letters.fold(other.text)


def _venues_differ(one: Venue, other: Venue) -> bool:
    return is_published(one) == is_published(other) and letters.fold(one.name) != letters.fold(other.name)


# A field that is not here (subjects, affiliations, links, notes) adds to what is known and contradicts nothing.
_DIFFER: dict[str, Callable[[Any, Any], bool]] = {
    "title": _titles_differ,
    "authors": _authors_differ,
    "date": _dates_differ,
    "abstract": _abstracts_differ,
    "venue": _venues_differ,
    "kind": lambda one, other: one != other and "preprint" not in (one, other),
    "arxiv": lambda one, other: one.number != other.number,
    "doi": lambda one, other: one != other,
}
