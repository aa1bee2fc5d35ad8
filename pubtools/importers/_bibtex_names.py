r"""Names as BibTeX takes them apart: `First von Last`, `von Last, First` and `von Last, Jr, First`.

After BibTeX 0.99d, `bibtex.web`, section "format.name$": braces hide what is in them, `~` and `-` separate words, "von"
is what begins with a small letter, up to the last such word before the last one. Letters beyond ASCII are letters here,
as they are for biber; BibTeX takes them for bytes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from pubtools import bibfile, latex, patterns
from pubtools.fields import names
from pubtools.models import Authors, Name

SplitBy = Literal["comma", "source", "last-word"]

_AND = patterns.compile(r"\s+and(?=\s)", re.IGNORECASE)
_BRACES = patterns.compile(r"[{}]")
# BibTeX says so itself, and what people write instead.
_OTHERS = patterns.compile(r"others|(?:and\s+)?et\.?[~\s]*al(?:\.|ii|ia)?|\.{3}|\\ldots|\\dots|…", re.IGNORECASE)
_ET_AL = patterns.compile(r"(?<![\s,~])[\s,~]+et\.?[~\s]*al\.?$", re.IGNORECASE)
_SPECIAL = patterns.compile(r"\{\\([A-Za-z]*)")
_EXTENDED_PARTS = frozenset(
    "family family-i given given-i id nosuffix prefix prefix-i suffix suffix-i useprefix".split()
)
_BRACED = patterns.compile(r"\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\}")
# Most names: words with capitals, of which the last one is the family's.
_PLAIN = patterns.compile(r"[A-Z][A-Za-z.]*(?: [A-Z][A-Za-z.]*)+")
# Words and what separates them; a brace without its partner is a letter.
_WORD = patterns.compile(
    r"((?:[^\s~,{}-]++|\{(?:[^{}]++|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\})*+\}|[{}])++)([\s~,-]*+)"
)
_COMMAS = patterns.compile(r"[,;]")
_SMALL_COMMANDS = frozenset("i j o oe ae aa l ss".split())
_GREAT_COMMANDS = frozenset("O OE AE AA L".split())


def parse_list(text: str) -> Authors | None:
    """The people in `text`, the value of a name field; None without one. "others" and "et al." make it incomplete."""
    people: list[Name] = []
    complete = True
    for piece in split(text):
        found, goes_on = _people(piece)
        people += found
        complete = complete and not goes_on
    if not people:
        return None
    return Authors(names=tuple(people)) if complete else Authors(names=tuple(people), complete=False)


def split(text: str) -> list[str]:
    """The single names of a list: what stands between "and"s outside braces."""
    text = f" {' '.join(text.split())} "
    pieces = text.split(" and ")
    # Where a piece has a brace without its partner, an "and" stands in braces.
    is_plain = "{" not in text or all(piece.count("{") == piece.count("}") for piece in pieces)
    small = text.lower()
    if not is_plain or small.count(" and ") != len(pieces) - 1 or " and and " in small:
        pieces, start, depth, position = [], 0, 0, 0
        for found in _AND.finditer(text):
            for brace in _BRACES.finditer(text, position, found.start()):
                depth += 1 if brace[0] == "{" else -1
            position = found.start()
            if depth <= 0:
                pieces.append(text[start : found.start()])
                start, depth = found.end(), 0
        pieces.append(text[start:])
    return [stripped for piece in pieces if (stripped := piece.strip(" ,~"))]


def parts(name: str) -> tuple[str, str, str, str]:
    """First, von, last and jr of one name, as written; "" for what it has not. What follows a third comma is first."""
    if _PLAIN.fullmatch(name):
        first, _, last = name.rpartition(" ")
        return first, "", last, ""
    tokens = _tokens(name)
    if not tokens:
        return "", "", "", ""
    pieces = [[token for token in tokens if token.piece == number] for number in range(tokens[-1].piece + 1)]
    if len(pieces) == 1:
        at = next((index for index in range(len(tokens) - 1) if tokens[index].is_small), None)
        if at is None:
            # No "von": the last name is the last word, with all that hyphens join to it.
            at = len(tokens) - 1
            while at and tokens[at].before == "-":
                at -= 1
            return _text(name, tokens[:at]), "", _text(name, tokens[at:]), ""
        end = _von_end(tokens, at)
        return _text(name, tokens[:at]), _text(name, tokens[at:end]), _text(name, tokens[end:]), ""
    surname = pieces[0]
    end = _von_end(surname, 0)
    jr = pieces[1] if len(pieces) > 2 else []
    given = [token for piece in pieces[2 if len(pieces) > 2 else 1 :] for token in piece]
    return _text(name, given), _text(name, surname[:end]), _text(name, surname[end:]), _text(name, jr)


# ---------------------------------------------------------------- inside


@lru_cache(maxsize=16384)
def _people(piece: str) -> tuple[tuple[Name, ...], bool]:
    """Whoever one piece of a list names, nobody for "others", and whether it says that others were left out."""
    if _OTHERS.fullmatch(piece):
        return (), True
    cut = _ET_AL.search(piece)
    return _named(piece[: cut.start()] if cut else piece), cut is not None


def _named(piece: str) -> tuple[Name, ...]:
    """The person or the group of one piece of a list; more than one where commas stand for "and"."""
    if _PLAIN.fullmatch(piece):
        given, _, family = piece.rpartition(" ")
        return (Name(literal=piece, family=family, given=given, split_by="last-word"),)
    literal = latex.decode(piece)
    if not literal:
        return ()
    if bibfile.EXTENDED_NAME.match(piece):
        pairs = (one.partition("=") for one in piece.split(","))
        said = {part.strip(): latex.decode(value.strip(' "')) for part, _, value in pairs}
        if said.get("family") and said.keys() <= _EXTENDED_PARTS:
            spoken = " ".join(said[part] for part in ("given", "prefix", "family", "suffix") if said.get(part))
            return (_name(spoken, "source", *(said.get(part, "") for part in ("given", "prefix", "family", "suffix"))),)
    commas = _COMMAS.findall(_BRACED.sub("", piece)) if "," in piece or ";" in piece else []
    if len(commas) > 2 or ";" in commas:
        # No name has three commas: BibTeX stops here, and "and" is what was meant.
        listed = names.parse_list(literal)
        return listed.names if listed else (Name(literal=literal),)
    given, particle, family, suffix = parts(piece)
    if literal != piece:
        given, particle, family, suffix = map(latex.decode, (given, particle, family, suffix))
    if not family or not (given or particle) or (suffix and not given):
        return (Name(literal=literal),)
    split_by: SplitBy = "comma" if commas else "source" if particle or " " in family else "last-word"
    return (_name(literal, split_by, given, particle, family, suffix),)


def _name(literal: str, split_by: SplitBy, given: str, particle: str, family: str, suffix: str) -> Name:
    # What is absent is not passed: a model that was told less is smaller, and there are many names.
    said = {"literal": literal, "family": family}
    if given:
        said["given"] = given
    if particle:
        said["particle"] = particle
    if suffix:
        said["suffix"] = suffix
    return Name(split_by=split_by, **said)


class _Token(NamedTuple):
    """A word of a name: where it stands, what separates it from the one before, and after how many commas."""

    start: int
    end: int
    before: str
    piece: int
    is_small: bool


def _tokens(name: str) -> list[_Token]:
    tokens: list[_Token] = []
    before, piece = "", 0
    for found in _WORD.finditer(name):
        word, separators = found.groups()
        tokens.append(_Token(found.start(), found.end(1), before, piece, _is_small(word)))
        piece += separators.count(",")
        before = separators[:1]
    return tokens


def _is_small(word: str) -> bool:
    """Whether the first letter outside braces, or of a special character, is a small one."""
    first = word[:1]
    if first.isalpha():
        return first.islower()
    position, depth = 0, 0
    while position < len(word):
        sign = word[position]
        if sign == "{":
            if depth == 0 and (special := _SPECIAL.match(word, position)):
                command = special[1]
                if command in _SMALL_COMMANDS or command in _GREAT_COMMANDS:
                    return command in _SMALL_COMMANDS
                inner = 1
                for letter in word[special.end() :]:
                    inner += (letter == "{") - (letter == "}")
                    if letter.isalpha() or not inner:
                        return letter.islower()
                return False
            depth += 1
        elif sign == "}":
            depth -= 1
        elif depth == 0 and sign.isalpha():
            return sign.islower()
        position += 1
    return False


def _von_end(tokens: list[_Token], start: int) -> int:
    """Where the last name begins: after the last small word, though never after the last word."""
    end = len(tokens) - 1
    while end > start and not tokens[end - 1].is_small:
        end -= 1
    return max(end, start)


def _text(name: str, tokens: list[_Token]) -> str:
    return name[tokens[0].start : tokens[-1].end] if tokens else ""
