"""One request over one connection: sent, and its answer read with bounds on time and size."""

from __future__ import annotations

import queue
import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pubtools.errors import ServiceUnavailableError, UnexpectedReplyError
from pubtools.fetching.addresses import is_loopback
from pubtools.fetching.outcomes import (
    ANSWERS,
    CUT,
    REDIRECTS,
    REFUSALS,
    Answer,
    Elsewhere,
    Failure,
    Outcome,
    of_exception,
    of_status,
)

if TYPE_CHECKING:
    from requests import PreparedRequest, Response, Session

# What is inflated in small steps; another coding could hide gigabytes in one chunk.
CODINGS = {"", "identity", "gzip", "x-gzip", "deflate"}
_CHUNK_BYTES = 16 * 1024
_TOO_LATE = Failure(ServiceUnavailableError, "no whole answer before the deadline")


@dataclass(frozen=True, slots=True)
class Question:
    """One request: `body` is a form, sent by POST; None asks by GET."""

    url: str
    body: str | None = None


@dataclass(slots=True)
class Wire:
    """The way to a service: a single connection, kept open. `left_s` gives the seconds up to the deadline."""

    user_agent: str
    connect_timeout_s: float
    read_timeout_s: float
    pause_s: float
    max_bytes: int
    left_s: Callable[[], float]
    wall_clock: Callable[[], float]
    _session: Session | None = None
    _response: Response | None = None

    def ask(self, question: Question) -> Outcome:
        """What becomes of the question, at the deadline at the latest.

        A socket's time-out starts anew with every byte, and the look-up of a name has none: only from another thread
        can one walk away from a service that answers a byte a second.
        """
        answers: queue.SimpleQueue[Outcome | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answers.put(self._outcome(question))
            except Exception as error:  # a fault of ours: it belongs into the thread that waits
                answers.put(error)

        threading.Thread(target=ask, name="pubtools-request", daemon=True).start()
        try:
            answer = answers.get(timeout=max(0.0, self.left_s()))
        except queue.Empty:
            self._hang_up()
            return _TOO_LATE
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        """Ends the connection."""
        if self._session is not None:
            self._session.close()
            self._session = None

    def _hang_up(self) -> None:
        """Ends the connection under a reading thread, which then ends too; closing the reader would wait for it."""
        if (response := self._response) is not None:
            with (
                suppress(OSError, ValueError),
                socket.fromfd(response.raw.fileno(), socket.AF_INET, socket.SOCK_STREAM) as ours,
            ):
                ours.shutdown(socket.SHUT_RDWR)

    def _outcome(self, question: Question) -> Outcome:
        from http.client import HTTPException

        from requests import RequestException
        from urllib3.exceptions import HTTPError

        try:
            with self._send(question) as response:
                self._response = response
                return self._read(response)
        # OSError: a certificate file that is not there; ValueError: a name that is none. Both come through requests.
        except (RequestException, HTTPError, HTTPException, OSError, ValueError) as error:
            return of_exception(error) if self.left_s() > 0 else _TOO_LATE
        finally:
            self._response = None

    def _send(self, question: Question) -> Response:
        if self._session is None:
            self._session = _session(self.user_agent)
        # A proxy and its certificates are the user's business, except on the way to this very computer.
        self._session.trust_env = not is_loopback(question.url)
        left_s = max(0.001, self.left_s())
        return self._session.request(
            "GET" if question.body is None else "POST",
            question.url,
            data=question.body,
            headers={} if question.body is None else {"Content-Type": "application/x-www-form-urlencoded"},
            timeout=(min(self.connect_timeout_s, left_s), min(self.read_timeout_s, left_s)),
            allow_redirects=False,
            stream=True,
        )

    def _read(self, response: Response) -> Outcome:
        status, headers = response.status_code, response.headers
        if status in REDIRECTS:
            return Elsewhere(headers.get("Location"))
        if status not in ANSWERS:
            return self._refusal(status, headers.get("Retry-After"))
        if headers.get("Content-Encoding", "").strip().lower() not in CODINGS:
            return Failure(UnexpectedReplyError, "its answer is packed in a way that we did not ask for")
        size = headers.get("Content-Length", "")
        announced = int(size) if re.fullmatch(r"[0-9]{1,18}", size) else 0
        body = bytearray()
        for chunk in self._chunks(response) if announced <= self.max_bytes else ():
            body += chunk
            if self.left_s() <= 0:
                return _TOO_LATE
            if len(body) > self.max_bytes:
                break
        if max(len(body), announced) > self.max_bytes:
            return Failure(UnexpectedReplyError, f"its answer is larger than {self.max_bytes:,} bytes")
        if response.raw.tell() < announced:  # urllib3 1.26 does not complain
            return CUT
        return self._refusal(429, None) if body.strip() in REFUSALS else Answer(bytes(body))

    def _chunks(self, response: Response) -> Iterator[bytes]:
        chunks: Iterator[bytes] = response.iter_content(_CHUNK_BYTES)
        return chunks

    def _refusal(self, status: int, retry_after: str | None) -> Failure:
        return of_status(status, retry_after, pause_s=self.pause_s, wall_clock_s=self.wall_clock())


def _session(user_agent: str) -> Session:
    """A session with a single connection, that sends no password and keeps no cookie."""
    from http.cookiejar import DefaultCookiePolicy

    from requests import Session
    from requests.adapters import HTTPAdapter

    class OneAtATime(Session):
        def get_redirect_target(self, _: Response) -> None:
            return None  # else requests reads the whole body of a redirect, whatever its size, to find the next step

    def no_password(request: PreparedRequest) -> PreparedRequest:
        return request  # else requests looks into ~/.netrc

    session = OneAtATime()
    session.headers.update({"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate"})
    session.auth = no_password
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(pool_connections=1, pool_maxsize=1, max_retries=0))
    return session
