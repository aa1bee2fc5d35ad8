"""The markers of a file: what is between them is ours, and all else is the user's to the last byte."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import markers
from pubtools.errors import InputError

START, END = "<!-- pubtools:start -->", "<!-- pubtools:end -->"


def replaced(text: str, content: str = "- New\n", block: str = "", *, allow_empty: bool = False) -> str:
    return markers.replace(text, content, block, path="README.md", allow_empty=allow_empty)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"a\n{START}\n{END}\nb\n", f"a\n{START}\n\n- New\n\n{END}\nb\n"),
        (f"a\n{START}\n\n- Old\n- Older\n\n{END}\nb\n", f"a\n{START}\n\n- New\n\n{END}\nb\n"),
        (f"{START}{END}", f"{START}\n\n- New\n\n{END}"),  # no final newline, and none at all
        (f"a\r\n{START}\r\n- Old\r\n{END}\r\nb", f"a\r\n{START}\r\n\r\n- New\r\n\r\n{END}\r\nb"),
        (f"a\r{START}\r- Old\r{END}\rb", f"a\r{START}\r\r- New\r\r{END}\rb"),
        (f"a\r\n{START}\n- Old\r\n{END}\r\n", f"a\r\n{START}\n\n- New\n\n{END}\r\n"),  # mixed: those of the marker
        (f"\ufeff{START}\n{END}\n", f"\ufeff{START}\n\n- New\n\n{END}\n"),
        (f"* x\n  {START}\n  - Old\n  {END} y\n", f"* x\n  {START}\n\n- New\n\n  {END} y\n"),
        (f"a {START} b\n{START}\n{END}\n`{END}`", f"a {START} b\n{START}\n\n- New\n\n{END}\n`{END}`"),
        ("<!--pubtools:start-->\n<!--PubTools:End -->", "<!--pubtools:start-->\n\n- New\n\n<!--PubTools:End -->"),
        ("% pubtools:start\nold\n%% pubtools:end\n", "% pubtools:start\n\n- New\n\n%% pubtools:end\n"),
    ],
)
def test_what_stands_between_the_markers_is_replaced(before: str, after: str) -> None:
    assert replaced(before) == after
    assert replaced(after) == after


def test_a_block_is_chosen_by_its_name() -> None:
    text = "<!-- pubtools:start a -->\n<!-- pubtools:end a -->\n<!-- pubtools:start b.2 -->\n<!-- pubtools:end -->\n"
    after = "<!-- pubtools:start a -->\n<!-- pubtools:end a -->\n<!-- pubtools:start b.2 -->\n\n- New\n\n"
    assert replaced(text, block="b.2") == f"{after}{END}\n"


def test_only_line_feeds_part_the_lines_of_the_content() -> None:
    assert replaced(f"{START}\r\n{END}", "a\u2028b\x0cc\n") == f"{START}\r\n\r\na\u2028b\x0cc\r\n\r\n{END}"


@pytest.mark.parametrize(
    ("text", "block", "line", "says"),
    [
        ("nothing\n", "", None, "has not the block without a name"),
        (f"a {START}\nb {END}\n", "", None, "has not"),
        (f"{START}\n{END}\n", "cv", None, "has not the block 'cv'"),
        ("<!-- pubtools:start cv -->\n<!-- pubtools:end cv -->\n", "", None, "--block cv"),
        (f"{START}\n{END}\n\n{START}\n{END}\n", "", 4, "twice, first on line 1"),
        (f"{START}\r{START}\r{END}", "", 2, "begins on line 1"),
        (f"{START}\r\n<!-- pubtools:start cv -->\r\n{END}", "cv", 2, "begins on line 1"),
        (f"a\n{END}\n{START}\n", "", 2, "has not begun"),
        (f"{START}\n{END}\n{END}\n", "", 3, "has not begun"),
        (f"{START}\n{END}\n<!-- pubtools:start cv -->\n", "", 3, "'cv' has no end"),
        ("<!-- pubtools:start a -->\n<!-- pubtools:end b -->\n", "a", 2, "'b' within the block 'a'"),
        ("<!-- pubtools:begin -->\n", "", 1, "cannot be read"),
        ("<!-- pubtools:start a b -->\n", "", 1, "cannot be read"),
        ("<!-- pubtools:start\n-->\n", "", 1, "cannot be read"),
        ("x\n% pubtools:\n", "", 2, "cannot be read"),
    ],
)
def test_markers_that_are_not_sound_are_named_with_their_line(
    text: str, block: str, line: int | None, says: str
) -> None:
    with pytest.raises(InputError, match=re.escape(says)) as caught:
        replaced(text, block=block)
    assert (caught.value.path, caught.value.line) == ("README.md", line)
    assert caught.value.hint


def test_a_block_that_says_something_is_emptied_on_demand_only() -> None:
    full = f"a\n{START}\n\n- Old\n\n{END}\n"
    for nothing in ("", "[]\n"):
        with pytest.raises(InputError, match="--allow-empty") as caught:
            replaced(full, nothing)
        assert caught.value.line == 2
    assert replaced(full, "", allow_empty=True) == f"a\n{START}\n{END}\n"
    assert replaced(f"{START}\n \n{END}\n", "") == f"{START}\n{END}\n"


@pytest.mark.parametrize(
    "content", [f"a\n{END}\n", "% pubtools:end\n", "  <!-- pubtools:what", f"a\n\ufeff{END}", f"a\r{END}"]
)
def test_a_content_with_a_marker_is_refused(content: str) -> None:
    with pytest.raises(InputError, match="has a marker in it"):
        replaced(f"{START}\n{END}\n", content)


# ---------------------------------------------------------------- laws

# What a user may have there, but for a marker at the beginning of a line.
PIECES = ["a", " ", "\t", "\n", "\r\n", "\r", "- x", f"a {START}", "<!--", "pubtools", "%", "\u2028", "é"]
TEXT = st.lists(st.sampled_from(PIECES)).map(lambda pieces: "x" + "".join(pieces))
LINE = st.text(st.characters(exclude_characters="\r", codec="utf-8"))
CONTENT = st.lists(LINE.map(lambda line: f"x{line}"), min_size=1).map("\n".join)


@given(TEXT, TEXT, TEXT, CONTENT, st.sampled_from(["\n", "\r\n", "\r"]))
def test_all_else_stays_and_twice_is_once(before: str, old: str, after: str, content: str, newline: str) -> None:
    head = f"{before}{newline}{START}"
    tail = f"{END}{newline}{after}"
    once = replaced(f"{head}{newline}{old}{newline}{tail}", content, allow_empty=True)
    assert once.startswith(head)
    assert once.endswith(tail)
    inside = once[len(head) : len(once) - len(tail)]
    assert inside == newline * 2 + content.strip("\n").replace("\n", newline) + newline * 2
    assert replaced(once, content) == once
