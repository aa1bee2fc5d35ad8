"""A page in HTML: what its reader sees, what its tags say of it, and on which line of the file it stands."""

from __future__ import annotations

import sys
import time
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import html
from pubtools.errors import InputError
from pubtools.page import Mark

ROOT = Path(__file__).parents[1]


def shown(text: str) -> list[str]:
    """The lines of the page, indented; a bullet stands for the mark of an item."""
    lines = html.page(text).lines
    bullets = ["• " if any(mark.kind == "item" for mark in line.marks) else "" for line in lines]
    return [" " * line.indent + bullet + line.text for line, bullet in zip(lines, bullets, strict=True)]


def marked(text: str, kind: str) -> list[tuple[str, str | None]]:
    """The texts that `kind` is said of, and the targets."""
    return [
        (line.text[mark.start : mark.end], mark.target)
        for line in html.page(text).lines
        for mark in line.marks
        if mark.kind == kind
    ]


# ---------------------------------------------------------------- what is HTML


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada", "page.html"),
        ("Ada", "PAGE.HTM"),
        ("<!DOCTYPE html><p>Ada", "page.txt"),
        ("\ufeff\n  <html lang=en>", "page"),
        ('<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0">', "page"),
        ("<!-- saved from url=(0020)https://ada.example/ -->\n<HTML>", "page"),
        ("<ul><li>One</li><li>Two</li></ul>", "-"),
    ],
)
def test_html_is_known_by_its_suffix_or_its_beginning(text, name):
    assert html.fits(text, name)


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace",
        "A page on <b>bold</b> <i>tags</i> that <b>begins</b> with words",
        "<ada@example.org>\nPublications",
        '<?xml version="1.0"?><feed><entry><title>x</title></entry></feed>',
        "@article{a, title = {On <i>Drosophila</i>}}",
        "",
    ],
)
def test_other_text_is_not(text):
    assert not html.fits(text, "page.txt")


# ---------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # White space, words and lines
        ("<p>one\n  two&nbsp; three", ["one two three"]),
        ("Fre<b>e</b>fo<wbr>rm&shy;s", ["Freeforms"]),
        ("<b>one </b><i> two</i> , three", ["one two , three"]),
        ("one<br>two<br/>three", ["one", "two", "three"]),
        ("one<br><br>two", ["one", "", "two"]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("<p>one<p>two</p>three", ["one", "", "two", "", "three"]),
        ("a &lt;b&gt; &eacute; &#8211; &#x1D53C; &unknown; R&D", ["a <b> é – 𝔼 &unknown; R&D"]),
        ("caf" + "e\u0301", ["caf\u00e9"]),
        # Lists
        ("<ul><li>one<li>two</ul>", ["• one", "• two"]),
        ("<ol><li>one<br>more</li><li><p>two</p></li></ol>", ["• one", "  more", "", "• two"]),
        ("<ul><li>one<ul><li>below</ul><li>two</ul>", ["• one", "  • below", "• two"]),
        ("<ul><li></li><li>two</ul>", ["• two"]),
        ("<dl><dt>2020<dd>one<dd>two</dl>", ["• 2020", "  one", "  two"]),
        ("<dl><dt>[Lo43]<dd>one<br>more</dl>", ["• [Lo43] one", "  more"]),
        # Tables
        ("<table><tr><td>2020<td>Title<td>Venue</table>", ["2020 | Title | Venue"]),
        ("<table><tr><td>[1]</td> <td>One</td></tr><tr><td>2.<td>Two</table>", ["[1] One", "2. Two"]),
        ("<table><tr><td></td><td>One</td></tr></table>", ["One"]),
        ("<table><tr><td>3<td>A<br>B<tr><td>4<td>C</table>", ["3 A", "B", "", "4 C"]),
        # Words that are drawn otherwise
        ("Lovelace<sup>1,2</sup>, Babbage<sup>*</sup>", ["Lovelace¹², Babbage*"]),
        ("Lovelace<sup>a</sup>, the 10<sup>th</sup>, L<sup>2</sup>, CO<sub>2</sub>", ["Lovelaceᵃ, the 10th, L², CO2"]),
        ("Say <q>yes</q>", ["Say “yes”"]),
        ("<math><mi>x</mi><annotation encoding='application/x-tex'>x^2</annotation></math>", ["$x^2$"]),
        ("<math><mi>x</mi><mo>+</mo><mi>y</mi></math>", ["x+y"]),
        ("<pre>one\n   two\n\nthree</pre>", ["one", "   two", "", "three"]),
        ("<a href='https://a.example/p'><img src=p.png alt='PDF'></a>", ["PDF"]),
        ("<a href='https://a.example/p' aria-label='Code'><i class=icon></i></a>", ["Code"]),
        # What no reader sees
        ("<title>T</title><style>b</style><script>c</script><template>d</template><!-- e -->f", ["f"]),
        ("<nav><ul><li><a href=/>Home</a><li><a href=/cv>CV</a></ul></nav>f", ["f"]),
        ("<div style='display: none'>Abstract</div><span hidden>x</span><i aria-hidden=true>y</i>f", ["f"]),
        ("<select><option>2020</select><svg><title>icon</title></svg>f", ["f"]),
        ("", [""]),
    ],
)
def test_lines_are_those_that_a_reader_sees(text, expected):
    assert shown(text) == expected


def test_no_publication_is_lost_to_a_tag_that_hides_it():
    assert shown("<div style='display:none'><ul><li>Older papers</ul></div>") == ["• Older papers"]
    assert shown("<ul><li hidden>The second ten</ul>") == [""]
    inside_a_menu = "<nav><p>" + "Ada Lovelace. On the engine. " * 5 + "</nav>"
    assert shown(inside_a_menu)[0].startswith("Ada Lovelace")


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("<h1>Ada <b>Lovelace</b></h1>", "heading", [("Ada Lovelace", None)]),
        ("<h2>Two<br>lines</h2>", "heading", [("Two", None), ("lines", None)]),
        ("<div role=heading>Papers</div>", "heading", [("Papers", None)]),
        (
            "x <i> one </i>, <em>two</em> <cite>three</cite>",
            "emphasis",
            [("one", None), ("two", None), ("three", None)],
        ),
        ("<i>over<br>lines</i> end", "emphasis", [("over", None), ("lines", None)]),
        ("<i>once <em>only</em> said</i>", "emphasis", [("once only said", None)]),
        ("<b>one</b> <strong>two</strong> <u>three</u>", "strong", [("one", None), ("two", None), ("three", None)]),
        ("<span style='font-weight:700'>one</span>", "strong", [("one", None)]),
        ("<span style='font-style: italic'>one</span>", "emphasis", [("one", None)]),
        ("<a href='https://a.example/p'>on <b>it</b></a>", "link", [("on it", "https://a.example/p")]),
        ("x<a href='https://doi.org/10.5555/x'><img></a>", "link", [("", "https://doi.org/10.5555/x")]),
        ("<a href=//a.example/p>x</a>", "link", [("x", "https://a.example/p")]),
        ("<a href='https://a.example/a b\n'>x</a>", "link", [("x", "https://a.example/a%20b")]),
        ("<a href=doi:10.5555/x>x</a>", "link", [("x", "doi:10.5555/x")]),
        # No address: whose page it is is not known, or it is none
        ("<a href=p.pdf>x</a>", "link", [("x", None)]),
        ("<a href=mailto:ada@example.org>x</a>", "link", [("x", None)]),
        ("<a href='javascript:show()'>x</a>", "link", [("x", None)]),
        ("<a href='http://[x'>x</a>", "link", [("x", None)]),
        ("<a href='#top'>x</a> <a name=here>y</a>", "link", []),
        # The page's own address is known
        ("<base href='https://a.example/u/'><a href=p.pdf>x</a>", "link", [("x", "https://a.example/u/p.pdf")]),
        ("<link rel=canonical href='https://a.example/u/'><a href=/p>x</a>", "link", [("x", "https://a.example/p")]),
        ("<meta property=og:url content='https://a.example/u'><a href=p>x</a>", "link", [("x", "https://a.example/p")]),
        ("<!-- saved from url=(0020)https://a.example/u/ --><a href=p>x</a>", "link", [("x", "https://a.example/u/p")]),
    ],
)
def test_marks_say_what_the_tags_say(text, kind, expected):
    assert marked(text, kind) == expected


def test_what_is_marked_is_known_to_the_letter():
    (line,) = html.page("<p>A. <b>Bc</b> <i>d <a href=https://e.example/>e</a></i>").lines
    assert line.text == "A. Bc d e"
    assert line.marks == (
        Mark(3, 5, "strong"),
        Mark(6, 9, "emphasis"),
        Mark(8, 9, "link", "https://e.example/"),
    )


# ---------------------------------------------------------------- lines of the file


def test_every_line_knows_where_it_stands_in_the_file():
    page = html.page("<html>\n<h1\n class=x>\n One</h1><p>Two\nmore<br>\r\nThree<!--\n\n--><p>\n<b>\nFour</b>")
    at = {line.text: page.file_line(line.number) for line in page.lines if line.text}
    assert at == {"One": 4, "Two more": 4, "Three": 6, "Four": 10}


def test_a_file_of_one_line_is_a_page_of_many():
    page = html.page("<ul>" + "<li>one" * 3 + "</ul>")
    assert [line.number for line in page.lines] == [1, 2, 3]
    assert page.file_lines == (1, 1, 1)


# ---------------------------------------------------------------- anything at all


TAGS = (
    "<ul> <li> </li> </ul> <p> <b> </b> <i> </i> <a href=x> </a> <br> <table> <tr> <td> </table> <pre> </pre> <h1> "
    "</h1> <div> </div> <sup> </sup> <dl> <dt> <dd> <nav> </nav> <q> &amp; one two"
).split()


@given(st.lists(st.sampled_from(TAGS), max_size=40))
def test_every_page_is_numbered_and_marked_within_its_lines(tags):
    page = html.page("\n".join(tags))
    assert [line.number for line in page.lines] == list(range(1, len(page.lines) + 1))
    assert len(page.file_lines) == len(page.lines)
    for line in page.lines:
        assert line.text == " ".join(line.text.split())
        assert line.indent >= 0
        for mark in line.marks:
            assert 0 <= mark.start <= mark.end <= len(line.text)
            assert line.text[mark.start : mark.end] == line.text[mark.start : mark.end].strip()
    words = [tag for tag in tags if tag in ("one", "two")]
    assert sum(line.text.count("one") + line.text.count("two") for line in page.lines) <= len(words)


@pytest.mark.parametrize(
    "unit",
    ["<div>", "<b>x<br>", "<a href=x>", "<nav>", "<ul><li>x", "<table><tr><td>", "<p hidden>", "</p", "<!--", "<td>1"],
)
def test_time_is_proportional_to_size(unit):
    def seconds(times: int) -> float:
        start = time.process_time()
        html.page("<table>" * unit.startswith("<td>1") + unit * times)
        return time.process_time() - start

    seconds(100)  # imports
    # Four times as much may take four times as long, and noise; what is quadratic takes sixteen times, each time.
    assert any(seconds(8000) < 9 * seconds(2000) + 0.2 for _ in range(4))


def test_without_the_library_the_user_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "justhtml", None)
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]["html"]
    with pytest.raises(InputError) as raised:
        html.page("<p>Ada", "ada.html")
    assert f"pip install '{extra[0]}'" in str(raised.value)
