"""The published schemas are those of the models, and they hold for what we write."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import jsonschema
import pytest

from pubtools import library as libraries
from pubtools import pipeline, plugins
from pubtools.library import Library
from pubtools.page import Page

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "schemas"


def generated() -> dict[str, str]:
    spec = importlib.util.spec_from_file_location("generate", FOLDER / "generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.schemas()


def schema(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.schema.json").read_text("utf-8"))


def test_they_are_current():
    on_disk = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")}
    assert on_disk == generated(), "run: make schemas"


@pytest.mark.parametrize("name", ["reading", "library", "config", "csl-item"])
def test_they_are_valid_schemas(name):
    jsonschema.Draft202012Validator.check_schema(schema(name))


def test_what_we_write_is_what_they_describe():
    pages = sorted((ROOT / "fixtures" / "profiles").glob("*/*.txt"))
    assert pages
    library = Library()
    for path in pages:
        name, page = path.parent.name, Page.from_text(path.read_text("utf-8"), path.name)
        reading = plugins.load("layout", name).read(page)
        jsonschema.validate(json.loads(reading.model_dump_json()), schema("reading"))
        library, _ = pipeline.normalise(library, [page], layout=name, allow_empty=True)
    jsonschema.validate(json.loads(libraries.dumps(library)), schema("library"))
    for item in json.loads(pipeline.export(library, "csl-json", abstracts=True)):
        jsonschema.validate(item, schema("csl-item"))


@pytest.mark.parametrize(
    "broken", [{"schema": 2}, {"schema": 1, "publications": [{"key": "A"}]}, {"schema": 1, "x": 1}]
)
def test_what_we_refuse_is_what_they_refuse(broken):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, schema("library"))
