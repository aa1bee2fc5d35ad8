"""What each command imports: help and version pay for click alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

# The parts of importlib.metadata: something stands for the module itself until it is asked.
HEAVY = {
    "pydantic", "requests", "bibtexparser", "pylatexenc", "anyascii", "tomllib", "importlib.metadata._meta", "justhtml",
    "filelock",
}  # fmt: skip


def imported(*arguments: str, cwd=None) -> set[str]:
    """The modules that `pubtools ARGUMENTS` imports over those of `import click`."""
    script = (
        "import sys, click\nbefore = set(sys.modules)\nfrom pubtools.cli import run\n"
        f"code = run({list(arguments)!r})\n"
        "print('\\n'.join(set(sys.modules) - before), file=sys.stderr)\nsys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=cwd)
    return set(done.stderr.splitlines())


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_and_version_import_click_only(arguments):
    ours = {name for name in imported(*arguments) if name.startswith("pubtools")}
    assert ours == {"pubtools", "pubtools.cli", "pubtools.errors"}
    assert not imported(*arguments) & HEAVY


@pytest.mark.parametrize("command", ["normalise", "read", "export", "why", "update", "check", "explain", "init"])
def test_the_help_of_a_command_imports_nothing_heavy(command):
    assert not imported(command, "--help") & HEAVY


def test_normalise_imports_no_exporter_and_nothing_of_the_network(cv):
    modules = imported("normalise", "profile.txt", "--offline", cwd=cv)
    assert not modules & {"requests", "urllib3", "bibtexparser", "pylatexenc", "tomllib", "anyascii", "justhtml"}
    assert not {name for name in modules if name.startswith("pubtools.exporters.")}


@pytest.mark.parametrize(("to", "module"), [("bibtex", "bibtex"), ("csl-json", "csl_json"), ("markdown", "markdown")])
def test_export_imports_the_one_exporter_it_uses_and_no_layout(cv, to, module):
    imported("normalise", "profile.txt", cwd=cv)
    modules = imported("export", "--format", to, cwd=cv)
    exporters = {name for name in modules if name.startswith("pubtools.exporters.")}
    assert {name for name in exporters if not name.startswith("pubtools.exporters._")} == {
        f"pubtools.exporters.{module}"
    }
    assert not {name for name in modules if name.startswith("pubtools.layouts.")}
    assert not modules & {"requests", "pylatexenc"}


SETTINGS = """\
owner = "Ada Lovelace"
profiles = ["profile.txt"]

[[output]]
format = "csl-json"
path = "publications.csl.json"
"""
NETWORK = {"requests", "urllib3", "http.client"}


def test_update_imports_the_exporters_it_uses_and_nothing_of_the_network_when_it_is_offline(cv):
    (cv / "pubtools.toml").write_text(SETTINGS)
    modules = imported("update", "--offline", cwd=cv)
    assert {name for name in modules if name.startswith("pubtools.exporters.")} == {"pubtools.exporters.csl_json"}
    assert not modules & {*NETWORK, "bibtexparser", "pylatexenc"}
    assert "pubtools.summary" not in modules


def test_what_writes_nothing_imports_no_lock_and_nothing_of_the_network(cv):
    (cv / "pubtools.toml").write_text(SETTINGS)
    imported("update", "--offline", cwd=cv)
    assert not imported("update", "--check", cwd=cv) & {*NETWORK, "filelock"}
    (cv / "profile.txt").write_text((cv / "profile.txt").read_text().replace("May 19", "May 19, 2021"))
    imported("update", "--offline", cwd=cv)
    modules = imported("check", "--ignore", "N02", cwd=cv)
    assert not modules & {*NETWORK, "filelock"}
    assert "pubtools.lint" in modules


def test_check_imports_nothing_that_reads_a_page(cv):
    (cv / "pubtools.toml").write_text(SETTINGS)
    imported("update", "--offline", cwd=cv)
    modules = imported("check", "--ignore", "N02", "--ignore", "D01", cwd=cv)
    assert not modules & {"pubtools.page", "pubtools.html", "pubtools.barriers", "pubtools.sightings"}
    assert not {name for name in modules if name.startswith(("pubtools.layouts", "pubtools.importers"))}


def test_what_is_installed_is_not_asked_for_but_may_be():
    script = (
        "import sys\nfrom pubtools.cli import run\nrun(['explain', 'settings'])\n"
        "assert 'pydantic' in sys.modules and 'importlib.metadata._meta' not in sys.modules\n"
        "from importlib.metadata import entry_points, version\nimport importlib.metadata\n"
        "assert version('click') and entry_points(group='pubtools.none') == ()\n"
        "assert importlib.metadata.entry_points is sys.modules['importlib.metadata'].entry_points\n"
        "from pydantic.plugin import _loader\nassert not _loader.entry_points(group='pubtools.none')\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_an_explanation_of_a_code_needs_no_models():
    modules = imported("explain", "D01")
    assert not modules & HEAVY
    assert "pubtools.models" not in modules
