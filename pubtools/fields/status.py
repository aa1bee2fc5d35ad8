"""How far a work is on its way to print, as lists say it: in press, accepted, submitted, in preparation."""

from __future__ import annotations

import re

from pubtools import patterns
from pubtools.fields import letters

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
# Each of them has one of these words, in lower case: it is cheaper to ask for those.
WORDS = frozenset(
    (
        "press appear forthcoming print druck erscheinen erscheint paraître presse prensa prelo stampa druku accepted"
        " angenommen accepté aceptado aceito accettato submitted under revision review eingereicht soumis enviado"
        " submetido revise r prep preparation progress vorbereitung préparation preparación preparação"
    ).split()
)


def find(text: str, start: int = 0, stop: int | None = None) -> tuple[str, int, int] | None:
    """The status that [start, stop) of `text` speaks of, as CSL's, and its stretch; None where it speaks of none."""
    if WORDS.isdisjoint(letters.words(text[start:stop])):
        return None
    found = _STATUS.search(text, start, len(text) if stop is None else stop)
    if not found or not found.lastgroup:
        return None
    return found.lastgroup.replace("_", " "), found.start(), found.end()
