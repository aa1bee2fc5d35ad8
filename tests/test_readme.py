"""What the README shows is what happens: its commands are run, and their output compared."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from arxiv_stand_in import StandIn

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def sessions() -> list[tuple[str, str]]:
    """Every command of the README's sessions and what it prints, in order."""
    steps = []
    for block in re.findall(r"^```console\n(.*?)^```$", README, re.MULTILINE | re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = step.partition("\n")
            steps.append((command, output))
    return steps


def test_the_sessions_happen_as_shown(tmp_path):
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    steps = sessions()
    assert len(steps) >= 5
    with StandIn([]) as arxiv:  # it knows the demonstration's papers as little as arXiv does
        env = {
            **os.environ, "PATH": path, "PUBTOOLS_ARXIV_URL": arxiv.url,
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
        }  # fmt: skip
        check(steps, tmp_path, env)


def check(steps: list[tuple[str, str]], folder: Path, env: dict[str, str]) -> None:
    for command, output in steps:
        done = subprocess.run(
            ["bash", "-c", command], cwd=folder, text=True, check=False, env=env,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        shown = re.escape(output).replace(re.escape("[...]\n"), "(?:.*\n)*")
        assert re.fullmatch(shown, done.stdout), f"$ {command}\n{done.stdout}"


def test_the_two_commands_stand_in_it_exactly():
    commands = [command for command, _ in sessions()]
    assert "pubtools normalise profile.txt" in commands
    assert "pubtools export --format bibtex" in commands


@pytest.mark.parametrize("target", re.findall(r"`make (\w+)`", README))
def test_the_make_targets_it_names_exist(target):
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", re.findall(r"\]\((?!https?:)([^)#]+)\)", README))
def test_the_files_it_links_exist(path):
    assert (ROOT / path).exists()
