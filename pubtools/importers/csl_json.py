"""CSL-JSON, as Zotero, pandoc and registries write it: an array of items, one item, or `{"items": [...]}`.

What an item says that has no place in our facts is kept as it stands there. A malformed item costs only itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from pubtools import patterns
from pubtools.errors import InputError
from pubtools.fields import csl, identifiers
from pubtools.garbage import uncollected
from pubtools.importers import Import
from pubtools.models import Authors, Facts, Kind, PartialDate, Sighting, Source, Text
from pubtools.problems import Problem, Where

# What registries and older programs call a work, beside CSL's own types; the first are those of Crossref.
FOREIGN_TYPES: Mapping[str, Kind] = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book-chapter": "chapter",
    "posted-content": "preprint",
    "monograph": "book",
    "edited-book": "book",
    "dissertation": "thesis",
    "preprint": "preprint",
}
# The variable whose line is that of a fact.
_PLACES = {
    "title": "title", "authors": "author", "date": "issued", "kind": "type", "doi": "DOI", "urls": "URL",
    "abstract": "abstract", "note": "note", "status": "status", "venue": "container-title",
}  # fmt: skip

_BEGIN = patterns.compile(r'\[\s*(?:[\]{]|$)|\{\s*"')
_ITEMS = patterns.compile(r'"items"\s*:\s*\[')
_GAP = patterns.compile(r"[\s,]*")
_MEMBER = patterns.compile(r'\s*("(?:[^"\\\n]|\\.)*")\s*:\s*')
_NEXT = patterns.compile(r"\s*([,}])")
# A string ends with its line at the latest, so that a lost quotation mark does not swallow what follows.
_BRACE = patterns.compile(r'"(?:[^"\\\n]|\\.)*"?|[{}]')
# Where an item begins on the line of another, and what may follow the end of one.
_START = patterns.compile(r'(?<=[,\s])(\{)\s*"(?:id|type|title|DOI)"\s*:')
_END = patterns.compile(r"\s*(?:[,\]]|$)")
_CSL = "csl-json"


def fits(text: str, name: str) -> bool:
    """Whether `text` begins as an array of objects, or as an object with items or with a type and an id."""
    head = text[:4096].lstrip("\ufeff \t\r\n")
    if not _BEGIN.match(head):
        return False
    if head.startswith("["):
        return "{" in head or name.lower().endswith(".json")
    return bool(_ITEMS.search(head)) or ('"type"' in head and '"id"' in head)


@uncollected()
def read(text: str, source: Source) -> Import:
    """The works in `text`, in its order. Raises InputError when it is no JSON array or object."""
    begin = _past_gap(text, 1 if text.startswith("\ufeff") else 0)
    if text[begin : begin + 1] not in ("[", "{"):
        raise InputError("not CSL-JSON: neither an array nor an object", path=source.locator)
    lines = _Lines(text)
    sightings: list[Sighting] = []
    problems: list[Problem] = []
    refused = 0
    for entry in _entries(text, begin):
        first = lines.of(entry.start)
        places = {name: lines.of(place) for name, place in entry.places.items()}
        if entry.reason:
            refused += entry.start < entry.end
            problems.append(Problem("X01", f"not read: {entry.reason}", Where(source.locator, lines.of(entry.at))))
            continue
        said = _Item(entry.members, places, first)
        try:
            facts = said.facts()
        except ValueError as error:
            reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            refused += 1
            problems.append(Problem("X01", f"not read: {reason}", Where(source.locator, first)))
            continue
        last = lines.of(entry.end - 1)
        sightings.append(Sighting(source=source, facts=facts, lines=(first, last), at=said.at(facts)))
        problems += [Problem(code, message, Where(source.locator, line)) for code, message, line in said.doubts]
    return Import(tuple(sightings), refused, tuple(problems))


# ---------------------------------------------------------------- where entries begin and end


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry by its offsets: its members and where each begins, or why it is none and where that shows."""

    start: int
    end: int
    members: dict[str, Any] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    reason: str = ""
    at: int = 0


class _MalformedError(ValueError):
    """JSON that is broken at an offset."""

    def __init__(self, reason: str, at: int) -> None:
        super().__init__(reason)
        self.at = at


class _Lines:
    """Line numbers of offsets that are asked for mostly in order."""

    def __init__(self, text: str) -> None:
        self._text, self._offset, self._line = text, 0, 1

    def of(self, offset: int) -> int:
        if offset < self._offset:
            return self._line - self._text.count("\n", offset, self._offset)
        self._line += self._text.count("\n", self._offset, offset)
        self._offset = offset
        return self._line


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


_decode = json.JSONDecoder(parse_constant=_refuse_constant).raw_decode


def _entries(text: str, begin: int) -> Iterator[_Entry]:
    """Every entry of the array at `begin`, or of the "items" of the object there, or that object itself."""
    if text[begin] == "{":
        items = _place_of_items(text, begin)
        if items is None:
            yield _entry(text, begin)
            return
        begin = items
    at = begin + 1
    while True:
        at = _past_gap(text, at)
        if text[at : at + 1] == "]":
            return
        if at == len(text):
            yield _Entry(at, at, reason="the file ends before its list does", at=at - 1)
            return
        entry = _entry(text, at)
        yield entry
        at = entry.end


def _entry(text: str, start: int) -> _Entry:
    try:
        if text[start] != "{":
            _, end = _value(text, start)
            return _Entry(start, end, reason="not an object", at=start)
        members, places, end = _members(text, start)
    except _MalformedError as error:
        return _Entry(start, _resume(text, start), reason=f"malformed JSON: {error}", at=min(error.at, len(text) - 1))
    return _Entry(start, end, members, places)


def _members(text: str, start: int) -> tuple[dict[str, Any], dict[str, int], int]:
    """The members of the object at `start`, where each begins, and the offset behind the object."""
    members: dict[str, Any] = {}
    places: dict[str, int] = {}
    at = start + 1
    if (empty := _NEXT.match(text, at)) and empty[1] == "}":
        return members, places, empty.end()
    while True:
        named = _MEMBER.match(text, at)
        if named is None:
            raise _MalformedError("the name of a field is expected", _past_gap(text, at))
        name = str(_value(text, named.start(1))[0])
        if name in members:
            raise _MalformedError(f"{name!r} is said twice", named.start(1))
        members[name], at = _value(text, named.end())
        places[name] = named.start(1)
        after = _NEXT.match(text, at)
        if after is None:
            raise _MalformedError("a comma or the end of the object is expected", at)
        at = after.end()
        if after[1] == "}":
            return members, places, at


def _past_gap(text: str, at: int) -> int:
    found = _GAP.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int) -> tuple[Any, int]:
    try:
        value, end = _decode(text, at)
        if "\\u" in text[at:end]:
            json.dumps(value, ensure_ascii=False).encode()
    except json.JSONDecodeError as error:
        raise _MalformedError(error.msg, error.pos) from error
    except UnicodeEncodeError as error:
        raise _MalformedError("half of a surrogate pair is no character", at) from error
    except (ValueError, RecursionError) as error:
        raise _MalformedError(str(error).partition(";")[0], at) from error
    return value, end


def _place_of_items(text: str, begin: int) -> int | None:
    """The offset of the array "items" of the object at `begin`; None where it has none."""
    if not _ITEMS.search(text, begin):
        return None
    try:  # only a member of the outermost object is meant, and those before it are read to know
        at = begin + 1
        while named := _MEMBER.match(text, at):
            if found := _ITEMS.match(text, named.start(1)):
                return found.end() - 1
            _, at = _value(text, named.end())
            at = _past_gap(text, at)
    except _MalformedError:
        return None
    return None


def _resume(text: str, start: int) -> int:
    """Where to read on after the malformed entry at `start`: behind its last brace, or where the next one begins."""
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    following = text.find(f"\n{indent}{{", start) + 1 + len(indent) if not indent.strip() else 0
    if following <= start:
        found = _START.search(text, start + 1)
        following = found.start(1) if found else len(text)
    depth = 0
    for brace in _BRACE.finditer(text, start, following):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if depth == 0 and brace[0] == "}":
            return brace.end() if _END.match(text, brace.end()) else following
    return following


# ---------------------------------------------------------------- what an entry says


def _an_arxiv_number(text: str) -> str:
    if identifiers.arxiv(text) is None:
        raise ValueError("no arXiv number")
    return text


class _Custom(BaseModel):
    """What our own exporter writes under `custom`; anything else there is somebody else's."""

    model_config = ConfigDict(extra="allow", alias_generator=lambda name: name.replace("_", "-"))

    source_id: str | int | float | None = None
    citation_key: Text | None = None
    authors_complete: Literal[False] | None = None
    names_incomplete: tuple[Text, ...] = ()
    date_without_year: PartialDate | None = None
    date_inferred: Literal[True] | None = None
    venue_year: Annotated[int, Field(ge=1000, le=9999)] | None = None
    abstract_excerpt: Text | None = None
    arxiv: Annotated[Text, AfterValidator(_an_arxiv_number)] | None = None
    arxiv_version: Annotated[int, Field(ge=1)] | None = None
    subjects: tuple[Text, ...] = ()
    affiliations: tuple[Text, ...] = ()
    journal_ref: Text | None = None
    venue_hints: tuple[_Hint, ...] = ()
    urls: tuple[Text, ...] = ()
    gone: JsonValue = None  # by the time it is read, the work is on a list
    contributors: Mapping[Text, list[dict[str, JsonValue]]] = Field(default_factory=dict)
    details: Mapping[Text, Text] = Field(default_factory=dict)
    plain: Mapping[str, Text] = Field(default_factory=dict)
    kept: Mapping[Text, Mapping[Text, JsonValue]] = Field(default_factory=dict)

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> tuple[_Custom, dict[str, Any]]:
        """What is ours in `said`, and the rest of it as it stands there."""
        try:
            ours = cls.model_validate(said)
        except ValidationError as error:
            foreign = {str(one["loc"][0]) for one in error.errors()}
            ours = cls.model_validate({name: value for name, value in said.items() if name not in foreign})
            return ours, {name: said[name] for name in said if name in foreign or name in (ours.model_extra or {})}
        return ours, dict(ours.model_extra or {})


class _Hint(BaseModel):
    """A hint at a venue as our exporter writes it."""

    model_config = ConfigDict(extra="forbid")

    name: Text
    kind: Kind | None = None
    year: Annotated[int, Field(ge=1000, le=9999)] | None = None
    note: Text | None = None
    date: PartialDate | None = None
    text: Text

    def value(self) -> dict[str, Any]:
        """The same in the words of `models.Hint`."""
        venue = {"name": self.name, "kind": self.kind, "year": self.year}
        return {"text": self.text, "venue": venue, "note": self.note, "date": self.date}


class _Item:
    """One item on its way to facts: what of it is not read yet, what is kept as it stands, and the doubts."""

    def __init__(self, said: Mapping[str, Any], lines: Mapping[str, int], first: int) -> None:
        self._left = dict(said)
        self._lines, self._first = lines, first
        self.kept: dict[str, Any] = {}
        self.doubts: list[tuple[str, str, int]] = []
        custom = self._left.pop("custom", None)
        self._custom, foreign = _Custom.of(custom if isinstance(custom, dict) else {})
        if foreign or (custom is not None and not isinstance(custom, dict)):
            self.kept["custom"] = foreign or custom
        for old, new in csl.LEGACY.items():
            if old in self._left:
                self.kept[old] = self._left.pop(old)
                self._left.setdefault(new, self.kept[old])

    def facts(self) -> Facts:
        """What the item says. Raises ValueError when it has no title, or a value that no fact can have."""
        custom = self._custom
        title = self._text("title")
        if title is None:
            raise ValueError("an item without a title")
        facts: dict[str, Any] = {"title": title, "status": self._text("status")}
        note, labels = self._note()
        facts["note"] = note
        raw_type = self._left.pop("type", None)
        facts["kind"] = kind = self._kind(raw_type)
        facts["arxiv"] = arxiv = self._arxiv(labels)
        item_type = "article" if kind == "preprint" or (kind is None and arxiv) else kind or "document"
        if raw_type is not None and raw_type != item_type:
            self.kept["type"] = raw_type
            item_type = raw_type if kind is None and raw_type in csl.TYPES else item_type
        if item_type == "article" and arxiv:
            self._forget_what_arxiv_tells(arxiv["number"])
        facts["citation_key"] = self._citation_key(labels)
        facts["authors"] = self._names("author", complete=custom.authors_complete is None)
        facts["date"], venue_year = self._date()
        facts["doi"] = self._doi(labels, arxiv["number"] if arxiv and kind in (None, "preprint") else None)
        facts["urls"] = self._urls(arxiv["number"] if arxiv else None)
        if abstract := self._text("abstract"):
            facts["abstract"] = {"text": abstract}
        elif custom.abstract_excerpt:
            facts["abstract"] = {"text": custom.abstract_excerpt, "complete": False}
        facts["venue"] = self._venue(kind, venue_year)
        facts["contributors"] = self._contributors()
        facts["details"] = self._details(labels)
        facts |= {"subjects": custom.subjects, "affiliations": custom.affiliations, "journal_ref": custom.journal_ref}
        facts["hints"] = [hint.value() for hint in custom.venue_hints]
        others = {name: dict(fields) for name, fields in custom.kept.items()}
        kept = {**others.pop(_CSL, {}), **self._left}
        for variable, raw in self.kept.items():
            both = isinstance(raw, dict) and isinstance(kept.get(variable), dict) and variable == "custom"
            kept[variable] = {**kept[variable], **raw} if both else raw
        facts["kept"] = {**others, **({_CSL: kept} if kept else {})}
        return Facts.model_validate({name: value for name, value in facts.items() if value})

    def at(self, facts: Facts) -> dict[str, int]:
        """The lines of the facts, where they are told by one variable."""
        return {
            name: self._lines[variable]
            for name, variable in _PLACES.items()
            if variable in self._lines and getattr(facts, name)
        }

    def _doubt(self, code: str, message: str, variable: str) -> None:
        self.doubts.append((code, message, self._lines.get(variable, self._first)))

    def _text(self, variable: str) -> str | None:
        """The plain text of a variable; what stands there is kept where it says more than that."""
        raw = self._left.pop(variable, None)
        if isinstance(raw, str) and raw == self._custom.plain.get(variable):
            return raw
        if isinstance(raw, list) and len(raw) == 1:
            raw = raw[0]  # Crossref's own JSON has lists of one
        text = csl.text(raw)
        if text is None and raw not in (None, "", [], {}) and not (isinstance(raw, str) and not raw.strip()):
            self._doubt("X02", f"{variable} is not a text: {_short(raw)}", variable)
        if text != raw and raw not in (None, "", [], {}):
            self.kept[variable] = raw
        return text

    def _note(self) -> tuple[str | None, dict[str, str]]:
        raw = self._left.get("note")
        if not isinstance(raw, str) or raw == self._custom.plain.get("note"):
            return self._text("note"), {}
        text, labels = csl.note(raw)
        if text != self._left.pop("note"):
            self.kept["note"] = raw
        return text, labels

    def _kind(self, raw: Any) -> Kind | None:
        genre = self._left.get("genre")
        if str(csl.text(genre)).casefold() == "preprint" and (raw == "article" or str(raw) not in csl.TYPES):
            if self._left.pop("genre") != "preprint":
                self.kept["genre"] = genre
            return "preprint"
        if raw == "article":
            return None  # programs call an "article" what is one of a journal, too: only the genre tells
        if isinstance(raw, str) and raw in FOREIGN_TYPES:
            return FOREIGN_TYPES[raw]
        if raw is not None and str(raw) not in csl.TYPES:
            self._doubt("X02", f"type is none of CSL's: {_short(raw)}", "type")
            return None
        known: Kind | None = raw if raw != "document" else None
        return known

    def _arxiv(self, labels: Mapping[str, str]) -> dict[str, Any] | None:
        """The arXiv number: our own word, else what a variable that may hold one says."""
        custom = self._custom
        found = identifiers.arxiv(custom.arxiv or "")
        written = {place: str(self._left.get(place, "")) for place in csl.ARXIV_PLACES}
        if str(self._left.get("archive", "")).lower() == "arxiv":
            written["archive_location"] = f"arXiv:{written['archive_location']}"
        for place, text in written.items():
            if found is None and not self._is_plain(place):
                found = csl.arxiv(text)
        found = found or identifiers.arxiv(labels.get("arxiv", ""))
        return {"number": found.number, "version": custom.arxiv_version or found.version} if found else None

    def _is_plain(self, variable: str) -> bool:
        """Whether our exporter says that the text of a variable is nothing else than it looks like."""
        plain = self._custom.plain
        return variable in plain and self._left.get(variable) == plain[variable]

    def _forget_what_arxiv_tells(self, number: str) -> None:
        """What our exporter writes of every preprint on arXiv says nothing more than its number."""
        raw = self._left.get("number")
        if (
            isinstance(raw, str)
            and (said := identifiers.arxiv(raw))
            and said.number == number
            and "arxiv" in raw.lower()
        ):
            del self._left["number"]
            if raw != f"arXiv:{number}":
                self.kept["number"] = raw
        if self._left.get("publisher") == "arXiv":
            del self._left["publisher"]

    def _citation_key(self, labels: Mapping[str, str]) -> str | None:
        raw = self._left.pop("id", None)
        stated = self._left.pop("citation-key", None)
        if stated is not None:
            self.kept["citation-key"] = stated
        ours = self._custom.citation_key
        key = ours or _key(stated) or labels.get("citation key") or _key(raw)
        if self._custom.source_id is not None:
            self.kept["id"] = self._custom.source_id
        elif raw is not None and raw != key and ours is None:
            self.kept["id"] = raw
        return key

    def _names(self, variable: str, *, complete: bool = True, raw: Any = None) -> Authors | None:
        raw = self._left.pop(variable, raw)
        people = csl.names(raw)
        whole = (
            [one for one in raw if not (isinstance(one, dict) and _says_only_others(one))]
            if isinstance(raw, list)
            else raw
        )
        if whole and whole != (csl.names_value(people) if people else None):
            self.kept[variable] = raw
            if not csl.fits(variable, raw) or len(whole) != (len(people.names) if people else 0):
                self._doubt("X02", f"{variable} has a name that cannot be read whole: {_short(raw)}", variable)
        if people and not people.complete:
            self._doubt("N01", f"the list of names is cut: {variable}", variable)
        return people.model_copy(update={"complete": people.complete and complete}) if people else None

    def _date(self) -> tuple[PartialDate | None, int | None]:
        """The date, and the year of the venue where it is another or the only one."""
        raw = self._left.pop("issued", None)
        date = csl.date(raw)
        if raw is not None and date is None:
            self._doubt("D02", f"cannot read the date {_short(raw)}", "issued")
        parts = [list(date.parts)] if date else None
        if raw is not None and not (csl.date_parts(raw) == parts and raw.keys() == {"date-parts"}):
            self.kept["issued"] = raw
        custom = self._custom
        if custom.date_without_year and custom.date_without_year.year is None:
            return custom.date_without_year, date.year if date else custom.venue_year
        if date and custom.date_inferred:
            date = date.model_copy(update={"inferred": True})
        return date, custom.venue_year

    def _doi(self, labels: Mapping[str, str], number: str | None) -> str | None:
        """The DOI, unless it is the one that arXiv gives to `number`."""
        raw = self._left.pop("DOI", None)
        doi = identifiers.doi(str(raw if raw is not None else labels.get("doi", "")))
        if raw and doi is None:
            self.kept["DOI"] = raw
            self._doubt("X02", f"not a DOI: {_short(raw)}", "DOI")
        return doi if doi != f"10.48550/arxiv.{number}".lower() else None

    def _urls(self, number: str | None) -> tuple[str, ...]:
        """The links, without the one that our exporter gives to a work on arXiv that has none."""
        raw = self._left.pop("URL", None)
        if raw is not None and not isinstance(raw, str):
            self.kept["URL"] = raw
            self._doubt("X02", f"URL is not a text: {_short(raw)}", "URL")
        first = raw.strip() if isinstance(raw, str) else ""
        known = "" if first == f"https://arxiv.org/abs/{number}" else first
        return tuple(dict.fromkeys(filter(None, (known, *self._custom.urls))))

    def _venue(self, kind: Kind | None, year: int | None) -> dict[str, Any] | None:
        """Where the work appeared. Without a venue to belong to, volume and pages are said of the work itself."""
        place = csl.VENUES.get(kind, "container-title") if kind else "container-title"
        in_series = (
            place == "publisher"
            and csl.text(self._left.get(place))
            and csl.text(self._left.get("collection-title"))
            and not self._is_plain("collection-title")
        )
        variable = "collection-title" if in_series else place
        is_plain = self._is_plain(variable)
        name = self._text(variable)
        if name is None:
            return None
        if not is_plain and csl.arxiv(name):
            # A number, where older programs had no other place for it.
            self.kept[variable] = self.kept.get(variable, name)
            return None
        return {
            "name": name,
            "kind": kind,
            "year": year,
            "volume": self._text("volume"),
            "issue": self._text("issue"),
            "pages": self._text("page"),
            "publisher": self._text("publisher"),
        }

    def _contributors(self) -> dict[str, Authors]:
        custom = self._custom
        roles = {role: None for role in list(self._left) if role in csl.NAMES} | dict(custom.contributors)
        found = {
            role: self._names(role, complete=role not in custom.names_incomplete, raw=raw)
            for role, raw in roles.items()
        }
        return {role: people for role, people in found.items() if people}

    def _details(self, labels: Mapping[str, str]) -> dict[str, str]:
        """What the other variables say in plain text; a date that is more than a day is kept as it stands."""
        found = {label.upper(): labels[label] for label in ("pmid", "pmcid") if label in labels}
        for variable in list(self._left):
            if variable in csl.TEXTS or variable in csl.NUMBERS:
                text = self._text(variable)
            elif variable in csl.DATES:
                text = csl.date_text(self._left[variable])
                if text is not None:
                    del self._left[variable]
            else:
                continue
            if text is not None:
                found[variable] = text
        return found | dict(self._custom.details)


def _says_only_others(name: Mapping[str, Any]) -> bool:
    return csl.is_others(name) and sum(said not in ("", None) for said in name.values()) == 1


def _key(raw: Any) -> str | None:
    return str(raw).strip() or None if isinstance(raw, str | int | float) else None


def _short(raw: Any) -> str:
    text = json.dumps(raw, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:77]}..."
