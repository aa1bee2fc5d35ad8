"""`pubtools init`: settings made from what stands in the folder, and the files for CI that are asked for."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtools.cli import options

if TYPE_CHECKING:
    from pubtools.starter import Found

# Where each file goes that CI or a hook needs, and what says how it looks.
CI = {
    "github": (".github/workflows/publications.yml", "github"),
    "gitlab": (".gitlab-ci.yml", "gitlab"),
    "pre-commit": (".pre-commit-config.yaml", "pre_commit"),
}
# What may be a page or a bibliography: each file in which there is a publication is taken for one.
SUFFIXES = (".txt", ".text", ".html", ".htm", ".bib", ".ris")
# Larger files are no profiles.
LARGEST = 20_000_000


@click.command()
@click.option("--ci", multiple=True, type=click.Choice(list(CI)), help="Write the file that runs it there, too.")
@options.config
def init(ci: Sequence[str], config_path: str | None) -> None:
    """Write a commented pubtools.toml for this folder: its pages, bibliographies and lists, and whose they are.

    A file that is there already is never written over.
    """
    from pubtools import starter
    from pubtools.cli import files
    from pubtools.config import FILE_NAME
    from pubtools.errors import InputError

    path = config_path or FILE_NAME
    found = _found(Path(os.path.dirname(path) or "."))
    texts = {path: starter.settings(found)}
    texts |= {CI[name][0]: getattr(starter, CI[name][1])() for name in ci}
    # Asked for CI alone, the settings that are there may stay.
    if ci and os.path.lexists(path):
        del texts[path]
    for target in texts:
        if os.path.lexists(target):
            raise InputError("is there already", path=target, hint="move it away, or change it by hand")
    for target, text in texts.items():
        Path(target).parent.mkdir(parents=True, exist_ok=True)
        files.write_text(target, text)
        click.echo(f"{target}: written", err=True)
    if path in texts and not found.profiles:
        click.echo("no page with publications is here: save one as text, and name it in profiles", err=True)
    click.echo("next: pubtools update", err=True)


def _found(folder: Path) -> Found:
    from pubtools import markers, pipeline
    from pubtools.cli import files
    from pubtools.errors import PubtoolsError
    from pubtools.library import Library
    from pubtools.page import Page
    from pubtools.starter import Found

    listed = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    profiles: list[str] = []
    owner: str | None = None
    for path in listed:
        if path.suffix.lower() not in SUFFIXES or path.stat().st_size > LARGEST:
            continue
        try:
            page = Page.from_text(files.read_page(str(path)), path.name)
            _, report = pipeline.normalise(Library(), [page])
        except PubtoolsError:
            continue
        profiles.append(path.name)
        owner = owner or next((row.owner for row in report.pages if row.owner), None)
    markdown = None
    for path in listed:
        if path.suffix.lower() in (".md", ".html", ".markdown"):
            try:
                if markers.are_in(files.read_exactly(str(path))):
                    markdown = markdown or path.name
            except PubtoolsError:
                continue
    return Found(profiles=tuple(profiles), owner=owner, markdown=markdown, taken=tuple(path.name for path in listed))
