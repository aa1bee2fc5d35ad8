"""How well people's pages are read: `python benchmarks/reading.py [--skip-held-out] [--reveal] [--pages a,b]`.

Every page of a bench of real pages, and every line of two sets of references as a page of its own, goes the way of
`pubtools normalise` and `export --format csl-json`, and what comes out is judged by the bench's own scorer. Beside
its table stands how often a value that was given is right on the entries that pubtools does not call doubtful: a
wrong fact is worse than a missing one.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from pubtools import merging, pipeline, sightings
from pubtools.config import NOTHING
from pubtools.errors import PubtoolsError
from pubtools.exporters import csl_json
from pubtools.models import RawEntry, Reading
from pubtools.page import Page
from pubtools.people import People

BENCH = Path(__file__).parents[2] / "shared" / "bench"
# Kept from tuning: nobody who wrote a rule of the layouts has read these pages, or the mistakes made on them, so
# their totals tell how strangers' pages are read. One of each kind of page that has a second one to learn from.
# "html-ling-stewart" and "list-enum-wasa" were among them when that was measured first (F1 of the seven: 0.731); what
# had gone wrong on these two was looked at afterwards, so they count as tuned from then on.
HELD_OUT = (
    "alfolio-home-zhang",
    "cvpdf-bioinf-laajala",
    "html-control-ahn",
    "html-ml-ament",
    "html-phys-raufaste",
)
# Of the references, every third line is kept so.
HELD_OUT_REFERENCE = 3
# Runs of the speed measurement. What else a machine does only ever adds to a run: the best of each page tells what
# reading takes, the median of the runs what it took.
RUNS = 9


# ---------------------------------------------------------------- the scorer, and what it is asked


def scorer(path: Path = BENCH / "score.py") -> Any:
    """The bench's scorer, a script, as a module."""
    spec = spec_from_file_location("bench_score", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer: {path}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True, slots=True)
class Case:
    """A page and what must come out of it; for a reference, `number` is its line in its set, 1-based."""

    name: str
    text: str
    gold: list[dict[str, Any]]
    owner: str = ""
    number: int | None = None

    @property
    def held_out(self) -> bool:
        """Whether it was kept from tuning."""
        return self.name in HELD_OUT if self.number is None else self.number % HELD_OUT_REFERENCE == 0


def pages(wanted: Sequence[str]) -> Iterator[Case]:
    """The bench's pages: those wanted, or all."""
    for folder in sorted((BENCH / "pages").iterdir()):
        if wanted and folder.name not in wanted:
            continue
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        yield Case(folder.name, (folder / "profile.txt").read_text(encoding="utf-8"), gold, meta.get("owner", ""))


def references(wanted: Sequence[str]) -> Iterator[Case]:
    """Every line of the reference sets wanted, or of all, as a page of one line."""
    for folder in sorted((BENCH / "references").iterdir()):
        if wanted and folder.name not in wanted:
            continue
        lines = (folder / "profile.txt").read_text(encoding="utf-8").removesuffix("\n").split("\n")
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        for number, (line, expected) in enumerate(zip(lines, gold, strict=True), start=1):
            yield Case(folder.name, line, [expected], number=number)


# ---------------------------------------------------------------- what pubtools makes of it


@dataclass(frozen=True, slots=True)
class Given:
    """A record that was given, as a CSL item; `clear` if nothing in its entry is called a guess or doubtful."""

    item: dict[str, Any]
    clear: bool
    line: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a case: the layout, what it read, the records given, and the entries that were left out."""

    case: Case
    layout: str
    reading: Reading
    given: tuple[Given, ...]
    left_out: tuple[RawEntry, ...]


def read(case: Case, layout: str | None) -> Outcome:
    """What pubtools makes of `case`; nothing where no layout fits."""
    page = Page.from_text(case.text, case.name)
    try:
        name, reading = pipeline.read(page, layout)
    except PubtoolsError as error:
        return Outcome(case, f"none: {error.message}", Reading(), (), ())
    found, _ = sightings.from_reading(reading, case.name)
    kept = [entry for entry in reading.entries if entry.certainty >= sightings.CERTAIN]
    left_out = [entry for entry in reading.entries if entry.certainty < sightings.CERTAIN]
    who = People.of(NOTHING)
    given = []
    for number, (entry, sighting) in enumerate(zip(kept, found, strict=True)):
        item: dict[str, Any] = dict(csl_json.item(merging.resolve(str(number), [sighting], who)))
        # The scorer knows the arXiv number of a published work only under a name of its own.
        item |= {"arxiv": number} if (number := item.get("custom", {}).get("arxiv")) else {}
        given.append(Given(item, entry.certainty == 1 and not entry.guesses, entry.lines[0]))
    return Outcome(case, name, reading, tuple(given), tuple(left_out))


# ---------------------------------------------------------------- precision


def precision(score: Any, outcome: Outcome, *, clear: bool) -> Counter[tuple[str, str]]:
    """How many values of each field were given on all records, or on the `clear` ones, and how many of them are right.

    A field that the gold of a record does not state is not judged, except the year: where the text states none, a
    year is invented. A record that is no publication counts against "entry" alone. A venue is judged by the words
    given that are in the gold's.
    """
    case, counts = outcome.case, Counter[tuple[str, str]]()

    def judge(field: str, right: int, of: int = 1) -> None:
        counts[field, "given"] += of
        counts[field, "right"] += right

    matched = {j: i for i, j, _ in score.match(case.gold, [given.item for given in outcome.given], case.owner)}
    for j, given in enumerate(outcome.given):
        expected = case.gold[matched[j]] if j in matched else None
        if expected is not None and expected.get("optional"):
            continue
        judge("judged", given.clear or not clear)
        if clear and not given.clear:
            continue
        judge("entry", expected is not None)
        if expected is None:
            continue
        item = given.item
        judge("title", score.title_equal(expected, item))
        exact, hit, _, listed = score.cmp_authors(expected, item, case.owner)
        if listed:
            judge("authors", exact)
            judge("families", hit, listed)
        if (year := score.pred_year(item)) is not None:
            judge("year", year == expected.get("year"))
        if expected.get("venue") and (words := score.vtoks(score.pred_venue(item))):
            meant = Counter(score.vtoks(expected["venue"]))
            judge("venue", (Counter(words) & meant).total(), len(words))
        if expected.get("arxiv") and (number := score.pred_arxiv(item)):
            judge("arxiv", number in {score.norm_arxiv(n) for n in [expected["arxiv"], *expected.get("arxiv_alt", [])]})
        if expected.get("doi") and (doi := score.pred_doi(item)):
            judge("doi", doi == score.norm_doi(expected["doi"]))
        for field, meant in expected.get("numbers", {}).items():
            if said := str(item.get(field, "")):
                judge(field, _number(said) == _number(meant))
    return counts


def _number(text: str) -> str:
    """What two ways to write a volume, an issue or pages have in common: "1493-1502" and "1493-502" the first page."""
    return re.split(r"[-–]", text.replace(" ", ""))[0].casefold()


NUMBER_FIELDS = ("volume", "issue", "page")
PRECISION_FIELDS = ("judged", "entry", "title", "authors", "families", "year", "venue", "arxiv", "doi")


def precision_line(name: str, counts: Counter[tuple[str, str]], fields: Sequence[str] = PRECISION_FIELDS) -> str:
    """A row: the share of records that are judged, and of the values given on them that are right."""
    cells = []
    for field in fields:
        given, right = counts[field, "given"], counts[field, "right"]
        cells.append(f"{right / given:8.3f}" if given else f"{'-':>8}")
    return f"{name:<34}" + " ".join(cells)


# ---------------------------------------------------------------- what went wrong, for tuning


def reveal(score: Any, outcome: Outcome) -> Iterator[str]:
    """What differs from gold, a line each; never of what is held out."""
    case = outcome.case
    items = [given.item for given in outcome.given]
    matched = {i: j for i, j, _ in score.match(case.gold, items, case.owner)}
    place = case.name if case.number is None else f"{case.name}:{case.number}"
    if case.number is None:
        yield f"{place}: layout {outcome.layout}, {len(outcome.reading.unread)} unread lines"
        yield f"  style     {outcome.reading.style}"
    differences = [*_missing(case, matched)]
    for j, given in enumerate(outcome.given):
        if j not in matched.values():
            differences.append(f"SPURIOUS  line {given.line}: {given.item.get('title')!r}")
    for entry in outcome.left_out:
        why = "; ".join(guess.reason for guess in entry.guesses)
        differences.append(f"LEFT OUT  line {entry.lines[0]} ({entry.certainty:.2f}, {why}): {entry.title.text!r}")
    for i, j in sorted(matched.items()):
        if not case.gold[i].get("optional"):
            differences += _wrong(score, case, case.gold[i], outcome.given[j])
    if case.number is not None and differences:
        yield f"{place}: {case.text}"
    yield from (f"  {difference}" for difference in differences)


def _missing(case: Case, matched: dict[int, int]) -> Iterator[str]:
    for i, expected in enumerate(case.gold):
        if i not in matched and not expected.get("optional"):
            yield f"MISSED    {expected['title']!r} ({expected.get('year')})"


def _wrong(score: Any, case: Case, expected: dict[str, Any], given: Given) -> Iterator[str]:
    item = given.item
    doubt = "" if given.clear else " (doubtful)"

    def differs(field: str, want: object, have: object) -> str:
        return f"{field:<9} line {given.line}{doubt}\n      gold {want!r}\n      here {have!r}"

    if not score.title_equal(expected, item):
        yield differs("title", expected["title"], item.get("title"))
    exact, _, stated, listed = score.cmp_authors(expected, item, case.owner)
    if not exact and (stated or listed):
        families = expected.get("families") or expected.get("authors")
        yield differs("authors", families, [full for _, _, full in score.pred_names(item)])
    year = score.pred_year(item)
    if year != expected.get("year"):
        yield differs("year", expected.get("year"), year)
    venue = score.pred_venue(item)
    if expected.get("venue") and score.tok_f1(score.vtoks(venue), score.vtoks(expected["venue"])) < 1:
        yield differs("venue", expected["venue"], venue)
    if expected.get("arxiv") and score.pred_arxiv(item) != score.norm_arxiv(expected["arxiv"]):
        yield differs("arxiv", expected["arxiv"], score.pred_arxiv(item))
    if expected.get("doi") and score.pred_doi(item) != score.norm_doi(expected["doi"]):
        yield differs("doi", expected["doi"], score.pred_doi(item))


# ---------------------------------------------------------------- totals


class Totals:
    """Counts added up, of the scorer and of `precision`."""

    def __init__(self, score: Any) -> None:
        self.score = score
        self.counts: dict[str, Any] = dict.fromkeys(score.FIELDS, 0)
        self.precision = {clear: Counter[tuple[str, str]]() for clear in (True, False)}
        self.least: tuple[float, str] = (1.0, "")

    def add(self, outcome: Outcome) -> dict[str, Any]:
        """The scorer's rates of `outcome`, which is added."""
        case = outcome.case
        found = self.score.score(case.gold, [given.item for given in outcome.given], case.owner)
        self.score.add(self.counts, found)
        for clear, counts in self.precision.items():
            counts.update(precision(self.score, outcome, clear=clear))
        rates: dict[str, Any] = self.score.rates(found)
        self.least = min(self.least, (rates["f1"], case.name))
        return rates

    def line(self, name: str) -> str:
        """A row of the scorer's table."""
        return str(self.score.line(name, self.score.rates(self.counts)))


def _sums(case: Case) -> tuple[str, ...]:
    """The rows of the tables that `case` counts in: its own part, and all of its kind."""
    part = "held out" if case.held_out else "tuned"
    if case.number is None:
        return f"pages, {part}", "pages, all"
    return f"{case.name}, {part}", f"{case.name}, all", "references, all"


def run(score: Any, cases: Sequence[Case], layout: str | None, *, reveal_all: bool) -> dict[str, Totals]:
    """Totals by what they are of; a row for every page is printed."""
    totals: dict[str, Totals] = {}
    print(score.header())
    for case in cases:
        outcome = read(case, layout)
        rates: dict[str, Any] = {}
        for name in _sums(case):
            rates = totals.setdefault(name, Totals(score)).add(outcome)
        if case.number is None:
            print(score.line(case.name + ("*" if case.held_out else ""), rates))
        if reveal_all and not case.held_out:
            for line in reveal(score, outcome):
                print(line)
    return totals


# ---------------------------------------------------------------- speed


def speed() -> None:
    """Print how fast the bench's pages are read, beside a pass over the same text that does very little."""
    read_pages = list(pages(()))
    size = sum(len(case.text.encode()) for case in read_pages)
    word = re.compile(r"\w+")

    def ours(case: Case) -> None:
        found = pipeline.read(Page.from_text(case.text, case.name))[1]
        sightings.from_reading(found, case.name)

    def peer() -> None:
        for case in read_pages:
            Counter(word.findall(html.unescape(case.text).casefold()))

    for case in read_pages:
        ours(case)  # imports, and expressions that are compiled when used
    runs: list[list[float]] = []
    counts: list[float] = []
    for _ in range(RUNS):
        forget()
        runs.append([cpu_seconds(partial(ours, case)) for case in read_pages])
        counts.append(cpu_seconds(peer))
    best = sum(min(times) for times in zip(*runs, strict=True))
    middle = statistics.median(map(sum, runs))
    ratio = statistics.median(sum(run) / count for run, count in zip(runs, counts, strict=True))
    print(
        f"reading {len(read_pages)} pages, {size / 1e6:.2f} MB, on one core: {size / 1e6 / best:.2f} MB/s at best, "
        f"{size / 1e6 / middle:.2f} the median of {RUNS} runs; {ratio:.0f} x a count of their words "
        f"({statistics.median(counts) * 1000:.0f} ms)"
    )


def forget() -> None:
    """Empty what functions remember of what they were asked: a run must not know its pages from the run before."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pubtools."):
            for value in vars(module).values():
                if hasattr(type(value), "cache_clear"):
                    value.cache_clear()


def cpu_seconds(work: Callable[[], None]) -> float:
    """The CPU time that `work` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", metavar="A,B", default="", help="these pages or reference sets only")
    parser.add_argument("--layout", metavar="NAME", help="read everything with this layout")
    parser.add_argument("--reveal", action="store_true", help="show what differs from gold; never of what is held out")
    parser.add_argument("--skip-held-out", action="store_true", help="leave out what is kept from tuning")
    parser.add_argument("--speed", action="store_true", help="measure speed and nothing else")
    arguments = parser.parse_args()
    if not BENCH.is_dir():
        raise SystemExit(f"nothing to read, and so no figures: {BENCH} is not there")
    if arguments.speed:
        speed()
        return
    wanted = [name for name in arguments.pages.split(",") if name]
    cases = [*pages(wanted), *references(wanted)]
    if arguments.skip_held_out:
        cases = [case for case in cases if not case.held_out]
    if not cases:
        raise SystemExit(f"no such page: {arguments.pages}")
    score = scorer()
    totals = run(score, cases, arguments.layout, reveal_all=arguments.reveal)
    print("\n" + score.header())
    for name, total in sorted(totals.items()):
        print(total.line(name))
    for clear, of in ((True, "clear records"), (False, "all records")):
        title = f"right of what {of} say"
        print("\n" + f"{title:<34}" + " ".join(f"{field:>8}" for field in PRECISION_FIELDS))
        for name, total in sorted(totals.items()):
            print(precision_line(name, total.precision[clear]))
    for name, total in sorted(totals.items()):
        if name.startswith("pages") and total.least[1]:
            print(f"\n{name}: the page read worst has F1 {total.least[0]:.3f} ({total.least[1]})")
    print("* held out: kept from tuning")


if __name__ == "__main__":
    main()
