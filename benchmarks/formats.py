"""How long .bib files take to read and to write, beside bibtexparser in the same run: `make bench`.

Each figure is the CPU time of the work alone, without imports, in a process of its own, and that process's peak of
memory. The machine may be shared and its speed drift, so they are run in turn, each turn is compared in itself, and the
median turn is told.
"""

from __future__ import annotations

import argparse
import lzma
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from operator import attrgetter
from pathlib import Path
from typing import NamedTuple

from speed import ENVIRONMENT

SHARED = Path(__file__).parents[2] / "shared" / "perf"
FIVE, FIFTY = SHARED / "real-5000.bib", SHARED / "real-50000.bib.xz"

# What is measured, by name: a script that leaves in `work` what is timed, and in `count` how many entries it has seen.
_OURS = """
from pubtools.exporters import Style, bibtex, biblatex, csl_json
from pubtools.importers import bibtex as importer
from pubtools.models import Publication, Source

def publications():
    got = importer.read(text, Source(kind="profile", locator="x.bib"))
    # As merging would make them of one sighting each, which is not what is measured here.
    return [
        Publication.model_construct(
            sighting.facts.model_fields_set,
            **{**dict(sighting.facts), "key": sighting.facts.citation_key, "sightings": (sighting,), "ranked": {}},
        )
        for sighting in got.sightings
    ]
"""
_THEIRS = """
import logging, bibtexparser
from bibtexparser import middlewares as mw
logging.disable(logging.CRITICAL)
names = [mw.SeparateCoAuthors(), mw.SplitNameParts()]
merged = [mw.MergeNameParts(), mw.MergeCoAuthors()]
"""
SCRIPTS = {
    "read and write": _OURS
    + "work = lambda: len(bibtex.render(made := publications(), Style(abstracts=True))) and len(made)",
    "export to bibtex": _OURS
    + "made = publications()\nwork = lambda: len(bibtex.render(made, Style(abstracts=True))) and len(made)",
    "export to biblatex": _OURS
    + "made = publications()\nwork = lambda: len(biblatex.render(made, Style(abstracts=True))) and len(made)",
    "export to csl-json": _OURS
    + "made = publications()\nwork = lambda: len(csl_json.render(made, Style(abstracts=True))) and len(made)",
    "bibtexparser, parse and write": _THEIRS
    + "work = lambda: len(bibtexparser.write_string(made := bibtexparser.parse_string(text))) and len(made.entries)",
    "bibtexparser, names and LaTeX as well": _THEIRS
    + """
def work():
    made = bibtexparser.parse_string(text, append_middleware=[mw.LatexDecodingMiddleware(), *names])
    bibtexparser.write_string(made, prepend_middleware=[*merged, mw.LatexEncodingMiddleware()])
    return len(made.entries)
""",
}
_RUN = """
import gc, resource, sys, time
text = open(sys.argv[1], encoding="utf-8").read()
{script}
gc.collect()  # what was made before is not counted, nor is clearing up after it
start = time.process_time()
count = work()
seconds = time.process_time() - start
print(seconds, count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


class Figure(NamedTuple):
    """CPU seconds, entries, and the peak of memory in MB."""

    seconds: float
    entries: float
    memory: float

    @property
    def rate(self) -> float:
        """Entries a second."""
        return self.entries / self.seconds


def measure(name: str, path: Path) -> Figure:
    """One run of `SCRIPTS[name]` on the file at `path`."""
    command = [sys.executable, "-c", _RUN.format(script=SCRIPTS[name]), str(path)]
    run = subprocess.run(command, capture_output=True, check=True, env=ENVIRONMENT)
    return Figure(*map(float, run.stdout.split()))


Turns = dict[str, list[Figure]]


def compare(names: list[str], path: Path, runs: int) -> Turns:
    """The figures of each of `names`, turn by turn."""
    found: Turns = {name: [] for name in names}
    for _ in range(runs):
        for name in names:
            found[name].append(measure(name, path))
    for name, figures in found.items():
        seconds, entries, memory = (statistics.median(column) for column in zip(*figures, strict=True))
        print(f"{name:<42} {seconds:7.2f} s {entries / seconds:8.0f} entries/s {memory:6.0f} MB")
    return found


def ratio(one: list[Figure], other: list[Figure], of: Callable[[Figure], float]) -> float:
    """How many times as much `one` is as `other` in the median turn."""
    return statistics.median(of(a) / of(b) for a, b in zip(one, other, strict=True))


def main() -> None:
    """Print the tables, and the ratios that matter."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=9)
    arguments.add_argument("--large", action="store_true", help="the file of 50 000 entries, and the slow peer, too")
    chosen = arguments.parse_args()
    if not FIVE.exists():
        raise SystemExit(f"{FIVE} is not here")
    print(f"{time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}, medians of {chosen.runs} runs, CPU time")
    plain, both = "bibtexparser, parse and write", "read and write"
    exports = ["export to bibtex", "export to biblatex", "export to csl-json"]
    # The peer in the middle, so that what it is compared with is not far.
    small = compare([both, *exports[:1], plain, *exports[1:]], FIVE, chosen.runs)
    seconds, memory, rate = attrgetter("seconds"), attrgetter("memory"), attrgetter("rate")
    print(f"  read and write: {ratio(small[both], small[plain], seconds):.2f} x the time of bibtexparser,")
    print(f"  {ratio(small[both], small[plain], memory):.2f} x its memory;")
    for name in exports:
        print(f"  {name}: {ratio(small[name], small[plain], rate):.1f} x its entries a second")
    if not chosen.large:
        return
    full = "bibtexparser, names and LaTeX as well"
    slow = compare([both, full], FIVE, 1)
    times = ratio(slow[full], slow[both], seconds)
    print(f"  read and write: {times:.1f} x faster than names and LaTeX with bibtexparser")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.bib"
        path.write_bytes(lzma.decompress(FIFTY.read_bytes()))
        # The machine may be faster by now, or slower: the small file is read beside the large one.
        growth = []
        for _ in range(3):
            before, long, after = measure(both, FIVE), measure(both, path), measure(both, FIVE)
            growth.append(statistics.mean([before.rate, after.rate]) / long.rate)
        large = compare([both, plain, "export to bibtex"], path, 1)
    print(f"  read and write: {statistics.median(growth):.2f} x the time for an entry, in a file ten times as long")
    print(f"  {ratio(large[both], large[plain], memory):.2f} x bibtexparser's memory")


if __name__ == "__main__":
    main()
