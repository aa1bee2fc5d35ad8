"""The syntax of a .bib file: what stands where, without what it means.

Entries are read as BibTeX 0.99d reads them (every brace counts, escaped ones too), and what it would stumble over is a
`Defect` with its line, which costs the entry it stands in or nothing. An own scanner and not bibtexparser, because that
one swallows a missing comma into the value, loses an entry over a line of its title that begins with "@", and takes
more than twice as long; the tests hold the two side by side.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Literal, NamedTuple

from pubtools import patterns

# Every style defines them (BibTeX) or knows them as numbers (biblatex).
MONTHS = {
    "jan": "January", "feb": "February", "mar": "March", "apr": "April", "may": "May", "jun": "June",
    "jul": "July", "aug": "August", "sep": "September", "oct": "October", "nov": "November", "dec": "December",
}  # fmt: skip


# The other way of biblatex to write a name: `family=Berg, given=Ludwig, prefix=van der`.
EXTENDED_NAME = patterns.compile(r"\s*+(?:family|given|prefix|suffix)(?:-i)?\s*+=")


class Field(NamedTuple):
    """One `name = value` of an entry.

    `name` is in small letters. `value` has no delimiters, and macros and `#` are resolved; spaces and line ends within
    are as they stand in the file. `raw` is the expression as written, where that is more than a text between delimiters
    (`1843`, `jun # "~3"`); None where it is not.
    `macro` is the macro that is the whole value, in small letters (`month = jun`: "jun", while `value` is "June").
    `undefined` names the macros that nothing before defines; each stands in `value` by its name.
    """

    name: str
    value: str
    line: int
    raw: str | None = None
    macro: str | None = None
    undefined: tuple[str, ...] = ()


class Entry(NamedTuple):
    """One entry: `type` in small letters, `key` as written ("" when there is none), `fields` in their order.

    `lines` are the first and the last, 1-based. `source` is the whole file, where the entry stands at `span`.
    """

    type: str
    key: str
    fields: tuple[Field, ...]
    lines: tuple[int, int]
    source: str
    span: tuple[int, int]

    @property
    def raw(self) -> str:
        """The whole text, from "@" to the closing brace."""
        return self.source[slice(*self.span)]

    def get(self, name: str) -> Field | None:
        """The first field called `name` (in small letters), the one that BibTeX uses; None when there is none."""
        return next((field for field in self.fields if field.name == name), None)


class Block(NamedTuple):
    """What is no entry: "comment" (`@comment`, or text between entries), "preamble" or "string", as it is written."""

    kind: Literal["comment", "preamble", "string"]
    raw: str
    line: int


class Defect(NamedTuple):
    """What is wrong with the syntax, at `line`: a code of `problems.CODES` and a sentence.

    `raw` is the text of the entry that is refused for it, up to the next entry; None when nothing is lost.
    """

    code: str
    message: str
    line: int
    raw: str | None = None


class BibFile(NamedTuple):
    """A .bib file taken apart. Entries in the file = `entries` + `refused`."""

    entries: tuple[Entry, ...]
    blocks: tuple[Block, ...]
    defects: tuple[Defect, ...]
    macros: dict[str, str]
    """What `@string` defines, by name in small letters."""

    @property
    def refused(self) -> tuple[Defect, ...]:
        """The defects that cost an entry, one for each."""
        return tuple(defect for defect in self.defects if defect.raw is not None)


def parse(text: str) -> BibFile:
    """The entries, the rest and the defects of `text`, in the order of the file. Never raises; linear in its length.

    An entry begins with `@type{` or `@type(` at the beginning of a line, or after another entry; a `%` before it makes
    it a comment. After a defect that ends an entry, reading goes on with the next line that begins one.
    """
    return _Reader(text).read()


# ---------------------------------------------------------------- inside

_SPECIAL = {"comment", "preamble", "string"}

# Possessive throughout: a value that does not close is looked at once. Deeper braces than these are counted.
_INNER = r"(?:[^{}]++|\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\})*+"
_QUOTED = r'"((?:[^"{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+)"'
_NAME = r"[^\s=,{}()\"#%']++"
_FIELD = patterns.compile(rf"\s*+({_NAME})\s*+=\s*+(?:\{{({_INNER})\}}|{_QUOTED}|(\w++))\s*+([,)}}])")
_FIELD_NAME = patterns.compile(rf"\s*+({_NAME})\s*+=\s*+")
_BARE = patterns.compile(r"[^\s=,{}()\"#%']++")
_HEAD = patterns.compile(r"@[ \t]*+([^\W\d][\w-]*+)\s*+([{(])")
_KEY = {"{": patterns.compile(r"\s*+([^,{}\"\n]*+)\s*+"), "(": patterns.compile(r"\s*+([^,{})\"\n]*+)\s*+")}
_NOT_A_KEY = patterns.compile(r"[A-Za-z][\w-]*\s*=")
_CLOSER = {"{": "}", "(": ")"}
_BRACE = patterns.compile(r"[{}]")
_QUOTE_OR_BRACE = patterns.compile(r'["{}]')
_SPACE = patterns.compile(r"\s*+")
_FRAGMENT = patterns.compile(r"[^,{}()\"]*+")
# What stands behind an entry when one closing brace too many has ended it.
_CUT_OFF = patterns.compile(rf"\s*+,\s*+{_NAME}\s*+=\s*+[{{\"\w]")
_SHOWN = 40
# By how much macros may lengthen a value: a few @string{b = a # a} double it until the memory is full.
_MOST_BY_MACROS = 2_000


class _RefusedError(Exception):
    """Why an entry cannot be given; `line` is where the reason stands."""

    def __init__(self, code: str, message: str, line: int) -> None:
        super().__init__(message)
        self.code = code
        self.line = line


class _Reader:
    """The state of one reading: where it is, which line that is, and what it found."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.heads = tuple(_heads(text))
        self.entries: list[Entry] = []
        self.blocks: list[Block] = []
        self.defects: list[Defect] = []
        self.macros: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._counted_to, self._line = 0, 1

    def read(self) -> BibFile:
        text, position = self.text, 0
        if text.startswith("\ufeff"):
            self.defects.append(Defect("X03", "the file begins with a byte-order mark: save it as plain UTF-8", 1))
            position = 1
        search_from = position
        while head := _HEAD.search(text, search_from):
            start = head.start()
            before = text[max(search_from, text.rfind("\n", search_from, start) + 1) : start]
            if "%" in before:
                line_end = text.find("\n", start)
                search_from = len(text) if line_end < 0 else line_end
                continue
            if before and before[-1].isalnum():  # an address: me@home (work)
                search_from = head.end()
                continue
            self._rest(position, start)
            kind = head[1].lower()
            limit = self._next_head(head.end())
            position = self._special(head, kind, limit) if kind in _SPECIAL else self._entry(head, kind, limit)
            search_from = position
        self._rest(position, len(text))
        return BibFile(tuple(self.entries), tuple(self.blocks), tuple(self.defects), self.macros)

    # ---- places

    def line(self, position: int) -> int:
        """The line of `position`, 1-based; cheap as long as positions go forward."""
        if position < self._counted_to:
            return self._line - self.text.count("\n", position, self._counted_to)
        self._line += self.text.count("\n", self._counted_to, position)
        self._counted_to = position
        return self._line

    def _next_head(self, position: int) -> int:
        """Where the next line from `position` on begins an entry; the end of the text when none does."""
        index = bisect_left(self.heads, position)
        return self.heads[index] if index < len(self.heads) else len(self.text)

    @cached_property
    def closing(self) -> dict[int, int]:
        """For each brace that holds a line that begins an entry, and closes behind it: where it closes."""
        pairs: dict[int, int] = {}
        opened: list[tuple[int, int]] = []
        passed = 0
        for brace in _BRACE.finditer(self.text):
            position = brace.start()
            while passed < len(self.heads) and self.heads[passed] < position:
                passed += 1
            if brace[0] == "{":
                opened.append((position, passed))
            elif opened:
                start, passed_at_start = opened.pop()
                if passed > passed_at_start:
                    pairs[start] = position
        return pairs

    # ---- what is no entry

    def _rest(self, start: int, end: int) -> None:
        raw = self.text[start:end].strip()
        if not raw:
            return
        position = self.text.index(raw[0], start)
        self.blocks.append(Block("comment", raw, self.line(position)))
        for stray in re.finditer(r"^[ \t]*@(?!comment\b).*", raw, re.MULTILINE | re.IGNORECASE):
            shown = _shown(stray[0])
            line = self.line(position + stray.start())
            self.defects.append(Defect("X08", f'"@" begins no entry here: {shown}; write @type{{key, ...}}', line))

    def _special(self, head: re.Match[str], kind: str, limit: int) -> int:
        """The end of a comment, preamble or string, which is noted; of one that cannot be read, the next entry."""
        start = head.start()
        line = self.line(start)
        try:
            end = self._definition(head, limit) if kind == "string" else self._end_of_block(head, limit)
        except _RefusedError as refused:
            self.defects.append(Defect(refused.code, f"@{kind} cannot be read: {refused}", refused.line))
            end = limit
        self.blocks.append(Block(kind, self.text[start:end].rstrip(), line))  # type: ignore[arg-type]
        return end

    def _end_of_block(self, head: re.Match[str], limit: int) -> int:
        if head[2] == "{":
            return self._closing_brace("@", head.end() - 1, limit) + 1
        end = self.text.find(")", head.end(), limit)
        if end < 0:
            raise _RefusedError("X05", 'its ")" is missing', self.line(head.start()))
        return end + 1

    def _definition(self, head: re.Match[str], limit: int) -> int:
        """The end of an `@string{name = value}`, whose macro is known from here on."""
        line = self.line(head.start())
        name = _FIELD_NAME.match(self.text, head.end(), limit)
        if not name:
            raise _RefusedError("X06", "write @string{name = {text}}", line)
        value, *_, end = self._value(name[1], name.end(), limit)
        end = _after_space(self.text, end, len(self.text))
        if self.text[end : end + 1] != _CLOSER[head[2]]:
            raise _RefusedError("X05", f"a {_CLOSER[head[2]]!r} is missing behind its value", line)
        self.macros[name[1].lower()] = value
        return end + 1

    # ---- entries

    def _entry(self, head: re.Match[str], kind: str, limit: int) -> int:
        """The end of the entry that `head` begins; it is given or refused."""
        start = head.start()
        first = self.line(start)
        noted = len(self.defects)
        try:
            key, position = self._key(head, limit)
            fields, end = self._fields(position, limit, _CLOSER[head[2]], f"@{kind}{{{key}}}", first)
        except _RefusedError as refused:
            del self.defects[noted:]
            raw = self.text[start:limit].rstrip()
            self.defects.append(Defect(refused.code, f"{refused}; the entry is left out", refused.line, raw))
            return limit
        self.entries.append(Entry(self._small(kind), key, fields, (first, self.line(end)), self.text, (start, end)))
        return end

    def _key(self, head: re.Match[str], limit: int) -> tuple[str, int]:
        """The key, "" when there is none, and where the fields begin."""
        found = _KEY[head[2]].match(self.text, head.end(), limit)
        key = found[1].rstrip() if found else ""
        end = found.end() if found else head.end()
        line = self.line(head.start())
        follows = self.text[end : end + 1] if end < limit else ""
        if _NOT_A_KEY.match(key):
            self.defects.append(Defect("X07", f"@{head[1]} has no key before its first field: give it one", line))
            return "", head.end()
        if not key:
            self.defects.append(Defect("X07", f"@{head[1]} has no key: write @{head[1]}{{key, ...}}", line))
        elif follows not in (",", _CLOSER[head[2]]):
            self.defects.append(Defect("X04", f'a comma is missing after the key "{key}"', line))
        return key, end + 1 if follows == "," else end

    def _fields(self, position: int, limit: int, closer: str, whose: str, first: int) -> tuple[tuple[Field, ...], int]:
        """The fields from `position` on, and the end of the entry, which `whose` names and line `first` begins."""
        text, match, small, count = self.text, _FIELD.match, self._small, self.text.count
        line, counted = self.line(position), position
        fields: list[Field] = []
        commented = False
        while True:
            found = match(text, position, limit)
            if found and (found[5] == "," or found[5] == closer):
                name, braced, quoted, bare, separator = found.groups()
                begins = found.start(1)
                line += count("\n", counted, begins)
                counted = begins
                if bare is None:
                    fields.append(Field(small(name), quoted if braced is None else braced, line))
                else:
                    fields.append(Field(small(name), *self._bare(bare, line)))
                position = found.end()
                if separator == closer:
                    break
                continue
            position = _after_space(text, position, limit)
            if position >= limit:
                begun = f', last seen in "{fields[-1].name}"' if fields else ""
                line = fields[-1].line if fields else first
                raise _RefusedError("X05", f"{whose} is not closed: a brace is missing{begun}", line)
            if text[position] == closer:
                position += 1
                break
            if text[position] == "%":
                if not commented:
                    message = "a comment inside an entry: biber reads it, BibTeX cannot"
                    self.defects.append(Defect("X31", message, self.line(position)))
                    commented = True
                line_end = text.find("\n", position, limit)
                position = limit if line_end < 0 else line_end
                continue
            position, field = self._odd_field(position, limit, closer)
            if field:
                fields.append(field)
            if position > limit:
                limit = self._next_head(position)
        if _CUT_OFF.match(text, position, limit):
            message = f"{whose} ends with a closing brace too many: more fields stand behind it"
            raise _RefusedError("X05", message, self.line(position))
        return tuple(fields), position

    def _bare(self, word: str, line: int) -> tuple[str, int, str, str | None, tuple[str, ...]]:
        """What makes a field of a value that is one bare word: a number or a macro."""
        value, known = self._resolve(word)
        macro = None if word.isdigit() else word.lower()
        return value, line, word, macro, () if known else (word,)

    def _resolve(self, word: str) -> tuple[str, bool]:
        """What a bare word stands for, and whether that is known."""
        if word.isdigit():
            return word, True
        small = word.lower()
        value = self.macros.get(small) or MONTHS.get(small)
        return (word, False) if value is None else (value, True)

    def _odd_field(self, position: int, limit: int, closer: str) -> tuple[int, Field | None]:
        """A field that is not plainly `name = value,`: where it ends, and the field unless it is none."""
        name = _FIELD_NAME.match(self.text, position, limit)
        if not name:
            return self._fragment(position, limit), None
        line = self.line(position)
        value, undefined, macro, end = self._value(name[1], name.end(), limit)
        field = Field(self._small(name[1]), value, line, self.text[name.end() : end], macro, undefined)
        after = _after_space(self.text, end, len(self.text))
        follows = self.text[after : after + 1]
        if follows == ",":
            return after + 1, field
        if follows != closer:
            if after >= self._next_head(end):
                raise _RefusedError("X05", f'"{field.name}" or its entry does not close: a brace is missing', line)
            if not _FIELD_NAME.match(self.text, after):
                rest = _shown(self.text[after : max(after, limit)])
                message = f'what follows the value of "{field.name}" cannot be read: {rest}'
                raise _RefusedError("X06", f"{message} (a brace or a quote too many?)", line)
            self.defects.append(Defect("X04", f'a comma is missing after the value of "{field.name}"', line))
        return after, field

    def _fragment(self, position: int, limit: int) -> int:
        """The end of a piece that is no field, which is noted and passed over up to its comma."""
        line = self.line(position)
        found = _FRAGMENT.match(self.text, position, limit)
        end = found.end() if found else position
        if self.text[end : end + 1] != "," or end >= limit:
            shown = _shown(self.text[position:limit])
            raise _RefusedError("X06", f"a field cannot be read: {shown} (a brace or a quote too many?)", line)
        fragment = _shown(self.text[position:end])
        self.defects.append(Defect("X06", f"this is no field, for it has no value: {fragment or 'a comma'}", line))
        return end + 1

    def _value(self, name: str, position: int, limit: int) -> tuple[str, tuple[str, ...], str | None, int]:
        """The value at `position`, the undefined macros in it, the macro that it wholly is, and its end."""
        text = self.text
        start = position
        values: list[str] = []
        undefined: list[str] = []
        bare = ""
        while True:
            sign = text[position : position + 1]
            if sign == "{":
                end = self._closing_brace(name, position, limit)
                values.append(text[position + 1 : end])
                position = end + 1
            elif sign == '"':
                end = self._closing_quote(name, position, limit)
                values.append(text[position + 1 : end])
                position = end + 1
            elif word := _BARE.match(text, position, max(limit, position)):
                bare = word[0]
                value, known = self._resolve(bare)
                values.append(value)
                if not known:
                    undefined.append(bare)
                position = word.end()
            else:
                raise _RefusedError("X06", f'"{name}" has no value', self.line(position))
            limit = max(limit, position)
            after = _after_space(text, position, limit)
            if text[after : after + 1] != "#" or after >= limit:
                break
            position = _after_space(text, after + 1, limit)
        if bare and sum(map(len, values)) > position - start + _MOST_BY_MACROS:
            raise _RefusedError("X06", f'the macros in "{name}" make it too long', self.line(start))
        macro = bare.lower() if bare and len(values) == 1 and not bare.isdigit() else None
        return "".join(values), tuple(undefined), macro, position

    def _closing_brace(self, name: str, start: int, limit: int) -> int:
        """Where the brace at `start` closes: before `limit`, or else behind it when the text up to there balances."""
        depth = 0
        for brace in _BRACE.finditer(self.text, start, limit):
            depth += 1 if brace[0] == "{" else -1
            if not depth:
                return brace.start()
        if start not in self.closing:
            raise _RefusedError("X05", f'"{name}" does not close: a brace is missing', self.line(start))
        return self.closing[start]

    def _closing_quote(self, name: str, start: int, limit: int) -> int:
        depth = 0
        for sign in _QUOTE_OR_BRACE.finditer(self.text, start + 1, limit):
            if sign[0] == '"':
                if not depth:
                    return sign.start()
                continue
            depth += 1 if sign[0] == "{" else -1
            if depth < 0:
                break
        raise _RefusedError("X05", f'the quote that begins "{name}" does not close', self.line(start))

    def _small(self, name: str) -> str:
        """`name` in small letters; one string for all that are alike, for a file has few names and many fields."""
        small = self._names.get(name)
        if small is None:
            small = self._names[name] = name.lower()
        return small


def _heads(text: str) -> Iterator[int]:
    """Where a line begins an entry, by the position of its "@"."""
    checked = 0
    for head in _HEAD.finditer(text):
        start = head.start()
        line = text.rfind("\n", checked, start) + 1
        if (line or not checked) and not text[line:start].strip(" \t\ufeff"):
            yield start
        checked = start


def _after_space(text: str, position: int, limit: int) -> int:
    found = _SPACE.match(text, position, limit)
    return found.end() if found else position


def _shown(text: str) -> str:
    """The beginning of `text` on one line, quoted."""
    line = " ".join(text[: 4 * _SHOWN].split())
    return repr(line if len(line) <= _SHOWN else line[: _SHOWN - 3] + "...") if line else ""
