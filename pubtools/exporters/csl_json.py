"""CSL-JSON, as Zotero, pandoc and citation processors read it; what CSL has no word for stands under `custom`.

The texts are those of the sources, without LaTeX or HTML. What a CSL file said that has no place in our facts is
written back as it stood there, as long as it says the same as the facts do. A complete abstract is always written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Required, TypeGuard, cast

from pydantic import JsonValue
from typing_extensions import TypedDict  # typing's own is too old for a JSON Schema before Python 3.12

from pubtools import jsontext
from pubtools.exporters import Style
from pubtools.fields import csl
from pubtools.models import Authors, Hint, Kind, PartialDate, Publication, Venue

suffix = ".json"

CslType = Literal[
    "article",
    "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter", "classic",
    "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure",
    "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip
# A CSL file's own flags, written back: "true", 1 and true are all in use.
Flag = str | int | float | bool
# Our numbers are texts; those of a CSL file may be numbers.
Number = str | int | float

# A person in parts, or a group or an unsplit name as a literal; never both.
CslName = TypedDict(
    "CslName",
    {
        "family": str, "given": str, "dropping-particle": str, "non-dropping-particle": str, "suffix": str,
        "literal": str, "comma-suffix": Flag, "static-ordering": Flag, "parse-names": Flag,
    },
    total=False,
    closed=True,
)  # fmt: skip
# [[year]], [[year, month]] or [[year, month, day]]: no part is invented. The rest is a CSL file's own.
CslDate = TypedDict(
    "CslDate",
    {"date-parts": list[list[Number]], "season": Number, "circa": Flag, "literal": str, "raw": str},
    total=False,
    closed=True,
)


class YearlessDate(TypedDict, total=False, closed=True):
    """The date of a source that left the year out."""

    month: Required[int]
    day: int


class HintDate(TypedDict, total=False, closed=True):
    """The day of a piece of news, as far as it is known."""

    year: int
    month: int
    day: int
    inferred: Literal[True]


class VenueHint(TypedDict, total=False, closed=True):
    """News of a venue: what it says, and the sentence that says it."""

    name: Required[str]
    kind: Kind
    year: int
    note: str
    date: HintDate
    text: Required[str]


# Our own additions. Every one is optional, and absent where there is nothing to say; what a CSL file has under
# `custom` is written back beside them.
CslCustom = TypedDict(
    "CslCustom",
    {
        "source-id": str | int | float,  # the id in the CSL file that it comes from
        "citation-key": str,  # the key that a source cites it by, when that is not its id here
        "authors-complete": Literal[False],  # the source cut the list of authors ("et al.")
        "names-incomplete": list[str],  # the other name variables that a source cut
        "date-without-year": YearlessDate,
        "date-inferred": Literal[True],  # the source left the year out, and --as-of decided
        "venue-year": int,  # the year of the venue, when another was issued
        "abstract-excerpt": str,  # the beginning of an abstract that the source cut
        "arxiv": str,  # the arXiv number of a work that is not just a preprint
        "arxiv-version": int,
        "subjects": list[str],
        "affiliations": list[str],
        "journal-ref": str,  # free text on where it appeared
        "venue-hints": list[VenueHint],
        "urls": list[str],  # links beside the one in URL
        "aliases": list[str],  # other citation keys of this work
        "gone": Literal[True],  # on none of its pages any more
        "contributors": dict[str, list[CslName]],  # roles that CSL has no variable for
        "details": dict[str, str],  # what CSL has no variable for, or has taken for something else
        "plain": dict[str, str],  # texts that look like mark-up or an arXiv number, and are none
        "kept": dict[str, dict[str, JsonValue]],  # what other formats say, by format and field
    },
    total=False,
)  # fmt: skip
CslItem = TypedDict(
    "CslItem",
    {
        "id": Required[str],  # the citation key
        "type": Required[CslType],
        "title": Required[str],
        "issued": CslDate,
        "custom": CslCustom,
        "categories": list[str],
        # names
        "author": list[CslName], "chair": list[CslName], "collection-editor": list[CslName],
        "compiler": list[CslName], "composer": list[CslName], "container-author": list[CslName],
        "contributor": list[CslName], "curator": list[CslName], "director": list[CslName], "editor": list[CslName],
        "editorial-director": list[CslName], "executive-producer": list[CslName], "guest": list[CslName],
        "host": list[CslName], "illustrator": list[CslName], "interviewer": list[CslName],
        "narrator": list[CslName], "organizer": list[CslName], "original-author": list[CslName],
        "performer": list[CslName], "producer": list[CslName], "recipient": list[CslName],
        "reviewed-author": list[CslName], "script-writer": list[CslName], "series-creator": list[CslName],
        "translator": list[CslName],
        # dates
        "accessed": CslDate, "available-date": CslDate, "event-date": CslDate, "original-date": CslDate,
        "submitted": CslDate,
        # texts
        "DOI": str, "ISBN": str, "ISSN": str, "PMCID": str, "PMID": str, "URL": str, "abstract": str, "annote": str,
        "archive": str, "archive-place": str, "archive_collection": str, "archive_location": str, "authority": str,
        "call-number": str, "citation-key": str, "citation-label": str, "collection-title": str,
        "container-title": str, "container-title-short": str, "dimensions": str, "division": str, "event": str,
        "event-place": str, "event-title": str, "genre": str, "journalAbbreviation": str, "jurisdiction": str,
        "keyword": str, "language": str, "medium": str, "note": str, "original-publisher": str,
        "original-publisher-place": str, "original-title": str, "part-title": str, "publisher": str,
        "publisher-place": str, "references": str, "reviewed-genre": str, "reviewed-title": str, "scale": str,
        "section": str, "shortTitle": str, "source": str, "status": str, "title-short": str, "version": str,
        "volume-title": str, "volume-title-short": str, "year-suffix": str,
        # numbers
        "chapter-number": Number, "citation-number": Number, "collection-number": Number, "edition": Number,
        "first-reference-note-number": Number, "issue": Number, "locator": Number, "number": Number,
        "number-of-pages": Number, "number-of-volumes": Number, "page": Number, "page-first": Number,
        "part": Number, "printing": Number, "supplement": Number, "volume": Number,
    },
    total=False,
    closed=True,
)  # fmt: skip

# The order of the variables; those that are not here follow by name, and `custom` stands last.
_ORDER: dict[str, Any] = dict.fromkeys(
    (
        "id", "type", "genre", "title", "author", "editor", "translator", "issued", "container-title",
        "collection-title", "collection-number", "volume", "issue", "page", "edition", "publisher", "publisher-place",
        "number", "event-title", "status", "DOI", "URL", "abstract", "note",
    )
)  # fmt: skip
_CSL = "csl-json"


def render(publications: Sequence[Publication], style: Style) -> str:  # noqa: ARG001
    """`publications` as a JSON array of CSL items; nothing in it depends on `style`."""
    return jsontext.array(item(publication) for publication in publications)


def item(publication: Publication) -> CslItem:
    """`publication` as a CSL item."""
    kind = publication.kind or (publication.venue.kind if publication.venue else None)
    if kind == "document":
        kind = None  # CSL's word for a work of which nothing is known
    item_type = _type(publication, kind)
    place = csl.VENUES.get(kind, "container-title") if kind else "container-title"
    written = _ORDER.copy()
    custom: dict[str, Any] = {}
    written["id"] = publication.key
    written["type"] = item_type
    written["title"] = publication.title
    written["issued"] = _issued(publication)
    written["status"] = publication.status
    written["DOI"] = _doi(publication, kind)
    written["URL"] = url = _url(publication)
    written["note"] = publication.note
    if kind == "preprint":
        written["genre"] = "preprint"
    if publication.authors:
        written["author"] = csl.names_value(publication.authors)
    if publication.abstract and publication.abstract.complete:
        written["abstract"] = publication.abstract.text
    if publication.venue:
        _write_venue(publication.venue, place, written)
    arxiv = publication.arxiv if item_type == "article" else None
    if arxiv:
        written["number"] = f"arXiv:{arxiv.number}"
    if publication.contributors:
        _write_contributors(publication.contributors, written, custom)
    if publication.details:
        _write_details(publication.details, place, written, custom)
    if arxiv and not written["publisher"]:
        written["publisher"] = "arXiv"
    if written["page"]:
        written["page"] = csl.DASH_IN_PAGES.sub("-", written["page"])
    # One look at all of them together, for hardly any looks like mark-up.
    together = " ".join([said for said in written.values() if said.__class__ is str])
    if publication.note or not _is_surely_plain(together):
        unmarked = {
            variable: said
            for variable, said in written.items()
            if said.__class__ is str and variable not in csl.VERBATIM and not csl.is_plain(variable, said)
        }
        if unmarked:
            custom["plain"] = unmarked
    if place == "publisher" and written["collection-title"] and not (publication.venue and publication.venue.publisher):
        # The venue is the publisher, and not the series that it came out in.
        custom["plain"] = {**custom.get("plain", {}), "collection-title": written["collection-title"]}
    if "arxiv" in together.lower() and (no_numbers := _no_numbers(publication, written)):
        custom["plain"] = {**custom.get("plain", {}), **no_numbers}
    _write_rest(publication, item_type, url, custom)
    if publication.kept:
        _write_kept(publication, written, custom)
    if custom:
        written["custom"] = custom
    return cast(CslItem, {variable: said for variable, said in written.items() if said is not None})


# ---------------------------------------------------------------- inside


def _is_surely_plain(text: str) -> bool:
    """Whether `text` has no sign of mark-up, and no space that is lost when it is read."""
    return text.isprintable() and not ("<" in text or "&" in text or "  " in text or text[-1:] == " ")


def _no_numbers(publication: Publication, written: Mapping[str, Any]) -> dict[str, str]:
    """What would be read as an arXiv number, and is not known to be that of the work."""
    venues = ("container-title", "collection-title", "publisher", "event-title")
    places = venues if publication.arxiv else (*venues, *csl.ARXIV_PLACES)
    found = {place: said for place in places if (said := written.get(place)) and csl.arxiv(said)}
    if str(written.get("archive")).lower() == "arxiv" and not publication.arxiv and "archive_location" in written:
        found["archive_location"] = written["archive_location"]
    return found


def _type(publication: Publication, kind: Kind | None) -> str:
    """CSL's "article" is the preprint, and what is only known to be on arXiv; what a CSL file calls it goes before."""
    if kind is None:
        raw = publication.kept.get(_CSL, {}).get("type")
        return raw if isinstance(raw, str) and raw in csl.TYPES else "article" if publication.arxiv else "document"
    return "article" if kind == "preprint" else kind


def _issued(publication: Publication) -> dict[str, Any] | None:
    date, venue = publication.date, publication.venue
    if date and date.year:
        return {"date-parts": [[part for part in (date.year, date.month, date.day) if part]]}
    return {"date-parts": [[venue.year]]} if venue and venue.year else None


def _doi(publication: Publication, kind: Kind | None) -> str | None:
    if publication.arxiv and kind in (None, "preprint"):
        # arXiv gives each of its works this DOI; a published version would have one of its own.
        given = f"10.48550/arXiv.{publication.arxiv.number}"
        return given if publication.doi in (None, given.lower()) else publication.doi
    return publication.doi


def _url(publication: Publication) -> str | None:
    for url in publication.urls:
        if url[:8].lower().startswith(("https://", "http://")):
            return url
    return f"https://arxiv.org/abs/{publication.arxiv.number}" if publication.arxiv else None


def _write_venue(venue: Venue, place: str, written: dict[str, Any]) -> None:
    """A book's venue is its publisher, or else the series that it came out in."""
    written["publisher"] = venue.publisher
    written["collection-title" if place == "publisher" and venue.publisher else place] = venue.name
    written["volume"] = venue.volume
    written["issue"] = venue.issue
    written["page"] = venue.pages


def _write_contributors(contributors: Mapping[str, Authors], written: dict[str, Any], custom: dict[str, Any]) -> None:
    foreign: dict[str, Any] = {}
    for role, people in contributors.items():
        (written if role in csl.NAMES and role != "author" else foreign)[role] = csl.names_value(people)
    if foreign:
        custom["contributors"] = foreign
    if cut := [role for role, people in contributors.items() if not people.complete]:
        custom["names-incomplete"] = cut


def _write_details(details: Mapping[str, str], place: str, written: dict[str, Any], custom: dict[str, Any]) -> None:
    """Each as the variable of its name, unless it would be read there as something else."""
    taken = {}
    for variable, said in details.items():
        if variable in csl.OWN or variable == place or written.get(variable) is not None:
            taken[variable] = said
        elif variable in csl.TEXTS or variable in csl.NUMBERS:
            written[variable] = said
        elif variable in csl.DATES:
            written[variable] = csl.date_value(said)
        else:
            taken[variable] = said
    if taken:
        custom["details"] = taken


def _write_rest(publication: Publication, item_type: str, url: str | None, custom: dict[str, Any]) -> None:
    """What CSL has no word for, as far as there is any."""
    date, venue, arxiv, abstract = publication.date, publication.venue, publication.arxiv, publication.abstract
    if publication.citation_key and publication.citation_key != publication.key:
        custom["citation-key"] = publication.citation_key
    if publication.authors and not publication.authors.complete:
        custom["authors-complete"] = False
    if date and date.year is None:
        custom["date-without-year"] = _date(date)
    if date and date.inferred:
        custom["date-inferred"] = True
    if venue and venue.year and date and date.year and venue.year != date.year:
        custom["venue-year"] = venue.year
    if abstract and not abstract.complete:
        custom["abstract-excerpt"] = abstract.text
    if arxiv and item_type != "article":
        custom["arxiv"] = arxiv.number
    if arxiv and arxiv.version:
        custom["arxiv-version"] = arxiv.version
    if publication.subjects:
        custom["subjects"] = list(publication.subjects)
    if publication.affiliations:
        custom["affiliations"] = list(publication.affiliations)
    if publication.journal_ref:
        custom["journal-ref"] = publication.journal_ref
    if publication.hints:
        custom["venue-hints"] = [_hint(hint) for hint in publication.hints]
    if len(publication.urls) > (url in publication.urls):
        custom["urls"] = [other for other in publication.urls if other != url]
    if publication.aliases or publication.kept:
        aliases = [*publication.aliases, *_aliases_elsewhere(publication)]
        if aliases:
            custom["aliases"] = aliases
    if publication.gone:
        custom["gone"] = True


def _aliases_elsewhere(publication: Publication) -> list[str]:
    """The keys that a CSL file of ours gave as other keys of this work."""
    custom = publication.kept.get(_CSL, {}).get("custom")
    said = custom.get("aliases") if isinstance(custom, Mapping) else None
    known = (publication.key, *publication.aliases)
    return [key for key in said if key not in known] if _are_keys(said) else []


def _are_keys(said: object) -> TypeGuard[list[str]]:
    return isinstance(said, list) and all(isinstance(key, str) and key.strip() for key in said)


def _date(date: PartialDate) -> dict[str, Any]:
    return date.model_dump(exclude_defaults=True)


def _hint(hint: Hint) -> dict[str, Any]:
    said = {
        "name": hint.venue.name,
        "kind": hint.venue.kind,
        "year": hint.venue.year,
        "note": hint.note,
        "date": _date(hint.date) if hint.date else None,
        "text": hint.text,
    }
    return {name: value for name, value in said.items() if value is not None}


def _write_kept(publication: Publication, written: dict[str, Any], custom: dict[str, Any]) -> None:
    """What CSL files said and our facts do not hold, where it stood, and what other formats said beside it."""
    others: dict[str, Any] = {name: fields for name, fields in publication.kept.items() if name != _CSL}
    if _CSL not in publication.kept:
        custom["kept"] = others
        return
    misfits: dict[str, Any] = {}
    foreign: Mapping[str, Any] = {}
    for variable, raw in publication.kept[_CSL].items():
        if variable == "custom" and isinstance(raw, Mapping):
            foreign = raw
        elif variable == "id":
            if raw != publication.key:
                custom["source-id"] = raw
        elif csl.says(variable, raw, written.get(variable)):
            written[variable] = raw
        else:
            misfits[variable] = raw
    if taken := {
        name: said
        for name, said in foreign.items()
        if name == "kept" or (name in custom and not (name == "aliases" and _are_keys(said)))
    }:
        misfits["custom"] = taken
    if misfits:
        others[_CSL] = misfits
    if others:
        custom["kept"] = others
    custom |= {name: said for name, said in foreign.items() if name not in custom}
