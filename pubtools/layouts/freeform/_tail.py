"""What stands after a title: venue, volume, issue, pages, publisher, editors, date, status, kind, note."""

from __future__ import annotations

import re

from pubtools import patterns
from pubtools.fields import authors, dates, pagination, status, venues
from pubtools.fields.lexicon import OPENERS, PUBLISHER_WORDS, TOWNS, VENUE_ABBREVIATIONS
from pubtools.fields.pagination import Part
from pubtools.layouts.freeform import _ends, _order
from pubtools.layouts.freeform._looks import EDITOR, LONGEST, MASK, PAGES_IN, REPORTER, REST_OF_YEAR, YEAR

# What stands farther from the title is said of something else.
_LONGEST_TAIL = 1500


def read(
    text: str,
    start: int,
    stop: int,
    *,
    dated: tuple[int, int] | None = None,
    year: int | None = None,
    turned: bool = False,
) -> list[Part]:
    """The parts of [start, stop) of `text`; "kind" is CSL's type of the work, where they tell it.

    `dated` is a date that was found before the title, `year` the one that the page says elsewhere, `turned` whether the
    page writes family names first.
    """
    stop = min(stop, start + _LONGEST_TAIL)
    lower = text[start:stop].lower()
    # What is seldom said is looked for only where one of its words is.
    told = _TELLING.intersection(_WORDS.findall(lower))
    if told & _ACCESSED_WORDS and (accessed := _ACCESSED.search(text, start, stop)):
        stop = start + len(text[start : accessed.start()].rstrip(" .,;(["))
    aside = _aside(text, start, stop, dated) if told & _ASIDE_WORDS else None
    stop = aside.start if aside else stop
    date = _said_before(text, dated) if dated else _date(text, start, stop, year, told)
    if pagination.is_year_alone(text, start, stop):
        return [part for part in (aside, date) if part]
    parts = [aside, date]
    if told & status.WORDS and (said := status.find(text, start, stop)):
        parts.append(Part("status", *said))
    if told & _NOTE_WORDS and (note := _NOTE.search(text, start, stop)):
        parts.append(Part("note", note[0].strip(" ()"), *note.span()))
    first = _skip(text, start, stop)
    behind, first = _ends.behind(text, first, stop)
    edition = _ends.EDITION.search(text, first, stop) if told & _EDITION_WORDS else None
    if edition:  # "…, London, 2nd ed., 2012"
        behind.append(Part("edition", edition["edition"], *edition.span("edition")))
    parts += behind
    if told & _PATENT_WORDS and (patent := _ends.patent(text, first, stop)):
        return [part for part in (*parts, *patent) if part]
    if text[first : first + 1] in _FIGURES and (reporter := REPORTER.match(text, first, stop)):
        values = {name: reporter[name].replace("–", "-") for name in _REPORTED if reporter[name]}
        parts += [Part(name, value, *reporter.span(name)) for name, value in values.items()]
        parts.append(Part("kind", "article-journal", start, start))
        return [part for part in parts if part]
    thesis = _THESIS.search(text, start, stop) if told & _THESIS_WORDS else None
    if thesis:
        parts = [part for part in parts if not (part and part.text == "submitted" and _TO_SCHOOL.match(text, part.end))]
    paged_in = PAGES_IN.match(text, first, stop)
    at, inside = _entered(text, start, _skip(text, paged_in.end(), stop) if paged_in else first, stop)
    is_edited = not told.isdisjoint(_EDITORS_WORDS)
    is_led = is_edited and (inside or EDITOR.search(text, at, min(stop, at + 200)))
    editors = _leading_editors(text, at, stop) if is_led else None
    inside = inside or editors is not None
    at = _skip(text, editors.end, stop) if editors else at
    venue = None if thesis else _venue(text, at, stop, told, inside=inside)
    if venue and venue.text.endswith("]"):
        venue = venue._replace(text=_ends.cut(venue.text)[0].rstrip(" .,"))  # "Museum of Mills. [Online]"
    if venue and venues.are_towns(venue.text):
        at, venue = venue.end, None  # "Stille Stimmen, Wien 2012": where a book came out
    after = venue.end if venue else at
    series = _SERIES.match(text, _skip(text, after, stop), stop) if venue else None
    if series:
        parts.append(Part("note", series[0], *series.span()))
        after = series.end()
    numbers = pagination.find(text, after, stop)
    when = dates.parse(date.text) if date else None
    is_counted = venue is not None and _COUNTED_PAPERS.search(venue.text) is not None
    if len(numbers) == 1 and numbers[0].field == "volume":
        if dated and when and when.day:
            numbers = (numbers[0]._replace(field="pages"),)  # "The Guardian, 12": a daily paper has no other figure
        elif is_counted:
            numbers = (numbers[0]._replace(field="issue"),)  # "IZA Discussion Paper 12345"
    if paged_in:
        pages = pagination.find(text, paged_in.start(), paged_in.end())
        numbers = (*(part for part in numbers if part.field != "pages"), *pages)
    publisher = _school(text, thesis, stop) if thesis else _placed(text, after, stop)
    if publisher is None and not thesis and ("verlag" in lower or told & _HOUSE_WORDS):
        publisher = _house(text, after, stop)
    if edition and publisher and publisher.start < edition.end() and edition.start() < publisher.end:
        publisher = None
    fields = {part.field for part in numbers}
    # The volumes of a series are not those of its proceedings.
    numbered = not series and ("volume" in fields or "issue" in fields)
    if venue and publisher is None and not inside and _is_house(venue.text, numbered=numbered):
        # A book: what stands after its title is who published it.
        house = _without_place(venue.text)
        publisher = None if _INITIALS_ALONE.fullmatch(house) else Part("publisher", house, venue.start, venue.end)
        venue = None
    if editors is None and is_edited:
        editors = _called_editors(text, venue.end, stop) if venue and inside else None
        editors = editors or _named_editors(text, start, stop)
    if editors:
        parts.append(Part("editors", listed(text, editors, turned=turned), editors.start, editors.end))
    parts += [*numbers, venue, publisher]
    if thesis:
        kind: str | None = "thesis"
    elif any(part.field == "kind" for part in behind):
        kind = None
    elif told & _REPORT_WORDS and (is_counted or _REPORT.match(text, first, stop)):
        kind = "report"
    elif told & _PATENT_WORDS and _PATENT.search(text, start, stop):
        kind = "patent"
    else:
        monthly = when is not None and when.month is not None
        kind = _kind(venue, publisher, numbered=numbered, paged="pages" in fields, inside=inside, monthly=monthly)
    if kind:
        parts.append(Part("kind", kind, start, start))
    return [part for part in parts if part]


_REPORTED = ("volume", "issue", "venue", "pages")
_FIGURES = frozenset("(0123456789")
# Words of the alphabets and the scripts that any of those below are in.
_WORDS = patterns.compile(r"[a-zß-ʯͰ-ӿ一-鿿가-힣]+")


# From here on the text speaks of another version, or of what others wrote on the work.
_ASIDE = patterns.compile(
    r"[\s,.;:(\[“\"—–-]*\b(?:an? |the )?(?:(?:(?:earlier|previous|preliminary|short(?:er)?|first|original|conference"
    r"|extended|expanded|revised|abridged|full|longer|journal|preprint) version|extended abstract)s?\b"
    r"|[Rr]eprint(?:ed|s)? (?:in|as|by|from|at)\b|(?:[Nn]ach|[Aa]b|[Ww]ieder)ge(?:druckt) in\b"
    r"|[Aa]lso (?:appear(?:ed|s)|published|available|issued|printed|in|as)\b|[Tt]ranslated (?:as|into|in)\b"
    r"|(?:[Bb]esprochen|[Rr]ezensiert|[Rr]ezension(?:en)?)\b|[Rr]eviewed (?:by|in)\b|[Ss]ee also\b|[Vv]gl\."
    r"|[Ee]rrat(?:um|a)\b|[Cc]orrigend(?:um|a)\b|News & Views\b)"
)
# From here on it is said when somebody looked at the work.
_ACCESSED = patterns.compile(
    rf"(?:(?<=[.,;(\[{MASK}])|(?<=[.,;:(\[{MASK}>] ))(?:last )?(?:accessed|visited|retrieved|abgerufen|zugriff"
    r"|zuletzt besucht|consult[ée]e?|acesso|acceso|consulta[dt]o)\b(?=\D{1,25}\d)",
    re.I,
)
_ACCESSED_WORDS = frozenset(
    (
        "accessed visited retrieved abgerufen zugriff besucht consulté consultée consulte consultee acesso acceso"
        " consultado consultato"
    ).split()
)
_ASIDE_WORDS = frozenset(
    (
        "version versions abstract abstracts reprint reprints reprinted nachgedruckt abgedruckt wiedergedruckt"
        " also translated besprochen rezensiert rezension rezensionen reviewed vgl erratum errata corrigendum"
        " corrigenda views"
    ).split()
)
_TO_SCHOOL = patterns.compile(
    r" to (?:the )?[^,.;]{0,60}(?:[Uu]niv|[Ss]chool|[Ii]nstitut|[Ff]aculty|[Cc]ollege|[Dd]epart)"
)


def _aside(text: str, start: int, stop: int, dated: tuple[int, int] | None) -> Part | None:
    """What follows the place of the work and is said of another one; no field is read from it.

    The place is complete with its first figure: before it, "reprinted in" may be all that is said.
    """
    for found in _ASIDE.finditer(text, start, stop):
        if dated or any(map(str.isdigit, text[start : found.start()])):
            said = text[found.start() : stop].replace(MASK, "")
            return Part("note", said.strip(' ,.;:•·()[]—–-“"'), found.start(), stop)
    return None


# ---------------------------------------------------------------- dates

# A copy of a PDF file may have lost the space before it ("Feb1993"), or misplaced that of a full stop ("Oct .2008").
_ANY_YEAR = patterns.compile(
    r"[12](?=[05-9]\d\d)(?:(?<![\w.:–/-][12])|(?<=[ ]\.[12])|(?<=\.\d\.[12])|(?<=\.[01]\d\.[12])|(?<=[ (]0\d\.[12])"
    r"|(?<=(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ary|rch|ril|une|uly|ust|ber)[12]))"
    rf"{REST_OF_YEAR}(?P<letter>[a-z])?(?!(?!年)[\w–]|/\d\d?(?!\d)|-\d|\.\d|[ ][-–‑‐][ ]?\d)"
)
# "04.03.2022", "03.2010": in figures, with full stops.
_FIGURES_BEFORE = patterns.compile(r"(?:(?<![\d.])[0-3]?\d\.[01]?\d|(?<![\d.])0\d)\.$")
_BEFORE = patterns.compile(
    rf"(?:(?<!\d)\d{{1,2}}\.? (?:de )?)?\b{dates.MONTH}(?:[ ]\d{{1,2}}(?:st|nd|rd|th)?)?(?: de)?,? ?$"
)
_AFTER = patterns.compile(rf",? {dates.MONTH}(?: \d{{1,2}})?(?=[;:,.) ]|$)")
_NO_DATE = patterns.compile(
    r"(?:[Rr]pt\.?|[Rr]eprint(?:ed)?|[Aa]ccess(?:ed)?|[Rr]etrieved|[Oo]rig(?:inal)?\.?|[Aa]ward|pp?\.|pages?|[Nn]o\."
    # "Вестник. – 2021", as GOST parts fields
    r"|[Vv]ol\.?|SS?\.|(?<!\.\s)[:–—‑‐-])\s?$"
)
# What none of them ends with, and most years stand behind.
_CLOSERS = frozenset("(),;")
_RANGE_END = patterns.compile(r"\d\s?[-–—‑‐]\s?$")
# "2014 (Paperback 2017)"
_LATER_EDITION = patterns.compile(rf"{YEAR}\s?\([^()\d]{{2,20}}$")


def _date(text: str, start: int, stop: int, wanted: int | None, told: frozenset[str]) -> Part | None:
    """The date in [start, stop) that most looks like the work's own; `told` holds the months that are named there."""
    monthly = not told.isdisjoint(dates.MONTH_WORDS)
    best: tuple[float, Part] | None = None
    for found in _ANY_YEAR.finditer(text, start, stop):
        begin, end = _widened(text, *found.span(), start, stop) if monthly else found.span()
        if text[begin - 1 : begin] == "." and (day := _FIGURES_BEFORE.search(text, max(start, begin - 6), begin)):
            begin = day.start()
        worth = 0.0
        before, after = text[max(start, begin - 12) : begin], text[end : end + 3]
        if begin < found.start() and _RANGE_END.search(before):
            begin = found.start()  # "4-7 June 2022": the days of a meeting
            before = text[max(start, begin - 12) : begin]
        if before.rstrip()[-1:] not in _CLOSERS:
            if _RANGE_END.search(before):
                continue
            if _NO_DATE.search(before):
                worth -= 3
        if _LATER_EDITION.search(text, max(start, begin - 28), begin):
            worth -= 3
        if before.endswith("(") and after.startswith(")"):
            worth += 3
        if not after.strip(" .,)") or after[:1] in ";:" or after[:1] == MASK:
            worth += 2
        elif after[:1] in ",.)":
            worth += 1
        elif after[:1] == " " and after[1:2].isupper() and begin == found.start():
            worth -= 0.5  # "OCEANS 2001 MTS/IEEE Conference"
        if end - begin > 5:
            worth += 1
        if before.endswith((", ", ". ")):
            worth += 0.5
        if wanted and int(found[0][:4]) == wanted:
            worth += 2
        if worth > -2 and (best is None or worth >= best[0]):
            best = worth, Part("date", text[begin:end].strip(" ,"), begin, end)
    return best[1] if best else None


def _widened(text: str, begin: int, end: int, start: int, stop: int) -> tuple[int, int]:
    """The stretch of a date around its year: with month and day before or after it."""
    last = text[begin - 1 : begin]
    is_near = begin > start and (last in " ,." or last.isalnum())
    near = max(start, begin - 24)
    if is_near and dates.holds_month(text[near:begin]) and (before := _BEFORE.search(text, near, begin)):
        return before.start(), end
    if after := _AFTER.match(text, end, stop):
        return begin, after.end()
    return begin, end


def _said_before(text: str, dated: tuple[int, int]) -> Part | None:
    """The date, or the status, that stands between authors and title."""
    start, stop = dated
    if text[start:stop].isdigit():  # most of them: there is nothing to choose from
        return Part("date", text[start:stop], start, stop) if _ANY_YEAR.fullmatch(text, start, stop) else None
    if found := status.find(text, start, stop):
        return Part("status", found[0], start, stop)
    return _date(text, start, stop, None, dates.MONTH_WORDS)


# ---------------------------------------------------------------- venue

_OPEN = patterns.compile(r"[\s.,;:–—|/*†‡·•”\"’'»)\]-]*")
_IN = patterns.compile(
    r"[(\[]?(?:(?:[Ii]n|[Ww])\] ?:|[Ii]n ?:|[Ii]n(?= )|In(?=[A-Z][a-z.])|[Aa]t(?= )|[Dd]ans(?= )"
    r"|[Ee]n ?:|[Ee]m ?:|[Ww]:|[Aa]ppeared in"
    r"|[Pp]ublished (?:in|by|as)|(?:[Tt]o )?appear in|(?:[Pp]aper )?[Pp]resented at"
    r"|[Pp]oster (?:session )?presented at|[Aa]ccepted (?:at|in|to|for|by)"
    r"|[Ss]ubmitted to)[\s:]*(?:the )?(?=[“\"‘«„]?[^\W\d_]|\d)"
)
_LABELS = patterns.compile(
    r"(?i:(?:(?:conditionally|provisionally|recently) )?(?:to appear|forthcoming|in press|submitted|accepted"
    r"|under (?:review|revision)|revise (?:and|&) resubmit|R&R)(?: for (?:publication|presentation))?"
    r"(?: (?:in|to|at|for|by|with))?(?: the)?)[\s:,]+(?=[A-Z])"
)
# Where one of them may begin at all, and those without a word.
_AT_BOUND = r"(?:(?<!\w)|(?=\W|n[°º]|[总總제第]))"
_NUMBER_BOUND = (
    rf"{MASK}|(?<![\w.'’/-])[(\[]?\s?(?:[A-Z]{{0,2}}\d+)(?!\d*(?:st|nd|rd|th|er|ème|e|º|ª|\.º|D)\b)[\w.:/–-]*"
    # "Looms, LIII (227)"
    r"|(?<![\w.'’/-])[IVXLC]{2,7}(?=(?:/| ?\()\d)"
)
_SIGN_BOUND = (
    r",? ?n[°º]|,? ?\bIS[BS]N\b|[总總]?[제第]\s?\d|(?<=\w)\[|\s?[—|]\s|\s[–-]\s"
    r"|[.,]? ?[\[(](?:[Ss]\. ?l\.|n\. ?p\.|[Oo]\. ?O\.)"
)
_BOUND_WORDLESS = patterns.compile(rf"{_AT_BOUND}(?:{_NUMBER_BOUND}|{_SIGN_BOUND})")
_BOUND = patterns.compile(
    rf"{_AT_BOUND}(?:{_NUMBER_BOUND}"
    rf"|,?\s\(?\b(?:[Vv]ol(?:ume)?|[Nn]o|[Nn]r|[Bb]d|[Jj]g|[Tt]om[eo]|[Ss]er(?:ies|\.)|pp?|[Ss]|[Pp]ages?|ch(?:ap)?"
    rf"|art(?:icle)?|[vtnVT](?=\.))\.?\s?(?=\d)"
    rf"|[,./]?\s?\(?\b(?:[Ee]dited by|[Ee]ds?\.|eds? (?=[A-Z])|под ред|[Hh]rsgg?\.|[Hh]gg?\.|[Ii]n press"
    rf"|[Tt]o appear|[Ff]orthcoming|[Ss]pecial [Ii]ssue|[Aa]ccepted|[Ss]ubmitted|n\.d\.|DOI\b"
    # Turkish has its "in" behind the book
    rf"|\(?{dates.MONTH} (?:(?:\d\d?,? )?{YEAR}|\d\d?(?=[.,;]|$)))|\siçinde\b|{_SIGN_BOUND})"
)
# What stands where one of them begins, or near behind, and is no letter of Latin: before a figure, or a mark itself.
_MARK_SIGN = (
    r"\d|[A-Z][A-Z]?\d|IS[BS]N\b|[IVXLC]{2,7}(?:/| ?\()\d"
    rf"|(?<=[\d{MASK}°º제第—|–\[(-])(?:(?<=[\d{MASK}°º제第])|(?<=[—|])\s|(?<=\s[–-])\s|(?<=\w\[)"
    r"|(?<=[\[(])[SsnOo]\. ?[lpO]\.)"
)
_MARK = patterns.compile(rf"[^A-Za-z](?:{_MARK_SIGN})")
# The same, or before one of the words.
_MARK_OR_WORD = patterns.compile(
    rf"[^A-Za-z](?:{_MARK_SIGN}"
    rf"|(?:[Vv]ol|[Nn][or]|[Bb]d|[Jj]g|[Tt]om|[Ss](?:er)?|[Pp]p?|[Pp]age|ch|art|[vtnVT]\.)[a-z]{{0,4}}\.{{0,2}}\s?\d"
    r"|[Ee]d(?:ited by|s?\.|s? [A-Z])|под|[Hh](?:rs)?gg?\.|[Ii]n press|[Tt]o appear|[Ff]orthcoming|[Ss]pecial"
    rf"|[Aa]ccepted|[Ss]ubmitted|n\.d|DOI|içinde|{dates.MONTH} \d)"
)
_BOUND_WORDS = dates.MONTH_WORDS.union(
    (
        "vol volume no nr bd jg tome tomo ser series p pp page pages s ch chap art article v t n edited ed eds под hrsg"
        " hrsgg hg hgg press appear forthcoming special accepted submitted doi içinde"
    ).split()
)
_BEFORE_SIGN = 3
# No name ends so.
_OPEN_END = patterns.compile(r" (?:of|the|on|and|der|des|de|do|da|del|della|zur|du)\s?[(\[]?$")
# "(CHI '26). Association for Looms"
_CLOSED = patterns.compile(r"\d\)\.\s+[^\W\d_]")
_SENTENCE = patterns.compile(r"(?<![^\W\d_])([^\W\d_]++)[.)”’]*\.\s+(?=[^\W\d_])")


def _skip(text: str, at: int, stop: int) -> int:
    found = _OPEN.match(text, at, stop)
    return found.end() if found else at


# "(2008) The Georgetown Law Journal", "2008. The Georgetown Law Journal", "4 Mar 2008 | The Georgetown Law Journal",
# "04.03.2008, (E-pub ahead of print) In: The Georgetown Law Journal",
# "Published: March 4, 2008 The Georgetown Law Journal"
_YEAR_FIRST = patterns.compile(
    rf"\(\s?(?:{dates.MONTH},? (?:\d\d?, )?)?{YEAR}[a-z]?\s?\)[.,:]?\s*"
    rf"|(?:(?:\d\d?\.? ?)?(?:{dates.MONTH} |\d\d\.)(?:\d\d?,? )?)?{YEAR}"
    r"(?:[.,:;]\s+(?:\([^()\d]{4,60}\) (?=[Ii]n: ))?(?=[(]?[^\W\d_])|\s\|\s)"
    rf"|[Pp]ublished(?: [Oo]nline)?: (?:(?:\d\d?\.? )?{dates.MONTH} (?:\d\d?,? )?)?{YEAR}[.,;]?\s+(?=[^\W\d_])"
)
_FIGURE = patterns.compile(r"\d[\w.]*\s")


def _entered(text: str, start: int, at: int, stop: int) -> tuple[int, bool]:
    """Where the name of the venue may begin, and whether an "in" says so; `at` is the first word from `start` on."""
    if "//" in text[max(0, start - 2) : at]:
        return at, True  # GOST 7.0.5: two strokes part a work from what it stands in
    if label := _LABELS.match(text, at, stop):
        at = label.end()
    if year := _YEAR_FIRST.match(text, at, stop):
        at = year.end()
    if found := _IN.match(text, at, stop):
        at = found.end()
        while at < stop and text[at] in ' “"‘«„『「':
            at += 1
        return at, found[0].lstrip("([")[:2].lower() in ("in", "da", "en", "em", "w:", "at")
    while at < stop and text[at] in '([“"‘«„『「= ':
        at += 1
    return at, False


def _bound(text: str, at: int, stop: int, told: frozenset[str]) -> re.Match[str] | None:
    """The same as `_BOUND.search`, which tries much at each word; a sign may stand before `at`, too.

    `told` are the whole words of `_TELLING` that stand there: its own words are looked for where one is among them.
    """
    bound, sign = (_BOUND_WORDLESS, _MARK) if told.isdisjoint(_BOUND_WORDS) else (_BOUND, _MARK_OR_WORD)
    return bound.match(text, at, stop) or patterns.around(bound, sign, _BEFORE_SIGN, text, at, stop)


def _venue(text: str, at: int, stop: int, told: frozenset[str], *, inside: bool) -> Part | None:
    """The name of what the work stands in, from `at` on; `told` are the words of `_TELLING` that stand there."""
    monthly = not told.isdisjoint(dates.MONTH_WORDS)
    begin = at
    bound = _bound(text, at, stop, told)
    while bound and inside and bound[0].strip() in ("–", "-", "—"):
        bound = _bound(text, bound.end(), stop, told)  # the name of a book may have a dash in it
    while bound and bound[0].strip() in ("–", "-", "—") and _goes_on(text, at, bound, stop, told):
        bound = _bound(text, bound.end(), stop, told)
    while bound and bound[0] != MASK and _OPEN_END.search(text, max(at, bound.start() - 8), bound.start()):
        bound = _bound(text, bound.end(), stop, told)  # "Proceedings of the 2026 Conference on ..."
    if bound and bound.start() - at < 2 and (found := _FIGURE.match(text, at, stop)):
        # "In 2020 25th International Conference on Pattern Recognition"
        bound = _bound(text, found.end(), stop, told)
        if bound and bound.start() - found.end() < 12:
            return None
    end = min(bound.start() if bound else stop, at + LONGEST)
    chunk = text[begin:end]
    if closing := _CLOSED.search(chunk):
        chunk = chunk[: closing.start() + 2]
        end = begin + len(chunk)
    for sentence in _SENTENCE.finditer(chunk) if "." in chunk else ():
        word = sentence[1].lower()
        following = chunk[sentence.end() :]
        only = following.strip(" (")
        longest = 8 if chunk[: sentence.start(1)].endswith(". ") else 6
        if " " not in only and only.endswith(".") and len(word) < longest and venues.likeness(only) > 0.6:
            continue  # "Crop. Sci.", "J. Thread. Biol."
        if (
            len(word) == 1
            or chunk[sentence.start(1) - 1 : sentence.start(1)].isdigit()  # "Proc. 5th. Workshop"
            or (word in VENUE_ABBREVIATIONS and venues.publisher_likeness(following) < 0.7)
            or word in _KEPT
        ):
            continue
        if (
            " " in following.strip()
            and venues.likeness(following) > 0.6
            and venues.likeness(chunk[: sentence.start(1) + len(word)]) < 0.4
            and not inside
        ):
            begin += sentence.end()
            return _venue(text, begin, stop, told, inside=inside)
        end = begin + sentence.start(1) + len(sentence[1])
        break
    chunk = text[begin:end]
    end = begin + len(_before_imprint(chunk) if inside else _before_place(chunk))
    if bracket := _BRACKET.match(text, end, stop):
        end = bracket.end()
    elif monthly and (month := _MONTH_AT_END.search(text, max(begin, end - _LONGEST_MONTH), end)):
        end = month.start()
    while end > begin and text[end - 1] in " .,;:([–—-\"“”’」』、'|/":
        # an abbreviation keeps its full stop
        if text[end - 1] == "." and (text[begin:end].split() or [""])[-1].lower().strip(".") in VENUE_ABBREVIATIONS:
            break
        end -= 1
    name = text[begin:end].strip(' ,;:"“”«»')
    if name.endswith(")") and "(" not in name:
        name = name[:-1]  # "(to appear in Journal of Looms)"
    if len(name) < 2 or not any(map(str.isalpha, name)):
        return None
    words = name.split()
    if len(words) > 30:
        return None
    is_month = monthly and len(words) == 1 and _MONTH.fullmatch(name) is not None  # "October 132" is a journal
    is_named = not is_month and (inside or _is_known(name, words))
    return Part("venue", name, begin, end) if is_named or _is_counted(text, name, end, stop) else None


def _is_known(name: str, words: list[str]) -> bool:
    """Whether a name is a venue's or a publisher's by its words; less is enough where most of them have capitals."""
    likely = max(venues.likeness(name), venues.publisher_likeness(name))
    if 0.2 <= likely < 0.4:
        return sum(not word[0].islower() for word in words) * 2 >= len(words)
    return likely >= 0.4


# "Arthritis and looms, 52(9)", "A&A 643, A162", "Nervous weaver, 1943. 2(3)", "Razvedka i okhrana, v. 8".
_COUNTED = patterns.compile(
    rf"[\s.,:;]{{1,3}}(?:(?:{dates.MONTH} )?{YEAR}[.,:; ]\s?)?"
    r"(?:n\s?[°º]|(?:[Vv]ol(?:ume)?|[Vv]|[Bb]d|[Tt]om[eo]?)\.?\s?\d|\d{1,4}\s?[(:,/]\s?(?:\(|pp?\.\s?)?[A-Z]?\d)"
)
# No name of a journal that is none of its known words is longer.
_FEW_WORDS = 6


def _is_counted(text: str, name: str, end: int, stop: int) -> bool:
    """Whether what would be no venue by its words has volumes."""
    first = name.split()[0]
    titled = first != first.lower() and name.count(" ") < _FEW_WORDS and not set(name) & set('",:?“”')
    return titled and _COUNTED.match(text, end, stop) is not None


# "(NeurIPS 2019)" belongs to the name, and a month without a year does not.
_BRACKET = patterns.compile(rf"\s?\((?!{dates.MONTH}\b)[A-Z][\w&’'/ -]{{1,30}} {YEAR}\)")
_MONTH = patterns.compile(dates.MONTH)
_MONTH_AT_END = patterns.compile(rf"[\s,(][\s,(]{{0,2}}{dates.MONTH}$")
_LONGEST_MONTH = 16


def _goes_on(text: str, at: int, dash: re.Match[str], stop: int, told: frozenset[str]) -> bool:
    """Whether a name goes on after a dash: in capitals, up to its volume or the end, and with no publisher or town."""
    end = _bound(text, dash.end(), stop, told)
    rest = text[dash.end() : end.start() if end else stop].strip(" .,;:(")
    words = rest.split()
    if not 1 <= len(words) <= 7 or "," in rest or not words[0][0].isupper() or venues.publisher_likeness(rest) > 0.4:
        return False
    proper = all(word[0].isupper() or word.lower() in _BETWEEN for word in words)
    return proper and dash.start() - at > 3 and (end is None or any(map(str.isdigit, end[0])))


_BETWEEN = frozenset("of and for in the on & de la und der die des et y e do da".split())
_KEPT = frozenset("st dr vs univ u.s no vol jr int inc eds".split())
_STATE = patterns.compile(r"(?:[A-Z]{2}|[A-Z][a-zé]+(?: [A-Z][a-zé]+)?|USA|U\.S\.A\.?|UK|U\.K\.)")


# Series of proceedings, and publishers of them that are called like meetings and journals.
_SERIES = patterns.compile(
    r"(?:LN(?:CS|AI|BI|BIP|EE|NS)|CCIS|PMLR|AISC|LIPIcs|CEUR(?:-WS)?|(?:IFIP )?AICT|Lecture Notes in [A-Z]"
    r"|Communications in Computer and Information Science|Advances in Intelligent Systems"
    r"|Proceedings of Machine Learning Research|(?:JMLR|CEUR) Workshop)\b"
)
_HOUSES = frozenset("ACM IEEE USENIX SIAM AAAI".split())
_TOWN_IN_BRACKET = patterns.compile(r"\s?\((?=[^)]*(?:[,:]|$))")


def _before_place(chunk: str) -> str:
    """A venue without the town and the publisher after it: "Proc. of X, San Diego, CA" and "X, Springer, Berlin"."""
    # "(Monterey, CA, ...", "(London: Routledge"
    if "(" in chunk and (bracket := _TOWN_IN_BRACKET.search(chunk)):
        chunk = chunk[: bracket.start()]
    elif chunk.endswith(")") and " " in (house := chunk[chunk.rfind("(") + 1 : -1]) and _is_imprint(house):
        chunk = chunk[: chunk.rfind("(")].rstrip()  # "Proc. of X (ACM Press)"
    pieces = chunk.split(", ")
    if len(pieces) < 2:
        return chunk
    for index in range(1, len(pieces)):
        head, piece = ", ".join(pieces[:index]), pieces[index].strip(" .,")
        later = pieces[index + 1 :]
        if (_SERIES.match(piece) or piece.removesuffix(" Press") in _HOUSES) and _is_meeting(head):
            return head
        if any(after.startswith(("and ", "& ", "und ", "et ", "y ")) for after in [piece, *later[:2]]):
            continue
        if (" & " in piece or " and " in piece) and venues.publisher_likeness(piece) <= 0.4:
            continue  # "A Journal of Prevention, Assessment & Rehabilitation"
        if venues.likeness(head) < 0.4 or venues.likeness(piece) > 0.5:
            continue
        if len(piece.split()) <= 4 and (_STATE.match(piece) or venues.publisher_likeness(piece) > 0.4):
            return head
        if piece[:1].islower() and piece.split()[0] not in ("part", "series", "section"):
            return head
    return chunk


def _before_imprint(chunk: str) -> str:
    """A book without who published it and where: "Looms, Wien: Nebelhaus", "Looms; Nebelhaus: Wien"."""
    if chunk.count("(") != chunk.count(")"):
        return _before_place(chunk)
    chunk = _before_place(chunk).partition("; ")[0]
    pieces = chunk.split(", ")
    for index in range(1, len(pieces)):
        rest = ", ".join(pieces[index:])
        if (
            _INITIALS.match(rest)
            or _PLACE_AND_HOUSE.match(rest)
            or venues.beside_place(rest)
            or _is_imprint(pieces[index])
        ):
            return ", ".join(pieces[:index])
    head, colon, last = chunk.rpartition(": ")
    return head if colon and last.count(" ") < _FEW_WORDS and _is_imprint(last) else chunk


def _is_imprint(piece: str) -> bool:
    piece = piece.strip()
    return piece.lower() in TOWNS or venues.publisher_likeness(piece) > max(0.5, venues.likeness(piece))


# "Looms of Old, A. Lovelace, C. Babbage, Eds."
_INITIALS = patterns.compile(r"(?:[A-ZÀ-Þ]\. ?){1,3}[A-ZÀ-Þ][\w'’-]+(?:,|$| (?:and|&) )")
_PLACE_AND_HOUSE = patterns.compile(r"[A-ZÀ-Þ][\w.'’-]{1,30}(?: [A-ZÀ-Þ][\w.'’-]{1,30})? ?: ?[A-ZÀ-Þ]")


# ---------------------------------------------------------------- editors, publisher

_EDITORS = patterns.compile(
    r"\b(?:[Ee]dited by|[Ee]ds?\.(?: by)?|[Hh](?:rs)?gg?\.(?: v(?:on|\.))?|[Hh]erausgegeben von|a cura di|éd\. par"
    r"|sous la dir(?:ection)?\.? de|[Oo]rg\. por|[Rr]ed\.|под ред\.|(?<=, )eds?) (?=[A-ZÀ-Þ])"
)
_PLACED = patterns.compile(
    r"(?:[(\[]|[.,;)]\s|^)\s?(?P<place>[A-ZÀ-Þ][\w.'’-]{0,40}(?:[ ,/;&]{1,3}(?:and )?[A-ZÀ-Þ][\w.'’-]{0,40}){0,4}) ?:"
    r" ?(?P<name>[^\W\d_][\w&.'’-]{0,40}(?:(?: | & |/)[^\W\d_][\w&.'’-]{0,40}){0,5})"
)


# "(Reviewer: Ada Lovelace)"
_NO_PLACE = patterns.compile(
    r"\d|[Vv]ol|DOI|doi|http|(?:[Rr]eview|[Tt]ranslat|[Ss]upervis|[Aa]dvis|[Oo]rientad)(?:er|ora?s?|ed)\b"
)
_EDITORS_WORDS = frozenset(
    (
        "edited editor editors ed eds éd éds hg hgg hrsg hrsgg herausgegeben herausgeber herausgeberin herausgeberinnen"
        " cura sous red org orgs organizadores coord coords coordinador coordinadores comp comps dir dirs под"
    ).split()
)


def _leading_editors(text: str, at: int, stop: int) -> authors.Listing | None:
    """The editors who stand between "In" and the name of the book."""
    return next((people for people in reversed(authors.listings(text, at, stop)) if people.role), None)


def _named_editors(text: str, start: int, stop: int) -> authors.Listing | None:
    """The editors who are named after "edited by", "ed.", "Hg. von"."""
    label = _EDITORS.search(text, start, stop)
    people = authors.listings(text, label.end(), stop) if label else []
    return people[-1] if people and people[-1].worth > 0 else None


def _called_editors(text: str, at: int, stop: int) -> authors.Listing | None:
    """The editors who are named behind a book: ", A. Lovelace, C. Babbage, Eds."."""
    return _leading_editors(text, at + 2, stop) if _INITIALS.match(text, at + 2, stop) else None


def listed(text: str, people: authors.Listing, *, turned: bool = False) -> str:
    """A list of names with semicolons, which say where a name ends, whatever commas are in it.

    Where the page writes family names first (`turned`), each gets a comma.
    """
    names = [_order.turned(text, one) if turned else text[one.start : one.end] for one in people.people]
    if not people.complete:
        names.append("et al.")
    return "; ".join(names) + (";" if len(names) == 1 and "," in names[0] else "")


def _placed(text: str, start: int, stop: int) -> Part | None:
    """Who published it, in the form `Place: Publisher`."""
    for placed in _PLACED.finditer(text, max(0, start - 1), stop) if ":" in text[start:stop] else ():
        name = placed["name"].strip(" .,")
        place = placed["place"]
        if venues.likeness(place) >= 0.5:
            place = place.rpartition(". ")[2]  # "edited by C. Babbage. London: Sage"
        if venues.likeness(place) < 0.5 and not _NO_PLACE.search(place) and len(name) > 2:
            if venues.beside_place(f"{place}: {name}") == place:
                return Part("publisher", place, placed.end("place") - len(place), placed.end("place"))
            return Part("publisher", name, *placed.span("name"))
    return None


def _house(text: str, start: int, stop: int) -> Part | None:
    """Who published it: the first stretch between marks that names a publisher."""
    for piece in _STRETCH.finditer(text, start, stop):
        name = piece[0].strip(" :-–—")
        if (
            2 < len(name) < 60
            and name[0].isupper()
            and not _FIGURE_IN.search(name)
            and (
                name.removesuffix(" Press") in _HOUSES
                or (venues.publisher_likeness(name) >= 0.6 and venues.likeness(name) < 0.6)
            )
        ):
            return Part("publisher", name, *piece.span())
    return None


_STRETCH = patterns.compile(r"[^,.;()\[\]￼]+(?:\.(?=\w)[^,.;()\[\]￼]+)*")
_FIGURE_IN = patterns.compile(r"\d")
# What names a publisher has one of these words, or one that ends with "verlag".
_HOUSE_WORDS = frozenset(word.lower().partition("-")[0] for word in (*PUBLISHER_WORDS, *_HOUSES))


def _is_house(name: str, *, numbered: bool) -> bool:
    """Whether the name is a publisher's, or of the form `Place: Publisher`; what counts volumes is a journal."""
    place, colon, house = name.partition(": ")
    if numbered and not colon:
        return False
    if _PERIODICAL.search(name):
        return False
    if venues.publisher_likeness(name) > max(0.5, venues.likeness(name)):
        return True
    words = place.split()
    named = 0 < len(words) <= 3 and place[-3:].lower() != " in" and words[0].lower() not in OPENERS
    placed = colon and not numbered and named
    return bool(placed) and house[:1].isupper() and max(venues.likeness(place), venues.likeness(house)) < 0.45


_JOURNALS = "Journal|Transactions|Zeitschrift|Revista|Revue|Rivista"
_JOURNAL = patterns.compile(rf"\b(?:{_JOURNALS})\b")
_PERIODICAL = patterns.compile(rf"\b(?:{_JOURNALS}|Annals|Letters|Proceedings|Conference|Workshop)\b")


# "Washington, D.C."
_INITIALS_ALONE = patterns.compile(r"(?:[A-Z]\.){1,2}[A-Z]")


def _without_place(name: str) -> str:
    """`Routledge` of `London: Routledge`, `Paris, Gallimard` and `Oxford University Press, New York`."""
    if house := venues.beside_place(name):
        return house
    _head, colon, tail = name.partition(":")
    if colon and tail.strip():
        return tail.strip(" ,.")
    pieces = [piece.strip() for piece in name.split(",")]
    return max(pieces, key=venues.publisher_likeness)


# ---------------------------------------------------------------- kind, note, and the words that tell of them

_THESIS = patterns.compile(
    r"[(\[]?\b(?:(?:unpublished |undergraduate )?(?:ph\.? ?d\.?|doctoral|master(?:'|’)?s?|m\.? ?(?:sc|a|s|phil)\.?"
    r"|bachelor(?:'|’)?s?|b\.? ?sc\.?|diploma|honou?rs|licentiate|habilitation)[ -](?:thesis|dissertation)"
    r"|dissertation|doktorarbeit|diplomarbeit|masterarbeit|bachelorarbeit|habilitation(?:sschrift)?"
    r"|thèse(?: de doctorat)?|tesis(?: doctoral)?|tese(?: de doutorado)?|ph\.? ?d\.?(?= thesis|,|\.| dissertation)"
    r"|thesis)\b",
    re.I,
)
_PIECE = patterns.compile(r"[^,.;()\[\]￼:]{4,80}")
_SCHOOL = patterns.compile(
    r"[Uu]niv|Institut|School|College|Hochschule|Academy|Politec|École|Ecole|ETH|MIT|EPFL|Faculty"
)
_SUBMITTED = patterns.compile(r"(?:[Ss]ubmitted|[Dd]efended|[Pp]resented) (?:to|at) (?:the )?")
_PATENT_WORDS = frozenset(("patent", "us", "ep"))
_THESIS_WORDS = frozenset(
    (
        "thesis dissertation doktorarbeit diplomarbeit masterarbeit bachelorarbeit habilitation habilitationsschrift"
        " thèse tesis tese phd ph"
    ).split()
)
_NOTE_WORDS = frozenset("best outstanding distinguished mention award spotlight spotlights oral poster invited".split())
_REPORT_WORDS = frozenset(
    (
        "technical tech research working discussion nber cepr white forschungsbericht forschungsberichte rapport"
        " internal"
    ).split()
)
_REPORT = patterns.compile(
    r"[(\[]?(?:technical report|tech\. ?rep|research report|working paper|discussion paper|NBER|CEPR|white paper"
    r"|research memorandum|forschungsbericht|rapport de recherche|technical note|internal report)",
    re.I,
)
_COUNTED_PAPERS = patterns.compile(
    r"\b(?:(?:working|discussion|policy|research|occasional|staff) papers?|technical report|memorandum)(?: series)?$",
    re.I,
)
_EDITION_WORDS = frozenset("edition edn ed éd édition edição edición edizione auflage aufl".split())
_NOTE = patterns.compile(
    r"\(?\b(?:(?:best|outstanding|distinguished) (?:[\w-]+ ){0,3}?paper(?: award| prize)?(?: finalist| nominee"
    r"| runner-up)?|honou?rable mention|(?:paper )?award winner|spotlight(?: presentation)?|oral presentation|oral\b"
    r"|poster presentation|invited (?:paper|talk|article))\)?",
    re.I,
)
_MEETING = patterns.compile(
    r"\b(?:proc(?:eedings|s|\.)?|conference|conf\.|symposium|symp\.|workshop|congress|congresso|congreso|meeting"
    r"|tagung|annual|international joint|colloquium|actas|atti|icml|neurips|nips|iclr|cvpr|aaai|chi)\b",
    re.I,
)
_MEETING_WORDS = frozenset(
    (
        "proc proceedings procs conference conf symposium symp workshop congress congresso congreso meeting tagung"
        " annual international colloquium actas atti icml neurips nips iclr cvpr aaai chi"
    ).split()
)
_PATENT = patterns.compile(
    r"\b(?:US|U\.S\.|EP|WO|European)? ?[Pp]atent(?: application)?(?: [Nn]o\.?)?\b|\bUS\d{7,}|\bEP\d{6,}"
)


_TELLING = frozenset().union(
    *(
        _ACCESSED_WORDS,
        _ASIDE_WORDS,
        _EDITORS_WORDS,
        _HOUSE_WORDS,
        _THESIS_WORDS,
        _NOTE_WORDS,
        _REPORT_WORDS,
        _PATENT_WORDS,
    ),
    _EDITION_WORDS,
    status.WORDS,
    _BOUND_WORDS,
)


def _school(text: str, thesis: re.Match[str], stop: int) -> Part | None:
    """The school of a thesis: the first stretch after its label that names one."""
    for piece in _PIECE.finditer(text, thesis.end(), stop):
        if _SCHOOL.search(piece[0]):
            return Part("publisher", _SUBMITTED.sub("", piece[0].strip()), *piece.span())
    return None


def _is_meeting(name: str) -> bool:
    words = _WORDS.findall(name.lower())
    return not _MEETING_WORDS.isdisjoint(words) and _MEETING.search(name) is not None


def _kind(
    venue: Part | None, publisher: Part | None, *, numbered: bool, paged: bool, inside: bool, monthly: bool
) -> str | None:
    """CSL's type of the work, where its venue and its publisher say it; None where it may be several."""
    if venue is None:
        return "book" if publisher else None
    if (inside or not numbered or "roc" in venue.text) and _is_meeting(venue.text):
        return "paper-conference"
    if inside and (publisher or not numbered):
        if not publisher and _JOURNAL.search(venue.text):
            return "article-journal"
        return None if monthly and not publisher else "chapter"  # "In: The Guardian (Mar. 4, 2022)"
    if numbered and publisher and not paged and not _PERIODICAL.search(venue.text):
        return "book"  # a volume of a series
    return "article-journal" if numbered else None
