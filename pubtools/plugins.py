"""A file is a plug-in: names are listed without importing anything, and one file is imported when it is used."""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from pubtools.errors import PubtoolsError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

# Where the plug-ins of each kind stand; an installed package adds its own by an entry point of the group's name.
GROUPS = {
    "layout": "pubtools.layouts",
    "importer": "pubtools.importers",
    "exporter": "pubtools.exporters",
    "enricher": "pubtools.enrichers",
}


def names(kind: str) -> list[str]:
    """The built-in plug-ins of `kind`, sorted, as users type them (`csl-json` is the file `csl_json.py`)."""
    return list(_of_folder(os.path.join(os.path.dirname(__file__), GROUPS[kind].rpartition(".")[2])))


@cache
def _of_folder(folder: str) -> tuple[str, ...]:
    found = (
        name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py") or _is_package(folder, name)
    )
    return tuple(sorted(name.replace("_", "-") for name in found if not name.startswith("_")))


def _is_package(folder: str, name: str) -> bool:
    return os.path.isfile(os.path.join(folder, name, "__init__.py"))


def known(kind: str, name: str) -> bool:
    """Whether there is a plug-in of that name, without importing it."""
    return name.replace("_", "-") in names(kind) or any(point.name == name for point in _installed(kind))


def load(kind: str, name: str) -> ModuleType:
    """The plug-in of that name, built in or else from an installed package. Raises PubtoolsError for an unknown one."""
    if (spelt := name.replace("_", "-")) in names(kind):
        return import_module(f"{GROUPS[kind]}.{spelt.replace('-', '_')}")
    for entry_point in _installed(kind):
        if entry_point.name == name:
            loaded = entry_point.load()
            if isinstance(loaded, ModuleType):
                return loaded
    raise PubtoolsError(f"unknown {kind} {name!r}", hint=f"there are: {', '.join(names(kind))}")


def _installed(kind: str) -> EntryPoints:
    """The plug-ins of installed packages."""
    from importlib.metadata import entry_points  # slow, and hardly ever wanted

    return entry_points(group=GROUPS[kind])
