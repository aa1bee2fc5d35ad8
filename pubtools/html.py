"""A page in HTML as the lines that a reader sees, with what its tags say of them; the file's lines stay known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin, urlsplit

from pubtools import patterns
from pubtools.errors import InputError
from pubtools.page import Line, Mark, Page, fold

if TYPE_CHECKING:
    from justhtml import Node

Kind = Literal["heading", "emphasis", "strong", "link"]
# Elements without a word of the page for readers in them.
DROPPED = frozenset(
    "audio canvas datalist embed frameset iframe input link meta meter noembed noframes object progress script select "
    "source style svg template textarea title track video".split()
)
# Elements that stand on lines of their own; those of SPACED have a blank line above and below.
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer "
    "form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup p pre search section summary table "
    "tbody tfoot thead tr ul".split()
)
SPACED = frozenset(
    "address article aside blockquote dl figure footer h1 h2 h3 h4 h5 h6 header hr main menu nav ol p pre section "
    "table ul".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
LISTS = frozenset("dir menu ol ul".split())
EMPHASIS: dict[str, Kind] = {
    **dict.fromkeys("cite dfn em i var".split(), "emphasis"),
    # Underlined or set off: how people show which author they are.
    **dict.fromkeys("b mark strong u".split(), "strong"),
}
# What a list of publications is made of. Hidden text that has none of it is a menu, an icon's name or a pop-up.
_STRUCTURE = HEADINGS | frozenset("article dt li tr".split())
_INDENT = 2
# A menu has hardly a word beside its links.
_MOST_IN_MENU = 100
# A longer name of a picture describes it; a shorter one says what its link is: "PDF", "Project page".
_LONGEST_LABEL = 30

_ITALIC = patterns.compile(r"font-style\s*:\s*(?:italic|oblique)", re.I)
_BOLD = patterns.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
_HIDDEN = patterns.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SCHEMES = frozenset(("http", "https", "ftp", "doi"))
# Browsers write it into the pages they save.
_SAVED_FROM = patterns.compile(r"\s*saved from url=\(\d+\)(\S+)")
# A cell or a term that only numbers what stands beside it: "[12]", "J3.", "•".
_LABEL = patterns.compile(r"[\[(]?[A-Za-z]{0,2}-?\d{1,3}[\])]?[.:)]?|\[\w{1,8}\]|[•·*–-]")
_LONGEST_NUMBER = 12
# Raised characters that Unicode has; "10th" and "Vᵉ" stay as they are written.
_RAISED = dict(zip("0123456789+-=()abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", strict=True))
_RAISABLE = patterns.compile(r"[0-9+=()-]+|[a-z]")

_BEGINS_AS_HTML = patterns.compile(r"(?:<!doctype html|<(?:html|head|body|meta|title)\b)", re.I)
_PROLOGUE = patterns.compile(r"\s*(?:(?:<\?xml[^>]*>|<!--(?:(?!-->)[\s\S])*-->)\s*)*")
_CLOSING = patterns.compile(r"</(?:a|article|div|em|h[1-6]|i|li|ol|p|section|span|strong|table|td|tr|ul)\s*>", re.I)
# So much of a file is looked at to tell what it is.
_SNIFFED = 20_000


def fits(text: str, name: str) -> bool:
    """Whether `text`, of a file called `name`, is HTML: by its suffix, or by how it begins and goes on."""
    if name.lower().endswith((".html", ".htm", ".xhtml")):
        return True
    head = text[:_SNIFFED].lstrip("\ufeff")
    start = _PROLOGUE.match(head)
    at = start.end() if start else 0
    if _BEGINS_AS_HTML.match(head, at):
        return True
    return head.startswith("<", at) and len(_CLOSING.findall(head, at)) >= 3


def page(text: str, name: str = "page") -> Page:
    """The page that the HTML `text` shows, a line a block or a row, unwrapped.

    Scripts, menus and hidden furniture are left out; text that is hidden, but built like a list, stays. Raises
    InputError if the library that reads HTML is not installed.
    """
    try:
        from justhtml import JustHTML
    except ImportError as error:
        message = "is HTML, and the library that reads it is not installed"
        hint = "pip install 'justhtml>=3.16,<4', or save the page as plain text"
        raise InputError(message, path=name, hint=hint) from error
    document = JustHTML(text, sanitize=False, track_node_locations=True, scripting_enabled=False)
    walk = _Walk()
    walk.read(document.root)
    writer = walk.writer
    return Page(name, tuple(writer.lines), text, tuple(writer.file_lines))


# ---------------------------------------------------------------- lines


@dataclass(slots=True)
class _Writer:
    """Puts words on lines: white space is folded, and what is set off is marked on every line it stands on."""

    lines: list[Line] = field(default_factory=list)
    file_lines: list[int] = field(default_factory=list)
    indent: int = 0
    item: bool = False
    gap: bool = False
    between: str = ""
    # Spaces before the first word, where they are kept as they are.
    lead: int = 0
    parts: list[str] = field(default_factory=list)
    length: int = 0
    file_line: int = 1
    marks: list[Mark] = field(default_factory=list)
    # Where each open element's stretch begins on this line, its kind, and the target of a link.
    open: list[tuple[int, Kind, str | None]] = field(default_factory=list)

    def text(self, text: str, line: int | None) -> None:
        """Add `text`, which begins on the file's `line`, to the line."""
        folded = fold(text.replace("\n", " "))
        words = " ".join(folded.split())
        if not words:
            self.between = self.between or (" " if folded else "")
            return
        if not self.parts:
            if line is not None:
                self.file_line = line + text[: len(text) - len(text.lstrip())].count("\n")
            self.between = ""
        elif folded[0] == " " and not self.between:
            self.between = " "
        start = self.length + len(self.between)
        if self.between:  # it stands before what begins here
            self.open = [(start if at == self.length else at, kind, target) for at, kind, target in self.open]
        self.parts += (self.between, words)
        self.length = start + len(words)
        self.between = " " if folded[-1] == " " else ""

    def set_off(self, kind: Kind, target: str | None = None) -> bool:
        """Mark what comes from here on; False, and nothing done, where it is marked so already."""
        if any(kind == already for _, already, _ in self.open):
            return False
        self.open.append((self.length, kind, target))
        return True

    def end_set_off(self) -> None:
        """Mark no further what was set off last."""
        self._mark(*self.open.pop())

    def cell(self, *, alone: bool) -> None:
        """Begin a cell: after a label beside it, else on a line of its own if `alone`, or behind a bar."""
        if self.parts and self.length <= _LONGEST_NUMBER and _LABEL.fullmatch("".join(self.parts)):
            self.between = " "
        elif alone:
            self.end_line()
        elif self.parts:
            self.between = " | "

    def end_line(self, *, gap: bool = False) -> None:
        """Begin a new line, after a blank one if there is a `gap`."""
        if self.parts:
            self._flush()
        elif self.marks:
            self.marks.clear()
        self.gap = self.gap or gap
        self.between = ""

    def end_page(self) -> None:
        """End the last line; a page without a word is one blank line, as it is of plain text."""
        self.end_line()
        if not self.lines:
            self._append("", 0, ())

    def _mark(self, start: int, kind: Kind, target: str | None) -> None:
        if start < self.length or target:  # a picture may be a link
            self.marks.append(Mark(start, self.length, kind, target))

    def _flush(self) -> None:
        for start, kind, target in self.open:
            self._mark(start, kind, target)
        text = "".join(self.parts)
        if self.item:
            self.marks.append(Mark(0, len(text), "item"))
        if self.gap and self.lines:
            self._append("", 0, ())
        outdent = _INDENT if self.item else 0
        marks = tuple(sorted(self.marks, key=lambda mark: mark.start))
        self._append(text, max(self.indent - outdent, 0) + self.lead, marks)
        self.open = [(0, kind, target) for _, kind, target in self.open]
        self.parts, self.length, self.lead, self.marks = [], 0, 0, []
        self.item = self.gap = False

    def _append(self, text: str, indent: int, marks: tuple[Mark, ...]) -> None:
        self.lines.append(Line(len(self.lines) + 1, text, indent, marks))
        self.file_lines.append(self.file_line)


# ---------------------------------------------------------------- elements


@dataclass(frozen=True, slots=True)
class _End:
    """The end of an element, and what its beginning did."""

    name: str
    set_off: int = 0
    indented: bool = False
    kept: bool = False


@dataclass(slots=True)
class _Walk:
    """Goes through a document and tells the writer; no depth of nesting is too deep."""

    writer: _Writer = field(default_factory=_Writer)
    base: str | None = None
    verbatim: int = 0
    lists: int = 0
    # Within what looked like furniture and is none, nothing is furniture.
    kept: int = 0
    # Whether the cells of the row stand on one line; a row within a row has its own.
    rows: list[bool] = field(default_factory=list)

    def read(self, root: Node) -> None:
        """Write all of `root`."""
        todo: list[Node | _End] = [root]
        while todo:
            node = todo.pop()
            if isinstance(node, _End):
                self._end(node)
            elif node.name == "#text":
                self._text(node)
            elif node.name == "#comment":
                self._base_from(_SAVED_FROM.match(_data(node)))
            elif end := self._begin(node):
                todo.append(end)
                todo.extend(reversed(node.children or ()))
        self.writer.end_page()

    def _text(self, node: Node) -> None:
        if not self.verbatim:
            self.writer.text(_data(node), node.origin_line)
            return
        for number, line in enumerate(_data(node).split("\n")):
            if number:
                self.writer.end_line(gap=not self.writer.parts)
            if not self.writer.parts:
                line = line.expandtabs()
                self.writer.lead = len(line) - len(line.lstrip())
            self.writer.text(line, None if node.origin_line is None else node.origin_line + number)

    def _begin(self, node: Node) -> _End | None:
        """What is to be undone at the end of `node`; None if nothing in it is to be read."""
        name, writer = node.name, self.writer
        if name in ("base", "link", "meta"):
            self._base_in(node.name, node.attrs or {})
        if name in DROPPED:
            return None
        furniture = not self.kept and (_is_out_of_sight(node) or _calls_itself_menu(node))
        if furniture and not _is_kept(node):
            return None
        self.kept += furniture
        if name == "br":
            writer.end_line(gap=not writer.parts)
            return None
        if name == "sup":
            writer.text(_raised(_all_text(node)), node.origin_line)
            return None
        if name == "math":
            writer.text(_formula(node), node.origin_line)
            return None
        if name in ("td", "th"):
            writer.cell(alone=not (self.rows and self.rows[-1]))
        elif name == "dd":
            writer.cell(alone=True)
        elif name in BLOCKS:
            writer.end_line(gap=name in SPACED and not (name in LISTS and self.lists))
        if name == "tr":
            self.rows.append(_is_one_line(node))
        elif name == "q":
            writer.text("“", node.origin_line)
        self.verbatim += name == "pre"
        self.lists += name in LISTS
        indented = name in ("li", "dd", "blockquote")
        writer.indent += _INDENT * indented
        writer.item = writer.item or name in ("li", "dt")
        return _End(name, self._set_off(node), indented, furniture)

    def _set_off(self, node: Node) -> int:
        """How many stretches begin with `node`."""
        name, writer, attributes = node.name, self.writer, node.attrs or {}
        begun = 0
        if name in HEADINGS or attributes.get("role") == "heading":
            begun += writer.set_off("heading")
        elif kind := EMPHASIS.get(name):
            begun += writer.set_off(kind)
        elif name == "a" and (href := attributes.get("href")) and not href.startswith("#"):
            begun += writer.set_off("link", self._address(href))
            writer.text(_label(node) if begun else "", node.origin_line)
        if (style := attributes.get("style")) and name not in BLOCKS:
            begun += bool(_ITALIC.search(style)) and writer.set_off("emphasis")
            begun += bool(_BOLD.search(style)) and writer.set_off("strong")
        return begun

    def _end(self, end: _End) -> None:
        writer = self.writer
        if end.name == "q":
            writer.text("”", None)
        for _ in range(end.set_off):
            writer.end_set_off()
        if end.name in BLOCKS and end.name != "dt":
            spaced = end.name in SPACED and not (end.name in LISTS and self.lists > 1)
            writer.end_line(gap=spaced or (end.name == "tr" and not self.rows[-1]))
        if end.name == "tr":
            self.rows.pop()
        elif end.name == "li":
            writer.item = False
        self.verbatim -= end.name == "pre"
        self.lists -= end.name in LISTS
        writer.indent -= _INDENT * end.indented
        self.kept -= end.kept

    # -- addresses

    def _base_in(self, name: str, attributes: Mapping[str, str | None]) -> None:
        """Learn which address the page has: what comes first counts, but <base> above all."""
        if name == "base":
            self.base = attributes.get("href") or self.base
        elif self.base is None and (attributes.get("rel") or "").lower() == "canonical":
            self.base = attributes.get("href")
        elif self.base is None and attributes.get("property") == "og:url":
            self.base = attributes.get("content")

    def _base_from(self, comment: re.Match[str] | None) -> None:
        if comment and self.base is None:
            self.base = comment[1]

    def _address(self, href: str) -> str | None:
        """The address that a link goes to; None for one that only the page's unknown address could complete."""
        href = href.strip().replace("\n", "").replace("\t", "").replace(" ", "%20")
        try:
            address = urljoin(self.base, href) if self.base else href
            parts = urlsplit(f"https:{address}" if address.startswith("//") else address)
        except ValueError:  # brackets that are no IPv6 address
            return None
        whole = parts.scheme == "doi" or (parts.scheme in _SCHEMES and parts.netloc)
        return parts.geturl() if whole else None


# ---------------------------------------------------------------- what an element is


def _data(node: Node) -> str:
    return str(node.data or "")


def _descendants(node: Node) -> Iterator[Node]:
    """All nodes below `node`, in the order of the document."""
    todo = list(reversed(node.children or ()))
    while todo:
        below = todo.pop()
        yield below
        todo.extend(reversed(below.children or ()))


def _all_text(node: Node) -> str:
    return "".join(_data(below) for below in _descendants(node) if below.name == "#text")


def _is_out_of_sight(node: Node) -> bool:
    attributes = node.attrs
    if not attributes:
        return False
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or bool(_HIDDEN.search(attributes.get("style") or ""))
    )


def _calls_itself_menu(node: Node) -> bool:
    return node.name == "nav" or (node.attrs or {}).get("role") == "navigation"


def _is_kept(node: Node) -> bool:
    """Whether `node`, hidden or a menu by its tag, may be part of a list: no publication is lost to a tag."""
    if _calls_itself_menu(node):
        return _has_more_than_links(node)
    return any(below.name in _STRUCTURE for below in _descendants(node))


def _has_more_than_links(node: Node) -> bool:
    beside_links = 0
    todo = list(node.children or ())
    while todo and beside_links <= _MOST_IN_MENU:
        below = todo.pop()
        if below.name == "#text":
            beside_links += len(_data(below).strip())
        elif below.name not in ("a", "button") and below.name not in DROPPED:
            todo.extend(below.children or ())
    return beside_links > _MOST_IN_MENU


def _is_one_line(row: Node) -> bool:
    """Whether nothing in the cells of `row` breaks a line."""
    return not any(below.name == "br" or below.name in BLOCKS for below in _descendants(row))


def _label(link: Node) -> str:
    """What is read aloud for a `link` without a word in it; "" for any other."""
    pictures = []
    for below in _descendants(link):
        if below.name == "#text" and _data(below).strip():
            return ""
        if below.name == "img":
            pictures.append(below)
    attributes = [node.attrs or {} for node in (link, *pictures)]
    labels = (attributes_of.get(name) for attributes_of in attributes for name in ("aria-label", "title", "alt"))
    return next((label for label in labels if label and len(label) <= _LONGEST_LABEL), "")


def _raised(text: str) -> str:
    """Raised text in one word: "1,2" is ¹², and what Unicode cannot raise stays."""
    pieces = [piece for piece in re.split(r"[\s,]+", text) if piece]
    if not all(_RAISABLE.fullmatch(piece) or not piece.isalnum() for piece in pieces):
        return text
    return "".join(_RAISED.get(character, character) for piece in pieces for character in piece)


def _formula(node: Node) -> str:
    """A formula as its author typed it in TeX, if the page says so; else its symbols."""
    for below in _descendants(node):
        if below.name == "annotation" and (below.attrs or {}).get("encoding") == "application/x-tex":
            return f"${_all_text(below).strip()}$"
    return _all_text(node)
