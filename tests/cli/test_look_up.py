"""The look-up as typed, against a stand-in for arXiv: few requests, no wrong paper, and no harm from a bad day."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import pytest
from arxiv_stand_in import (
    StandIn,
    drip,
    dropped,
    empty_page,
    entity_bomb,
    external_entity,
    gzip_bomb,
    html_page,
    huge,
    malformed,
    rate_exceeded_with_200,
    record,
    seed_records,
    slow,
    status,
    truncated,
)  # fmt: skip

from pubtools import library as libraries
from pubtools.cli import run
from pubtools.config import Config
from pubtools.models import Publication
from pubtools.people import People

HOME, AGGREGATOR = "000_15f5e29e24c52f34.txt", "003_0ac034a09ba36f10.txt"
ENGINES = record(
    "2206.00001",
    "Engines That Weave Numbers, as Looms Weave Leaves",
    ["Ada Lovelace", "Charles Babbage"],
    "2022-06-16",
    primary="cs.AR",
    categories=["cs.LG"],
    version=2,
    doi=["10.1000/Engines.1"],
    journal_ref="J. Comput. Looms 3 (2023) 1-20",
    comment="Accepted at HOPL 2023",
)
TABLES = record(
    "2605.00002",
    "Tables of tides in shallow northern seas",
    ["Mary Somerville", "Charles Babbage", "Ada Lovelace"],
    "2026-05-19",
)
STRANGER = record("2001.00009", "Tables of tides in shallow northern seas", ["Pierre Laplace"], "2020-01-01")


def publications(path: Path = Path("publications.json"), config: Config | None = None) -> dict[str, Publication]:
    library = libraries.loads(path.read_text("utf-8"))
    return {p.key: p for p in libraries.publications(library, People.of(config or Config()))}


# ---------------------------------------------------------------- the two real pages


@pytest.fixture
def seeds(cv: Path, shared: Path, arxiv: StandIn) -> list[dict]:
    for name in (HOME, AGGREGATOR):
        shutil.copy(shared / "seeds" / name, cv)
    arxiv.records[:] = seed_records(shared)
    return json.loads((shared / "arxiv" / "seed_papers.json").read_text("utf-8"))


def test_both_real_pages_take_two_requests_and_find_what_is_there(cv, seeds, arxiv, capfd):
    assert run(["normalise", HOME, AGGREGATOR, "--strict"]) == 0
    assert len(arxiv.log) <= 3
    found = publications()
    wanted = {paper["seed_title"]: paper for paper in seeds}
    assert len(found) == 23
    assert sum(p.arxiv is not None for p in found.values()) == 22
    for publication in found.values():
        said = [c.value for c in publication.claims("title")]
        paper = next(wanted[title] for title in said if title in wanted)
        assert (publication.arxiv.number if publication.arxiv else None) == paper["arxiv_id"]
        assert publication.authors.complete
        if paper["arxiv_id"]:
            assert [name.literal for name in publication.authors.names] == paper["authors"]
            assert "-".join(f"{part:02d}" for part in publication.date.parts) == paper["first_submitted"]
            assert not publication.date.inferred
    err = capfd.readouterr().err
    assert "N02" not in err
    assert "D01" not in err
    assert "C01" not in err
    tilting = next(p for p in found.values() if p.title.startswith("Tilting"))
    assert "Yaraslau Ivashynka" in [name.literal for name in tilting.authors.names]
    assert "Ivashinka" in str(tilting.claims("authors"))


def test_warm_they_take_none_and_give_the_same_bytes(cv, seeds, arxiv):
    run(["normalise", HOME, AGGREGATOR])
    before, asked = (cv / "publications.json").read_bytes(), len(arxiv.log)
    assert run(["normalise", AGGREGATOR, HOME]) == 0
    assert run(["enrich"]) == 0
    assert len(arxiv.log) == asked
    assert run(["enrich", "--refresh"]) == 0
    assert asked < len(arxiv.log) <= asked + 3
    assert (cv / "publications.json").read_bytes() == before


def test_a_key_is_given_after_the_look_up_that_tells_the_year(cv, seeds, capfd):
    run(["normalise", HOME])
    assert {"mori2024optimal", "jain2024bias", "limeta"} <= publications().keys()


# ---------------------------------------------------------------- what arXiv adds


def test_arxiv_adds_number_names_date_categories_doi_and_notes(cv, arxiv):
    arxiv.records += [ENGINES, TABLES, STRANGER]
    assert run(["normalise", "profile.txt", "--strict"]) == 0
    engines = publications()["lovelace2023engines"]
    assert (engines.arxiv.number, engines.arxiv.version) == ("2206.00001", 2)
    assert engines.doi == "10.1000/engines.1"
    assert engines.subjects == ("cs.AR", "cs.LG")
    assert engines.journal_ref == "J. Comput. Looms 3 (2023) 1-20"
    assert ("HOPL", 2023) in [(hint.venue.name, hint.venue.year) for hint in engines.hints]
    tables = publications()["somerville2026tables"]
    assert tables.arxiv.number == "2605.00002"
    assert tables.date.parts == (2026, 5, 19)
    assert len(tables.authors.names) == 3


def test_why_says_how_surely_the_record_was_matched(cv, arxiv, capfd):
    arxiv.records.append(ENGINES)
    run(["normalise", "profile.txt"])
    capfd.readouterr()
    assert run(["why", "lovelace2023engines", "arxiv"]) == 0
    assert capfd.readouterr().out.splitlines()[1:] == [
        "arxiv:",
        "* arxiv:2206.00001: 2206.00001v2",
        "    taken for its score 1.00, title 1.00, authors 1.00, date 1.00",
    ]


def test_a_strangers_paper_of_the_same_title_is_left_alone(cv, arxiv, capfd):
    arxiv.records.append(STRANGER)
    assert run(["normalise", "profile.txt", "-v"]) == 0
    assert all(p.arxiv is None for p in publications().values())
    assert "E02" in capfd.readouterr().err


def test_two_records_that_cannot_be_told_apart_are_both_left_and_said(cv, arxiv, capfd):
    arxiv.records += [TABLES, {**TABLES, "id": "2605.00003"}]
    run(["normalise", "profile.txt", "-v"])
    assert publications()["somervilletables"].arxiv is None
    assert "ambiguous" in capfd.readouterr().err


@pytest.mark.parametrize("named", ['key = "somervilletables"', 'title = "Tables of Tides in shallow northern seas"'])
def test_a_pin_is_final(cv, arxiv, named):
    other = record("1901.00007", "On the wobbling of the Earth", ["Somebody Else"], "2019-01-01")
    arxiv.records += [TABLES, other]
    run(["normalise", "profile.txt", "--offline"])
    (cv / "pubtools.toml").write_text(f'[[corrections]]\n{named}\narxiv = "1901.00007"\n')
    assert run(["normalise", "profile.txt"]) == 0
    config = Config()
    assert publications(config=config)["somervilletables"].arxiv.number == "1901.00007"
    asked = len(arxiv.log)
    run(["normalise", "profile.txt"])
    assert len(arxiv.log) == asked


def test_a_pin_drops_what_arxiv_said_of_another_paper(cv, arxiv):
    arxiv.records += [TABLES]
    run(["normalise", "profile.txt"])
    (cv / "pubtools.toml").write_text('[[corrections]]\nkey = "somerville2026tables"\narxiv = "1901.00007"\n')
    arxiv.faults[:] = [html_page] * 3
    run(["normalise", "profile.txt"])
    tables = publications()["somerville2026tables"]
    assert tables.arxiv.number == "1901.00007"
    assert {s.source.kind for s in tables.sightings} == {"profile", "user"}


def test_a_user_may_say_that_a_paper_is_not_on_arxiv(cv, arxiv):
    arxiv.records += [ENGINES, TABLES]
    run(["normalise", "profile.txt"])
    assert publications()["somerville2026tables"].arxiv
    (cv / "pubtools.toml").write_text('[[corrections]]\nkey = "somerville2026tables"\narxiv = false\n')
    run(["normalise", "profile.txt"])
    tables = publications()["somerville2026tables"]
    assert tables.arxiv is None
    assert not tables.authors.complete
    (cv / "pubtools.toml").write_text("")
    run(["normalise", "profile.txt"])
    assert publications()["somerville2026tables"].arxiv


def test_a_correction_that_fits_nothing_is_named(cv, capfd):
    (cv / "pubtools.toml").write_text('[[corrections]]\nkey = "nobody1900"\narxiv = false\n')
    assert run(["normalise", "profile.txt", "--strict"]) == 1
    assert "pubtools.toml:1: M03 a correction fits no publication: 'nobody1900'" in capfd.readouterr().err


def test_two_wordings_of_one_paper_are_one_once_arxiv_has_said_so(cv, arxiv):
    arxiv.records.append(ENGINES)
    other = "LGJun 16, 2022\nEngines that weave numbers and other leaves\n\nAda Lovelace, Charles Babbage\n"
    (cv / "other.txt").write_text(other)
    run(["normalise", "profile.txt", "--offline"])
    run(["normalise", "other.txt", "--offline"])
    assert len(publications()) == 3
    (cv / "pubtools.toml").write_text('[[corrections]]\nkey = "lovelace2022enginesa"\narxiv = "2206.00001"\n')
    run(["enrich"])
    assert len(publications()) == 2
    assert publications()["lovelace2022engines"].aliases == ("lovelace2022enginesa",)


# ---------------------------------------------------------------- a bad day

FAULTS = {
    "429": [status(429)] * 4,
    "429 with a pause": [status(429, retry_after="300")],
    "503": [status(503)] * 4,
    "500": [status(500)] * 4,
    "Rate exceeded. with 200": [rate_exceeded_with_200] * 4,
    "HTML": [html_page],
    "truncated": [truncated] * 4,
    "malformed": [malformed],
    "dropped": [dropped] * 4,
    "empty page": [empty_page],
    "slow": [slow(30)],
    "slow drip": [drip(0.2)],
    "huge": [huge(40_000_000)],
    "gzip bomb": [gzip_bomb(400_000_000)],
    "entity bomb": [entity_bomb],
    "external entity": [external_entity],
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_said_costs_nothing_and_is_never_remembered(cv, arxiv, capfd, fault):
    (cv / "pubtools.toml").write_text("[arxiv]\ndeadline_s = 1.5\n")
    arxiv.records += [ENGINES, TABLES]
    run(["normalise", "profile.txt", "--offline"])
    before = (cv / "publications.json").read_bytes()
    capfd.readouterr()
    arxiv.faults[:] = FAULTS[fault]
    assert run(["normalise", "profile.txt"]) == 0
    err = capfd.readouterr().err
    assert "E01 2 of the publications could not be looked up: arXiv" in err
    assert "2 could not be asked" in err
    assert (cv / "publications.json").read_bytes() == before
    assert not (cv / ".pubtools" / "arxiv-absent.json").exists()
    arxiv.faults.clear()
    shutil.rmtree(cv.parent / "cache")  # the pause that a refusal asks for is over
    assert run(["normalise", "profile.txt"]) == 0
    assert sum(p.arxiv is not None for p in publications().values()) == 2


@pytest.mark.parametrize(
    "arguments", [["normalise", "profile.txt", "--strict"], ["enrich", "--refresh"], ["enrich", "--strict"]]
)
def test_who_insists_gets_code_3(cv, arxiv, arguments):
    run(["normalise", "profile.txt", "--offline"])
    arxiv.faults[:] = [html_page]
    assert run(arguments) == 3


def test_a_refresh_on_a_bad_day_loses_nothing(cv, arxiv):
    arxiv.records += [ENGINES, TABLES]
    run(["normalise", "profile.txt"])
    before = (cv / "publications.json").read_bytes()
    arxiv.faults[:] = [html_page] * 3
    assert run(["enrich", "--refresh"]) == 3
    assert (cv / "publications.json").read_bytes() == before


def test_what_arxiv_has_not_is_remembered_and_a_damaged_memory_is_no_harm(cv, arxiv):
    run(["normalise", "profile.txt"])
    asked = len(arxiv.log)
    assert asked
    run(["normalise", "profile.txt"])
    assert len(arxiv.log) == asked
    (cv / ".pubtools" / "arxiv-absent.json").write_text("{")
    run(["normalise", "profile.txt"])
    assert len(arxiv.log) > asked
    assert (cv / ".pubtools" / ".gitignore").read_text() == "*\n"


# ---------------------------------------------------------------- without a network


def test_offline_opens_no_socket(cv, monkeypatch, capfd):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert run(["normalise", "profile.txt", "--offline"]) == 0
    assert run(["enrich", "--offline", "--refresh"]) == 0
    assert "E01" not in capfd.readouterr().err


def write_records(path: Path, *papers: dict) -> None:
    rows = [
        {
            "id": paper["id"], "authors": ", ".join(paper["authors"]), "title": paper["title"],
            "categories": " ".join(paper["categories"]), "abstract": paper["summary"], "doi": None,
            "comments": paper["comment"], "journal-ref": paper["journal_ref"],
            "versions": [{"version": "v1", "created": "Thu, 16 Jun 2022 17:00:00 GMT"}], "update_date": "2022-06-17",
        }
        for paper in papers
    ]  # fmt: skip
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


@pytest.mark.parametrize("by", ["option", "config"])
def test_a_records_file_answers_without_a_request(cv, arxiv, by):
    write_records(cv / "records.jsonl", ENGINES, STRANGER)
    if by == "config":
        (cv / "pubtools.toml").write_text('[arxiv]\nrecords = "records.jsonl"\n')
    option = ["--arxiv-records", "records.jsonl"] if by == "option" else []
    assert run(["normalise", "profile.txt", "--offline", *option]) == 0
    assert arxiv.log == []
    found = publications()
    assert found["lovelace2023engines"].arxiv.number == "2206.00001"
    assert sum(p.arxiv is not None for p in found.values()) == 1


def test_a_records_file_in_the_settings_is_named_from_their_folder(cv, arxiv, monkeypatch):
    (cv / ".git").mkdir()
    (cv / "site").mkdir()
    write_records(cv / "records.jsonl", ENGINES)
    (cv / "pubtools.toml").write_text('[arxiv]\nrecords = "records.jsonl"\n')
    monkeypatch.chdir(cv / "site")
    assert run(["normalise", "../profile.txt", "--offline"]) == 0
    assert publications()["lovelace2023engines"].arxiv


def test_a_home_that_cannot_be_written_is_no_hindrance(cv, arxiv, monkeypatch):
    arxiv.records.append(ENGINES)
    (cv.parent / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cv.parent / "file"))
    assert run(["normalise", "profile.txt"]) == 0
    assert publications()["lovelace2023engines"].arxiv


def test_what_the_records_have_not_arxiv_is_asked_for(cv, arxiv):
    write_records(cv / "records.jsonl", ENGINES)
    arxiv.records.append(TABLES)
    assert run(["normalise", "profile.txt", "--arxiv-records", "records.jsonl"]) == 0
    assert sum(p.arxiv is not None for p in publications().values()) == 2
    assert all("Engines" not in str(entry) for entry in arxiv.log)


def test_a_records_file_that_is_not_there_is_an_input_error(cv, capfd):
    assert run(["normalise", "profile.txt", "--arxiv-records", "nowhere.jsonl"]) == 2
    assert "nowhere.jsonl: no such file" in capfd.readouterr().err
    assert not (cv / "publications.json").exists()


def test_a_long_look_up_says_so_on_a_terminal_only(cv, arxiv, capfd, monkeypatch):
    arxiv.faults[:] = [slow(1.3)]
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert run(["normalise", "profile.txt"]) == 0
    assert capfd.readouterr().err.startswith("looking up on arXiv ...\n")
    monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    shutil.rmtree(cv / ".pubtools")
    arxiv.faults[:] = [slow(1.3)]
    assert run(["normalise", "profile.txt"]) == 0
    assert "looking up" not in capfd.readouterr().err
