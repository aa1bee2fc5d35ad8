"""The user's word is final, and a row that does nothing is named."""

from __future__ import annotations

import pytest

from pubtools import config as configs
from pubtools import pipeline
from pubtools.errors import ConfigError
from pubtools.library import Library
from pubtools.models import PartialDate, Venue
from pubtools.page import Page

PAGE = """Ada Lovelace's papers

3 papers

LGJun 16, 2022
Weaving algebraic patterns on looms

Ada Lovelace, Mary Somerville

A short abstract of the first.

LGMay 19, 2021
Tables of numbers and their errors

Ada Lovelace, Charles Babbage

A short abstract of the second.

LGMay 19, 2021
Tables of the errors of numbers

Ada Lovelace, Charles Babbage

A short abstract of the third.
"""


def run(rows: str, library: Library | None = None, page: str = PAGE) -> tuple[Library, pipeline.Report]:
    return pipeline.normalise(library or Library(), [Page.from_text(page, "page.txt")], configs.parse(rows))


def keys(library: Library) -> list[str]:
    return [record.key for record in library.publications]


def codes(report: pipeline.Report) -> list[str]:
    return [str(problem) for problem in report.problems if problem.code == "M03"]


def test_facts_that_are_set_beat_every_source():
    library, _ = run(
        """
        [[corrections]]
        key = "lovelace2022weaving"
        [corrections.set]
        title = "Weaving Algebraic Patterns"
        date = 2023-02
        authors = ["Lovelace, Ada", "Mary Somerville"]
        kind = "article-journal"
        venue = "Annals of Looms"
        volume = "12"
        doi = "https://doi.org/10.1000/ABC"
    """.replace("2023-02", '"2023-02"')
    )
    work = pipeline.find(library, "lovelace2022weaving")
    assert (work.title, work.date) == ("Weaving Algebraic Patterns", PartialDate(year=2023, month=2))
    assert work.venue == Venue(name="Annals of Looms", volume="12", kind="article-journal")
    assert (work.doi, work.kind) == ("10.1000/abc", "article-journal")
    assert [name.literal for name in work.authors.names] == ["Lovelace, Ada", "Mary Somerville"]
    assert work.claims("title")[1].value == "Weaving algebraic patterns on looms"  # what the page says stays known
    assert work.conflicts() == ()


def test_what_is_dropped_is_in_no_export_and_comes_back_without_the_row():
    library, _ = run('[[corrections]]\nkey = "lovelace2022weaving"\ndrop = ["abstract", "date"]')
    work = pipeline.find(library, "lovelace2022weaving")
    assert (work.abstract, work.date) == (None, None)
    library, _ = run("", library)
    assert pipeline.find(library, "lovelace2022weaving").date == PartialDate(year=2022, month=6, day=16)


def test_what_is_excluded_is_in_no_list_and_is_not_new_in_the_next_run():
    rows = '[[corrections]]\ntitle = "Weaving algebraic patterns on looms"\nexclude = true'
    library, report = run(rows)
    assert "Weaving" not in pipeline.export(library, "markdown")
    assert report.publications == 2
    again, report = run(rows, library)
    assert (again, report.new) == (library, ())
    assert "Weaving" in pipeline.export(run("", library)[0], "markdown")


def test_the_user_joins_two_works():
    rows = '[[corrections]]\ntitle = "Tables of numbers and their errors"\nsame_as = "Tables of the errors of numbers"'
    library, report = run(rows)
    assert report.publications == 2
    assert run(rows, library)[0] == library


def test_the_user_parts_two_works_that_the_judge_joins():
    page = PAGE.replace("Tables of the errors of numbers", "Tables of numbers and their error")
    assert run("", page=page)[1].publications == 2
    rows = (
        '[[corrections]]\ntitle = "Tables of numbers and their errors"\n'
        'not_same_as = "Tables of numbers and their error"'
    )
    library, report = run(rows, page=page)
    assert report.publications == 3
    assert run(rows, library, page)[0] == library


def test_a_key_that_is_wanted_is_given_and_the_old_one_is_an_alias():
    library, _ = run("")
    rows = '[[corrections]]\nkey = "lovelace2022weaving"\ncitation_key = "Lovelace:Looms"'
    fixed, report = run(rows, library)
    assert pipeline.find(fixed, "Lovelace:Looms").aliases == ("lovelace2022weaving",)
    assert codes(report) == []
    assert run(rows, fixed)[0] == fixed


def test_a_key_of_another_work_is_not_given():
    library, _ = run("")
    taken = keys(library)[0]
    rows = f'[[corrections]]\nkey = "lovelace2022weaving"\ncitation_key = "{taken.upper()}"'
    fixed, report = run(rows, library)
    assert keys(fixed) == keys(library)
    assert codes(report) == [f"pubtools.toml:1: M03 the key {taken.upper()!r} is another work's: {taken}"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            '[[corrections]]\nkey = "nobody1900"\nexclude = true',
            "1: M03 a correction fits no publication: 'nobody1900'",
        ),
        ('\n[[corrections]]\ntitle = "No such"\ndrop = ["date"]', "2: M03 a correction fits no publication: 'No such'"),
        (
            '[[corrections]]\nkey = "lovelace2022weaving"\nsame_as = "nobody1900"',
            "1: M03 a correction names a work that is not there: 'nobody1900'",
        ),
    ],
)
def test_a_row_that_does_nothing_is_named_with_its_line(rows, says):
    assert codes(run(rows)[1]) == [f"pubtools.toml:{says}"]


def test_a_key_that_is_selected_and_not_there_is_named():
    _, report = run('selected = ["lovelace2022weaving", "nobody1900"]')
    assert codes(report) == ["pubtools.toml: M03 the list of what is selected names no publication: 'nobody1900'"]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ('key = "a"', "says what to correct"),
        ('key = "a"\ntitle = "b"\nexclude = true', "by a key or by a title"),
        ('key = "a"\ndrop = ["title"]', "drop"),
        ('key = "a"\nset = {date = "2024-02-30"}', "is no date"),
        ('key = "a"\nset = {doi = "10/x"}', "is no DOI"),
        ('key = "a"\nset = {volume = "1"}', "need a venue"),
        ('key = "a"\ncitation_key = "two words"', "citation_key"),
        ('key = "a"\nset = {colour = "red"}', "unknown setting"),
    ],
)
def test_a_row_that_cannot_be_meant_is_refused(rows, says):
    with pytest.raises(ConfigError, match=says):
        configs.parse(f"[[corrections]]\n{rows}")
