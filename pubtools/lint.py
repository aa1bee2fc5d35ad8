"""What is wrong with a .bib file that reads well: doubts about its entries that no single validator has.

Each rule is a code of `problems.CODES`, and reports an entry once. What a rule knows stands in a table above it, and
what differs between BibTeX and biblatex in `FLAVOURS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from pubtools import bibfile, patterns
from pubtools.bibfile import BibFile, Entry, Field
from pubtools.problems import Problem, Where

Flavour = Literal["bibtex", "biblatex"]

# ---------------------------------------------------------------- tables

# Fields that must be there, "a|b" for one of them. BibTeX: what plain.bst warns about. biblatex: its manual, 2.1.1.
_BIBTEX_REQUIRED = {
    "article": "author title journal year",
    "book": "author|editor title publisher year",
    "booklet": "title",
    "conference": "author title booktitle year",
    "inbook": "author|editor title chapter|pages publisher year",
    "incollection": "author title booktitle publisher year",
    "inproceedings": "author title booktitle year",
    "manual": "title",
    "mastersthesis": "author title school year",
    "misc": "",
    "phdthesis": "author title school year",
    "proceedings": "title year",
    "techreport": "author title institution year",
    "unpublished": "author title note",
}
_DATE = "date|year"
_BIBLATEX_REQUIRED = {
    "article": f"author title journaltitle|journal {_DATE}",
    "book": f"author|editor title {_DATE}",
    "mvbook": f"author|editor title {_DATE}",
    "inbook": f"author title booktitle {_DATE}",
    "booklet": f"author|editor title {_DATE}",
    "collection": f"editor title {_DATE}",
    "incollection": f"author|editor title booktitle {_DATE}",
    "manual": f"title {_DATE}",
    "online": f"title url|doi|eprint {_DATE}",
    "patent": f"author title number {_DATE}",
    "periodical": f"title {_DATE}",
    "proceedings": f"title {_DATE}",
    "inproceedings": f"author|editor title booktitle {_DATE}",
    "conference": f"author|editor title booktitle {_DATE}",
    "report": f"author title type institution|school {_DATE}",
    "techreport": f"author title institution|school {_DATE}",
    "thesis": f"author title type institution|school {_DATE}",
    "mastersthesis": f"author title institution|school {_DATE}",
    "phdthesis": f"author title institution|school {_DATE}",
    "unpublished": f"title {_DATE}",
} | dict.fromkeys(
    "artwork audio bibnote bookinbook commentary customa customb customc customd custome customf dataset electronic "
    "image inreference jurisdiction legal legislation letter misc movie music mvcollection mvproceedings mvreference "
    "performance reference review set software standard suppbook suppcollection suppperiodical video www xdata".split(),
    "",
)
# An entry that takes fields from another one is not asked for them.
_INHERITS = ("crossref", "xdata", "xref")

# What a field is, as far as rules tell. What is not here is not typeset, or is no text: only "is it empty" is asked.
_KINDS = (
    dict.fromkeys(
        "title booktitle subtitle booksubtitle titleaddon journal journaltitle journalsubtitle maintitle series "
        "publisher address location school institution organization howpublished note addendum edition chapter "
        "eventtitle venue issuetitle type shorttitle".split(),
        "text",
    )
    | dict.fromkeys("author editor translator bookauthor editora editorb annotator commentator".split(), "names")
    | {"month": "month", "pages": "pages", "year": "year", "date": "date", "doi": "doi"}
)

# Commands outside maths that LaTeX, the packages everybody loads, or the styles define, and what `latex` writes.
# Whatever begins with "text" is taken for known: the companion fonts have a hundred of them.
_COMMANDS = frozenset(
    (
        "ij IJ aa AA ae AE oe OE o O l L ss SS i j dj DJ dh DH th TH ng NG S P dag ddag copyright pounds b c d H k r "
        "t u v emph underline enquote mkbibquote mkbibemph mkbibbold mkbibitalic bf it sc sf tt rm em sl bfseries "
        "itshape scshape sffamily ttfamily rmfamily upshape slshape mdseries normalfont tiny scriptsize footnotesize "
        "small normalsize large Large uppercase lowercase MakeUppercase MakeLowercase url href path doi nolinkurl "
        "hyperlink ensuremath mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt boldsymbol protect "
        "relax mbox hbox discretionary symbol noopsort switchargs cprime cydot ldots dots slash space nobreakspace "
        "thinspace hspace quad qquad newline linebreak par penalty hskip kern raise lower footnote cite parencite "
        "citet citep ref TeX LaTeX LaTeXe BibTeX AmS XeTeX LuaTeX today bibinfo bibnamedash bibstring autocap "
        "mkbibordinal nohyphens natexlab urlprefix Eprint eprint BibitemOpen BibitemShut quotesinglbase quotedblbase "
        "guillemotleft guillemotright guillemetleft guillemetright guilsinglleft guilsinglright euro foreignlanguage "
        "lq rq lbrace rbrace backslash sim times pm degree circ infty alpha beta gamma delta epsilon mu pi sigma "
        "lambda omega"
    ).split()
)

_HTML_TAGS = "a abbr b big br cite code div em font i img inf italic li p scp small span strong sub sup title tt u ul"

# What pdflatex sets when it stands in the file as it is, tried with T1 and TeX Live 2022: Latin letters and some signs.
_PDFLATEX = (
    "\u00a1-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u0165\u0168-\u017e\u0192\u01c4-\u01d4\u01e6-\u01eb"
    "\u01f0\u01f4\u01f5\u0218-\u021b\u0232\u0233\u0237\u1e02\u1e03\u1e0d\u1e1e-\u1e21\u1e25\u1e30\u1e31\u1e37\u1e43\u1e45"
    "\u1e47\u1e5b\u1e63\u1e6d\u1e8e-\u1e91\u1e9e\u1ef2\u1ef3\u2010-\u2016\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026"
    "\u2030\u2031\u2039-\u203b\u203d\u2044\u20ac\u2103\u2116\u2117\u2120\u2122\u2126\u2190-\u2193"
)
_COMBINING = "\u0300-\u036f"
# Joiners are not among them: Persian and Indic names are spelt with them.
_UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2064\ufeff"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

# What ends a key for BibTeX, or what biber or \cite does not take in one.
_BAD_IN_KEYS = "\"#%'(),={}~\\"
_GOOD_IN_KEYS = "".join(sign for sign in map(chr, range(0x21, 0x7F)) if sign not in _BAD_IN_KEYS)


class _Dialect(NamedTuple):
    """What one of the two languages allows."""

    required: dict[str, tuple[frozenset[str], ...]]
    key: re.Pattern[str]
    utf8: bool  # letters beyond ASCII, and no difference between NFC and NFD
    cased_keys: bool  # "A1" and "a1" are two keys
    any_month: bool  # a number is as good as a macro
    any_dash: bool  # between pages


def _demands(table: dict[str, str]) -> dict[str, tuple[frozenset[str], ...]]:
    return {kind: tuple(frozenset(one.split("|")) for one in fields.split()) for kind, fields in table.items()}


FLAVOURS: dict[Flavour, _Dialect] = {
    "bibtex": _Dialect(
        required=_demands(_BIBTEX_REQUIRED),
        key=patterns.compile(rf"[{re.escape(_GOOD_IN_KEYS)}]*"),
        utf8=False,
        cased_keys=False,
        any_month=False,
        any_dash=False,
    ),
    "biblatex": _Dialect(
        required=_demands(_BIBLATEX_REQUIRED),
        key=patterns.compile(rf"[^\s{re.escape(_BAD_IN_KEYS)}\x00-\x1f]*"),
        utf8=True,
        cased_keys=True,
        any_month=True,
        any_dash=True,
    ),
}

# Fields and types that only one of the two has.
_TELL: dict[Flavour, frozenset[str]] = {
    "bibtex": frozenset("journal address school archiveprefix primaryclass techreport".split()),
    "biblatex": frozenset(
        "date journaltitle location eprinttype eprintclass pubstate eventtitle origdate langid urldate shortjournal "
        "online thesis report software dataset collection mvbook mvcollection".split()
    ),
}
_TELLING = 300  # entries, which are enough to tell the flavour

# ---------------------------------------------------------------- the file


def flavour(bib: BibFile) -> Flavour:
    """The language that `bib` is written in, by the fields and types that only one of the two has; BibTeX in doubt."""
    told = dict.fromkeys(_TELL, 0)
    for entry in bib.entries[:_TELLING]:
        names = {entry.type, *(field.name for field in entry.fields)}
        for name, marks in _TELL.items():
            told[name] += len(names & marks)
    return "biblatex" if told["biblatex"] > told["bibtex"] else "bibtex"


_inferred = flavour  # `check` has an argument of this name


def check(bib: str | BibFile, name: str, flavour: Flavour | None = None) -> Iterator[Problem]:
    """The doubts about `bib`, a file called `name`, by line: each defect of syntax, each rule once an entry.

    `flavour` is inferred from the file when it is None.
    """
    taken = bibfile.parse(bib) if isinstance(bib, str) else bib
    chosen = flavour or _inferred(taken)
    found: list[Finding] = [
        (defect.line, defect.code, defect.message)
        for defect in taken.defects
        if not (defect.code == "X31" and chosen == "biblatex")  # biber knows comments
    ]
    found += _Look(FLAVOURS[chosen], taken).findings()
    found.sort(key=lambda finding: finding[0])
    for line, code, message in found:
        yield Problem(code, message, Where(name, line))


# ---------------------------------------------------------------- inside

Finding = tuple[int, str, str]
"""Line, code and message."""

# Where nothing of this is found, a text is fine. The first is fast and the second is exact.
_MAYBE = patterns.compile(r"[&%#_^$<\\]|[^\n\r\t -~]")
_SUSPECT = patterns.compile(r"(?<!\\)[&%#_^$<]|\\[A-Za-z(]{2}|\\&(?:amp|lt|gt|nbsp);|[^\n\r\t -~]")

_VERBATIM = patterns.compile(r"\\(?:url|path|doi|nolinkurl|href)\s*+\{[^{}]*+\}")
_MATHS = patterns.compile(
    r"\\\((?:[^\\]|\\[^()]|\\\((?:[^\\]|\\[^()])*+\\\))*+\\\)|\\ensuremath\s*+\{(?:[^{}]|\{[^{}]*+\})*+\}"
    r"|(?<!\\)\$\$?(?:[^$\\]|\\.)*+\$\$?(?!\d)",
    re.DOTALL,
)
_HTML = patterns.compile(
    rf"</?(?:{'|'.join(_HTML_TAGS.split())})(?:\s[^<>]*+)?/?>|\\?&(?:\\?#\d+|\\?#x[\da-f]+|[a-z]{{2,8}}\d?\d?);",
    re.IGNORECASE,
)
_COMMAND = patterns.compile(r"\\(?!text)([A-Za-z]+)")
_ESCAPED_SIGN = patterns.compile(r"\\[^A-Za-z]")
_RAW_SIGN = patterns.compile(r"[&%#_^$]")
_DEFINITION = patterns.compile(
    r"\\(?:(?:re)?newcommand|providecommand|def|let|DeclareRobustCommand)\*?\s*+\{?\s*+\\([A-Za-z]+)"
)

_NOT_SET = patterns.compile(rf"[^\x00-\x7f{_PDFLATEX}{_COMBINING}{_UNSEEN}{_SPACES}]")
_LOOSE_MARK = patterns.compile(f"[{_COMBINING}]")
_UNSEEN_SIGN = patterns.compile(f"[{_UNSEEN}]")
_ODD_SPACE = patterns.compile(f"[{_SPACES}]")

_BRACED = patterns.compile(r"\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*+\})*+\})*+\}")
_AND = patterns.compile(r"(?:^|\s)and(?=\s|$)", re.IGNORECASE)
_ET_AL = patterns.compile(r"\bet\.?[\s~]*al\b", re.IGNORECASE)
_SUFFIX = patterns.compile(r"\s*(?:[JS]r\.?|[IVX]+|\d(?:st|nd|rd|th)|Esq\.?|M\.?D\.?|Ph\.?\s?D\.?)\s*", re.IGNORECASE)
# "A. Lovelace, G. Hopper": on both sides of the comma stands a whole name.
_WHOLE_NAME = r"\s*+(?:[A-Z]\.[\s~-]*+)++[A-Z]\w[\w'-]*+\s*+"
_TWO_NAMES = patterns.compile(rf"{_WHOLE_NAME},{_WHOLE_NAME}")

_MACRO = patterns.compile(r"(?:^|#)\s*[A-Za-z]+\s*(?:#|$)")
_MONTH_NUMBER = patterns.compile(r"0?[1-9]|1[0-2]")
_PAGE_DASH = patterns.compile(r"\d\s*[-\u2010-\u2015\u2212]\s*[A-Za-z]{0,2}\d")
_YEAR = patterns.compile(r"\{*\d{1,4}(?:\s*(?:-{1,2}|/)\s*\d{2,4})?\}*")
_FOUR_DIGITS = patterns.compile(r"\d{4}")
# EDTF as biblatex reads it (manual, 2.3.8): 2024, 2024-06, 2024-06-03T10:00, 199X, 2024~, 1990/, ../2001.
_DAY = r"-?\d{2}(?:\d\d|\dX|XX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX)(?:T[\d:]+(?:Z|[+-][\d:]+)?)?)?)?[~?%]?"
_EDTF = patterns.compile(rf"{_DAY}(?:/(?:{_DAY}|\.\.)?)?|(?:\.\.)?/{_DAY}")
_DOI_PREFIX = patterns.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*", re.IGNORECASE)


class _Look:
    """One look at a file: what it may say, which commands it defines, and where each key and DOI first stood."""

    def __init__(self, dialect: _Dialect, bib: BibFile) -> None:
        self.dialect = dialect
        self.entries = bib.entries
        self.keys: dict[str, Entry] = {}
        self.dois: dict[str, Entry] = {}
        preamble = " ".join(block.raw for block in bib.blocks if block.kind == "preamble")
        self.commands = _COMMANDS.union(_DEFINITION.findall(preamble)) if preamble else _COMMANDS

    def findings(self) -> Iterator[Finding]:
        for entry in self.entries:
            names = {field.name for field in entry.fields}
            yield from self._key(entry)
            yield from self._type(entry, names)
            if len(names) < len(entry.fields):
                yield from _twice(entry)
            said: set[str] = set()
            for finding in self._fields(entry):
                if finding[1] not in said:
                    said.add(finding[1])
                    yield finding

    def _key(self, entry: Entry) -> Iterator[Finding]:
        key, line = entry.key, entry.lines[0]
        if not key:
            return
        if not self.dialect.key.fullmatch(key):
            bad = dict.fromkeys(sign for sign in key if not self.dialect.key.fullmatch(sign))
            shown = " ".join("a space" if sign.isspace() else sign for sign in bad)
            yield line, "X13", f'the key "{key}" has {shown} in it: use the letters a to z, digits and - : _ only'
        first = self.keys.setdefault(key if self.dialect.cased_keys else key.casefold(), entry)
        if first is not entry:
            same = "" if first.key == key else f' as "{first.key}", and BibTeX knows no capitals in keys'
            yield line, "X11", f'the key "{key}" is taken since line {first.lines[0]}{same}: give this entry another'

    def _type(self, entry: Entry, names: set[str]) -> Iterator[Finding]:
        demands = self.dialect.required.get(entry.type)
        if demands is None:
            others = [other for other, dialect in FLAVOURS.items() if entry.type in dialect.required]
            known = f"only {others[0]} knows" if others else "no style knows"
            yield entry.lines[0], "X14", f"{known} @{entry.type}: write @misc"
        elif demands:
            missing = [" or ".join(sorted(demand)) for demand in demands if names.isdisjoint(demand)]
            if missing and names.isdisjoint(_INHERITS):
                yield entry.lines[0], "X15", f'@{entry.type} "{entry.key}" has no {", no ".join(missing)}'

    def _fields(self, entry: Entry) -> Iterator[Finding]:
        for field in entry.fields:
            name, value, line, _, _, undefined = field
            kind = _KINDS.get(name)
            if not value or value.isspace():
                yield line, "X16", f'"{name}" is empty: fill it or delete it'
            elif undefined:
                yield line, "X09", _undefined(field)
            elif kind == "text" or kind == "names":
                if _MAYBE.search(value) and _SUSPECT.search(value):
                    yield from self._text(field)
                if kind == "names" and (_may_be_odd(value) or not value.isascii()):
                    yield from self._names(field)
            elif kind == "doi":
                yield from self._doi(field, entry)
            elif kind and (odd := _ODD[kind](field, self.dialect)):
                yield line, *odd

    def _text(self, field: Field) -> Iterator[Finding]:
        """What a field that is typeset must not hold."""
        name, line = field.name, field.line
        text = _VERBATIM.sub("", field.value)
        if html := _HTML.search(text):
            yield line, "X19", f'"{name}" holds HTML, {html[0]}: write it in LaTeX or as plain text'
            text = _HTML.sub("", text)
        text = _ESCAPED_SIGN.sub("", _MATHS.sub("", text))
        unknown = [command for command in _COMMAND.findall(text) if command not in self.commands]
        if unknown:
            yield line, "X18", f'"{name}" uses \\{unknown[0]}, which LaTeX does not define'
        if signs := dict.fromkeys(_RAW_SIGN.findall(text)):
            escaped = " ".join("\\textasciicircum{}" if sign == "^" else f"\\{sign}" for sign in signs)
            yield line, "X17", f'"{name}" has a bare {" ".join(signs)}: write {escaped}, or maths between two $'
        if unseen := _UNSEEN_SIGN.search(text):
            yield line, "X30", f'"{name}" holds the invisible character U+{ord(unseen[0]):04X}: delete it'
        if text.isascii():
            return
        names = _KINDS[name] == "names"
        if (names or not self.dialect.utf8) and (space := _ODD_SPACE.search(text)):
            yield line, "X30", f'"{name}" holds the space U+{ord(space[0]):04X}: write a plain one, or ~'
        if not self.dialect.utf8:
            if _LOOSE_MARK.search(text):
                yield (
                    line,
                    "X29",
                    f'"{name}" has an accent that is a character of its own: write {{\\\'e}}, or fold to NFC',
                )
            # A name in braces that no pdflatex sets is meant for LuaLaTeX: _names looks at the others.
            if not names and (strange := _NOT_SET.search(text)):
                shown = f"{strange[0]} (U+{ord(strange[0]):04X})"
                yield line, "X28", f'"{name}" holds {shown}, which pdflatex cannot set: write its LaTeX command'

    def _names(self, field: Field) -> Iterator[Finding]:
        """What is wrong with a list of names."""
        line = field.line
        masked = _BRACED.sub("{}", field.value).strip()
        pieces = _AND.split(masked)
        if not all(piece and not piece.isspace() for piece in pieces):
            yield line, "X26", f'"{field.name}" has an "and" with no name before or behind it: delete it'
        for piece in pieces:
            if _ET_AL.search(piece):
                yield line, "X25", f'"{field.name}" has "et al." for a name: write "and others", or the names'
            elif _run_together(piece):
                yield (
                    line,
                    "X24",
                    f'the commas in {_shown(piece)} are not those of one name: write "Last, First and Last, First"',
                )
            elif not (self.dialect.utf8 or piece.isascii()) and any(
                letter.isalpha() and not letter.isascii() for letter in piece
            ):
                yield (
                    line,
                    "X27",
                    f"BibTeX cuts {_shown(piece)} into bytes: write accents as {{\\'e}}, or the name in braces",
                )

    def _doi(self, field: Field, entry: Entry) -> Iterator[Finding]:
        value = field.value.strip()
        doi = _DOI_PREFIX.sub("", value, count=1)
        if not doi.startswith("10."):
            yield field.line, "X23", f"{_shown(value)} is no DOI: it begins with 10."
            return
        if doi != value:
            yield field.line, "X23", f"write the DOI alone: doi = {{{doi}}}"
        first = self.dois.setdefault(doi.replace("\\_", "_").casefold(), entry)
        if first is not entry and first.key.casefold() != entry.key.casefold():
            known = f'"{first.key}" in line {first.lines[0]}'
            yield field.line, "X12", f'"{entry.key}" has the DOI of {known}: delete one, or mend its DOI'


def _twice(entry: Entry) -> Iterator[Finding]:
    seen: set[str] = set()
    for field in entry.fields:
        if field.name in seen:
            yield field.line, "X10", f'"{field.name}" stands twice, and BibTeX takes the first: delete one'
            return
        seen.add(field.name)


def _undefined(field: Field) -> str:
    word = field.undefined[0]
    month = word[:3].lower()
    if field.name == "month" and month in bibfile.MONTHS:
        return f'"{word}" is no macro: write month = {month}'
    return f'no @string before defines "{word}": define it, or write "{field.name}" in braces'


def _may_be_odd(names: str) -> bool:
    """Whether a list of names is worth a closer look; cheap, and never False for one that is odd."""
    line = " ".join(names.split()).lower()
    if ";" in line or " et" in line or " and and" in line or line.startswith("and ") or line.endswith(" and"):
        return True
    return "," in line and any(
        name.count(",") > 1 or (name[1:2] == "." and "," in name) for name in line.split(" and ")
    )


def _run_together(name: str) -> bool:
    """Whether `name` holds commas or semicolons that are none of "von Last, Jr, First"."""
    if bibfile.EXTENDED_NAME.match(name):
        return False
    parts = name.split(",")
    if len(parts) == 2:
        return ";" in name or _TWO_NAMES.fullmatch(name) is not None
    return ";" in name or len(parts) > 3 or (len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]))


def _month(field: Field, dialect: _Dialect) -> tuple[str, str] | None:
    if (field.raw and _MACRO.search(field.raw)) or (dialect.any_month and _MONTH_NUMBER.fullmatch(field.value)):
        return None
    return "X20", f"the month is {_shown(field.value)}: write a macro, like month = jun"


def _pages(field: Field, dialect: _Dialect) -> tuple[str, str] | None:
    if dialect.any_dash or not _PAGE_DASH.search(field.value):
        return None
    return "X21", f'the pages are {_shown(field.value)}: write "--" between the first and the last'


def _year(field: Field, _: _Dialect) -> tuple[str, str] | None:
    value = field.value.strip()
    if _YEAR.fullmatch(value) or ("\\" in value and _FOUR_DIGITS.search(value)):  # {\noopsort{1843b}}1843
        return None
    return "X22", f'the year is {_shown(field.value)}: write four digits, and what is no year into "note"'


def _date(field: Field, dialect: _Dialect) -> tuple[str, str] | None:
    if not dialect.utf8 or _EDTF.fullmatch(field.value.strip()):
        return None
    return "X22", f"the date is {_shown(field.value)}: write it like 2024, 2024-06 or 2024-06-03"


# By kind of field: the code and the sentence about its value, or None when it is fine.
_ODD: dict[str, Callable[[Field, _Dialect], tuple[str, str] | None]] = {
    "month": _month,
    "pages": _pages,
    "year": _year,
    "date": _date,
}


def _shown(text: str) -> str:
    """`text` on one line and quoted, its end cut off when it is long."""
    line = " ".join(text.split())
    return f'"{line if len(line) <= 60 else line[:57] + "..."}"'
