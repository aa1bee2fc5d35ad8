"""arXiv's bulk metadata as a catalogue: the same questions as the API's, answered from a file through an index.

The file is JSON lines as Kaggle's `arxiv-metadata-oai-snapshot.json` has them, plain or compressed. It is read once,
into an SQLite index beside the caches, and again when its size or time changes.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import json
import lzma
import os
import re
import sqlite3
import tempfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import IO, Any, cast

from pubtools.enrichers import Candidate
from pubtools.enrichers._arxiv_entry import Entry, candidate, fold
from pubtools.enrichers._arxiv_tex import decode
from pubtools.errors import ServiceUnavailableError, UnexpectedReplyError
from pubtools.fields import identifiers, letters, names, titles
from pubtools.models import Name

SERVICE = "arXiv records"
# Raise it when the tables or what is folded into them change: older indexes are then built anew.
INDEX_VERSION = 1
# The longest record known is about 100 kB (3,000 authors); what is longer is no record.
MAX_LINE_BYTES = 4_000_000
# Records with two of a title's four longest words in common, the likest first.
NEAR_TITLES = 20
RECORDS_AN_AUTHOR = 200

_COMPRESSED = frozenset({".gz", ".bz2", ".xz"})
_SUFFIX = re.compile(r"[\s,]+(?:jr|sr|ii|iii|iv)\.?$", re.IGNORECASE)
_TABLES = """
    CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT);
    CREATE TABLE records (row INTEGER PRIMARY KEY, number TEXT, title TEXT, place INTEGER, size INTEGER, packed BLOB);
    CREATE VIRTUAL TABLE words USING fts5(title, content='', detail=none, tokenize='unicode61');
    CREATE TABLE authors (family TEXT, initial TEXT, row INTEGER, PRIMARY KEY (family, initial, row)) WITHOUT ROWID;
"""
_INDEXES = """
    CREATE INDEX by_number ON records (number);
    CREATE INDEX by_title ON records (title);
"""


class Records:
    """The records of `path`. The first question builds the index in `index_folder`; later ones only read it.

    `damaged` counts lines that are no records. Raises ServiceUnavailableError where the file cannot be read and
    UnexpectedReplyError where it holds no record or its compression is damaged: half a file would call papers absent
    that it cut off.
    """

    def __init__(self, path: Path, index_folder: Path) -> None:
        self._path = path
        self._folder = index_folder
        self._index: sqlite3.Connection | None = None

    @property
    def damaged(self) -> int:
        """How many lines of the file were skipped because they are no records."""
        return int(self._about("damaged"))

    @property
    def count(self) -> int:
        """How many records the file holds."""
        return int(self._about("count"))

    def by_ids(self, numbers: Sequence[str]) -> list[Candidate]:
        """The records of these numbers; unknown ones are left out."""
        asked = [identifier.number for text in numbers if (identifier := identifiers.arxiv(text))]
        rows = (self._rows("SELECT row FROM records WHERE number = ?", number) for number in dict.fromkeys(asked))
        return self._candidates(row for found in rows for row in found)

    def by_titles(self, wanted: Sequence[str]) -> list[Candidate]:
        """The records with one of these titles, folded, and those that share two of its longest words."""
        rows: dict[int, None] = {}
        for title in wanted:
            folded = titles.fold(title)
            if not folded:
                continue
            rows.update(dict.fromkeys(self._rows("SELECT row FROM records WHERE title = ?", folded)))
            near = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT ?"
            rows.update(dict.fromkeys(self._rows(near, _likely(folded), NEAR_TITLES)))
        return self._candidates(rows)

    def by_author(self, name: str) -> list[Candidate]:
        """The newest records with an author who may be of that name."""
        person = names.parse(fold(name)) if fold(name) else None
        if person is None:
            return []
        family, initial = _shelf(person)
        where = "family = ? AND initial IN (?, '')" if initial else "family = ? AND initial >= ?"
        rows = self._rows(f"SELECT row FROM authors WHERE {where} ORDER BY row DESC LIMIT 2000", family, initial)  # noqa: S608 — two constants
        found = (
            record
            for record in self._candidates(rows)
            if record.facts.authors and any(names.compare(person, one) == "same" for one in record.facts.authors.names)
        )
        newest = sorted(found, key=lambda record: (_day_of(record), record.locator), reverse=True)
        return newest[:RECORDS_AN_AUTHOR]

    def close(self) -> None:
        """Let the index go; the next question opens it again."""
        if self._index:
            self._index.close()
            self._index = None

    def __del__(self) -> None:
        self.close()

    # ------------------------------------------------------------ reading

    def _rows(self, query: str, *values: object) -> list[int]:
        return [row for (row,) in self._asked(query, *values)]

    def _asked(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        try:
            return self._opened().execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise _unusable(self._path, error) from error

    def _about(self, key: str) -> str:
        return str(self._asked("SELECT value FROM about WHERE key = ?", key)[0][0])

    def _candidates(self, rows: Iterable[int]) -> list[Candidate]:
        """The candidates of these rows; a number that is listed twice counts as its last record says it."""
        found: dict[str, Candidate] = {}
        places = [
            self._asked("SELECT place, size, packed FROM records WHERE row = ?", row)[0] for row in sorted(set(rows))
        ]
        try:
            with self._path.open("rb") as stream:
                for place, size, packed in places:
                    line = zlib.decompress(packed) if packed is not None else _cut(stream, place, size)
                    if record := read(line):
                        found[record.facts.arxiv.number if record.facts.arxiv else record.locator] = record
        except OSError as error:
            raise _unreadable(self._path, error) from error
        return list(found.values())

    # ------------------------------------------------------------ the index

    def _opened(self) -> sqlite3.Connection:
        if self._index is None:
            try:
                stamp = _stamp(self._path)
            except OSError as error:
                raise _unreadable(self._path, error) from error
            name = hashlib.sha256(os.path.abspath(self._path).encode("utf-8", "surrogateescape")).hexdigest()[:16]
            index = self._folder / f"arxiv-records-{name}.sqlite"
            try:
                self._index = _fitting(index, stamp) or self._built(index, stamp)
            except sqlite3.Error as error:
                raise _unusable(self._path, error) from error
        return self._index

    def _built(self, index: Path, stamp: str) -> sqlite3.Connection:
        """The index, built beside its place and moved there when it is whole."""
        draft: str | None = None
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, draft = tempfile.mkstemp(prefix=index.stem, suffix=".draft", dir=self._folder)
            os.close(handle)
            with closing(sqlite3.connect(draft)) as connection:
                _fill(connection, self._path, stamp)
            os.replace(draft, index)
            draft = None
        except (EOFError, lzma.LZMAError, zlib.error, gzip.BadGzipFile) as error:
            message = f"{self._path.name} is damaged or cut: {error}"
            raise UnexpectedReplyError(message, service=SERVICE) from error
        except OSError as error:
            raise _unreadable(self._path, error) from error
        finally:
            if draft:
                os.unlink(draft)
        return sqlite3.connect(index)


def read(line: bytes) -> Candidate | None:
    """The record that a line of the file is; None for a damaged one.

    Fields as Kaggle names them (`authors_parsed`, `journal-ref`, `versions`, …); of simpler dumps `created`,
    `updated`, `cats`, and `authors` as a list.
    """
    try:
        row = json.loads(line)
        return candidate(_entry(row)) if isinstance(row, dict) else None
    except (ValueError, RecursionError, TypeError, AttributeError, IndexError):
        return None


# ---------------------------------------------------------------- inside


def _entry(row: Mapping[str, Any]) -> Entry:
    versions = [version for version in row.get("versions") or () if isinstance(version, dict)]
    first, last = (versions[0], versions[-1]) if versions else ({}, {})
    number = _text(row, "id")
    latest = str(last.get("version") or "")
    published = str(first.get("created") or "") or _text(row, "created")
    return Entry(
        id=number + latest if latest.startswith("v") and number[-3:].find("v") < 0 else number,
        title=decode(_text(row, "title")),
        authors=tuple(_authors(row)),
        published=published,
        # `update_date` is the day of the last change of the metadata, not of the paper (OAI-PMH datestamp).
        updated=str(last.get("created") or "") or _text(row, "updated") or published,
        dois=(_text(row, "doi"),),
        categories=[_text(row, "primary"), *_words(row.get("categories") or row.get("cats"))],
        abstract=decode(_text(row, "abstract")),
        comment=decode(_text(row, "comments")),
        journal_ref=decode(_text(row, "journal-ref") or _text(row, "journal_ref")),
    )


def _text(row: Mapping[str, Any], field: str) -> str:
    value = row.get(field)
    return value if isinstance(value, str) else ""


def _words(value: object) -> list[str]:
    """Categories as a list, or as text with spaces or commas between them; the primary one is first."""
    if isinstance(value, str):
        return value.replace(",", " ").split()
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def _authors(row: Mapping[str, Any]) -> Iterator[Name]:
    parsed = row.get("authors_parsed")
    if isinstance(parsed, list) and parsed:
        for parts in parsed:
            last, first, suffix = (fold(decode(str(part or ""))) for part in [*parts, "", "", ""][:3])
            if last:
                yield _split(last, first, suffix)
        return
    said = row.get("authors")
    if isinstance(said, list):
        yield from (names.parse(text) for text in (fold(decode(str(one))) for one in said) if text)
    elif isinstance(said, str) and (listed := names.parse_list(fold(decode(said)))):
        yield from listed.names


def _split(last: str, first: str, suffix: str) -> Name:
    """A name in the parts that arXiv's own rule gives (`keyname`, `forenames`, `suffix`); a group is not split."""
    literal = " ".join(filter(None, (first, last, suffix)))
    if names.parse(literal).family is None or not first:
        return Name(literal=literal)
    comma = names.parse(", ".join(filter(None, (last, suffix, first))))
    if comma.family is None:
        return names.parse(literal)
    return comma.model_copy(update={"literal": literal, "split_by": "source"})


def _day_of(record: Candidate) -> tuple[int, ...]:
    return record.facts.date.parts if record.facts.date else ()


def _shelf(name: Name) -> tuple[str, str]:
    """The last word of the family name, folded, and the initial of the first given one: where an author stands."""
    family = letters.fold(name.family or name.literal).split()
    given = letters.fold(name.given or "")
    return (family[-1] if family else "", given[:1])


def _glance(line: bytes) -> tuple[str, str, set[tuple[str, str]]] | None:
    """What the index needs of a line: number, folded title and the shelves of its authors; None for a damaged one.

    A whole reading takes five times as long, which for all of arXiv is half an hour.
    """
    try:
        row = json.loads(line)
        identifier = identifiers.arxiv(fold(_text(row, "id")))
        title = fold(_text(row, "title"))
        pieces = list(_author_texts(row))
    except (ValueError, RecursionError, TypeError, AttributeError):
        return None
    if identifier is None or not title:
        return None
    shelves = {(words[-1], words[0][:1]) for piece in pieces if (words := letters.fold(decode(piece)).split())}
    return identifier.number, titles.fold(decode(title)), shelves


def _author_texts(row: Mapping[str, Any]) -> Iterator[str]:
    """The authors roughly, given name first and without a suffix: enough to shelve them."""
    parsed, said = row.get("authors_parsed"), row.get("authors")
    if isinstance(parsed, list) and parsed:
        yield from (" ".join(str(part or "") for part in parts[1::-1]) for parts in parsed)
    elif isinstance(said, (list, str)):
        for piece in re.split(r",| and ", said) if isinstance(said, str) else said:
            yield _SUFFIX.sub("", str(piece))


def _likely(folded: str) -> str:
    """An FTS5 question for titles with two of the four longest words; one of a title that has no more."""
    words = sorted(set(folded.split()), key=lambda word: (-len(word), word))[:4]
    quoted = [f'"{word}"' for word in words]
    if len(quoted) == 1:
        return quoted[0]
    pairs = (f"({one} AND {other})" for at, one in enumerate(quoted) for other in quoted[at + 1 :])
    return " OR ".join(pairs)


def _stamp(path: Path) -> str:
    state = path.stat()
    return f"{INDEX_VERSION} {state.st_size} {state.st_mtime_ns}"


def _fitting(index: Path, stamp: str) -> sqlite3.Connection | None:
    """The index that is there, if it is whole and of this very file."""
    if not index.is_file():
        return None
    connection = sqlite3.connect(index)
    try:
        found = connection.execute("SELECT value FROM about WHERE key = 'stamp'").fetchone()
    except sqlite3.DatabaseError:
        found = None
    if found and found[0] == stamp:
        return connection
    connection.close()
    return None


def _fill(connection: sqlite3.Connection, path: Path, stamp: str) -> None:
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
    packed = path.suffix.lower() in _COMPRESSED
    damaged = count = 0
    with opened(path) as stream:
        for place, line in _lines(stream):
            if not line.strip():
                continue
            seen = _glance(line)
            if seen is None:
                damaged += 1
                continue
            number, title, shelves = seen
            count += 1
            # A plain file is its own store; in a compressed one there is no going to a place.
            body = zlib.compress(line, 1) if packed else None
            row = (count, number, title, place, len(line), body)
            connection.execute("INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)", row)
            connection.execute("INSERT INTO words (rowid, title) VALUES (?, ?)", (count, title))
            connection.executemany(
                "INSERT INTO authors VALUES (?, ?, ?)", [(family, initial, count) for family, initial in shelves]
            )
    if not count:
        raise UnexpectedReplyError(f"{path.name} holds no record of arXiv's", service=SERVICE)
    connection.executescript(_INDEXES)
    about = {"stamp": stamp, "count": str(count), "damaged": str(damaged)}
    connection.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    connection.commit()


def _lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Each line and where it begins; what is longer than a record gives one damaged line and is never held whole."""
    place = 0
    while line := stream.readline(MAX_LINE_BYTES):
        start, length = place, len(line)
        if not line.endswith(b"\n") and length == MAX_LINE_BYTES:
            while (more := stream.readline(MAX_LINE_BYTES)) and not more.endswith(b"\n"):
                length += len(more)
            length += len(more)
            line = b"too long"
        place += length
        yield start, line


def opened(path: Path) -> IO[bytes]:
    """The file's text as bytes, taken out of its compression."""
    match path.suffix.lower():
        case ".gz":
            return cast(IO[bytes], gzip.open(path, "rb"))
        case ".bz2":
            return bz2.open(path, "rb")
        case ".xz":
            return lzma.open(path, "rb")
    return path.open("rb")


def _cut(stream: IO[bytes], place: int, size: int) -> bytes:
    stream.seek(place)
    return stream.read(size)


def _unusable(path: Path, error: sqlite3.Error) -> ServiceUnavailableError:
    return ServiceUnavailableError(f"the index of {path.name} cannot be used: {error}", service=SERVICE)


def _unreadable(path: Path, error: OSError) -> ServiceUnavailableError:
    message = f"{path.name} cannot be read: {error.strerror or error}"
    return ServiceUnavailableError(message, service=SERVICE, hint="check --arxiv-records")
