"""What a .bib file is written with and read by alike: where an entry keeps what no fact holds.

Which fields a fact stands in is in the tables of the exporters, and of the importers, which know more of them.
"""

from __future__ import annotations

# Under this name `Facts.kept` holds the fields that are not read. Two things in it are no field.
KEPT = "bibtex"
KEPT_TYPE = "@type"  # the type of the entry, where the kind of the work does not tell it
KEPT_CAPITALS = "@capitals"  # words of the title that somebody has put in braces
# Before the name of a field that is written aside: its place is taken, or it would be read as something else there.
KEPT_PREFIX = "kept-"
# Types without a publisher; what comes closest to it there is the organization.
WITHOUT_PUBLISHER = frozenset({"misc", "software", "unpublished", "booklet"})
