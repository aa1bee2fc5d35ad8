"""How arXiv's API is asked: few requests, whole answers, and nothing in a query that the server misreads.

Query grammar and limits: arXiv API manual 5.1 and arXiv's own source. Nothing here opens a connection: `fetch` does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote_plus

from pubtools.enrichers import Candidate
from pubtools.enrichers._arxiv_feed import SERVICE, Feed, parse
from pubtools.errors import UnexpectedReplyError
from pubtools.fields import identifiers, subjects

URL = "https://export.arxiv.org/api/query"
AUTHOR_URL = "https://arxiv.org/a"

# A batch of titles: as many as one polite GET takes (longer ones meet 414, arxiv.py#15).
TITLES_AT_ONCE = 25
QUERY_BYTES = 3500
# A title of this many bytes is told from all others by its beginning.
PHRASE_BYTES = 1200
IDS_AT_ONCE = 100
# A quoted title seldom matches more than three papers; a batch that does holds a title that many works bear.
RECORDS_A_TITLE = 3
# The server's own default, and the least that is asked for.
FEWEST_RECORDS = 10
RECORDS_AN_AUTHOR = 200


class Api:
    """arXiv's API as a catalogue. `fetch` gives the body of a reply to (address, parameters), or raises."""

    def __init__(
        self, fetch: Callable[[str, Mapping[str, str]], bytes], url: str = URL, author: str | None = None
    ) -> None:
        self._fetch = fetch
        self._url = url
        self._author = author

    def by_ids(self, numbers: Sequence[str]) -> list[Candidate]:
        """The newest versions of these records. What cannot be a number is not sent: one such fails the whole list."""
        known = dict.fromkeys(number for text in numbers if (number := sendable(text)))
        found: list[Candidate] = []
        for batch in _slices(list(known), IDS_AT_ONCE):
            wanted = max(len(batch), FEWEST_RECORDS)
            found += self._page({"id_list": ",".join(batch)}, wanted, whole=True).entries
        return _once(found)

    def by_titles(self, titles: Sequence[str]) -> list[Candidate]:
        """The records that have one of these titles as a phrase in theirs; a title of nothing but TeX is not asked."""
        phrases = dict.fromkeys(phrase for title in titles if (phrase := phrase_of(title)))
        found: list[Candidate] = []
        for batch in _batches(phrases):
            found += self._of_phrases(batch)
        return _once(found)

    def by_author(self, name: str) -> list[Candidate]:
        """The newest records with an author of that name; accents and the order of the words do not matter there.

        Where the owner's author identifier is known, the records of that account instead: no namesake is in them.
        """
        if self._author:
            return self.author_feed(self._author)
        quoted = _bare(name)
        if not quoted:
            return []
        query = {"search_query": f'au:"{quoted}"', "sortBy": "submittedDate", "sortOrder": "descending"}
        return _once(self._page(query, RECORDS_AN_AUTHOR).entries)

    def author_feed(self, author: str) -> list[Candidate]:
        """The records that an author's account owns; `author` is arXiv's `saxe_a_1` or an ORCID.

        Source: https://info.arxiv.org/help/author_identifiers.html; opt-in, so most authors have none.
        """
        if not re.fullmatch(r"[a-z_]+_[a-z]_[0-9]+|(\d{4}-){3}\d{3}[\dX]", author):
            raise UnexpectedReplyError(f"{author!r} is no author identifier of arXiv", service=SERVICE)
        return _once(parse(self._fetch(f"{AUTHOR_URL}/{author}.atom", {})).entries)

    def _of_phrases(self, phrases: Sequence[str]) -> list[Candidate]:
        wanted = max(RECORDS_A_TITLE * len(phrases), FEWEST_RECORDS)
        feed = self._page({"search_query": query_of(phrases)}, wanted)
        if feed.total > wanted and len(phrases) > 1:
            # One title floods the page: the halves find out which, and the other titles are answered in full.
            half = len(phrases) // 2
            return self._of_phrases(phrases[:half]) + self._of_phrases(phrases[half:])
        return feed.entries

    def _page(self, question: Mapping[str, str], wanted: int, *, whole: bool = False) -> Feed:
        """One page of `wanted` records: the default of 10 cuts id_list, too (manual 3.1.1.2)."""
        feed = parse(self._fetch(self._url, {**question, "start": "0", "max_results": str(wanted)}))
        if feed.shown < min(feed.total, wanted) and (whole or feed.total <= wanted):
            # Pages shorter than their own total are long known (arxiv.py #43, #129): what is missing is not absent.
            raise UnexpectedReplyError(f"a page with {feed.shown} of {feed.total} records", service=SERVICE)
        return feed


def sendable(text: str) -> str | None:
    """The bare number that `text` is, if arXiv's server takes it; None for what fails the request or finds nothing.

    The server checks an id as a search but looks it up as typed, so `arXiv:2406.01589` finds nothing.
    """
    identifier = identifiers.arxiv(text)
    if identifier is None:
        return None
    number = identifier.number
    archive, slash, digits = number.rpartition("/")
    if slash:
        return number if archive in subjects.ARCHIVES and 1 <= int(digits[2:4]) <= 12 else None
    # Identifier scheme: four digits until 1412, five since.
    return number if len(number) == (10 if int(number[:2]) >= 15 else 9) else None


def phrase_of(title: str) -> str | None:
    """What of `title` is asked for as a phrase; None when nothing of it can be.

    There are no escapes: a quotation mark would end the phrase and a backslash break the query. Accents stay, for
    the title index has them (JabRef#16772). Of a title with TeX the longest run of words without any is asked.
    """
    words = _bare(title) if re.search(r"[$\\]", title) is None else _longest_run(title)
    while len(quote_plus(words)) > PHRASE_BYTES:
        words = words.rpartition(" ")[0]
    return words if any(character.isalnum() for character in words) else None


def query_of(phrases: Iterable[str]) -> str:
    """The query for any of these phrases; OR alone needs no brackets, whatever way it groups."""
    return " OR ".join(f'ti:"{phrase}"' for phrase in phrases)


# ---------------------------------------------------------------- inside


def _bare(text: str) -> str:
    """`text` without what a quoted phrase cannot hold, composed as arXiv stores it, on one line."""
    composed = unicodedata.normalize("NFC", re.sub(r'["\\\x00-\x1f\x7f]', " ", text))
    return " ".join(re.sub(r"[{}]", "", composed).split())


def _longest_run(title: str) -> str:
    """The longest stretch of words of `title` with no TeX in it; "" when every word has some."""
    runs = [""]
    for word in re.sub(r"\$[^$]*\$", r"\\", title).split():
        if re.search(r"[$\\{}^_]", word):
            runs.append("")
        else:
            runs[-1] += f" {word}"
    return _bare(max(runs, key=len))


def _batches(phrases: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for phrase in phrases:
        longer = [*batch, phrase]
        if batch and (len(longer) > TITLES_AT_ONCE or len(quote_plus(query_of(longer))) > QUERY_BYTES):
            yield batch
            longer = [phrase]
        batch = longer
    if batch:
        yield batch


def _slices(numbers: list[str], size: int) -> Iterator[list[str]]:
    return (numbers[at : at + size] for at in range(0, len(numbers), size))


def _once(found: Iterable[Candidate]) -> list[Candidate]:
    return list({record.locator: record for record in found}.values())
