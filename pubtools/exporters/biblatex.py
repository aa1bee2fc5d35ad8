"""BibLaTeX for biber: UTF-8, its own types, dates and fields; what LaTeX would read as code is escaped."""

from __future__ import annotations

from collections.abc import Sequence

from pubtools.exporters import Style, _bib
from pubtools.models import Kind, PartialDate, Publication

suffix = ".bib"

# What each kind is in biblatex, the type that says most first; a kind that is not here, or unknown, is @misc.
TYPES: dict[Kind, tuple[str, ...]] = {
    "article-journal": ("article",),
    "article-magazine": ("article",),
    "article-newspaper": ("article",),
    "book": ("book", "collection"),
    "chapter": ("incollection", "inbook"),
    "dataset": ("dataset",),
    "entry-dictionary": ("incollection", "inbook"),
    "entry-encyclopedia": ("inreference", "inbook"),
    "manuscript": ("unpublished",),
    "pamphlet": ("booklet",),
    "paper-conference": ("inproceedings",),
    "patent": ("patent",),
    "periodical": ("periodical",),
    "post": ("online",),
    "post-weblog": ("online",),
    "preprint": ("online",),
    "report": ("report",),
    "software": ("software",),
    "thesis": ("thesis",),
    "webpage": ("online",),
}
# Types that only come from a file which has them. @movie, @music and their like have no fields in biber's data model.
OTHER_TYPES = (
    "bookinbook", "manual", "mastersthesis", "misc", "mvbook", "mvcollection", "mvproceedings", "mvreference",
    "proceedings", "reference", "suppbook", "suppcollection",
)  # fmt: skip
# What biber's data model asks for beside the title and the date; an entry without it is written as @misc.
REQUIRED = _bib.demands(
    {
        **dict.fromkeys(("article", "inproceedings", "inbook", "bookinbook", "suppbook"), "author venue"),
        **dict.fromkeys(("incollection", "suppcollection", "inreference"), "author editor venue"),
        **dict.fromkeys(("book", "mvbook", "unpublished"), "author"),
        **dict.fromkeys(("collection", "mvcollection", "reference", "mvreference", "periodical"), "editor"),
        **dict.fromkeys(("thesis", "mastersthesis", "report"), "author venue"),
        "booklet": "author|editor",
        "online": "link",
        "patent": "author number",
    }
)


def render(publications: Sequence[Publication], style: Style) -> str:
    """`publications` as BibLaTeX entries with a blank line between them; nothing for none."""
    return _bib.render(publications, style, _FLAVOUR)


# ---------------------------------------------------------------- inside


def _date(date: PartialDate) -> dict[str, str]:
    return {"date": "-".join(f"{part:02}" for part in date.parts)}


_FLAVOUR = _bib.Flavour(
    utf8=True,
    types=TYPES,
    known=frozenset({*OTHER_TYPES, *(name for names in TYPES.values() for name in names)}),
    required=REQUIRED,
    venues=_bib.VENUES,
    fields={},
    arxiv="arxiv",
    foreign=frozenset({"year", "month"}),
    date=_date,
    finish=None,
)
