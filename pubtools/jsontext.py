"""JSON that reads and diffs well: structure is broken over lines, and every small thing stays on one line."""

from __future__ import annotations

import json
from typing import Any


def dumps(value: Any) -> str:
    """`value` as JSON text with a final newline.

    An object or array of scalars is one line, so that one name, date or source is one line of a diff; whatever
    holds objects is broken, one member a line. The layout depends on the structure alone, never on a length.
    """
    return _render(value, "") + "\n"


def _render(value: Any, indent: str) -> str:
    if isinstance(value, dict) and not all(_is_small(member) for member in value.values()):
        inner = indent + " "
        members = [f"{inner}{_line(str(key))}: {_render(member, inner)}" for key, member in value.items()]
        return "{\n" + ",\n".join(members) + f"\n{indent}}}"
    if isinstance(value, list) and not all(_is_small(member) for member in value):
        inner = indent + " "
        return "[\n" + ",\n".join(inner + _render(member, inner) for member in value) + f"\n{indent}]"
    return _line(value)


def _is_small(value: Any) -> bool:
    """Whether `value` is a scalar or an array of scalars."""
    if isinstance(value, list):
        return not any(isinstance(member, dict | list) for member in value)
    return not isinstance(value, dict)


# One encoder for all lines: json.dumps would make a new one each time, for it is asked for no ASCII.
_line = json.JSONEncoder(ensure_ascii=False).encode
