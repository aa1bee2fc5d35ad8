"""What stands behind a title and is none of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.layouts.freeform import _ends


@pytest.mark.parametrize(
    ("text", "title", "said"),
    [
        ("Weaving the torus (2nd ed.)", "Weaving the torus", {"edition": "2"}),
        ("Weaving the torus (Rev. ed.).", "Weaving the torus", {"edition": "Rev"}),
        ("Weaving the torus (3rd ed., Vol. 2)", "Weaving the torus", {"edition": "3", "volume": "2"}),
        ("Der Webstuhl (2., überarbeitete Aufl.)", "Der Webstuhl", {"edition": "2"}),
        ("Le métier (2e éd.)", "Le métier", {"edition": "2"}),
        ("El telar (2.ª ed.)", "El telar", {"edition": "2"}),
        ("Dust (Report No. TR-12/3)", "Dust", {"genre": "Report", "number": "TR-12/3", "kind": "report"}),
        ("Dust (Working Paper 21-07)", "Dust", {"genre": "Working Paper", "number": "21-07", "kind": "report"}),
        ("Mills (Publication No. 1234)", "Mills", {"genre": "Publication", "number": "1234"}),
        (
            "Pattern (U.S. Patent No. 7,123,456)",
            "Pattern",
            {"genre": "U.S. Patent", "number": "7,123,456", "kind": "patent"},
        ),
        ("loomkit (Version 2.0.1) [Computer software]", "loomkit", {"version": "2.0.1", "kind": "software"}),
        ("Counts [Data set]", "Counts", {"kind": "dataset"}),
        ("A guide [WWW Document]", "A guide", {}),
        ("Der Webstuhl. 2. Auflage", "Der Webstuhl", {"edition": "2"}),
        (
            "On looms and their groups. (English) Zbl 1512.68001",
            "On looms and their groups",
            {"note": "Zbl 1512.68001"},
        ),
        ("织机综述[J]", "织机综述", {"kind": "article-journal"}),
        ("织机史[M/OL].", "织机史", {"kind": "book"}),
        # what only looks like it
        ("On looms (2nd part)", "On looms (2nd part)", {}),
        ("On looms (a report)", "On looms (a report)", {}),
        ("On looms (White Paper 2020)", "On looms (White Paper 2020)", {}),
        ("On looms [1843]", "On looms [1843]", {}),
        ("(Version 1.2)", "(Version 1.2)", {}),
        ("The 2nd edition", "The 2nd edition", {}),
        ("Report on the language, version 1.2", "Report on the language, version 1.2", {}),
    ],
)
def test_what_stands_behind_a_title_is_told_apart(text: str, title: str, said: dict[str, str]) -> None:
    found, parts = _ends.cut(text)
    assert (found, {part.field: part.text for part in parts}) == (title, said)
    assert all(part.text in text[part.start : part.end] for part in parts if part.field != "kind")


@given(
    st.lists(st.sampled_from(["(", ")", "[", "]", "2nd ed.", "Data set", "No. 7", "Report ", ", ", ". ", "Looms", " "]))
)
def test_the_title_is_the_beginning_of_the_text_and_twice_is_once(pieces: list[str]) -> None:
    text = "".join(pieces)
    title, parts = _ends.cut(text)
    assert text.startswith(title)
    assert all(0 <= part.start <= part.end <= len(text) for part in parts)
    if not parts:
        assert title == text
