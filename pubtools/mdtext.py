"""Plain text and web addresses as Markdown, so that every common renderer shows exactly that text and no more.

Held to CommonMark, GitHub, GitLab, Jekyll with kramdown, pandoc, Python-Markdown, mistune and marked: what one of them
would take for markup is a backslash escape where all of them know it, else an entity. Straight quotes, `--` and `...`
stay: a renderer that sets them as typographers do was asked to.
"""

from __future__ import annotations

import re

from pubtools import patterns

# A backslash before these is read by every renderer; before the rest an entity is.
_ESCAPES = {character: f"\\{character}" for character in r"\`*_{}[]"} | {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;", "$": "&#36;", "^": "&#94;", "@": "&#64;",
}  # fmt: skip
# What somebody would read as more than text; the named ones are harmless alone. The first line is for speed.
_MARKUP = patterns.compile(
    r"(?=[\\`*_{}\[\]&<>|~$^@%=+:./(#'\"])(?:"
    r"(?P<template>\{(?=[{%#])|%(?=\}))"  # Jekyll's {{ }} and {% %}, and Jinja's comments
    r"|(?P<mark>={2,}|\+{2,})"  # ==marked== and ++inserted++
    r"|(?P<slash>/(?=/))"  # bare links
    r"|(?P<dot>(?<=[wW]{3})\.|(?<=\S)\.(?=[^\W\d_]{2}))"  # bare links without a scheme
    r"|(?P<colon>:(?=:)|:(?=[\w+-]+:))"  # pandoc's ::: and :smile:
    r"|(?P<bracket>\((?=(?:[cCrRpP]|[tT][mM])\)))"  # "(c)" is © to some
    r"|(?P<address>(?<=[\w.+-])@(?=[\w.-]+\.\w))"
    r"|(?P<quote>(?<!\w)'|(?<=\\)\"|(?<= )\"(?= ))"  # 't Hooft and TeX's accents: to pandoc, quotations begin or end
    r"|(?P<hash>(?<![&\w])\#(?=\d))"  # GitHub's issues
    r"|[\\`*_{}\[\]&<>|~$^@])"
)
_NAMED = {
    "hash": r"\#",
    # cmark-gfm looks for addresses when entities are characters again; a comment stands between the words.
    "address": "&#64;<!-- -->",
}
# Control characters that are no space, and the byte order mark: no renderer shows them, and some stumble.
_INVISIBLE = patterns.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufeff]")
# At the beginning: lists ("1.", "a)", "(iv)", "-"), headings ("#", "---"), a definition (":"), pandoc's "%" title.
_LEADING_NUMBER = patterns.compile(r"(\(?(?:\d+|[A-Za-z]|[ivxlcdm]{1,9}))([.)])(?=\s|$)", re.IGNORECASE)
_LEADING_MARK = {"-": "\\-", "+": "\\+", "#": "\\#", ":": "&#58;", "%": "&#37;", "=": "&#61;", "!": "\\!"}

# "[ ]" and "[x]" are a box to tick for pandoc, whatever is escaped in them.
_BOX = patterns.compile(r"\\\[(?=[ x]\\\](?:\s|$))", re.IGNORECASE)

_WEB = patterns.compile(r"https?://[^\s/?#]", re.IGNORECASE)
_NOT_IN_TARGETS = patterns.compile(r"[^!#%&'+,\-./0-9:;=?@A-Z_a-z~]+")


def escape(text: str) -> str:
    """`text` on one line, so that a renderer shows exactly it; not for the beginning of a line."""
    visible = text if text.isprintable() else _INVISIBLE.sub("", text)
    line = " ".join(visible.split())
    escaped = _MARKUP.sub(_escaped, line)
    # A quotation mark without another would have its fellow in the next text, for pandoc.
    if escaped.count('"') % 2:
        escaped = escaped.replace('"', "&#34;")
    if not escaped.isascii() and escaped.count("“") != escaped.count("”"):
        escaped = escaped.replace("“", "&#8220;").replace("”", "&#8221;")
    return escaped


def opening(text: str) -> str:
    """`text` escaped for the beginning of an item, where a number, a dash and more would be markup as well."""
    return at_start(escape(text))


def at_start(line: str) -> str:
    """`line`, which is Markdown, for the beginning of an item: "1984." is the title of a book and no list."""
    if found := _LEADING_NUMBER.match(line):
        return f"{found[1]}\\{line[found.start(2) :]}"
    if found := _BOX.match(line):
        return f"{found[0]}<!-- -->{line[found.end() :]}"
    return _LEADING_MARK.get(line[:1], line[:1]) + line[1:]


def heading(text: str, level: int) -> str:
    """`text` as a heading of `level` 1-6, one line."""
    line = escape(text)
    # A number sign at the end would close the heading and be gone.
    return f"{'#' * level} " + (f"{line[:-1]}\\#" if line.endswith("#") else line)


def target(url: str) -> str | None:
    """`url` as the target of a link, percent-encoded where it would end it early; None for all but http and https."""
    url = url.strip()
    if not _WEB.match(url):
        return None
    encoded = _NOT_IN_TARGETS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)
    return encoded.replace("&", "&amp;")


# ---------------------------------------------------------------- inside


def _escaped(found: re.Match[str]) -> str:
    if found.lastgroup is None:
        return _ESCAPES[found[0]]
    if found.lastgroup in _NAMED:
        return _NAMED[found.lastgroup]
    return "".join(f"&#{ord(character)};" for character in found[0])
