"""A file is a plug-in: names are listed without importing anything, and one file is imported when it is used."""

from __future__ import annotations

import os
from importlib import import_module
from types import ModuleType

from pubtools.errors import PubtoolsError

# Where the plug-ins of each kind stand; an installed package adds its own by an entry point of the group's name.
GROUPS = {
    "layout": "pubtools.layouts",
    "importer": "pubtools.importers",
    "exporter": "pubtools.exporters",
    "enricher": "pubtools.enrichers",
}


def names(kind: str) -> list[str]:
    """The built-in plug-ins of `kind`, sorted, as users type them (`csl-json` is the file `csl_json.py`)."""
    folder = os.path.join(os.path.dirname(__file__), GROUPS[kind].rpartition(".")[2])
    found = (
        name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py") or _is_package(folder, name)
    )
    return sorted(name.replace("_", "-") for name in found if not name.startswith("_"))


def _is_package(folder: str, name: str) -> bool:
    return os.path.isfile(os.path.join(folder, name, "__init__.py"))


def load(kind: str, name: str) -> ModuleType:
    """The plug-in of that name, built in or else from an installed package. Raises PubtoolsError for an unknown one."""
    if (spelt := name.replace("_", "-")) in names(kind):
        return import_module(f"{GROUPS[kind]}.{spelt.replace('-', '_')}")
    from importlib.metadata import entry_points  # slow, and hardly ever wanted

    for entry_point in entry_points(group=GROUPS[kind]):
        if entry_point.name == name:
            loaded = entry_point.load()
            if isinstance(loaded, ModuleType):
                return loaded
    raise PubtoolsError(f"unknown {kind} {name!r}", hint=f"there are: {', '.join(names(kind))}")
