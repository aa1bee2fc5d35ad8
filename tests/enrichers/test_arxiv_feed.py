from __future__ import annotations

import time
import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from pubtools.enrichers._arxiv_feed import MAX_BYTES, parse
from pubtools.errors import UnexpectedReplyError

REPLIES = Path(__file__).parents[2] / "fixtures" / "replies" / "arxiv"
DIALECTS = ("old.xml", "2025-11.xml", "now.xml")


def feed_of(*inside: str, total: int | None = 1, doctype: str = "") -> bytes:
    number = "" if total is None else f"<o:totalResults>{total}</o:totalResults>"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{doctype}<feed xmlns="http://www.w3.org/2005/Atom"'
        ' xmlns:o="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"{number}{''.join(inside)}</feed>"
    ).encode()


def entry_of(inside: str = "", *, number: str = "2512.99901v1", title: str = "Weaving Numbers") -> str:
    return f"<entry><id>http://arxiv.org/abs/{number}</id><title>{title}</title>{inside}</entry>"


def only(body: bytes):
    (record,) = parse(body).entries
    return record.facts


# ---------------------------------------------------------------- the dialects


@pytest.fixture(params=DIALECTS)
def records(request):
    return {record.locator: record for record in parse((REPLIES / request.param).read_bytes()).entries}


def test_every_dialect_gives_the_same_records():
    told = [
        sorted(parse((REPLIES / name).read_bytes()).entries, key=lambda record: record.locator) for name in DIALECTS
    ]
    assert told[0] == told[1] == told[2]
    assert len(told[0]) == 2


def test_a_record_says_all_that_the_feed_says(records):
    record = records["2512.99902v3"]
    facts = record.facts
    assert facts.title == "Computing Bernoulli Numbers $B_{2n}$ Without Human Guidance"
    assert [name.literal for name in facts.authors.names] == [
        "Ada Lovelace",
        "Clémentine O'Dominé",
        "The Analytical Society Collaboration",
    ]
    assert facts.authors.complete
    assert facts.date.parts == (2025, 12, 10)
    assert record.updated == date(2026, 2, 1)
    assert (facts.arxiv.number, facts.arxiv.version) == ("2512.99902", 3)
    assert facts.doi == "10.5555/engine.1843"
    assert facts.urls == ("https://doi.org/10.5555/engine.1843.erratum",)
    assert facts.subjects == ("cs.MS", "math.NA")
    assert facts.abstract.text == "We give a plan by which an engine computes the numbers $B_{2n}$."
    assert facts.abstract.complete
    assert facts.note == "12 pages, 2 tables; accepted at HOPL 2026 as a poster"
    assert facts.journal_ref == "Sci. Mem. 3 (2026) 666-731"
    assert (facts.kind, facts.venue.name, facts.venue.volume) == ("article-journal", "Sci. Mem.", "3")


def test_where_it_appeared_is_a_hint_without_a_line(records):
    (comment,) = records["2512.99902v3"].facts.hints
    assert (comment.venue.name, comment.venue.year, comment.note, comment.line) == ("HOPL", 2026, "poster", None)


def test_a_collaboration_is_not_split(records):
    assert records["2512.99902v3"].facts.authors.names[2].family is None


def test_an_old_number_and_a_title_that_is_zero_survive(records):
    facts = records["math/9912999v1"].facts
    assert (facts.title, facts.arxiv.number, facts.arxiv.version) == ("0", "math/9912999", 1)
    assert facts.date.parts == (1999, 12, 31)


def test_an_entry_for_an_unknown_number_is_shown_but_is_no_record():
    feed = parse((REPLIES / "old.xml").read_bytes())
    assert (feed.total, feed.shown, len(feed.entries)) == (3, 3, 2)


# ---------------------------------------------------------------- recorded replies


@pytest.mark.parametrize("folder", ["api-old", "api-new-2025-11", "api-new-2026"])
def test_every_recorded_reply_is_read_whole_or_refused(shared, folder):
    paths = sorted((shared / "arxiv" / "replies" / folder).glob("*.xml"))
    assert paths
    for path in paths:
        body = path.read_bytes()
        if b"/api/errors" in body:
            with pytest.raises(UnexpectedReplyError, match="incorrect id format"):
                parse(body)
            continue
        feed = parse(body)
        assert feed.shown == body.count(b"<entry>") == len(feed.entries)
        for record in feed.entries:
            facts = record.facts
            assert facts.title
            assert facts.authors
            assert facts.date.parts == facts.date.parts[:3] != ()
            assert facts.subjects
            assert "\n" not in facts.abstract.text
            assert record.updated >= date(*facts.date.parts)


def test_the_manuals_error_feed_is_refused_by_name(shared):
    body = (shared / "arxiv" / "replies" / "docs-examples" / "manual_2007_error_feed.xml").read_bytes()
    with pytest.raises(UnexpectedReplyError, match=r"1234\.12345"):
        parse(body)


def test_a_recorded_collaboration_with_affiliations(shared):
    body = next((shared / "arxiv" / "replies" / "api-new-2026").glob("id_astro-ph_0601001*")).read_bytes()
    facts = only(body)
    assert [name.literal for name in facts.authors.names][:2] == ["Andrew Gould", "Susan Dorsher"]
    assert facts.subjects == ("astro-ph",)
    assert facts.venue.year == 2006


def test_the_author_feeds_are_feeds_without_a_total(shared):
    folder = shared / "arxiv" / "replies" / "author-feed"
    (record,) = parse((folder / "shape_2026-04_atom2_abridged.xml").read_bytes()).entries
    assert [name.family for name in record.facts.authors.names] == ["Haslhofer", "Warner", "Lagoze", "Klein"]
    assert len(parse((folder / "docs_2015_fragment.xml").read_bytes()).entries) == 1


# ---------------------------------------------------------------- what is no answer


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b"Rate exceeded.", "Rate exceeded"),
        (b"<!DOCTYPE html><html><body>503</body></html>", "document type"),
        (b"<html><head><title>arXiv is down</title></head></html>", "<html>"),
        (b'<?xml version="1.0"?><rss version="2.0"/>', "<rss>"),
        (b'<feed xmlns="http://example.org/not-atom"/>', "<feed>"),
        (feed_of(entry_of())[:-20], "malformed or cut"),
        (feed_of("<entry>", "&nbsp;", "</entry>"), "malformed or cut"),
        (feed_of(total=7), "empty page"),
        (b"\x1f\x8b\x08\x00garbage", "no feed"),
        (b'<?xml version="1.0" encoding="klingon"?><feed/>', "encoding"),
        (
            feed_of(
                "<entry><id>http://arxiv.org/api/errors#x</id><title>Error</title><summary>bad x</summary></entry>"
            ),
            "bad x",
        ),
    ],
)
def test_what_is_no_answer_is_refused_with_the_reason(body, reason):
    with pytest.raises(UnexpectedReplyError, match=reason) as refused:
        parse(body)
    assert refused.value.service == "arXiv"


def test_an_empty_answer_is_an_answer():
    assert parse(feed_of(total=0)) == parse(feed_of(total=None))
    assert parse(feed_of(total=0)).entries == []


# ---------------------------------------------------------------- hostile replies


def test_an_entity_bomb_is_refused_before_it_grows():
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 30))
    doctype = f'<!DOCTYPE feed [<!ENTITY a0 "boom">{lines}]>'
    tracemalloc.start()
    began = time.perf_counter()
    try:
        with pytest.raises(UnexpectedReplyError, match="document type"):
            parse(feed_of(entry_of("<summary>&a29;</summary>"), doctype=doctype))
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert time.perf_counter() - began < 1


def test_a_bomb_in_another_encoding_is_refused():
    text = feed_of(doctype='<!DOCTYPE feed [<!ENTITY a "x">]>').decode().replace("UTF-8", "UTF-16")
    with pytest.raises(UnexpectedReplyError, match="document type"):
        parse(text.encode("utf-16"))


def test_no_external_entity_is_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody knows")
    doctype = f'<!DOCTYPE feed [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(UnexpectedReplyError, match="document type") as refused:
        parse(feed_of(entry_of("<summary>&x;</summary>"), doctype=doctype))
    assert "nobody" not in str(refused.value)


def test_a_reply_beyond_the_limit_is_not_even_parsed():
    with pytest.raises(UnexpectedReplyError, match="too long"):
        parse(b" " * (MAX_BYTES + 1))


def test_a_million_levels_are_refused():
    with pytest.raises(UnexpectedReplyError, match="nested"):
        parse(feed_of("<a>" * 1_000_000))


def test_control_characters_cost_nothing_and_are_not_kept():
    title = "Weaving\x0c Num\x1b[31mbers&#8;\u202e by\ufeff \x85Engine&#10;s"
    assert only(feed_of(entry_of(title=title))).title == "Weaving Num [31mbers by Engine s"


def test_no_link_of_a_feed_is_taken_over():
    links = '<link href="javascript:alert(1)" rel="alternate"/><link title="doi" href="data:text/html,x"/>'
    facts = only(feed_of(entry_of(f"{links}<arxiv:doi>javascript:alert(1)</arxiv:doi>")))
    assert facts.urls == ()
    assert facts.doi is None


def test_elements_of_another_namespace_are_none_of_ours():
    inside = '<title xmlns="http://example.org/">Evil</title><doi xmlns="http://example.org/">10.1/x</doi>'
    assert only(feed_of(entry_of(inside))).title == "Weaving Numbers"


# ---------------------------------------------------------------- what real records do


def test_31_authors_keep_their_order():
    families = [f"Weaver{letter}" for letter in "abcdefghijklmnopqrstuvwxyzäöüßø"]
    authors = "".join(f"<author><name>Ada {family}</name></author>" for family in families)
    assert [name.family for name in only(feed_of(entry_of(authors))).authors.names] == families
    assert len(families) == 31


def test_a_colon_between_collaboration_and_names_is_no_author():
    names = "".join(f"<author><name>{name}</name></author>" for name in ("LOOM Collaboration", ":", "Ada Lovelace"))
    assert [name.literal for name in only(feed_of(entry_of(names))).authors.names] == [
        "LOOM Collaboration",
        "Ada Lovelace",
    ]


@pytest.mark.parametrize(
    ("dois", "first", "others"),
    [
        (["10.1000/ABC"], "10.1000/abc", ()),
        (["10.1000/a", "10.1000/b"], "10.1000/a", ("https://doi.org/10.1000/b",)),
        (["10.1000/a 10.1000/b"], "10.1000/a", ("https://doi.org/10.1000/b",)),
        (["10.1000/a, 10.1000/b"], "10.1000/a", ("https://doi.org/10.1000/b",)),
        (["10.48550/arXiv.2512.99901", "10.1000/b"], "10.1000/b", ()),
        (["10.48550/arXiv.2512.99901"], None, ()),
        (["10.1000/(SICI)1&lt;2::AID-3&gt;3.0.CO;2-A"], "10.1000/(sici)1<2::aid-3>3.0.co;2-a", ()),
        (["to appear"], None, ()),
        (["10.1000/"], None, ()),
    ],
)
def test_the_first_publishers_doi_is_the_doi(dois, first, others):
    facts = only(feed_of(entry_of("".join(f"<arxiv:doi>{doi}</arxiv:doi>" for doi in dois))))
    assert (facts.doi, facts.urls) == (first, others)


def test_the_primary_category_comes_first_and_acm_classes_are_none():
    terms = ("cs.AI", "cs.LG", "I.2.6; I.2.8", "68T05", "stat.TH", "LG")
    inside = '<arxiv:primary_category term="cs.LG"/>' + "".join(f'<category term="{term}"/>' for term in terms)
    assert only(feed_of(entry_of(inside))).subjects == ("cs.LG", "cs.AI", "math.ST")


def test_a_time_with_an_offset_counts_in_utc():
    facts = only(feed_of(entry_of("<published>2023-12-31T23:30:00-05:00</published>")))
    assert facts.date.parts == (2024, 1, 1)


@pytest.mark.parametrize("published", ["", "soon", "0001-01-01T00:00:00Z", "2024-13-01T00:00:00Z"])
def test_a_day_that_is_none_is_unknown(published):
    assert only(feed_of(entry_of(f"<published>{published}</published>"))).date is None
