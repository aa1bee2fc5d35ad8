from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import letters


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada  Lovelace!", "ada lovelace"),
        ("Poincaré", "poincare"),
        ("Poincare\u0301", "poincare"),
        ("O'Neill", "oneill"),
        ("O\u2019Neill", "oneill"),
        ("Łukasz Søren Đoković Weiß Æsir", "lukasz soren dokovic weiss aesir"),
        ("Ivashynka-Saxe", "ivashynka saxe"),
        ("İstanbul ısı", "istanbul isi"),
        ("x_y", "x y"),
        ("王小明", "王小明"),
        ("Пётр", "петр"),
        ("ﬁn", "fin"),
        ("", ""),
    ],
)
def test_spellings_of_one_word_fold_together(text: str, expected: str) -> None:
    assert letters.fold(text) == expected


def test_marks_of_other_scripts_are_letters() -> None:
    assert letters.fold("हिन्दी") != letters.fold("हन्द")


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert letters.fold(letters.fold(text)) == letters.fold(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Raventós", "raventos"), ("王小明", "wangxiaoming"), ("Łukasz", "lukasz"), ("O'Neill", "oneill"), ("?", "")],
)
def test_keys_are_ascii(text: str, expected: str) -> None:
    assert letters.ascii_letters(text) == expected


@given(st.text())
def test_ascii_letters_are_ascii_letters(text: str) -> None:
    assert re.fullmatch("[a-z0-9]*", letters.ascii_letters(text))
