from __future__ import annotations

import json
import logging
import re
import time
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string as parsed_by_bibtexparser
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database.input import bibtex as pybtex_reader  # type: ignore[import-untyped]

from pubtools import bibfile
from pubtools.bibfile import Entry
from pubtools.problems import CODES

LOVELACE = "@article{lovelace,\n  title = {Notes},\n  year  = 1843\n}\n"
HOPPER = "@book{hopper,\n  title = {Compilers},\n  month = jun\n}\n"


def only(text: str) -> Entry:
    (entry,) = bibfile.parse(text).entries
    return entry


def values(text: str) -> dict[str, str]:
    return {field.name: field.value for field in only(text).fields}


def codes(text: str) -> list[tuple[str, int, bool]]:
    """Code, line, and whether an entry is lost, of each defect."""
    return [(defect.code, defect.line, defect.raw is not None) for defect in bibfile.parse(text).defects]


# ---------------------------------------------------------------- what is well


def test_an_entry_has_its_lines_its_text_and_its_fields_in_order() -> None:
    text = f"stray\n\n{LOVELACE}"
    entry = only(text)
    assert (entry.type, entry.key, entry.lines) == ("article", "lovelace", (3, 6))
    assert entry.raw == LOVELACE.rstrip()
    assert [(field.name, field.value, field.line, field.raw) for field in entry.fields] == [
        ("title", "Notes", 4, None),
        ("year", "1843", 5, "1843"),
    ]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("{a}", "a"),
        ('"a"', "a"),
        ("1843", "1843"),
        ("{{a} {b {c {d {e}}}}}", "{a} {b {c {d {e}}}}"),  # deeper than the fast expression looks
        ('"a {"}b{"} c"', 'a {"}b{"} c'),
        ('{a "quoted" word}', 'a "quoted" word'),
        ("{mail a@b.c, @foo}", "mail a@b.c, @foo"),
        ("{two\n  lines}", "two\n  lines"),
        ("{Looms (at\n @ {ACM} 2023,\n @ACM {2023})}", "Looms (at\n @ {ACM} 2023,\n @ACM {2023})"),
        ('{a} # " b" # 3', "a b3"),
        ('jun # "~3"', "June~3"),
        ("tmlr # { 1}", "Transactions 1"),
        ("{}", ""),
        ("{100% of \\%}", "100% of \\%"),
    ],
)
def test_a_value_loses_its_delimiters_and_nothing_else(written: str, value: str) -> None:
    text = f"@string{{TMLR = {{Transactions}}}}\n@misc{{k, note = {written}, year = 1}}"
    assert values(text) == {"note": value, "year": "1"}
    assert not bibfile.parse(text).defects


@pytest.mark.parametrize(
    ("written", "value", "macro", "undefined"),
    [
        ("jun", "June", "jun", ()),
        ("JUN", "June", "jun", ()),
        ("{jun}", "jun", None, ()),
        ("6", "6", None, ()),
        ('jun # "~3"', "June~3", None, ()),
        ("june", "june", "june", ("june",)),
        ('june # " 3"', "june 3", None, ("june",)),
    ],
)
def test_a_macro_is_told_from_a_text(written: str, value: str, macro: str | None, undefined: tuple[str, ...]) -> None:
    (field,) = only(f"@misc{{k, month = {written}}}").fields
    assert (field.value, field.macro, field.undefined) == (value, macro, undefined)


def test_a_string_is_known_from_its_definition_on_and_may_use_earlier_ones() -> None:
    text = '@misc{a, note = x}\n@string{x = "X"}\n@STRING(y = x # {Y})\n@misc{b, note = Y}\n@string{jun = {Juni}}\n'
    parsed = bibfile.parse(text + "@misc{c, month = jun}")
    assert [(entry.fields[0].value, entry.fields[0].undefined) for entry in parsed.entries] == [
        ("x", ("x",)),
        ("XY", ()),
        ("Juni", ()),
    ]
    assert parsed.macros == {"x": "X", "y": "XY", "jun": "Juni"}


@pytest.mark.parametrize(
    "text",
    [
        "@article(k, title = {(a)}, year = 2000)",
        "@ARTICLE {k ,\r\n title={(a)} ,\r\n year={2000} ,\r\n}\r\n",
        '@article{\n  k\n  , title = "(a)"\n  , year = "2000"\n}',
        "\t@article{k,title={(a)},year=2000}",
        "@misc{j} @article{k, title={(a)}, year=2000}",
        "@misc{j},\n@article{k, title={(a)}, year=2000},\n",
    ],
)
def test_spaces_line_ends_and_parentheses_are_free(text: str) -> None:
    parsed = bibfile.parse(text)
    entry = parsed.entries[-1]
    assert not parsed.defects
    assert (entry.type, entry.key) == ("article", "k")
    assert [(field.name, field.value) for field in entry.fields] == [("title", "(a)"), ("year", "2000")]


def test_what_is_no_entry_is_kept() -> None:
    text = f'% by hand, @misc{{old, year = 1}}\n@comment{{jabref: {{1}}}}\n{LOVELACE}me@home (work)\n@preamble{{"x"}}'
    blocks = bibfile.parse(text).blocks
    assert [(block.kind, block.line, block.raw) for block in blocks] == [
        ("comment", 1, "% by hand, @misc{old, year = 1}"),
        ("comment", 2, "@comment{jabref: {1}}"),
        ("comment", 7, "me@home (work)"),
        ("preamble", 8, '@preamble{"x"}'),
    ]
    assert only(text).key == "lovelace"


def test_an_entry_in_a_comment_or_in_a_balanced_value_is_none() -> None:
    parsed = bibfile.parse(f"@comment{{\n{HOPPER}}}\n@misc{{k, note = {{\n{LOVELACE}}}, year = 1}}\n{HOPPER}")
    assert [(entry.key, len(entry.fields)) for entry in parsed.entries] == [("k", 2), ("hopper", 2)]
    assert not parsed.defects


def test_the_first_field_of_a_name_is_the_one_that_counts() -> None:
    entry = only("@misc{k, Note = {a}, NOTE = {b}}")
    assert [field.value for field in entry.fields] == ["a", "b"]
    first = entry.get("note")
    assert first is not None
    assert first.value == "a"
    assert entry.get("year") is None


# ---------------------------------------------------------------- what is not


@pytest.mark.parametrize(
    ("text", "found", "kept"),
    [
        ("\ufeff" + LOVELACE, [("X03", 1, False)], 2),
        ("@misc{k,\n note = {a}\n year = 1\n}", [("X04", 2, False)], 2),
        ("@misc{k\n note = {a},\n year = 1\n}", [("X04", 1, False)], 2),
        ("@misc{raven,tos,\n note = {a}}", [("X06", 1, False)], 1),
        ("@misc{k,, note = {a}}", [("X06", 1, False)], 1),
        ("@misc{,\n note = {a}}", [("X07", 1, False)], 1),
        ("@misc{\n note = {a}}", [("X07", 1, False)], 1),
        ("@misc{k,\n % a word\n note = {a}, % another\n year = 1\n}", [("X31", 2, False)], 2),
        ("\n@article missing2020\n@misc{k, note = {a}}", [("X08", 2, False)], 1),
        ("@comment{open\n@misc{k, note = {a}}", [("X05", 1, False)], 1),
        ("@string{x = {open}\n@misc{k, note = {a}}", [("X05", 1, False)], 1),
        ("@string{x}\n@misc{k, note = {a}}", [("X06", 1, False)], 1),
    ],
)
def test_a_slip_costs_nothing(text: str, found: list[tuple[str, int, bool]], kept: int) -> None:
    assert codes(text) == found
    assert len(only(text).fields) == kept


BROKEN = [
    ("@misc{broken,\n  note = {a {b},\n  year = 1\n}\n", "X05", 2),
    ("@misc{broken,\n  note = {a,\n", "X05", 2),
    ("@misc{broken,\n  note = {a},\n", "X05", 2),
    ("@misc{broken\n", "X05", 1),
    ('@misc{broken,\n  note = "a,\n  year = 1\n}\n', "X05", 2),
    ('@misc{broken,\n  note = "a,\n  year = "1"\n}\n', "X06", 2),
    ("@misc{broken,\n  note = {a} b},\n  year = 1\n}\n", "X06", 2),
    ("@misc{broken,\n  note = {a}},\n  year = {1}\n}\n", "X05", 2),
    ("@misc{broken,\n  note = ,\n  year = {1}\n}\n", "X06", 2),
    ("@misc{broken,\n  note = {a},\n  year {1}\n}\n", "X06", 3),
    ("@misc{broken,\n  note = {a} # ,\n  year = {1}\n}\n", "X06", 2),
    ("@misc(broken,\n  note = {a}\n}\n", "X06", 2),
]


@pytest.mark.parametrize(("broken", "code", "line"), BROKEN)
def test_a_broken_entry_costs_only_itself(broken: str, code: str, line: int) -> None:
    parsed = bibfile.parse(LOVELACE + broken + HOPPER)
    assert [(entry.key, len(entry.fields)) for entry in parsed.entries] == [("lovelace", 2), ("hopper", 2)]
    (defect,) = parsed.defects
    assert (defect.code, defect.line) == (code, line + 4)
    assert defect.raw == broken.rstrip()
    assert parsed.refused == (defect,)


def test_macros_that_double_each_other_are_refused() -> None:
    text = "@string{a0 = {0123456789}}\n" + "".join(f"@string{{a{i + 1} = a{i} # a{i}}}\n" for i in range(60))
    parsed = bibfile.parse(f"{text}@misc{{k, note = {{x}}}}")
    assert max(map(len, parsed.macros.values())) < 10_000
    assert [entry.key for entry in parsed.entries] == ["k"]
    assert parsed.defects[0].code == "X06"


# ---------------------------------------------------------------- laws

PIECES = st.lists(
    st.sampled_from([*'{}()"#=,%@ \n', "\r\n", "\ufeff", "@misc{k", "@misc{k,", "\n@a{b,\n", "@string{x =", "@comment"])
    | st.sampled_from(["title = {a}", "x", "note = ", "{b}", '"c"', "\\", "é", "\n@misc(k,", "@preamble{", "me@home"])
    | st.text(max_size=4),
    max_size=30,
).map("".join)


@given(PIECES)
def test_nothing_makes_it_raise_and_everything_given_stands_in_the_text(text: str) -> None:
    parsed = bibfile.parse(text)
    for entry in parsed.entries:
        first, last = entry.lines
        assert entry.raw in text
        assert last - first == entry.raw.count("\n")
        assert all(first <= field.line <= last and (field.raw or field.value) in entry.raw for field in entry.fields)
        assert entry.raw in "\n".join(text.split("\n")[first - 1 : last])
    lines = text.count("\n") + 1
    assert all(block.raw in text and 1 <= block.line <= lines for block in parsed.blocks)
    for defect in parsed.defects:
        assert defect.code in CODES
        assert 1 <= defect.line <= lines
        assert defect.raw is None or defect.raw in text


@given(st.lists(st.sampled_from([LOVELACE, HOPPER, "a stray line\n", *(broken for broken, *_ in BROKEN)]), max_size=8))
def test_every_entry_of_the_file_is_given_or_refused(parts: list[str]) -> None:
    text = "".join(parts)
    parsed = bibfile.parse(text)
    assert len(parsed.entries) + len(parsed.refused) == len(re.findall(r"^@\w+[{(]", text, re.MULTILINE))
    assert [entry.raw for entry in parsed.entries] == [part.rstrip() for part in parts if part in (LOVELACE, HOPPER)]


@pytest.mark.parametrize(
    "piece",
    [
        "@a{k, x={",
        "\n@a{k, x={",
        "@a{ ",
        "% @a{ ",
        "x@a{ ",
        '\n@a{k, x="{',
        "\n@comment{",
        "\n@a{k,,",
        "a # ",
        "{",
        " ",
    ],
)
def test_the_time_is_linear_on_hostile_text(piece: str) -> None:
    def seconds(times: int) -> float:
        began = time.process_time()
        for prefix, suffix in (("", ""), ("@a{k, x = {", ""), ("@a{k, x = a # ", ""), ("", "}" * times)):
            bibfile.parse(prefix + piece * times + suffix)
        return time.process_time() - began

    # Eight times the text: 64 times the time if it were quadratic.
    assert seconds(8_000) < 30 * max(seconds(1_000), 0.005)


# ---------------------------------------------------------------- other readers


def shared_texts(shared: Path) -> list[str]:
    suite = json.loads((shared / "suites" / "bib-to-csl.json").read_text("utf-8"))
    real = (shared / "perf" / "real-5000.bib").read_text("utf-8")
    return [*(case["input"] for case in suite["cases"]), real]


def told(text: str, left_out: frozenset[str] = frozenset()) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [
        (entry.key, entry.type, [(field.name, field.value) for field in entry.fields if field.name not in left_out])
        for entry in bibfile.parse(text).entries
    ]


def folded(entries: list[tuple[str, str, list[tuple[str, str]]]]) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [(key, kind, [(name, " ".join(value.split())) for name, value in fields]) for key, kind, fields in entries]


def test_bibtexparser_reads_the_same(shared: Path) -> None:
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    for text in shared_texts(shared):
        theirs = [
            (
                entry.key,
                entry.entry_type,
                # It leaves the macros of the months as they are.
                [(field.key.lower(), bibfile.MONTHS.get(str(field.value), str(field.value))) for field in entry.fields],
            )
            for entry in parsed_by_bibtexparser(text).entries
        ]
        if re.search(r"^\s*%|,\s*%", text, re.MULTILINE):
            continue  # it takes a comment inside an entry for a part of the next name
        assert folded(told(text)) == folded(theirs)


def test_pybtex_reads_the_same(shared: Path) -> None:
    names = frozenset({"author", "editor"})
    for text in shared_texts(shared):
        if bibfile.parse(text).defects or "family=" in text:
            continue  # it reads no comments in entries, and refuses biblatex's way to write the parts of a name
        theirs = [
            (entry.key, entry.type.lower(), [(name.lower(), value) for name, value in entry.fields.items()])
            for entry in pybtex_reader.Parser().parse_string(text).entries.values()
        ]
        assert folded(told(text, names)) == folded(theirs)
