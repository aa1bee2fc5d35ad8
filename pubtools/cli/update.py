"""`pubtools update`: all that pubtools.toml names, in one go."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pubtools.cli import options

if TYPE_CHECKING:
    from pubtools.updating import File


@click.command()
@click.option(
    "--check", is_flag=True, help="Write nothing, open no connection, and exit with 1 if a file would change."
)
@click.option("--diff", is_flag=True, help="Show what changes, as a unified diff.")
@click.option("--summary", type=click.Choice(["markdown"]), help="Print what is new, as the body of a pull request.")
@click.option("--allow-removals", is_flag=True, help="Let publications and filled fields go.")
@click.option("--prune", is_flag=True, help="Remove publications that are on none of their pages any more.")
@options.offline
@options.records
@options.strict
@options.config
@options.verbose
@click.pass_context
def update(
    ctx: click.Context, check: bool, diff: bool, summary: str | None, allow_removals: bool, prune: bool,
    offline: bool, records: str | None, strict: bool, config_path: str | None, verbose: bool,
) -> None:  # fmt: skip
    """Read the pages that pubtools.toml names, look up what is new, and write the library and every list.

    It never makes things worse: where a publication or a filled field would be lost it stops with 1 and writes
    nothing. A file that is current is not touched.
    """
    from pubtools.cli import asking, project, reports

    with project.opened(config_path, alone=not check) as found:
        if check:
            run = found.update(prune=prune, allow_removals=allow_removals)
        else:
            with asking.catalogues(found.config, found.library_path, offline=offline, records=records) as them:
                run = found.update(asking=them, prune=prune, allow_removals=allow_removals)
        stale = [file for file in run.files if not file.is_current]
        if diff:
            click.echo("".join(map(_diff, stale)), nl=False)
        if summary:
            from pubtools import summary as summaries

            click.echo(summaries.markdown(run.news, reports.wanted(run.report.problems, found.config)), nl=False)
        if run.losses and not allow_removals:
            for loss in run.losses:
                click.echo(f"pubtools: {loss}", err=True)
            click.echo("pubtools: nothing was written (--allow-removals takes it as it is)", err=True)
            ctx.exit(1)
        if check:
            for file in stale:
                state = "not there yet" if file.before is None else "not current"
                click.echo(f"{found.at(file.path)}: {state}", err=True)
            ctx.exit(int(bool(stale)))
        found.write(stale)
        asking.remember(
            run.library, found.library_path, found.config, run.report.looked_up, offline=offline, records=records
        )
        for file in run.files[1:]:
            state = "unchanged" if file.is_current else "written"
            click.echo(f"{found.at(file.path)}: {state}", err=True)
        written = not run.files[0].is_current
        ctx.exit(
            reports.tell(run.report, found.library_path, found.config, written=written, verbose=verbose, strict=strict)
        )


def _diff(file: File) -> str:
    from difflib import unified_diff

    before = (file.before or "").splitlines(keepends=True)
    lines = unified_diff(before, file.after.splitlines(keepends=True), f"a/{file.path}", f"b/{file.path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
