"""What is written: every escape, accent and brace, in ASCII and in UTF-8; and that all of it is read again."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pubtools import latex
from pubtools.latex import _tables

HOSTILE = st.lists(
    st.sampled_from(
        [*r"{}\$%&#_^~<>|`'\"@,=()-.?! ", "é", "ß", "α", "Α", "Γ", "²", "₁", "İ", "ı", "王", "🚀", "\u200b"]
    )
    | st.sampled_from(["\u0301", "\u0306", "\u0323", "“", "”", "‘", "’", "–", "—", "\u2010", "\u2015", "…", "ﬁ", "∆"])
    | st.sampled_from(
        ["ReLU", "$x_1$", r"$\alpha$", "$_1$", r"\emph{X}", "{RL}", " and ", r"$\input{x}$", "$x^^M$", "{{"]
    )
    | st.sampled_from(
        ["100% of A & B ~ $x^2$ #1 _", "``''\"", "$$", r"\(", r"\)", r"\'e", r"\hat{", r"\href{", r"\enquote{"]
    )
    | st.text(max_size=4),
    max_size=12,
).map("".join)
FLAVOURS = st.booleans()


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
        ("“quoted” ‘single’ – — …", r"``quoted'' {\textquoteleft}single{\textquoteright} -- --- {\ldots}"),
        (
            "it's ''two'' -- hyphens, --- ,, no “quotes”?“”",
            r"it's '{}'two'{}' -{}- hyphens, -{}-{}- ,{}, no ``quotes''?{}``''",
        ),
        ("α-rays, Γ, ∞ ≤ ×", r"{$\alpha$}-rays, {$\Gamma$}, {$\infty$} {$\leq$} {$\times$}"),
        ("CO₂ x² ≠ θ̂", r"CO{$_2$} x{$^2$} {$\neq$} {$\hat{\theta}$}"),
        ("$x^²$", r"\$x\textasciicircum{}{$^2$}\$"),  # TeX has another meaning for ^^
        ("10⁻³ m, x₁₂", r"10{$^{-3}$} m, x{$_{12}$}"),
        ("ΑΒ in Greek, \u2010, ı̆", r"{$\mathrm{A}{}$}{$\mathrm{B}{}$} in Greek, -, {\u{\i}}"),
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
        (r"Fe$_2$O$_{3}$", r"Fe{$_2$}O{$_3$}"),
        (r"H$_{2n+1}$", r"H{$_{2n+1}$}"),
        ("$x$2 and $-$1", "{$x$}2 and {$-$}1"),
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
        "$5-$6",
        "$$x$$",
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
        ("Maslow’s Hammer", r"{Maslow{\textquoteright}s} Hammer"),
        ("Gaussians and Markov-chain Rényi", r"{Gaussians} and {Markov}-chain {R{\'e}nyi}"),
        ("A Study of C++, C# and a Vitamin A", r"A Study of {C}++, {C}\# and a Vitamin A"),
        ("What I know of Part I", "What {I} know of Part {I}"),
        ("Q&A, A/B tests, O'Brien, U.S. and iPod", r"{Q\&A}, {A/B} tests, {O'Brien}, {U.S}. and {iPod}"),
        ("d'Alembert and L'Hôpital", r"{d'Alembert} and {L'H{\^o}pital}"),
        ("Saddle-to-Saddle Dynamics: The Why?", "Saddle-to-Saddle Dynamics: The Why?"),
        ("$\\Gamma$-Convergence of Fe$_2$O$_3$", r"{$\Gamma$}-Convergence of {Fe{$_2$}O{$_3$}}"),
        ("TiN$_{x/2}$ films", "{TiN}{$_{x/2}$} films"),
        ("ÉCOLE in École", r"{{\'E}COLE} in {\'E}cole"),
        ("DEEP LEARNING IN NEURAL NETS", "DEEP LEARNING IN NEURAL NETS"),  # no word stands out
        ("À la carte", r"{\`A} la carte"),
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


def test_words_that_are_to_keep_their_capitals_are_braced_too() -> None:
    assert latex.protect("Cross-Plane Émile and Plane", ["Plane", "Émile"]) == r"Cross-{Plane} {{\'E}mile} and {Plane}"
    assert latex.protect("THE ATLAS OF ALL THINGS", ["ATLAS"]) == "THE {ATLAS} OF ALL THINGS"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Raventós – “α” … 王军 🚀", "Raventós – “α” … 王军 🚀"),
        ("Ravento\u0301s\u00a0x", "Raventós x"),
        (
            r"R&D 100% #1 a_b $5 {x} ~ ^ \ ",
            r"R\&D 100\% \#1 a\_b \$5 \{x\} \textasciitilde{} \textasciicircum{} \textbackslash{}",
        ),
        ("$x_i$, $5 -- ''", r"{$x_i$}, \$5 -{}- '{}'"),
        ("}", r"{\textbraceright}"),
    ],
)
def test_in_utf8_only_code_is_escaped(text: str, expected: str) -> None:
    assert latex.encode(text, utf8=True) == expected


def test_a_title_in_utf8_keeps_the_same_words() -> None:
    assert latex.protect("Rényi’s R&D of L'Hôpital", utf8=True) == r"{Rényi’s} {R\&D} of {L'Hôpital}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", ()),
        ("Erdős α ≤ “x” – Łódź", ()),
        ("王军 🚀 王", ("王", "军", "🚀")),
        ("Hương ħ q̉", ("ư", "ơ", "ħ", "\u0309")),
    ],
)
def test_characters_without_a_form_are_named(text: str, expected: tuple[str, ...]) -> None:
    assert latex.unmapped(text) == expected


def test_every_form_of_the_tables_is_ascii_and_balanced_and_its_own() -> None:
    tables = (_tables.ESCAPES, _tables.LONE_BRACES, _tables.LETTERS, _tables.PUNCTUATION, _tables.MATHS)
    characters = [character for table in tables for character in table]
    marks = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0326\u0327\u0328\u0331"
    characters += [unicodedata.normalize("NFC", letter + mark) for letter in "aeijoucszAEIO" for mark in marks]
    for character in characters:
        written = latex.encode(character)
        assert written.isascii(), character
        assert _balanced(written), character
        assert latex.decode(written) == character


# ---------------------------------------------------------------- laws


@given(HOSTILE, FLAVOURS)
@example("100% of A & B ~ $x^2$ #1 _", False)
def test_what_is_written_is_read_again(text: str, utf8: bool) -> None:
    normal = latex.normal(text, utf8=utf8)
    written = latex.encode(text, utf8=utf8)
    assert latex.decode(written) == normal
    assert latex.encode(latex.decode(written), utf8=utf8) == written
    assert latex.normal(normal, utf8=utf8) == normal


@given(HOSTILE, FLAVOURS)
def test_a_title_that_is_written_is_read_again(title: str, utf8: bool) -> None:
    normal = latex.normal(title, title=True, utf8=utf8)
    written = latex.protect(title, utf8=utf8)
    assert latex.decode(written) == normal
    assert latex.decode_title(written)[0] == normal
    assert latex.normal(normal, title=True, utf8=utf8) == normal


@given(HOSTILE | st.text(alphabet="aAbB3'’.-/&é ", max_size=12), FLAVOURS)
@example("A 3D Study of 3 U.S Cities", False)
def test_a_title_is_written_word_by_word_as_it_is_as_a_whole(title: str, utf8: bool) -> None:
    assert latex.protect(title, utf8=utf8) == latex.protect(title, ("no word of it",), utf8=utf8)


@given(st.text(alphabet=st.characters(codec="latin-1", exclude_categories=["Cc", "Cf", "Zs"], exclude_characters="$")))
def test_western_text_without_maths_is_read_as_it_was(text: str) -> None:
    assert latex.decode(latex.encode(text)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("straight \"quotes\" 'and' “curly” ‘ones’ -- – --- —", "straight \"quotes\" 'and' “curly” ‘ones’ -- – --- —"),
        ("e\u0301 \u00a0 a\u200bb\tc\u00ad", "é ab c"),
        (r"$\alpha$ $_{10}$ $\le$ $\hat{\theta}$", "α ₁₀ ≤ θ̂"),
        ("$α^2$ and $k$", r"${\alpha}^2$ and $k$"),
        ("1\u20102 \u2015 ﬁ \u02bc", "1-2 — fi ’"),
        ("{ReLU} and {a}", "{ReLU} and {a}"),
    ],
)
def test_what_is_normal(text: str, expected: str) -> None:
    assert latex.normal(text) == expected


def test_a_word_in_braces_is_the_word_in_a_title_only() -> None:
    assert latex.normal("The {ReLU} and {B}ayesian {a, B}", title=True) == "The ReLU and Bayesian {a, B}"


def test_utf8_keeps_what_only_ascii_folds() -> None:
    assert latex.normal("1\u20102 \u2015 ﬁ \u02bc", utf8=True) == "1\u20102 \u2015 ﬁ \u02bc"


@given(HOSTILE, FLAVOURS)
def test_braces_are_balanced_whatever_the_text(text: str, utf8: bool) -> None:
    for written in (latex.encode(text, utf8=utf8), latex.protect(text, utf8=utf8)):
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


def _balanced(written: str) -> bool:
    """As BibTeX counts: a backslash before a brace does not matter."""
    depth = 0
    for character in written:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            return False
    return depth == 0
