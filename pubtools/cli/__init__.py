"""The command line: the only place that prints, exits, or opens the user's files.

`--help`, `--version` and completion import click only: a command's module is imported when it is called for, and what
it works with when it works.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import ModuleType
from typing import Any

import click

from pubtools import __version__

# Each command is a module of this package and a function of the same name.
COMMANDS = {
    "normalise": "Read pages into the library: a record for every publication, a line for every fact.",
    "read": "Show how a page is understood: every line, and what was read there.",
    "enrich": "Look up on arXiv what the library holds.",
    "export": "Write the library as BibTeX, BibLaTeX, CSL-JSON or Markdown.",
    "update": "Do all that pubtools.toml names: read, look up, merge, and write every list.",
    "check": "Judge the library and the lists: what wants a person, and what is not current.",
    "why": "Show where a publication's facts come from: every claim, its file and line.",
    "explain": "Say what the code of a problem means, and what to do.",
    "init": "Write a commented pubtools.toml for this folder, and files for CI.",
}


class _Lazy(click.Group):
    """A group that lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (the signature is click's)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"pubtools.cli.{cmd_name}"), cmd_name)
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> Any:
        # Click itself would end with 1 where a pipe is closed, which says "findings".
        with _output():
            return super().invoke(ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="pubtools")
def cli() -> None:
    """Turn the publication list of a profile page into records, and those into BibTeX and the like.

    \b
    pubtools normalise profile.txt
    pubtools export --format bibtex
    """  # noqa: D301 - click wants the character itself


def main() -> None:
    """Run the command line. Exits with 0 fine, 1 findings, 2 usage or input error, 3 no answer."""
    # What a run makes lives until it ends: to look for rubbish in it again and again would be a tenth of the time.
    gc.set_threshold(100_000, 50, 50)
    code = run(sys.argv[1:])
    # And Python would look for it once more before it ends.
    gc.freeze()
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of `pubtools ARGUMENTS…`; an error is one line on standard error."""
    from pubtools.errors import PubtoolsError

    # Pydantic would ask every installed distribution for plug-ins of its own: 20 ms, and none of them is about a CV.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    sys.modules.setdefault(_METADATA, _LaterMetadata(_METADATA))
    try:
        code = cli.main(arguments, prog_name="pubtools", standalone_mode=False)
        with _output():
            if sys.stdout is not None:  # as where a job is begun without one
                sys.stdout.flush()
    except click.UsageError as error:
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            click.echo(error.format_message(), err=True)
            return 2
        command = error.ctx.command_path if error.ctx else "pubtools"
        message = " ".join(error.format_message().split()).rstrip(".")
        click.echo(f"{command}: {message} (see {command} --help)", err=True)
        return 2
    except PubtoolsError as error:
        click.echo(f"pubtools: {error}", err=True)
        return 2
    except click.exceptions.Abort:
        return 130
    except _OutputError as error:
        # Python would try once more when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error.__cause__, BrokenPipeError):  # `pubtools export … | head`
            return 0
        with suppress(OSError):
            click.echo(f"pubtools: {error}", err=True)
        return 2
    return code if isinstance(code, int) else 0


# ---------------------------------------------------------------- inside


class _OutputError(Exception):
    """What was to be printed could not be."""


@contextmanager
def _output() -> Iterator[None]:
    """Raise _OutputError where a stream cannot be written; an error of a file, which has a name, is none of that."""
    try:
        yield
    except OSError as error:
        if error.filename is not None:
            raise
        raise _OutputError(f"the output cannot be written: {error.strerror}") from error


_METADATA = "importlib.metadata"


class _LaterMetadata(ModuleType):
    """Stands for `importlib.metadata` until somebody asks it.

    Pydantic takes `entry_points` from it and, without plug-ins, never calls it; to import it takes 20 ms more.
    """

    def entry_points(self, **chosen: Any) -> Any:
        return self.__getattr__("entry_points")(**chosen)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import system's own questions
            raise AttributeError(name)
        if sys.modules.get(_METADATA) is self:
            del sys.modules[_METADATA]
        return getattr(import_module(_METADATA), name)
