from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools.fields import periodicals
from pubtools.fields.periodicals import Appearance


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Looms and Wheels 9 (7), 1200-1217, 2022", Appearance("Looms and Wheels", "9", "7", "1200-1217", "2022")),
        ("Physical Review X 10 (4), 041044", Appearance("Physical Review X", "10", "4", "041044")),
        ("Nature 323, 533", Appearance("Nature", "323", pages="533")),
        ("Advances in Looms 34", Appearance("Advances in Looms", "34")),
        ("Wheels 5 (3), e9505, 2010", Appearance("Wheels", "5", "3", "e9505", "2010")),
        ("Meeting of Weavers, 1234-1245, 2020", Appearance("Meeting of Weavers", pages="1234-1245", date="2020")),
        ("Wheels 2020 (12), 124010", Appearance("Wheels", "2020", "12", "124010")),
        ("Weavers 2020, 12-15, 2020", Appearance("Weavers 2020", pages="12-15", date="2020")),
        ("Looms, vol. 2, pp. 55-74, 2022", Appearance("Looms", "2", pages="55-74", date="2022")),
        ("Meeting of Looms, PMLR 119:12-45, 2020", Appearance("Meeting of Looms, PMLR", "119", None, "12-45", "2020")),
        ("Proceedings of Looms, Part 2", Appearance("Proceedings of Looms, Part 2")),
        ("Looms (5: VISAPP), 2022", Appearance("Looms (5: VISAPP)", date="2022")),
        ("Memoirs of Engines, Jan 2022", Appearance("Memoirs of Engines", date="Jan 2022")),
        ("Proceedings of the Academy of …, 2019", Appearance("Proceedings of the Academy of …", date="2019")),
        ("Looms 34, 1234 …", Appearance("Looms", "34", pages="1234")),
        ("arXiv preprint arXiv:2107.05580, 2021", Appearance(date="2021", kind="preprint", arxiv="2107.05580")),
        ("arXiv e-prints, arXiv: 2107.05580", Appearance(kind="preprint", arxiv="2107.05580")),
        ("CoRR, abs/2107.05580", Appearance(kind="preprint", arxiv="2107.05580")),
        ("US Patent 10,123,456, 2018", Appearance(date="2018", kind="patent", note="US Patent 10,123,456")),
        ("Ph.D. Dissertation, Wheels College, 2026", Appearance("Wheels College", date="2026", kind="thesis")),
        ("2021", Appearance(date="2021")),
        ("", Appearance()),
    ],
)  # fmt: skip
def test_where_and_when_a_work_appeared(text: str, said: Appearance) -> None:
    assert periodicals.parse(text) == said


@given(st.text(st.sampled_from("aB 1234,.()-:…"), max_size=60) | st.text())
def test_no_text_raises_and_every_part_stands_in_it(text: str) -> None:
    said = periodicals.parse(text)
    folded = " ".join(text.split())
    assert said.venue is None or said.venue in folded
    assert said.volume is None or said.volume in folded
    assert said.date is None or said.date in folded
