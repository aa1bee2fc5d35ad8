"""What stops a command; a doubt about one entry never does (that is a `problems.Problem`).

PubtoolsError                 .hint: what the user can do
├─ InputError                 a page or a file that cannot be read or written
│  ├─ UnknownLayoutError      no layout fits, or none has the name asked for
│  ├─ AmbiguousLayoutError    two layouts fit
│  ├─ LibraryFormatError      publications.json is damaged, foreign or of a newer schema
│  └─ ConfigError             pubtools.toml does not say what we can follow
├─ EnrichmentError            a service could not be asked; service, url
│  ├─ ServiceUnavailableError no answer: refused, too slow, no connection
│  └─ UnexpectedReplyError    an answer that is no answer: not a feed, cut, an error entry
└─ ExportError                a publication or an exporter that cannot be written
"""

from __future__ import annotations


class PubtoolsError(Exception):
    """A message of one line: what is wrong and, in `hint`, what to do about it."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """The whole line as the user sees it, with its hint in brackets."""
        line = " ".join(self.message.split())
        return f"{line} ({self.hint})" if self.hint else line


class InputError(PubtoolsError):
    """A file that cannot be read or written; `path` is as the user typed it, `line` 1-based."""

    def __init__(
        self, message: str, *, path: str | None = None, line: int | None = None, hint: str | None = None
    ) -> None:
        super().__init__(message, hint=hint)
        self.path = path
        self.line = line

    def __str__(self) -> str:
        """`path:line: message (hint)`, as editors and CI logs link it."""
        where = ":".join(str(part) for part in (self.path, self.line) if part is not None)
        return f"{where}: {super().__str__()}" if where else super().__str__()


class UnknownLayoutError(InputError):
    """No layout fits the page, or none has the name asked for."""


class AmbiguousLayoutError(InputError):
    """More than one named layout fits the page: the user must say which."""


class LibraryFormatError(InputError):
    """publications.json is not a library that this version can read."""


class ConfigError(InputError):
    """pubtools.toml is not TOML, or says something that means nothing to us."""


class ExportError(PubtoolsError):
    """An export that cannot be made."""


class EnrichmentError(PubtoolsError):
    """A service that could not be asked: its name, and the address without its query."""

    def __init__(self, message: str, *, service: str, url: str | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.service = service
        self.url = url


class ServiceUnavailableError(EnrichmentError):
    """No answer: no connection, a refusal, a time-out, or the deadline."""


class UnexpectedReplyError(EnrichmentError):
    """An answer that is none: no feed, a cut or malformed one, or an error entry."""
