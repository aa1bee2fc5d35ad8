"""What nine Markdown renderers make of our lists: each text to the letter, and no element but our own.

The renderers are called by `oracles/md_text.py` of the shared folder. Each is skipped where it is not installed: from
Debian cmark-gfm, pandoc, ruby-kramdown and ruby-kramdown-parser-gfm; from PyPI markdown-it-py, linkify-it-py, mistune,
markdown and commonmark; from npm marked, in the folder that NODE_MODULES names (else `.judges/node_modules`).
"""

from __future__ import annotations

import json
import lzma
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from functools import lru_cache
from html.parser import HTMLParser
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import islice
from pathlib import Path
from types import ModuleType
from urllib.parse import urlsplit

import pytest

from pubtools.exporters import Style, markdown
from pubtools.models import Publication

NODE_MODULES = Path(os.environ.get("NODE_MODULES", Path(__file__).parents[2] / ".judges" / "node_modules"))
KRAMDOWN = ["ruby", "-e", 'require "kramdown"; require "kramdown-parser-gfm"']


def has_kramdown() -> bool:
    return bool(shutil.which("ruby")) and not subprocess.run(KRAMDOWN, capture_output=True, check=False).returncode


# What tells whether each of the oracle's renderers is installed.
IS_HERE: dict[str, Callable[[], object]] = {
    "cmark-gfm": lambda: shutil.which("cmark-gfm"),
    "pandoc-markdown": lambda: shutil.which("pandoc"),
    "pandoc-gfm": lambda: shutil.which("pandoc"),
    "markdown-it-py": lambda: find_spec("markdown_it") and find_spec("linkify_it"),
    "mistune": lambda: find_spec("mistune"),
    "python-markdown": lambda: find_spec("markdown"),
    "commonmark.py": lambda: find_spec("commonmark"),
    "kramdown-gfm": has_kramdown,
    "marked": lambda: shutil.which("node") and (NODE_MODULES / "marked").is_dir(),
}
# What a renderer may show otherwise, because it sets quotes, dashes and dots as typographers do.
TYPOGRAPHY = (("[“”]", '"'), ("[‘’]", "'"), ("…", "..."), ("—|–|-{2,3}", "-"))
# Our own hazards, in addition to those of the suite.
HAZARDS = (
    "1. me@mail.com and x.y@a.b.org", "[x] a:b:c at 1:100:1", "[ ] //localhost/x пример.рф www.", "&#106;avascript:x",
    "<script>alert(1)</script>", "[a](javascript:alert(1))", "![x](data:text/html,y)", "{: .cls} {#id}", "*[HTML]: x",
    "[1]: http://x", "$$x$$ \\(y\\)", "a\\*b\\", "Term\n: x", "x\n---", "12345678901. x", "`` ` ``", "&copy; AT&T",
    "<!-- pubtools:end -->", "{% endraw %}{{ x }}{# y #}", "(c) (tm)", "C#", "C++ ++", "GH-12 #12 @user user/repo#1",
    "x\ufeff", "\x02klzzwxh:0001\x03", "***x***", "[^1] [@doe99] @doe99", "::: note", "~~~", "> x", "| a | b |",
)  # fmt: skip


@pytest.fixture(scope="module")
def oracle() -> ModuleType:
    path = Path(__file__).parents[3] / "shared" / "oracles" / "md_text.py"
    if not path.exists():
        pytest.skip("../shared is not here")
    os.environ["NODE_MODULES"] = str(NODE_MODULES)
    spec = spec_from_file_location("md_text", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@lru_cache
def document(shared: Path) -> tuple[list[tuple[str, str]], str]:
    """Pairs of texts, the title of a work and all else in it, and the list of these works."""
    texts = list(dict.fromkeys([*hazards(shared), *titles(shared)]))
    pairs = list(zip(texts, [*texts[1:], texts[0]], strict=True))
    return pairs, markdown.render([work(*pair) for pair in pairs], Style(group_by="none"))


@pytest.mark.parametrize("renderer", IS_HERE)
def test_every_text_is_shown_and_nothing_is_markup_but_ours(renderer: str, oracle: ModuleType, shared: Path) -> None:
    if not IS_HERE[renderer]():
        pytest.skip(f"{renderer} is not installed")
    pairs, text = document(shared)
    assert len(pairs) > 1900
    shown = Items(oracle.R[renderer](text)).items
    assert len(shown) == len(pairs)
    wrong = [
        (pair, item.text, item.elements)
        for pair, item in zip(pairs, shown, strict=True)
        if fold(item.text) != fold(expected(*pair)) or item.elements != ["em", "a"]
    ]
    assert not wrong[:3], f"{len(wrong)} of {len(pairs)}"
    assert all(urlsplit(item.href)[:2] == ("https", "example.org") for item in shown)


def hazards(shared: Path) -> list[str]:
    suite = json.loads((shared / "suites" / "markdown-hazards.json").read_text(encoding="utf-8"))
    return [*(case["input"] for case in suite["cases"]), *HAZARDS]


def titles(shared: Path) -> list[str]:
    """Titles from arXiv, those with signs in them first, and from a bibliography with its braces and commands."""
    records = shared / "arxiv" / "metadata" / "random30k_id_title_authors.jsonl.xz"
    with lzma.open(records, "rt", encoding="utf-8") as lines:
        known = [str(json.loads(line)["title"]) for line in islice(lines, 15000)]
    with_signs = [title for title in known if re.search(r"[^\w\s,.:;?'()-]", title)]
    bibliography = (shared / "perf" / "real-5000.bib").read_text(encoding="utf-8")
    raw = re.findall(r"^ *title *= \{(.*)\},$", bibliography, re.MULTILINE)
    assert len(with_signs) > 1000
    assert len(raw) > 500
    return with_signs[:1000] + known[:500] + raw[:500]


def work(text: str, other: str) -> Publication:
    names = [{"literal": other}, {"literal": "Ada Lovelace"}]
    return Publication.model_validate(
        {
            "key": "key", "sightings": (), "title": text, "authors": {"names": names}, "venue": {"name": other},
            "note": text, "urls": ["javascript:alert(1)", f"https://example.org/{other}"],
        }
    )  # fmt: skip


def expected(text: str, other: str) -> str:
    """What is to be read: `Title. Authors. Venue. Note. link`, each with one stop at its end."""
    return f"{stop(text)} {seen(other)}, Ada Lovelace. {stop(other)} {stop(text)} link"


def stop(text: str) -> str:
    line = seen(text)
    return line if re.search(r"[.?!…][*\"'”’»]*$", line) else f"{line}."


def seen(text: str) -> str:
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1b\ufeff]", "", text).split())


def fold(text: str) -> str:
    for pattern, plain in TYPOGRAPHY:
        text = re.sub(pattern, plain, text)
    return " ".join(text.split())


class Item:
    """What a renderer made of one entry."""

    def __init__(self) -> None:
        self.text = ""
        self.elements: list[str] = []
        self.href = ""


class Items(HTMLParser):
    """The items of a list in HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.items: list[Item] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            self.items.append(Item())
        elif self.items:
            self.items[-1].elements.append(tag)
            self.items[-1].href = dict(attrs).get("href") or self.items[-1].href

    def handle_data(self, data: str) -> None:
        if self.items:
            self.items[-1].text += data
