from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import identifiers


@pytest.mark.parametrize(
    ("text", "number", "version"),
    [
        ("2107.05580", "2107.05580", None),
        (" 0704.0033v2 ", "0704.0033", 2),
        ("arXiv:2107.05580v12 [cs.LG]", "2107.05580", 12),
        ("arxiv: 2107.05580", "2107.05580", None),
        ("https://arxiv.org/abs/2107.05580", "2107.05580", None),
        ("http://www.arxiv.org/pdf/2107.05580v1.pdf", "2107.05580", 1),
        ("export.arxiv.org/abs/2107.05580", "2107.05580", None),
        ("https://doi.org/10.48550/arXiv.2107.05580", "2107.05580", None),
        ("10.48550/arxiv.2107.05580", "2107.05580", None),
        ("quant-ph/0201082", "quant-ph/0201082", None),
        ("https://arxiv.org/abs/math.AG/0309136v1", "math/0309136", 1),
        ("cond-mat.dis-nn/9901001", None, None),
    ],
)
def test_an_arxiv_number_is_bare_however_it_was_written(text: str, number: str | None, version: int | None) -> None:
    found = identifiers.arxiv(text)
    assert (found.number if found else None, found.version if found else None) == (number, version)


@pytest.mark.parametrize(
    "text",
    [
        "", "2107", "2113.05580", "2100.0001", "2107.055801", "see 2107.05580", "2107.05580v0", "--/0000000",
        "math/0013001",
        "\u017f/0309136", "\u0662\u0661\u0660\u0667.05580", "https://arxiv.org/list/cs.LG/recent",
    ],
)  # fmt: skip
def test_anything_else_is_no_arxiv_number(text: str) -> None:
    assert identifiers.arxiv(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.1103/PhysRevE.1", "10.1103/physreve.1"),
        ("https://doi.org/10.1103/PhysRevE.1", "10.1103/physreve.1"),
        ("http://dx.doi.org/10.1000/182.", "10.1000/182"),
        ("DOI: 10.1002/(SICI)1097-0258(19980815)17:15<1661::AID>3.0.CO;2-2",
        "10.1002/(sici)1097-0258(19980815)17:15<1661::aid>3.0.co;2-2"),
        ("https://doi.org/10.1000/S0167-2789%2802%2900001-0", "10.1000/s0167-2789(02)00001-0"),
        ("10.1234/.", None),
        ("10.1234/", None),
        ("10.12/x", None),
        ("10.1234/a b", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_doi_is_bare_and_in_lower_case(text: str, expected: str | None) -> None:
    assert identifiers.doi(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org", True),
        ("http://example.org/~a_b/c?d=%20#e", True),
        ("ftp://example.org", False),
        ("javascript:alert(1)", False),
        ("www.example.org", False),
        ("https://example.org and more", False),
        ("https://localhost", False),
    ],
)
def test_a_web_address_is_kept_as_written_and_nothing_else_is_one(text: str, expected: bool) -> None:
    assert identifiers.url(text) == (text if expected else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("arXiv:2107.05580", True),
        ("doi:10.1000/182", True),
        ("https://example.org/a.pdf", True),
        ("2107.05580", False),
        ("PDF", False),
        ("", False),
    ],
)
def test_a_bare_number_is_no_link(text: str, expected: bool) -> None:
    assert identifiers.is_link(text) == expected


_ARXIV = re.compile(identifiers._ARXIV.pattern, identifiers._ARXIV.flags)
numbers = st.from_regex(_ARXIV, fullmatch=True) | st.from_regex(r"\d{4}\.\d{4,5}", fullmatch=True)
dois = st.from_regex(r"10\.\d{4}/[!-~]{1,8}", fullmatch=True)


@given(numbers | dois | st.text())
def test_reading_an_identifier_again_changes_nothing_and_no_text_raises(text: str) -> None:
    if number := identifiers.arxiv(text):
        again = identifiers.arxiv(number.number)
        assert again
        assert again.number == number.number
    if doi := identifiers.doi(text):
        assert identifiers.doi(doi) == doi
    if url := identifiers.url(text):
        assert identifiers.url(url) == url
    identifiers.is_link(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013; (5):1384-416. doi: 10.3390/nu5041384.", [("doi", "10.3390/nu5041384")]),
        (
            "https://doi.org/10.1061/(asce)0733-9410(1988)114:2(133).",
            [("doi", "10.1061/(asce)0733-9410(1988)114:2(133)")],
        ),
        ("(doi:10.1000/xyz(1))", [("doi", "10.1000/xyz(1)")]),
        ("doi: 10.1103 /PhysRevLett. 113.091601 .", [("doi", "10.1103/physrevlett.113.091601")]),
        ("doi: nm.2234 [pii]; 10.1038/nm.2234[doi]", [("doi", "10.1038/nm.2234")]),
        ("see doi.org/10.1000/xyz", [("doi", "10.1000/xyz")]),
        ("DOI 10/q36q", [("url", "https://doi.org/10/q36q")]),
        (
            "https://onlinelibrary.wiley.com/doi/abs/10.1002/abc.123",
            [("doi", "10.1002/abc.123"), ("url", "https://onlinelibrary.wiley.com/doi/abs/10.1002/abc.123")],
        ),
        ("arXiv preprint arXiv:2012.02821v2, 2020", [("arxiv", "2012.02821v2")]),
        ("[arXiv:1702.00674 [hep-ex]]", [("arxiv", "1702.00674")]),
        ("49, 2359, hep-ph/9310216.", [("arxiv", "hep-ph/9310216")]),
        ("https://doi.org/10.48550/arXiv.2107.05580", [("arxiv", "2107.05580")]),
        (
            "doi:10.1002/(SICI)1097-0207(19970228)40:4<735::AID-NME86>3.0.CO;2-D.",
            [("doi", "10.1002/(sici)1097-0207(19970228)40:4<735::aid-nme86>3.0.co;2-d")],
        ),
        ("<10.1000/xyz.1>", [("doi", "10.1000/xyz.1")]),
        ("https://doi.org/10.1000/S0167-2789%2802%2900001-0", [("doi", "10.1000/s0167-2789(02)00001-0")]),
        ("DOI: 10.1103/PhysRevE .72.041301", [("doi", "10.1103/physreve.72.041301")]),
        ("doi: 10.1103/PhysRevE. 72. 041301, 2005", [("doi", "10.1103/physreve.72.041301")]),
        ("doi:10.1000/looms.2019.5.551(inkoreanwithenglishabstract).", [("doi", "10.1000/looms.2019.5.551")]),
        ("doi:10.1000/looms.2019.5.551(inkoreanwith", [("doi", "10.1000/looms.2019.5.551")]),
        ("doi:10.1000/11_2(共著)", [("doi", "10.1000/11_2")]),
        ("DOI:10.1000/135504;arXiv:0811.1234", [("doi", "10.1000/135504"), ("arxiv", "0811.1234")]),
        (
            "10.1000/135504[pdf] 10.1000/54001|pdf 10.1000/54001.PDF",
            [("doi", "10.1000/135504")] + 2 * [("doi", "10.1000/54001")],
        ),
        ("https://doi.org/10.1000/00001X\u200b", [("doi", "10.1000/00001x")]),
        ("PMID: 12345678; PMC1234567", [("pmid", "12345678"), ("pmcid", "PMC1234567")]),
        (
            "https://pubmed.ncbi.nlm.nih.gov/12345678/",
            [("pmid", "12345678"), ("url", "https://pubmed.ncbi.nlm.nih.gov/12345678/")],
        ),
        ("ISBN 978-3-16-148410-0", [("isbn", "978-3-16-148410-0")]),
        ("ISBN 978-3-16-148410-1", []),
        (
            "at https://example.org/a_(b), and www.example.org/c.",
            [("url", "https://example.org/a_(b)"), ("url", "https://www.example.org/c")],
        ),
        ("no identifier: 12(3):45-67, 2020, arXiv (2019)", []),
    ],
)
def test_identifiers_are_found_in_running_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.kind, found.value) for found in identifiers.find(text)] == expected


@pytest.mark.parametrize(
    ("address", "doi"),
    [
        ("https://loom.example.com/article/10.1000/s00330-020-1234-5", "10.1000/s00330-020-1234-5"),
        ("https://loom.example.org/pre/abstract/10.1000/PhysRevE.72.041301", "10.1000/physreve.72.041301"),
        ("https://loom.example.org/article/10.1000/1367-2630/aa1234/pdf", "10.1000/1367-2630/aa1234"),
        ("https://loom.example.org/articles/10.1000/fnins.2019.00123/full", "10.1000/fnins.2019.00123"),
        ("https://loom.example.org/content/pdf/10.1000/s41-9.pdf?x=1", "10.1000/s41-9"),
        ("http://dx.doi.org/10.1000%2Fepje%2Fi2012-12013-3", "10.1000/epje/i2012-12013-3"),
        ("https://doi-org.proxy.example.edu/10.1000/a.1.2", "10.1000/a.1.2"),
    ],
)
def test_a_doi_in_an_address_is_found_without_what_the_site_adds(address: str, doi: str) -> None:
    assert [(found.kind, found.value) for found in identifiers.find(address)] == [("doi", doi), ("url", address)]


def test_an_address_that_a_line_s_end_broke_is_joined() -> None:
    text = "see https://doi.org/10.1000/ abc.123 for more"
    assert identifiers.find(text, breaks=[28])[0].value == "10.1000/abc.123"


@pytest.mark.parametrize(
    ("line", "below", "expected"),
    [
        ("doi: 10.5555/TTI.", "1986.4307732.", True),
        ("doi: 10.5555/TTI.", "1986.", True),
        ("doi:10.5555/PhysRev.47.", "777.", True),
        ("doi:10.5555/j.", "cell.2007.05.001", True),
        ("https://doi.org/10.5555/", "Looms.1", True),
        ("https://arxiv.org/abs/", "0705.99901.", True),
        # a sentence ends, and the next line is another entry, a year, or the number of a page or an entry
        ("doi: 10.5555/3263241.", "García Canclini, Néstor (1990).", False),
        ("doi: 10.5555/3263241.", "the best paper of 1990", False),
        ("doi: 10.5555/3263241.", "2007.", False),
        ("doi: 10.5555/3263241.", "12", False),
        ("doi: 10.5555/3263241.", "13.", False),
        ("doi: 10.5555/3263241", "https://looms.example/", False),
        ("no address at all.", "777.", False),
        ("", "777.", False),
    ],
)
def test_an_address_goes_on_in_the_line_below(line: str, below: str, expected: bool) -> None:
    assert identifiers.goes_on(line, below) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("doi: 10.5555/TTI.", True), ("https://arxiv.org/abs/", True), ("doi: 10.5555/3263241.", False), ("5.", False)],
)
def test_a_line_may_end_within_an_identifier(line: str, expected: bool) -> None:
    assert identifiers.is_cut(line) is expected


crumbs = st.sampled_from(
    "doi:|10.1000/|a.b|(|)|arXiv:|2107.05580|https://|x.org/|PMID |1234567|ISBN |[|]|.|/| |hep-th/|9901001".split("|")
)


@given(st.lists(crumbs).map("".join))
def test_only_the_last_word_of_a_line_tells_whether_it_is_cut(line: str) -> None:
    whole, last = identifiers._CUT.search(line), identifiers._CUT.search(line.rpartition(" ")[2])
    assert (whole and whole[0]) == (last and last[0])


@given(st.lists(crumbs).map("".join))
def test_what_is_found_is_a_stretch_of_the_text_and_canonical(text: str) -> None:
    for found in identifiers.find(text):
        assert 0 <= found.start < found.end <= len(text)
        if found.kind == "doi":
            assert identifiers.doi(found.value) == found.value
        if found.kind == "arxiv":
            assert identifiers.arxiv(found.value)
