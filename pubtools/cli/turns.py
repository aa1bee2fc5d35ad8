"""One run of pubtools writes at a time: who comes second waits, and is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from pubtools.cli import asking
from pubtools.errors import InputError

# How long a run waits for another one; a look-up may take its whole deadline.
PATIENCE_S = 120.0


@contextmanager
def taken(library_path: str) -> Iterator[None]:
    """The time in which no other run writes the library or what is made of it. Raises InputError if it never comes."""
    from filelock import FileLock, Timeout  # only where something is written

    folder = asking.made(Path(library_path).resolve().parent / asking.FOLDER)
    lock = FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        click.echo("another run of pubtools is at work here; waiting for it", err=True)
        sys.stderr.flush()
        try:
            lock.acquire(timeout=PATIENCE_S)
        except Timeout:
            message = "another run of pubtools has been at work here for two minutes"
            raise InputError(message, path=str(folder / "lock"), hint="see what it does, and try again") from None
    try:
        yield
    finally:
        lock.release()
