from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pubtools import plugins
from pubtools.errors import InputError
from pubtools.importers import Import, bibtex
from pubtools.models import Source

FIXTURES = Path(__file__).parents[2] / "fixtures" / "imports" / "bibtex"
SOURCE = Source(kind="profile", locator="x.bib")


def read(text: str) -> Import:
    return bibtex.read(text, SOURCE)


def facts(fields: str, kind: str = "article") -> dict[str, Any]:
    (sighting,) = read(f"@{kind}{{key, title = {{T}}, {fields}\n}}").sightings
    said = sighting.facts.model_dump(mode="json", exclude_defaults=True, exclude={"citation_key"})
    return {name: value for name, value in said.items() if (name, value) != ("title", "T")}


# ---------------------------------------------------------------- files


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.bib")), ids=lambda path: path.stem)
def test_a_file_is_read_as_authored(path: Path, request: pytest.FixtureRequest) -> None:
    got = bibtex.read(path.read_text("utf-8"), Source(kind="profile", locator=path.name))
    said = {
        "sightings": [
            sighting.model_dump(mode="json", exclude_defaults=True, exclude={"source"}) for sighting in got.sightings
        ],
        "refused": got.refused,
        "problems": [str(problem).partition(" ")[0] + " " + problem.code for problem in got.problems],
    }
    expected = path.with_suffix(".expected.json")
    if request.config.getoption("--update-fixtures", default=False):
        expected.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert said == json.loads(expected.read_text("utf-8"))


def test_there_are_fixtures_and_none_is_stale() -> None:
    assert {path.stem for path in FIXTURES.glob("*.bib")} == {
        path.name.removesuffix(".expected.json") for path in FIXTURES.glob("*.json")
    }
    assert list(FIXTURES.glob("*.bib"))


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.bib")), ids=lambda path: path.stem)
def test_every_entry_is_read_or_refused(path: Path) -> None:
    text = path.read_text("utf-8")
    entries = sum(line.lstrip().startswith("@") for line in text.splitlines()) - text.count("@string")
    got = read(text)
    assert len(got.sightings) + got.refused == entries


@pytest.mark.parametrize(
    ("text", "name", "fits"),
    [
        ("", "refs.bib", True),
        ("% mine\n@article{a, title = {T}}", "refs.txt", True),
        ("\n  @Book (a, title = {T})", "page.txt", True),
        ("Ada Lovelace\n@ada on the web", "page.txt", False),
        ('[{"id": "a"}]', "refs.json", False),
    ],
)
def test_a_file_is_known_by_its_name_or_its_first_entry(text: str, name: str, fits: bool) -> None:
    assert bibtex.fits(text, name) is fits


def test_the_format_is_found_by_its_name() -> None:
    assert plugins.load("importer", "bibtex") is bibtex


@pytest.mark.parametrize("text", ["", "% nothing yet\n", "@string{a = {b}}"])
def test_a_file_without_entries_is_empty(text: str) -> None:
    assert read(text) == Import(())


def test_a_text_that_is_no_bibtex_is_refused() -> None:
    with pytest.raises(InputError):
        read("Ada Lovelace\nA list of papers\n")


def test_a_bad_entry_costs_only_itself() -> None:
    got = read("@article{a, title = {A}}\n@article{b, title = {B}\n@article{c, author = {C}}\n@misc{d, title = {D}}\n")
    assert [sighting.facts.title for sighting in got.sightings] == ["A", "D"]
    assert got.refused == 2
    refusing = {problem.where.line for problem in got.problems if problem.code in ("X01", "X05") and problem.where}
    assert refusing >= {2, 3}


def test_every_fact_has_its_line() -> None:
    (sighting,) = read("@article{a,\n title = {A},\n author = {B, C},\n year = 2001,\n doi = {10.1000/1}\n}").sightings
    assert sighting.lines == (1, 6)
    assert sighting.at == {"title": 2, "authors": 3, "date": 4, "doi": 5, "kind": 1}


# ---------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("fields", "date", "rest"),
    [
        ("year = 2001", {"year": 2001}, {}),
        ("year = {2001}, month = jun", {"year": 2001, "month": 6}, {}),
        ("year = 2001, month = {June}", {"year": 2001, "month": 6}, {}),
        ("year = 2001, month = {Sept.}", {"year": 2001, "month": 9}, {}),
        ("year = 2001, month = 6, day = 3", {"year": 2001, "month": 6, "day": 3}, {}),
        ('year = 2001, month = jun # "~3"', {"year": 2001, "month": 6, "day": 3}, {}),
        ('year = 2001, month = "3~" # jun', {"year": 2001, "month": 6, "day": 3}, {}),
        ("date = {2001-06-03}", {"year": 2001, "month": 6, "day": 3}, {}),
        ("date = {2001-06}, year = 2001", {"year": 2001, "month": 6}, {}),
        ("date = {2001}, month = jun", {"year": 2001, "month": 6}, {}),
        ("date = {3 June 2001}", {"year": 2001, "month": 6, "day": 3}, {}),
        ("date = {2001-02-30}", {"year": 2001}, {"date": "2001-02-30"}),
        ("date = {2001-05/2001-07}", {"year": 2001, "month": 5}, {"date": "2001-05/2001-07"}),
        ("date = {2001-06-03T12:00:00Z}", {"year": 2001, "month": 6, "day": 3}, {"date": "2001-06-03T12:00:00Z"}),
        ("date = {2001-21}", {"year": 2001}, {"date": "2001-21"}),
        ("date = {2001?}", None, {"date": "2001?"}),
        ("date = {200X}", None, {"date": "200X"}),
        ("year = {1999/2000}", {"year": 1999}, {"year": "1999/2000"}),
        ("year = {[1999]}", {"year": 1999}, {"year": "[1999]"}),
        ("year = {n.d.}", None, {"year": "n.d."}),
        ("year = 2001, month = {Spring}", {"year": 2001}, {"month": "Spring"}),
        ("month = jun", None, {"month": "jun"}),
    ],
)
def test_a_date_is_read_as_far_as_it_is_one_and_the_rest_kept(
    fields: str, date: dict[str, int] | None, rest: dict[str, str]
) -> None:
    said = facts(fields, "misc")
    assert said.get("date") == date
    assert said.get("kept", {}).get("bibtex", {}) == rest


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ("year = {in press}", "in press"),
        ("year = {To appear.}", "forthcoming"),
        ("note = {Submitted}", "submitted"),
        ("pubstate = {inpreparation}", "in preparation"),
        ("pubstate = {in revision}", "in revision"),
        ("note = {Submitted in May}", None),
    ],
)
def test_a_status_is_known_wherever_it_stands(fields: str, status: str | None) -> None:
    said = facts(fields)
    assert said.get("status") == status
    assert ("note" in said) is (status is None)


@pytest.mark.parametrize(
    ("kind", "fields", "said", "number"),
    [
        ("misc", "eprint = {2406.01589}, archiveprefix = {arXiv}, primaryclass = {cs.LG}", "preprint", "2406.01589"),
        ("online", "eprint = {2406.01589}, eprinttype = {arxiv}, pubstate = {prepublished}", "preprint", "2406.01589"),
        ("article", "journal = {arXiv preprint arXiv:2406.01589}", "preprint", "2406.01589"),
        ("article", "journal = {ArXiv e-prints}, eid = {arXiv:2406.01589}", "preprint", "2406.01589"),
        ("article", "journal = {CoRR}, volume = {abs/2406.01589}", "preprint", "2406.01589"),
        ("article", "eprint = {hep-th/9711200}", "preprint", "hep-th/9711200"),
        ("article", "journal = {Nature}, eprint = {2406.01589}, eprinttype = {arXiv}", "article-journal", "2406.01589"),
        ("misc", "doi = {10.48550/arXiv.2406.01589}", "preprint", "2406.01589"),
        ("misc", "url = {https://arxiv.org/abs/2406.01589v2}", "preprint", "2406.01589"),
        ("misc", "howpublished = {arXiv:2406.01589}", "preprint", "2406.01589"),
        ("misc", "eprint = {2406.01589}", None, None),
        ("misc", "eprint = {1234}, eprinttype = {hal}", None, None),
        ("unpublished", "pubstate = {prepublished}", "preprint", None),
    ],
)
def test_a_preprint_is_known_by_its_number_and_its_journal(
    kind: str, fields: str, said: str | None, number: str | None
) -> None:
    found = facts(fields, kind)
    assert found.get("kind") == said
    assert found.get("arxiv", {}).get("number") == number
    if said == "preprint":
        assert "venue" not in found


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("doi = {https://doi.org/10.1000/A\\_b}", {"doi": "10.1000/a_b"}),
        ("doi = {doi:10.1000/a<b>}", {"doi": "10.1000/a<b>"}),
        ("doi = {unknown}", {"kept": {"bibtex": {"doi": "unknown"}}}),
        ("url = {\\url{https://a.b/c\\_d%20e#f}}", {"urls": ["https://a.b/c_d%20e#f"]}),
        ("url = {<https://a.b/c>}", {"urls": ["https://a.b/c"]}),
        ("url = {https://a.b/ü}", {"urls": ["https://a.b/%C3%BC"]}),
        ("url = {ftp://a.b/c}", {"kept": {"bibtex": {"url": "ftp://a.b/c"}}}),
        ("howpublished = {\\href{https://a.b/c}{\\texttt{https://a.b/c}}}", {"urls": ["https://a.b/c"]}),
        ("pages = {1--20}", {"details": {"page": "1-20"}}),
        ("pages = {S-12}", {"details": {"page": "S-12"}}),
        ("eid = {e1234}", {"details": {"page": "e1234"}}),
        ("langid = {british}", {"details": {"language": "en-GB"}}),
        ("language = {Klingon}", {"details": {"language": "Klingon"}}),
        ("address = {Rome}, location = {Oslo}", {"details": {"event-place": "Oslo", "publisher-place": "Rome"}}),
        ("urldate = {2020-01-02}", {"details": {"accessed": "2020-01-02"}}),
        ("abstract = {50\\% more,\n  {\\'e}t\\'e}", {"abstract": {"text": "50% more, été"}}),
        ("abbr = {ICML}, selected = {true}", {"kept": {"bibtex": {"abbr": "ICML", "selected": "true"}}}),
        ("entrysubtype = {map}", {"kind": "map"}),
        ("note = {}", {}),
    ],
)
def test_a_field_becomes_a_fact_or_is_kept(fields: str, expected: dict[str, Any]) -> None:
    assert facts(fields, "misc") == expected


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        (
            "article",
            "journal = {J}, volume = 1, number = 2, pages = {3}, publisher = {P}",
            {"name": "J", "volume": "1", "issue": "2", "pages": "3", "publisher": "P"},
        ),
        ("book", "publisher = {P}", {"name": "P"}),
        ("book", "publisher = {P}, series = {S}", {"name": "S", "publisher": "P"}),
        ("incollection", "booktitle = {B}, booksubtitle = {C}, publisher = {P}", {"name": "B: C", "publisher": "P"}),
        ("phdthesis", "school = {U}", {"name": "U"}),
        ("techreport", "institution = {I}, number = {TR-1}", {"name": "I"}),
        ("misc", "howpublished = {Talk}, publisher = {P}", {"name": "Talk", "publisher": "P"}),
        ("online", "organization = {O}", {"name": "O"}),
        ("online", "journaltitle = {J}", {"name": "J"}),
        ("manual", "organization = {O}", {"name": "O"}),
    ],
)
def test_a_type_says_which_field_is_the_venue(kind: str, fields: str, expected: dict[str, str]) -> None:
    assert facts(fields, kind)["venue"] == expected


@pytest.mark.parametrize(
    ("kind", "fields", "said", "kept"),
    [
        ("inproceedings", "", "paper-conference", None),
        ("conference", "", "paper-conference", None),
        ("incollection", "", "chapter", None),
        ("inbook", "", "chapter", None),
        ("inbook", "editor = {A, B}", "chapter", "inbook"),
        ("manual", "", "book", "manual"),
        ("collection", "editor = {A, B}", "book", None),
        ("mvbook", "", "book", "mvbook"),
        ("movie", "", "motion_picture", "movie"),
        ("software", "", "software", None),
        ("misc", "", None, None),
    ],
)
def test_a_type_is_kept_where_the_kind_does_not_tell_it(
    kind: str, fields: str, said: str | None, kept: str | None
) -> None:
    found = facts(fields, kind)
    assert found.get("kind") == said
    assert found.get("kept", {}).get("bibtex", {}).get("@type") == kept


@pytest.mark.parametrize(
    ("kind", "fields", "genre", "kept"),
    [
        ("phdthesis", "", "PhD thesis", None),
        ("mastersthesis", "", "Master's thesis", None),
        ("mastersthesis", "type = {Diploma}", "Diploma", "mastersthesis"),
        ("thesis", "type = {mathesis}", "Master's thesis", None),
        ("thesis", "type = {Thesis}", None, None),
        ("report", "type = {resreport}", "Research report", None),
        ("patent", "type = {patentus}", "patentus", None),
    ],
)
def test_a_thesis_and_a_report_say_what_they_are(kind: str, fields: str, genre: str | None, kept: str | None) -> None:
    found = facts(fields, kind)
    assert found.get("details", {}).get("genre") == genre
    assert found.get("kept", {}).get("bibtex", {}).get("@type") == kept


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("1--20", "1-20"), ("1 – 20", "1-20"), ("1----20", "1-20"), ("1−20", "1-20"), ("12--e15", "12-e15"),
        ("S-12", "S-12"), ("ii--iv", "ii–iv"), ("1--2, 5--7", "1-2, 5-7"), ("e12", "e12"),
    ],
)  # fmt: skip
def test_between_two_pages_stands_a_hyphen(pages: str, expected: str) -> None:
    assert facts(f"pages = {{{pages}}}")["details"]["page"] == expected


def test_a_macro_that_nobody_defines_is_kept_as_its_name() -> None:
    kept = facts("publisher = P, organization = ACM_SIGGRAPH # {~\\%}", "inproceedings")["kept"]
    assert kept["bibtex"]["organization"] == r"ACM\_SIGGRAPH \%"


def test_the_first_detail_tells_the_line_of_them_all() -> None:
    (sighting,) = read("@book{a, title = {T},\nedition = 2,\nisbn = 1,\nkeywords = {x},\nversion = 3}").sightings
    assert sighting.at["details"] == 2


def test_an_entry_takes_what_it_lacks_from_the_one_it_refers_to() -> None:
    text = """
    @inproceedings{a, title = {A}, crossref = {P}, year = 1999}
    @inproceedings{b, title = {B}, crossref = {nowhere}}
    @proceedings{p, title = {All}, subtitle = {Of It}, publisher = {Press}, year = 2000, keywords = {not theirs}}
    """
    a, b, _ = (sighting.facts for sighting in read(text).sightings)
    assert a.venue
    assert (a.venue.name, a.venue.publisher, a.date and a.date.year) == ("All: Of It", "Press", 1999)
    assert not a.kept
    assert not a.details
    assert b.kept == {"bibtex": {"xref": "nowhere"}}


def test_a_title_keeps_the_capitals_that_somebody_put_in_braces() -> None:
    (sighting,) = read("@misc{a, title = {The {ReLU} of the {Moon}, {\\'e}tude}}").sightings
    assert sighting.facts.title == "The ReLU of the Moon, étude"
    assert sighting.facts.kept == {"bibtex": {"@capitals": ["Moon"]}}
