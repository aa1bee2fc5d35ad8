"""Undo what PDF extraction does to spaces and punctuation, and keep where everything stood."""

from __future__ import annotations

from bisect import bisect_right

from pubtools import patterns

# "Phys .Rev .Lett .113 ( 2014 ) 091601 ,no .2 ,245 -310": a space on the wrong side of a mark.
_ODD_SPACE = r" +[,;](?=\S)| +\.(?=[^\W\d_])(?![A-Z]{2})| +(?=[,;)\]])|(?<=[(\[]) +| +(?=\.(?![\w.]))| +(?=:(?: |\w))"
_ODD = patterns.compile(_ODD_SPACE)
_SIGNS = (" ,", " .", " ;", " :", " )", " ]", "( ", "[ ")
# Where a text has such spaces, others are lost: ",no", "Equation.Modern", "insulators,"Phys", "andTownsley".
_ODD_OR_LOST = (
    rf"(?:{_ODD_SPACE}|(?<=[,;])(?=[^\W\d_])|(?<=[^\W\d_]{{2}}\.)(?=[A-Z][a-z])|(?<=,[\"”])(?=[^\W\d_])"
    r"|(?<=[ ,]and)(?=[A-Z]))"
)
# None is elsewhere than at a space or behind one of a few characters, which is seen at once.
_BOTH = patterns.compile(rf"(?:(?= )|(?<=[,;.\"”d])){_ODD_OR_LOST}")
# "Bairoch,A. and Apweiler,R.", "Rolf M.Apweiler"
_GLUED = patterns.compile(r"\.(?:(?<=,[A-Z]\.)|(?<=[a-z] [A-Z]\.)(?=[A-Z][a-z]{2}))")
_INITIAL = patterns.compile(r"(?<=[^\W\d_],)(?=[A-Z]\.)|(?<=[a-z] [A-Z]\.)(?=[A-Z][a-z]{2})")


class Clean:
    """A text without odd spaces: `text`, and `before(offset)`, where an offset of it stood in what was given."""

    def __init__(self, given: str) -> None:
        self.text = given
        self._edits: list[tuple[int, int]] = []
        odd = any(map(given.__contains__, _SIGNS)) and _ODD.search(given)
        pattern = _BOTH if odd else _INITIAL if _GLUED.search(given) else None
        if pattern is None:
            return
        parts: list[str] = []
        at = length = 0
        for odd in pattern.finditer(given):
            if not odd[0] and odd.start() == at and parts and parts[-1][-1:] == " ":
                continue  # the mark before it has its space already
            mark = odd[0].strip()  # that changes places with its space
            part = given[at : odd.start()] + (f"{mark} " if mark or not odd[0] else "")
            parts.append(part)
            length += len(part)
            at = odd.end()
            self._edits.append((length, at))
        parts.append(given[at:])
        self.text = "".join(parts)

    @property
    def is_mended(self) -> bool:
        """Whether anything stands elsewhere than in the given text."""
        return bool(self._edits)

    @property
    def is_noisy(self) -> bool:
        """Whether so much was mended that words may be joined or parted wrongly, too."""
        return len(self._edits) > 3

    def before(self, offset: int) -> int:
        """The offset in the given text of an offset in the clean one."""
        index = bisect_right(self._edits, (offset, 1 << 60)) - 1
        return offset if index < 0 else self._edits[index][1] + offset - self._edits[index][0]

    def after(self, offset: int) -> int:
        """The offset in the clean text of an offset in the given one."""
        if not self._edits:
            return offset
        index = bisect_right(self._edits, offset, key=lambda edit: edit[1]) - 1
        return offset if index < 0 else self._edits[index][0] + offset - self._edits[index][1]
