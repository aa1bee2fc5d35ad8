"""Who is who: the user's table settles what no source and no library can know."""

from __future__ import annotations

import pytest

from pubtools import people
from pubtools.config import Config, Owner, Person
from pubtools.fields import names
from pubtools.models import Authors, Name
from pubtools.people import People

MANNELLI = Person(family="Sarao Mannelli", given="Stefano", aliases=("Steve Mannelli",))
TABLE = People(rows=(MANNELLI, Person(family="Cruz", particle="de la", given="Juan", suffix="Jr.")))


@pytest.mark.parametrize(
    ("written", "family", "given"),
    [
        ("Stefano Sarao Mannelli", "Sarao Mannelli", "Stefano"),
        ("Mannelli, Stefano Sarao", "Sarao Mannelli", "Stefano"),
        ("Sarao Mannelli, Stefano", "Sarao Mannelli", "Stefano"),
        ("SARAO MANNELLI Stefano", "Sarao Mannelli", "Stefano"),
        ("Steve Mannelli", "Sarao Mannelli", "Stefano"),
        ("S. Sarao Mannelli", "Sarao Mannelli", "S."),
        ("Sarao Mannelli, S.", "Sarao Mannelli", "S."),
        ("Sarao Mannelli S", "Sarao Mannelli", "S"),
    ],
)
def test_a_row_settles_the_split_whatever_the_source_wrote(written, family, given):
    settled = TABLE.canonical(names.parse(written))
    assert (settled.literal, settled.family, settled.given, settled.split_by) == (written, family, given, "people")


def test_a_row_settles_the_split_of_a_source_that_gave_parts():
    name = Name(literal="Stefano Sarao Mannelli", family="Mannelli", given="Stefano Sarao", split_by="source")
    assert TABLE.canonical(name).family == "Sarao Mannelli"


def test_particles_and_suffixes_come_from_the_row():
    settled = TABLE.canonical(names.parse("Juan de la Cruz, Jr."))
    assert (settled.particle, settled.family, settled.given, settled.suffix) == ("de la", "Cruz", "Juan", "Jr.")


@pytest.mark.parametrize("written", ["Andrew Saxe", "Maria Sarao Mannelli", "Stefano Mannelli", "Mannelli", "OpenAI"])
def test_whom_the_table_does_not_know_stays_as_written(written):
    name = names.parse(written)
    assert TABLE.canonical(name) == name


def test_initials_that_fit_two_rows_settle_nothing():
    twins = People(rows=(Person(family="Roe Doe", given="Jo"), Person(family="Roe Doe", given="Jane")))
    assert twins.canonical(names.parse("J. Roe Doe")).split_by == "last-word"


def owners(*written: str) -> tuple[Name, ...]:
    return People.of(Config(owner=Owner(name=written[0], aliases=written[1:]))).owner


@pytest.mark.parametrize(
    ("shown", "complete", "hidden"),
    [
        (("Jo Roe",), False, True),
        (("Jo Roe",), True, False),
        (("Jo Roe", "Ada Lovelace"), False, False),
        (("Jo Roe", "A. Lovelace"), False, False),
        (("Jo Roe", "Countess of Lovelace"), False, False),
        (("Anna Lovelace",), False, True),
    ],
)
def test_a_cut_list_without_the_owner_hides_the_owner(shown, complete, hidden):
    listed = Authors(names=tuple(map(names.parse, shown)), complete=complete)
    assert people.hides(listed, owners("Ada Lovelace", "Countess of Lovelace")) is hidden


def test_nobody_is_hidden_where_nobody_owns_the_page():
    assert not people.hides(Authors(names=(names.parse("Jo Roe"),), complete=False), ())


@pytest.mark.parametrize("placeholder", ["others", "Others", "et al.", "al.", "and others"])
def test_a_placeholder_is_nobody_but_says_that_the_list_is_cut(placeholder):
    listed = Authors(names=(names.parse("Jo Roe"), Name(literal=placeholder)))
    assert TABLE.canonical_authors(listed) == Authors(names=(names.parse("Jo Roe"),), complete=False)
    assert TABLE.canonical_authors(Authors(names=(Name(literal=placeholder),))) is None
