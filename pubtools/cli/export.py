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
@click.option("--me", multiple=True, metavar="NAME", help="Set this name off as the owner's. May be repeated.")
@click.option("--with-abstract", is_flag=True, help="Write complete abstracts, too, in formats that leave them out.")
@options.config
def export(
    to: str, library_path: str, output: str | None, me: Sequence[str], with_abstract: bool, config_path: str | None
) -> None:  # fmt: skip
    """Write all publications of the library, newest first. The same library gives the same bytes."""
    from pubtools import pipeline
    from pubtools.cli import files
    from pubtools.errors import InputError

    config = files.read_config(config_path)
    library = files.read_library(library_path, must_exist=True)
    text = pipeline.export(library, to, config, me=me, abstracts=with_abstract)
    if output is None or output == files.STDIN:
        click.echo(text.encode(), nl=False)
    elif files.is_same(output, library_path):
        raise InputError("is the library itself", path=output, hint="name another file with -o")
    else:
        written = files.write_text(output, text)
        click.echo(f"{output}: {'written' if written else 'unchanged'}", err=True)
