"""Markdown's links, emphasis and headings in a line of text, as the marks that HTML would give."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Sequence

from pubtools import patterns
from pubtools.page import Line, Mark, fold

_LINK = patterns.compile(
    r"(?:!\[|\[)(?P<text>[^\[\]]{0,300}+(?:\[[^\[\]]{0,60}+\][^\[\]]{0,300}+){0,9}+)\]"
    r"\((?P<url>[^()\s]{0,500}(?:\([^()\s]{0,100}\)[^()\s]{0,300})?)(?: \"[^\"]{0,100}\")?\)"
)
_EMPHASIS = patterns.compile(
    r"(?P<mark>(?P<sign>[*_])(?<![\w*].)(?P=sign)?)(?=[^\s*_])(?P<text>[^*_]{1,400}?)(?<=[^\s*_])(?P=mark)(?![\w*])"
)
_HEADING = patterns.compile(r"#{1,6} +")
# A longer line is a page that has lost its lines.
_LONGEST = 20_000
# Tags in a page of Markdown or of plain text, and the signs of Markdown that say the same.
_ANCHOR = patterns.compile(
    r"<a\s[^<>]{0,200}?href ?= ?[\"']?(?P<url>[^<>\"'\s]{0,500}+)[^<>]{0,200}+>(?P<text>[^<>]{0,300}+)</a>", re.I
)
_TAG = patterns.compile(
    r"<(?P<close>/?)(?P<name>br|strong|b|em|i|cite|u|a|p|div|span|font|small|big|sup|sub|li|ul|ol|img)\b[^<>]{0,300}>",
    re.I,
)
_SIGNS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "br": " "}
_ENTITY = patterns.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[\da-fA-F]{2,5});")
# What kramdown and pandoc say of a link or a line: "{:target="_blank"}", "{.external}".
_ATTRIBUTES = patterns.compile(r"\{:[^{}]{1,200}\}|(?<=\))\{[.#][^{}]{1,200}\}|(?<=\))\{target=[^{}]{1,100}\}")
# Emphasis around what is set as code.
_CODE = patterns.compile(r"(?P<mark>\*{1,2})`|`(?=\*)")
# Letters of a word set off to show what its short form is made of.
_WITHIN = patterns.compile(r"\*\*(?:(?P<letters>\w{1,6})\*\*(?=\w)|(?<=\w..)(?P<last>\w{1,6})\*\*)")
# A sign that Markdown would take for its own: "1968\\.", "\\[J1\\]", "\\*".
_ESCAPED = patterns.compile(r"\\(?:(?<=\d.)(?=[.)])|(?=[-+*_#\[\]])(?!\S\w*[{$]))")


# What begins on a line and does not end there, and where it ends on another one.
_OPEN = {
    "[": (patterns.compile(r"\[(?=[^\[\]\s])(?=[^\[\]]*$)"), patterns.compile(r"\](?=\()")),
    "**": (patterns.compile(r"\*\*(?<![\w*]..)(?=[^\s*])(?=[^*]*$)"), patterns.compile(r"(?<=[^\s*])\*\*(?![\w*])")),
    "*": (patterns.compile(r"\*(?<![\w*].)(?=[^\s*])(?=[^*]*$)"), patterns.compile(r"(?<=[^\s*])\*(?![\w*])")),
    "_": (patterns.compile(r"_(?<!\w.)(?=[^\s_])(?=[^_]*$)"), patterns.compile(r"(?<=[^\s_])_(?![\w_])")),
}
_REST_OF_ADDRESS = patterns.compile(r"[^\s()]{1,300}\)")
# So many lines further on it must end.
_FAR = 4


def unquoted(lines: Sequence[Line]) -> Sequence[Line]:
    """`lines` without the sign of a quotation before each, where a blank one among them has it, too.

    Elsewhere the sign may be a bullet.
    """
    if all(line.text != ">" for line in lines):
        return lines
    return [line._replace(text=line.text[1:].lstrip()) if line.text[:1] == ">" else line for line in lines]


def unwrapped(lines: Sequence[Line]) -> Sequence[Line]:
    """`lines` with every link and emphasis that runs over a line's end closed on each line it stands on."""
    begun = [
        at
        for at, line in enumerate(lines)
        if ("[" in line.text or "*" in line.text or "_" in line.text) and not line.marks and len(line.text) <= _LONGEST
    ]
    if not begun:
        return lines
    given = [line.text for line in lines]
    texts = [*given]
    for at in begun:
        for sign, (begins, ends) in _OPEN.items():
            opens = texts[at].rfind(sign)  # any other one is closed
            if opens >= 0 and begins.match(texts[at], opens) and (end := _end(texts, at, ends)):
                if sign == "[":
                    _close_link(texts, at, *end)
                else:
                    last = end[0]
                    texts[at] += sign
                    for between in range(at + 1, last):
                        texts[between] = f"{sign}{texts[between]}{sign}"
                    texts[last] = sign + texts[last]
    if texts == given:
        return lines
    return [line if line.text == text else line._replace(text=text) for line, text in zip(lines, texts, strict=True)]


def _end(texts: Sequence[str], at: int, ends: re.Pattern[str]) -> tuple[int, int] | None:
    """The index of the line on which something ends, below that at `at` in its paragraph, and the offset there."""
    for index in range(at + 1, min(at + 1 + _FAR, len(texts))):
        if not texts[index] or len(texts[index]) > _LONGEST:
            return None
        if found := ends.search(texts[index]):
            return index, found.start()
    return None


def _close_link(texts: list[str], at: int, last: int, end: int) -> None:
    """Close a link on each of its lines; an address may go on in the line below its words."""
    below = texts[last + 1] if last + 1 < len(texts) else ""
    stop = texts[last].find(")", end) + 1
    address = texts[last][end + 1 : stop or None]
    if not stop:
        rest = None if " " in address else _REST_OF_ADDRESS.match(below)
        if rest is None:
            return
        address += rest[0]
        texts[last] += rest[0]
        texts[last + 1] = below[rest.end() :].lstrip()
    texts[at] = f"{texts[at]}]{address}"
    for between in range(at + 1, last):
        texts[between] = f"[{texts[between]}]{address}"
    texts[last] = "[" + texts[last]


def heading(text: str) -> int:
    """The level of the heading that `text` is, 1 to 6; 0 where it is none."""
    found = _HEADING.match(text)
    return len(found[0].rstrip()) if found else 0


def plain(text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...]]:
    """`text` without Markdown's signs, and the marks that they become; unchanged where the page's HTML gave marks."""
    has_sign = "*" in text or "_" in text or "<" in text or "\\" in text or "&" in text or "](" in text or "{:" in text
    if marks or not has_sign or len(text) > _LONGEST:
        return text, marks
    text = _unescaped(text)
    if "**" in text:
        text = _WITHIN.sub(lambda part: part["letters"] or part["last"], text)
    found: list[Mark] = []
    if "](" in text and (hits := list(_LINK.finditer(text))):
        text, found = _cut_out(text, hits)
    if ("*" in text or "_" in text) and (hits := list(_EMPHASIS.finditer(text))):
        if found:
            dropped = _Dropped(hits)
            found = [Mark(dropped.moved(of.start), dropped.moved(of.end), of.kind, of.target) for of in found]
        text, more = _cut_out(text, hits)
        found += more
    lead = len(text) - len(text.lstrip())
    return text.strip(), moved(tuple(found), lead)


def moved(marks: tuple[Mark, ...], by: int) -> tuple[Mark, ...]:
    """`marks` of a text whose first `by` characters are dropped."""
    if not marks:
        return marks
    left = [mark for mark in marks if mark.end > by]
    if by:
        left = [Mark(max(mark.start - by, 0), mark.end - by, mark.kind, mark.target) for mark in left]
    return tuple(left)


def _cut_out(text: str, hits: Sequence[re.Match[str]]) -> tuple[str, list[Mark]]:
    """`text` with nothing of the `hits` but their words, and the marks of these."""
    out: list[str] = []
    marks: list[Mark] = []
    at = length = 0
    for hit in hits:
        is_link = hit.lastgroup == "url"
        words = hit["text"]
        if is_link and words[:1] == "[" and words[-1:] == "]":
            words = ""  # "[[pdf]](looms.pdf)" is a label and no text
        start, end = hit.span()
        length += start - at
        if is_link:
            marks.append(Mark(length, length + len(words), "link", hit["url"]))
        else:
            marks.append(Mark(length, length + len(words), "strong" if len(hit["mark"]) == 2 else "emphasis"))
        out += text[at:start], words
        length += len(words)
        at = end
    return "".join(out) + text[at:], marks


def _unescaped(text: str) -> str:
    """`text` with Markdown's signs for the tags in it, its entities and its escaped signs as what they stand for."""
    if "<" in text:
        text = _ANCHOR.sub(r"[\g<text>](\g<url>)", text)
        text = _TAG.sub(lambda tag: _SIGNS.get(tag["name"].lower(), ""), text)
    if "{" in text:
        text = _ATTRIBUTES.sub("", text)
    if "`*" in text:
        text = _CODE.sub(lambda code: code["mark"] or "", text)
    if "&" in text:
        text = _ENTITY.sub(lambda entity: fold(html.unescape(entity[0])), text)
    return _ESCAPED.sub("", text) if "\\" in text else text


class _Dropped:
    """The signs before and behind the words of `hits`, and where dropping them moves an offset to."""

    def __init__(self, hits: Sequence[re.Match[str]]) -> None:
        self._at: list[int] = []
        self._sums = [0]
        for hit in hits:
            words = hit.span("text")
            for at, end in ((hit.start(), words[0]), (words[1], hit.end())):
                self._at.append(at)
                self._sums.append(self._sums[-1] + end - at)

    def moved(self, offset: int) -> int:
        return offset - self._sums[bisect_left(self._at, offset)]
