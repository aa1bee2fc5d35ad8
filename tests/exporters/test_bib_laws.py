"""What is written to a .bib file and read again: BibTeX and BibLaTeX, exporter and importer, side by side."""

from __future__ import annotations

from types import ModuleType
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pubtools import latex, merging
from pubtools.exporters import Style, _bib, biblatex, bibtex
from pubtools.importers import _bibtex_types
from pubtools.importers import bibtex as importer
from pubtools.models import Authors, Facts, Kind, Name, Publication, Source
from pubtools.people import People

FLAVOURS = [bibtex, biblatex]
STYLE = Style(abstracts=True)
SOURCE = Source(kind="profile", locator="x.bib")

# What a .bib file cannot hold, and what is written in its place. Everything else is read again as it was.
NOT_HELD = {
    "affiliations": "no field",
    "hints": "no field: news are no facts",
    "journal_ref": "no field: free text on a venue",
    "aliases": "no field that BibTeX knows",
    "gone": "no field",
    "abstract that is cut": "not written",
    "urls after the first, and those of other schemes": "one field for one address",
    "subjects": "a first one of arXiv's is held; others are keywords, where there are no others",
    "authors: literal and split_by": "a name is written in one way, in parts",
    "authors: dropping_particle": "one particle",
    "authors: particle with a capital": "BibTeX takes it for a part of the family name",
    "authors: a family or suffix without a given name": "the whole name stands in braces",
    "date.day": "BibTeX has no field for it; BibLaTeX has",
    "date.inferred": "no field",
    "a date without a year": "BibTeX warns of a month without a year, and BibLaTeX has no such date",
    "venue.kind": "the kind of the work says it",
    "venue.year": "the year of the work stands there",
    "kind: none, but on arXiv": "read as a preprint, as everybody writes one",
    "arxiv.version": "the eprint is that of the work",
    "doi: arXiv's own": "the number says it",
    "details: variables of CSL that are no field": "no field",
    "details: genre Thesis or Report": "written where nothing is known",
    "kept dates that are no plain date": "held in the language they come from",
    "kept: a type and a subtype": "there is one field for what a type does not say",
}

PIECES = st.sampled_from(
    [*r"{}\$%&#_^~<>|`'\"@,=()-. ", "é", "ß", "α", "²", "\u0301", "王", "ReLU", "$x_1$", r"\emph{X}", "{RL}", " and ",
     "--", "``", "''", "100% of A & B ~ $x^2$ #1 _", "et al.", "others", "von", "jan", "2024"]
)  # fmt: skip
HOSTILE = st.lists(PIECES | st.text(max_size=3), max_size=8).map(lambda pieces: f"x{''.join(pieces)}y")
# Braces of a title are LaTeX's, and which word they hold depends on what stands beside them.
TITLES = HOSTILE.filter(lambda text: "{" not in text and "}" not in text)
PARTS = HOSTILE.map(str.capitalize)
NAMES = st.one_of(
    HOSTILE.map(lambda text: Name(literal=text)),
    st.builds(
        Name,
        literal=st.just("as it was written"),
        family=PARTS | HOSTILE,
        given=PARTS | HOSTILE,
        particle=st.sampled_from([None, "van der", "de la", "d'"]),
        suffix=st.none() | st.just("Jr.") | HOSTILE,
        split_by=st.just("comma"),
    ),
    st.builds(Name, literal=st.just("x"), family=PARTS, particle=st.sampled_from(["van der", "de"])),
)
AUTHORS = st.builds(Authors, names=st.lists(NAMES, min_size=1, max_size=3).map(tuple), complete=st.booleans())
KINDS = st.sampled_from([None, *get_args(Kind)])
VENUES = st.fixed_dictionaries(
    {"name": HOSTILE}, optional={"publisher": HOSTILE, "volume": HOSTILE, "pages": st.sampled_from(["1-20", "e12"])}
)
DETAILS = st.dictionaries(
    st.sampled_from(
        "ISBN annote chapter-number container-title-short edition event-title genre keyword language "
        "number-of-pages publisher-place title-short version".split()
    ),
    HOSTILE,
    max_size=4,
)
URLS = HOSTILE.map(lambda text: (latex.verbatim(f"https://a.b/{text}"),))


@st.composite
def publications(draw: st.DrawFn) -> Publication:
    kind = draw(KINDS)
    facts: dict[str, Any] = {
        "title": draw(TITLES),
        "kind": kind,
        "authors": draw(st.none() | AUTHORS),
        "date": draw(st.none() | st.sampled_from([{"year": 2024}, {"year": 2024, "month": 6}])),
        "venue": draw(st.none() | VENUES) if kind != "preprint" else None,
        "doi": draw(st.none() | st.sampled_from(["10.1000/a_b<c>1", "10.1000/%&#~"])),
        "arxiv": draw(st.none() | st.just({"number": "2406.01589"})) if kind else None,
        "urls": draw(st.just(()) | URLS),
        "note": draw(st.none() | HOSTILE),
        "status": draw(st.none() | st.sampled_from(["in press", "submitted", "in revision (R&R)"])),
        "abstract": draw(st.none() | HOSTILE.map(lambda text: {"text": text})),
        "contributors": draw(st.dictionaries(st.sampled_from(["editor", "translator", "director", "x{_%"]), AUTHORS)),
        "details": draw(DETAILS),
        "kept": draw(st.sampled_from([{}, {"bibtex": {"file": ":a_b.pdf:PDF", "abbr": "ICML {2024}"}}])),
    }
    return Publication.model_validate({"key": "key", "sightings": (), "citation_key": "key", **facts})


def read(text: str) -> list[Publication]:
    got = importer.read(text, SOURCE)
    assert not got.refused, got.problems
    return [merging.resolve(s.facts.citation_key or "key", [s], People()) for s in got.sightings]


def facts_of(publication: Publication) -> dict[str, Any]:
    """All that a publication says, but for how the source wrote each name."""
    said = publication.model_dump(exclude={"sightings", "aliases", "gone", "key"}, exclude_defaults=True)
    for authors in (said.get("authors"), *said.get("contributors", {}).values()):
        for name in authors["names"] if authors else ():
            name.pop("split_by", None)
            if "family" in name:
                name.pop("literal")
    return said


def normal(value: Any, utf8: bool) -> Any:
    """`value` with every text in it as LaTeX gives it back."""
    if isinstance(value, dict):
        return {name: normal(said, utf8) for name, said in value.items()}
    if isinstance(value, tuple):
        return tuple(normal(said, utf8) for said in value)
    return latex.normal(value, utf8=utf8) if isinstance(value, str) else value


@pytest.mark.parametrize("flavour", FLAVOURS)
@given(work=publications())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_is_read_again(flavour: ModuleType, work: Publication) -> None:
    text = flavour.render([work], STYLE)
    (again,) = read(text)
    expected, found = facts_of(work), facts_of(again)
    kept = expected.pop("kept", {}), found.pop("kept", {})
    capitals = {name: said for name, said in kept[1].get("bibtex", {}).items() if not name.startswith("@")}
    assert capitals == kept[0].get("bibtex", {})
    title = latex.normal(expected.pop("title"), title=True, utf8=flavour is biblatex)
    assert found.pop("title") == title
    assert found == normal(expected, flavour is biblatex)


@pytest.mark.parametrize("flavour", FLAVOURS)
@given(work=publications())
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
def test_a_second_time_writes_the_same_bytes(flavour: ModuleType, work: Publication) -> None:
    text = flavour.render([work], STYLE)
    (again,) = read(text)
    assert flavour.render([again], STYLE) == text
    assert facts_of(again) == facts_of(read(flavour.render([again], STYLE))[0])


# ---------------------------------------------------------------- files of others

WORDS = st.sampled_from(
    ["Looms", "Press {X}", r"100\% of A", "7", "1--20", "arXiv", "CoRR", "arXiv:2406.01589", "2406.01589v2",
     "https://a.b/c", "In press", "Thesis", "preprint", "phdthesis", "english", "prepublished", "magazine", "book",
     "collection", "editor", "et al."]
)  # fmt: skip
PEOPLE = st.sampled_from(["Ada Lovelace and others", "{OpenAI}", "van der Berg, Jr, L.", "{et al.}", "others"])
DATES = st.sampled_from(["2024", "2024-06", "in press", "1999/2000", "June 2024", "2024-21", "n.d.", "199X", "2024a"])
SPECIAL = {
    **dict.fromkeys(("author", "editor", "translator", "editora", "namea"), PEOPLE),
    **dict.fromkeys(("date", "year", "month", "urldate", "origdate"), DATES),
}
FIELDS = sorted(
    {*SPECIAL, *_bibtex_types.FIELDS, *_bibtex_types.FIELDS.values(), *_bibtex_types.DETAILS}
    | {*_bibtex_types.VENUES.values(), *_bibtex_types.SUBTITLES, "volume", "number", "issue", "pages", "eid", "note"}
    | {"organization", "type", "url", "doi", "eprint", "pubstate", "entrysubtype", "key", "langid", "nameatype", "file"}
)
ENTRY_TYPES = st.sampled_from([*_bibtex_types.KINDS, "misc", "preprint", "unheard-of"])


@st.composite
def entries(draw: st.DrawFn) -> str:
    names = draw(st.lists(st.sampled_from(FIELDS), max_size=8, unique=True))
    fields = {name: draw(SPECIAL.get(name, WORDS)) for name in names}
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in {"title": "T", **fields}.items())
    return f"@{draw(ENTRY_TYPES)}{{key,\n{lines}\n}}\n"


def as_held(publication: Publication, flavour: ModuleType) -> dict[str, Any]:
    """What `flavour` holds of a publication that was read from a file of either."""
    said = facts_of(publication)
    foreign = {"date"} if flavour is bibtex else {"year", "month"}
    kept = {name: value for name, value in said.pop("kept", {}).get("bibtex", {}).items() if name not in foreign}
    return {**said, "kept": kept}


@pytest.mark.parametrize("flavour", FLAVOURS)
@given(text=entries())
@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
# What is said of one type is read as another thing where the entry becomes @misc.
@example(text="@book{key, title = {T}, howpublished = {H}}")
@example(text="@book{key, title = {T}, publisher = {P}, howpublished = {H}}")
@example(text="@article{key, title = {T}, journal = {J}, howpublished = {J}, booktitle = {B}}")
@example(text="@article{key, title = {T}, organization = {O}}")
@example(text="@artwork{key, title = {T}, pubstate = {prepublished}}")
@example(text="@collection{key, title = {T}, author = {Lovelace, Ada}}")
@example(text="@preprint{key, title = {T}, journal = {J}}")
@example(text="@unheard-of{key, title = {T}, eprint = {arXiv:2406.01589}}")
@example(text="@inbook{key, title = {T}, author = {Lovelace, Ada}, howpublished = {H}, booksubtitle = {S}}")
# One thing is said twice.
@example(text="@article{key, title = {T}, date = {2024}, year = {2024-06}}")
@example(text="@article{key, title = {T}, date = {in press}, year = {2024}}")
@example(text="@article{key, title = {T}, journal = {arXiv:2406.01589}, eprinttype = {hdl}}")
# Numbers of a series and of an issue.
@example(text="@book{key, title = {T}, author = {Lovelace, Ada}, publisher = {P}, series = {S}, number = {7}}")
@example(
    text="@inproceedings{key, title = {T}, booktitle = {B}, series = {S}, volume = {1}, number = {7}, issue = {2}}"
)
@example(text="@incollection{key, title = {T}, booktitle = {B}, volume = {1}, number = {7}}")
def test_what_a_file_says_is_written_back_and_settles_at_once(flavour: ModuleType, text: str) -> None:
    for known in read(text):
        first = flavour.render([known], STYLE)
        (again,) = read(first)
        expected = as_held(known, flavour)
        if flavour is bibtex and "date" in expected:
            expected["date"].pop("day", None)
        assert as_held(again, flavour) == expected
        assert flavour.render([again], STYLE) == first


@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("name", ["https://a.b/c", "arXiv:2406.01589", "arXiv", "CoRR"])
@pytest.mark.parametrize("kind", ["article-journal", "software", "speech", None])
def test_a_venue_is_a_venue_whatever_it_looks_like(flavour: ModuleType, name: str, kind: Kind | None) -> None:
    facts = {"title": "T", "kind": kind, "venue": {"name": name}, "authors": {"names": [{"literal": "Ada"}]}}
    for date in ({}, {"date": {"year": 2024}}):
        work = Publication.model_validate({"key": "key", "sightings": (), "citation_key": "key", **facts, **date})
        text = flavour.render([work], STYLE)
        (again,) = read(text)
        assert facts_of(again) == facts_of(work)
        assert flavour.render([again], STYLE) == text


def test_every_field_that_a_table_names_has_its_place_in_an_entry() -> None:
    named = {*_bib.VENUES.values(), *_bib.DETAILS.values(), *_bib.CONTRIBUTORS.values()}
    for flavour in FLAVOURS:
        named |= {*flavour._FLAVOUR.venues.values(), *flavour._FLAVOUR.fields.values()}
    assert named <= set(_bib.ORDER)


def test_every_fact_is_held_or_said_not_to_be() -> None:
    held = set(
        "title authors date kind venue arxiv doi urls subjects abstract note status citation_key contributors "
        "details kept".split()
    )
    assert held | {"affiliations", "hints", "journal_ref"} == set(Facts.model_fields)
    assert {"affiliations", "hints", "journal_ref"} <= NOT_HELD.keys()
