"""Whether a page writes family names first and without a comma ("Lovelace Ada"), and what a name is then."""

from __future__ import annotations

from collections.abc import Iterable

from pubtools.fields import names
from pubtools.fields.authors import Listing, Person
from pubtools.fields.lexicon import GIVEN

# So many names must show it, and so many times as many as show the other order.
_FEW, _MOSTLY = 3, 4


def is_turned(people: Iterable[Iterable[str]]) -> bool:
    """Whether most names of `people`, a list of words each, have a known given name second and none in front of it."""
    turned = straight = 0
    for first, second, *_ in people:
        one, two = _is_given(first), _is_given(second)
        turned += two and not one
        straight += one and not two
    return turned >= _FEW and turned >= _MOSTLY * straight


def words(text: str, people: Listing) -> list[list[str]]:
    """The words of those names of a list that may be in either order."""
    return [found for person in people.people if (found := _words(text, person))]


def turned(text: str, person: Person) -> str:
    """A name of a page that writes family names first, with a comma behind its family name."""
    found, said = _words(text, person), text[person.start : person.end]
    if not found or names.parse(said).family is None:
        return said
    at = next((at for at, word in enumerate(found) if at and _is_given(word)), int(person.form == "full"))
    if not at:
        return said  # "García Canclini N."
    return f"{' '.join(found[:at])}, {' '.join(found[at:])}"


def _words(text: str, person: Person) -> list[str]:
    if person.form != "full" and person.form != "initials-after":
        return []
    found = text[person.start : person.end].split()
    return [] if len(found) + (person.form == "full") < 3 or any(word[0].islower() for word in found) else found


def _is_given(word: str) -> bool:
    return word in GIVEN or word.partition("-")[0] in GIVEN
