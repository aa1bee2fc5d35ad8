"""What the user says in pubtools.toml, and where in it something is wrong."""

# Not with `from __future__ import annotations`, see `models`.
import re
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PrivateAttr, StringConstraints, ValidationError, field_validator, model_validator

from pubtools import citekeys, patterns
from pubtools.errors import ConfigError
from pubtools.exporters import Choices
from pubtools.fields import dates, identifiers
from pubtools.models import ArxivId, Kind, Model, Text
from pubtools.problems import CODES

FILE_NAME = "pubtools.toml"
# A project of Python may keep its settings there instead, in this table.
PYPROJECT, TABLE = "pyproject.toml", "tool.pubtools"

# The fields of a publication that a correction can do without: all but its title.
Droppable = Literal[
    "authors", "affiliations", "date", "kind", "venue", "hints", "arxiv", "doi", "urls", "subjects", "abstract",
    "journal_ref", "note", "status", "contributors", "details", "kept",
]  # fmt: skip


# Most runs have no settings to validate, and building validators takes as long as reading a page: hence `defer_build`
# on all of these.
class Person(Model, defer_build=True):
    """A `[[people]]` row: where the family name of one person begins, and how else the name is written."""

    family: Text = Field(description='the family name without its particle: "Sarao Mannelli"')
    given: Text = Field(description="the given names in full")
    particle: Text | None = Field(default=None, description='what stands before the family name: "van der"')
    suffix: Text | None = Field(default=None, description='what stands after it: "Jr."')
    aliases: tuple[Text, ...] = Field(default=(), description="how else sources write the name")


class Owner(Model, defer_build=True):
    """Whose publications these are. `owner = "Ada Lovelace"` is short for a table with a name alone."""

    name: Text = Field(description="the name as the pages have it")
    aliases: tuple[Text, ...] = Field(default=(), description="other names of the same person")


def _may_be_a_number(schema: dict[str, Any]) -> None:
    schema["anyOf"].append({"type": "integer"})


class Said(Model, defer_build=True):
    """The `set` table of a correction: facts as people write them. `venue` and what follows it are said as a whole."""

    title: Text | None = Field(default=None, description="the title")
    authors: Annotated[tuple[Text, ...], Field(min_length=1)] | None = Field(
        default=None, description="all authors in order, each as the paper has the name"
    )
    date: Text | None = Field(
        default=None, description="a year, 2024-06 or a whole day", json_schema_extra=_may_be_a_number
    )
    kind: Kind | None = Field(default=None, description='the type of CSL: "article-journal", "paper-conference"')
    venue: Text | None = Field(default=None, description="the journal, the proceedings or the book")
    volume: Text | None = Field(default=None, description="the venue's volume")
    issue: Text | None = Field(default=None, description="the volume's issue")
    pages: Text | None = Field(default=None, description="pages or an article number")
    publisher: Text | None = Field(default=None, description="the venue's publisher")
    doi: Text | None = Field(default=None, description="the DOI, bare or as an address")
    urls: tuple[Text, ...] = Field(default=(), description="addresses")
    abstract: Text | None = Field(default=None, description="the whole abstract")
    status: Text | None = Field(default=None, description='"accepted", "in press", "submitted" or "in preparation"')
    note: Text | None = Field(default=None, description="anything else")

    @field_validator("date", mode="before")
    @classmethod
    def _as_text(cls, value: Any) -> Any:
        return str(value) if isinstance(value, (int, date)) else value  # TOML has numbers and dates of its own

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        if self.date and dates.parse(self.date) is None:
            raise ValueError(f"{self.date!r} is no date")
        if self.doi and identifiers.doi(self.doi) is None:
            raise ValueError(f"{self.doi!r} is no DOI")
        if self.venue is None and (self.volume or self.issue or self.pages or self.publisher):
            raise ValueError("volume, issue, pages and publisher need a venue")
        return self


class Correction(Model, defer_build=True):
    """A `[[corrections]]` row: the user's word on one publication, named by its key or its title. It is final.

    `arxiv` pins its arXiv number, and False says that it is not on arXiv; `set` states facts; `drop` leaves out what
    sources say; `exclude` keeps it out of all lists; `same_as` and `not_same_as` name another work by key or title;
    `citation_key` is the key that it shall have.
    """

    key: Text | None = Field(default=None, description="the publication's citation key, or one it had before")
    title: Text | None = Field(default=None, description="or its title, as a page has it")
    arxiv: Text | Literal[False] | None = Field(
        default=None, description="its arXiv number; false says that it is not on arXiv"
    )
    set: Said | None = Field(default=None, description="facts that beat all sources")
    drop: tuple[Droppable, ...] = Field(default=(), description="fields on which all sources are wrong")
    exclude: bool = Field(default=False, description="keep it out of all lists")
    same_as: Text | None = Field(default=None, description="the key or title of an entry that is the same work")
    not_same_as: Text | None = Field(default=None, description="the key or title of an entry that is another work")
    citation_key: Annotated[str, StringConstraints(pattern=citekeys.PATTERN)] | None = Field(
        default=None, description="the key that it shall have; the old one lives on as an alias"
    )
    # Where the row stands in its file, 1-based.
    _line: int | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _says_something_of_a_publication(self) -> Self:
        if (self.key is None) == (self.title is None):
            raise ValueError("a correction names its publication by a key or by a title")
        if self.arxiv and identifiers.arxiv(self.arxiv) is None:
            raise ValueError(f"{self.arxiv!r} is no arXiv number")
        if not self.model_fields_set - {"key", "title"}:
            raise ValueError("a correction says what to correct")
        return self

    @property
    def named(self) -> str:
        """The key or the title that it names its publication by."""
        return self.key or self.title or ""

    @property
    def line(self) -> int | None:
        """Where the row stands in its file, 1-based; None where it was not read from one."""
        return self._line

    @property
    def number(self) -> ArxivId | None:
        """The arXiv number that is pinned; None where the publication has none."""
        return identifiers.arxiv(self.arxiv) if self.arxiv else None


class Arxiv(Model, defer_build=True):
    """The `[arxiv]` table: how arXiv is asked."""

    contact: Text | None = Field(default=None, description="an address for arXiv's operators, sent with each request")
    url: Text | None = Field(default=None, description="the address of a mirror of arXiv's API")
    records: Text | None = Field(default=None, description="a file of arXiv's bulk metadata, asked before the network")
    author: Text | None = Field(default=None, description="arXiv's author identifier or ORCID of the owner")
    deadline_s: Annotated[float, Field(gt=0, le=3600, description="seconds after which a look-up gives up")] = 60.0


# No page of the web was saved before it.
EARLIEST = date(1990, 1, 1)


class Listed(Model, defer_build=True):
    """A row of `profiles`: a page or a bibliography file to read. `"profile.txt"` is short for a table with a path."""

    path: Text = Field(description="the file, from the folder of the settings")
    layout: Text | None = Field(
        default=None, description="the layout or format to read it with, if not the one that fits"
    )
    as_of: Annotated[date, Field(ge=EARLIEST)] | None = Field(
        default=None, description="the day it was saved, which tells years that it leaves out"
    )
    keep_doubtful: bool = Field(default=False, description="take entries whose title and authors are not sure, too")


class Output(Model, defer_build=True):
    """An `[[output]]` row: a list to write, of the works that pass all its filters."""

    format: Text = Field(description="the format, as in pubtools export --format")
    path: Text = Field(description="the file, from the folder of the settings")
    markers: bool | Text = Field(
        default=False, description="write between the markers of the file alone: true, or the name of a block"
    )
    from_year: int | None = Field(default=None, description="only the works of this year and later")
    to_year: int | None = Field(default=None, description="only the works of this year and earlier")
    kinds: tuple[Kind, ...] = Field(default=(), description="only the works of these types of CSL")
    venues: tuple[Text, ...] = Field(default=(), description="only the works with one of these in the venue's name")
    selected: bool = Field(default=False, description="only the works whose keys are in the list `selected`")
    style: Choices | None = Field(default=None, description="what is other than in [style]")

    def styled(self, common: Choices) -> Choices:
        """How this list looks: `common`, but for what the row says itself."""
        if self.style is None:
            return common
        said = {name: getattr(self.style, name) for name in self.style.model_fields_set}
        return common.model_copy(update=said)


def _may_be_a_name_alone(schema: dict[str, Any]) -> None:
    schema["anyOf"].append({"type": "string"})


def _may_be_paths_alone(schema: dict[str, Any]) -> None:
    schema["items"] = {"anyOf": [schema["items"], {"type": "string"}]}


class Config(Model, defer_build=True):
    """The whole of pubtools.toml; an empty file is a valid one. Paths start from its folder."""

    library: Text = Field(default="publications.json", description="the file that holds all that is known")
    profiles: tuple[Listed, ...] = Field(
        default=(), description="the pages and bibliography files to read", json_schema_extra=_may_be_paths_alone
    )
    output: tuple[Output, ...] = Field(default=(), description="the lists to write")
    selected: tuple[Text, ...] = Field(default=(), description="keys of works for outputs that ask for them")
    ignore: tuple[Text, ...] = Field(default=(), description="codes of problems that `check` leaves out")
    owner: Owner | None = Field(
        default=None, description="whose publications these are", json_schema_extra=_may_be_a_name_alone
    )
    people: tuple[Person, ...] = Field(default=(), description="where family names begin")
    corrections: tuple[Correction, ...] = Field(default=(), description="your word, which is final")
    arxiv: Arxiv = Field(default=Arxiv.model_construct(), description="how arXiv is asked")
    style: Choices = Field(default=Choices.model_construct(), description="how lists look")
    # The file that says all this, as the user knows it.
    _path: str = PrivateAttr(default=FILE_NAME)

    @property
    def path(self) -> str:
        """The file that says all this, as `parse` was told; FILE_NAME where there is none."""
        return self._path

    @field_validator("owner", mode="before")
    @classmethod
    def _a_name_alone(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value

    @field_validator("profiles", mode="before")
    @classmethod
    def _paths_alone(cls, value: Any) -> Any:
        rows = value if isinstance(value, list) else [value]
        return [{"path": row} if isinstance(row, str) else row for row in rows]

    @field_validator("ignore")
    @classmethod
    def _are_codes(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        for code in codes:
            if code not in CODES:
                near = get_close_matches(code.upper(), CODES, n=1)
                raise ValueError(f"{code!r} is no code" + (f"; did you mean {near[0]!r}?" if near else ""))
        return codes


# What a missing file says, without a validation.
NOTHING = Config.model_construct()


def parse(text: str, path: str = FILE_NAME) -> Config:
    """The settings in `text`: a pubtools.toml, or the table [tool.pubtools] of a pyproject.toml.

    Raises ConfigError with the line, and the nearest known name where one is unknown.
    """
    import tomllib  # most folders have no pubtools.toml, and need not wait for its reader

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        at_end = max(1, len(text.splitlines()))
        line = int(found[1]) if found else at_end
        message = re.sub(r" \(at .*\)$", "", str(error))
        raise ConfigError(f"not valid TOML: {message}", path=path, line=line, hint="mend this line") from error
    within = TABLE if path.rpartition("/")[2] == PYPROJECT else ""
    if within:
        data = data.get("tool", {}).get("pubtools", {})
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        message, hint, location = _complaint(error)
        raise ConfigError(message, path=path, line=_line_of(text, location, within), hint=hint) from error
    config._path = path
    for index, row in enumerate(config.corrections):
        row._line = _line_of(text, ["corrections", index], within)
    return config


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


def line_of(text: str, location: Sequence[str | int], path: str = FILE_NAME) -> int:
    """The 1-based line of the settings `text` that sets what `location` names: `("output", 0, "format")`."""
    return _line_of(text, list(location), TABLE if path.rpartition("/")[2] == PYPROJECT else "")


# ---------------------------------------------------------------- inside


def _complaint(error: ValidationError, within: Sequence[str] = ()) -> tuple[str, str, list[Any]]:
    """What is wrong first, what to do about it, and where: the names down to it, and the numbers of rows.

    A misspelt name comes before the one that is missing for it.
    """
    details = error.errors()
    detail = next((one for one in details if one["type"] == "extra_forbidden"), details[0])
    location = [*within, *(part for part in detail["loc"] if not _BRANCH.fullmatch(str(part)))]
    name = ".".join(str(part) for part in location if isinstance(part, str))
    kind = str(detail["type"])
    if kind == "extra_forbidden":
        return f"unknown setting {name!r}", _known(location), location
    if kind == "missing":
        return f"the setting {name!r} is missing", _known(location), location
    if kind == "literal_error":
        values = re.findall(r"'([^']*)'", str(detail["ctx"]["expected"]))
        return f"{name}: {detail['input']!r} is none of its values", _nearest(str(detail["input"]), values), location
    message = str(detail["msg"]).removeprefix("Value error, ")
    wanted = next((words for start, words in _WANTED.items() if kind.startswith(start)), None)
    said = f"should be {wanted}" if wanted else f"{message[:1].lower()}{message[1:]}"
    return f"{name}: {said}", "mend this value", location


# What Pydantic puts into a location besides names and numbers: the branch of a union, and that a key is meant.
_BRANCH = patterns.compile(r"\[key\]|bool|int|str|constrained-str|literal\[.*\]|function-.*")
# What a value should be, by how the type of Pydantic's error begins.
_WANTED = {
    "model": "a table",
    "dict": "a table",
    "tuple": "a list",
    "too_short": "a list with something in it",
    "string_type": "text in quotes",
    "string_too_short": "more than an empty text",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "date": "a date, such as 2026-06-01",
}


def _known(location: list[Any]) -> str:
    """What may stand at `location`, the nearest name first."""
    within = [part for part in location[:-1] if isinstance(part, str)]
    model: Any = _TABLES[within[-1]] if within and within[-1] in _TABLES else Config
    return _nearest(str(location[-1]), list(model.model_fields))


def _nearest(name: str, known: Sequence[str]) -> str:
    near = get_close_matches(name, known, n=1)
    if near and near[0] != name:
        return f"did you mean {near[0]!r}?"
    return f"known here: {', '.join(known)}" if len(known) <= 20 else "pubtools explain settings lists them"


_TABLES: dict[str, type[Model]] = {
    "owner": Owner,
    "people": Person,
    "corrections": Correction,
    "set": Said,
    "arxiv": Arxiv,
    "style": Choices,
    "profiles": Listed,
    "output": Output,
}


def _line_of(text: str, location: list[Any], within: str = "") -> int:
    """The 1-based line of `text` that sets what `location` names, or opens the table that should.

    `location` starts from the table `within`, "" being the whole file.
    """
    table = "" if not within else None
    index = -1
    counts: dict[str, int] = {}
    best = 1
    path = [str(part) for part in location if isinstance(part, str)]
    number = location[1] if len(location) > 1 and isinstance(location[1], int) else None
    for at, line in enumerate(text.splitlines(), start=1):
        if header := re.match(r"\s*\[+\s*([\w.-]+)\s*\]+", line):
            table = _inside(header[1], within)
            if table is None:
                continue
            index = counts[table] = counts.get(table, -1) + 1
            if (table == ".".join(path[:-1]) or table == path[0]) and number in (None, index):
                best = at
                if table == ".".join(path):
                    return at
            continue
        if table is not None and (key := re.match(r"\s*[\"']?([\w-]+)[\"']?\s*=", line)):
            where = [*table.split("."), key[1]] if table else [key[1]]
            if where == path and (number is None or number == index or not table):
                return at
            if where == path[:1]:
                best = at
    return best


def _inside(table: str, within: str) -> str | None:
    """The name of a table as seen from the table `within`; None for one that is not in it."""
    if not within or table == within:
        return "" if within else table
    return table.removeprefix(f"{within}.") if table.startswith(f"{within}.") else None
