"""Are two records one work? One judge for merging and look-ups; in doubt they are two, and it is reported."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations, product
from typing import Literal, NamedTuple

from pubtools import patterns
from pubtools.fields import letters, names, titles
from pubtools.models import Authors, Facts, Match, Name, PartialDate

# Title likeness from which two titles may be one, and from which the question is worth a person's while. A word of
# content that differs keeps likeness below the first, see `titles.ALIKE`.
SAME_TITLE = 0.9
NEAR_TITLE = 0.8
# The share of authors from which two lists may be one: where one is cut, and where both are complete. A complete list
# with another author is a paper's successor as often as the paper (1106.4921 and 1106.4922 of one day, one title).
SAME_AUTHORS = 0.5
SAME_COMPLETE_AUTHORS = 0.8
# From preprint to print it takes up to three years; a longer gap wants a person.
YEARS_APART = 3
# What title, authors, date and a shared identifier weigh.
WEIGHTS = {"title": 3.0, "authors": 2.0, "date": 1.0, "id": 4.0}
# What a name is worth that agrees in full, by initials or with other accents, but for a small misspelling, and but
# for another one under the same title. Of two papers that could be meant, the one with the name in full is the better.
EXACT, AGREES, NEAR, MISSPELT = 1.0, 0.95, 0.9, 0.8
# Two letters may be wrong in a family name of this length, which leaves it this much alike.
LONG_NAME, LONG_NAME_LIKENESS = 6, 0.75
# Lists with the same names in another order: alphabetical lists exist, and so do two papers of one team.
OTHER_ORDER = 0.9
# Two known days (or months) of one year that differ: revised dates exist, but the same day is the same paper.
SAME_YEAR = 0.85
# How far the best of several candidates must stand from the second.
CLEAR = 0.02
# Titles that many works bear: this short, they need all authors and the year besides; stock ones an identifier.
FEWEST_WORDS = 3
_STOCK = (
    r"introduction|overview|survey|review|editorial|preface|foreword|abstract|summary|conclusions?|discussion|"
    r"commentary|comment|reply|response|rejoinder|erratum|errata|corrigendum|addendum|book review"
)
_GENERIC = patterns.compile(
    rf"(an? )?((brief|short|gentle|general) )?({_STOCK}|deep learning|machine learning)( (to|of) [^ ]+( [^ ]+)?)?"
)
_STOCK_ONLY = patterns.compile(rf"(an? )?({_STOCK})")
# A work about a work bears its title.
_ABOUT = patterns.compile(
    r"^(a )?(comments?|commentary|reply|response|rejoinder|discussion|erratum|errata|corrigendum|correction|addendum|"
    r"retraction|supplement(ary)?( materials?| information)?|review)( (on|to|of|for))?\b"
    r"|\b(erratum|errata|corrigendum|addendum|reply|rejoinder|supplement(ary materials?)?)$"
)
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
_ONE_LETTER_ROMAN = {"i": "1", "v": "5", "x": "10"}
# More works than this under one title word say nothing about one another.
_CROWD = 200


class Judgement(NamedTuple):
    """The verdict on two records, what it rests on, and a reason for people."""

    verdict: Literal["same", "different", "unsure"]
    reason: str
    match: Match | None = None


def judge(one: Facts, other: Facts) -> Judgement:
    """Whether `one` and `other` are the same work. Symmetric; first the vetoes, then title, authors and years.

    A title alone never suffices: a surname in common is wanted, or an identifier.
    """
    shared_id = _one_identifier(one, other)
    if not shared_id:
        if one.arxiv and other.arxiv:
            return Judgement("different", "two arXiv numbers")
        if one.doi and other.doi and one.doi.split("/")[0] == other.doi.split("/")[0]:
            return Judgement("different", "two DOIs of one registrant")
    if one.title is None or other.title is None:
        return Judgement("same" if shared_id else "different", "no title to compare")
    if _number_words(one.title) != _number_words(other.title):
        return Judgement("unsure" if shared_id else "different", "another part or number in the title")

    title = titles.likeness(one.title, other.title, at_least=0.0 if shared_id else NEAR_TITLE)
    if title < NEAR_TITLE and not shared_id:
        return Judgement("different", "another title")
    if _is_about(one.title) != _is_about(other.title):
        return Judgement("different", "one is about the other: a comment, reply or erratum")
    authors = None
    if one.authors and other.authors:
        authors = author_score(one.authors, other.authors, one_title=title == 1 and not is_generic(one.title))
    years = _date_score(one.date, other.date)
    match = Match(
        score=_score(title=title, authors=authors, date=years, id=1.0 if shared_id else None),
        title=round(title, 4),
        authors=authors,
        date=years,
        id=1.0 if shared_id else None,
    )
    if shared_id:
        sure = title >= 0.5 and authors != 0
        return Judgement("same" if sure else "unsure", "one identifier" + ("" if sure else ", but another work"), match)
    if authors == 0:
        return Judgement("different", "no author in common", match)
    if title < SAME_TITLE:
        return Judgement(
            "unsure" if (authors or 0) >= SAME_AUTHORS else "different", "titles that are only alike", match
        )
    if is_generic(one.title) and (
        _STOCK_ONLY.fullmatch(titles.fold(one.title))
        or (authors or 0) < AGREES * OTHER_ORDER
        or (years or 0) < SAME_YEAR
    ):
        return Judgement("unsure", "a title that many works bear", match)
    if _says_the_same(one, other):
        return Judgement("same", "the same in every word", match)
    if authors is None:
        return Judgement("unsure", "one title, but no authors to compare", match)
    both_complete = one.authors and other.authors and one.authors.complete and other.authors.complete
    if authors < (SAME_COMPLETE_AUTHORS if both_complete else SAME_AUTHORS):
        return Judgement("unsure", "one title, but other authors", match)
    if years == 0:
        return Judgement("unsure", f"one title, but more than {YEARS_APART} years apart", match)
    return Judgement("same", "title and authors", match)


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate that is the wanted work, by its index, with what it rests on; None, and why, where none is."""

    index: int | None
    match: Match | None
    reason: str


def choose(wanted: Facts, candidates: Sequence[Facts]) -> Choice:
    """The one of `candidates` that is the `wanted` work, if one is and stands clear of the others.

    Which one does not depend on their order. One work that is there twice under one identifier is no rival to itself.
    """
    judged = [(judge(wanted, candidate), index) for index, candidate in enumerate(candidates)]
    rivals = sorted(
        ((judgement.match.score, -index, judgement) for judgement, index in judged
         if judgement.match and judgement.verdict != "different"),
        key=lambda rival: rival[:2],
        reverse=True,
    )  # fmt: skip
    if not rivals:
        return Choice(None, None, "no candidate is like it" if candidates else "no candidates")
    score, place, best = rivals[0]
    index = -place
    if best.verdict != "same":
        return Choice(None, best.match, f"{best.reason}: {_name(candidates[index])}")
    for other_score, other_place, _ in rivals[1:]:
        if score - other_score < CLEAR and not _one_record(candidates[index], candidates[-other_place]):
            both = " or ".join(sorted((_name(candidates[index]), _name(candidates[-other_place]))))
            return Choice(None, best.match, f"ambiguous: {both}")
    return Choice(index, best.match, best.reason)


def author_score(one: Authors, other: Authors, one_title: bool = False) -> float:
    """The share of authors that two lists have in common, in [0, 1].

    A cut list is compared by its place in the other one (lists are cut at the end), complete ones as sets; a small
    misspelling of a family name counts as the same author, under `one_title` a letter or two.
    """
    pairs = list(zip(one.names, other.names, strict=False))
    if one.complete and other.complete:
        aligned = [_agree(a, b, one_title) for a, b in pairs]
        longest = max(len(one.names), len(other.names))
        if all(aligned):
            return round(sum(aligned) / longest, 4)
        common = sum(aligned) + _in_common(
            _unaligned(one.names, aligned),
            _unaligned(other.names, aligned),
            one_title,
        )
        return round(common / longest, 4)
    shown = min(len(one.names), len(other.names))
    if (one.complete and shown < len(other.names)) or (other.complete and shown < len(one.names)):
        shown = max(len(one.names), len(other.names))  # the cut list shows more names than the complete one has
    return round(sum(_agree(a, b, one_title) for a, b in pairs) / shown, 4)


@lru_cache(maxsize=65536)
def is_generic(title: str) -> bool:
    """Whether many works may bear `title`: a word or two, or a stock phrase."""
    folded = titles.fold(title)
    return len(folded.split()) < FEWEST_WORDS or bool(_GENERIC.fullmatch(folded))


class Grouping(NamedTuple):
    """Indices of records grouped into works, each sorted, and the pairs that may be one work but are not taken so."""

    groups: tuple[tuple[int, ...], ...]
    doubts: tuple[tuple[int, int, Judgement], ...]


class Rule(NamedTuple):
    """The user's word that the works called by any of two sets of folded titles are one work, or two."""

    one: frozenset[str]
    other: frozenset[str]
    same: bool


def group(records: Sequence[Facts], rules: Sequence[Rule] = ()) -> Grouping:
    """`records` grouped into works; which are grouped does not depend on their order.

    Where a record is the same as two that are not the same as each other, only identifiers and `rules` join:
    ambiguous means none taken, and reported.
    """
    verdicts = {pair: judge(records[pair[0]], records[pair[1]]) for pair in _candidates(records)}
    verdicts |= _ruled(records, rules)
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
        for part in _components(component, by_id):
            apart = any(verdicts.get(pair) is _APART for pair in combinations(part, 2))
            groups += [(member,) for member in part] if apart else [part]
        for pair in set(inside) - set(by_id):
            doubts[pair] = Judgement("unsure", "it could be either of two works", verdicts[pair].match)
    place = {index: number for number, members in enumerate(groups) for index in members}
    open_doubts = [(*pair, judgement) for pair, judgement in doubts.items() if place[pair[0]] != place[pair[1]]]
    return Grouping(tuple(sorted(groups)), tuple(sorted(open_doubts, key=lambda doubt: doubt[:2])))


# ---------------------------------------------------------------- inside


# The user's word: it weighs as an identifier does.
_TOGETHER = Judgement("same", "the user says so", Match(score=1, id=1))
_APART = Judgement("different", "the user says so", None)


def _ruled(records: Sequence[Facts], rules: Sequence[Rule]) -> dict[tuple[int, int], Judgement]:
    """What the user says of pairs of records; for one set of titles beside another, all pairs between them."""
    verdicts: dict[tuple[int, int], Judgement] = {}
    folded = [titles.fold(record.title or "") for record in records] if rules else []
    for rule in rules:
        one, other = ([i for i, title in enumerate(folded) if title in side] for side in (rule.one, rule.other))
        for a, b in product(one, other):
            if a != b:
                verdicts[(min(a, b), max(a, b))] = _TOGETHER if rule.same else _APART
    return verdicts


def _says_the_same(one: Facts, other: Facts) -> bool:
    return one.model_copy(update={"hints": ()}) == other.model_copy(update={"hints": ()})


def _score(**parts: float | None) -> float:
    """The weighted mean of what is known."""
    known = [(worth, WEIGHTS[name]) for name, worth in parts.items() if worth is not None]
    return round(sum(worth * weight for worth, weight in known) / sum(weight for _, weight in known), 4)


def _date_score(one: PartialDate | None, other: PartialDate | None) -> float | None:
    """1.0 for one date as far as both are known, less for each year between, 0.0 beyond `YEARS_APART`.

    None where a year is unknown.
    """
    if one is None or other is None or one.year is None or other.year is None:
        return None
    apart = abs(one.year - other.year)
    if apart > YEARS_APART:
        return 0.0
    if apart:
        return round(1 - apart / (YEARS_APART + 1), 4)
    return 1.0 if all(a == b for a, b in zip(one.parts, other.parts, strict=False)) else SAME_YEAR


def _agree(one: Name, other: Name, one_title: bool) -> float:
    """What the agreement of two names is worth; 0.0 where they are two people."""
    if one.literal == other.literal:
        return EXACT
    verdict = names.compare(one, other)
    if verdict == "same":
        return EXACT if letters.fold(one.literal) == letters.fold(other.literal) else AGREES
    if verdict == "near":
        return NEAR
    return MISSPELT if one_title and _misspelt(one, other) else 0.0


def _misspelt(one: Name, other: Name) -> bool:
    """Whether two family names differ in a letter, or in two where they are long ("Babbage", "Babbidge").

    "Wei Zhang" and "Wei Zheng" are two people, but two that never wrote two papers of one long title.
    """
    words, others = letters.fold(one.literal).split(), letters.fold(other.literal).split()
    if len(words) < 2 or len(words) != len(others):
        return False
    apart = [(a, b) for a, b in zip(words, others, strict=True) if a != b]
    if len(apart) != 1:
        return False
    (a, b) = apart[0]
    if not all(word in letters.fold(name.family or name.literal).split() for word, name in ((a, one), (b, other))):
        return False  # the given names are to agree
    short, long = sorted((a, b), key=lambda word: (len(word), word))
    if len(short) >= LONG_NAME and SequenceMatcher(None, short, long, autojunk=False).ratio() >= LONG_NAME_LIKENESS:
        return True
    if len(short) == len(long):
        return len(long) > 1 and sum(x != y for x, y in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _unaligned(listed: Sequence[Name], aligned: Sequence[float]) -> list[Name]:
    """The names that do not agree with the one in their place, and those beyond the other list's end."""
    return [name for at, name in enumerate(listed) if at >= len(aligned) or not aligned[at]]


def _in_common(one: Sequence[Name], other: Sequence[Name], one_title: bool) -> float:
    """What the names that two lists share outside their places are worth together, the surest pairs first."""
    # Of two long lists in another order most names are the same to the letter; every pair would be a million.
    alike = Counter(name.literal for name in one) & Counter(name.literal for name in other)
    total = EXACT * OTHER_ORDER * alike.total()
    left, right = _without(one, alike), _without(other, alike)
    pairs = [
        (-worth, a + b, abs(a - b), a, b)
        for a, name in enumerate(left)
        for b, candidate in enumerate(right)
        if (worth := _agree(name, candidate, one_title))
    ]
    taken, given = set[int](), set[int]()
    for minus_worth, _, _, a, b in sorted(pairs):
        if a not in taken and b not in given:
            taken.add(a)
            given.add(b)
            total -= minus_worth * OTHER_ORDER
    return total


def _without(listed: Sequence[Name], literals: Counter[str]) -> list[Name]:
    rest = Counter(literals)
    kept = []
    for name in listed:
        if rest[name.literal]:
            rest[name.literal] -= 1
        else:
            kept.append(name)
    return kept


def _one_identifier(one: Facts, other: Facts) -> bool:
    return bool(
        (one.arxiv and other.arxiv and one.arxiv.number == other.arxiv.number) or (one.doi and one.doi == other.doi)
    )


def _one_record(one: Facts, other: Facts) -> bool:
    """Whether two candidates are one record; two arXiv numbers are two, though a DOI says that the work is one."""
    return _one_identifier(one, other) and not (one.arxiv and other.arxiv and one.arxiv.number != other.arxiv.number)


def _name(facts: Facts) -> str:
    """How a reason names a record."""
    known = facts.arxiv.number if facts.arxiv else facts.doi or facts.title or "untitled"
    return f"{known} ({facts.date.year})" if facts.date and facts.date.year else known


@lru_cache(maxsize=65536)
def _is_about(title: str) -> bool:
    return bool(_ABOUT.search(titles.fold(title)))


@lru_cache(maxsize=65536)
def _number_words(title: str) -> str:
    """The numbers in a title, Roman ones too: "Part I", "II", "2" tell works apart.

    The digits stand in one, because the same number is written `Z_2` and `Z2`, `10^15` and `1015`.
    """
    words = titles.fold(title).split()
    numbers = []
    for index, word in enumerate(words):
        if word in _ROMAN:
            numbers.append(_ROMAN[word])
        elif word in _ONE_LETTER_ROMAN and (
            index == len(words) - 1 or (index and words[index - 1] in ("part", "volume", "vol", "paper"))
        ):
            numbers.append(_ONE_LETTER_ROMAN[word])
        elif not word.isalpha():
            numbers.append("".join(letter for letter in word if letter.isdigit()))
    return "".join(numbers)


def _candidates(records: Sequence[Facts]) -> list[tuple[int, int]]:
    """The pairs of records that may be one work: they share an identifier, a title, or two of its longest words."""
    shelves: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    longest: list[list[str]] = []
    for index, facts in enumerate(records):
        if facts.arxiv:
            shelves["arxiv", facts.arxiv.number].append(index)
        if facts.doi:
            shelves["doi", facts.doi].append(index)
        folded = titles.fold(facts.title or "")
        if folded:
            shelves["title", folded].append(index)
        # One of the longest words may be misspelt or hyphenated otherwise; hardly three of four.
        longest.append(sorted(sorted(set(folded.split())), key=len, reverse=True)[:4])
    pairs = {pair for shelf in shelves.values() for pair in combinations(shelf, 2)}
    return sorted(pairs.union(_alike(longest)))


def _alike(longest: Sequence[Sequence[str]]) -> Iterator[tuple[int, int]]:
    """The pairs of records that share two of their `longest` words, or one where one of them has no second."""
    # Records are bits here, and sets of them numbers: with hundreds of records, most pairs share a word.
    words: defaultdict[str, int] = defaultdict(int)
    short = 0
    for index, own in enumerate(longest):
        if len(own) < 2:
            short |= 1 << index
        for word in own:
            words[word] |= 1 << index
    telling = {word: those for word, those in words.items() if those.bit_count() <= _CROWD}
    for index, own in enumerate(longest):
        once = twice = 0
        for word in own:
            those = telling.get(word, 0)
            twice |= once & those
            once |= those
        alike = (twice | (once if short >> index & 1 else once & short)) >> index + 1
        while alike:
            lowest = alike & -alike
            yield index, index + lowest.bit_length()
            alike ^= lowest


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
