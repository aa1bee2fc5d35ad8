"""A list of results of Google Scholar, copied or scraped: title, a line of authors, venue, year and site, a snippet.

    [PDF] from example.org                            a copy of the text, above the title
    Sketch of the engine                              a result: the title …
    A Lovelace, LF Menabrea… - Memoirs, 1843 - example.org
                                                      … authors, venue and year, where it was found
    The engine weaves … algebraical patterns …        … words around the search terms, which are no abstract
    Save Cite Cited by 120 Related articles           … what ends the result

A program that puts each node on a line of its own breaks the second line at its links, and the title at the words
that were searched for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pubtools import patterns
from pubtools.fields import bylines, dates, markdown, periodicals
from pubtools.models import RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Page, once

_DASH = patterns.compile(r" ?(?:(?<= )|^)[-–‐] ")
_YEAR = patterns.compile(dates.YEAR)
_SITE = patterns.compile(r"[\w-]+(?:\.[\w-]+)+")
# What stands below a snippet, in the languages that the site speaks most: what tells a result's end, and buttons.
_ENDS = r"""
cited by \d+|related articles|all \d+ versions|zitiert von: \d+|ähnliche artikel|alle \d+ versionen|citado por \d+
artículos relacionados|las \d+ versiones|artigos relacionados|todas as \d+ versões|cité \d+ fois|autres articles
les \d+ versions|citato da \d+|articoli correlati|tutte e \d+ le versioni|被引用次数：\d+|相关文章|所有 \d+ 个版本
引用元 \d+|関連記事|全 \d+ バージョン
"""
# Without one of these nothing does.
_SIGNS = (
    "cited by", "related articles", "versions", "zitiert von", "ähnliche artikel", "versionen", "citado por",
    "relacionados", "versiones", "versões", "cité", "autres articles", "citato da", "correlati", "versioni", "引用",
    "相关文章", "个版本", "関連記事", "バージョン",
)  # fmt: skip
_BUTTONS = r"""
☆|saved?|saving|error saving\.?|cite|try again\?|more|fewer|»|\.{3}|\d{1,3}|view as html|html version|cached
library search|web of science: \d+|import into \w+|full view|speichern|zitieren|guardar|citar|salvar?|enregistrer|citer
保存|引用
"""
# The menus above the first result and below the last.
_MENUS = r"""
(?:about )?[\d,.]+ results?\b.{0,40}|any ?time|since \d{4}|custom range\W*|sort by (?:relevance|date)
include (?:patents|citations)|create alert|search|articles|case law|my (?:profile|library|citations)|any type
review articles|metrics|settings|advanced (?:scholar )?search|sign in|about (?:google )?scholar|provide feedback
(?:privacy|terms|help)(?: (?:privacy|terms|help))*|[\d ]*(?:next|previous)|[\d ]+|see all results
showing the best result for this search\.|web|images|scholar|—
"""


def _one_of(*tables: str) -> str:
    """A pattern for any of the forms in `tables`, which a bar or a line's end parts."""
    return "|".join("|".join(table.split("\n")[1:-1]) for table in tables)


_IS_END = patterns.compile(_one_of(_ENDS), re.I)
_FOOT = patterns.compile(rf"(?:(?:{_one_of(_ENDS, _BUTTONS)})(?:[\s·|-]+|$))+", re.I)
_MENU = patterns.compile(_one_of(_MENUS), re.I)
_BRACKETED = r"\[(?:[A-ZÀ-Þ]{1,12}|[\u3040-\u30ff\u3400-\u9fff]{1,6})\]"
_COPY = patterns.compile(
    rf"(?:{_BRACKETED}[\s:]*)+(?:from )?(?:[\w-]+(?:\.[\w-]+)+)?|from [\w.-]+|(?:find|get) it .{{1,60}}|full view", re.I
)
_LEAD = patterns.compile(rf"(?:{_BRACKETED}\s*)+")
# A title is shown on no more lines, were each of its words searched for.
_MOST_LINES = 25


@dataclass(frozen=True, slots=True)
class _Byline:
    """The line below a title: what it says, and the indices of the lines it stands on."""

    authors: str
    appeared: str
    first: int
    last: int


def fits(page: Page) -> bool:
    """Whether a line of authors, venue and year as the site prints them has the end of a result below."""
    if not _has_foot(page):
        return False
    lines = _lines(page)
    ends = [index for index, line in enumerate(lines) if _FOOT.fullmatch(line.text) and _IS_END.search(line.text)]
    if not ends:
        return False
    found = _bylines(page)
    stops = [byline.first for byline in found[1:]] + [len(lines)]
    for byline, stop in zip(found, stops, strict=False):
        at = bisect_right(ends, byline.last)
        if at < len(ends) and ends[at] < min(stop, byline.last + 25):
            return True
    return False


def read(page: Page) -> Reading:
    """The results of the page; a snippet belongs to its result, but to no field of it."""
    lines = _lines(page)
    found = _bylines(page)
    cuts: list[RawEntry | Refusal] = []
    unread: list[int] = []
    above = 0
    for number, byline in enumerate(found):
        title = _title(lines[above : byline.first], is_first=number == 0)
        stop = found[number + 1].first if number + 1 < len(found) else len(lines)
        end = _end(lines, byline.last + 1, stop, is_last=number + 1 == len(found))
        start = title[0].number if title else lines[byline.first].number
        unread += [line.number for line in lines[above : byline.first] if line.number < start and not _is_known(line)]
        cuts.append(_entry(title, byline, lines, end))
        above = end
    unread += [line.number for line in lines[above:] if not _is_known(line)]
    return Reading.of(cuts, unread=tuple(unread))


def _has_foot(page: Page) -> bool:
    """Whether a line with a sign of it is what ends a result."""
    signs = [sign for sign in _SIGNS if sign in page.lower]
    said = zip(page.lines, page.lower.split("\n"), strict=True) if signs else ()
    return any(
        _FOOT.fullmatch(markdown.plain(line.text)) for line, small in said if any(map(small.__contains__, signs))
    )


@once
def _lines(page: Page) -> list[Line]:
    """The lines with words, without Markdown's signs."""
    found = []
    for line in page.filled():
        text = markdown.plain(line.text)
        if text:
            found.append(line if text == line.text else Line(line.number, text, line.indent))
    return found


@once
def _bylines(page: Page) -> list[_Byline]:
    lines = _lines(page)
    found: list[_Byline] = []
    for index, line in enumerate(lines):
        if len(line.text) > 600 or not _DASH.search(line.text):
            continue
        text, first = line.text, index
        above = max(found[-1].last + 1 if found else 0, index - _MOST_LINES)
        # A list of authors that is broken at its links goes on with a comma, or with the dash after it.
        while first > above and len(text) < 600 and (text[0] in ",-–…" or lines[first - 1].text[-1] == ","):
            first -= 1
            text = f"{lines[first].text} {text}"
        if first > above and bylines.is_abbreviated(_DASH.split(text, maxsplit=1)[0]):
            # A program that wraps may have wrapped it.
            for last in range(index, min(index + 2, len(lines))):
                text = text if last == index else f"{text} {lines[last].text}"
                if byline := _byline(text, first, last):
                    found.append(byline)
                    break
    return found


def _byline(text: str, first: int, last: int) -> _Byline | None:
    """The parts of `text`; None where neither a year nor a site stands at the end of one."""
    authors, *parts = _DASH.split(text)
    dated = any(_YEAR.fullmatch(part[-4:]) for part in parts)
    if not parts or not (dated or _SITE.fullmatch(parts[-1])):
        return None
    appeared = parts[:-1] if len(parts) > 1 or not dated else parts
    return _Byline(re.sub(r"\s+(?=,)", "", authors).strip(" ,"), " - ".join(appeared), first, last)


def _title(above: Sequence[Line], *, is_first: bool) -> list[Line]:
    """The lines of a title right above its line of authors: all since the site's own, which are sure to be near.

    Above the first result there may be menus that we do not know: then it is one line.
    """
    start = len(above)
    while start and not _is_known(above[start - 1]):
        start -= 1
    if is_first and (start == 0 or len(above) - start > _MOST_LINES):
        start = max(0, len(above) - 1)
    return list(above[start:])


def _end(lines: Sequence[Line], start: int, stop: int, *, is_last: bool) -> int:
    """The index behind the last line of a result whose snippet begins at `start`."""
    feet = [index for index in range(start, stop) if _FOOT.fullmatch(lines[index].text)]
    if feet and any(_IS_END.search(lines[index].text) for index in feet):
        first = next(index for index in feet if _IS_END.search(lines[index].text))
        end = first + 1
        while end < stop and _FOOT.fullmatch(lines[end].text):
            end += 1
        return end
    # Without its end a result goes on to the line above the next title.
    return start if is_last else max(start, stop - 1)


def _entry(title: Sequence[Line], byline: _Byline, lines: Sequence[Line], end: int) -> RawEntry | Refusal:
    at = lines[byline.last].number
    span = (title[0].number if title else lines[byline.first].number, max(at, lines[end - 1].number))
    name = _LEAD.sub("", " ".join(line.text for line in title), count=1).strip()
    if not name:
        return Refusal(lines=span, reason="a line of authors without a title above")
    said = periodicals.parse(byline.appeared)

    def snippet(text: str | None) -> Snippet | None:
        return Snippet(text=text, line=at) if text else None

    return RawEntry.cut(
        lines=span,
        title=Snippet(text=name, line=title[0].number),
        authors=Snippet(text=byline.authors, line=lines[byline.first].number),
        date=snippet(said.date),
        kind=said.kind,
        venue=snippet(said.venue),
        volume=snippet(said.volume),
        issue=snippet(said.issue),
        pages=snippet(said.pages),
        note=snippet(said.note),
        links=(link,) if (link := snippet(f"arXiv:{said.arxiv}" if said.arxiv else None)) else (),
    )


def _is_known(line: Line) -> bool:
    """Whether a line is the site's own: a button, or where a copy was found."""
    forms = (_FOOT, _COPY, _SITE, _MENU)
    return len(line.text) < 200 and any(form.fullmatch(line.text) for form in forms)
