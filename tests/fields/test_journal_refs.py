from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import journal_refs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # name, volume, issue, pages, year
        ("Phys. Rev. D 103, 096005 (2021)", ("Phys. Rev. D", "103", None, "096005", 2021)),
        ("Phys.Lett.B573:94-100,2003", ("Phys. Lett. B", "573", None, "94-100", 2003)),
        ("Eur.Phys.J. C31 (2003) 17-29", ("Eur. Phys. J. C", "31", None, "17-29", 2003)),
        ("Phys.Rev.A 88 (2013) 062514", ("Phys. Rev. A", "88", None, "062514", 2013)),
        ("ActaAstron.56:1-50,2006", ("ActaAstron.", "56", None, "1-50", 2006)),
        ("Nature 521, 436\u2013444 (2015)", ("Nature", "521", None, "436-444", 2015)),
        ("Astrophysics and Space Science 305(2006)289-296",
         ("Astrophysics and Space Science", "305", None, "289-296", 2006)),
        ("Indiana Univ. Math. J. 73 (2024), 1331-1356", ("Indiana Univ. Math. J.", "73", None, "1331-1356", 2024)),
        ("International Journal of Sciences 2(12), 52-60, 2013",
         ("International Journal of Sciences", "2", "12", "52-60", 2013)),
        ("Software Testing Reliability, 35(2):e1914, 2025", ("Software Testing Reliability", "35", "2", "e1914", 2025)),
        ("Applied and Computational Harmonic Analysis, Volume 36, Issue 1, January 2014, Pages 79-107",
         ("Applied and Computational Harmonic Analysis", "36", "1", "79-107", 2014)),
        ("The ANZIAM Journal, Volume 63, Issue 3, July 2021, pp. 333--341",
         ("The ANZIAM Journal", "63", "3", "333-341", 2021)),
        ("IEEE Transactions on Information Theory, vol. 65, no. 4, pp. 2300-2312, April 2019",
         ("IEEE Transactions on Information Theory", "65", "4", "2300-2312", 2019)),
        ("J. Stat. Mech. (2019) 124018", ("J. Stat. Mech.", None, None, "124018", 2019)),
        ("JHEP 05 (2009) 018", ("JHEP", "05", None, "018", 2009)),
        ("Neural Computation 31 (3), 477-503 (2019).", ("Neural Computation", "31", "3", "477-503", 2019)),
    ],
)  # fmt: skip
def test_a_whole_reference_to_a_journal_is_read(text, expected):
    venue = journal_refs.parse(text)
    assert venue is not None
    assert (venue.name, venue.volume, venue.issue, venue.pages, venue.year) == expected
    assert venue.kind == "article-journal"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nature",
        "Nature (2015)",
        "Software Testing, Verification & Reliability 2021",  # no pages, and a comma in the name
        "Physical Review Letters, in press",
        "to appear in Annals of Looms 12, 1-20 (2024)",
        "Submitted to Nature 521, 436 (2015)",
        "AIPConf.Proc.1017:10-17,2008",
        "AIP Conf. Proc. 1017, 10-17 (2008)",
        "Proc. Natl. Acad. Sci. 115, 100 (2018)",  # a journal that looks like a meeting: left as text
        "In Proc. ACM SIGSOFT International Symposium on Software Testing, pages 14-26. ACM, 2020",
        "2022 IEEE International Conference On Artificial Intelligence Testing (AITest), 2022, pp. 26-33",
        "Advances in Neural Information Processing Systems 33, 1877-1901 (2020)",
        "Lect.Notes Phys.562:195-212,2001",
        "Formal Methods and Testing, Springer-Verlag (Ed.) (2008) 209-239",
        "CERN Yellow Report CERN-2013-002, pp.237-240",
        "Eur. Phys. J. A, 48 11 (2012) 151",
        "Phys. Rev. D 103, 096005 (2021); Erratum 104, 1 (2022)",
        "Phys. Rev. D 103, 096005 (2021), doi:10.1103/x",
        "Smith, J. Nature 521, 436-444 (2015)",
        "Deep learning of looms. Nature 521, 436-444 (2015)",
        "Annals 2014, 23, 2015",
        "IEEE Transactions on Information Theory ( Volume: 65 , Issue: 4 , April 2019 )",
        "Science & Education, September 2014, 23(9): 1853-1873",
    ],
)
def test_what_is_not_clear_stays_text(text):
    assert journal_refs.parse(text) is None


@given(st.text(alphabet="Aa .,():-0129vol", max_size=200))
def test_any_text_is_read_or_left(text):
    venue = journal_refs.parse(text)
    assert venue is None or (venue.year and venue.pages)


@pytest.mark.parametrize("piece", ["A", "A ", "1", "1,", "A.", "(", "Vol ", "-1", " "])
def test_hostile_text_takes_no_time(piece):
    started = time.process_time()
    journal_refs.parse(piece * 20_000)
    journal_refs.parse(f"Nature {piece * 20_000} (2015)")
    assert time.process_time() - started < 1
