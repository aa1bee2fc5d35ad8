from __future__ import annotations

from unittest import mock

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pubtools.fields import authors


def best(text: str) -> authors.Listing:
    return authors.listings(text)[-1]


def people(text: str) -> list[str]:
    return [text[person.start : person.end] for person in best(text).people]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lovelace, A., Babbage, C. & Somerville, M. On looms", ["Lovelace, A.", "Babbage, C.", "Somerville, M."]),
        ("Lovelace, A.A., Somerville,M. and Boole,G., On looms", ["Lovelace, A.A.", "Somerville,M.", "Boole,G."]),
        ("Lovelace AA, van der Berg J, Boole G. On looms", ["Lovelace AA", "van der Berg J", "Boole G"]),
        ("Waga J.M., Szybka B., 2022. On looms", ["Waga J.M.", "Szybka B."]),
        (
            "A. A. Lovelace, J. van den Berg, and C. Babbage. On looms",
            ["A. A. Lovelace", "J. van den Berg", "C. Babbage"],
        ),
        (
            "Ada Lovelace, Charles Babbage, and George Boole. On looms",
            ["Ada Lovelace", "Charles Babbage", "George Boole"],
        ),
        ("Lovelace, Ada, and Charles Babbage. On Looms", ["Lovelace, Ada", "Charles Babbage"]),
        ("Lovelace, A., C. Babbage and G. Boole. On looms", ["Lovelace, A.", "C. Babbage", "G. Boole"]),
        ("Lovelace, A.; Babbage, C. K.; Boole, G., On looms", ["Lovelace, A.", "Babbage, C. K.", "Boole, G."]),
        ("LOVELACE, A. A., & BABBAGE, C. (1843)", ["LOVELACE, A. A.", "BABBAGE, C."]),
        ("LOVELACE Ada et BABBAGE Charles, « On looms »", ["LOVELACE Ada", "BABBAGE Charles"]),
        ("Ada Lovelace und Charles Babbage: Über Webstühle", ["Ada Lovelace", "Charles Babbage"]),
        ("Ana García y Luis Pérez. Sobre telares", ["Ana García", "Luis Pérez"]),
        ("Lovelace, Ada A. Looms and Engines. London", ["Lovelace, Ada A."]),
        ("Lovelace, A. Looms and engines. Nature", ["Lovelace, A."]),
        ("A. Lovelace, Analytical Engines (Taylor, London 1843)", ["A. Lovelace"]),
        ("Lovelace AA*, Babbage C†, Boole G1,2. On looms", ["Lovelace AA", "Babbage C", "Boole G"]),
        ("The ATLAS Collaboration, A. Lovelace et al., On looms", ["The ATLAS Collaboration", "A. Lovelace"]),
        ("Koshka Jr., D. E. and Boole, G. On looms", ["Koshka Jr., D. E.", "Boole, G."]),
        ("R. Platt Jr, A. Lovelace, and G. Boole, “On looms”", ["R. Platt Jr", "A. Lovelace", "G. Boole"]),
        ("Langdon, R. Coltheart, M. Ward, P. (2002). On looms", ["Langdon, R.", "Coltheart, M.", "Ward, P."]),
        ("王小明, 李雷, 韩梅梅. 织机研究", ["王小明", "李雷", "韩梅梅"]),
        ("김철수, 이영희, '직조기'", ["김철수", "이영희"]),
        ("Lovelace (1843). On looms", ["Lovelace"]),
        ("Souza, M. C. de B., & Lima, O. (1993). On looms", ["Souza, M. C. de B.", "Lima, O."]),
        ("SOUZA, M. C. DE B., AND O. LIMA. (1993): “On looms”", ["SOUZA, M. C. DE B.", "O. LIMA"]),
        ("Souza MC de B, Lima O. On looms", ["Souza MC de B", "Lima O"]),
        ("Souza, Maria Clara de Brito, and Odete Lima. 1993. On looms", ["Souza, Maria Clara de Brito", "Odete Lima"]),
        ("Garcia y Vega, A. (1888). Telares", ["Garcia y Vega, A."]),
        ("Garcia y Vega A (1888) Telares", ["Garcia y Vega A"]),
        ("GARCIA Y VEGA, Ana, 1888. Telares", ["GARCIA Y VEGA, Ana"]),
        ("Lovelace, A. M. ve Boole, G. (1843). Dokuma", ["Lovelace, A. M.", "Boole, G."]),
        ("Lovelace, A., Boole, G., … Somerville, M. (1843). On looms", ["Lovelace, A.", "Boole, G.", "Somerville, M."]),
        (
            "Lovelace, A., Boole, G., . . . Somerville, M. (1843). Looms",
            ["Lovelace, A.", "Boole, G.", "Somerville, M."],
        ),
        ("LIN, MEI ; HALE, S. P. ; BOOLE, DAVID: On looms", ["LIN, MEI", "HALE, S. P.", "BOOLE, DAVID"]),
        ("DE WEVER, A. Th. A. M.; DE BRUIN, R. On looms", ["DE WEVER, A. Th. A. M.", "DE BRUIN, R."]),
    ],
)
def test_a_list_is_read_in_every_common_form_up_to_where_it_ends(text: str, expected: list[str]) -> None:
    assert people(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lovelace, A. et al. On looms",
        "A. Lovelace, C. Babbage, and others. On looms",
        "Ada Lovelace, Charles Babbage, …",
        "Ada Lovelace, Charles Babbage, and 3 more authors",
        "王小明 等. 织机",
        "Lovelace AA, et al",
        "Lovelace A. и др. On looms",
        "Lovelace A. i in. O krosnach",
        "Lovelace, A., … Somerville, M. (1843). On looms",
    ],
)
def test_a_list_that_is_cut_says_so(text: str) -> None:
    assert not best(text).complete


@pytest.mark.parametrize(
    "text",
    [
        "Lovelace, A. (Ed.) (1843)",
        "A. Lovelace and C. Babbage (eds.), Looms",
        "Lovelace, Ada, ed. Looms",
        "Ada Lovelace (Hg.), Webstühle",
        "Lovelace, Ada; Babbage, Charles (Hrsg.)",
        "A. Lovelace, C. Babbage (Editors). Looms",
        "Lovelace Ada et Babbage Charles (éds.), Métiers",
        "Lovelace, Ada (a cura di), Telai",
    ],
)
def test_a_list_says_that_its_names_are_editors(text: str) -> None:
    assert best(text).role == "editor"


@pytest.mark.parametrize(
    "text",
    [
        "Lovelace, A. (ed.) & Babbage, C. (ed.), 2022",
        "LOVELACE, A. A. (Org.) ; BABBAGE, C. (Org.) . Looms",
        "Ada Lovelace; Charles Babbage. (Org.). Looms",
    ],
)
def test_a_role_may_be_said_of_each_or_behind_a_full_stop(text: str) -> None:
    assert (best(text).role, len(best(text).people)) == ("editor", 2)


def test_a_nickname_in_brackets_is_no_role() -> None:
    found = best("Edward (Ed) Lovelace, Charles (Charly) Babbage")
    assert (found.role, len(found.people)) == (None, 2)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace, Charles Babbage",
        "Lovelace, A., Babbage, C.",
        "Lovelace AA, Babbage C, Boole G.",
        "A. Lovelace, C. Babbage, and G. Boole",
        "with Ada Lovelace and Charles Babbage",
        "Lovelace, Ada; Babbage, Charles",
        "Ada Lovelace*, Charles Babbage†, et al.",
        "王小明, 李雷",
    ],
)
def test_a_stretch_of_nothing_but_names_is_likely_a_list(text: str) -> None:
    assert authors.likeness(text) >= 0.6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "On looms and engines",
        "Journal of Analytical Engines, 12(3), 2020",
        "Deep Learning for Neural Networks",
        "Neural Networks, Machine Learning and Information Theory",
        "Accepted at the Conference on Looms",
        "PDF Cite DOI",
        "In Proceedings of the Analytical Society",
        "The price of wine",
        "Department of Mathematics, University of London",
    ],
)
def test_other_lines_of_a_page_are_no_list(text: str) -> None:
    assert authors.likeness(text) < 0.5


def test_the_end_of_a_list_at_the_beginning_is_an_offset() -> None:
    text = "Lovelace, A., & Babbage, C. (1843). On looms."
    assert text[: authors.leading(text)] == "Lovelace, A., & Babbage, C."
    assert authors.leading("on looms and engines") == 0


crumbs = st.sampled_from(
    "Ada|Lovelace|A.|AB|van|de|et al.|and|&|,|;|.|(eds.)|Jr.|1|*|The|Group|王|김철수|-|'|’|(|)|Aa-|: |2020".split("|")
)


@given(st.lists(crumbs, max_size=25).map(" ".join) | st.text(max_size=60))
def test_every_listing_is_a_stretch_of_the_text_with_its_names_in_order(text: str) -> None:
    assert 0 <= authors.likeness(text) <= 1
    for listing in authors.listings(text):
        ends = [0, *(place for person in listing.people for place in (person.start, person.end)), listing.end]
        assert ends == sorted(ends)
        assert listing.end <= len(text)
        assert all(text[person.start : person.end].strip() for person in listing.people)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("B. Kim, Y. G. Ji. Evaluating looms", ["B. Kim", "Y. G. Ji"]),
        ("A. Yu. Petrov, V. Kh. Babbage. On looms", ["A. Yu. Petrov", "V. Kh. Babbage"]),
        ("Dean DA 2nd, Miller AL, Kim M. On looms", ["Dean DA 2nd", "Miller AL", "Kim M"]),
        ("Anna Last, Karl Weber · Loom Letters", ["Anna Last", "Karl Weber"]),
    ],
)
def test_a_list_ends_with_its_last_name(text: str, names: list[str]) -> None:
    best = authors.listings(text)[-1]
    assert [text[person.start : person.end] for person in best.people] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Anna (Anni) Last, Karl Weber. On looms", ["Anna (Anni) Last", "Karl Weber"]),
        ("St. John, A. and Mc Last, B. On looms", ["St. John, A.", "Mc Last, B."]),
        ("d'Alembert, J., al-Din, N. On looms", ["d'Alembert, J.", "al-Din, N."]),
        ("King, Jr., M. L., Last, A. On looms", ["King, Jr., M. L.", "Last, A."]),
        ("de la Cruz, A., van der Berg, B. On looms", ["de la Cruz, A.", "van der Berg, B."]),
        ("d'Alembert, Jean. On looms", ["d'Alembert, Jean"]),
        ("Karl-H. Last, Anna Weber. On looms", ["Karl-H. Last", "Anna Weber"]),
        ("Chr. Last, Yu. Weber. On looms", ["Chr. Last", "Yu. Weber"]),
    ],
)
def test_names_begin_in_many_ways(text: str, names: list[str]) -> None:
    best = authors.listings(text)[-1]
    assert [text[person.start : person.end] for person in best.people] == names


@given(st.lists(crumbs, max_size=25).map(" ".join) | st.text(max_size=60))
def test_what_is_nothing_but_names_may_be_filled_with_them(text: str) -> None:
    for listing in authors.listings(text):
        assert authors.may_fill(text, listing.start, listing.end)


def test_a_clause_is_not_filled_with_names() -> None:
    assert not authors.may_fill("Anna Last weaves looms", 0, 22)
    assert authors.may_fill("Anna Last with Karl Weber and others", 0, 36)


@pytest.mark.parametrize(
    "text",
    ["Anna Last (2014)", "Anna Last: Looms", "Anna Last! Looms", "Anna Last, «Looms»", "Anna Last, Karl Weber. Looms"],
)
def test_what_goes_on_behind_a_sign_is_not_filled_with_names(text: str) -> None:
    assert not authors.may_fill(text, 0, len(text))


def test_full_names_up_to_the_end_are_read_in_no_other_way() -> None:
    with mock.patch.object(authors, "_read", wraps=authors._read) as read:
        authors.listings("Xaver Ylst, Quirin Zbrow and Wim Vlook. On looms")
    assert "inverted-full" not in [call.args[3].usual for call in read.call_args_list]
    assert people("Ylst Quir, Xaver, Wim Vlook. On looms") == ["Ylst Quir, Xaver", "Wim Vlook"]


def test_the_names_of_editors_are_so_with_every_mark_before_the_word() -> None:
    for said in (" (eds.)", ", eds.", " , (eds.)"):
        assert best(f"Anna Last and Karl Weber{said} On looms").role == "editor"


# Names, and what makes one of them another: suffixes, particles, marks, digraphs, words of venues, stops.
WORDS = (
    "Ada Lovelace García Śląsk Łukasz Müller Smith-Jones Jean-Pierre O'Brien Jo Ed Chr St Mac A AB ABC A. B. A.-B. "
    "Chr. Ed. Jo. St. d. Jr Jr. Sr III van der de d' al-Said IEEE Transactions Systems In the looms (1843) 1843 (eds.) "
    "(Bill) * 1 ¹ et al. ... and & und AND Иванов 王小明 team ,".split()
)
parts = st.tuples(st.sampled_from(WORDS), st.sampled_from((" ", " ", ", ", ", ", "; ", " and ", ". ", " , ", ": ")))


@settings(max_examples=300)
@example("Lovelace, Sr, Ada B. Boole")
@example("ABC Lovelace, Ada Boole")
@example("Ada Lovelace Müller AB")
@example("Ada Lovelace Müller García AB")
@example("Ada Lovelace Müller García, A.")
@example("Ada Lovelace Müller 2nd, AB")
@example("Ada Lovelace 1 AB, Jo Müller")
@example("AB 1 Lovelace, Ada Boole")
@example("Ada Lovelace, Jo Müller. . . Boole")
@example("Ada Lovelace, Jo Müller. and Śląsk")
@example("Karl-H. Müller, Jo Wu")
@example("Smith-Jones AB, Wu A.")
@example("Ada Lovelace Wu Jr, A. B.")
@example("Ada Woven Looms of Systems")
@example("Ada Lovelace , Jo Müller und Ed Wu")
@example("Ylst Quir; Xaver Vlook")
@example("A Woven Loom, Jo Müller")
@given(st.lists(parts, min_size=1, max_size=6).map(lambda found: "".join(map("".join, found))))
def test_what_is_quick_to_see_is_read_as_with_every_form_tried(text: str) -> None:
    shapes = 2 * authors._SHAPES
    every = 1 + authors._SHAPES  # the shape with which every form is possible
    careful = tuple(
        mode._replace(first=(mode.first[every],) * shapes, later=(mode.later[every],) * shapes, plain={})
        for mode in authors._MODES
    )
    with mock.patch.object(authors, "_MODES_OF", (careful,) * shapes):
        expected = authors.listings(text)
    assert authors.listings(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("World Loom Organization (2000). On looms", ["World Loom Organization"]),
        ("WORLD LOOM ORGANIZATION. On looms", ["WORLD LOOM ORGANIZATION"]),
        ("Ministry of Cloth and World Loom Institute, 2000. On looms", ["Ministry of Cloth", "World Loom Institute"]),
        ("OLCD. 2014. On looms", ["OLCD"]),
        ("OLCD, and UNLP (2014), On looms", ["OLCD", "UNLP"]),
        ("OLCD; UNLP. On looms", ["OLCD", "UNLP"]),
        # a word in capitals is a body only where a year says so, and none that publishes
        ("LOOM: a system for weaving", []),
        ("CVPR 2020. On looms", []),
    ],
)
def test_bodies_may_be_authors(text: str, expected: list[str]) -> None:
    found = authors.bodies(text, 0, len(text))
    assert [text[one.start : one.end] for of in found for one in of.people] == expected
