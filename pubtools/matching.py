"""Are two records one work? One judge for merging and look-ups; in doubt they are two, and it is reported."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Literal

from pubtools.fields import names, titles
from pubtools.models import Authors, Facts, Match, PartialDate

# Title likeness from which two titles may be one, and from which the question is worth a person's while.
SAME_TITLE = 0.9
NEAR_TITLE = 0.8
# The share of aligned authors from which two lists may be one.
SAME_AUTHORS = 0.5
# From preprint to print it takes up to three years; a longer gap wants a person.
YEARS_APART = 3
# Titles that many works bear: no evidence without an identifier.
FEWEST_WORDS = 3
_GENERIC = re.compile(
    r"(an? )?((brief|short|gentle|general) )?(introduction|overview|survey|review|editorial|preface|foreword|abstract|"
    r"summary|conclusions?|discussion|commentary|book review|deep learning|machine learning)( (to|of) [^ ]+( [^ ]+)?)?"
)
# A work about a work bears its title.
_ABOUT = re.compile(
    r"^(a )?(comments?|commentary|reply|response|rejoinder|discussion|erratum|errata|corrigendum|correction|addendum|"
    r"retraction|supplement(ary)?( materials?| information)?|review)( (on|to|of|for))?\b"
    r"|\b(erratum|errata|corrigendum|addendum|reply|rejoinder|supplement(ary materials?)?)$"
)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ONE_LETTER_ROMAN = {"i": "1", "v": "5", "x": "10"}
# More works than this under one title word say nothing about one another.
_CROWD = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict on two records, what it rests on, and a reason for people."""

    verdict: Literal["same", "different", "unsure"]
    reason: str
    match: Match | None = None


def judge(one: Facts, other: Facts) -> Judgement:
    """Whether `one` and `other` are the same work. Symmetric; first the vetoes, then title, authors and years.

    A title alone never suffices: a surname in common is wanted, or an identifier.
    """
    shared_id = bool(
        (one.arxiv and other.arxiv and one.arxiv.number == other.arxiv.number) or (one.doi and one.doi == other.doi)
    )
    if not shared_id:
        if one.arxiv and other.arxiv:
            return Judgement("different", "two arXiv numbers")
        if one.doi and other.doi and one.doi.split("/")[0] == other.doi.split("/")[0]:
            return Judgement("different", "two DOIs of one registrant")
    if one.title is None or other.title is None:
        return Judgement("same" if shared_id else "different", "no title to compare")
    if _number_words(one.title) != _number_words(other.title):
        return Judgement("unsure" if shared_id else "different", "another part or number in the title")
    if bool(_ABOUT.search(titles.fold(one.title))) != bool(_ABOUT.search(titles.fold(other.title))):
        return Judgement("different", "one is about the other: a comment, reply or erratum")

    title = titles.likeness(one.title, other.title, at_least=0.0 if shared_id else NEAR_TITLE)
    authors = author_score(one.authors, other.authors) if one.authors and other.authors else None
    years = _year_score(one.date, other.date)
    parts = [(title, 3.0), (authors, 2.0), (years, 1.0), (1.0 if shared_id else None, 4.0)]
    known = [(score, weight) for score, weight in parts if score is not None]
    score = round(sum(score * weight for score, weight in known) / sum(weight for _, weight in known), 4)
    match = Match(score=score, title=round(title, 4), authors=authors, date=years, id=1.0 if shared_id else None)
    if shared_id:
        sure = title >= 0.5 and authors != 0
        return Judgement("same" if sure else "unsure", "one identifier" + ("" if sure else ", but another work"), match)
    if title < NEAR_TITLE:
        return Judgement("different", "another title", match)
    if authors == 0:
        return Judgement("different", "no author in common", match)
    if title < SAME_TITLE:
        return Judgement(
            "unsure" if (authors or 0) >= SAME_AUTHORS else "different", "titles that are only alike", match
        )
    if is_generic(one.title):
        return Judgement("unsure", "a title that many works bear", match)
    if _says_the_same(one, other):
        return Judgement("same", "the same in every word", match)
    if authors is None:
        return Judgement("unsure", "one title, but no authors to compare", match)
    if authors < SAME_AUTHORS:
        return Judgement("unsure", "one title, but other authors", match)
    if years == 0:
        return Judgement("unsure", f"one title, but more than {YEARS_APART} years apart", match)
    return Judgement("same", "title and authors", match)


def author_score(one: Authors, other: Authors) -> float:
    """The share of authors that two lists have in common, in [0, 1].

    A cut list is compared by its place in the other one (lists are cut at the end), complete ones as sets; a small
    misspelling of a family name counts as the same author.
    """
    if one.complete and other.complete:
        rest = list(other.names)
        common = 0
        for name in one.names:
            found = next((candidate for candidate in rest if names.compare(name, candidate) != "different"), None)
            if found:
                rest.remove(found)
                common += 1
        return round(common / max(len(one.names), len(other.names)), 4)
    shown = min(len(one.names), len(other.names))
    if (one.complete and shown < len(other.names)) or (other.complete and shown < len(one.names)):
        shown = max(len(one.names), len(other.names))  # the cut list shows more names than the complete one has
    pairs = zip(one.names, other.names, strict=False)
    return round(sum(names.compare(a, b) != "different" for a, b in pairs) / shown, 4)


def is_generic(title: str) -> bool:
    """Whether many works may bear `title`: a word or two, or a stock phrase."""
    folded = titles.fold(title)
    return len(folded.split()) < FEWEST_WORDS or bool(_GENERIC.fullmatch(folded))


@dataclass(frozen=True, slots=True)
class Grouping:
    """Indices of records grouped into works, each sorted, and the pairs that may be one work but are not taken so."""

    groups: tuple[tuple[int, ...], ...]
    doubts: tuple[tuple[int, int, Judgement], ...]


def group(records: Sequence[Facts]) -> Grouping:
    """`records` grouped into works; which are grouped does not depend on their order.

    Where a record is the same as two that are not the same as each other, only identifiers join: ambiguous means
    none taken, and reported.
    """
    verdicts = {pair: judge(records[pair[0]], records[pair[1]]) for pair in _candidates(records)}
    joined = [pair for pair, judgement in verdicts.items() if judgement.verdict == "same"]
    doubts = {pair: judgement for pair, judgement in verdicts.items() if judgement.verdict == "unsure"}
    groups: list[tuple[int, ...]] = []
    for component in _components(range(len(records)), joined):
        torn = any(
            (verdicts.get(pair) or judge(records[pair[0]], records[pair[1]])).verdict == "different"
            for pair in combinations(component, 2)
        )
        if not torn:
            groups.append(component)
            continue
        inside = [pair for pair in joined if pair[0] in component]
        by_id = [pair for pair in inside if (match := verdicts[pair].match) and match.id]
        groups += _components(component, by_id)
        for pair in set(inside) - set(by_id):
            doubts[pair] = Judgement("unsure", "it could be either of two works", verdicts[pair].match)
    place = {index: number for number, members in enumerate(groups) for index in members}
    open_doubts = [(*pair, judgement) for pair, judgement in doubts.items() if place[pair[0]] != place[pair[1]]]
    return Grouping(tuple(sorted(groups)), tuple(sorted(open_doubts, key=lambda doubt: doubt[:2])))


# ---------------------------------------------------------------- inside


def _says_the_same(one: Facts, other: Facts) -> bool:
    return one.model_copy(update={"hints": ()}) == other.model_copy(update={"hints": ()})


def _year_score(one: PartialDate | None, other: PartialDate | None) -> float | None:
    """1.0 for the same year, less for each year between, 0.0 beyond `YEARS_APART`; None where one is unknown."""
    if one is None or other is None or one.year is None or other.year is None:
        return None
    apart = abs(one.year - other.year)
    return 0.0 if apart > YEARS_APART else round(1 - apart / (YEARS_APART + 1), 4)


@lru_cache(maxsize=65536)
def _number_words(title: str) -> tuple[str, ...]:
    """The numbers in a title, Roman ones too: "Part I", "II", "2" tell works apart."""
    words = titles.fold(title).split()
    numbers = []
    for index, word in enumerate(words):
        if word.isdigit():
            numbers.append(word)
        elif word in _ROMAN:
            numbers.append(_ROMAN[word])
        elif word in _ONE_LETTER_ROMAN and (
            index == len(words) - 1 or (index and words[index - 1] in ("part", "volume", "vol", "paper"))
        ):
            numbers.append(_ONE_LETTER_ROMAN[word])
    return tuple(sorted(numbers))


def _candidates(records: Sequence[Facts]) -> Iterator[tuple[int, int]]:
    """Pairs worth judging, each once: they share an identifier, a title, or two of its longest words."""
    shelves: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    words: defaultdict[str, list[int]] = defaultdict(list)
    fewest: list[int] = []
    for index, facts in enumerate(records):
        if facts.arxiv:
            shelves["arxiv", facts.arxiv.number].append(index)
        if facts.doi:
            shelves["doi", facts.doi].append(index)
        folded = titles.fold(facts.title or "")
        if folded:
            shelves["title", folded].append(index)
        # One of the longest words may be misspelt or hyphenated otherwise; hardly three of four.
        longest = sorted(set(folded.split()), key=lambda word: (-len(word), word))[:4]
        fewest.append(min(2, len(longest)))
        for word in longest:
            words[word].append(index)
    pairs = {pair for shelf in shelves.values() for pair in combinations(shelf, 2)}
    shared: Counter[tuple[int, int]] = Counter()
    for shelf in words.values():
        if len(shelf) <= _CROWD:
            shared.update(combinations(shelf, 2))
    pairs.update(pair for pair, count in shared.items() if count >= min(fewest[pair[0]], fewest[pair[1]]))
    return iter(sorted(pairs))


def _components(nodes: Sequence[int], edges: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """The connected components of a graph, each sorted."""
    parent = {node: node for node in nodes}

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for a, b in edges:
        parent[root(a)] = root(b)
    members: defaultdict[int, list[int]] = defaultdict(list)
    for node in nodes:
        members[root(node)].append(node)
    return [tuple(sorted(group)) for group in members.values()]
