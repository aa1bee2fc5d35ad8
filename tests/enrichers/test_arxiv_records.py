from __future__ import annotations

import bz2
import gzip
import json
import lzma
from pathlib import Path

import pytest

from pubtools.enrichers import _arxiv_records
from pubtools.enrichers._arxiv_records import Records
from pubtools.enrichers._arxiv_tex import decode
from pubtools.errors import EnrichmentError, ServiceUnavailableError, UnexpectedReplyError

DEMO = Path(__file__).parents[2] / "fixtures" / "arxiv-records.jsonl"


@pytest.fixture
def demo(tmp_path):
    return Records(DEMO, tmp_path)


def numbers(found):
    return {record.facts.arxiv.number for record in found}


def row(number="2512.99901", title="Weaving Numbers by Engine", **rest):
    return {"id": number, "title": title, "authors": "Ada Lovelace", **rest}


def records_of(tmp_path, *rows):
    path = tmp_path / "some.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows), encoding="utf-8")
    return Records(path, tmp_path / "index")


# ---------------------------------------------------------------- questions


def test_a_record_says_what_the_api_would(demo):
    (record,) = demo.by_ids(["2507.99901"])
    facts = record.facts
    assert record.locator == "2507.99901v2"
    assert facts.title == "Sketch of the Analytical Engine: A Machine That Weaves Algebraical Patterns"
    assert [name.literal for name in facts.authors.names] == [
        "Luigi Menabrea",
        "Mary Somerville",
        "Charles Babbage",
        "Ada Lovelace",
    ]
    assert facts.authors.complete
    assert facts.date.parts == (2025, 7, 10)
    assert record.updated.isoformat() == "2025-10-20"
    assert facts.subjects == ("cs.PL", "cs.AR")
    assert facts.abstract.text.startswith("An engine with a store")
    assert facts.note == "Accepted to HOPL 2026 (oral)"
    assert (facts.hints[0].venue.name, facts.hints[0].note) == ("HOPL", "oral")
    assert facts.kind == "preprint"


def test_numbers_are_found_however_they_are_written(demo):
    assert numbers(demo.by_ids(["arXiv:2512.99901v1", "2605.99901", "2001.00001", "abc"])) == {
        "2512.99901",
        "2605.99901",
    }


@pytest.mark.parametrize(
    "title",
    [
        "Computing Bernoulli Numbers Without Human Guidance",
        "computing BERNOULLI numbers, without human guidance!",
        "Computing {Bernoulli} Numbers without Human-Guidance",
        "Computing Bernouli Numbers Without Human Guidance",
    ],
)
def test_a_title_is_found_by_itself_and_by_its_like(demo, title):
    assert "2512.99901" in numbers(demo.by_titles([title]))


def test_a_near_title_is_given_too_and_left_to_the_judge(demo):
    found = numbers(demo.by_titles(["A Mechanical Notation for the Action of Machinery"]))
    assert found == {"2506.99901", "2503.99901"}


@pytest.mark.parametrize("title", ["", "???", "0", 'a "quoted" NEAR(title) OR * AND', "AND", "NOT"])
def test_no_title_breaks_the_question(demo, title):
    assert demo.by_titles([title]) == []


@pytest.mark.parametrize("name", ["Ada Lovelace", "A. Lovelace", "Lovelace, Ada", "Lovelace"])
def test_an_author_is_found_by_surname_and_initial(demo, name):
    assert len(demo.by_author(name)) == 5


def test_an_author_of_another_given_name_is_another(demo):
    assert demo.by_author("Byron Lovelace") == []
    assert demo.by_author("") == []


def test_accents_of_an_author_do_not_matter(tmp_path):
    records = records_of(tmp_path, row(authors_parsed=[["Domin\\'e", "Cl\\'ementine", ""]]))
    assert len(records.by_author("Clementine Domine")) == len(records.by_author("Clémentine Dominé")) == 1


# ---------------------------------------------------------------- forms of the file


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
def test_a_compressed_file_gives_the_same(tmp_path, demo, suffix, pack):
    path = tmp_path / f"records.jsonl.{suffix}"
    path.write_bytes(pack(DEMO.read_bytes()))
    packed = Records(path, tmp_path)
    title = "Tables free from error: finite differences that print themselves"
    assert packed.by_titles([title]) == demo.by_titles([title])
    assert packed.by_author("Ada Lovelace") == demo.by_author("Ada Lovelace")
    assert packed.count == demo.count == 8


def test_arxivs_own_split_of_names_is_kept_as_the_sources(tmp_path):
    parsed = [["van der Putten", "Peter", ""], ["King", "Martin Luther", "Jr."], ["The LOOM Collaboration", "", ""]]
    records = records_of(tmp_path, row(authors_parsed=parsed))
    putten, king, loom = records.by_ids(["2512.99901"])[0].facts.authors.names
    assert (putten.literal, putten.particle, putten.family, putten.split_by) == (
        "Peter van der Putten",
        "van der",
        "Putten",
        "source",
    )
    assert (king.family, king.given, king.suffix) == ("King", "Martin Luther", "Jr.")
    assert (loom.literal, loom.family) == ("The LOOM Collaboration", None)


@pytest.mark.parametrize(
    "said",
    [
        {"authors": ["Ada Lovelace", "Charles Babbage"], "categories": ["cs.PL"], "created": "2025-12-01"},
        {"authors": "Ada Lovelace, Charles Babbage", "cats": "cs.PL", "created": "2025-12-01"},
        {"authors": "Ada Lovelace and Charles Babbage", "categories": "cs.PL", "created": "2025-12-01", "updated": ""},
    ],
)
def test_simpler_rows_are_read_too(tmp_path, said):
    (record,) = records_of(tmp_path, {"id": "2512.99901", "title": "Weaving", **said}).by_ids(["2512.99901"])
    assert [name.family for name in record.facts.authors.names] == ["Lovelace", "Babbage"]
    assert record.facts.subjects == ("cs.PL",)
    assert record.facts.date.parts == (2025, 12, 1)
    assert record.locator == "2512.99901"


def test_several_dois_in_one_string(tmp_path):
    (record,) = records_of(tmp_path, row(doi="10.1000/A 10.1000/B")).by_ids(["2512.99901"])
    assert (record.facts.doi, record.facts.urls) == ("10.1000/a", ("https://doi.org/10.1000/b",))


def test_a_number_that_is_there_twice_counts_as_it_stands_last(tmp_path):
    records = records_of(tmp_path, row(title="An Earlier Title"), row(title="A Later Title"))
    assert [record.facts.title for record in records.by_ids(["2512.99901"])] == ["A Later Title"]


@pytest.mark.parametrize(
    ("tex", "text"),
    [
        (r"Cl\'ementine Domin\'e", "Clémentine Dominé"),
        (r"Ho\v{r}ava, Schr\"{o}dinger, G{\"o}del", "Hořava, Schrödinger, Gödel"),
        (r"Gar\c con, \c{S}ahin, S{\o}ren, \O rsted", "Garçon, Şahin, Søren, Ørsted"),
        (r"Stra\ss{}e, \L ukasz", "Straße, Łukasz"),
        (r"na\"{\i}ve Mart\'\i nez", "naïve Martínez"),
        (r"Erd\H{o}s $\dot{x}$ and $\'e$", r"Erdős $\dot{x}$ and $\'e$"),
        (r"\emph{kept} \alpha \command", r"\emph{kept} \alpha \command"),
        ("no TeX {at all}", "no TeX {at all}"),
    ],
)  # fmt: skip
def test_tex_accents_become_letters(tex, text):
    assert decode(tex) == text


# ---------------------------------------------------------------- damage


def test_a_damaged_line_is_skipped_and_counted(tmp_path):
    path = tmp_path / "some.jsonl"
    good = json.dumps(row()).encode()
    bad = [b"{", b"[]", b"null", b"[" * 100_000, b"\xff\xfe", b'{"id": "2512.99902"}', b'{"id": 5, "title": "x"}']
    path.write_bytes(b"\n".join([*bad, b"", good, json.dumps(row("2512.99903", authors=7)).encode()]))
    records = Records(path, tmp_path)
    assert numbers(records.by_ids(["2512.99901", "2512.99903"])) == {"2512.99901", "2512.99903"}
    assert (records.count, records.damaged) == (2, len(bad))


def test_a_line_without_an_end_is_never_held_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(_arxiv_records, "MAX_LINE_BYTES", 1000)
    path = tmp_path / "some.jsonl"
    path.write_bytes(b'{"id": "' + b"x" * 5500 + b"\n" + json.dumps(row()).encode() + b"\n")
    records = Records(path, tmp_path)
    assert numbers(records.by_ids(["2512.99901"])) == {"2512.99901"}
    assert records.damaged == 1


def test_a_file_that_is_not_there_could_not_be_asked(tmp_path):
    with pytest.raises(ServiceUnavailableError, match=r"nowhere\.jsonl"):
        Records(tmp_path / "nowhere.jsonl", tmp_path).by_ids(["2512.99901"])


@pytest.mark.parametrize(("suffix", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress)])
@pytest.mark.parametrize("cut", [0.5, None])
def test_half_a_compressed_file_is_no_file(tmp_path, suffix, pack, cut):
    path = tmp_path / f"records.jsonl.{suffix}"
    whole = pack(DEMO.read_bytes())
    path.write_bytes(whole[: int(len(whole) * cut)] if cut else b"not compressed at all")
    with pytest.raises((UnexpectedReplyError, ServiceUnavailableError)) as refused:
        Records(path, tmp_path / "index").by_ids(["2512.99901"])
    assert isinstance(refused.value, EnrichmentError)
    assert list((tmp_path / "index").iterdir()) == []


@pytest.mark.parametrize("content", ["", "Ada Lovelace\n\nOn Looms\n", "<html><body>404</body></html>\n"])
def test_a_file_without_a_record_could_not_be_asked(tmp_path, content):
    """What is named by mistake, or is a failed download, says of no paper that it is not on arXiv."""
    path = tmp_path / "profile.txt"
    path.write_text(content)
    with pytest.raises(UnexpectedReplyError, match=r"profile\.txt holds no record"):
        Records(path, tmp_path / "index").by_ids(["2512.99901"])
    assert list((tmp_path / "index").iterdir()) == []


# ---------------------------------------------------------------- the index


def test_the_index_is_built_once(tmp_path, monkeypatch):
    assert Records(DEMO, tmp_path).count == 8
    monkeypatch.setattr(_arxiv_records, "_fill", None)
    assert len(Records(DEMO, tmp_path).by_author("Ada Lovelace")) == 5
    assert len(list(tmp_path.iterdir())) == 1


def test_a_changed_file_is_read_again(tmp_path):
    records = records_of(tmp_path, row())
    assert records.count == 1
    records.close()
    again = records_of(tmp_path, row(), row("2512.99902"))
    assert again.count == 2
    assert len(list((tmp_path / "index").iterdir())) == 1


def test_a_damaged_index_is_built_anew(tmp_path):
    Records(DEMO, tmp_path).close()
    assert Records(DEMO, tmp_path).count == 8
    (index,) = tmp_path.iterdir()
    index.write_bytes(b"not a database at all, but long enough to be looked at as one" * 20)
    assert Records(DEMO, tmp_path).count == 8


def test_a_folder_that_cannot_be_written_could_not_be_asked(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ServiceUnavailableError):
        Records(DEMO, tmp_path / "file").by_ids(["2512.99901"])


# ---------------------------------------------------------------- real records


def test_real_records_find_themselves(shared, tmp_path):
    path = shared / "arxiv" / "metadata" / "title_traps.jsonl.xz"
    rows = [json.loads(line) for line in lzma.decompress(path.read_bytes()).splitlines()]
    records = Records(path, tmp_path)
    assert (records.count, records.damaged) == (len(rows), 0)
    assert len(records.by_ids([row["id"] for row in rows])) == len({row["id"] for row in rows})
    for one in rows[::10]:
        if any(character.isalnum() for character in one["title"]):
            assert one["id"] in numbers(records.by_titles([one["title"]])), one["title"]


def test_the_kaggle_line_is_read(shared, tmp_path):
    records = Records(shared / "arxiv" / "metadata" / "kaggle_snapshot_one_line.jsonl", tmp_path)
    (record,) = records.by_titles(["Number parsing at a gigabyte per second"])
    assert record.locator == "2101.11408v2"
    assert record.facts.doi == "10.1002/spe.2984"
    assert record.facts.date.parts == (2021, 1, 11)
    assert record.facts.hints[0].venue.name == "Software: Practice and Experience"
