from __future__ import annotations

import unicodedata
from difflib import SequenceMatcher

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import titles


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Attention Is All You Need", "attention is all you need."),
        ("Poincaré's Conjecture", "Poincare\u2019s conjecture"),
        ("Schrödinger Bridges", unicodedata.normalize("NFD", "Schrödinger bridges")),
        ("Schrödinger Bridges", 'Schr{\\"o}dinger Bridges'),
        ("The {RL} Perceptron", "The RL Perceptron"),
        ("On $k$-means & \\emph{friends}", "On k-means and friends"),
        ("Optimisation and generalisation", "Optimization and Generalization"),
        ("Pre-training: why?", "Pretraining -- why"),
    ],
)
def test_titles_that_differ_in_spelling_alone_are_alike(one: str, other: str) -> None:
    assert titles.likeness(one, other) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Learning, Part I", "Learning, Part II"),
        ("Attention Is All You Need", "Attention Is Not All You Need"),
        ("学习", "注意"),
        ("Introduction", "Introductions"),
    ],
)
def test_other_titles_are_not(one: str, other: str) -> None:
    assert titles.likeness(one, other) < 1.0


def test_topic_words_are_folded_and_without_plural_and_small_words() -> None:
    assert titles.topic_words("On the Biases of Networks") == {"biase", "network"}
    assert titles.topic_words("Loss and glass") == {"loss", "glass"}


@given(st.text(), st.text())
def test_likeness_is_in_bounds_and_reflexive(one: str, other: str) -> None:
    assert 0.0 <= titles.likeness(one, other) <= 1.0
    assert titles.likeness(one, one) == 1.0


@given(st.text("abc", max_size=40), st.text("abc", max_size=40))
def test_no_matcher_finds_more_letters_in_one_order_than_are_counted(one: str, other: str) -> None:
    matched = sum(block.size for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())
    longest = titles._in_order(one, other)
    assert longest == titles._in_order(other, one)
    assert matched <= longest <= min(len(one), len(other))


@pytest.mark.parametrize(
    ("one", "other", "longest"),
    [("", "", 0), ("abc", "", 0), ("abc", "abc", 3), ("abc", "cba", 1), ("abcbdab", "bdcaba", 4), ("aab", "aba", 2)],
)
def test_letters_in_one_order_are_counted(one: str, other: str, longest: int) -> None:
    assert titles._in_order(one, other) == longest


@given(st.text("abcde ", max_size=12), st.text("abcde ", max_size=12))
def test_likeness_has_no_first_and_second(one: str, other: str) -> None:
    assert titles.likeness(one, other) == titles.likeness(other, one)


@given(st.text() | st.text("aeizsd& {}$\\'"))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert titles.fold(titles.fold(text)) == titles.fold(text)
