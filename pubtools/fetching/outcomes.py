"""What becomes of one request, and what a status or a broken connection means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from pubtools.errors import EnrichmentError, ServiceUnavailableError, UnexpectedReplyError


@dataclass(frozen=True, slots=True)
class Answer:
    """The body of an answer that is worth reading."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A redirect; `location` as the service wrote it."""

    location: str | None


@dataclass(frozen=True, slots=True)
class Failure:
    """No answer: the error it is, unless asking again helps: at most `again` times, after `pause_s`."""

    kind: type[EnrichmentError]
    reason: str
    again: int = 0
    pause_s: float = 0.0


Outcome = Answer | Elsewhere | Failure

# arXiv answers a wrong question with 400 and a feed that says what is wrong; the reader of feeds judges it.
ANSWERS = {200, 400}
REDIRECTS = {301, 302, 303, 307, 308}
# These came with status 200 as well (openags/paper-search-mcp #81); it is a 429 by another name.
REFUSALS = (b"Rate exceeded.",)

TOO_MANY = Failure(ServiceUnavailableError, "it has too many requests at the moment", again=2)
_FAILED = Failure(ServiceUnavailableError, "it failed inside", again=1)
STATUSES = {
    # robots.txt of arXiv: who goes on after a 403 is taken for an attacker
    403: Failure(ServiceUnavailableError, "it refuses us"),
    404: Failure(UnexpectedReplyError, "there is nothing at this address"),
    414: Failure(UnexpectedReplyError, "the request is too long for it"),
    429: TOO_MANY,
    500: _FAILED,
    502: _FAILED,
    503: Failure(ServiceUnavailableError, "it is not available at the moment", again=2),
    504: _FAILED,
}
_OTHER_STATUS = Failure(UnexpectedReplyError, "it gives an answer that we do not understand")

CUT = Failure(UnexpectedReplyError, "its answer is cut short", again=1)
# Exceptions of requests, urllib3 and the standard library by name, since those are imported only to open a connection.
# One brings its causes along, up to the socket's; the first row that names any of them holds.
EXCEPTIONS = {
    "ContentDecodingError": Failure(UnexpectedReplyError, "its answer cannot be unpacked"),
    "ConnectTimeout": Failure(ServiceUnavailableError, "no connection in the time allowed"),
    "ReadTimeout": Failure(ServiceUnavailableError, "no answer in the time allowed"),
    "ReadTimeoutError": Failure(ServiceUnavailableError, "its answer stopped coming"),
    "ProxyError": Failure(ServiceUnavailableError, "the proxy gives no connection to it"),
    "SSLError": Failure(ServiceUnavailableError, "no secure connection to it"),
    "gaierror": Failure(ServiceUnavailableError, "its name is not found; is there a network?"),
    "ConnectionRefusedError": Failure(ServiceUnavailableError, "it refuses connections"),
    "RemoteDisconnected": Failure(ServiceUnavailableError, "it ended the connection without an answer", again=1),
    "IncompleteRead": CUT,
    "ChunkedEncodingError": CUT,
    "ConnectionResetError": Failure(ServiceUnavailableError, "the connection broke", again=1),
    "ConnectionAbortedError": Failure(ServiceUnavailableError, "the connection broke", again=1),
    "BrokenPipeError": Failure(ServiceUnavailableError, "the connection broke", again=1),
    "HTTPException": Failure(UnexpectedReplyError, "its answer is not HTTP"),
    "ProtocolError": Failure(UnexpectedReplyError, "its answer is not HTTP"),
}
_NO_CONNECTION = Failure(ServiceUnavailableError, "no connection")


def of_status(status: int, retry_after: str | None, *, pause_s: float, wall_clock_s: float) -> Failure:
    """The failure that a status is. A refusal is followed by the pause it asks for, or else by `pause_s`."""
    meaning = STATUSES.get(status, _OTHER_STATUS)
    reason = f"{meaning.reason} (HTTP {status})"
    if status not in {429, 503}:
        return Failure(meaning.kind, reason, meaning.again)
    asked_s = seconds(retry_after, wall_clock_s) if retry_after is not None else None
    if asked_s is None:
        return Failure(meaning.kind, reason, meaning.again, pause_s)
    return Failure(meaning.kind, f"{reason} and asks for a pause of {asked_s:.0f} s", meaning.again, asked_s)


def of_exception(error: Exception) -> Failure:
    """The failure that an exception of the HTTP library is."""
    names = {kind.__name__ for cause in _causes(error) for kind in type(cause).__mro__}
    return next((failure for name, failure in EXCEPTIONS.items() if name in names), _NO_CONNECTION)


def seconds(retry_after: str, wall_clock_s: float) -> float | None:
    """The pause that the header asks for: seconds or a date (RFC 9110, 10.2.3). None for anything else."""
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", retry_after):
        return float(retry_after)
    try:
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - wall_clock_s)
    except (ValueError, OverflowError):
        return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
