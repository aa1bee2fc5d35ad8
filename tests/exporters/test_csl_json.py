from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pubtools import jsontext, library
from pubtools.exporters import Style, csl_json
from pubtools.models import Publication
from pubtools.people import People

EXPORTS = Path(__file__).parents[2] / "fixtures" / "exports"
ADA = {"literal": "Ada Lovelace", "family": "Lovelace", "given": "Ada", "split_by": "last-word"}


def work(**facts: Any) -> Publication:
    return Publication.model_validate({"key": "key", "title": "Title", "sightings": (), **facts})


def item(**facts: Any) -> dict[str, Any]:
    items = json.loads(csl_json.render([work(**facts)], Style()))
    assert len(items) == 1
    return dict(items[0])


@pytest.fixture
def schema(shared: Path) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(json.loads((shared / "csl-data.json").read_text(encoding="utf-8")))


def test_the_fixture_is_written_as_authored(request: pytest.FixtureRequest) -> None:
    expected = EXPORTS / "expected.json"
    stored = library.loads((EXPORTS / "library.json").read_text(encoding="utf-8"))
    rendered = csl_json.render(library.publications(stored, People()), Style())
    if request.config.getoption("--update-fixtures", default=False):
        expected.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == expected.read_text(encoding="utf-8")


def test_the_fixture_is_valid_csl(schema: jsonschema.Draft7Validator) -> None:
    schema.validate(json.loads((EXPORTS / "expected.json").read_text(encoding="utf-8")))


def test_an_empty_library_is_an_empty_array() -> None:
    assert csl_json.render([], Style()) == "[]\n"


def test_an_item_says_no_more_than_is_known() -> None:
    assert item() == {"id": "key", "type": "document", "title": "Title"}


def test_a_preprint_on_arxiv_is_an_article_of_the_genre_preprint() -> None:
    assert item(kind="preprint", arxiv={"number": "2406.01589"}) == {
        "id": "key",
        "type": "article",
        "genre": "preprint",
        "title": "Title",
        "publisher": "arXiv",
        "number": "arXiv:2406.01589",
        "DOI": "10.48550/arXiv.2406.01589",
        "URL": "https://arxiv.org/abs/2406.01589",
    }


def test_a_work_of_unknown_kind_on_arxiv_is_not_called_a_preprint() -> None:
    written = item(arxiv={"number": "2406.01589"})
    assert (written["type"], written.get("genre")) == ("article", None)


@pytest.mark.parametrize(
    ("kind", "item_type", "variable"),
    [
        ("article-journal", "article-journal", "container-title"),
        ("paper-conference", "paper-conference", "container-title"),
        ("chapter", "chapter", "container-title"),
        ("book", "book", "publisher"),
        ("thesis", "thesis", "publisher"),
        ("report", "report", "publisher"),
        ("dataset", "dataset", "container-title"),
        ("software", "software", "container-title"),
        ("preprint", "article", "container-title"),
    ],
)
def test_a_kind_has_its_type_and_its_variable_for_the_venue(kind: str, item_type: str, variable: str) -> None:
    written = item(kind=kind, venue={"name": "V"})
    assert (written["type"], written[variable]) == (item_type, "V")


def test_a_publisher_beside_the_venue_is_kept() -> None:
    written = item(kind="book", venue={"name": "Series", "publisher": "Press"})
    assert (written["publisher"], written["collection-title"]) == ("Press", "Series")


def test_a_published_work_keeps_its_arxiv_number_apart() -> None:
    written = item(kind="article-journal", arxiv={"number": "2406.01589"})
    assert written["custom"] == {"arxiv": "2406.01589"}
    assert "DOI" not in written
    assert "publisher" not in written


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (ADA, {"family": "Lovelace", "given": "Ada"}),
        (
            {"literal": "x", "family": "Berg", "given": "L.", "particle": "van der", "suffix": "Jr."},
            {"family": "Berg", "given": "L.", "non-dropping-particle": "van der", "suffix": "Jr."},
        ),
        ({"literal": "OpenAI, Inc. and Co"}, {"literal": "OpenAI, Inc. and Co"}),
        ({"literal": "Sarao Mannelli", "family": "Sarao Mannelli"}, {"family": "Sarao Mannelli"}),
    ],
)  # fmt: skip
def test_a_name_has_parts_or_is_literal(name: dict[str, str], expected: dict[str, str]) -> None:
    assert item(authors={"names": [name]})["author"] == [expected]


@pytest.mark.parametrize(
    ("date", "issued", "custom"),
    [
        ({"year": 2024, "month": 6, "day": 3}, {"date-parts": [[2024, 6, 3]]}, None),
        ({"year": 2024, "month": 6}, {"date-parts": [[2024, 6]]}, None),
        ({"year": 2024, "inferred": True}, {"date-parts": [[2024]]}, {"date-inferred": True}),
        ({"month": 5, "day": 19}, None, {"date-without-year": {"month": 5, "day": 19}}),
        ({"month": 5}, None, {"date-without-year": {"month": 5}}),
    ],
)
def test_a_date_has_the_parts_that_are_known(
    date: dict[str, Any], issued: dict[str, Any] | None, custom: dict[str, Any] | None
) -> None:
    written = item(date=date)
    assert (written.get("issued"), written.get("custom")) == (issued, custom)


def test_the_venue_tells_the_year_that_the_date_leaves_out() -> None:
    written = item(date={"month": 5}, venue={"name": "V", "year": 2024})
    assert written["issued"] == {"date-parts": [[2024]]}
    assert written["custom"] == {"date-without-year": {"month": 5}}


def test_a_cut_abstract_is_an_excerpt() -> None:
    assert item(abstract={"text": "All of it."})["abstract"] == "All of it."
    written = item(abstract={"text": "A part of", "complete": False})
    assert "abstract" not in written
    assert written["custom"] == {"abstract-excerpt": "A part of"}


def test_what_csl_has_no_word_for_is_custom() -> None:
    hint = {"text": "Accepted!", "venue": {"name": "CogSci", "year": 2024}, "note": "oral", "line": 3}
    written = item(
        hints=[hint], subjects=["cs.LG"], affiliations=["Loom Hall"], aliases=["old"], gone=True,
        urls=["ftp://a.b", "https://a.b", "https://c.d"],
    )  # fmt: skip
    assert written["URL"] == "https://a.b"
    assert written["custom"] == {
        "subjects": ["cs.LG"],
        "affiliations": ["Loom Hall"],
        "venue-hints": [{"name": "CogSci", "year": 2024, "note": "oral", "text": "Accepted!"}],
        "urls": ["ftp://a.b", "https://c.d"],
        "aliases": ["old"],
        "gone": True,
    }


def test_one_name_is_one_line() -> None:
    text = csl_json.render([work(authors={"names": [ADA]})], Style())
    assert '\n   {"family": "Lovelace", "given": "Ada"}\n' in text


def test_the_schema_of_an_item_is_closed_but_for_what_others_have_under_custom() -> None:
    schema = TypeAdapter(csl_json.CslItem).json_schema()
    parts = {"CslItem": schema, **schema["$defs"]}
    del parts["JsonValue"]
    assert [name for name, part in parts.items() if part.get("additionalProperties") is not False] == ["CslCustom"]
    assert set(schema["required"]) == {"id", "type", "title"}


# ---------------------------------------------------------------- laws

TEXT = st.text(min_size=1, max_size=12).map(lambda text: f"x{text}".strip()) | st.sampled_from(
    ["{", "}", r"\emph{x}", "<i>x</i>", "$x_1$", "{{ page }}", '"', "\\", "others"]
)
NAME = st.fixed_dictionaries({"literal": TEXT}) | st.fixed_dictionaries(
    {"literal": TEXT, "family": TEXT}, optional={"given": TEXT, "particle": TEXT, "suffix": TEXT}
)
VENUE = st.fixed_dictionaries(
    {"name": TEXT}, optional={"year": st.integers(1000, 9999), "volume": TEXT, "issue": TEXT, "pages": TEXT}
)
FACTS = st.fixed_dictionaries(
    {"title": TEXT},
    optional={
        "authors": st.fixed_dictionaries(
            {"names": st.lists(NAME, min_size=1, max_size=3), "complete": st.booleans()}
        ),
        "date": st.fixed_dictionaries({"month": st.integers(1, 12)}, optional={"year": st.integers(1000, 9999)}),
        "kind": st.sampled_from(["preprint", "article-journal", "book", "speech", "software", "legal_case"]),
        "venue": VENUE,
        "arxiv": st.just({"number": "quant-ph/0201082"}),
        "urls": st.lists(TEXT, max_size=2),
        "subjects": st.lists(TEXT, max_size=2),
        "abstract": st.fixed_dictionaries({"text": TEXT, "complete": st.booleans()}),
        "note": TEXT,
        "contributors": st.dictionaries(
            st.sampled_from(["editor", "translator", "chair", "namer"]),
            st.fixed_dictionaries({"names": st.lists(NAME, min_size=1, max_size=2)}), max_size=2,
        ),
        "details": st.dictionaries(st.sampled_from(["ISBN", "accessed", "edition", "title", "page"]), TEXT, max_size=2),
    },
)  # fmt: skip
# What a CSL file said in its own words, also of people and dates.
KEPT = st.fixed_dictionaries(
    {},
    optional={
        "author": st.just([]) | st.just([{"family": "Roe", "comma-suffix": True}]),
        "issued": st.sampled_from([{"raw": "2020"}, {"date-parts": [["2020"]]}, {"literal": "x"}]),
        "volume": st.integers(1, 9),
        "categories": st.lists(TEXT, max_size=2),
        "custom": st.dictionaries(TEXT, TEXT | st.lists(TEXT), max_size=2),
    },
)


@given(st.lists(st.tuples(FACTS, st.none() | KEPT, st.none() | KEPT), max_size=3))
def test_the_text_is_that_of_the_items(several: list[tuple[dict[str, Any], Any, Any]]) -> None:
    works = [
        work(**facts, kept={name: said for name, said in {"csl-json": csl, "ris": other}.items() if said})
        for facts, csl, other in several
    ]
    assert csl_json.render(works, Style()) == jsontext.dumps([csl_json.item(one) for one in works])


@given(st.lists(FACTS, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_written_is_valid_csl_and_keeps_every_title(
    schema: jsonschema.Draft7Validator, several: list[dict[str, Any]]
) -> None:
    text = csl_json.render([work(**facts) for facts in several], Style())
    written = json.loads(text)
    schema.validate(written)
    TypeAdapter(list[csl_json.CslItem]).validate_python(written, strict=True)
    assert [one["title"] for one in written] == [facts["title"] for facts in several]
    assert text.endswith("]\n")
