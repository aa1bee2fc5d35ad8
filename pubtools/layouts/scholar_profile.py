"""An author's profile on Google Scholar: rows of title, authors, venue, citations and year, copied or scraped.

    Title                            the head of the table; the profile, counters and co-authors stand above
    Cited by
    Year
    Sketch of the engine             a row: a title …
    A Lovelace, LF Menabrea, ...     … authors with their initials first, cut with an ellipsis
    Memoirs 3 (1), 666-731           … the venue, with its year again where a program shows hidden text
    , 1843
    120*                             … citations and the year, on lines, or in cells behind the venue or the authors
    1843

Any of venue, citations and year may be missing; a row without authors' initials is only read between others.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from pubtools import patterns
from pubtools.fields import bylines, dates, markdown, names, periodicals
from pubtools.models import Declared, RawEntry, Reading, Refusal, Snippet
from pubtools.page import Line, Page, once, split

# The heads of the last two columns, in the languages that the site speaks most.
_CITED = (
    r"(?:cited by|zitiert von|citado por|citée? par|citata? da|geciteerd door|citerat av|citeret af|sitert av"
    r"|cytowane przez|цитируется|alıntılayanlar|被引用(?:次数|次數|数)?|引用先|인용)"
)
_YEAR_HEADS = tuple("year jahr año année ano anno any jaar år rok год рік yıl 年份 年 연도".split())
_YEAR_HEAD = rf"(?:{'|'.join(_YEAR_HEADS)})"
_HEAD = patterns.compile(rf"(?:.*{_CITED})?[\s|]*{_YEAR_HEAD}[\s|]*", re.I)
_IS_CITED = patterns.compile(rf"(?:.*[\s|])?{_CITED}[\s|]*(?:{_YEAR_HEAD})?[\s|]*", re.I)
# What the site writes below the table, and in its menus and beside the counters; none of it is a title.
_FOOT = patterns.compile(
    r"the system can't perform the operation now\. try again later\.|articles? \d+\s?[-–]\s?\d+|show more"
    r"|privacy|terms|help|about scholar|search help",
    re.I,
)
_MENU = patterns.compile(
    r"my profile|my library|metrics|alerts|settings|sign in|get my own profile|follow|cited by|all|since \d{4}"
    r"|citations|h-index|i10-index|public access|view all|co-authors|articles|title|sort|year"
    r"|(?:sort by (?:citations|year|title))+|(?:not )?available|based on funding mandates|\d+ articles?|[\d\s*|:–-]+"
    r"|.{1,80} [-–] google (?:scholar|académico|acadêmico|akademia|академия|学术搜索|學術搜尋)",
    re.I,
)
_SHOWN = patterns.compile(r"articles? (?P<first>\d{1,4})\s?[-–]\s?(?P<last>\d{1,4})", re.I)
_FOLLOW = patterns.compile(r"follow(?:ing)?|folgen|seguir|suivre|segui|volgen|följ|obserwuj|フォロー|关注|팔로우", re.I)
_VERIFIED = patterns.compile(
    r"(?:verified email|no verified email|bestätigte e-mail|dirección de correo verificada|adresse e-mail validée)\b",
    re.I,
)
_CELLS = patterns.compile(r"\t| {2,}|\s*\|\s*")
_YEAR = patterns.compile(dates.YEAR)
_FIGURE = patterns.compile(r"\d{0,7}\s?\*?")
# Citations and year on a line of their own, both or one of them; the year that is hidden behind a venue.
_FIGURES = patterns.compile(
    rf"(?P<cited>\d{{1,7}})?\s?\*?(?:(?:^|\s)(?P<year>{_YEAR.pattern}))?|, ?(?P<hidden>{_YEAR.pattern})"
)
_HIDDEN_YEAR = patterns.compile(rf"\s?, (?P<year>{_YEAR.pattern})(?: (?P<cited>\d{{1,7}})?\s?\*?)?(?: (?P=year))?$")
_STARS = patterns.compile(r"\s*[*∗]+$")


@dataclass(frozen=True, slots=True)
class _Text:
    """A cell's text and its line."""

    text: str
    line: int

    @property
    def is_byline(self) -> bool:
        """Whether it is a list of authors as the site prints them: initials without stops, then the family name."""
        return bylines.is_abbreviated(self.text)


@dataclass(slots=True)
class _Run:
    """The texts up to a row's figures, and the figures: their year, and the last line of them."""

    texts: list[_Text] = field(default_factory=list)
    year: _Text | None = None
    last: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    title: _Text
    authors: _Text
    venue: _Text | None
    year: _Text | None
    last: int


def fits(page: Page) -> bool:
    """Whether rows with authors as the site prints them stand below the head of its table, or in any case two."""
    head = _head(page)
    if head is None and not any(bylines.is_abbreviated(line.text) for line in islice(page.filled(), 1, 4)):
        return False
    rows, _ = _rows(page)
    if any("](" in row.title.text for row in rows):
        return False  # a table in Markdown whose cells ran together
    found = sum(row.authors.is_byline for row in rows)
    if head is not None:
        return found > 0 and found * 2 >= len(rows)
    dated = sum(row.year is not None and row.venue is not None for row in rows)
    return found > 1 and found * 4 >= len(rows) * 3 and dated * 2 > len(rows) and rows[0].title.line == _first(page)


def read(page: Page) -> Reading:
    """The rows of the table, whose profile it is, and how many rows the page says it shows."""
    head = _head(page)
    rows, left = _rows(page)
    owner = _owner(page.lines[: head or 0])
    shown = next(((line, found) for line in page.filled() if (found := _SHOWN.search(line.text))), None)
    declared = None
    if shown and (count := int(shown[1]["last"]) - int(shown[1]["first"]) + 1) >= 0:
        declared = Declared(count=count, line=shown[0].number)
    used = {snippet.line for snippet in (owner, declared) if snippet}
    for row in rows:
        used.update(range(row.title.line, row.last + 1))
    above = (_Text(line.text, line.number) for line in page.lines[: head or 0] if line.text)
    unread = {text.line for text in (*above, *left) if not _is_furniture(text.text)} - used
    return Reading.of(map(_entry, rows), owner=owner, declared=declared, unread=tuple(sorted(unread)))


# ---------------------------------------------------------------- the table


def _first(page: Page) -> int:
    """The number of the first line that is not blank; 0 where there is none."""
    return next((line.number for line in page.filled()), 0)


@once
def _head(page: Page) -> int | None:
    """The index of the line below the head of the table: the first that says "Year" right after "Cited by"."""
    lines = page.lines
    for index, text in enumerate(page.lower.split("\n")):
        is_year = text.rstrip(" |").endswith(_YEAR_HEADS) and _says(_HEAD, lines[index])
        if is_year and any(_says(_IS_CITED, above) for above in lines[max(0, index - 6) : index + 1]):
            return index + 1
    return None


def _says(form: re.Pattern[str], line: Line) -> bool:
    return len(line.text) < 200 and bool(form.fullmatch(line.text))


@once
def _rows(page: Page) -> tuple[list[_Row], list[_Text]]:
    """The rows of the page below its head, and the texts there that belong to none."""
    rows: list[_Row] = []
    left: list[_Text] = []
    for run in _runs(page, _head(page) or 0):
        start = 0
        if not rows:
            # Where the head is not known the profile stands above the first title.
            found = next((at for at in range(1, len(run.texts)) if run.texts[at].is_byline), None)
            if found is None:
                left += run.texts
                continue
            # "A Survey": a title that looks like a name.
            start = found if found + 1 < len(run.texts) and run.texts[found + 1].is_byline else found - 1
        rest = _split(run, start, rows)
        left += [*run.texts[:start], *run.texts[rest:]]
    return rows, left


def _split(run: _Run, at: int, rows: list[_Row]) -> int:
    """Add the rows of `run` from its text `at` on to `rows`; the index of the first text that belongs to none.

    A row without figures runs into the next one, so that a run may hold several.
    """
    texts = run.texts
    while at + 1 < len(texts):
        title, authors, *below = texts[at : at + 4]
        left = len(texts) - at - 2
        if not authors.is_byline and (left > 1 or not run.last):
            break
        is_title = left > 1 and below[1].is_byline  # what authors stand below
        # The site's foot runs into a last row without figures: what stands there may be no venue.
        is_venue = left and not is_title and (run.last or _HIDDEN_YEAR.search(below[0].text))
        venue = below[0] if is_venue else None
        at += 3 if venue else 2
        is_last = at >= len(texts)
        last = max(run.last if is_last else 0, (venue or authors).line)
        rows.append(_Row(title, authors, venue, run.year if is_last else None, last))
    return at


def _runs(page: Page, start: int) -> list[_Run]:
    """The texts of the page's lines from index `start`, parted at the figures that end a row."""
    runs = [_Run()]
    above = 0
    held: tuple[_Text | None, int] | None = None  # figures beside the authors, which belong behind the venue below
    for line, raw in zip(page.lines[start:], _raw(page)[start:], strict=True):
        if not line.text:
            continue
        texts, figures = _cells(line, raw)
        texts = [text for text in texts if not _FOOT.fullmatch(text.text)]
        runs[-1].texts += texts
        if held and texts:
            runs[-1].year, runs[-1].last = held
            runs.append(_Run())
            held = None
        if figures is not None:
            year = _Text(figures, line.number) if figures else None
            if texts and texts[-1].is_byline and len(runs[-1].texts) > 1 and _goes_on(page, line):
                held = year, line.number
            elif runs[-1].texts:
                runs[-1].year, runs[-1].last = year, line.number
                runs.append(_Run())
            elif len(runs) > 1 and runs[-2].last == above:  # a second line of figures
                runs[-2].year, runs[-2].last = year or runs[-2].year, line.number
        above = line.number
    return [run for run in runs if run.texts]


def _goes_on(page: Page, line: Line) -> bool:
    """Whether the next line ends in the hidden year of a venue."""
    below = page.lines[line.number].text if line.number < len(page.lines) else ""
    return bool(_HIDDEN_YEAR.search(below))


def _raw(page: Page) -> list[str]:
    """The lines as they came, in which tabs part cells; those of the page where its source is HTML."""
    raw = split(page.source)
    return raw if len(raw) == len(page.lines) and not page.file_lines else [line.text for line in page.lines]


def _cells(line: Line, raw: str) -> tuple[list[_Text], str | None]:
    """The texts of a line, and the year of the figures behind them: "" for figures without one, None without any."""
    text, number = line.text, line.number
    if text.startswith("| ["):
        return _table_row(line, raw)
    if found := _FIGURES.fullmatch(text):
        alone = found["cited"] or ""
        return [], found["year"] or found["hidden"] or (alone if _YEAR.fullmatch(alone) else "")
    if "\t" in raw or "  " in raw or "|" in raw:
        first, *cells = [" ".join(cell.split()) for cell in _CELLS.split(raw.strip("\r\n "))]
        if first and cells and all(map(_FIGURE.fullmatch, cells)):
            return [_Text(first, number)], cells[-1] if _YEAR.fullmatch(cells[-1]) else ""
    if ", " in text and (hidden := _HIDDEN_YEAR.search(text)) and hidden["cited"]:
        return [_Text(f"{text[: hidden.start()]}, {hidden['year']}", number)], hidden["year"]
    return [_Text(text, number)], None


def _table_row(line: Line, raw: str) -> tuple[list[_Text], str | None]:
    """A row that Markdown shows on one line: `| [Title](…) A Last, B Last  Venue, 2021 | 12 | 2021 |`."""
    first, *cells = [cell.strip() for cell in raw.strip().strip("|").split("|")]
    (title, target), *_ = markdown.links(first) or [("", "")]
    parts = re.split(r" {2,}", first.rpartition(f"]({target})")[2].strip()) if title else [line.text]
    texts = [_Text(" ".join(text.split()), line.number) for text in (title, *parts) if text.strip()]
    return texts, cells[-1] if cells and _YEAR.fullmatch(cells[-1]) else ""


# ---------------------------------------------------------------- the parts


def _entry(row: _Row) -> RawEntry | Refusal:
    venue = row.venue
    said = periodicals.parse(venue.text) if venue else periodicals.Appearance()
    date = row.year or (_Text(said.date, venue.line) if venue and said.date else None)

    def snippet(text: str | None) -> Snippet | None:
        return Snippet(text=text, line=venue.line) if text and venue else None

    return RawEntry.cut(
        lines=(row.title.line, row.last),
        title=Snippet(text=_STARS.sub("", row.title.text) or row.title.text, line=row.title.line),
        authors=Snippet(text=row.authors.text, line=row.authors.line),
        date=Snippet(text=date.text, line=date.line) if date else None,
        kind=said.kind,
        venue=snippet(said.venue),
        volume=snippet(said.volume),
        issue=snippet(said.issue),
        pages=snippet(said.pages),
        note=snippet(said.note),
        links=(link,) if (link := snippet(f"arXiv:{said.arxiv}" if said.arxiv else None)) else (),
    )


def _owner(above: Sequence[Line]) -> Snippet | None:
    """The name beside the button that follows it, or above the line that says its address is verified."""
    filled = [line for line in above if line.text]
    for index, line in enumerate(filled):
        if _FOLLOW.fullmatch(line.text):
            near = [*filled[index + 1 : index + 2], *filled[max(0, index - 1) : index]]
            if name := next((one for one in near if _is_name(one)), None):
                return Snippet(text=name.text, line=name.number)
    for index, line in enumerate(filled[:8]):
        if _VERIFIED.match(line.text) and (name := next(filter(_is_name, filled[:index]), None)):
            return Snippet(text=name.text, line=name.number)
    return None


def _is_name(line: Line) -> bool:
    return names.is_person(line.text) and not _is_furniture(line.text) and not _FOLLOW.fullmatch(line.text)


def _is_furniture(text: str) -> bool:
    return len(text) < 100 and bool(_MENU.fullmatch(text) or _FOOT.fullmatch(text))
