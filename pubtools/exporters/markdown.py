"""A publication list in Markdown: a heading a year, a bullet a work, the owner's name in bold.

Texts look the same on every common renderer (CommonMark, GitHub, Jekyll with kramdown, pandoc, Python-Markdown):
what one of them would take for markup is escaped, and HTML in a title is just text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pubtools import people
from pubtools.exporters import Style
from pubtools.models import Authors, Name, PartialDate, Publication

suffix = ".md"

# The heading of what has no year. It comes first: most of it is new, and all of it wants the reader's eye.
UNDATED = "Undated"
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
# Where somebody knew the parts of a name, it is shown in the order of speech; else as the source wrote it.
_KNOWN_PARTS = frozenset({"people", "comma", "source"})

# A backslash before these is read by every renderer; before the rest an entity is.
_ESCAPES = {character: f"\\{character}" for character in r"\`*_{}[]"} | {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;", "$": "&#36;", "^": "&#94;", "@": "&#64;",
}  # fmt: skip
# What somebody would read as more than text; the named ones are harmless alone.
_MARKUP = re.compile(
    r"(?P<liquid>\{(?=[{%])|%(?=\}))"  # Jekyll: {{ }} and {% %}
    r"|(?P<mark>={2,}|\+{2,})"  # ==marked== and ++inserted++
    r"|(?P<colon>:(?=//)|:(?=:)|(?<!\w):(?=[\w+-]+:))"  # bare links; pandoc's ::: and :smile:
    r"|(?P<dot>(?<=www)\.|(?<=\w)\.(?=[A-Za-z]{2}))"  # bare links without a scheme
    r"|(?P<hash>(?<![&\w])\#(?=\d))"  # GitHub's issues
    r"|[\\`*_{}\[\]&<>|~$^@]",
    re.IGNORECASE,
)
_ANY_MARKUP = re.compile(r"[\\`*_{}\[\]&<>|~$^@%=+:.#]")
_ENTITIES = {"{": "&#123;", "%": "&#37;", "=": "&#61;", "+": "&#43;", ":": "&#58;", ".": "&#46;",
             "#": "\\#"}  # fmt: skip
# At the beginning: lists ("1.", "a)", "(iv)", "-"), headings ("#", "---"), a definition (":"), pandoc's "%" title.
_LEADING_NUMBER = re.compile(r"(\(?(?:\d{1,9}|[A-Za-z]|[ivxlcdm]{1,9}))([.)])(?=\s|$)", re.IGNORECASE)
_LEADING_MARK = {"-": "\\-", "+": "\\+", "#": "\\#", ":": "&#58;", "%": "&#37;", "=": "&#61;", "!": "\\!"}

_HTTP = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_NOT_IN_TARGETS = re.compile(r"[^!#%&'+,\-./0-9:;=?@A-Z_a-z~]+")


def render(publications: Sequence[Publication], style: Style) -> str:
    """`publications` under the headings of their years, newest first, in their order within a year."""
    by_year: dict[int, list[Publication]] = {}
    for publication in publications:
        by_year.setdefault(_year(publication) or 0, []).append(publication)
    years = sorted(by_year, key=lambda year: (year != 0, -year))
    # A paragraph under a bullet (an abstract) needs blank lines around the bullets.
    gap = "\n\n" if style.abstracts else "\n"
    return "\n".join(
        f"## {year or UNDATED}\n\n" + gap.join(_bullet(publication, style) for publication in by_year[year]) + "\n"
        for year in years
    )


def escape(text: str) -> str:
    """`text` on one line, so that a renderer shows exactly it; not for the beginning of a line."""
    line = " ".join(text.split())
    return _MARKUP.sub(_escaped, line) if _ANY_MARKUP.search(line) else line


def opening(text: str) -> str:
    """`text` escaped for the beginning of an item, where a number, a dash and more would be markup as well."""
    line = escape(text)
    if found := _LEADING_NUMBER.match(line):
        return f"{found[1]}\\{line[found.start(2) :]}"
    return _LEADING_MARK.get(line[:1], line[:1]) + line[1:]


def target(url: str) -> str | None:
    """`url` as the target of a link, percent-encoded where it would end it early; None for all but http and https."""
    url = url.strip()
    if not _HTTP.match(url):
        return None
    encoded = _NOT_IN_TARGETS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    return encoded.replace("&", "&amp;")


# ---------------------------------------------------------------- inside


def _escaped(found: re.Match[str]) -> str:
    if found.lastgroup:
        return "".join(_ENTITIES[character] for character in found[0])
    return _ESCAPES[found[0]]


def _year(publication: Publication) -> int | None:
    if publication.date and publication.date.year:
        return publication.date.year
    return publication.venue.year if publication.venue else None


def _bullet(publication: Publication, style: Style) -> str:
    """One line: title, authors, venue and links; a second paragraph for the abstract, if it is wanted."""
    parts = [_sentence(opening(publication.title))]
    if publication.authors and (names := _authors(publication.authors, style.owners)):
        parts.append(_sentence(names))
    if appeared := _appeared(publication):
        parts.append(f"{appeared}.")
    if links := " · ".join(f"[{label}]({address})" for label, address in _links(publication)):
        parts.append(links)
    bullet = f"- {' '.join(parts)}"
    if style.abstracts and publication.abstract and publication.abstract.complete:
        bullet += f"\n\n    {opening(publication.abstract.text)}"
    return bullet


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _authors(authors: Authors, owners: Sequence[Name]) -> str:
    """The names, the owner's in bold, with "et al." where the source cut the list."""
    shown = [
        f"**{escape(_display(name))}**" if people.is_one_of(name, owners) else escape(_display(name))
        for name in authors.names
    ]
    return ", ".join(shown if authors.complete else (*shown, "et al."))


def _display(name: Name) -> str:
    """`Given particle Family, Suffix` where the parts are known; else what the source wrote."""
    if name.split_by not in _KNOWN_PARTS:
        return name.literal
    spoken = " ".join(filter(None, (name.given, name.particle, name.family)))
    return f"{spoken}, {name.suffix}" if name.suffix else spoken


def _appeared(publication: Publication) -> str:
    """The venue with its year, as far as known: `*Nature*, 2024`; without a venue the day, if a year is missing."""
    year, venue = _year(publication), publication.venue
    when = str(year) if year else _day(publication.date)
    return ", ".join(filter(None, (f"*{escape(venue.name)}*" if venue else "", when)))


def _day(date: PartialDate | None) -> str:
    """The part of a date that is known without its year: `19 May`."""
    if date is None or date.month is None:
        return ""
    return f"{date.day} {MONTHS[date.month - 1]}" if date.day else MONTHS[date.month - 1]


def _links(publication: Publication) -> Iterator[tuple[str, str]]:
    """Labels and targets in a fixed order, none twice."""
    arxiv, doi = publication.arxiv, publication.doi
    addresses = [
        ("arXiv", f"https://arxiv.org/abs/{arxiv.number}" if arxiv else None),
        ("DOI", f"https://doi.org/{doi}" if doi else None),
        ("link", next((url for url in publication.urls if not _is_shown(url, publication)), None)),
    ]
    for label, address in addresses:
        if address and (written := target(address)):
            yield label, written


def _is_shown(url: str, publication: Publication) -> bool:
    """Whether `url` is no web address, or leads where the arXiv or DOI link leads."""
    return (
        not _HTTP.match(url.strip())
        or bool(publication.arxiv and "arxiv.org/" in url.lower() and publication.arxiv.number in url)
        or bool(publication.doi and "doi.org/" in url.lower() and publication.doi in url.lower())
    )
