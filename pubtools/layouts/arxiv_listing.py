"""A list of papers on arXiv: an archive's or an author's list, or the results of a search.

    [1] arXiv:2107.05580 [pdf, html, other]       a list: a number, the paper's own, its forms
    Title: On looms
    Ada Lovelace, Charles Babbage                 … authors, with a label on older pages
    Comments: 12 pages
    Journal-ref: Memoirs 3, 666 (1843)
    Subjects: Machine Learning (cs.LG); ...

    arXiv:2107.05580 [pdf, other] cs.LG stat.ML   a search: the number, its forms, categories, a DOI
    On looms
    Authors: Ada Lovelace, Charles Babbage
    Abstract: A loom may ... ▽ More A loom may learn. △ Less
    Submitted 12 July, 2021; originally announced July 2021.
    Comments: ...
    Journal ref: ...

Templates: https://github.com/arXiv/arxiv-browse and arxiv-search. A program may put every label, link and comma on a
line of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pubtools import patterns
from pubtools.fields import appearances, authors, dates, identifiers, markdown, pagination, subjects
from pubtools.models import Declared, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Page, once

_NUMBER = r"(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"
_FORMS = r"(?:pdf|ps|html|other|src|tex|format)"
_START = patterns.compile(
    rf"(?:[*•-] )?(?:\[(?P<index>\d{{1,5}})\]|\d{{1,5}}\.)?\s*(?P<number>arXiv:\s?{_NUMBER})(?=$|[\s\[(])(?P<rest>.*)"
)
# Before the paper's number on a line of its own.
_INDEX = patterns.compile(r"(?:[*•-] )?(?:\[\d{1,5}\]|\d{1,5}\.)")
_HEAD = patterns.compile(
    r"\((?:cross-list from [\w.-]+|replaced|withdrawn)\)|\bdoi\b"
    rf"|\[\s*(?:{_FORMS}[,\s]*)+\]|\b{_FORMS}\b(?=[\s,\]]|$)|[\[\],]",
    re.I,
)
_LABEL = patterns.compile(
    r"(?P<label>Title|Authors?|Abstract|Comments?|Journal[- ]ref(?:erence)?|Subjects?|Report[- ]n(?:umber|o)"
    r"|MSC[- ]class|ACM[- ]class|DOI|Related DOI|Submitted|License)\b(?: ?(?P<colon>:))? ?(?P<text>.*)",
    re.I,
)
_NAMES = {"title": "title", "author": "authors", "authors": "authors", "abstract": "abstract", "subject": "subjects",
          "subjects": "subjects", "comment": "comments", "comments": "comments", "submitted": "submitted", "doi": "doi",
          "related doi": "doi"}  # fmt: skip
_CATEGORY = patterns.compile(r"\((?P<category>[a-z-]+(?:\.[A-Za-z-]+)?)\)")
_OWNER = patterns.compile(r"(?P<name>.{3,80}?)['’]s? articles on arXiv\b.*")
_SHOWN = patterns.compile(
    r"Showing (?P<first>\d{1,7})\s?[-–]\s?(?P<last>\d{1,7}) of (?P<total>[\d,]{1,9}) results?.*", re.I
)
_TOTAL = patterns.compile(r"\[?\s*Total of (?P<total>\d{1,7}) entries\b.*", re.I)
_FIRST_SUBMITTED = patterns.compile(r"v1\s+submitted (?P<date>\d{1,2} \w+,? \d{4})", re.I)
_SUBMITTED = patterns.compile(r"(?P<date>\d{1,2} \w+,? \d{4})")
_MORE = patterns.compile(r"[▽▼]\s*More\b")
_LESS = patterns.compile(r"\s*[△▲]\s*Less\b.*")
# What the site puts below the last paper of a list, and between two.
_FURNITURE = patterns.compile(
    r"=+|\[?\s*(?:total of \d+ entries|showing (?:up to )?\d+.*entries per page).*|fewer|more|all|[|\]:,]|\d+-\d+"
    r"|\d{1,4}|previous|next|go|search(?: term\.{3})?|(?:goto )?page \d+|…|sort results by|results per page\.?"
    r"|.* (?:articles|entries)\)|about|help|contact|subscribe|copyright|privacy policy|web accessibility assistance"
    r"|arxiv operational status|get status notifications via|email|or slack",
    re.I,
)
# "(1)", "(MIT)", and where they are explained at the end: "((1) MIT, (2) ETH)".
_AFFILIATION = patterns.compile(r"\s?\((?:[^()]|\([^()]{0,100}\)){0,200}\)")
# What goes on after "Submitted": on lines of its own where every node has one.
_SUBMISSION = patterns.compile(
    r"(?:v\d+|submitted|originally announced|latest version|[A-Z][a-z]+ \d{4}|\d{1,2} \w+,? \d{4}|\d{4}|[.;:,]"
    r"|(?:arXiv:)?\S+v\d+)(?:\s?[ .;:,].*)?",
    re.I,
)
# Below the last paper of an author.
_FOOT = patterns.compile(r"the web address for this page|see (?:also )?author identifier", re.I)
# A line that is as long, below the last label, begins an abstract.
_ABSTRACT = 60
_LONG_BLOCK = 400
_LEAST_SURE = 0.35


@dataclass(slots=True)
class _Paper:
    """The lines of one paper by the label above them; "head" is what stands beside its number."""

    number: Snippet
    first: int
    last: int
    is_listed: bool = False
    fields: dict[str, list[Snippet]] = field(default_factory=dict)

    def add(self, name: str, text: str, line: int) -> None:
        self.last = line
        said = self.fields.setdefault(name, [])
        if text.strip():
            said.append(Snippet(text=text, line=line))

    def joined(self, name: str) -> Snippet | None:
        """The text of a field, its lines joined."""
        lines = self.fields.get(name, [])
        text = re.sub(r" +(?=[,;:.](?:\s|$))", "", " ".join(line.text for line in lines))
        return Snippet(text=text, line=lines[0].line) if text.strip() else None


def fits(page: Page) -> bool:
    """Whether a line begins with a paper's number and its forms or categories, and labels of the site follow."""
    if not any(_start(_plain(line.text)) for line in page.lines if "arXiv:" in line.text):
        return False
    papers, _ = _papers(page)
    return any(
        (paper.is_listed and {"title", "subjects"} <= paper.fields.keys())
        or {"authors", "submitted"} <= paper.fields.keys()
        for paper in papers
    )


def read(page: Page) -> Reading:
    """The papers of the page, whose list it is, and how many the site says it shows."""
    papers, unread = _papers(page)
    owner = declared = None
    total = per_page = None
    for line in page.filled():
        text = _plain(line.text)
        if len(text) > _LONG_BLOCK:
            continue
        if owner is None and (found := _OWNER.fullmatch(text)):
            owner = Snippet(text=found["name"], line=line.number)
        elif declared is None and (found := _SHOWN.match(text)) and int(found["last"]) >= int(found["first"]):
            declared = Declared(count=int(found["last"]) - int(found["first"]) + 1, line=line.number)
        elif found := _TOTAL.match(text):
            total = total or Declared(count=int(found["total"]), line=line.number)
        elif found := re.match(r"\[?\s*showing (?:up to )?(\d{1,6}) entries per page", text, re.I):
            per_page = int(found[1])
    if total and (per_page is None or total.count <= per_page):
        declared = declared or total
    known = {snippet.line for snippet in (owner, declared) if snippet}
    left = tuple(
        number for number in unread if number not in known and not _OWNER.fullmatch(_plain(page.lines[number - 1].text))
    )
    return Reading.of(map(_entry, papers), owner=owner, declared=declared, unread=left)


# ---------------------------------------------------------------- papers


@once
def _papers(page: Page) -> tuple[list[_Paper], list[int]]:
    """The papers of the page, and the lines that belong to none."""
    papers: list[_Paper] = []
    unread: list[int] = []
    name = "after"
    index: Snippet | None = None
    lines = [(line, _plain(line.text)) for line in page.filled()]
    for (line, text), (_, below) in zip(lines, [*lines[1:], (None, "")], strict=False):
        if not text:
            continue  # nothing but signs
        paper = papers[-1] if papers else None
        if (found := _start(text)) and _may_start(found, paper, name, is_listed=bool(index or found["index"])):
            number = Snippet(text=re.sub(r"\s", "", found["number"]), line=line.number)
            paper = _Paper(number, index.line if index else line.number, line.number)
            paper.is_listed = bool(found["index"] or (index and "[" in index.text))
            paper.add("head", found["rest"], line.number)
            papers.append(paper)
            name, index = "head", None
        elif _INDEX.fullmatch(text) and _start(below):
            index = Snippet(text=text, line=line.number)
        elif paper and name != "after" and (label := _LABEL.match(text)) and _is_label(label, name):
            name = _name(label)
            paper.add(name, label["text"].strip(), line.number)
        elif paper and _goes_on(paper, name, text, is_apart=not page.lines[line.number - 2].text):
            paper.add(name, text, line.number)
        elif paper and name == "subjects" and len(text) > _ABSTRACT and not _FOOT.match(text):
            name = "abstract"  # lists of what is new have it last
            paper.add(name, text, line.number)
        else:
            name = "after"
            if not _FURNITURE.fullmatch(text):
                unread.append(line.number)
    return papers, unread


def _plain(text: str) -> str:
    """A line without Markdown's signs, and without those of a list of definitions or an empty emphasis."""
    text = markdown.plain(text)
    has_sign = text[:1] == ":" or "__" in text
    return re.sub(r"^: +|(?:^|(?<=\s))_{2,}(?=\s|$)", "", text).strip() if has_sign else text


def _start(text: str) -> re.Match[str] | None:
    return _START.fullmatch(text) if "arxiv:" in text[:40].lower() else None


def _may_start(found: re.Match[str], above: _Paper | None, name: str, *, is_listed: bool) -> bool:
    """Whether a paper begins with its number here: a number may begin a line of an abstract or a comment, too."""
    if is_listed:
        return True
    if above and (above.is_listed or (name == "abstract" and "submitted" not in above.fields)):
        return False
    return not found["rest"] or found["rest"].lstrip()[0] in "[("


def _goes_on(paper: _Paper, name: str, text: str, *, is_apart: bool) -> bool:
    """Whether a line without a label belongs to the field above it."""
    if name == "after":
        return False
    if not paper.fields.get(name) or name in ("head", "title", "authors", "abstract"):
        return True
    if name == "subjects":
        return bool(_CATEGORY.search(text)) or text[0] == ";"
    if name == "submitted":
        return bool(_SUBMISSION.fullmatch(text))
    return not is_apart


def _is_label(label: re.Match[str], name: str) -> bool:
    """Whether what looks like a label is one: it has a colon, and a date follows "Submitted"."""
    what = label["label"]
    if what == "Submitted":
        return bool(re.match(r"\d{1,2} \w+,? \d{4}|$", label["text"]))
    if label["colon"]:
        # "Title: a title that begins so": a label is not repeated in its own field.
        return _name(label) != name
    return what == "Abstract" and not label["text"]


def _name(label: re.Match[str]) -> str:
    what = label["label"].lower()
    return "journal" if what.startswith("journal") else _NAMES.get(what, "other")


# ---------------------------------------------------------------- fields


def _entry(paper: _Paper) -> RawEntry | Refusal:
    title, people = paper.joined("title"), paper.joined("authors")
    categories: list[Snippet] = []
    dois: list[Snippet] = []
    if title is None:
        title, categories, dois = _head(paper)
    elif people is None:
        title, people = _apart(paper.fields["title"])
    if title is None:
        return Refusal(lines=(paper.first, paper.last), reason="a paper's number without a title")
    links = [paper.number, *dois, *(said for said in paper.fields.get("doi", ()) if identifiers.doi(said.text))]
    notes = [note for note in [paper.joined("comments")] if note]
    fields: dict[str, object] = {"date": _date(paper)}
    if reference := paper.joined("journal"):
        appeared = _appearance(reference)
        fields |= appeared
        notes += [] if appeared else [reference]
    else:
        fields["kind"] = "preprint"
    return RawEntry.cut(
        lines=(paper.first, paper.last),
        title=title,
        authors=_people(people),
        subject=categories[0] if categories else _subject(paper),
        abstract=_abstract(paper),
        note=Snippet(text="; ".join(note.text for note in notes), line=notes[0].line) if notes else None,
        links=tuple(links),
        **fields,
    )


def _head(paper: _Paper) -> tuple[Snippet | None, list[Snippet], list[Snippet]]:
    """What stands beside a paper's number and below it: the title, after its forms, categories and DOIs."""
    categories: list[Snippet] = []
    dois: list[Snippet] = []
    title: list[Snippet] = []
    for said in paper.fields.get("head", ()):
        words = (said.text if title else _HEAD.sub(" ", said.text)).split()
        at = 0
        for word in [] if title else words:
            if subjects.categories(word) and re.search("[.-]", word):
                categories.append(Snippet(text=word, line=said.line))
            elif identifiers.doi(word):
                dois.append(Snippet(text=word, line=said.line))
            else:
                break
            at += 1
        if words[at:]:
            title.append(Snippet(text=" ".join(words[at:]), line=said.line))
    return _join(title) if title else None, categories, dois


def _apart(lines: Sequence[Snippet]) -> tuple[Snippet, Snippet | None]:
    """Title and authors, which newer lists do not part by a label: each has a line, or several where they wrap."""
    if len(lines) == 2:
        return lines[0], lines[1]
    texts = [_AFFILIATION.sub("", line.text) for line in lines]
    for at in range(1, len(texts)):
        if texts[at][:1] not in ",;" and authors.likeness(" ".join(texts[at:])[:2000]) >= _LEAST_SURE:
            return _join(lines[:at]), _join(lines[at:])
    return _join(lines[:1]), _join(lines[1:]) if len(lines) > 1 else None


def _join(lines: Sequence[Snippet]) -> Snippet:
    return Snippet(text=re.sub(r" +(?=[,;])", "", " ".join(line.text for line in lines)), line=lines[0].line)


def _people(people: Snippet | None) -> Snippet | None:
    """The list of authors, its end as others write it where the site shows 25: "et al. (12 additional authors …)"."""
    if people is None or "author list is unavailable" in people.text:
        return None
    text = re.sub(r"\(\s*\d+ additional authors not shown\s*\)", "", people.text)
    text = re.sub(r",?\s*\(\s*\d+ authors? not shown\s*\)|\[\s*…\s*\]", ", et al.", text)
    text = _AFFILIATION.sub("", text).strip()
    return Snippet(text=text, line=people.line) if text else None


def _subject(paper: _Paper) -> Snippet | None:
    """The primary category, which stands first."""
    said = paper.joined("subjects")
    found = _CATEGORY.search(said.text) if said else None
    return Snippet(text=found["category"], line=said.line) if said and found else None


def _abstract(paper: _Paper) -> Snippet | None:
    """The abstract: whole where the page has it whole beside the short one."""
    said = paper.joined("abstract")
    if said is None:
        return None
    text = said.text.lstrip(": ")
    short, *whole = _MORE.split(text, maxsplit=1)
    text = whole[0] if whole and whole[0].strip() and _LESS.search(whole[0]) else short
    text = _LESS.sub("", text).strip()
    return Snippet(text=text, line=said.line) if text else None


def _date(paper: _Paper) -> Snippet | None:
    """The day the first version was submitted."""
    if said := paper.joined("submitted"):
        found = _FIRST_SUBMITTED.search(said.text) or _SUBMITTED.match(said.text)
        if found and dates.parse(found["date"]):
            return Snippet(text=found["date"], line=said.line)
    return None


def _appearance(reference: Snippet) -> dict[str, object]:
    """The venue, its numbers and the year that a journal reference, a free text, says; {} where no venue is clear."""
    venue = appearances.of_reference(reference.text)
    if venue is None:
        return {}
    found: dict[str, object] = {"venue": Snippet(text=venue.name, line=reference.line)}
    found |= {part.field: Snippet(text=part.text, line=reference.line) for part in pagination.find(reference.text)}
    if venue.year:
        found["date"] = Snippet(text=str(venue.year), line=reference.line)
    return found
