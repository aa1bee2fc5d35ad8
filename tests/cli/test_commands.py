"""The commands as typed: data on standard output, all else on standard error, codes 0, 1 and 2."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from pubtools.cli import COMMANDS, asking, run


def test_the_two_commands_work_exactly_as_typed(cv, capfdbinary):
    assert run(["normalise", "profile.txt"]) == 0
    assert capfdbinary.readouterr().out == b""
    assert run(["export", "--format", "bibtex"]) == 0
    out, err = capfdbinary.readouterr()
    assert out.startswith(b"@")
    assert err == b""


def test_the_summary_has_every_count_that_a_person_checks(cv, capfd):
    run(["normalise", "profile.txt"])
    err = capfd.readouterr().err
    for part in (
        "profile.txt: 2 entries of 2 declared, 0 unread lines",
        "2 publications: 2 new, 0 changed, 0 merged",
        "1 cut author list, 1 date without a year, 0 without a date, 0 conflicts, 0 unread lines",
    ):
        assert part in err
    assert "profile.txt:15: D01 date has no year: 'May 19'" in err
    assert "profile.txt:18: N02 the owner, Ada Lovelace, is hidden" in err
    assert "N01" not in err
    run(["normalise", "profile.txt", "-v"])
    assert "profile.txt:18: N01" in capfd.readouterr().err


def test_a_second_run_touches_nothing(cv, capfd):
    run(["normalise", "profile.txt"])
    before = (cv / "publications.json").stat()
    run(["normalise", "./profile.txt", "profile.txt"])
    assert "publications.json (unchanged): 2 publications: 0 new, 0 changed" in capfd.readouterr().err
    after = (cv / "publications.json").stat()
    assert (before.st_mtime_ns, before.st_ino) == (after.st_mtime_ns, after.st_ino)


def test_strict_exits_with_1_on_a_warning_and_still_keeps_what_was_read(cv, capfd):
    assert run(["normalise", "profile.txt", "--strict"]) == 1
    assert (cv / "publications.json").exists()
    (cv / "clean.txt").write_text("LGJun 16, 2022\nEngines that weave numbers\n\nAda Lovelace\n")
    assert run(["normalise", "clean.txt", "-l", "clean.json", "--strict", "--offline"]) == 0


def test_a_declared_count_that_is_not_met_fails_a_strict_run(cv, capfd):
    (cv / "profile.txt").write_text(
        (cv / "profile.txt").read_text().replace("2 Papers", "3 Papers").replace("May 19", "May 19, 2022")
    )
    assert run(["normalise", "profile.txt", "--strict"]) == 1
    assert "profile.txt:6: L02 the page declares 3 entries, 2 were read" in capfd.readouterr().err


def test_as_of_dates_the_undated_and_says_that_the_year_is_inferred(cv, capfd):
    assert run(["normalise", "profile.txt", "--as-of", "2026-06-01"]) == 0
    assert "0 dates without a year" in capfd.readouterr().err
    assert run(["why", "somerville2026tables", "date"]) == 0
    assert "profile.txt:15: 2026-05-19 (the year is inferred)" in capfd.readouterr().out


def test_a_dash_reads_standard_input(cv, capfd, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((cv / "profile.txt").read_bytes())))
    assert run(["normalise", "-", "-l", "lib.json"]) == 0
    assert run(["why", "lovelace2022engines", "-l", "lib.json", "title"]) == 0
    assert "* -:9: Engines that weave" in capfd.readouterr().out


def test_pages_are_named_from_the_library_folder_so_that_any_folder_gives_the_same_bytes(cv, monkeypatch):
    (cv / "deep").mkdir()
    run(["normalise", "profile.txt"])
    here = (cv / "publications.json").read_bytes()
    (cv / "publications.json").unlink()
    monkeypatch.chdir(cv / "deep")
    run(["normalise", str(cv / "profile.txt"), "-l", "../publications.json"])
    assert (cv / "publications.json").read_bytes() == here


def test_what_left_the_page_is_kept_reported_and_pruned_on_demand(cv, capfd):
    run(["normalise", "profile.txt"])
    (cv / "profile.txt").write_text((cv / "profile.txt").read_text().partition("NEMay")[0].replace("2", "1", 2))
    capfd.readouterr()
    assert run(["normalise", "profile.txt"]) == 0
    err = capfd.readouterr().err
    assert "M02 somervilletables is on none of its pages any more" in err
    assert "1 gone" in err
    assert run(["normalise", "profile.txt", "--prune"]) == 0
    assert "1 pruned: somervilletables" in capfd.readouterr().err
    assert len(json.loads((cv / "publications.json").read_text())["publications"]) == 1


def test_why_shows_every_claim_with_its_file_and_line_and_finds_aliases(cv, capfd):
    run(["normalise", "profile.txt"])
    capfd.readouterr()
    assert run(["why", "lovelace2022engines"]) == 0
    out = capfd.readouterr().out
    for line in (
        "lovelace2022engines: Engines that weave numbers as looms weave leaves",
        "* profile.txt:9: Engines that weave numbers as looms weave leaves",
        "* profile.txt:11: Ada Lovelace, Charles Babbage",
        "* profile.txt:8: 2022-06-16",
        "* profile.txt:8: cs.LG",
        "* profile.txt:13: A short account of a machine that computes.",
    ):
        assert line in out.splitlines()
    assert run(["why", "lovelace2022engines", "venue"]) == 0
    assert capfd.readouterr().out.splitlines()[1:] == ["venue: nothing is said about it"]


@pytest.mark.parametrize("named", ["LOVELACE2022Engines", "engines that weave numbers as looms weave leaves"])
def test_why_names_the_key_that_was_meant(cv, capfd, named):
    run(["normalise", "profile.txt"])
    assert run(["why", named]) == 2
    assert "did you mean lovelace2022engines?" in capfd.readouterr().err


def test_export_to_a_file_writes_only_news(cv, capfd):
    run(["normalise", "profile.txt"])
    assert run(["export", "--format", "csl-json", "-o", "cv.json"]) == 0
    assert "cv.json: written" in capfd.readouterr().err
    before = (cv / "cv.json").stat().st_mtime_ns
    assert run(["export", "--format", "csl-json", "-o", "cv.json"]) == 0
    assert "cv.json: unchanged" in capfd.readouterr().err
    assert (cv / "cv.json").stat().st_mtime_ns == before


def test_me_sets_another_name_off(cv, capfd):
    run(["normalise", "profile.txt"])
    run(["export", "--format", "markdown"])
    assert "**Ada Lovelace**" in capfd.readouterr().out
    run(["export", "--format", "markdown", "--me", "C. Babbage"])
    out = capfd.readouterr().out
    assert "**Charles Babbage**" in out
    assert "**Ada Lovelace**" not in out


def test_what_another_run_wrote_meanwhile_is_not_lost(cv, capfd, monkeypatch):
    (cv / "other.txt").write_text((cv / "profile.txt").read_text().replace("tides", "winds"))
    remember = asking.remember

    def meanwhile(*given, **named):
        monkeypatch.setattr(asking, "remember", remember)
        assert run(["normalise", "other.txt"]) == 0
        remember(*given, **named)

    monkeypatch.setattr(asking, "remember", meanwhile)
    assert run(["normalise", "profile.txt"]) == 2
    assert "publications.json: was changed while this run was at work" in capfd.readouterr().err
    assert run(["normalise", "profile.txt"]) == 0
    run(["export", "--format", "bibtex"])
    exported = capfd.readouterr().out
    assert "of tides" in exported
    assert "of winds" in exported


def test_settings_are_found_up_to_the_root_of_the_repository(cv, capfd, monkeypatch):
    (cv / ".git").mkdir()
    (cv / "pubtools.toml").write_text('owner = "Charles Babbage"\n')
    (cv / "site").mkdir()
    run(["normalise", "profile.txt", "-l", "site/publications.json"])
    monkeypatch.chdir(cv / "site")
    capfd.readouterr()
    run(["export", "--format", "markdown"])
    assert "**Charles Babbage**" in capfd.readouterr().out


def test_settings_above_a_folder_that_is_no_repository_are_not_ours(cv, capfd, monkeypatch):
    (cv / "pubtools.toml").write_text("broken")
    (cv / "site").mkdir()
    monkeypatch.chdir(cv / "site")
    assert run(["normalise", "../profile.txt"]) == 0


def test_a_closed_pipe_is_no_error(cv):
    """`pubtools export | head`: whoever stops reading has read enough."""
    page = "".join(f"LGJun 16, 2022\nEngine number {n}\n\nAda Lovelace\n\n" for n in range(3000))
    (cv / "long.txt").write_text(page)
    run(["normalise", "long.txt", "--offline"])
    program = f"{sys.executable} -c 'from pubtools.cli import main; main()' export --format csl-json"
    script = f"{program} | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "[\n", "")


@pytest.mark.parametrize("arguments", ["explain settings", "read long.txt", "export --format csl-json"])
def test_a_pipe_that_nobody_reads_is_no_error(cv, arguments):
    page = "".join(f"LGJun 16, 2022\nEngine number {n}\n\nAda Lovelace\n\n" for n in range(300))
    (cv / "long.txt").write_text(page)
    run(["normalise", "long.txt", "--offline"])
    script = f"{sys.executable} -m pubtools {arguments} | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", ["explain settings", "read profile.txt", "export --format bibtex"])
def test_output_that_finds_no_room_is_one_line_and_code_2(cv, arguments):
    run(["normalise", "profile.txt", "--offline"])
    script = f"{sys.executable} -m pubtools {arguments} >/dev/full"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "pubtools: the output cannot be written: No space left on device\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [("export --format bibtex >&-", ""), ("read profile.txt >&-", ""), ("read - <&-", "pubtools: -: is closed")],
)
def test_a_closed_stream_is_no_bug(cv, arguments, says):
    """As a job of cron or a service may have them."""
    run(["normalise", "profile.txt", "--offline"])
    script = f"{sys.executable} -m pubtools {arguments}"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == bool(says)
    assert done.returncode == (2 if says else 0)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["export", "--help"], ["why", "--help"]])
def test_help_and_version_are_data(arguments, capfd):
    assert run(arguments) == 0
    out, err = capfd.readouterr()
    assert "pubtools" in out
    assert err == ""


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_shows_no_mark_of_its_own_writing(command, capfd):
    run([*filter(None, [command]), "--help"])
    shown = capfd.readouterr().out
    assert "\\" not in shown
    assert not [sign for sign in shown if sign != "\n" and not sign.isprintable()]


def test_help_begins_with_the_two_commands_that_matter(capfd):
    run(["--help"])
    assert "  pubtools normalise profile.txt\n  pubtools export --format bibtex\n" in capfd.readouterr().out


def test_export_help_lists_the_formats_by_itself(capfd):
    run(["export", "--help"])
    assert "bibtex|csl-json|markdown" in capfd.readouterr().out
