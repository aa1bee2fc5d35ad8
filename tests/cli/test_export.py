"""`pubtools export`: how the list looks, and into which part of a file it goes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pubtools.cli import run

Capture = pytest.CaptureFixture[str]

START, END = b"<!-- pubtools:start -->", b"<!-- pubtools:end -->"


@pytest.fixture
def library(cv: Path, capfd: Capture) -> Path:
    run(["normalise", "profile.txt", "--offline"])
    capfd.readouterr()
    return cv


def export(capfd: Capture, *arguments: str) -> str:
    assert run(["export", "--format", "markdown", *arguments]) == 0
    return capfd.readouterr().out


# ---------------------------------------------------------------- --style


def test_a_style_may_be_given_in_the_settings_or_on_the_command_line(library: Path, capfd: Capture) -> None:
    assert export(capfd).startswith("## Undated\n")
    (library / "pubtools.toml").write_text('[style]\nheading_level = 4\nheadings = { undated = "New" }\n')
    assert export(capfd).startswith("#### New\n")
    assert export(capfd, "--style", "heading-level=1").startswith("# New\n")
    assert export(capfd, "--style", "headings.undated=Soon").startswith("#### Soon\n")
    assert export(capfd, "--style", "group_by=none", "--style", "numbering=descending").startswith(r"- \[2\] ")
    assert "A short account" in export(capfd, "--style", "abstracts=true")
    assert "A short account" in export(capfd, "--with-abstract")


def test_a_style_of_its_own_table_keeps_what_the_settings_say_of_others(library: Path, capfd: Capture) -> None:
    (library / "pubtools.toml").write_text('[style.headings]\nundated = "New"\n')
    out = export(capfd, "--style", "headings.other=X", "--style", "headings.preprint=Y", "--style", "group_by=year")
    assert out.startswith("## New\n")


@pytest.mark.parametrize(
    ("choice", "says"),
    [
        ("grup_by=year", "did you mean 'group_by'?"),
        ("group_by=yaer", "group_by: 'yaer' is none of its values (did you mean 'year'?)"),
        ("heading_level=7", "heading_level"),
        ("headings.artcle-journal=X", "headings.artcle-journal: unknown; did you mean 'article-journal'?"),
        ("labels.pdff=X", "labels.pdff: unknown; did you mean 'pdf'?"),
        ("links=pdf,ftp", "links: 'ftp' is none of its values"),
        ("numbering", "name=value"),
        ("owners=Ada", "unknown setting 'owners'"),
        ("notes=", "notes"),
        ("first.x=y", "first"),
    ],
)
def test_a_style_that_is_none_is_a_usage_error(library: Path, capfd: Capture, choice: str, says: str) -> None:
    assert run(["export", "--format", "markdown", "--style", choice]) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("pubtools export: ")
    assert says in err


@pytest.mark.parametrize("to", ["bibtex", "csl-json"])
def test_formats_that_have_no_headings_take_no_notice(library: Path, capfd: Capture, to: str) -> None:
    assert run(["export", "--format", to]) == 0
    plain = capfd.readouterr().out
    assert run(["export", "--format", to, "--style", "group_by=type", "--style", "numbering=ascending"]) == 0
    assert capfd.readouterr().out == plain


# ---------------------------------------------------------------- --into


def into(library: Path, name: str, content: bytes, *arguments: str) -> tuple[int, bytes]:
    (library / name).write_bytes(content)
    code = run(["export", "--format", "markdown", "--into", name, *arguments])
    return code, (library / name).read_bytes()


def test_only_what_stands_between_the_markers_changes(library: Path, capfd: Capture) -> None:
    listed = export(capfd).encode()
    code, after = into(library, "README.md", b"# Me\n\n" + START + b"\nold\n" + END + b"\n\nBye")
    assert code == 0
    assert after == b"# Me\n\n" + START + b"\n\n" + listed + b"\n" + END + b"\n\nBye"
    assert capfd.readouterr() == ("", "README.md: written\n")


def test_line_ends_and_a_byte_order_mark_stay(library: Path, capfd: Capture) -> None:
    listed = export(capfd).replace("\n", "\r\n").encode()
    bom = b"\xef\xbb\xbf"
    _, after = into(library, "a.md", bom + START + b"\r\n" + END + b"\r\nBye\nnow")
    assert after == bom + START + b"\r\n\r\n" + listed + b"\r\n" + END + b"\r\nBye\nnow"


def test_a_second_run_touches_nothing(library: Path, capfd: Capture) -> None:
    into(library, "a.md", START + b"\n" + END)
    before = (library / "a.md").stat()
    capfd.readouterr()
    assert run(["export", "--format", "markdown", "--into", "a.md"]) == 0
    assert capfd.readouterr().err == "a.md: unchanged\n"
    after = (library / "a.md").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_named_block_is_chosen(library: Path, capfd: Capture) -> None:
    content = START + b"\n" + END + b"\n<!-- pubtools:start cv -->\n" + END + b"\n"
    _, after = into(library, "a.md", content, "--block", "cv")
    assert after.startswith(START + b"\n" + END + b"\n<!-- pubtools:start cv -->\n\n## Undated")


def test_entries_go_into_a_bib_file_between_comments(library: Path, capfd: Capture) -> None:
    (library / "own.bib").write_text("@book{a,}\n% pubtools:start\n% pubtools:end\n")
    assert run(["export", "--format", "bibtex", "--into", "own.bib"]) == 0
    assert (library / "own.bib").read_text().startswith("@book{a,}\n% pubtools:start\n\n@misc{")


def test_an_empty_library_empties_a_block_on_demand_only(cv: Path, capfd: Capture) -> None:
    (cv / "publications.json").write_text('{"schema": 1}\n')
    full = START + b"\n- Old\n" + END
    code, after = into(cv, "a.md", full)
    assert (code, after) == (2, full)
    assert "a.md:1: there is nothing to write" in capfd.readouterr().err
    assert into(cv, "a.md", full, "--allow-empty") == (0, START + b"\n" + END)


@pytest.mark.parametrize(
    ("content", "arguments", "says"),
    [
        (b"nothing\n", [], ["a.md: has not the block without a name", "pubtools:start"]),
        (START + b"\n" + END, ["--block", "cv"], ["a.md: has not the block 'cv'"]),
        (b"x\n" + END + b"\n" + START, [], ["a.md:2:"]),
        (b"x\n" + START + b"\n", [], ["a.md:2:", "no end"]),
        (START + b"\n\xe9\n" + END, [], ["a.md:2:", "not UTF-8"]),
        (START + b"\n\0\n" + END, [], ["a.md", "binary"]),
        (START + END, ["-o", "b.md"], ["-o", "--into"]),
        (START + END, ["--into", "nowhere.md"], ["nowhere.md", "no such file"]),
        (START + END, ["--into", "."], [".: is a folder"]),
        (START + END, ["--into", "./publications.json"], ["the library itself"]),
    ],
)
def test_what_is_wrong_is_one_line_and_nothing_is_written(
    library: Path, capfd: Capture, content: bytes, arguments: list[str], says: list[str]
) -> None:
    files = set(os.listdir(library)) | {"a.md"}
    code, after = into(library, "a.md", content, *arguments)
    err = capfd.readouterr().err
    assert (code, after) == (2, content)
    assert err.count("\n") == 1
    assert all(part in err for part in says), err
    assert set(os.listdir(library)) == files


@pytest.mark.parametrize("arguments", [["--block", "cv"], ["--allow-empty"]])
def test_what_belongs_to_into_says_so(library: Path, capfd: Capture, arguments: list[str]) -> None:
    assert run(["export", "--format", "markdown", *arguments]) == 2
    assert f"{arguments[0]} goes with --into" in capfd.readouterr().err


def test_a_letter_that_bibtex_cannot_say_is_named(cv, capfd):
    (cv / "profile.txt").write_text((cv / "profile.txt").read_text().replace("looms weave", "織機 weave"))
    run(["normalise", "profile.txt", "--offline"])
    capfd.readouterr()
    assert run(["export", "--format", "bibtex"]) == 0
    assert (
        "X32 lovelace2022engines: written as they are, for BibTeX and pdflatex have none: 織 機"
        in capfd.readouterr().err
    )
    assert run(["export", "--format", "biblatex"]) == 0
    assert "X32" not in capfd.readouterr().err
