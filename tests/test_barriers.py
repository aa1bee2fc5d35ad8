"""What servers give in place of a profile is known for what it is, and no home page is."""

from __future__ import annotations

import pytest

from pubtools import barriers
from pubtools.page import Page

# Short pages in our words, with the sentence that such pages have in common.
PAGES = [
    ("Please show you're not a robot\nThen reload this page", "captcha"),
    ("Just a moment\nWe are checking your browser before you go on\nPlease enable JavaScript", "captcha"),
    ("Ihr Netz hat ungewöhnlichen Datenverkehr gesendet", "captcha"),
    ("Nous devons savoir que vous n’êtes pas un robot.", "captcha"),
    ("请完成验证码后继续", "captcha"),
    ("404\nGo home", "error"),
    ("Oops!\nThe page you are looking for does not exist.\nHome\nLog in\nWe use cookies", "error"),
    ("503 Service Unavailable\nnginx", "error"),
    ("Diese Seite wurde leider nicht gefunden.", "error"),
    ("Página não encontrada", "error"),
    ("ページが見つかりません", "error"),
    ("You need to enable JavaScript to run this app.", "JavaScript"),
    ("Bitte JavaScript im Browser aktivieren.", "JavaScript"),
    ("Este sitio requiere JavaScript: active el JavaScript.", "JavaScript"),
    ("Welcome back\nE-mail\nForgot your password?\nNext", "login"),
    ("Please log in to continue.", "login"),
    ("Mot de passe oublié ?", "login"),
    ("忘记密码", "login"),
    ("Before you continue to our pages\nAccept all\nReject all", "cookies"),
    ("Wir schätzen Sie.\nAlle akzeptieren\nEinstellungen", "cookies"),
    ("", "without a word"),
]


@pytest.mark.parametrize(("text", "what"), PAGES)
def test_a_barrier_is_known(text, what):
    barrier = barriers.recognise(Page.from_text(text))
    assert barrier
    assert what in barrier.what


@pytest.mark.parametrize(
    "text",
    [
        "Ada Lovelace\nI write programs for engines that are not built yet.",
        # One such sentence on a longer page is what every site has in its footer.
        "Ada Lovelace\n" + "I write programs for engines.\n" * 60 + "We use cookies",
        # And on a long page two of them are.
        "Ada Lovelace\n" + "I write programs for engines.\n" * 200 + "We use cookies\nPlease log in",
        # In a paragraph it is somebody's subject.
        "I study how people read. " * 10 + "My thesis is on the captcha, and on those who are not a robot.",
    ],
)
def test_a_page_of_a_person_is_none(text):
    assert barriers.recognise(Page.from_text(text)) is None


def test_the_real_ones_are_known_and_the_real_person_is_not(shared):
    def recognised(name: str) -> bool:
        text = (shared / "bench" / "pages" / name / "profile.txt").read_text(encoding="utf-8")
        return barriers.recognise(Page.from_text(text)) is not None

    assert recognised("neg-captcha-scholar")
    assert not recognised("neg-bio-1")
