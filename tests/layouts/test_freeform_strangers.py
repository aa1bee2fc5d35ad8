"""Pages written in ways that no page of the bench is: made up, each after the form of a real one."""

from __future__ import annotations

import pytest

from pubtools import html, pipeline
from pubtools.layouts import freeform
from pubtools.layouts.freeform import headings, markup, rows, sections, texts
from pubtools.models import Reading
from pubtools.page import Page


def read(text: str, name: str = "page") -> Reading:
    return freeform.read(pipeline.page_of(text, name))


def titles(text: str, name: str = "page") -> list[str]:
    return [entry.title.text for entry in read(text, name).entries]


def years(text: str) -> list[str | None]:
    return [entry.date.text if entry.date else None for entry in read(text).entries]


# ---------------------------------------------------------------- where publications stand


NUMBERED = """# Out of the card index (4 / 900)

  1. 805: Ada Lovelace, Charles Babbage, On looms that think, 1843\\. DOI: 10.5555/looms.1.
  2. 801: Mary Somerville, Mills and their music, 1834\\. DOI: 10.5555/mills.2.
  3. 812: Charles Babbage, Mary Somerville, The tide as an engine, 1830\\. DOI: 10.5555/tide.3.
  4. 799: Ada Lovelace, Notes on notes, 1842\\. DOI: 10.5555/notes.4.
"""


def test_a_numbered_list_is_read_whatever_it_is_headed() -> None:
    assert titles(NUMBERED) == [
        "On looms that think",
        "Mills and their music",
        "The tide as an engine",
        "Notes on notes",
    ]
    assert years(NUMBERED) == ["1843", "1834", "1830", "1842"]


@pytest.mark.parametrize("heading", ["Invited talks", "Teaching", "PhD students", "Book reviews"])
def test_what_a_heading_calls_something_else_stays_out(heading: str) -> None:
    assert titles(NUMBERED.replace("Out of the card index (4 / 900)", heading)) == []


TITLED = """---
layout: page
title: {title}
---

### {heading}

- [On looms that think](). Annals of Looms, 12, 1-20 (2019)
- [Mills and their music](https://loom.example/mills). Letters on Grinding, 4, 77-79 (2017)
- [The tide as an engine](https://loom.example/tide). Journal of Water, 3, 5-9 (2015).
"""
THREE = ["On looms that think", "Mills and their music", "The tide as an engine"]


@pytest.mark.parametrize(
    ("title", "heading"),
    [
        ("Publicaciones", "Del telar (JCR)"),
        ("Home", "Artículos en revistas del Telar Citation Index (TCI)"),
        ("Home", "Del telar"),
    ],
)
def test_titles_that_are_set_off_make_a_list_without_names(title: str, heading: str) -> None:
    assert titles(TITLED.format(title=title, heading=heading)) == THREE


def test_linked_things_without_pages_are_no_publications_by_themselves() -> None:
    things = ("A loom for everyone", "The mill that sings", "Tides on a card", "A comet clock", "Notes in brass")
    page = "\n".join(f"- [{thing}](https://loom.example/{at}), prototype, 2019" for at, thing in enumerate(things))
    assert titles(page) == []


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("---\ntitle: Publications\n---\n", "page", True),
        ("<html><head><title>Ada Lovelace | Veröffentlichungen</title></head></html>", "page.html", True),
        ("A page.", "publications.md", True),
        ("---\ntitle: Teaching\n---\n", "page", False),
        ("<title>Ada Lovelace</title>", "page.html", False),
    ],
)
def test_a_page_may_say_what_it_lists(text: str, name: str, *, expected: bool) -> None:
    assert sections.is_about_publications(pipeline.page_of(text, name)) is expected


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Publications of Ada Lovelace at the mill (some on cards)", True),
        ("Papers written with Charles Babbage", True),
        ("Artigos em periódicos", True),
        ("Paper looms and their music", False),
        ("Essays on the economics of weaving", False),
    ],
)
def test_the_first_noun_of_a_heading_may_be_enough(text: str, *, known: bool) -> None:
    found = headings.meaning(text, is_heading=True)
    assert (found is not None and found.publications is True) is known


def test_a_logo_is_no_part_of_a_heading() -> None:
    page = html.page('<h1><a href="/"><img src="l.svg" alt="logo"></a> Publikacje</h1><p>Looms.</p>')
    assert [part.meaning.publications for part in sections.split(rows.of(page.lines))] == [None, True]


def test_a_list_below_two_headings_belongs_to_the_one_it_looks_like() -> None:
    entries = (
        "Lovelace, A., & Babbage, C. (2019). On looms that think. Annals of Looms, 12(3), 1-20.\n\n"
        "Somerville, M. (2017). Mills and their music. Letters on Grinding, 4, 77-79.\n\n"
        "Babbage, C., & Lovelace, A. (2015). The tide as an engine. Journal of Water, 3, 15-19.\n"
    )
    assert titles(f"Publications\n\nPosters\n\n{entries}") == THREE
    assert titles(f"Publications\n\nNone as yet, but they will come.\n\nPosters\n\n{entries}") == []


# ---------------------------------------------------------------- labels


@pytest.mark.parametrize("label", ["{0}. {0}. ", "{0}. ", "{0} ", "[{0}]| ", "{0}. {1}: "])
def test_labels_are_no_part_of_an_entry(label: str) -> None:
    lines = (
        "Lovelace, A. and C. Babbage 1968. On looms that think. Annals of Looms 8: 171-173.",
        "Somerville, M. and A. Lovelace 1969. Mills and their music. Letters on Grinding 9: 192-197.",
        "Babbage, C. and M. Somerville 1970. The tide as an engine. Journal of Water 3: 9-12.",
    )
    page = "Papers\n\n" + "\n".join(label.format(at, 60 + 7 * at) + line for at, line in enumerate(lines, start=1))
    assert titles(page) == THREE


def test_figures_that_do_not_count_are_no_labels() -> None:
    found = rows.of(Page.from_text("1. 90 Looms of Paris\n2. 12 Mills\n3. 400 Tides").lines)
    assert [row.text for row in found] == ["90 Looms of Paris", "12 Mills", "400 Tides"]


# ---------------------------------------------------------------- what belongs to which entry


def test_titles_above_names_are_not_those_of_the_entry_above() -> None:
    page = "Papers\n" + "".join(
        f"\n      {year} · {number}\n\n      {title}\n\n        {names} · {venue} ({year})"
        for number, (year, title, names, venue) in enumerate(
            [
                (2025, "On looms that think and their cards", "Ada Lovelace, Charles Babbage", "Looms 127, 20"),
                (2025, "Mills and their music in the north", "Mary Somerville, Ada Lovelace", "Grinding 87, 378"),
                (2024, "The tide as an engine of the state", "Charles Babbage, Ada Lovelace", "Water 75, 180"),
                (2023, "A comet and its tail in the night", "Mary Somerville, Charles Babbage", "Skies 7, 41"),
            ],
            start=1,
        )
    )
    assert [title.split()[0] for title in titles(page)] == ["On", "Mills", "The", "A"]


def test_a_year_above_a_title_is_not_that_of_the_entry_above() -> None:
    page = (
        "Papers\n\n2025\nOn looms that think\nLovelace, A., Babbage, C.\nAnnals of Looms\n"
        "2025\nMills and their music\nSomerville, M., & Lovelace, A.\nLetters on Grinding\n"
        "2024\nThe tide as an engine\nBabbage, C., & Lovelace, A.\nJournal of Water\n"
    )
    assert titles(page) == THREE
    assert years(page) == ["2025", "2025", "2024"]


def test_a_year_between_a_title_that_is_a_heading_and_the_names_is_its_own() -> None:
    page = "<h1>Papers</h1>" + "".join(
        f"<h3>{title}</h3><span>{year}</span><p>{names}. <em>{venue}</em>, v. 17, p. 1-15.</p>"
        for title, year, names, venue in [
            ("On looms that think", 2026, "LOVELACE, Ada; BABBAGE, Charles", "Annals of Looms"),
            ("Mills and their music", 2025, "SOMERVILLE, Mary; LOVELACE, Ada", "Letters on Grinding"),
            ("The tide as an engine", 2023, "BABBAGE, Charles; LOVELACE, Ada", "Journal of Water"),
        ]
    )
    assert titles(page) == THREE
    assert years(page) == ["2026", "2025", "2023"]


def test_a_heading_is_no_part_of_the_entry_above_it() -> None:
    page = (
        "# Papers\n\n## 2025 (2 publications)\n\n**Lovelace, Ada and Babbage, Charles**\n*On looms that think*\n"
        "Annals of Looms D (2025)\n\n**Somerville, Mary and Lovelace, Ada**\n*Mills and their music*\n"
        "Letters on Grinding D (2025)\n\n## 2024 (3 publications)\n\n**Babbage, Charles and Lovelace, Ada**\n"
        "*The tide as an engine*\nJournal of Water D (2024)\n"
    )
    assert titles(page) == THREE
    assert all(entry.volume is None and entry.issue is None for entry in read(page).entries)


def test_an_underlined_line_is_a_heading_and_no_title() -> None:
    page = (
        "Looms and all that\n==================\n\nLovelace, A., & Babbage, C. (2019).\n**On looms that think**.\n"
        "In *Annals of Looms*, 1-20.\n\nSomerville, M., & Lovelace, A. (2017).\n**Mills and their music**.\n"
        "In *Letters on Grinding*, 77-79.\n\nBabbage, C., & Lovelace, A. (2015).\n**The tide as an engine**.\n"
        "In *Journal of Water*, 5-9.\n"
    )
    assert titles(page) == THREE


def test_lines_that_all_end_as_entries_are_entries() -> None:
    page = (
        "Artigos em periódicos\n\n"
        "LOVELACE, A. A.; BABBAGE, C. On looms that think. Annals of Looms, v. 17, n. 1, p. 1-15, 2024.\n"
        "SOMERVILLE, M.; LOVELACE, A. Mills and their music. Letters on Grinding, v. 27, p. 3-20, 2025.\n"
        "The tide as an engine of the state. Written with others. London: Water, 2019.\n"
    )
    assert [entry.lines for entry in read(page).entries] == [(3, 3), (4, 4), (5, 5)]


def test_what_others_wrote_about_a_work_gives_no_facts() -> None:
    page = (
        "Publications\n\n1. On looms that think, and on those that do not. Berlin: Springer Verlag 1996.\n"
        "Besprochen von Mary Somerville, in: JZ 1997, S. 403 f.\n"
        "2. Mills and their music in the north of England. Berlin: Springer Verlag 1998.\n"
    )
    found = read(page).entries
    assert [entry.date.text for entry in found if entry.date] == ["1996", "1998"]
    assert [entry.authors for entry in found] == [None, None]


def test_a_work_by_one_person_has_its_author() -> None:
    page = (
        "# Mary Somerville\n\n## Papers\n\nOn looms that think\n\nMary Somerville, Ada Lovelace\n\n"
        "Annals of Looms , 2019\n\nMills and their music\n\nMary Somerville\n\nLetters on Grinding , 2017\n\n"
        "The tide as an engine\n\nMary Somerville, Charles Babbage\n\nJournal of Water , 2015\n"
    )
    assert titles(page) == THREE
    assert [entry.authors is not None for entry in read(page).entries] == [True] * 3


def test_a_button_below_each_entry_is_no_venue() -> None:
    page = Page.from_text("Mills\nRead on →\nLooms\nRead on →\nTides\nRead on →\nNature\nNature\nNature")
    kinds = [row.kind for row in rows.of(page.lines)]
    assert kinds == ["text", "links", "text", "links", "text", "links", "text", "text", "text"]


# ---------------------------------------------------------------- Markdown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[On looms]() by A. Lovelace", "On looms by A. Lovelace"),
        ("__On looms__ [[pdf]](looms.pdf)", "On looms"),
        ('<a href="https://loom.example/1">On looms</a>, <i>Annals</i>', "On looms, Annals"),
        ("Andr&eacute; &amp; Ada, 1968\\. \\[J1\\]", "André & Ada, 1968. [J1]"),
        ("On&nbsp;looms &amp; Wea&shy;vers", "On looms & Weavers"),
        ("A **L**ightweight **L**oom and Te**X**", "A Lightweight Loom and TeX"),
        ("a < b and b > c, $x\\_{1}$", "a < b and b > c, $x\\_{1}$"),
    ],
)
def test_markdown_is_undone(text: str, expected: str) -> None:
    assert markup.plain(text, ())[0] == expected


def test_marks_stand_where_their_words_stand() -> None:
    text, marks = markup.plain("**On looms** [[pdf]](looms.pdf) <b>Annals</b> [x](https://loom.example)", ())
    assert text == "On looms  Annals x"
    assert sorted((text[mark.start : mark.end], mark.kind) for mark in marks) == [
        ("", "link"),
        ("Annals", "strong"),
        ("On looms", "strong"),
        ("x", "link"),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["[On looms that", "think](https://l.example/1)."], ["On looms that", "think."]),
        (["see [On", "looms](https://l.example/a-", "long-address), 2019"], ["see On", "looms", ", 2019"]),
        (["Ada, **Annals of", "Looms** , 2019"], ["Ada, Annals of", "Looms , 2019"]),
        (["_Annals of", "Water and", "Looms_ , 2019"], ["Annals of", "Water and", "Looms , 2019"]),
        (
            ["Ada*, Babbage*, a [note", "", "apart](https://l.example)"],
            ["Ada*, Babbage*, a [note", "", "apart](https://l.example)"],
        ),
    ],
)
def test_markup_that_a_line_end_broke_is_undone(lines: list[str], expected: list[str]) -> None:
    found = markup.unwrapped(Page.from_text("\n".join(lines)).lines)
    assert [markup.plain(line.text, ())[0] for line in found] == expected


def test_a_mark_that_a_line_end_broke_is_one() -> None:
    page = Page.from_text("see [On looms that\nthink](https://l.example/1), **Annals of\nLooms**, 2019")
    found = rows.of(page.lines)
    joined = texts.join(found, texts.Words(found))
    assert [(joined.text[mark.start : mark.end], mark.kind) for mark in joined.marks] == [
        ("On looms that think", "link"),
        ("Annals of Looms", "strong"),
    ]


def test_a_dash_for_the_same_author_begins_an_entry() -> None:
    assert titles("———. Threads of brass. In Collected Looms, 1: 293–458.") == ["Threads of brass"]


def test_a_bullet_of_a_symbol_font_is_a_bullet() -> None:
    text = "\uf02d P. Babbage, Looms and their symbols, Paris, Alma, 2001."
    assert titles(text) == ["Looms and their symbols"]


def test_labels_of_who_and_when_part_a_list() -> None:
    text = """Publications

[LB43] Lovelace, Ada, and Babbage, Charles, Looms that think, Annals of Looms 3 no. 4 (1843) 10–20.
[Love01] Lovelace, Ada, Threads of brass, in Looms of old (Babbage, Charles (ed.)), Alma, pp. 3–9.
[SoBaLo+12a] Somerville, M., Babbage, C., and Lovelace, A., Mills and their music, Annals of Looms 4 no. 1 (2012) 3–9.
"""
    assert titles(text) == ["Looms that think", "Threads of brass", "Mills and their music"]
    assert years(text) == ["1843", None, "2012"]


FAMILY_FIRST = """Publications

Lovelace Michel, « Les métiers à tisser », Revue des métiers 12 (3), 1993, pp. 45-67.
Boole Robert M., Taton David et Weiss Kurt, « Les fils de laiton », Revue des métiers 13 (1), 1994, pp. 3-9.
Somerville Anne, Taton David et al., « La musique des moulins », Revue des métiers 14 (2), 1995, pp. 9-20.
LOOM Collaboration, « La marée comme machine », Revue des métiers 15 (1), 1996, pp. 1-9.
"""


def test_a_page_that_writes_family_names_first_says_so_with_its_given_names() -> None:
    authors = [entry.authors.text if entry.authors else "" for entry in read(FAMILY_FIRST).entries]
    assert authors == [
        "Lovelace, Michel;",
        "Boole, Robert M.; Taton, David; Weiss, Kurt",
        "Somerville, Anne; Taton, David; et al.",
        "LOOM Collaboration",
    ]


def test_a_page_that_writes_given_names_first_is_left_as_it_is() -> None:
    straight = FAMILY_FIRST.replace("Lovelace Michel", "Michel Lovelace").replace("Somerville Anne", "Anne Somerville")
    entries = read(straight.replace("Taton David", "David Taton")).entries
    assert [entry.authors.text for entry in entries if entry.authors][:1] == ["Michel Lovelace"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Lovelace, A. (1843). Looms and their light. Madrid: Nebelhaus.", "book"),
        ("Lovelace, A. (1843). Looms and their light (Doctoral dissertation). University of Nebelhaus.", "thesis"),
    ],
)
def test_a_book_and_a_thesis_have_who_published_them(text: str, kind: str) -> None:
    (entry,) = read(f"Publications\n\n{text}\n").entries
    assert entry.publisher is not None
    assert entry.publisher.text.endswith("Nebelhaus")
    assert (entry.kind, entry.venue) == (kind, None)


def test_a_list_of_names_that_begins_with_a_group_is_no_venue_without_doubt() -> None:
    entry = read(
        """Publications

On looms and their brass
CTRL-looms at Fabric Labs, Weft D., Kaim P., Reed T. (2025)
Loom Letters 12(3)

Threads in the dark
Lovelace A., Kaim P., Reed T. (2023)
Journal of Looms 12, 3-4

Weaving by numbers
Lovelace A., Kaim P., Reed T. (2021)
Loom Letters 12(3)
"""
    ).entries[0]
    assert "venue" in {guess.field for guess in entry.guesses}


# ---------------------------------------------------------------- kinds of lists that were strangers


INDEX = """My looms

1: Lovelace AB, Babbage C, O'Weft S. Early looms: a trial. Loom Letters. 2021 Mar;20(3):203-212. PMID: 33460590.

2: Babbage C, Lovelace AB. Weaving as rest: a review. Loom Reviews. 2020 Jun;6(6):12-20. PMID: 32512345.

3: Weft P, Lovelace AB. Mills and their noise. Mill Journal. 2019 Nov;217:12-20. PMID: 31465877.
"""


def test_a_number_and_a_colon_count_entries() -> None:
    assert titles(INDEX) == ["Early looms: a trial", "Weaving as rest: a review", "Mills and their noise"]


def test_a_year_behind_a_bullet_begins_an_entry() -> None:
    page = (
        "Papers\n======\n+ 2022\\. On looms that think. *Annals of Looms* 53(3): 427–458.\n"
        "+ 2021\\. Mills and their music. *Letters on Grinding* 6(1): 28–37.\n"
        "+ 2018\\. The tide as an engine. *Journal of Water* 27, 347-376.\n"
    )
    assert titles(page) == THREE
    assert years(page) == ["2022", "2021", "2018"]


def test_attributes_and_quotation_signs_are_no_text() -> None:
    page = "# Papers\n" + "---\n".join(
        f"""
#### [{title}](https://loom.example/{at}){{:target="_blank"}}
> [**Ada Lovelace**](https://loom.example/ada){{:target="_blank"}} and [Charles Babbage](https://c.example){{:.me}}
>
> *Published*: **`May {at}, 2020`**
>
> *Annals of Looms*, *2020*, *11*, {at}18–{at}26, [DOI: 10.5555/loom.{at}](https://doi.org/10.5555/loom.{at}){{:.doi}}
"""
        for at, title in enumerate(THREE, start=1)
    )
    found = read(page).entries
    assert [entry.title.text for entry in found] == THREE
    assert {entry.authors.text for entry in found if entry.authors} == {"Ada Lovelace; Charles Babbage"}
    assert {entry.venue.text for entry in found if entry.venue} == {"Annals of Looms"}
    assert "10.5555/loom.1" in [link.text for link in found[0].links]


def test_a_sign_that_stands_on_no_line_alone_is_a_bullet() -> None:
    assert [row.marker for row in rows.of(Page.from_text("> Looms\n> Mills").lines)] == [">", ">"]


def test_what_is_in_press_ends_at_the_next_year() -> None:
    page = (
        "In press\n\nLovelace, A. and Babbage, C. On looms that think. Annals of Looms.\n\n"
        "2021\n\nSomerville, M. and Lovelace, A. Mills and their music. Letters on Grinding 4, 77-79, 2021.\n\n"
        "2020\n\nBabbage, C. and Lovelace, A. The tide as an engine. Journal of Water 3, 5-9, 2020.\n"
    )
    assert titles(page) == THREE
    assert [entry.status.text if entry.status else None for entry in read(page).entries] == ["in press", None, None]


def test_a_heading_of_others_tells_no_kind() -> None:
    page = (
        "# Papers\n\n## Book chapters\n\n- Lovelace, A. (2019). Hems. In C. Babbage (Ed.), Looms (pp. 3-9). Alma.\n\n"
        "## Others\n\n- Lovelace, A. (2012). Mills and their music. PhD dissertation, University of Looms.\n"
    )
    assert [entry.kind for entry in read(page).entries] == ["chapter", "thesis"]


def test_a_heading_stands_where_a_list_begins_to_count() -> None:
    entry = "{}. LOVELACE, A.; BABBAGE, C. {}. Anais do tear e do moinho no norte, v. 41, n. 2, p. 15-38, 2021.\n"
    page = (
        "Artigos completos publicados em periódicos\n"
        f"{entry.format(1, THREE[0])}{entry.format(2, THREE[1])}"
        "Livros publicados/organizados ou edições\n"
        "1. LOVELACE, A.. Fios do norte. 1. ed. Lisboa: Alma, 2018. 240p.\n"
    )
    assert [(found.title.text, found.kind) for found in read(page).entries] == [
        (THREE[0], "article-journal"),
        (THREE[1], "article-journal"),
        ("Fios do norte", "book"),
    ]


def test_a_label_said_once_is_a_heading_in_any_language() -> None:
    page = (
        "Article dans une revue\n"
        "Ada Lovelace, Anne Weft. On looms that think. Looms, 2021, pp.3-9.\n"
        "Ada Lovelace, Karl Weft. Mills and their music. Mills, 2019.\n"
        "Chapitre d'ouvrage\n"
        "Ada Lovelace, Anne Weft. The tide as an engine. Tides, 2017.\n"
    )
    assert titles(page) == THREE
    assert [entry.kind for entry in read(page).entries] == ["article-journal", "article-journal", "chapter"]


def test_a_way_through_a_tree_ends_an_entry_whatever_it_leads_to() -> None:
    page = "Publications\n" + "".join(
        f"{title}\n{people}, 2022, In: Annals of Looms. {at}1, 3, p. 21-{at}10\nResearch output: {way}\n"
        for at, (title, people, way) in enumerate(
            [
                (THREE[0], "Lovelace, A., Babbage, C. & Weft, A.", "Contribution to journal › Article"),
                (THREE[1], "Lovelace, A. (ed.) & Weft, A. (ed.)", "Book/Report › Book editing › Scientific"),
                (THREE[2], "Weft, A. & Lovelace, A.", "Things/Looms › Weaving"),
            ],
            start=1,
        )
    )
    found = read(page).entries
    assert [entry.title.text for entry in found] == THREE
    assert [entry.kind for entry in found][:2] == ["article-journal", "book"]
    assert found[1].editors is not None
    assert found[1].editors.text == "Lovelace, A.; Weft, A."
