"""What a sentence says about where a paper was accepted."""

from __future__ import annotations

import re

from pubtools.models import Venue

# A word of a venue's name: "NeurIPS", "eLife".
_WORD = r"[a-z]{0,3}[A-Z][\w&+-]*"
# "accepted to NeurIPS 2024", "has been accepted at the CogSci 2024 conference", "to appear in Neural Computation".
_ACCEPTED = re.compile(
    r"\b(?:accepted|appear|published|presented)\b(?: as an? [\w ]+?)?(?: for (?:publication|presentation))? "
    r"(?:to|at|in|by|for|with)(?: the)? "
    rf"(?P<name>{_WORD}(?: (?:{_WORD}|of the|of|on|and|&|for|in))*)"
    r"(?:[ ,]+(?P<year>(?:19|20)\d\d)\b)?"
)
_ABOUT_A_PAPER = re.compile(r"\b(?:paper|article|preprint|manuscript|work)\b", re.IGNORECASE)
_NOTES = re.compile(r"\b(oral|spotlight|poster|highlight|best paper|outstanding paper)\b", re.IGNORECASE)


def acceptance(sentence: str) -> tuple[Venue, str | None] | None:
    """The venue that `sentence` says a paper was accepted at, and how ("oral"); None when it says no such thing.

    The name is as written, the year only when it stands beside the name.
    """
    found = _ACCEPTED.search(sentence) if _ABOUT_A_PAPER.search(sentence) else None
    if not found:
        return None
    words = found["name"].split()
    while words[-1].islower() or words[-1] == "&":
        words.pop()  # "accepted to TMLR and ..."
    name = " ".join(words)
    year = found["year"]
    if year is None and (glued := re.fullmatch(r"(.+?)[ '\u2019-]?((?:19|20)\d\d)", name)):
        name, year = glued.groups()
    note = _NOTES.search(sentence)
    return Venue(name=name, year=int(year) if year else None), note[1].lower() if note else None


def topic(sentence: str) -> str:
    """What `sentence` says the paper is about, or calls it: the words between "paper" and the verb of acceptance."""
    found = re.search(
        r"\b(?:paper|article|preprint|manuscript|work)s?\b[ ,:]*(?:titled|entitled|called|on|about)?\s*(?P<topic>.*?)"
        r"[ ,]*\b(?:(?:has|have) been |was |is |were |got |will )?(?:just |now )?"
        r"(?:accepted|published|presented|appear|to appear)\b",
        sentence,
        re.IGNORECASE | re.DOTALL,
    )
    return re.sub(r"\([^)]*\)", " ", found["topic"]).strip(" ,.") if found else ""
