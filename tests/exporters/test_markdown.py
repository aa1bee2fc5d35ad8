from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import library
from pubtools.exporters import HEADINGS, LABELS, Link, Style, markdown
from pubtools.fields import names
from pubtools.models import Claim, Facts, Kind, Publication, Sighting, Source
from pubtools.people import People

EXPORTS = Path(__file__).parents[2] / "fixtures" / "exports"
OWNER = Style(owners=(names.parse("Ada Lovelace"),))


def work(**facts: Any) -> Publication:
    return Publication.model_validate({"key": "key", "title": "Title", "sightings": (), **facts})


def bullet(style: Style = OWNER, **facts: Any) -> str:
    heading, blank, line = markdown.render([work(**facts)], style).splitlines()
    assert heading.startswith("## ")
    assert blank == ""
    return line


@pytest.mark.parametrize(
    ("name", "choices"),
    [
        ("expected.md", {}),
        (
            "expected.by-type.md",
            {"group_by": "type", "heading_level": 3, "numbering": "descending", "first": "authors", "abstracts": True},
        ),
    ],
)
def test_the_fixture_is_written_as_authored(request: pytest.FixtureRequest, name: str, choices: dict[str, Any]) -> None:
    expected = EXPORTS / name
    stored = library.loads((EXPORTS / "library.json").read_text(encoding="utf-8"))
    rendered = markdown.render(library.publications(stored, People()), Style(owners=OWNER.owners, **choices))
    if request.config.getoption("--update-fixtures", default=False):
        expected.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == expected.read_text(encoding="utf-8")


def test_an_empty_library_is_an_empty_file() -> None:
    assert markdown.render([], OWNER) == ""


def test_years_stand_newest_first_after_what_has_none() -> None:
    works = [work(title=title, date=date) for title, date in [
        ("Old", {"year": 1843}), ("New", {"year": 2024}), ("Dateless", None), ("Also new", {"year": 2024}),
        ("May", {"month": 5}),
    ]]  # fmt: skip
    assert markdown.render(works, OWNER) == (
        "## Undated\n\n- Dateless.\n- May. May.\n\n"
        "## 2024\n\n- New. 2024.\n- Also new. 2024.\n\n"
        "## 1843\n\n- Old. 1843.\n"
    )


@pytest.mark.parametrize(
    ("owner", "written", "shown"),
    [
        ("Ada Lovelace", "A. Lovelace", "**A. Lovelace**"),
        ("Ada Lovelace", "Lovelace, Ada", "**Ada Lovelace**"),
        ("Ada Lovelace", "Lovelace A", "**Lovelace A**"),
        ("Ada Lovelace", "A.L.", "**A.L.**"),
        ("Ada Lovelace", "Ada Lovelace*†", "**Ada Lovelace**"),
        ("Stefano Sarao Mannelli", "S. Sarao Mannelli", "**S. Sarao Mannelli**"),
        ("Stefano Sarao Mannelli", "Sarao Mannelli S", "**Sarao Mannelli S**"),
        ("Stefano Sarao Mannelli", "Mannelli, S. S.", "**S. S. Mannelli**"),
        ("Stefano Sarao Mannelli", "S. S. M.", "**S. S. M.**"),
        ("Stefano Sarao Mannelli", "S.S.M.", "**S.S.M.**"),
        ("Stefano Sarao Mannelli", "S.M.", "S.M."),
        ("Ada Lovelace", "AL", "AL"),
        ("Ada Lovelace", "B. Lovelace", "B. Lovelace"),
        ("Ada Lovelace", "Ada Loveless", "Ada Loveless"),
    ],
)
def test_the_owner_is_bold_however_the_name_is_written(owner: str, written: str, shown: str) -> None:
    style = Style(owners=(names.parse(owner),))
    authors = {"names": [names.parse(written), names.parse("Charles Babbage")]}
    assert bullet(style, authors=authors) == f"- Title. {shown}, Charles Babbage."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (["A. Lovelace", "A. B. Lovelace"], "A. Lovelace, A. B. Lovelace"),  # it may be either
        (["A. Lovelace", "Anna Lovelace"], "**A. Lovelace**, Anna Lovelace"),
        (["A. Lovelace", "Ada Lovelace"], "A. Lovelace, **Ada Lovelace**"),
        (["A.L.", "A. L."], "A.L., A. L."),
        (["A.L.", "Ada Lovelace"], "A.L., **Ada Lovelace**"),
    ],
)
def test_of_two_that_may_be_the_owner_only_what_is_written_out_is_bold(written: list[str], shown: str) -> None:
    line = bullet(authors={"names": [names.parse(name) for name in (*written, "Z")]})
    assert line == f"- Title. {shown}, Z."


def test_a_row_of_the_people_table_makes_the_owner_known_by_any_alias() -> None:
    name = {"literal": "Steph Mann", "family": "Sarao Mannelli", "given": "Stefano", "split_by": "people"}
    style = Style(owners=(names.parse("Stefano Sarao Mannelli"),))
    assert bullet(style, authors={"names": [name]}) == "- Title. **Stefano Sarao Mannelli**."


def test_without_an_owner_nobody_is_bold() -> None:
    assert bullet(Style(), authors={"names": [names.parse("Ada Lovelace")]}) == "- Title. Ada Lovelace."


def test_a_cut_list_ends_in_et_al() -> None:
    cut = {"names": [names.parse("Charles Babbage")], "complete": False}
    assert bullet(authors=cut) == "- Title. Charles Babbage, et al."


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            {"literal": "Mannelli, S. S.", "family": "Sarao Mannelli", "given": "Stefano", "split_by": "people"},
            "Stefano Sarao Mannelli",
        ),
        (
            {"literal": "x", "family": "Berg", "given": "L.", "particle": "van", "suffix": "Jr.", "split_by": "source"},
            "L. van Berg, Jr.",
        ),
        ({"literal": "Saxe AM", "family": "Saxe", "given": "AM", "split_by": "initials"}, "Saxe AM"),
        ({"literal": "Jin Hwa Lee", "family": "Lee", "given": "Jin Hwa", "split_by": "last-word"}, "Jin Hwa Lee"),
        ({"literal": "J. Lee1,2", "family": "Lee", "given": "J.", "split_by": "last-word"}, "J. Lee"),
        ({"literal": "Ada *Lovelace*"}, r"Ada \*Lovelace\*"),
    ],
)  # fmt: skip
def test_a_name_is_shown_as_written_unless_its_parts_are_known(name: dict[str, str], shown: str) -> None:
    line = bullet(Style(), authors={"names": [name, {"literal": "Z"}]})
    assert line == f"- Title. {shown}, Z."


def test_a_number_is_a_title_and_no_list() -> None:
    assert bullet(title="1984") == r"- 1984\."
    assert bullet(Style(first="authors"), title="1984", authors={"names": [{"literal": "X"}]}) == r"- X\. 1984."


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Why?", "- Why? Z."), ("Stop.", "- Stop. Z."), ("Go!", "- Go! Z."), ("So", "- So. Z."),
        ("Why?*", r"- Why?\* Z."), ('Why?"', "- Why?&#34; Z."), ("So*", r"- So\*. Z."),
    ],
)  # fmt: skip
def test_a_title_ends_in_one_stop(title: str, line: str) -> None:
    assert bullet(title=title, authors={"names": [{"literal": "Z"}]}) == line


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"venue": {"name": "Nature"}, "date": {"year": 2024}}, "*Nature*, 2024."),
        ({"venue": {"name": "CogSci", "year": 2024}}, "*CogSci*, 2024."),
        ({"venue": {"name": "CogSci 2024", "year": 2024}}, "*CogSci 2024*."),
        ({"venue": {"name": "Route 12024", "year": 2024}}, "*Route 12024*, 2024."),
        ({"venue": {"name": "J. of *"}}, r"*J. of \**."),
        ({"venue": {"name": "J. Phys."}}, "*J. Phys.*"),
        ({"venue": {"name": "J", "volume": "12", "issue": "3", "pages": "101--120"}}, "*J* 12(3), 101–120."),
        ({"venue": {"name": "J", "volume": "12", "pages": "e1234"}}, "*J* 12, e1234."),
        ({"venue": {"name": "J", "issue": "3", "pages": "S-12"}}, "*J*, no. 3, S-12."),
        ({"venue": {"name": "J", "publisher": "Loom Press", "year": 2019}}, "*J*, Loom Press, 2019."),
        ({"venue": {"name": "Loom Press", "publisher": "Loom Press"}}, "*Loom Press*."),
        ({"venue": {"name": "Journal of the ACM", "publisher": "ACM"}}, "*Journal of the ACM*."),
        ({"venue": {"name": "Macmillan Notes", "publisher": "ACM"}}, "*Macmillan Notes*, ACM."),
        ({"venue": {"name": "J"}, "details": {"collection-title": "LNCS", "edition": "2"}}, "*J*, LNCS, 2nd edition."),
        ({"venue": {"name": "J"}, "details": {"edition": "11"}}, "*J*, 11th edition."),
        ({"venue": {"name": "J"}, "details": {"edition": "Revised"}}, "*J*, Revised edition."),
        ({"venue": {"name": "J"}, "details": {"edition": "3rd ed."}}, "*J*, 3rd ed."),
        ({"details": {"volume": "3", "page": "1-2", "publisher": "Loom Press"}}, "vol. 3, 1–2, Loom Press."),
        ({"details": {"event-title": "Weaving Days"}, "date": {"year": 2020}}, "Weaving Days, 2020."),
        ({"venue": {"name": "J", "volume": "9"}, "journal_ref": "J 9 (2021)"}, "*J* 9."),
        ({"journal_ref": "Phys. Rev. D 103 (2021)", "date": {"year": 2021}}, "Phys. Rev. D 103 (2021)."),
        ({"journal_ref": "Phys. Rev. D", "date": {"year": 2021}}, "Phys. Rev. D, 2021."),
        ({"venue": {"name": "J"}, "status": "in press"}, "*J*, in press."),
        ({"status": "submitted", "date": {"year": 2021}}, "2021, submitted."),
        ({"venue": {"name": "J"}, "status": "published"}, "*J*."),
        ({"status": "in preparation"}, "In preparation."),
        ({"date": {"month": 5, "day": 19}}, "19 May."),
        ({"kind": "thesis", "venue": {"name": "Analytical College"}}, "Thesis, *Analytical College*."),
        ({"kind": "thesis", "details": {"genre": "PhD thesis"}, "date": {"year": 1843}}, "PhD thesis, 1843."),
        ({"kind": "report", "details": {"genre": "Memo", "number": "7"}}, "Memo 7."),
        ({"kind": "report", "details": {"number": "7"}, "venue": {"name": "Looms"}}, "Report 7, *Looms*."),
        ({"kind": "software"}, "Software."),
    ],
)  # fmt: skip
def test_where_it_appeared_is_shown_as_far_as_known(facts: dict[str, Any], line: str) -> None:
    assert bullet(**facts) == f"- Title. {line}"


ARXIV = {"number": "2406.01589"}


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"kind": "preprint"}, "Preprint."),
        ({"kind": "preprint", "date": {"year": 2024}}, "Preprint, 2024."),
        ({"arxiv": ARXIV}, "Preprint."),
        ({"arxiv": ARXIV, "doi": "10.48550/arxiv.2406.01589"}, "Preprint."),
        ({"kind": "preprint", "venue": {"name": "bioRxiv"}}, "*bioRxiv*."),
        # It has appeared since.
        ({"kind": "preprint", "arxiv": ARXIV, "doi": "10.1000/x"}, ""),
        ({"kind": "preprint", "arxiv": ARXIV, "venue": {"name": "Nature"}}, "*Nature*."),
        ({"kind": "preprint", "arxiv": ARXIV, "journal_ref": "Nature 5"}, "Nature 5."),
        ({"kind": "article-journal", "arxiv": ARXIV}, ""),
    ],
)
def test_what_is_nothing_but_a_preprint_is_called_one(facts: dict[str, Any], line: str) -> None:
    assert bullet(Style(links=()), **facts) == f"- Title. {line}".rstrip()


def hint(**venue: Any) -> dict[str, Any]:
    return {"text": "news", "venue": venue, "note": "oral"}


@pytest.mark.parametrize(
    ("hints", "line"),
    [
        ([hint(name="CogSci", year=2024)], "*CogSci*, 2024 (oral)."),
        ([hint(name="CogSci"), hint(name="Cogsci", year=2024)], "*CogSci*, 2024 (oral)."),
        ([hint(name="CogSci", year=2023)], "*CogSci*, 2024."),
        ([hint(name="NeurIPS", year=2024)], "*CogSci*, 2024."),
    ],
)
def test_news_adds_to_the_very_venue_and_is_no_venue_itself(hints: list[dict[str, Any]], line: str) -> None:
    assert bullet(venue={"name": "CogSci", "year": 2024}, hints=hints) == f"- Title. {line}"
    assert bullet(hints=hints) == "- Title."


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ({"note": "Best *paper*"}, r" Best \*paper\*."),
        ({"note": "In Press", "status": "in press"}, " In press."),
        ({"note": "arXiv:2406.01589", "arxiv": ARXIV, "kind": "report"}, " Report."),
        ({"note": "Oral", "venue": {"name": "J"}, "hints": [hint(name="J")]}, " *J* (oral)."),
    ],
)
def test_a_note_is_shown_unless_another_part_says_it(facts: dict[str, Any], line: str) -> None:
    assert bullet(Style(links=()), **facts) == f"- Title.{line}"


def test_notes_can_be_left_out() -> None:
    facts = {"note": "Best paper", "venue": {"name": "J"}, "hints": [hint(name="J")]}
    assert bullet(Style(notes=False), **facts) == "- Title. *J*."


@pytest.mark.parametrize(
    ("kind", "line"), [("profile", "- Title. Said."), ("user", "- Title. Said."), ("arxiv", "- Title.")]
)
def test_what_a_service_notes_of_a_manuscript_is_no_note_on_the_work(kind: str, line: str) -> None:
    said = Sighting(source=Source(kind=kind, locator="x"), facts=Facts(note="Said"))
    publication = work(note="Said").model_copy(update={"ranked": {"note": (Claim("note", "Said", said),)}})
    assert markdown.render([publication], Style(group_by="none")) == f"{line}\n"


def test_everybody_else_is_named_by_role() -> None:
    people = {"names": [names.parse("Ada Lovelace"), names.parse("Mary Somerville")], "complete": False}
    roles = {
        "editor": people,
        "translator": {"names": [{"literal": "Z"}]},
        "script-writer": {"names": [{"literal": "Y"}]},
    }
    assert bullet(kind="book", contributors=roles) == (
        "- Title. Edited by **Ada Lovelace**, Mary Somerville, et al. Script writer: Y. Translated by Z."
    )


@pytest.mark.parametrize(
    ("kind", "line"), [("chapter", "- Title. Edited by Z. *B*."), ("paper-conference", "- Title. *B*.")]
)
def test_who_edited_proceedings_is_not_named_with_each_paper(kind: str, line: str) -> None:
    assert bullet(kind=kind, contributors={"editor": {"names": [{"literal": "Z"}]}}, venue={"name": "B"}) == line


def test_links_stand_in_a_fixed_order_and_none_twice() -> None:
    facts: dict[str, Any] = {
        "arxiv": ARXIV,
        "doi": "10.1000/x(1)",
        "urls": [
            "https://arxiv.org/pdf/2406.01589v1", "https://doi.org/10.1000/X(1)", "javascript:alert(1)",
            "https://a.b/c", "https://a.b/d", "https://github.com/a/b", "https://a.b/e.pdf?x=1",
        ],
    }  # fmt: skip
    assert bullet(**facts) == (
        "- Title. [PDF](https://a.b/e.pdf?x=1) · [arXiv](https://arxiv.org/abs/2406.01589) · "
        "[DOI](https://doi.org/10.1000/x%281%29) · [code](https://github.com/a/b) · [link](https://a.b/c)"
    )
    style = Style.model_validate({"links": "doi, arxiv", "labels": {"doi": "[doi]"}})
    assert bullet(style, **facts) == (
        r"- Title. [\[doi\]](https://doi.org/10.1000/x%281%29) · [arXiv](https://arxiv.org/abs/2406.01589)"
    )


@pytest.mark.parametrize(
    ("url", "label"),
    [
        ("https://arxiv.org/abs/2406.01589", "arXiv"),
        ("https://export.arxiv.org/pdf/2406.01589.pdf", "arXiv"),
        ("http://dx.doi.org/10.1000/x", "DOI"),
        ("https://a.b/x.PDF#page=2", "PDF"),
        ("https://openreview.net/pdf?id=x", "PDF"),
        ("https://openreview.net/forum?id=x", "link"),
        ("https://github.com/a/b/raw/x.pdf", "PDF"),
        ("https://gitlab.example.org/a", "code"),
        ("https://a.github.io/b", "link"),
        ("https://a.b/?next=github.com/c", "link"),
        ("https://notarxiv.org/abs/1", "link"),
        ("https://a.b/pdf", "link"),
    ],
)
def test_a_link_is_labelled_by_where_it_leads(url: str, label: str) -> None:
    assert bullet(kind="book", urls=[url]).startswith(f"- Title. [{label}](")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "JAVASCRIPT://https://a.b", "data:text/html,x", "vbscript:x"])
def test_what_is_no_web_address_is_no_link(url: str) -> None:
    assert bullet(urls=[url]) == "- Title."


def test_complete_abstracts_that_are_asked_for_are_paragraphs_of_their_bullets() -> None:
    works = [work(title=t, abstract={"text": "- It *is*.", "complete": c}) for t, c in (("Ax", True), ("Bx", False))]
    assert markdown.render(works, Style(abstracts=True)) == "## Undated\n\n- Ax.\n\n    \\- It \\*is\\*.\n\n- Bx.\n"
    assert markdown.render(works, Style()) == "## Undated\n\n- Ax.\n- Bx.\n"


# ---------------------------------------------------------------- groups, headings, numbers


def listed(style: Style) -> str:
    works = [
        work(title="New", date={"year": 2024}, arxiv=ARXIV),
        work(title="Next", date={"year": 2021}, venue={"name": "J", "kind": "article-journal"}),
        work(title="Odd", date={"year": 2020}, status="Under  review"),
        work(title="Old", date={"year": 1999}, kind="book", status="in press"),
    ]
    lines = markdown.render(works, style).splitlines()
    return " ".join(line.split(".")[0] for line in lines if line)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        ({}, "## 2024 - New ## 2021 - Next ## 2020 - Odd ## 1999 - Old"),
        ({"group_by": "none"}, "- New - Next - Odd - Old"),
        ({"group_by": "type"}, "## Journal articles - Next ## Preprints - New ## Books - Old ## Other - Odd"),
        ({"group_by": "status"}, "## Published - Next ## In press - Old ## Preprints - New ## Under review - Odd"),
        ({"heading_level": 4, "group_by": "type", "headings": {"book": "Bücher *", "other": "Rest"}},
         r"#### Journal articles - Next #### Preprints - New #### Bücher \* - Old #### Rest - Odd"),
        ({"numbering": "descending", "group_by": "type"},
         r"## Journal articles - \[4\] Next ## Preprints - \[3\] New ## Books - \[2\] Old ## Other - \[1\] Odd"),
        ({"numbering": "ascending", "group_by": "none"}, r"- \[1\] New - \[2\] Next - \[3\] Odd - \[4\] Old"),
    ],
)  # fmt: skip
def test_the_style_says_how_it_is_grouped_and_numbered(choices: dict[str, Any], expected: str) -> None:
    assert listed(Style(**choices)) == expected


def test_a_heading_that_says_preprints_is_not_said_again() -> None:
    for group_by in ("type", "status"):
        assert "Preprint." not in listed(Style.model_validate({"group_by": group_by}))


def test_what_has_no_year_may_be_called_otherwise() -> None:
    assert markdown.render([work()], Style(headings={"undated": "Forthcoming"})) == "## Forthcoming\n\n- Title.\n"


def test_an_entry_may_begin_with_its_authors() -> None:
    style = Style(first="authors", owners=OWNER.owners)
    facts: dict[str, Any] = {
        "title": "1. Title",
        "authors": {"names": [{"literal": "- Z"}, names.parse("Ada Lovelace")]},
    }
    assert bullet(style, **facts) == r"- \- Z, **Ada Lovelace**. 1. Title."
    assert bullet(style, title="1. Title") == r"- 1\. Title."


def test_every_kind_of_work_and_of_link_has_its_words() -> None:
    assert set(get_args(Kind)) < set(HEADINGS)
    assert set(get_args(Link)) < set(LABELS)


@pytest.mark.parametrize("kind", get_args(Kind))
def test_every_kind_has_a_group_and_an_entry(kind: Kind) -> None:
    assert markdown.render([work(kind=kind)], Style(group_by="type")) == f"## {HEADINGS[kind]}\n\n- Title.\n"


# ---------------------------------------------------------------- laws

HOSTILE = st.lists(
    st.sampled_from([*r"\`*_{}[]()#+-.!|<>&~$^@:;=%'\"/ ", "www.", "http://", "{{", "1.", "</li>", "\n", "---", "a"])
    | st.text(max_size=3),
    max_size=12,
).map("".join)
CHOICES = st.fixed_dictionaries(
    {
        "group_by": st.sampled_from(["year", "type", "status", "none"]),
        "numbering": st.sampled_from(["none", "ascending", "descending"]),
        "first": st.sampled_from(["title", "authors"]),
    }
)


@given(st.lists(HOSTILE.map(lambda text: f"x{text}"), min_size=1, max_size=4), CHOICES)
def test_a_work_is_one_bullet_whatever_its_texts_and_its_style(texts: list[str], choices: dict[str, Any]) -> None:
    works = [
        work(
            title=text, authors={"names": [{"literal": text}]}, urls=[f"https://a.b/{text}"], note=text, status=text,
            venue={"name": text, "volume": text, "issue": text, "pages": text, "publisher": text},
            contributors={text: {"names": [{"literal": text}]}}, details={"edition": text, "genre": text},
        )
        for text in texts
    ]  # fmt: skip
    lines = [line for line in markdown.render(works, Style(**choices)).split("\n") if line]
    bullets = [line for line in lines if not line.startswith("## ")]
    assert len(bullets) == len(works)
    assert all(line.startswith(("- x", r"- \[")) and line.count("](https://") == 1 for line in bullets)
