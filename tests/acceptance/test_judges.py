"""What we write stands before judges that know nothing of us: BibTeX, LaTeX, biber, pandoc, citation-js and others.

Works are put before them in batches, for a judge takes seconds.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import pytest

from pubtools import library as libraries
from pubtools import merging, pipeline, plugins
from pubtools.enrichers._arxiv_records import Records
from pubtools.exporters import Style
from pubtools.importers import IMPORT_TRUST
from pubtools.library import Library
from pubtools.models import Publication, Source
from pubtools.page import Page
from pubtools.people import People
from pubtools.pipeline import Asking

ROOT = Path(__file__).parents[2]
Judge = Callable[..., list[str]]
Material = tuple[str, list[Publication]]

SUFFIXES = {"bibtex": "bib", "biblatex": "bib", "csl-json": "json"}
QUESTIONS = ("csl-json", "bibtex", "biblatex", "bibtex read back", "biblatex read back")

# Works that a judge is not content with, and why that is not to be helped, by material, question and key (c12 is
# case 12 of a suite). They are put before the judge apart; one that it is content with makes the test red.
_MATHS = "its maths has no plain text, and is written as TeX"
_DIRECTOR = "citeproc-py takes the director of a film, where APA wants an author, for a text"
EXCEPTIONS: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("bib-to-csl", "csl-json"): {
        **dict.fromkeys(("c37", "c60", "c62", "c63", "c98", "c338"), _MATHS),
        **dict.fromkeys(("c29", "c30", "c31"), _DIRECTOR),
    },
    ("zotero-to-bib", "csl-json"): {
        **dict.fromkeys(("c42", "c207", "c209", "c258", "c259", "c265", "c317", "c318"), _MATHS),
        "c56": "its title has braces of its own",
        "c145": "its annotation has braces of its own",
        "c232": "its macro is of a package that nobody knows",
    },
    ("hard record", "bibtex read back"): {"a1": "pandoc keeps maths as TeX, citation-js makes letters of it"},
    ("hard record", "biblatex read back"): {"a1": "pandoc keeps maths as TeX, citation-js makes letters of it"},
}

_KEY_OF = re.compile(r"^@\w+\{([^,]*),", re.MULTILINE)
_KEYED = re.compile(r"(?:[Ee]ntry '|^\S+: |^FAIL [\w ]+: |\| )(c\d+(?:x\d+)?)\b")
# BibTeX says "and others" of a cut list; both readers take that for a name, which is what CSL-JSON must not hold.
_AUTHORS = re.compile(r"\S+: (\S+)\.author: ours (\[.*\]) read back (\[.*\])")
_FIELD = re.compile(r"Entry '([^']+)'.*Field '([^']+)' invalid in data model")
_DATELESS = re.compile(r"Entry '([^']+)'.*Missing mandatory field - one of 'date, year'")
_ISBN = re.compile(r"IS[BS]N '.*' in entry '([^']+)' is invalid")


def _only_says_others(line: str, by_key: Mapping[str, Publication]) -> bool:
    found = _AUTHORS.fullmatch(line)
    if found is None or not (authors := by_key[found[1]].authors) or authors.complete:
        return False
    return bool([*ast.literal_eval(found[2]), "others"] == ast.literal_eval(found[3]))


def _is_a_field_of_the_source(line: str, by_key: Mapping[str, Publication]) -> bool:
    """What a .bib file says in fields of its own is written back, and biber knows no such field."""
    found = _FIELD.search(line)
    return found is not None and found[2].removeprefix("kept-") in by_key[found[1]].kept.get("bibtex", {})


def _is_a_year_that_nobody_tells(line: str, by_key: Mapping[str, Publication]) -> bool:
    found = _DATELESS.search(line)
    if found is None:
        return False
    date, venue = by_key[found[1]].date, by_key[found[1]].venue
    return not (date and date.year) and not (venue and venue.year)


def _is_a_number_as_the_source_has_it(line: str, by_key: Mapping[str, Publication]) -> bool:
    """An ISBN with a wrong digit, or two of them, is no exporter's to mend."""
    found = _ISBN.search(line)
    return found is not None and bool({"ISBN", "ISSN"} & by_key[found[1]].details.keys())


# What a judge finds in the facts, and not in how they are written.
OF_THE_FACTS = (
    _only_says_others, _is_a_field_of_the_source, _is_a_year_that_nobody_tells, _is_a_number_as_the_source_has_it,
)  # fmt: skip


# What a judge says of a work of the suites, which were made to be odd, by the name that `exceptions.toml` gives it.
# Each tells the work, by its key or by a line or a letter of what was judged, and the field where it stands in one.
SAID: Mapping[str, re.Pattern[str]] = {
    name: re.compile(pattern)
    for name, pattern in {
        "pandoc": r"pandoc: (?P<key>[^ .]+)(?:\.(?P<field>[\w-]+): ours| missing)",
        "citation-js": r"citation-js: (?P<key>[^ .]+)(?:\.(?P<field>[\w-]+): ours| missing)",
        "biber: no such field": r"Entry '(?P<key>[^']+)'.* (?:Invalid field|Field) '(?P<field>\w+)' (?:for|invalid in)",
        "biber: missing": r"Entry '(?P<key>[^']+)'.* Missing mandatory field '(?P<field>\w+)'",
        "biber: no such value": r"Entry '(?P<key>[^']+)'.* Invalid value of field '(?P<field>\w+)' must be datatype",
        "biber: no number": r"legacy (?P<field>\w+) field '.*' in entry '(?P<key>[^']+)' is not an integer",
        "biber: no date": r"Entry '(?P<key>[^']+)'.* Invalid format '.*' of date field '(?P<field>\w+)'",
        "biber: no year": r"Entry '(?P<key>[^']+)'.* one of 'date, (?P<field>year)' must be defined",
        "biber: wrong": r"Entry '(?P<key>[^']+)'.* Invalid (?:ISBN|ISSN) in value of field '(?P<field>\w+)'",
        "biber: no such entry": r"entry for (?P<field>xref|related)(?: entry)? '.*' in entry '(?P<key>[^']+)'",
        "bibclean: wrong": r"line (?P<line>\d+): (?:Invalid|Unexpected|Suspicious) .* ``(?P<field>\w+) = ",
        "bibclean: long": r"line (?P<line>\d+): .*(?:limit for|too long for field) ``(?P<field>\w+)''",
        "bibclean: name": r"line (?P<line>\d+): Non-alphabetic character begins a (?P<field>field) name",
        "pdflatex: no such letter": r"! LaTeX Error: Unicode character (?P<letter>\S)",
    }.items()
}
Finding = tuple[str, str]
"""The name of what is said, and the work and the field that it is said of: `c12.pages`."""


def excepted(suite: str, question: str) -> set[Finding]:
    """What the judges are known to say of a suite, each with its reason in `exceptions.toml`."""
    rows = tomllib.loads(Path(__file__).with_name("exceptions.toml").read_text(encoding="utf-8"))["exceptions"]
    return {
        (row["judge"], case)
        for row in rows
        if row["suite"] == suite and question in row["questions"]
        for case in row["cases"].split()
    }


def told(line: str, written: str) -> list[Finding]:
    """What a line of the judges says of the works in `written`; of a letter all works that have it."""
    for name, pattern in SAID.items():
        if found := pattern.search(line):
            said = found.groupdict()
            if letter := said.get("letter"):
                entries = [entry for entry in written.split("\n\n") if letter in unicodedata.normalize("NFD", entry)]
                return [(name, _KEY_OF.findall(entry)[-1]) for entry in entries]
            if number := said.get("line"):
                said["key"] = _KEY_OF.findall("\n".join(written.split("\n")[: int(number)]))[-1]
            return [(name, ".".join(filter(None, (said["key"], said.get("field")))))]
    return []


def findings(judge: Judge, question: str, publications: Sequence[Publication], folder: Path) -> list[str]:
    """What the judges of one question find in the exports of `publications`."""
    flavour, _, read_back = question.partition(" ")
    paths = {}
    for name in {flavour, "csl-json"} if read_back else {flavour}:
        paths[name] = folder / f"{name}.{SUFFIXES[name]}"
        text = plugins.load("exporter", name).render(publications, Style())
        paths[name].write_text(text, encoding="utf-8", newline="\n")
    if flavour == "csl-json":
        found = judge("check_csl.py", paths[flavour])
    elif read_back:
        found = judge("roundtrip_csl.py", paths[flavour], paths["csl-json"], flavour)
    else:
        found = judge("check_bib.py", paths[flavour], "--flavour", flavour, "--json")
    by_key = {publication.key: publication for publication in publications}
    return [line for line in found if not any(explained(line, by_key) for explained in OF_THE_FACTS)]


def at_fault(judge: Judge, question: str, publications: Sequence[Publication], folder: Path) -> set[str]:
    """The keys of those that the judge is not content with: as it names them, or else each asked for alone."""
    left = {publication.key: publication for publication in publications}
    faulty: set[str] = set()
    while left and (found := findings(judge, question, list(left.values()), folder)):
        named = {key for line in found for key in _KEYED.findall(line)} & left.keys()
        if not named:
            return faulty | {key for key, one in left.items() if findings(judge, question, [one], folder)}
        faulty |= named
        left = {key: one for key, one in left.items() if key not in named}
    return faulty


def verdict(
    judge: Judge, material: str, question: str, publications: Sequence[Publication], folder: Path
) -> tuple[list[str], list[str]]:
    """What is found in all but the exceptions, and the exceptions that are none any more."""
    excepted = EXCEPTIONS.get((material, question), {})
    apart = [publication for publication in publications if publication.key in excepted]
    others = [publication for publication in publications if publication.key not in excepted]
    content = {*excepted} - at_fault(judge, question, apart, folder)
    return findings(judge, question, others, folder) if others else [], sorted(content)


# ---------------------------------------------------------------- the pages, and a record that is hard


def pages(shared: Path) -> list[Page]:
    return [
        Page.from_text(path.read_text(encoding="utf-8"), path.name) for path in sorted((shared / "seeds").glob("*.txt"))
    ]


def enriched(shared: Path, folder: Path) -> Library:
    asking = [Asking(Records(ROOT / "fixtures" / "arxiv-records.jsonl", folder))]
    library, _ = pipeline.normalise(Library(), pages(shared), as_of=date(2026, 6, 1), asking=asking)
    return library


def hard(shared: Path) -> Library:
    path = shared / "oracles" / "hard.csl.json"
    library, _ = pipeline.normalise(Library(), [Page.from_text(path.read_text(encoding="utf-8"), path.name)])
    return library


@pytest.fixture(scope="session", params=["both pages", "with arXiv's word", "hard record"])
def material(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Material:
    shared = ROOT.parent / "shared"
    if not shared.is_dir():
        pytest.skip("../shared is not here")
    if request.param == "both pages":
        library, _ = pipeline.normalise(Library(), pages(shared))
    elif request.param == "hard record":
        library = hard(shared)
    else:
        library = enriched(shared, tmp_path_factory.mktemp("records"))
    found = libraries.publications(library, People())
    assert found
    return request.param, found


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_judge_is_content(question: str, material: Material, judge: Judge, tmp_path: Path) -> None:
    name, publications = material
    assert verdict(judge, name, question, publications, tmp_path) == ([], [])


# ---------------------------------------------------------------- entries that other programs are tested with


def bib_of(case: Mapping[str, object]) -> str:
    """The input of a case, or the entry that is expected of another exporter, as text."""
    if "type" not in (expected := case["expected"]) or "fields" not in expected:  # type: ignore[operator]
        return str(case["input"])
    fields = ",\n".join(f"  {name} = {value}" for name, value in expected["fields"].items())  # type: ignore[index]
    return f"@{expected['type']}{{{expected['key']},\n{fields}\n}}\n"  # type: ignore[index]


def suite(shared: Path, name: str) -> list[Publication]:
    """Every work of a suite that can be read, by keys that say where it stands: c12 or c12x2 is of case 12."""
    found = []
    importer = plugins.load("importer", "bibtex")
    for number, case in enumerate(
        json.loads((shared / "suites" / f"{name}.json").read_text(encoding="utf-8"))["cases"]
    ):
        source = Source(kind="profile", locator=f"{number}.bib", trust=IMPORT_TRUST)
        for place, sighting in enumerate(importer.read(bib_of(case), source).sightings, start=1):
            key = f"c{number}" if place == 1 else f"c{number}x{place}"
            found.append(merging.resolve(key, [sighting], People()))
    return found


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("name", ["bib-to-csl", "zotero-to-bib"])
def test_entries_of_other_programs_suites_are_read_and_written_well(
    name: str, question: str, judge: Judge, shared: Path, tmp_path: Path
) -> None:
    works = suite(shared, name)
    assert len(works) > 300
    found, content = verdict(judge, name, question, works, tmp_path)
    flavour = question.partition(" ")[0]
    written = (tmp_path / f"{flavour}.{SUFFIXES[flavour]}").read_text(encoding="utf-8")
    said = {line: told(line, written) for line in found}
    assert ([line for line in found if not said[line]], content) == ([], [])
    findings_now, known = {finding for each in said.values() for finding in each}, excepted(name, question)
    assert (sorted(findings_now - known), sorted(known - findings_now)) == ([], [])  # new ones; and none any more
