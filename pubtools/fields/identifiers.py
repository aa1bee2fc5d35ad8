"""Identifiers and links: bare and canonical inside, wherever and however they were written."""

from __future__ import annotations

import re

from pubtools.models import ArxivId

# arXiv identifier scheme: YYMM.NNNN (2007-04 to 2014-12), YYMM.NNNNN since, archive/YYMMNNN before.
_ARXIV = re.compile(
    r"(?:https?://)?(?:www\.|export\.)?(?:arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*|(?:https?://)?(?:dx\.)?(?:doi\.org/)?10\.48550/arxiv\.)?"
    r"(?P<number>\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[a-z]{2})?/\d{7})(?:v(?P<version>[1-9]\d*))?(?:\.pdf)?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE | re.ASCII,
)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<doi>10\.[0-9]{4,9}/\S*[^\s.,;])[.,;]*", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?", re.IGNORECASE)


def arxiv(text: str) -> ArxivId | None:
    """The arXiv number that `text` wholly is: bare, `arXiv:…`, a link, or arXiv's DOI. None for anything else."""
    found = _ARXIV.fullmatch(text.strip())
    if not found:
        return None
    archive, slash, digits = found["number"].rpartition("/")
    if not 1 <= int(digits[2:4]) <= 12:
        return None
    # math.AG/0309136 and math/0309136 are one paper; arXiv's own form is the latter.
    number = archive.partition(".")[0].lower() + slash + digits
    return ArxivId(number=number, version=int(found["version"]) if found["version"] else None)


def doi(text: str) -> str | None:
    """The DOI that `text` wholly is, bare and in lower case (DOI handbook 2.4: case does not matter)."""
    found = _DOI.fullmatch(text.strip())
    return found["doi"].lower() if found else None


def url(text: str) -> str | None:
    """The web address that `text` wholly is, as written; None for any scheme but http and https."""
    stripped = text.strip()
    return stripped if _URL.fullmatch(stripped) else None


def is_link(text: str) -> bool:
    """Whether `text` is nothing but an identifier or a web address. A bare number is not: it may be anything."""
    return bool(url(text) or doi(text) or ("arxiv" in text.lower() and arxiv(text)))
