r"""Maths in a text: what between two dollars is maths, how it is written, and when it is no more than one character."""

from __future__ import annotations

import re
import unicodedata

from pubtools import patterns
from pubtools.latex._tables import MATHS, MATHS_ACCENTS, SUBSCRIPTS, SUPERSCRIPTS

# Commands that maths in a title may use. Any other could stop LaTeX or do more than print, so its text is printed.
_WITH_ARGUMENT = frozenset(
    (
        "mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt boldsymbol text textit textrm textbf mbox "
        "operatorname sqrt frac hat widehat tilde widetilde bar overline underline vec dot ddot check breve acute "
        "grave"
    ).split()
)
_COMMANDS = (
    _WITH_ARGUMENT
    | {command[1:] for command in MATHS.values() if command[1:].isalpha()}
    | frozenset(
        (
            "le ge ne to gets ldots dots prime lVert rVert lvert rvert Vert vert bullet "
            "quad log ln exp sin cos tan tanh min max arg sup inf lim det dim ker deg gcd Pr dagger "
            "varnothing colon backslash not"
        ).split()
    )
)
# A span that is longer is two prices and what stands between them, or else a display, and no part of a line of text.
_LONGEST = 400

# A dollar beside a dollar is no maths, and neither is "5-" of $5-$6.
SPAN = r"(?<!\$)\$(?=[^\s$])(?![0-9][^$]*+\$[0-9])(?P<maths>[^$]++)(?<!\s)\$(?!\$)"

_SPAN = patterns.compile(SPAN)
_TOKEN = patterns.compile(
    r"\\(?:(?P<command>[A-Za-z]+)|[,;:! |{}%#&_])|(?P<odd>[\\%#&~\"`])|"
    rf"(?P<small>[{''.join(SUPERSCRIPTS)}]+|[{''.join(SUBSCRIPTS)}]+)|(?P<other>[^\x00-\x7f])|."
)
# `x^^2`, `x_`, `a_b_c`, `x^2'`: an empty or a double script stops LaTeX (and ^^ is TeX's own escape).
_SCRIPT = r"(?:[^{\\]|\{[^{}]*\}|\\[A-Za-z]+)"
_BAD_SCRIPT = patterns.compile(rf"[_^]\s*(?:[_^}}]|$)|([_^]){_SCRIPT}(?:[_^]{_SCRIPT})?\1|\^{_SCRIPT}(?:_{_SCRIPT})?'")
_ARGUMENT_MISSING = patterns.compile(
    rf"\\(?:{'|'.join(sorted(_WITH_ARGUMENT))})(?![A-Za-z])(?!\s*[{{\w\\])"
    r"|\\frac\s*(?:\{[^{}]*\}|\w)(?!\s*[{\w\\])"
)
_SHORT_SYMBOLS = patterns.compile(r"(?!.*[^\W\d_]{3})[\w+\-*/=<>()\[\],.|' !:]{1,20}", re.ASCII)

# What maths of one character says, as we write it and as others do.
_SYMBOLS = {written: character for character, written in MATHS.items()} | {
    r"\le": "≤", r"\ge": "≥", r"\ne": "≠", r"\to": "→", r"\gets": "←", r"\land": "∧", r"\lor": "∨", r"\lnot": "¬",
    r"\ldots": "…", r"\dots": "…", r"\slash": "/", r"\prime": "′", r"^\prime": "′", r"^{\prime}": "′", "*": "∗",
    r"\bot": "⊥", r"\iff": "⇔", r"\varnothing": "∅", r"^\circ": "°", r"^{\circ}": "°", r"\degree": "°",
    r"\mathscr{l}": "ℓ",  # as DBLP has it
    r"\dagger": "†", r"\ddagger": "‡", r"\bullet": "•", r"\pounds": "£", r"\copyright": "©",
    **{plain: plain for plain in "<>|=+/"},
}  # fmt: skip
_MARKS = {name: mark for mark, name in MATHS_ACCENTS.items()}
_MARKED = patterns.compile(rf"\\({'|'.join(_MARKS)})\{{(.+)\}}")
# `^2`, `_{10}`, and DBLP's `{}^{\mbox{2}}`.
_SCRIPT_ALONE = patterns.compile(r"(?:\{\})?([\^_])(?:\{([^{}\\]+)\}|\{\\(?:mbox|text)\{([^{}\\]+)\}\}|([^{}\\]))")
_SCRIPTS = {
    "^": {plain: high for high, plain in SUPERSCRIPTS.items()},
    "_": {plain: low for low, plain in SUBSCRIPTS.items()},
}


def symbol(source: str) -> str | None:
    r"""The text that `source`, the inside of `$...$`, stands for where that is one symbol or a row of small figures.

    `\alpha` is α, `{\alpha}` too, `^{-1}` is ⁻¹, `\hat{\theta}` is θ̂; None for anything that is more.
    """
    found = _SYMBOLS.get(source)
    if found or not source:
        return found
    if source in MATHS:
        return source
    if script := _SCRIPT_ALONE.fullmatch(source):
        small = _SCRIPTS[script[1]]
        figures = script[2] or script[3] or script[4]
        return "".join(small[figure] for figure in figures) if small.keys() >= set(figures) else None
    if source[0] == "{" and source[-1] == "}":
        return _SYMBOLS.get(source[1:-1])
    if (marked := _MARKED.fullmatch(source)) and len(source) <= _LONGEST:
        base = symbol(marked[2])
        return unicodedata.normalize("NFC", base + _MARKS[marked[1]]) if base and base[0].isalpha() else None
    return None


def canonical(line: str) -> str:
    """`line` with its maths as `written` has it, and as the symbol itself where it is one."""
    before = ""
    while line != before:  # a symbol may make maths of what stands around it
        before, line = line, unicodedata.normalize("NFC", _SPAN.sub(_canonical, line))
    return line


def written(source: str) -> str | None:
    """`source`, the inside of `$...$`, with symbols as commands; None if it is no maths, or none that surely sets."""
    if len(source) > _LONGEST:
        return None
    if not (re.search(r"[\\^_]", source) or _SHORT_SYMBOLS.fullmatch(source) or _is_symbols(source)):
        return None
    pieces = []
    for token in _TOKEN.finditer(source):
        piece = token[0]
        if token["odd"] or (token["command"] and token["command"] not in _COMMANDS):
            return None
        if token["small"]:
            piece = small(piece)
        elif token["other"]:
            if piece not in MATHS:
                return None
            piece = f"{{{MATHS[piece]}}}"
        pieces.append(piece)
    maths = "".join(pieces)
    bare = re.sub(r"\\[{}]", "", maths)
    if not (balanced(maths) and balanced(bare)) or _BAD_SCRIPT.search(bare) or _ARGUMENT_MISSING.search(bare):
        return None
    return maths


def small(figures: str) -> str:
    """The script that `figures` are, all superscripts or all subscripts: `^2`, `_{10}`."""
    plain = "".join(MATHS[figure][1] for figure in figures)
    return MATHS[figures[0]][0] + (plain if len(plain) == 1 else f"{{{plain}}}")


def balanced(text: str) -> bool:
    """Whether every brace of `text` has its partner."""
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


# ---------------------------------------------------------------- inside


def _canonical(span: re.Match[str]) -> str:
    source = span["maths"]
    said = symbol(source)
    if said is not None:
        return said
    maths = written(source)
    return span[0] if maths is None else f"${maths}$"


def _is_symbols(source: str) -> bool:
    """Whether `source` is short and no word: Greek letters and signs."""
    return len(source) <= 20 and any(character in MATHS for character in source)
