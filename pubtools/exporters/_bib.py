"""What BibTeX and BibLaTeX have in common, and the table of what they have not: `Flavour`.

What is known decides the type of an entry: where a field that the type requires is missing, the entry is @misc, and its
`entrysubtype` says what the work is. Styles pass over fields that they do not know; other programs read them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pubtools import latex, patterns
from pubtools.exporters import Style, frame
from pubtools.fields import csl, dates, identifiers
from pubtools.fields.bib import KEPT, KEPT_CAPITALS, KEPT_PREFIX, KEPT_TYPE, WITHOUT_PUBLISHER
from pubtools.fields.subjects import CATEGORIES
from pubtools.models import Authors, Kind, Name, PartialDate, Publication, Venue

# The kinds of the types that an entry keeps because no kind is written as them.
KEPT_TYPES: Mapping[str, Kind] = {
    **dict.fromkeys(("manual", "proceedings", "collection", "reference"), "book"),
    **dict.fromkeys(("mvbook", "mvcollection", "mvproceedings", "mvreference"), "book"),
    **dict.fromkeys(("inbook", "bookinbook", "suppbook", "suppcollection"), "chapter"),
    **dict.fromkeys(("artwork", "image"), "graphic"),
    **dict.fromkeys(("audio", "music"), "song"),
    **dict.fromkeys(("movie", "video"), "motion_picture"),
    "inreference": "entry-encyclopedia",
    "suppperiodical": "article-magazine",
    "mastersthesis": "thesis",
    "letter": "personal_communication",
    "jurisdiction": "legal_case",
    "legal": "treaty",
}
_IN_A_BOOK = ("inproceedings", "incollection", "inbook", "bookinbook", "suppbook", "suppcollection", "inreference")
_BOOKS = ("book", "mvbook", "collection", "mvcollection", "proceedings", "mvproceedings", "reference", "mvreference")
# The field that holds the name of the venue; `howpublished` for a type that is not here. A book's venue is its
# publisher, or else the series that it came out in.
VENUES: Mapping[str, str] = {
    **dict.fromkeys(("article", "suppperiodical"), "journaltitle"),
    **dict.fromkeys(_IN_A_BOOK, "booktitle"),
    **dict.fromkeys(_BOOKS, "publisher"),
    **dict.fromkeys(("thesis", "mastersthesis", "report"), "institution"),
    **dict.fromkeys(("manual", "online", "dataset"), "organization"),
}
# BibLaTeX's fields that BibTeX calls otherwise, and the other way round: an entry means one thing by both.
_OTHER_NAMES: Mapping[str, str] = {
    "address": "location", "annotation": "annote", "annote": "annotation", "archiveprefix": "eprinttype",
    "eprintclass": "primaryclass", "eprinttype": "archiveprefix", "institution": "school", "journal": "journaltitle",
    "journaltitle": "journal", "location": "address", "primaryclass": "eprintclass", "school": "institution",
}  # fmt: skip
# Where the name of a venue is looked for when it is not in the field of its type.
_OTHER_PLACES = ("journaltitle", "journal", "booktitle", "howpublished")
_SUBTITLES: Mapping[str, str] = {
    "booktitle": "booksubtitle", "journal": "journalsubtitle", "journaltitle": "journalsubtitle"
}  # fmt: skip

# CSL's variables, as `details` names them, and their fields; what is not here has none.
DETAILS: Mapping[str, str] = {
    "ISBN": "isbn", "ISSN": "issn", "PMID": "pmid", "accessed": "urldate", "annote": "annotation",
    "chapter-number": "chapter", "collection-title": "series", "container-title-short": "shortjournal",
    "edition": "edition", "event-date": "eventdate", "event-place": "venue", "event-title": "eventtitle",
    "keyword": "keywords", "number": "number", "number-of-pages": "pagetotal",
    "number-of-volumes": "volumes", "original-date": "origdate", "page": "pages", "part": "part",
    "publisher": "publisher", "publisher-place": "location", "title-short": "shorttitle", "version": "version",
    "volume": "volume",
}  # fmt: skip
# CSL's languages and what babel calls them; any other is a text in `language`.
LANGUAGES: Mapping[str, str] = {
    "cs-CZ": "czech", "da-DK": "danish", "de-AT": "austrian", "de-DE": "german", "el-GR": "greek", "en-GB": "british",
    "en-US": "english", "es-ES": "spanish", "fi-FI": "finnish", "fr-FR": "french", "hu-HU": "hungarian",
    "it-IT": "italian", "nb-NO": "norsk", "nl-NL": "dutch", "pl-PL": "polish", "pt-BR": "brazilian",
    "pt-PT": "portuguese", "ru-RU": "russian", "sv-SE": "swedish", "tr-TR": "turkish", "uk-UA": "ukrainian",
}  # fmt: skip
# What a thesis or a report is called by a type of BibTeX's, or by a word that biblatex translates.
GENRES: Mapping[str, tuple[str, str]] = {
    "PhD thesis": ("phdthesis", "phdthesis"),
    "Master's thesis": ("mastersthesis", "mathesis"),
    "Technical report": ("techreport", "techreport"),
    "Research report": ("", "resreport"),
}
# What a thesis or a report of no known sort is called where something must be said.
UNKNOWN_GENRES: Mapping[Kind, str] = {"thesis": "Thesis", "report": "Report"}
# CSL's name variables with a field of their own; the others stand in namea and so on, with what they are.
CONTRIBUTORS: Mapping[str, str] = {"container-author": "bookauthor", "editor": "editor", "translator": "translator"}
_OTHER_CONTRIBUTORS = ("namea", "nameb", "namec")
# CSL's words for a status, and biblatex's.
STATUSES: Mapping[str, str] = {
    "accepted": "accepted", "forthcoming": "forthcoming", "in preparation": "inpreparation", "in press": "inpress",
    "submitted": "submitted",
}  # fmt: skip
PREPUBLISHED = "prepublished"
# The order of the fields; others, which a file has brought, follow by name.
ORDER = (
    "title", "shorttitle", "author", "key", "journal", "journaltitle", "shortjournal", "booktitle", "bookauthor",
    "editor", "editora", "translator", "namea", "nameatype", "nameb", "namebtype", "namec", "namectype", "type",
    "school", "institution", "howpublished", "series", "seriesnumber", "edition", "organization", "publisher",
    "address", "location", "eventtitle", "eventdate", "venue", "date", "year", "month", "volume", "volumes", "part",
    "number", "issue",
    "chapter", "pages", "pagetotal", "version", "eprint", "archiveprefix", "eprinttype", "primaryclass",
    "eprintclass", "doi", "url", "urldate", "isbn", "issn", "pmid", "origdate", "pubstate", "entrysubtype", "ids",
    "langid", "language", "keywords", "note", "annote", "annotation", "abstract",
)  # fmt: skip
# These say more in the words of their file than a fact can hold: a range of years, a version of a preprint.
_AS_IT_STOOD = frozenset({"date", "eprint", "url", "year"})

_PLAIN_PAGES = patterns.compile(r"[0-9]+(?:-[0-9]+)?")
# What BibTeX would read as more than a part of a name; a hyphen alone is nothing to it.
_LIST_SYNTAX = patterns.compile(r"[,;]|(?:^|\s)and(?:\s|$)|^[-\s]+$", re.IGNORECASE)
# Most names: nothing in them is LaTeX's or BibTeX's.
_WORD = r"(?!(?:And|AND)\b)[A-Z][A-Za-z]*+\.?+"
_PLAIN_NAME = rf"{_WORD}(?:[ -]{_WORD})*+, {_WORD}(?:[ -]{_WORD})*+"
_PLAIN_NAMES = patterns.compile(rf"{_PLAIN_NAME}(?: and {_PLAIN_NAME})*+")
_NAME_WORD = patterns.compile(r"[^\W\d_][\w'’.\u0300-\u036f-]*")
# What BibTeX knows for a particle where there is no comma.
_PARTICLES = patterns.compile(r"(?!(?:and|others)\b)[a-z][a-z.']*(?: (?!and\b)[a-z][a-z.']*)*")


@dataclass(frozen=True, slots=True)
class Flavour:
    """What BibTeX and BibLaTeX decide each for itself.

    `types` are the types for a kind; the first is taken whose `required` facts ("author", "editor", "year", "venue",
    "publisher", "note", "number", "link"; `a|b` for either) are all known. `known` are the types there are. `fields`
    are those that are called otherwise than in BibLaTeX. `foreign` are fields of the other language that mean
    something else here, or nothing, and are not written back.
    """

    utf8: bool
    types: Mapping[Kind, tuple[str, ...]]
    known: frozenset[str]
    required: Mapping[str, tuple[tuple[str, ...], ...]]
    venues: Mapping[str, str]
    fields: Mapping[str, str]
    arxiv: str
    foreign: frozenset[str]
    date: Callable[[PartialDate], dict[str, str]]
    finish: Callable[[str, dict[str, str]], None] | None


def demands(table: Mapping[str, str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The facts that each type requires, from a table of texts: `author|editor year`."""
    return {name: tuple(tuple(one.split("|")) for one in facts.split()) for name, facts in table.items()}


def render(publications: Sequence[Publication], style: Style, flavour: Flavour) -> str:
    """`publications` as entries with a blank line between them; nothing for none."""
    return "\n".join([entry(publication, style, flavour) for publication in publications])


def entry(publication: Publication, style: Style, flavour: Flavour) -> str:
    """`publication` as an entry."""
    # All at once, for there are two dozen to look at, and pydantic takes long over each.
    facts = publication.__dict__
    kept = facts["kept"].get(KEPT) or {}
    venue = facts["venue"]
    kind = facts["kind"] or (venue.kind if venue else None)
    entry_type, subtype = _type(facts, kind, str(kept.get(KEPT_TYPE, "")), flavour)
    fields = _fields(facts, kind, entry_type, style, flavour)
    if subtype:
        fields["entrysubtype"] = subtype
    told = _told(kept) if kept else {}
    if flavour.utf8 and facts["aliases"]:
        known = [key.strip() for key in told.pop("ids", "").split(",") if key.strip()]
        fields["ids"] = ", ".join(dict.fromkeys((*facts["aliases"], *known)))
    if flavour.finish:
        flavour.finish(entry_type, fields)
    if entry_type == "article" and venue and kind and csl.ARXIV_JOURNAL.fullmatch(venue.name):
        fields.setdefault("entrysubtype", kind)  # else it would be a preprint
    if told:
        _write_kept(told, kind, entry_type, fields, flavour)
    if "month" in fields and fields["month"] not in _MACROS:  # which styles spell out
        fields["month"] = f"{{{fields['month']}}}"
    around, order = _frame(tuple(fields))
    pieces = around.copy()
    pieces[1::2] = [fields[name] for name in order]
    return f"@{entry_type}{{{facts['key']},{''.join(pieces)}"


# ---------------------------------------------------------------- the type


def _type(facts: Mapping[str, Any], kind: Kind | None, kept: str, flavour: Flavour) -> tuple[str, str | None]:
    """The type of the entry, and what else must be said of what the work is."""
    if kept and KEPT_TYPES.get(kept) == kind:
        if kept in flavour.known and _is_known(flavour.required.get(kept, ()), facts):
            return kept, None
        if kept == "collection":
            kept = "@collection"  # CSL's is another one
    else:
        kept = ""
    if kind is None or kind == "document":
        return ("article" if kind is None and _has_pages_on_arxiv(facts, flavour) else "misc"), kind
    types = flavour.types.get(kind, ()) if kind != "preprint" or "page" not in facts["details"] else ()
    if kind == "thesis" and not flavour.utf8 and facts["details"].get("genre") == "Master's thesis":
        types = ("mastersthesis",)
    for candidate in types:
        if _is_known(flavour.required.get(candidate, ()), facts):
            told: Kind = _TOLD.get(candidate, kind)
            if candidate == "online" and (facts["arxiv"] or (kind == "preprint" and not facts["status"])):
                told = "preprint"
            return candidate, kept or (None if told == kind else kind)
    if kind == "preprint" and (facts["arxiv"] or not facts["status"]):
        # What else it has says so.
        return ("article" if _has_pages_on_arxiv(facts, flavour) else "misc"), None
    return "misc", kept or kind


def _has_pages_on_arxiv(facts: Mapping[str, Any], flavour: Flavour) -> bool:
    """Whether it is to be an article, which alone has pages, with arXiv for its journal."""
    if not facts["arxiv"] or facts["venue"] or "page" not in facts["details"]:
        return False
    return _is_known(flavour.required["article"], facts, _ON_ARXIV)


# What a type is taken for where it may be several kinds.
_TOLD: Mapping[str, Kind] = {
    "article": "article-journal", "inbook": "chapter", "incollection": "chapter", "online": "webpage",
}  # fmt: skip


_ON_ARXIV = frozenset({"venue"})


def _is_known(
    required: tuple[tuple[str, ...], ...], facts: Mapping[str, Any], given: frozenset[str] = frozenset()
) -> bool:
    """Whether the publication has one fact of each of `required`, or it is `given`."""
    for either in required:
        for fact in either:
            if fact in given or _KNOWN[fact](facts):
                break
        else:
            return False
    return True


_KNOWN: Mapping[str, Callable[[Mapping[str, Any]], object]] = {
    "author": lambda facts: facts["authors"],
    "editor": lambda facts: "editor" in facts["contributors"],
    "year": lambda facts: _year(facts) or "year" in (facts["kept"].get(KEPT) or ()),
    "venue": lambda facts: facts["venue"],
    "publisher": lambda facts: (
        (facts["venue"].publisher if facts["venue"] else None) or "publisher" in facts["details"]
    ),
    "note": lambda facts: facts["note"] or facts["status"] in STATUSES,
    "number": lambda facts: (facts["venue"].issue if facts["venue"] else None) or "number" in facts["details"],
    "chapter": lambda facts: "chapter-number" in facts["details"],
    "pages": lambda facts: (facts["venue"].pages if facts["venue"] else None) or "page" in facts["details"],
    "link": lambda facts: facts["doi"] or facts["arxiv"] or identifiers.web_address(facts["urls"]),
}


def _year(facts: Mapping[str, Any]) -> int | None:
    date, venue = facts["date"], facts["venue"]
    return (date.year if date else None) or (venue.year if venue else None)


# ---------------------------------------------------------------- the fields


def _fields(
    facts: Mapping[str, Any], kind: Kind | None, entry_type: str, style: Style, flavour: Flavour
) -> dict[str, str]:
    """What is known, by field, as it stands between the braces."""
    utf8 = flavour.utf8
    kept = facts["kept"].get(KEPT)
    keep: Any = kept.get(KEPT_CAPITALS, ()) if kept else ()
    fields = {"title": latex.protect(facts["title"], keep, utf8=utf8)}
    if facts["authors"]:
        fields["author"] = _authors(facts["authors"], utf8)
    if facts["details"]:
        _write_details(facts["details"], kind, entry_type, fields, flavour)
    elif kind and kind in UNKNOWN_GENRES and entry_type != "misc":
        fields["type"] = UNKNOWN_GENRES[kind]
    if facts["venue"]:
        _write_venue(facts["venue"], entry_type, fields, flavour)
    elif entry_type == "article":
        fields[flavour.venues["article"]] = "arXiv"
    if entry_type in WITHOUT_PUBLISHER and "publisher" in fields and "organization" not in fields:
        fields["organization"] = fields.pop("publisher")
    if facts["contributors"]:
        _write_contributors(facts["contributors"], fields, utf8)
    date = facts["date"]
    if date and date.year:
        fields.update(flavour.date(date))
    elif facts["venue"] and facts["venue"].year:
        fields.update(flavour.date(PartialDate(year=facts["venue"].year)))
    _write_identifiers(facts, kind, fields, flavour)
    _write_numbers(facts, kind, fields, utf8)
    if facts["subjects"] and not facts["arxiv"]:
        fields.setdefault("keywords", latex.encode(", ".join(facts["subjects"]), utf8=utf8))
    if facts["note"]:
        fields["note"] = latex.encode(facts["note"], utf8=utf8)
    if facts["status"]:
        _write_status(facts["status"], fields, flavour)
    elif kind == "preprint" and (utf8 or not facts["arxiv"]):
        fields["pubstate"] = PREPUBLISHED
    if style.abstracts and facts["abstract"] and facts["abstract"].complete:
        fields["abstract"] = latex.encode(facts["abstract"].text, utf8=utf8)
    return fields


def _write_details(
    details: Mapping[str, str], kind: Kind | None, entry_type: str, fields: dict[str, str], flavour: Flavour
) -> None:
    utf8 = flavour.utf8
    for variable, said in details.items():
        if field := DETAILS.get(variable):
            fields[flavour.fields.get(field, field)] = (_pages if field == "pages" else _text)(said, utf8)
        elif variable == "language":
            known = LANGUAGES.get(said)
            fields["langid" if known else "language"] = known or latex.encode(said, utf8=utf8)
    genre = details.get("genre")
    if genre is None:
        if kind and kind in UNKNOWN_GENRES and entry_type != "misc":
            fields["type"] = UNKNOWN_GENRES[kind]
        return
    bibtex, biblatex = GENRES.get(genre, ("", ""))
    if entry_type in ("thesis", "report") and biblatex:
        fields["type"] = biblatex
    elif entry_type != bibtex:
        fields["type"] = latex.encode(genre, utf8=utf8)


def _write_venue(venue: Venue, entry_type: str, fields: dict[str, str], flavour: Flavour) -> None:
    utf8 = flavour.utf8
    facts = venue.__dict__
    field = flavour.venues.get(entry_type, "howpublished")
    if facts["publisher"]:
        fields["publisher"] = _encoded(facts["publisher"], utf8)
        if field == "publisher":
            field = "series"
    name = facts["name"]
    if field == "howpublished" and (identifiers.url(name) or identifiers.arxiv(name)):
        field = "booktitle"  # where an address is a name
    fields[field] = _encoded(name, utf8)
    if facts["volume"]:
        fields["volume"] = _encoded(facts["volume"], utf8)
    if facts["pages"]:
        fields["pages"] = _pages(facts["pages"], utf8)


def _write_numbers(facts: Mapping[str, Any], kind: Kind | None, fields: dict[str, str], utf8: bool) -> None:
    """The numbers in a series and of an issue: `number` is the one or the other, where the kind has any."""
    venue, details = facts["venue"], facts["details"]
    series_number, issue = details.get("collection-number"), (venue.issue if venue else None) or details.get("issue")
    if not (series_number or issue):
        return
    in_series = kind in csl.IN_SERIES and "series" in fields
    if series_number:
        fields["number" if in_series else "seriesnumber"] = latex.encode(series_number, utf8=utf8)
    if issue:
        fields["number" if kind in csl.WITH_ISSUES and not in_series else "issue"] = _encoded(issue, utf8)


def _told(kept: Mapping[str, Any]) -> dict[str, str]:
    """The fields of what is `kept`, but for what no .bib can have said: a CSL file or a library may be of any hand."""
    return {name: value for name, said in kept.items() if _is_name(name) and latex.balanced(value := str(said))}


def _write_kept(
    told: Mapping[str, str], kind: Kind | None, entry_type: str, fields: dict[str, str], flavour: Flavour
) -> None:
    """What a file said in fields of its own, where it stood; aside where its place is taken or says something else."""
    if told.keys().isdisjoint(_MEANT):
        fields.update(told)
        return
    place = flavour.venues.get(entry_type, "howpublished")
    order = (place, *_OTHER_PLACES)
    venue = next((number for number, name in enumerate(order) if name in fields), len(order))
    misread = set(order[:venue]) if place != "publisher" else set()
    if place in fields and place in _SUBTITLES:
        misread.add(_SUBTITLES[place])
    if kind == "preprint":
        misread |= {"journal", "journaltitle"}
    if entry_type in WITHOUT_PUBLISHER and "publisher" not in fields:
        misread.add("organization")
    for name, value in told.items():
        if name in flavour.foreign:
            continue
        if name == "organization" and name in fields and "publisher" not in fields:
            fields["publisher"], fields[name] = fields[name], value
            continue
        is_taken = name in fields and not _says_more(name, value, fields[name])
        if is_taken or name in misread or _OTHER_NAMES.get(name) in fields:
            name = f"{KEPT_PREFIX}{name}"
        fields[name] = value


@lru_cache(maxsize=4096)
def _is_name(name: str) -> bool:
    """Whether a field may be called so; what is kept under "@" is no field."""
    return name[:1] != "@" and _FIELD_NAME.fullmatch(name) is not None


_FIELD_NAME = patterns.compile(r"[^\s=,{}()\"#%']+")


def _says_more(name: str, value: str, written: str) -> bool:
    """Whether `value` may stand for what was `written`: it says the same, and more."""
    if name == "key":
        return True
    return name in _AS_IT_STOOD and written in value and not (name == "year" and dates.parse(value))


def _pages(pages: str, utf8: bool) -> str:
    if _PLAIN_PAGES.fullmatch(pages):
        return pages.replace("-", "--")
    return "--".join([latex.encode(part, utf8=utf8) for part in csl.BETWEEN_PAGES.split(pages)])


def _text(text: str, utf8: bool) -> str:
    return latex.encode(text, utf8=utf8)


def _write_contributors(contributors: Mapping[str, Authors], fields: dict[str, str], utf8: bool) -> None:
    others = iter(_OTHER_CONTRIBUTORS)
    for role, people in contributors.items():
        if field := CONTRIBUTORS.get(role):
            fields[field] = _authors(people, utf8)
        elif field := next(others, None):
            fields[field] = _authors(people, utf8)
            fields[f"{field}type"] = latex.encode(role, utf8=utf8)


def _write_identifiers(facts: Mapping[str, Any], kind: Kind | None, fields: dict[str, str], flavour: Flavour) -> None:
    arxiv, doi, url = facts["arxiv"], facts["doi"], identifiers.web_address(facts["urls"])
    if arxiv:
        fields["eprint"] = number = arxiv.number
        fields[flavour.fields.get("eprinttype", "eprinttype")] = flavour.arxiv
        if facts["subjects"] and facts["subjects"][0] in CATEGORIES:
            fields[flavour.fields.get("eprintclass", "eprintclass")] = facts["subjects"][0]
        if doi is None and kind in (None, "preprint"):
            # arXiv gives each of its works this DOI; a published version would have one of its own.
            doi = f"10.48550/arXiv.{number}"
        url = url or f"https://arxiv.org/abs/{number}"
    if doi:
        fields["doi"] = latex.verbatim(doi)
    if url:
        fields["url"] = latex.verbatim(url)


def _write_status(status: str, fields: dict[str, str], flavour: Flavour) -> None:
    """A status: BibTeX prints none but in a note, and biblatex has a field for it."""
    if flavour.utf8:
        fields["pubstate"] = STATUSES.get(status) or latex.encode(status, utf8=True)
    elif status in STATUSES and "note" not in fields:
        fields["note"] = status.capitalize()
    else:
        fields["pubstate"] = STATUSES.get(status) or latex.encode(status)


# ---------------------------------------------------------------- names


def _authors(authors: Authors, utf8: bool) -> str:
    people = authors.names
    whole = []
    for name in people:
        parts = name.__dict__
        if not parts["given"] or parts["particle"] or parts["suffix"] or parts["dropping_particle"]:
            break
        whole.append(f"{parts['family']}, {parts['given']}")
    # One look at all of them together, for most lists are plain throughout; an "and" of a name's own would part it.
    written = " and ".join(whole)
    if len(whole) < len(people) or written.count(" and ") >= len(people) or not _PLAIN_NAMES.fullmatch(written):
        written = " and ".join([_name(name, utf8) for name in people])
    return written if authors.complete else f"{written} and others"


def _name(name: Name, utf8: bool) -> str:
    """`von Last, Jr, First`; a group, or a name without a first name, in braces, as BibTeX would split it."""
    parts = name.__dict__
    family, given = parts["family"], parts["given"]
    particle, dropping_particle, suffix = parts["particle"], parts["dropping_particle"], parts["suffix"]
    if given and not (particle or dropping_particle or suffix):
        whole = f"{family}, {given}"
        if _PLAIN_NAMES.fullmatch(whole) and " and " not in whole:
            return whole
    return _odd_name(parts["literal"], family, given, particle, dropping_particle, suffix, utf8)


@lru_cache(maxsize=4096)
def _odd_name(
    literal: str, family: str | None, given: str | None, particle: str | None, dropping_particle: str | None,
    suffix: str | None, utf8: bool,
) -> str:  # fmt: skip
    if family is None:
        return f"{{{latex.encode(literal, utf8=utf8)}}}"
    von = " ".join(filter(None, (dropping_particle, particle)))
    if given is None:
        if _PARTICLES.fullmatch(von) and not suffix:
            return f"{von} {{{latex.encode(family, utf8=utf8)}}}"
        return f"{{{latex.encode(' '.join(filter(None, (von, family, suffix))), utf8=utf8)}}}"
    last = " ".join(filter(None, (_part(von, utf8), _family(family, utf8))))
    return ", ".join(filter(None, (last, _part(suffix, utf8), _part(given, utf8))))


def _part(text: str | None, utf8: bool) -> str:
    """A part of a name, in braces where BibTeX would read a list or nothing in it."""
    if not text:
        return ""
    written = latex.encode(text, utf8=utf8)
    return f"{{{written}}}" if _LIST_SYNTAX.search(text) else written


def _family(family: str, utf8: bool) -> str:
    """The family name; a word of several that BibTeX would take for a particle stands in braces.

    It takes all words up to the last one in small letters before the end: "Garcia y" of "Garcia y Vega".
    """
    family = latex.normal(family, utf8=utf8)
    words = family.split()
    if _LIST_SYNTAX.search(family) or (len(words) < 2 and "-" not in family):
        return _part(family, utf8)
    if not all(map(_NAME_WORD.fullmatch, words)):
        return f"{{{latex.encode(family, utf8=utf8)}}}"
    # A hyphen separates words for BibTeX, too.
    small = [any(_looks_small(part, utf8) for part in word.split("-")) for word in words]
    return " ".join(
        f"{{{latex.encode(word, utf8=utf8)}}}" if is_small else latex.encode(word, utf8=utf8)
        for word, is_small in zip(words, small, strict=True)
    )


def _looks_small(word: str, utf8: bool) -> bool:
    """Whether BibTeX sees a small letter first: in the word, in the bytes of another script, or in a command."""
    if utf8 or word[:1].islower():
        return word[:1].islower()
    written = latex.encode(word)
    return not written.isascii() or r"\text" in written


# ---------------------------------------------------------------- lines

_WIDTH = len("archiveprefix")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MACROS = frozenset(MONTHS)


_RANKS = {name: rank for rank, name in enumerate(ORDER)}
# The fields that may say what another says.
_MEANT = frozenset((*ORDER, *_SUBTITLES.values()))


@lru_cache(maxsize=1024)
def _frame(names: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """What stands around the values of these fields, each at an odd place, and their order."""
    order = sorted(names, key=lambda name: _RANKS.get(name, len(_RANKS)))
    # A month's value has its own braces, or is a macro.
    around = [
        (f"\n  {name:<{_WIDTH}} = ", "") if name == "month" else (f"\n  {name:<{_WIDTH}} = {{", "}") for name in order
    ]
    return frame(around, "", "\n}\n"), order


# Venues, publishers and volumes come again and again.
@lru_cache(maxsize=2048)
def _encoded(text: str, utf8: bool) -> str:
    return latex.encode(text, utf8=utf8)
