"""The codec against other people's cases, and against what pdflatex prints."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pubtools import latex
from pubtools.latex import _tables

needs_pdflatex = pytest.mark.skipif(
    not (shutil.which("pdflatex") and shutil.which("pdftotext")), reason="pdflatex and pdftotext are not installed"
)


def cases(shared: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((shared / "suites" / name).read_text(encoding="utf-8"))["cases"]
    return found


def typesetter(shared: Path) -> Callable[[list[str]], list[str | None]]:
    path = shared / "oracles" / "latex_text.py"
    spec = importlib.util.spec_from_file_location("latex_text", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    typeset: Callable[[list[str]], list[str | None]] = module.pdflatex
    return typeset


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


# ---------------------------------------------------------------- Unicode to LaTeX


@needs_pdflatex
def test_what_is_written_is_printed(shared: Path) -> None:
    texts = [case["input"] for case in cases(shared, "unicode-to-latex.json")]
    printed = typesetter(shared)([latex.encode(text) for text in texts])
    fates = Counter(map(fate, texts, printed))
    lost = [text for text, shown in zip(texts, printed, strict=True) if fate(text, shown) == "lost"]
    survived = (fates["exact"] + fates["maths"]) / len(texts)
    assert survived >= 0.997, f"{survived:.2%} of {len(texts)}: {dict(fates)}, {lost}"
    assert not fates["lost"], lost


def fate(text: str, printed: str | None) -> str:
    """What became of `text` in print. Maths is set, not printed, so of it only the letters and figures are there."""
    if printed == folded(text):
        return "exact"
    if printed and "$" in text and re.sub(r"\\[a-z]+|[$_^{}\s]", "", text) == re.sub(r"\s", "", printed):
        return "maths"
    return "named" if latex.unmapped(text) else "lost"


def test_what_is_written_of_the_suite_is_read_again(shared: Path) -> None:
    for case in cases(shared, "unicode-to-latex.json"):
        text = case["input"]
        assert latex.decode(latex.encode(text)) == latex.normal(text)
        assert latex.decode(latex.encode(text, utf8=True)) == latex.normal(text, utf8=True)


@needs_pdflatex
def test_pdflatex_sets_every_form_of_the_tables(tmp_path: Path) -> None:
    tables = (_tables.ESCAPES, _tables.LONE_BRACES, _tables.LETTERS, _tables.PUNCTUATION, _tables.MATHS)
    forms = [latex.encode(character) for table in tables for character in table]
    forms += [latex.encode(letter + mark) for letter in "aeijoøcstzAEIOÆSTZ" for mark in _tables.ACCENTS]
    forms += [latex.encode(letter + mark) for letter in "αηωΩ" for mark in _tables.MATHS_ACCENTS]
    assert all(map(str.isascii, forms))
    preamble = r"\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern,textcomp,amsmath,amssymb}"
    body = "\n\n".join(forms)
    (tmp_path / "forms.tex").write_text(f"{preamble}\n\\begin{{document}}\n{body}\n\\end{{document}}\n", "ascii")
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "forms.tex"]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, errors="replace", check=False)
    log = (tmp_path / "forms.log").read_text(errors="replace")
    assert run.returncode == 0, [line for line in log.splitlines() if line.startswith(("!", "l."))]
    assert "Missing character" not in log


# ---------------------------------------------------------------- LaTeX to Unicode


def test_strong_cases_are_read_as_latex_sets_them(shared: Path) -> None:
    strong = [case for case in cases(shared, "latex-unicode.json") if case["strength"] == "strong"]
    wrong = [case["input"] for case in strong if folded(latex.decode(case["input"])) != case["expected"]]
    right = len(strong) - len(wrong)
    assert right >= 0.99 * len(strong), f"{right} of {len(strong)} = {right / len(strong):.2%}: {wrong}"


def test_what_differs_is_maths_or_a_glyph_without_a_dot(shared: Path) -> None:
    # The suite reads `{$p$}-Ary` without its maths, and the glyph that T1 lacks, `\~{\i}`, as dotless i and tilde.
    for case in cases(shared, "latex-unicode.json"):
        text = folded(latex.decode(case["input"]))
        if case["strength"] == "strong" and text != case["expected"]:
            dotted = case["expected"].replace("ı", "i").replace("ȷ", "j")
            assert text.replace("$", "") in (case["expected"], unicodedata.normalize("NFC", dotted)), case["id"]


# ---------------------------------------------------------------- titles


def test_titles_keep_the_capitals_that_curators_keep(shared: Path) -> None:
    kept, wanted, extra = Counter[str](), Counter[str](), Counter[str]()
    for case in cases(shared, "title-protection.json"):
        source = case["source"]
        groups = list(map(latex.decode, re.findall(r"\{((?:[^{}]|\{[^{}]*\})*)\}", latex.protect(case["input"]))))
        for word in case["must_protect"]:
            pieces = [piece for piece in re.findall(r"\w+", word) if not piece.islower() and not piece.isdecimal()]
            wanted[source] += 1
            kept[source] += all(any(piece in group for group in groups) for piece in pieces)
        extra[source] += sum(word in groups for word in case["should_not_protect"])
    assert wanted
    for source, count in wanted.items():
        recall = kept[source] / count
        precision = kept[source] / (kept[source] + extra[source])
        figures = f"{source}: {kept[source]} of {count} kept ({recall:.1%}), {extra[source]} extra ({precision:.1%})"
        assert recall >= 0.98, figures
        assert precision >= 0.90, figures
