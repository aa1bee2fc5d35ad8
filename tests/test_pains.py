"""What users of such tools suffer from most, row by row; docs/pains.md says which test holds which row."""

from __future__ import annotations

import ast
import html
import json
import random
import re
import tomllib
import unicodedata
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import config as configs
from pubtools import library as libraries
from pubtools import lint, matching, news, pipeline, plugins, summary
from pubtools.errors import ServiceUnavailableError
from pubtools.exporters import Style
from pubtools.fetching import Fetcher
from pubtools.fields import letters, names, titles
from pubtools.library import Library, Profile
from pubtools.models import Authors, Facts, PartialDate, Sighting, Source, Venue
from pubtools.page import Page
from pubtools.people import People

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "pains.md"
FORMATS = ("bibtex", "csl-json", "markdown")


def authors(*written: str, complete: bool = True) -> Authors:
    return Authors(names=tuple(names.parse(name) for name in written), complete=complete)


def said(title: str, *written: str, page: str = "page.txt", line: int = 1, complete: bool = True, **facts) -> Sighting:
    people = authors(*written, complete=complete) if written else None
    return Sighting(
        source=Source(kind="profile", locator=page),
        facts=Facts(title=title, authors=people, **facts),
        lines=(line, line),
    )


def library_of(*sightings: Sighting, before: Library | None = None) -> tuple[Library, tuple[libraries.Doubt, ...]]:
    """The library of these sightings, grouped by page."""
    pages = {
        page: (Profile(locator=page, layout="x"), [one for one in sightings if one.source.locator == page])
        for page in dict.fromkeys(one.source.locator for one in sightings)
    }
    return libraries.add(before or Library(), pages, People())


def works(library: Library) -> list:
    return libraries.publications(library, People())


def read(text: str, rows: str = "", before: Library | None = None) -> Library:
    return pipeline.normalise(before or Library(), [Page.from_text(text, "page.txt")], configs.parse(rows))[0]


def page(*cards: tuple[str, str, str], owner: str = "Ada Lovelace") -> str:
    """A page of cards: subject and date, title, authors."""
    head = f"{owner}\n\n{len(cards)}papers\n\n{len(cards)} Papers\n"
    return head + "".join(f"\n{when}\n{title}\n\n{people}\n" for when, title, people in cards)


LOOMS = ("LGJun 16, 2022", "Engines that weave numbers as looms weave leaves", "Ada Lovelace, Charles Babbage")
TIDES = ("NEMay 19, 2021", "Tables of tides in shallow northern seas", "Mary Somerville, Charles Babbage et al.")


def test_every_row_of_the_table_has_tests_that_exist():
    rows = re.findall(r"^\| (\d+) \|.*\| ([^|]+) \|$", TABLE.read_text("utf-8"), re.MULTILINE)
    assert [int(number) for number, _ in rows] == list(range(1, 26))
    for number, cell in rows:
        named = re.findall(r"`([\w/.]+)::(\w+)`", cell)
        assert any(test.startswith(f"test_pain_{int(number):02}_") for _, test in named), number
        for path, test in named:
            tree = ast.parse((ROOT / path).read_text("utf-8"))
            assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{path}::{test}"


# ---------------------------------------------------------------- reading


BROKEN = """@article{good, title = {One}, author = {Ada Lovelace}, journal = {Looms}, year = {2020}}

@article{comma, title = {Two} author = {Ada Lovelace}, journal = {Looms}, year = {2021}}

@article{good, title = {Three}, author = {Ada Lovelace}, journal = {Looms}, year = {2022}}

@article{open, title = {Four, author = {Ada Lovelace}, year = {2023}

@article{last, title = {Five}, author = {Ada Lovelace}, journal = {Looms}, year = {2024}}
"""


def test_pain_01_a_malformed_entry_is_named_by_its_line():
    found = {(problem.code, problem.where.line) for problem in lint.check(BROKEN, "older.bib")}
    assert {("X04", 3), ("X11", 5), ("X05", 7)} <= found


def test_pain_01_every_entry_of_a_file_comes_out_or_is_said_to_be_refused():
    importer = pytest.importorskip("pubtools.importers.bibtex", reason="no importer for BibTeX is here yet")
    got = importer.read(BROKEN, Source(kind="profile", locator="older.bib"))
    assert len(got.sightings) + got.refused == BROKEN.count("@article")
    assert {problem.code for problem in got.problems} & {"X01", "X04", "X05"}


def test_pain_02_dependencies_have_a_floor_and_the_one_that_breaks_has_a_ceiling():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert all(">=" in dependency for dependency in wanted)
    assert "bibtexparser>=2.1,<3" in wanted


def test_pain_03_nothing_read_is_an_error_and_not_an_empty_cv():
    with pytest.raises(pipeline.InputError):
        read("Ada Lovelace\n\n0papers\n\nNothing here yet.\n")


def test_pain_22_a_line_that_is_no_entry_is_counted_and_never_made_into_one():
    text = page(LOOMS).replace("1papers\n", "1papers\nBuy my book, 2nd edition, Ada Lovelace 2022.\n")
    library, report = pipeline.normalise(Library(), [Page.from_text(text, "page.txt")])
    assert len(library.publications) == 1
    assert report.pages[0].unread


# ---------------------------------------------------------------- what is one work


@pytest.mark.parametrize("title", ["Introduction", "Deep Learning", "A Survey", "Editorial"])
def test_pain_04_a_title_that_many_bear_is_never_enough(title):
    mine, stranger = said(title, "Ada Lovelace").facts, said(title, "Pierre Laplace").facts
    assert matching.judge(mine, stranger).verdict == "different"
    assert matching.judge(mine, said(title).facts).verdict != "same"
    assert matching.choose(mine, [stranger, said(title).facts]).index is None


def test_pain_04_a_title_alone_never_joins():
    mine, stranger = (said(LOOMS[1], name).facts for name in ("Ada Lovelace", "Pierre Laplace"))
    assert matching.judge(mine, stranger).verdict == "different"


PREPRINT = said(
    LOOMS[1], "Ada Lovelace", "Charles Babbage", kind="preprint", arxiv={"number": "2206.00001"},
    date=PartialDate(year=2022), page="a.txt",
)  # fmt: skip
PUBLISHED = said(
    LOOMS[1], "Ada Lovelace", "Charles Babbidge", kind="paper-conference", date=PartialDate(year=2023), page="b.txt",
    venue=Venue(name="Proceedings of Looms", pages="1-9", kind="paper-conference"),
)  # fmt: skip


def test_pain_05_a_preprint_and_its_publication_are_one_entry():
    library, _ = library_of(PREPRINT, PUBLISHED)
    (work,) = works(library)
    assert (work.kind, work.venue.name, work.arxiv.number) == ("paper-conference", "Proceedings of Looms", "2206.00001")
    bib = pipeline.export(library, "bibtex")
    assert bib.count("@") == 1
    assert "@inproceedings{" in bib
    assert re.search(r"eprint +?= \{2206\.00001\}", bib)


def test_pain_05_who_wants_both_may_have_both():
    texts = {"a.txt": page(LOOMS), "b.txt": page((LOOMS[0], LOOMS[1].replace("numbers", "number"), LOOMS[2]))}
    pages = [Page.from_text(text, name) for name, text in texts.items()]
    rows = f'[[corrections]]\ntitle = "{LOOMS[1]}"\nnot_same_as = "{LOOMS[1].replace("numbers", "number")}"'
    assert len(pipeline.normalise(Library(), pages)[0].publications) == 1
    assert len(pipeline.normalise(Library(), pages, configs.parse(rows))[0].publications) == 2


def test_pain_06_no_venue_is_mixed_from_two():
    other = PREPRINT.model_copy(
        update={"facts": PREPRINT.facts.model_copy(update={"venue": Venue(name="arXiv e-prints", volume="2206")})}
    )
    library, _ = library_of(other, PUBLISHED)
    (work,) = works(library)
    assert work.venue == PUBLISHED.facts.venue
    bib = pipeline.export(library, "bibtex")
    assert "booktitle" in bib
    assert "journal" not in bib
    assert "2206," not in bib.replace("2206.00001", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("Weaving by numbers, part I", "Ada Lovelace"), said("Weaving by numbers, part II", "Ada Lovelace")),
        (said("Weaving by numbers II", "Ada Lovelace"), said("Weaving by numbers III", "Ada Lovelace")),
        (
            said(LOOMS[1], "Ada Lovelace", doi="10.1000/a", date=PartialDate(year=2020)),
            said(LOOMS[1], "Ada Lovelace", doi="10.1000/b", date=PartialDate(year=2020)),
        ),
        (
            said(LOOMS[1], "Ada Lovelace", "Jo Roe", date=PartialDate(year=2015), kind="paper-conference"),
            said(LOOMS[1], "Ada Lovelace", "Jo Roe", date=PartialDate(year=2021), kind="article-journal"),
        ),
        (said("A reply to: Weaving by numbers", "Ada Lovelace"), said("Weaving by numbers", "Ada Lovelace")),
    ],
    ids=["parts", "Roman numbers", "two DOIs", "years apart", "a reply"],
)
def test_pain_07_different_works_stay_apart(one, other):
    assert len(library_of(one, other.model_copy(update={"lines": (9, 9)}))[0].publications) == 2


def test_pain_07_what_may_be_one_work_is_reported():
    early = said(LOOMS[1], "Ada Lovelace", "Jo Roe", date=PartialDate(year=2015))
    late = said(LOOMS[1], "Ada Lovelace", "Jo Roe", date=PartialDate(year=2021), line=9)
    _, doubts = library_of(early, late)
    assert [doubt.reason for doubt in doubts] == ["one title, but more than 3 years apart"]


# ---------------------------------------------------------------- keys


def test_pain_08_the_key_of_a_joined_entry_lives_on():
    texts = {"a.txt": page(LOOMS), "b.txt": page((LOOMS[0], "Engines and looms and numbers", LOOMS[2]))}
    pages = [Page.from_text(text, name) for name, text in texts.items()]
    before, _ = pipeline.normalise(Library(), pages)
    first, second = (record.key for record in before.publications)
    rows = f'[[corrections]]\nkey = "{first}"\nsame_as = "{second}"'
    after, _ = pipeline.normalise(before, pages, configs.parse(rows))
    assert pipeline.find(after, second).key == first
    found = news.between(works(before), works(after))
    assert found.rekeyed == ((second, first),)  # the list of renames, for people
    assert f"- {second} is now {first}" in summary.markdown(found)
    (item,) = json.loads(pipeline.export(after, "csl-json"))  # and for programs
    assert second in item["custom"]["aliases"]


def test_pain_08_biblatex_knows_the_old_keys():
    if "biblatex" not in plugins.names("exporter"):
        pytest.skip("no exporter for biblatex is here yet")
    before = read(page(LOOMS))
    rows = '[[corrections]]\nkey = "lovelace2022engines"\ncitation_key = "looms"'
    assert re.search(r"ids +?= \{lovelace2022engines\}", pipeline.export(read(page(LOOMS), rows, before), "biblatex"))


@given(st.permutations(range(5)), st.sets(st.integers(0, 4), min_size=1))
def test_pain_09_no_key_changes_when_papers_come_go_or_move(order, staying):
    cards = [(f"LGJun 1{number}, 2022", f"Engines {word} numbers on looms", "Ada Lovelace") for number, word in
             enumerate(("that weave", "that knit", "that spin", "that sew", "that felt"))]  # fmt: skip
    before = read(page(*cards))
    keys = {record.sightings[0].facts.title: record.key for record in before.publications}
    moved = [cards[number] for number in order if number in staying]
    after = read(page(*moved, ("LGJul 1, 2022", "Engines at rest", "Ada Lovelace")), before=before)
    for record in after.publications:
        title = record.sightings[0].facts.title
        assert keys.get(title, record.key) == record.key
        assert re.fullmatch(r"[a-z0-9:_-]+", record.key)


def test_pain_09_accents_leave_a_key_of_ascii():
    library = read(page(("LGJun 1, 2022", "\u00c9toffes tiss\u00e9es par nombres", "\u0141ukasz H\u00e9dervary")))
    assert library.publications[0].key == "hedervary2022etoffes"


def test_pain_10_one_title_that_changes_moves_one_entry():
    third = ("SDFeb 9, 2020", "Music by rule, and the rules that no ear accepts", "Ada Lovelace")
    before = read(page(LOOMS, TIDES, third))
    after = read(
        page(LOOMS, (TIDES[0], TIDES[1].replace("in shallow", "in the shallow"), TIDES[2]), third), before=before
    )
    for to in FORMATS:
        old, new = (pipeline.export(library, to).splitlines() for library in (before, after))
        assert len(old) == len(new)
        assert sum(one != other for one, other in zip(old, new, strict=True)) == 1, to
        assert pipeline.export(read(page(LOOMS, TIDES, third), before=before), to).splitlines() == old


# ---------------------------------------------------------------- names


def test_pain_11_et_al_is_nobody():
    library = read(page(TIDES))
    (work,) = works(library)
    assert not work.authors.complete
    assert not [name for name in work.authors.names if "al" in name.literal.lower().split()]
    assert "and others}" in pipeline.export(library, "bibtex")


@pytest.mark.parametrize("last", ["others", "and others", "et al."])
def test_pain_12_others_is_nobody_either(last):
    library, _ = library_of(said(LOOMS[1], "Ada Lovelace", last))
    (item,) = json.loads(pipeline.export(library, "csl-json"))
    assert [person.get("family") or person.get("literal") for person in item["author"]] == ["Lovelace"]
    assert "Ada Lovelace, et al." in pipeline.export(library, "markdown")
    assert "{Lovelace, Ada and others}" in pipeline.export(library, "bibtex")


@pytest.mark.parametrize(
    ("written", "family"),
    [
        ("Jan van der Berg", "van der Berg"),
        ("Maria de la Cruz Jr.", "de la Cruz"),
        ("Giambattista Della Porta", "Della Porta"),
        ("Fatima al-Hakim", "al-Hakim"),
        ("Stefano Sarao Mannelli", "Sarao Mannelli"),
        ("Mannelli, Stefano Sarao", "Sarao Mannelli"),
        ("S. Sarao Mannelli", "Sarao Mannelli"),
    ],
)
def test_pain_13_where_a_family_name_begins(written, family):
    who = People.of(configs.parse('[[people]]\nfamily = "Sarao Mannelli"\ngiven = "Stefano"'))
    name = who.canonical(names.parse(written))
    assert " ".join(filter(None, (name.particle, name.family))) == family


def test_pain_14_spellings_of_one_name_and_one_title_are_one():
    whole = "Andr\u00e1s Heged\u0171s"
    for form in (unicodedata.normalize("NFD", whole), "Andras Hegedus"):
        assert names.compare(names.parse(form), names.parse(whole)) == "same"
        assert letters.fold(form) == letters.fold(whole)
    assert titles.fold("Ef\ufb01cient\u00a0weaving") == titles.fold("Efficient weaving")
    soft = page((LOOMS[0], LOOMS[1].replace("weave", "wea\u00adve"), LOOMS[2]))
    assert titles.fold(works(read(soft))[0].title) == titles.fold(LOOMS[1])


def test_pain_23_the_owner_is_bold_however_the_name_is_written():
    config = configs.parse('owner = {name = "\u00c9milie du Ch\u00e2telet", aliases = ["Emilie Breteuil"]}')
    rows = ["\u00c9milie du Ch\u00e2telet", "E. du Ch\u00e2telet", "Emilie du Chatelet*", "Emilie Breteuil"]
    for written in rows:
        library, _ = library_of(said(LOOMS[1], written, "Charles Babbage"))
        line = pipeline.export(library, "markdown", config)
        assert re.search(r"\*\*[^*]*(du Ch|Breteuil)", line), written
        assert "**Charles" not in line
        assert "\\*" not in line


# ---------------------------------------------------------------- texts and links

HAZARD = "100% of A & B ~ $x^2$ #1 _"


def test_pain_15_no_sign_of_a_title_is_lost():
    library, _ = library_of(said(HAZARD, "Ada Lovelace"))
    bib = pipeline.export(library, "bibtex")
    title = re.search(r"title += \{(.*)\},\n", bib)[1]
    for written in (r"100\%", r"\&", r"\textasciitilde{}", "$x^2$", r"\#", r"\_"):
        assert written in title
    assert json.loads(pipeline.export(library, "csl-json"))[0]["title"] == HAZARD


@pytest.mark.parametrize("to", FORMATS)
def test_pain_16_an_address_stays_alive(to):
    library, _ = library_of(
        said(LOOMS[1], "Ada Lovelace", doi="10.1000/a_b%c", urls=("https://example.org/~ada/a_b?x=1&y=%20#top",))
    )
    text = html.unescape(pipeline.export(library, to))
    assert "https://example.org/~ada/a_b?x=1&y=%20#top" in text
    assert "10.1000/a_b" in text
    assert "doi.org/https" not in text
    assert "\\url" not in text


def test_pain_17_capitals_that_matter_are_kept_word_by_word():
    library, _ = library_of(said("Gaussian looms and the RL of SGD", "Ada Lovelace"))
    assert "{{Gaussian} looms and the {RL} of {SGD}}" in pipeline.export(library, "bibtex")


def test_pain_18_html_in_a_field_is_named():
    entry = "@misc{a,\n  title = {On <i>looms</i> &amp; leaves}\n}\n"
    assert [(problem.code, problem.where.line) for problem in lint.check(entry, "a.bib") if problem.code == "X19"] == [
        ("X19", 2)
    ]


# ---------------------------------------------------------------- look-ups


def test_pain_19_arxiv_is_asked_seldom_and_politely(monkeypatch):
    from pubtools.cli import asking

    made = {}

    class Recorder(Fetcher):
        def __init__(self, *arguments, **named):
            made.update(named)
            super().__init__(*arguments, **named)

    monkeypatch.setattr("pubtools.fetching.Fetcher", Recorder)
    monkeypatch.delenv("PUBTOOLS_ARXIV_URL", raising=False)
    with ExitStack() as stack:
        asking._api(configs.NOTHING, stack)
    assert made == {"interval_s": 3.0, "deadline_s": 60.0}


def test_pain_20_an_outage_is_not_remembered():
    class Down:
        def by_ids(self, numbers):
            raise ServiceUnavailableError("too many requests", service="arXiv")

        by_titles = by_author = by_ids

    library, report = pipeline.normalise(
        Library(), [Page.from_text(page(LOOMS), "page.txt")], asking=[pipeline.Asking(Down())]
    )
    assert report.looked_up.unasked
    assert not report.looked_up.absent
    assert [work.key for work in pipeline.unsettled(library)] == ["lovelace2022engines"]


def test_pain_21_nothing_is_scraped_and_every_run_ends():
    sources = [path.read_text("utf-8") for path in (ROOT / "pubtools").rglob("*.py")]
    assert not [text for text in sources if "scholar.google" in text]
    assert configs.parse("[arxiv]\ndeadline_s = 5").arxiv.deadline_s == 5
    with pytest.raises(configs.ConfigError):
        configs.parse("[arxiv]\ndeadline_s = 0")


# ---------------------------------------------------------------- lists and the user's word


def test_pain_24_undated_comes_first_then_the_newest_and_nothing_is_called_none():
    library, _ = library_of(
        said("Undated looms and leaves", "Ada Lovelace", line=1),
        said("Old engines for looms", "Ada Lovelace", date=PartialDate(year=1999), line=2),
        said("New engines of leaves", "Ada Lovelace", date=PartialDate(year=2024), status="in press", line=3),
        said("Other engines at sea", "Ada Lovelace", date=PartialDate(year=2024), kind="preprint", line=4),
    )
    text = pipeline.export(library, "markdown")
    assert re.findall(r"^## (.*)$", text, re.MULTILINE) == ["Undated", "2024", "1999"]
    for group in ("type", "status"):
        config = configs.parse(f'[style]\ngroup_by = "{group}"')
        assert "Preprints" in pipeline.export(library, "markdown", config)
    for to in FORMATS:
        assert "None" not in pipeline.export(library, to)


def test_pain_25_the_user_s_word_survives_every_source_and_an_idle_row_is_named():
    rows = f'[[corrections]]\ntitle = "{LOOMS[1]}"\nset = {{date = "2023", venue = "Annals of Looms"}}\n'
    library = read(page(LOOMS), rows)
    for _ in range(2):
        library = read(page(LOOMS, TIDES), rows, library)
        work = pipeline.find(library, "lovelace2023engines")
        assert (work.date.year, work.venue.name) == (2023, "Annals of Looms")
    _, report = pipeline.normalise(
        library, [Page.from_text(page(TIDES), "page.txt")], configs.parse('[[corrections]]\nkey = "x"\nexclude = true')
    )
    assert "M03" in [problem.code for problem in report.problems]


def test_pain_25_the_names_of_formats_are_stable():
    assert set(FORMATS) <= set(plugins.names("exporter"))
    assert Style().group_by == "year"


def test_pain_10_shuffled_input_gives_the_same_bytes():
    sightings = [said(f"{word} engines for looms", "Ada Lovelace", line=at) for at, word in enumerate("ABCDE", start=1)]
    expected = libraries.dumps(library_of(*sightings)[0])
    for seed in range(5):
        shuffled = random.Random(seed).sample(sightings, len(sightings))  # noqa: S311
        assert libraries.dumps(library_of(*shuffled)[0]) == expected
