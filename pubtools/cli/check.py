"""`pubtools check`: is the library sound, and are the lists made of it? Without a connection, and without writing."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal

import click

from pubtools.cli import options

if TYPE_CHECKING:
    from pubtools.cli.project import Project
    from pubtools.config import Config
    from pubtools.problems import Problem

# The formats whose files `lint` judges.
LINTED: dict[str, Literal["bibtex", "biblatex"]] = {"bibtex": "bibtex", "biblatex": "biblatex"}


@click.command()
@click.option(
    "--output-format", "form", default="text", show_default=True,
    type=click.Choice(["text", "json", "github", "gitlab", "sarif"]), help="How findings are told.",
)  # fmt: skip
@click.option("--ignore", multiple=True, metavar="CODE", help="Leave findings of this code out. May be repeated.")
@click.option("--pages", is_flag=True, help="Read the pages too: what would an update find, change or lose?")
@options.config
@options.verbose
@click.pass_context
def check(
    ctx: click.Context, form: str, ignore: Sequence[str], pages: bool, config_path: str | None, verbose: bool
) -> None:
    """Judge the library and the lists that pubtools.toml names: exit with 1 where something wants a person.

    Without settings, publications.json of the working folder is judged alone. `pubtools explain CODE` says what a code
    means and what to do.
    """
    from pubtools.cli import files, findings, project, reports

    ignored = reports.known(ignore)
    config = files.read_config(config_path)
    if config.profiles:
        found = project.of(config)
        library_path = found.library_path
        problems = list(_of_the_project(found, pages=pages))
    else:
        library_path = os.path.normpath(os.path.join(os.path.dirname(config.path), config.library))
        problems = _of_the_library(library_path, config)
    config = config.model_copy(update={"ignore": (*config.ignore, *ignored)})
    wanted = [reports.placed(one, library_path, config) for one in reports.wanted(problems, config)]
    shown = [problem for problem in wanted if verbose or form != "text" or problem.severity == "warning"]
    click.echo(findings.FORMATS[form](shown), nl=False)
    warnings = sum(problem.severity == "warning" for problem in wanted)
    if form == "text":
        notes = len(wanted) - len(shown)
        more = f", {notes} {'note' if notes == 1 else 'notes'} more with -v" if notes else ""
        click.echo(f"{warnings or 'no'} {'finding' if warnings == 1 else 'findings'}{more}", err=True)
    ctx.exit(int(bool(warnings)))


def _of_the_project(found: Project, *, pages: bool) -> Iterator[Problem]:
    from pubtools import lint
    from pubtools.problems import Problem, Where

    if pages:
        run = found.update(allow_removals=True)
        lists, problems, losses = run.files, run.report.problems, run.losses
    else:
        (lists, problems), losses = found.standing(), ()
    yield from problems
    for loss in losses:
        yield Problem("F02", loss, Where(found.locator(found.config.library)))
    for file in lists:
        if not file.is_current:
            what = "is not there yet" if file.before is None else "is not current"
            yield Problem("F01", f"{what} (pubtools update writes it)", Where(found.locator(file.path)))
    linted = {row.path: LINTED[row.format] for row in found.config.output if row.format in LINTED and not row.markers}
    for file in lists:
        if file.path in linted and file.before is not None:
            yield from lint.check(file.before, found.locator(file.path), linted[file.path])


def _of_the_library(path: str, config: Config) -> list[Problem]:
    from pubtools import doubts, pipeline
    from pubtools.cli import files

    library = files.read_library(path, must_exist=True)
    _, report = pipeline.look_up(library, config)
    return list(doubts.in_order([*report.problems, *doubts.unfinished(pipeline.listed(library, config))]))
