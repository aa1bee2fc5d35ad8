"""What every room of the tests shares: an option to write expected files anew, and the folder of shared material."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# No clock in tests, and the same examples on every machine.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-fixtures", action="store_true", help="write the expected files anew; read the diff")


@pytest.fixture
def shared() -> Path:
    """The folder `shared` beside the project's; the test is skipped where it is not there."""
    folder = Path(__file__).parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here")
    return folder
