"""Every code has its paragraph, and the documentation has the same."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from pubtools.explanations import EXPLANATIONS
from pubtools.problems import CODES

DOCS = Path(__file__).parents[1] / "docs"


def test_every_code_is_explained_and_no_other():
    assert sorted(EXPLANATIONS) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_an_explanation_is_a_paragraph_of_whole_sentences(code):
    text = EXPLANATIONS[code]
    assert text.endswith(".")
    assert "\n" not in text
    assert text.count("`") % 2 == 0


def test_the_documentation_is_current():
    generated = runpy.run_path(str(DOCS / "generate.py"))["problems"]()
    assert (DOCS / "problems.md").read_text("utf-8") == generated, "run: make docs"
    assert all(f"## {code}: " in generated for code in CODES)
