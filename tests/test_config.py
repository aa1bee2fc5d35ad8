"""pubtools.toml: what it may say, and the line of what it may not."""

from __future__ import annotations

import pytest

from pubtools import config
from pubtools.config import Config, Owner, Person
from pubtools.errors import ConfigError


def test_an_empty_file_is_a_configuration():
    assert config.parse("") == Config()


def test_an_owner_is_a_name_or_a_table_with_aliases():
    assert config.parse('owner = "Ada Lovelace"').owner == Owner(name="Ada Lovelace")
    table = '[owner]\nname = "Ada Lovelace"\naliases = ["A. A. L."]'
    assert config.parse(table).owner == Owner(name="Ada Lovelace", aliases=("A. A. L.",))


def test_a_style_says_how_a_list_looks():
    style = config.parse('[style]\ngroup_by = "type"\nlinks = ["doi"]\n[style.headings]\nbook = "Monographs"\n').style
    assert (style.group_by, style.links, style.headings) == ("type", ("doi",), {"book": "Monographs"})
    assert config.NOTHING.style == config.parse("").style


def test_people_are_rows():
    text = '[[people]]\nfamily = "Sarao Mannelli"\ngiven = "Stefano"\n'
    assert config.parse(text).people == (Person(family="Sarao Mannelli", given="Stefano"),)


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('owner = "Ada', 1, "not valid TOML"),
        ('owner = "Ada"\nowner = "Bob"', 2, "not valid TOML"),
        ('# me\nownr = "Ada"', 2, "did you mean 'owner'"),
        ("owner = 7", 1, "owner"),
        ('[owner]\nname = "Ada"\nalias = ["A."]', 3, "did you mean 'aliases'"),
        ('[owner]\naliases = ["A."]', 1, "'owner.name' is missing"),
        (
            'owner = "A"\n[[people]]\nfamily = "B"\ngiven = "C"\n\n[[people]]\nfamily = "D"',
            6,
            "'people.given' is missing",
        ),
        ('[[people]]\nfamily = "B"\ngiven = "C"\n[[people]]\ngiven = ""\nfamily = "D"', 5, "people.given"),
        ('people = "Ada"', 1, "people"),
        ('owner = "A"\n[style]\ngrupby = "type"', 3, "did you mean 'group_by'"),
        ('[style]\nnotes = true\ngroup_by = "yaer"', 3, "style.group_by: 'yaer' is none of its values"),
        ("[style]\nheading_level = 0", 2, "style.heading_level"),
        ('[style]\nlinks = ["doi", "ftp"]', 2, "style.links"),
        ('[style]\n[style.headings]\nbooks = "B"', 3, "style.headings.books: unknown; did you mean 'book'"),
        ('[style]\nowners = ["Ada"]', 2, "unknown setting 'style.owners'"),
    ],
)
def test_what_it_may_not_say_is_named_with_its_line(text, line, says):
    with pytest.raises(ConfigError, match=says) as caught:
        config.parse(text, "pubtools.toml")
    assert (caught.value.path, caught.value.line) == ("pubtools.toml", line)
    assert str(caught.value).startswith(f"pubtools.toml:{line}: ")
