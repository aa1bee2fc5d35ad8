"""Reading leaves nothing that Python must look for: it does not look while a page or a bibliography file is read."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubtools import pipeline, plugins
from pubtools.errors import InputError, UnknownLayoutError
from pubtools.importers import Importer
from pubtools.models import Source
from pubtools.page import Page

FIXTURES = Path(__file__).parents[1] / "fixtures"
PAGES = [
    pytest.param("page", path, id=f"{path.parent.name}/{path.stem}")
    for path in sorted((FIXTURES / "profiles").glob("*/*.txt"))
]
FILES = [
    pytest.param(name, path, id=path.name)
    for name in plugins.names("importer")
    for path in sorted((FIXTURES / "imports" / name).iterdir())
    if ".expected" not in path.name
]


def read(kind: str, text: str) -> None:
    """Read a page, or a file of the format `kind`."""
    if kind == "page":
        assert pipeline.read(Page.from_text(text))
    else:
        importer: Importer = plugins.load("importer", kind)
        assert importer.read(text, Source(kind="profile", locator=kind)).sightings


@pytest.fixture(params=[True, False], ids=["collecting", "not collecting"])
def collecting(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether Python looks for garbage before something is read."""
    was = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was else gc.disable)()


@pytest.mark.parametrize(("kind", "path"), [*PAGES, *FILES])
def test_what_is_read_leaves_no_garbage_to_be_collected(kind: str, path: Path) -> None:
    text = path.read_text("utf-8")
    read(kind, text)  # what is made once, at the first call, may have circles
    gc.collect()
    gc.disable()
    try:
        read(kind, text)
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_reading_a_page_leaves_the_collector_as_it_was(collecting: bool) -> None:
    page = Page.from_text("Ada Lovelace. Notes on looms. Journal of Looms, 1843.")
    pipeline.read(page)
    assert gc.isenabled() is collecting
    with pytest.raises(UnknownLayoutError):
        pipeline.read(page, "no-such-layout")
    assert gc.isenabled() is collecting


@pytest.mark.parametrize(("kind", "path"), FILES)
def test_reading_a_file_leaves_the_collector_as_it_was(kind: str, path: Path, collecting: bool) -> None:
    read(kind, path.read_text("utf-8"))
    assert gc.isenabled() is collecting
    with pytest.raises(InputError):
        read(kind, "nothing of the kind")
    assert gc.isenabled() is collecting
