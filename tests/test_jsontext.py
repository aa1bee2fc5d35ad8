"""JSON for diffs."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from pubtools import jsontext

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=12,
)


@given(values)
def test_it_reads_back_as_what_was_written(value):
    assert json.loads(jsontext.dumps(value)) == value


@given(st.lists(values, max_size=3))
def test_a_list_is_written_member_by_member_as_it_is_as_a_whole(several):
    objects = [{"of": value, "names": [{"family": "Roe"}]} for value in several]
    assert jsontext.array([jsontext.text(one, " ") for one in objects]) == jsontext.dumps(objects)


def test_small_things_stay_on_one_line_and_structure_is_broken():
    names = [{"literal": "Ada Lovelace"}, {"literal": "Jo Roe", "given": "Jo"}]
    assert jsontext.dumps({"title": "é", "names": names, "lines": [1, 2]}) == (
        '{\n "title": "é",\n "names": [\n  {"literal": "Ada Lovelace"},\n'
        '  {"literal": "Jo Roe", "given": "Jo"}\n ],\n "lines": [1, 2]\n}\n'
    )
