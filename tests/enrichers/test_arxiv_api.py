from __future__ import annotations

import re
from urllib.parse import quote_plus

import pytest

from pubtools.enrichers._arxiv_api import QUERY_BYTES, URL, Api, phrase_of, sendable
from pubtools.errors import EnrichmentError, UnexpectedReplyError

ENTRY = "<entry><id>http://arxiv.org/abs/{0}</id><title>{0}</title></entry>"


class Asked:
    """A fetch that answers with what `reply` gives for the parameters, and remembers them."""

    def __init__(self, reply=lambda parameters: ((), 0)):
        self.reply = reply
        self.questions: list[dict[str, str]] = []

    def __call__(self, url, parameters):
        self.url = url
        self.questions.append(dict(parameters))
        numbers, total = self.reply(parameters)
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:o="http://a9.com/-/spec/opensearch/1.1/">'
            f"<o:totalResults>{total}</o:totalResults>{''.join(map(ENTRY.format, numbers))}</feed>"
        ).encode()


def test_numbers_go_in_one_list_with_max_results():
    asked = Asked(lambda _: (("2107.05580v2",), 1))
    found = Api(asked).by_ids(
        ["arXiv:2107.05580", "https://arxiv.org/abs/2406.01589v3", "2107.05580v1", "math.GT/0309136"]
    )
    assert asked.questions == [
        {"id_list": "2107.05580,2406.01589,math/0309136", "start": "0", "max_results": "10"}
    ]  # fmt: skip
    assert asked.url == URL
    assert [record.locator for record in found] == ["2107.05580v2"]


def test_what_is_no_number_is_never_sent():
    asked = Asked()
    assert Api(asked).by_ids(["abc", "9999", "0000.0000", "1234.12345", "2401.0158", "nowhere/0101001", ""]) == []
    assert asked.questions == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0704.0001", "0704.0001"),
        ("1412.9999", "1412.9999"),
        ("1501.00001", "1501.00001"),
        ("0912.3295v2", "0912.3295"),
        ("hep-th/9901001", "hep-th/9901001"),
        ("cmp-lg/9408001", "cmp-lg/9408001"),
        ("hep-th/9913001", None),
        ("1412.00001", None),
        ("10.48550/arXiv.2406.01589", "2406.01589"),
    ],
)
def test_a_number_is_sent_bare_or_not_at_all(text, number):
    assert sendable(text) == number


def test_many_numbers_go_in_batches_each_with_its_max_results():
    asked = Asked()
    Api(asked).by_ids([f"2401.{n:05d}" for n in range(1, 251)])
    assert [question["max_results"] for question in asked.questions] == ["100", "100", "50"]


def test_titles_are_quoted_phrases_joined_by_or():
    asked = Asked()
    Api(asked).by_titles(["Tensor Switching Networks", "Are Efficient Deep Representations Learnable?"])
    assert asked.questions == [
        {
            "search_query": 'ti:"Tensor Switching Networks" OR ti:"Are Efficient Deep Representations Learnable?"',
            "start": "0",
            "max_results": "10",
        }
    ]


@pytest.mark.parametrize(
    ("title", "phrase"),
    [
        ("Maslow's Hammer: Node Re-Use vs Node Activation", "Maslow's Hammer: Node Re-Use vs Node Activation"),
        ('On "Quoted" Words', "On Quoted Words"),
        ("Two\n  Lines\tof it", "Two Lines of it"),
        ("A {Human} Attention {RL}", "A Human Attention RL"),
        ("Fréchet Means", "Fréchet Means"),
        ("Fre\u0301chet Means", "Fréchet Means"),
        ("Curly “quotes” stay", "Curly “quotes” stay"),
        ("Analysis of Atomically Smooth BaBiO$_3$ Films", "Analysis of Atomically Smooth"),
        ("$O(n \\log n)$ bounds for the longest run", "bounds for the longest run"),
        (r"Bounds \emph{without} any hope of return", "any hope of return"),
        ("ends with a backslash\\", "ends with a"),
        ("0", "0"),
        ("$x$", None),
        ("???", None),
        ("", None),
    ],
)  # fmt: skip
def test_a_phrase_holds_nothing_that_breaks_a_query(title, phrase):
    assert phrase_of(title) == phrase


def test_a_long_title_is_told_by_its_beginning():
    title = " ".join(["длинное"] * 60)
    phrase = phrase_of(title)
    assert title.startswith(phrase)
    assert len(quote_plus(phrase)) < QUERY_BYTES / 2


def test_titles_go_in_batches_of_25_and_of_few_bytes():
    asked = Asked()
    titles = [f"A Title of Some Length That Is Numbered {n:03d} and Says Nothing Else at All" for n in range(60)]
    Api(asked).by_titles([*titles, *titles])
    sizes = [question["search_query"].count("ti:") for question in asked.questions]
    assert sum(sizes) == 60
    assert max(sizes) <= 25
    assert [int(question["max_results"]) for question in asked.questions] == [max(3 * size, 10) for size in sizes]
    assert all(len(quote_plus(question["search_query"])) <= QUERY_BYTES for question in asked.questions)


def test_23_titles_are_one_request(shared):
    import json

    papers = json.loads((shared / "arxiv" / "seed_papers.json").read_text("utf-8"))
    asked = Asked()
    Api(asked).by_titles([paper["seed_title"] for paper in papers])
    assert len(asked.questions) == 1


def test_no_title_is_no_request():
    asked = Asked()
    assert Api(asked).by_titles(["$x$", ""]) == []
    assert Api(asked).by_author('""') == []
    assert asked.questions == []


def test_a_batch_that_one_title_floods_is_split():
    def reply(parameters):
        wanted = int(parameters["max_results"])
        if "Deep Learning" in parameters["search_query"]:
            return [f"2401.{n:05d}v1" for n in range(1, wanted + 1)], 9000
        numbers = [f"2402.{int(n):05d}v1" for n in re.findall(r"Number (\d+)", parameters["search_query"])]
        return numbers, len(numbers)

    asked = Asked(reply)
    found = Api(asked).by_titles([*(f"Paper Number {n}" for n in range(1, 8)), "Deep Learning"])
    assert {f"2402.{n:05d}v1" for n in range(1, 8)} <= {record.locator for record in found}
    assert len(asked.questions) == 7
    assert len({record.locator for record in found}) == len(found)


def test_an_author_is_one_quoted_phrase_and_at_most_200_records():
    asked = Asked()
    Api(asked).by_author('Stefano "Sarao" Mannelli\\')
    (question,) = asked.questions
    assert question["search_query"] == 'au:"Stefano Sarao Mannelli"'
    assert question["max_results"] == "200"


def test_a_page_shorter_than_its_total_is_no_answer():
    with pytest.raises(UnexpectedReplyError, match="1 of 2"):
        Api(Asked(lambda _: (("2107.05580v2",), 2))).by_ids(["2107.05580", "2107.05581"])


def test_a_fault_of_the_fetch_goes_through():
    def fetch(url, parameters):
        raise EnrichmentError("too slow", service="arXiv")

    with pytest.raises(EnrichmentError, match="too slow"):
        Api(fetch).by_titles(["Tensor Switching Networks"])


def test_an_authors_feed_is_asked_at_arxiv_itself():
    asked = Asked(lambda _: (("2107.05580v2",), 1))
    assert len(Api(asked).author_feed("saxe_a_1")) == 1
    assert asked.url == "https://arxiv.org/a/saxe_a_1.atom"
    with pytest.raises(UnexpectedReplyError):
        Api(asked).author_feed("../api/query?x=1")
