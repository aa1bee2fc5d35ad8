"""One request at a time and one in an interval, over all processes of a user."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# How long a wait is believed: a later moment in the file came from a clock that has been set back since.
LONGEST_S = 3600.0
_POLL_S = 0.05

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)  # beside the text: a locked byte cannot be read by others
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class NoTurnError(Exception):
    """There is no turn in the time that is left; the text says why, in a plain sentence."""


class Pace:
    """Gives turns: never two at once, and each begins `interval_s` after the one before has ended.

    The moment of the next turn stands in `path`, which processes lock; with None it is kept in this object only.
    `clock` gives seconds since 1970, the only clock that processes have in common after a restart of the machine.
    Source: arXiv API terms of use: one request every three seconds, a single connection.
    """

    def __init__(
        self,
        path: Path | None,
        interval_s: float,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.path = path
        self.interval_s = interval_s
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0
        self._pause_s = 0.0
        self._thread_lock = threading.Lock()

    @contextmanager
    def turn(self, left_s: Callable[[], float]) -> Iterator[None]:
        """Holds the only turn once it has come. Raises NoTurnError when it cannot come in `left_s()` seconds."""
        if not self._thread_lock.acquire(timeout=max(0.0, left_s())):
            raise NoTurnError("another request of this program is still under way")
        try:
            with self._locked(left_s) as descriptor:
                wait_s = self._wait_s(descriptor)
                if wait_s > max(0.0, left_s()):
                    raise NoTurnError(f"the next request may go out in {wait_s:.0f} s, later than we can wait")
                if wait_s > 0:
                    self._sleep(wait_s)
                self._pause_s = 0.0
                # Before: a process that is killed has asked all the same. After: what counts is when the service
                # heard us, and that is surely past when it has answered.
                self._set_next(descriptor, self.interval_s)
                try:
                    yield
                finally:
                    self._set_next(descriptor, max(self.interval_s, self._pause_s))
        finally:
            self._thread_lock.release()

    def hold_off(self, pause_s: float) -> None:
        """Puts the next turn off by `pause_s` from the end of this one, an hour at most, for every process."""
        self._pause_s = min(pause_s, LONGEST_S)

    @contextmanager
    def _locked(self, left_s: Callable[[], float]) -> Iterator[int | None]:
        if self.path is None:
            yield None
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise NoTurnError(f"the file of the pace, {self.path}, cannot be kept: {error.strerror}") from error
        try:
            while not _locks(descriptor):
                if left_s() <= 0:
                    raise NoTurnError("another pubtools of yours is asking it all the time")
                self._sleep(min(_POLL_S, max(left_s(), 0.001)))
            yield descriptor
        finally:
            os.close(descriptor)  # unlocks too, as does the end of the process

    def _wait_s(self, descriptor: int | None) -> float:
        coming = self._next
        if descriptor is not None:
            os.lseek(descriptor, 0, os.SEEK_SET)
            with suppress(ValueError):  # new and empty, or damaged: what we remember must do
                coming = max(coming, float(os.read(descriptor, 64)))
        wait_s = coming - self._clock()
        return wait_s if wait_s <= LONGEST_S else self.interval_s

    def _set_next(self, descriptor: int | None, pause_s: float) -> None:
        self._next = self._clock() + pause_s
        if descriptor is not None:
            with suppress(OSError):  # a full disk: this process keeps the pace all the same
                os.lseek(descriptor, 0, os.SEEK_SET)
                os.write(descriptor, f"{self._next:017.6f}\n".encode())  # always as long: nothing old stays behind


def _locks(descriptor: int) -> bool:
    """Whether the file could be locked. Raises NoTurnError where files cannot be locked at all."""
    try:
        _try_lock(descriptor)
    except (BlockingIOError, PermissionError):
        return False
    except OSError as error:
        raise NoTurnError(f"the file of the pace cannot be locked: {error.strerror}") from error
    return True
