"""RIS, as reference managers and publishers' sites write it: `TY  - JOUR`, a tag a line, `ER  -`.

The tags are those of the RIS specification of 2011 (Research Information Systems, EndNote's reference types) and of
the older one that most files still follow. rispy, the library there is, loses a record without its `ER` and the
repeats of a tag, and knows no lines; hence the few lines here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from pubtools import patterns
from pubtools.errors import InputError
from pubtools.fields import csl, dates, identifiers, names
from pubtools.garbage import uncollected
from pubtools.importers import Import
from pubtools.models import Authors, Facts, Kind, Name, PartialDate, Sighting, Source
from pubtools.problems import Problem, Where

# What each reference type is for us; a type that is not here (GEN, SER) tells nothing.
TYPES: Mapping[str, Kind] = {
    "ART": "graphic", "BILL": "bill", "BLOG": "post-weblog", "BOOK": "book", "CASE": "legal_case", "CHAP": "chapter",
    "CLSWK": "classic", "COMP": "software", "CONF": "paper-conference", "CPAPER": "paper-conference",
    "DATA": "dataset", "DICT": "entry-dictionary", "EBOOK": "book", "ECHAP": "chapter", "EDBOOK": "book",
    "EJOUR": "article-journal", "ELEC": "webpage", "ENCYC": "entry-encyclopedia", "FIGURE": "figure",
    "HEAR": "hearing", "ICOMM": "personal_communication", "INPR": "article-journal", "JOUR": "article-journal",
    "MANSCPT": "manuscript", "MAP": "map", "MGZN": "article-magazine", "MPCT": "motion_picture",
    "MUSIC": "musical_score", "NEWS": "article-newspaper", "PAMP": "pamphlet", "PAT": "patent",
    "PCOMM": "personal_communication", "RPRT": "report", "SLIDE": "speech", "SOUND": "song", "STAND": "standard",
    "STAT": "legislation", "THES": "thesis", "UNPB": "manuscript", "VIDEO": "motion_picture", "WEB": "webpage",
}  # fmt: skip
# The tags that may hold a fact, the best first: files say one thing by several.
TITLES = ("TI", "T1", "CT")
VENUES = ("T2", "JF", "JO", "BT", "J2", "JA")
DATES = ("DA", "PY", "Y1")
ABSTRACTS = ("AB", "N2")
AUTHORS = ("AU", "A1")
CONTRIBUTORS: Mapping[str, str] = {
    "A2": "editor", "ED": "editor", "A3": "collection-editor", "A4": "translator", "TA": "translator",
}  # fmt: skip
# CSL's variables that are one tag each.
DETAILS: Mapping[str, str] = {
    "CN": "call-number", "CY": "publisher-place", "DB": "source", "ET": "edition", "J2": "container-title-short",
    "JA": "container-title-short", "LA": "language", "M3": "genre", "NV": "number-of-volumes", "OP": "original-title",
    "PP": "publisher-place", "SE": "section", "ST": "title-short", "T3": "collection-title",
}  # fmt: skip

_TAG = patterns.compile(r"([A-Z][A-Z0-9])  -(?: (.*)|)$")
_LINE_END = patterns.compile(r"\r\n?|\n")
_BEGIN = patterns.compile(r"(?:\ufeff|\s)*TY  -")
_DATE = patterns.compile(r"(\d{4})(?:[/-](\d{0,2})(?:[/-](\d{0,2})(?:/(.*))?)?)?/*")
_OTHERS = patterns.compile(r"(?:and )?others|et\.? al\.?", re.IGNORECASE)
_ISSN = patterns.compile(r"\d{4}-?\d{3}[\dXx]")


@dataclass(slots=True)
class _Record:
    """The tags of one record in their order: tag, value, line; and whether its end is there."""

    first: int
    last: int
    tags: list[tuple[str, str, int]] = field(default_factory=list)
    ended: bool = False


def fits(text: str, name: str) -> bool:
    """Whether `text` begins with a record, or is a file called `.ris` that has one."""
    return bool(_BEGIN.match(text[:4096])) or (name.lower().endswith(".ris") and "TY  -" in text)


@uncollected()
def read(text: str, source: Source) -> Import:
    """The works in `text`, in its order. Raises InputError when no record is in it."""
    sightings: list[Sighting] = []
    problems: list[Problem] = []
    refused = 0

    def doubt(code: str, message: str, line: int) -> None:
        problems.append(Problem(code, message, Where(source.locator, line)))

    records = list(_records(text))
    if not any(tag == "TY" for record in records for tag, _, _ in record.tags):
        raise InputError("not RIS: no line begins with TY", path=source.locator)
    for record in records:
        if record.tags[0][0] != "TY":
            refused += 1
            doubt("X01", f"not read: {record.tags[0][0] or record.tags[0][1][:40]!r} outside of a record", record.first)
            continue
        if not record.ended:
            doubt("X02", "the record does not end with ER; it is read as far as it goes", record.first)
        item = _Item(record)
        try:
            facts = item.facts()
        except ValueError as error:
            reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            refused += 1
            doubt("X01", f"not read: {reason}", record.first)
            continue
        for code, message, line in item.doubts:
            doubt(code, message, line)
        at = {name: line for name, line in item.at.items() if getattr(facts, name)}
        sightings.append(Sighting(source=source, facts=facts, lines=(record.first, record.last), at=at))
    return Import(tuple(sightings), refused, tuple(problems))


# ---------------------------------------------------------------- inside


def _records(text: str) -> Iterator[_Record]:
    """The records; a stretch of lines that belong to none is one that does not begin with TY."""
    open_: _Record | None = None
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        found = _TAG.match(line.rstrip())
        tag, value = (found[1], (found[2] or "").strip()) if found else ("", line.strip())
        if tag == "TY":
            if open_:
                yield open_
            open_ = _Record(number, number, [(tag, value, number)])
        elif tag == "ER" and open_ and open_.tags[0][0] == "TY":
            open_.ended, open_.last = True, number
            yield open_
            open_ = None
        elif open_ and value and not tag and open_.tags[0][0] == "TY":
            last, told, first = open_.tags[-1]
            open_.tags[-1] = (last, f"{told} {value}".strip(), first)  # a value goes on in the next line
            open_.last = number
        elif value and open_:
            open_.tags.append((tag, value, number))
            open_.last = number
        elif value:
            open_ = _Record(number, number, [(tag, value, number)])
    if open_:
        yield open_


class _Item:
    """One record on its way to facts: the values by tag that are not read yet, and the doubts."""

    def __init__(self, record: _Record) -> None:
        self._left: dict[str, list[str]] = {}
        self._lines: dict[str, int] = {}
        for tag, value, line in record.tags:
            if value:
                self._left.setdefault(tag, []).append(value)
                self._lines.setdefault(tag, line)
        self._first = record.first
        self.at: dict[str, int] = {}
        self.doubts: list[tuple[str, str, int]] = []

    def facts(self) -> Facts:
        """What the record says. Raises ValueError when it has no title."""
        said = self._take("kind", "TY")
        kind = TYPES.get(said or "")
        if said and kind is None:
            self._left["TY"] = [said]
        titles = (*TITLES, "BT") if kind == "book" else TITLES
        title = self._take("title", *titles)
        if title is None:
            raise ValueError("a record without a title")
        facts: dict[str, Any] = {"title": title, "kind": kind}
        if said == "INPR":
            facts["status"] = "in press"
        facts["citation_key"] = self._take("citation_key", "ID")
        facts["authors"] = self._people("authors", *AUTHORS)
        facts["date"] = self._date()
        facts["contributors"] = {
            role: people
            for role in dict.fromkeys(CONTRIBUTORS.values())
            if (people := self._people("contributors", *(tag for tag, its in CONTRIBUTORS.items() if its == role)))
        }
        facts |= self._identifiers()
        facts["venue"] = self._venue(kind)
        if abstract := self._take("abstract", *ABSTRACTS):
            facts["abstract"] = {"text": abstract}
        facts["note"] = self._take("note", "N1")
        facts["details"] = self._details(kind)
        kept = {tag: values[0] if len(values) == 1 else values for tag, values in self._left.items()}
        facts["kept"] = {"ris": kept} if kept else {}
        return Facts.model_validate({name: value for name, value in facts.items() if value})

    def _take(self, fact: str, *tags: str) -> str | None:
        """The first value of the first of `tags` that has one; the same said by the others is not kept twice."""
        found = None
        for tag in tags:
            for value in list(self._left.get(tag, ())):
                text = csl.plain(value)
                if found is None and text:
                    found = text
                    self.at.setdefault(fact, self._lines[tag])
                if text == found:
                    self._left[tag].remove(value)
            if not self._left.get(tag, True):
                del self._left[tag]
        return found

    def _people(self, fact: str, *tags: str) -> Authors | None:
        people = []
        complete = True
        for tag in tags:
            for value in self._left.pop(tag, ()):
                self.at.setdefault(fact, self._lines[tag])
                if _OTHERS.fullmatch(value):
                    complete = False
                    self.doubts.append(("N01", f"the list of names is cut: {value!r}", self._lines[tag]))
                elif (name := _name(value)) not in people:
                    people.append(name)
        return Authors(names=tuple(people), complete=complete) if people else None

    def _date(self) -> PartialDate | None:
        """The most precise of the dates; what a date says beside year, month and day ("Spring") is kept."""
        best: PartialDate | None = None
        for tag in DATES:
            for value in list(self._left.get(tag, ())):
                date, whole = _partial(value)
                if date is None:
                    self.doubts.append(("D02", f"cannot read the date {value!r}", self._lines[tag]))
                    continue
                agrees = best is None or best.parts[: len(date.parts)] == date.parts
                if best is None or (date.parts[: len(best.parts)] == best.parts and len(date.parts) > len(best.parts)):
                    best, agrees = date, True
                    self.at["date"] = self._lines[tag]
                if agrees and whole:
                    self._left[tag].remove(value)
            if not self._left.get(tag, True):
                del self._left[tag]
        return best

    def _identifiers(self) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for tag in ("DO", "M3"):
            value = next(iter(self._left.get(tag, ())), None)
            if value and "doi" not in found and (doi := identifiers.doi(value)):
                found["doi"] = doi
                self.at["doi"] = self._lines[tag]
                del self._left[tag][0]
            elif value and tag == "DO":
                self.doubts.append(("X02", f"not a DOI: {value!r}", self._lines[tag]))
            if not self._left.get(tag, True):
                del self._left[tag]
        links = self._left.pop("UR", [])
        for value in (*links, *self._left.get("AN", ())):
            if "arxiv" in value.lower() and (number := identifiers.arxiv(value)):
                found.setdefault("arxiv", number)
        if links:
            found["urls"] = tuple(dict.fromkeys(links))
            self.at["urls"] = self._lines["UR"]
        return found

    def _venue(self, kind: Kind | None) -> dict[str, Any] | None:
        """Where the work appeared: a book's publisher, and what else holds the work. None where no name is said."""
        place = csl.VENUES.get(kind, "container-title") if kind else "container-title"
        name = self._take("venue", "PB") if place == "publisher" else self._take("venue", *VENUES)
        if name is None:
            return None
        number = None if kind == "report" else self._take("venue", "IS")
        venue = {"name": name, "kind": kind, "volume": self._take("venue", "VL"), "issue": number}
        return venue | {"pages": self._pages(), "publisher": self._take("venue", "PB")}

    def _pages(self) -> str | None:
        first, last = self._take("venue", "SP"), self._take("venue", "EP")
        return f"{first}-{last}" if first and last and first != last else first or last

    def _details(self, kind: Kind | None) -> dict[str, str]:
        found = {"volume": self._take("details", "VL"), "page": self._pages(), "publisher": self._take("details", "PB")}
        found["number" if kind == "report" else "issue"] = self._take("details", "IS")
        for tag, variable in DETAILS.items():
            if not found.get(variable):
                found[variable] = self._take("details", tag)
        if words := self._left.pop("KW", None):
            found["keyword"] = ", ".join(words)
        for number in self._left.pop("SN", ()):
            bare = number.split(" ")[0]
            variable = "ISSN" if _ISSN.fullmatch(bare) else "ISBN"
            found[variable] = f"{found[variable]}, {number}" if found.get(variable) else number
        if visited := next(iter(self._left.get("Y2", ())), None):
            date, whole = _partial(visited)
            if date and whole:
                del self._left["Y2"]
                found["accessed"] = "-".join(f"{part:02}" for part in date.parts)
        return {variable: text for variable, text in found.items() if text}


def _name(value: str) -> Name:
    """`Last, First, Suffix` (RIS specification, "Author fields"); without a comma as a page writes it."""
    last, _, rest = value.partition(",")
    first, _, suffix = rest.partition(",")
    if not first.strip() or not last.strip():
        return names.parse(value.strip(" ,"))
    name = names.parse(f"{last.strip()}, {first.strip()}")
    return name.model_copy(update={"literal": value, "suffix": suffix.strip() or name.suffix}) if name.family else name


def _partial(value: str) -> tuple[PartialDate | None, bool]:
    """The date of `2019/05/01/Spring`, `2019///` or what else a date may look like, and whether that is all of it."""
    found = _DATE.fullmatch(value.strip())
    if found is None:
        return dates.parse(value), True
    parts = [int(part) for part in (found[1], found[2], found[3]) if part and int(part)]
    date = csl.date({"date-parts": [parts]})
    return date, date is not None and list(date.parts) == parts and not (found[4] or "").strip(" /")
