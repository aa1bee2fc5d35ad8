"""The worked example of fixtures/cv: through five dated states of its page each diff is exactly the news.

`fixtures/cv/expected/` has for each state the summary, and then what changes in every file, without context. It was
read against the page; `--update-fixtures` writes it anew, and the diff is to be read like code.
"""

from __future__ import annotations

import shutil
from difflib import unified_diff
from itertools import pairwise
from pathlib import Path

import pytest

from pubtools.cli import run

EXAMPLE = Path(__file__).parents[1] / "fixtures" / "cv"
STATES = sorted(path.name for path in (EXAMPLE / "states").iterdir())
WRITTEN = ("publications.bib", "publications.csl.json", "cv.md", "publications.json")
# The page of the last state is no page.
FAILED = STATES[-1]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, as the working folder."""
    for name in ("pubtools.toml", "cv.md", "older.bib"):
        shutil.copy(EXAMPLE / name, tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def enter(folder: Path, state: str) -> None:
    """Put what `state` has into place: the page as it was saved that day, and what arXiv had by then."""
    for path in (EXAMPLE / "states" / state).iterdir():
        shutil.copy(path, folder)


def texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_bytes().decode() if (folder / name).exists() else "" for name in WRITTEN}


def changes(before: dict[str, str], after: dict[str, str]) -> str:
    """Every line that goes or comes, file by file; places are left out, for they are no news."""
    parts = []
    for name in WRITTEN:
        lines = list(unified_diff(before[name].splitlines(), after[name].splitlines(), n=0, lineterm=""))[2:]
        shown = ["@@" if line.startswith("@@") else line for line in lines]
        parts.append("\n".join([f"=== {name}", *shown]))
    return "\n".join(parts) + "\n"


def test_each_diff_is_exactly_the_news(folder, capfd, request):
    for state in STATES:
        before = texts(folder)
        enter(folder, state)
        code = run(["update", "--offline", "--summary", "markdown"])
        assert code == (2 if state == FAILED else 0), state
        said = capfd.readouterr()
        assert (state == FAILED) is said.err.startswith("pubtools: profile.txt: ")
        found = said.out + changes(before, texts(folder))
        expected = EXAMPLE / "expected" / f"{state}.diff"
        if request.config.getoption("--update-fixtures"):
            expected.write_text(found, encoding="utf-8")
        assert found == expected.read_text(encoding="utf-8"), state
        if state != FAILED:
            assert run(["update", "--check"]) == 0
            capfd.readouterr()


def test_every_expectation_is_of_a_state():
    assert sorted(path.stem for path in (EXAMPLE / "expected").iterdir()) == STATES


def test_keys_never_change(folder):
    keys: list[set[str]] = []
    for state in STATES[:-1]:
        enter(folder, state)
        run(["update", "--offline"])
        bib = (folder / "publications.bib").read_text()
        keys.append({line.partition("{")[2].rstrip(",") for line in bib.splitlines() if line.startswith("@")})
    assert all(earlier <= later for earlier, later in pairwise(keys))


def test_check_leaves_not_even_an_index_behind(folder):
    enter(folder, STATES[0])
    before = sorted(path.name for path in folder.iterdir())
    assert run(["update", "--check"]) == 1
    assert run(["check"]) == 1
    assert sorted(path.name for path in folder.iterdir()) == before


def test_what_stands_around_the_markers_never_changes(folder):
    for state in STATES:
        enter(folder, state)
        run(["update", "--offline"])
    written, mine = (folder / "cv.md").read_text(), (EXAMPLE / "cv.md").read_text()
    start, end = "<!-- pubtools:start -->", "<!-- pubtools:end -->"
    assert written.partition(start)[0] == mine.partition(start)[0]
    assert written.partition(end)[2] == mine.partition(end)[2]
