"""What the types and fields of BibTeX and BibLaTeX are for us. Fields are called here as BibLaTeX calls them."""

from __future__ import annotations

from collections.abc import Mapping

from pubtools.models import Kind

# The kind of each entry type; a type that is not here is @misc, of which nothing is known.
KINDS: Mapping[str, Kind] = {
    "article": "article-journal",
    **dict.fromkeys(("book", "collection", "manual", "proceedings", "reference"), "book"),
    **dict.fromkeys(("mvbook", "mvcollection", "mvproceedings", "mvreference"), "book"),
    **dict.fromkeys(("incollection", "inbook", "bookinbook", "suppbook", "suppcollection"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "paper-conference"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("report", "techreport"), "report"),
    **dict.fromkeys(("online", "electronic", "www"), "webpage"),
    **dict.fromkeys(("artwork", "image"), "graphic"),
    **dict.fromkeys(("audio", "music"), "song"),
    **dict.fromkeys(("movie", "video"), "motion_picture"),
    "booklet": "pamphlet",
    "dataset": "dataset",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legal": "treaty",
    "legislation": "legislation",
    "letter": "personal_communication",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppperiodical": "article-magazine",
    "unpublished": "manuscript",
}
# Types whose kind, and what else is known, do not say that they are of this type.
TOLD_APART = KINDS.keys() - set(
    "article book incollection inproceedings conference thesis phdthesis mastersthesis report techreport online "
    "electronic www booklet dataset legislation patent performance periodical review software standard "
    "unpublished".split()
)
SUBTYPES: Mapping[str, Kind] = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
# BibTeX's names, and what other programs write.
FIELDS: Mapping[str, str] = {
    "address": "location", "annote": "annotation", "archiveprefix": "eprinttype", "article-number": "eid",
    "articleno": "eid", "journal": "journaltitle", "numpages": "pagetotal", "primaryclass": "eprintclass",
    "school": "institution",
}  # fmt: skip

_IN_A_BOOK = "inproceedings conference incollection inbook bookinbook suppbook suppcollection inreference"
# The field that names the venue; `howpublished` for a type that is not here. Of a book it is the publisher.
VENUES: Mapping[str, str] = {
    **dict.fromkeys(("article", "suppperiodical"), "journaltitle"),
    **dict.fromkeys(_IN_A_BOOK.split(), "booktitle"),
    **dict.fromkeys(
        "book mvbook collection mvcollection proceedings mvproceedings reference mvreference".split(), "publisher"
    ),
    **dict.fromkeys("thesis phdthesis mastersthesis report techreport".split(), "institution"),
    **dict.fromkeys("manual online electronic www dataset".split(), "organization"),
}
# Where a subtitle belongs.
SUBTITLES: Mapping[str, str] = {
    "subtitle": "title", "booksubtitle": "booktitle", "journalsubtitle": "journaltitle"
}  # fmt: skip

# Fields that are plain text for CSL, and its variables.
DETAILS: Mapping[str, str] = {
    "annotation": "annote", "chapter": "chapter-number", "edition": "edition", "eventtitle": "event-title",
    "isbn": "ISBN", "issn": "ISSN", "keywords": "keyword", "location": "publisher-place",
    "pagetotal": "number-of-pages", "part": "part", "pmid": "PMID", "series": "collection-title",
    "seriesnumber": "collection-number", "shortjournal": "container-title-short", "shorttitle": "title-short",
    "venue": "event-place", "version": "version", "volumes": "number-of-volumes",
}  # fmt: skip
# The same for days; anything else in them is kept.
DAYS: Mapping[str, str] = {"eventdate": "event-date", "origdate": "original-date", "urldate": "accessed"}
CONTRIBUTORS: Mapping[str, str] = {"bookauthor": "container-author", "editor": "editor", "translator": "translator"}
# What a type says of a thesis or a report, and biblatex's words for it.
GENRES: Mapping[str, str] = {
    "mastersthesis": "Master's thesis", "phdthesis": "PhD thesis", "techreport": "Technical report",
    "mathesis": "Master's thesis", "resreport": "Research report",
}  # fmt: skip
# What is written where nothing is known.
NO_GENRES = frozenset({"Thesis", "Report"})
STATUSES: Mapping[str, str] = {
    "accepted": "accepted", "forthcoming": "forthcoming", "inpreparation": "in preparation", "inpress": "in press",
    "submitted": "submitted",
}  # fmt: skip
# babel's names and CSL's languages.
LANGUAGES: Mapping[str, str] = {
    "american": "en-US", "australian": "en-AU", "austrian": "de-AT", "brazil": "pt-BR", "brazilian": "pt-BR",
    "british": "en-GB", "czech": "cs-CZ", "danish": "da-DK", "dutch": "nl-NL", "english": "en-US",
    "finnish": "fi-FI", "french": "fr-FR", "german": "de-DE", "greek": "el-GR", "hungarian": "hu-HU",
    "italian": "it-IT", "naustrian": "de-AT", "ngerman": "de-DE", "norsk": "nb-NO", "polish": "pl-PL",
    "portuges": "pt-PT", "portuguese": "pt-PT", "russian": "ru-RU", "spanish": "es-ES", "swedish": "sv-SE",
    "turkish": "tr-TR", "ukenglish": "en-GB", "ukrainian": "uk-UA", "usenglish": "en-US",
}  # fmt: skip

# What an entry takes from the one that its `crossref` names, under another name: biblatex's table, appendix B.
_FROM_A_BOOK = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
INHERITED_AS: Mapping[str, Mapping[str, str]] = dict.fromkeys(_IN_A_BOOK.split(), _FROM_A_BOOK) | {
    "inbook": {**_FROM_A_BOOK, "author": "bookauthor"}
}
# What is never taken.
OWN = frozenset(
    "crossref entryset entrysubtype execute ids key keywords label langid options presort related relatedoptions "
    "relatedstring relatedtype shorthand shorttitle sortkey xref".split()
)
