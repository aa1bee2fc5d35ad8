"""Who is who, and who is "me": the only place where a guess about a name's parts can be settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pubtools.config import Config, Person
from pubtools.fields import letters, names
from pubtools.models import Authors, Name

# What programs took for a name where a list was cut (BibTeX's "and others", a page's "et al.").
NOBODY = frozenset({"others", "and others", "al", "al.", "et al", "et al."})


@dataclass(frozen=True)
class People:
    """The user's table of people and the names of the owner."""

    rows: tuple[Person, ...] = ()
    owner: tuple[Name, ...] = field(default=())

    @classmethod
    def of(cls, config: Config) -> People:
        """What `pubtools.toml` says about people."""
        owner = (config.owner.name, *config.owner.aliases) if config.owner else ()
        return cls(rows=config.people, owner=tuple(names.parse(name) for name in owner))

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], Person]:
        """Rows by the sorted words of the full name and of each alias: whatever the order a source wrote them in."""
        table: dict[tuple[str, ...], Person] = {}
        for row in self.rows:
            for written in (_full(row), *row.aliases):
                table.setdefault(_words(written), row)
        return table

    def canonical(self, name: Name) -> Name:
        """`name` with the parts that the user's table gives it, and its literal as it was; unchanged if no row fits.

        A row fits the same words in any order (`Mannelli, Stefano Sarao`), an alias, and the family name after
        initials or a first name that agree (`S. Sarao Mannelli`); the given name then stays as written.
        """
        if not self.rows:
            return name
        given: str | None
        if row := self._by_words.get(_words(name.literal)):
            given = row.given
        else:
            fitting = [(row, given) for row in self.rows if (given := _given_before(row, name))]
            if len(fitting) != 1:
                return name
            row, given = fitting[0]
        return Name(
            literal=name.literal, family=row.family, given=given, particle=row.particle, suffix=row.suffix,
            split_by="people",
        )  # fmt: skip

    def canonical_authors(self, authors: Authors) -> Authors | None:
        """`authors` with every name as the table has it; "others" is nobody, but says that the list is cut."""
        settled = tuple([self.canonical(name) for name in authors.names if name.literal.casefold() not in NOBODY])
        if settled == authors.names:
            return authors
        complete = authors.complete and len(settled) == len(authors.names)
        return Authors(names=settled, complete=complete) if settled else None


def is_one_of(name: Name, owners: Iterable[Name]) -> bool:
    """Whether `name` may be one of `owners`: the same but for initials, accents and the order of its words."""
    return any(names.compare(name, owner) == "same" for owner in owners)


def hides(authors: Authors | None, owners: Sequence[Name]) -> bool:
    """Whether a cut author list leaves every one of `owners` behind its "et al."."""
    return bool(
        owners and authors and not authors.complete and not any(is_one_of(name, owners) for name in authors.names)
    )


def _full(row: Person) -> str:
    return " ".join(filter(None, (row.given, row.particle, row.family, row.suffix)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(sorted(letters.fold(text).split()))


def _given_before(row: Person, name: Name) -> str | None:
    """The given names of `name` as written, if it is the row's family name with a given name that agrees."""
    family = letters.fold(" ".join(filter(None, (row.particle, row.family)))).split()
    if name.split_by in ("comma", "source", "initials"):
        if letters.fold(" ".join(filter(None, (name.particle, name.family)))).split() != family:
            return None
        written = name.given
    else:
        words = name.literal.split()
        at = next((i for i in range(1, len(words)) if letters.fold(" ".join(words[i:])).split() == family), None)
        written = " ".join(words[:at]) if at else None
    if not written:
        return None
    same = names.compare(
        Name(literal=f"{written} {row.family}", family=row.family, given=written, split_by="comma"),
        Name(literal=_full(row), family=row.family, given=row.given, split_by="comma"),
    )
    return written if same == "same" else None
