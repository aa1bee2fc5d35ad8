"""Problems for machines: each form by the rules of the program that reads it."""

from __future__ import annotations

import json

from pubtools.cli import findings
from pubtools.problems import Problem, Where

YEARLESS = Problem("D01", "date has no year: 'May 19'", Where("pages/ada's, 100%.txt", 47))
UNREAD = Problem("L01", "unread lines: 3, 5-7", Where("saxe.txt", 3))
UNASKED = Problem("E01", "two\nlines")
ALL = [YEARLESS, UNREAD, UNASKED]


def test_a_line_a_problem():
    assert findings.text(ALL).splitlines()[1] == "saxe.txt:3: L01 unread lines: 3, 5-7"
    assert findings.text([]) == ""


def test_json_says_only_what_is_known():
    first, _, last = json.loads(findings.as_json(ALL))
    assert first == {
        "code": "D01", "severity": "warning", "message": "date has no year: 'May 19'",
        "file": "pages/ada's, 100%.txt", "line": 47,
    }  # fmt: skip
    assert last == {"code": "E01", "severity": "warning", "message": "two\nlines"}


def test_github_s_commands_escape_what_would_end_them():
    assert findings.github(ALL).splitlines() == [
        "::warning file=pages/ada's%2C 100%25.txt,line=47,title=D01::date has no year: 'May 19'",
        "::notice file=saxe.txt,line=3,title=L01::unread lines: 3, 5-7",
        "::warning title=E01::two%0Alines",
    ]


def test_a_gitlab_fingerprint_stays_when_lines_move_and_none_is_given_twice():
    moved = Problem("D01", YEARLESS.message, Where("pages/ada's, 100%.txt", 48))
    (one,) = json.loads(findings.gitlab([YEARLESS]))
    (other,) = json.loads(findings.gitlab([moved]))
    assert one["fingerprint"] == other["fingerprint"]
    both = json.loads(findings.gitlab([YEARLESS, moved]))
    assert len({row["fingerprint"] for row in both}) == 2
    assert set(one) == {"description", "check_name", "fingerprint", "severity", "location"}
    assert one["location"] == {"path": "pages/ada's, 100%.txt", "lines": {"begin": 47}}


def test_sarif_names_its_rules_and_relative_places():
    log = json.loads(findings.sarif(ALL))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["D01", "E01", "L01"]
    assert [result["ruleIndex"] for result in run["results"]] == [0, 2, 1]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "pages/ada%27s%2C%20100%25.txt"}, "region": {"startLine": 47}}
    assert "locations" not in run["results"][2]
