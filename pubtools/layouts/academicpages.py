"""The list of publications of a site built with academicpages, a theme for Jekyll.

    On looms                                     a heading: the title
                                                 (blank)
      Published in Memoirs of Engines, 1843      where and when
                                                 (blank)
      A loom may learn what it weaves.           the owner's few words on it
                                                 (blank)
      Recommended citation: Ada Lovelace. (1843). "On looms." Memoirs of Engines. 3(1).
      Download Paper | Download Slides           or the bare address of the paper

Only the first two are always there. The citation is free text; the title in it tells where its authors end.
Template: https://github.com/academicpages/academicpages.github.io, _includes/archive-single.html.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pubtools import patterns
from pubtools.fields import authors, dates, identifiers, letters, markdown, names, pagination
from pubtools.models import Guess, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Mark, Page, left_over, once

_PUBLISHED = patterns.compile(
    rf"Published in (?P<venue>.{{1,400}}?) ?, ?(?P<year>{dates.YEAR})(?: \d{{2}}-\d{{2}})?\.?", re.S
)
# A program may part the words of that line; it goes on until its year.
_MOST_LINES = 6
_CITATION = patterns.compile(r"Recommended citation:? ?", re.I)
_DOWNLOAD = patterns.compile(
    r"(?:(?:download|access|view|read)(?: the)? (?:paper|slides|bibtex|here|code|video|poster|pdf)(?: here)?[\s|,.]*)+",
    re.I,
)
_THEME = patterns.compile(r"academic ?pages|minimal mistakes", re.I)
_RIGHTS = patterns.compile(r"(?:©|\(c\))\s*\d{4}\s*,?\s*(?P<name>.{3,80}?)[.,]\s*Powered by", re.I)
_RIGHTS_SIGNS = ("©", "(c) 1", "(c) 2")
_TITLED = patterns.compile(r"(?:(?:Dr|Prof|Professor)\.? )+")
_PERMALINK = patterns.compile(r"permalink|read more", re.I)
# The headings that the theme sets above its categories.
_KINDS = {
    "books": "book", "journal articles": "article-journal", "conference papers": "paper-conference",
    "preprints": "preprint", "book chapters": "chapter", "theses": "thesis",
}  # fmt: skip
_FURNITURE = patterns.compile(
    r"publications|\(?button\)?(?: follow)?|sitemap|follow:?|feed|location|e-?mail|skip (?:links|to .*)|toggle menu"
    r"|you can also find my articles .*",
    re.I,
)
# Between the authors of a citation and its title: "(2021): “", ". 2009. "
_BEFORE_TITLE = patterns.compile(rf"[\s.,:;(\[]*(?:{dates.YEAR}[a-z]?)?[\s.,:;)\]\"'“”‘’«»]*$")
_LEAST_SURE = 0.3
_LONGEST_CITATION = 20_000


@dataclass(slots=True)
class _Item:
    """The lines of one publication; `end` is the index behind its last."""

    title: Sequence[Line]
    venue: Snippet
    year: Snippet
    start: int
    below: int
    end: int


def fits(page: Page) -> bool:
    """Whether a title has "Published in … , year" below, and the page the theme's citations, downloads or name."""
    if "Published in" not in page.text or not _items(page):
        return False
    return any(
        _CITATION.match(line.text)
        or _DOWNLOAD.fullmatch(line.text)
        or ("Powered by" in line.text and _THEME.search(line.text))
        for line in _lines(page)
    )


def read(page: Page) -> Reading:
    """The publications of the page, and its owner, whom the theme's footer names."""
    lines, items = _lines(page), _items(page)
    owner = _owner(lines)
    used = {owner.line} if owner else set()
    cuts: list[RawEntry | Refusal] = []
    kind: str | None = None
    above = 0
    for item in items:
        for line in lines[above : item.start]:
            kind = _KINDS.get(line.text.lower(), kind)
            used |= {line.number} if line.text.lower() in _KINDS else set()
        cut = _entry(item, lines, kind)
        cuts.append(cut)
        used.update(range(cut.lines[0], cut.lines[1] + 1))
        above = item.end
    foot = next((at for at, line in enumerate(lines) if _RIGHTS.match(line.text)), len(lines))
    return Reading.of(cuts, owner=owner, unread=left_over(lines[:foot], used, _is_furniture))


@once
def _lines(page: Page) -> list[Line]:
    """The lines without Markdown's signs; those of a rule below a heading are blank."""
    found = []
    for line in page.lines:
        if not line.text:
            found.append(line)
            continue
        text = markdown.plain(line.text)
        text = "" if re.fullmatch(r"[=*_-]{3,}", text) else _PERMALINK.sub("", text).strip() if len(text) > 9 else text
        targets = (Mark(0, 0, "link", target) for _, target in markdown.links(line.text))
        found.append(Line(line.number, text, line.indent, (*line.marks, *targets)))
    return found


@once
def _items(page: Page) -> list[_Item]:
    """The publications: a title, "Published in", and all up to the next title."""
    lines = _lines(page)
    heads: list[tuple[int, int, int, re.Match[str]]] = []
    for index, line in enumerate(lines):
        if line.text.startswith("Published in"):
            text, last = line.text, index
            while not (found := _PUBLISHED.fullmatch(text)) and last + 1 < len(lines) and last < index + _MOST_LINES:
                last += 1
                text = re.sub(r" +,", ",", f"{text} {lines[last].text}".rstrip())
            start = _title(lines, index, heads[-1][2] if heads else 0)
            if found and start is not None:
                heads.append((start, index, last + 1, found))
    stops = [*(start for start, *_ in heads[1:]), len(lines)]
    items = []
    for (start, index, below, found), stop in zip(heads, stops, strict=False):
        title = [line for line in lines[start:index] if line.text]
        venue = Snippet(text=found["venue"], line=lines[index].number)
        year = Snippet(text=found["year"], line=lines[below - 1].number)
        items.append(_Item(title, venue, year, start, below, _end(lines, below, stop)))
    return items


def _title(lines: Sequence[Line], index: int, above: int) -> int | None:
    """The index of the first line of the title above `index`: a block, or a line where no blank line parts blocks."""
    last = index - 1
    while last >= above and not lines[last].text:
        last -= 1
    if last < above:
        return None
    first, highest = last, max(above, last - _MOST_LINES)
    while first > highest and lines[first - 1].text and lines[first - 1].indent == lines[last].indent:
        first -= 1
    is_block = first == 0 or not lines[first - 1].text or lines[first - 1].indent != lines[last].indent
    return first if is_block and last - first < _MOST_LINES else last


def _end(lines: Sequence[Line], below: int, stop: int) -> int:
    """The index behind a publication's last line: its citation's block and its links, or its few words.

    Headings of categories may follow, and the foot of the site.
    """
    end = next((index for index in range(below, stop) if _is_heading(lines[index].text)), stop)
    last = next((index for index in range(below, end) if _CITATION.match(lines[index].text)), None)
    if last is None:
        downloads = [index for index in range(below, end) if _is_link(lines[index])]
        last = downloads[-1] if downloads else None
    if last is not None:
        following = last + 1
        while following < end:
            text = lines[following].text
            if text and not lines[following - 1].text and not (_DOWNLOAD.fullmatch(text) or identifiers.is_link(text)):
                break
            last = following if text else last
            following += 1
        end = last + 1
    while end > below and not lines[end - 1].text:
        end -= 1
    return end


def _is_heading(text: str) -> bool:
    """Whether what stands below is another category, or the foot of the site."""
    lower = text[:80].lower()
    return lower in _KINDS or lower.startswith(_RIGHTS_SIGNS) or lower.rstrip(":") in ("sitemap", "follow", "share on")


def _is_furniture(text: str) -> bool:
    return len(text) < 200 and bool(_FURNITURE.fullmatch(text.lstrip("*•# ")))


# ---------------------------------------------------------------- the parts


def _entry(item: _Item, lines: Sequence[Line], kind: str | None) -> RawEntry | Refusal:
    title = markdown.plain(" ".join(line.text for line in item.title))  # a link may go on over lines
    body = [line for line in lines[item.below : item.end] if line.text]
    at = next((index for index, line in enumerate(body) if _CITATION.match(line.text)), len(body))
    excerpt = [line for line in body[:at] if not _is_link(line)]
    citation = body[at:]
    cited = " ".join(line.text for line in citation if not _DOWNLOAD.fullmatch(line.text))
    cited = markdown.plain(_CITATION.sub("", cited, count=1))
    people, rest = _parts(cited[:_LONGEST_CITATION], title)
    fields: dict[str, object] = {
        "lines": (item.title[0].number, max(lines[item.end - 1].number, item.year.line)),
        "title": Snippet(text=title, line=item.title[0].number),
        "venue": item.venue,
        "date": item.year,
        "kind": kind,
        "abstract": Snippet(text=" ".join(line.text for line in excerpt), line=excerpt[0].number) if excerpt else None,
        "links": tuple(_links(body)),
    }
    for part in pagination.find(_without_links(rest)):
        fields[part.field] = Snippet(text=part.text, line=citation[0].number)
    if not people:
        return RawEntry.cut(**fields)  # type: ignore[arg-type]
    listed = Snippet(text=people, line=citation[0].number)
    cut = RawEntry.cut(**fields, authors=listed)  # type: ignore[arg-type]
    if isinstance(cut, RawEntry):
        return cut
    guess = Guess(field="authors", reason="the recommended citation does not begin with names", line=listed.line)
    return RawEntry.cut(**fields, guesses=(guess,))  # type: ignore[arg-type]


def _parts(citation: str, title: str) -> tuple[str | None, str]:
    """The authors of a citation, which stand before the title, and what stands after it."""
    if (span := _find(citation, title)) is not None:
        people, rest = citation[: span[0]], citation[span[1] :]
    else:
        end = authors.leading(citation)
        people, rest = citation[:end], citation[end:]
    people = _BEFORE_TITLE.sub("", people)
    stop = re.search(rf"[(\[]{dates.YEAR}", people)
    people = (people[: stop.start()] if stop else people).strip(" ,;:")
    if re.search(r"\b[^\W\d_]$", people) and citation[len(people) : len(people) + 1] == ".":
        people += "."  # it belongs to the last initial
    return (_listed(people) if authors.likeness(people) >= _LEAST_SURE else None), rest


def _listed(people: str) -> str:
    """A list of authors; one of `Last, F. M.` with semicolons between the names, for its commas mean two things."""
    found = max(authors.listings(people), key=lambda listing: listing.end)
    if not all(person.form == "inverted-initials" for person in found.people):
        return people
    listed = [people[person.start : person.end] for person in found.people]
    return "; ".join(listed if found.complete else [*listed, "et al."]) + ";" * (len(listed) == 1)


def _find(text: str, title: str) -> tuple[int, int] | None:
    """Where `title` stands in `text`, whatever its case, its quotation marks, hyphens and accents."""
    wanted = letters.fold(title).replace(" ", "")
    if len(wanted) < 4:
        return None
    folded, at = [], []
    for offset, letter in enumerate(text):
        for one in letters.fold(letter).replace(" ", ""):
            folded.append(one)
            at.append(offset)
    start = "".join(folded).find(wanted)
    return (at[start], at[start + len(wanted) - 1] + 1) if start >= 0 else None


def _without_links(text: str) -> str:
    for found in reversed(identifiers.find(text)):
        text = f"{text[: found.start]};{text[found.end :]}"
    return text


def _links(body: Sequence[Line]) -> Iterator[Snippet]:
    """What the citation and the links say, each once: the paper's DOI and arXiv number, and its addresses."""
    seen: set[str] = set()
    cited = next((index for index, line in enumerate(body) if _CITATION.match(line.text)), None)
    for index, line in enumerate(body):
        is_cited = _is_link(line) or (cited is not None and index >= cited)
        addresses = [mark.target for mark in line.marks if mark.kind == "link" and mark.target and is_cited]
        inside = line.text if is_cited else ""
        following = body[index + 1].text if index + 1 < len(body) else ""
        joined = f"{inside} {following}" if inside else ""
        found = [one for one in identifiers.find(joined, (len(inside),) if inside else ()) if one.start < len(inside)]
        doi_spans = {one.start for one in found if one.kind in ("doi", "arxiv")}
        values = [
            ("arXiv:" if one.kind == "arxiv" else "") + one.value
            for one in found
            if one.kind in ("doi", "arxiv") or (one.kind == "url" and one.start not in doi_spans)
        ]
        for value in (*values, *addresses):
            key = identifiers.doi(value) or value
            if key not in seen and identifiers.is_link(value):
                seen.add(key)
                yield Snippet(text=key, line=line.number)


def _is_link(line: Line) -> bool:
    return bool(identifiers.is_link(line.text) or _DOWNLOAD.fullmatch(line.text))


def _owner(lines: Sequence[Line]) -> Snippet | None:
    """Whose site it is: the footer says so, and the name stands above the publications as well."""
    for line in reversed(lines):
        if found := _RIGHTS.match(line.text):
            name = _TITLED.sub("", found["name"])
            if not names.is_person(name):
                return None
            first = next((one for one in lines if _TITLED.sub("", one.text) == name), None)
            return Snippet(text=name, line=(first or line).number)
    return None
