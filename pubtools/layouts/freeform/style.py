"""How a page is written: whose it is, whether its list names its owner, and how most of its entries are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pubtools import patterns
from pubtools.fields import authors, letters, names
from pubtools.layouts.freeform import headings
from pubtools.layouts.freeform.rows import Row, is_button
from pubtools.layouts.freeform.sections import Section
from pubtools.layouts.freeform.segments import Parting
from pubtools.models import Declared, Snippet

# The owner stands among the first lines of a page that may be a name, or nowhere.
_FIRST_NAMES = 60
_LONGEST_NAME = 60
# A page begins with its owner if one of so many lines is a name.
_TOP = 4
# What browsers in a terminal make of a page's menu button, beside the name.
_BUTTONS = patterns.compile(r"[\[\](T](?:(?<=[\[\]])|(?<=\()BUTTON\)|(?<=\bT)oggle navigation\b)")
# A line is a person's name from here on (`authors.likeness`), or from there on where the entries have the name.
_PERSON, _MAYBE = 0.3, 0.1
# Where every third entry has the owner's family name it is the owner's; below a fifth the list leaves it out.
_OFTEN, _SELDOM = 3, 5
_TITLES = frozenset(
    "dr prof professor phd ph.d md m.d ing dipl-ing mr mrs ms priv-doz pd hab inż mgr feed homepage".split()
)
# How the text tells of the ways to part a section, and of the hypotheses of cutting.
_WAYS = {
    "number": "numbers",
    "bullet": "bullets",
    "heading": "headings",
    "year": "years above them",
    "blank": "blank lines",
    "flush": "lines at the margin",
    "hanging": "hanging indents",
    "names": "lists of names at their beginning",
    "title": "titles above lists of names",
    "links": "rows of links at their end",
    "line": "lines",
}


@dataclass(frozen=True, slots=True)
class Style:
    """What holds for the whole page: the weights of the hypotheses of cutting, and the owner."""

    ways: Mapping[str, float] = field(default_factory=dict)
    owner: Snippet | None = None
    owner_left_out: bool = False


def owner(rows: Sequence[Row], texts: Sequence[str]) -> tuple[Snippet | None, bool]:
    """Whose page it is, and whether the entries leave the owner's name out.

    A person's name in `rows`, which are none of an entry, with a family name that many of the entries' `texts` have;
    where none is, the name that the page begins with. None where no name stands there.
    """
    filled = [row for row in rows if row.kind in ("text", "head")]
    people = [(row, name) for row in filled if (name := _person(row))][:_FIRST_NAMES]
    if not people:
        return None, False
    families = {name: letters.fold(name).split()[-1] for _, name in people}
    sought = set(families.values())
    counts = Counter([family for text in texts for family in sought.intersection(letters.folded_words(text[:600]))])

    def share(of: tuple[Row, str]) -> int:
        return counts[families[of[1]]]

    best = max(people, key=lambda of: (share(of), -of[0].number))
    if not texts or share(best) * _OFTEN < len(texts):
        best = people[0]
        if best[0] not in filled[:_TOP] or authors.likeness(best[1]) < _PERSON:
            return None, False
    row, name = best
    return Snippet(text=name, line=row.number), len(texts) >= _OFTEN and share(best) * _SELDOM < len(texts)


def declared(parts: Sequence[Section]) -> Declared | None:
    """How many entries the only heading of publications says there are."""
    said = [
        Declared(count=count, line=part.heading.number)
        for part in parts
        if part.heading and part.meaning.publications and (count := headings.count(part.heading.text)) is not None
    ]
    known = [part for part in parts if part.meaning.publications]
    return said[0] if len(said) == len(known) == 1 else None


def sentence(partings: Iterable[Parting], ways: Mapping[str, float]) -> str | None:
    """How the page is written, for people; None where it has no entries."""
    counts: Counter[str] = Counter()
    for parting in partings:
        counts[_WAYS.get(parting.way.partition(" ")[0], parting.way)] += len(parting.units)
    if not counts:
        return None
    said = f"entries parted by {counts.most_common(1)[0][0]}"
    usual = [way for way, share in sorted(ways.items(), key=lambda of: (-of[1], of[0])) if share >= 0.5]
    return said + (f", most read as {' '.join(usual)}" if usual else "")


# ---------------------------------------------------------------- inside


def _person(row: Row) -> str | None:
    """The name that a row is, or that its heading names, without titles and degrees."""
    if len(row.text) > headings.MAX_HEADING or row.text.count(" ") > headings.MAX_WORDS:
        return None
    text = headings.by_whom(row.text) or _BUTTONS.sub(" ", row.text)
    words = text.partition(",")[0].lstrip("#").split()
    while words and words[0].lower().strip(".") in _TITLES:
        words.pop(0)
    while words and words[-1].lower().strip(".") in _TITLES:
        words.pop()
    name = " ".join(words)
    if len(name) > _LONGEST_NAME or any(map(str.isdigit, name)) or not names.is_person(name):
        return None
    if authors.likeness(name) < _MAYBE or is_button(name) or any(headings.meaning(said) for said in (name, *words)):
        return None
    return name
