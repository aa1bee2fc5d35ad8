"""BibTeX for every style there is: ASCII, accents as LaTeX, the capitals that matter protected, URLs untouched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from pubtools import latex
from pubtools.exporters import Style
from pubtools.fields.subjects import CATEGORIES
from pubtools.models import Authors, Kind, Name, Publication, Venue

suffix = ".bib"

# What each kind is in BibTeX; a kind that is not here, or unknown, is @misc. There is no @online and no @software.
TYPES: dict[Kind, str] = {
    "article-journal": "article",
    "paper-conference": "inproceedings",
    "chapter": "incollection",
    "book": "book",
    "thesis": "phdthesis",
    "report": "techreport",
}
# The field that holds the name of the venue.
VENUE_FIELDS = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "book": "publisher",
    "phdthesis": "school",
    "techreport": "institution",
    "misc": "howpublished",
}
# What plain.bst warns about when it is missing, beside the title; an entry without it is written as @misc.
REQUIRED = {
    "article": ("author", "journal", "year"),
    "inproceedings": ("author", "booktitle", "year"),
    "incollection": ("author", "booktitle", "publisher", "year"),
    "book": ("author", "publisher", "year"),
    "phdthesis": ("author", "school", "year"),
    "techreport": ("author", "institution", "year"),
}
# The order of the fields; what is not known is left out.
ORDER = (
    "title", "author", "journal", "booktitle", "school", "institution", "howpublished", "series", "publisher",
    "year", "month", "volume", "number", "pages", "eprint", "archiveprefix", "primaryclass", "doi", "url",
    "keywords", "note", "abstract",
)  # fmt: skip
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_WIDTH = max(map(len, ORDER))
# Their values come ready, and a month is a macro that styles spell out.
_BARE = frozenset({"month"})
# Between two page numbers; "S-12" is the number of an article.
_DASHES = re.compile(r"(?<=\d)\s*[-\u2010-\u2015\u2212]+\s*(?=[A-Za-z]?\d)")
# What BibTeX would read as more than a part of a name; a hyphen alone is nothing to it.
_LIST_SYNTAX = re.compile(r",|(?:^|\s)and(?:\s|$)|^[-\s]+$", re.IGNORECASE)


def render(publications: Sequence[Publication], style: Style) -> str:
    """`publications` as BibTeX entries with a blank line between them; nothing for none."""
    return "\n".join(_entry(publication, style) for publication in publications)


# ---------------------------------------------------------------- inside


def _entry(publication: Publication, style: Style) -> str:
    kind = publication.kind or (publication.venue.kind if publication.venue else None)
    entry_type = TYPES.get(kind, "misc") if kind else "misc"
    fields = dict(_fields(publication, entry_type, style))
    if any(name not in fields for name in REQUIRED.get(entry_type, ())):
        entry_type = "misc"
        fields = dict(_fields(publication, entry_type, style))
    lines = [
        f"  {name:<{_WIDTH}} = {fields[name]}" if name in _BARE else f"  {name:<{_WIDTH}} = {{{fields[name]}}}"
        for name in ORDER
        if name in fields and (fields[name] or name == "title")
    ]
    return f"@{entry_type}{{{publication.key},\n" + ",\n".join(lines) + "\n}\n"


def _fields(publication: Publication, entry_type: str, style: Style) -> Iterator[tuple[str, str]]:
    """The fields that are known, by name, as they stand between the braces."""
    yield "title", latex.protect(publication.title)
    if publication.authors and (authors := _authors(publication.authors)):
        yield "author", authors
    if publication.venue:
        yield from _venue(publication.venue, entry_type)
    yield from _date(publication)
    yield from _identifiers(publication)
    if publication.subjects and not publication.arxiv:
        yield "keywords", latex.encode(", ".join(publication.subjects))
    if publication.note:
        yield "note", latex.encode(publication.note)
    if style.abstracts and publication.abstract and publication.abstract.complete:
        yield "abstract", latex.encode(publication.abstract.text)


def _venue(venue: Venue, entry_type: str) -> Iterator[tuple[str, str]]:
    field = VENUE_FIELDS[entry_type]
    if field == "publisher" and venue.publisher:
        field = "series"  # a book's venue is its publisher, or else the series it came out in
    yield field, latex.encode(venue.name)
    if venue.publisher:
        yield "publisher", latex.encode(venue.publisher)
    if venue.volume:
        yield "volume", latex.encode(venue.volume)
    if venue.issue:
        yield "number", latex.encode(venue.issue)
    if venue.pages:
        yield "pages", latex.encode(_DASHES.sub("--", venue.pages))


def _date(publication: Publication) -> Iterator[tuple[str, str]]:
    date = publication.date
    if date and date.year:
        yield "year", str(date.year)
        if date.month:
            yield "month", MONTHS[date.month - 1]
    elif publication.venue and publication.venue.year:
        yield "year", str(publication.venue.year)


def _identifiers(publication: Publication) -> Iterator[tuple[str, str]]:
    arxiv = publication.arxiv
    if arxiv:
        yield "eprint", latex.verbatim(arxiv.number)
        yield "archiveprefix", "arXiv"
        if publication.subjects and publication.subjects[0] in CATEGORIES:
            yield "primaryclass", publication.subjects[0]
    if publication.doi:
        yield "doi", latex.verbatim(publication.doi)
    elif arxiv and publication.kind in (None, "preprint"):
        # arXiv gives each of its works this DOI; a published version would have one of its own.
        yield "doi", latex.verbatim(f"10.48550/arXiv.{arxiv.number}")
    url = next((url for url in publication.urls if url.lower().startswith(("https://", "http://"))), None)
    if url:
        yield "url", latex.verbatim(url)
    elif arxiv:
        yield "url", f"https://arxiv.org/abs/{latex.verbatim(arxiv.number)}"


def _authors(authors: Authors) -> str:
    return " and ".join((*map(_name, authors.names), *(() if authors.complete else ("others",))))


def _name(name: Name) -> str:
    """`von Last, Jr, First`; a name without a first name or without parts in braces, as BibTeX would split it."""
    if name.family is None:
        return f"{{{latex.encode(name.literal)}}}"
    if name.given is None:
        return f"{{{latex.encode(' '.join(filter(None, (name.particle, name.family, name.suffix))))}}}"
    last = " ".join(filter(None, (_part(name.particle), _family(name.family))))
    return ", ".join(filter(None, (last, _part(name.suffix), _part(name.given))))


@lru_cache(maxsize=65536)
def _part(text: str | None) -> str:
    """A part of a name, in braces where BibTeX would read a list or nothing in it."""
    if not text:
        return ""
    written = latex.encode(text)
    return f"{{{written}}}" if _LIST_SYNTAX.search(text) else written


@lru_cache(maxsize=65536)
def _family(family: str) -> str:
    """The family name; a word of several that BibTeX would take for a particle stands in braces.

    It takes all words up to the last one in small letters before the end: "Garcia y" of "Garcia y Vega".
    """
    words = family.split()
    if _LIST_SYNTAX.search(family) or (len(words) < 2 and "-" not in family):
        return _part(family)
    # A hyphen separates words for BibTeX, too.
    small = [any(_looks_small(part) for part in word.split("-")) for word in words]
    return " ".join(
        f"{{{latex.encode(word)}}}" if is_small else latex.encode(word)
        for word, is_small in zip(words, small, strict=True)
    )


def _looks_small(word: str) -> bool:
    """Whether BibTeX sees a small letter first: in the word, in the bytes of another script, or in a command."""
    written = latex.encode(word)
    first = next((character for character in word if character.isalpha()), "")
    return first.islower() or not written.isascii() or r"\text" in written
