"""Expressions that are compiled when they are used do what compiled ones do, and what is sought is all found."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import patterns


def test_it_does_what_the_compiled_one_does() -> None:
    later, now = (module.compile(r"(?P<year>\d{4})", re.ASCII) for module in (patterns, re))
    text = "from 1843 to 1852"
    assert [found["year"] for found in later.finditer(text, 6)] == [found["year"] for found in now.finditer(text, 6)]
    assert later.sub("then", text) == now.sub("then", text) == "from then to then"
    assert (later.pattern, later.flags, later.groups) == (now.pattern, now.flags, now.groups)


def test_nothing_is_compiled_before_it_is_used() -> None:
    broken = patterns.compile("(")
    with pytest.raises(re.error):
        broken.match("")


@given(st.text(alphabet="ab ", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_what_is_sought_is_found_wherever_one_begins_to_ask(text: str, asked: list[tuple[int, int]]) -> None:
    def find(start: int) -> Iterator[tuple[int, int, str]]:
        for found in re.finditer("a", text[start:]):
            yield start + found.start(), start + found.end(), found[0]

    sought = patterns.Sought(find)
    for start, end in asked:
        found = [one for one in sought.between(start, end) if start <= one[0] < end]
        assert found == [one for one in find(start) if one[0] < end]
