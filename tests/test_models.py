from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from pubtools.models import (
    ArxivId,
    Authors,
    Facts,
    Name,
    PartialDate,
    Prose,
    RawEntry,
    Reading,
    Refusal,
    Sighting,
    Snippet,
    Source,
)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"day": 3},
        {"year": 2024, "day": 3},
        {"month": 0},
        {"month": 13},
        {"year": 2023, "month": 2, "day": 29},
        {"month": 2, "day": 30},
        {"year": 999},
        {"month": 5, "inferred": True},
    ],
)
def test_what_is_no_date_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PartialDate(**parts)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({"year": 2024}, (2024,)),
        ({"year": 2024, "month": 6}, (2024, 6)),
        ({"year": 2024, "month": 2, "day": 29}, (2024, 2, 29)),
        ({"month": 2, "day": 29}, ()),
    ],
)
def test_the_parts_of_a_date_have_no_gap(parts: dict[str, Any], expected: tuple[int, ...]) -> None:
    assert PartialDate(**parts).parts == expected


@pytest.mark.parametrize(
    "make",
    [
        lambda: Name(literal=" "),
        lambda: Name(literal="Ada Lovelace", given="Ada"),
        lambda: Name(literal="Ada Lovelace", split_by="last-word"),
        lambda: Authors(names=()),
        lambda: Prose(text=""),
        lambda: ArxivId(number="2107.05580v1"),
        lambda: ArxivId(number="2107.05580", version=0),
        lambda: Facts(doi="10.1103/PhysRevE.1"),
        lambda: Facts(doi="https://doi.org/10.1103/x"),
        lambda: Source(kind="profile", locator="a.txt", trust=101),
        lambda: Sighting(source=Source(kind="profile", locator="a.txt"), facts=Facts(), lines=(0, 1)),
        lambda: Facts.model_validate({"titel": "A Title"}),
    ],
)
def test_a_value_that_breaks_a_promise_is_refused(make: Any) -> None:
    with pytest.raises(ValidationError):
        make()


def test_models_are_frozen() -> None:
    name = Name(literal="Plato")
    with pytest.raises(ValidationError):
        name.literal = "Aristotle"  # type: ignore[misc]


def cut(title: str = "A Title", authors: str | None = None) -> RawEntry | Refusal:
    return RawEntry.cut(
        lines=(3, 5),
        title={"text": title, "line": 3},
        authors={"text": authors, "line": 4} if authors is not None else None,
    )


@pytest.mark.parametrize(
    "authors",
    [
        None,
        "Ada Lovelace",
        "Ada Lovelace, Charles Babbage et al.",
        "Ada Lovelace and others",
        "Juan de la Cruz y Garcia, Ludwig van der Berg",
        "Ada Lovelace and Charles Babbage and Mary Somerville and Luigi Menabrea and Bob Byron and Alexander Anderson",
        "Ada Lovelace&Charles Babbage& Mary Somerville &Luigi Menabrea & Bob Byron& Alexander Anderson",
        "The ATLAS Collaboration",
        "Plato",
        "王小明, 李雷",
        "Ada Lovelace1,2*, Charles Babbage†",
        "Ada Lovelace 0000-0002-1825-0097, Charles Babbage",
    ],
)
def test_what_may_be_names_is_an_entry(authors: str | None) -> None:
    assert isinstance(cut(authors=authors), RawEntry)


@pytest.mark.parametrize(
    "authors",
    [
        "we wrote this with everybody in the seminar",
        "Artificial neural networks often struggle with catastrophic forgetting",
        "Accepted at NeurIPS 2024",
        "in press",
        "100% of A & B",
        "ada@example.org",
        "https://example.org/ada",
        "What is this?",
        " ",
    ],
)
def test_a_sentence_or_a_label_in_the_place_of_authors_is_refused(authors: str) -> None:
    refusal = cut(authors=authors)
    assert isinstance(refusal, Refusal)
    assert refusal.lines == (3, 5)
    assert refusal.reason


@pytest.mark.parametrize(
    "authors", ["Ada Lovelace, Charles Babbage, et al.", "Lovelace, Ada; et al.", "Ada Lovelace & et al."]
)
def test_et_al_after_a_comma_is_an_entry(authors: str) -> None:
    assert isinstance(cut(authors=authors), RawEntry)


def test_the_longest_name_is_an_entry() -> None:
    assert isinstance(cut(authors="Maria de los Angeles van der Berg y Garcia Jr"), RawEntry)


@pytest.mark.parametrize(("title", "accepted"), [("x" * 500, True), ("x" * 501, False), ("...", False), ("", False)])
def test_a_paragraph_or_a_mark_is_no_title(title: str, accepted: bool) -> None:
    assert isinstance(cut(title), RawEntry) == accepted


def test_a_snippet_is_stripped_and_has_text_and_a_line() -> None:
    assert Snippet(text=" Ada ", line=1) == Snippet(text="Ada", line=1)
    for text, line in ((" ", 1), ("", 1), ("Ada", 0)):
        with pytest.raises(ValueError, match="no stretch of a page"):
            Snippet(text=text, line=line)


@pytest.mark.parametrize(
    "title", [{"text": "A Title", "line": 0}, {"text": "A Title", "line": 3, "page": 7}, "A Title"]
)
def test_what_is_no_snippet_is_refused_with_the_name_of_the_field(title: object) -> None:
    refusal = RawEntry.cut(lines=(3, 5), title=title)
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith("title")


def test_an_entry_without_a_title_is_refused_with_the_name_of_the_field() -> None:
    refusal = RawEntry.cut(lines=(3, 5), title=None)
    assert isinstance(refusal, Refusal)
    assert refusal.reason.startswith("title")


def test_a_reading_parts_entries_from_refusals_and_keeps_their_order() -> None:
    entries = [RawEntry(title=Snippet(text=title, line=1), lines=(1, 1)) for title in "AB"]
    refusal = Refusal(lines=(2, 2), reason="no names")
    reading = Reading.of([entries[0], refusal, entries[1]], unread=(7,))
    assert reading.entries == tuple(entries)
    assert reading.refused == (refusal,)
    assert reading.unread == (7,)


def test_a_reading_renumbered_has_every_line_number_moved() -> None:
    def reading(by: int) -> Reading:
        here = {"text": "Ada", "line": 1 + by}
        entry = {
            "title": here,
            "links": (here,),
            "guesses": ({"field": "title", "reason": "no", "line": 1 + by},),
            "lines": (1 + by, 2 + by),
        }
        return Reading.model_validate(
            {
                "entries": (entry,),
                "refused": ({"lines": (3 + by, 4 + by), "reason": "no"},),
                "news": ({"text": here},),
                "owner": here,
                "declared": {"count": 7, "line": 5 + by},
                "unread": (6 + by, 7 + by),
            }
        )

    assert reading(0).renumbered(lambda line: line + 10) == reading(10)
    assert reading(0).renumbered(lambda _: 1).unread == (1,)
