"""`pubtools enrich`: look up again what the library holds."""

from __future__ import annotations

import click

from pubtools.cli import options


@click.command()
@options.library
@click.option("--refresh", is_flag=True, help="Ask for all publications anew, also for those that were found.")
@options.offline
@options.records
@options.strict
@options.config
@options.verbose
@click.pass_context
def enrich(
    ctx: click.Context, library_path: str, refresh: bool, offline: bool, records: str | None, strict: bool,
    config_path: str | None, verbose: bool,
) -> None:  # fmt: skip
    """Look up on arXiv what the library holds and arXiv has not spoken of yet."""
    from pubtools import pipeline
    from pubtools.cli import asking, files, reports

    config = files.read_config(config_path)
    began_with = files.stamp(library_path)
    library = files.read_library(library_path, must_exist=True)
    with asking.catalogues(config, library_path, offline=offline, records=records) as catalogues:
        library, report = pipeline.look_up(library, config, catalogues, refresh=refresh)
    asking.remember(library, library_path, config, report.looked_up, offline=offline, records=records)
    code = reports.finish(library, report, library_path, config, began_with=began_with, verbose=verbose, strict=strict)
    ctx.exit(3 if refresh and report.looked_up.unasked else code)
