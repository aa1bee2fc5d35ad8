"""What `pubtools init` writes: a commented pubtools.toml, and the files that run it in CI and before a commit.

All are plain text for people to read and change; nothing of ours writes over them later.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

# Third-party actions by commit, as GitHub's guide to secure use asks, with the version that the commit has.
CHECKOUT = "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2"
SETUP_PYTHON = "actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0"


@dataclass(frozen=True, slots=True)
class Found:
    """What stands in a folder: its publication pages and bibliographies, whose they are, and a list with markers."""

    profiles: tuple[str, ...] = ()
    owner: str | None = None
    markdown: str | None = None
    taken: tuple[str, ...] = ()


def settings(found: Found) -> str:
    """The text of a pubtools.toml for what was found; what was not is there as a comment."""
    lines = [
        "# What pubtools keeps up to date. Every setting: pubtools explain settings",
        "# For an editor that completes them: pubtools explain settings --schema >pubtools.schema.json,",
        "# and as the first line of this file:",
        "# #:schema ./pubtools.schema.json",
        "",
        "# Whose publications these are: the name that is set in bold, and that no cut author list may hide.",
        f"owner = {_string(found.owner)}" if found.owner else '# owner = "Ada Lovelace"',
        "",
        "# The pages and bibliographies to read, beside this file.",
        f"profiles = {_array(found.profiles)}" if found.profiles else '# profiles = ["profile.txt"]',
        "",
        "# What to write. Any number of rows; formats: pubtools export --help",
        *_output("bibtex", _free("publications.bib", found.taken)),
        "",
        *_output("markdown", found.markdown or _free("publications.md", found.taken), markers=bool(found.markdown)),
        "",
        "# Where the family name begins, if it is more than the last word.",
        "# [[people]]",
        '# family = "Sarao Mannelli"',
        '# given = "Stefano"',
        "",
        "# Your word is final: set or drop a fact, pin or refuse an arXiv number, join or part two entries.",
        "# [[corrections]]",
        '# title = "The title as the page has it"',
        '# set = { venue = "Annals of Looms", date = "2024-06" }',
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def github(pinned: str) -> str:
    """A GitHub workflow: a pull request with the news every week and on demand, and a check of every pull request.

    `pinned` is the requirement, as pip takes it, that installs pubtools there; so it is below.
    """
    return _GITHUB.replace("CHECKOUT", CHECKOUT).replace("SETUP_PYTHON", SETUP_PYTHON).replace("PINNED", pinned)


def gitlab(pinned: str) -> str:
    """A GitLab job that checks every merge request and shows what it finds at the line."""
    return _GITLAB.replace("PINNED", pinned)


def pre_commit(pinned: str) -> str:
    """A configuration of pre-commit with our check as a local hook."""
    return _PRE_COMMIT.replace("PINNED", pinned)


# ---------------------------------------------------------------- inside

_GITHUB = """\
# Keeps the publication lists up to date: weekly and on demand as a pull request, and checked in every pull request.
name: publications

on:
  schedule:
    - cron: "23 4 * * 1" # Mondays, off the hour, when the runners are less busy
  workflow_dispatch:
  pull_request:

permissions:
  contents: read

concurrency:
  group: publications-${{ github.ref }}

jobs:
  check:
    if: github.event_name == 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: CHECKOUT
        with:
          persist-credentials: false
      - uses: SETUP_PYTHON
        with:
          python-version: "3.12"
      - name: Install pubtools
        run: python -m pip install --quiet "PINNED"
      - name: Check the pages, the library and the lists, without a connection
        run: pubtools check --pages --output-format github

  update:
    if: github.event_name != 'pull_request'
    runs-on: ubuntu-latest
    timeout-minutes: 15
    permissions:
      contents: write # the branch
      pull-requests: write # the pull request
    env:
      BRANCH: pubtools/update
      TITLE: Update the publication lists
    steps:
      - uses: CHECKOUT
      - uses: SETUP_PYTHON
        with:
          python-version: "3.12"
      - name: Install pubtools
        run: python -m pip install --quiet "PINNED"
      - name: Update the lists
        run: pubtools update --summary markdown >"$RUNNER_TEMP/summary.md"
      - name: Commit what is new
        id: commit
        run: |
          git add --all
          if git diff --cached --quiet; then
            echo "nothing is new"
            exit 0
          fi
          git switch --create "$BRANCH"
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git commit --quiet --message "$TITLE"
          if git fetch --quiet --depth=1 origin "$BRANCH" && git diff --quiet FETCH_HEAD HEAD; then
            echo "the pull request says it already"
            exit 0
          fi
          git push --force origin "$BRANCH"
          echo "new=true" >>"$GITHUB_OUTPUT"
      - name: Open or renew the pull request
        if: steps.commit.outputs.new == 'true'
        env:
          GH_TOKEN: ${{ github.token }}
        run: |
          gh pr create --head "$BRANCH" --title "$TITLE" --body-file "$RUNNER_TEMP/summary.md" ||
            gh pr edit "$BRANCH" --body-file "$RUNNER_TEMP/summary.md"
"""

_GITLAB = """\
# Checks the publication lists in every merge request, without a connection; findings are shown at their lines.
publications:
  image: python:3.12-slim
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  script:
    - python -m pip install --quiet "PINNED"
    - pubtools check --pages --output-format gitlab >gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
"""

_PRE_COMMIT = """\
repos:
  - repo: local
    hooks:
      - id: pubtools-check
        name: publication lists are current
        entry: pubtools check --pages
        language: python
        additional_dependencies: ["PINNED"]
        pass_filenames: false
        files: (\\.(txt|html?|md|bib|json|ris)|pubtools\\.toml)$
"""


def _output(to: str, path: str, *, markers: bool = False) -> list[str]:
    lines = ["[[output]]", f"format = {_string(to)}", f"path = {_string(path)}"]
    return [*lines, "markers = true # only what stands between them changes"] if markers else lines


def _free(name: str, taken: Sequence[str]) -> str:
    """`name`, or one beside it where the user has such a file: an output is ours to write over."""
    stem, _, suffix = name.rpartition(".")
    candidates = (name, *(f"{stem}-{number}.{suffix}" for number in range(2, 1000)))
    return next(candidate for candidate in candidates if candidate not in taken)


def _string(text: str) -> str:
    """A basic string of TOML: JSON's escapes are among TOML's, but for DEL, which TOML wants escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _array(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_string, texts))}]"
