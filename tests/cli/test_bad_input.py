"""Bad input gets one clear line, code 2, and leaves the library byte for byte as it was."""

from __future__ import annotations

import os

import pytest

from pubtools.cli import run

BEFORE = b'{\n "schema": 1\n}\n'


def write(name: str, content: bytes):
    def make(cv):
        (cv / name).write_bytes(content)

    return make


NOTHING = write("unused", b"")
BAD = [
    # what the user has, what the user types, what the one line says
    (NOTHING, ["normalise", "nowhere.txt"], ["nowhere.txt", "no such file"]),
    (lambda cv: (cv / "folder").mkdir(), ["normalise", "folder"], ["folder", "is a folder"]),
    (write("empty.txt", b""), ["normalise", "empty.txt"], ["empty.txt", "is empty"]),
    (write("blank.txt", b" \n\n\t"), ["normalise", "blank.txt"], ["blank.txt", "is empty"]),
    (write("page.pdf", b"%PDF-1.5\n\0\1"), ["normalise", "page.pdf"], ["page.pdf", "PDF", "pdftotext"]),
    (write("page.docx", b"PK\3\4\0"), ["normalise", "page.docx"], ["page.docx", "word processor", "pandoc -t plain"]),
    (
        write("page.rtf", rb"{\rtf1\ansi Looms}"),
        ["normalise", "page.rtf"],
        ["page.rtf", "word processor", "plain text"],
    ),
    (write("page.doc", b"\xd0\xcf\0\1"), ["normalise", "page.doc"], ["page.doc", "binary", "UTF-8"]),
    (write("utf16.txt", "Ada".encode("utf-16")), ["normalise", "utf16.txt"], ["utf16.txt", "is UTF-16", "as UTF-8"]),
    (write("latin.txt", b"Ada\nJos\xe9\n"), ["normalise", "latin.txt"], ["latin.txt:2", "not UTF-8"]),
    (
        write("prose.txt", b"Hello, this is my page.\n"),
        ["normalise", "prose.txt"],
        ["prose.txt", "no publication", "pubtools read", "--allow-empty"],
    ),
    (
        NOTHING,
        ["normalise", "profile.txt", "--layout", "teaser-bullets"],
        ["profile.txt", "no publication", "--allow-empty"],
    ),
    (
        write("robot.txt", b"Please show you're not a robot\nReload the page\n"),
        ["normalise", "robot.txt"],
        ["robot.txt", "captcha", "browser"],
    ),
    (write("app.html", b"<script>draw()</script>"), ["normalise", "app.html"], ["app.html", "scripts", "copy"]),
    (
        write("broken.bib", b"\n@book{a,\n  title = {Looms\n"),
        ["normalise", "broken.bib"],
        ["broken.bib:3", "no publication", "bibtex", "does not close"],
    ),
    (
        write("broken.json", b'[\n{"id": "a", "title": "Looms" "type": "book"}]'),
        ["normalise", "broken.json"],
        ["json:2"],
    ),
    (NOTHING, ["normalise", "publications.json"], ["publications.json", "a pubtools library", "-l"]),
    (NOTHING, ["read", "publications.json"], ["publications.json", "a pubtools library"]),
    (write(os.fsdecode(b"caf\xe9.txt"), b"Ada"), ["normalise", os.fsdecode(b"caf\xe9.txt")], ["caf", "name", "UTF-8"]),
    (write(os.fsdecode(b"caf\xe9.txt"), b"Ada"), ["read", os.fsdecode(b"caf\xe9.txt")], ["caf", "name", "UTF-8"]),
    (NOTHING, ["init", "-c", "nowhere/pubtools.toml"], ["nowhere/pubtools.toml", "no such folder"]),
    (NOTHING, ["init", "-c", "profile.txt/pubtools.toml"], ["profile.txt/pubtools.toml", "no such folder"]),
    (
        write(".github", b""),
        ["init", "--ci", "github", "--from", "git+https://example.org/pubtools"],
        [".github/workflows/publications.yml", "cannot be written"],
    ),
    (NOTHING, ["read", "nowhere.txt"], ["nowhere.txt", "no such file"]),
    (NOTHING, ["read", "profile.txt", "--layout", "nope"], ["nope", "category-cards"]),
    (NOTHING, ["normalise", "profile.txt", "--layout", "nope"], ["nope", "category-cards"]),
    (NOTHING, ["normalise", "profile.txt", "--as-of", "yesterday"], ["--as-of", "yesterday"]),
    (NOTHING, ["normalise", "profile.txt", "--as-of", "0001-01-01"], ["--as-of", "1990"]),
    (NOTHING, ["export", "--format", "markdown", "--me", " "], ["--me", "name"]),
    (NOTHING, ["normalise"], ["PAGE"]),
    (NOTHING, ["normalise", "profile.txt", "--nope"], ["--nope"]),
    (NOTHING, ["normalise", "profile.txt", "nowhere.txt"], ["nowhere.txt"]),
    (NOTHING, ["export", "--format", "docx"], ["docx", "bibtex"]),
    (NOTHING, ["export"], ["--format"]),
    (NOTHING, ["export", "--format", "bibtex", "-o", "nowhere/out.bib"], ["nowhere/out.bib", "no such", "folder"]),
    (lambda cv: (cv / "out").mkdir(), ["export", "--format", "bibtex", "-o", "out"], ["out", "is a folder"]),
    (
        NOTHING,
        ["export", "--format", "bibtex", "-o", "./publications.json"],
        ["publications.json", "the library itself"],
    ),
    (NOTHING, ["export", "--format", "bibtex", "-l", "nowhere.json"], ["nowhere.json", "pubtools normalise"]),
    (NOTHING, ["why", "nobody1900nothing"], ["nobody1900nothing"]),
    (NOTHING, ["why", "nobody1900nothing", "titel"], ["titel", "title"]),
    (NOTHING, ["frobnicate"], ["frobnicate"]),
    (write("pubtools.toml", b"owner = 'Ada\n"), ["normalise", "profile.txt"], ["pubtools.toml:1", "TOML"]),
    (write("pubtools.toml", b"\nownr = 'Ada'\n"), ["normalise", "profile.txt"], ["pubtools.toml:2", "owner"]),
    (write("pubtools.toml", b"owner = '\xe9'\n"), ["export", "--format", "bibtex"], ["pubtools.toml:1", "UTF-8"]),
    (NOTHING, ["normalise", "profile.txt", "-c", "nowhere.toml"], ["nowhere.toml", "no such file"]),
    (NOTHING, ["normalise", "profile.txt", "-l", "nowhere/lib.json"], ["nowhere/lib.json", "no such folder"]),
]


@pytest.mark.parametrize(
    ("make", "arguments", "says"), BAD, ids=lambda value: " ".join(value) if isinstance(value, list) else ""
)
def test_one_clear_line_and_code_2(cv, capfd, make, arguments, says):
    (cv / "publications.json").write_bytes(BEFORE)
    make(cv)
    files = set(os.listdir(cv))
    assert run(arguments) == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err.count("\n") == 1, err
    assert all(part.lower() in err.lower() for part in says), err
    assert (cv / "publications.json").read_bytes() == BEFORE
    assert set(os.listdir(cv)) == files


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", ["publications.json", "damaged"]),
        (b"[]", ["publications.json", "not a pubtools library"]),
        (b'{"schema": 99}', ["publications.json", "newer", "update pubtools"]),
        (b'{"schema": 1, "publications": [{}]}', ["publications.json", "damaged"]),
        (b"\xff\xfe\x00", ["publications.json", "UTF-16"]),
        (b"", ["publications.json", "damaged"]),
        (b'{"schema": ' + b"9" * 5000 + b"}", ["publications.json", "damaged"]),
    ],
)
@pytest.mark.parametrize("arguments", [["normalise", "profile.txt"], ["export", "--format", "markdown"], ["why", "a"]])
def test_a_library_that_cannot_be_read_is_left_as_it_is(cv, capfd, arguments, content, says):
    (cv / "publications.json").write_bytes(content)
    assert run(arguments) == 2
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert all(part in err for part in says), err
    assert (cv / "publications.json").read_bytes() == content


def test_a_bad_page_among_good_ones_changes_nothing(cv, capfd):
    run(["normalise", "profile.txt"])
    before = (cv / "publications.json").read_bytes()
    (cv / "failed.txt").write_text("502 Bad Gateway\n")
    assert run(["normalise", "profile.txt", "failed.txt"]) == 2
    assert (cv / "publications.json").read_bytes() == before


def test_allow_empty_takes_a_page_without_publications(cv, capfd):
    (cv / "prose.txt").write_text("Hello, this is my page.\n")
    assert run(["normalise", "prose.txt", "--allow-empty"]) == 0
    assert "prose.txt: 0 entries, 1 unread line (1)" in capfd.readouterr().err


def test_two_layouts_that_fit_are_named_with_the_way_out(cv, capfd):
    cards = (cv / "profile.txt").read_text()
    bullets = "\nPublications\n\n  • Engines\n\n    Ada Lovelace\n    Post thumbnail\n    It begins and ...\n"
    (cv / "both.txt").write_text(cards + bullets)
    assert run(["normalise", "both.txt"]) == 2
    err = capfd.readouterr().err
    assert err.startswith("pubtools: both.txt: two layouts fit")
    assert "category-cards and teaser-bullets" in err
    assert "--layout" in err
    assert run(["normalise", "both.txt", "--layout", "category-cards"]) == 0
