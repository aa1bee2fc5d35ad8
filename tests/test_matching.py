"""One judge: what makes two records one work, what forbids it, and what is only reported."""

from __future__ import annotations

import pytest

from pubtools import matching
from pubtools.fields import names
from pubtools.models import ArxivId, Authors, Facts, PartialDate

LONG = "Engines that weave numbers as looms weave leaves"


def fact(
    title=LONG, authors=("Ada Lovelace", "Charles Babbage"), year=None, complete=True, arxiv=None, doi=None
) -> Facts:
    return Facts(
        title=title,
        authors=Authors(names=tuple(names.parse(name) for name in authors), complete=complete) if authors else None,
        date=PartialDate(year=year) if year else None,
        arxiv=ArxivId(number=arxiv) if arxiv else None,
        doi=doi,
    )


SAME = [
    ("case and punctuation", fact(), fact("ENGINES that weave numbers, as looms weave leaves.")),
    ("accents and TeX", fact("Über die Töne der Maschine"), fact('{\\"U}ber die Tone der Maschine')),
    ("British and American", fact("Generalisation of woven numbers"), fact("Generalization of woven numbers")),
    ("a lost article", fact(), fact("The engines that weave numbers as looms weave leaves")),
    ("a cut list", fact(), fact(authors=("Ada Lovelace",), complete=False)),
    ("a misspelt surname", fact(), fact(authors=("Ada Lovelace", "Charles Babbidge"))),
    ("initials", fact(), fact(authors=("A. Lovelace", "C. Babbage"))),
    ("family name first", fact(), fact(authors=("Lovelace, Ada", "Babbage, Charles"))),
    ("preprint and print", fact(year=2021), fact(year=2023)),
    ("an identifier, whatever the years", fact(year=2010, arxiv="2001.00001"), fact(year=2020, arxiv="2001.00001")),
    (
        "two versions of a DOI registrant's paper and a preprint",
        fact(doi="10.1000/a"),
        fact(doi="10.48550/arxiv.2001.00001"),
    ),
]
DIFFERENT = [
    ("two arXiv numbers", fact(arxiv="2001.00001"), fact(arxiv="2001.00002")),
    ("two DOIs of one registrant", fact(doi="10.1000/a"), fact(doi="10.1000/b")),
    ("part I and part II", fact(LONG + ", part I"), fact(LONG + ", part II")),
    ("a paper and its second part", fact(), fact(LONG + " II")),
    ("a number in the title", fact("Ten engines of type 4"), fact("Ten engines of type 5")),
    ("a comment", fact(), fact("Comment on: " + LONG)),
    ("an erratum", fact(), fact(LONG + " (Erratum)")),
    ("nobody in common", fact(), fact(authors=("Mary Somerville",))),
    ("another title", fact(), fact("Tides of shallow seas and their causes")),
]
UNSURE = [
    ("a title many works bear", fact("Introduction"), fact("Introduction")),
    ("two words", fact("Deep learning"), fact("Deep Learning")),
    ("no authors on one side", fact(), fact(authors=())),
    ("few authors in common", fact(), fact(authors=("Ada Lovelace", "M. Faraday", "J. Herschel", "M. Somerville"))),
    ("many years apart", fact(year=2010), fact(year=2020)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "one", "other"),
    [
        pytest.param(verdict, one, other, id=f"{verdict}: {why}")
        for verdict, rows in (("same", SAME), ("different", DIFFERENT), ("unsure", UNSURE))
        for why, one, other in rows
    ],
)
def test_the_judge_says(verdict, one, other):
    assert matching.judge(one, other).verdict == verdict
    assert matching.judge(other, one).verdict == verdict


@pytest.mark.parametrize("rows", [SAME, DIFFERENT, UNSURE])
def test_scores_are_shares_and_every_judgement_has_a_reason(rows):
    for _, one, other in rows:
        judgement = matching.judge(one, other)
        assert judgement.reason
        if judgement.match:
            assert 0 <= judgement.match.score <= 1


def test_a_record_that_could_be_either_of_two_works_joins_neither():
    records = [fact(arxiv="2001.00001"), fact(arxiv="2001.00002"), fact()]
    grouping = matching.group(records)
    assert grouping.groups == ((0,), (1,), (2,))
    assert {doubt[:2] for doubt in grouping.doubts} == {(0, 2), (1, 2)}


def test_identifiers_still_join_where_titles_are_ambiguous():
    records = [fact(arxiv="2001.00001"), fact(arxiv="2001.00002"), fact(), fact(arxiv="2001.00001")]
    assert matching.group(records).groups == ((0, 3), (1,), (2,))


def test_a_cut_list_that_shows_more_than_the_complete_one_has_is_another_list():
    complete = Authors(names=(names.parse("Ada Lovelace"),))
    cut = Authors(names=tuple(map(names.parse, ("Ada Lovelace", "C. Babbage", "M. Faraday"))), complete=False)
    assert (
        matching.author_score(complete, cut) == matching.author_score(cut, complete) == pytest.approx(1 / 3, abs=1e-3)
    )
