"""Every bad day of a service ends in one of two errors, within the deadline; and the pace is kept."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from email.utils import formatdate
from pathlib import Path

import pytest
from arxiv_stand_in import (
    StandIn,
    drip,
    drip_head,
    dropped,
    gzip_bomb,
    gzipped,
    html_page,
    huge,
    rate_exceeded_with_200,
    record,
    redirect,
    says,
    slow,
    status,
    truncated,
)

from pubtools.errors import ServiceUnavailableError, UnexpectedReplyError
from pubtools.fetching import Fetcher, user_agent
from pubtools.fetching.outcomes import seconds

AGENT = user_agent("me@example.org")
PAPERS = [record("2406.01589", "Tilting the Odds at the Lottery", ["Andrew Saxe"], "2024-06-03")]
FORM = {"search_query": 'ti:"secret words"', "max_results": "3"}


class FakeTime:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.s = 1_000_000_000.0
        self.slept_s = []

    def clock(self):
        return self.s

    def sleep(self, seconds):
        self.slept_s.append(seconds)
        self.s += seconds


@pytest.fixture
def fake():
    return FakeTime()


@pytest.fixture
def fetcher(fake):
    """One that waits without waiting, and has a minute of it."""
    with Fetcher(AGENT, None, clock=fake.clock, wall_clock=fake.clock, sleep=fake.sleep) as fetcher:
        yield fetcher


@pytest.fixture
def hasty():
    """One in real time, with a second of it."""
    with Fetcher(AGENT, None, interval_s=0.01, pause_s=0.01, deadline_s=0.7) as fetcher:
        yield fetcher


def test_an_answer_is_given_back_as_it_came(fetcher):
    with StandIn(PAPERS) as server:
        body = fetcher.fetch(server.url, {"id_list": "2406.01589"})
    assert b"<id>http://arxiv.org/abs/2406.01589v1</id>" in body
    assert (server.log[0].method, server.log[0].form) == ("GET", {"id_list": "2406.01589"})


def test_who_asks_is_said(fetcher):
    with StandIn(PAPERS) as server:
        fetcher.fetch(server.url, FORM)
    assert server.log[0].agent == AGENT


@pytest.mark.parametrize(
    ("contact", "ending"),
    [
        (None, "pubtools-cv)"),
        (" ", "pubtools-cv)"),
        ("a+b@example.org", "; mailto:a+b@example.org)"),
        ("zoë@example.org\r\nX: y", "; mailto:zo%C3%AB@example.org%0D%0AX%3A%20y)"),
    ],
)
def test_the_agent_is_a_header_whatever_the_contact(contact, ending):
    assert user_agent(contact).startswith("pubtools/")
    assert user_agent(contact).endswith(ending)


def test_a_long_question_goes_by_post(fetcher):
    numbers = ",".join(["2406.01589"] * 800)
    with StandIn(PAPERS) as server:
        assert b"2406.01589v1" in fetcher.fetch(server.url, {"id_list": numbers})
    assert (server.log[0].method, server.log[0].query, server.log[0].form["id_list"]) == ("POST", "", numbers)


def test_an_error_feed_is_an_answer(fetcher):
    with StandIn(PAPERS) as server:
        assert b"incorrect id format for abc" in fetcher.fetch(server.url, {"id_list": "abc"})


def test_a_page_for_people_is_left_to_the_reader(fetcher):
    with StandIn(PAPERS, faults=[html_page]) as server:
        assert fetcher.fetch(server.url, FORM).startswith(b"<!DOCTYPE html>")


def test_a_packed_answer_is_unpacked(fetcher):
    with StandIn(PAPERS, faults=[gzipped]) as server:
        assert b"2406.01589v1" in fetcher.fetch(server.url, {"id_list": "2406.01589"})


# What comes again and again; the error; a piece of its reason; how many requests were made.
FAULTS = {
    "429": (status(429), ServiceUnavailableError, "too many requests", 3),
    "200 Rate exceeded.": (rate_exceeded_with_200, ServiceUnavailableError, "too many requests", 3),
    "503": (status(503), ServiceUnavailableError, "not available", 3),
    "500": (status(500), ServiceUnavailableError, "failed inside", 2),
    "502": (status(502), ServiceUnavailableError, "failed inside", 2),
    "403": (status(403), ServiceUnavailableError, "refuses us", 1),
    "404": (status(404), UnexpectedReplyError, "nothing at this address", 1),
    "414": (status(414), UnexpectedReplyError, "too long", 1),
    "204": (status(204), UnexpectedReplyError, "HTTP 204", 1),
    "418": (status(418), UnexpectedReplyError, "HTTP 418", 1),
    "dropped": (dropped, ServiceUnavailableError, "ended the connection", 2),
    "truncated": (truncated, UnexpectedReplyError, "cut short", 2),
    "huge": (huge(30_000_000), UnexpectedReplyError, "larger than 20,000,000 bytes", 1),
    "huge, announced": (huge(30_000_000, announced=True), UnexpectedReplyError, "larger than", 1),
    "gzip bomb": (gzip_bomb(60_000_000), UnexpectedReplyError, "larger than", 1),
    "bad gzip": (says(b"not packed", Content_Encoding="gzip"), UnexpectedReplyError, "cannot be unpacked", 1),
    "odd packing": (says(b"x", Content_Encoding="gzip, gzip"), UnexpectedReplyError, "packed in a way", 1),
    "no HTTP": (lambda exchange: exchange.wfile.write(b"hello\r\n\r\n"), UnexpectedReplyError, "not HTTP", 1),
    "redirect nowhere": (lambda exchange: exchange.send(302, b""), UnexpectedReplyError, "from address to", 1),
    "redirect loop": (redirect("/api/query"), UnexpectedReplyError, "from address to address", 4),
    "redirect to http": (redirect("http://192.0.2.1/"), UnexpectedReplyError, "not https", 1),
    "redirect to a file": (redirect("file:///etc/passwd"), UnexpectedReplyError, "not an address", 1),
    "redirect to another loopback": (redirect("http://localhost:1/"), UnexpectedReplyError, "this computer", 1),
    "redirect to a password": (redirect("https://me:pw@192.0.2.1/"), UnexpectedReplyError, "password", 1),
    "redirect to nonsense": (redirect("https://[::1"), UnexpectedReplyError, "not an address", 1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_every_fault_ends_in_the_right_error(fetcher, name):
    fault, kind, reason, requests = FAULTS[name]
    with StandIn(PAPERS, faults=[fault] * 9) as server, pytest.raises(kind, match=reason) as caught:
        fetcher.fetch(server.url, FORM)
    assert type(caught.value) is kind
    assert caught.value.service == "arXiv"
    assert "secret" not in f"{caught.value} {caught.value.url}"
    assert len(server.log) == requests
    assert max(asked.concurrent for asked in server.log) == 1


def test_the_body_of_a_redirect_is_not_read(hasty):
    def endless(exchange):
        exchange.head(302, Location="http://192.0.2.1/", Content_Length="9999999999")
        while exchange.wait(0):
            exchange.wfile.write(b" " * 65536)

    with StandIn(PAPERS, faults=[endless]) as server, pytest.raises(UnexpectedReplyError, match="not https"):
        hasty.fetch(server.url, FORM)


@pytest.mark.parametrize("name", ["429", "200 Rate exceeded.", "503", "500", "502", "dropped", "truncated"])
def test_what_passes_is_tried_again(fetcher, fake, name):
    with StandIn(PAPERS, faults=[FAULTS[name][0], None]) as server:
        assert b"2406.01589v1" in fetcher.fetch(server.url, {"id_list": "2406.01589"})
    assert fake.slept_s == [pytest.approx(5 if name in {"429", "200 Rate exceeded.", "503"} else 3)]


def test_a_redirect_is_followed_and_takes_its_turn(fetcher, fake):
    with StandIn(PAPERS, faults=[redirect("/api/query?id_list=2406.01589", 307)]) as server:
        assert b"2406.01589v1" in fetcher.fetch(server.url, {"id_list": "2406.01589"})
    assert fake.slept_s == [pytest.approx(3)]


def test_a_redirected_form_stays_a_form(fetcher):
    with StandIn(PAPERS, faults=[redirect("/api/query", 301)]) as server:
        fetcher.fetch(server.url, {"id_list": ",".join(["2406.01589"] * 400)})
    assert [asked.method for asked in server.log] == ["POST", "POST"]


# Deadlines


@pytest.mark.parametrize(
    "fault",
    [slow(60), drip(0.05), drip(0.05, announced=False), drip_head(0.05)],
    ids=["slow", "slow drip", "slow drip in chunks", "slow drip of the head"],
)
def test_no_slowness_outlives_the_deadline(hasty, fault):
    began_s = time.monotonic()
    with StandIn(PAPERS, faults=[fault]) as server:
        with pytest.raises(ServiceUnavailableError, match=r"deadline|time allowed"):
            hasty.fetch(server.url, FORM)
        assert time.monotonic() - began_s < 3
        with pytest.raises(ServiceUnavailableError, match="are over"):
            hasty.fetch(server.url, FORM)
    assert len(server.log) == 1


def test_a_connection_is_hung_up_at_the_deadline(hasty):
    with StandIn(PAPERS, faults=[drip(0.05)]) as server:
        with pytest.raises(ServiceUnavailableError):
            hasty.fetch(server.url, FORM)
        time.sleep(0.2)
        assert "pubtools-request" not in {thread.name for thread in threading.enumerate()}


def test_an_answer_that_stops_coming_ends_at_the_read_time_out():
    with (
        Fetcher(AGENT, None, interval_s=0.01, deadline_s=9, read_timeout_s=0.2) as fetcher,
        StandIn(PAPERS, faults=[drip(60)]) as server,
        pytest.raises(ServiceUnavailableError, match="stopped coming"),
    ):
        fetcher.fetch(server.url, FORM)


# Retry-After


def test_a_pause_asked_for_is_made(fetcher, fake):
    with StandIn(PAPERS, faults=[status(429, retry_after="17"), status(503, retry_after="7")]) as server:
        fetcher.fetch(server.url, FORM)
    assert fake.slept_s == [pytest.approx(17), pytest.approx(7)]


def test_a_date_to_come_back_at_is_kept(fetcher, fake):
    with StandIn(PAPERS, faults=[status(503, retry_after=formatdate(fake.s + 21, usegmt=True))]) as server:
        fetcher.fetch(server.url, FORM)
    assert fake.slept_s == [pytest.approx(21, abs=1)]


def test_a_pause_is_never_shorter_than_the_interval(fetcher, fake):
    with StandIn(PAPERS, faults=[status(429, retry_after="0")]) as server:
        fetcher.fetch(server.url, FORM)
    assert fake.slept_s == [pytest.approx(3)]


def test_a_pause_beyond_the_deadline_is_not_waited_for(fetcher, fake):
    with StandIn(PAPERS, faults=[status(429, retry_after="3600")]) as server:
        with pytest.raises(ServiceUnavailableError, match="a pause of 3600 s"):
            fetcher.fetch(server.url, FORM)
        with pytest.raises(ServiceUnavailableError, match="may go out in 3600 s"):
            fetcher.fetch(server.url, FORM)
    assert (len(server.log), fake.slept_s) == (1, [])


def test_a_pause_asked_for_binds_the_next_process_too(tmp_path, fake):
    times = {"clock": fake.clock, "wall_clock": fake.clock, "sleep": fake.sleep}
    with StandIn(PAPERS, faults=[status(429, retry_after="900")]) as server:
        for reason in ("a pause of 900 s", "may go out in 900 s"):
            with (
                Fetcher(AGENT, tmp_path, **times) as fetcher,
                pytest.raises(ServiceUnavailableError, match=reason),
            ):
                fetcher.fetch(server.url, FORM)
    assert len(server.log) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5", 5.0),
        (" 05 ", 5.0),
        ("-5", None),
        ("5.5", None),
        ("²", None),
        ("9" * 5000, None),
        ("soon", None),
        ("", None),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Thu, 99 Jan 1970 00:00:00 GMT", None),
    ],
)
def test_a_pause_is_seconds_or_a_date(text, expected):
    assert seconds(text, 100.0) == expected


# Pace


def test_the_pace_is_kept_on_one_connection():
    with StandIn(PAPERS) as server, Fetcher(AGENT, None, interval_s=0.2, deadline_s=5) as fetcher:
        for _ in range(3):
            fetcher.fetch(server.url, FORM)
        assert server.connections == 1
    assert len(server.log) == 3
    assert min(server.gaps_s) >= 0.2


def test_threads_wait_for_each_other():
    with StandIn(PAPERS, faults=[slow(0.1)] * 3) as server, Fetcher(AGENT, None, interval_s=0.1) as fetcher:
        threads = [threading.Thread(target=fetcher.fetch, args=(server.url, FORM)) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [asked.concurrent for asked in server.log] == [1, 1, 1]
    assert min(server.gaps_s) >= 0.2


def test_processes_wait_for_each_other(tmp_path):
    program = (
        "import sys, pathlib; from pubtools.fetching import Fetcher\n"
        "with Fetcher('test', pathlib.Path(sys.argv[1]), interval_s=0.2, deadline_s=9) as fetcher:\n"
        "    for _ in range(3): fetcher.fetch(sys.argv[2], {'id_list': '2406.01589'})\n"
    )
    root = Path(__file__).parents[1]
    with StandIn(PAPERS, faults=[slow(0.05)] * 6) as server:
        command = [sys.executable, "-c", program, str(tmp_path / "state"), server.url]
        running = [subprocess.Popen(command, cwd=root) for _ in range(2)]
        assert [process.wait(timeout=20) for process in running] == [0, 0]
    assert len(server.log) == 6
    assert {asked.concurrent for asked in server.log} == {1}
    assert min(server.gaps_s) >= 0.2


@pytest.mark.skipif(sys.platform == "win32", reason="holds the lock as POSIX has it")
def test_a_lock_that_never_comes_ends_at_the_deadline(tmp_path, fake):
    import fcntl

    times = {"clock": fake.clock, "wall_clock": fake.clock, "sleep": fake.sleep}
    with (tmp_path / "arxiv.pace").open("w") as held, Fetcher(AGENT, tmp_path, **times) as fetcher:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ServiceUnavailableError, match="another pubtools"), StandIn() as server:
            fetcher.fetch(server.url, FORM)
        assert server.log == []
        assert sum(fake.slept_s) == pytest.approx(60, abs=1)


@pytest.mark.parametrize("stamp", [b"", b"nonsense", b"\xff\xfe", b"nan", b"inf", b"99999999999", b"-5"])
def test_a_damaged_pace_never_blocks(tmp_path, fake, stamp):
    (tmp_path / "arxiv.pace").write_bytes(stamp)
    times = {"clock": fake.clock, "wall_clock": fake.clock, "sleep": fake.sleep}
    with Fetcher(AGENT, tmp_path, **times) as fetcher, StandIn(PAPERS) as server:
        fetcher.fetch(server.url, FORM)
    assert sum(fake.slept_s) <= 3


def test_a_folder_that_cannot_be_made_is_an_error_in_words(tmp_path, fetcher):
    (tmp_path / "file").write_text("")
    with (
        Fetcher(AGENT, tmp_path / "file" / "state") as fetcher,
        StandIn(PAPERS) as server,
        pytest.raises(ServiceUnavailableError, match="cannot be kept"),
    ):
        fetcher.fetch(server.url, FORM)
    assert server.log == []


# Addresses


@pytest.mark.parametrize(
    "url",
    [
        "http://export.arxiv.org/api/query",
        "http://127.0.0.1.example.org/",
        "http://192.0.2.1/",
        "ftp://127.0.0.1/",
        "file:///etc/passwd",
        "https://me:secret@example.org/",
        "https:///path",
        "https://[::1",
        "https://example.org:port/",
        "",
    ],
)
def test_an_address_that_is_not_https_is_refused_without_a_socket(fetcher, monkeypatch, url):
    def no_socket(*_args, **_named):
        raise AssertionError

    monkeypatch.setattr(socket, "socket", no_socket)
    monkeypatch.setattr(socket, "getaddrinfo", no_socket)
    with pytest.raises(ServiceUnavailableError, match="not asked") as caught:
        fetcher.fetch(url, FORM)
    assert "secret" not in f"{caught.value} {caught.value.url}"


def test_a_closed_port_is_no_service(fetcher, fake):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/api/query"
        with pytest.raises(ServiceUnavailableError, match="refuses connections") as caught:
            fetcher.fetch(url, FORM)
    assert (caught.value.url, fake.slept_s) == (url, [])


def test_a_name_that_is_not_found_is_said(fetcher, monkeypatch):
    def not_found(*_args, **_named):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", not_found)
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    with pytest.raises(ServiceUnavailableError, match="name is not found"):
        fetcher.fetch("https://export.arxiv.org/api/query", FORM)


def test_neither_a_proxy_nor_a_password_comes_between_us_and_this_computer(fetcher, monkeypatch, tmp_path):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with StandIn(PAPERS) as server:
        fetcher.fetch(server.url, FORM)
    assert "Authorization" not in server.log[0].headers


def test_a_dead_proxy_is_said(fetcher, monkeypatch):
    monkeypatch.setenv("https_proxy", "http://me:secret@127.0.0.1:1")
    monkeypatch.setenv("no_proxy", "")
    with pytest.raises(ServiceUnavailableError, match="proxy") as caught:
        fetcher.fetch("https://export.arxiv.org/api/query", FORM)
    assert "secret" not in str(caught.value)


def test_the_http_library_is_imported_only_for_a_request():
    program = "import sys, pubtools.fetching as f; f.Fetcher('a', None).close(); print('requests' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=Path(__file__).parents[1], capture_output=True, check=True
    )
    assert done.stdout.split() == [b"False"]
