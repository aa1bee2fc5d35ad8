"""News in the words of a CV, and the body of a pull request made of it."""

from __future__ import annotations

from typing import Any

from pubtools import merging, news, summary
from pubtools.fields import names
from pubtools.models import ArxivId, Authors, Facts, Kind, PartialDate, Publication, Sighting, Source, Venue
from pubtools.people import People
from pubtools.problems import Problem, Where

ARXIV = ArxivId(number="2001.00001")


def authors(*written: str, complete: bool = True) -> Authors:
    return Authors(names=tuple(names.parse(name) for name in written), complete=complete)


def work(
    key: str = "lovelace2020tides", line: int = 3, gone: bool = False, excluded: bool = False, **facts: Any
) -> Publication:
    said = {"title": "A study of tides", "authors": authors("Ada Lovelace"), "date": PartialDate(year=2020), **facts}
    sighting = Sighting(
        source=Source(kind="profile", locator="page.txt"),
        facts=Facts(**{name: value for name, value in said.items() if value is not None}),
        lines=(line, line + 2),
        at=dict.fromkeys(said, line),
    )
    return merging.resolve(key, [sighting], People(), gone=gone, excluded=excluded)


def venue(name: str, kind: Kind = "article-journal") -> Venue:
    return Venue(name=name, kind=kind)


def test_the_same_library_is_no_news_even_on_other_lines():
    assert not news.between([work()], [work(line=30)])
    assert summary.markdown(news.between([work()], [work()])) == "Nothing new.\n"


def test_a_preprint_that_gets_a_venue_became_published():
    before = work(kind="preprint", arxiv=ARXIV)
    after = work(kind="article-journal", venue=venue("Annals of Tides"), arxiv=ARXIV)
    found = news.between([before], [after])
    assert [change.fields for change in found.published] == [("kind", "venue")]
    assert summary.markdown(found) == (
        "1 preprint became published.\n\n### Published, no longer only a preprint\n\n"
        "- A study of tides [arXiv](<https://arxiv.org/abs/2001.00001>): kind: preprint → article-journal; "
        "venue: Annals of Tides — page&#46;txt:3\n"
    )


def test_each_change_is_told_once_and_in_its_own_words():
    before = [
        work("a", title="One title", venue=venue("Annals")),
        work("b", title="Two titles", authors=authors("Ada Lovelace", complete=False)),
        work("c", title="Three titles", date=PartialDate(year=2020)),
        work("d", title="Four titles"),
        work("e", title="Five titles", gone=True),
    ]
    after = [
        work("a", title="One title", venue=venue("Annals of Tides")),
        work("b", title="Two titles", authors=authors("Ada Lovelace", "Mary Somerville")),
        work("c", title="Three titles", date=PartialDate(year=2021)),
        work("d", title="Four titles", gone=True),
        work("e", title="Five titles"),
        work("f", title="Six titles"),
    ]
    found = news.between(before, after)
    assert [[change.after.key for change in part] for part in (found.venues, found.completed, found.changed)] == [
        ["a"], ["b"], ["c"],
    ]  # fmt: skip
    assert [[one.key for one in part] for part in (found.gone, found.back, found.new)] == [["d"], ["e"], ["f"]]
    assert (found.lost, found.emptied, found.published) == ((), (), ())


def test_what_is_lost_or_emptied_is_named():
    found = news.between([work("a"), work("b", doi="10.1000/x")], [work("b")])
    assert [one.key for one in found.lost] == ["a"]
    assert [(change.after.key, change.fields) for change in found.emptied] == [("b", ("doi",))]


def test_a_work_that_goes_on_under_another_key_is_not_lost():
    after = work("new").model_copy(update={"aliases": ("old",)})
    found = news.between([work("old")], [after])
    assert found == news.News(rekeyed=(("old", "new"),))
    assert "- old is now new\n" in summary.markdown(found)
    assert not news.between([after], [after])


def test_what_the_user_drops_or_excludes_is_not_lost():
    user = Sighting(source=Source(kind="user", locator="pubtools.toml", trust=100), facts=Facts(), denies=("date",))
    dropped = merging.resolve("a", [*work("a").sightings, user], People())
    found = news.between([work("a"), work("b")], [dropped, work("b", excluded=True)])
    assert (found.lost, found.emptied) == ((), ())


def test_a_pull_request_is_not_at_the_mercy_of_a_title():
    hostile = work("a", title="# <img src=x> [click](javascript:alert(1)) @everyone `x` ![y](z)")
    body = summary.markdown(news.between([], [hostile]), [Problem("D01", "no | year <b>", Where("page.txt", 3))])
    assert body.startswith("1 new paper, 1 point wants a person.\n")
    assert "<img" not in body
    assert r"\[click\](javascript" in body  # text, no link
    assert "@everyone" not in body
    assert "- page&#46;txt:3: D01 no &#124; year &lt;b&gt;" in body


def test_a_long_list_is_cut_and_says_so():
    many = [work(f"k{number}", title=f"Study number {number} of tides") for number in range(150)]
    body = summary.markdown(news.between([], many))
    assert body.startswith("150 new papers.\n")
    assert "- … and 50 more" in body
