"""A publication list in Markdown, as the user's style says: groups under headings, and a bullet a work.

An entry is `Title. Authors. Edited by … *Venue* 12(3), 1–20, 2024. Note. Links`, each part as far as it is known.
Texts look the same on every common renderer (see `mdtext`), and HTML in a title is just text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from pubtools import mdtext, patterns, people
from pubtools.exporters import HEADINGS, LABELS, Style
from pubtools.fields import csl, identifiers, letters
from pubtools.models import Authors, Kind, Name, PartialDate, Publication

suffix = ".md"

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# Who speaks of the work in a note; a service's note is about the manuscript ("12 pages, 3 figures").
NOTE_SOURCES = frozenset({"profile", "user"})
# Who edited the volume that a paper stands in is no news of the paper.
VOLUME_ROLES = frozenset({"editor", "collection-editor"})
PAPERS = frozenset({"paper-conference", "article-journal"})
# What an address leads to; anything else is "other".
LINKS = patterns.compile(
    r"https?://(?:"
    r"(?P<arxiv>(?:[a-z]+\.)?arxiv\.org/)"
    r"|(?P<doi>(?:dx\.|www\.)?doi\.org/)"
    r"|(?P<pdf>(?:www\.)?openreview\.net/(?:pdf|attachment)\b|[^?#]+\.pdf(?:[?#]|$))"
    r"|(?P<code>(?:www\.|gist\.)?(?:github\.com|gitlab\.[a-z.]+|bitbucket\.org|codeberg\.org|sourceforge\.net|"
    r"git\.sr\.ht)/))",
    re.IGNORECASE,
)

# Names of places for preprints: a work that is there and nowhere else has not appeared yet.
_REPOSITORY = patterns.compile(r"rxiv|preprint|\b(?:corr|ssrn|eprint|hal|zenodo|osf)\b", re.IGNORECASE)
# Where somebody knew the parts of a name, it is shown in the order of speech and with a comma before "Jr.".
_KNOWN_PARTS = frozenset({"people", "comma", "source"})
# A name that is nothing but initials: "A.L.", "A. A. L."
_INITIALS = patterns.compile(r"(?:[^\W\d_]\.[\s-]*){2,}")
# The stop of a sentence, also where "www." is escaped, and what may close after it.
_STOP = patterns.compile(r"(?:[.?!…]|&#46;)(?:\\?[*\"'”’»]|&#(?:34|39|8221);)*$")


def render(publications: Sequence[Publication], style: Style) -> str:
    """`publications` in groups, in their order within a group; nothing for none."""
    # A paragraph under a bullet (an abstract) needs blank lines around the bullets.
    gap = "\n\n" if style.abstracts else "\n"
    numbers = _numbers(len(publications), style)
    parts = []
    for heading, members in _groups(publications, style):
        bullets = gap.join(_bullet(publication, next(numbers), style) for publication in members) + "\n"
        parts.append(f"{mdtext.heading(heading, style.heading_level)}\n\n{bullets}" if heading else bullets)
    return "\n".join(parts)


# ---------------------------------------------------------------- groups


def _groups(publications: Sequence[Publication], style: Style) -> Iterator[tuple[str, list[Publication]]]:
    """Headings and what stands under them."""
    group_of, order = _GROUPINGS[style.group_by]
    groups: dict[str, list[Publication]] = {}
    for publication in publications:
        groups.setdefault(group_of(publication), []).append(publication)
    for group in sorted(groups, key=order):
        yield style.headings.get(group) or HEADINGS.get(group) or f"{group[:1].upper()}{group[1:]}", groups[group]


def _by_year(publication: Publication) -> str:
    return str(_year(publication) or "undated")


def _newest_first(group: str) -> tuple[bool, int]:
    # What has no year comes first: most of it is new, and all of it wants the reader's eye.
    return (group != "undated", -int(group) if group != "undated" else 0)


def _by_type(publication: Publication) -> str:
    return _kind(publication) or "other"


def _by_status(publication: Publication) -> str:
    """CSL's status where a source says one; else whether the work has appeared, as far as is known."""
    if publication.status:
        return " ".join(publication.status.lower().split())
    if _kind(publication) == "preprint":
        return "preprint"
    return "published" if publication.venue or publication.journal_ref or _publishers_doi(publication) else "other"


_PLACES = {group: place for place, group in enumerate(HEADINGS)}


def _as_headings(group: str) -> tuple[int, str]:
    """The order of HEADINGS; a status that is not there comes before the last."""
    return (_PLACES.get(group, len(_PLACES) - 2), group)


_GROUPINGS: dict[str, tuple[Callable[[Publication], str], Callable[[str], tuple[object, ...]]]] = {
    "year": (_by_year, _newest_first),
    "type": (_by_type, _as_headings),
    "status": (_by_status, _as_headings),
    "none": (lambda _: "", _as_headings),
}


def _numbers(total: int, style: Style) -> Iterator[str]:
    """What stands before each entry of the whole list, `[n] ` or nothing."""
    counted = range(total, 0, -1) if style.numbering == "descending" else range(1, total + 1)
    return (rf"\[{number}\] " if style.numbering != "none" else "" for number in counted)


def _year(publication: Publication) -> int | None:
    if publication.date and publication.date.year:
        return publication.date.year
    return publication.venue.year if publication.venue else None


def _kind(publication: Publication) -> Kind | None:
    """What the work is; no preprint where a source names a place in which it has appeared since."""
    venue = publication.venue
    kind = publication.kind or (venue.kind if venue else None)
    if kind not in (None, "preprint"):
        return kind
    if venue and not _REPOSITORY.search(venue.name):
        return venue.kind if venue.kind != "preprint" else None
    if publication.arxiv and (publication.journal_ref or _publishers_doi(publication)):
        return None
    return "preprint" if kind or publication.arxiv else None


def _publishers_doi(publication: Publication) -> str | None:
    """The DOI, but for the one that arXiv gives each of its works."""
    doi = publication.doi
    return None if doi and publication.arxiv and identifiers.arxiv(doi) else doi


# ---------------------------------------------------------------- an entry


def _bullet(publication: Publication, number: str, style: Style) -> str:
    """One line; a second paragraph for the abstract, if it is wanted."""
    parts = _head(publication, style)
    if publication.contributors:
        parts += _others(publication, style)
    if appeared := _appeared(publication, style):
        parts.append(_sentence(appeared))
    if publication.note and style.notes and (note := _note(publication)):
        parts.append(_sentence(mdtext.escape(note)))
    if links := " · ".join(_links(publication, style)):
        parts.append(links)
    bullet = f"- {number}{mdtext.at_start(' '.join(parts))}"
    if style.abstracts and publication.abstract and publication.abstract.complete:
        bullet += f"\n\n    {mdtext.opening(publication.abstract.text)}"
    return bullet


def _head(publication: Publication, style: Style) -> list[str]:
    """Title and authors, in the order that the style says."""
    title = _sentence(mdtext.escape(publication.title))
    if not publication.authors:
        return [title]
    names = _sentence(_names(publication.authors, style.owners))
    return [names, title] if style.first == "authors" else [title, names]


def _others(publication: Publication, style: Style) -> Iterator[str]:
    """Editors, translators and whoever else took part, by role."""
    is_paper = _kind(publication) in PAPERS
    for role, people_in_it in publication.contributors.items():
        if is_paper and role in VOLUME_ROLES:
            continue
        said = _label(role, style) or f"{role.replace('-', ' ').capitalize()}:"
        yield _sentence(f"{mdtext.escape(said)} {_names(people_in_it, style.owners)}")


def _sentence(text: str) -> str:
    return f"{text}." if text[-1:].isalnum() or not _STOP.search(text) else text


def _label(name: str, style: Style) -> str:
    return style.labels.get(name) or LABELS.get(name, "")


def _names(authors: Authors, owners: Sequence[Name]) -> str:
    """The names, the owner's in bold, with "et al." where the source cut the list."""
    shown = [_written(_display(name)) for name in authors.names]
    for index in _owned(authors.names, owners):
        shown[index] = f"**{shown[index]}**"
    return ", ".join(shown if authors.complete else (*shown, "et al."))


# Names come again and again.
_written = lru_cache(maxsize=65536)(mdtext.escape)


def _owned(names: Sequence[Name], owners: Sequence[Name]) -> set[int]:
    """The indices of the names that are one of `owners`; of two that may be the same one, only what is written out."""
    owned: set[int] = set()
    folded = [letters.fold(name.literal) for name in names] if owners else []
    for owner in owners:
        last = letters.fold(owner.family or owner.literal).rpartition(" ")[2]
        may_be = [
            index
            for index, name in enumerate(names)
            # To look for the last word is cheap, and finds every name that `people` would.
            if (last in folded[index] or (name.split_by in _KNOWN_PARTS and last in letters.fold(name.family or "")))
            and people.is_one_of(name, (owner,))
        ] or [index for index, name in enumerate(names) if _is_initials_of(name, owner)]
        if len(may_be) > 1:
            in_full = sorted(_words(owner))
            may_be = [index for index in may_be if sorted(_words(names[index])) == in_full]
        owned.update(may_be)
    return owned


def _words(name: Name) -> list[str]:
    return letters.fold(_display(name)).split()


def _is_initials_of(name: Name, owner: Name) -> bool:
    """Whether `name` is the initials of all of the owner's names: "A.L." of Ada Lovelace."""
    if name.literal[1:2] != "." or not _INITIALS.fullmatch(name.literal):
        return False
    return _words(name) == [word[0] for word in _words(owner)]


def _display(name: Name) -> str:
    """`Given particle Family, Suffix` where the parts are known; else as the source wrote it, without marks."""
    if name.family is None:
        return name.literal
    parts = [name.given, name.dropping_particle, name.particle, name.family]
    if name.split_by == "initials":
        parts = [name.particle, name.family, name.given]
    spoken = " ".join(filter(None, parts))
    if not name.suffix:
        return spoken
    return f"{spoken}, {name.suffix}" if name.split_by in _KNOWN_PARTS else f"{spoken} {name.suffix}"


# ---------------------------------------------------------------- where it appeared


def _appeared(publication: Publication, style: Style) -> str:
    """What it is, the venue and the place in it, the year and the status, as far as known: `*Nature* 12(3), 2024`.

    Without a venue arXiv's journal reference, and without a year the day. Nothing is said twice.
    """
    venue, year = publication.venue, _year(publication)
    name = venue.name if venue else publication.journal_ref or publication.details.get("event-title") or ""
    said = f" {letters.fold(name)} "
    shown = _written(name)
    parts = [_what(publication, style), *_place(publication, f"*{shown}*" if venue else shown)]
    parts += (_written(more) for more in _imprint(publication) if f" {letters.fold(more)} " not in said)
    if year is None:
        parts.append(_day(publication.date))
    elif str(year) not in re.findall(r"\d+", name):
        parts.append(str(year))
    if publication.status and publication.status.lower() != "published":
        status = publication.status if any(parts) else publication.status[:1].upper() + publication.status[1:]
        parts.append(mdtext.escape(status))
    appeared = ", ".join(filter(None, parts))
    if publication.hints and style.notes and (ways := ", ".join(_ways(publication))):
        return f"{appeared} ({mdtext.escape(ways)})"
    return appeared


def _place(publication: Publication, name: str) -> Iterator[str]:
    """`*Nature* 12(3)` and the pages. What a source could not say of a venue, it said of the work."""
    venue, details = publication.venue, publication.details
    volume, issue, pages = (venue.volume, venue.issue, venue.pages) if venue else (None, None, None)
    if details and (venue or not publication.journal_ref):
        volume, issue, pages = (
            volume or details.get("volume"),
            issue or details.get("issue"),
            pages or details.get("page"),
        )
    if volume:
        number = mdtext.escape(f"{volume}({issue})" if issue else volume)
        yield f"{name} {number}" if name else f"vol. {number}"
    else:
        yield name
        if issue:
            yield f"no. {mdtext.escape(issue)}"
    if pages:
        yield mdtext.escape(csl.BETWEEN_PAGES.sub("–", pages))


def _imprint(publication: Publication) -> Iterator[str]:
    """The series, the edition and the publisher."""
    venue, details = publication.venue, publication.details
    if series := details.get("collection-title"):
        yield series
    if edition := details.get("edition"):
        yield _edition(edition)
    if publisher := (venue.publisher if venue else None) or details.get("publisher"):
        yield publisher


def _what(publication: Publication, style: Style) -> str:
    """What the work calls itself ("PhD thesis"), or is, with its number, unless a venue or a heading says so."""
    kind, number = _kind(publication), publication.details.get("number")
    if kind == "preprint":
        is_said = publication.venue or style.group_by in ("type", "status")
        return "" if is_said else mdtext.escape(_label(kind, style))
    what = publication.details.get("genre") or ("" if kind is None or style.group_by == "type" else _label(kind, style))
    return mdtext.escape(f"{what} {number}" if what and number and number not in what else what)


def _edition(edition: str) -> str:
    """`2nd edition` for 2; words as they are, with "edition" where that is not said."""
    if edition.isdecimal():
        number = int(edition)
        ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{ending} edition"
    return edition if re.search(r"\bed", edition, re.IGNORECASE) else f"{edition} edition"


def _day(date: PartialDate | None) -> str:
    """The part of a date that is known without its year: `19 May`."""
    if date is None or date.month is None:
        return ""
    return f"{date.day} {MONTHS[date.month - 1]}" if date.day else MONTHS[date.month - 1]


def _ways(publication: Publication) -> list[str]:
    """What news of the very venue adds ("oral"); news of another one is a hint and no fact."""
    venue = publication.venue
    if venue is None:
        return []
    ways = [
        hint.note
        for hint in publication.hints
        if hint.note
        and letters.fold(hint.venue.name) == letters.fold(venue.name)
        and hint.venue.year in (None, venue.year or _year(publication))
    ]
    return list(dict.fromkeys(ways))


def _note(publication: Publication) -> str | None:
    """The note of a page or of the user, unless another part of the entry says it."""
    claims = publication.claims("note")
    own = (claim.value for claim in claims if claim.sighting.source.kind in NOTE_SOURCES)
    note: str | None = next(own, None) if claims else publication.note
    if note is None:
        return None
    said = [publication.status, *_ways(publication), publication.venue.name if publication.venue else None]
    ids = (publication.arxiv.number if publication.arxiv else None, publication.doi)
    is_said = any(text and note.strip(" .").casefold() == text.casefold() for text in said)
    return None if is_said or any(number and number in note.lower() for number in ids) else note


def _links(publication: Publication, style: Style) -> Iterator[str]:
    """A link of each kind that the style shows, the first that the sources give."""
    arxiv, doi = publication.arxiv, _publishers_doi(publication)
    targets: dict[str, str | None] = {}
    if arxiv:
        targets["arxiv"] = mdtext.target(f"https://arxiv.org/abs/{arxiv.number}")
    if doi:
        targets["doi"] = mdtext.target(f"https://doi.org/{doi}")
    for url in publication.urls:
        if target := mdtext.target(url):
            found = LINKS.match(url.strip())
            targets.setdefault((found and found.lastgroup) or "other", target)
    for kind in style.links:
        if target := targets.get(kind):
            yield f"[{_written(_label(kind, style))}]({target})"
