"""Any page: its sections, the way its entries are parted, and each entry cut in the style of the whole page.

Nothing here knows a site. A page is written in one style: the style is inferred from all entries together, and then
each entry is read with it (`segments` parts, `cutting` cuts).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pubtools.layouts.freeform import columns, cutting, entries, evidence, rows, sections, segments, style, texts
from pubtools.layouts.freeform.entries import Candidate
from pubtools.layouts.freeform.style import Style
from pubtools.models import Guess, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Mark, Page


def fits(page: Page) -> bool:  # noqa: ARG001
    """No page has this layout of its own: it reads what no other layout fits."""
    return False


def read(page: Page) -> Reading:
    """The entries of `page`, wherever they stand, its owner, and the lines that are neither entries nor furniture."""
    found = rows.of(columns.apart(page))
    parts = sections.split(found)
    partings = segments.part(parts)
    candidates = entries.choose(parts, partings, hinted=sections.is_about_publications(page))
    words = texts.Words(found)
    joined = [texts.join(candidate.rows, words) for candidate in candidates]
    inside = {number for candidate in candidates for number in range(candidate.lines[0], candidate.lines[1] + 1)}
    apart = [row for row in found if row.number not in inside]
    owner, left_out = style.owner(apart, [text.text for text in joined])
    marks = [(*text.first(candidate.set_off), *text.marks) for candidate, text in zip(candidates, joined, strict=True)]
    sample = [(text.text, text.breaks, of) for text, of in zip(joined, marks, strict=True)][
        :: len(joined) // _SAMPLE + 1
    ]
    ways = cutting.hypotheses(sample, owner=owner.text if owner else None, owner_left_out=left_out)
    whole = Style(ways, owner, left_out)
    heads = [texts.join(candidate.title, words).text if candidate.title else "" for candidate in candidates]
    cuts = [_entry(*of, whole) for of in zip(candidates, joined, marks, heads, strict=True)]
    kept = list(_with_same_authors(cuts, joined))
    placed = {number for cut in kept for number in range(cut.lines[0], cut.lines[1] + 1)}
    placed |= {row.number for row in sections.heads(parts)}
    placed |= {row.number for row in found if row.kind in rows.FILLERS}
    if owner:
        placed.add(owner.line)
    unread = tuple(line.number for line in page.filled() if line.number not in placed)
    used = [parting for parting in partings if any(unit.rows[0].number in inside for unit in parting.units)]
    return Reading.of(
        kept,
        owner=owner,
        declared=style.declared(parts),
        style=style.sentence(used, ways),
        unread=unread,
    )


# As many entries tell the style of a page as well as all of them.
_SAMPLE = 20
_SNIPPETS = frozenset(RawEntry.model_fields) - {"kind", "links", "lines", "guesses", "certainty"}


def _with_same_authors(
    cuts: Iterable[RawEntry | Refusal | None], joined: Iterable[texts.Joined]
) -> Iterator[RawEntry | Refusal]:
    """What was cut, with the authors of the entry above where a dash stands for them: "———. 1843. Looms"."""
    above: Snippet | None = None
    for cut, text in zip(cuts, joined, strict=True):
        if isinstance(cut, RawEntry):
            if above and not (cut.authors or cut.editors) and evidence.is_same(text.text):
                cut = cut.model_copy(update={"authors": above})
            above = cut.authors
        if cut is not None:
            yield cut


def _entry(
    candidate: Candidate, text: texts.Joined, marks: tuple[Mark, ...], title: str, whole: Style
) -> RawEntry | Refusal | None:
    cut = cutting.cut(
        text.text,
        breaks=text.breaks,
        marks=marks,
        styles=whole.ways,
        owner=whole.owner.text if whole.owner else None,
        owner_left_out=whole.owner_left_out,
        year=candidate.year,
    )
    fields: dict[str, object] = {}
    links = list(candidate.links)
    kind: str | None = candidate.kind
    for piece in cut.pieces:
        snippet = Snippet(piece.text, text.line(piece.start))
        if piece.field == "kind":
            kind = kind or piece.text
        elif piece.field in _SNIPPETS:
            fields.setdefault(piece.field, snippet)
        else:
            links.append(snippet)
    if title:
        fields["title"] = Snippet(text=title, line=candidate.title[0].number)
    if candidate.venue:
        fields.setdefault("venue", candidate.venue)
    found = fields.get("title")
    if not isinstance(found, Snippet) or not any(map(str.isalpha, found.text)):
        return None
    if "date" not in fields and candidate.dated:
        fields["date"] = candidate.dated
    if candidate.status and "status" not in fields:
        fields["status"] = candidate.status
    if candidate.abstract:
        fields["abstract"] = candidate.abstract
    guesses = tuple(Guess(field=name, reason=reason, line=text.line(0)) for name, reason in cut.guesses)
    return RawEntry.cut(
        lines=candidate.lines, links=tuple(links), guesses=guesses, certainty=cut.certainty, kind=kind, **fields
    )
