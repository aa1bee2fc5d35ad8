"""The stand-in answers as arXiv does: the expected answers of ../shared/arxiv_api.md, 4, and its grammar, 1.2."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, build_opener

import pytest
from arxiv_stand_in import (
    ATOM,
    DIALECTS,
    OPENSEARCH,
    StandIn,
    empty_page,
    entity_bomb,
    external_entity,
    malformed,
    parse_query,
    phrase_in,
    record,
    seed_records,
    status,
)

OPENER = build_opener(ProxyHandler({}))
PAPERS = [
    record("2406.01589", "Tilting the Odds at the Lottery", ["Stefano Sarao Mannelli", "Andrew Saxe"], "2024-06-03"),
    record("2605.20105", "Optimal Size", ["Clémentine Dominé", "Rodrigo Carrasco-Davis"], "2026-05-19", version=3),
    record("2001.00001", "On the Fréchet Mean", ["Andrew Other", "Maxwell Saxe"], "2020-01-01", primary="stat.ML"),
]


def ask(server, post=False, **form):
    """Status, the feed's totalResults, and the numbers of its entries."""
    data = urlencode(form)
    try:
        with OPENER.open(server.url, data.encode()) if post else OPENER.open(f"{server.url}?{data}") as reply:
            status, body = reply.status, reply.read()
    except HTTPError as error:
        with error:
            status, body = error.code, error.read()
    if not body.startswith(b"<?xml"):
        return status, None, []
    root = ET.fromstring(body)  # noqa: S314
    ids = [entry.findtext(f"{{{ATOM}}}id", "") for entry in root.iter(f"{{{ATOM}}}entry")]
    return status, int(root.findtext(f"{{{OPENSEARCH}}}totalResults", "")), [name.split("/abs/")[-1] for name in ids]


def numbers(server, **form):
    return {re.sub(r"v\d+$", "", name) for name in ask(server, **form)[2]}


@pytest.fixture
def seeds(shared):
    with StandIn(seed_records(shared)) as server:
        yield server


@pytest.fixture
def server():
    with StandIn(PAPERS) as server:
        yield server


@pytest.fixture
def all_titles(shared):
    papers = json.loads((shared / "arxiv" / "seed_papers.json").read_text(encoding="utf-8"))
    return " OR ".join(f'ti:"{paper["seed_title"]}"' for paper in papers)


@pytest.mark.parametrize("post", [False, True])
def test_the_seed_titles_in_one_question_find_the_22_papers(seeds, all_titles, post):
    status, total, found = ask(seeds, post, search_query=all_titles, max_results="60")
    assert (status, total, len(found), len(set(found))) == (200, 22, 22, 22)
    assert seeds.log[0].method == ("POST" if post else "GET")


def test_ten_entries_come_when_no_number_is_asked_for(seeds, all_titles):
    assert ask(seeds, search_query=all_titles)[1:] == (
        22,
        ask(seeds, search_query=all_titles, max_results="60")[2][:10],
    )


def test_pages_follow_each_other(seeds, all_titles):
    pages = [ask(seeds, search_query=all_titles, start=str(start))[2] for start in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 2, 0]
    assert len({name for page in pages for name in page}) == 22


def test_a_stop_word_is_a_hole(seeds):
    title = "Maslow's Hammer in Catastrophic Forgetting: Node Re-Use vs. Node Activation"
    assert numbers(seeds, search_query=f'ti:"{title}"') == {"2205.09029"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('au:"Sarao Mannelli"', {"2406.01589"}),
        ('au:"Mannelli, Stefano"', {"2406.01589"}),
        ("au:Sarao_Mannelli", {"2406.01589"}),
        ("ti:nothing OR au:Sarao_Mannelli", set()),
        ("au:Domine", {"2605.20105"}),
        ("au:Carrasco", set()),
        ('au:"Saxe A"', set()),
        ('au:"Andrew Saxe"', {"2406.01589"}),  # not the paper of Andrew Other and Maxwell Saxe
        ('ti:"Frechet Mean"', set()),
        ('ti:"Fréchet Mean"', {"2001.00001"}),
        ("ti:odd", {"2406.01589"}),
        ("title:lottery", {"2406.01589"}),
        ("lottery", {"2406.01589"}),
        ("cat:stat.*", {"2001.00001"}),
        ("submittedDate:[202001010000 TO 202406040000]", {"2406.01589", "2001.00001"}),
        ("au:saxe ANDNOT ti:lottery", {"2001.00001"}),
        ("au:saxe NOT ti:lottery", {"2001.00001"}),
        ("ti:(lottery mean)", {"2406.01589", "2001.00001"}),
        ("ti:nothing AND ti:nothing OR ti:lottery", set()),  # nothing AND (nothing OR lottery)
        ("(ti:nothing AND ti:nothing) OR ti:lottery", {"2406.01589"}),
        ("ti:lottery and", {"2406.01589"}),  # a word, not an operator
        ("id:2406.01589", {"2406.01589"}),
    ],
)
def test_queries_find_what_arxiv_finds(server, query, expected):
    assert numbers(server, search_query=query) == expected


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("ti:Maslow's Hammer for", "Maslow's/ti (Hammer/all for/all)"),
        ('ti:"a "b" c"', "a /ti (b/all  c/all)"),
        ('ti:lottery "open', "lottery/ti open/all"),
        ("foo:bar", "foo:bar/all"),
    ],
)
def test_words_alone_are_sought_everywhere_and_nothing_escapes(query, read):
    def shown(tree):
        if hasattr(tree, "text"):
            return f"{tree.text}/{tree.field}"
        right = shown(tree.right)
        return f"{shown(tree.left)} ({right})" if hasattr(tree.right, "left") else f"{shown(tree.left)} {right}"

    assert shown(parse_query(query)) == read


@pytest.mark.parametrize(
    "form",
    [
        {"search_query": "ti:a AND"},
        {"search_query": "AND ti:a"},
        {"search_query": "(ti:a"},
        {"search_query": "ti:a)"},
        {"search_query": 'ti:"a\\"'},
        {"search_query": "cat:*.LG"},
        {"search_query": "ti:lottery", "start": "-1"},
        {"search_query": "ti:lottery", "max_results": "many"},
        {"search_query": "ti:lottery", "sortBy": "title"},
        {},
    ],
)
def test_what_arxiv_refuses_is_a_feed_with_an_error(server, form):
    status, total, found = ask(server, **form)
    assert (status, total) == (400, 1)
    assert "/api/errors" in found[0]


def test_a_page_of_nothing_breaks_the_server(server):
    assert ask(server, search_query="ti:lottery", max_results="0")[0] == 500


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("2406.01589,9999.99999", ["2406.01589v1"]),
        ("arXiv:2406.01589", []),
        ("2605.20105, 2406.01589", ["2605.20105v3"]),  # the blank belongs to the number
        ("2605.20105,2406.01589", ["2406.01589v1", "2605.20105v3"]),  # the order is not kept
        ("2605.20105v2", ["2605.20105v2"]),
        ("2605.20105v4", []),
    ],
)
def test_numbers_are_asked_for_as_they_are_written(server, asked, expected):
    assert ask(server, id_list=asked) == (200, len(expected), expected)


def test_one_bad_number_spoils_all(server):
    status, _, found = ask(server, id_list="2406.01589,abc")
    assert (status, found) == (400, ["https://arxiv.org/api/errors#incorrect_id_format_for_abc"])


def test_a_query_filters_the_numbers(server):
    assert numbers(server, id_list="2406.01589,2605.20105", search_query="ti:lottery") == {"2406.01589"}


def test_an_address_that_is_too_long_is_refused_but_not_a_form(server):
    many = ",".join(["2406.01589"] * 800)
    assert ask(server, id_list=many)[0] == 414
    assert ask(server, post=True, id_list=many) == (200, 1, ["2406.01589v1"])


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_dialect_is_a_feed_with_the_same_papers(shared, dialect):
    with StandIn(seed_records(shared), dialect) as server:
        assert ask(server, search_query="au:saxe", max_results="60")[1] == 20  # Mori's and Jain's have no Saxe


def test_only_the_old_dialect_answers_for_an_unknown_number():
    answers = {}
    for dialect in DIALECTS:
        with StandIn(PAPERS, dialect) as server:
            answers[dialect] = ask(server, id_list="2406.01589,9999.99999")[2]
    assert answers == {
        "old": ["2406.01589v1", "9999.99999"],
        "2025-11": ["2406.01589v1"],
        "now": ["2406.01589v1"],
    }


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("Are Efficient Deep Representations Learnable?", "Are efficient deep representation learnable", True),
        ("curricula in networks", "Curricula of Networks", True),
        ("the of", "the of", False),
        ("node activation", "activation node", False),
    ],
)
def test_a_phrase_keeps_its_order_and_its_holes(phrase, text, expected):
    assert phrase_in(phrase, text) is expected


def test_faults_are_used_up_in_order():
    with StandIn(PAPERS, faults=[status(503), None, empty_page]) as server:
        answers = [ask(server, id_list="2406.01589") for _ in range(4)]
    assert [(code, total, len(found)) for code, total, found in answers] == [
        (503, None, 0),
        (200, 1, 1),
        (200, 22, 0),
        (200, 1, 1),
    ]


@pytest.mark.parametrize("fault", [malformed, external_entity])
def test_a_spoilt_feed_is_no_xml_to_a_plain_reader(fault):
    with StandIn(PAPERS, faults=[fault]) as server, pytest.raises(ET.ParseError):
        ask(server, id_list="2406.01589")
    assert [asked.path for asked in server.log] == ["/api/query"]


def test_a_bomb_is_small_until_it_is_read():
    with StandIn(PAPERS, faults=[entity_bomb]) as server, OPENER.open(server.url) as reply:
        assert len(reply.read()) < 1500
