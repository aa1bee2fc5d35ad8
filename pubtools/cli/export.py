"""`pubtools export`: the library in the format of a LaTeX, Zotero, pandoc or web page user."""

from __future__ import annotations

from collections.abc import Sequence

import click

from pubtools import plugins
from pubtools.cli import options


@click.command()
@click.option("--format", "to", required=True, metavar="|".join(plugins.names("exporter")), help="The format to write.")
@options.library
@click.option("-o", "--output", metavar="FILE", help="Write to this file instead of standard output.")
@click.option("--into", metavar="FILE", help="Replace what stands between the markers of this file, and nothing else.")
@click.option("--block", metavar="NAME", help="Which block of --into: <!-- pubtools:start NAME -->.")
@click.option("--allow-empty", is_flag=True, help="Let --into empty a block.")
@click.option("--me", multiple=True, metavar="NAME", help="Set this name off as the owner's. May be repeated.")
@click.option(
    "--style", "choices", multiple=True, metavar="NAME=VALUE",
    help="Change how the list looks, as the table [style] of pubtools.toml does. May be repeated.",
)  # fmt: skip
@click.option("--with-abstract", is_flag=True, help="Write complete abstracts, too, in formats that leave them out.")
@options.config
def export(
    to: str,
    library_path: str,
    output: str | None,
    into: str | None,
    block: str | None,
    allow_empty: bool,
    me: Sequence[str],
    choices: Sequence[str],
    with_abstract: bool,
    config_path: str | None,
) -> None:
    """Write all publications of the library, newest first. The same library gives the same bytes."""
    from pubtools import config as configs
    from pubtools import markers, pipeline
    from pubtools.cli import files
    from pubtools.errors import ConfigError, InputError

    if into is None and (block is not None or allow_empty):
        raise click.UsageError(f"--{'block' if block is not None else 'allow-empty'} goes with --into")
    if into is not None and output is not None:
        raise click.UsageError("either -o or --into")
    if not all(map(str.strip, me)):
        raise click.BadParameter("is no name", param_hint="--me")
    config = files.read_config(config_path)
    try:
        config = configs.restyled(config, choices) if choices else config
    except ConfigError as error:
        raise click.BadParameter(str(error), param_hint="--style") from error
    for written in (output, into):
        if written and files.is_same(written, library_path):
            raise InputError("is the library itself", path=written, hint="name another file")
    library = files.read_library(library_path, must_exist=True)
    text, doubts = pipeline.exported(library, to, config, me=me, abstracts=with_abstract)
    for doubt in doubts:
        click.echo(str(doubt), err=True)
    if into is not None:
        page = files.read_exactly(into)
        text = markers.replace(page, text, block or "", path=into, allow_empty=allow_empty)
        _write(into, text)
    elif output is None or output == files.STDIN:
        click.echo(text.encode(), nl=False)
    else:
        _write(output, text)


def _write(path: str, text: str) -> None:
    from pubtools.cli import files

    state = "written" if files.write_text(path, text) else "unchanged"
    click.echo(f"{path}: {state}", err=True)
