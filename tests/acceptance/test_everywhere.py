"""The same pages give the same bytes: in every locale, time zone and folder, on every Python, in any order."""

from __future__ import annotations

import datetime
import getpass
import itertools
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from pubtools import __version__
from pubtools.cli import run

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "fixtures" / "cv"
PAGES = ROOT / "fixtures" / "profiles"
# The state that has most in it: a cut list, records of arXiv, a preprint and an article.
STATE = EXAMPLE / "states" / "2-2026-03-02-preprint-published"
WRITTEN = ("publications.json", "publications.bib", "publications.csl.json", "cv.md")
# Raises as soon as anything asks the system for a socket or for an address.
GUARD = """
import sys

def refuse(event, arguments):
    if event.startswith("socket."):
        raise AssertionError(f"{event}{arguments}")

sys.addaudithook(refuse)
"""
RUN = """
import sys
sys.path.insert(0, sys.argv[1])
from pubtools.cli import run
sys.exit(run(sys.argv[2:]))
"""
OTHERS = {
    "LC_ALL=C": {"LC_ALL": "C", "PYTHONHASHSEED": "0"},
    "LC_ALL=C without UTF-8 mode": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "LC_ALL=C.UTF-8": {"LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"},
    "east": {"TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "4242", "SOURCE_DATE_EPOCH": "1"},
    "west": {"TZ": "America/Los_Angeles", "PYTHONHASHSEED": "31337"},
}  # fmt: skip


def entered(folder: Path) -> Path:
    """`folder` with the worked example in it, nothing written yet."""
    folder.mkdir()
    for path in (EXAMPLE / "pubtools.toml", EXAMPLE / "cv.md", EXAMPLE / "older.bib", *STATE.iterdir()):
        shutil.copy(path, folder)
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in WRITTEN}


def pubtools(
    folder: Path, *arguments: str, env: Mapping[str, str] | None = None, python: str = sys.executable, guard: str = ""
) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LANG", "TZ", "PYTHONPATH")}
    command = [python, "-c", guard + RUN, str(ROOT), *arguments]
    return subprocess.run(
        command, cwd=folder, env={**clean, **(env or {})}, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the example gives here and now."""
    folder = entered(tmp_path_factory.mktemp("usual") / "cv")
    done = pubtools(folder, "update", "--offline")
    assert done.returncode == 0, done.stderr
    return bytes_of(folder)


@pytest.mark.parametrize("env", OTHERS.values(), ids=list(OTHERS))
def test_the_same_bytes_in_every_locale_zone_and_hash_seed(usual, tmp_path, env):
    folder = entered(tmp_path / "another folder, with a sp\u00e4ce")
    assert pubtools(folder, "update", "--offline", env=env).returncode == 0
    assert bytes_of(folder) == usual


def pythons() -> list[str]:
    """Other Pythons on this machine that have what we need: on the path, and in .judges."""
    named = [shutil.which(f"python3.{minor}") for minor in range(11, 16)]
    named += [str(path) for path in sorted(ROOT.glob(".judges/python3.*/bin/python"))]
    needed = "import click, pydantic, bibtexparser, anyascii, requests, filelock, sys; print(sys.version_info[:2])"
    found: dict[str, str] = {}
    for python in filter(None, named):
        done = subprocess.run([python, "-c", needed], capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout.strip() != str(sys.version_info[:2]):
            found.setdefault(done.stdout.strip(), python)
    return list(found.values())


def test_the_same_bytes_on_every_python(usual, tmp_path):
    others = pythons()
    if not others:
        pytest.skip("no other Python has our dependencies (python3.x -m venv .judges/python3.x, and pip install .)")
    for number, python in enumerate(others):
        folder = entered(tmp_path / str(number))
        done = pubtools(folder, "update", "--offline", python=python)
        assert done.returncode == 0, done.stderr
        assert bytes_of(folder) == usual, python


def test_the_same_bytes_whatever_the_order_of_profiles(tmp_path, monkeypatch):
    pages = [STATE / "profile.txt", PAGES / "category_cards" / "lovelace.txt", PAGES / "teaser_bullets" / "babbage.txt"]
    names = [f"{number}.txt" for number in range(len(pages))]
    results = set()
    for number, order in enumerate(itertools.permutations(names)):
        folder = tmp_path / str(number)
        folder.mkdir()
        for name, page in zip(names, pages, strict=True):
            shutil.copy(page, folder / name)
        shutil.copy(EXAMPLE / "cv.md", folder)
        _, _, rows = (EXAMPLE / "pubtools.toml").read_text().partition("[[output]]")
        (folder / "pubtools.toml").write_text(f"profiles = {list(order)}\n[[output]]{rows}")
        monkeypatch.chdir(folder)
        assert run(["update", "--offline"]) == 0
        results.add(tuple(bytes_of(folder).items()))
    assert len(results) == 1


def test_nothing_of_the_machine_the_clock_or_the_version_is_in_any_output(usual):
    everything = b"\n".join(usual.values()).decode()
    now = datetime.datetime.now(datetime.UTC)
    for secret in (__version__, str(ROOT), platform.node(), str(now.date()), now.strftime("%H:%M"), "/tmp/"):  # noqa: S108
        assert secret not in everything
    assert f"/{getpass.getuser()}/" not in everything


@pytest.mark.parametrize("arguments", [["check"], ["update", "--check"], ["update", "--offline"]], ids=" ".join)
def test_what_is_offline_asks_the_system_for_no_socket(tmp_path, arguments):
    folder = entered(tmp_path / "cv")
    done = pubtools(folder, *arguments, guard=GUARD)
    assert done.returncode == (0 if arguments[-1] == "--offline" else 1)
    assert "socket." not in done.stderr


def test_the_guard_would_see_a_socket(tmp_path):
    folder = entered(tmp_path / "cv")
    done = pubtools(folder, "update", env={"PUBTOOLS_ARXIV_URL": "http://127.0.0.1:9/"}, guard=GUARD)
    assert "AssertionError: socket." in done.stderr
