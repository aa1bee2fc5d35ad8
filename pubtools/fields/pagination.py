"""Volume, issue, pages and article number: where they stand in what follows a title, in every common form."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from pubtools import patterns
from pubtools.fields import dates


class Part(NamedTuple):
    """One of "volume", "issue", "pages" of a text, as written but for the dash of a range, and its stretch."""

    field: str
    text: str
    start: int
    end: int


def find(text: str, start: int = 0, stop: int | None = None) -> tuple[Part, ...]:
    """The volume, the issue and the pages said in [start, stop) of `text`, each once at most, in its order.

    Labels are believed wherever they stand; bare numbers only in the forms `12(3):45-67`, `12, 45-67`, `12.3 45`.
    """
    stop = len(text) if stop is None else stop
    figure = None if is_year_alone(text, start, stop) else _FIGURE.search(text, start, stop)
    if figure is None:
        return ()
    near = max(start, figure.start() - _BEFORE_FIGURE)
    found: dict[str, Part] = {}
    labels = patterns.begun(_LABELLED, _LABEL_SIGN, text, near, stop)
    if not text.isascii() and _OTHER_SIGN.search(text, start, stop):
        labels = chain(labels, _HAN.finditer(text, near, stop), _NUMERO.finditer(text, near, stop))
    for label in labels:
        field = label.lastgroup or ""
        if field not in found:
            found[field] = Part(field, _value(label[field]), label.start(), label.end())
            issue = _DOT_ISSUE.match(text, label.end(), stop) if field == "volume" else None
            if issue:
                found.setdefault("issue", Part("issue", issue[1], *issue.span(1)))
    if "volume" not in found or "pages" not in found:
        for part in _first_bare(text, near, stop, found):
            found.setdefault(part.field, part)
    if "volume" not in found and (roman := _ROMAN.search(text, start, stop)):
        for field in ("volume", "issue"):
            found.setdefault(field, Part(field, roman[field], *roman.span(field)))
    volume = None if "volume" in found else _BARE_VOLUME.match(text, start, stop)
    if volume and _is_said("volume", text, volume.span(1)):
        found["volume"] = Part("volume", volume[1], *volume.span(1))
    if "pages" not in found and found:
        after = max(part.end for part in found.values())
        article = _ARTICLE.match(text, after, stop)
        if article and _is_said("pages", text, article.span(1)):
            found["pages"] = Part("pages", article[1], *article.span(1))
    return tuple(sorted(found.values(), key=attrgetter("start")))


def is_year_alone(text: str, start: int, stop: int) -> bool:
    """Whether [start, stop) of `text` has no letter and no figure but those of one year at most, nor a sign of them."""
    return _YEAR_ALONE.fullmatch(text, start, stop) is not None


# ---------------------------------------------------------------- inside

_NUMBER = r"[A-Z]{0,2}\d{1,5}[A-Za-z]?"
_PAGE = r"(?:[A-Za-z]{1,4}[-.]?)?\d{1,12}(?:\.\d{1,6})?[A-Za-z]?"
_DASH = r"[ ]?(?:[-‐‑–—−~～〜]{1,3})[ ]?"
_ANY_DASH = patterns.compile(_DASH)
# "7:1-7:38": the pages of an article that has a number and no place in a volume, as ACM and LIPIcs count them.
_OF_ARTICLE = rf"\d{{1,5}}:\d{{1,4}}{_DASH}\d{{1,5}}:\d{{1,4}}"
_RANGE = rf"(?:{_OF_ARTICLE}|{_PAGE}{_DASH}{_PAGE})"
_PAGES = rf"(?:{_OF_ARTICLE}|{_PAGE}(?:{_DASH}{_PAGE})?)"
_LABELLED = patterns.compile(
    rf"\b(?:(?:[Vv]ol(?:ume|umen)?[.:]?|VOL\.?|[Bb]d\.|[Bb]and|Jg\.|Jahrgang|[Tt]om[eo]|t\.|v\.|[Тт]\."
    rf"|vol\.:)[ ]?(?P<volume>{_NUMBER}(?:/\d+)?|[IVXLC]+)\b"
    rf"|(?:(?:[Nn](?:[or]|os|um|úm|umber|umero|úmero|ummer)\.?|[Nn][°º]\.?|NO\.|n\.|[Ii]ss(?:ue|\.)|[Hh]eft|H\.|#)"
    rf"[ :]?[ ]?)(?P<issue>{_NUMBER}(?:[ ]?[-/–&][ ]?\d+(?!\d*[ ]?[:–-]))?)(?![\w.]*[/\d])"
    rf"|(?:pp?[.:]|pages?|pp|P[Pp]?\.|[Ss]{{1,2}}\.|[Ss]eiten?|págs?\.|pgs?\.|[Ss]tr\.|стр\."
    rf"|[Сс]\.)[ ]?[:.]?[ ]?(?P<pages>{_PAGES}(?:,[ ]?{_RANGE})*)(?![ ]?(?:pages|pp)))"
)
# What each of them begins with, where a word does; "#" stands behind one.
_LABEL_SIGN = patterns.compile(r"[VvBbJjTtТтNnIiHhPpSsСс#с](?<!\w[^#])")
_HAN = patterns.compile(
    r"[第제總总]?[ ]?(?<!\d)(?P<volume>\d{1,5})[ ]?(?:卷|권|巻)"
    r"|[第제總总]?[ ]?(?<!\d)(?P<issue>\d{1,5})[ ]?(?:期|호|號|号)"
    # "330頁" says how long a book is.
    r"|(?<!\d)(?P<pages>\d{1,5}[-–~～〜]\d{1,5})[ ]?(?:頁|页|쪽|ページ)"
)
# None of them is without a figure or a Roman numeral, and a label and letters before it are no longer than this.
_FIGURE = patterns.compile(r"[\dIVXLC](?:(?<=\d)|(?<![IVXLC]{2})[IVXLC]*+\b)")
_BEFORE_FIGURE = 16
_NUMERO = patterns.compile(r"№[ ]?(?P<issue>\d{1,5}(?:[-/–]\d{1,5})?)")
_OTHER_SIGN = patterns.compile("[卷권巻期호號号頁页쪽ペ№]")
_YEAR = dates.YEAR
_YEAR_ALONE = patterns.compile(rf"[\s.,;:()\[\]|·￼—–-]*+(?:{_YEAR}[\s.,;:()\[\]|·￼—–-]*+)?")
_MONTHS = r"[A-Z][a-z]{2,8}\.?(?:[-–/][A-Z][a-z]{2,8}\.?)?[ ]"
_BARE = patterns.compile(
    r"(?<![\w.(/-])(?:"
    # 50, 1 (Jan. 2007), 36-44; 2, POPL (Jan. 2018), 1-28; 3, CSCW2, Article 44 (Nov. 2019), 23 pages
    rf"(?P<v7>{_NUMBER}),[ ](?P<i7>\d{{1,3}}(?:[-–/]\d{{1,3}})?|[A-Z]{{2,9}}\d{{0,2}})"
    rf"(?:,[ ]Article[ ](?:No\.?[ ])?(?P<p7>{_PAGE})(?:[ ]\((?:{_MONTHS})?{_YEAR}\))?"
    rf"|[ ]\((?:(?:{_MONTHS}){_YEAR}\)(?:[:,;]?[ ](?P<p8>{_PAGES})(?![ ]?pages?\b))?"
    rf"|{_YEAR}\)(?:[:,;]?[ ](?P<p9>{_RANGE})|,[ ](?P<p11>\d{{1,6}})(?=\.?$|\.[ ]))))"
    # 12(3):45-67; 12 (3), pp. 45-67; 12(3)
    rf"|(?P<v1>{_NUMBER})[ ]?\([ ]?(?P<i1>(?!{_YEAR}[a-z]?\))[\w –/,-]{{1,16}}?)[ ]?\)"
    rf"(?:(?:[ ]\((?:{_MONTHS})?{_YEAR}\)|,[ ]{_MONTHS}{_YEAR}(?=[:,][ ]))?[ ]?[:,;.]?[ ]?"
    rf"(?:pp?\.?[ ]?)?(?P<p1>{_PAGES}))?(?![\d(])"
    # 12 (2003) 3, 045012; 12 (2003), 45-67; 12 (2003) no. 3, 45; 12.3 (Mar. 2003), pp. 45-67; 12/3 (2003), 45
    rf"|(?P<v2>{_NUMBER})(?:[./](?P<i2>\d{{1,3}}(?:[-–/]\d{{1,3}})?)"
    # 12:3 (2003): 45-67
    rf"|:(?P<i13>\d{{1,2}})(?=[ ]\((?:{_MONTHS})?{_YEAR}\)[:,][ ]{_RANGE}))?[ ]?,?[ ]?\([ ]?(?:{_MONTHS})?{_YEAR}[a-z]?"
    rf"[ ]?\)(?:[ ](?P<i12>\d{{1,2}}),[ ](?P<p12>\d{{4,12}}|{_RANGE})(?!\d)"
    rf"|[ ]?[:,;.]?[ ]?(?:no\.?[ ]?\d+[, ]{{0,2}})?(?:pp?\.?[ ]?)?(?P<p2>{_PAGES})?(?![\d(]))"
    # 12:45-67; 12: 45
    rf"|(?<![/–])(?:(?!{_YEAR}:|{_OF_ARTICLE})(?P<v3>{_NUMBER})(?:[.:/](?P<i3>\d{{1,3}}))?[ ]?:[ ]?(?:p(?:p"
    rf"|ages)?[.]?[ ]?)?(?P<p3>{_PAGES})(?![\d(])"
    # 12, 45-67; 12, (3), 45-67; 12/3, 45-67; 12.3, 45-67; 12 45-67
    rf"|(?!{_YEAR}\b)(?:(?P<v4>{_NUMBER})(?:[ ]?,?[ ]?\([ ]?(?P<i4>[\w –/-]{{1,12}}?)[ ]?\)"
    rf"|[./](?P<i5>\d{{1,3}}(?:[-–]\d{{1,3}}(?=,?[ ]pp?\.))?))?[ ]?[,;]?[ ](?:pp?\.?[ ]?)?(?P<p4>{_RANGE})(?![\d(])"
    # 97.12, p. 120405
    rf"|(?P<v10>{_NUMBER})\.(?P<i10>\d{{1,3}})(?=,?[ ]pp?\.)"
    # 12, 3, 45-67
    rf"|(?P<v6>{_NUMBER}),[ ]?(?P<i6>\d{{1,3}}(?:[-/]\d{{1,3}})?|(?!{_YEAR},)\d{{4}}),[ ]?(?:[Pp](?:p|ages?)?\.?[ ]?)?"
    rf"(?P<p6>{_RANGE})(?![\d(])"
    # 12, 45; 97, 241115(R)
    rf"|(?P<v5>{_NUMBER}),[ ]?(?!{_YEAR}\b(?!\d))(?P<p5>[A-Z]?\d{{1,9}}(?:[(]R[)]|\b))"
    rf"(?![ ]?[:-]| ?\((?!{_YEAR})))))"
)
# A number begins: so many forms are tried nowhere else.
_BARE_SIGN = patterns.compile(r"[A-Z\d](?<![\w.(-].)(?:(?<=\d)|[A-Z]?\d)")
_BARE_RANGE = patterns.compile(rf"(?<![\w.(/-]){_RANGE}(?![\w-])")
# What each of them has, and the most that stands before it.
_A_DASH = patterns.compile("[-‐‑–—−~]")
_LONGEST_PAGE = 26
_BARE_VOLUME = patterns.compile(
    # neither a year nor a date: "08.2023", "4. 3. 2022"
    rf"[ ,.(]{{0,3}}((?!{_YEAR}\b|0\d\.|\d{{1,2}}\.[ ]?\d{{1,2}}\.[ ]?{_YEAR}){_NUMBER})(?=[ ,.;()]|$)"
    rf"(?!{_DASH}\d|\.?[ ]{{1,2}}(?:[Aa]ufl|[Ee]d(?:ition|n)?\b)"
    # "212 p.": how long a book is
    rf"|\.?[ ](?:de[ ])?{dates.MONTH}|[ ](?:pp?|S)\.(?![ ]?[A-Z]?\d))"
)
# "24 - 26 September": what a month follows, or stands before, is days.
_MONTH_AFTER = patterns.compile(rf"\.?[ ](?:de[ ])?{dates.MONTH}")
_MONTH_BEFORE = patterns.compile(rf"\b{dates.MONTH}[ ]$")
# "LIII (227)", "IV/3"
_ROMAN = patterns.compile(
    r"(?P<volume>[IVXLC](?<![\w.].)[IVXLC]{0,6})(?:(?<![LC])/|(?<=[IVXLC]{2})(?:/| ?\())"
    rf"(?!{_YEAR}\))(?P<issue>\d{{1,4}})(?=[ ,:;.)]|$)"
)
# "Volume 12.1"
_DOT_ISSUE = patterns.compile(r"\.(\d{1,2})(?![\w.]|[ ]?[-–])")
_ARTICLE = patterns.compile(
    rf"[ ]?[,;:.)]{{1,2}}[ ]?(?:[Aa]rt(?:icle)?\.?[ ](?:[Nn]o\.?[ ])?)?((?!{_YEAR}\b)[A-Za-z]{{0,3}}\d[\d.]{{1,11}})"
    rf"(?=[,.;) ]|$)"
)


def _first_bare(text: str, start: int, stop: int, known: dict[str, Part]) -> list[Part]:
    """The parts in the first bare form that says something, without those that labels said already."""
    for found in patterns.begun(_BARE, _BARE_SIGN, text, start, stop):
        parts = []
        has_volume = "volume" in known
        for field, name in _FORMS[(found.lastgroup or "")[1:]]:
            value = found[name]
            if value is None:
                continue
            # "2020 Jun 12:e004512": the day stands where a volume would
            has_volume = has_volume or field == "volume"
            if not _is_said(field, text, span := found.span(name)):
                continue
            if field not in known and not any(p.start < span[1] and span[0] < p.end for p in known.values()):
                parts.append(Part(field, _value(value), *span))
        if parts and has_volume:
            return parts
    if "pages" in known:
        return []
    alone = patterns.around(_BARE_RANGE, _A_DASH, _LONGEST_PAGE, text, start, stop)
    while alone and any(part.start < alone.end() and alone.start() < part.end for part in known.values()):
        # "Report No. 21-07" has one number
        alone = patterns.around(_BARE_RANGE, _A_DASH, _LONGEST_PAGE, text, alone.end(), stop)
    if alone and not _YEARS.fullmatch(alone[0]) and _is_said("pages", text, alone.span()):
        return [Part("pages", _value(alone[0]), *alone.span())]
    return []


def _is_said(field: str, text: str, span: tuple[int, int]) -> bool:
    """Whether a bare figure may be what its place says: no remark ("(joint author)"), no year, no day of a month.

    An issue has no words but what issues are called: not "12 (Oslo, 2015)", not "2021 (2 publications)".
    """
    start, end = span
    value = text[start:end]
    if field == "issue" and value.isupper() and text[start - 2 : start] == ", ":
        return True  # "2, POPL (Jan. 2018)": the conference whose papers it holds
    if field == "issue":
        if _SEASON.fullmatch(value):
            return False  # "12 (Fall, 1986)" says when
        named = value.isdigit() or all(word.lower() in _ISSUE_WORDS for word in _WORDS.findall(value))
        return named and any(map(str.isalnum, value))
    if field == "volume" and len(value) == 4 and _IS_YEAR.fullmatch(value):
        # "2004 (joint author)"; "2016(3)" is the volume of a journal that counts by years
        return _ISSUE_AFTER.match(text, end) is not None
    if field == "volume" and (len(value) > 2 or text[end : end + 1] == "("):
        return True  # no day of a month
    if len(value) == 4 and _IS_YEAR.fullmatch(value) and text[max(0, start - 2) : start].strip() in (",", "", ";"):
        return False  # "42(3), 2013"
    if _MONTH_AFTER.match(text, end):
        return False
    near = max(0, start - 14)
    is_near = text[start - 1 : start] == " " and dates.holds_month(text[near:start])
    return not is_near or _MONTH_BEFORE.search(text, near, start) is None


# What an issue may be called; a word of two letters may be anything ("12(A)", "12(Pt 1)").
_WORDS = patterns.compile(r"[^\W\d_]{3,}")
_ISSUE_WORDS = frozenset(
    (
        "special spec suppl supplement supp sup part parts pts nos issue iss theme spring summer fall autumn winter"
        " sonderheft beiheft and"
    ).split()
)
_SEASON = patterns.compile(rf"[^\W\d_]{{3,}}\.?,?[ ]{_YEAR}")
_ISSUE_AFTER = patterns.compile(r"[ ]?[(\[]?[ ]?\d{1,9}+(?![ ]?[^\W\d_]{3})")
_IS_YEAR = patterns.compile(_YEAR)
# The groups of each bare form, by the number in the names of its last ones.
_NAMES = {
    **{number: (f"v{number}", f"i{number}", f"p{number}") for number in (1, 3, 6)},
    4: ("v4", "i4", "i5", "p4"),
    5: ("v5", "p5"),
    **dict.fromkeys((7, 8, 9, 11), ("v7", "i7", "p7", "p8", "p9", "p11")),
    10: ("v10", "i10"),
    **dict.fromkeys((2, 12), ("v2", "i2", "p2", "i12", "p12", "i13")),
}
_FORMS = {
    str(number): [(field, name) for field in ("volume", "issue", "pages") for name in names if name[0] == field[0]]
    for number, names in _NAMES.items()
}
_YEARS = patterns.compile(rf"{_YEAR}{_DASH}{_YEAR}")


def _value(text: str) -> str:
    """A value as it is kept: one dash for any, no spaces around it."""
    if text.isalnum():
        return text
    if not any(map(str.isdigit, text)):
        return text.strip()
    value = _ANY_DASH.sub("-", text).strip(" .,;()")
    return f"{value})" if "(" in value else value  # "241115(R)"
