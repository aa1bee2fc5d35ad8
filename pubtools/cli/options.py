"""The options that several commands share: one wording each."""

from __future__ import annotations

import click

library = click.option(
    "-l", "--library", "library_path", metavar="FILE", default="publications.json", show_default=True,
    help="The library.",
)  # fmt: skip
config = click.option(
    "-c", "--config", "config_path", metavar="FILE", help="Settings, instead of the nearest pubtools.toml."
)
offline = click.option("--offline", is_flag=True, help="Never open a connection.")
records = click.option(
    "--arxiv-records", "records", metavar="FILE",
    help="Ask this file of arXiv's bulk metadata (JSON lines, may be compressed) before the network.",
)  # fmt: skip
strict = click.option(
    "--strict", is_flag=True, help="Exit with 1 when there is a warning, with 3 when arXiv cannot be asked."
)
verbose = click.option("-v", "--verbose", is_flag=True, help="Also show notes: what is normal, by line.")
layout = click.option("--layout", metavar="NAME", help="Read with this layout instead of the one that fits.")
