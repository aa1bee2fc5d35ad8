"""The house: no import upwards, no circle, and plug-ins that know only what they may."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pubtools"

# Rooms by floor, as docs/architecture.md draws them. A room imports from its own floor or below.
FLOORS: list[set[str]] = [
    {"models", "errors", "problems", "explanations", "latex", "jsontext", "mdtext", "bibfile", "patterns", "garbage"},
    {"fields", "config", "exporters", "merging", "citekeys", "people", "fetching", "lint", "markers", "selection"}
    | {"page", "html", "tracing", "barriers"},
    {"layouts", "importers", "sightings", "matching", "enrichers"},
    {"library", "plugins", "doubts", "corrections", "news", "summary"},
    {"pipeline", "starter", "manual"},
    {"updating"},
    {"cli", "__main__"},
]
# Plug-ins stand alone: what they may import, and nothing else of ours.
MAY_IMPORT = {
    "layouts": {"page", "fields", "models", "patterns"},
    "importers": {
        "fields",
        "models",
        "errors",
        "problems",
        "latex",
        "jsontext",
        "bibfile",
        "lint",
        "patterns",
        "garbage",
    },
    "exporters": {"models", "problems", "latex", "jsontext", "mdtext", "people", "fields", "patterns"},
    "fields": {"models", "fields", "patterns"},
    "enrichers": {"page", "fields", "models", "errors", "matching", "enrichers", "latex", "patterns"},
}


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    return parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The modules of ours that a module imports, dotted from the package."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name.removeprefix("pubtools.") for name in found if name.startswith("pubtools.")} - {"__version__"}


def test_every_room_has_a_floor():
    rooms = {room(path) for path in modules()} - {"__init__"}
    assert rooms == set().union(*FLOORS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_is_imported_from_upstairs(path):
    floor = {name: number for number, names in enumerate(FLOORS) for name in names}
    here = floor.get(room(path), 0)
    upstairs = {name for name in imported(path) if floor[name.split(".")[0]] > here}
    assert not upstairs


@pytest.mark.parametrize(
    "path", [path for path in modules() if room(path) in MAY_IMPORT], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_plug_ins_know_only_what_they_may(path):
    own = room(path)  # the Protocol and what goes with it stand in the package itself
    names = {
        name.split(".")[0]
        for name in imported(path)
        if not (is_attribute_of(own, name) or name.startswith(f"{own}._"))  # what some of them share is private
    }
    assert names <= MAY_IMPORT[own]


def is_attribute_of(package: str, name: str) -> bool:
    """Whether a dotted name is something of a package's own `__init__`, and no module in it."""
    first, _, second = name.partition(".")
    return first == package and not (PACKAGE / package / f"{second}.py").exists()


def test_no_circle():
    known = {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path for path in modules()
    }
    graph = {
        name: {
            target
            for reference in imported(path)
            # A module named through its package is the module; anything else of a package is its __init__.
            for target in [reference if reference in known else reference.rpartition(".")[0]]
            if target in known
        }
        for name, path in known.items()
    }
    done: set[str] = set()

    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"circle: {' -> '.join((*above, name))}"
        if name not in done:
            for target in graph[name] - {name}:
                visit(target, (*above, name))
            done.add(name)

    # A package's own __init__ may be named by its members; it imports none of them.
    for name in graph:
        visit(name, ())


@pytest.mark.parametrize(
    "path", [path for path in modules() if room(path) != "cli"], ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_only_the_rim_touches_the_world(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert not called & {"open", "print", "input", "exit"}
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not names & {"read_text", "write_text", "now", "today", "environ", "urandom"}
