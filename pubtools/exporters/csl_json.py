"""CSL-JSON, as Zotero, pandoc and citation processors read it; what CSL has no word for stands under `custom`.

The texts are those of the sources, without LaTeX or HTML. A complete abstract is always written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, Required, cast

from typing_extensions import TypedDict  # typing's own is too old for a JSON Schema before Python 3.12

from pubtools import jsontext
from pubtools.exporters import Style
from pubtools.models import Authors, Hint, Kind, Name, PartialDate, Publication, Venue

suffix = ".json"

CslType = Literal[
    "article", "article-journal", "paper-conference", "chapter", "book", "thesis", "report", "dataset", "software",
    "document",
]  # fmt: skip

# A person in parts, or a group or an unsplit name as a literal; never both.
CslName = TypedDict(
    "CslName",
    {"family": str, "given": str, "non-dropping-particle": str, "suffix": str, "literal": str},
    total=False,
    closed=True,
)
# [[year]], [[year, month]] or [[year, month, day]]: no part is invented.
CslDate = TypedDict("CslDate", {"date-parts": Required[list[list[int]]]}, total=False, closed=True)


class YearlessDate(TypedDict, total=False, closed=True):
    """The date of a source that left the year out."""

    month: Required[int]
    day: int


class VenueHint(TypedDict, total=False, closed=True):
    """News of a venue: what it says, and the sentence that says it."""

    name: Required[str]
    year: int
    note: str
    text: Required[str]


# Our own additions. Every one is optional, and absent where there is nothing to say.
CslCustom = TypedDict(
    "CslCustom",
    {
        "authors-complete": Literal[False],  # the source cut the list of authors ("et al.")
        "date-without-year": YearlessDate,
        "date-inferred": Literal[True],  # the source left the year out, and --as-of decided
        "abstract-excerpt": str,  # the beginning of an abstract that the source cut
        "arxiv": str,  # the arXiv number of a work that is not just a preprint
        "subjects": list[str],
        "affiliations": list[str],
        "venue-hints": list[VenueHint],
        "urls": list[str],  # links beside the one in URL
        "aliases": list[str],  # earlier citation keys of this work
        "gone": Literal[True],  # on none of its pages any more
    },
    total=False,
    closed=True,
)
CslItem = TypedDict(
    "CslItem",
    {
        "id": Required[str],  # the citation key
        "type": Required[CslType],
        "genre": Literal["preprint"],
        "title": Required[str],
        "author": list[CslName],
        "issued": CslDate,
        "container-title": str,
        "collection-title": str,
        "volume": str,
        "issue": str,
        "page": str,
        "publisher": str,
        "number": str,  # arXiv:2406.01589
        "DOI": str,
        "URL": str,
        "abstract": str,
        "note": str,
        "custom": CslCustom,
    },
    total=False,
    closed=True,
)

# What each kind is in CSL, and the variable that holds the name of its venue. CSL's "article" is the preprint.
TYPES: dict[Kind, tuple[CslType, str]] = {
    "preprint": ("article", "container-title"),
    "article-journal": ("article-journal", "container-title"),
    "paper-conference": ("paper-conference", "container-title"),
    "chapter": ("chapter", "container-title"),
    "book": ("book", "publisher"),
    "thesis": ("thesis", "publisher"),
    "report": ("report", "publisher"),
    "dataset": ("dataset", "container-title"),
    "software": ("software", "container-title"),
}
_DASHES = re.compile(r"(?<=\w)\s*(?:--+|[\u2010-\u2015\u2212])\s*(?=\w)")


def render(publications: Sequence[Publication], style: Style) -> str:  # noqa: ARG001
    """`publications` as a JSON array of CSL items; nothing in it depends on `style`."""
    return jsontext.dumps([item(publication) for publication in publications])


def item(publication: Publication) -> CslItem:
    """`publication` as a CSL item."""
    kind = publication.kind or (publication.venue.kind if publication.venue else None)
    item_type, venue_variable = TYPES[kind] if kind else (_unknown(publication), "container-title")
    known = {
        "id": publication.key,
        "type": item_type,
        "genre": "preprint" if kind == "preprint" else None,
        "title": publication.title,
        "author": _authors(publication.authors),
        "issued": _issued(publication),
        **(_venue(publication.venue, venue_variable) if publication.venue else {}),
    }
    if publication.arxiv and item_type == "article":
        known["publisher"] = known.get("publisher") or "arXiv"
        known["number"] = f"arXiv:{publication.arxiv.number}"
    known |= {
        "DOI": _doi(publication),
        "URL": _url(publication),
        "abstract": publication.abstract.text if publication.abstract and publication.abstract.complete else None,
        "note": publication.note,
        "custom": _custom(publication, item_type),
    }
    return cast(CslItem, _without_absent(known))


# ---------------------------------------------------------------- inside


def _without_absent(known: dict[str, Any]) -> dict[str, Any]:
    return {variable: value for variable, value in known.items() if value not in (None, [], {})}


def _unknown(publication: Publication) -> CslType:
    """The type of a work of unknown kind: it is on arXiv, or nothing can be said."""
    return "article" if publication.arxiv else "document"


def _authors(authors: Authors | None) -> list[dict[str, Any]]:
    return [_name(name) for name in authors.names] if authors else []


def _name(name: Name) -> dict[str, Any]:
    if name.family is None:
        return {"literal": name.literal}
    return _without_absent(
        {
            "family": name.family,
            "given": name.given,
            "non-dropping-particle": name.particle,
            "suffix": name.suffix,
        }
    )


def _issued(publication: Publication) -> dict[str, Any] | None:
    parts = publication.date.parts if publication.date else ()
    if not parts and publication.venue and publication.venue.year:
        parts = (publication.venue.year,)
    return {"date-parts": [list(parts)]} if parts else None


def _venue(venue: Venue, variable: str) -> dict[str, Any]:
    name = {variable: venue.name}
    if variable == "publisher" and venue.publisher:
        name = {"collection-title": venue.name}
    return {
        **name,
        "volume": venue.volume,
        "issue": venue.issue,
        "page": _DASHES.sub("-", venue.pages) if venue.pages else None,
        **({"publisher": venue.publisher} if venue.publisher else {}),
    }


def _doi(publication: Publication) -> str | None:
    if publication.doi is None and publication.arxiv and publication.kind in (None, "preprint"):
        # arXiv gives each of its works this DOI; a published version would have one of its own.
        return f"10.48550/arXiv.{publication.arxiv.number}"
    return publication.doi


def _url(publication: Publication) -> str | None:
    first = next((url for url in publication.urls if url.lower().startswith(("https://", "http://"))), None)
    if first is None and publication.arxiv:
        return f"https://arxiv.org/abs/{publication.arxiv.number}"
    return first


def _custom(publication: Publication, item_type: CslType) -> dict[str, Any]:
    authors, date, abstract = publication.authors, publication.date, publication.abstract
    return _without_absent(
        {
            "authors-complete": False if authors and not authors.complete else None,
            "date-without-year": _yearless(date) if date and date.year is None else None,
            "date-inferred": True if date and date.inferred else None,
            "abstract-excerpt": abstract.text if abstract and not abstract.complete else None,
            "arxiv": publication.arxiv.number if publication.arxiv and item_type != "article" else None,
            "subjects": list(publication.subjects),
            "affiliations": list(publication.affiliations),
            "venue-hints": [_hint(hint) for hint in publication.hints],
            "urls": [url for url in publication.urls if url != _url(publication)],
            "aliases": list(publication.aliases),
            "gone": True if publication.gone else None,
        }
    )


def _yearless(date: PartialDate) -> dict[str, Any]:
    return _without_absent({"month": date.month, "day": date.day})


def _hint(hint: Hint) -> dict[str, Any]:
    return _without_absent({"name": hint.venue.name, "year": hint.venue.year, "note": hint.note, "text": hint.text})
