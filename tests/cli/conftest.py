"""A folder as a user has it."""

from __future__ import annotations

from pathlib import Path

import pytest

PROFILE = """\
Ada Lovelace

LG
2papers

2 Papers

LGJun 16, 2022
Engines that weave numbers as looms weave leaves

Ada Lovelace, Charles Babbage

A short account of a machine that computes.

NEMay 19
Tables of tides in shallow northern seas

Mary Somerville, Charles Babbage et al.

Another short account, of water and how it rises.
"""


@pytest.fixture
def cv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a profile page in it, as the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "profile.txt").write_text(PROFILE)
    return tmp_path
