"""What each entry of a .bib file says, in plain text; what has no place in our facts is kept."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, get_args

from pydantic import ValidationError

from pubtools import bibfile, latex, lint, patterns
from pubtools.bibfile import BibFile, Entry, Field
from pubtools.errors import InputError
from pubtools.fields import csl, identifiers
from pubtools.fields.bib import KEPT, KEPT_CAPITALS, KEPT_PREFIX, KEPT_TYPE, WITHOUT_PUBLISHER
from pubtools.fields.subjects import ARCHIVES, CATEGORIES
from pubtools.garbage import uncollected
from pubtools.importers import Import, _bibtex_dates, _bibtex_names, _bibtex_types
from pubtools.models import ArxivId, Authors, Facts, Kind, Prose, Sighting, Source, Venue, thin
from pubtools.problems import Problem, Where

# Where people write the venue of a type that has no field for it.
_OTHER_PLACES = ("journaltitle", "booktitle", "howpublished")
_MAY_BE_PREPRINTS = frozenset({"article", "misc", "online", "unpublished"})
_KINDS = frozenset(get_args(Kind))
# They hold fields for other entries, or name them.
NO_WORKS = frozenset({"set", "xdata"})

_COMMENTS = patterns.compile(r"\s*+(?:%[^\n]*+\s*+)*+")
_ISO_DAY = patterns.compile(r"[1-9]\d{3}(?:-\d\d(?:-\d\d)?)?")
_URL_COMMAND = patterns.compile(r"\\(?:url|path|nolinkurl)\s*\{((?:[^{}]|\{[^{}]*\})*)\}|<(https?://[^<>\s]+)>")
_MARKED = patterns.compile(r"[\\{<]")
_ESCAPED = patterns.compile(r"\\([%&#_~{}$^])")


# What the papers of a volume say alike is read once.
_OF_MANY = frozenset("booktitle institution journaltitle location publisher series".split())
_decoded = lru_cache(maxsize=2048)(latex.decode)
_editors = lru_cache(maxsize=1024)(_bibtex_names.parse_list)


@uncollected()
def read(text: str, source: Source) -> Import:
    """The works in `text`, with what BibTeX, biber and we find wrong in it.

    Fields that an entry takes from another one (`crossref`, `xdata`) are its own here. Raises InputError when there is
    text but nothing of BibTeX in it.
    """
    bib = bibfile.parse(text)
    if not bib.entries and not bib.defects and all(block.kind == "comment" for block in bib.blocks):
        found = _COMMENTS.match(text)
        if found and found.end() < len(text):
            raise InputError("there is no BibTeX entry in this file", path=source.locator, hint="@article{key, ...}")
    problems = list(lint.check(bib, source.locator))
    refused = len(bib.refused)
    sightings = []
    lookup = _by_key(bib)
    # What is read is let go, for the entries of a long file take as much as what is made of them.
    entries = list(reversed(bib.entries))
    del bib
    while entries:
        entry = entries.pop()
        if entry.type in NO_WORKS:
            refused += 1
            message = f"@{entry.type}{{{entry.key}}} is no work of its own, and is left out"
            problems.append(Problem("X33", message, Where(source.locator, entry.lines[0])))
            continue
        try:
            sightings.append(_Reading(entry, lookup).sighting(source))
        except ValidationError as error:
            refused += 1
            detail = error.errors()[0]
            where = "".join(f"{part}: " for part in detail["loc"][:1])
            message = f"{entry.key}: {where}{detail['msg'].removeprefix('Value error, ')}; the entry is left out"
            problems.append(Problem("X01", message, Where(source.locator, entry.lines[0])))
    return Import(tuple(sightings), refused, tuple(problems))


# ---------------------------------------------------------------- inside


def _by_key(bib: BibFile) -> Mapping[str, Entry] | None:
    """The entries that others take fields from, by their keys in small letters; None where nobody takes any."""
    named = {
        key
        for entry in bib.entries
        for field in entry.fields
        if field.name == "crossref" or field.name == "xdata"
        for key in _keys(field)
    }
    return {key: entry for entry in reversed(bib.entries) if (key := entry.key.lower()) in named} if named else None


class _Reading:
    """One entry: the fields that are yet to be read, and what the others said."""

    __slots__ = ("at", "contributors", "details", "entry", "facts", "fields", "type")

    def __init__(self, entry: Entry, lookup: Mapping[str, Entry] | None) -> None:
        self.entry = entry
        self.type = entry.type
        self.fields = _named(entry.fields)
        if lookup is not None:
            self._inherit(lookup)
        self.facts: dict[str, Any] = {}
        self.at: dict[str, int] = {}
        self.details: dict[str, str] = {}
        self.contributors: dict[str, Authors] = {}

    def sighting(self, source: Source) -> Sighting:
        """The sighting of the entry. Raises ValidationError when it has no title."""
        facts, entry = self.facts, self.entry
        kept: dict[str, Any] = {}
        self._title(kept)
        self._names()
        self._date()
        self._identifiers()
        self._kind(kept)
        self._venue()
        self._texts()
        for field in self.fields.values():
            kept[field.name.removeprefix(KEPT_PREFIX)] = _as_it_stood(field)
        if self.contributors:
            facts["contributors"] = self.contributors
        if self.details:
            facts["details"] = self.details
        if kept:
            facts["kept"] = {KEPT: kept}
        facts["citation_key"] = entry.key or None
        if "title" not in facts:
            facts["title"] = ""  # for the model to refuse
        sighting = Sighting(source=source, facts=Facts(**facts), lines=entry.lines, at=self.at)
        thin(sighting)
        return sighting

    # ---- fields

    def _inherit(self, lookup: Mapping[str, Entry]) -> None:
        """Take the fields of the entries that `xdata` and `crossref` name, as far as they are there."""
        fields = self.fields
        if (named := fields.get("xdata")) and all(key in lookup for key in _keys(named)):
            del fields["xdata"]
            for key in _keys(named):
                for name, field in _named(lookup[key].fields).items():
                    fields.setdefault(name, field)
        if (named := fields.get("crossref")) and (parent := lookup.get(named.value.strip().lower())):
            del fields["crossref"]
            if parent is self.entry:
                return
            theirs = _named(parent.fields)
            renamed = _bibtex_types.INHERITED_AS.get(self.type, {})
            for name, field in theirs.items():
                if name not in renamed and name not in _bibtex_types.OWN:
                    fields.setdefault(name, field)
            for name, own in renamed.items():
                if name in theirs:
                    fields.setdefault(own, theirs[name])
        elif named:
            # What is not there cannot be taken over; BibTeX stops at such a reference, and passes over this one.
            fields.setdefault("xref", fields.pop("crossref")._replace(name="xref"))

    def _text(self, name: str, fact: str = "") -> str | None:
        """The plain text of a field, which is read by that; `fact` is what it is a part of."""
        field = self.fields.get(name)
        if field is None:
            return None
        text = _decoded(field.value) if name in _OF_MANY else latex.decode(field.value)
        if not text:
            return None
        del self.fields[name]
        if fact:
            self.at.setdefault(fact, field.line)
        return text

    def _detail(self, name: str, variable: str) -> None:
        if text := self._text(name, "details"):
            self.details[variable] = text

    def _raw(self, name: str) -> str:
        """The value of a field that is verbatim, as people write it: without LaTeX around it or in it."""
        field = self.fields.get(name)
        return _verbatim(field.value) if field else ""

    # ---- facts

    def _title(self, kept: dict[str, Any]) -> None:
        fields = self.fields
        name = "title"
        if name not in fields and _bibtex_types.VENUES.get(self.type) == "publisher":
            name = next((name for name in ("booktitle", "maintitle") if name in fields), name)
        field = fields.get(name)
        if field is None:
            return
        value = field.value
        if subtitle := fields.pop("subtitle", None):
            value = f"{value}: {subtitle.value}"
        title, capitals = latex.decode_title(value)
        if not title:
            return
        del fields[name]
        self.facts["title"] = title
        self.at["title"] = field.line
        if capitals:
            kept[KEPT_CAPITALS] = sorted(capitals)
        if (key := fields.get("key")) and latex.decode(key.value) == title:
            del fields["key"]  # it is there for styles that sort, and says nothing

    def _people(self, name: str) -> Authors | None:
        field = self.fields.get(name)
        if field is None:
            return None
        people = _editors(field.value) if name == "editor" else _bibtex_names.parse_list(field.value)
        if people:
            del self.fields[name]
        return people

    def _names(self) -> None:
        fields, contributors = self.fields, self.contributors
        if author := fields.get("author"):
            self.at["authors"] = author.line
            if authors := self._people("author"):
                self.facts["authors"] = authors
            else:
                del self.at["authors"]
        if "editor" not in fields and "editora" in fields and "editoratype" not in fields:
            fields["editor"] = fields.pop("editora")
        for name, role in _bibtex_types.CONTRIBUTORS.items():
            if field := fields.get(name):
                self.at.setdefault("contributors", field.line)
                if name == "editor" and (said := fields.get("editortype")) and said.value in csl.NAMES:
                    role = said.value
                    del fields["editortype"]
                if people := self._people(name):
                    contributors[role] = people
        for name in ("namea", "nameb", "namec"):
            said = fields.get(f"{name}type")
            role = latex.decode(said.value) if said else ""
            if role and role not in contributors and (people := self._people(name)):
                contributors[role] = people
                del fields[f"{name}type"]

    def _date(self) -> None:
        date, status, line = _bibtex_dates.take(self.fields)
        if date:
            self.facts["date"] = date
            self.at["date"] = line
        if status:
            self.facts["status"] = status
            self.at["status"] = line

    def _identifiers(self) -> None:
        facts, fields = self.facts, self.fields
        if field := fields.get("doi"):
            raw = self._raw("doi")
            doi = identifiers.doi(latex.verbatim(raw))
            if number := identifiers.arxiv(raw):
                self._arxiv(number, field)
                del fields["doi"]
            elif doi:
                facts["doi"] = doi
                self.at["doi"] = field.line
                del fields["doi"]
        if field := fields.get("eprint"):
            self._eprint(field)
        if field := fields.get("url"):
            self._url(field)
        elif field := fields.get("howpublished"):
            raw = self._raw("howpublished")
            url = identifiers.url(raw) or identifiers.url(latex.decode(raw))
            if number := identifiers.arxiv(url or raw):
                self._arxiv(number, field)
            if number or url:
                del fields["howpublished"]
            if url:
                self._web(url, field)

        if "arxiv" in facts and "eprint" not in fields and self._raw("eprinttype").lower() == "arxiv":
            del fields["eprinttype"]

    def _arxiv(self, number: ArxivId, field: Field) -> None:
        """Note an arXiv number, as the first one said; an address or a DOI speaks of the work, of whatever version."""
        if "arxiv" not in self.facts:
            self.facts["arxiv"] = ArxivId(number=number.number)
            self.at["arxiv"] = field.line

    def _eprint(self, field: Field) -> None:
        fields = self.fields
        raw = self._raw("eprint")
        number = identifiers.arxiv(raw)
        archive = fields.get("eprinttype")
        subject = fields.get("eprintclass")
        says_so = archive.value.strip().lower() == "arxiv" if archive else (
            "arxiv" in raw.lower() or raw.partition("/")[0] in ARCHIVES or (subject and subject.value in CATEGORIES)
        )  # fmt: skip
        if number is None or not says_so:
            return
        if "arxiv" in self.facts and self.facts["arxiv"].number != number.number:
            del self.facts["arxiv"]  # what is written for it says more than a DOI
        self._arxiv(number, field)
        if not number.version:
            del fields["eprint"]
        fields.pop("eprinttype", None)
        if subject and subject.value.strip() in CATEGORIES:
            self.facts["subjects"] = (subject.value.strip(),)
            self.at["subjects"] = subject.line
            del fields["eprintclass"]

    def _url(self, field: Field) -> None:
        raw = self._raw("url")
        first, *others = raw.split() or [""]
        if not identifiers.url(first):
            return
        number = identifiers.arxiv(first)
        if number:
            self._arxiv(number, field)
        if not others:
            del self.fields["url"]
        self._web(first, field)

    def _web(self, url: str, field: Field) -> None:
        """Note a web address, unless it is the one that an arXiv number has."""
        arxiv = self.facts.get("arxiv")
        if not (arxiv and url == f"https://arxiv.org/abs/{arxiv.number}"):
            self.facts["urls"] = (latex.verbatim(url),)
            self.at["urls"] = field.line

    def _kind(self, kept: dict[str, Any]) -> None:
        """What the work is: by its type, by what says more, and by what only preprints have."""
        fields, facts = self.fields, self.facts
        told = self.type
        subtype = self._raw("entrysubtype")
        kind: Any = _bibtex_types.SUBTYPES.get(subtype) or (subtype if subtype in _KINDS else None)
        if kind:
            del fields["entrysubtype"]
        elif subtype.removeprefix("@") in _bibtex_types.KINDS:
            told = subtype.removeprefix("@")
            del fields["entrysubtype"]
        elif not subtype and told in _KINDS and told not in _bibtex_types.KINDS:
            kind = told
        elif not subtype and told not in _bibtex_types.KINDS and told != "misc":
            kept["entrysubtype"] = told
        if kind is None:
            kind = _bibtex_types.KINDS.get(told)
            if told == self.type and self._is_preprint():
                kind = "preprint"
            elif self._is_told_apart(told):
                kept[KEPT_TYPE] = told
        if kind:
            facts["kind"] = kind
            self.at["kind"] = self.entry.lines[0]
        if kind in ("thesis", "report"):
            said = self._text("type", "details")
            genre = _bibtex_types.GENRES.get(said or self.type, said)
            if told == "mastersthesis" and genre != "Master's thesis":
                kept[KEPT_TYPE] = told
            if genre and genre not in _bibtex_types.NO_GENRES:
                self.details["genre"] = genre
        else:
            self._detail("type", "genre")

    def _is_told_apart(self, told: str) -> bool:
        """Whether an exporter could not know that the entry is of this type."""
        if told == "inbook":
            return "editor" in self.contributors
        if told == "collection":
            return "authors" in self.facts or "editor" not in self.contributors
        return told in _bibtex_types.TOLD_APART

    def _is_preprint(self) -> bool:
        fields = self.fields
        prepublished = self._raw("pubstate") == "prepublished"
        if "journaltitle" in fields:
            is_preprint = self.type == "article" and self._is_only_on_arxiv()
        elif self.type in _MAY_BE_PREPRINTS or self.type not in _bibtex_types.KINDS:
            is_preprint = prepublished or ("arxiv" in self.facts and self.type != "unpublished")
        else:
            return False
        if is_preprint and prepublished:
            del fields["pubstate"]
        return is_preprint

    def _is_only_on_arxiv(self) -> bool:
        """Whether the journal is arXiv, whose number then may stand in the place of a volume or of pages."""
        fields = self.fields
        journal = fields["journaltitle"]
        found = csl.ARXIV_JOURNAL.fullmatch(latex.decode(journal.value))
        if not found:
            return False
        for name in ("", "volume", "pages", "eid", "number"):
            raw = (found["id"] or "") if not name else self._raw(name).removeprefix("abs/")
            if number := identifiers.arxiv(raw):
                self._arxiv(number, fields[name] if name else journal)
                if name and number.number == self.facts["arxiv"].number:
                    del fields[name]
        if "arxiv" in self.facts:
            del fields["journaltitle"]
        return True

    def _venue(self) -> None:
        fields, details = self.fields, self.details
        place = _bibtex_types.VENUES.get(self.type, "howpublished")
        is_preprint = self.facts.get("kind") == "preprint"
        if is_preprint and "arxiv" in self.facts:
            for field in ("publisher", "number"):
                if self._raw(field).lower() in ("arxiv", f"arxiv:{self.facts['arxiv'].number}"):
                    del fields[field]  # the number says so
        in_series = self.facts.get("kind") in csl.IN_SERIES and "series" in fields
        name: str | None
        publisher = self._text("publisher", "venue") if place != "publisher" else None
        if self.type in WITHOUT_PUBLISHER and publisher is None:
            publisher = self._text("organization", "venue")
        for field, part_of in _bibtex_types.SUBTITLES.items():
            if field in fields and part_of == place and place in fields:
                whole = f"{fields[place].value}: {fields.pop(field).value}"
                fields[place] = fields[place]._replace(value=whole)
        if place == "publisher":
            name = self._text("publisher", "venue")
            if name and (series := self._text("series", "venue")):
                name, publisher = series, name
        elif self.type == "manual" and publisher:
            name, publisher = publisher, None
        else:
            name = next((text for field in (place, *_OTHER_PLACES) if (text := self._text(field, "venue"))), None)
            if name is None and publisher and place == "institution":
                name, publisher = publisher, None
        pages = self._text("pages", "venue") or self._text("eid", "venue")
        pages = csl.BETWEEN_PAGES.sub("-", pages) if pages else None
        volume, issue = self._text("volume", "venue"), None
        if in_series:
            self._detail("number", "collection-number")
        elif self.facts.get("kind") in csl.WITH_ISSUES:
            issue = self._text("number", "venue")
        issue = issue or self._text("issue", "venue")
        if name:
            said = {"publisher": publisher, "volume": volume, "issue": issue, "pages": pages}
            self.facts["venue"] = Venue(name=name, **{part: text for part, text in said.items() if text})
        elif line := self.at.pop("venue", 0):
            self.at.setdefault("details", line)
            said = {"publisher": publisher, "volume": volume, "issue": issue, "page": pages}
            details.update((variable, text) for variable, text in said.items() if text)
        self._detail("number", "number")

    def _texts(self) -> None:
        fields, facts = self.fields, self.facts
        if "address" in fields:
            # In BibTeX the publisher's; what stands beside it as a location is where people met.
            self._detail("location", "event-place")
            fields["location"] = fields.pop("address")
        # In the order of the entry: a set has another one in every run, and the first of them tells the line.
        for name in [name for name in fields if name in _bibtex_types.DETAILS]:
            self._detail(name, _bibtex_types.DETAILS[name])
        for name in [name for name in fields if name in _bibtex_types.DAYS]:
            if _ISO_DAY.fullmatch(fields[name].value):
                self._detail(name, _bibtex_types.DAYS[name])
        self._language()
        if state := fields.get("pubstate"):
            said = state.value.strip()
            if "status" not in facts and said != "prepublished" and (text := latex.decode(said)):
                facts["status"] = _bibtex_types.STATUSES.get(said, text)
                self.at["status"] = state.line
                del fields["pubstate"]
        if note := fields.get("note"):
            text = latex.decode(note.value)
            if "status" not in facts and (status := _bibtex_dates.status(text)):
                facts["status"] = status
                self.at["status"] = note.line
                del fields["note"]
            elif text:
                facts["note"] = text
                self.at["note"] = note.line
                del fields["note"]
        if abstract := self._text("abstract", "abstract"):
            facts["abstract"] = Prose(text=abstract)

    def _language(self) -> None:
        for name in ("langid", "language"):
            if field := self.fields.get(name):
                text = latex.decode(field.value)
                code = _bibtex_types.LANGUAGES.get(text.lower())
                if code is None and name == "langid":
                    continue
                if text and self.details.get("language") in (None, code):
                    self.details["language"] = code or text
                    self.at.setdefault("details", field.line)
                    del self.fields[name]


def _named(fields: tuple[Field, ...]) -> dict[str, Field]:
    """`fields` by BibLaTeX's names, the first of each; what is empty says nothing."""
    named: dict[str, Field] = {}
    aliases = _bibtex_types.FIELDS
    for field in fields:
        own = field.name
        name = aliases.get(own, own)
        if not field.value or field.value.isspace():
            continue
        if name not in named:
            named[name] = field
        elif name != own:
            named.setdefault(own, field)  # `address` beside `location`
        elif (other := named[name]).name != own:
            named[other.name], named[name] = other, field
    return named


def _as_it_stood(field: Field) -> str:
    """The value of a field as it may stand in braces; a macro that nobody defines is its name, which is no LaTeX."""
    if field.undefined:
        return latex.encode(latex.decode(field.value))
    return field.macro if field.name == "month" and field.macro else field.value


def _keys(field: Field) -> list[str]:
    return [key.strip().lower() for key in field.value.split(",")]


def _verbatim(value: str) -> str:
    r"""An address or an identifier as people write it, without `\url{}` around it and LaTeX's escapes in it."""
    text = value.strip()
    if not _MARKED.search(text):
        return text
    if found := _URL_COMMAND.fullmatch(text):
        text = found[1] or found[2] or ""
    while text.startswith("{") and text.endswith("}"):
        text = text[1:-1]
    return _ESCAPED.sub(r"\1", text).strip()
