"""All that pubtools.toml names in one go: pages in, the library and every list out, what is new, what is lost."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from pubtools import doubts, markers, pipeline, selection
from pubtools import library as libraries
from pubtools import news as newsdesk
from pubtools.config import Config, Listed, Output
from pubtools.errors import ConfigError
from pubtools.library import Library
from pubtools.models import Publication
from pubtools.news import News
from pubtools.pipeline import Asking, Report
from pubtools.problems import Problem

if TYPE_CHECKING:
    from pubtools.page import Page


class File(NamedTuple):
    """A file that a run writes: what is in it (None where there is none) and what shall be."""

    path: str
    before: str | None
    after: str

    @property
    def is_current(self) -> bool:
        """Whether there is nothing to write."""
        return self.before == self.after


class Update(NamedTuple):
    """What a run would make of the files, the library first, what is new, and what would be lost, a sentence each."""

    library: Library
    files: tuple[File, ...]
    report: Report
    news: News
    losses: tuple[str, ...]


def update(
    library: Library,
    pages: Sequence[Page],
    config: Config,
    existing: Mapping[str, str | None],
    *,
    rows: Mapping[str, Listed] = MappingProxyType({}),
    asking: Sequence[Asking] = (),
    prune: bool = False,
    allow_removals: bool = False,
) -> Update:
    """What `config` asks for. `rows` has the row of each page by the page's name.

    `existing` has the text of each file to be written, the library among them, by path as `config` names it. A page
    of the library that is not among `pages` is read no more. `allow_removals` lets a page or a block become empty;
    what else is lost is for the caller to judge. Raises InputError for a page that is none, and for markers that are
    not there; ConfigError where two rows write one file.
    """
    _check_paths(config)
    before = pipeline.listed(library, config)
    read_no_more = {profile.locator for profile in library.profiles} - {page.name for page in pages}
    updated, report = pipeline.normalise(
        library, pages, config,
        rows=rows, forget=sorted(read_no_more), asking=asking, prune=prune,
        allow_empty=allow_removals, recheck=True,
    )  # fmt: skip
    news = newsdesk.between(before, pipeline.listed(updated, config))
    files, unsaid = _files(library, updated, config, existing, allow_removals=allow_removals)
    report = report._replace(problems=(*report.problems, *unsaid))
    return Update(updated, files, report, news, tuple(_losses(news, prune=prune)))


def standing(
    library: Library, config: Config, existing: Mapping[str, str | None]
) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
    """The files as `library` and `config` would have them when no page is read, and what wants a look in all that.

    `existing` is that of `update`, and so are the errors.
    """
    _check_paths(config)
    same, report = pipeline.look_up(library, config)
    files, unsaid = _files(library, same, config, existing, allow_removals=True)
    unfinished = doubts.unfinished(pipeline.listed(same, config))
    return files, doubts.in_order([*report.problems, *unfinished, *unsaid])


# ---------------------------------------------------------------- inside


def _files(
    library: Library,
    updated: Library,
    config: Config,
    existing: Mapping[str, str | None],
    *,
    allow_removals: bool,
) -> tuple[tuple[File, ...], list[Problem]]:
    """The files that `updated` makes of those of `library`, the library first, and what their formats cannot say."""
    after = pipeline.listed(updated, config)
    text = existing.get(config.library)
    # A library that says the same is left as it is written.
    files = [File(config.library, text, text if text and updated is library else libraries.dumps(updated))]
    problems: list[Problem] = []
    for path, outputs in _by_path(config).items():
        text = existing.get(path)
        for row in outputs:
            rendered, unsaid = _render(updated, after, row, config)
            problems += unsaid
            if row.markers:
                block = row.markers if isinstance(row.markers, str) else ""
                text = markers.replace(text or "", rendered, block, path=path, allow_empty=allow_removals)
            else:
                text = rendered
        files.append(File(path, existing.get(path), text or ""))
    return tuple(files), problems


def _render(
    library: Library, publications: Sequence[Publication], row: Output, config: Config
) -> tuple[str, tuple[Problem, ...]]:
    """The list, and what its format cannot say."""
    chosen = selection.choose(publications, row, config.selected)
    return pipeline.render(chosen, row.format, library, config.model_copy(update={"style": row.styled(config.style)}))


def _by_path(config: Config) -> dict[str, list[Output]]:
    rows: dict[str, list[Output]] = {}
    for row in config.output:
        rows.setdefault(row.path, []).append(row)
    return rows


def _check_paths(config: Config) -> None:
    """Refuse rows that would write over one another, or over what is read."""
    taken = {row.path: "a page that is read" for row in config.profiles}
    taken |= {config.library: "the library", os.path.basename(config.path): "the settings"}
    for path, rows in _by_path(config).items():
        if path in taken:
            raise ConfigError(f"an output would write over {taken[path]}: {path!r}", hint="give it a file of its own")
        blocks = [row.markers for row in rows]
        if len(rows) > 1 and (not all(blocks) or len(set(blocks)) < len(blocks)):
            raise ConfigError(
                f"two outputs write the same file: {path!r}", hint="give each a block of its own: markers = NAME"
            )


def _losses(news: News, *, prune: bool) -> Iterator[str]:
    """What would be lost, a sentence each; a work that the user prunes is no loss."""
    for work in news.lost:
        if not (prune and work.gone):
            yield f"{work.key} would be dropped: {work.title!r}"
    for change in news.emptied:
        for name in change.fields:
            if not getattr(change.after, name):
                yield f"{change.after.key} would lose its {name.replace('_', ' ')}: {change.after.title!r}"
