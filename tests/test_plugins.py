"""A file is a plug-in."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from types import ModuleType

import pytest

from pubtools import plugins
from pubtools.errors import PubtoolsError


def test_names_are_the_files_of_the_folder():
    assert {"category-cards", "teaser-bullets"} <= set(plugins.names("layout"))
    assert {"bibtex", "csl-json", "markdown"} <= set(plugins.names("exporter"))
    assert plugins.names("enricher") == ["arxiv"]


def test_a_new_file_is_a_plug_in(tmp_path, monkeypatch):
    folder = tmp_path / "exporters"
    (folder / "package").mkdir(parents=True)
    for name in ("__init__.py", "_private.py", "new_format.py", "notes.txt", "package/__init__.py"):
        (folder / name).touch()
    monkeypatch.setattr(plugins, "__file__", str(tmp_path / "plugins.py"))
    assert plugins.names("exporter") == ["new-format", "package"]


def test_who_changes_the_list_of_names_changes_only_his():
    plugins.names("exporter").clear()
    assert plugins.names("exporter")


@pytest.mark.parametrize("name", ["category-cards", "category_cards"])
def test_a_name_loads_its_file_however_it_is_spelt(name):
    assert plugins.load("layout", name).__name__ == "pubtools.layouts.category_cards"


def test_an_unknown_name_is_refused_with_those_that_there_are():
    with pytest.raises(PubtoolsError, match=r"there are: .*bibtex.*csl-json"):
        plugins.load("exporter", "docx")


def test_an_installed_package_adds_plug_ins_by_entry_point(monkeypatch):
    module = ModuleType("theirs")
    monkeypatch.setitem(sys.modules, "theirs", module)
    points = [EntryPoint("theirs", "theirs", "pubtools.exporters")]
    monkeypatch.setattr(
        "importlib.metadata.entry_points", lambda group: points if group == "pubtools.exporters" else []
    )
    assert plugins.load("exporter", "theirs") is module
    with pytest.raises(PubtoolsError):
        plugins.load("layout", "theirs")


def test_every_plug_in_fits_its_protocol(tmp_path):
    """Mypy itself compares each file with its Protocol: no registry names them."""
    lines = ["from pubtools.enrichers import Enricher", "from pubtools.exporters import Exporter"]
    lines += ["from pubtools.layouts import Layout"]
    for kind, protocol in (("layout", "Layout"), ("exporter", "Exporter"), ("enricher", "Enricher")):
        for name in plugins.names(kind):
            module = name.replace("-", "_")
            lines += [f"from {plugins.GROUPS[kind]} import {module}", f"{module}_fits: {protocol} = {module}"]
    check = tmp_path / "check.py"
    check.write_text("\n".join(lines) + "\n")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "--cache-dir", str(tmp_path), str(check)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
