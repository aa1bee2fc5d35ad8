"""Where look-ups go: a records file first, then the network; and what arXiv is known not to have."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtools.cli import files
from pubtools.errors import InputError
from pubtools.pipeline import Asking

if TYPE_CHECKING:
    from pubtools.config import Config
    from pubtools.enrichers import Catalogue
    from pubtools.library import Library
    from pubtools.pipeline import LookUp

# Beside the library, and not for version control: without it the same questions are asked once more.
FOLDER = ".pubtools"
MEMORY = "arxiv-absent.json"
# How arXiv itself is called in it; a file of records is called by its name and edition.
ARXIV = "arxiv.org"


@contextmanager
def catalogues(config: Config, library_path: str, *, offline: bool, records: str | None) -> Iterator[list[Asking]]:
    """What can be asked, in order: the records file, then arXiv itself unless `offline`. No connection is made yet."""
    folder = Path(library_path).resolve().parent / FOLDER
    asking = []
    with ExitStack() as stack:
        if records or config.arxiv.records:
            path = Path(records or config.arxiv.records or "")
            if not path.is_file():
                raise InputError("no such file of arXiv records", path=str(path), hint="see --arxiv-records")
            from pubtools.enrichers._arxiv_records import Records

            known = _remembered(folder)[_edition(path)]
            asking.append(Asking(Records(path, made(folder)), frozenset(known)))
        if not offline:
            asking.append(Asking(_api(config, stack), frozenset(_remembered(folder)[ARXIV])))
        stack.enter_context(_progress())
        yield asking


def remember(
    library: Library, library_path: str, config: Config, result: LookUp, *, offline: bool, records: str | None
) -> None:
    """Keep what was asked for and is not there. A refusal is never kept; a file that cannot be written is no harm."""
    path = records or config.arxiv.records
    asked = [*([] if offline else [ARXIV]), *([_edition(Path(path))] if path else [])]
    if not asked or not result.absent:
        return
    from pubtools import jsontext, pipeline
    from pubtools import library as libraries
    from pubtools.people import People

    folder = Path(library_path).resolve().parent / FOLDER
    remembered = _remembered(folder)
    # Of a records file that was changed since nothing is known.
    kept = {name: dict(remembered[name]) for name in dict.fromkeys((ARXIV, *asked))}
    for publication in libraries.publications(library, People.of(config)):
        reasons = [result.absent[key] for key in (publication.key, *publication.aliases) if key in result.absent]
        if reasons:
            for name in asked:
                kept[name][pipeline.fingerprint(publication)] = reasons[0]
    absent = {name: dict(sorted(rows.items())) for name, rows in kept.items()}
    with suppress(InputError):
        files.write_text(str(made(folder) / MEMORY), jsontext.dumps({"schema": 2, "absent": absent}))


# ---------------------------------------------------------------- inside


def _api(config: Config, stack: ExitStack) -> Catalogue:
    from pubtools.enrichers import _arxiv_api
    from pubtools.fetching import Fetcher, user_agent
    from pubtools.fetching.addresses import is_loopback

    url = os.environ.get("PUBTOOLS_ARXIV_URL") or config.arxiv.url or _arxiv_api.URL
    fetcher = Fetcher(
        user_agent(config.arxiv.contact),
        _state_folder(),
        # arXiv's terms of use; a stand-in on this computer has none.
        interval_s=0.0 if is_loopback(url) else 3.0,
        deadline_s=config.arxiv.deadline_s,
    )
    stack.enter_context(fetcher)
    return _arxiv_api.Api(fetcher.fetch, url, config.arxiv.author)


def _state_folder() -> Path | None:
    """Where the pace is kept for all projects of a user (XDG Base Directory Specification).

    None where there is no such place, as in a container without a home: then the pace is this run's own.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "pubtools"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


def made(folder: Path) -> Path:
    """`folder`, made if it was not there, with a note to git to leave it out."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ignore = folder / ".gitignore"
        if not ignore.exists():
            ignore.write_text("*\n")
    except OSError as error:
        raise InputError(f"cannot be made: {error.strerror}", path=str(folder), hint="check the folder") from error
    return folder


def _edition(path: Path) -> str:
    """The name of a records file, with what tells that it was changed."""
    try:
        found = path.stat()
    except OSError:
        return path.name
    return f"{path.name} {found.st_size} {found.st_mtime_ns}"


def _remembered(folder: Path) -> defaultdict[str, dict[str, str]]:
    """What each catalogue has not; nothing where the file is missing or damaged: then it is asked again."""
    known: defaultdict[str, dict[str, str]] = defaultdict(dict)
    try:
        absent = json.loads((folder / MEMORY).read_text("utf-8"))["absent"]
        known.update((name, {str(mark): str(why) for mark, why in rows.items()}) for name, rows in absent.items())
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        known.clear()
    return known


@contextmanager
def _progress() -> Iterator[None]:
    """A line on a terminal once the look-up takes longer than a second."""
    if not sys.stderr.isatty():
        yield
        return
    note = threading.Timer(1.0, click.echo, ["looking up on arXiv ..."], {"err": True})
    note.daemon = True
    note.start()
    try:
        yield
    finally:
        note.cancel()
