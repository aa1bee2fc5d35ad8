"""`pubtools enrich`: look up again what the library holds."""

from __future__ import annotations

import click


@click.command()
@click.option(
    "-l",
    "--library",
    "library_path",
    metavar="FILE",
    default="publications.json",
    show_default=True,
    help="The library to complete.",
)
@click.option("--refresh", is_flag=True, help="Ask for all publications anew, also for those that were found.")
@click.option("--offline", is_flag=True, help="Never open a connection.")
@click.option(
    "--arxiv-records",
    "records",
    metavar="FILE",
    help="Ask this file of arXiv's bulk metadata (JSON lines, may be compressed) before the network.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 when there is a warning, with 3 when arXiv cannot be asked.")
@click.option("-c", "--config", "config_path", metavar="FILE", help="Settings, instead of the nearest pubtools.toml.")
@click.option("-v", "--verbose", is_flag=True, help="Also show notes, such as what arXiv does not surely have.")
@click.pass_context
def enrich(
    ctx: click.Context, library_path: str, refresh: bool, offline: bool, records: str | None, strict: bool,
    config_path: str | None, verbose: bool,
) -> None:  # fmt: skip
    """Look up on arXiv what the library holds and arXiv has not spoken of yet."""
    from pubtools import pipeline
    from pubtools.cli import asking, files, reports

    config = files.read_config(config_path)
    library = files.read_library(library_path, must_exist=True)
    with asking.catalogues(config, library_path, offline=offline, records=records) as catalogues:
        library, report = pipeline.look_up(library, config, catalogues, refresh=refresh)
    asking.remember(library, library_path, config, report.looked_up, offline=offline)
    code = reports.finish(library, report, library_path, verbose=verbose, strict=strict)
    ctx.exit(3 if refresh and report.looked_up.unasked else code)
