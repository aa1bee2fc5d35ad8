from __future__ import annotations

import pytest

from pubtools.fields import bylines


@pytest.mark.parametrize(
    "text",
    [
        "AM Saxe",
        "A Lovelace, LF Menabrea, ...",
        "A Lovelace, LF Menabrea…",
        "S Sarao Mannelli, J van der Waals, J-P Serre",
        "The Engine Collaboration, A Lovelace",
        "王小明, A Lovelace",
    ],
)
def test_authors_with_their_initials_first(text: str) -> None:
    assert bylines.is_abbreviated(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "Ada Lovelace, Charles Babbage",
        "Lovelace A, Babbage C",
        "On looms, wheels and flowers",
        "A Loom: Its Wheels",
        "Nature 323, 533",
        "a loom, a wheel",
        "IEEE",
        "A Lovelace, " * 1000,
    ],
)
def test_anything_else(text: str) -> None:
    assert not bylines.is_abbreviated(text)
