"""What is a running text, and whether it was cut."""

from __future__ import annotations

import re

from pubtools import patterns
from pubtools.models import Prose

# "...", "…", or the link after them: "... [Read Article]", "… [more]".
_CUT = patterns.compile(r"(?:\s*(?:\.\.\.|…))+\s*(?:\[[^\[\]]{1,40}\])?$")
# A theme sets its link after a short abstract too, which it has no need to cut.
_LINK = patterns.compile(r"\s*\[(?:read|more|continue|full|see|view)\b[^\[\]]{0,40}\]$", re.IGNORECASE)
# A sentence ends here; a bracket or a quotation mark may close after it.
_END = patterns.compile(r"[.!?…。！？][\"'”’»)\]]*$")
_COPYRIGHT = patterns.compile(r"©|(?:copyright|\(c\)) .{0,20}\b(?:19|20)\d\d\b", re.IGNORECASE)


def parse(text: str) -> Prose | None:
    """The running text, without the ellipsis and the link that stand where it was cut; `complete` tells."""
    stripped = text.strip()
    complete = not is_cut(stripped)
    whole = _LINK.sub("", stripped if complete else _CUT.sub("", stripped)).strip()
    return Prose(text=whole, complete=complete) if whole else None


def is_cut(text: str) -> bool:
    """Whether `text` ends in an ellipsis, or in a link after one."""
    return ("..." in text or "…" in text) and bool(_CUT.search(text.strip()))


def is_ended(text: str) -> bool:
    """Whether `text` stops where a sentence or a whole teaser does, so that the next line is not its next words."""
    return bool(_END.search(text) or _LINK.search(text) or is_cut(text))


def is_prose(text: str) -> bool:
    """Whether `text` is a paragraph, and no label or footer: long, a whole sentence, cut, or with a link at its end."""
    if _COPYRIGHT.match(text):
        return False
    # Chinese and Japanese have no spaces to count.
    words = len(text.split()) if not text.endswith(("。", "！", "？")) else len(text)
    has_link = _LINK.search(text) and not _LINK.fullmatch(text)
    return len(text) > 80 or bool(has_link) or (words > 5 and is_ended(text))


def is_running(text: str) -> bool:
    """Whether `text` may be a line of a wrapped paragraph: more than five words, most of them in lower case."""
    words = text.split()
    return len(words) > 5 and sum(word[0].islower() for word in words) * 2 > len(words)
