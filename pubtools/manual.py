"""Every setting of pubtools.toml in words, from the models that read it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from pubtools.config import Config
from pubtools.models import Model

# Where each table of the file stands, in the order in which people meet them.
_TABLES = {
    "": "At the top",
    "owner": "[owner], or owner = NAME",
    "profiles": "[[profiles]], or profiles = [PATH, ...]",
    "output": "[[output]]",
    "people": "[[people]]",
    "corrections": "[[corrections]]",
    "corrections.set": "[corrections.set]",
    "arxiv": "[arxiv]",
    "style": "[style], and style = { ... } in an output",
}


def settings() -> str:
    """A paragraph a table, a line a setting: its name, what it takes, what it is without being set, what it does."""
    whole = schema()
    return "\n\n".join("\n".join(_table(whole, name, heading)) for name, heading in _TABLES.items()) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of pubtools.toml, by which editors complete and check it."""
    for setting in Config.model_fields.values():
        if isinstance(setting.default, Model):
            type(setting.default).model_rebuild()  # pydantic before 2.13 writes no default whose building was put off
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **Config.model_json_schema()}


def as_text(schema: Mapping[str, Any]) -> str:
    """A schema as text, the same bytes for the same schema."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


# ---------------------------------------------------------------- inside


def _table(whole: Mapping[str, Any], name: str, heading: str) -> Iterator[str]:
    table = whole
    for part in filter(None, name.split(".")):
        table = _model(whole, table["properties"][part]) or {}
    yield heading
    for setting, said in table["properties"].items():
        unset = "; required" if setting in table.get("required", ()) else _unset(said)
        yield f"  {setting}: {said.get('description', setting.replace('_', ' '))} ({_takes(whole, said)}{unset})"


def _model(whole: Mapping[str, Any], said: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The table that a setting holds, alone or in rows; None where it holds a value."""
    if "$ref" in said:
        found: Mapping[str, Any] = whole["$defs"][said["$ref"].rpartition("/")[2]]
        return found
    for inner in (*said.get("anyOf", ()), *([said["items"]] if "items" in said else [])):
        if model := _model(whole, inner):
            return model
    return None


def _takes(whole: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    """What a setting may be, in a few words."""
    if "anyOf" in said:
        forms = [_takes(whole, form) for form in said["anyOf"] if form.get("type") != "null"]
        return " or ".join(dict.fromkeys(forms))
    if "$ref" in said:
        return "a table"
    if "const" in said:
        return json.dumps(said["const"])
    if "enum" in said:
        values = said["enum"]
        return ", ".join(values) if len(values) <= 8 else f"{values[0]}, {values[1]} and so on"
    if said.get("type") == "array":
        return f"a list: {_takes(whole, said['items'])}"
    if said.get("type") == "object":
        return "a table"
    return _WORDS[said.get("format") or said["type"]]


_WORDS = {"string": "text", "integer": "a number", "number": "a number", "boolean": "true or false", "date": "a date"}


def _unset(said: Mapping[str, Any]) -> str:
    default = said.get("default")
    without = default in (None, [], {}) or isinstance(default, dict)
    return "" if without else f"; {json.dumps(default, ensure_ascii=False)} unless said"
