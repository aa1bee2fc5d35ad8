from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string
from pybtex.errors import set_strict_mode

from pubtools import library
from pubtools.exporters import Style, bibtex
from pubtools.fields import names
from pubtools.models import Authors, Name, Publication
from pubtools.people import People

EXPORTS = Path(__file__).parents[2] / "fixtures" / "exports"
OWNER = Style(owners=(names.parse("Ada Lovelace"),))
ADA = Name(literal="Ada Lovelace", family="Lovelace", given="Ada", split_by="last-word")


def work(**facts: Any) -> Publication:
    return Publication.model_validate({"key": "key", "title": "Title", "sightings": (), **facts})


def written(**facts: Any) -> str:
    return bibtex.render([work(**facts)], Style())


def field(name: str, **facts: Any) -> str | None:
    found = re.search(rf"^  {name} += (.*?),?$", written(**facts), re.MULTILINE)
    return found[1] if found else None


def authors(*people: Name, complete: bool = True) -> Authors:
    return Authors(names=people, complete=complete)


def test_the_fixture_is_written_as_authored(request: pytest.FixtureRequest) -> None:
    expected = EXPORTS / "expected.bib"
    stored = library.loads((EXPORTS / "library.json").read_text(encoding="utf-8"))
    rendered = bibtex.render(library.publications(stored, People()), OWNER)
    if request.config.getoption("--update-fixtures", default=False):
        expected.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == expected.read_text(encoding="utf-8")


def test_an_empty_library_is_an_empty_file() -> None:
    assert bibtex.render([], Style()) == ""


def test_entries_are_apart_and_the_file_ends_with_one_newline() -> None:
    text = bibtex.render([work(key="b"), work(key="a")], Style())
    entries = [f"@misc{{{key},\n  title         = {{Title}},\n  key           = {{Title}}\n}}\n" for key in "ba"]
    assert text == "\n".join(entries)


@pytest.mark.parametrize(
    ("kind", "venue", "entry_type", "venue_field"),
    [
        (None, None, "misc", None),
        (None, {"name": "V"}, "misc", "howpublished"),
        ("preprint", {"name": "V"}, "misc", "howpublished"),
        ("article-journal", {"name": "V"}, "article", "journal"),
        ("article-journal", None, "misc", None),
        ("paper-conference", {"name": "V"}, "inproceedings", "booktitle"),
        ("chapter", {"name": "V", "publisher": "P"}, "incollection", "booktitle"),
        ("chapter", {"name": "V"}, "misc", "howpublished"),  # no publisher
        ("book", {"name": "V"}, "book", "publisher"),
        ("book", {"name": "V", "publisher": "P"}, "book", "series"),
        ("thesis", {"name": "V"}, "phdthesis", "school"),
        ("report", {"name": "V"}, "techreport", "institution"),
        ("dataset", {"name": "V"}, "misc", "howpublished"),
        ("software", {"name": "V"}, "misc", "howpublished"),
        (None, {"name": "V", "kind": "article-journal"}, "article", "journal"),
    ],
)
def test_a_kind_has_its_entry_type_unless_a_required_field_is_missing(
    kind: str | None, venue: dict[str, str] | None, entry_type: str, venue_field: str | None
) -> None:
    facts = {"kind": kind, "venue": venue, "authors": authors(ADA), "date": {"year": 2024}}
    assert written(**facts).startswith(f"@{entry_type}{{key,")
    if venue_field:
        assert field(venue_field, **facts) == "{V}"


@pytest.mark.parametrize("missing", ["authors", "date"])
def test_an_article_without_author_or_year_is_misc(missing: str) -> None:
    facts = {"kind": "article-journal", "venue": {"name": "V"}, "authors": authors(ADA), "date": {"year": 2024}}
    del facts[missing]
    assert written(**facts).startswith("@misc{")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (ADA, "Lovelace, Ada"),
        (Name(literal="Élie Cartan", family="Cartan", given="Élie"), r"Cartan, {\'E}lie"),
        (Name(literal="x", family="Álvarez Melis", given="David"), r"{\'A}lvarez Melis, David"),
        (
            Name(literal="x", family="Berg", given="Ludwig", particle="van der", suffix="Jr."),
            "van der Berg, Jr., Ludwig",
        ),
        (Name(literal="x", family="Geng", given="Xiu-ping"), "Geng, Xiu-ping"),
        (Name(literal="x", family="García y Vega", given="M."), r"Garc{\'i}a {y} Vega, M."),
        (Name(literal="x", family="al-Khwarizmi", given="M."), "{al-Khwarizmi}, M."),
        (Name(literal="OpenAI"), "{OpenAI}"),
        (Name(literal="OpenAI, Inc. and Co"), "{OpenAI, Inc. and Co}"),
        (Name(literal="R&D Group"), r"{R\&D Group}"),
        (Name(literal="王军"), "{王军}"),
        (Name(literal="x", family="Sarao Mannelli"), "{Sarao Mannelli}"),  # no first name, one family name
        (Name(literal="x", family="Smith, PhD", given="A."), "{Smith, PhD}, A."),
        (Name(literal="x", family="Day and Night", given="A."), "{Day and Night}, A."),
        (Name(literal="x", family="Ươ Ba", given="A."), "{Ươ} Ba, A."),  # a letter that BibTeX does not see
    ],
)
def test_names_are_written_so_that_bibtex_splits_them_as_we_do(name: Name, expected: str) -> None:
    assert field("author", authors=authors(name)) == f"{{{expected}}}"


def test_a_cut_list_ends_in_and_others() -> None:
    assert field("author", authors=authors(ADA, complete=False)) == "{Lovelace, Ada and others}"


@pytest.mark.parametrize(
    ("date", "year", "month"),
    [
        ({"year": 2024, "month": 6, "day": 3}, "{2024}", "jun"),
        ({"year": 2024, "inferred": True}, "{2024}", None),
        ({"month": 5, "day": 19}, None, None),
    ],
)
def test_a_month_needs_a_year(date: dict[str, Any], year: str | None, month: str | None) -> None:
    assert (field("year", date=date), field("month", date=date)) == (year, month)


def test_the_venue_tells_the_year_that_the_date_leaves_out() -> None:
    facts = {"date": {"month": 5}, "venue": {"name": "V", "year": 2024}}
    assert (field("year", **facts), field("month", **facts)) == ("{2024}", None)


@pytest.mark.parametrize(
    ("pages", "expected"),
    [("1-20", "1--20"), ("1–20", "1--20"), ("1 -- 20", "1--20"), ("e1234", "e1234"), ("S-12", "S-12"), ("7", "7")],
)
def test_page_ranges_have_two_hyphens(pages: str, expected: str) -> None:
    assert field("pages", venue={"name": "V", "pages": pages}) == f"{{{expected}}}"


def test_an_arxiv_number_brings_its_fields() -> None:
    facts = {"arxiv": {"number": "2406.01589", "version": 2}, "subjects": ["cs.LG", "stat.ML"]}
    assert written(**facts, authors=authors(ADA)).splitlines()[3:] == [
        "  eprint        = {2406.01589},",
        "  archiveprefix = {arXiv},",
        "  primaryclass  = {cs.LG},",
        "  doi           = {10.48550/arXiv.2406.01589},",
        "  url           = {https://arxiv.org/abs/2406.01589}",
        "}",
    ]


def test_a_published_work_is_not_given_the_doi_of_its_preprint() -> None:
    assert field("doi", kind="article-journal", arxiv={"number": "2406.01589"}) is None


@pytest.mark.parametrize(
    ("subjects", "arxiv", "primaryclass", "keywords"),
    [
        (["machine learning"], {"number": "2406.01589"}, None, None),
        (["cs.LG", "R&D"], None, None, r"{cs.LG, R\&D}"),
    ],
)
def test_subjects_are_a_class_on_arxiv_and_keywords_elsewhere(
    subjects: list[str], arxiv: dict[str, str] | None, primaryclass: str | None, keywords: str | None
) -> None:
    facts = {"subjects": subjects, "arxiv": arxiv}
    assert (field("primaryclass", **facts), field("keywords", **facts)) == (primaryclass, keywords)


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (["https://a.b/c_d%20e#f", "https://second.example"], "{https://a.b/c_d%20e#f}"),
        (["javascript:alert(1)", "HTTPS://a.b/{x} y"], "{HTTPS://a.b/%7Bx%7D%20y}"),
        (["ftp://a.b"], None),
    ],
)
def test_the_first_web_address_is_written_verbatim(urls: list[str], expected: str | None) -> None:
    assert field("url", urls=urls) == expected


def test_a_doi_is_bare_and_verbatim() -> None:
    assert field("doi", doi="10.1000/a_b<c>1&2") == "{10.1000/a_b<c>1&2}"


@pytest.mark.parametrize(
    ("abstracts", "complete", "expected"),
    [(True, True, r"{50\% more}"), (True, False, None), (False, True, None)],
)
def test_only_a_complete_abstract_that_is_asked_for_is_written(
    abstracts: bool, complete: bool, expected: str | None
) -> None:
    text = bibtex.render([work(abstract={"text": "50% more", "complete": complete})], Style(abstracts=abstracts))
    assert (rf"abstract      = {expected}" in text) is (expected is not None)
    assert ("abstract" in text) is (expected is not None)


def test_a_hint_from_the_news_is_not_a_fact() -> None:
    hint = {"text": "accepted to CogSci 2024", "venue": {"name": "CogSci", "year": 2024}, "line": 1}
    assert written(hints=[hint]) == written()


# ---------------------------------------------------------------- what a file has brought

FULL = {"authors": authors(ADA), "date": {"year": 2024}}


@pytest.mark.parametrize(
    ("facts", "lines"),
    [
        ({"details": {"ISBN": "1", "edition": "2", "publisher-place": "Rome"}},
         ["edition = {2}", "address = {Rome}", "isbn = {1}"]),
        ({"details": {"language": "en-US"}}, ["langid = {english}"]),
        ({"details": {"language": "Klingon"}}, ["language = {Klingon}"]),
        ({"details": {"page": "1-2"}}, ["pages = {1--2}"]),
        ({"contributors": {"editor": authors(ADA, complete=False)}}, ["editor = {Lovelace, Ada and others}"]),
        ({"contributors": {"director": authors(ADA)}}, ["namea = {Lovelace, Ada}", "nameatype = {director}"]),
        ({"status": "in press"}, ["note = {In press}"]),
        ({"status": "in press", "note": "N"}, ["note = {N}", "pubstate = {inpress}"]),
        ({"status": "R&R"}, [r"pubstate = {R\&R}"]),
        ({"kind": "software"}, ["entrysubtype = {software}"]),
        ({"kind": "preprint"}, ["pubstate = {prepublished}"]),
        ({"kept": {"bibtex": {"abbr": "ICML", "file": "a_b%"}}}, ["abbr = {ICML}", "file = {a_b%}"]),
        ({"kept": {"bibtex": {"year": "2024/2025", "date": "2024/2025"}}}, ["year = {2024/2025}"]),
        ({"kept": {"ris": {"C1": "x"}}}, []),
        # no .bib said that
        ({"kept": {"bibtex": {"{": "x", "a b": "x", "x = {y}, abbr": "x"}}}, []),
        ({"kept": {"bibtex": {"c": "x}", "d": "}{", "e": "{x}", "f": "{"}}}, ["e = {{x}}"]),
    ],
)  # fmt: skip
def test_everything_else_is_written_back(facts: dict[str, Any], lines: list[str]) -> None:
    found = [re.sub(" +=", " =", line.strip().rstrip(",")) for line in written(**FULL, **facts).splitlines()]
    assert set(found) >= set(lines)
    assert len(found) == len(lines) + 5 - ("year = {2024/2025}" in lines)


@pytest.mark.parametrize(
    ("kept", "kind", "entry_type"),
    [
        ("manual", "book", "manual"),
        ("manual", "report", "misc"),
        ("mvbook", "book", "book"),
        ("nonsense", "book", "book"),
    ],
)
def test_an_entry_keeps_its_type_as_long_as_it_is_one(kept: str, kind: str, entry_type: str) -> None:
    facts = {**FULL, "kind": kind, "venue": {"name": "V"} if kind == "book" else None}
    text = written(**facts, kept={"bibtex": {"@type": kept}})
    assert text.startswith(f"@{entry_type}{{")
    assert ("entrysubtype  = {mvbook}" in text) is (kept == "mvbook")


@pytest.mark.parametrize(
    ("genre", "entry_type", "said"),
    [
        ("PhD thesis", "phdthesis", None),
        ("Master's thesis", "mastersthesis", None),
        ("Habilitation", "phdthesis", "{Habilitation}"),
        (None, "phdthesis", "{Thesis}"),
    ],
)
def test_a_thesis_says_what_it_is(genre: str | None, entry_type: str, said: str | None) -> None:
    facts = {**FULL, "kind": "thesis", "venue": {"name": "U"}, "details": {"genre": genre} if genre else {}}
    assert written(**facts).startswith(f"@{entry_type}{{")
    assert field("type", **facts) == said


def test_capitals_that_somebody_kept_stay_in_braces() -> None:
    kept = {"bibtex": {"@capitals": ["Moon"]}}
    assert field("title", title="Moon of ReLU", kept=kept) == "{{Moon} of {ReLU}}"


def test_styles_that_sort_find_a_key_where_there_is_no_author() -> None:
    assert field("key", title="An A") == field("title", title="An A")
    assert field("key", **FULL) is None


@pytest.mark.parametrize(
    ("kind", "venue", "details", "number", "issue"),
    [
        ("article-journal", {"volume": "1"}, {}, "{2}", None),
        ("article-journal", {}, {}, None, "{2}"),
        ("paper-conference", {"volume": "1"}, {}, None, "{2}"),
        ("paper-conference", {}, {"collection-title": "S"}, None, "{2}"),
        ("report", {}, {}, None, "{2}"),
    ],
)
def test_a_number_stands_where_styles_want_one(
    kind: str, venue: dict[str, str], details: dict[str, str], number: str | None, issue: str | None
) -> None:
    facts = {**FULL, "kind": kind, "venue": {"name": "V", "issue": "2", **venue}, "details": details}
    assert (field("number", **facts), field("issue", **facts)) == (number, issue)


@pytest.mark.parametrize("kind", ["preprint", None])
def test_a_preprint_with_pages_is_an_article_of_arxiv(kind: str | None) -> None:
    facts = {**FULL, "kind": kind, "arxiv": {"number": "2406.01589"}, "details": {"page": "1-2"}}
    assert written(**facts).startswith("@article{")
    assert field("journal", **facts) == "{arXiv}"


def test_what_has_no_ascii_form_is_said() -> None:
    works = [work(title="plain"), work(key="cjk", title="王 é"), work(title="é")]
    (doubt,) = bibtex.doubts(works, Style(), bibtex.render(works, Style()))
    assert doubt.code == "X32"
    assert "cjk" in doubt.message
    assert "王" in doubt.message
    assert "é" not in doubt.message


# ---------------------------------------------------------------- laws

PIECES = st.sampled_from(
    [*r"{}\$%&#_^~<>|`'\"@,=()-. ", "é", "ß", "α", "²", "\u0301", "王", "ReLU", "$x_1$", r"\emph{X}", "{RL}", " and "]
)
HOSTILE = st.lists(PIECES | st.text(max_size=3), max_size=9).map(lambda pieces: f"x{''.join(pieces)}".strip())
NAMES = st.one_of(
    HOSTILE.map(lambda text: Name(literal=text)),
    st.builds(
        Name,
        literal=HOSTILE,
        family=HOSTILE,
        given=st.none() | HOSTILE,
        particle=st.sampled_from([None, "van der", "de la"]),
        suffix=st.sampled_from([None, "Jr."]),
    ),
)
WORKS = st.lists(
    st.builds(
        work,
        title=HOSTILE,
        authors=st.builds(authors, NAMES, NAMES, complete=st.booleans()),
        kind=st.sampled_from([None, *bibtex.TYPES]),
        venue=st.none() | st.fixed_dictionaries({"name": HOSTILE, "publisher": HOSTILE, "pages": HOSTILE}),
        date=st.just({"year": 2024, "month": 6}),
        urls=st.tuples(HOSTILE.map("https://a.b/{}".format)),
        note=HOSTILE,
        abstract=st.builds(dict, text=HOSTILE),
        subjects=st.tuples(HOSTILE),
    ),
    min_size=1,
    max_size=3,
).map(lambda works: [one.model_copy(update={"key": f"key{number}"}) for number, one in enumerate(works)])


@given(WORKS)
def test_every_entry_and_every_person_can_be_read_back(works: list[Publication]) -> None:
    text = bibtex.render(works, Style(abstracts=True))

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    parsed = bibtexparser.parse_string(text)
    assert not parsed.failed_blocks
    assert [entry.key for entry in parsed.entries] == [one.key for one in works]

    set_strict_mode(True)
    read = parse_string(text, "bibtex")
    assert list(read.entries) == [one.key for one in works]
    for one in works:
        assert one.authors
        expected = len(one.authors.names) + (not one.authors.complete)
        assert len(read.entries[one.key].persons["author"]) == expected


@given(WORKS)
def test_western_letters_and_signs_become_ascii(works: list[Publication]) -> None:
    text = bibtex.render(works, Style())
    assert not re.search("[\u00a0-\u00ff]", text)
