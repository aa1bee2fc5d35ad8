from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import patterns
from pubtools.fields import pagination

Numbers = tuple[str | None, str | None, str | None]


def numbers(text: str) -> Numbers:
    found = {part.field: part.text for part in pagination.find(text)}
    return found.get("volume"), found.get("issue"), found.get("pages")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("137, 1493-1502. 2015.", ("137", None, "1493-1502")),
        ("26: 5988–93, 2008", ("26", None, "5988-93")),
        ("2010 Mar 18;29(11): 1611-21.", ("29", "11", "1611-21")),
        ("52(9):2645–55, 2005.", ("52", "9", "2645-55")),
        ("10, (10), 4242-4248.", ("10", "10", "4242-4248")),
        ("42. 101-132.", ("42", None, "101-132")),
        ("264, 1772-1775 (1994).", ("264", None, "1772-1775")),
        (" 71, 021710 (2005)", ("71", None, "021710")),
        ("453 (2026), 113832.", ("453", None, "113832")),
        ("30 (2023), no. 6, 1931–1961.", ("30", "6", "1931-1961")),
        ("vol. 121, no. 3, e2318989121, 2024.", ("121", "3", "e2318989121")),
        ("v. 24, p. 265. 1989.", ("24", None, "265")),
        ("vol. 21, no 12, p. 1734 ‑ 1739, 2012.", ("21", "12", "1734-1739")),
        ("Vol. 18 (3), 403 – 418.", ("18", "3", "403-418")),
        ("Bd. 12, H. 3, S. 106-120", ("12", "3", "106-120")),
        ("21 (2/2019), S. 106-120", ("21", "2/2019", "106-120")),
        ("Nr. 180/181 (2020), S. 114-129", (None, "180/181", "114-129")),
        ("n°149. p. 24-25.", (None, "149", "24-25")),
        ("第25卷, 第2期, pp. 91-108", ("25", "2", "91-108")),
        ("제25권 제2호, pp.91-108, 2018", ("25", "2", "91-108")),
        ("pages 381–386, 2011.", (None, None, "381-386")),
        ("61 (2020), no. 8, 081507, 20 pp.", ("61", "8", "081507")),
        ("12(Suppl 2): 45-67", ("12", "Suppl 2", "45-67")),
        ("2016(3), 45-67", ("2016", "3", "45-67")),
        ("44 (Oslo, 2015)", ("44", None, None)),
        ("2006. Т. 97. № 12. С. 120–125.", ("97", "12", "120-125")),
        # ACM Reference Format: volume, issue (month and year), pages, or the number of the article
        (" 50, 1 (Jan. 2007), 36–44.", ("50", "1", "36-44")),
        (" 12, 3 (March 2010), 210–225.", ("12", "3", "210-225")),
        (" 12, 3 (2010), 210–225.", ("12", "3", "210-225")),
        (" 12, 3-4 (July-Aug. 2010), 210–225.", ("12", "3-4", "210-225")),
        (" 2, POPL (Jan. 2018), 1–28.", ("2", "POPL", "1-28")),
        (" 4, 2, Article 8 (May 2008), 28 pages.", ("4", "2", "8")),
        (" 3, CSCW2, Article 44 (Nov. 2019), 23 pages.", ("3", "CSCW2", "44")),
        (" 18, 4, pages 55-60, 2004.", ("18", "4", "55-60")),
        # biblatex: volume and issue with a full stop, the month before the year
        (" 12.3 (2022), pp. 210–225.", ("12", "3", "210-225")),
        (" 12.3 (Mar. 2022), pp. 210–225.", ("12", "3", "210-225")),
        (" 5.11 (Oct. 2011), e701–e712.", ("5", "11", "e701-e712")),
        (" 12.1-2 (2022), pp. 3–9.", ("12", "1-2", "3-9")),
        (" 3.14 (2015).", ("3", "14", None)),
        (" 59/236 (1950), 433–60.", ("59", "236", "433-60")),
        (" 1.1–2, pp. 1–305.", ("1", "1-2", "1-305")),
        (" 97.12, p. 120405.", ("97", "12", "120405")),
        # Elsevier: volume, issue, year, pages
        (" 27 (4) (2011) 323–327.", ("27", "4", "323-327")),
        (" 20 (4) (1985) 647.", ("20", "4", "647")),
        (" 1, nos. 1–2 (2007): 1–305.", ("1", "1-2", "1-305")),
        (" 20, 4 (1985), 647.", ("20", "4", "647")),
        # the same figures of physicists are volume and page
        (" 47, 777 (1935).", ("47", None, "777")),
        # the day of a month is no volume
        (" Conference on Looms, July 9, 1–9.", (None, None, "1-9")),
        ("2020 Jun 12:e004512.", (None, None, "e004512")),
        (" 20.", ("20", None, None)),
        (" No. 21-07.", (None, "21-07", None)),
        (" Report No. 21-07, 3-9.", (None, "21-07", "3-9")),
        # the pages of an article that has a number and no place in a volume
        (" 49(2): 7:1-7:38 (2024)", ("49", "2", "7:1-7:38")),
        (" 8:1–8:19.", (None, None, "8:1-8:19")),
        # historians: volume and issue before the year, seasons, Roman numerals
        (" 59:3 (2006): 739–47.", ("59", "3", "739-47")),
        (" LIII (227), pp. 300-325.", ("LIII", "227", "300-325")),
        (" IV/3 (Fall, 1986), 60-74.", ("IV", "3", "60-74")),
        (" XIV (2012), 3-9.", (None, None, "3-9")),
        (" 12 (Spring 2012), 3-9.", ("12", None, "3-9")),
        (" 12:345 (2003).", ("12", None, "345")),
        # INSPIRE: the issue behind the year; others: the month
        (" 105 (2022) 3, 032007.", ("105", "3", "032007")),
        (" 111(4), April 2021: 1105-1143.", ("111", "4", "1105-1143")),
        (" 570, 7762, Pp. 491–495.", ("570", "7762", "491-495")),
        (" nº. 21, 2013, pp. 115-148.", (None, "21", "115-148")),
        ("12巻3号,45-67頁,2016年", ("12", "3", "45-67")),
        ("第55巻第2号、330頁", ("55", "2", None)),
    ],
)
def test_volume_issue_and_pages_are_found_in_every_common_form(text: str, expected: Numbers) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    "text", ["", "1938–1942, Berlin", "2019", "In Proceedings of the 24th Symposium", "(2004)", "2021 (2 papers)"]
)
def test_years_and_ordinals_are_no_pages(text: str) -> None:
    assert numbers(text) == (None, None, None)


@given(st.text("0123456789(),:;.-– pvnoS", max_size=40))
def test_every_part_is_a_stretch_of_the_text_and_each_stands_once(text: str) -> None:
    parts = pagination.find(text)
    assert len({part.field for part in parts}) == len(parts)
    assert all(0 <= part.start < part.end <= len(text) for part in parts)


PIECES = st.sampled_from(
    (
        "12|3|1843|45-67|45–67|A12|e-3|12.5|S. |s. |p. |pp. |pages |P. |VOL. |vol. |Volume |Bd. |Jg. |t. |Т. |no. |"
        "№ |n° |#|Heft |iss. |str. |стр. |С. |Loom|x|(|)|, |. |: |; |/| |-| – "
    ).split("|")
)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_stands_only_behind_a_sign_is_found_as_everywhere(text: str) -> None:
    """A sign is cheaper to find, and says nothing else."""
    for pattern, sign in (
        (pagination._LABELLED, pagination._LABEL_SIGN),
        (pagination._BARE, pagination._BARE_SIGN),
    ):
        found = [one.span() for one in patterns.begun(pattern, sign, text, 0, len(text))]
        assert found == [one.span() for one in pattern.finditer(text)]
    alone = patterns.around(pagination._BARE_RANGE, pagination._A_DASH, pagination._LONGEST_PAGE, text, 0, len(text))
    expected = pagination._BARE_RANGE.search(text)
    assert (alone and alone.span()) == (expected and expected.span())
