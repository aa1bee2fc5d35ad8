"""The recipe of a key."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import citekeys
from pubtools.fields import names
from pubtools.models import Authors, Facts, PartialDate


@pytest.mark.parametrize(
    ("author", "year", "title", "key"),
    [
        ("Sarao Mannelli, Stefano", 2024, "Tilting the Odds at the Lottery", "saraomannelli2024tilting"),
        ("Jan van der Berg", 2020, "A study of tides", "vanderberg2020study"),
        ("Allan Raventós", 2020, "The Tides", "raventos2020tides"),
        ("Søren Łukaszewicz-Ærø", 2020, "Saddle-to-Saddle", "lukaszewiczaero2020saddle"),
        ("Frank Weiß", 2020, "Äpfel", "weiss2020apfel"),
        ("王小明", 2020, "深度学习", "wangxiaoming2020shenduxuexi"),
        ("The ATLAS Collaboration", 2020, "Search", "theatlascollaboration2020search"),
        ("Ada Lovelace", None, "On the tides", "lovelacetides"),
        (None, 2020, "On the tides", "anon2020tides"),
        ("Ada Lovelace", 2020, "0", "lovelace20200"),
        ("Ada Lovelace", 2020, "The The", "lovelace2020the"),
        ("Ada Lovelace", 2020, "Maslow's hammer", "lovelace2020maslows"),
    ],
)
def test_a_key_is_family_name_year_and_first_title_word(author, year, title, key):
    authors = Authors(names=(names.parse(author),)) if author else None
    assert citekeys.base(Facts(title=title, authors=authors, date=PartialDate(year=year) if year else None)) == key


def test_a_taken_key_gets_the_first_free_suffix():
    facts = Facts(title="Tides")
    taken = {"anontides", *(f"anontides{chr(97 + n)}" for n in range(26))}
    assert citekeys.mint(facts, ()) == "anontides"
    assert citekeys.mint(facts, {"anontides"}) == "anontidesa"
    assert citekeys.mint(facts, {"anontides", "anontidesa"}) == "anontidesb"
    assert citekeys.mint(facts, taken) == "anontidesaa"


@given(st.text(min_size=1).filter(str.strip), st.text(min_size=1).filter(str.strip))
def test_a_key_is_ascii_whatever_the_name_and_the_title(name, title):
    facts = Facts(title=title, authors=Authors(names=(names.parse(name),)))
    assert re.fullmatch("[a-z0-9]+", citekeys.base(facts))
