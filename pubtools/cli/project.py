"""The user's project: what pubtools.toml names, read and written from its folder, one run at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, NamedTuple

from pubtools import config as configs
from pubtools import patterns, pipeline, plugins, updating
from pubtools.cli import files, turns
from pubtools.config import Config
from pubtools.errors import ConfigError, InputError, PubtoolsError
from pubtools.library import Library
from pubtools.problems import Problem
from pubtools.updating import File, Update

# Options of other commands, by what a project has in their place: advice names what can be followed here.
_INSTEAD = {
    "--allow-empty": "--allow-removals",
    "--as-of": "as_of in its row of profiles",
    "--block": "markers =",
    "--keep-doubtful": "keep_doubtful in its row of profiles",
    "--layout": "layout in its row of profiles",
}
_OPTION = patterns.compile("|".join(_INSTEAD))


class Project(NamedTuple):
    """The settings and the folder that their paths start from."""

    config: Config
    folder: str

    @property
    def library_path(self) -> str:
        """The library, as a path from the working folder."""
        return self.at(self.config.library)

    def at(self, path: str) -> str:
        """The path from the working folder of what the settings call `path`."""
        return os.path.normpath(os.path.join(self.folder, path))

    def locator(self, path: str) -> str:
        """How problems name it: its path from the library's folder."""
        return files.locator(self.at(path), self.library_path)

    def update(self, **choices: Any) -> Update:
        """What a run would write, see `updating.update`. Raises InputError for what cannot be read."""
        library, existing = self._standing()
        rows = {self.locator(row.path): row for row in self.config.profiles}
        texts = {name: files.read_page(self.at(row.path)) for name, row in rows.items()}
        with self._advising({name: row.path for name, row in rows.items()}):
            pages = [pipeline.page_of(text, name) for name, text in texts.items()]
            run = updating.update(library, pages, self.config, existing, rows=rows, **choices)
        return run._replace(report=run.report._replace(problems=_advised(run.report.problems)))

    def standing(self) -> tuple[tuple[File, ...], tuple[Problem, ...]]:
        """The files as the library would have them, and what wants a look, see `updating.standing`."""
        library, existing = self._standing()
        with self._advising({}):
            found, problems = updating.standing(library, self.config, existing)
        return found, _advised(problems)

    def write(self, changed: Sequence[File]) -> None:
        """Put all of `changed` in place, or none of them where there is no room for one.

        Raises InputError where one is no longer what the run began with: a look-up takes long enough to save a page.
        """
        for file in changed:
            if self._text(file.path) != file.before:
                raise files.changed(self.at(file.path))
        files.write_all([(self.at(file.path), file.after) for file in changed])

    def _standing(self) -> tuple[Library, dict[str, str | None]]:
        """The library, an empty one where there is none yet, and the text of each file that a run may write."""
        existing = {row.path: self._text(row.path) for row in self.config.output}
        existing[self.config.library] = text = self._text(self.config.library)
        return files.read_library(self.library_path, must_exist=False) if text is not None else Library(), existing

    @contextmanager
    def _advising(self, pages: Mapping[str, str]) -> Iterator[None]:
        """Errors that name what can be followed here: paths from the working folder, settings and no options."""
        try:
            yield
        except PubtoolsError as error:
            error.hint = _instead(error.hint) if error.hint else None
            if isinstance(error, InputError) and error.path is not None:
                error.path = self.at(pages.get(error.path, error.path))
            raise

    def _text(self, path: str) -> str | None:
        return files.read_exactly(self.at(path)) if os.path.lexists(self.at(path)) else None


def of(config: Config) -> Project:
    """The project of settings that are read. Raises InputError where they name no page, ConfigError for a format."""
    _check_names(config)
    if not config.profiles:
        raise InputError("names no profiles", path=config.path, hint='say what to read: profiles = ["profile.txt"]')
    folder = os.path.dirname(config.path)
    return Project(_named_once(config, folder), folder)


@contextmanager
def opened(config_path: str | None, *, alone: bool) -> Iterator[Project]:
    """The project of the nearest settings; `alone`, while no other run writes into it.

    Raises InputError where there are no settings, or none that name a page, and when another run does not end.
    """
    path = files.find_config(config_path)
    if path is None:
        raise InputError("no pubtools.toml here or above", hint="make one with: pubtools init")
    project = of(files.read_config(path))
    if not alone:
        yield project
        return
    with turns.taken(project.library_path):
        yield project


# ---------------------------------------------------------------- inside


def _advised(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(one._replace(message=_instead(one.message)) for one in problems)


def _instead(advice: str) -> str:
    return _OPTION.sub(lambda found: _INSTEAD[found[0]], advice)


def _named_once(config: Config, folder: str) -> Config:
    """`config` with one name for each file: `./cv.md`, a link to it and `cv.md` would else be written one by one."""
    names: dict[str, str] = {}

    def name(path: str) -> str:
        return names.setdefault(os.path.realpath(os.path.join(folder, path)), path)

    name(os.path.basename(config.path))
    return config.model_copy(
        update={
            "library": name(config.library),
            "profiles": tuple(row.model_copy(update={"path": name(row.path)}) for row in config.profiles),
            "output": tuple(row.model_copy(update={"path": name(row.path)}) for row in config.output),
        }
    )


def _check_names(config: Config) -> None:
    """Refuse a format or a layout that there is none of, before any work is done."""
    named: list[tuple[tuple[str | int, ...], str, tuple[str, ...]]] = [
        (("output", at, "format"), row.format, ("exporter",)) for at, row in enumerate(config.output)
    ]
    named += [
        (("profiles", at, "layout"), row.layout, ("layout", "importer"))
        for at, row in enumerate(config.profiles)
        if row.layout
    ]
    for location, name, kinds in named:
        if any(plugins.known(kind, name) for kind in kinds):
            continue
        there_are = [known for kind in kinds for known in plugins.names(kind)]
        near = get_close_matches(name, there_are, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(there_are)}"
        line = configs.line_of(files.read_text(config.path), location, config.path)
        raise ConfigError(f"there is no {location[-1]} {name!r}", path=config.path, line=line, hint=hint)
