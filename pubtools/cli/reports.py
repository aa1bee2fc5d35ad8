"""What a run says of itself: warnings by line, a summary at a glance, and the exit code."""

from __future__ import annotations

from collections.abc import Iterable

import click

from pubtools import library as libraries
from pubtools.cli import files, turns
from pubtools.config import FILE_NAME, Config
from pubtools.errors import InputError
from pubtools.library import Library
from pubtools.pipeline import Report
from pubtools.problems import CODES, Problem


def finish(
    library: Library, report: Report, library_path: str, config: Config, *,
    began_with: files.Stamp | None, verbose: bool, strict: bool,
) -> int:  # fmt: skip
    """Write the library, say what came of it, and give the exit code, see `tell`.

    Raises InputError where the file is no longer the one that the run began with: what another wrote would be lost.
    """
    text = libraries.dumps(library)
    written = not files.holds(library_path, text)
    if written:
        with turns.taken(library_path):
            if files.stamp(library_path) != began_with:
                raise files.changed(library_path)
            files.write_text(library_path, text)
    return tell(report, library_path, config, written=written, verbose=verbose, strict=strict)


def tell(report: Report, library_path: str, config: Config, *, written: bool, verbose: bool, strict: bool) -> int:
    """Say what came of a run, and give the exit code.

    Under `strict` 3 where a service could not be asked, else 1 where there is a warning; otherwise 0.
    """
    problems = wanted(report.problems, config)
    for problem in problems:
        if verbose or problem.severity == "warning":
            click.echo(str(placed(problem, library_path, config)), err=True)
    click.echo("\n".join(_summary(report, library_path, written=written, verbose=verbose)), err=True)
    if strict and report.looked_up.unasked:
        return 3
    return int(strict and any(problem.severity == "warning" for problem in problems))


def wanted(problems: Iterable[Problem], config: Config) -> list[Problem]:
    """`problems` but for the codes that the user ignores."""
    return [problem for problem in problems if problem.code not in config.ignore]


def known(codes: Iterable[str]) -> tuple[str, ...]:
    """`codes` as they are spelt. Raises InputError for one that there is not."""
    for code in codes:
        if code.upper() not in CODES:
            raise InputError(f"there is no code {code!r}", hint="pubtools explain lists them")
    return tuple(code.upper() for code in codes)


def placed(problem: Problem, library_path: str, config: Config) -> Problem:
    """`problem` with its file as people find it from the working folder."""
    if problem.where is None:
        return problem
    file = problem.where.file
    shown = config.path if file == FILE_NAME else files.shown(file, library_path)
    return problem._replace(where=problem.where._replace(file=shown))


def _summary(report: Report, library_path: str, *, written: bool, verbose: bool) -> Iterable[str]:
    """What happened, at a glance: a line a page, then the library, then what wants a look."""
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
    looked_up = report.looked_up
    if looked_up.found or looked_up.absent or looked_up.unasked:
        yield (
            f"  arXiv: {len(looked_up.found)} found, {len(looked_up.absent)} not there or not surely, "
            f"{len(looked_up.unasked)} could not be asked"
        )
    notes = sum(problem.severity == "info" for problem in report.problems)
    if notes and not verbose:
        yield f"  {_count(notes, 'note')} more with -v"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 or noun == "refused" else f"{number} {noun}s"
