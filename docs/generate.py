"""Write docs/problems.md anew from the codes and their explanations: `make docs`. A test holds it to them."""

from __future__ import annotations

from pathlib import Path

from pubtools.explanations import EXPLANATIONS
from pubtools.problems import CODES

INTRODUCTION = """\
# The problems that pubtools reports

A warning wants a person and makes `pubtools check` exit with 1; a note is shown with `-v`. Both name the file and the
line. `pubtools explain CODE` prints the paragraph below; `--ignore CODE`, or `ignore = ["CODE"]` in pubtools.toml,
leaves a code out. This file is written by `make docs`.
"""
# Codes by the letter they begin with: the stage that has the doubt.
STAGES = {
    "L": "Reading a page",
    "N": "Names",
    "D": "Dates",
    "S": "Subjects",
    "M": "Matching and corrections",
    "C": "Conflicts",
    "E": "Look-ups",
    "X": "Bibliography files",
    "F": "Files that are written",
}


def problems() -> str:
    """The text of problems.md."""
    parts = [INTRODUCTION]
    for letter, stage in STAGES.items():
        parts.append(f"# {stage}\n")
        for code, (severity, title) in CODES.items():
            if code.startswith(letter):
                said = "A warning." if severity == "warning" else "A note."
                parts.append(f"## {code}: {title}\n\n{said} {EXPLANATIONS[code]}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    (Path(__file__).parent / "problems.md").write_text(problems(), encoding="utf-8")
    print("problems.md")
