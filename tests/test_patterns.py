"""Expressions that are compiled when they are used do what compiled ones do."""

from __future__ import annotations

import re

import pytest

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
