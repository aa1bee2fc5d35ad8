"""The nouns: what is cut from a page, what a source says, and what a publication is.

`RawEntry` and `Reading` are the border where scraped text comes in; `Sighting` and `Publication` are what the
library holds and what exporters see. Everything is frozen, and an absent value is None (or an empty tuple).
"""

# Not with `from __future__ import annotations`: Pydantic would compile the text of every annotation again.
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    ValidationError,
)

from pubtools import patterns

# Longer than any title on arXiv (about 400 characters): what is longer is a paragraph in the wrong place.
MAX_TITLE = 500
# "Maria de los Angeles van der Berg y Garcia Jr" has ten words; a clause of a sentence soon has more.
MAX_NAME_WORDS = 10

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
LineNumber = Annotated[int, Field(ge=1, description="1-based")]
Lines = tuple[LineNumber, LineNumber]
# The item types of CSL 1.0.2 (specification, appendix III), with "preprint" for what CSL calls "article".
Kind = Literal[
    "preprint",
    "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter", "classic",
    "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event", "figure",
    "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
]  # fmt: skip


class Model(BaseModel):
    """Frozen, and refusing what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


# By what they hold: the sets of fields that a source has set. There are few, and there are many models.
_FIELDS_SET: dict[frozenset[str], set[str]] = {}


def thin(model: Model) -> None:
    """Let `model`, and all that it holds, share `model_fields_set` with others that were thinned.

    For what comes in by the thousand: a set for each model would take a quarter of all memory.
    """
    own = model.__pydantic_fields_set__
    object.__setattr__(model, "__pydantic_fields_set__", _FIELDS_SET.setdefault(frozenset(own), own))
    values = vars(model)
    for field in own:
        value = values[field]
        kind = type(value)
        if kind is tuple or kind is dict:
            for part in value.values() if kind is dict else value:
                if Model in type(part).__mro__:  # isinstance asks every subclass in turn
                    thin(part)
        elif Model in kind.__mro__:
            thin(value)


# ---------------------------------------------------------------- values


class Name(Model):
    """One author. `literal` is exactly what the source wrote; the parts are there only when they are known.

    `split_by` says who knew: the "source" gave parts, a row of the "people" table, the "comma" of `Last, First`,
    the "initials" of `Last FM`, or nobody: "last-word" is a guess. A group or a single word is not split.
    """

    literal: Text
    family: Text | None = None
    given: Text | None = None
    # CSL's non-dropping particle, "van" in "van Gogh", and the dropping one, "von" in "von Humboldt".
    particle: Text | None = None
    dropping_particle: Text | None = None
    suffix: Text | None = None
    split_by: Literal["source", "people", "comma", "initials", "last-word"] | None = None

    # Here and in other models no validator: whatever holds the model would run it again.
    def model_post_init(self, context: object, /) -> None:  # noqa: ARG002
        """Refuse parts without a family name."""
        if self.family is None and (
            self.given or self.particle or self.dropping_particle or self.suffix or self.split_by
        ):
            raise ValueError("a name with parts needs a family name")


class Authors(Model):
    """The authors in the order of the source; `complete` is False where it ends in "et al."."""

    names: tuple[Name, ...] = Field(min_length=1)
    complete: bool = True


class Prose(Model):
    """A running text; `complete` is False where the source cut it ("...")."""

    text: Text
    complete: bool = True


class PartialDate(Model):
    """A date as far as it is known: months 1-12, days 1-31, a day needs a month.

    `inferred` marks a year that the source left out and `--as-of` decided.
    """

    year: Annotated[int, Field(ge=1000, le=9999)] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = None
    day: Annotated[int, Field(ge=1, le=31)] | None = None
    inferred: bool = False

    def model_post_init(self, context: object, /) -> None:  # noqa: ARG002
        """Refuse what is no date."""
        if self.year is None and self.month is None:
            raise ValueError("a date needs a year or a month")
        if self.day is not None:
            if self.month is None:
                raise ValueError("a day needs a month")
            try:
                date(self.year or 2000, self.month, self.day)  # unknown years may be leap years, as 2000 was
            except ValueError:
                raise ValueError("the month has no such day") from None
        if self.inferred and self.year is None:
            raise ValueError("an inferred date needs a year")

    @property
    def parts(self) -> tuple[int, ...]:
        """(year), (year, month) or (year, month, day), as far as known without a gap; () without a year."""
        known: list[int] = []
        for part in (self.year, self.month, self.day):
            if part is None:
                break
            known.append(part)
        return tuple(known)


class ArxivId(Model):
    """An arXiv number, a string for ever and without its version: `2107.05580` or `quant-ph/0201082`.

    Forms: arXiv identifier scheme, https://info.arxiv.org/help/arxiv_identifier.html.
    """

    number: Annotated[str, StringConstraints(pattern=r"^(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})$")]
    version: Annotated[int, Field(ge=1)] | None = None


class Venue(Model):
    """Where a work appeared; one source says it as a whole, so that no two venues are ever mixed."""

    name: Text
    kind: Kind | None = None
    year: Annotated[int, Field(ge=1000, le=9999)] | None = None
    volume: Text | None = None
    issue: Text | None = None
    pages: Text | None = None
    publisher: Text | None = None


class Hint(Model):
    """A sentence on a work ("accepted to CogSci 2024 as an oral"): evidence for a venue, not yet a venue.

    `line` is where a page's news says it; None for a service, whose records have no lines.
    """

    text: Text
    venue: Venue
    note: Text | None = None
    date: PartialDate | None = None
    line: LineNumber | None = None


def _by_name(mapping: Mapping[str, Any]) -> Mapping[str, Any]:
    """`mapping` sorted by its keys, also within: the same facts are the same text."""
    return {name: _by_name(value) if isinstance(value, Mapping) else value for name, value in sorted(mapping.items())}


class Facts(Model):
    """What one source says about one work. Every field is optional; what it does not say is absent."""

    title: Text | None = None
    authors: Authors | None = None
    affiliations: tuple[Text, ...] = ()
    date: PartialDate | None = None
    kind: Kind | None = None
    venue: Venue | None = None
    hints: tuple[Hint, ...] = ()
    arxiv: ArxivId | None = None
    doi: Annotated[str, StringConstraints(pattern=r"^10\.\d{4,9}/[^\sA-Z]+$")] | None = None
    urls: tuple[Text, ...] = ()
    subjects: tuple[Text, ...] = ()
    abstract: Prose | None = None
    # Free text on where it appeared, as arXiv and INSPIRE keep it: "Phys. Rev. D 103, 096005 (2021)".
    journal_ref: Text | None = None
    note: Text | None = None
    # CSL's status: "accepted", "in press", "submitted", "in preparation".
    status: Text | None = None
    # The key that a bibliography file cites the work by.
    citation_key: Text | None = None
    # Everyone else by CSL's name variables ("editor", "translator"), and what CSL's other variables say in plain
    # text ("publisher-place", "ISBN", "edition", "collection-title").
    contributors: Annotated[Mapping[Text, Authors], AfterValidator(_by_name)] = Field(default_factory=dict)
    details: Annotated[Mapping[Text, Text], AfterValidator(_by_name)] = Field(default_factory=dict)
    # What a format says that has no place above, by format and field ("bibtex": {"keywords": ...}), as it stood
    # there, so that it can be written back.
    kept: Annotated[Mapping[Text, Mapping[Text, JsonValue]], AfterValidator(_by_name)] = Field(default_factory=dict)


FIELDS: tuple[str, ...] = tuple(Facts.model_fields)

# ---------------------------------------------------------------- sources


class Source(Model):
    """Who says it. `kind` is open ("profile", "arxiv", "user", …), so a new source touches no model.

    `locator` is a path relative to the library's folder, or an id; `seen` the day the source itself bears;
    `trust` in 0-100 (the user's word is 100).
    """

    kind: Text
    locator: Text
    seen: date | None = None
    trust: Annotated[int, Field(ge=0, le=100)] = 50


class Match(Model):
    """How sure it is that two records are one work: `score` and what it rests on, each in [0, 1] or unknown."""

    score: Annotated[float, Field(ge=0, le=1)]
    title: Annotated[float, Field(ge=0, le=1)] | None = None
    authors: Annotated[float, Field(ge=0, le=1)] | None = None
    date: Annotated[float, Field(ge=0, le=1)] | None = None
    id: Annotated[float, Field(ge=0, le=1)] | None = None


class Sighting(Model):
    """What one source says about one work, and where: the lines of the entry, and the line of each fact in `at`."""

    source: Source
    facts: Facts
    lines: Lines | None = None
    at: Mapping[str, LineNumber] = Field(default_factory=dict)
    match: Match | None = None
    # The fields on which the user says that all other sources are wrong.
    denies: tuple[Text, ...] = ()


class Claim(NamedTuple):
    """One sighting's value for one field."""

    field: str
    value: Any
    sighting: Sighting

    @property
    def line(self) -> int | None:
        """The line that the value stands on, 1-based; None where the source has no lines."""
        first = self.sighting.lines[0] if self.sighting.lines else None
        return self.sighting.at.get(self.field, first)


class Publication(Facts):
    """What the sightings of one work add up to: resolved facts, a citation key for ever, and every claim."""

    # It is made of validated parts, and its own validator is the dearest of all to build.
    model_config = ConfigDict(defer_build=True)

    title: Text
    key: Text
    aliases: tuple[str, ...] = ()
    gone: bool = False
    excluded: bool = False
    sightings: tuple[Sighting, ...]
    ranked: Mapping[str, tuple[Claim, ...]] = Field(default_factory=dict, exclude=True, repr=False)
    disputed: tuple[str, ...] = Field(default=(), exclude=True, repr=False)

    @property
    def year(self) -> int | None:
        """The year of its date, or else of its venue."""
        if self.date and self.date.year:
            return self.date.year
        return self.venue.year if self.venue else None

    def claims(self, field: str) -> tuple[Claim, ...]:
        """Who says what about `field`, the claim that was chosen first; () where nobody says anything."""
        return self.ranked.get(field, ())

    def conflicts(self) -> tuple[str, ...]:
        """The fields on which equally trusted claims differ."""
        return self.disputed


# ---------------------------------------------------------------- what a layout cuts out of a page


# No Model, though Models hold it: a page has a thousand, and a Model takes three times as long to make.
@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a page's text, folded, and the line it begins on."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    text: Text
    line: LineNumber

    def __post_init__(self) -> None:
        text = self.text.strip()
        if not text or self.line < 1:
            raise ValueError(f"no stretch of a page: {self.text!r} on line {self.line}")
        if text != self.text:
            object.__setattr__(self, "text", text)


class Refusal(Model, defer_build=True):
    """Something in the place of an entry that is not plausibly a publication, and why."""

    lines: Lines
    reason: Text


class Guess(Model, defer_build=True):
    """A field of an entry that a layout is not sure of, and why."""

    field: Text
    reason: Text
    line: LineNumber


class RawEntry(Model, defer_build=True):
    """The strings that a layout cut out for one entry. What is not plausibly a publication is refused here.

    `certainty` in [0, 1] is how sure the layout is that title and authors are cut rightly: 1 where the page's own
    structure says so.
    """

    title: Snippet
    authors: Snippet | None = None
    affiliations: Snippet | None = None
    editors: Snippet | None = None
    date: Snippet | None = None
    kind: Kind | None = None
    venue: Snippet | None = None
    volume: Snippet | None = None
    issue: Snippet | None = None
    pages: Snippet | None = None
    publisher: Snippet | None = None
    status: Snippet | None = None
    note: Snippet | None = None
    edition: Snippet | None = None
    version: Snippet | None = None
    genre: Snippet | None = None
    number: Snippet | None = None
    subject: Snippet | None = None
    abstract: Snippet | None = None
    links: tuple[Snippet, ...] = ()
    lines: Lines
    guesses: tuple[Guess, ...] = ()
    certainty: Annotated[float, Field(ge=0, le=1)] = 1.0

    def model_post_init(self, context: object, /) -> None:  # noqa: ARG002
        """Refuse what is not plausibly a publication."""
        title = self.title.text
        if len(title) > MAX_TITLE:
            raise ValueError(f"a title of {len(title)} characters is a paragraph, not a title")
        if not any(map(str.isalnum, title)):
            raise ValueError("a title without a letter or a digit is not a title")
        if self.authors and (oddity := _not_an_author_list(self.authors.text)):
            raise ValueError(oddity)

    @classmethod
    def cut(cls, *, lines: Lines, **fields: object) -> "RawEntry | Refusal":
        """The entry, or a refusal with its lines and the reason, so that one bad entry never costs the others.

        `fields` are those of the model, as values or as what validates to them.
        """
        fields["lines"] = lines
        try:
            return cls.model_validate(fields)
        except ValidationError as error:
            # What it holds else is the error that was raised, which holds the frames it came through, and this one.
            detail = error.errors(include_context=False)[0]
            reason = str(detail["msg"]).removeprefix("Value error, ")
            if detail["loc"]:
                reason = f"{detail['loc'][0]}: {reason}"
            return Refusal(lines=lines, reason=reason)


_GROUP = patterns.compile(
    r"\b(?:[Cc]ollaboration|[Cc]onsortium|[Gg]roup|[Nn]etwork|[Tt]eam|[Ii]nitiative|[Ii]nvestigators)\s*$"
)


# What a list of names may hold besides names: ORCID iDs, and the end of a cut list.
_BESIDE_NAMES = patterns.compile(r"(?:\d{4}-){3}\d{3}[\dX]|\bet\.? al\b\.?|\bothers\b")
_NOT_IN_NAMES = patterns.compile(r"[%@?!]|://|\d{3}")
# Without one of these it holds neither an ORCID iD nor what is not in names: most lists, and it is cheaper to ask.
_SIGNS = patterns.compile(r"[%@?!:\d]")


def _not_an_author_list(text: str) -> str | None:
    """Why `text` reads like a sentence or a label and not like names; None when it may be a list of names."""
    is_odd = _SIGNS.search(text) is not None
    names = _BESIDE_NAMES.sub("", text) if is_odd or " al" in text or "others" in text else text
    if is_odd and _NOT_IN_NAMES.search(names):
        return f"not an author list: {text[:60]!r}"
    for piece in names.split(";") if ";" in names else names.replace(" and ", ",").replace("&", ",").split(","):
        if len(piece) < 2 * MAX_NAME_WORDS and piece.istitle():
            continue  # neither so many words nor one in small letters
        words = piece.split()
        lower = [word for word in words if word[0].islower()]
        # "danah boyd" is refused, too, and said: "in press" must never become an author. But "the Italian Multicentre
        # Study on Resistance to Antituberculosis Drugs Group" is one.
        if (len(words) > MAX_NAME_WORDS or len(lower) * 2 > len(words) + 1) and not _GROUP.search(piece):
            return f"the author list reads like a sentence: {text[:60]!r}"
    return None


class Declared(Model, defer_build=True):
    """How many entries the page says it has, and on which line it says so."""

    count: Annotated[int, Field(ge=0)]
    line: LineNumber


class NewsItem(Model, defer_build=True):
    """A dated item of a page's news section."""

    text: Snippet
    date: Snippet | None = None


class Reading(Model, defer_build=True):
    """What a layout made of one page; every line that is not blank is accounted for in exactly one place."""

    entries: tuple[RawEntry, ...] = ()
    refused: tuple[Refusal, ...] = ()
    news: tuple[NewsItem, ...] = ()
    owner: Snippet | None = None
    declared: Declared | None = None
    style: Text | None = Field(default=None, description="how the page is written, as far as it was inferred")
    unread: tuple[LineNumber, ...] = Field(default=(), description="line numbers that no rule reads")

    @classmethod
    def of(cls, cuts: Iterable[RawEntry | Refusal], **rest: Any) -> "Reading":
        """The reading of these entries and refusals, in the order of the page."""
        both = list(cuts)
        return cls(
            entries=tuple(cut for cut in both if isinstance(cut, RawEntry)),
            refused=tuple(cut for cut in both if isinstance(cut, Refusal)),
            **rest,
        )

    def renumbered(self, line: Callable[[int], int]) -> Self:
        """The same with `line(number)` for every line number: a page's lines may not be those of its file."""

        def moved(value: Any, field: str = "") -> Any:
            if isinstance(value, dict):
                return {name: moved(below, name) for name, below in value.items()}
            if isinstance(value, tuple):
                numbers = field in ("lines", "unread")
                return tuple(line(below) if numbers else moved(below) for below in value)
            return line(value) if field == "line" else value

        found = moved(self.model_dump())
        return type(self).model_validate({**found, "unread": sorted(set(found["unread"]))})
