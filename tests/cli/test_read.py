"""`pubtools read` shows how a page is understood, and `normalise` takes pages in HTML by their file's lines."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pubtools import pipeline
from pubtools.cli import cli, run
from pubtools.fields import names
from pubtools.importers import Import
from pubtools.models import Authors, Facts, PartialDate, Reading, Sighting
from pubtools.problems import Problem, Where

HTML = """\
<!doctype html>
<title>Papers</title>
<style>p { color: black }</style>
<h1>Ada Lovelace</h1>

<p>LGJun 16, 2022<br>
Engines that weave numbers as looms weave leaves</p>
<p>Ada Lovelace, Charles Babbage</p>

<p>NEMay 19<br>
Tables of tides in shallow northern seas</p>
<p>Mary Somerville, Charles Babbage et al.</p>
"""


def test_the_margin_says_what_every_line_was_read_as(cv, capfd):
    assert run(["read", "profile.txt"]) == 0
    out, err = capfd.readouterr()
    lines = [" ".join(line.split()) for line in out.splitlines()]
    for line in (
        "1 owner Ada Lovelace",
        "6 declared 2 Papers",
        "8 1 subject LG",
        "date Jun 16, 2022",
        "9 1 title Engines that weave numbers as looms weave leaves",
        "18 2 authors Mary Somerville, Charles Babbage et al.",
        "layout category-cards",
        "owner Ada Lovelace (line 1)",
        "entries 2 of 2 declared (line 6)",
        "profile.txt:15: D01 date has no year: 'May 19' (give --as-of)",
    ):
        assert line in lines
    assert err == ""
    assert not (cv / "publications.json").exists()


def test_it_is_narrow_and_a_line_of_any_length_is_a_few_rows(cv, capfd):
    (cv / "long.txt").write_text("Ada Lovelace\n\n" + "engine " * 20_000 + "\n" + "x" * 100_000 + "\n")
    assert run(["read", "long.txt", "--layout", "category-cards"]) == 0
    lines = capfd.readouterr().out.splitlines()
    assert len(lines) < 40
    assert max(map(len, lines)) <= 102


def test_colour_is_for_terminals_only(cv):
    plain = CliRunner().invoke(cli, ["read", "profile.txt"]).output
    colourful = CliRunner().invoke(cli, ["read", "profile.txt"], color=True).output
    assert "\x1b[" not in plain
    assert "\x1b[" in colourful
    assert click.unstyle(colourful) == plain


def test_the_reading_for_tools_is_by_its_model(cv, capfd):
    assert run(["read", "profile.txt", "--json"]) == 0
    reading = Reading.model_validate_json(capfd.readouterr().out)
    assert [entry.lines for entry in reading.entries] == [(8, 13), (15, 20)]


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_page_in_html_has_the_lines_of_its_file(cv, capfd, form):
    (cv / "page.html").write_text(HTML)
    assert run(["read", "page.html", *form]) == 0
    out = capfd.readouterr().out
    if form:
        assert [entry["title"]["line"] for entry in json.loads(out)["entries"]] == [7, 11]
    else:
        assert "page.html:10: D01" in out


def test_normalise_reads_html_and_keeps_the_lines_of_its_file(cv, capfd):
    (cv / "page.html").write_text(HTML)
    assert run(["normalise", "page.html", "--offline"]) == 0
    assert "page.html:10: D01 date has no year: 'May 19'" in capfd.readouterr().err
    library = json.loads((cv / "publications.json").read_text())
    lines = [sighting["lines"] for record in library["publications"] for sighting in record["sightings"]]
    assert sorted(lines) == [[6, 8], [10, 12]]


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("iso-8859-1", "cp1252"),
        ("windows-1250", "cp1250"),
        ("Shift_JIS", "cp932"),
        ("gb2312", "gb18030"),
        ("koi8-r", "koi8-r"),
    ],
)
def test_a_page_in_html_may_say_its_encoding(cv, capfd, declared, encoding):
    name = {"cp1252": "José", "cp1250": "Łukasz", "cp932": "山田", "gb18030": "王芳", "koi8-r": "Софья"}[encoding]
    page = HTML.replace("Charles", name).replace("<!doctype html>", f'<!doctype html><meta charset="{declared}">')
    (cv / "page.html").write_bytes(page.encode(encoding))
    assert run(["read", "page.html"]) == 0
    assert f"Ada Lovelace, {name} Babbage" in capfd.readouterr().out


def test_a_page_that_declares_what_it_is_not_is_refused_by_line(cv, capfd):
    (cv / "page.html").write_bytes(b"<!doctype html><meta charset=ascii-art>\n<p>Jos\xe9")
    assert run(["read", "page.html"]) == 2
    assert "page.html:2: is not UTF-8 text" in capfd.readouterr().err


def test_a_failed_download_taken_on_purpose_is_still_reported(cv, capfd):
    (cv / "robot.txt").write_text("Please show you're not a robot\n")
    assert run(["normalise", "robot.txt", "--allow-empty", "--offline"]) == 0
    assert "robot.txt: L07 " in capfd.readouterr().err


def test_a_bibliography_file_is_a_list_of_works_with_their_lines(cv, capfd, monkeypatch):
    ada = names.parse("Ada Lovelace")

    class Importer:
        def read(self, text, source):
            facts = Facts(
                title="Engines that weave",
                authors=Authors(names=(ada,)),
                date=PartialDate(year=1843),
                citation_key="ada43",
            )
            problem = Problem("D02", "cannot read the date", Where(source.locator, 12))
            return Import((Sighting(source=source, facts=facts, lines=(8, 11)),), 1, (problem,))

    monkeypatch.setattr(pipeline, "importer", lambda page, layout: ("bibtex", Importer()))
    assert run(["read", "profile.txt"]) == 0
    out = [" ".join(line.split()) for line in capfd.readouterr().out.splitlines()]
    assert out[0] == "8 ada43 Engines that weave. Ada Lovelace. 1843"
    assert out[2:] == ["format bibtex", "works 1, 1 refused", "", "profile.txt:12: D02 cannot read the date"]
    assert run(["read", "profile.txt", "--json"]) == 2
    assert "pubtools export" in capfd.readouterr().err


def test_the_fixtures_of_every_layout_can_be_shown(capfd):
    profiles = sorted((Path(__file__).parents[2] / "fixtures" / "profiles").glob("*/*.txt"))
    assert profiles
    for profile in profiles:
        assert run(["read", str(profile)]) == 0
        assert "entries " in capfd.readouterr().out
