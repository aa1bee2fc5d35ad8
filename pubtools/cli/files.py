"""The user's files: read with one clear line when they cannot be, written whole or not at all."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from pubtools import config as configs
from pubtools import library as libraries
from pubtools.config import Config
from pubtools.errors import InputError, PubtoolsError
from pubtools.library import Library

STDIN = "-"
# What tells whether a file was written since.
Stamp = tuple[int, int, int]
# Where a page in HTML says which encoding it has (HTML standard, 4.2.5.4), and what browsers read the name as
# (Encoding standard, 4.2): the larger encodings that pages under these names are really in.
_CHARSET = rb"""(?i)<(?:meta\b[^>]{0,200}?charset|\?xml\b[^>]{0,100}?encoding)\s*=\s*["']?([\w-]{1,40})"""
_DECLARED_WITHIN = 4096
_READ_AS = {
    **dict.fromkeys(("ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr"), "cp949"),
    "iso-8859-9": "cp1254",
}


# What files begin with that are no text of ours, what they are, and what to do.
_NO_TEXT = (
    (b"%PDF", "is a PDF", "pdftotext -layout FILE.pdf FILE.txt makes text of it"),
    (b"PK\3\4", "is a document of a word processor", "pandoc -t plain --wrap=none FILE -o FILE.txt makes text of it"),
    # pandoc 2.17 loses the figure behind a dash here.
    (rb"{\rtf", "is a document of a word processor", "save it as plain text, in UTF-8"),
    (b"\xff\xfe", "is UTF-16 text", "save it again as UTF-8"),
    (b"\xfe\xff", "is UTF-16 text", "save it again as UTF-8"),
)


def read_text(path: str) -> str:
    """The text of the file at `path`, or of standard input for `-`. Raises InputError: what, where, what to do."""
    return read_exactly(path).removeprefix("\ufeff")


def read_exactly(path: str) -> str:
    """The same with its line ends and its byte order mark, so that what is written back is what was read."""
    try:
        content = _standard_input() if path == STDIN else Path(path).read_bytes()
    except FileNotFoundError:
        raise InputError("no such file", path=path, hint="check the name") from None
    except IsADirectoryError:
        raise InputError("is a folder", path=path, hint="name a file in it") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"cannot be read: {reason}", path=path, hint="check the file") from error
    for start, what, hint in _NO_TEXT:
        if content.startswith(start):
            raise InputError(what, path=path, hint=hint)
    if b"\0" in content:
        raise InputError("is a binary file", path=path, hint="save the page as plain text, in UTF-8")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        if (text := _as_declared(content)) is not None:
            return text
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError("is not UTF-8 text", path=path, line=line, hint="save it again as UTF-8") from error


def read_page(path: str) -> str:
    """The text of a page. Raises InputError when there is none in it, and when the library cannot hold its name."""
    if path.encode(errors="replace").decode() != path:
        raise InputError("has a name that is not UTF-8", path=path, hint="rename it, or set the locale to UTF-8")
    text = read_text(path)
    if not text.strip():
        raise InputError("is empty", path=path, hint="copy the page's text again")
    if libraries.fits(text):
        raise InputError("is a pubtools library, not a page", path=path, hint="name it with -l")
    return text


def read_library(path: str, *, must_exist: bool) -> Library:
    """The library at `path`; an empty one where there is no file yet, unless it `must_exist`."""
    if not os.path.lexists(path):
        if must_exist:
            raise InputError("no such library", path=path, hint="make it with: pubtools normalise PAGE")
        return Library()
    return libraries.loads(read_text(path), path)


def find_config(path: str | None) -> str | None:
    """The settings: the file at `path`, or the first from here up to the repository's root; None where there are none.

    That is a pubtools.toml, or a pyproject.toml with a table of ours.
    """
    if path is not None:
        return path
    for folder in up_to_root(Path.cwd()):
        if (at := folder / configs.FILE_NAME).is_file():
            return os.path.relpath(at)
        at = folder / configs.PYPROJECT
        if at.is_file() and f"[{configs.TABLE}" in read_text(str(at)):
            return os.path.relpath(at)
    return None


def up_to_root(folder: Path) -> list[Path]:
    """`folder` and those above it up to the root of its repository; `folder` alone outside a repository."""
    folders = [folder, *folder.parents]
    root = next((at for at, candidate in enumerate(folders) if (candidate / ".git").exists()), 0)
    return folders[: root + 1]


def read_config(path: str | None) -> Config:
    """What the settings say that `find_config` finds; nothing where there are none."""
    path = find_config(path)
    if path is None:
        return configs.NOTHING
    config = configs.parse(read_text(path), path)
    if config.arxiv.records is None:
        return config
    # A path in a settings file starts from that file, from whatever folder the command is run.
    records = os.path.join(os.path.dirname(path), config.arxiv.records)
    return config.model_copy(update={"arxiv": config.arxiv.model_copy(update={"records": records})})


def locator(page: str, library: str) -> str:
    """How the library names a page: its path from the library's folder, on every machine the same."""
    if page == STDIN:
        return STDIN
    folder = os.path.dirname(os.path.abspath(library))
    try:
        return Path(os.path.relpath(os.path.abspath(page), folder)).as_posix()
    except ValueError:  # another drive
        return Path(page).name


def shown(locator: str, library: str) -> str:
    """A page's path from the working folder, as terminals and editors link it."""
    if locator == STDIN or locator.startswith("arxiv:"):
        return locator
    path = os.path.join(os.path.dirname(os.path.abspath(library)), locator)
    try:
        return os.path.relpath(path)
    except ValueError:
        return locator


def write_text(path: str, text: str) -> bool:
    """Put `text` into the file at `path`, whole or not at all; False, and the file untouched, if it is there already.

    A temporary file in the same folder is written, synced and renamed over the target, with the target's mode; a
    link is followed, so the file it names changes. Raises InputError when the target cannot be written.
    """
    content = text.encode()
    target = os.path.realpath(path)
    try:
        if os.path.exists(target) and not os.path.isfile(target):
            if os.path.isdir(target):
                raise InputError("is a folder", path=path, hint="name a file in it")
            Path(target).write_bytes(content)  # a device or a pipe
            return True
        if os.path.isfile(target):
            if holds(target, text):
                return False
            if not os.access(target, os.W_OK):
                raise InputError("cannot be written: it is read-only", path=path, hint="change its mode")
        _replace(target, content)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"cannot be written: {reason}", path=path, hint="check the folder and its rights") from error
    return True


def write_all(texts: Sequence[tuple[str, str]]) -> None:
    """Put each text into the file at its path, all or none: every one is on the disk before the first takes its place.

    Killed at any moment, each file is the old one or the new one; what is left beside it the next call removes.
    Raises InputError when one cannot be written.
    """
    staged: list[tuple[str, str]] = []
    try:
        for path, text in texts:
            target = os.path.realpath(path)
            _sweep(target)
            if os.path.lexists(target) and not os.path.isfile(target):
                raise InputError("is no file", path=path, hint="name a file")
            if os.path.isfile(target) and not os.access(target, os.W_OK):
                raise InputError("cannot be written: it is read-only", path=path, hint="change its mode")
            try:
                os.makedirs(os.path.dirname(target), exist_ok=True)
                staged.append((_staged(target, text.encode()), target))
            except OSError as error:
                reason = error.strerror or str(error)
                hint = "check the folder and its rights; no file was changed"
                raise InputError(f"cannot be written: {reason}", path=path, hint=hint) from error
        for temporary, target in staged:
            os.replace(temporary, target)
    finally:
        for temporary, _ in staged:
            with suppress(OSError):
                os.unlink(temporary)
    for folder in {os.path.dirname(target) for _, target in staged}:
        _sync(folder)


def stamp(path: str) -> Stamp | None:
    """The stamp of the file at `path`, None without one: whatever replaces it has another."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def holds(path: str, text: str) -> bool:
    """Whether there is a file at `path` with just this `text`."""
    return os.path.isfile(path) and Path(path).read_bytes() == text.encode()


def changed(path: str) -> InputError:
    """The error that the file at `path` is not what the run began with."""
    hint = "nothing was written; run it again"
    return InputError("was changed while this run was at work", path=path, hint=hint)


def is_same(one: str, other: str) -> bool:
    """Whether two paths name one file, links followed."""
    return os.path.realpath(one) == os.path.realpath(other)


def check_writable(path: str) -> None:
    """Raise InputError now if `write_text` would find no folder to write into, before any work is done."""
    folder = os.path.dirname(os.path.realpath(path))
    if not os.path.isdir(folder):
        raise InputError("cannot be written: there is no such folder", path=path, hint="make the folder first")


def map_path(error: PubtoolsError, library: str) -> PubtoolsError:
    """`error` with the page it names as the user knows it."""
    if isinstance(error, InputError) and error.path and type(error).__name__ != "LibraryFormatError":
        error.path = shown(error.path, library)
    return error


# ---------------------------------------------------------------- inside


def _standard_input() -> bytes:
    if sys.stdin is None:  # as where a job is begun without one
        raise InputError("is closed", path=STDIN, hint="name a file, or pipe one in")
    return sys.stdin.buffer.read()


def _as_declared(content: bytes) -> str | None:
    """The text of a page in HTML that says which encoding it has; None if it does not, or is not in it."""
    declared = re.search(_CHARSET, content[:_DECLARED_WITHIN])
    if declared is None:
        return None
    name = declared[1].decode().lower()
    with suppress(LookupError, UnicodeDecodeError):
        return content.decode(_READ_AS.get(name, name))
    return None


def _replace(target: str, content: bytes) -> None:
    temporary = _staged(target, content)
    try:
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _sync(os.path.dirname(target))


def _staged(target: str, content: bytes) -> str:
    """The path of a file beside `target` with `content`, on the disk, and with the mode of `target`."""
    folder, name = os.path.split(target)
    # The module tempfile would cost a tenth of the whole run; a name of our process, opened exclusively, is enough.
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(target))
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    return temporary


def _sweep(target: str) -> None:
    """Remove what a run that was killed left beside `target`."""
    folder, name = os.path.split(target)
    left = re.compile(rf"\.{re.escape(name)}\.\d+\.tmp")
    with suppress(OSError):
        for entry in os.listdir(folder):
            if left.fullmatch(entry):
                os.unlink(os.path.join(folder, entry))


def _sync(folder: str) -> None:
    """See to it that renames in `folder` are on the disk, too."""
    with suppress(OSError, AttributeError):  # not every system can
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _mode(target: str) -> int:
    """The mode of the file that is replaced; for a new one what the user's umask gives."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(os.stat(target).st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
