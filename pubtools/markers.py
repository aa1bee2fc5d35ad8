"""The part of a file that is ours: what stands between a pair of marker comments, and nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pubtools import patterns
from pubtools.errors import InputError

# A comment of Markdown and HTML, or of LaTeX and BibTeX. It begins its line, or follows another marker there, so that
# a sentence may speak of markers.
_MARKER = patterns.compile(
    r"[ \t]*(?:<!--[ \t]*pubtools:(?P<html>(?:(?!-->)[^\r\n])*)(?P<closed>-->)?|%+[ \t]*pubtools:(?P<tex>[^\r\n]*))",
    re.IGNORECASE,
)
_LINE = patterns.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_NEWLINE = patterns.compile(r"\r\n|\r|\n")
_SAID = patterns.compile(r"[ \t]*(start|end)(?:[ \t]+([\w.-]+))?[ \t]*", re.IGNORECASE)
_PAIR = "<!-- pubtools:start{0} --> and <!-- pubtools:end{0} --> on lines of their own (% instead of <!-- --> in TeX)"


class _Marker(NamedTuple):
    """A start or an end, the block's name or "", the 1-based line, and where the comment and what is inside meet."""

    is_start: bool
    name: str
    line: int
    at: int


def replace(text: str, content: str, block: str = "", *, path: str, allow_empty: bool = False) -> str:
    """`text` with `content` between the markers of `block` ("" is the one without a name), and blank lines around it.

    All else stays as it is, and the content gets the line ends of the file. Raises InputError with the line where
    markers are missing, doubled, nested, reversed or unclosed, where the content holds a marker, and where it is empty
    and what it would replace is not, unless `allow_empty`.
    """
    start, end = _find(text, block, path)
    if are_in(content):
        message = f"what is to be written into {_called(block)} has a marker in it"
        raise InputError(message, path=path, line=start.line, hint="find it in the library, and name it otherwise")
    if not allow_empty and not _says_something(content) and _says_something(text[start.at : end.at]):
        message = f"there is nothing to write, but {_called(block)} is not empty"
        raise InputError(message, path=path, line=start.line, hint="--allow-empty empties it")
    lines = ["", "", *content.strip("\n").split("\n"), "", ""] if content.strip("\n") else ["", ""]
    return text[: start.at] + _newline(text, start.at).join(lines) + text[end.at :]


def are_in(text: str) -> bool:
    """Whether there is a marker in `text`."""
    return any(_MARKER.match(text, at) for at, _ in _lines(text))


# ---------------------------------------------------------------- inside


def _find(text: str, block: str, path: str) -> tuple[_Marker, _Marker]:
    """The markers of `block`, when all of the file's are sound."""
    pairs: dict[str, tuple[_Marker, _Marker]] = {}
    opened: _Marker | None = None
    for marker in _markers(text, path):
        if marker.is_start:
            if opened:
                message = f"a block begins within {_called(opened.name)}, which begins on line {opened.line}"
                raise InputError(message, path=path, line=marker.line, hint="end that one first")
            if marker.name in pairs:
                message = f"{_called(marker.name)} is here twice, first on line {pairs[marker.name][0].line}"
                hint = "remove one, or give it a name of its own: <!-- pubtools:start NAME -->"
                raise InputError(message, path=path, line=marker.line, hint=hint)
            opened = marker
        elif opened is None:
            message = "the end of a block that has not begun"
            raise InputError(message, path=path, line=marker.line, hint="the start comes before the end")
        elif marker.name not in ("", opened.name):
            message = f"the end of {_called(marker.name)} within {_called(opened.name)} of line {opened.line}"
            raise InputError(message, path=path, line=marker.line, hint="name both ends alike")
        else:
            pairs[opened.name] = (opened, marker)
            opened = None
    if opened:
        hint = "put <!-- pubtools:end --> where it ends"
        raise InputError(f"{_called(opened.name)} has no end", path=path, line=opened.line, hint=hint)
    if block not in pairs:
        others = ", ".join(f"--block {name}" if name else "none (the block without a name)" for name in pairs)
        hint = f"put {_PAIR.format(f' {block}' if block else '')} where it shall stand"
        raise InputError(f"has not {_called(block)}", path=path, hint=f"choose {others}" if others else hint)
    return pairs[block]


def _markers(text: str, path: str) -> Iterator[_Marker]:
    for number, (at, end) in enumerate(_lines(text), start=1):
        while found := _MARKER.match(text, at, end):
            said = _SAID.fullmatch(found["tex"] or found["html"] or "")
            if said is None or (found["html"] is not None and not found["closed"]):
                message = f"a marker that cannot be read: {found[0].strip()!r}"
                raise InputError(message, path=path, line=number, hint=f"write {_PAIR.format('')}")
            is_start = said[1].lower() == "start"
            yield _Marker(is_start, said[2] or "", number, found.end() if is_start else found.start())
            at = found.end()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line begins and ends; a byte order mark is no text."""
    for line in _LINE.finditer(text):
        yield line.start() + text.startswith("\ufeff", line.start()), line.end()


def _called(block: str) -> str:
    return f"the block {block!r}" if block else "the block without a name"


def _says_something(text: str) -> bool:
    return any(map(str.isalnum, text))


def _newline(text: str, at: int) -> str:
    """The line end after `at`, or else the first there is."""
    found = _NEWLINE.search(text, at) or _NEWLINE.search(text)
    return found[0] if found else "\n"
