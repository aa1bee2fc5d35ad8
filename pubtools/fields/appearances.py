"""What a preprint's own notes say about where it appeared: its comment and its journal reference.

Both are free text by the authors. In doubt nothing is read: a hint that is wrong costs more than one that is missing.
"""

from __future__ import annotations

import re

from pubtools import patterns
from pubtools.models import Venue

# Meetings that are written with nothing but their name and year ("NeurIPS 2024", "ICML'24").
_MEETINGS = (
    "AAAI AAMAS ACL AISTATS ALT CAV CCN CCS CHI CIKM COLING COLM COLT CVPR CoNLL CoRL CogSci EACL ECAI ECCV ECML EMNLP "
    "FOCS FSE HOPL ICALP ICASSP ICCV ICDM ICLR ICML ICRA ICSE IJCAI IJCNN INFOCOM IROS ISIT ISSTA Interspeech KDD LICS "
    "LREC MICCAI NAACL NIPS NSDI NeurIPS OSDI PLDI PODC PODS POPL RECOMB RSS SIGIR SIGMOD SODA SOSP STACS STOC UAI "
    "VLDB WACV WSDM WWW"
).split()
_MEETING = patterns.compile(
    rf"\b(?P<name>{'|'.join(_MEETINGS)})(?:-|,? )?(?:(?P<year>(?:19|20)\d\d)|['\u2019](?P<short>\d\d))\b"
)
# "… Conference on Software Testing (ICST 2025)", "… (ICST) 2025", "… (RET'16)".
_BRACKETED = patterns.compile(
    r"\((?P<name>[A-Z][A-Za-z]*[A-Z][A-Za-z]*)(?:[ -]?(?P<year>(?:19|20)\d\d)|[ -]?['\u2019](?P<short>\d\d))?\)"
    r"(?:,? (?P<after>(?:19|20)\d\d))?"
)
_ACCEPTED_AT = patterns.compile(
    r"\b(?i:accepted|appear(?:s|ed|ing)?|published|presented)\b(?: as an? [\w ]+?)?"
    r"(?: for (?:publication|presentation))?"
    r" (?:to|at|in|by|for|with)(?: the)? \"?"
    r"(?P<name>(?:[A-Z][\w&+-]*|of|on|and|for|in)(?: (?:[A-Z][\w&+-]*|of|on|and|for|in))*)"
    r"(?:[ ,]+(?P<year>(?:19|20)\d\d)\b)?"
)
_WAYS = patterns.compile(r"\b(oral|spotlight|poster|highlight|best paper|outstanding paper|workshop)\b", re.IGNORECASE)
# A clause with one of these speaks of another version, or of a hope.
_NOT_YET = patterns.compile(
    r"\b(?:submitted|submission|resubmi\w+|under review|in preparation|withdrawn|rejected|not accepted|"
    r"(?:extended|full|abridged|long(?:er)?|short(?:er)?|earlier|preliminary|previous|conference|workshop) version|"
    r"version of|part of this|parts of|extends|supersedes|technical report|erratum|comment on|overlap with)\b",
    re.IGNORECASE,
)
# What a journal reference may begin with before the name.
_LEAD = patterns.compile(
    r"(?:in:? |in(?=proc))?(?:the )?"
    r"(?:(?:proc(?:eedings|\.)?(?: of)?(?: the)? )?(?:(?:19|20)\d\d |\d+(?:st|nd|rd|th) )+)?",
    re.IGNORECASE,
)
_TAIL = patterns.compile(
    r"(?:[\s,:;(\[@-]|\b(?:vol(?:ume)?|no|number|issue|pp|pages?|part|art(?:icle)?|"
    r"january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\b\.?)+$",
    re.IGNORECASE,
)
_YEAR = patterns.compile(r"(?<![\d.:/-])(?:19[5-9]|20[0-4])\d(?![\d/-])")


def of_comment(comment: str) -> tuple[Venue, str | None] | None:
    """The venue that an author's comment on a preprint names, and how ("oral"); None when it names none surely.

    Reads "Accepted at ICML 2024", "39th Conference on … (NeurIPS 2025)", "to appear in Neural Computation"; not
    "submitted to …" nor "extended version of …". Forms seen in: comments of arXiv's API.
    """
    for clause in re.split(r";|(?<=[a-z\d)])\. (?=[A-Z])|\n", re.sub(r"https?://\S+", "", comment)):
        if _NOT_YET.search(clause):
            continue
        found = _MEETING.search(clause) or _BRACKETED.search(clause)
        if found:
            parts = found.groupdict()
            year = parts["year"] or parts.get("after") or (f"20{parts['short']}" if parts["short"] else None)
            if found.re is _MEETING or year or _ACCEPTED_AT.search(clause):
                return Venue(name=parts["name"], year=int(year) if year else None), _way(clause)
        if (found := _ACCEPTED_AT.search(clause)) and (venue := _venue(found["name"], found["year"])):
            return venue, _way(clause)
    return None


def of_reference(reference: str) -> Venue | None:
    """The venue that a journal reference begins with, and its year; None when it begins with anything else.

    Reads "Phys. Rev. D 103, 096005 (2021)", "Phys.Lett.B573:94-100,2003", "In Proc. ACM … (ISSTA 2020), pages 14-26".
    """
    lead = _LEAD.match(reference)
    rest = reference[lead.end() :] if lead else reference
    name = _TAIL.sub("", re.split(r"\d", rest, maxsplit=1)[0]).strip()
    name = re.sub(r" *\([^()]*$", "", name)
    years = _YEAR.findall(reference)
    # Many commas are a list of authors: a whole citation was pasted.
    if name.count(",") > 2 or sum(map(str.isalpha, name)) < 3 or len(name) > 200:
        return None
    return Venue(name=name, year=int(years[-1]) if years else None)


# ---------------------------------------------------------------- inside


def _venue(name: str, year: str | None) -> Venue | None:
    """The venue of that name, without the lower-case words after it; None when nothing is left."""
    words = name.split()
    while words and words[-1].islower():
        words.pop()  # "accepted to TMLR and ..."
    if words and words[0].lower() == "the":
        words = words[1:]  # "accepted at The third …": what follows is no name
    name = " ".join(words)
    if year is None and (glued := re.fullmatch(r"(.+?)[ '\u2019-]?((?:19|20)\d\d)", name)):
        name, year = glued.groups()
    return Venue(name=name, year=int(year) if year else None) if name else None


def _way(clause: str) -> str | None:
    found = _WAYS.search(clause)
    return found[1].lower() if found else None
