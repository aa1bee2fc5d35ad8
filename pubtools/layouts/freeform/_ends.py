"""What stands behind a title and is none of it: its edition, its number in a series, its version, what it is.

    Weaving the torus (2nd ed.)
    Dust in the carding rooms (NBER Working Paper No. 28000)
    Thread counts of four hundred looms (Version 1.2) [Data set]

Sources: Publication Manual of the APA, 7th edition, 9.19 and 9.21 (what stands in brackets behind a title); ISO 690 and
NLM (on what a work is read); GB/T 7714, appendix B (the letter for what it is).
"""

from __future__ import annotations

import re

from pubtools import patterns
from pubtools.fields.pagination import Part

# "2nd ed.", "2. Auflage", "2e éd.", "Second, revised edition", "rev. ed."
_EDITION = (
    r"(?<![\w.])(?P<edition>\d{1,3}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|rev(?:ised)?"
    r"|enlarged|expanded|updated)(?:st|nd|rd|th|e|ème|\.?[ªºa])?\.?,? ?"
    r"(?:(?:rev(?:ised|\.)|enlarged|expanded|updated|überarbeitete|erweiterte),? )*"
    r"(?:ed(?:ition|n|\.)?|éd(?:ition|\.)|edição|edición|edizione|aufl(?:age|\.)?|bs\.)"
    r"(?!\w| (?:of|de|do|da|del|des|du) )"
)
_VERSION = r"(?:version|ver\.|v\.) ?(?P<version>\d[\w-]{0,9}(?:\.\d[\w-]{0,9}){0,4})"
_VOLUME = r"(?:(?:vols?|bde?)\.?|band) ?(?P<volume>\d{1,4}(?:[-–]\d{1,4})?|[IVXLC]{1,7})"
EDITION = patterns.compile(_EDITION, re.I)
_SAID = (
    EDITION,
    patterns.compile(_VERSION, re.I),
    patterns.compile(_VOLUME, re.I),
    patterns.compile(
        r"(?P<genre>(?:[\w.&'’-]{1,30} ){0,8}?"
        r"(?:paper|report|memo(?:randum)?|publication|bulletin|brief|patent)(?: series| application)?),? ?"
        r"(?:(?:nos?|nrs?|n[°º]|number|#)[.:]? ?|(?! ?(?:1[5-9]|20)\d\d$))(?P<number>[A-Z]{0,12}[ -]?\d[\w.,/-]{0,30})",
        re.I,
    ),
)
# The same without brackets, where a mark follows; and what a work is, in words alone.
_PLAIN = patterns.compile(
    rf"[(\[]?(?:{_EDITION}|{_VERSION}|{_VOLUME}"
    r"|(?P<genre>(?:working|discussion|technical|research|policy) (?:paper|report)))"
    r"[)\]]?(?=[.,:;]|$)[.,:; ]*",
    re.I,
)
_PATENT = patterns.compile(
    r"[(\[]?"
    r"(?:(?P<genre>(?:(?:U\.? ?S\.?(?:A\.?)?|[A-Z][a-z]+|EP|WO) )?(?:patent|pat\.)"
    r"(?: (?:application|publication|appl?\.))?),?(?: no[.:]?| nr\.?| #)? ?"
    r"(?P<number>(?:[A-Z]{2} ?)?\d[\d,./]{3,20}(?: ?[A-C]\d?\b)?)"
    r"|(?P<patent>(?:US|EP|WO|DE|JP|CN|GB|FR|CA|KR|AU|ES) ?\d[\d,./]{4,20}(?: ?[A-C]\d?\b)?))",
    re.I,
)
# A database's number, and the language before it.
_INDEXED = patterns.compile(r"\.?(?: \([A-Z][a-z]+\))? (?P<note>(?:Zbl|JFM) \d{2,4}\.\d{4,5}(?:\.\d{2})?)$")
_BEHIND = patterns.compile(rf"[.,:;] {_EDITION}\.?$", re.I)
# In square brackets: what a work is, by CSL's types; "" for what says nothing of that.
_FORMS = {
    # GB/T 7714: a letter says what a work is, "OL" that it is read online.
    "article-journal": "j|j/ol",
    "book": "m|m/ol",
    "paper-conference": "c|c/ol",
    "thesis": "d|d/ol",
    "report": "r|r/ol",
    "patent": "p|p/ol",
    "article-newspaper": "n|n/ol",
    "dataset": "data set|dataset|data file",
    "software": "computer software|software|computer program|mobile app|source code",
    "post-weblog": "blog post|web log post|weblog post",
    "speech": (
        "paper presentation|conference presentation|conference session|poster presentation|poster session|poster"
        "|presentation|keynote|keynote address|invited talk"
    ),
    "motion_picture": "video|film|webinar",
    "map": "map",
    "": (
        "online|on-line|internet|en ligne|en línea|en linea|em linha|in linea|www document|electronic resource"
        "|ressource électronique|recurso electrónico|recurso electronico|электронный ресурс|elektronische ressource"
        "|elektronisches ressource|eb/ol"
    ),
}
_FORM = {said: kind for kind, words in _FORMS.items() for said in words.split("|")}
_OPENER = {")": "(", "]": "["}
# Brackets, one behind the other, and the characters of one; those of an edition without.
_MOST, _LONGEST, _LONGEST_BEHIND = 3, 150, 60


def cut(title: str) -> tuple[str, list[Part]]:
    """The title proper, and the parts of what stands behind it, with their stretches of `title`.

    Their fields are "edition", "version", "volume", "genre", "number", "note", and "kind", one of CSL's types.
    """
    parts: list[Part] = []
    for _ in range(_MOST):
        end = len(title.rstrip(" ,.;:"))
        opener = title.rfind(_OPENER.get(title[end - 1 : end], "\0"), 0, end)
        said = title[opener + 1 : end - 1]
        if opener <= 0 or len(said) > _LONGEST:
            break
        kind = _FORM.get(said.lower()) if title[end - 1] == "]" else None
        pieces = [Part("kind", kind, opener, opener)] if kind is not None else _pieces(said, opener + 1)
        if not pieces:
            break
        parts += [piece for piece in pieces if piece.text]
        title = title[:opener].rstrip()
    last = max(0, len(title) - _LONGEST_BEHIND)
    is_indexed = "Zbl" in title or "JFM" in title
    if found := (is_indexed and _INDEXED.search(title, last)) or _BEHIND.search(title, last):
        parts += _named(found, 0)
        title = title[: found.start()]
    return title, parts


def behind(text: str, at: int, stop: int) -> tuple[list[Part], int]:
    """The parts of what stands at `at` of `text`, behind a title and a mark, and where the text goes on behind them."""
    parts: list[Part] = []
    at = medium(text, at)
    while found := _PLAIN.match(text, at, stop):
        parts += _named(found, 0)
        at = found.end()
    return parts, at


def patent(text: str, at: int, stop: int) -> list[Part]:
    """The number of the patent that `text` names at `at`, and what that calls it; [] where none is named there."""
    found = _PATENT.match(text, at, stop)
    if found is None:
        return []
    number = "number" if found["number"] else "patent"
    parts = [Part("number", found[number].rstrip(" ,."), *found.span(number)), Part("kind", "patent", at, at)]
    return parts + ([Part("genre", found["genre"], *found.span("genre"))] if found["genre"] else [])


def medium(text: str, at: int) -> int:
    """Where the text goes on behind square brackets at `at` that say what a work is, or on what it is read."""
    close = text.find("]", at, at + _LONGEST) if text[at : at + 1] == "[" else -1
    if close < 0 or text[at + 1 : close].lower() not in _FORM:
        return at
    at = close + 1
    while text[at : at + 1] in (" ", ".", ",", ":", ";"):
        at += 1
    return at


# ---------------------------------------------------------------- inside


def _pieces(said: str, at: int) -> list[Part]:
    """The parts of what stands in brackets from `at` on; [] where a piece of it is none of them."""
    parts: list[Part] = []
    whole = any(form.fullmatch(said) for form in _SAID)  # "2., überarbeitete Aufl.", "Patent No. 7,123,456"
    for piece in [said] if whole else said.split(", "):
        found = next((found for form in _SAID if (found := form.fullmatch(piece))), None)
        if found is None:
            return []
        parts += _named(found, at)
        at += len(piece) + 2
    return parts


def _named(found: re.Match[str], by: int) -> list[Part]:
    """The parts that an expression has found, and the type that they tell."""
    said = [(name, found.span(name)) for name, value in found.groupdict().items() if value]
    parts = [Part(name, found[name].strip(" ,."), by + start, by + end) for name, (start, end) in said]
    genre = next((found[name].lower() for name, _ in said if name == "genre"), "")
    if genre and "publication" not in genre:
        parts.append(Part("kind", "patent" if "patent" in genre else "report", by, by))
    return parts
