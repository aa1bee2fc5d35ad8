"""Whether the judge ever takes another paper for the one looked up: `python benchmarks/matching.py [--sample N]`.

Every record of two files of arXiv metadata (titles known to mislead, and 30,000 drawn at random) is looked up
without its identifiers, by title, authors and year, among all the others: once with the record itself among them,
where only itself is right, and once without it, where nothing is. What a search would answer is imitated by an index
of title words. All choices hang on the record's number, so that every run gives the same figures.
"""

from __future__ import annotations

import argparse
import json
import lzma
import multiprocessing
import random
import re
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pubtools import matching
from pubtools.fields import names, titles
from pubtools.models import ArxivId, Authors, Facts, Name, PartialDate

METADATA = Path(__file__).parents[2] / "shared" / "arxiv" / "metadata"
FILES = ("title_traps.jsonl.xz", "random30k_id_title_authors.jsonl.xz")
# As many as a search is asked for.
MOST_CANDIDATES = 50
_DOI = re.compile(r"10\.\d{4,9}/[^\s,;]+")


# ---------------------------------------------------------------- the records


def read() -> list[Facts]:
    """The records of both files, each arXiv number once."""
    rows: dict[str, dict[str, Any]] = {}
    for name in FILES:
        with lzma.open(METADATA / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                rows.setdefault(row["id"], row)
    return [facts(row) for row in rows.values()]


def facts(row: dict[str, Any]) -> Facts:
    """What arXiv says about a paper."""
    authors = row["authors"].split(", ") if isinstance(row["authors"], str) else row["authors"]
    year, month, day = map(int, row["created"].split("-"))
    doi = _DOI.search(row["doi"] or "")
    return Facts(
        title=row["title"],
        authors=Authors(names=tuple(names.parse(name) for name in authors if name.strip())),
        date=PartialDate(year=year, month=month, day=day),
        arxiv=ArxivId(number=row["id"]),
        doi=doi[0].lower() if doi else None,
    )


# ---------------------------------------------------------------- the disturbances


def as_it_is(wanted: Facts, _: random.Random) -> Facts:
    """The record as arXiv has it."""
    return wanted


def title_written_otherwise(wanted: Facts, dice: random.Random) -> Facts:
    """The title in other case, with other accents, dashes and TeX."""
    title = wanted.title or ""
    pieces = re.split(r"(\$[^$]*\$|\\[A-Za-z]+|\\.)", title)
    case = dice.choice((str.upper, str.lower, str.title))
    # Maths and commands mean something else in capitals.
    title = "".join(piece if number % 2 else case(piece) for number, piece in enumerate(pieces))
    if dice.random() < 0.5:  # accents lost, as on a keyboard without them
        title = re.sub(r"[\u0300-\u036f]", "", unicodedata.normalize("NFD", title))
        title = re.sub(r"\\[`'^\"~]\{?([A-Za-z])\}?", r"\1", title)
    else:  # accents in TeX, as in a .bib file
        marks = {"\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"'}
        title = re.sub(
            r"([A-Za-z])([\u0300-\u0303\u0308])",
            lambda found: f"{{\\{marks[found[2]]}{found[1]}}}",
            unicodedata.normalize("NFD", title),
        )
    dash = dice.choice(("\u2013", "\u2014", "\u2010", " - ", "--"))
    title = re.sub(r"(?<=\w)-(?=\w)", dash, title)
    if dice.random() < 0.5:  # maths as a web page shows it
        subscripts = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
        title = re.sub(r"_\{?(\d)\}?", lambda found: found[1].translate(subscripts), title)
        for command, sign in (("alpha", "α"), ("beta", "β"), ("lambda", "λ"), ("mu", "μ"), ("infty", "∞")):
            title = re.sub(rf"\\{command}(?![A-Za-z])", sign, title)
        title = title.replace("$", "")
    elif "$" not in title:  # a word guarded by braces, as in a .bib file
        words = title.split()
        at = dice.randrange(len(words))
        words[at] = f"{{{words[at]}}}" if "{" not in words[at] and "}" not in words[at] else words[at]
        title = " ".join(words)
    return wanted.model_copy(update={"title": title})


def surname_misspelt(wanted: Facts, dice: random.Random) -> Facts:
    """One letter of one author's surname is another, lost, or twice there."""
    if wanted.authors is None:
        return wanted
    listed = list(wanted.authors.names)
    at = dice.randrange(min(len(listed), 3))
    words = listed[at].literal.split()
    place = -1 if words[-1].strip(".").lower() not in ("jr", "sr", "ii", "iii") or len(words) < 3 else -2
    letter = dice.randrange(len(words[place]))
    kind = dice.choice(("other", "lost", "twice")) if len(words[place]) > 2 else "twice"
    old = words[place][letter]
    new = {"other": dice.choice([c for c in "aeiourstln" if c != old.lower()]), "lost": "", "twice": old * 2}[kind]
    words[place] = words[place][:letter] + new + words[place][letter + 1 :]
    listed[at] = names.parse(" ".join(words))
    return with_authors(wanted, listed)


def list_cut(wanted: Facts, _: random.Random) -> Facts:
    """The first three authors and "et al.", whatever the list's length."""
    return wanted if wanted.authors is None else with_authors(wanted, wanted.authors.names[:3], complete=False)


def with_authors(wanted: Facts, listed: Sequence[Name], complete: bool = True) -> Facts:
    """`wanted` with another list."""
    return wanted.model_copy(update={"authors": Authors(names=tuple(listed), complete=complete)})


Disturbance = Callable[[Facts, random.Random], Facts]
ROWS: tuple[tuple[str, tuple[Disturbance, ...]], ...] = (
    ("as it is", (as_it_is,)),
    ("title written otherwise", (title_written_otherwise,)),
    ("surname misspelt", (surname_misspelt,)),
    ("title and surname", (title_written_otherwise, surname_misspelt)),
    ("list cut to three", (list_cut,)),
    ("title, surname, list cut", (title_written_otherwise, surname_misspelt, list_cut)),
)


# ---------------------------------------------------------------- the look-ups


class Index:
    """Stands in for a search: records by the words of their titles."""

    def __init__(self, records: Sequence[Facts]) -> None:
        self.words: defaultdict[str, list[int]] = defaultdict(list)
        self.titles: defaultdict[str, list[int]] = defaultdict(list)
        for number, record in enumerate(records):
            folded = titles.fold(record.title or "")
            self.titles[folded].append(number)
            for word in set(folded.split()):
                self.words[word].append(number)

    def search(self, title: str) -> list[int]:
        """The records with that title, then those that share most of its four longest words, at least two."""
        folded = titles.fold(title)
        longest = sorted(set(folded.split()), key=lambda word: (-len(word), word))[:4]
        shared = Counter(number for word in longest for number in self.words.get(word, ()))
        enough = min(2, len(longest))
        likely = sorted((-count, number) for number, count in shared.items() if count >= enough)
        return list(dict.fromkeys([*self.titles.get(folded, ()), *(number for _, number in likely)]))[:MOST_CANDIDATES]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one record's look-ups: with itself among the candidates, and without."""

    number: int
    present: int | None
    present_reason: str
    removed: int | None
    score: float | None


RECORDS: list[Facts] = []
INDEX = Index(())


def look_up(job: tuple[int, int]) -> Outcome:
    """Both look-ups of one record, disturbed as one row of the table says."""
    row, number = job
    record = RECORDS[number]
    dice = random.Random(f"{record.arxiv.number if record.arxiv else number}")  # noqa: S311
    wanted = record.model_copy(
        update={"arxiv": None, "doi": None, "date": PartialDate(year=record.date.year) if record.date else None}
    )
    for disturb in ROWS[row][1]:
        wanted = disturb(wanted, dice)
    found = INDEX.search(wanted.title or "")
    others = [candidate for candidate in found if candidate != number]
    present = matching.choose(wanted, [RECORDS[candidate] for candidate in found])
    removed = matching.choose(wanted, [RECORDS[candidate] for candidate in others])
    return Outcome(
        number,
        None if present.index is None else found[present.index],
        present.reason,
        None if removed.index is None else others[removed.index],
        removed.match.score if removed.match else None,
    )


def kind(wanted: Facts, taken: Facts) -> str:
    """What a person can say about a paper taken in place of one that was not there."""
    same_names = (wanted.authors and [name.literal for name in wanted.authors.names]) == (
        taken.authors and [name.literal for name in taken.authors.names]
    )
    same_title = titles.fold(wanted.title or "") == titles.fold(taken.title or "")
    two_dois = wanted.doi and taken.doi and wanted.doi != taken.doi
    same_year = wanted.date and taken.date and wanted.date.year == taken.date.year
    return ", ".join(
        (
            "one title" if same_title else "a title alike",
            "the same authors" if same_names else "authors in common",
            "one year" if same_year else "another year",
            *(["two DOIs"] if two_dois else ["one DOI"] if wanted.doi and taken.doi else []),
        )
    )


def line(name: str, outcomes: Sequence[Outcome]) -> str:
    """A row of the table; a paper "unlike" the wanted one differs in title or authors."""
    found = sum(outcome.present == outcome.number for outcome in outcomes)
    wrong = sum(outcome.present not in (None, outcome.number) for outcome in outcomes)
    ambiguous = sum(outcome.present_reason.startswith("ambiguous") for outcome in outcomes)
    taken = [outcome for outcome in outcomes if outcome.removed is not None]
    unlike = sum(not alike(outcome) for outcome in taken)
    none = len(outcomes) - found - wrong - ambiguous
    rate = f"{found / len(outcomes):.2%}"
    return f"{name:<26}|{found:>8} {rate:>8}{ambiguous:>10}{none:>6}{wrong:>6}|{len(taken):>8}{unlike:>7}"


def alike(outcome: Outcome) -> bool:
    """Whether the paper taken in place of a removed one bears its title and its authors, to the letter."""
    return outcome.removed is None or kind(RECORDS[outcome.number], RECORDS[outcome.removed]).startswith(
        "one title, the same authors"
    )


def report(listed: dict[str, list[Outcome]], everything: bool) -> None:
    """Why records were not found, and what was taken in place of those removed."""
    for name, outcomes in listed.items():
        missed = [outcome for outcome in outcomes if outcome.present != outcome.number]
        taken = [outcome for outcome in outcomes if outcome.removed is not None]
        print(f"\n{name}: why not found")
        for reason, count in Counter(re.sub(r":.*", "", outcome.present_reason) for outcome in missed).most_common():
            print(f"{count:>7} {reason}")
        print(f"{name}: taken in place of one removed")
        kinds = Counter(kind(RECORDS[outcome.number], RECORDS[outcome.removed or 0]) for outcome in taken)
        for what, count in kinds.most_common():
            print(f"{count:>7} {what}")
        if everything:
            for outcome in missed:
                print("  missed", show(outcome.number), "|", outcome.present_reason)
            for outcome in taken:
                print("  taken ", show(outcome.number), "|", show(outcome.removed or 0), outcome.score)


def show(number: int) -> str:
    """A record in one line."""
    record = RECORDS[number]
    listed = [name.literal for name in record.authors.names] if record.authors else []
    return (
        f"{record.arxiv.number if record.arxiv else ''} {record.date and record.date.year} {record.title} {listed[:5]}"
    )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="look up every so-manieth record, N in all")
    parser.add_argument("--list", action="store_true", help="name every record missed or taken wrongly")
    parser.add_argument("--processes", type=int, default=multiprocessing.cpu_count())
    arguments = parser.parse_args()
    missing = [str(METADATA / name) for name in FILES if not (METADATA / name).exists()]
    if missing:
        raise SystemExit(f"no records to look up, and so no figures: {', '.join(missing)} is not there")
    start = time.perf_counter()
    RECORDS.extend(read())
    INDEX.__init__(RECORDS)  # type: ignore[misc]
    numbers = range(0, len(RECORDS), max(1, len(RECORDS) // arguments.sample) if arguments.sample else 1)
    print(f"{len(numbers):,} of {len(RECORDS):,} records looked up, read in {time.perf_counter() - start:.0f} s")
    print(f"{'':<26}|{'itself among the candidates':^38}|{'itself removed':^15}")
    print(f"{'':<26}|{'found':>8} {'':>8}{'ambiguous':>10}{'none':>6}{'wrong':>6}|{'taken':>8}{'unlike':>7}")
    # Forked, so that the records are shared.
    with multiprocessing.get_context("fork").Pool(arguments.processes) as pool:
        listed: dict[str, list[Outcome]] = {}
        for row, (name, _) in enumerate(ROWS):
            outcomes = pool.map(look_up, [(row, number) for number in numbers], chunksize=200)
            print(line(name, outcomes))
            listed[name] = outcomes
    report(listed, everything=arguments.list)
    print(f"{time.perf_counter() - start:.0f} s in all")


if __name__ == "__main__":
    main()
