"""RIS in: every tag is read or kept, and a malformed record is named by its line."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import plugins
from pubtools.errors import InputError
from pubtools.exporters import Style, biblatex, bibtex
from pubtools.importers import Import, ris
from pubtools.importers import bibtex as bib
from pubtools.models import Facts, Publication, Source

SOURCE = Source(kind="profile", locator="refs.ris", trust=60)


def read(*lines: str) -> Import:
    return ris.read("\n".join(lines), SOURCE)


def facts(*tags: str, kind: str = "JOUR") -> Facts:
    """What one record says, read without a doubt."""
    got = read(f"TY  - {kind}", "TI  - Title", *tags, "ER  - ")
    assert got.problems == ()
    return got.sightings[0].facts


def test_a_journal_article_is_read_whole() -> None:
    said = facts(
        "ID  - lovelace1843", "AU  - Lovelace, Ada, Jr.", "A1  - van der Berg, L.", "AU  - OpenAI",
        "T2  - Journal of Looms",
        "JO  - J. Looms", "DA  - 1843/10/05/", "PY  - 1843", "VL  - 3", "IS  - 2", "SP  - 1", "EP  - 20",
        "DO  - https://doi.org/10.1000/ABC", "UR  - https://a.b/c", "SN  - 1234-5678", "KW  - looms", "KW  - engines",
        "N2  - We weave.", "ED  - Roe, Jo", "C7  - 12", "ZZ  - x", "ZZ  - y",
    )  # fmt: skip
    assert said.authors
    assert [(name.family, name.given, name.particle, name.suffix) for name in said.authors.names] == [
        ("Lovelace", "Ada", None, "Jr."), (None, None, None, None), ("Berg", "L.", "van der", None),
    ]  # fmt: skip
    assert said.venue
    assert (said.venue.name, said.venue.volume, said.venue.issue, said.venue.pages) == (
        "Journal of Looms",
        "3",
        "2",
        "1-20",
    )
    assert said.date
    assert said.date.parts == (1843, 10, 5)
    assert (said.citation_key, said.doi, said.urls) == ("lovelace1843", "10.1000/abc", ("https://a.b/c",))
    assert said.details == {"ISSN": "1234-5678", "keyword": "looms, engines"}
    assert said.contributors["editor"].names[0].family == "Roe"
    assert said.abstract
    assert said.abstract.text == "We weave."
    assert said.kept == {"ris": {"C7": "12", "JO": "J. Looms", "ZZ": ["x", "y"]}}


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("CPAPER", "paper-conference"), ("CHAP", "chapter"), ("THES", "thesis"), ("RPRT", "report"), ("COMP", "software")],
)
def test_a_type_is_a_kind(kind: str, expected: str) -> None:
    assert facts(kind=kind).kind == expected


def test_a_type_that_tells_nothing_is_kept() -> None:
    said = facts(kind="GEN")
    assert (said.kind, said.kept) == (None, {"ris": {"TY": "GEN"}})


def test_a_book_has_its_publisher_as_its_venue() -> None:
    said = facts("PB  - Press", "CY  - London", "SN  - 978-0-7100-3616-2", kind="BOOK")
    assert said.venue
    assert said.venue.name == "Press"
    assert said.details == {"ISBN": "978-0-7100-3616-2", "publisher-place": "London"}


@pytest.mark.parametrize(
    ("tags", "parts", "kept"),
    [
        (["PY  - 2019///"], (2019,), {}),
        (["PY  - 2019", "DA  - 2019/05/01"], (2019, 5, 1), {}),
        (["Y1  - 2019/05//Spring"], (2019, 5), {"Y1": "2019/05//Spring"}),
        (["DA  - 2019-05-01"], (2019, 5, 1), {}),
        (["DA  - May 2019"], (2019, 5), {}),
        (["PY  - 2018", "DA  - 2019/05/01"], (2019, 5, 1), {"PY": "2018"}),
    ],
)
def test_a_date_is_the_most_precise_there_is(tags: list[str], parts: tuple[int, ...], kept: dict[str, str]) -> None:
    said = facts(*tags)
    assert said.date
    assert (said.date.parts, said.kept.get("ris", {})) == (parts, kept)


def test_a_value_goes_on_in_the_next_line() -> None:
    assert (
        facts("AB  - We weave", "  and count.", "", "  Then we stop.").abstract
        == Facts.model_validate({"abstract": {"text": "We weave and count. Then we stop."}}).abstract
    )


@pytest.mark.parametrize("flavour", [bibtex, biblatex])
@pytest.mark.parametrize("kind", ["JOUR", "GEN", "CPAPER", "COMP"])
def test_an_address_in_the_place_of_a_venue_stays_one(flavour: ModuleType, kind: str) -> None:
    said = facts("T2  - https://a.b/c", "AU  - Lovelace, Ada", kind=kind)
    assert said.venue
    assert (said.venue.name, said.urls) == ("https://a.b/c", ())
    work = Publication.model_validate({**said.model_dump(), "title": "Title", "key": "key", "sightings": ()})
    again = bib.read(flavour.render([work], Style()), SOURCE).sightings[0].facts
    assert again.venue
    assert (again.venue.name, again.urls) == ("https://a.b/c", ())


def test_a_preprint_is_known_by_its_link() -> None:
    said = facts("UR  - https://arxiv.org/abs/2406.01589v2", kind="GEN").arxiv
    assert said
    assert (said.number, said.version) == ("2406.01589", 2)


def test_a_cut_list_of_authors_is_cut() -> None:
    got = read("TY  - JOUR", "TI  - T", "AU  - Saxe, A.", "AU  - et al.", "ER  - ")
    authors = got.sightings[0].facts.authors
    assert authors
    assert (len(authors.names), authors.complete) == (1, False)
    assert [problem.code for problem in got.problems] == ["N01"]


def test_malformed_records_are_named_by_their_line_and_cost_only_themselves() -> None:
    got = read(
        "TY  - JOUR", "TI  - One", "ER  - ", "",
        "TY  - JOUR", "AU  - Nobody, A.", "ER  - ",  # without a title
        "AU  - Stray, A.",
        "TY  - JOUR", "TI  - Two",  # without an end
        "TY  - JOUR", "TI  - Three", "PY  - soon", "ER  - ",
    )  # fmt: skip
    assert [sighting.facts.title for sighting in got.sightings] == ["One", "Two", "Three"]
    assert [sighting.lines for sighting in got.sightings] == [(1, 3), (9, 10), (11, 14)]
    assert got.refused == 2
    assert [(problem.code, problem.where and problem.where.line) for problem in got.problems] == [
        ("X01", 5), ("X01", 8), ("X02", 9), ("D02", 13),
    ]  # fmt: skip


def test_only_ris_is_ris() -> None:
    assert ris.fits("\ufeff\r\nTY  - JOUR\r\nER  - ", "x.txt")
    assert not ris.fits("A page that says TY  - JOUR", "page.txt")
    with pytest.raises(InputError):
        read("A page")


@given(st.lists(st.tuples(st.sampled_from("TY TI AU DA SP KW ZZ ER".split()), st.text(max_size=8)), max_size=12))
def test_it_never_raises_and_every_record_is_accounted_for(tags: list[tuple[str, str]]) -> None:
    text = "".join(f"{tag}  - {' '.join(value.split())}\n" for tag, value in [("TY", "JOUR"), *tags])
    got = ris.read(text, SOURCE)
    begun = sum(tag == "TY" for tag, _ in tags) + 1
    assert len(got.sightings) + got.refused >= begun


FOLDER = Path(__file__).parents[2] / "fixtures" / "imports"


def test_each_fixture_is_of_one_format_only() -> None:
    paths = [path for name in ("csl-json", "ris") for path in sorted((FOLDER / name).glob("*.*"))]
    assert len(paths) >= 2
    for path in paths:
        text = path.read_text(encoding="utf-8")
        fitting = [name for name in plugins.names("importer") if plugins.load("importer", name).fits(text, path.name)]
        assert fitting == [path.parent.name]
