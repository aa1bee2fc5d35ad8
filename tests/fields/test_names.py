from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import names
from pubtools.models import Name

Parts = tuple[str | None, str | None, str | None, str | None]


def parts(name: Name) -> Parts:
    return name.given, name.particle, name.family, name.suffix


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lovelace", ("Ada", None, "Lovelace", None)),
        ("Ada King Lovelace", ("Ada King", None, "Lovelace", None)),
        ("J. C. R. Licklider", ("J. C. R.", None, "Licklider", None)),
        ("Ludwig van Beethoven", ("Ludwig", "van", "Beethoven", None)),
        ("Bartel Leendert van der Waerden", ("Bartel Leendert", "van der", "Waerden", None)),
        ("Juan de la Cruz", ("Juan", "de la", "Cruz", None)),
        ("Maria de los Angeles y Garcia", ("Maria", "de los", "Angeles y Garcia", None)),
        ("Giambattista Della Porta", ("Giambattista", None, "Della Porta", None)),
        ("Guido Van Rossem", ("Guido", None, "Van Rossem", None)),
        ("Ali al-Hakim", ("Ali", None, "al-Hakim", None)),
        ("Gerard 't Hooft", ("Gerard", "'t", "Hooft", None)),
        ("Martin Luther King Jr.", ("Martin Luther", None, "King", "Jr.")),
        ("William Henry Gates III", ("William Henry", None, "Gates", "III")),
        ("Jean-Pierre Serre", ("Jean-Pierre", None, "Serre", None)),
        ("Clémentine Dominé", ("Clémentine", None, "Dominé", None)),
        ("Antoni Łomnicki", ("Antoni", None, "Łomnicki", None)),
        ("M. C. de B. Souza", ("M. C. de B.", None, "Souza", None)),
    ],
)
def test_the_last_word_and_its_particles_are_a_guess_at_the_family_name(text: str, expected: Parts) -> None:
    name = names.parse(text)
    assert parts(name) == expected
    assert name.split_by == "last-word"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lovelace, Ada", ("Ada", None, "Lovelace", None)),
        ("Sarao Mannelli, Stefano", ("Stefano", None, "Sarao Mannelli", None)),
        ("van der Berg, Jan", ("Jan", "van der", "Berg", None)),
        ("de la Cruz, Jr., Juan", ("Juan", "de la", "Cruz", "Jr.")),
        ("King Jr., Martin Luther", ("Martin Luther", None, "King", "Jr.")),
        ("de la Cruz III, Juan", ("Juan", "de la", "Cruz", "III")),
        ("Lovelace,  A.\u00a0A.", ("A. A.", None, "Lovelace", None)),
    ],
)
def test_a_comma_tells_the_family_name(text: str, expected: Parts) -> None:
    name = names.parse(text)
    assert parts(name) == expected
    assert name.split_by == "comma"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Saxe AM", ("AM", None, "Saxe", None)),
        ("Sarao Mannelli S.", ("S.", None, "Sarao Mannelli", None)),
        ("van der Berg J. K.", ("J. K.", "van der", "Berg", None)),
        ("Davies PCW", ("PCW", None, "Davies", None)),
        ("Berg JAK van der", ("JAK", "van der", "Berg", None)),
        ("BERG J. K. VAN DER", ("J. K.", None, "VAN DER BERG", None)),
        ("DE WEVER A.", ("A.", None, "DE WEVER", None)),
        ("Souza M. C. de B.", ("M. C. de B.", None, "Souza", None)),
    ],
)
def test_initials_at_the_end_tell_the_family_name(text: str, expected: Parts) -> None:
    name = names.parse(text)
    assert parts(name) == expected
    assert name.split_by == "initials"


@pytest.mark.parametrize("text", ["Martin Luther King, Jr.", "Martin Luther King, jr"])
def test_a_suffix_after_a_comma_is_no_given_name(text: str) -> None:
    name = names.parse(text)
    assert (name.given, name.family, name.split_by) == ("Martin Luther", "King", "last-word")


@pytest.mark.parametrize(
    "text",
    [
        "Plato",
        "The ATLAS Collaboration",
        "DeepMind Team",
        "王小明",
        "김 철수",
        "山田 太郎",
        "Jr.",
        "?",
        "*",
        ",",
        ", Jr",
    ],
)
def test_groups_single_words_and_unspaced_scripts_are_not_split(text: str) -> None:
    assert names.parse(text) == Name(literal=text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace*", "Ada Lovelace †‡", "Ada Lovelace¹", "Ada Lovelace1", "Ada Lovelace1,2", "Ada Lovelace 1, 2",
        "Ada Lovelace*,1", "Ada Lovelace ORCID", "Ada Lovelace iD", "Ada Lovelace (ORCID iD)",
        "Ada Lovelace 0000-0002-1825-0097", "Ada Lovelace (0000-0002-1694-233X)",
    ],
)  # fmt: skip
def test_marks_beside_a_name_stay_in_the_literal_only(text: str) -> None:
    name = names.parse(text)
    assert name.literal == text
    assert parts(name) == ("Ada", None, "Lovelace", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Ada Lovelace, Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace,Charles Babbage,", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace and Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace, Mary Somerville, and Charles Babbage", ["Ada Lovelace", "Mary Somerville", "Charles Babbage"]),
        ("Ada Lovelace,and Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace & Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada Lovelace&Charles Babbage.", ["Ada Lovelace", "Charles Babbage"]),
        ("and Charles Babbage", ["Charles Babbage"]),
        ("Sandy Anderson, Andy Andrews", ["Sandy Anderson", "Andy Andrews"]),
        ("Lovelace, Ada; Babbage, Charles", ["Lovelace, Ada", "Babbage, Charles"]),
        ("Lovelace, A., Babbage, C. K.", ["Lovelace, A.", "Babbage, C. K."]),
        ("Lovelace, A., and Babbage, C.", ["Lovelace, A.", "Babbage, C."]),
        ("Shannon, Claude E.", ["Shannon, Claude E."]),
        ("Ada Lovelace, PhD, Charles Babbage, F.R.S.", ["Ada Lovelace", "Charles Babbage"]),
        ("Ada L., Bob K., Carl M., Dan O.", ["Ada L.", "Bob K.", "Carl M.", "Dan O."]),
        ("Martin Luther King, Jr., Ada Lovelace", ["Martin Luther King, Jr.", "Ada Lovelace"]),
        ("The ATLAS Collaboration, Plato", ["The ATLAS Collaboration", "Plato"]),
        ("王小明, 李雷", ["王小明", "李雷"]),
        ("Ada Lovelace1,2, Charles Babbage1", ["Ada Lovelace1,2", "Charles Babbage1"]),
        ("Ada Lovelace, †, Charles Babbage", ["Ada Lovelace", "Charles Babbage"]),
    ],
)
def test_a_list_is_its_names_in_order(text: str, expected: list[str]) -> None:
    authors = names.parse_list(text)
    assert authors
    assert [name.literal for name in authors.names] == expected
    assert authors.complete


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace et al.", "Ada Lovelace et al", "Ada Lovelace, et al.", "Ada Lovelace; et al.",
        "Ada Lovelace ET AL.",
        "Ada Lovelace et. al.", "Ada Lovelace and others", "Ada Lovelace, others", "Ada Lovelace and colleagues",
        "Ada Lovelace, ...", "Ada Lovelace …", "Ada Lovelace and 5 more", "Ada Lovelace, +12 authors",
        "Ada Lovelace and 5 others", "Ada Lovelace et alii", "Ada Lovelace al.",
    ],
)  # fmt: skip
def test_a_cut_list_is_known_for_it_and_nobody_is_named_al(text: str) -> None:
    authors = names.parse_list(text)
    assert authors
    assert [name.literal for name in authors.names] == ["Ada Lovelace"]
    assert not authors.complete


@pytest.mark.parametrize("gap", [", ..., ", ", …, ", ", +5 authors, ", " et al., ", ", ..., and "])
def test_a_list_may_be_cut_in_the_middle(gap: str) -> None:
    authors = names.parse_list(f"Ada Lovelace{gap}Charles Babbage")
    assert authors
    assert [name.literal for name in authors.names] == ["Ada Lovelace", "Charles Babbage"]
    assert not authors.complete


@pytest.mark.parametrize("text", ["", " ", ",", "et al.", "...", "1, 2", "others", "†"])
def test_a_list_without_a_name_is_none(text: str) -> None:
    assert names.parse_list(text) is None


# Texts in the neighbourhood of author lists, where the traps are.
crumbs = st.sampled_from(
    "Ada|Lovelace|al|al.|et|others|and|&|Jr.|A.|van|de|The|Team|王|*|1|...|…|;|-|.|+5|more|,| ".split("|")
)
lists = st.lists(crumbs | st.text(max_size=4)).map(" ".join) | st.text()


@given(lists)
def test_no_list_raises_or_names_anybody_al_or_others(text: str) -> None:
    authors = names.parse_list(text)
    names.is_list(text)
    names.is_person(text)
    for name in authors.names if authors else ():
        assert not re.search(r"\bet al\b|\bal\.|\bothers$", name.literal)
        assert any(map(str.isalpha, name.literal))
        assert name.family is None or any(map(str.isalpha, name.family))


@given(lists.filter(lambda text: text.split() != []))
def test_every_text_is_a_name_that_keeps_it(text: str) -> None:
    assert names.parse(text).literal == " ".join(text.split())


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Andrew Saxe", "Saxe, Andrew M.", "same"),
        ("Andrew Saxe", "A. Saxe", "same"),
        ("Andrew Saxe", "Saxe AM", "same"),
        ("Andrew Saxe", "Saxe", "same"),
        ("Andrew Saxe", "Andrew Saxe*", "same"),
        ("Stefano Sarao Mannelli", "Mannelli, Stefano Sarao", "same"),
        ("Stefano Sarao Mannelli", "Sarao Mannelli, S.", "same"),
        ("Jan van der Berg", "van der Berg, Jan", "same"),
        ("Clémentine Dominé", "Clementine Domine", "same"),
        ("Søren Łukasz", "Soren Lukasz", "same"),
        ("Yaraslau Ivashinka", "Yaraslau Ivashynka", "near"),
        ("Mary Somerville", "Mary Sommerville", "near"),
        ("Andrew Saxe", "Bob Saxe", "different"),
        ("Peter Hansen", "Paul Hansen", "different"),
        ("Yi Zhang", "Yi Zheng", "different"),
        ("Li Hansen", "Li Hanson", "different"),
        ("王小明", "李小明", "different"),
    ],
)
def test_two_names_are_one_person_s_but_for_initials_accents_and_order(one: str, other: str, expected: str) -> None:
    assert names.compare(names.parse(one), names.parse(other)) == expected


people = st.lists(
    st.sampled_from("Ada A. Augusta King Lovelace Lovelase Lovelance van Byron É. Jr. 王".split())
    | st.text("abcdefg", min_size=5, max_size=7).map(str.title),
    min_size=1,
    max_size=4,
).map(lambda words: names.parse(" ".join(words)))


@given(people, people)
def test_comparing_has_no_first_and_second(one: Name, other: Name) -> None:
    assert names.compare(one, other) == names.compare(other, one)
    assert names.compare(one, one) == "same"


@pytest.mark.parametrize(
    "text",
    ["Ada Lovelace", "Ludwig van Beethoven", "J. C. R. Licklider", "Martin Luther King Jr.", "王小明", "AK Singh"],
)
def test_a_person_s_name_has_the_shape_of_one(text: str) -> None:
    assert names.is_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Plato",
        "Load more",
        "ada lovelace",
        "19 Papers",
        "h-index8",
        "Read Article.",
        "A B C D E F G",
        "王" * 12,
        "Ada 2",
    ],
)
def test_what_is_no_person_s_name_has_not(text: str) -> None:
    assert not names.is_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace, Charles Babbage", "Ada Lovelace et al.", "Ada Lovelace*, Charles Babbage†", "王小明, 李雷",
        "Ada Lovelace1,2 and Charles Babbage1", "Lovelace, Ada; Babbage, Charles", "The ATLAS Collaboration",
        "Plato, Ada Lovelace", "Juan de la Cruz & José y García",
    ],
)  # fmt: skip
def test_a_line_of_nothing_but_names_is_a_list(text: str) -> None:
    assert names.is_list(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "et al.", "We learn to do it.", "Post thumbnail", "Learning to Learn, and Other Stories", "Ada: A Language",
        "Is This a Name?", "Short and complete. [Read Article]", "NeurIPS 2024",
    ],
)  # fmt: skip
def test_a_line_with_anything_else_is_none(text: str) -> None:
    assert not names.is_list(text)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["Neural Networks", "Ada Lovelace, Charles Babbage"], 1),
        (["Ada Lovelace", "Nature Physics"], 0),
        (["a title goes on", "Ada Lovelace"], 1),
        (["a title goes on", "and on"], None),
        ([], None),
    ],
)
def test_the_list_of_names_is_the_line_with_more_than_one_or_else_the_first(
    texts: list[str], expected: int | None
) -> None:
    assert names.first_list(texts) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lovelace, Ada;", [("Ada", "Lovelace")]),
        ("Lovelace, Ada; A. Babbage; et al.", [("Ada", "Lovelace"), ("A.", "Babbage")]),
        ("Castro LFC; Boole G; Saxe AM", [("LFC", "Castro"), ("G", "Boole"), ("AM", "Saxe")]),
        ("LOVELACE Ada; BABBAGE Charles", [("Ada", "LOVELACE"), ("Charles", "BABBAGE")]),
    ],
)
def test_a_list_with_semicolons_keeps_the_commas_within_its_names(text: str, expected: list[tuple[str, str]]) -> None:
    authors = names.parse_list(text)
    assert authors
    assert [(name.given, name.family) for name in authors.names] == expected


def test_three_capitals_are_a_family_name_where_no_list_says_otherwise() -> None:
    assert names.parse("Kim LEE").family == "LEE"


def test_a_suffix_may_stand_after_the_given_names() -> None:
    name = names.parse("Weber, Karl A., Jr.")
    assert (name.family, name.given, name.suffix) == ("Weber", "Karl A.", "Jr.")


@pytest.mark.parametrize(
    "text", ["World Loom Organization", "Ministry of Cloth", "European Weaving Fund", "Institut für Weberei", "OLCD"]
)
def test_a_body_has_no_family_name(text: str) -> None:
    assert names.parse(text) == Name(literal=text)
