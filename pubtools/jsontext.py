"""JSON that reads and diffs well: structure is broken over lines, and every small thing stays on one line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

# A text in quotes, with all that JSON wants escaped, and nothing else.
quoted = encode_basestring


def dumps(value: Any) -> str:
    """`value` as JSON text with a final newline.

    An object or array of scalars is one line, so that one name, date or source is one line of a diff; whatever
    holds objects is broken, one member a line. The layout depends on the structure alone, never on a length.
    """
    return text(value, "") + "\n"


def array(members: Sequence[str]) -> str:
    """`members`, each of them written already as `text(member, " ")`, as `dumps` writes a list of them."""
    if not members:
        return "[]\n"
    # Put together once: the text is long, and a copy of it would be all there is of memory for a moment.
    pieces = [",\n "] * (2 * len(members) + 1)
    pieces[0], pieces[1::2], pieces[-1] = "[\n ", members, "\n]\n"
    return "".join(pieces)


# One encoder for all: json.dumps would make a new one each time, for it is asked for no ASCII.
_encode = json.JSONEncoder(ensure_ascii=False).encode


def text(value: Any, indent: str) -> str:
    """`value` as `dumps` writes it where the line that it begins on is indented by `indent`."""
    # Texts first, and all by their exact class: nine values in ten are texts.
    kind = type(value)
    if kind is str:
        return quoted(value)
    if kind is list:
        return _array(value, indent)
    if kind is dict:
        return _object(value, indent)
    return str(value) if kind is int else _encode(value)


def _object(value: Mapping[str, Any], indent: str) -> str:
    deeper = indent + " "
    if len(value) == 1:
        [(key, member)] = value.items()
        if type(member) is dict:  # what is kept stands two of them deep
            return f"{{\n{deeper}{quoted(key)}: {_object(member, deeper)}\n{indent}}}"
    members = []
    broken = False
    for member in value.values():
        kind = type(member)
        if kind is str:
            members.append(quoted(member))
        elif kind is dict:
            broken = True
            members.append(_object(member, deeper))
        else:
            broken = broken or not _is_small(member)
            members.append(text(member, deeper))
    return _template(tuple(value), indent if broken else None) % tuple(members)


def _array(value: Sequence[Any], indent: str) -> str:
    deeper = indent + " "
    try:
        # Objects of texts alone, such as names: there are thousands with the same keys.
        members = [
            _template(tuple(member), None) % tuple(map(quoted, member.values()))
            if type(member) is dict
            else text(member, deeper)
            for member in value
        ]
    except TypeError:  # one of their values is no text
        members = [text(member, deeper) for member in value]
    if all(map(_is_small, value)):
        return "[" + ", ".join(members) + "]"
    return f"[\n{deeper}" + f",\n{deeper}".join(members) + f"\n{indent}]"


@lru_cache(maxsize=1024)
def _template(keys: tuple[str, ...], indent: str | None) -> str:
    """An object with these keys, and `%s` for each value: on one line, or broken below `indent`."""
    members = [quoted(key).replace("%", "%%") + ": %s" for key in keys]
    if indent is None:
        return "{" + ", ".join(members) + "}"
    return f"{{\n{indent} " + f",\n{indent} ".join(members) + f"\n{indent}}}"


def _is_small(value: Any) -> bool:
    """Whether `value` is a scalar or an array of scalars."""
    kind = type(value)
    if kind is list:
        for member in value:  # noqa: SIM110 # all() would make a generator for every date and every list of names
            if type(member) is dict or type(member) is list:
                return False
        return True
    return kind is not dict
