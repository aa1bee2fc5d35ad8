"""Problems in the words of the programs that show them: a terminal, GitHub, GitLab, or a reader of JSON or SARIF."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pubtools.problems import CODES, Problem


def text(problems: Sequence[Problem]) -> str:
    """A line a problem: `saxe.txt:47: D01 date has no year`."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Sequence[Problem]) -> str:
    """An array of objects: code, severity, message, and where they are known file and line."""
    return _dumps([_row(problem) for problem in problems])


def github(problems: Sequence[Problem]) -> str:
    """Workflow commands, which GitHub shows at the line of the file.

    Source: GitHub, "Workflow commands for GitHub Actions", on notices, warnings and their escapes.
    """
    lines = []
    for problem in problems:
        level = "warning" if problem.severity == "warning" else "notice"
        properties = {"title": problem.code}
        if problem.where:
            properties = {"file": problem.where.file, "line": str(problem.where.line or 1), **properties}
        listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        lines.append(f"::{level} {listed}::{_data(problem.message)}\n")
    return "".join(lines)


def gitlab(problems: Sequence[Problem]) -> str:
    """A Code Quality report.

    Source: GitLab, "Code Quality", on the report's format. A fingerprint stays when only lines move.
    """
    rows: list[dict[str, Any]] = []
    seen: dict[str, int] = {}
    for problem in problems:
        file = problem.where.file if problem.where else "pubtools.toml"
        said = f"{problem.code}\0{file}\0{problem.message}"
        seen[said] = seen.get(said, 0) + 1
        rows.append(
            {
                "description": problem.message,
                "check_name": problem.code,
                "fingerprint": hashlib.sha256(f"{said}\0{seen[said]}".encode()).hexdigest(),
                "severity": "minor" if problem.severity == "warning" else "info",
                "location": {"path": file, "lines": {"begin": (problem.where and problem.where.line) or 1}},
            }
        )
    return _dumps(rows)


def sarif(problems: Sequence[Problem]) -> str:
    """A log of SARIF 2.1.0 (OASIS standard), without the version of the tool, so that it changes with the findings."""
    rules = sorted({problem.code for problem in problems})
    results = []
    for problem in problems:
        result: dict[str, Any] = {
            "ruleId": problem.code,
            "ruleIndex": rules.index(problem.code),
            "level": "warning" if problem.severity == "warning" else "note",
            "message": {"text": problem.message},
        }
        if problem.where:
            place: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.where.file)}}
            if problem.where.line:
                place["region"] = {"startLine": problem.where.line}
            result["locations"] = [{"physicalLocation": place}]
        results.append(result)
    driver = {
        "name": "pubtools",
        "rules": [{"id": code, "shortDescription": {"text": CODES[code][1]}} for code in rules],
    }
    return _dumps(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
        }
    )


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {
    "text": text,
    "json": as_json,
    "github": github,
    "gitlab": gitlab,
    "sarif": sarif,
}

# ---------------------------------------------------------------- inside


def _row(problem: Problem) -> dict[str, Any]:
    row: dict[str, Any] = {"code": problem.code, "severity": problem.severity, "message": problem.message}
    if problem.where:
        row["file"] = problem.where.file
        if problem.where.line:
            row["line"] = problem.where.line
    return row


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _data(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def _uri(path: str) -> str:
    """A path as a relative URI reference."""
    from urllib.parse import quote

    return quote(path)
