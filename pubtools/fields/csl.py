"""CSL's variables: which there are, what shape each has, and what a value of each means.

Source: the CSL 1.0.2 specification, appendix IV, and its JSON schema for input data.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, get_args

from pydantic import ValidationError

from pubtools import patterns
from pubtools.fields import dates, identifiers
from pubtools.models import ArxivId, Authors, Kind, Name, PartialDate

NAMES = frozenset(
    (
        "author chair collection-editor compiler composer container-author contributor curator director editor "
        "editorial-director executive-producer guest host illustrator interviewer narrator organizer "
        "original-author performer producer recipient reviewed-author script-writer series-creator translator"
    ).split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
TEXTS = frozenset(
    (
        "DOI ISBN ISSN PMCID PMID URL abstract annote archive archive-place archive_collection archive_location "
        "authority call-number citation-key citation-label collection-title container-title "
        "container-title-short dimensions division event event-place event-title genre journalAbbreviation "
        "jurisdiction keyword language medium note original-publisher original-publisher-place original-title "
        "part-title publisher publisher-place references reviewed-genre reviewed-title scale section shortTitle "
        "source status title title-short type version volume-title volume-title-short year-suffix"
    ).split()
)
# Texts that the schema lets be numbers, too.
NUMBERS = frozenset(
    (
        "chapter-number citation-number collection-number edition first-reference-note-number issue locator number "
        "number-of-pages number-of-volumes page page-first part printing supplement volume"
    ).split()
)
# CSL has no "preprint": it is an "article" of that genre.
TYPES = frozenset(get_args(Kind)) - {"preprint"} | {"article"}
# The variable that says where a work of that kind appeared.
VENUES: Mapping[Kind, str] = {
    "book": "publisher", "thesis": "publisher", "report": "publisher", "speech": "event-title",
}  # fmt: skip
# Works in a volume that may have a number in a series; and those whose number is else one of an issue. That of any
# other is its own, as a report's.
IN_SERIES: frozenset[Kind] = frozenset(
    {"book", "chapter", "entry-dictionary", "entry-encyclopedia", "paper-conference"}
)
WITH_ISSUES: frozenset[Kind] = IN_SERIES | {"article-journal", "article-magazine", "article-newspaper", "periodical"}
# Names that CSL 1.0.2 has given up, for those it has now.
LEGACY = {"shortTitle": "title-short", "journalAbbreviation": "container-title-short", "event": "event-title"}
# What facts of their own hold, or another variable, so that no detail may be written as it.
OWN = frozenset("DOI URL abstract citation-key issued note status title type".split()) | LEGACY.keys()
# Where programs write an arXiv number, the surest place first.
ARXIV_PLACES = ("number", "DOI", "URL", "container-title", "archive_location")
# Identifiers are no prose: nothing in them is mark-up.
VERBATIM = frozenset("DOI URL citation-key id type".split())

# What stands for a journal where there is none yet: Google Scholar, DBLP, ADS.
ARXIV_JOURNAL = patterns.compile(
    r"(?:arxiv|corr)(?:\.org)?(?: (?:e-?prints?|preprints?))?(?: server)?[\s,:]*"
    r"(?P<id>(?:arxiv:)?[\w.-]{0,20}/?\d[\d.]{3,15}(?:v\d{1,3})?)?(?: ?\[[\w.-]+\])?",
    re.IGNORECASE,
)

# Where a range of pages is parted, whatever stands for the dash; "S-12" is the number of an article.
BETWEEN_PAGES = patterns.compile(r"(?<=\d)\s*[-\u2010-\u2015\u2212]+\s*(?=[A-Za-z]?\d)")
# A dash proper parts "ii" and "iv", too. Only CSL writes it otherwise than the source.
DASH_IN_PAGES = patterns.compile(r"(?<=\w)\s*(?:--+|[\u2010-\u2015\u2212])\s*(?=\w)")

_NAME_PARTS = frozenset("family given dropping-particle non-dropping-particle suffix literal".split())
_NAME_FLAGS = frozenset("comma-suffix static-ordering parse-names".split())
_ISO = patterns.compile(r"([1-9]\d{3})(?:-(\d\d)(?:-(\d\d))?)?")
_DATE_PARTS = frozenset("date-parts season circa literal raw".split())
# Mark-up that citation processors and registries put into texts: HTML's, JATS's and MathML's.
_TAG = patterns.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|sc|scp|span|p|br|(?:jats|mml):[a-z-]{1,20}|math)(?:\s[^<>]{0,300})?/?>",
    re.IGNORECASE,
)
_SHIFTED = patterns.compile(r"<(su[bp])>([^<>]{1,40})</\1>", re.IGNORECASE)
_SUB = str.maketrans("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_SUP = str.maketrans("0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_ENTITY = patterns.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[\da-fA-F]{1,5});")
# The lines of a note that say what CSL has a variable for, and whether the value can be one.
_LABELS: Mapping[str, Callable[[str], object]] = {
    "arxiv": identifiers.arxiv,
    "doi": identifiers.doi,
    "citation key": patterns.compile(r"\S+").fullmatch,
    "pmid": patterns.compile(r"\d{1,9}").fullmatch,
    "pmcid": patterns.compile(r"PMC\d{1,9}").fullmatch,
}
# What stands for names that were left out; it is no name.
_OTHERS = patterns.compile(r"(?:and )?others|et\.? al\.?|…|\.{3}", re.IGNORECASE)


def fits(variable: str, value: Any) -> bool:
    """Whether CSL's schema lets `variable` hold `value`."""
    if variable in TEXTS:
        return isinstance(value, str)
    if variable in NUMBERS:
        return isinstance(value, str | int | float) and not isinstance(value, bool)
    if variable in NAMES:
        return isinstance(value, list) and all(isinstance(name, dict) and _is_name(name) for name in value)
    if variable in DATES:
        return isinstance(value, dict) and _is_date(value)
    return variable == "categories" and isinstance(value, list) and all(isinstance(one, str) for one in value)


def says(variable: str, raw: Any, written: object) -> bool:
    """Whether `raw` may stand for `written`, the value of `variable` that was made from our facts (None for none).

    It may when it is well-formed, and says the same in other words.
    """
    if not fits(variable, raw):
        return False
    if written is None:
        return True
    if variable in NAMES:
        return names(raw) == names(written)
    if variable in DATES:
        return date(raw) == date(written)
    if variable == "note":
        return note(raw)[0] == written
    if variable == "number" and (arxiv := identifiers.arxiv(str(raw))):
        return f"arXiv:{arxiv.number}" == written
    if variable == "genre":
        return str(text(raw)).casefold() == str(written).casefold()
    return text(raw) == written


def text(value: Any) -> str | None:
    """The plain text of a text or a number; None for anything else, and for a blank."""
    if isinstance(value, str):
        return plain(value) or None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def plain(marked: str) -> str:
    """`marked` on one line, without mark-up and entities; H<sub>2</sub>O is H₂O where there are such letters."""
    if "<" in marked:
        marked = _TAG.sub("", _SHIFTED.sub(_shifted, marked))
    if "&" in marked:
        import html  # two thousand names of letters, and hardly a text has one

        marked = _ENTITY.sub(lambda found: html.unescape(found[0]), marked)
    return " ".join(marked.split())


def is_plain(variable: str, written: str) -> bool:
    """Whether `written` is read as what it is, and nothing in it is taken for mark-up."""
    return note(written) == (written, {}) if variable == "note" else plain(written) == written


def arxiv(text: str) -> ArxivId | None:
    """The arXiv number that a variable wholly is, where it names arXiv: "arXiv:2406.01589", a DOI, an address."""
    return identifiers.arxiv(text.removeprefix("arXiv preprint ")) if "arxiv" in text.lower() else None


def names(value: Any) -> Authors | None:
    """The people of a name variable; `complete` is False where one of them is "others". None without a name."""
    found = [one for one in value if isinstance(one, dict) and _said(one)] if isinstance(value, list) else []
    people = [_name(one) for one in found if not is_others(one)]
    return Authors(names=tuple(people), complete=len(people) == len(found)) if people else None


def is_others(value: Mapping[str, Any]) -> bool:
    """Whether a name of a name variable is none, but stands for those that were left out.

    CSL's `parse-names` that is false says that a name is what it is.
    """
    said = _said(value)
    return len(said) == 1 and value.get("parse-names") is not False and _is_others(*said.values())


def names_value(authors: Authors) -> list[dict[str, Any]]:
    """The name variable that `names` reads as `authors`, complete or not."""
    return [name_value(name) for name in authors.names]


def name_value(name: Name) -> dict[str, Any]:
    """One person of a name variable, in parts; a group, or a name that nobody has split, as a literal."""
    family, given = name.family, name.given
    if family is None:
        return _alone("literal", name.literal)
    parts = {"family": family, "given": given} if given else _alone("family", family)
    if name.dropping_particle:
        parts["dropping-particle"] = name.dropping_particle
    if name.particle:
        parts["non-dropping-particle"] = name.particle
    if name.suffix:
        parts["suffix"] = name.suffix
    return parts


def note(value: str) -> tuple[str | None, dict[str, str]]:
    """The text of a note, and the identifiers that Zotero's users write into it, by their label in small letters.

    Such a line is nothing but a known label, a colon and the value ("Citation Key: ada1843"), as in Zotero's "Extra".
    """
    said: dict[str, str] = {}
    prose = []
    for line in value.splitlines():
        label, _, told = line.partition(":")
        label = label.strip().lower()
        if label in _LABELS and told.strip() and label not in said and _LABELS[label](told.strip()):
            said[label] = told.strip()
        else:
            prose.append(line)
    return plain("\n".join(prose)) or None, said


def date(value: Any) -> PartialDate | None:
    """What is known of a date variable: of a range its beginning, of a season its year. None where nothing is."""
    if isinstance(value, str):
        return dates.parse(value)
    for first in (date_parts(value) or [])[:1]:
        for length in range(len(first), 0, -1):
            try:
                return PartialDate(**dict(zip(("year", "month", "day"), first[:length], strict=False)))
            except ValidationError:
                continue  # a month 21 is a season, and a day 0 is none
    said = (
        [value[form] for form in ("raw", "literal") if isinstance(value.get(form), str)]
        if isinstance(value, dict)
        else []
    )
    return dates.parse(said[0]) if said and "date-parts" not in value else None


def date_parts(value: Any) -> list[list[int]] | None:
    """The `date-parts` of a date variable as whole numbers; None where they are anything else."""
    try:
        parts = [[int(str(part)) for part in one if part not in ("", None)] for one in value["date-parts"]]
    except (KeyError, TypeError, ValueError):
        return None
    return parts if all(1 <= len(one) <= 3 for one in parts) else None


def date_text(value: Any) -> str | None:
    """A date variable as plain text, when it is one day, month or year (ISO 8601), or else nothing but a literal."""
    if isinstance(value, dict) and value.keys() == {"date-parts"}:
        parts = date_parts(value) or []
        iso = "-".join(f"{part:02}" for part in parts[0]) if len(parts) == 1 else ""
        return iso if _ISO.fullmatch(iso) else None
    literal = value.get("literal") if isinstance(value, dict) and value.keys() == {"literal"} else None
    if not isinstance(literal, str) or literal.strip() != literal or _ISO.fullmatch(literal):
        return None
    return literal or None


def date_value(text: str) -> dict[str, Any]:
    """The date variable that `date_text` reads as `text`."""
    iso = _ISO.fullmatch(text)
    return {"date-parts": [[int(part) for part in iso.groups() if part]]} if iso else {"literal": text}


# ---------------------------------------------------------------- inside


def _is_name(value: Mapping[str, Any]) -> bool:
    return all(
        isinstance(said, str) if part in _NAME_PARTS else part in _NAME_FLAGS and isinstance(said, str | int | float)
        for part, said in value.items()
    )


def _is_date(value: Mapping[str, Any]) -> bool:
    parts = value.get("date-parts", [[1]])
    return (
        value.keys() <= _DATE_PARTS
        and isinstance(parts, list)
        and 1 <= len(parts) <= 2
        and all(
            isinstance(one, list)
            and 1 <= len(one) <= 3
            and all(isinstance(part, str | int | float) and not isinstance(part, bool) for part in one)
            for one in parts
        )
        and all(isinstance(value.get(part, ""), str) for part in ("literal", "raw"))
        and isinstance(value.get("season", ""), str | int | float)
        and not isinstance(value.get("season"), bool)
        and isinstance(value.get("circa", ""), str | int | float)
    )


def _is_others(text: str) -> bool:
    return _OTHERS.fullmatch(text.strip()) is not None


def _said(value: Mapping[str, Any]) -> dict[str, str]:
    """The parts of a name that say something."""
    return {part: said for part in _NAME_PARTS if isinstance(said := value.get(part), str) and said.strip()}


def _name(value: Mapping[str, Any]) -> Name:
    parts = _said(value)
    family = parts.get("family")
    order = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    literal = " ".join(parts[part].strip() for part in order if part in parts)
    if family is None:
        return Name(literal=parts.get("literal") or literal)
    return Name(
        literal=literal,
        family=family,
        given=parts.get("given"),
        particle=parts.get("non-dropping-particle"),
        dropping_particle=parts.get("dropping-particle"),
        suffix=parts.get("suffix"),
        split_by="source",
    )


def _alone(part: str, said: str) -> dict[str, Any]:
    """A name of one part, which is a name even where it looks like what stands for others."""
    return {part: said, "parse-names": False} if _is_others(said) else {part: said}


def _shifted(found: re.Match[str]) -> str:
    """A sub- or superscript in letters of their own, or as it is where one of them has none."""
    letters = found[2].translate(_SUB if found[1].lower() == "sub" else _SUP)
    return letters if not any(one.isascii() and one.isalnum() for one in letters) else found[2]
