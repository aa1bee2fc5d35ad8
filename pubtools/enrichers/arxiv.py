"""arXiv: what it says of publications that we hold, and never what it says of another paper.

Known numbers are asked for first, then all other titles together, then the papers of the page's owner for what is
left. Which records come back is the catalogue's business; whether one is the publication is `matching`'s alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pubtools import matching
from pubtools.enrichers import Absent, Answer, Candidate, Catalogue, CouldNotAsk, Found
from pubtools.errors import EnrichmentError
from pubtools.models import Match, Publication, Sighting, Source

# arXiv has the title, names and date from the authors themselves; a publisher's record of print stands above it.
TRUST = 70


def look_up(wanted: Sequence[Publication], owners: Sequence[str], catalogue: Catalogue) -> Iterator[Answer]:
    """One answer for each of `wanted`, in three questions at most; an unasked one is never called absent.

    `owners` are the names to ask for what no title found: the first of them is asked.
    """
    numbered = [publication for publication in wanted if publication.arxiv]
    titled = [publication for publication in wanted if not publication.arxiv]
    yield from _by_numbers(numbered, catalogue)
    yield from _by_titles(titled, owners, catalogue)


# ---------------------------------------------------------------- inside


def _by_numbers(wanted: Sequence[Publication], catalogue: Catalogue) -> Iterator[Answer]:
    numbers = list(dict.fromkeys(publication.arxiv.number for publication in wanted if publication.arxiv))
    try:
        found = {_number(record): record for record in catalogue.by_ids(numbers)} if numbers else {}
    except EnrichmentError as error:
        yield from _could_not_ask(wanted, error)
        return
    for publication in wanted:
        number = publication.arxiv.number if publication.arxiv else ""
        # Unknown numbers just vanish from the answer (arXiv API manual 5.1.1).
        yield (
            _judged(publication, found[number])
            if number in found
            else Absent(publication.key, f"arXiv has no {number}")
        )


def _judged(publication: Publication, record: Candidate) -> Answer:
    """The record under the publication's own number; another work than it says is taken only at the user's word."""
    judgement = matching.judge(publication, record.facts)
    claims = publication.claims("arxiv")
    pinned = bool(claims) and claims[0].sighting.source.kind == "user"
    if judgement.verdict == "same" or pinned:
        return _found(publication, record, judgement.match or Match(score=1.0, id=1.0))
    title = record.facts.title or ""
    return Absent(publication.key, f"{_number(record)} is another work there, {title!r}: {judgement.reason}")


def _by_titles(wanted: Sequence[Publication], owners: Sequence[str], catalogue: Catalogue) -> Iterator[Answer]:
    if not wanted:
        return
    try:
        records = catalogue.by_titles([publication.title for publication in wanted])
    except EnrichmentError as error:
        yield from _could_not_ask(wanted, error)
        return
    left = []
    for publication in wanted:
        answer = _chosen(publication, records)
        if isinstance(answer, Found) or not owners:
            yield answer
        else:
            left.append(publication)
    if not left:
        return
    try:
        # Together with what the titles found: one more record may make two that cannot be told apart.
        records = _once([*records, *catalogue.by_author(owners[0])])
    except EnrichmentError as error:
        yield from _could_not_ask(left, error)
        return
    for publication in left:
        yield _chosen(publication, records)


def _chosen(publication: Publication, records: Sequence[Candidate]) -> Answer:
    choice = matching.choose(publication, [record.facts for record in records])
    if choice.index is None:
        return Absent(publication.key, choice.reason)
    return _found(publication, records[choice.index], choice.match)


def _found(publication: Publication, record: Candidate, match: Match | None) -> Found:
    # The number without its version is the place: a new version is the same record, seen later.
    source = Source(kind="arxiv", locator=_number(record), seen=record.updated, trust=TRUST)
    return Found(publication.key, Sighting(source=source, facts=record.facts, match=match))


def _number(record: Candidate) -> str:
    return record.facts.arxiv.number if record.facts.arxiv else record.locator


def _once(records: Sequence[Candidate]) -> list[Candidate]:
    return list({_number(record): record for record in records}.values())


def _could_not_ask(publications: Sequence[Publication], error: EnrichmentError) -> Iterator[Answer]:
    reason = f"{error.service}: {error.message.removeprefix(f'{error.service}: ')}"
    return (CouldNotAsk(publication.key, reason) for publication in publications)
