"""What all importers keep to."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubtools import plugins
from pubtools.errors import InputError
from pubtools.importers import Importer
from pubtools.models import Source

FIXTURES = Path(__file__).parents[2] / "fixtures" / "imports"
NAMES = plugins.names("importer")
FILES = [
    pytest.param(name, path, id=path.name)
    for name in NAMES
    for path in sorted((FIXTURES / name).iterdir())
    if ".expected" not in path.name
]


@pytest.fixture(params=[True, False], ids=["collecting", "not collecting"])
def collecting(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether Python looks for garbage before something is read."""
    was = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was else gc.disable)()


@pytest.mark.parametrize(("name", "path"), FILES)
def test_what_is_read_leaves_no_garbage_to_be_collected(name: str, path: Path) -> None:
    importer: Importer = plugins.load("importer", name)
    text, source = path.read_text("utf-8"), Source(kind="profile", locator=path.name)
    importer.read(text, source)  # what is made once, at the first call, may have circles
    gc.collect()
    gc.disable()
    try:
        assert importer.read(text, source).sightings
        assert gc.collect() == 0
    finally:
        gc.enable()


@pytest.mark.parametrize(("name", "path"), FILES)
def test_reading_leaves_the_collector_as_it_was(name: str, path: Path, collecting: bool) -> None:
    importer: Importer = plugins.load("importer", name)
    source = Source(kind="profile", locator=path.name)
    importer.read(path.read_text("utf-8"), source)
    assert gc.isenabled() is collecting
    with pytest.raises(InputError):
        importer.read("nothing of the kind", source)
    assert gc.isenabled() is collecting
