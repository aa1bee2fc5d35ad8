"""How long a scheduled job takes: `update` and `check` on the worked example with 300 publications, warm: `make bench`.

CPU seconds (user and system) of the whole process, and their ratio to a bare `import click`, the two taken in turn.
The budgets are 1.0 s for `update` and 0.5 s for `check`.
"""

from __future__ import annotations

import json
import random
import shutil
import statistics
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from speed import CLICK, COMMAND, cpu_seconds

EXAMPLE = Path(__file__).parents[1] / "fixtures" / "cv"
RUNS = 7
PUBLICATIONS = 300
BUDGETS_S = {"update --offline": 1.0, "update --check": 1.0, "check": 0.5}
SUBJECTS = ("LG", "NC", "MS", "PL", "SD")
PEOPLE = ("Charles Babbage", "Mary Somerville", "Augustus De Morgan", "John Herschel", "Luigi Menabrea")
WORDS = (
    "weaving counting ordering printing learning composing measuring looms engines cards mills dials gears printers "
    "clocks ciphers bridges lanterns pumps scales patterns tides numbers leaves voices errors shadows currents planets "
    "letters rhythms harbours orchards islands libraries deserts theatres markets quarries gardens rivers towers mines "
    "forests roads kitchens ferries lighthouses analytical mechanical difference logarithms polynomials recursion "
    "memory attention silence copper brass paper steam thread colour number machine method theory notes sketch survey"
).split()
ABSTRACT = "We describe how {} can be had by {}, and measure what it costs. A table of results is given at the end. "


def titles() -> list[str]:
    """As many titles as there are publications: five to eight words each, of which two titles share one or none."""
    words = random.Random(1843)  # noqa: S311
    return [" ".join(words.sample(WORDS, words.randint(5, 8))).capitalize() for _ in range(PUBLICATIONS)]


def fill(folder: Path) -> None:
    """Put the worked example into `folder`, with a page of many cards, half of which arXiv knows, and a long list."""
    for name in ("pubtools.toml", "cv.md", "older.bib"):
        shutil.copy(EXAMPLE / name, folder)
    page = [f"Ada Lovelace\n\nPL\n{PUBLICATIONS}papers\n\n{PUBLICATIONS} Papers\n"]
    records = []
    for number, title in enumerate(titles()):
        day = date(2026, 5, 1) - timedelta(days=9 * number)
        authors = ["Ada Lovelace", PEOPLE[number % 5], PEOPLE[(number // 5 + 1) % 5]]
        shown = ", ".join(dict.fromkeys(authors)) + (" et al." if number % 7 == 0 else "")
        abstract = ABSTRACT.format(title.lower(), authors[1]) * 5
        page.append(f"\n{SUBJECTS[number % 5]}{day:%b} {day.day}, {day.year}\n{title}\n\n{shown}\n\n{abstract}\n")
        if number % 2:
            created = f"{day:%a, %d %b %Y} 09:00:00 GMT"
            records.append(
                {
                    "id": f"{day:%y%m}.{90000 + number}", "title": title, "authors": ", ".join(authors),
                    "categories": "cs.LG", "abstract": abstract, "update_date": str(day),
                    "journal-ref": f"Annals of Looms {number}, 1-20 ({day.year})" if number % 3 == 0 else None,
                    "versions": [{"version": "v1", "created": created}],
                }
            )  # fmt: skip
    (folder / "profile.txt").write_text("".join(page), encoding="utf-8")
    (folder / "arxiv-records.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in records), encoding="utf-8")


def main() -> None:
    """Print the table; exit with 1 where a budget is not met."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        fill(folder)
        cpu_seconds([*COMMAND, "update", "--offline"], folder)
        count = (folder / "publications.bib").read_text("utf-8").count("\n@") + 1
        print(f"{count} publications, the best of {RUNS} runs, CPU time, then `import click`, median of ratios")
        late = []
        for command, budget_s in BUDGETS_S.items():
            arguments = command.split() + (["--ignore", "N01", "--ignore", "N02"] if command == "check" else [])
            pairs = [(cpu_seconds([*COMMAND, *arguments], folder), cpu_seconds(CLICK, folder)) for _ in range(RUNS)]
            # Neighbours on the machine only ever add to it: the least is what it takes.
            ours, theirs = (min(column) for column in zip(*pairs, strict=True))
            ratio = statistics.median(a / b for a, b in pairs)
            print(f"{command:<20} {ours:6.2f} s of {budget_s:.1f} s {theirs * 1000:6.0f} ms   {ratio:5.1f} x")
            late += [command] if ours > budget_s else []
    if late:
        sys.exit(f"over budget: {', '.join(late)}")


if __name__ == "__main__":
    main()
