from __future__ import annotations

import pytest

from pubtools.fields import appearances


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("Accepted at ICML 2024", ("ICML", 2024, None)),
        ("NeurIPS 2024", ("NeurIPS", 2024, None)),
        ("10 pages, 3 figures. Accepted to NeurIPS 2024 (spotlight)", ("NeurIPS", 2024, "spotlight")),
        ("ICML'22 oral", ("ICML", 2022, "oral")),
        ("To appear in Neural Computation", ("Neural Computation", None, None)),
        ("14 pages; to appear in \"Algorithmica\"", ("Algorithmica", None, None)),
        ("Accepted to TMLR", ("TMLR", None, None)),
        ("Accepted by the 32nd ACM Symposium on Software Testing (ISSTA 2023)", ("ISSTA", 2023, None)),
        ("Paper accepted at the 16th Conference on Testing (ICST) 2023", ("ICST", 2023, None)),
        ("9 pages, accepted at the 6th Workshop on Testing (MET'21)", ("MET", 2021, "workshop")),
        ("6 pages; RevTeX; published in Physical Review A in 2013", ("Physical Review A", 2013, None)),
        ("12 pages, 2 figures", None),
        ("Submitted to ICML 2024", None),
        ("Under review at ICLR 2025", None),
        ("Extended version of a paper in the proceedings of ICALP 2011", None),
        ("Code is at https://example.org/ICML2024", None),
        ("Comments welcome", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_comment_names_a_venue_or_none(comment, expected):
    found = appearances.of_comment(comment)
    assert (found and (found[0].name, found[0].year, found[1])) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("Phys. Rev. D 103, 096005 (2021)", ("Phys. Rev. D", 2021)),
        ("Phys.Lett.B573:94-100,2003", ("Phys.Lett.B", 2003)),
        ("Eur. Phys. J. A, 48 11 (2012) 151", ("Eur. Phys. J. A", 2012)),
        ("Proc. Natl. Acad. Sci. 115, 100 (2018)", ("Proc. Natl. Acad. Sci.", 2018)),
        ("IEEE Transactions on Information Theory ( Volume: 65 , Issue: 4 , April 2019 )",
         ("IEEE Transactions on Information Theory", 2019)),
        ("Proc. 2023 IEEE Conference on Testing, pp. 66-69", ("IEEE Conference on Testing", 2023)),
        ("International Journal of Sciences 2(12), 52-60, 2013", ("International Journal of Sciences", 2013)),
        ("Science & Education, September 2014, 23(9): 1853-1873", ("Science & Education", 2014)),
        ("Li, Y., Xia, G., Lotov, K. V., & Hanahoe, K. (2017). High-quality beams. Phys. Rev. 20(10)", None),
        ("1234", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_reference_begins_with_its_venue(reference, expected):
    venue = appearances.of_reference(reference)
    assert (venue and (venue.name, venue.year)) == expected
