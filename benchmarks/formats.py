"""How long .bib files take to read and to write, beside bibtexparser in the same run: `make bench`.

Each figure is the CPU time of the work alone, without imports, in a process of its own, and that process's peak of
memory. The machine may be shared and noisy, so runs of the two alternate and medians are compared.
"""

from __future__ import annotations

import argparse
import lzma
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

SHARED = Path(__file__).parents[2] / "shared" / "perf"
FIVE, FIFTY = SHARED / "real-5000.bib", SHARED / "real-50000.bib.xz"

# As for anybody who has installed it: what is imported while the clock runs has been compiled before.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

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


def compare(names: list[str], path: Path, runs: int) -> dict[str, Figure]:
    """The median figures of each of `names`, run in turn."""
    found: dict[str, list[Figure]] = {name: [] for name in names}
    for _ in range(runs):
        for name in names:
            found[name].append(measure(name, path))
    medians = {
        name: Figure(*(statistics.median(column) for column in zip(*figures, strict=True)))
        for name, figures in found.items()
    }
    for name, figure in medians.items():
        print(f"{name:<42} {figure.seconds:7.2f} s {figure.rate:8.0f} entries/s {figure.memory:6.0f} MB")
    return medians


def main() -> None:
    """Print the tables, and the ratios that matter."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--runs", type=int, default=5)
    arguments.add_argument("--large", action="store_true", help="the file of 50 000 entries, and the slow peer, too")
    chosen = arguments.parse_args()
    if not FIVE.exists():
        raise SystemExit(f"{FIVE} is not here")
    print(f"{time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}, medians of {chosen.runs} runs, CPU time")
    plain, both = "bibtexparser, parse and write", "read and write"
    exports = ["export to bibtex", "export to biblatex", "export to csl-json"]
    small = compare([both, plain, *exports], FIVE, chosen.runs)
    print(f"  read and write: {small[both].seconds / small[plain].seconds:.2f} x the time of bibtexparser,")
    print(f"  {small[both].memory / small[plain].memory:.2f} x its memory;")
    for name in exports:
        print(f"  {name}: {small[name].rate / small[plain].rate:.1f} x its entries a second")
    if not chosen.large:
        return
    slow = compare(["bibtexparser, names and LaTeX as well"], FIVE, 1)
    seconds = slow["bibtexparser, names and LaTeX as well"].seconds
    print(f"  read and write: {seconds / small[both].seconds:.1f} x faster than names and LaTeX with bibtexparser")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.bib"
        path.write_bytes(lzma.decompress(FIFTY.read_bytes()))
        large = compare([both, plain, "export to bibtex"], path, 1)
    growth = small[both].rate / large[both].rate
    print(f"  read and write: {growth:.2f} x the time for an entry, in a file ten times as long")
    print(f"  {large[both].memory / large[plain].memory:.2f} x bibtexparser's memory")


if __name__ == "__main__":
    main()
