"""Write the JSON Schemas of this folder anew from the models: `make schemas`. A test holds them to the models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pubtools import manual
from pubtools.exporters.csl_json import CslItem
from pubtools.library import Library
from pubtools.models import Reading

# What each file describes: a layout's reading, publications.json, an item of our CSL-JSON; and pubtools.toml.
MODELS: dict[str, Any] = {"reading": Reading, "library": Library, "csl-item": CslItem}


def schemas() -> dict[str, str]:
    """The text of every schema by file name."""
    documents = {"config": manual.schema()}
    for name, model in MODELS.items():
        schema = TypeAdapter(model).json_schema(mode="validation")
        documents[name] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return {f"{name}.schema.json": manual.as_text(document) for name, document in sorted(documents.items())}


if __name__ == "__main__":
    for name, text in schemas().items():
        (Path(__file__).parent / name).write_text(text, encoding="utf-8")
        print(name)
