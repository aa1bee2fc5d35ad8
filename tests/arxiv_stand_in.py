"""A stand-in for arXiv's `api/query` on this computer: its grammar, its matching, its feeds and its bad days.

What it imitates was read in arXiv's source and manual and in recorded replies (../shared/arxiv_api.md, 1 and 4); where
nothing is known a comment says so. Standard library only.

    with StandIn(seed_records(shared), dialect="now", faults=[status(429, retry_after="3"), None]) as server:
        ...ask server.url; look at server.log

A fault is used up by one request, in the order given; None is a good day, and so is everything after the last.
"""

from __future__ import annotations

import fnmatch
import gzip
import itertools
import json
import re
import socket
import textwrap
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit
from xml.sax.saxutils import escape, quoteattr

Record = dict[str, Any]
Fault = Callable[["Exchange"], None]

DIALECTS = ("old", "2025-11", "now")
LONGEST_URL_BYTES = 8000
MOST_RESULTS = 10_000
CLOCK = "2026-04-12T22:10:26Z"  # a feed's `updated` is of no use to anyone, so it need not move
SORTS = ("relevance", "lastUpdatedDate", "submittedDate")
ORDERS = ("ascending", "descending")


# --- Records ---------------------------------------------------------------------------------------------------------


def record(
    id: str,  # noqa: A002
    title: str,
    authors: Sequence[str],
    published: str,
    *,
    primary: str = "cs.LG",
    categories: Sequence[str] = (),
    version: int = 1,
    updated: str | None = None,
    summary: str = "A sentence of ours, in place of the abstract.",
    doi: Sequence[str] = (),
    journal_ref: str | None = None,
    comment: str | None = None,
) -> Record:
    """A record with every key that the stand-in reads; a date may lack its time."""
    stamped = published if "T" in published else f"{published}T17:00:00Z"
    return {
        "id": id,
        "version": version,
        "title": title,
        "authors": list(authors),
        "published": stamped,
        "updated": updated or stamped,
        "primary": primary,
        "categories": [primary, *(name for name in categories if name != primary)],
        "summary": summary,
        "doi": list(doi),
        "journal_ref": journal_ref,
        "comment": comment,
    }


def seed_records(shared: Path) -> list[Record]:
    """The 22 papers of the two seed pages that arXiv has; what is not known of them is left out."""
    papers = json.loads((shared / "arxiv" / "seed_papers.json").read_text(encoding="utf-8"))
    return [
        record(
            paper["arxiv_id"],
            paper["seed_title"],
            paper["authors"],
            paper["first_submitted"],
            primary=paper["primary_category"],
            # a sentence stands there where the further categories are not known
            categories=paper["other_categories"] if isinstance(paper["other_categories"], list) else (),
            doi=[paper["published_doi"]] if paper["published_doi"] else [],
        )
        for paper in papers
        if paper["arxiv_id"]
    ]


# --- Words ----------------------------------------------------------------------------------------------------------

# The English stop words of Lucene. Each leaves a hole: its place counts, its letters do not.
STOP_WORDS = frozenset(
    "a an and are as at be but by for if in into is it no not of on or such that the their then there these they this"
    " to was will with".split()
)
_WORD = re.compile(r"\w+(?:['’.]\w+)*")


def words(text: str, *, stem: bool = True) -> list[str | None]:
    """The words of a text as `title.english` keeps them, accents and all; None is a stop word's hole."""
    found: list[str | None] = []
    for match in _WORD.finditer(text.lower()):
        word = re.sub(r"['’]s$", "", match[0])
        found.append(None if word in STOP_WORDS else _stem(word) if stem else word)
    return found


def _stem(word: str) -> str:
    """The word without its plural: step 1a of Porter, which is as much as tests may count on."""
    for ending, instead in (("sses", "ss"), ("ies", "i"), ("ss", "ss"), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    return word


def phrase_in(phrase: str, text: str) -> bool:
    """Whether the words of `phrase` stand in `text` in a row; a hole may be any word."""
    wanted = words(phrase)
    while wanted and wanted[0] is None:
        wanted.pop(0)
    while wanted and wanted[-1] is None:
        wanted.pop()
    there = words(text)
    return bool(wanted) and any(
        all(word is None or word == there[start + place] for place, word in enumerate(wanted))
        for start in range(len(there) - len(wanted) + 1)
    )


def _folded(name: str) -> set[str]:
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", name) if not unicodedata.combining(letter))
    return set(re.sub(r"[.,]", "", plain.lower()).split())


# --- Queries --------------------------------------------------------------------------------------------------------


class BadRequestError(Exception):
    """What arXiv answers with status 400; the text is its summary."""


@dataclass(frozen=True)
class Term:
    """One thing to look for in one field."""

    field: str
    text: str

    def matches(self, paper: Record) -> bool:
        return FIELDS[self.field](self.text, paper)

    def score(self, paper: Record) -> int:
        return int(self.matches(paper))


@dataclass(frozen=True)
class Both:
    """Two queries and the operator between them."""

    operator: str
    left: Term | Both
    right: Term | Both

    def matches(self, paper: Record) -> bool:
        left, right = self.left.matches(paper), self.right.matches(paper)
        return {"AND": left and right, "OR": left or right, "ANDNOT": left and not right}[self.operator]

    def score(self, paper: Record) -> int:
        return self.left.score(paper) + self.right.score(paper)


def _author(text: str, paper: Record) -> bool:
    wanted = _folded(text)
    return bool(wanted) and any(wanted <= _folded(author) for author in paper["authors"])


def _category(text: str, paper: Record) -> bool:
    if text.startswith(("*", "?")):
        raise BadRequestError(f"Invalid query string: '{text}'")
    return any(fnmatch.fnmatchcase(name, text) for name in paper["categories"])


def _submitted(text: str, paper: Record) -> bool:
    bounds = re.fullmatch(r"\[\s*(\d{8,14})\s+TO\s+(\d{8,14})\s*\]", text)
    if not bounds:
        raise BadRequestError(f"Invalid query string: '{text}'")
    moment = re.sub(r"\D", "", paper["published"])[:14]
    return bounds[1].ljust(14, "0") <= moment <= bounds[2].ljust(14, "9")


def _anywhere(text: str, paper: Record) -> bool:
    texts = (paper["title"], paper["summary"], paper["comment"] or "", paper["journal_ref"] or "")
    return any(phrase_in(text, there) for there in texts) or _author(text, paper) or text in paper["categories"]


FIELDS: dict[str, Callable[[str, Record], bool]] = {
    "ti": lambda text, paper: phrase_in(text, paper["title"]),
    "au": _author,
    "abs": lambda text, paper: phrase_in(text, paper["summary"]),
    "co": lambda text, paper: phrase_in(text, paper["comment"] or ""),
    "jr": lambda text, paper: phrase_in(text, paper["journal_ref"] or ""),
    "cat": _category,
    "rn": lambda text, paper: False,
    "id": lambda text, paper: text in {paper["id"], f"{paper['id']}v{paper['version']}"},
    "doi": lambda text, paper: text.lower() in {doi.lower() for doi in paper["doi"]},
    "submittedDate": _submitted,
    "all": _anywhere,
}
ALIASES = {"title": "ti", "lastUpdatedDate": "submittedDate"}
_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<open>(?:(?P<group>\w+):)?\()
      | (?P<close>\))
      | (?P<date>(?:submittedDate|lastUpdatedDate):(?P<range>\[[^\]]*\]))
      | (?:(?P<of>\w+):)?"(?P<phrase>[^"]*)"
      | (?P<quote>")
      | (?P<word>[^\s()"]+)""",
    re.VERBOSE,
)
_OPERATORS = {"AND": "AND", "OR": "OR", "ANDNOT": "ANDNOT", "NOT": "ANDNOT"}


def parse_query(query: str) -> Term | Both:
    """The query as arXiv understands it. Raises BadRequestError for what it refuses.

    Operators group to the right and have no precedence; words side by side are joined by OR; there is no escaping.
    """
    tokens = _tokens(query)
    tree, rest = _expression(tokens, 0, "all", query)
    if rest != len(tokens):
        raise BadRequestError(f"Invalid query string: '{query}'")
    return tree


def _tokens(query: str) -> list[tuple[str, str, str | None]]:
    """Kind, text and field of each token; the field None is not given."""
    found: list[tuple[str, str, str | None]] = []
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if match["phrase"] is not None:
            if match["phrase"].endswith("\\"):
                raise BadRequestError(f"Invalid query string: '{query}'")
            found.append(("term", match["phrase"], match["of"]))
        elif match["open"]:
            found.append(("open", "", match["group"]))
        elif match["close"]:
            found.append(("close", "", None))
        elif match["date"]:
            found.append(("term", match["range"], "submittedDate"))
        elif match["word"] in _OPERATORS:
            found.append(("operator", _OPERATORS[match["word"]], None))
        elif match["word"] is not None:
            name, colon, text = match["word"].partition(":")
            known = ALIASES.get(name, name) in FIELDS
            found.append(("term", text if colon and known else match["word"], name if colon and known else None))
        else:
            assert kind in {"space", "quote"}  # a quotation mark without its fellow is dropped
    # fix_author_underscores reads only the first token: elsewhere an underscore is a letter
    if found and found[0][0] == "term" and found[0][2] == "au":
        found[0] = ("term", found[0][1].replace("_", " "), "au")
    return found


def _expression(
    tokens: Sequence[tuple[str, str, str | None]], at: int, default: str, query: str
) -> tuple[Term | Both, int]:
    wrong = BadRequestError(f"Invalid query string: '{query}'")
    if at == len(tokens):
        raise wrong  # nothing, or an operator at the end
    kind, text, name = tokens[at]
    name = ALIASES.get(name or default, name or default)
    if name not in FIELDS:
        name, text = "all", f"{name} {text}"
    if kind == "open":
        left, at = _expression(tokens, at + 1, name, query)
        if at == len(tokens) or tokens[at][0] != "close":
            raise wrong
    elif kind == "term":
        left = Term(name, text)
    else:
        raise wrong
    at += 1
    if at == len(tokens) or tokens[at][0] == "close":
        return left, at
    operator = "OR"
    if tokens[at][0] == "operator":
        operator = tokens[at][1]
        at += 1
    right, at = _expression(tokens, at, default, query)
    return Both(operator, left, right), at


# --- Answers --------------------------------------------------------------------------------------------------------

# The server validates by searching this anywhere in the text, and then asks for the raw text.
_NUMBER = re.compile(r"\d{4}\.\d{4,5}|[a-zA-Z-]+(?:\.[A-Z]{2})?/\d{7}")


@dataclass(frozen=True)
class Found:
    """What a request finds: a page of records, and how many there are in all."""

    records: list[Record]
    total: int
    start: int
    size: int
    unknown: list[str] = field(default_factory=list)


def _whole(form: dict[str, str], name: str, default: int) -> int:
    text = form.get(name) or str(default)
    if not re.fullmatch(r"-?\d+", text):
        raise BadRequestError(f"{name} must be an integer")
    if int(text) < 0:
        raise BadRequestError(f"{name} must be non-negative")
    return int(text)


def search(records: Iterable[Record], form: dict[str, str]) -> Found:
    """What arXiv finds for a request. Raises BadRequestError; ZeroDivisionError stands for its own 500."""
    start, size = _whole(form, "start", 0), _whole(form, "max_results", 10)
    sort, order = form.get("sortBy") or "relevance", form.get("sortOrder") or "descending"
    if sort not in SORTS:
        raise BadRequestError(f"sortBy must be in: {', '.join(SORTS)}")
    if order not in ORDERS:
        raise BadRequestError(f"sortOrder must be in: {', '.join(ORDERS)}")
    query, numbers = form.get("search_query", "").strip(), form.get("id_list", "")
    if not query and not numbers:
        # its wording is not known
        raise BadRequestError("one of search_query and id_list is needed")
    if size == 0 or start + size > MOST_RESULTS:
        raise ZeroDivisionError
    found, unknown = list(records), []
    if numbers:
        found, unknown = _by_numbers(found, numbers.split(","))
    if query:
        tree = parse_query(query)
        found = [paper for paper in found if tree.matches(paper)]
        if sort == "relevance":
            found.sort(key=tree.score, reverse=order == "descending")
    if sort != "relevance":
        key = "updated" if sort == "lastUpdatedDate" else "published"
        found.sort(key=lambda paper: paper[key], reverse=order == "descending")
    return Found(found[start : start + size], len(found), start, size, unknown)


def _by_numbers(records: list[Record], numbers: list[str]) -> tuple[list[Record], list[str]]:
    """The records in the order of the index, not of the numbers; a version asked for is the version given."""
    for number in numbers:
        if not _NUMBER.search(number):
            raise BadRequestError(f"incorrect id format for {number}")
    wanted: dict[str, int | None] = {}
    for number in numbers:
        bare, version = re.fullmatch(r"(.*?)(?:v([1-9]\d*))?", number, re.DOTALL).groups()  # type: ignore[union-attr]
        wanted[bare] = int(version) if version else None
    found = [
        paper | {"version": wanted[paper["id"]] or paper["version"]}
        for paper in sorted(records, key=lambda paper: paper["id"])
        if paper["id"] in wanted and (wanted[paper["id"]] or 1) <= paper["version"]
    ]
    known = {paper["id"] for paper in found}
    return found, [bare for bare in wanted if bare not in known]


ATOM = "http://www.w3.org/2005/Atom"
OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
ARXIV = "http://arxiv.org/schemas/atom"
_NEW_ROOT = f'<feed xmlns:opensearch="{OPENSEARCH}" xmlns:arxiv="{ARXIV}" xmlns="{ATOM}">'


def feed(found: Found, form: dict[str, str], dialect: str) -> str:
    """The feed in the dialect asked for, as the recorded replies of its time look."""
    asked = "&".join(f"{name}={form.get(name, '')}" for name in ("search_query", "id_list"))
    asked += f"&start={found.start}&max_results={found.size}"
    if dialect == "old":
        link = quoteattr("http://arxiv.org/api/query?" + quote_plus(asked))
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<feed xmlns="{ATOM}">',
            f'  <link href={link} rel="self" type="application/atom+xml"/>',
            f'  <title type="html">ArXiv Query: {escape(asked)}</title>',
            "  <id>http://arxiv.org/api/k71NYxj7k/xk5MwRmqt5hdtojp8</id>",
            "  <updated>2026-04-12T00:00:00-04:00</updated>",
            *(
                f'  <opensearch:{name} xmlns:opensearch="{OPENSEARCH}">{value}</opensearch:{name}>'
                for name, value in (
                    ("totalResults", found.total + len(found.unknown)),
                    ("startIndex", found.start),
                    ("itemsPerPage", found.size),
                )
            ),
            *(_old_entry(paper) for paper in found.records),
            *(_old_unknown(number) for number in found.unknown),
        ]
    else:
        lines = [
            "<?xml version='1.0' encoding='UTF-8'?>",
            _NEW_ROOT,
            "  <id>https://arxiv.org/api/OCk8emqg9bln1sH6hyj0cx9HFT0</id>",
            f"  <title>arXiv Query: {escape(asked)}</title>",
            f"  <updated>{CLOCK}</updated>",
            f'  <link href={quoteattr("https://arxiv.org/api/query?" + asked)} type="application/atom+xml"/>',
            f"  <opensearch:itemsPerPage>{found.size}</opensearch:itemsPerPage>",
            f"  <opensearch:totalResults>{found.total}</opensearch:totalResults>",
            f"  <opensearch:startIndex>{found.start}</opensearch:startIndex>",
            *(_new_entry(paper, dialect) for paper in found.records),
        ]
    return "\n".join([*lines, "</feed>", ""])


def _new_entry(paper: Record, dialect: str) -> str:
    number = f"{paper['id']}v{paper['version']}"
    links = (
        ("", "")
        if dialect == "2025-11"
        else (
            ' rel="alternate" type="text/html"',
            ' rel="related" type="application/pdf" title="pdf"',
        )
    )
    lines = [
        "  <entry>",
        f"    <id>http://arxiv.org/abs/{number}</id>",
        f"    <title>{escape(paper['title'])}</title>",
        f"    <updated>{paper['updated']}</updated>",
        f'    <link href="https://arxiv.org/abs/{number}"{links[0]}/>',
        f'    <link href="https://arxiv.org/pdf/{number}"{links[1]}/>',
        f"    <summary>  {escape(paper['summary'])}</summary>",
        *(f'    <category term="{name}" scheme="{ARXIV}"/>' for name in paper["categories"]),
        f"    <published>{paper['published']}</published>",
        *([f"    <arxiv:comment>{escape(paper['comment'])}</arxiv:comment>"] if paper["comment"] else []),
        f'    <arxiv:primary_category term="{paper["primary"]}"/>',
        *(
            [f"    <arxiv:journal_ref>{escape(paper['journal_ref'])}</arxiv:journal_ref>"]
            if paper["journal_ref"]
            else []
        ),
        *(f"    <author>\n      <name>{escape(name)}</name>\n    </author>" for name in paper["authors"]),
    ]
    for doi in paper["doi"]:
        link = f"href={quoteattr('https://doi.org/' + doi)}"
        lines += [
            f"    <arxiv:doi>{escape(doi)}</arxiv:doi>",
            f"    <link {link}/>" if dialect == "2025-11" else f'    <link rel="related" {link} title="doi"/>',
        ]
    return "\n".join([*lines, "  </entry>"])


def _old_entry(paper: Record) -> str:
    number = f"{paper['id']}v{paper['version']}"
    space = f'xmlns:arxiv="{ARXIV}"'
    title = escape("\n  ".join(textwrap.wrap(paper["title"], 75, break_on_hyphens=False)))
    summary = escape("\n".join(textwrap.wrap(paper["summary"], 75, break_on_hyphens=False)))
    lines = [
        "  <entry>",
        f"    <id>http://arxiv.org/abs/{number}</id>",
        f"    <updated>{paper['updated']}</updated>",
        f"    <published>{paper['published']}</published>",
        f"    <title>{title}</title>",
        f"    <summary>  {summary}\n</summary>",
        *(f"    <author>\n      <name>{escape(name)}</name>\n    </author>" for name in paper["authors"]),
    ]
    if paper["doi"]:
        joined = " ".join(paper["doi"])
        lines.append(f"    <arxiv:doi {space}>{escape(joined)}</arxiv:doi>")
        lines += [
            f'    <link title="doi" href={quoteattr("http://dx.doi.org/" + doi)} rel="related"/>'
            for doi in paper["doi"]
        ]
    if paper["comment"]:
        lines.append(f"    <arxiv:comment {space}>{escape(paper['comment'])}</arxiv:comment>")
    if paper["journal_ref"]:
        lines.append(f"    <arxiv:journal_ref {space}>{escape(paper['journal_ref'])}</arxiv:journal_ref>")
    lines += [
        f'    <link href="http://arxiv.org/abs/{number}" rel="alternate" type="text/html"/>',
        f'    <link title="pdf" href="http://arxiv.org/pdf/{number}" rel="related" type="application/pdf"/>',
        f'    <arxiv:primary_category {space} term="{paper["primary"]}" scheme="{ARXIV}"/>',
        *(f'    <category term="{name}" scheme="{ARXIV}"/>' for name in paper["categories"]),
        "  </entry>",
    ]
    return "\n".join(lines)


def _old_unknown(number: str) -> str:
    """The old server gave an entry without title and dates for a number it did not know."""
    return f"  <entry>\n    <id>http://arxiv.org/abs/{escape(number)}</id>\n  </entry>"


def error_feed(message: str, dialect: str) -> str:
    """The feed that comes with status 400."""
    scheme = "http" if dialect == "old" else "https"
    fragment = "" if message.startswith("Invalid query") else "#" + re.sub(r"\W+", "_", message)
    link = escape(f"{scheme}://arxiv.org/api/errors{fragment}")
    return f"""<?xml version='1.0' encoding='UTF-8'?>
{_NEW_ROOT}
  <id>{scheme}://arxiv.org/</id>
  <title>arXiv Search Results</title>
  <updated>{CLOCK}</updated>
  <opensearch:itemsPerPage>1</opensearch:itemsPerPage>
  <opensearch:totalResults>1</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
  <entry>
    <id>{link}</id>
    <title>Error</title>
    <updated>{CLOCK}</updated>
    <link href="{link}" rel="alternate" type="text/html"/>
    <summary>{escape(message)}</summary>
    <author>
      <name>arXiv api core</name>
    </author>
  </entry>
</feed>
"""


# --- The server -----------------------------------------------------------------------------------------------------


@dataclass
class Asked:
    """One request as it came; `began_s` and `ended_s` are of time.monotonic, `concurrent` counts itself."""

    began_s: float
    method: str
    path: str
    query: str
    form: dict[str, str]
    agent: str
    headers: dict[str, str]
    connection: int
    concurrent: int
    ended_s: float = 0.0


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, stand_in: StandIn) -> None:
        self.stand_in = stand_in
        super().__init__(("127.0.0.1", 0), Exchange)

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a client that hangs up is part of the game."""


class StandIn:
    """The server, from `with` to its end. `url` is the address to ask, `log` what was asked."""

    def __init__(
        self, records: Sequence[Record] = (), dialect: str = "now", faults: Sequence[Fault | None] = ()
    ) -> None:
        assert dialect in DIALECTS
        self.records = list(records)
        self.dialect = dialect
        self.faults = list(faults)
        self.log: list[Asked] = []
        self.ending = threading.Event()
        self.lock = threading.Lock()
        self.under_way = 0
        self.sockets: list[socket.socket] = []

    def __enter__(self) -> StandIn:
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ending.set()
        self._server.shutdown()
        self._thread.join()
        for connection in self.sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        self._server.server_close()

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self) -> str:
        """The address of the query."""
        return f"{self.origin}/api/query"

    @property
    def connections(self) -> int:
        """How many connections were made."""
        return len(self.sockets)

    @property
    def gaps_s(self) -> list[float]:
        """The seconds from each request to the next."""
        times = sorted(asked.began_s for asked in self.log)
        return [later - earlier for earlier, later in itertools.pairwise(times)]

    def next_fault(self) -> Fault | None:
        """The fault of this request."""
        with self.lock:
            return self.faults.pop(0) if self.faults else None


class Exchange(BaseHTTPRequestHandler):
    """One connection: what a fault is given to spoil."""

    protocol_version = "HTTP/1.1"
    server: _Server
    form: dict[str, str]
    asked: Asked

    def setup(self) -> None:
        super().setup()
        with self.server.stand_in.lock:
            self.server.stand_in.sockets.append(self.connection)
            self.number = len(self.server.stand_in.sockets)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing: `StandIn.log` is the log."""

    def do_GET(self) -> None:
        self._take("")

    def do_POST(self) -> None:
        self._take(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())

    def _take(self, body: str) -> None:
        stand_in = self.server.stand_in
        parts = urlsplit(self.path)
        self.form = {name: values[-1] for name, values in parse_qs(f"{parts.query}&{body}").items()}
        with stand_in.lock:
            stand_in.under_way += 1
            self.asked = Asked(
                began_s=time.monotonic(),
                method=self.command,
                path=parts.path,
                query=parts.query,
                form=self.form,
                agent=self.headers.get("User-Agent", ""),
                headers=dict(self.headers.items()),
                connection=self.number,
                concurrent=stand_in.under_way,
            )
            stand_in.log.append(self.asked)
        try:
            (stand_in.next_fault() or Exchange.behave)(self)
        finally:
            self._end()

    def _end(self) -> None:
        """Counts the request as answered, once."""
        with self.server.stand_in.lock:
            if not self.asked.ended_s:
                self.asked.ended_s = time.monotonic()
                self.server.stand_in.under_way -= 1

    def behave(self) -> None:
        """Answers as arXiv does on a good day."""
        if len(self.path.encode()) > LONGEST_URL_BYTES:
            self.send(414, b"<html><body><h1>414 Request-URI Too Large</h1></body></html>", "text/html")
        elif urlsplit(self.path).path != "/api/query":
            self.send(404, b"<html><body><h1>404 Not Found</h1></body></html>", "text/html")
        else:
            self.send(*self.answer())

    def answer(self) -> tuple[int, bytes]:
        """Status and body of a good day."""
        stand_in = self.server.stand_in
        try:
            found = search(stand_in.records, self.form)
        except BadRequestError as error:
            return 400, error_feed(str(error), stand_in.dialect).encode()
        except ZeroDivisionError:
            return 500, b"Internal Server Error"
        return 200, feed(found, self.form, stand_in.dialect).encode()

    def send(
        self, status: int, body: bytes, content_type: str = "application/atom+xml; charset=utf-8", **headers: str
    ) -> None:
        """The whole reply; a header's underscores are hyphens."""
        if not body or status != 200:
            self._end()  # nobody needs the body of a refusal: who has its head may ask again at once
        self.head(status, content_type, Content_Length=str(len(body)), **headers)
        if body:
            self.wfile.write(body[:-1])
            self._end()  # before the last byte: who has it may ask again at once
            self.wfile.write(body[-1:])

    def head(self, status: int, content_type: str = "application/atom+xml; charset=utf-8", **headers: str) -> None:
        """The reply's first part."""
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.flush()

    def wait(self, seconds: float) -> bool:
        """Waits; whether the stand-in still stands."""
        return not self.server.stand_in.ending.wait(seconds)


# --- Faults ---------------------------------------------------------------------------------------------------------


def status(code: int, *, retry_after: str | None = None, body: bytes = b"Rate exceeded.") -> Fault:
    """That status with a short text, and Retry-After if given."""
    extra = {} if retry_after is None else {"Retry_After": retry_after}
    return lambda exchange: exchange.send(code, body, "text/plain", **extra)


def says(body: bytes, *, code: int = 200, content_type: str = "application/atom+xml", **headers: str) -> Fault:
    """Those bytes, whatever was asked."""
    return lambda exchange: exchange.send(code, body, content_type, **headers)


def rate_exceeded_with_200(exchange: Exchange) -> None:
    """A refusal that looks like an answer."""
    exchange.send(200, b"Rate exceeded.", "text/plain")


def html_page(exchange: Exchange) -> None:
    """A page for people."""
    exchange.send(200, b"<!DOCTYPE html><html><body><h1>Down for maintenance</h1></body></html>", "text/html")


def slow(seconds: float) -> Fault:
    """The right answer, late."""

    def fault(exchange: Exchange) -> None:
        if exchange.wait(seconds):
            exchange.behave()

    return fault


def drip(pause_s: float, *, announced: bool = True) -> Fault:
    """The right answer, a byte at a time; its size is announced or comes in chunks."""

    def fault(exchange: Exchange) -> None:
        code, body = exchange.answer()
        if announced:
            exchange.head(code, Content_Length=str(len(body)))
        else:
            exchange.head(code, Transfer_Encoding="chunked")
        for byte in body:
            exchange.wfile.write(bytes([byte]) if announced else b"1\r\n%c\r\n" % byte)
            if not exchange.wait(pause_s):
                return

    return fault


def drip_head(pause_s: float) -> Fault:
    """A head that never ends, a byte at a time."""

    def fault(exchange: Exchange) -> None:
        exchange.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        while exchange.wait(pause_s):
            exchange.wfile.write(b"x")

    return fault


def truncated(exchange: Exchange) -> None:
    """The right answer, broken off in the middle."""
    code, body = exchange.answer()
    exchange.head(code, Content_Length=str(len(body)))
    exchange.wfile.write(body[: len(body) // 2])
    exchange.close_connection = True


def malformed(exchange: Exchange) -> None:
    """An answer of the right length that is no XML."""
    code, body = exchange.answer()
    exchange.send(code, body.replace(b"</feed>", b"</fee>"))


def dropped(exchange: Exchange) -> None:
    """No answer: the connection ends."""
    exchange.close_connection = True


def empty_page(exchange: Exchange) -> None:
    """A page without entries that says there are some."""
    found = Found([], 22, 0, 10)
    exchange.send(200, feed(found, exchange.form, exchange.server.stand_in.dialect).encode())


def huge(size: int, *, announced: bool = False) -> Fault:
    """`size` bytes, in pieces."""

    def fault(exchange: Exchange) -> None:
        piece = b" " * 65536
        if announced:
            exchange.head(200, Content_Length=str(size))
        else:
            exchange.head(200, Connection="close")
            exchange.close_connection = True
        for _ in range(size // len(piece) + 1):
            exchange.wfile.write(piece)

    return fault


def gzip_bomb(size: int) -> Fault:
    """`size` spaces packed into a thousandth of that."""
    return says(gzip.compress(b" " * size), Content_Encoding="gzip")


def gzipped(exchange: Exchange) -> None:
    """The right answer, packed."""
    code, body = exchange.answer()
    exchange.send(code, gzip.compress(body), Content_Encoding="gzip")


def entity_bomb(exchange: Exchange) -> None:
    """A feed of a few hundred bytes that a careless reader makes gigabytes of."""
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    kinds = f'<!DOCTYPE feed [<!ENTITY l0 "ha">{levels}]>'
    text = f'<?xml version="1.0"?>{kinds}<feed xmlns="{ATOM}"><title>&l9;</title></feed>'
    exchange.send(200, text.encode())


def external_entity(exchange: Exchange) -> None:
    """A feed that asks its reader to fetch something from here; `log` shows whether it did."""
    text = (
        f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY x SYSTEM "{exchange.server.stand_in.origin}/secret">]>'
        f'<feed xmlns="{ATOM}"><title>&x;</title></feed>'
    )
    exchange.send(200, text.encode())


def redirect(location: str, code: int = 301) -> Fault:
    """The way to somewhere else."""
    return lambda exchange: exchange.send(code, b"", "text/html", Location=location)
