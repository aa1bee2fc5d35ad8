"""`pubtools update`: all in one go, never a worse file than before, and nothing to do the second time."""

from __future__ import annotations

import errno
import json
import multiprocessing
import multiprocessing.synchronize
import os
import random
import signal
import socket
import time
from pathlib import Path

import pytest

from pubtools import updating
from pubtools.cli import files, project, run, turns

SETTINGS = """\
owner = "Ada Lovelace"
profiles = ["profile.txt"]

[[output]]
format = "bibtex"
path = "publications.bib"

[[output]]
format = "csl-json"
path = "publications.csl.json"

[[output]]
format = "markdown"
path = "cv.md"
markers = true
"""
CV = "# Ada Lovelace\r\n\r\n<!-- pubtools:start -->\r\n<!-- pubtools:end -->\r\n\r\nLast words, without a line end"
WRITTEN = ("publications.json", "publications.bib", "publications.csl.json", "cv.md")


@pytest.fixture
def lists(cv: Path) -> Path:
    """A folder with settings, a profile page and a CV with markers, nothing of it written yet."""
    (cv / "pubtools.toml").write_text(SETTINGS)
    (cv / "cv.md").write_bytes(CV.encode())
    return cv


def state(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def stamps(folder: Path) -> dict[str, int]:
    return {name: (folder / name).stat().st_mtime_ns for name in WRITTEN}


def no_connection(*_args: object, **_named: object) -> None:
    raise AssertionError("a connection was opened")


def test_one_command_writes_the_library_and_every_list(lists, capfd):
    assert run(["update"]) == 0
    assert all((lists / name).stat().st_size for name in WRITTEN)
    text = (lists / "cv.md").read_bytes().decode()
    assert text.startswith("# Ada Lovelace\r\n\r\n<!-- pubtools:start -->\r\n")
    assert text.endswith("\r\n<!-- pubtools:end -->\r\n\r\nLast words, without a line end")
    assert "\n" not in text.replace("\r\n", "")
    assert "publications.bib: written" in capfd.readouterr().err


def test_the_second_run_writes_nothing_and_check_is_content(lists):
    assert run(["update"]) == 0
    before = stamps(lists)
    assert run(["update"]) == 0
    assert stamps(lists) == before
    assert run(["update", "--check"]) == 0


def test_check_writes_nothing_opens_no_connection_and_names_what_is_not_current(lists, monkeypatch, capfd):
    monkeypatch.setattr(socket, "socket", no_connection)
    before = state(lists)
    assert run(["update", "--check"]) == 1
    assert state(lists) == before
    assert not (lists / ".pubtools").exists()
    assert "cv.md: not current" in capfd.readouterr().err
    assert run(["check"]) == 1
    assert state(lists) == before


def test_a_file_that_was_changed_by_hand_is_not_current(lists, capfd):
    run(["update"])
    (lists / "publications.bib").write_text("% mine\n")
    assert run(["update", "--check", "--diff"]) == 1
    said = capfd.readouterr().out
    assert said.startswith("--- a/publications.bib\n+++ b/publications.bib\n")
    assert "-% mine\n" in said


def test_a_paper_that_is_new_is_the_only_news(lists, capfd):
    run(["update"])
    capfd.readouterr()
    page = (lists / "profile.txt").read_text().replace("2 Papers", "3 Papers").replace("2papers", "3papers")
    page += "\nLGMar 2, 2024\nNotes on a machine that plays chess\n\nAda Lovelace\n\nA third account.\n"
    (lists / "profile.txt").write_text(page)
    assert run(["update", "--diff", "--summary", "markdown"]) == 0
    said = capfd.readouterr().out
    assert "1 new paper" in said
    bib = said.partition("--- a/publications.bib")[2].partition("--- a/")[0]
    assert not [line for line in bib.splitlines() if line.startswith("-")]
    assert sum(line.startswith("+@") for line in bib.splitlines()) == 1


def test_a_paper_gone_from_the_page_is_kept_until_it_is_pruned(lists, capfd):
    run(["update"])
    bib = (lists / "publications.bib").read_bytes()
    page = (lists / "profile.txt").read_text()
    (lists / "profile.txt").write_text(page.partition("NEMay 19")[0])
    assert run(["update"]) == 0
    assert (lists / "publications.bib").read_bytes() == bib
    assert "M02" in capfd.readouterr().err
    assert run(["update", "--prune"]) == 0
    assert b"tides" not in (lists / "publications.bib").read_bytes().lower()


def test_a_field_that_would_be_emptied_stops_the_run(lists, capfd):
    run(["update"])
    before = state(lists)
    page = (lists / "profile.txt").read_text()
    (lists / "profile.txt").write_text(page.replace("A short account of a machine that computes.\n", ""))
    assert run(["update"]) == 1
    assert "would lose its abstract" in capfd.readouterr().err
    assert {**state(lists), "profile.txt": b""} == {**before, "profile.txt": b""}
    assert run(["update", "--allow-removals"]) == 0
    assert run(["update", "--check"]) == 0


def test_a_page_that_failed_to_download_changes_nothing(lists):
    run(["update"])
    before = state(lists)
    for broken in ("<html><head><title>503 Service Unavailable</title></head><body>Try later</body></html>", "\n", ""):
        (lists / "profile.txt").write_text(broken)
        assert run(["update"]) == 2
        assert {**state(lists), "profile.txt": b""} == {**before, "profile.txt": b""}


def test_an_outage_changes_nothing_that_is_there(lists, monkeypatch, capfd):
    run(["update"])
    before = state(lists)
    monkeypatch.setenv("PUBTOOLS_ARXIV_URL", "http://127.0.0.1:9/")
    (lists / ".pubtools" / "arxiv-absent.json").unlink()
    assert run(["update"]) == 0
    assert state(lists) == before
    assert "E01" in capfd.readouterr().err
    assert run(["update", "--strict"]) == 3


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('path = "publications.json"', "write over the library"),
        ('path = "profile.txt"', "write over a page"),
        ('path = "cv.md"', "two outputs write the same file"),
        ('path = "./publications.json"', "write over the library"),
        ('path = "lists/../profile.txt"', "write over a page"),
        ('path = "link.txt"', "write over a page"),
        ('path = "./cv.md"', "two outputs write the same file"),
        ('path = "./pubtools.toml"', "write over the settings"),
    ],
)
def test_an_output_never_writes_over_something_else(lists, capfd, rows, says):
    (lists / "pubtools.toml").write_text(f'{SETTINGS}\n[[output]]\nformat = "bibtex"\n{rows}\n')
    (lists / "link.txt").symlink_to("profile.txt")
    before = state(lists)
    assert run(["update"]) == 2
    assert says in capfd.readouterr().err
    assert state(lists) == before


@pytest.mark.parametrize("spelt", ["cv.md", "./cv.md"])
def test_two_blocks_of_one_file_are_two_outputs(lists, spelt):
    (lists / "cv.md").write_text(
        "".join(f"<!-- pubtools:start {name} -->\n<!-- pubtools:end {name} -->\n" for name in ("old", "new"))
    )
    rows = "".join(
        f'[[output]]\nformat = "markdown"\npath = "{path}"\nmarkers = "{name}"\n{years}\n'
        for path, name, years in (("cv.md", "new", "from_year = 2023"), (spelt, "old", "to_year = 2022"))
    )
    (lists / "pubtools.toml").write_text(f'profiles = ["profile.txt"]\n{rows}')
    assert run(["update", "--allow-removals"]) == 0
    old, _, new = (lists / "cv.md").read_text().partition("pubtools:start new")
    assert "Engines that weave" in old
    assert "Engines that weave" not in new


def test_without_settings_it_says_how_to_make_them(cv, capfd):
    assert run(["update"]) == 2
    assert "pubtools init" in capfd.readouterr().err


def test_a_profile_that_is_not_there_is_named(lists, capfd):
    (lists / "profile.txt").unlink()
    assert run(["update"]) == 2
    assert "profile.txt" in capfd.readouterr().err


def test_a_full_disk_leaves_every_file_as_it_was(lists, monkeypatch, capfd):
    run(["update"])
    page = (lists / "profile.txt").read_text().replace("Engines that weave", "Machines that weave")
    (lists / "profile.txt").write_text(page)
    before = state(lists)
    synced = []

    def full(descriptor: int) -> None:
        synced.append(descriptor)
        if len(synced) == 3:  # when two files are staged already
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    assert run(["update"]) == 2
    assert "No space left on device" in capfd.readouterr().err
    assert state(lists) == before


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anything")
def test_a_folder_that_may_not_be_written_leaves_every_file_as_it_was(lists):
    run(["update"])
    (lists / "profile.txt").write_text((lists / "profile.txt").read_text().replace("Engines", "Machines"))
    before = state(lists)
    lists.chmod(0o500)
    try:
        assert run(["update"]) == 2
    finally:
        lists.chmod(0o700)
    assert state(lists) == before


def test_what_a_killed_run_left_is_swept_away(lists):
    litter = lists / ".publications.json.4711.tmp"
    litter.write_text("half")
    run(["update"])
    assert not litter.exists()


def hold(folder: str, held: multiprocessing.synchronize.Event, release: multiprocessing.synchronize.Event) -> None:
    os.chdir(folder)
    with project.opened(None, alone=True):
        held.set()
        release.wait(30)


def test_two_runs_at_once_come_one_after_the_other(lists, monkeypatch, capfd):
    context = multiprocessing.get_context("spawn")
    held, release = context.Event(), context.Event()
    other = context.Process(target=hold, args=(str(lists), held, release))
    other.start()
    try:
        assert held.wait(30)
        monkeypatch.setattr(turns, "PATIENCE_S", 0.2)
        before = state(lists)
        assert run(["update"]) == 2
        assert "another run of pubtools" in capfd.readouterr().err
        assert state(lists) == before
        release.set()
        other.join(30)
        assert run(["update"]) == 0
    finally:
        release.set()
        other.join(30)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_killed_at_any_moment_each_file_is_the_old_one_or_the_new_one(lists):
    page = (lists / "profile.txt").read_text()
    run(["update", "--offline"])
    old = {name: (lists / name).read_bytes() for name in WRITTEN}
    (lists / "profile.txt").write_text(page.replace("Engines that weave", "Machines that weave"))
    run(["update", "--offline"])
    new = {name: (lists / name).read_bytes() for name in WRITTEN}
    assert all(old[name] != new[name] for name in WRITTEN)

    def begin() -> int:
        for name in WRITTEN:
            (lists / name).write_bytes(old[name])
        child = os.fork()
        if child == 0:
            try:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
                run(["update", "--offline"])
            finally:
                os._exit(0)
        return child

    started = time.perf_counter()
    os.waitpid(begin(), 0)
    whole = time.perf_counter() - started
    moments = random.Random(7)  # noqa: S311 (no secret)
    seen = set()
    for _ in range(200):
        child = begin()
        time.sleep(moments.uniform(0, whole * 1.3))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = {name: (lists / name).read_bytes() for name in WRITTEN}
        assert all(found[name] in (old[name], new[name]) for name in WRITTEN)
        seen.add(tuple(found[name] == new[name] for name in WRITTEN))
        assert run(["update", "--offline"]) == 0
        assert {name: (lists / name).read_bytes() for name in WRITTEN} == new
        assert not [path.name for path in lists.iterdir() if path.name.endswith(".tmp")]
    assert {(False,) * 4, (True,) * 4} <= seen


def test_files_are_replaced_only_when_all_of_them_are_on_the_disk(lists, tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    one.write_text("old")
    other.mkdir()
    with pytest.raises(files.InputError, match="is no file"):
        files.write_all([(str(one), "new"), (str(other), "new")])
    assert one.read_text() == "old"


@pytest.mark.parametrize("name", ["cv.md", "publications.json"])
def test_what_was_saved_while_a_run_was_at_work_is_not_written_over(lists, monkeypatch, capfd, name):
    run(["update"])
    real = updating.update

    def slow(*given: object, **named: object) -> object:
        made = real(*given, **named)
        (lists / name).write_bytes((lists / name).read_bytes() + b"\n")
        return made

    (lists / "profile.txt").write_text((lists / "profile.txt").read_text().replace("Tables of", "Charts of"))
    before = state(lists)
    monkeypatch.setattr(updating, "update", slow)
    capfd.readouterr()
    assert run(["update"]) == 2
    assert capfd.readouterr().err.startswith(f"pubtools: {name}: was changed while this run was at work")
    assert state(lists) == {**before, name: before[name] + b"\n"}


def test_a_page_in_html_is_read_as_normalise_reads_it(lists):
    (lists / "profile.html").write_text(
        "<html><body><h2>Publications</h2><ul>"
        + "".join(
            f"<li>Ada Lovelace, Charles Babbage. <i>{title}</i>. Annals of Looms, {year}.</li>"
            for title, year in (("Engines that weave leaves", 2021), ("Tables of tides in shallow seas", 2020))
        )
        + "</ul></body></html>"
    )
    (lists / "pubtools.toml").write_text(SETTINGS.replace("profile.txt", "profile.html"))
    assert run(["update"]) == 0
    assert run(["normalise", "profile.html", "-l", "other.json"]) == 0
    assert (lists / "publications.json").read_bytes() == (lists / "other.json").read_bytes()


def test_settings_may_stand_in_pyproject(lists):
    settings = (lists / "pubtools.toml").read_text()
    (lists / "pubtools.toml").unlink()
    table = settings.replace("[[output]]", "[[tool.pubtools.output]]")
    (lists / "pyproject.toml").write_text(f'[project]\nname = "cv"\n\n[tool.pubtools]\n{table}')
    assert run(["update"]) == 0
    assert json.loads((lists / "publications.json").read_text())["schema"] == 1
