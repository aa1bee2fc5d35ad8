"""`pubtools read`: how a page is understood, line by line; what one needs who wonders, or writes a layout."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from pubtools.cli import options

if TYPE_CHECKING:
    from pubtools.importers import Importer
    from pubtools.models import Reading
    from pubtools.page import Page
    from pubtools.problems import Problem
    from pubtools.tracing import Trace

WIDTH = 100
# So many rows of a paragraph tell which one it is.
MOST_ROWS = 6
COLOURS = {"unread": "yellow", "refused": "red", "heading": "blue", "owner": "magenta", "declared": "magenta"}


@click.command()
@click.argument("page_path", metavar="PAGE")
@options.layout
@click.option("--json", "as_json", is_flag=True, help="Write what was cut out as JSON, by schemas/reading.schema.json.")
def read(page_path: str, layout: str | None, as_json: bool) -> None:
    """Show how PAGE (`-` is standard input) is understood; no library is read or written.

    In the margin stand the line, the number of the entry, and the field that the text beside was read as; "unread"
    is what no rule reads, "≈" a value that the page has in other words, as the address behind a link.
    """
    from pubtools import jsontext, pipeline
    from pubtools.cli import files
    from pubtools.errors import InputError

    page = pipeline.page_of(files.read_page(page_path), page_path)
    if bibliography := pipeline.importer(page, layout):
        if as_json:
            message = "is a bibliography file: its works are records already"
            raise InputError(message, path=page_path, hint="pubtools normalise, then pubtools export --format csl-json")
        lines = _of_a_bibliography(page, *bibliography)
    else:
        name, reading = pipeline.read(page, layout)
        if as_json:
            click.echo(jsontext.dumps(reading.renumbered(page.file_line).model_dump(mode="json")), nl=False)
            return
        lines = _of_a_page(page, name, reading)
    for line in lines:
        click.echo(line)


# ---------------------------------------------------------------- a page


def _of_a_page(page: Page, layout: str, reading: Reading) -> Iterator[str]:
    from pubtools import sightings, tracing

    doubtful = {n for n, entry in enumerate(reading.entries, 1) if entry.certainty < sightings.CERTAIN}
    traces = tracing.trace(page, reading)
    margins = [_margin(page, trace, doubtful) for trace in traces]
    widths = [max((len(cell) for cell in column), default=0) for column in zip(*margins, strict=True)]
    before: tuple[str, ...] = ()
    for trace, margin in zip(traces, margins, strict=True):
        if not trace.text:
            before = ()
            yield ""
            continue
        # A number is said once, where it begins.
        cells = ["" if before[:n] == margin[:n] else cell for n, cell in enumerate(margin[:2], 1)] + [margin[2]]
        before = margin
        yield from _rows(trace, cells, widths)
    yield ""
    yield from _facts(page, layout, reading, len(doubtful))
    _, problems = sightings.from_reading(reading.renumbered(page.file_line), page.name)
    yield from _doubts(problems)


def _margin(page: Page, trace: Trace, doubtful: set[int]) -> tuple[str, str, str]:
    entry = f"{trace.entries}?" if trace.entries.isdigit() and int(trace.entries) in doubtful else trace.entries
    return str(page.file_line(trace.line)), entry, trace.reads


def _rows(trace: Trace, cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    line, entry, reads = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
    margin = f"{line.strip().rjust(widths[0])}  {entry}  "
    colour = COLOURS.get(trace.reads, "green" if trace.entries else None)
    text = trace.text if trace.verbatim else f"≈ {trace.text}"
    width = max(WIDTH - len(margin) - len(reads) - 2, 30)
    wrapped = textwrap.wrap(text[: width * MOST_ROWS], width)
    if len(text) > width * MOST_ROWS:
        wrapped[-1] += " …"
    for number, row in enumerate(wrapped):
        shown = click.style(row, bold=trace.reads == "heading", dim=trace.reads in ("", "unread"))
        left = f"{margin}{click.style(reads, fg=colour)}" if not number else " " * (len(margin) + len(reads))
        yield f"{left}  {shown}"


def _facts(page: Page, layout: str, reading: Reading, doubtful: int) -> Iterator[str]:
    from pubtools.page import ranges

    def fact(name: str, text: str) -> Iterator[str]:
        indent = " " * 9
        yield from textwrap.wrap(f"{name:<9}{text}", WIDTH, subsequent_indent=indent, break_long_words=False)

    yield from fact("layout", layout)
    if reading.style:
        yield from fact("style", reading.style)
    if reading.owner:
        yield from fact("owner", f"{reading.owner.text} (line {page.file_line(reading.owner.line)})")
    declared = ""
    if reading.declared:
        declared = f" of {reading.declared.count} declared (line {page.file_line(reading.declared.line)})"
    left_out = f", {doubtful} too doubtful to be taken" if doubtful else ""
    yield from fact("entries", f"{len(reading.entries)}{declared}{left_out}")
    if reading.refused:
        yield from fact("refused", str(len(reading.refused)))
    if reading.news:
        yield from fact("news", str(len(reading.news)))
    if reading.unread:
        unread = sorted({page.file_line(number) for number in reading.unread})
        yield from fact("unread", f"{'line' if len(unread) == 1 else 'lines'} {ranges(unread)}")


def _doubts(problems: Sequence[Problem]) -> Iterator[str]:
    if problems:
        yield ""
    for problem in sorted(problems, key=lambda problem: (problem.where and problem.where.line) or 0):
        yield click.style(str(problem), fg="yellow" if problem.severity == "warning" else None)


# ---------------------------------------------------------------- a bibliography file


def _of_a_bibliography(page: Page, name: str, importer: Importer) -> Iterator[str]:
    from pubtools import library
    from pubtools.importers import IMPORT_TRUST
    from pubtools.models import Source

    got = importer.read(page.source, Source(kind=library.PAGE, locator=page.name, trust=IMPORT_TRUST))
    last = max((sighting.lines[0] for sighting in got.sightings if sighting.lines), default=1)
    for sighting in got.sightings:
        facts = sighting.facts
        line = str(sighting.lines[0]) if sighting.lines else ""
        authors = ", ".join(author.literal for author in facts.authors.names) if facts.authors else ""
        year = str(facts.date.year) if facts.date and facts.date.year else ""
        told = ". ".join(part for part in (facts.title, authors, year, facts.venue and facts.venue.name) if part)
        margin = f"{line.rjust(len(str(last)))}  {facts.citation_key or '':<20}  "
        yield from textwrap.wrap(told, WIDTH, initial_indent=margin, subsequent_indent=" " * len(margin))
    yield ""
    refused = f", {got.refused} refused" if got.refused else ""
    yield f"{'format':<9}{name}"
    yield f"{'works':<9}{len(got.sightings)}{refused}"
    yield from _doubts(got.problems)
