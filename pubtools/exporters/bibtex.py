"""BibTeX for every style there is: ASCII, accents as LaTeX, the capitals that matter protected, URLs untouched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubtools import latex
from pubtools.exporters import Style, _bib
from pubtools.models import Kind, PartialDate, Publication
from pubtools.problems import Problem

suffix = ".bib"

# What each kind is in BibTeX; a kind that is not here, or unknown, is @misc. There is no @online and no @software.
TYPES: dict[Kind, tuple[str, ...]] = {
    "article-journal": ("article",),
    "article-magazine": ("article",),
    "article-newspaper": ("article",),
    "book": ("book",),
    "chapter": ("incollection",),
    "entry-dictionary": ("incollection",),
    "entry-encyclopedia": ("incollection",),
    "manuscript": ("unpublished",),
    "pamphlet": ("booklet",),
    "paper-conference": ("inproceedings",),
    "report": ("techreport",),
    "thesis": ("phdthesis",),
}
# Types that only come from a file which has them.
OTHER_TYPES = ("inbook", "manual", "mastersthesis", "misc", "proceedings")
# What plain.bst warns about when it is missing, beside the title; an entry without it is written as @misc.
REQUIRED = _bib.demands(
    {
        "article": "author venue year",
        "book": "author|editor venue|publisher year",
        "inbook": "author|editor publisher year chapter|pages",
        "incollection": "author venue publisher year",
        "inproceedings": "author venue year",
        "mastersthesis": "author venue year",
        "phdthesis": "author venue year",
        "proceedings": "year",
        "techreport": "author venue year",
        "unpublished": "author note",
    }
)
# To the styles these have a volume or a number, and a number only in a series; an article's needs a volume.
_IN_SERIES = frozenset({"book", "inbook", "incollection", "inproceedings", "proceedings"})


def render(publications: Sequence[Publication], style: Style) -> str:
    """`publications` as BibTeX entries with a blank line between them; nothing for none."""
    return _bib.render(publications, style, _FLAVOUR)


def doubts(publications: Sequence[Publication], style: Style, written: str) -> Iterator[Problem]:
    """What `render`, which gave `written`, cannot say in ASCII: a problem for each publication with such characters."""
    if written.isascii():
        return
    for publication in publications:
        if not (entry := _bib.entry(publication, style, _FLAVOUR)).isascii():
            unmapped = " ".join(latex.unmapped(entry))
            message = f"{publication.key}: written as they are, for BibTeX and pdflatex have none: {unmapped}"
            yield Problem("X32", message)


# ---------------------------------------------------------------- inside


def _date(date: PartialDate) -> dict[str, str]:
    fields = {"year": str(date.year)}
    if date.month:
        fields["month"] = _bib.MONTHS[date.month - 1]
    return fields


def _finish(entry_type: str, fields: dict[str, str]) -> None:
    """What keeps the styles from complaining."""
    if "author" not in fields and not (entry_type == "book" and "editor" in fields):
        fields["key"] = fields["title"]
    if entry_type in ("book", "inbook") and "author" in fields and "editor" in fields:
        fields["editora"] = fields.pop("editor")  # biblatex's field for a second role; styles know one of the two
    if "number" in fields and (
        (entry_type == "article" and "volume" not in fields)
        or (entry_type in _IN_SERIES and ("volume" in fields or "series" not in fields))
    ):
        fields["seriesnumber" if "series" in fields else "issue"] = fields.pop("number")


_FLAVOUR = _bib.Flavour(
    utf8=False,
    types=TYPES,
    known=frozenset({*OTHER_TYPES, *(name for names in TYPES.values() for name in names)}),
    required=REQUIRED,
    venues={
        **_bib.VENUES,
        "article": "journal",
        "phdthesis": "school",
        "mastersthesis": "school",
        "techreport": "institution",
    },
    fields={
        "location": "address",
        "annotation": "annote",
        "eprinttype": "archiveprefix",
        "eprintclass": "primaryclass",
    },
    arxiv="arXiv",
    foreign=frozenset({"date"}),
    date=_date,
    finish=_finish,
)
