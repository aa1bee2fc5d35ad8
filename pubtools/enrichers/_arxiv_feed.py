"""What a reply of arXiv's API says: an Atom feed in any of its dialects, or no answer at all.

The API was replaced in November 2025, so elements are known by namespace and local name alone; prefixes, order,
attributes of links and white space differ between dialects. No link of a feed is taken over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from pubtools.enrichers import Candidate
from pubtools.enrichers._arxiv_entry import Entry, candidate, fold
from pubtools.errors import UnexpectedReplyError
from pubtools.fields import names
from pubtools.models import Name

SERVICE = "arXiv"
# 2,000 records, the most that the manual allows in one slice, take about 5 MB.
MAX_BYTES = 32_000_000
# feed, entry, author, name: a reply that nests deeper than twice that is none of arXiv's.
MAX_DEPTH = 8

_ATOM = "http://www.w3.org/2005/Atom"
_ARXIV = "http://arxiv.org/schemas/atom"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_FEED, _ENTRY, _AUTHOR, _NAME = (f"{_ATOM} {local}" for local in ("feed", "entry", "author", "name"))
_TOTAL = f"{_OPENSEARCH} totalResults"
# What is read of an entry, by the name it goes under here.
_TEXTS = {
    f"{_ATOM} id": "id",
    f"{_ATOM} title": "title",
    f"{_ATOM} summary": "abstract",
    f"{_ATOM} published": "published",
    f"{_ATOM} updated": "updated",
    f"{_ARXIV} comment": "comment",
    f"{_ARXIV} journal_ref": "journal_ref",
    f"{_ARXIV} doi": "doi",
}
_TERMS = {f"{_ATOM} category": "category", f"{_ARXIV} primary_category": "primary"}

# What XML 1.0 forbids although abstracts have held it: raw, and as a character reference.
_FORBIDDEN = bytes(range(0x20)).translate(None, b"\t\n\r")
_FORBIDDEN_REFERENCE = re.compile(rb"&#(?:0*(?:\d|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
_SPACE_REFERENCES = re.compile(rb"&#(?:0*9|0*10|0*13|[xX]0*[9aAdD]);")


@dataclass(frozen=True, slots=True)
class Feed:
    """A page of an answer. `total` counts all records that there are, `shown` the entries on this page.

    An entry that is no record of a paper (an unknown id in old feeds) is shown but not among `entries`.
    """

    entries: list[Candidate]
    total: int
    shown: int


def parse(body: bytes) -> Feed:
    """The feed that `body` is. Its status and content type are no proof, so they are not asked for.

    Raises UnexpectedReplyError for everything that is no answer: no Atom feed, malformed or cut XML, a document type
    (the door of entity bombs), an error entry, and an empty page of a list that is not empty.
    """
    if len(body) > MAX_BYTES:
        raise _unexpected(f"a reply of {len(body)} bytes is too long to be an answer")
    if not body.strip():
        raise _unexpected("an empty reply")
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.EntityDeclHandler = _refuse_doctype
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(_repaired(body), True)
    except expat.ExpatError as error:
        if not reader.rooted:
            raise _not_a_feed(body) from error
        raise _unexpected(f"the feed is malformed or cut: {error}") from error
    except (LookupError, ValueError) as error:  # an encoding that nobody knows
        raise _unexpected(f"the reply cannot be read: {error}") from error
    if not reader.rooted:
        raise _not_a_feed(body)
    return _feed(reader)


# ---------------------------------------------------------------- inside


class _Reader:
    """Collects the strings of the entries; everything else goes by."""

    def __init__(self) -> None:
        self.rooted = False
        self.total: str | None = None
        self.entries: list[defaultdict[str, list[str]]] = []
        self._path: list[str] = []
        self._text: list[str] | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        if len(self._path) > MAX_DEPTH:
            raise _unexpected("the feed is nested too deeply")
        if len(self._path) == 1:
            if name != _FEED:
                raise _unexpected(f"the reply is no Atom feed but <{_local(name)}>")
            self.rooted = True
        elif self._path == [_FEED, _ENTRY]:
            self.entries.append(defaultdict(list))
        elif self._path[:2] == [_FEED, _ENTRY] and len(self._path) == 3 and name in _TERMS:
            self.entries[-1][_TERMS[name]].append(attributes.get("term", ""))
        if self._reads() is not None:
            self._text = []

    def characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, _name: str) -> None:
        keep = self._reads()
        if keep is not None and self._text is not None:
            keep("".join(self._text))
            self._text = None
        self._path.pop()

    def _reads(self) -> Callable[[str], None] | None:
        """Where the text of the element that the path ends in goes; None when it is not read."""
        match self._path:
            case [_, element] if element == _TOTAL:
                return self._set_total
            case [_, entry, element] if entry == _ENTRY and element in _TEXTS:
                return self.entries[-1][_TEXTS[element]].append
            case [_, entry, author, element] if (entry, author, element) == (_ENTRY, _AUTHOR, _NAME):
                return self.entries[-1]["author"].append
        return None

    def _set_total(self, text: str) -> None:
        self.total = text.strip()


def _feed(reader: _Reader) -> Feed:
    shown = len(reader.entries)
    total = int(reader.total) if reader.total and re.fullmatch(r"[0-9]{1,9}", reader.total) else None
    for entry in reader.entries:
        if "/api/errors" in "".join(entry["id"]):  # whatever the status was
            raise _unexpected(f"arXiv refused the question: {fold(' '.join(entry['abstract'])) or 'no reason given'}")
    if shown == 0 and total:
        raise _unexpected(f"an empty page, although it speaks of {total} records")
    # Only the feeds of authors have no total, and one kind of them holds all names in one element.
    found = [candidate(_entry(entry, names_in_one=reader.total is None)) for entry in reader.entries]
    return Feed([record for record in found if record], shown if total is None else total, shown)


def _entry(said: defaultdict[str, list[str]], *, names_in_one: bool) -> Entry:
    first = {field: (texts or [""])[0] for field, texts in ((field, said[field]) for field in _TEXTS.values())}
    return Entry(
        id=first["id"],
        title=first["title"],
        authors=_authors(said["author"], names_in_one=names_in_one),
        published=first["published"],
        updated=first["updated"],
        dois=said["doi"],
        categories=[*said["primary"], *said["category"]],
        abstract=first["abstract"],
        comment=first["comment"],
        journal_ref=first["journal_ref"],
    )


def _authors(texts: list[str], *, names_in_one: bool) -> tuple[Name, ...]:
    """The authors in the order given: "First Last", or a collaboration. A lone colon between them is none."""
    folded = [text for text in map(fold, texts) if any(character.isalnum() for character in text)]
    if names_in_one and len(folded) == 1 and (listed := names.parse_list(folded[0])):
        return listed.names
    return tuple(names.parse(text) for text in folded)


def _repaired(body: bytes) -> bytes:
    """`body` without the control characters that XML forbids: one of them in one abstract should not cost the rest."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in body[:4]:
        return body  # UTF-16 and UTF-32 need those bytes; expat judges
    return _FORBIDDEN_REFERENCE.sub(
        lambda found: found[0] if _SPACE_REFERENCES.fullmatch(found[0]) else b" ",
        body.translate(bytes.maketrans(_FORBIDDEN, b" " * len(_FORBIDDEN))),
    )


def _refuse_doctype(*_: object) -> None:
    raise _unexpected("the reply declares a document type or entities; a feed of arXiv has none")


def _not_a_feed(body: bytes) -> UnexpectedReplyError:
    start = fold(body[:200].decode("utf-8", errors="replace"))
    return _unexpected(f"the reply is no feed: {start[:60]!r}")


def _local(name: str) -> str:
    return fold(name.rpartition(" ")[2])[:40]


def _unexpected(reason: str) -> UnexpectedReplyError:
    return UnexpectedReplyError(reason, service=SERVICE)
