"""Plain text as Markdown: by hand, as laws, and as renderers that are Python packages show it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtools import mdtext


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ('a " b " c', "a &#34; b &#34; c"),
        ("snake_case_name *em* `code` [x] \\", r"snake\_case\_name \*em\* \`code\` \[x\] \\"),
        ("<b>R&D</b> &copy;", "&lt;b&gt;R&amp;D&lt;/b&gt; &amp;copy;"),
        ("a | b ~ c $x$ ^ me@mail", "a &#124; b &#126; c &#36;x&#36; &#94; me&#64;mail"),
        ("{{ page }} {% raw %} {x} {# y #}", r"&#123;\{ page \}\} &#123;% raw &#37;\} \{x\} &#123;# y #\}"),
        ("www.x.org http://x //x www. WWW.", "www&#46;x&#46;org http:&#47;/x &#47;/x www&#46; WWW&#46;"),
        ("example.org пример.рф 1.5 e.g. this", "example&#46;org пример&#46;рф 1.5 e.g. this"),
        (":smile: :: 1:100:1 a: b", "&#58;smile: &#58;: 1&#58;100:1 a: b"),
        ("==a== C++ #1 C# a=b (c) (C) (d)", r"&#61;&#61;a&#61;&#61; C&#43;&#43; \#1 C# a=b &#40;c) &#40;C) (d)"),
        ("me@mail.com a@b precision@5", "me&#64;<!-- -->mail&#46;com a&#64;b precision&#64;5"),
        (r'Schr\"odinger and \'Elie, a "b"', r'Schr\\&#34;odinger and \\&#39;Elie, a "b"'),
        ('a 5" screen', "a 5&#34; screen"),
        ("G. 't Hooft's students' “x”", "G. &#39;t Hooft's students' “x”"),
        ("ein „Wort“", "ein „Wort&#8220;"),
        ("a\n  b\u00a0c\x00\x02\ufeff", "a b c"),
        ("Know: “a” – 100% of it, isn't it (again)?", "Know: “a” – 100% of it, isn't it (again)?"),
        ("- A. Smith", "- A. Smith"),  # within a line
    ],
)
def test_what_a_renderer_would_read_as_markup_is_escaped(text: str, escaped: str) -> None:
    assert mdtext.escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. First", r"1\. First"),
        ("12345678901. First", r"12345678901\. First"),
        ("(iv) Fourth", r"(iv\) Fourth"),
        ("A. Smith", r"A\. Smith"),
        ("1.5 times", "1.5 times"),
        ("- x", r"\- x"),
        ("# x", r"\# x"),
        ("> x", "&gt; x"),
        (": x", "&#58; x"),
        ("[x] y", r"\[<!-- -->x\] y"),
        ("[ ] y", r"\[<!-- --> \] y"),
        ("[xy] z", r"\[xy\] z"),
        ("A study of 1. x", "A study of 1. x"),
    ],
)
def test_what_begins_a_block_is_escaped_at_the_beginning(text: str, escaped: str) -> None:
    assert mdtext.opening(text) == escaped


@pytest.mark.parametrize(
    ("text", "line"),
    [("In *press*", r"### In \*press\*"), ("C #", r"### C \#"), ("a\nb", "### a b"), ("1. x", "### 1. x")],
)
def test_a_heading_is_one_line(text: str, line: str) -> None:
    assert mdtext.heading(text, 3) == line


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://a.b/c_d%20e#f?g=~h", "https://a.b/c_d%20e#f?g=~h"),
        ("http://a.b/x y(z)<w>|v", "http://a.b/x%20y%28z%29%3Cw%3E%7Cv"),
        ("HTTPS://a.b/?x=1&copy=2", "HTTPS://a.b/?x=1&amp;copy=2"),
        ("https://a.b/é{{$*`]", "https://a.b/%C3%A9%7B%7B%24%2A%60%5D"),
        ("https://a.b/x\njavascript:y", "https://a.b/x%0Ajavascript:y"),
        ("javascript:alert(1)", None),
        (" JaVaScRiPt:alert(1)", None),
        ("java\tscript:alert(1)", None),
        ("javascript&#58;alert(1)", None),
        ("&#106;avascript:alert(1)", None),
        ("javascript://https://a.b", None),
        ("data:text/html,x", None),
        ("vbscript:x", None),
        ("https&#58;//a.b", None),
        ("//a.b", None),
        ("https:///x", None),
        ("ftp://a.b", None),
    ],
)
def test_only_web_addresses_are_targets(url: str, target: str | None) -> None:
    assert mdtext.target(url) == target


# ---------------------------------------------------------------- laws

MARKUP = [*r"\`*_{}[]()#+-.!|<>&~$^@:;=%'\"/ "]
MARKUP += ["www.", "http://", "{{", "{%", "1.", "</li>", "\n", ".org", "[^1]", ":b:", "a@b.de", "&#42;", "<!--"]
MARKUP += ["javascript:", "[x] ", "(c)", "ab", "\u200b", "“", "王", "\ufeff", "\x02"]
HOSTILE = st.lists(st.sampled_from(MARKUP) | st.text(max_size=3), max_size=12).map("".join)


def seen(text: str) -> str:
    """What is there to be seen of `text`: no control characters, and single spaces."""
    return " ".join(re.sub(r"[\x00-\x08\x0e-\x1b\x7f\ufeff]", "", text).split())


def unescaped(escaped: str) -> str:
    """The text as CommonMark shows it: a backslash before punctuation is none, and an entity is its character."""
    pieces = re.split(r"\\([!-/:-@\[-`{-~])", escaped.replace("<!-- -->", ""))
    return seen("".join(piece if index % 2 else html.unescape(piece) for index, piece in enumerate(pieces)))


@given(HOSTILE)
def test_reading_the_escapes_gives_the_text_back(text: str) -> None:
    assert unescaped(mdtext.escape(text)) == unescaped(mdtext.opening(text)) == seen(text)


@given(HOSTILE)
def test_nothing_is_left_that_some_renderer_reads_as_markup(text: str) -> None:
    escaped = mdtext.opening(text).replace("<!-- -->", "")
    assert not re.search(r"\{[{%#]|%\}|[<>|~$^@]|//|www\.", escaped, re.IGNORECASE)
    assert not re.search(r"(?<!\\)(?:\\\\)*(?<!\\)[`*_\[\]{}]", escaped)
    assert not re.match(r"\d+[.)](\s|$)|[-+#:=%]", escaped)
    assert "\n" not in escaped


@given(st.text())
def test_a_target_is_a_web_address_without_what_could_end_it(url: str) -> None:
    for address in (url, f"https://a.b/{url}"):
        target = mdtext.target(address)
        assert target is None or re.fullmatch(r"https?://[!-'*-;=?-Z_a-z~]+", target, re.IGNORECASE)


# ---------------------------------------------------------------- renderers

# By the module that is imported: what makes a renderer of it, with all that it can read turned on.
MISTUNE = ["table", "strikethrough", "url", "footnotes", "math"]
RENDERERS: dict[str, Callable[[Any], Callable[[str], str]]] = {
    "markdown_it": lambda module: module.MarkdownIt("gfm-like", {"html": True}).render,
    "mistune": lambda module: module.create_markdown(escape=False, plugins=MISTUNE),
    "markdown": lambda module: lambda text: module.markdown(text, extensions=["extra", "sane_lists"]),
    "commonmark": lambda module: module.commonmark,
}
INSTALLED = [
    pytest.param(name, marks=pytest.mark.skipif(find_spec(name) is None, reason=f"the package {name} is not here"))
    for name in RENDERERS
]


class Shown(HTMLParser):
    """The elements and the text of a document."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[str] = []
        self.feed(document)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("name", INSTALLED)
@given(texts=st.lists(HOSTILE.filter(seen), min_size=20, max_size=20))
@settings(max_examples=40)
def test_renderers_show_the_text_and_no_element_but_ours(name: str, texts: list[str]) -> None:
    render = RENDERERS[name](import_module(name))
    items = [f"- {mdtext.opening(text)}, **{mdtext.escape(text)}**, *{mdtext.escape(text)}*." for text in texts]
    shown = Shown(render("\n".join(items) + "\n"))
    assert shown.elements == ["ul", *["li", "strong", "em"] * len(texts)]
    assert seen(shown.text) == " ".join(f"{text}, {text}, {text}." for text in map(seen, texts))


def test_the_known_hazards_are_escaped(shared: Path) -> None:
    suite = json.loads((shared / "suites" / "markdown-hazards.json").read_text(encoding="utf-8"))
    for case in suite["cases"]:
        assert unescaped(mdtext.opening(case["input"])) == seen(case["input"])
