"""Any text is read in time that grows as its size does. Steps are counted, since clocks differ."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from types import FrameType

import pytest

from pubtools.layouts import freeform
from pubtools.models import Reading
from pubtools.page import Page

ENTRY = "A. Lovelace and C. Babbage. On looms. Annals of Looms 3 (2020) 1-20."


def noise(size: int) -> str:
    letters = random.Random(size)  # noqa: S311
    return "\n".join("".join(chr(letters.randrange(32, 0x3000)) for _ in range(20)) for _ in range(size))


PAGES: dict[str, Callable[[int], str]] = {
    "entries": lambda size: "\n".join([ENTRY] * size),
    "bullets": lambda size: "Publications\n" + f"* {ENTRY}\n" * size,
    "numbers": lambda size: "\n".join(f"{number % 900}. {ENTRY}" for number in range(size)),
    "blank lines": lambda size: "\n" * size,
    "names": lambda size: "Ada Lovelace, Charles Babbage\n" * size,
    "titles": lambda size: "On looms that think\n" * size,
    "years": lambda size: "2020\n" * size,
    "headings": lambda size: "Publications\n\n" * size,
    "open bibliography": lambda size: "@article{looms,\n" * size,
    "links": lambda size: "[PDF] [Code]\n" * size,
    "hyphens": lambda size: "a word that is bro-\nken here\n" * size,
    "indents": lambda size: "\n".join(" " * (number % 60) + "On looms, 2020" for number in range(size)),
    "kinds": lambda size: "Research output: Article › Academic\nJournal article\n" * size,
    "counted": lambda size: "\n".join(f"{number}\nOn looms that think, 2020" for number in range(1, size)),
    "orcid": lambda size: "On looms\n2020 | Journal article\nDOI: 10.5555/looms.1\n" * size,
    "law reviews": lambda size: "The Law of Looms, 62 Loom L. Rev. 493 (2001)\n" * size,
    "noise": noise,
}


def steps(text: str) -> int:
    """How many functions are called to read `text`, ours and others'."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    page = Page.from_text(text)
    sys.setprofile(seen)
    try:
        freeform.read(page)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("make", PAGES.values(), ids=PAGES.keys())
def test_twice_the_lines_take_about_twice_the_steps(make: Callable[[int], str]) -> None:
    for text in (ENTRY, make(399)):
        freeform.read(Page.from_text(text))  # imports, and expressions that are compiled once
    assert steps(make(400)) < 2.6 * steps(make(200)) + 2000


def read(text: str) -> Reading:
    return freeform.read(Page.from_text(text))


def test_many_lines_of_prose_hold_no_entry() -> None:
    reading = read("We think that looms do not think, but we may be wrong.\n" * 20_000)
    assert reading.entries == ()
    assert len(reading.unread) == 20_000


@pytest.mark.parametrize(
    "line",
    [
        "a" * 10_000_000,
        "word " * 2_000_000,
        "[" * 10_000 + "]" * 10_000,
        "(" * 10_000 + ")" * 10_000,
        "{" * 1_000_000,
        "Ada Lovelace, " * 700_000,
        "[a](http://b.c) " * 100_000,
        "*a* " * 100_000,
        "*" * 1_000_000,
        "2020 " * 100_000,
        "10.1/" * 100_000,
        "A. " * 100_000,
        '"' * 1_000_000,
        "1-" * 300_000,
    ],
    ids=lambda line: line[:6],
)
def test_a_line_as_long_as_a_page_is_unread(line: str) -> None:
    for heading in ("", "Publications\n\n"):
        reading = read(heading + line)
        assert reading.entries == ()
        assert set(reading.unread) <= {1, 3}
