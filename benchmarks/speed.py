"""How long the commands take, as ratios to a peer measured in the same run: `make bench`.

The machine may be shared and noisy, so runs of the two alternate and medians are compared; CPU seconds are those of
the finished process (user and system) as the operating system counts them.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
RUNS = 11
COMMAND = [str(Path(sys.executable).parent / "pubtools")]
CLICK = [sys.executable, "-c", "import click"]
FIXTURES = sorted((ROOT / "fixtures" / "profiles").glob("*/*.txt"))
# An installed package has its bytecode; what is measured has it too, whatever the shell says of writing any.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
SEEDS = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))


def cpu_seconds(command: Sequence[str], folder: Path) -> float:
    """The CPU time that one finished run of `command` took."""
    process = subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: exit code {process.returncode}")
    return usage.ru_utime + usage.ru_stime


def compare(name: str, command: Sequence[str], peer: Sequence[str], folder: Path, before: Callable[[], None]) -> None:
    """Print the medians of `command` and `peer`, run in turn, and the median of their ratios."""
    pairs = []
    for number in range(RUNS + 1):
        before()
        pair = (cpu_seconds(command, folder), cpu_seconds(peer, folder))
        if number:  # the first pair warms the caches
            pairs.append(pair)
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"{name:<44} {ours * 1000:6.0f} ms {theirs * 1000:6.0f} ms   {ratio:5.2f} x")


def reading_ms(pages: Sequence[Path]) -> float:
    """CPU milliseconds for reading `pages` into a new library and writing it out, after imports, in a new process."""
    script = (
        "import sys, time\n"
        "from pathlib import Path\n"
        "from pubtools import library, pipeline, plugins\n"
        "from pubtools.page import Page\n"
        "[plugins.load('layout', name) for name in plugins.names('layout')]\n"
        "texts = [(Path(name).read_text('utf-8'), name) for name in sys.argv[1:]]\n"
        "start = time.process_time()\n"
        "made, _ = pipeline.normalise(library.Library(), [Page.from_text(*text) for text in texts])\n"
        "library.dumps(made)\n"
        "print(time.process_time() - start)\n"
    )
    figures = [
        float(subprocess.run([sys.executable, "-c", script, *map(str, pages)], capture_output=True, check=True).stdout)
        for _ in range(RUNS)
    ]
    return statistics.median(figures) * 1000


def main() -> None:
    """Print the table."""
    pages = SEEDS or [page for page in FIXTURES if page.stem in ("lovelace", "babbage")]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for page in pages:
            shutil.copy(page, folder)
        names = [page.name for page in pages]
        library = folder / "publications.json"
        normalise = [*COMMAND, "normalise", *names, "--offline"]
        print(f"{time.strftime('%Y-%m-%d')}, Python {sys.version.split()[0]}, medians of {RUNS} runs, CPU time")
        print(f"{'':<44} {'ours':>9} {'click':>9}   ratio")
        for arguments in (["--version"], ["--help"], ["export", "--help"]):
            compare("pubtools " + " ".join(arguments), [*COMMAND, *arguments], CLICK, folder, lambda: None)
        label = f"normalise --offline, {len(pages)} pages, new library"
        compare(label, normalise, CLICK, folder, lambda: library.unlink(missing_ok=True))
        compare("normalise --offline again, nothing new", normalise, CLICK, folder, lambda: None)
        for to in ("bibtex", "csl-json", "markdown"):
            compare(f"export --format {to}", [*COMMAND, "export", "--format", to], CLICK, folder, lambda: None)
    print(f"reading both pages and writing the library, after imports: {reading_ms(pages):.0f} ms of CPU")


if __name__ == "__main__":
    main()
