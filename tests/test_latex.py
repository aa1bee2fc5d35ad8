from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtools import latex

HOSTILE = st.lists(
    st.sampled_from([*r"{}\$%&#_^~<>|`'\"@,=()-. ", "é", "ß", "α", "Γ", "²", "İ", "\u0301", "王", "🚀", "\u200b"])
    | st.sampled_from(["ReLU", "$x_1$", r"$\alpha$", r"\emph{X}", "{RL}", " and ", r"$\input{x}$", "$x^^M$", "{{"])
    | st.text(max_size=4),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raventós", r"Ravent{\'o}s"),
        ("Ravento\u0301s", r"Ravent{\'o}s"),  # NFD
        ("Élie", r"{\'E}lie"),
        ("Erdős Dűrer", r"Erd{\H o}s D{\H u}rer"),
        ("über naïve", r"{\"u}ber na{\"i}ve"),
        ("Martínez Ñandú", r"Mart{\'i}nez {\~N}and{\'u}"),
        ("façade Çelik Şahin", r"fa{\c c}ade {\c C}elik {\c S}ahin"),
        ("Čapek ǔ ǐ", r"{\v C}apek {\v u} {\v{\i}}"),
        ("ī ĭ ĩ į ị", r"{\={\i}} {\u{\i}} {\~{\i}} {\k i} {\d i}"),
        ("İstanbul ısı", r"{\.I}stanbul {\i}s{\i}"),
        ("Åse Blåbær", r"{\AA}se Bl{\aa}b{\ae}r"),
        ("Łódź Ørsted Weiß", r"{\L}{\'o}d{\'z} {\O}rsted Wei{\ss}"),
        ("Đorđe Þór Guðrún", r"{\DJ}or{\dj}e {\TH}{\'o}r Gu{\dh}r{\'u}n"),
        ("Gheorghiță", r"Gheorghi{\textcommabelow t}{\u a}"),
        ("Việt ǿ", r"Vi{\^{\d e}}t {\'{\o}}"),
    ],
)
def test_accents_are_specials_in_braces(text: str, expected: str) -> None:
    assert latex.encode(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("R&D 100% #1 a_b $5", r"R\&D 100\% \#1 a\_b \$5"),
        ("{x} ~ ^ \\", r"\{x\} \textasciitilde{} \textasciicircum{} \textbackslash{}"),
        ("a < b > c | d ` e", r"a {\textless} b {\textgreater} c {$|$} d {\textasciigrave} e"),
        ("“quoted” ‘single’ – — …", r"``quoted'' `single' -- --- {\ldots}"),
        ("α-rays, Γ, ∞ ≤ ×", r"{$\alpha$}-rays, {$\Gamma$}, {$\infty$} {$\leq$} {$\times$}"),
        ("CO₂ x² ≠ θ̂", r"CO{$_2$} x{$^2$} {$\neq$} {$\hat{\theta}$}"),
        ("}{", r"{\textbraceright}{\textbraceleft}"),
        ("a\u200bb\x00c\u00add\u00a0e  f\ng", "abcd e f g"),
        ("王军 🚀 Hương", "王军 🚀 Hương"),  # no known form: left as they are
        ("plain ASCII, as it is.", "plain ASCII, as it is."),
    ],
)
def test_what_latex_would_read_as_code_is_escaped(text: str, expected: str) -> None:
    assert latex.encode(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"the $\alpha_1$ case", r"the {$\alpha_1$} case"),
        ("$k$-means in $O(n)$", "{$k$}-means in {$O(n)$}"),
        (r"Fe$_2$O$_{3}$", r"Fe{$_2$}O{$_{3}$}"),
        ("$α^2$", r"{${\alpha}^2$}"),
        (r"$\mathbb{R}^n$", r"{$\mathbb{R}^n$}"),
    ],
)
def test_maths_stays_maths_in_braces(text: str, expected: str) -> None:
    assert latex.encode(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "from $5 to $10",
        "costs $5 or $6",
        "$money$ talks",
        "a lone $",
        r"$\input{/etc/passwd}$",  # a command that does more than print
        r"$\undefined$",
        "$x^^M$",
        "$x_$",
        "$a_b_c$",
        "$x_i^2_j$",
        r"$\frac{1}$",
        "$x_{1$",
        "$a % b_c$",
        r"$x\$",
    ],
)
def test_what_is_no_maths_or_would_stop_latex_is_text(text: str) -> None:
    assert not re.search(r"(?<!\\)\$", latex.encode(text))
    assert latex.encode(text).count(r"\$") == text.count("$")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("The RL Perceptron", "The {RL} Perceptron"),
        ("Bias-Free ReLU Networks", "Bias-Free {ReLU} Networks"),
        ("SGD-trained GPT-4 in 3D", "{SGD}-trained {GPT}-4 in {3D}"),
        ("Humans with Hebbian gating", "Humans with {Hebbian} gating"),
        ("Maslow's Hammer", "{Maslow's} Hammer"),
        ("Maslow’s Hammer", "{Maslow's} Hammer"),
        ("Gaussians and Markov-chain Rényi", r"{Gaussians} and {Markov}-chain {R{\'e}nyi}"),
        ("A Study of C++, C# and a Vitamin A", r"A Study of {C}++, {C}\# and a Vitamin A"),
        ("What I know of Part I", "What {I} know of Part {I}"),
        ("Q&A, A/B tests, O'Brien, U.S. and iPod", r"{Q\&A}, {A/B} tests, {O'Brien}, {U.S}. and {iPod}"),
        ("d'Alembert and L'Hôpital", r"{d'Alembert} and {L'H{\^o}pital}"),
        ("Saddle-to-Saddle Dynamics: The Why?", "Saddle-to-Saddle Dynamics: The Why?"),
        ("$\\Gamma$-Convergence of Fe$_2$O$_3$", r"{$\Gamma$}-Convergence of {Fe}{$_2$}{O}{$_3$}"),
        ("ÉCOLE in École", r"{{\'E}COLE} in {\'E}cole"),
        ("DEEP LEARNING IN NEURAL NETS", "DEEP LEARNING IN NEURAL NETS"),  # no word stands out
        ("The {ReLU} and {B}ayesian way", "The {ReLU} and {B}ayesian way"),
        ("The set {a, b} and {ReLU", r"The set {\textbraceleft}a, b{\textbraceright} and {\textbraceleft}{ReLU}"),
    ],
)
def test_words_with_capitals_of_their_own_are_braced_whole(title: str, expected: str) -> None:
    assert latex.protect(title) == expected


@pytest.mark.parametrize("title", ["The {ReLU} of 3D nets", "Know your Audience", "Hebbian RL"])
def test_protecting_twice_is_protecting_once(title: str) -> None:
    assert latex.protect(latex.protect(title)) == latex.protect(title)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://a.b/c_d%20e#f?g=1&h=~i", "https://a.b/c_d%20e#f?g=1&h=~i"),
        ("https://a.b/x y{z}\\", "https://a.b/x%20y%7Bz%7D%5C"),
        ("https://a.b/é\x00", "https://a.b/%C3%A9%00"),
        ("10.1000/a_b<c>(1)", "10.1000/a_b<c>(1)"),
    ],
)
def test_an_address_is_not_escaped_for_latex(address: str, expected: str) -> None:
    assert latex.verbatim(address) == expected


def test_every_form_of_the_tables_is_ascii_and_balanced() -> None:
    characters = [*latex._ESCAPES, *latex._LONE_BRACES, *latex._LETTERS, *latex._PUNCTUATION, *latex._MATHS]
    characters += [unicodedata.normalize("NFC", letter + mark) for letter in "aeijoucszAEIO" for mark in latex._ACCENTS]
    for character in characters:
        written = latex.encode(character)
        assert written.isascii(), character
        assert _balanced(written), character


@given(HOSTILE)
def test_braces_are_balanced_whatever_the_text(text: str) -> None:
    for written in (latex.encode(text), latex.protect(text)):
        assert _balanced(written)
        assert "\n" not in written
        assert not re.search(r"(?<!\\)(?:\\\\)*[%&#]", written)


@given(HOSTILE)
def test_composed_and_decomposed_letters_are_one(text: str) -> None:
    forms = {latex.protect(unicodedata.normalize(form, text)) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@given(st.text(alphabet=st.characters(codec="latin-1", categories=["L", "N", "Zs"])))
def test_western_letters_become_ascii(text: str) -> None:
    assert latex.encode(text).isascii()


def test_curated_titles_keep_their_acronyms(shared: Path) -> None:
    suite = shared / "suites" / "title-protection.json"
    lost = wanted = 0
    for case in json.loads(suite.read_text(encoding="utf-8"))["cases"]:
        kept = re.findall(r"\{([^{}]*)\}", latex.protect(case["input"]))
        for word in case["must_protect"]:
            wanted += 1
            pieces = [piece for piece in re.findall(r"\w+", word) if piece.upper() != piece.lower()]
            lost += not all(any(piece in group for group in kept) for piece in pieces if not piece.islower())
    assert lost < wanted * 0.02


def _balanced(written: str) -> bool:
    """As BibTeX counts: a backslash before a brace does not matter."""
    depth = 0
    for character in written:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0
