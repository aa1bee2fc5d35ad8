"""Reading a page leaves nothing that Python must look for: it does not look while a page is read."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from pubtools import pipeline
from pubtools.errors import UnknownLayoutError
from pubtools.page import Page

FIXTURES = Path(__file__).parents[1] / "fixtures" / "profiles"
PAGES = [pytest.param(path, id=f"{path.parent.name}/{path.stem}") for path in sorted(FIXTURES.glob("*/*.txt"))]


@pytest.fixture(params=[True, False], ids=["collecting", "not collecting"])
def collecting(request: pytest.FixtureRequest) -> Iterator[bool]:
    """Whether Python looks for garbage before something is read."""
    was = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if was else gc.disable)()


@pytest.mark.parametrize("path", PAGES)
def test_what_is_read_leaves_no_garbage_to_be_collected(path: Path) -> None:
    text = path.read_text("utf-8")
    pipeline.read(Page.from_text(text))  # what is made once, at the first call, may have circles
    gc.collect()
    gc.disable()
    try:
        pipeline.read(Page.from_text(text))
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_reading_leaves_the_collector_as_it_was(collecting: bool) -> None:
    page = Page.from_text("Ada Lovelace. Notes on looms. Journal of Looms, 1843.")
    pipeline.read(page)
    assert gc.isenabled() is collecting
    with pytest.raises(UnknownLayoutError):
        pipeline.read(page, "no-such-layout")
    assert gc.isenabled() is collecting
