from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import dates
from pubtools.models import PartialDate

MONTHS = "January February March April May June July August September October November December".split()


def parts(text: str) -> tuple[int | None, int | None, int | None] | None:
    found = dates.parse(text)
    return (found.year, found.month, found.day) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Jun 16, 2022", (2022, 6, 16)),
        ("JUNE 16,2022", (2022, 6, 16)),
        ("Jun. 16 2022", (2022, 6, 16)),
        ("Sept 3rd, 2021", (2021, 9, 3)),
        ("16 June 2022", (2022, 6, 16)),
        ("2010 Mar 18", (2010, 3, 18)),
        ("2004, May", (2004, 5, None)),
        ("1993a", (1993, None, None)),
        ("8. Mai 2020", (2020, 5, 8)),
        ("2020a, June 15", (2020, 6, 15)),
        ("2020b, 15 juin", (2020, 6, 15)),
        ("04.03.2022", (2022, 3, 4)),
        ("4. 3. 2022", (2022, 3, 4)),
        ("03.2010", (2010, 3, None)),
        ("août 2013", (2013, 8, None)),
        ("3 de maio de 2019", (2019, 5, 3)),
        ("październik 2019", (2019, 10, None)),
        ("1st of June 2022", None),
        ("16th Jun, 2022", (2022, 6, 16)),
        ("June 2024", (2024, 6, None)),
        ("Feb1993", (1993, 2, None)),
        ("Oct .2008", (2008, 10, None)),
        ("Loom2008", None),
        ("Sept, 2024", (2024, 9, None)),
        ("2024-06-16", (2024, 6, 16)),
        ("2024-06", (2024, 6, None)),
        ("2024", (2024, None, None)),
        (" 2024 ", (2024, None, None)),
    ],
)
def test_a_date_is_read_in_its_forms(text: str, expected: tuple[int | None, int | None, int | None] | None) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("May 19", (None, 5, 19)), ("19 May", (None, 5, 19)), ("May", (None, 5, None))]
)
def test_a_year_that_is_not_written_is_not_invented(text: str, expected: tuple[int | None, ...]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "19", "May 0", "May 32, 2021", "Feb 30, 2021", "Feb 29, 2023", "2024-13", "2024-00-01",
        "June 2024 and later",
        "in 2024", "2024/2025", "Brumaire 2024", "12345", "0999", "3024", "\u017fept 2024", "\u0662\u0660\u0662\u0664",
        "2024-6", "04/03/2022", "13.2010", "32.1.2022", "30.02.2022",
    ],
)  # fmt: skip
def test_what_is_not_wholly_a_date_that_exists_is_none(text: str) -> None:
    assert dates.parse(text) is None


def test_29_february_without_a_year_may_exist() -> None:
    assert parts("Feb 29") == (None, 2, 29)


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from([3, 9]))
def test_every_day_is_read_as_it_is_shown(day: date, letters: int) -> None:
    month = MONTHS[day.month - 1][:letters]
    expected = (day.year, day.month, day.day)
    for shown in (
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{day.year:04}-{day.month:02}-{day.day:02}",
    ):
        assert parts(shown) == expected
    assert parts(f"{month} {day.year}") == (day.year, day.month, None)
    assert parts(f"{month} {day.day}") == (None, day.month, day.day)


@given(st.text() | st.from_regex(r"[A-Za-z]{3,9}\.? \d{1,4}(, \d{4})?", fullmatch=True))
def test_no_text_raises(text: str) -> None:
    dates.parse(text)
    dates.cut_from_end(text)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("LGJun 16, 2022", ("LG", "Jun 16, 2022")),
        ("LGMay 19", ("LG", "May 19")),
        ("LGMay 19 2024", ("LG", "May 19 2024")),
        ("MAMar 3, 2020", ("MA", "Mar 3, 2020")),
        ("DCDec 10, 2020", ("DC", "Dec 10, 2020")),
        ("cond-mat.dis-nnJan 1, 2020", ("cond-mat.dis-nn", "Jan 1, 2020")),
        ("LG Jun 16, 2022", ("LG ", "Jun 16, 2022")),
        ("quantitative-financeSeptember. 16th, 2022", ("quantitative-finance", "September. 16th, 2022")),
        ("May 19", ("", "May 19")),
        ("LGJune 2022", None),
        ("LG2022", None),
        ("LGJun 16, 2022.", None),
    ],
)
def test_a_date_is_cut_from_the_end_of_a_line(line: str, expected: tuple[str, str] | None) -> None:
    assert dates.cut_from_end(line) == expected


@pytest.mark.parametrize(
    ("partial", "as_of", "year"),
    [
        ((5, 19), date(2026, 6, 1), 2026),
        ((6, 1), date(2026, 6, 1), 2026),
        ((6, 2), date(2026, 6, 1), 2025),
        ((12, 31), date(2026, 1, 1), 2025),
        ((6, None), date(2026, 6, 1), 2026),
        ((2, 29), date(2026, 6, 1), 2024),
        ((2, 29), date(2024, 2, 28), 2020),
        ((2, 29), date(2100, 6, 1), 2096),
    ],
)
def test_the_year_is_the_latest_that_is_not_after_the_day_the_page_was_saved(
    partial: tuple[int, int | None], as_of: date, year: int
) -> None:
    found = dates.with_year(PartialDate(month=partial[0], day=partial[1]), as_of)
    assert (found.year, found.month, found.day, found.inferred) == (year, *partial, True)


@given(st.dates(date(1904, 1, 1), date(2999, 12, 31)), st.dates(date(1904, 1, 1), date(2999, 12, 31)))
def test_an_inferred_date_is_at_most_as_of_and_a_written_year_stays(day: date, as_of: date) -> None:
    found = dates.with_year(PartialDate(month=day.month, day=day.day), as_of)
    assert found.year
    assert date(found.year, day.month, day.day) <= as_of
    whole = PartialDate(year=day.year, month=day.month, day=day.day)
    assert dates.with_year(whole, as_of) == whole


def test_a_text_with_a_month_holds_one() -> None:
    for name in dates._MONTHS:
        for text in (name, f"12 {name.upper()}. 1843", f"(Looms,{name.title()} 3", f"x-{name}"):
            assert dates.holds_month(text)
            assert re.search(rf"\b{dates.MONTH}", text), text
    assert not dates.holds_month("Mayor Marchand, 12 Decembers")
