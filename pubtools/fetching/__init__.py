"""What a service on the web answers: asked politely, within a deadline, and never taken to be well-behaved.

Nothing else in the package opens a connection. Whatever happens, a caller meets `ServiceUnavailableError` (no answer)
or `UnexpectedReplyError` (an answer that is none), with a reason in plain words and no query in it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode, urljoin

from pubtools import __version__
from pubtools.errors import EnrichmentError, ServiceUnavailableError, UnexpectedReplyError
from pubtools.fetching import addresses
from pubtools.fetching.outcomes import Answer, Elsewhere, Failure, Outcome
from pubtools.fetching.pacing import NoTurnError, Pace
from pubtools.fetching.wire import Question, Wire

# A GET of 642 arXiv numbers was answered with 414, the same as a POST was not (lukasschwab/arxiv.py #15).
LONGEST_GET_BYTES = 4000
MOST_REDIRECTS = 3


def user_agent(contact: str | None) -> str:
    """Who asks: program, version, its name for pip, and the address of `contact` if there is one.

    Services are said to let through what tells who it is (lukasschwab/arxiv.py #203). Letters that a header cannot
    hold are percent-encoded, as `mailto:` asks for them.
    """
    reach = f"; mailto:{quote(contact.strip(), safe='@+')}" if contact and contact.strip() else ""
    return f"pubtools/{__version__} (pubtools-cv{reach})"


class Fetcher:
    """A service's answers for one run: paced, one connection, and `deadline_s` for all requests and waits together.

    The deadline runs from the first request. `state_folder` holds the pace that processes share; without one the pace
    is kept in this object only. `pause_s` follows a refusal that names no time. `clock` gives seconds from anywhere,
    `wall_clock` from 1970. Sources: arXiv API terms of use (pace, connection), arXiv API manual (GET and POST).
    """

    def __init__(
        self,
        user_agent: str,
        state_folder: Path | None,
        *,
        service: str = "arXiv",
        interval_s: float = 3.0,
        deadline_s: float = 60.0,
        connect_timeout_s: float = 10.0,
        read_timeout_s: float = 30.0,
        pause_s: float = 5.0,
        max_bytes: int = 20_000_000,
        clock: Callable[[], float] = time.monotonic,
        wall_clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.service = service
        self.deadline_s = deadline_s
        self._clock = clock
        self._ends: float | None = None
        path = state_folder / f"{service.casefold()}.pace" if state_folder else None
        self._pace = Pace(path, interval_s, clock=wall_clock, sleep=sleep)
        self._wire = Wire(
            user_agent=user_agent,
            connect_timeout_s=connect_timeout_s,
            read_timeout_s=read_timeout_s,
            pause_s=max(interval_s, pause_s),
            max_bytes=max_bytes,
            left_s=self.left_s,
            wall_clock=wall_clock,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the connection; the next request makes a new one."""
        self._wire.close()

    def left_s(self) -> float:
        """The seconds up to the deadline, which the first call sets."""
        if self._ends is None:
            self._ends = self._clock() + self.deadline_s
        return self._ends - self._clock()

    def fetch(self, url: str, form: Mapping[str, str] | None = None) -> bytes:
        """The body that the service answers, with status 200 or 400, when asked at `url` for `form`.

        Raises ServiceUnavailableError and UnexpectedReplyError, and nothing else.
        """
        question = self._question(url, form or {})
        failures = redirects = 0
        while True:
            outcome = self._take_turn(question)
            if isinstance(outcome, Answer):
                return outcome.body
            if isinstance(outcome, Elsewhere):
                redirects += 1
                question = self._redirected(question, outcome, redirects)
                continue
            failures += 1
            wait_s = max(outcome.pause_s, self._pace.interval_s)
            if failures > outcome.again or wait_s >= self.left_s():
                raise self._error(outcome.kind, question.url, outcome.reason)

    def _question(self, url: str, form: Mapping[str, str]) -> Question:
        if (fault := addresses.fault(url)) is not None:
            raise self._error(ServiceUnavailableError, url, f"its address is not asked: {fault}")
        query = urlencode(form)
        whole = f"{url}{'&' if '?' in url else '?'}{query}" if query else url
        return Question(whole) if len(whole.encode()) < LONGEST_GET_BYTES else Question(url, query)

    def _redirected(self, question: Question, to: Elsewhere, count: int) -> Question:
        """The same question at the address named. A form stays one: without it there would be no question."""
        if to.location is None or count > MOST_REDIRECTS:
            raise self._error(UnexpectedReplyError, question.url, "it sends us from address to address")
        try:
            url = urljoin(question.url, to.location)
        except ValueError:
            url = ""
        if (fault := addresses.fault_of_redirect(url, question.url)) is not None:
            raise self._error(UnexpectedReplyError, question.url, f"it sends us where we do not follow: {fault}")
        return Question(url, question.body)

    def _take_turn(self, question: Question) -> Outcome:
        if self.left_s() <= 0:
            raise self._error(ServiceUnavailableError, question.url, f"the {self.deadline_s:g} s for it are over")
        try:
            with self._pace.turn(self.left_s):
                outcome = self._wire.ask(question)
                if isinstance(outcome, Failure):
                    self._pace.hold_off(outcome.pause_s)
        except NoTurnError as error:
            raise self._error(ServiceUnavailableError, question.url, str(error)) from error
        return outcome

    def _error(self, kind: type[EnrichmentError], url: str, reason: str) -> EnrichmentError:
        hint = "try again later" if kind is ServiceUnavailableError else None
        return kind(f"{self.service}: {reason}", service=self.service, url=addresses.bare(url), hint=hint)
