"""JSON that reads and diffs well: structure is broken over lines, and every small thing stays on one line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring as _quoted
from typing import Any


def dumps(value: Any) -> str:
    """`value` as JSON text with a final newline.

    An object or array of scalars is one line, so that one name, date or source is one line of a diff; whatever
    holds objects is broken, one member a line. The layout depends on the structure alone, never on a length.
    """
    return _render(value, "") + "\n"


def array(members: Iterable[Mapping[str, Any]]) -> str:
    """`members` as `dumps` writes a list of them, but each is let go once it is written."""
    written = ",\n ".join([_render(member, " ") for member in members])
    return f"[\n {written}\n]\n" if written else "[]\n"


def _render(value: Any, indent: str) -> str:
    # Texts first, and known by their exact class: nine values in ten are texts.
    if value.__class__ is str:
        return _quoted(value)
    deeper = indent + " "
    if isinstance(value, dict):
        members = []
        broken = False
        for key, member in value.items():
            if member.__class__ is str:
                members.append(f"{_quoted(key)}: {_quoted(member)}")
            else:
                broken = broken or not _is_small(member)
                members.append(f"{_quoted(key)}: {_render(member, deeper)}")
        if broken:
            return "{\n" + deeper + f",\n{deeper}".join(members) + f"\n{indent}}}"
        return "{" + ", ".join(members) + "}"
    if isinstance(value, list):
        members = [_render(member, deeper) for member in value]
        if all(map(_is_small, value)):
            return "[" + ", ".join(members) + "]"
        return "[\n" + deeper + f",\n{deeper}".join(members) + f"\n{indent}]"
    return str(value) if value.__class__ is int else _encode(value)


def _is_small(value: Any) -> bool:
    """Whether `value` is a scalar or an array of scalars."""
    if isinstance(value, list):
        for member in value:  # noqa: SIM110 # any() would make a generator for every date and every list of names
            if isinstance(member, (dict, list)):
                return False
        return True
    return not isinstance(value, dict)


# One encoder for all: json.dumps would make a new one each time, for it is asked for no ASCII.
_encode = json.JSONEncoder(ensure_ascii=False).encode
