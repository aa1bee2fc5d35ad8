"""What is a running text, and whether it was cut."""

from __future__ import annotations

import re

from pubtools.models import Prose

# "...", "…", or the link after them: "... [Read Article]", "… [more]".
_CUT = re.compile(r"\s*(?:\.\.\.|…)\s*(?:\[[^\[\]]{1,40}\])?$")


def parse(text: str) -> Prose | None:
    """The running text, without the ellipsis and the link that stand where it was cut; `complete` tells."""
    whole = _CUT.sub("", text.strip()).strip()
    return Prose(text=whole, complete=not is_cut(text)) if whole else None


def is_cut(text: str) -> bool:
    """Whether `text` ends in an ellipsis, or in a link after one."""
    return bool(_CUT.search(text.strip()))


def is_prose(text: str) -> bool:
    """Whether `text` is a paragraph and no label or footer: it is long, or a whole sentence, or a cut one."""
    words = text.split()
    return len(text) > 80 or (len(words) > 5 and (text.endswith((".", "!", "?", ".)")) or is_cut(text)))
