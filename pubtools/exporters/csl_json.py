"""CSL-JSON, as Zotero, pandoc and citation processors read it; what CSL has no word for stands under `custom`.

The texts are those of the sources, without LaTeX or HTML. What a CSL file said that has no place in our facts is
written back as it stood there, as long as it says the same as the facts do. A complete abstract is always written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, Literal, Required, TypeGuard, cast

from pydantic import JsonValue
from typing_extensions import TypedDict  # typing's own is too old for a JSON Schema before Python 3.12

from pubtools import jsontext
from pubtools.exporters import Style, frame
from pubtools.fields import csl, identifiers
from pubtools.jsontext import quoted
from pubtools.models import ArxivId, Authors, Hint, Kind, PartialDate, Publication, Venue

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

# The order of the variables; the other people follow by name, then what else there is, and `custom` stands last.
_ORDER = (
    "id", "type", "genre", "title", "author", "editor", "translator", "issued", "container-title",
    "collection-title", "collection-number", "volume", "issue", "page", "edition", "publisher", "publisher-place",
    "number", "event-title", "status", "DOI", "URL", "abstract", "note",
)  # fmt: skip
_RANKS = {variable: rank for rank, variable in enumerate((*_ORDER, *sorted(csl.NAMES.difference(_ORDER))))}
_CSL = "csl-json"


def render(publications: Sequence[Publication], style: Style) -> str:  # noqa: ARG001
    """`publications` as a JSON array of CSL items; nothing in it depends on `style`."""
    return jsontext.array([_text(publication) for publication in publications])


def item(publication: Publication) -> CslItem:
    """`publication` as a CSL item."""
    return cast(CslItem, _values(_variables(publication)[0]))


# ---------------------------------------------------------------- inside


def _variables(publication: Publication) -> tuple[dict[str, Any], bool]:
    """What is said of `publication`, by variable: see `_value`. And whether every text of it is surely plain."""
    # All at once, for there are two dozen to look at, and pydantic takes long over each.
    facts = publication.__dict__
    authors, abstract, venue, arxiv = facts["authors"], facts["abstract"], facts["venue"], facts["arxiv"]
    kind = facts["kind"] or (venue.kind if venue else None)
    if kind == "document":
        kind = None  # CSL's word for a work of which nothing is known
    item_type = _type(facts, kind)
    place = csl.VENUES.get(kind, "container-title") if kind else "container-title"
    written: dict[str, Any] = {"id": facts["key"], "type": item_type}
    others: dict[str, Any] = {}  # which are no texts
    custom: dict[str, Any] = {}
    if authors:
        others["author"] = authors
    if facts["contributors"]:
        _write_contributors(facts["contributors"], others, custom)
    if issued := _issued(facts["date"], venue):
        others["issued"] = issued
    if kind == "preprint":
        written["genre"] = "preprint"
    written["title"] = facts["title"]
    if venue:
        _write_venue(venue, place, written)
    is_preprint = arxiv and item_type == "article"
    if is_preprint:
        written["number"] = f"arXiv:{arxiv.number}"
    if facts["details"]:
        _write_details(facts["details"], place, written, custom)
    if is_preprint:
        written.setdefault("publisher", "arXiv")
    page = written.get("page")
    if page and ("--" in page or not page.isascii()):
        written["page"] = csl.DASH_IN_PAGES.sub("-", page)
    if facts["status"]:
        written["status"] = facts["status"]
    if doi := _doi(facts["doi"], arxiv, kind):
        written["DOI"] = doi
    url = identifiers.web_address(facts["urls"]) or (f"https://arxiv.org/abs/{arxiv.number}" if arxiv else None)
    if url:
        written["URL"] = url
    if abstract and abstract.complete:
        written["abstract"] = abstract.text
    if facts["note"]:
        written["note"] = facts["note"]
    # One look at all of them together, for hardly any looks like mark-up.
    texts = [said for said in written.values() if type(said) is str] if facts["details"] else written.values()
    together = " ".join(texts)
    is_plain = _is_surely_plain(together)
    if not is_plain or facts["note"]:
        unmarked = {
            variable: written[variable]
            for variable in _in_order(written)
            if variable not in _NO_PROSE and not csl.is_plain(variable, written[variable])
        }
        if unmarked:
            custom["plain"] = unmarked
    if place == "publisher" and "collection-title" in written and not (venue and venue.publisher):
        # The venue is the publisher, and not the series that it came out in.
        custom["plain"] = {**custom.get("plain", {}), "collection-title": written["collection-title"]}
    if "arxiv" in together.lower() and (no_numbers := _no_numbers(written, arxiv)):
        custom["plain"] = {**custom.get("plain", {}), **no_numbers}
    written |= others
    _write_rest(facts, item_type, url, custom)
    if facts["kept"]:
        _write_kept(facts["kept"], facts["key"], written, custom)
    if custom:
        written["custom"] = custom
    return written, is_plain


_NO_PROSE = csl.VERBATIM | csl.DATES


def _is_surely_plain(text: str) -> bool:
    """Whether `text` has no sign of mark-up, nothing that JSON escapes, and no space that is lost when it is read."""
    if text.isascii():
        raw = text.encode()
        is_free = raw.translate(_SIGNS) == raw  # it takes a third of the time
    else:
        is_free = text.isprintable() and not any(sign in text for sign in '"&<\\')
    return is_free and not ("  " in text or text[-1:] == " ")


_SIGNS = bytes.maketrans(bytes(range(32)) + b'"&<\\\x7f', bytes(37))


def _no_numbers(written: Mapping[str, Any], arxiv: ArxivId | None) -> dict[str, str]:
    """What would be read as an arXiv number, and is not known to be that of the work."""
    venues = ("container-title", "collection-title", "publisher", "event-title")
    places = venues if arxiv else (*venues, *csl.ARXIV_PLACES)
    found = {place: said for place in places if (said := written.get(place)) and csl.arxiv(said)}
    if str(written.get("archive")).lower() == "arxiv" and not arxiv and "archive_location" in written:
        found["archive_location"] = written["archive_location"]
    return found


def _type(facts: Mapping[str, Any], kind: Kind | None) -> str:
    """CSL's "article" is the preprint, and what is only known to be on arXiv; what a CSL file calls it goes before."""
    if kind is None:
        raw = facts["kept"].get(_CSL, {}).get("type")
        return raw if isinstance(raw, str) and raw in csl.TYPES else "article" if facts["arxiv"] else "document"
    return "article" if kind == "preprint" else kind


def _issued(date: PartialDate | None, venue: Venue | None) -> tuple[int, ...] | None:
    if date:
        known = date.__dict__
        year, month, day = known["year"], known["month"], known["day"]
        if year:
            return (year, month, day) if day else (year, month) if month else (year,)
    return (venue.year,) if venue and venue.year else None


def _doi(doi: str | None, arxiv: ArxivId | None, kind: Kind | None) -> str | None:
    if arxiv and kind in (None, "preprint"):
        # arXiv gives each of its works this DOI; a published version would have one of its own.
        given = f"10.48550/arXiv.{arxiv.number}"
        return given if doi in (None, given.lower()) else doi
    return doi


def _write_venue(venue: Venue, place: str, written: dict[str, Any]) -> None:
    """A book's venue is its publisher, or else the series that it came out in."""
    facts = venue.__dict__
    publisher = facts["publisher"]
    written["collection-title" if place == "publisher" and publisher else place] = facts["name"]
    if publisher:
        written["publisher"] = publisher
    if facts["volume"]:
        written["volume"] = facts["volume"]
    if facts["issue"]:
        written["issue"] = facts["issue"]
    if facts["pages"]:
        written["page"] = facts["pages"]


def _write_contributors(contributors: Mapping[str, Authors], written: dict[str, Any], custom: dict[str, Any]) -> None:
    foreign: dict[str, Any] = {}
    for role, people in contributors.items():
        if role in csl.NAMES and role != "author":
            written[role] = people
        else:
            foreign[role] = csl.names_value(people)
    if foreign:
        custom["contributors"] = foreign
    if cut := [role for role, people in contributors.items() if not people.complete]:
        custom["names-incomplete"] = cut


def _write_details(details: Mapping[str, str], place: str, written: dict[str, Any], custom: dict[str, Any]) -> None:
    """Each as the variable of its name, unless it would be read there as something else."""
    taken = {}
    for variable, said in details.items():
        if variable in csl.OWN or variable == place or variable in written:
            taken[variable] = said
        elif variable in csl.TEXTS or variable in csl.NUMBERS:
            written[variable] = said
        elif variable in csl.DATES:
            written[variable] = csl.date_value(said)
        else:
            taken[variable] = said
    if taken:
        custom["details"] = taken


def _write_rest(facts: Mapping[str, Any], item_type: str, url: str | None, custom: dict[str, Any]) -> None:
    """What CSL has no word for, as far as there is any."""
    arxiv, abstract = facts["arxiv"], facts["abstract"]
    if facts["citation_key"] and facts["citation_key"] != facts["key"]:
        custom["citation-key"] = facts["citation_key"]
    if facts["authors"] and not facts["authors"].complete:
        custom["authors-complete"] = False
    if facts["date"]:
        _write_date(facts["date"], facts["venue"], custom)
    if abstract and not abstract.complete:
        custom["abstract-excerpt"] = abstract.text
    if arxiv and item_type != "article":
        custom["arxiv"] = arxiv.number
    if arxiv and arxiv.version:
        custom["arxiv-version"] = arxiv.version
    if facts["subjects"]:
        custom["subjects"] = list(facts["subjects"])
    if facts["affiliations"]:
        custom["affiliations"] = list(facts["affiliations"])
    if facts["journal_ref"]:
        custom["journal-ref"] = facts["journal_ref"]
    if facts["hints"]:
        custom["venue-hints"] = [_hint(hint) for hint in facts["hints"]]
    if len(facts["urls"]) > (url in facts["urls"]):
        custom["urls"] = [other for other in facts["urls"] if other != url]
    if facts["aliases"] or _CSL in facts["kept"]:
        aliases = [*facts["aliases"], *_aliases_elsewhere(facts)]
        if aliases:
            custom["aliases"] = aliases
    if facts["gone"]:
        custom["gone"] = True


def _write_date(date: PartialDate, venue: Venue | None, custom: dict[str, Any]) -> None:
    known = date.__dict__
    year = known["year"]
    if year is None:
        custom["date-without-year"] = _date(date)
    elif venue and venue.year and venue.year != year:
        custom["venue-year"] = venue.year
    if known["inferred"]:
        custom["date-inferred"] = True


def _aliases_elsewhere(facts: Mapping[str, Any]) -> list[str]:
    """The keys that a CSL file of ours gave as other keys of this work."""
    custom = facts["kept"].get(_CSL, {}).get("custom")
    said = custom.get("aliases") if isinstance(custom, Mapping) else None
    known = (facts["key"], *facts["aliases"])
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


def _write_kept(
    kept: Mapping[str, Mapping[str, Any]], key: str, written: dict[str, Any], custom: dict[str, Any]
) -> None:
    """What CSL files said and our facts do not hold, where it stood, and what other formats said beside it."""
    if _CSL not in kept:
        custom["kept"] = dict(kept)
        return
    others: dict[str, Any] = {name: fields for name, fields in kept.items() if name != _CSL}
    misfits: dict[str, Any] = {}
    foreign: Mapping[str, Any] = {}
    for variable, raw in kept[_CSL].items():
        if variable == "custom" and isinstance(raw, Mapping):
            foreign = raw
        elif variable == "id":
            if raw != key:
                custom["source-id"] = raw
        elif csl.says(variable, raw, _value(written.get(variable))):
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


# ---------------------------------------------------------------- values and their text

_Writer = Callable[[Any], str]


def _values(variables: Mapping[str, Any]) -> dict[str, Any]:
    return {variable: _value(variables[variable]) for variable in _in_order(variables)}


def _in_order(variables: Iterable[str]) -> list[str]:
    return sorted(variables, key=lambda variable: _RANKS.get(variable, len(_RANKS)))


def _value(said: Any) -> Any:
    """`said` as JSON has it: people and a date in parts are written as CSL has them, and all else is JSON already."""
    kind = type(said)
    return csl.names_value(said) if kind is Authors else {"date-parts": [list(said)]} if kind is tuple else said


def _text(publication: Publication) -> str:
    """`jsontext.text` of its `_values`, but that no value is made of a text only to be written."""
    variables, is_plain = _variables(publication)
    if _CSL in publication.__dict__["kept"] or not ("issued" in variables or "author" in variables):
        return jsontext.text(_values(variables), " ")  # it may hold anything, or be one line
    around, values, writers = _frame(tuple(variables))
    pieces = around.copy()
    pieces[1::2] = said = values(variables)
    if not is_plain:
        pieces[1::2] = [quoted(value)[1:-1] if type(value) is str else value for value in said]
    for place, write in writers:
        pieces[place] = write(pieces[place])
    return "".join(pieces)


@lru_cache(maxsize=1024)
def _frame(variables: tuple[str, ...]) -> tuple[list[str], itemgetter[Any], list[tuple[int, _Writer]]]:
    """What stands around the values of an item of these `variables`, which have the odd places; what gets the values.

    And what makes a text of the value at a place, unless it is one: then its quotation marks stand around it.
    """
    order = _in_order(variables)
    marks = ["" if variable in _WRITERS else '"' for variable in order]
    around = [(f"\n  {quoted(variable)}: {mark}", mark) for variable, mark in zip(order, marks, strict=True)]
    writers = [(2 * at + 1, _WRITERS[variable]) for at, variable in enumerate(order) if variable in _WRITERS]
    return frame(around, "{", "\n }"), itemgetter(*order), writers


def _people(people: Authors) -> str:
    """`csl.names_value(people)`, one name a line."""
    lines = []
    for name in people.names:
        parts = name.__dict__
        given = parts["given"]
        if not given or parts["particle"] or parts["dropping_particle"] or parts["suffix"]:
            return _deeper(csl.names_value(people))
        lines.append(f'{quoted(parts["family"])}, "given": {quoted(given)}')
    return '[\n   {"family": ' + '},\n   {"family": '.join(lines) + "}\n  ]"


@lru_cache(maxsize=1024)
def _day(issued: tuple[int, ...]) -> str:
    return _deeper(_value(issued))


_deeper = partial(jsontext.text, indent="  ")
_WRITERS: Mapping[str, _Writer] = {
    **dict.fromkeys((*csl.DATES, "custom"), _deeper), **dict.fromkeys(csl.NAMES, _people), "issued": _day
}  # fmt: skip
