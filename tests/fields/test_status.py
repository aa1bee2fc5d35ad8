from __future__ import annotations

import pytest

from pubtools.fields import status


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("to appear in the Journal of Looms", "in press"),
        ("Journal of Looms, in press", "in press"),
        ("forthcoming", "in press"),
        ("im Erscheinen", "in press"),
        ("no prelo", "in press"),
        ("accepted for publication", "accepted"),
        ("Submitted to Nature", "submitted"),
        ("under review", "submitted"),
        ("eingereicht", "submitted"),
        ("in preparation", "in preparation"),
        ("work in progress", "in preparation"),
    ],
)
def test_a_status_is_csl_s_in_whatever_words(text: str, expected: str) -> None:
    found = status.find(text)
    assert found
    assert found[0] == expected


@pytest.mark.parametrize("text", ["", "Journal of Looms 12 (2020)", "On reviews", "Submittedness"])
def test_a_text_without_one_has_none(text: str) -> None:
    assert status.find(text) is None
