"""`pubtools normalise`: read pages into the library, and say what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pubtools.pipeline import Report
    from pubtools.problems import Problem


@click.command()
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@click.option(
    "-l",
    "--library",
    "library_path",
    metavar="FILE",
    default="publications.json",
    show_default=True,
    help="The library to read pages into; made if there is none.",
)
@click.option("--layout", metavar="NAME", help="Read with this layout instead of the one that fits.")
@click.option(
    "--as-of",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the page was saved: gives dates without a year their year, marked as inferred.",
)
# No look-up exists that it could forbid: the promise is kept by there being none.
@click.option("--offline", is_flag=True, expose_value=False, help="Never open a connection.")
@click.option("--strict", is_flag=True, help="Exit with 1 when there is a warning.")
@click.option("--prune", is_flag=True, help="Remove publications that are on none of their pages any more.")
@click.option("--allow-empty", is_flag=True, help="Accept a page without a publication.")
@click.option("-c", "--config", "config_path", metavar="FILE", help="Settings, instead of the nearest pubtools.toml.")
@click.option("-v", "--verbose", is_flag=True, help="Also show notes: what is normal for a page, by line.")
@click.pass_context
def normalise(
    ctx: click.Context, pages: Sequence[str], library_path: str, layout: str | None, as_of: datetime | None,
    strict: bool, prune: bool, allow_empty: bool, config_path: str | None, verbose: bool,
) -> None:  # fmt: skip
    """Read each PAGE (`-` is standard input) into the library.

    What a page said before is replaced by what it says now, so the same command can run every day. A publication
    that no page lists any more is kept and reported until --prune. Citation keys never change.
    """
    from pubtools import library as libraries
    from pubtools import pipeline
    from pubtools.cli import files
    from pubtools.errors import PubtoolsError
    from pubtools.page import Page

    config = files.read_config(config_path)
    library = files.read_library(library_path, must_exist=False)
    files.check_writable(library_path)
    named = {files.locator(path, library_path): path for path in pages}
    texts = [Page.from_text(files.read_page(path), name) for name, path in named.items()]
    try:
        library, report = pipeline.normalise(
            library, texts, config,
            as_of=as_of.date() if as_of else None, layout=layout, prune=prune, allow_empty=allow_empty,
        )  # fmt: skip
    except PubtoolsError as error:
        raise files.map_path(error, library_path) from error
    written = files.write_text(library_path, libraries.dumps(library))

    for problem in report.problems:
        if verbose or problem.severity == "warning":
            click.echo(_line(problem, library_path), err=True)
    click.echo("\n".join(_summary(report, library_path, written=written, verbose=verbose)), err=True)
    if strict and any(problem.severity == "warning" for problem in report.problems):
        ctx.exit(1)


def _line(problem: Problem, library_path: str) -> str:
    from dataclasses import replace

    from pubtools.cli import files

    if problem.where is None:
        return str(problem)
    return str(replace(problem, where=replace(problem.where, file=files.shown(problem.where.file, library_path))))


def _summary(report: Report, library_path: str, *, written: bool, verbose: bool) -> Iterable[str]:
    """What happened, at a glance: a line a page, then the library, then what wants a look."""
    from pubtools.cli import files
    from pubtools.page import ranges

    for page in report.pages:
        declared = f" of {page.declared} declared" if page.declared is not None else ""
        refused = f", {_count(page.refused, 'refused')}" if page.refused else ""
        unread = f", {_count(len(page.unread), 'unread line')}" + (f" ({ranges(page.unread)})" if page.unread else "")
        owner = f", owner {page.owner}" if page.owner else ""
        entries = "entry" if page.read == 1 else "entries"
        yield (
            f"{files.shown(page.name, library_path)}: {page.read} {entries}{declared}{refused}{unread} "
            f"[layout {page.layout}{owner}]"
        )
    state = "" if written else " (unchanged)"
    numbers = [f"{len(report.new)} new", f"{len(report.changed)} changed", f"{report.merged} merged"]
    if report.gone:
        numbers.append(f"{len(report.gone)} gone")
    if report.pruned:
        numbers.append(f"{len(report.pruned)} pruned: {', '.join(report.pruned)}")
    yield f"{library_path}{state}: {_count(report.publications, 'publication')}: {', '.join(numbers)}"
    yield "  " + ", ".join(
        (
            _count(len(report.cut), "cut author list"),
            _count(len(report.without_year), "date") + " without a year",
            f"{len(report.undated)} without a date",
            _count(len(report.conflicts), "conflict"),
            _count(sum(len(page.unread) for page in report.pages), "unread line"),
        )
    )
    notes = sum(problem.severity == "info" for problem in report.problems)
    if notes and not verbose:
        yield f"  {_count(notes, 'note')} more with -v"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 or noun == "refused" else f"{number} {noun}s"
