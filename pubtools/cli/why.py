"""`pubtools why`: where a fact comes from, and what else was said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from pubtools.cli import options

if TYPE_CHECKING:
    from pubtools.models import Claim, Publication


@click.command()
@click.argument("key")
@click.argument("field", required=False)
@options.library
@options.config
def why(key: str, field: str | None, library_path: str, config_path: str | None) -> None:
    """Show every claim about the publication KEY, or about one FIELD of it; `*` marks the claim that was chosen."""
    from pubtools import pipeline
    from pubtools.cli import files
    from pubtools.errors import InputError
    from pubtools.models import FIELDS

    if field is not None and field not in FIELDS:
        raise InputError(f"no field is called {field!r}", hint=f"fields: {', '.join(FIELDS)}")
    library = files.read_library(library_path, must_exist=True)
    publication = pipeline.find(library, key, files.read_config(config_path))
    click.echo(f"{publication.key}: {publication.title}" + (" (gone)" if publication.gone else ""))
    if publication.aliases:
        click.echo(f"also known as {', '.join(publication.aliases)}")
    for name in FIELDS if field is None else (field,):
        for line in _about(publication, name, library_path, in_full=field is not None):
            click.echo(line)


def _about(publication: Publication, field: str, library_path: str, *, in_full: bool) -> Iterator[str]:
    """The claims about one field, the chosen one first, each with its file and line."""
    from pubtools import doubts, merging
    from pubtools.cli import files
    from pubtools.models import Authors

    claims = publication.claims(field)
    if not claims:
        if in_full:
            yield f"{field}: nothing is said about it"
        return
    against = merging.opposed(field, claims)
    yield f"{field}:" + (" sources differ" if against else "")
    for claim in claims:
        where = files.shown(doubts.place(claim.sighting.source), library_path)
        chosen = claim is claims[0] or field in merging.JOINED
        for line, value in _values(claim):
            place = where if line is None else f"{where}:{line}"
            yield f"{'*' if chosen else ' '} {place}: {_text(value, in_full=in_full)}"
        if field == "arxiv" and claim.sighting.match:
            parts = claim.sighting.match.model_dump(exclude_none=True)
            yield "    taken for its " + ", ".join(f"{name} {share:.2f}" for name, share in parts.items())
        if claim in against and isinstance(claim.value, Authors):
            for chosen_name, name in merging.differences(claims[0].value, claim.value):
                yield f"    here {name or 'nobody'!r}, chosen {chosen_name or 'nobody'!r}"
    if field == "authors" and in_full:
        for author in publication.authors.names if publication.authors else ():
            family = " ".join(filter(None, (author.particle, author.family))) or author.literal
            split = {"last-word": "a guess: the last word", None: "not split"}.get(author.split_by, author.split_by)
            yield f"    {author.literal}: family name {family!r} ({split})"


def _values(claim: Claim) -> Iterator[tuple[int | None, Any]]:
    """The values of a claim, each with its own line where it has one."""
    if claim.field == "hints":
        yield from ((hint.line, hint) for hint in claim.value)
    else:
        yield claim.line, claim.value


def _text(value: Any, *, in_full: bool) -> str:
    """A value for people, in one line."""
    from pubtools.models import ArxivId, Authors, Hint, PartialDate, Prose, Venue

    if isinstance(value, Authors):
        text = ", ".join(name.literal for name in value.names) + ("" if value.complete else ", et al.")
    elif isinstance(value, PartialDate):
        parts = [f"{value.year}" if value.year else "????"]
        parts += [f"{part:02d}" for part in (value.month, value.day) if part]
        text = "-".join(parts) + (" (the year is inferred)" if value.inferred else "")
    elif isinstance(value, Prose):
        text = value.text if in_full or len(value.text) <= 80 else value.text[:77].rstrip() + "..."
        text += "" if value.complete else " (cut on the page)"
    elif isinstance(value, Hint):
        venue = " ".join(str(part) for part in (value.venue.name, value.venue.year, value.note) if part)
        text = f"{venue}: {value.text}"
    elif isinstance(value, Venue):
        text = ", ".join(str(part) for part in value.model_dump(exclude_none=True).values())
    elif isinstance(value, ArxivId):
        text = value.number + (f"v{value.version}" if value.version else "")
    elif isinstance(value, tuple):
        text = ", ".join(value)
    else:
        text = str(value)
    return text
