"""The body of a pull request: what is new in a list of publications, and what wants a person, in Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from pubtools import doubts
from pubtools.mdtext import escape, opening, target
from pubtools.models import Publication
from pubtools.news import Change, News
from pubtools.problems import Problem

# Longer than this, a list is cut, and the number of the rest is said: GitHub takes 65,536 characters.
LONGEST = 100


def markdown(news: News, problems: Sequence[Problem] = ()) -> str:
    """A sentence, then a heading and a list for each kind of news; each work with its link and its line."""
    wanting = [problem for problem in problems if problem.severity == "warning"]
    parts = [_sentence(news, wanting)]
    parts += _section("New", [_work(work) for work in news.new])
    parts += _section("Published, no longer only a preprint", [_change(change) for change in news.published])
    parts += _section("Venue corrected", [_change(change) for change in news.venues])
    parts += _section("Author list completed", [_change(change) for change in news.completed])
    parts += _section("Corrected", [_change(change) for change in news.changed])
    parts += _section("Listed again", [_work(work) for work in news.back])
    parts += _section("No longer on any page (kept until it is pruned)", [_work(work) for work in news.gone])
    parts += _section("Removed", [_work(work) for work in news.lost])
    parts += _section(
        "Cited by another key (the old one lives on as an alias)", [_keys(*pair) for pair in news.rekeyed]
    )
    parts += _section("Wants a person", [_problem(problem) for problem in wanting])
    return "\n\n".join(parts) + "\n"


# ---------------------------------------------------------------- inside

_COUNTED: tuple[tuple[str, Callable[[News], Sequence[object]]], ...] = (
    ("new paper", lambda news: news.new),
    ("preprint became published", lambda news: news.published),
    ("venue corrected", lambda news: news.venues),
    ("author list completed", lambda news: news.completed),
    ("entry corrected", lambda news: news.changed),
    ("paper listed again", lambda news: news.back),
    ("paper gone from its page", lambda news: news.gone),
    ("paper removed", lambda news: news.lost),
    ("citation key replaced", lambda news: news.rekeyed),
)
# The one word of each that tells one from many.
_MANY = {
    "paper": "papers", "preprint": "preprints", "venue": "venues", "list": "lists", "entry": "entries",
    "point": "points", "wants": "want", "its": "their", "page": "pages", "key": "keys",
}  # fmt: skip


def _sentence(news: News, wanting: Sequence[Problem]) -> str:
    said = [_count(len(of(news)), what) for what, of in _COUNTED if of(news)]
    if wanting:
        said.append(_count(len(wanting), "point wants a person"))
    return f"{', '.join(said)}." if said else "Nothing new."


def _count(number: int, what: str) -> str:
    return f"{number} {what if number == 1 else ' '.join(_MANY.get(word, word) for word in what.split())}"


def _section(heading: str, items: Sequence[str]) -> Iterator[str]:
    if items:
        rest = [f"- … and {len(items) - LONGEST} more"] if len(items) > LONGEST else []
        yield f"### {heading}\n\n" + "\n".join([*(f"- {item}" for item in items[:LONGEST]), *rest])


def _work(work: Publication) -> str:
    authors = escape(_shortened(work))
    year = f" ({work.date.year})" if work.date and work.date.year else ""
    said = f"{opening(work.title)}{year}" if not authors else f"{opening(work.title)}. {authors}{year}"
    return f"{said}{_links(work)} — {_listed(work) or _source(work)}"


def _keys(old: str, now: str) -> str:
    return f"{escape(old)} is now {escape(now)}"


def _change(change: Change) -> str:
    said = "; ".join(_said(change, name) for name in change.fields if name not in ("hints", "kept"))
    work = change.after
    return f"{opening(work.title)}{_links(work)}: {said or 'details'} — {_source(work, change.fields)}"


def _said(change: Change, name: str) -> str:
    """`venue: arXiv → *Nature*`, or the field's name alone where its values are long."""
    before, now = (_value(work, name) for work in (change.before, change.after))
    label = name.replace("_", " ")
    if name in ("abstract", "details", "contributors", "urls", "subjects", "affiliations"):
        return label
    if now is None:
        return f"{label} no longer given (was {escape(before or '')})"
    return f"{label}: {escape(before)} → {escape(now)}" if before else f"{label}: {escape(now)}"


def _value(work: Publication, name: str) -> str | None:
    value = getattr(work, name)
    if not value:
        return None
    if name == "authors":
        return ", ".join(one.literal for one in value.names) + ("" if value.complete else ", et al.")
    if name == "date":
        return "-".join(f"{part:02d}" for part in value.parts) or "a date without a year"
    return str(getattr(value, "name", None) or getattr(value, "number", None) or value)


def _shortened(work: Publication) -> str:
    if work.authors is None:
        return ""
    shown = [name.literal for name in work.authors.names[:3]]
    return ", ".join(shown) + (" et al." if len(work.authors.names) > 3 or not work.authors.complete else "")


def _links(work: Publication) -> str:
    addresses = [f"https://arxiv.org/abs/{work.arxiv.number}"] if work.arxiv else []
    addresses += [f"https://doi.org/{work.doi}"] if work.doi else []
    shown = [(label, to) for label, address in zip(_labels(work), addresses, strict=True) if (to := target(address))]
    return "".join(f" [{label}](<{to}>)" for label, to in shown)


def _labels(work: Publication) -> list[str]:
    return [label for label, value in (("arXiv", work.arxiv), ("DOI", work.doi)) if value]


def _listed(work: Publication) -> str:
    """Where pages list the work."""
    places = [(claim.sighting.source.locator, claim.line) for claim in work.claims("title") if claim.line]
    return ", ".join(f"{escape(locator)}:{line}" for locator, line in sorted(places))


def _source(work: Publication, fields: Sequence[str] = ("title",)) -> str:
    """Where what is new stands: the places of the claims that won."""
    places = {
        escape(f"{doubts.place(claim.sighting.source)}{f':{claim.line}' if claim.line else ''}")
        for name in fields
        for claim in work.claims(name)[:1]
    }
    return ", ".join(sorted(places)) or escape(doubts.place(work.sightings[0].source))


def _problem(problem: Problem) -> str:
    where = f"{escape(str(problem.where))}: " if problem.where else ""
    return f"{where}{problem.code} {escape(problem.message)}"
