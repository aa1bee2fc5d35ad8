r"""LaTeX as it stands in a .bib field, as text: accents, letters and punctuation as Unicode, no braces, maths as maths.

Nothing is lost: a command that is not known stays as it is written, with its arguments, and so does a brace without
its partner. A raw `%` is text, for BibTeX knows no comments.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pubtools import patterns
from pubtools.latex import _maths
from pubtools.latex._normal import one_line
from pubtools.latex._tables import ACCENTS, ESCAPES, LETTERS, LONE_BRACES, MATHS, PUNCTUATION

# Commands that are read beside those of `_tables`, which are written too.
_MARKS = {command: mark for mark, command in ACCENTS.items()} | {
    "h": "\u0309", "horn": "\u031b", "t": "\u0361", "G": "\u030f", "f": "\u0311", "textcommaabove": "\u0313",
    "textsubring": "\u0325", "textogonek": "\u0328",
}  # fmt: skip
# What an accent is on its own: `\'{}`, `\~{}`. The others stay as they are written.
_ALONE = {
    "`": "`", "'": "´", "^": "^", "~": "~", "=": "¯", "u": "˘", ".": "˙", '"': "¨", "r": "˚", "H": "˝", "v": "ˇ",
    "c": "¸", "k": "˛",
}  # fmt: skip
_GREEK = {written[1:]: letter for letter, written in MATHS.items() if letter.isalpha() and written[1:].isalpha()}
_CHARACTERS = (
    {f"text{name}": letter for name, letter in _GREEK.items()}
    | {written[1:]: letter for letter, written in LETTERS.items()}
    | {
        written.strip("{}")[1:]: character
        for table in (PUNCTUATION, ESCAPES, LONE_BRACES)
        for character, written in table.items()
        if written.strip("{}")[1:].isalpha()
    }
    | {
        "textendash": "–", "textemdash": "—", "textquotedblleft": "“", "textquotedblright": "”", "textquotesingle": "'",
        "textquotedbl": '"', "glqq": "„", "grqq": "“", "glq": "‚", "grq": "‘", "flqq": "«", "frqq": "»", "flq": "‹",
        "frq": "›", "lq": "‘", "rq": "’", "guillemetleft": "«", "guillemetright": "»", "dots": "…", "textellipsis": "…",
        "textunderscore": "_", "textdollar": "$", "textbar": "|", "textpercent": "%", "textsection": "§",
        "textparagraph": "¶", "textdagger": "†", "textdaggerdbl": "‡", "pounds": "£", "copyright": "©", "euro": "€",
        "EUR": "€", "textasteriskcentered": "∗", "textminus": "−", "texttimes": "×", "textdiv": "÷", "textpm": "±",
        "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³", "textlnot": "¬", "slash": "/",
        "textohm": "Ω", "textmicro": "µ", "degree": "°", "ij": "ĳ", "IJ": "Ĳ", "lbrace": "{", "rbrace": "}",
        "LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "XeTeX": "XeTeX", "LuaTeX": "LuaTeX", "LaTeXe": "LaTeX2e",
        "quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "space": " ", "nobreakspace": " ", "newline": " ",
        "newblock": " ", "linebreak": " ", "par": " ",
        # The punctuation and the page prefixes of biblatex (manual, 4.7.3 and 3.16).
        "addcomma": ",", "addsemicolon": ";", "addcolon": ":", "adddot": ".", "addperiod": ".", "addspace": " ",
        "pno": "p.", "ppno": "pp.",
    }
)  # fmt: skip
# They set type: what they are given stays.
_FORMATTING = frozenset(
    (
        "emph text textit textbf textsc textrm textsf texttt textsl textmd textup textnormal underline mbox hbox fbox "
        "textsuperscript textsubscript mkbibemph mkbibitalic mkbibbold em it bf sc tt rm sf sl itshape bfseries "
        "scshape normalfont upshape slshape mdseries rmfamily sffamily ttfamily tiny scriptsize footnotesize small "
        "normalsize large Large protect relax ignorespaces unskip boldmath unboldmath sout uline"
    ).split()
)
_QUOTING = frozenset({"enquote", "mkbibquote"})
# Their first argument is not printed: the address behind a text, the colour of one, a key to sort by.
_HIDDEN = frozenset(
    "href textcolor foreignlanguage vphantom hphantom phantom hspace vspace noopsort label color hskip".split()
)
_VERBATIM = frozenset({"url", "nolinkurl", "path"})
# Characters by their number, up to which that of Unicode is meant.
_NUMBERED = {"symbol": 0x7E, "unicode": 0x10FFFF}
_SIGNS = {sign: sign for sign in r"&%$#_{}"} | {
    "/": "", "-": "", "!": "", "@": "", "\\": " ", **dict.fromkeys(" ,;:>\n\t", " "),
}  # fmt: skip

_TOKEN = patterns.compile(
    r"(?P<text>(?:[^\\{}$~`'?!-]++|-(?!-)|'(?!')|[?!](?!`))++)"
    r"|(?P<wrap>\{)?\\(?P<accent>['`^\"~=.]|[uvHcdbkrth](?![A-Za-z]))\s*"
    r"(?:\{\s*(?P<held>\\[ij](?![A-Za-z])|[^\W_])\s*\}|(?P<letter>\\[ij](?![A-Za-z])\s*|[^\W_])|(?P<waits>))(?(wrap)\})"
    r"|(?P<open>\{)|(?P<close>\})"
    r"|\\(?P<command>[A-Za-z]+)\s*"
    r"|(?:\$(?P<maths>(?:[^$\\]|\\.)++)\$|\$\$(?P<display>(?:[^$\\]|\\.)++)\$\$"
    r"|\\\((?P<inline>(?:[^\\]|\\[^()])*+)\\\)|\\\[(?P<block>(?:[^\\]|\\[^\[\]])*+)\\\])"
    r"|(?P<ligature>---?|``|''|[?!]`|[`~])"
    r"|\\(?P<sign>.)|(?P<lone>.)",
    re.DOTALL,
)
_LIGATURES = {"--": "–", "---": "—", "``": "“", "''": "”", "?`": "¿", "!`": "¡", "`": "‘", "~": " "}
# Groups and nothing else of LaTeX's; a lone hyphen or apostrophe is itself.
_PLAIN = r"(?:[^\\{}$~`'-]++|-(?!-)|'(?!'))*+"
_ONLY_BRACES = patterns.compile(rf"{_PLAIN}(?:\{{{_PLAIN}(?:\{{{_PLAIN}\}}{_PLAIN})*+\}}{_PLAIN})*+")
_URL_ESCAPE = patterns.compile(r"\\([%&#_~{}$^])")
# Where ` opens, the ' that ends a word closes; that within one is an apostrophe.
_CLOSING_QUOTE = patterns.compile(r"‘([^‘’']*(?:(?<=\w)'(?=\w)[^‘’']*)*)'")

_DOTTED = {"ı": "i", "ȷ": "j"}

# Braces that hold capitals, in what `decode_marked` gives.
OPENED, CLOSED = "\x02", "\x03"
# Around maths, as long as it is not known what stands beside it. A script needs something to stand on.
_BEGUN, _ENDED = "\x04", "\x05"
_TOUCHING = patterns.compile(rf"{_ENDED}{_BEGUN}(?=([\^_'])?)")


def decode(text: str) -> str:
    r"""The text that LaTeX sets for `text`, the value of a .bib field, on one line in NFC; `encode` is the way back.

    `{\'e}` is é, `--` is –, `~` a space, `{RL}` is RL, `\emph{X}` is X, `\%` is %, `$\alpha$` is α. Maths that is more
    than one symbol stays `$x_i$`, as `encode` reads it. Of an `\href` the text stays, not the address. Never raises.
    """
    # Most fields hold none of these; one search for all of them takes longer.
    if not (
        "{" in text or "\\" in text or "}" in text or "--" in text
        or "$" in text or "~" in text or "`" in text or "''" in text
    ):  # fmt: skip
        return one_line(text)
    if _ONLY_BRACES.fullmatch(text):
        return one_line(text.replace("{", "").replace("}", ""))
    return one_line(_decoded(one_line(text), marked=False))


def decode_marked(text: str) -> str:
    r"""`text` as `decode` gives it, with OPENED and CLOSED for the braces that keep capitals.

    As `change.case$` of BibTeX has it: all braces but those of a special character, `{\` outside other braces.
    """
    return unicodedata.normalize("NFC", _decoded(one_line(text), marked=True))


# ---------------------------------------------------------------- inside


def _decoded(text: str, *, marked: bool) -> str:
    out: list[str] = []
    opened: list[tuple[int, str]] = []  # where in `out` a brace was opened, and what closes it
    waiting: list[str] = []  # accents whose letter is yet to come, the outermost first
    quoted = False
    position, end = 0, len(text)
    while position < end:
        found = _TOKEN.match(text, position)
        assert found  # noqa: S101 - its last alternative is any character
        kind, piece, start, position = found.lastgroup or "", found[0], position, found.end()
        if kind == "text":
            if not waiting:
                out.append(piece)
            elif piece := piece.lstrip():
                out.append(_under(waiting, piece[0]) + piece[1:])
        elif kind in ("held", "letter"):
            letter = found[kind].strip("\\ ")
            out.append(_under(waiting, letter + _MARKS[found["accent"]]))
        elif kind == "open":
            # A special character of BibTeX, and all that stands in it, does not keep its capitals.
            keeps = marked and (opened[0][1] if opened else text[position : position + 1] != "\\")
            opened.append((len(out), CLOSED if keeps else ""))
            out.append(OPENED if keeps else "")
        elif kind == "close":
            out.append(_alone(waiting) + (opened.pop()[1] if opened else "}"))
        elif kind == "waits":
            waiting.append(found["accent"])
        elif kind == "command":
            name = found["command"]
            if name in _MARKS:
                waiting.append(name)
            elif name in _CHARACTERS:
                character = _CHARACTERS[name]
                out.append(_under(waiting, character) if character.isalpha() else _alone(waiting) + character)
            elif name in _QUOTING and text[position : position + 1] == "{":
                out += (_alone(waiting), "“", "")
                opened.append((len(out) - 1, "”"))
                position += 1
            elif name not in _FORMATTING:
                said, position = _with_arguments(text, start, position, name)
                out.append(_alone(waiting) + said)
        else:
            out.append(_alone(waiting))
            if kind == "ligature":
                out.append(_LIGATURES[piece])
                quoted = quoted or piece == "`"
            elif kind == "sign":
                out.append(_SIGNS.get(found["sign"], piece))
            else:
                out.append(piece if kind == "lone" else _maths_of(found[kind]))
    out.append(_alone(waiting))
    for index, _ in opened:
        out[index] = "{"
    plain = "".join(out)
    if _BEGUN in plain:
        # A dollar beside a dollar is no maths, so what touches is one.
        plain = _TOUCHING.sub(lambda found: "{}" if found[1] else " ", plain)
        plain = plain.replace(_BEGUN, "$").replace(_ENDED, "$")
    return _CLOSING_QUOTE.sub(r"‘\1’", plain) if quoted else plain


def _under(waiting: list[str], letter: str) -> str:
    """`letter` under the accents that waited for it."""
    if not waiting:
        return letter
    marks = "".join(_MARKS[command] for command in reversed(waiting))
    waiting.clear()
    return _DOTTED.get(letter, letter) + marks


def _alone(waiting: list[str]) -> str:
    """The accents that waited for a letter in vain."""
    if not waiting:
        return ""
    alone = "".join(_ALONE.get(command, f"\\{command}") for command in waiting)
    waiting.clear()
    return alone


def _maths_of(source: str) -> str:
    source = source.strip()
    said = _maths.symbol(source)
    return f"{_BEGUN}{source}{_ENDED}" if said is None else said


def _with_arguments(text: str, start: int, position: int, name: str) -> tuple[str, int]:
    """What the command from `start` to `position` says with its arguments, and where they end."""
    held, after = _argument(text, position)
    if name in _HIDDEN and after > position:
        return "", after
    if held is not None:
        if name in _VERBATIM:
            return _URL_ESCAPE.sub(r"\1", held), after
        if name == "ensuremath":
            return _maths_of(held), after
        # DBLP writes a character that it has no command for by its number; LaTeX's own are those of a font.
        number = int(held) if name in _NUMBERED and re.fullmatch(r"[0-9]{2,6}", held) else 0
        if 0 < number <= _NUMBERED.get(name, 0) and chr(number).isprintable():
            return chr(number), after
        if name == "discretionary":  # before and after a line break, and where there is none
            _, without_break = _argument(text, after)
            return "", without_break
    while after > position and text[position] == "{":
        position = after
        _, after = _argument(text, position)
    return text[start:position], position


def _argument(text: str, position: int) -> tuple[str | None, int]:
    r"""The group at `position` without its braces, or None, and where it ends; `\{` may be an argument, too."""
    if text.startswith("{", position):
        close = _partners(text).get(position)
        return (None, position) if close is None else (text[position + 1 : close], close + 1)
    return None, position + 2 * text.startswith(("\\{", "\\}"), position)


@lru_cache(maxsize=8)
def _partners(text: str) -> dict[int, int]:
    """Where each brace of `text` that is closed is closed."""
    partners, opened = {}, []
    for found in re.finditer(r"\\.|[{}]", text):
        if found[0] == "{":
            opened.append(found.start())
        elif found[0] == "}" and opened:
            partners[opened.pop()] = found.start()
    return partners
