"""The laws of the one state: order does not matter, twice is once, and a key is for ever."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pubtools import library as libraries
from pubtools import merging
from pubtools.errors import LibraryFormatError
from pubtools.fields import names
from pubtools.library import Library, Profile
from pubtools.models import ArxivId, Authors, Facts, PartialDate, Prose, Sighting, Source
from pubtools.people import People

NOBODY = People()

TITLES = (
    "On the computation of colours in small machines",
    "On the Computation of Colors in Small Machines",
    "On the computation of colours in small machines, part II",
    "Reply to: On the computation of colours in small machines",
    "A wholly different study of tides",
    "Introduction",
    "Tensor Switching Networks",
    "0",
)
AUTHORS = ("Ada Lovelace", "Charles Babbage", "Ada Lovelase", "Mary Somerville", "van der Berg, Jan", "OpenAI")

facts = st.builds(
    Facts,
    title=st.sampled_from(TITLES),
    authors=st.none()
    | st.builds(
        Authors,
        names=st.lists(st.sampled_from(AUTHORS), min_size=1, max_size=3, unique=True).map(
            lambda written: tuple(names.parse(name) for name in written)
        ),
        complete=st.booleans(),
    ),
    date=st.none() | st.builds(PartialDate, year=st.sampled_from((2019, 2020, 2024)), month=st.none() | st.just(6)),
    abstract=st.none()
    | st.builds(Prose, text=st.sampled_from(("It computes.", "It computes. Fast.")), complete=st.booleans()),
    arxiv=st.none() | st.sampled_from((ArxivId(number="2001.00001"), ArxivId(number="2001.00002"))),
    citation_key=st.none() | st.sampled_from(("Lovelace:20", "lovelace:20", "anon2020tides", "no key", "é")),
)
pages_of_facts = st.dictionaries(
    st.sampled_from(("a.txt", "b.txt", "c.txt")), st.lists(facts, min_size=1, max_size=4), min_size=1, max_size=3
)


def page(locator: str, *said: Facts) -> tuple[Profile, list[Sighting]]:
    source = Source(kind="profile", locator=locator)
    sightings = [Sighting(source=source, facts=fact, lines=(10 * n + 1, 10 * n + 5)) for n, fact in enumerate(said)]
    return Profile(locator=locator, layout="cards"), sightings


def pages(said: dict[str, list[Facts]]) -> dict[str, tuple[Profile, list[Sighting]]]:
    return {locator: page(locator, *entries) for locator, entries in said.items()}


def works(library: Library) -> set[frozenset[str]]:
    """The library without its keys: which sightings are one work."""
    return {frozenset(map(merging.canonical, record.sightings)) for record in library.publications}


def keys(library: Library) -> set[str]:
    return {key for record in library.publications for key in (record.key, *record.aliases)}


@given(pages_of_facts, st.randoms())
def test_pages_of_one_command_give_the_same_bytes_in_any_order(said, random):
    shuffled = list(said.items())
    random.shuffle(shuffled)
    one, _ = libraries.add(Library(), pages(said), NOBODY)
    other, _ = libraries.add(Library(), pages(dict(shuffled)), NOBODY)
    assert libraries.dumps(one) == libraries.dumps(other)


@given(pages_of_facts)
def test_reading_the_same_pages_again_changes_nothing(said):
    once, _ = libraries.add(Library(), pages(said), NOBODY)
    twice, _ = libraries.add(once, pages(said), NOBODY)
    assert libraries.dumps(twice) == libraries.dumps(once)


@given(pages_of_facts, st.randoms())
def test_over_several_commands_only_keys_depend_on_what_came_first(said, random):
    shuffled = list(said)
    random.shuffle(shuffled)
    one, other = Library(), Library()
    for locator in said:
        one, _ = libraries.add(one, pages({locator: said[locator]}), NOBODY)
    for locator in shuffled:
        other, _ = libraries.add(other, pages({locator: said[locator]}), NOBODY)
    together, _ = libraries.add(Library(), pages(said), NOBODY)
    assert works(one) == works(other) == works(together)


@given(st.lists(pages_of_facts, min_size=2, max_size=4))
@settings(deadline=None)
def test_a_key_once_given_is_never_taken_away_or_moved_to_another_work(states):
    library = Library()
    owners: dict[str, str] = {}
    for said in states:
        library, _ = libraries.add(library, pages(said), NOBODY)
        assert owners.keys() <= keys(library)
        assert len(keys(library)) == sum(1 + len(record.aliases) for record in library.publications)
        owners = dict.fromkeys(keys(library), "")


@given(pages_of_facts, facts)
def test_a_later_paper_never_renames_an_earlier_one(said, late):
    before, _ = libraries.add(Library(), pages(said), NOBODY)
    after, _ = libraries.add(before, {"late.txt": page("late.txt", late)}, NOBODY)
    named = {merging.canonical(s): record for record in after.publications for s in record.sightings}
    for record in before.publications:
        homes = {named[merging.canonical(sighting)].key for sighting in record.sightings}
        known = {key for home in homes for key in (home, *next(r for r in after.publications if r.key == home).aliases)}
        assert record.key in known


@given(pages_of_facts)
def test_what_is_written_reads_back_the_same(said):
    library, _ = libraries.add(Library(), pages(said), NOBODY)
    text = libraries.dumps(library)
    assert libraries.loads(text) == library
    assert libraries.dumps(libraries.loads(text)) == text
    assert text.endswith("}\n")
    assert json.loads(text)["schema"] == 1


@given(pages_of_facts)
def test_no_sighting_is_lost(said):
    library, _ = libraries.add(Library(), pages(said), NOBODY)
    read = {merging.canonical(sighting) for _, sightings in pages(said).values() for sighting in sightings}
    assert {merging.canonical(s) for record in library.publications for s in record.sightings} == read


def fact(title: str, *authors: str, year: int | None = None, complete: bool = True) -> Facts:
    written = tuple(names.parse(name) for name in authors)
    return Facts(
        title=title,
        authors=Authors(names=written, complete=complete) if written else None,
        date=PartialDate(year=year) if year else None,
    )


def test_equal_keys_get_their_suffixes_in_a_fixed_order_the_oldest_first():
    library, _ = libraries.add(
        Library(),
        {
            "a.txt": page(
                "a.txt",
                fact("Tides of the northern sea and their causes", "Ada Lovelace", year=2020),
                fact("Tides in tables of many kinds", "Ada Lovelace", year=2020),
                fact("Tides explained to a patient reader", "Ada Lovelace", year=2020),
            )
        },
        NOBODY,
    )
    assert {r.key: r.sightings[0].facts.title for r in library.publications} == {
        "lovelace2020tides": "Tides explained to a patient reader",
        "lovelace2020tidesa": "Tides in tables of many kinds",
        "lovelace2020tidesb": "Tides of the northern sea and their causes",
    }


def test_a_key_stays_when_the_page_words_the_title_otherwise():
    first = {"a.txt": page("a.txt", fact("A study of the tides in shallow seas", "Ada Lovelace", "Mary Somerville"))}
    library, _ = libraries.add(Library(), first, NOBODY)
    reworded = {
        "a.txt": page("a.txt", fact("Study of the tides in shallow seas", "Ada Lovelace", "Mary Somerville", year=2021))
    }
    library, _ = libraries.add(library, reworded, NOBODY)
    assert [record.key for record in library.publications] == ["lovelacestudy"]
    assert library.publications[0].sightings[0].facts.title == "Study of the tides in shallow seas"


def test_two_works_that_turn_out_to_be_one_keep_both_keys():
    library, _ = libraries.add(
        Library(),
        {
            "a.txt": page("a.txt", fact("A study of the tides in shallow seas", "Mary Somerville")),
            "b.txt": page("b.txt", fact("A study of the tides in shallow seas", "Ada Lovelace")),
        },
        NOBODY,
    )
    assert [record.key for record in library.publications] == ["lovelacestudy", "somervillestudy"]
    both = fact("A study of the tides in shallow seas", "Ada Lovelace", "Mary Somerville")
    library, _ = libraries.add(library, {"a.txt": page("a.txt", both), "b.txt": page("b.txt", both)}, NOBODY)
    assert [(record.key, record.aliases) for record in library.publications] == [
        ("lovelacestudy", ("somervillestudy",))
    ]


def test_a_paper_gone_from_its_page_is_kept_until_it_is_pruned():
    two = (
        fact("A study of the tides in shallow seas", "Ada Lovelace"),
        fact("Engines that weave numbers", "Ada Lovelace"),
    )
    library, _ = libraries.add(Library(), {"a.txt": page("a.txt", *two)}, NOBODY)
    library, _ = libraries.add(library, {"a.txt": page("a.txt", two[1])}, NOBODY)
    assert [(record.key, record.gone) for record in library.publications] == [
        ("lovelaceengines", False),
        ("lovelacestudy", True),
    ]
    assert [record.key for record in libraries.prune(library).publications] == ["lovelaceengines"]


def test_a_paper_that_comes_back_has_its_old_key():
    two = (
        fact("A study of the tides in shallow seas", "Ada Lovelace"),
        fact("Engines that weave numbers", "Ada Lovelace"),
    )
    whole, _ = libraries.add(Library(), {"a.txt": page("a.txt", *two)}, NOBODY)
    without, _ = libraries.add(whole, {"a.txt": page("a.txt", two[1])}, NOBODY)
    again, _ = libraries.add(without, {"a.txt": page("a.txt", *two)}, NOBODY)
    assert libraries.dumps(again) == libraries.dumps(whole)


def test_a_paper_on_two_pages_survives_the_loss_of_one():
    paper = fact("A study of the tides in shallow seas", "Ada Lovelace")
    other = fact("Engines that weave numbers", "Ada Lovelace")
    library, _ = libraries.add(Library(), {"a.txt": page("a.txt", paper, other), "b.txt": page("b.txt", paper)}, NOBODY)
    library, _ = libraries.add(library, {"a.txt": page("a.txt", other)}, NOBODY)
    kept = next(record for record in library.publications if record.key == "lovelacestudy")
    assert not kept.gone
    assert [sighting.source.locator for sighting in kept.sightings] == ["b.txt"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "not a pubtools library"),
        ("{}", "not a pubtools library"),
        ('{"schema": "1"}', "not a pubtools library"),
        ('[{"id": "a", "type": "book"}]', "not a pubtools library"),
        ('{"schema": 2}', "newer"),
        ('{"schema": 0}', "damaged"),
        ('{"schema": 1, "publications": [{"key": "A B"}]}', "damaged"),
        ('{"schema": 1, "papers": []}', "damaged"),
    ],
)
def test_what_is_no_library_is_refused_with_a_reason(text, says):
    with pytest.raises(LibraryFormatError, match=says) as caught:
        libraries.loads(text, "publications.json")
    assert caught.value.path == "publications.json"
    assert caught.value.hint


def test_a_key_given_twice_is_damage():
    record = {
        "key": "a",
        "sightings": [{"source": {"kind": "profile", "locator": "a.txt"}, "facts": {"title": "Engines"}}],
    }
    text = json.dumps({"schema": 1, "publications": [record, record]})
    with pytest.raises(LibraryFormatError, match="'a' is given twice"):
        libraries.loads(text)


def with_number(library: Library, number: str) -> Library:
    """`library` after arXiv has said of every work in it that it is this one."""
    said = Sighting(source=Source(kind="arxiv", locator=number), facts=Facts(arxiv=ArxivId(number=number)))
    return libraries.attach(library, {record.key: [said] for record in library.publications}, "arxiv", NOBODY)


ONE_WORK = ("A study of the tides in shallow seas", "The tides of shallow seas, a study")


def test_a_key_that_was_given_before_stays_the_key_when_a_new_wording_joins_it():
    first, _ = libraries.add(
        Library(), {"a.txt": page("a.txt", fact(ONE_WORK[0], "Mary Somerville", "Ada Lovelace"))}, NOBODY
    )
    both, _ = libraries.add(
        first, {"b.txt": page("b.txt", fact(ONE_WORK[1], "Ada Lovelace", "Mary Somerville"))}, NOBODY
    )
    assert [record.key for record in both.publications] == ["lovelacetides", "somervillestudy"]
    joined, renamed = libraries.rekey(with_number(both, "2001.00001"), {"somervillestudy"}, NOBODY)
    assert [(record.key, record.aliases) for record in joined.publications] == [("somervillestudy", ())]
    assert renamed == {"lovelacetides": "somervillestudy"}


def test_a_key_that_was_never_given_is_no_alias():
    said = {
        "a.txt": page("a.txt", fact(ONE_WORK[0], "Mary Somerville", "Ada Lovelace")),
        "b.txt": page("b.txt", fact(ONE_WORK[1], "Ada Lovelace", "Mary Somerville")),
    }
    both, _ = libraries.add(Library(), said, NOBODY)
    joined, renamed = libraries.rekey(with_number(both, "2001.00001"), (), NOBODY)
    (record,) = joined.publications
    assert record.aliases == ()
    assert renamed == dict.fromkeys(("lovelacetides", "somervillestudy"), record.key)
    assert libraries.loads(libraries.dumps(joined)) == joined


def test_a_key_that_a_file_cites_the_work_by_is_its_key_in_any_order():
    cited = fact("A wholly different study of tides", "Ada Lovelace").model_copy(
        update={"citation_key": "Lovelace:Tides"}
    )
    scraped = fact("A wholly different study of tides", "Ada Lovelace")
    for order in (("my.bib", "page.txt"), ("page.txt", "my.bib")):
        said = {"my.bib": [cited], "page.txt": [scraped]}
        library, _ = libraries.add(Library(), pages({name: said[name] for name in order}), NOBODY)
        assert [record.key for record in library.publications] == ["Lovelace:Tides"]


def test_a_key_that_a_file_cites_a_known_work_by_becomes_an_alias():
    known, _ = libraries.add(
        Library(), pages({"page.txt": [fact("A wholly different study of tides", "Ada Lovelace")]}), NOBODY
    )
    cited = fact("A wholly different study of tides", "Ada Lovelace").model_copy(
        update={"citation_key": "Lovelace:Tides"}
    )
    library, _ = libraries.add(known, pages({"my.bib": [cited]}), NOBODY)
    assert [(record.key, record.aliases) for record in library.publications] == [
        ("lovelacewholly", ("Lovelace:Tides",))
    ]


@pytest.mark.parametrize("cited_by", ["two words", "naïve", "a,b", "50%", "o'neil"])
def test_a_key_that_some_reader_refuses_is_not_taken(cited_by):
    cited = fact("The tides", "Ada Lovelace").model_copy(update={"citation_key": cited_by})
    library, _ = libraries.add(Library(), pages({"my.bib": [cited]}), NOBODY)
    assert [(record.key, record.aliases) for record in library.publications] == [("lovelacetides", ())]


def test_keys_that_differ_only_in_capitals_are_the_same_key():
    one = fact("The tides", "Ada Lovelace").model_copy(update={"citation_key": "Key"})
    other = fact("A wholly different study", "Mary Somerville").model_copy(update={"citation_key": "KEY"})
    library, _ = libraries.add(Library(), pages({"my.bib": [one, other]}), NOBODY)
    assert len({record.key.lower() for record in library.publications}) == 2
