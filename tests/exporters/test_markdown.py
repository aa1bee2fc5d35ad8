from __future__ import annotations

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import library
from pubtools.exporters import Style, markdown
from pubtools.fields import names
from pubtools.models import Publication
from pubtools.people import People

EXPORTS = Path(__file__).parents[2] / "fixtures" / "exports"
OWNER = Style(owners=(names.parse("Ada Lovelace"),))


def work(**facts: Any) -> Publication:
    return Publication.model_validate({"key": "key", "title": "Title", "sightings": (), **facts})


def bullet(style: Style = OWNER, **facts: Any) -> str:
    heading, blank, line = markdown.render([work(**facts)], style).splitlines()
    assert heading.startswith("## ")
    assert blank == ""
    return line


def test_the_fixture_is_written_as_authored(request: pytest.FixtureRequest) -> None:
    expected = EXPORTS / "expected.md"
    stored = library.loads((EXPORTS / "library.json").read_text(encoding="utf-8"))
    rendered = markdown.render(library.publications(stored, People()), OWNER)
    if request.config.getoption("--update-fixtures", default=False):
        expected.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == expected.read_text(encoding="utf-8")


def test_an_empty_library_is_an_empty_file() -> None:
    assert markdown.render([], OWNER) == ""


def test_years_stand_newest_first_after_what_has_none() -> None:
    works = [work(title=title, date=date) for title, date in [
        ("Old", {"year": 1843}), ("New", {"year": 2024}), ("Dateless", None), ("Also new", {"year": 2024}),
        ("May", {"month": 5}),
    ]]  # fmt: skip
    assert markdown.render(works, OWNER) == (
        "## Undated\n\n- Dateless.\n- May. May.\n\n"
        "## 2024\n\n- New. 2024.\n- Also new. 2024.\n\n"
        "## 1843\n\n- Old. 1843.\n"
    )


def test_the_owner_is_bold_however_the_name_is_written() -> None:
    people = [names.parse(name) for name in ("A. Lovelace", "Charles Babbage", "Lovelace, Ada")]
    assert bullet(authors={"names": people}) == "- Title. **A. Lovelace**, Charles Babbage, **Ada Lovelace**."


def test_without_an_owner_nobody_is_bold() -> None:
    assert bullet(Style(), authors={"names": [names.parse("Ada Lovelace")]}) == "- Title. Ada Lovelace."


def test_a_cut_list_ends_in_et_al() -> None:
    cut = {"names": [names.parse("Charles Babbage")], "complete": False}
    assert bullet(authors=cut) == "- Title. Charles Babbage, et al."


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            {"literal": "Mannelli, S. S.", "family": "Sarao Mannelli", "given": "Stefano", "split_by": "people"},
            "Stefano Sarao Mannelli",
        ),
        (
            {"literal": "x", "family": "Berg", "given": "L.", "particle": "van", "suffix": "Jr.", "split_by": "source"},
            "L. van Berg, Jr.",
        ),
        ({"literal": "Saxe AM", "family": "Saxe", "given": "AM", "split_by": "initials"}, "Saxe AM"),
        ({"literal": "Jin Hwa Lee", "family": "Lee", "given": "Jin Hwa", "split_by": "last-word"}, "Jin Hwa Lee"),
        ({"literal": "Ada *Lovelace*"}, r"Ada \*Lovelace\*"),
    ],
)  # fmt: skip
def test_a_name_is_shown_as_written_unless_its_parts_are_known(name: dict[str, str], shown: str) -> None:
    line = bullet(Style(), authors={"names": [name, {"literal": "Z"}]})
    assert line == f"- Title. {shown}, Z."


@pytest.mark.parametrize(
    ("title", "line"), [("Why?", "- Why? Z."), ("Stop.", "- Stop. Z."), ("Go!", "- Go! Z."), ("So", "- So. Z.")]
)
def test_a_title_ends_in_one_stop(title: str, line: str) -> None:
    assert bullet(title=title, authors={"names": [{"literal": "Z"}]}) == line


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"venue": {"name": "Nature"}, "date": {"year": 2024}}, "- Title. *Nature*, 2024."),
        ({"venue": {"name": "CogSci", "year": 2024}}, "- Title. *CogSci*, 2024."),
        ({"venue": {"name": "J. of *"}}, r"- Title. *J. of \**."),
        ({"date": {"month": 5, "day": 19}}, "- Title. 19 May."),
    ],
)
def test_the_venue_and_the_date_are_shown_as_far_as_known(facts: dict[str, Any], line: str) -> None:
    assert bullet(**facts) == line


def test_links_stand_in_a_fixed_order_and_none_twice() -> None:
    facts = {
        "arxiv": {"number": "2406.01589"},
        "doi": "10.1000/x(1)",
        "urls": ["https://arxiv.org/pdf/2406.01589v1", "https://doi.org/10.1000/X(1)", "https://a.b/c"],
    }
    assert bullet(**facts) == (
        "- Title. [arXiv](https://arxiv.org/abs/2406.01589) · [DOI](https://doi.org/10.1000/x%281%29) · "
        "[link](https://a.b/c)"
    )


@pytest.mark.parametrize(
    ("url", "target"),
    [
        ("https://a.b/c_d%20e#f?g=~h", "https://a.b/c_d%20e#f?g=~h"),
        ("http://a.b/x y(z)<w>|v", "http://a.b/x%20y%28z%29%3Cw%3E%7Cv"),
        ("HTTPS://a.b/?x=1&copy=2", "HTTPS://a.b/?x=1&amp;copy=2"),
        ("https://a.b/é{{$*`]", "https://a.b/%C3%A9%7B%7B%24%2A%60%5D"),
        ("javascript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("data:text/html,x", None),
        ("//a.b", None),
        ("https:///x", None),
        ("ftp://a.b", None),
    ],
)
def test_only_web_addresses_are_targets(url: str, target: str | None) -> None:
    assert markdown.target(url) == target
    assert ("](" in bullet(urls=[url])) is (target is not None)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("snake_case_name *em* `code` [x] \\", r"snake\_case\_name \*em\* \`code\` \[x\] \\"),
        ("<b>R&D</b> &copy;", "&lt;b&gt;R&amp;D&lt;/b&gt; &amp;copy;"),
        ("a | b ~ c $x$ ^ me@mail", "a &#124; b &#126; c &#36;x&#36; &#94; me&#64;mail"),
        ("{{ page }} {% raw %} {x}", r"&#123;\{ page \}\} &#123;% raw &#37;\} \{x\}"),
        ("www.x.org http://x :smile: ::", "www&#46;x&#46;org http&#58;//x &#58;smile: &#58;:"),
        ("==a== #1 C# a=b: c", r"&#61;&#61;a&#61;&#61; \#1 C# a=b: c"),
        ("a\n  b\u00a0c", "a b c"),
        ("Know: “a” – 100% of it, isn't it (again)?", "Know: “a” – 100% of it, isn't it (again)?"),
        ("- A. Smith", "- A. Smith"),  # within a line
    ],
)
def test_what_a_renderer_would_read_as_markup_is_escaped(text: str, escaped: str) -> None:
    assert markdown.escape(text) == escaped


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("1. First", r"1\. First"),
        ("(iv) Fourth", r"(iv\) Fourth"),
        ("A. Smith", r"A\. Smith"),
        ("1.5 times", "1.5 times"),
        ("- x", r"\- x"),
        ("# x", r"\# x"),
        ("> x", "&gt; x"),
        (": x", "&#58; x"),
        ("A study of 1. x", "A study of 1. x"),
    ],
)
def test_what_begins_a_block_is_escaped_at_the_beginning(text: str, escaped: str) -> None:
    assert markdown.opening(text) == escaped


def test_complete_abstracts_that_are_asked_for_are_paragraphs_of_their_bullets() -> None:
    works = [work(title=t, abstract={"text": "- It *is*.", "complete": c}) for t, c in (("A", True), ("B", False))]
    assert markdown.render(works, Style(abstracts=True)) == "## Undated\n\n- A.\n\n    \\- It \\*is\\*.\n\n- B.\n"
    assert markdown.render(works, Style()) == "## Undated\n\n- A.\n- B.\n"


# ---------------------------------------------------------------- laws

HOSTILE = st.lists(
    st.sampled_from([*r"\`*_{}[]()#+-.!|<>&~$^@:;=%'\"/ ", "www.", "http://", "{{", "{%", "1.", "ab", "</li>", "\n"])
    | st.text(max_size=3),
    max_size=12,
).map("".join)


@given(HOSTILE)
def test_reading_the_escapes_gives_the_text_back(text: str) -> None:
    assert _shown(markdown.escape(text)) == _shown(markdown.opening(text)) == " ".join(text.split())


@given(HOSTILE)
def test_nothing_is_left_that_some_renderer_reads_as_markup(text: str) -> None:
    escaped = markdown.opening(text)
    assert not re.search(r"\{[{%]|%\}|[<>|~$^@]|://|www\.", escaped)
    assert not re.search(r"(?<!\\)(?:\\\\)*(?<!\\)[`*_\[\]{}]", escaped)
    assert not re.match(r"\d+[.)](\s|$)|[-+#:=%]", escaped)
    assert "\n" not in escaped


@given(st.lists(HOSTILE.map(lambda text: f"x{text}"), min_size=1, max_size=4))
def test_a_work_is_one_bullet_whatever_its_texts(texts: list[str]) -> None:
    works = [
        work(title=text, authors={"names": [{"literal": text}]}, venue={"name": text}, urls=[f"https://a.b/{text}"])
        for text in texts
    ]
    lines = markdown.render(works, Style()).splitlines()
    assert lines[:2] == ["## Undated", ""]
    assert len(lines) == 2 + len(works)
    assert all(line.startswith("- x") and line.count("](https://") == 1 for line in lines[2:])


def test_the_known_hazards_are_escaped(shared: Path) -> None:
    suite = json.loads((shared / "suites" / "markdown-hazards.json").read_text(encoding="utf-8"))
    for case in suite["cases"]:
        assert _shown(markdown.opening(case["input"])) == " ".join(case["input"].split())


def _shown(escaped: str) -> str:
    """The text as CommonMark shows it: a backslash before punctuation is none, and an entity is its character."""
    pieces = re.split(r"\\([!-/:-@\[-`{-~])", escaped)
    return "".join(piece if index % 2 else html.unescape(piece) for index, piece in enumerate(pieces))
