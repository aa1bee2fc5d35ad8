"""What each line of a page is by itself: text or furniture, with which marker, and what an entry may have in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pubtools import patterns
from pubtools.fields import authors, identifiers, names
from pubtools.layouts.freeform import evidence, headings, markup
from pubtools.layouts.freeform.evidence import NOTHING, Evidence
from pubtools.models import Kind as Sort
from pubtools.page import Line, Mark

# The marker of a row with a year in front of it.
YEAR_BESIDE = "2000"
# "links" is a row of labels ("PDF | Code | BibTeX"), "image" the text of a picture, "number" a bare figure,
# "bibtex" a line of a bibliography entry that a page shows, "head" a running head of a printed page, "glue" a comma or
# an "and" that a scrape has parted from the words on both sides, "sort" what kind of work an entry is.
Kind = Literal[
    "blank", "text", "year", "links", "number", "count", "image", "bibtex", "head", "foot", "rule", "glue", "sort"
]
FURNITURE: frozenset[Kind] = frozenset({"links", "number", "count", "image", "bibtex", "head", "foot", "rule", "sort"})
FILLERS = FURNITURE | {"blank"}

BULLETS = "•‣⁃◦∙▪▸►▶●○■□·➢➤"
_MARKER = patterns.compile(
    # A symbol font's bullets have numbers of nobody (Unicode, Private Use Area) in a copy of a PDF file.
    rf"(?P<bullet>[{BULLETS}\ue000-\uf8ff])[ ]?|(?P<dash>[*–—+✓★☆→»›>-])(?: |$)"
    # The year of an entry in front of it, as tables and tabulators leave it.
    r"|(?P<year>(?:19|20)\d\d ?[|:–—-]? (?=[^\W\d_a-z]|[“\"‘«„]))"
    # A figure in front of an entry, such as the impact factor of its journal.
    r"|(?P<figure>\d{1,3}[.,]\d{1,3} (?=[^\W\d_a-z]))"
    # "[KaLo07]", "[AB+12a]": who and when, as BibTeX's "alpha" labels entries.
    r"|(?P<alpha>\[[^\W\d_][\w’'+*-]{0,12}?\d\d[a-z]?\] (?=\S))"
    # "12.", "[12]", "(12)", "12)", "#12", "J12.", "[C3]".
    r"|(?P<open>[\[(#]?)(?P<letter>[A-Z]{0,2})[-.]?(?P<number>\d{1,3})(?P<close>[\].)]{1,2}|(?<=#\d)(?= )"
    # "12: Ada", as PubMed counts
    r"|:(?= [^\W\d_a-z]))"
    r"(?: ?\| ?| |$|(?=[^\W\d]))"
)
_SHAPES = {"year": YEAR_BESIDE, "figure": "0.0", "alpha": "[Aa00]"}
# After letters a number follows at once, where it is a marker.
_SOON_A_FIGURE = patterns.compile(r"[A-Z]{1,2}[-.]?\d")
# A second number behind the first, or one without a mark: "1. 805: Ada", "6. 6. Ada", "1 Ada"; and how many show it.
_SECOND = patterns.compile(r"[(\[#]?(?P<number>\d{1,4})(?P<mark>[\].):]{1,2})?(?: |(?=[^\W\d_]))(?=[^\W_a-z])")
_COUNTED = 3
# Rows from one figure that counts the entries to the next: pages of a printed list are longer.
_LONGEST_ENTRY = 25
_YEAR_ALONE = patterns.compile(
    r"[-–—\[( ]*(?P<year>(?:19|20)\d\d)(?: ?[-–/] ?(?:(?:19|20)?\d\d)?)?[-–—\]): ]*"
    r"(?:[(\[]?\d{1,3}(?: [^\W\d]{4,16})?[)\]]?)?"
)
# These, down to the foot of a page, and glue are looked for in small letters.
_IMAGE = patterns.compile(
    r"[\w.-]+\.(?:png|jpe?g|gif|svg|webp|tiff?)|(?:post )?thumbnail|featured image|cover image|\[?image\]?"
)
_COUNT = patterns.compile(
    r"\(?(?:cited|citations?|zitiert|cit[ée]|citado|被引用)\b[ :a-z]{0,12}[\d,. ]*\)?|(?:bookmark )?\d[\d,.]*"
    r" (?:citations?|downloads?|reads?|views?|references?|documents?)(?: \(\w{2,10}\))?"
    r"|all \d+ versions|related articles|impact factor.{0,12}|altmetric.{0,8}"
    r"|(?:views|downloads|reads):? ?(?:\d[\d,.]*(?: \([\d,.]{1,9}\))?)?"
)  # fmt: skip
_FOOT = patterns.compile(
    r"©|\(c\) ?(?:19|20)\d\d|copyright\b|all rights reserved|powered by|built with|updated on"
    r"|last (?:updated?|modified|change)|page last|website by"
    r"|(?:stand|letzte änderung|zuletzt (?:geändert|aktualisiert)|ostatnie zmiany|dernière mise à jour"
    r"|última (?:actualización|atualização)|ultimo aggiornamento)\b ?:?"
    r"|published with|this work is licensed|generated (?:by|with)|hosted (?:by|on)|privacy policy|theme by"
)  # fmt: skip
_PAGE_NUMBER = patterns.compile(
    r"(?:curriculum vitae|\bcv|lebenslauf),? \d{1,3}$"
    r"|^(?:page|seite|p[áa]gina) \d{1,3}(?: ?(?:of|von|de|/) ?\d{1,3})?$",
    re.I,
)
_HEAD = patterns.compile(r"curriculum|vitae|\bcv\b|\bpage\b|seite|lebenslauf|p[áa]gina|\d ?/ ?\d", re.I)
_FIGURES = patterns.compile(r"\d+")
# So much like a name is the name in a running head (`authors.likeness`).
_A_NAME = 0.1
_LONGEST_HEAD = 80
# The longest of those that hold a space: "post thumbnail"; and of glue.
_LONGEST_IMAGE, _LONGEST_GLUE = 14, 6
_NUMBER_ALONE = patterns.compile(r"#?[\d.,%*+ ]*\d[\d.,%*+]*")
# What may be left of an identifier in the line below; neither a page's number nor an entry's is like that.
_REST_OF_NUMBER = patterns.compile(r"\d[\d.]+\d\.")
_GLUE = patterns.compile(r"[,;.:&()]{1,2}(?: ?(?:and|und|et|y|e|&))?|and|und|et|&")
_RULE = patterns.compile(r"[\W_]{1,}")
_BIBTEX = patterns.compile(r"@[A-Za-z]{4,20} ?[{(] ?[^\s,{}]*,?")
_UNDERLINE = patterns.compile(r"={3,}|-{3,}")
_LONGEST_UNDERLINED = 80
_FRONT_MATTER = 60
# "Read the article →", "Show more detail", "Journal article", at each of so many entries.
_LONGEST_BUTTON, _BUTTONS = 40, 3
_SORT_END = patterns.compile(r" [|•·] |,")
_ARROW = patterns.compile(r"[→➔›»>↗⟶]$")
# Where words were hyphenated, copies of PDF files have two or three lines in one: of a hundred at most so many. At the
# margin end the others, at such a share of the width, or at least half of those that are half as long.
_JOINED, _MARGIN = 30, 0.85
_LONGEST_WORD = 15
# So many of a hundred lines that surely go on tell how uneven the margin is, as a share of the width; and how many it
# takes to tell.
_MOST, _UNEVEN, _FEWEST = 80, 0.2, 8
# Of a hundred lines so many are no longer than the page is wide; the others may have lost a break.
_WIDEST = 97
# One that is never closed must not take the page with it.
_BIBTEX_LINES = 60
_LABEL_WORDS = frozenset(
    """
    abs abstract access appendix article arxiv award bib bibtex blog buy chapter cite code copy data dataset
    demo details doi download endnote erratum export extended file full fulltext github google html http https
    library link links mendeley more notebook official online open page pdf post poster preprint press project ps ps.gz
    publisher pubmed pmid pmc read related ris save scholar share show hide slides software source supp
    supplement supplementary supplemental material materials talk text thumbnail tweet twitter url version video
    view webpage website www youtube zenodo als buch aufsatz inhaltsverzeichnis verlagsankündigung verlagsseite
    artikel free full-text available resumo resumen résumé lien enlace zusammenfassung
""".split()
)  # fmt: skip
# Of these words, too, but of no button.
_STATUS = "in press"
# It is no year.
_FIGURE_OF_BUTTON = patterns.compile(r"\d{1,3}")
# More of them, which stand in titles and in headings, too: such a row says the same at one entry after the other.
_BUTTON_WORDS = _LABEL_WORDS | frozenset(
    """
    actions add ahead alert alerts altmetric analysis ask at available bookmark check citation citations cited
    claim clipboard copied create detail direct documents edition electronic email enriched epub expand favorite
    favorites file files from get hide item less me metrics only others permissions preferred publication
    published rdf rss record records reference references remove reprints request restricted rights search
    select send show similar subscribe track unpaywalled using via xml afficher anzeigen datei dateien mehr
    merken teilen veröffentlicht zitieren citer citar compartilhar
    新規登録 ログイン ログアウト 検索 もっとみる 登录 注册 登入 로그인 회원가입
    compartir exportar exporter partager ver voir delen exporteren tonen visa dela
""".split()
)
_LABEL_SMALL = frozenset("and the of in by to for a e und zum | / · & , - with our all".split())
# How a list is sorted.
_ORDERS = frozenset(
    (
        "most recent|most cited|most relevant|newest|newest first|date: newest first|sort by: most recent|sort by: date"
        "|sort by: newest first|sort by: relevance"
    ).split("|")
)
_BRACKETED = patterns.compile(r"(?:\[[^\[\]]{1,60}\][ ,|/·]*)+")


@dataclass(slots=True, eq=False)
class Row:
    """A line without its marker and its markup; `marker` is its shape ("•", "[1]"), `ordinal` the number in it.

    `lead` is the marker as written: a year in front of the row is one, too. `sort` is the kind of work that a row of
    kind "sort" says.
    """

    line: Line
    kind: Kind
    text: str
    marks: tuple[Mark, ...] = ()
    marker: str = ""
    ordinal: int | None = None
    level: int = 0
    lead: str = ""
    is_forced: bool = True
    sort: Sort | None = None
    evidence: Evidence = NOTHING

    @property
    def number(self) -> int:
        """The line's number, 1-based."""
        return self.line.number

    @property
    def beside(self) -> str:
        """The year that stands in front of the row, apart; "" for none."""
        return self.lead[:4] if self.marker == YEAR_BESIDE else ""

    @property
    def is_filler(self) -> bool:
        """Whether nothing of an entry stands in it."""
        return self.kind in FILLERS


def of(lines: Sequence[Line]) -> list[Row]:
    """A row a line. What is between the braces of a bibliography entry is "bibtex", running heads are "head"."""
    found: list[Row] = []
    depth = left = 0
    for line in markup.unwrapped(markup.unquoted(lines)):
        if opens := line.text[:1] == "@" and bool(_BIBTEX.match(line.text)):
            depth, left = 0, _BIBTEX_LINES
        if opens or (depth > 0 and left):
            depth += line.text.count("{") - line.text.count("}")
            left -= 1
            if depth > 0 or line.text.endswith("}"):
                found.append(Row(line, "bibtex" if line.text else "blank", line.text))
                continue
            depth = 0
        found.append(_row(line) if line.text else Row(line, "blank", ""))
    _drop_front_matter(found)
    _underline(found)
    _find_sorts(found)
    _find_buttons(found)
    _count(found)
    _number(found)
    _weigh(found)
    _measure(found)
    _find_running_heads(found)
    return found


def is_button(text: str) -> bool:
    """Whether `text` has none but words that buttons have: "Create RSS" is nobody's name."""
    return _are_labels(text.lower(), _BUTTON_WORDS)


# ---------------------------------------------------------------- inside


def _drop_front_matter(rows: Sequence[Row]) -> None:
    """Make "head" of what a page of Markdown says of itself first, between two rows of "---"."""
    if rows and rows[0].line.text == "---":
        end = next((at for at, row in enumerate(rows[1:_FRONT_MATTER], start=1) if row.line.text == "---"), 0)
        for row in rows[:end]:
            row.kind = "head" if row.line.text else "blank"
            row.level = 0


def _underline(rows: Sequence[Row]) -> None:
    """Make headings of short lines that stand by themselves above a row of "===" or "---"."""
    for above, row, below in zip([None, *rows], rows, rows[1:], strict=False):
        line = below.line.text
        if line[:1] not in ("=", "-") or not _UNDERLINE.fullmatch(line):
            continue
        is_alone = above is None or above.kind == "blank"
        is_short = row.kind == "text" and not row.marker and len(row.text) <= _LONGEST_UNDERLINED
        if is_alone and is_short and len(line) * 2 >= len(row.text):
            row.level = 1 if line[0] == "=" else 2


def _find_sorts(rows: Sequence[Row]) -> None:
    """Make "sort" of rows that say of one work after the other what it is: "Journal article"; of some always."""
    found = [
        (row, kind, headings.is_path(row.text))
        for row in rows
        if row.kind in ("text", "links") and not row.level and (kind := headings.sort(row.text)) is not None
    ]
    alone = Counter([_SORT_END.split(row.text, 1)[0].lower() for row, _, is_path in found if not is_path])
    are_labels = alone.total() >= _BUTTONS and max(alone.values()) > 1
    for row, kind, is_path in found:
        if are_labels or is_path or row.text.lower() in headings.NEVER_HEADS:
            row.kind, row.sort = "sort", kind or None


def _find_buttons(rows: Sequence[Row]) -> None:
    """Make "links" of rows that say the same again and again, as a button does, or lead elsewhere each time."""
    alike: dict[str, list[Row]] = {}
    for row in rows:
        if row.kind == "text" and len(row.text) <= _LONGEST_BUTTON and not row.marker:
            alike.setdefault(_FIGURES.sub("0", row.text), []).append(row)
    for text, same in alike.items():
        if len(same) < _BUTTONS:
            continue
        targets = {
            mark.target
            for row in same
            for mark in row.marks
            if mark.kind == "link" and mark.end - mark.start == len(row.text)
        }
        says_the_same = len({row.text for row in same}) == 1
        leads_on = len(targets) == len(same) or _ARROW.search(text) is not None
        if (says_the_same and leads_on) or all(is_button(row.text) for row in same):
            for row in same:
                row.kind = "links"


def _count(rows: Sequence[Row]) -> None:
    """Take the second numbers of numbered rows for labels, too, and bare numbers that count as markers."""
    by_marker: dict[str, list[tuple[Row, re.Match[str] | None]]] = {}
    for row in rows:
        if row.kind == "text" and not row.level and (row.ordinal is not None or row.marker in ("", "item")):
            second = _SECOND.match(row.text)
            counts = row.ordinal is not None
            if counts or (second and not second["mark"]):
                by_marker.setdefault(row.marker if counts else "", []).append((row, second))
    for marker, of_it in by_marker.items():
        found = [(row, second) for row, second in of_it if second]
        steps = sum(abs(int(other["number"]) - int(one["number"])) <= 1 for (_, one), (_, other) in pairwise(found))
        is_counted = steps * 3 >= (len(found) - 1) * 2
        if marker:
            is_counted = len(found) * 10 >= len(of_it) * 9 and (
                is_counted or all(second["mark"] for _, second in found)
            )
        if len(found) < _COUNTED or not is_counted:
            continue
        for row, second in found:
            rest = row.text[second.end() :]
            row.marks = markup.moved(row.marks, len(row.text) - len(rest))
            if not marker:
                row.marker, row.ordinal = "1", int(second["number"])
            row.lead, row.text = f"{row.lead} {second[0]}".strip(), rest


def _number(rows: Sequence[Row]) -> None:
    """Make markers of figures that count the entries below them, each on a line of its own."""
    found: list[tuple[int, Row]] = []
    for at, row in enumerate(rows):
        if row.kind == "number" and row.text == str(len(found) + 1):
            below = next((below for below in rows[at + 1 : at + 3] if below.kind != "blank"), None)
            if below and below.kind == "text" and (not found or at - found[-1][0] <= _LONGEST_ENTRY):
                found.append((at, row))
    if len(found) >= _COUNTED:
        for number, (_, row) in enumerate(found, start=1):
            row.kind, row.text, row.marker, row.ordinal = "text", "", "1", number


def _weigh(rows: Sequence[Row]) -> None:
    """Give every row of text its evidence; rows that glue holds together are weighed as one."""
    texts = [row for row in rows if row.kind not in FILLERS]
    runs = [[row] for row in texts]
    if any(row.kind == "glue" for row in texts):  # hardly a page has any
        runs = runs[:1]
        for above, row in pairwise(texts):
            if "glue" in (above.kind, row.kind) and row.number == above.number + 1:
                runs[-1].append(row)
            else:
                runs.append([row])
    said = [" ".join([row.text for row in run]) if len(run) > 1 else run[0].text for run in runs]
    for run, found in zip(runs, evidence.of(said), strict=True):
        for row in run:
            row.evidence = replace(found, year=True) if row.marker == YEAR_BESIDE else found
        if len(run) > 1:
            for row in run[1:]:
                row.evidence = replace(found, continues=True)
            for row in run[:-1]:
                row.evidence = replace(row.evidence, open=True, closed=False, ended=False)


def _measure(rows: Sequence[Row]) -> None:
    """Tell every row whether the break above is more than a full line: its first word had had room there."""
    width = _width(sorted([row.line.indent + len(row.line.text) for row in rows if row.kind != "blank"]))
    pairs = [(above, row) for above, row in pairwise(rows) if above.kind != "blank" and row.kind != "blank"]
    rooms = [
        width - above.line.indent - len(above.line.text) - len(row.line.text.partition(" ")[0]) - 1
        for above, row in pairs
    ]
    uneven = _uneven(pairs, rooms, width)
    for room, (above, row) in zip(rooms, pairs, strict=True):
        is_joined = room < -_LONGEST_WORD  # nobody knows how long the second of the two lines was
        row.is_forced = room > uneven or (is_joined and above.evidence.closed)
        if row.kind != "number" or above.kind != "text":
            continue
        if above.evidence.open:
            row.kind, row.evidence = "text", Evidence(pages=True, continues=True, ended=True)  # the end of a range
        elif identifiers.is_cut(above.text) or (
            _REST_OF_NUMBER.fullmatch(row.text) and identifiers.goes_on(above.text, row.text)
        ):
            row.kind, row.evidence = "text", Evidence(id=True, continues=True, closed=True, ended=True)


def _uneven(pairs: Sequence[tuple[Row, Row]], rooms: Sequence[int], width: int) -> int:
    """How uneven the right margin is: letters in print have many widths. Lines that go on in small letters tell."""
    full = sorted(
        room
        for room, (above, row) in zip(rooms, pairs, strict=True)
        if above.kind == row.kind == "text" and row.text[:1].islower() and not above.evidence.closed
    )
    uneven = full[len(full) * _MOST // 100] if len(full) >= _FEWEST else 0
    return max(uneven, 0) if uneven <= width * _UNEVEN else 0


def _width(lengths: Sequence[int]) -> int:
    """How long a full line is, of a page whose lines have these `lengths`, in order."""
    if not lengths:
        return 0
    widest = lengths[len(lengths) * _WIDEST // 100]
    most = bisect_left(lengths, widest)
    for at in range(most, max(most - len(lengths) * _JOINED // 100, 0), -1):
        width = lengths[at]
        at_margin = bisect_right(lengths, width) - bisect_left(lengths, width * _MARGIN)
        if at_margin * 2 >= len(lengths) - bisect_left(lengths, width / 2):
            return width
    return widest


def _row(line: Line) -> Row:
    _, text, _, marks = line
    level, marker, lead, ordinal = 0, "", "", None
    if marks and any(mark.kind == "heading" for mark in marks):
        level = 1
    elif text[0] == "#" and (level := markup.heading(text)):
        text = text[level:].lstrip()
    if not level:
        rest, marks, marker, ordinal = _after_marker(text, marks)
        if marker:
            lead, text = text[: len(text) - len(rest)].rstrip(), rest
        elif marks and any(mark.kind == "item" for mark in marks):
            marker = "item"
    text, marks = markup.plain(text, marks)
    return Row(line, _kind(text, marker), text, marks, marker, ordinal, level, lead)


def _kind(text: str, marker: str) -> Kind:
    if not text:
        return "rule" if not marker else "text"
    is_word = text[0].isalpha()  # as of most lines; neither a number nor a rule begins so
    if not is_word and _YEAR_ALONE.fullmatch(text):
        return "year"
    if len(text) > 200:
        return "text"
    small = text.lower()
    if (" " not in text or len(text) <= _LONGEST_IMAGE) and _IMAGE.fullmatch(small):
        return "image"
    if not marker and _FOOT.match(small):
        return "foot"
    if not is_word and _NUMBER_ALONE.fullmatch(text):
        return "number"
    if _COUNT.fullmatch(small):
        return "count"
    if len(text) <= _LONGEST_GLUE and _GLUE.fullmatch(small):
        return "glue"
    if not is_word and _RULE.fullmatch(text):
        return "rule"
    return "links" if small != _STATUS and _are_labels(small) else "text"


def _are_labels(small: str, known: frozenset[str] = _LABEL_WORDS) -> bool:
    """Whether a text in `small` letters is nothing but labels."""
    if (small[0] == "[" and _BRACKETED.fullmatch(small)) or small in _ORDERS:
        return True
    words = labels = 0
    rest = small
    while rest:  # the first word tells of most
        said, _, rest = rest.partition(" ")
        word = said.strip("[](){}|/·,.:;*«»\"'’“”-–_")
        if word in known:
            labels += 1
        elif word and word not in _LABEL_SMALL and not (known is _BUTTON_WORDS and _FIGURE_OF_BUTTON.fullmatch(word)):
            return False
        words += bool(word)
    return labels > 0 and words <= 14


def _after_marker(text: str, marks: tuple[Mark, ...]) -> tuple[str, tuple[Mark, ...], str, int | None]:
    if text[0].isalpha() and (text[1:4].isalpha() or not _SOON_A_FIGURE.match(text)):
        return text, marks, "", None
    found = _MARKER.match(text)
    if found is None:
        return text, marks, "", None
    ordinal = None
    shape = found.lastgroup or ""
    if shape == "close":
        opens, letter, number, closes = found.group("open", "letter", "number", "close")
        marker, ordinal = f"{opens}{letter and 'A'}1{closes}", int(number)
    else:
        marker = _SHAPES.get(shape) or found[shape]
    rest = text[found.end() :].lstrip()
    return rest, markup.moved(marks, len(text) - len(rest)), marker, ordinal


def _find_running_heads(rows: Sequence[Row]) -> None:
    """Make "head" of short lines that stand alone again and again, but for their figures, and of names as headings."""
    short = [row for row in rows if row.kind == "text" and len(row.text) < _LONGEST_HEAD]
    alone: list[Row] = []
    filled = [row for row in rows if row.kind != "blank"]
    for above, row, below in zip([None, *filled], filled, [*filled[1:], None], strict=False):
        if row.kind != "text" or len(row.text) >= _LONGEST_HEAD or row.marker:
            continue
        if row.level:
            if row.evidence.names and names.is_person(row.text) and headings.meaning(row.text) is None:
                row.kind = "head"  # whose page it is
            continue
        is_alone = not (above and above.number == row.number - 1) and not (below and below.number == row.number + 1)
        if not is_alone:
            continue
        if row.text[-1:].isdigit() and _PAGE_NUMBER.search(row.text):
            row.kind = "head"
        elif _is_head(row) and not _is_below_title(above, row, below):
            alone.append(row)
    shapes = Counter([_shape(row.text) for row in short] if alone else ())
    for row in alone:
        if shapes[_shape(row.text)] > 1:
            row.kind = "head"


def _shape(text: str) -> str:
    return _FIGURES.sub("0", text).lower()


def _is_head(row: Row) -> bool:
    return bool(_HEAD.search(row.text)) or (names.is_person(row.text) and authors.likeness(row.text) >= _A_NAME)


def _is_below_title(above: Row | None, row: Row, below: Row | None) -> bool:
    """Whether a name stands alone as the author of a work does, between its title and where it appeared."""
    if above is None or below is None or not row.evidence.leads:
        return False
    is_place = below.evidence.venue or below.evidence.year
    return (
        is_place and above.kind == "text" and not (above.evidence.year or above.evidence.venue or above.evidence.open)
    )
