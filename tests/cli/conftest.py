"""A folder as a user has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from arxiv_stand_in import StandIn

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
def cv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arxiv: StandIn) -> Path:
    """An empty folder with a profile page in it, as the working folder; arXiv is a stand-in without records."""
    folder = tmp_path / "cv"
    folder.mkdir()
    monkeypatch.chdir(folder)
    (folder / "profile.txt").write_text(PROFILE)
    return folder


@pytest.fixture
def arxiv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """A stand-in for arXiv that knows no paper, asked without pauses."""
    with StandIn([]) as server:
        monkeypatch.setenv("PUBTOOLS_ARXIV_URL", server.url)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        yield server
