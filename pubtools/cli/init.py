"""`pubtools init`: settings made from what stands in the folder, and the files for CI that are asked for."""

from __future__ import annotations

import json
import os
import re
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
# Its name for pip, with what reads pages in HTML; the name "pubtools" belongs to others on PyPI.
DISTRIBUTION = "pubtools-cv"
EXTRA = "[html]"
# Stands in the files of CI for what is to be filled in.
UNKNOWN = "git+https://github.com/OWNER/pubtools@COMMIT"
# What is put between quotes into scripts is an address, and nothing of a shell's or of YAML's.
_ADDRESS = r"[a-z+]+://[\w.~:/@%+?=&#-]+"


@click.command()
@click.option("--ci", multiple=True, type=click.Choice(list(CI)), help="Write the file that runs it there, too.")
@click.option(
    "--from", "address", metavar="ADDRESS",
    help="Where CI gets pubtools: git+https://HOST/OWNER/pubtools@COMMIT, unless this one came from such an address.",
)  # fmt: skip
@options.config
def init(ci: Sequence[str], address: str | None, config_path: str | None) -> None:
    """Write a commented pubtools.toml for this folder: its pages, bibliographies and lists, and whose they are.

    A file that is there already is never written over.
    """
    from pubtools import starter
    from pubtools.cli import files
    from pubtools.config import FILE_NAME
    from pubtools.errors import InputError

    path = config_path or FILE_NAME
    pinned = _pinned(address) if ci else ""
    files.check_writable(path)
    found, said = _found(Path(os.path.dirname(path) or "."))
    texts = {path: starter.settings(found)}
    texts |= {CI[name][0]: getattr(starter, CI[name][1])(pinned) for name in ci}
    # Asked for CI alone, the settings that are there may stay.
    if ci and os.path.lexists(path):
        del texts[path]
    for target in texts:
        if os.path.lexists(target):
            raise InputError("is there already", path=target, hint="move it away, or change it by hand")
    files.write_all(list(texts.items()))
    for target in texts:
        click.echo(f"{target}: written", err=True)
        if target != path and UNKNOWN in texts[target] and address != UNKNOWN:
            click.echo(f"{target}: say there where CI gets pubtools (OWNER, COMMIT), or here with --from", err=True)
        if target != path and files.up_to_root(Path.cwd())[-1] != Path.cwd():
            click.echo(f"{target}: is looked for in the root of the repository, and runs there: move it", err=True)
    if path in texts:
        for line in said:
            click.echo(line, err=True)
        if not found.profiles:
            click.echo("no page with publications is here: save one as text, and name it in profiles", err=True)
            return
    click.echo("next: pubtools update", err=True)


def _pinned(address: str | None) -> str:
    """The requirement that installs this pubtools elsewhere: from `address`, or from where it came itself.

    With `UNKNOWN`, where nobody can say, CI fails: to install what has its name on an index would be to run whatever
    anybody puts there.
    """
    from pubtools import __version__

    if address is None:
        came_from = _came_from()
        if came_from == "":
            return f"{DISTRIBUTION}{EXTRA}=={__version__}"
        address = UNKNOWN if came_from is None else came_from
    if not re.fullmatch(_ADDRESS, address):
        raise click.BadParameter(f"{address!r} is no address", param_hint="--from")
    return f"{DISTRIBUTION}{EXTRA} @ {address}"


def _came_from() -> str | None:
    """The address that this pubtools was installed from, "" for an index; None where others cannot reach it.

    Source: PEP 610, on direct_url.json.
    """
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        record = distribution(DISTRIBUTION).read_text("direct_url.json")
    except PackageNotFoundError:
        return None
    if record is None:
        return ""
    said = json.loads(record)
    if said["url"].startswith("file:"):
        return None
    if vcs := said.get("vcs_info"):
        return f"{vcs['vcs']}+{said['url']}@{vcs['commit_id']}"
    return str(said["url"])


def _found(folder: Path) -> tuple[Found, list[str]]:
    """What stands in `folder`, and a line on each page: how many publications are on it, or why it is left out."""
    from pubtools import markers, pipeline
    from pubtools.cli import files
    from pubtools.errors import PubtoolsError
    from pubtools.library import Library
    from pubtools.starter import Found

    listed = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    profiles: list[str] = []
    said: list[str] = []
    owner: str | None = None
    for path in listed:
        if path.suffix.lower() not in SUFFIXES or path.stat().st_size > LARGEST:
            continue
        try:
            page = pipeline.page_of(files.read_page(str(path)), path.name)
            _, report = pipeline.normalise(Library(), [page])
        except PubtoolsError as error:
            said.append(f"{path.name}: left out: {error.message}")
            continue
        number = f"{report.publications} publication{'s' * (report.publications != 1)}"
        # Notes and lists of other things have a line or two that may be read as a work; a profile has one that must.
        if report.publications <= len({problem.where for problem in report.problems if problem.code == "L05"}):
            said.append(f"{path.name}: left out: {number}, all of them guesses")
            continue
        said.append(f"{path.name}: {number}")
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
    taken = tuple(path.name for path in listed)
    return Found(profiles=tuple(profiles), owner=owner, markdown=markdown, taken=taken), said
