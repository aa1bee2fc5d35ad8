from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import venues


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Our paper on bias (preprint here) has been accepted to NeurIPS 2024! Congrats!", ("NeurIPS", 2024, None)),
        ("Our paper on sleep has been accepted to CogSci 2024 as an oral contribution!", ("CogSci", 2024, "oral")),
        ("Our paper on looms has been accepted to TMLR! Congrats everybody!", ("TMLR", None, None)),
        ("The article is to appear in Neural Computation.", ("Neural Computation", None, None)),
        ("The paper was accepted as a poster at the NeurIPS2024 workshop", ("NeurIPS", 2024, "poster")),
        ("Our work was accepted for publication in Journal of the ACM, 2023", ("Journal of the ACM", 2023, None)),
        ("This paper was published in eLife.", ("eLife", None, None)),
        ("Paper accepted at ICML'24", ("ICML", None, None)),
        ("The work was presented at Science of Looms and so on", ("Science of Looms", None, None)),
    ],
)  # fmt: skip
def test_a_sentence_says_where_a_paper_was_accepted(
    sentence: str, expected: tuple[str, int | None, str | None]
) -> None:
    found = venues.acceptance(sentence)
    assert found
    venue, note = found
    assert (venue.name, venue.year, note) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "I was accepted to Chalmers 2024!",
        "Our paper on accepted wisdom is not finished.",
        "Our paper was accepted in on.",
        "Our paper was accepted.",
        "Our paper was rejected by NeurIPS 2024.",
        "",
    ],
)
def test_other_sentences_say_no_such_thing(sentence: str) -> None:
    assert venues.acceptance(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Our paper on bias under SGD (preprint here) has been accepted to NeurIPS", "bias under SGD"),
        ("I am delighted that our paper on cognitive fatigue has been accepted to X", "cognitive fatigue"),
        ("Our paper titled Sums of Squares was published in X", "Sums of Squares"),
        ("Our paper was accepted to X", ""),
        ("Nothing of the kind", ""),
    ],
)
def test_the_topic_stands_between_the_paper_and_the_verb(sentence: str, expected: str) -> None:
    assert venues.topic(sentence) == expected


words = st.sampled_from(
    "our paper article accepted published presented appear to at in for publication the as an oral NeurIPS 2024 of on "
    "and eLife has been ! , .".split()
)


@given(st.lists(words).map(" ".join) | st.text())
def test_no_sentence_raises(sentence: str) -> None:
    venues.acceptance(sentence)
    venues.topic(sentence)


@pytest.mark.parametrize(
    "text",
    [
        "Journal of Looms", "J Immunol", "Phys. Rev. Lett.", "Proc Natl Acad Sci USA", "IEEE Trans. Nucl. Sci.",
        "Studies in African Linguistics", "Zeitschrift für Webkunde", "Revista de Telares", "计算机学报",
        "Proceedings of the 24th Annual Conference on Engines",
    ],
)  # fmt: skip
def test_names_of_journals_and_proceedings_look_like_venues(text: str) -> None:
    assert venues.likeness(text) > 0.5


@pytest.mark.parametrize(
    "text",
    ["", "Looms that learn from patterns", "Three sounds, one motor action", "Ada Lovelace", "the price of wine"],
)
def test_titles_and_names_do_not(text: str) -> None:
    assert venues.likeness(text) < 0.4


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("London: Routledge", True),
        ("Oxford University Press", True),
        ("Champaign, IL: Human Kinetics", True),
        ("Paris, Gallimard", True),
        ("Wien, Nebelhaus", True),
        ("Nebelhaus: São Paulo", True),
        ("Wien, Berlin", False),
        ("Wien", False),
        ("Oslo, Norway", False),
        ("Journal of Looms", False),
        ("Looms that learn", False),
        ("", False),
    ],
)
def test_a_publisher_is_known_by_its_words_or_by_its_place(text: str, is_one: bool) -> None:
    assert (venues.publisher_likeness(text) >= 0.45) is is_one


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nebelhaus, Wien", "Nebelhaus"),
        ("Toronto ; Buffalo: Nebelhaus", "Nebelhaus"),
        ("Cambridge, MA, Nebelhaus", "Nebelhaus"),
        ("Nebelhaus", ""),
        ("Wien", ""),
        ("Quebec, Canada", ""),
        ("Nebelhaus, Webverlag, Wien", ""),
        ("looms in Wien, Berlin", ""),
    ],
)
def test_a_name_alone_beside_a_town_is_a_house(text: str, expected: str) -> None:
    assert venues.beside_place(text) == expected
