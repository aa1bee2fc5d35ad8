"""How far a work is on its way to print, as lists say it: in press, accepted, submitted, in preparation."""

from __future__ import annotations

import re

from pubtools import patterns

# CSL's status in the words that people use for it, English, German, French, Spanish, Portuguese and Italian.
_WORDS = {
    "in press": (
        r"in press|to appear|forthcoming|in print|in Druck|im Druck|im Erscheinen|erscheint|à paraître|sous presse"
        r"|en prensa|no prelo|in stampa|w druku"
    ),
    "accepted": r"accepted(?: for publication)?|angenommen|accepté|aceptado|aceito|accettato",
    "submitted": (
        r"submitted|under (?:re)?(?:view|revision)|in revision|in review|eingereicht|soumis|enviado|submetido"
        r"|revise (?:and|&) resubmit|R&R"
    ),
    "in preparation": (
        r"in prep(?:aration|\.)|work in progress|manuscript in preparation|in Vorbereitung|en préparation"
        r"|en preparación|em preparação"
    ),
}
_STATUS = patterns.compile(
    "|".join(rf"(?P<{name.replace(' ', '_')}>\b(?:{words})(?!\w))" for name, words in _WORDS.items()), re.IGNORECASE
)
# Without one of these none of them is there: it is cheaper to ask.
_SIGNS = (
    "in p", "to app", "forth", "druck", "ersch", "paraître", "presse", "prensa", "prelo", "stampa", "accep", "angen",
    "ace", "under r", "in r", "submi", "eingereicht", "soumis", "enviado", "subme", "revise", "r&r", "work in", "in v",
    "en p", "em p", "accet",
)  # fmt: skip


def find(text: str, start: int = 0, stop: int | None = None) -> tuple[str, int, int] | None:
    """The status that [start, stop) of `text` speaks of, as CSL's, and its stretch; None where it speaks of none."""
    lower = text[start:stop].lower()
    if not any(map(lower.__contains__, _SIGNS)):
        return None
    found = _STATUS.search(text, start, len(text) if stop is None else stop)
    if not found or not found.lastgroup:
        return None
    return found.lastgroup.replace("_", " "), found.start(), found.end()
