"""CSL-JSON in: nothing is lost, nothing is guessed, and what is broken is named by its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pubtools.errors import InputError
from pubtools.exporters import Style
from pubtools.exporters import csl_json as exporter
from pubtools.fields import csl
from pubtools.importers import Import, csl_json
from pubtools.models import Facts, Publication, Source

SOURCE = Source(kind="profile", locator="refs.json", trust=60)


def read(text: str) -> Import:
    return csl_json.read(text, SOURCE)


def facts(**item: Any) -> Facts:
    """What one item says, read without a doubt."""
    got = read(json.dumps([{"id": "key", "type": "book", "title": "Title", **item}]))
    assert got.problems == ()
    return got.sightings[0].facts


def written(said: Facts, key: str = "key") -> str:
    publication = Publication.model_validate({**said.model_dump(), "title": said.title, "key": key, "sightings": ()})
    return exporter.render([publication], Style())


def again(**item: Any) -> dict[str, Any]:
    """The item as it is written back after it was read, doubtful or not."""
    got = read(json.dumps([{"id": "key", "type": "article-journal", "title": "Title", **item}]))
    items: list[dict[str, Any]] = json.loads(written(got.sightings[0].facts))
    return items[0]


# ---------------------------------------------------------------- laws

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=10) | st.sampled_from(
    ["{", "}", r"\emph{x}", "<i>x</i>", "H<sub>2</sub>O", "$x_1$", "{{ page }}", '"', "\\", "&amp;", "a  b", "a\nb",
     "arXiv: 2406.01589", "Citation Key: x", "arXiv", "arXiv:2406.01589", "preprint", "2024-05", "\u00a0x", "}, {",
     "et al.", "others"]
)  # fmt: skip
TEXT = WORDS.map(str.strip).filter(bool)
PEOPLE = st.fixed_dictionaries(
    {
        "names": st.lists(
            st.fixed_dictionaries({"literal": TEXT})
            | st.fixed_dictionaries(
                {"literal": TEXT, "family": TEXT},
                optional={"given": TEXT, "particle": TEXT, "dropping_particle": TEXT, "suffix": TEXT},
            ),
            min_size=1,
            max_size=2,
        )
    },
    optional={"complete": st.booleans()},
)
YEAR = st.integers(1000, 9999)
DATE = st.fixed_dictionaries(
    {"year": YEAR}, optional={"month": st.integers(1, 12), "inferred": st.booleans()}
) | st.fixed_dictionaries({"month": st.integers(1, 12)}, optional={"day": st.integers(1, 28)})
KIND = st.sampled_from(sorted(csl.TYPES - {"article"} | {"preprint"}))
VENUE = st.fixed_dictionaries(
    {"name": TEXT},
    optional={"year": YEAR, "volume": TEXT, "issue": TEXT, "pages": TEXT, "publisher": TEXT},
)
VARIABLES = [*sorted(csl.TEXTS | csl.NUMBERS | csl.DATES), "size", "urldate", "DOI", "title"]
FACTS = st.fixed_dictionaries(
    {"title": TEXT},
    optional={
        "authors": PEOPLE,
        "affiliations": st.lists(TEXT, max_size=2),
        "date": DATE,
        "kind": KIND,
        "venue": VENUE,
        "hints": st.lists(
            st.fixed_dictionaries(
                {"text": TEXT, "venue": st.fixed_dictionaries({"name": TEXT}, optional={"year": YEAR, "kind": KIND})},
                optional={"note": TEXT, "date": DATE},
            ),
            max_size=2,
        ),
        "arxiv": st.fixed_dictionaries(
            {"number": st.sampled_from(["2406.01589", "quant-ph/0201082"])}, optional={"version": st.integers(1, 9)}
        ),
        "doi": st.sampled_from(["10.1000/a_b<c>(1)", "10.48550/arxiv.2406.01589"]),
        "urls": st.lists(TEXT.filter(lambda text: "arxiv" not in text.lower()), max_size=3, unique=True)
        | st.just(["https://a.b/c%20d"]),
        "subjects": st.lists(TEXT, max_size=2),
        "abstract": st.fixed_dictionaries({"text": TEXT}, optional={"complete": st.booleans()}),
        "journal_ref": TEXT,
        "note": TEXT,
        "status": TEXT,
        "citation_key": TEXT,
        "contributors": st.dictionaries(st.sampled_from(sorted(csl.NAMES)) | TEXT, PEOPLE, max_size=2),
        "details": st.dictionaries(st.sampled_from(VARIABLES), TEXT, max_size=4),
        "kept": st.dictionaries(
            st.sampled_from(["bibtex", "ris"]), st.dictionaries(TEXT, TEXT | st.integers(), min_size=1), max_size=2
        ),
    },
)


Validate = Callable[[Any], None]
ITEMS = TypeAdapter(list[exporter.CslItem])


@pytest.fixture
def valid(shared: Path) -> Validate:
    schema = json.loads((shared / "csl-data.json").read_text(encoding="utf-8"))
    validate: Validate = jsonschema.Draft7Validator(schema).validate
    return validate


@given(FACTS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_what_is_written_is_valid_and_the_same_after_it_was_read(valid: Validate, said: dict[str, Any]) -> None:
    first = written(Facts.model_validate(said))
    items = json.loads(first)
    valid(items)
    ITEMS.validate_python(items, strict=True)
    known = read(first).sightings[0].facts
    second = written(known)
    assert second == first
    got = read(second)
    assert got.refused == 0
    assert got.sightings[0].facts == known
    assert written(got.sightings[0].facts) == second


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT | st.just(""),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=4,
)
CSL_NAME = st.dictionaries(
    st.sampled_from(["family", "given", "suffix", "literal", "non-dropping-particle", "comma-suffix", "ORCID"]),
    TEXT | st.sampled_from(["others", "et al.", ""]) | st.booleans(),
    max_size=3,
)
PARTS = st.lists(st.integers(-3, 2100) | st.sampled_from(["2024", "6", "", "x"]), max_size=4)
CSL_DATE = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": st.lists(PARTS, max_size=2),
        "literal": TEXT | st.just("2024-06"),
        "raw": st.sampled_from(["2024-06-03", "June 2024", "n.d."]),
        "season": st.integers(1, 4),
        "circa": st.booleans(),
    },
)
ITEM = st.fixed_dictionaries(
    {"title": TEXT, "id": TEXT | st.integers()},
    optional={
        "type": st.sampled_from(
            ["article", "document", "book", "article-journal", "journal-article", "speech", "?", ""]
        ),
        "genre": st.sampled_from(["preprint", "Preprint", "Essay"]),
        "number": st.sampled_from(["arXiv:2406.01589v2 [cs]", "arXiv:2406.01589", "7"]) | st.integers(),
        "URL": st.sampled_from(["https://arxiv.org/abs/2406.01589", "http://arxiv.org/abs/2406.01589v1", "x:y"]),
        "DOI": st.sampled_from(["10.48550/arXiv.2406.01589", "https://doi.org/10.1000/A", "n/a"]),
        "note": st.lists(WORDS, max_size=3).map("\n".join) | st.just("arXiv: 2406.01589 [cs]\nPMID: 12\nRead it."),
        "issued": CSL_DATE | st.just("2024-06-03"),
        "accessed": CSL_DATE,
        "author": st.lists(CSL_NAME, max_size=3),
        "editor": st.lists(CSL_NAME, max_size=2),
        "container-title": TEXT | st.just("arXiv preprint arXiv:2406.01589"),
        "publisher": TEXT | st.just("arXiv"),
        "collection-title": TEXT,
        "page": TEXT | st.integers(),
        "journalAbbreviation": TEXT,
        "volume": JSON,
        "abstract": JSON,
        "categories": JSON,
        "custom": st.dictionaries(
            st.sampled_from(["arxiv", "kept", "plain", "details", "aliases", "id", "other-ids", "urls"]),
            JSON,
            max_size=3,
        )
        | JSON,
        "indexed": JSON,
        "citation-key": TEXT,
    },
)


def leaves(value: Any) -> set[str]:
    """Everything that a value says, however it is nested, as text without white space."""
    if isinstance(value, dict):
        return set().union(*map(leaves, value.values()))
    if isinstance(value, list):
        return set().union(*map(leaves, value))
    return {"".join(str(value).split())} - {"", "None"}


# An author list that holds them is cut, and says so; CSL's flag for that is no name.
NO_NAMES = {"others", "etal."}


@given(ITEM)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_what_others_write_is_read_whole_and_settles_at_once(valid: Validate, item: dict[str, Any]) -> None:
    got = read(json.dumps([item]))
    if got.refused:
        assert [problem.code for problem in got.problems] == ["X01"]
        return
    known = got.sightings[0].facts
    first = written(known)
    valid(json.loads(first))
    restated = {"DOI", "page", "issued", "accessed"}  # in small letters, with hyphens, in whole numbers
    wanted = leaves({name: value for name, value in item.items() if name not in restated})
    assert wanted - NO_NAMES <= leaves(json.loads(first))
    second = read(first).sightings[0].facts
    assert written(second) == first
    assert second == known


# ---------------------------------------------------------------- what an item says


def test_a_zotero_preprint_is_a_preprint_with_its_arxiv_number() -> None:
    said = facts(
        type="article", genre="preprint", publisher="arXiv", number="arXiv:2406.01589",
        DOI="10.48550/arXiv.2406.01589", URL="http://arxiv.org/abs/2406.01589",
    )  # fmt: skip
    assert said.kind == "preprint"
    assert said.arxiv
    assert said.arxiv.number == "2406.01589"
    assert said.doi is None
    assert said.urls == ("http://arxiv.org/abs/2406.01589",)
    assert (said.venue, said.details, said.kept) == (None, {}, {})


def test_an_article_that_does_not_say_preprint_is_of_no_known_kind() -> None:
    said = facts(type="article")
    assert said.kind is None
    assert json.loads(written(said))[0]["type"] == "article"


@pytest.mark.parametrize(
    ("foreign", "kind"),
    [
        ("journal-article", "article-journal"),
        ("posted-content", "preprint"),
        ("document", None),
        ("legal_case", "legal_case"),
    ],
)
def test_a_type_is_that_of_csl_or_of_a_registry(foreign: str, kind: str | None) -> None:
    assert facts(type=foreign).kind == kind


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ({"date-parts": [[2024, 6, 3]]}, (2024, 6, 3)),
        ({"date-parts": [["2024", "6"]]}, (2024, 6)),
        ({"date-parts": [[2024, 6], [2024, 9]]}, (2024, 6)),
        ({"date-parts": [[2024, 0]]}, (2024,)),
        ({"date-parts": [[2024, 21]]}, (2024,)),
        ({"date-parts": [[2024]], "season": 2}, (2024,)),
        ({"date-parts": [[1843]], "circa": True}, (1843,)),
        ({"raw": "2024-06-03"}, (2024, 6, 3)),
        ({"literal": "June 2024"}, (2024, 6)),
        ("2024-06-03", (2024, 6, 3)),
    ],
)
def test_a_date_is_known_as_far_as_it_is_one(value: Any, date: tuple[int, ...]) -> None:
    said = facts(issued=value).date
    assert said
    assert said.parts == date


@pytest.mark.parametrize("value", [{"literal": "forthcoming"}, {"date-parts": [["MMXX"]]}, {"date-parts": [[-44]]}, {}])
def test_a_date_that_cannot_be_read_is_reported_and_written_back(value: Any) -> None:
    got = read(json.dumps([{"id": "a", "title": "T", "issued": value}], indent=1))
    assert [(problem.code, problem.where and problem.where.line) for problem in got.problems] == [("D02", 5)]
    assert got.sightings[0].facts.date is None
    assert again(issued=value).get("issued", value) == value


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("issued", {"date-parts": [[2024, 6], [2024, 9]]}),
        ("issued", {"date-parts": [[2024]], "season": 2}),
        ("issued", {"circa": True, "date-parts": [[1843]]}),
        ("accessed", {"date-parts": [[2024, 6, 3]]}),
        ("original-date", {"literal": "before the war"}),
        ("title", 'On <i>E. coli</i>, H<sub>2</sub>O and <span class="nocase">iPods</span>'),
        ("container-title", "Taylor &amp; Francis"),
        ("volume", 12),
        ("author", [{"family": "Humboldt", "given": "A.", "dropping-particle": "von", "parse-names": True}]),
        ("editor", [{"literal": "OpenAI, Inc."}]),
        ("note", "arXiv: 2406.01589 [cs]\nPMID: 12\nRead it."),
        ("journalAbbreviation", "J. Looms"),
        ("categories", ["looms"]),
        ("custom", {"other-ids": ["x"]}),
        ("custom", {"aliases": [None, ""]}),
    ],
)
def test_what_says_more_than_our_facts_is_written_back_as_it_stands(variable: str, value: Any) -> None:
    back = again(**{variable: value})[variable]
    assert (back.items() >= value.items()) if variable == "custom" else back == value


def test_a_title_is_plain_text() -> None:
    marked = 'On <i>E. coli</i> &amp; H<sub>2</sub>O, x<sup>n</sup>,\n <span class="nocase">iPods</span> and 1 < 2'
    assert facts(title=marked).title == "On E. coli & H₂O, xⁿ, iPods and 1 < 2"


def test_a_note_tells_identifiers_and_keeps_what_is_prose() -> None:
    said = facts(
        id="http://zotero.org/users/1/items/A", note="arXiv: 2406.01589 [cs]\nCitation Key: ada1843\nWhy: it is good."
    )
    assert said.arxiv
    assert said.arxiv.number == "2406.01589"
    assert said.citation_key == "ada1843"
    assert said.note == "Why: it is good."


def test_a_list_of_names_that_ends_in_others_is_cut() -> None:
    got = read(json.dumps([{"id": "a", "title": "T", "author": [{"family": "Saxe"}, {"literal": "others"}]}]))
    authors = got.sightings[0].facts.authors
    assert authors
    assert ([name.family for name in authors.names], authors.complete) == (["Saxe"], False)
    assert [problem.code for problem in got.problems] == ["N01"]


def test_a_person_may_be_called_as_those_that_are_left_out() -> None:
    people = {"names": [{"literal": "et al."}, {"literal": "Others", "family": "Others"}], "complete": True}
    first = written(Facts.model_validate({"title": "T", "authors": people}))
    got = read(first)
    assert got.problems == ()
    authors = got.sightings[0].facts.authors
    assert authors
    assert ([name.literal for name in authors.names], authors.complete) == (["et al.", "Others"], True)
    assert json.loads(first)[0]["author"] == [
        {"literal": "et al.", "parse-names": False}, {"family": "Others", "parse-names": False},
    ]  # fmt: skip


def test_what_is_no_arxiv_number_is_kept_where_it_stands() -> None:
    said = facts(custom={"arxiv": "soon", "other": 1})
    assert (said.arxiv, said.kept) == (None, {"csl-json": {"custom": {"arxiv": "soon", "other": 1}}})
    assert again(custom={"arxiv": "soon"})["custom"] == {"arxiv": "soon"}


@pytest.mark.parametrize("kind", ["article-journal", "book", "speech", None])
@pytest.mark.parametrize("arxiv", [None, {"number": "2406.01589"}])
def test_a_venue_with_the_look_of_an_arxiv_number_is_one(kind: str | None, arxiv: dict[str, str] | None) -> None:
    venue = {"name": "arXiv:2406.01589", "volume": "3", "kind": kind}
    said = Facts.model_validate({"title": "T", "kind": kind, "arxiv": arxiv, "venue": venue})
    first = written(said)
    known = read(first).sightings[0].facts
    assert (known.venue, known.arxiv) == (said.venue, said.arxiv)
    assert written(known) == first


@pytest.mark.parametrize("kind", ["thesis", "report"])
@pytest.mark.parametrize("publisher", [None, "P"])
def test_a_series_beside_an_institution_is_not_its_venue(kind: str, publisher: str | None) -> None:
    venue = {"name": "I", "kind": kind, "publisher": publisher}
    said = Facts.model_validate({"title": "T", "kind": kind, "venue": venue, "details": {"collection-title": "S"}})
    first = written(said)
    if publisher is None:
        assert [json.loads(first)[0][variable] for variable in ("publisher", "collection-title")] == ["I", "S"]
    known = read(first).sightings[0].facts
    assert (known.venue, known.details) == (said.venue, said.details)


@pytest.mark.parametrize("kind", ["book", "thesis", "report"])
def test_the_venue_of_a_book_is_its_publisher_or_its_series(kind: str) -> None:
    alone, series = (
        facts(type=kind, publisher="Press").venue,
        facts(type=kind, publisher="P", **{"collection-title": "S"}).venue,
    )
    assert alone
    assert (alone.name, alone.publisher) == ("Press", None)
    assert series
    assert (series.name, series.publisher) == ("S", "P")


# ---------------------------------------------------------------- files


def test_an_array_an_object_and_items_are_read() -> None:
    item = {"id": "a", "type": "book", "title": "T"}
    for whole in ([item], item, {"items": [item]}, {"version": {"items": [1]}, "items": [item]}):
        text = json.dumps(whole)
        assert csl_json.fits(text, "refs.json")
        assert [sighting.facts.title for sighting in read("\ufeff" + text).sightings] == ["T"]
    assert read("[]") == Import(())


@pytest.mark.parametrize("text", ["@book{a,}", "A page", '{"schema": 1, "publications": []}', "", "[1] A. Lovelace"])
def test_other_files_are_left_alone(text: str) -> None:
    assert not csl_json.fits(text, "publications.json")


@pytest.mark.parametrize("text", ["", "A page", '"text"'])
def test_what_is_no_json_list_is_no_csl(text: str) -> None:
    with pytest.raises(InputError):
        read(text)


GOOD = '{\n  "id": "%s",\n  "title": "%s"\n}'


@pytest.mark.parametrize(
    ("broken", "line"),
    [
        ('{\n  "id": "x",\n  "title: "X"\n}', 8),  # a lost quotation mark
        ('{\n  "id": "x"\n  "title": "X"\n}', 7),  # a lost comma
        ('{\n  "id": "x",\n  "title": "X",\n  "a": [{"b": 1}\n}', 10),  # a lost bracket
        ('{\n  "id": "x",\n  "title": "X"', 9),  # a lost brace
        ('{\n  "id": "x",\n  "title": NaN\n}', 8),
        ('{\n  "id": "x",\n  "title": "\\ud800"\n}', 8),
        ('{\n  "id": "x",\n  "id": "y",\n  "title": "X"\n}', 8),
        ('{\n  "id": "x",\n  "title": " "\n}', 6),
        ('{\n  "id": "x"\n}', 6),
        ("12", 6),
        ('"text"', 6),
    ],
)
def test_a_malformed_item_costs_only_itself_and_is_named_by_its_line(broken: str, line: int) -> None:
    text = "[\n" + GOOD % ("a", "A") + ",\n" + broken + ",\n" + GOOD % ("b", "B") + "\n]\n"
    got = read(text)
    assert [sighting.facts.title for sighting in got.sightings] == ["A", "B"]
    assert got.refused == 1
    assert [(problem.code, problem.where and problem.where.line) for problem in got.problems] == [("X01", line)]


def test_a_file_that_was_cut_between_two_items_says_so() -> None:
    got = read("[\n" + GOOD % ("a", "A") + ",\n")
    assert (len(got.sightings), got.refused, [problem.code for problem in got.problems]) == (1, 0, ["X01"])


def test_a_fact_knows_its_line() -> None:
    text = '[\n {\n  "id": "a", "type": "book",\n  "title": "T",\n  "DOI": "10.1000/a"\n }\n]'
    sighting = read(text).sightings[0]
    assert sighting.lines == (2, 6)
    assert sighting.at == {"kind": 3, "title": 4, "doi": 5}


def test_deep_nesting_is_refused_and_stops_nothing() -> None:
    got = read('[{"id": "a", "title": "A", "x": ' + "[" * 100_000 + '}, {"id": "b", "title": "B"}]')
    assert got.refused == 1
    assert [sighting.facts.title for sighting in got.sightings] == ["B"]
