"""Identifiers and links: bare and canonical inside, wherever and however they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple
from urllib.parse import unquote

from pubtools import patterns
from pubtools.models import ArxivId

# arXiv identifier scheme: YYMM.NNNN (2007-04 to 2014-12), YYMM.NNNNN since, archive/YYMMNNN before.
_ARXIV = patterns.compile(
    r"(?:https?://)?(?:www\.|export\.)?(?:arxiv\.org/(?:abs|pdf|html)/|arxiv:\s*"
    r"|(?:https?://)?(?:dx\.)?(?:doi\.org/)?10\.48550/arxiv\.)?"
    r"(?P<number>\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[a-z]{2})?/\d{7})(?:v(?P<version>[1-9]\d*))?(?:\.pdf)?"
    r"(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE | re.ASCII,
)
_DOI = patterns.compile(
    r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(?P<doi>10\.[0-9]{4,9}/\S*[^\s.,;])[.,;]*", re.IGNORECASE
)
_URL = patterns.compile(r"https?://[^\s/]+\.[^\s/]+(?:/\S*)?", re.IGNORECASE)


def arxiv(text: str) -> ArxivId | None:
    """The arXiv number that `text` wholly is: bare, `arXiv:…`, a link, or arXiv's DOI. None for anything else."""
    text = text.strip()
    if text[:4] == "http" and "arxiv" not in text.lower():
        return None  # as most addresses
    found = _ARXIV.fullmatch(text)
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
    found = _DOI.fullmatch(_decoded(text.strip()))
    return found["doi"].lower() if found else None


def url(text: str) -> str | None:
    """The web address that `text` wholly is, as written; None for any scheme but http and https."""
    stripped = text.strip()
    return stripped if _URL.fullmatch(stripped) else None


def _decoded(text: str) -> str:
    """An address without its percent signs (RFC 3986, 2.1)."""
    return unquote(text) if text[:4].lower() == "http" and "%" in text else text


def is_link(text: str) -> bool:
    """Whether `text` is nothing but an identifier or a web address. A bare number is not: it may be anything."""
    return bool(url(text) or doi(text) or ("arxiv" in text.lower() and arxiv(text)))


def web_address(urls: Sequence[str]) -> str | None:
    """The first of `urls` that a browser opens; none of another scheme, such as `javascript:`."""
    for address in urls:
        if address[:8].lower().startswith(("https://", "http://")):
            return address
    return None


class Found(NamedTuple):
    """An identifier in a text, canonical, and its stretch [start, end) with the label before it ("doi:").

    A "url" is a web address; a DOI or an arXiv number inside one is found as well, over the same stretch.
    """

    kind: Literal["doi", "arxiv", "pmid", "pmcid", "isbn", "issn", "url"]
    value: str
    start: int
    end: int


def find(text: str, breaks: Sequence[int] = ()) -> tuple[Found, ...]:
    """The identifiers and links of `text`, in its order.

    `breaks` are offsets at which lines were joined: an address that ends there in the middle is joined again.
    """
    lower = text.lower()
    if not any(map(lower.__contains__, _SIGNS)):
        return ()
    found: list[Found] = []
    taken = 0
    for label in (_ANY_OR_OLD if _OLD_NUMBER.search(text) else _ANY).finditer(text):
        if label.start() < taken:
            continue
        for one in _read(text, label, breaks):
            found.append(one)
            taken = max(taken, one.end)
    return tuple(found)


def is_cut(line: str) -> bool:
    """Whether `line` ends in the middle of an address or a DOI, surely: "doi: 10.1109/TMI.", "https://arxiv.org/abs/"."""
    if line[-1:] not in _SIGNS_INSIDE:
        return False
    cut = _CUT.search(line[-200:].rpartition(" ")[2])
    return cut is not None and (line[-1] != "." or (cut[0][:3] == "10." and _WHOLE_DOI.match(cut[0]) is None))


def goes_on(line: str, below: str) -> bool:
    """Whether an address or a DOI that ends `line` goes on with `below`, the line after it.

    It does behind a sign that ends no address. A full stop may end it: "10.2307/3263241." goes on only with what is no
    word, no year and no number of a page or an entry.
    """
    if line[-1:] not in _SIGNS_INSIDE or not below or not _REST.match(below):
        return False
    cut = _CUT.search(line[-200:].rpartition(" ")[2])
    if cut is None or line[-1] != ".":
        return cut is not None
    word = below.split(maxsplit=1)[0]
    is_whole = _WHOLE_DOI.match(cut[0]) is not None
    if not any(map(str.isdigit, word)):
        return word[0].islower() and not is_whole
    return not is_whole or _NUMBER_ALONE.fullmatch(word) is None


# ---------------------------------------------------------------- inside

# An address or a DOI that the line's end broke: it stops at a sign that ends no address, or in the middle of one.
_CUT = patterns.compile(r"(?:https?:|10\.|www\.|doi\.org)[^\s]*[/.:_=?&%–-]$|(?:https?:|https?:/|doi\.org/10\.)$", re.I)
_SIGNS_INSIDE = frozenset("/.:_=?&%–-")
_REST = patterns.compile(r"(?!https?:|www\.|doi)[\w/(.%-]")
# With a figure behind the slash a DOI is whole, mostly.
_WHOLE_DOI = patterns.compile(r"10\.\d{4,9}/[^\s\d]*\d")
_NUMBER_ALONE = patterns.compile(r"\(?(?:1[5-9]|20)\d\d[a-z]?\)?[.,;:]*|\d{1,3}|\d{1,2}[.,]")

# Without one of these there is no identifier.
_SIGNS = ("http", "www.", "doi", "10.", "arxiv", "eprint", "e-print", "abs/", "pmid", "pmc", "isbn", "issn", "/0", "/9")
# Where an identifier may begin: cheap to find, and read with care from there.
# (The first letters stand apart, because alternatives in any case are all tried.)
_ADDRESSED = r"[Hh](?i:ttps?[ ]?:[ ]?/[ ]?/)"
_LABELS = (
    r"[Ww](?i:ww\.(?=[\w-]+\.))|[Dd](?i:(?:x\.doi|oi)\.org/|oi\b)|10\.\d{4,9}[ ]?/|[Aa](?i:rxiv\b)|[Ee](?i:-?print\b)"
    r"|abs/(?=\d{4}\.\d)"
    r"|[Pp](?i:m(?:c?id|c\d))|[Ii](?i:sbn|ssn)"
)
_ARCHIVES = (
    r"(?i:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|math(?:\.[A-Z]{2})?|nlin|nucl-(?:ex|th)|physics"
    r"|quant-ph|cs|q-bio|q-alg|alg-geom|dg-ga|solv-int|chao-dyn|funct-an)"
)
_NUMBER = r"/[ ]?\d{7}\b"
_ANY = patterns.compile(rf"(?=[Hh1WwDdAaEePpIi])(?:{_ADDRESSED}|\b(?:{_LABELS}))")
_ANY_OR_OLD = patterns.compile(rf"{_ADDRESSED}|\b(?:{_LABELS}|{_ARCHIVES}[ ]?{_NUMBER})")
_OLD_NUMBER = patterns.compile(_NUMBER)
_DOI_HERE = patterns.compile(
    r"(?:DOI[ ]?:?[ ]?)?(?:https?[ ]?:[ ]?/[ ]?/[ ]?)?(?:(?:dx[ ]?\.[ ]?)?doi\.org[ ]?/[ ]?)?(?:DOI[ ]?[:=]?[ ]?)?"
    r"(10\.[ ]?\d{4,9}(?:\.\d+)?[ ]?/[ ]?(?:[^\s\"<>“”⟨⟩]|<\d+:[^\s<>]{1,24}>)+)",
    re.I,
)
_SHORT_DOI = patterns.compile(
    r"(?:DOI[ ]?:?[ ]?)?(?:https?://)?(?:(?:dx\.)?doi\.org/)?(10/[a-z0-9]{3,12})\b"
    r"|(?:https?://)?doi\.org/([a-z0-9]{3,12})\b(?!/)",
    re.I,
)
_ARXIV_HERE = patterns.compile(
    r"(?:https?://)?(?:www\.|export\.)?(?:e-?prints?[ :]{1,2})?(?:arxiv)?(?:\.org/(?:abs|pdf|html)/|[ ]?(?:e-?prints?"
    r"|preprints?)?[ ]?(?:arXiv)?[ ]?[:.,#/(\[]?[ ]?(?:abs/|no\.? ?)?)"
    r"(\d{4}[ ]?\.[ ]?\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[a-z]{2})?[ ]?/[ ]?\d{7})(?!\d)(v\d+)?(?:\.pdf)?(?:[ ]?\[[\w-]+"
    r"(?:\.[\w-]+)?\])?",
    re.I,
)
_NUMBERED = patterns.compile(
    r"PMID[ ]?:?[ ]?(?P<pmid>\d{4,9})\b|(?:PMCID[ ]?:?[ ]?)?(?P<pmcid>PMC\d{4,9})\b"
    r"|ISBN(?:[- ]?1[03])?[ ]?:?[ ]?(?P<isbn>\d[\dX‐‑–—-]{8,16}|\d[\dX ]{8,16}\d)"
    r"|ISSN(?:[ -]?[LEP])?[ ]?:?[ ]?(?P<issn>\d{4}-\d{3}[\dX])",
    re.I,
)
_KINDS: tuple[Literal["pmid", "pmcid", "isbn", "issn"], ...] = ("pmid", "pmcid", "isbn", "issn")
_ADDRESS = patterns.compile(r"(?:https?[ ]?:[ ]?/[ ]?/[ ]?|www\.)[^\s<>\"“”]+", re.I)
_PUBMED = patterns.compile(r"pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{4,9})\b")
_GOES_ON = patterns.compile(r"[ ]?([^\s<>\"“”]*[\d/_=.-][^\s<>\"“”]*)")
_NUMBER_GOES_ON = patterns.compile(r"(?:(?<=\.) ?| \.)\d[\w()/-]*(?:\. ?\d[\w()/-]*)*")
# What is glued to a DOI and none of it: what else is said in words or in Han, another identifier, the name of a link.
_GLUED = patterns.compile(
    r"\(?[\u200b-\u200f\u2060\ufeff\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]|\([a-z]{4}[^()]*+\)?[.,;]*+$"
    r"|[;,|](?:arxiv|pmc?id|https?|url)\b|[\[(|](?:pdf|html|link|bib|bibtex)\b[\])]?$|\.pdf$",
    re.I,
)
# What publishers' addresses have behind a DOI.
_BEHIND = patterns.compile(
    r"(?:/(?:full|fulltext|abstract|summary|e?pdf|pdfplus|meta|html?|references|citation)|\.(?:pdf|html?|full))+$", re.I
)
_DOI_INSIDE = patterns.compile(r"/(10\.\d{4,9}/[^\s?#&]+)")
_CLOSING = {")": "(", "]": "[", "}": "{", ">": "<"}


def _read(text: str, label: re.Match[str], breaks: Sequence[int]) -> Iterator[Found]:
    """What begins at `label`: one identifier, or an address and the identifier in it."""
    at = label.start()
    head = label[0].lower()
    if head[:2] == "pm" or head[:2] == "is":
        if numbered := _NUMBERED.match(text, at):
            for kind in _KINDS:
                value = re.sub(r"[‐‑–—]", "-", (numbered[kind] or "").replace(" ", "")).upper()
                if value and (kind != "isbn" or _is_isbn(value)):
                    yield Found(kind, value, at, numbered.end())
        return
    if head[:4] != "http" or "doi.org" in text[at : at + 25].replace(" ", ""):
        if whole := _DOI_HERE.match(text, at):
            value, end = _trimmed(text, whole.start(1), whole.end(1), breaks)
            value = re.sub(r"\s", "", value)
            value = unquote(value) if "doi.org" in whole[0].lower() else value
            if parsed := arxiv(value):
                yield Found("arxiv", parsed.number, at, end)
            elif _DOI.fullmatch(value):
                yield Found("doi", value.lower(), at, end)
            return
        if short := _SHORT_DOI.match(text, at):
            yield Found("url", f"https://doi.org/{(short[1] or short[2])}", at, short.end())
            return
    if "arxiv" in text[at : at + 24].lower() or head[:4] in ("epri", "e-pr", "abs/") or head[-1:].isdigit():
        number = _ARXIV_HERE.match(text, at)
        if number and (parsed := arxiv(number[1].replace(" ", "") + (number[2] or ""))):
            yield Found("arxiv", parsed.number + (f"v{parsed.version}" if parsed.version else ""), at, number.end())
            return
    if address := _ADDRESS.match(text, at):
        value, end = _trimmed(text, at, address.end(), breaks)
        value = re.sub(r"\s", "", value)
        value = value if value[:4].lower() == "http" else f"https://{value}"
        if inner := _DOI_INSIDE.search(unquote(value)):
            yield Found("doi", _BEHIND.sub("", inner[1].lower().rstrip("/.,")), at, end)
        if inner := _PUBMED.search(value):
            yield Found("pmid", inner[1], at, end)
        if url(value):
            yield Found("url", value, at, end)


def _trimmed(text: str, start: int, end: int, breaks: Sequence[int]) -> tuple[str, int]:
    """The address at [start, end) without the sentence's punctuation, and with its rest in the next line."""
    value = text[start:end]
    if end in breaks or any(b - 1 == end for b in breaks):
        rest = _GOES_ON.match(text, end)
        if rest and value[-1] in "/-_.=" and not (value[-1] == "." and not rest[1][0].isdigit()):
            value, end = text[start : rest.end()], rest.end()
    # "10.1103/PhysRevLett. 113.091601": what registries give has a digit nearly always.
    if value[:3] == "10." and not re.search(r"/.*\d", value) and (rest := _NUMBER_GOES_ON.match(text, end)):
        value, end = text[start : rest.end()], rest.end()
    if value[:3] == "10." and (glued := _GLUED.search(value)):
        end -= len(value) - glued.start()
        value = value[: glued.start()]
    for label in ("[doi]", "[pii]"):  # as PubMed writes them
        if value.lower().endswith(label):
            value, end = value[: -len(label)], end - len(label)
    while value:
        last = value[-1]
        if last in ".,;:'’”\"*†‡" or (last in _CLOSING and value.count(last) > value.count(_CLOSING[last])):
            value, end = value[:-1], end - 1
        else:
            break
    return value, end


def _is_isbn(digits: str) -> bool:
    """Whether the check digit is right (ISBN users' manual, 7th edition, appendix 1)."""
    bare = digits.replace("-", "")
    if len(bare) == 13 and bare.isdigit():
        return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(bare)) % 10 == 0
    if len(bare) == 10 and bare[:-1].isdigit():
        return sum((10 if digit == "X" else int(digit)) * (10 - place) for place, digit in enumerate(bare)) % 11 == 0
    return False
