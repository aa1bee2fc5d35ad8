"""How well lists that LaTeX printed are read: `python benchmarks/latex.py [--styles a,b] [--reveal]`.

The works of `styles.py` are printed by styles of BibTeX and of biblatex, as most CVs in LaTeX are, and copied with
pdftotext, as they stand on the page (`-layout`) and as text that flows: lines wrapped, words hyphenated, DOIs broken,
numbers of pages in between. Each page is judged as those of `reading.py` are. What an entry states is seen in the same
list on a page so wide that no line breaks. Styles that are not installed are left out.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import md5
from pathlib import Path
from typing import Any

from reading import Case, scorer
from styles import SHARED, gold, listed, pandoc, run, works

# Of BibTeX, by what they have to be printed with; and of biblatex.
PLAIN = "plain abbrv alpha unsrt ieeetr apalike acm siam amsplain amsalpha IEEEtran elsarticle-num splncs04".split()
PLAIN += "plaindin abbrvdin vancouver jneurosci".split()
NATBIB = "plainnat abbrvnat unsrtnat elsarticle-harv ACM-Reference-Format natdin agsm kluwer econ".split()
OWN = "apacite chicago".split()
BIBLATEX = (
    "numeric authoryear authortitle alphabetic verbose apa ieee nature phys mla chicago-authordate iso-numeric "
    "iso-authoryear authoryear-comp trad-plain trad-abbrv numeric-comp lncs vancouver nejm historische-zeitschrift "
    "oscola musuos windycity ext-numeric ext-authoryear"
).split()
PROGRAMS = ("pdflatex", "bibtex", "biber", "pdftotext", "kpsewhich")
# How many works a page lists, and how many of them a style must print the titles of.
ENTRIES, LEAST = 24, 12
# Every third style, by the hash of its name, is kept from tuning.
HELD_OUT_STYLE = 3
_PAGE = {
    "narrow": r"\usepackage[a4paper,margin=2.5cm]{geometry}",
    "wide": r"\usepackage[paperwidth=500cm,paperheight=200cm,margin=1cm]{geometry}\hyphenpenalty=10000",
}
# Letters that the fonts have.
_PRINTABLE = re.compile(r"[\x00-\u024f’“”–—‘«»…]*")


def is_held_out(name: str) -> bool:
    """Whether the style of the page called `name` was kept from tuning."""
    style = name[2:].removesuffix("-layout")
    return int(md5(style.encode(), usedforsecurity=False).hexdigest(), 16) % HELD_OUT_STYLE == 0


def printed(style: str, items: Sequence[Mapping[str, Any]], owner: str, page: str, folder: Path) -> Path | None:
    """The PDF file of a list of `items` in `style`; None where LaTeX has no such style, or it fails."""
    is_biblatex = style.startswith("x-")
    name = style[2:]
    if not _asked("kpsewhich", f"{name}.bbx" if is_biblatex else f"{name}.bst", folder=folder).strip():
        return None
    form = "biblatex" if is_biblatex else "bibtex"
    bib = subprocess.run(
        [pandoc(), "-f", "csljson", "-t", form], input=json.dumps(items), capture_output=True, text=True, check=True
    )
    (folder / "list.bib").write_text(bib.stdout, encoding="utf-8")
    listed = rf"\renewcommand{{\refname}}{{}}\bibliographystyle{{{name}}}\bibliography{{list}}"
    package = "natbib" if name in NATBIB else name if name in OWN else ""
    lines = [
        r"\documentclass[11pt]{article}\usepackage[T1]{fontenc}\usepackage{lmodern,amsmath,amssymb,url}",
        r"\usepackage[english]{babel}",
        _PAGE[page],
        rf"\usepackage[style={name},maxbibnames=99]{{biblatex}}\addbibresource{{list.bib}}" if is_biblatex else "",
        rf"\usepackage{{{package}}}" if package else "",
        rf"\begin{{document}}\begin{{center}}{{\LARGE {owner}}}\end{{center}}\section*{{Publications}}\nocite{{*}}",
        r"\printbibliography[heading=none]" if is_biblatex else listed,
        r"\end{document}",
    ]  # fmt: skip
    (folder / f"{page}.tex").write_text("\n".join(lines), encoding="utf-8")
    latex = ("pdflatex", "-interaction=batchmode", f"{page}.tex")
    for command in (latex, ("biber" if is_biblatex else "bibtex", page), latex, latex):
        _asked(*command, folder=folder)
    made = folder / f"{page}.pdf"
    return made if made.exists() else None


def _asked(*command: str, folder: Path) -> str:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=300).stdout


def pages(style: str, items: Sequence[dict[str, Any]], score: Any) -> Iterator[Case]:
    """The list of `style` as text that flows, and as it stands on the page; none where it cannot be printed."""
    chosen, owner = listed(style[2:], items, ENTRIES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        wide, narrow = (printed(style, chosen, owner, page, folder) for page in ("wide", "narrow"))
        if not wide or not narrow:
            return
        entries = [line for line in re.split(r"[\n\f]+", _asked("pdftotext", str(wide), "-", folder=folder)) if line]
        texts = [_asked("pdftotext", *how, str(narrow), "-", folder=folder) for how in ((), ("-layout",))]
    said: list[tuple[int, dict[str, Any]]] = []
    for item in chosen:
        title = f" {score.ntitle(item['title'])} "
        at = next((at for at, entry in enumerate(entries) if title in f" {score.ntitle(entry)} "), -1)
        unsaid = {"title": item["title"], "optional": True, "authors": [], "families": [], "authors_truncated": False}
        said.append((at, gold(item, entries[at], score)) if at >= 0 else (len(entries), unsaid))
    if sum(at < len(entries) for at, _ in said) < LEAST:
        return  # a style that prints no titles
    expected = [found for _, found in sorted(said, key=lambda pair: pair[0])]
    for suffix, text in zip(("", "-layout"), texts, strict=True):
        yield Case(f"{style}{suffix}", text, expected, owner)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", metavar="A,B", default="", help="these styles only: b-plain, x-apa")
    parser.add_argument("--reveal", action="store_true", help="show what differs from gold; never of what is held out")
    parser.add_argument("--skip-held-out", action="store_true", help="leave out what is kept from tuning")
    arguments = parser.parse_args()
    if missing := [program for program in PROGRAMS if not shutil.which(program)]:
        raise SystemExit(f"no pages, and so no figures: not installed: {', '.join(missing)} (make judges)")
    if not SHARED.is_dir():
        raise SystemExit(f"nothing to print, and so no figures: {SHARED} is not there")
    wanted = [style for style in arguments.styles.split(",") if style]
    wanted = wanted or [f"b-{name}" for name in [*PLAIN, *NATBIB, *OWN]] + [f"x-{name}" for name in BIBLATEX]
    if arguments.skip_held_out:
        wanted = [style for style in wanted if not is_held_out(style)]
    score = scorer()
    items = [item for item in works() if _PRINTABLE.fullmatch(json.dumps(item, ensure_ascii=False))]
    of_style = partial(pages, items=items, score=score)
    cases = (case for style in wanted for case in of_style(style))
    run(score, cases, is_held_out, reveal_all=arguments.reveal)


if __name__ == "__main__":
    main()
