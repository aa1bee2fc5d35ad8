"""One format a file: publications in, text out. An exporter knows nothing of libraries, pages or other exporters.

An exporter is a module with what `Exporter` asks for; the file's name is the format's, and its fixtures stand in
`fixtures/exports/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Protocol

from pydantic import AfterValidator, BeforeValidator, Field

from pubtools.models import Model, Name, Publication, Text

# The headings there are when a list is grouped by type or by status, in the order in which they stand. Types are
# those of CSL; a status that is not here is its own heading.
HEADINGS: dict[str, str] = {
    "undated": "Undated",
    "article-journal": "Journal articles",
    "paper-conference": "Conference papers",
    "published": "Published",
    "in press": "In press",
    "accepted": "Accepted",
    "submitted": "Submitted",
    "preprint": "Preprints",
    "in preparation": "In preparation",
    "book": "Books",
    "chapter": "Book chapters",
    "collection": "Collections",
    "thesis": "Theses",
    "report": "Reports",
    "review": "Reviews",
    "review-book": "Book reviews",
    "entry-encyclopedia": "Encyclopedia entries",
    "entry-dictionary": "Dictionary entries",
    "entry": "Entries",
    "article-magazine": "Magazine articles",
    "article-newspaper": "Newspaper articles",
    "post-weblog": "Blog posts",
    "post": "Posts",
    "webpage": "Web pages",
    "speech": "Talks",
    "event": "Events",
    "interview": "Interviews",
    "dataset": "Datasets",
    "software": "Software",
    "patent": "Patents",
    "standard": "Standards",
    "classic": "Classics",
    "periodical": "Periodicals",
    "pamphlet": "Pamphlets",
    "manuscript": "Manuscripts",
    "document": "Documents",
    "bill": "Bills",
    "legislation": "Legislation",
    "regulation": "Regulations",
    "treaty": "Treaties",
    "legal_case": "Legal cases",
    "hearing": "Hearings",
    "broadcast": "Broadcasts",
    "motion_picture": "Films",
    "song": "Recordings",
    "musical_score": "Scores",
    "performance": "Performances",
    "figure": "Figures",
    "graphic": "Graphics",
    "map": "Maps",
    "personal_communication": "Personal communications",
    "other": "Other",
}
# The words of ours within an entry: labels of links, what a work is when no venue says it, and who else took part.
LABELS: dict[str, str] = {
    "pdf": "PDF",
    "arxiv": "arXiv",
    "doi": "DOI",
    "code": "code",
    "other": "link",
    "preprint": "Preprint",
    "thesis": "Thesis",
    "report": "Report",
    "dataset": "Dataset",
    "software": "Software",
    "patent": "Patent",
    "speech": "Talk",
    "editor": "Edited by",
    "translator": "Translated by",
    "illustrator": "Illustrated by",
    "director": "Directed by",
    "collection-editor": "Series edited by",
}
Link = Literal["pdf", "arxiv", "doi", "code", "other"]


def _one_of(known: Mapping[str, str]) -> AfterValidator:
    def check(name: str) -> str:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            raise ValueError(f"unknown; did you mean {near[0]!r}?" if near else f"unknown; known: {', '.join(known)}")
        return name

    return AfterValidator(check)


def _words(value: Any) -> Any:
    """A list as it is typed after --style: `pdf, doi`."""
    return [word.strip() for word in value.split(",") if word.strip()] if isinstance(value, str) else value


class Choices(Model, defer_build=True):
    """The `[style]` table: how a list looks. Formats that have no such thing take no notice."""

    group_by: Literal["year", "type", "status", "none"] = "year"
    heading_level: Annotated[int, Field(ge=1, le=6)] = 2
    headings: Mapping[Annotated[str, _one_of(HEADINGS)], Text] = Field(
        default_factory=dict, description="other words for headings, by CSL type or status"
    )
    labels: Mapping[Annotated[str, _one_of(LABELS)], Text] = Field(
        default_factory=dict, description="other words for links, kinds of work and roles"
    )
    numbering: Literal["none", "ascending", "descending"] = Field(
        default="none", description='"descending" counts down to [1], as many a CV does'
    )
    first: Literal["title", "authors"] = Field(default="title", description="what an entry begins with")
    links: Annotated[tuple[Link, ...], BeforeValidator(_words)] = Field(
        default=("pdf", "arxiv", "doi", "code", "other"), description="which links are shown, in this order"
    )
    notes: bool = Field(default=True, description='show notes such as "oral" or "best paper"')
    abstracts: bool = Field(default=False, description="show complete abstracts")


class Style(Choices, defer_build=True):
    """What an exporter is told beside the publications: the user's choices, and the names to set off as the owner's."""

    owners: tuple[Name, ...] = ()


class Exporter(Protocol):
    """What a module in this folder gives.

    One whose format cannot say everything also has `doubts(publications, style, written) -> Iterator[Problem]`; it is
    told what `render` gave.
    """

    suffix: str

    def render(self, publications: Sequence[Publication], style: Style) -> str:
        """`publications` as text, in their order, with a final newline; the same bytes for the same publications."""
        ...


def frame(around: Iterable[tuple[str, str]], begin: str, end: str) -> list[str]:
    """What stands between `begin` and `end` around values parted by commas, the values' places, which are odd, empty.

    `around` has what stands before and behind each. Entries of the same fields have one frame, which is made once.
    """
    pieces = [begin]
    for opened, closed in around:
        pieces[-1] += opened
        pieces += ["", f"{closed},"]
    pieces[-1] = pieces[-1].removesuffix(",") + end
    return pieces
