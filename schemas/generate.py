"""Write the JSON Schemas of this folder anew from the models: `make schemas`. A test holds them to the models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from pubtools.config import Config
from pubtools.exporters.csl_json import CslItem
from pubtools.library import Library
from pubtools.models import Reading

# What each file describes: a layout's reading, publications.json, pubtools.toml, an item of our CSL-JSON.
MODELS: dict[str, Any] = {"reading": Reading, "library": Library, "config": Config, "csl-item": CslItem}


def schemas() -> dict[str, str]:
    """The text of every schema by file name."""
    texts = {}
    for name, model in MODELS.items():
        schema = TypeAdapter(model).json_schema(mode="validation")
        document = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
        texts[f"{name}.schema.json"] = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    return texts


if __name__ == "__main__":
    for name, text in schemas().items():
        (Path(__file__).parent / name).write_text(text, encoding="utf-8")
        print(name)
