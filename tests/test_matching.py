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
    ("another order of names", fact(), fact(authors=("Charles Babbage", "Ada Lovelace"))),
    (
        "TeX accents and letters",
        fact("Koll\\'ar's {\\L}o\\'{s} theorem on engines"),
        fact("Kollár's Łoś theorem on engines"),
    ),
    ("Greek in TeX", fact("Engines with $\\alpha$-modulation of leaves"), fact("Engines with α-modulation of leaves")),
    ("a subscript", fact("Engines over $\\mathbb{Z}_2$ and leaves"), fact("Engines over ℤ₂ and leaves")),
    ("marked up", fact("Engines that burn H$_2$O slowly"), fact("Engines that burn H<sub>2</sub>O slowly")),
    ("hyphens", fact("Node Re-Use in weaving engines"), fact("Node reuse in weaving engines")),
    ("a preposition", fact("Engines for weaving of leaves"), fact("Engines for weaving leaves")),
    ("modelling, modeling", fact("Modelling the fibre of leaves"), fact("Modeling the fiber of leaves")),
    ("one letter of a short surname", fact(authors=("Wei Li",)), fact(authors=("Wei Lu",))),
    ("a short title, all authors, the year", fact("Knotoids", year=2010), fact("Knotoids", year=2010)),
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
    ("a subscript", fact("Engines over $\\mathbb{Z}_2$"), fact("Engines over $\\mathbb{Z}_3$")),
    ("a comment and nobody in common", fact("Comment on: " + LONG), fact("Comment on: " + LONG, ("Mary Somerville",))),
    ("a letter of a given name", fact(authors=("Jun Li",)), fact(authors=("Jin Li",))),
    ("two given names", fact(authors=("Wei Li",)), fact(authors=("Jun Lu",))),
    ("another title", fact(), fact("Tides of shallow seas and their causes")),
]
UNSURE = [
    ("a title many works bear", fact("Introduction"), fact("Introduction")),
    ("two words", fact("Deep learning"), fact("Deep Learning")),
    ("no authors on one side", fact(), fact(authors=())),
    ("few authors in common", fact(), fact(authors=("Ada Lovelace", "M. Faraday", "J. Herschel", "M. Somerville"))),
    ("a distinguishing word", fact("λ-" + LONG), fact()),
    ("part A and part B", fact(LONG + ". Part A"), fact(LONG + ". Part B")),
    ("part one and part two", fact(LONG + ": part one"), fact(LONG + ": part two")),
    ("a comment and the reply to it", fact("Comment on " + LONG), fact("Reply to " + LONG)),
    ("with and without", fact("Engines with woven leaves"), fact("Engines without woven leaves")),
    ("a letter that makes another word", fact("Macroscopic engines of leaves"), fact("Microscopic engines of leaves")),
    ("not equal", fact("Why in engines P = NP holds"), fact("Why in engines P ≠ NP holds")),
    ("a short title in another year", fact("Knotoids", year=2010), fact("Knotoids", year=2011)),
    ("a stock title in one year", fact("Rejoinder", year=2010), fact("Rejoinder", year=2010)),
    ("one more author", fact(year=2020), fact(authors=("Ada Lovelace", "Charles Babbage", "M. Faraday"), year=2020)),
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


def chosen(wanted, *candidates):
    """The index chosen, whatever the order the candidates come in."""
    choice = matching.choose(wanted, candidates)
    backwards = matching.choose(wanted, candidates[::-1])
    assert choice.match == backwards.match
    assert (choice.index is None) == (backwards.index is None)
    if choice.index is not None and backwards.index is not None:
        assert candidates[choice.index] == candidates[::-1][backwards.index]
    return choice


def test_of_two_papers_with_one_title_and_team_the_one_of_that_year_is_chosen():
    assert chosen(fact(year=2020), fact(year=2021, arxiv="2101.00001"), fact(year=2020, arxiv="2001.00001")).index == 1


def test_of_two_papers_with_one_title_the_one_with_the_same_names_is_chosen():
    other = fact(authors=("Ada Lovelace", "Charles Babbage", "M. Faraday"), arxiv="2001.00002")
    assert chosen(fact(), other, fact(arxiv="2001.00001")).index == 1


def test_of_two_papers_that_are_as_like_none_is_chosen_and_both_are_named():
    choice = chosen(fact(), fact(arxiv="2001.00001"), fact(arxiv="2001.00002"))
    assert choice.index is None
    assert "2001.00001" in choice.reason
    assert "2001.00002" in choice.reason


def test_one_doi_under_two_arxiv_numbers_is_ambiguous():
    twins = [fact(arxiv=number, doi="10.1000/a") for number in ("2001.00001", "2001.00002")]
    assert chosen(fact(), *twins).index is None


def test_two_versions_of_one_record_are_no_rivals():
    assert chosen(fact(), fact(arxiv="2001.00001"), fact(arxiv="2001.00001")).index is not None


def test_what_is_only_alike_is_not_chosen():
    assert chosen(fact(), fact("λ-" + LONG)).index is None
    assert chosen(fact()).index is None
