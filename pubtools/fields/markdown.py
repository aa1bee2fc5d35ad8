"""What Markdown's signs say in a line of text: some programs render a page's links and emphasis so."""

from __future__ import annotations

from pubtools import patterns

_LINK = patterns.compile(
    r"(?:!\[|\[)(?P<text>(?:[^\[\]]|\[[^\[\]]{0,100}\]){0,500})\]"
    r"\((?P<target>[^()\s]{0,1000}(?:\([^()\s]{0,200}\)[^()\s]{0,500})?)(?: \"[^\"]{0,200}\")?\)"
)
_PICTURE = patterns.compile(r"!\[[^\[\]]{0,500}\]\([^()\s]{0,1000}\)")
_SET_OFF = patterns.compile(
    r"(?P<mark>(?P<sign>[*_])(?<![\w*\\].)(?P=sign)?)(?=[^\s*_])(?P<text>[^*_]{1,500}?)(?<=[^\s*_\\])(?P=mark)(?![\w*])"
    r"(?: (?=[,.;]))?"
)
_ESCAPE = patterns.compile(r"\\(?=[!#()*+.<>\[\]_`{|}~-])")
_HEADING = patterns.compile(r"#{1,6} +")


def plain(text: str) -> str:
    """`text` without the signs of links, emphasis, headings and escapes; pictures are dropped.

    Nothing is looked for in a text that has none of the signs.
    """
    if not ("*" in text or "_" in text or "](" in text or "#" in text or "\\" in text):
        return text
    text = _HEADING.sub("", text, count=1) if text.startswith("#") else text
    if "](" in text:
        text = _LINK.sub(r"\g<text>", _PICTURE.sub("", text) if "![" in text else text)
    if "*" in text or "_" in text:
        text = _SET_OFF.sub(r"\g<text>", text)
    if "\\" in text:
        text = _ESCAPE.sub("", text)
    return " ".join(text.split())


def links(text: str) -> list[tuple[str, str]]:
    """The links of `text`: what each is called, and its target."""
    if "](" not in text:
        return []
    return [(plain(found["text"]), found["target"]) for found in _LINK.finditer(text) if found[0][0] != "!"]


def set_off(text: str) -> str | None:
    """The emphasised stretch that `text` begins with, without its signs; None where it begins with anything else."""
    found = _SET_OFF.match(text)
    return plain(found["text"]) if found else None
