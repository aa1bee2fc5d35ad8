"""BibTeX and BibLaTeX: is it a .bib file? What reads one is imported when there is one: every page is asked about."""

from __future__ import annotations

from pubtools import patterns
from pubtools.importers import Import
from pubtools.models import Source

_SUFFIXES = (".bib", ".bibtex", ".biblatex")
_BEGINS = patterns.compile(r"\s*+(?:%[^\n]*+\n\s*+)*+@[ \t]*+[A-Za-z]++\s*+[{(]")


def fits(text: str, name: str) -> bool:
    """Whether `text` is a .bib file: by the suffix of `name`, or because it begins with an entry."""
    return name.lower().endswith(_SUFFIXES) or _BEGINS.match(text) is not None


def read(text: str, source: Source) -> Import:
    """The works in `text`, and what is wrong in it, see `_bibtex_entries`. Raises InputError without any BibTeX."""
    from pubtools.importers import _bibtex_entries

    return _bibtex_entries.read(text, source)
