"""`pubtools normalise`: read pages into the library, and say what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import click

from pubtools.cli import options


@click.command()
@click.argument("pages", metavar="PAGE...", nargs=-1, required=True)
@options.library
@options.layout
@click.option(
    "--as-of",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day the page was saved: gives dates without a year their year, marked as inferred.",
)
@options.offline
@options.records
@options.strict
@click.option("--prune", is_flag=True, help="Remove publications that are on none of their pages any more.")
@click.option("--allow-empty", is_flag=True, help="Accept a page without a publication.")
@click.option("--keep-doubtful", is_flag=True, help="Take entries whose title and authors are not sure, too.")
@options.config
@options.verbose
@click.pass_context
def normalise(
    ctx: click.Context, pages: Sequence[str], library_path: str, layout: str | None, as_of: datetime | None,
    offline: bool, records: str | None, strict: bool, prune: bool, allow_empty: bool, keep_doubtful: bool,
    config_path: str | None, verbose: bool,
) -> None:  # fmt: skip
    """Read each PAGE (`-` is standard input) into the library, and look up on arXiv what is new.

    What a page said before is replaced by what it says now, so the same command can run every day. A publication
    that no page lists any more is kept and reported until --prune. Citation keys never change.
    """
    from pubtools import config as configs
    from pubtools import pipeline
    from pubtools.cli import asking, files, reports
    from pubtools.errors import PubtoolsError

    if as_of and as_of.date() < configs.EARLIEST:
        raise click.BadParameter(f"{as_of:%Y} is before {configs.EARLIEST:%Y}", param_hint="--as-of")
    config = files.read_config(config_path)
    began_with = files.stamp(library_path)
    library = files.read_library(library_path, must_exist=False)
    files.check_writable(library_path)
    named = {files.locator(path, library_path): path for path in pages}
    texts = [pipeline.page_of(files.read_page(path), name) for name, path in named.items()]
    with asking.catalogues(config, library_path, offline=offline, records=records) as catalogues:
        try:
            library, report = pipeline.normalise(
                library, texts, config, asking=catalogues,
                as_of=as_of.date() if as_of else None, layout=layout, prune=prune, allow_empty=allow_empty,
                keep_doubtful=keep_doubtful,
            )  # fmt: skip
        except PubtoolsError as error:
            raise files.map_path(error, library_path) from error
    asking.remember(library, library_path, config, report.looked_up, offline=offline, records=records)
    ctx.exit(
        reports.finish(library, report, library_path, config, began_with=began_with, verbose=verbose, strict=strict)
    )
