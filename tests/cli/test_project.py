"""The commands around pubtools.toml as users meet them: init, check, explain, and settings that name wrong things."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path

import jsonschema
import pytest

from pubtools import __version__, manual
from pubtools import config as configs
from pubtools.cli import run
from pubtools.cli.init import UNKNOWN

SETTINGS = """\
owner = "Ada Lovelace"
profiles = ["profile.txt"]

[[output]]
format = "csl-json"
path = "lists/publications.csl.json"
"""
SECOND = """\
Mary Somerville

1papers

1 Papers

NEMay 19
Tables of tides in shallow northern seas

Mary Somerville, Charles Babbage, Ada Lovelace

Another short account, of water and how it rises.
"""


@pytest.fixture
def lists(cv: Path) -> Path:
    """A folder with settings and a page, nothing written yet."""
    (cv / "pubtools.toml").write_text(SETTINGS)
    return cv


def library(folder: Path) -> dict:
    return json.loads((folder / "publications.json").read_text())


# ---------------------------------------------------------------- init


def test_init_writes_settings_that_update_follows(cv, capfd):
    (cv / "notes.txt").write_text("Buy milk.\n")
    assert run(["init"]) == 0
    settings = configs.parse((cv / "pubtools.toml").read_text())
    assert [row.path for row in settings.profiles] == ["profile.txt"]
    assert settings.owner.name == "Ada Lovelace"
    assert run(["update", "--offline"]) == 0
    assert run(["update", "--check"]) == 0
    assert (cv / "publications.bib").read_text().count("@") == 2


def test_init_finds_the_markers_of_a_cv_and_writes_over_nothing(cv):
    (cv / "cv.md").write_text("# CV\n<!-- pubtools:start -->\n<!-- pubtools:end -->\n")
    (cv / "publications.bib").write_text("% mine\n")
    run(["init"])
    rows = {row.format: row for row in configs.parse((cv / "pubtools.toml").read_text()).output}
    assert (rows["markdown"].path, rows["markdown"].markers) == ("cv.md", True)
    assert rows["bibtex"].path == "publications-2.bib"


def test_init_leaves_what_is_there(lists, capfd):
    assert run(["init"]) == 2
    assert (lists / "pubtools.toml").read_text() == SETTINGS
    assert "is there already" in capfd.readouterr().err
    ci = ["init", "--ci", "github", "--from", ADDRESS]
    assert run(ci) == 0  # the settings are there, and stay
    assert (lists / ".github/workflows/publications.yml").is_file()
    assert run(ci) == 2


def test_init_without_a_page_says_what_is_missing(tmp_path, monkeypatch, capfd):
    monkeypatch.chdir(tmp_path)
    assert run(["init"]) == 0
    said = capfd.readouterr().err
    assert "no page with publications is here" in said
    assert "next:" not in said
    assert configs.parse((tmp_path / "pubtools.toml").read_text()).profiles == ()
    assert run(["update"]) == 2
    assert "pubtools.toml: names no profiles" in capfd.readouterr().err


def test_init_says_of_each_page_why_it_is_taken_or_left(cv, capfd):
    (cv / "notes.txt").write_text("Buy milk.\n")
    (cv / "robots.txt").write_text("User-agent: *\nDisallow: /private\nSitemap: https://example.org/sitemap.xml\n")
    (cv / "todo.txt").write_text("TODO\n1. Write the paper with Charles (2024)\n2. Read about looms\n")
    (cv / "home.html").write_text("<html><body><h1>Ada</h1><p>I build engines.</p></body></html>")
    assert run(["init"]) == 0
    assert configs.parse((cv / "pubtools.toml").read_text()).profiles[0].path == "profile.txt"
    said = capfd.readouterr().err.splitlines()
    assert "profile.txt: 2 publications" in said
    assert "todo.txt: left out: 1 publication, all of them guesses" in said
    assert [line.split(":")[0] for line in said if ": left out: " in line] == [
        "home.html", "notes.txt", "robots.txt", "todo.txt"
    ]  # fmt: skip


def test_init_reads_a_page_in_html_as_normalise_does(cv, capfd):
    works = (("Engines that weave leaves", 2021), ("Tables of tides in shallow seas", 2020))
    items = "".join(f"<li>Ada Lovelace. <i>{title}</i>. Annals of Looms, {year}.</li>" for title, year in works)
    (cv / "profile.txt").unlink()
    (cv / "home.html").write_text(f"<html><body><h2>Publications</h2><ul>{items}</ul></body></html>")
    assert run(["init"]) == 0
    assert "home.html: 2 publications" in capfd.readouterr().err


ADDRESS = "git+https://example.org/ada/pubtools@0123456789abcdef0123456789abcdef01234567"
RECORDS = [
    # where pip got it from (PEP 610), and what CI is told to install
    (None, f"pubtools-cv[html]=={__version__}"),
    (
        {"url": "https://example.org/ada/pubtools", "vcs_info": {"vcs": "git", "commit_id": "0" * 40}},
        f"pubtools-cv[html] @ git+https://example.org/ada/pubtools@{'0' * 40}",
    ),
    ({"url": "https://example.org/p.whl", "archive_info": {}}, "pubtools-cv[html] @ https://example.org/p.whl"),
    ({"url": "file:///home/ada/pubtools", "dir_info": {}}, None),
]


@pytest.mark.parametrize("service", ["github", "gitlab", "pre-commit"])
@pytest.mark.parametrize(("record", "pinned"), RECORDS)
def test_what_ci_installs_is_what_made_its_file(cv, capfd, monkeypatch, service, record, pinned):
    (cv / "pubtools_cv-1.dist-info").mkdir()
    (cv / "pubtools_cv-1.dist-info" / "METADATA").write_text("Name: pubtools-cv\nVersion: 1\n")
    if record:
        (cv / "pubtools_cv-1.dist-info" / "direct_url.json").write_text(json.dumps(record))
    monkeypatch.syspath_prepend(cv)
    assert run(["init", "--ci", service]) == 0
    (written,) = cv.rglob("*.y*ml")
    assert f'"{pinned or f"pubtools-cv[html] @ {UNKNOWN}"}"' in written.read_text()
    assert ("--from" in capfd.readouterr().err) == (pinned is None)
    written.unlink()
    assert run(["init", "--ci", service, "--from", ADDRESS]) == 0
    assert f'"pubtools-cv[html] @ {ADDRESS}"' in written.read_text()


def test_below_the_root_of_a_repository_it_is_said_that_ci_does_not_look_there(cv, capfd, monkeypatch):
    (cv / ".git").mkdir()
    (cv / "site").mkdir()
    (cv / "profile.txt").rename(cv / "site" / "profile.txt")
    assert run(["init", "--ci", "github", "--from", ADDRESS]) == 0
    assert "root" not in capfd.readouterr().err
    monkeypatch.chdir(cv / "site")
    assert run(["init", "--ci", "github", "--from", ADDRESS]) == 0
    assert ".github/workflows/publications.yml: is looked for in the root of the repository" in capfd.readouterr().err


@pytest.mark.parametrize(
    "address", ["pubtools", "git+https://example.org/a b", 'https://example.org/"; touch x; "', "https://$(x)"]
)
def test_an_address_that_is_none_is_put_into_no_script(cv, capfd, address):
    assert run(["init", "--ci", "github", "--from", address]) == 2
    assert "--from" in capfd.readouterr().err
    assert sorted(os.listdir(cv)) == ["profile.txt"]


# ---------------------------------------------------------------- check


def test_check_without_settings_judges_the_library_alone(cv, capfd):
    assert run(["check"]) == 2
    assert "no such library" in capfd.readouterr().err
    run(["normalise", "profile.txt", "--offline"])
    capfd.readouterr()
    assert run(["check", "-v"]) == 1
    said = capfd.readouterr().out
    assert "profile.txt:15: D01 somervilletables: date has no year" in said
    assert "profile.txt:18: N01 somervilletables: author list is cut" in said
    assert "profile.txt:18: N02 the owner, Ada Lovelace, is hidden" in said
    assert run(["check", "--ignore", "d01", "--ignore", "N02"]) == 0


def test_a_damaged_library_is_an_error_in_words(lists, capfd):
    (lists / "publications.json").write_text('{"schema": 1, "publications": [{"key": 3}]}')
    assert run(["check"]) == 2
    assert "publications.json: damaged at publications.0.key" in capfd.readouterr().err


def test_a_code_that_there_is_not_cannot_be_ignored(lists, capfd):
    assert run(["check", "--ignore", "D99"]) == 2
    assert "there is no code 'D99'" in capfd.readouterr().err


def test_what_an_update_would_refuse_is_a_finding(lists, capfd):
    run(["update", "--offline"])
    page = (lists / "profile.txt").read_text()
    (lists / "profile.txt").write_text(page.replace("A short account of a machine that computes.\n", ""))
    capfd.readouterr()
    assert run(["check", "--pages", "--output-format", "json"]) == 1
    found = {problem["code"]: problem for problem in json.loads(capfd.readouterr().out)}
    assert found["F02"]["file"] == "publications.json"
    assert "would lose its abstract" in found["F02"]["message"]


def test_advice_names_what_can_be_followed_here(lists, capfd):
    run(["check", "--pages"])
    assert "(give as_of in its row of profiles)" in capfd.readouterr().out
    run(["update", "--offline"])
    capfd.readouterr()
    run(["check"])
    assert "(give as_of in its row of profiles)" in capfd.readouterr().out


def test_check_reads_no_page_unless_it_is_asked_to(lists, capfd):
    run(["update", "--offline"])
    page = (lists / "profile.txt").read_text()
    (lists / "profile.txt").unlink()
    capfd.readouterr()
    run(["check"])
    assert "F01" not in capfd.readouterr().out
    assert run(["check", "--pages"]) == 2
    assert "profile.txt" in capfd.readouterr().err
    (lists / "profile.txt").write_text(page.replace("May 19", "May 20"))
    assert run(["check", "--pages"]) == 1
    assert "publications.json: F01 is not current" in capfd.readouterr().out


def test_a_list_that_was_changed_by_hand_is_a_finding(lists, capfd):
    run(["update", "--offline"])
    path = next(lists.rglob("publications.csl.json"))
    path.write_text(path.read_text().replace("Ada", "Eda", 1))
    capfd.readouterr()
    assert run(["check"]) == 1
    assert "publications.csl.json: F01 is not current" in capfd.readouterr().out


def test_an_unused_correction_is_named_by_its_line_whatever_the_settings_are_called(lists, capfd):
    rows = f'{SETTINGS}\n[[corrections]]\ntitle = "No such paper"\nexclude = true\n'
    (lists / "pubtools.toml").unlink()
    (lists / "mine.toml").write_text(rows)
    run(["check", "-c", "mine.toml"])
    assert f"mine.toml:{rows[: rows.index('[[corrections]]')].count(chr(10)) + 1}: M03" in capfd.readouterr().out


# ---------------------------------------------------------------- folders


def test_paths_start_from_the_settings_whatever_the_working_folder_is(lists, monkeypatch, capfd):
    (lists / ".git").mkdir()
    (lists / "deep" / "er").mkdir(parents=True)
    run(["update", "--offline"])
    before = library(lists)
    monkeypatch.chdir(lists / "deep" / "er")
    assert run(["update", "--check"]) == 0
    capfd.readouterr()
    run(["check"])
    assert "../../profile.txt:15: D01" in capfd.readouterr().out
    (lists / "profile.txt").write_text("nothing\n")
    assert run(["update", "--offline"]) == 2
    assert "pubtools: ../../profile.txt: " in capfd.readouterr().err
    assert library(lists) == before
    assert os.listdir(lists / "deep" / "er") == []


def test_a_library_in_a_folder_of_its_own_changes_no_name_that_people_see(lists, capfd):
    (lists / "pubtools.toml").write_text(f'library = "data/all.json"\n{SETTINGS}')
    (lists / "data").mkdir()
    assert run(["update", "--offline"]) == 0
    assert "profile.txt:15: D01" in capfd.readouterr().err
    assert json.loads((lists / "data/all.json").read_text())["profiles"][0]["locator"] == "../profile.txt"
    (lists / "lists/publications.csl.json").write_text("")
    assert run(["check"]) == 1
    said = capfd.readouterr().out
    assert "\nlists/publications.csl.json: F01" in f"\n{said}"
    assert "\nprofile.txt:15: D01" in f"\n{said}"


def test_a_folder_that_is_not_there_is_made(lists):
    (lists / "pubtools.toml").write_text(f'library = "data/all.json"\n{SETTINGS}')
    assert run(["update", "--check"]) == 1
    assert not (lists / "lists").exists()
    assert run(["update", "--offline"]) == 0
    assert (lists / "lists/publications.csl.json").is_file()
    assert (lists / "data/all.json").is_file()


# ---------------------------------------------------------------- profiles


def test_what_only_a_page_said_that_is_read_no_more_is_reported_and_pruned(lists, capfd):
    (lists / "second.txt").write_text(SECOND)
    both = SETTINGS.replace('["profile.txt"]', '["profile.txt", "second.txt"]')
    (lists / "pubtools.toml").write_text(both)
    assert run(["update", "--offline"]) == 0
    cut = (lists / "profile.txt").read_text().partition("NEMay 19")[0]
    (lists / "profile.txt").write_text(cut)
    assert run(["update", "--offline"]) == 0
    capfd.readouterr()
    (lists / "pubtools.toml").write_text(SETTINGS)
    assert run(["update", "--offline"]) == 0
    assert "M02 somervilletables is on none of its pages any more" in capfd.readouterr().err
    assert [profile["locator"] for profile in library(lists)["profiles"]] == ["profile.txt"]
    assert run(["update", "--offline", "--prune"]) == 0
    assert len(library(lists)["publications"]) == 1


def test_a_page_that_was_renamed_keeps_its_keys_and_is_no_news(lists, capfd):
    run(["update", "--offline"])
    keys = [record["key"] for record in library(lists)["publications"]]
    (lists / "profile.txt").rename(lists / "ada.txt")
    (lists / "pubtools.toml").write_text(SETTINGS.replace("profile.txt", "ada.txt"))
    capfd.readouterr()
    assert run(["update", "--offline", "--summary", "markdown"]) == 0
    assert "### New" not in capfd.readouterr().out
    assert [record["key"] for record in library(lists)["publications"]] == keys


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('profils = ["a"]', "1: unknown setting 'profils' (did you mean 'profiles'?)"),
        ('\n[[output]]\nfromat = "bibtex"\npath = "x"', "3: unknown setting 'output.fromat' (did you mean 'format'?)"),
        ('[[output]]\npath = "x"', "1: the setting 'output.format' is missing"),
        ('[[output]]\npath = "x"\nformat = "bibtx"', "3: there is no format 'bibtx' (did you mean 'bibtex'?)"),
        ('[output]\npath = "x"', "1: output: should be a list (mend this value)"),
        (
            '[[output]]\nformat = "bibtex"\npath = "x"\n[output.style]\ngruop_by = "year"',
            "5: unknown setting 'output.style.gruop_by' (did you mean 'group_by'?)",
        ),
        ('[style]\ngroup_by = "yaer"', "2: style.group_by: 'yaer' is none of its values (did you mean 'year'?)"),
        ("owner = 3", "1: owner: should be a table (mend this value)"),
        ('owner = {nam = "x"}', "1: unknown setting 'owner.nam' (did you mean 'name'?)"),
        ('[[corrections]]\nkey = "a"\n[corrections.set]\nvenu = "X"', "4: unknown setting 'corrections.set.venu'"),
        ('[[corrections]]\nkey = "a"\ndrop = ["autors"]', "3: corrections.drop: 'autors' is none of its values"),
        ('profiles = [{path = "profile.txt", layuot = "x"}]', "1: unknown setting 'profiles.layuot'"),
        ('profiles = [{path = "profile.txt", layout = "x"}]', "1: there is no layout 'x'"),
        ('profiles = [{path = "profile.txt", as_of = 0001-01-01}]', "1: profiles.as_of: "),
        ('profiles = [{path = "profile.txt", as_of = "x"}]', "1: profiles.as_of: should be a date, such as 2026-06-01"),
        ('[[output]]\nformat = "bibtex"\npath = ""', "3: output.path: should be more than an empty text"),
        ('[[output]]\nformat = "bibtex"\npath = "x"\nmarkers = 3', "4: output.markers: should be"),
        ('[arxiv]\ndeadline_s = "soon"', "2: arxiv.deadline_s: should be a number"),
        ('ignore = ["D1"]', "1: ignore: 'D1' is no code; did you mean 'D01'?"),
        ("x = [", "1: not valid TOML"),
    ],
)
def test_what_cannot_be_meant_is_named_by_its_line_and_the_nearest_name(cv, capfd, text, says):
    (cv / "pubtools.toml").write_text(text)
    assert run(["update"]) == 2
    assert f"pubtools.toml:{says}" in capfd.readouterr().err


def test_every_setting_is_explained(capfd):
    assert run(["explain", "settings"]) == 0
    said = capfd.readouterr().out
    for name, model in configs._TABLES.items():
        for setting, info in model.model_fields.items():
            assert f"  {setting}: " in said
            assert info.description or name == "style", f"{name}.{setting} says nothing of itself"


def test_the_schema_takes_what_we_take(capfd):
    assert run(["explain", "settings", "--schema"]) == 0
    schema = json.loads(capfd.readouterr().out)
    assert schema == manual.schema()
    text = """
        #:schema ./pubtools.schema.json
        owner = "Ada Lovelace"
        profiles = ["profile.txt", {path = "older.bib", layout = "bibtex"}]
        [[output]]
        format = "bibtex"
        path = "publications.bib"
        markers = "old"
        [[corrections]]
        key = "lovelace2022engines"
        arxiv = false
        set = {date = 2022, venue = "Annals"}
    """
    configs.parse(text)
    jsonschema.validate(tomllib.loads(text), schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"profils": []}, schema)


def test_a_schema_is_one_of_the_settings(capfd):
    assert run(["explain", "D01", "--schema"]) == 2
    assert "--schema goes with settings" in capfd.readouterr().err


def test_explain_says_what_to_do_and_finds_the_nearest_code(capfd):
    assert run(["explain", "n02"]) == 0
    assert capfd.readouterr().out.startswith("N02 (warning): the cut author list hides the owner of the page\n\n")
    assert run(["explain", "N2"]) == 2
    assert "did you mean N02?" in capfd.readouterr().err
    assert run(["explain"]) == 0
    assert "D01  warning  the date has no year" in capfd.readouterr().out
