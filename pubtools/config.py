"""What the user says in pubtools.toml, and where in it something is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator

from pubtools.errors import ConfigError
from pubtools.exporters import Choices
from pubtools.fields import identifiers
from pubtools.models import ArxivId, Model, Text

FILE_NAME = "pubtools.toml"


# Most runs have no settings to validate, and building validators takes as long as reading a page: hence `defer_build`
# on all of these.
class Person(Model, defer_build=True):
    """A `[[people]]` row: where the family name of one person begins, and how else the name is written."""

    family: Text
    given: Text
    particle: Text | None = None
    suffix: Text | None = None
    aliases: tuple[Text, ...] = ()


class Owner(Model, defer_build=True):
    """Whose publications these are. `owner = "Ada Lovelace"` is short for a table with a name alone."""

    name: Text
    aliases: tuple[Text, ...] = ()


class Correction(Model, defer_build=True):
    """A `[[corrections]]` row: the user's word on one publication, named by its key or its title.

    `arxiv` pins its arXiv number; False says that it is not on arXiv. Either is final.
    """

    key: Text | None = None
    title: Text | None = None
    arxiv: Text | Literal[False]

    @model_validator(mode="after")
    def _names_a_publication(self) -> Self:
        if (self.key is None) == (self.title is None):
            raise ValueError("a correction names its publication by a key or by a title")
        if self.arxiv and identifiers.arxiv(self.arxiv) is None:
            raise ValueError(f"{self.arxiv!r} is no arXiv number")
        return self

    @property
    def number(self) -> ArxivId | None:
        """The arXiv number that is pinned; None where the publication has none."""
        return identifiers.arxiv(self.arxiv) if self.arxiv else None


class Arxiv(Model, defer_build=True):
    """The `[arxiv]` table: how arXiv is asked."""

    contact: Text | None = Field(default=None, description="an address for arXiv's operators, sent with each request")
    url: Text | None = None
    records: Text | None = Field(default=None, description="a file of arXiv's bulk metadata, asked before the network")
    author: Text | None = Field(default=None, description="arXiv's author identifier or ORCID of the owner")
    deadline_s: Annotated[float, Field(gt=0, le=3600)] = 60.0


class Config(Model, defer_build=True):
    """The whole of pubtools.toml; an empty file is a valid one."""

    owner: Owner | None = None
    people: tuple[Person, ...] = ()
    corrections: tuple[Correction, ...] = ()
    arxiv: Arxiv = Arxiv.model_construct()
    style: Choices = Choices.model_construct()

    @field_validator("owner", mode="before")
    @classmethod
    def _a_name_alone(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


# What a missing file says, without a validation.
NOTHING = Config.model_construct()


def parse(text: str, path: str = FILE_NAME) -> Config:
    """The settings in `text`. Raises ConfigError with the line, and the nearest known name where one is unknown."""
    import tomllib  # most folders have no pubtools.toml, and need not wait for its reader

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        at_end = max(1, len(text.splitlines()))
        line = int(found[1]) if found else at_end
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise ConfigError(f"not valid TOML: {message}", path=path, line=line, hint="mend this line") from error
    try:
        return Config.model_validate(data)
    except ValidationError as error:
        message, hint, location = _complaint(error)
        raise ConfigError(message, path=path, line=_line_of(text, location), hint=hint) from error


def restyled(config: Config, choices: Sequence[str]) -> Config:
    """`config` with `choices` of the form `name=value` or `headings.name=value` over its `[style]` table.

    Raises ConfigError, with the nearest known name where one is unknown.
    """
    said: dict[str, Any] = {}
    for choice in choices:
        name, equals, value = choice.partition("=")
        if not equals:
            raise ConfigError(f"{choice!r} sets nothing", hint="write it as name=value")
        table, dot, entry = name.strip().partition(".")
        table = table.replace("-", "_")
        if dot:
            before = said.get(table) or getattr(config.style, table, None)
            said[table] = {**(before if isinstance(before, Mapping) else {}), entry: value.strip()}
        else:
            said[table] = value.strip()
    try:
        chosen = Choices.model_validate({**dict(config.style), **said})
    except ValidationError as error:
        message, hint, _ = _complaint(error, ("style",))
        raise ConfigError(message.replace("style.", ""), hint=hint) from error
    return config.model_copy(update={"style": chosen})


def _complaint(error: ValidationError, within: Sequence[str] = ()) -> tuple[str, str, list[Any]]:
    """What is wrong first, what to do about it, and where: the names down to it, and the numbers of rows."""
    detail = error.errors()[0]
    location = [*within, *(part for part in detail["loc"] if part != "[key]")]
    kind = str(detail["type"])
    hint = _known(location) if kind in ("extra_forbidden", "missing") else "mend this value"
    return _sentence(kind, str(detail["msg"]).removeprefix("Value error, "), location), hint, location


def _sentence(kind: str, message: str, location: list[Any]) -> str:
    name = ".".join(str(part) for part in location if isinstance(part, str))
    if kind == "extra_forbidden":
        return f"unknown setting {name!r}"
    if kind == "missing":
        return f"the setting {name!r} is missing"
    return f"{name}: {message[:1].lower()}{message[1:]}"


def _known(location: list[Any]) -> str:
    """What may stand at `location`, the nearest name first."""
    tables = {"owner": Owner, "people": Person, "corrections": Correction, "arxiv": Arxiv, "style": Choices}
    model: Any = tables.get(str(location[0]), Config) if len(location) > 1 else Config
    known = list(model.model_fields)
    near = get_close_matches(str(location[-1]), known, n=1)
    return f"did you mean {near[0]!r}?" if near and near[0] != location[-1] else f"known here: {', '.join(known)}"


def _line_of(text: str, location: list[Any]) -> int:
    """The 1-based line of `text` that sets what `location` names, or opens the table that should."""
    table, index = "", -1
    counts: dict[str, int] = {}
    best = 1
    path = [str(part) for part in location if isinstance(part, str)]
    number = location[1] if len(location) > 1 and isinstance(location[1], int) else None
    for at, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+\s*([\w.-]+)\s*\]+", line):
            table = header[1]
            index = counts[table] = counts.get(table, -1) + 1
            if (table == ".".join(path[:-1]) or table == path[0]) and number in (None, index):
                best = at
                if table == ".".join(path):
                    return at
            continue
        if key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line):
            where = [*table.split("."), key[1]] if table else [key[1]]
            if where == path and (number is None or number == index or not table):
                return at
            if where == path[:1]:
                best = at
    return best
