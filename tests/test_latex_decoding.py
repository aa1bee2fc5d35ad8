"""What is read: LaTeX as people and services write it in .bib fields."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pubtools import latex

SOURCES = st.lists(
    st.sampled_from(
        ["{", "}", "\\", "$", "`", "'", "-", "~", "?`", " ", "%", "a", "I", "é", "\u0301", "{\\'e}", "\\c", "\\i"]
    )
    | st.sampled_from(
        [r"\emph{", r"\href{", r"\url{", r"\foo", r"\(", r"\)", r"\[", r"\vphantom", r"\v ", r"\alpha", "x_1"]
    )
    | st.text(max_size=3),
    max_size=16,
).map("".join)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\'e {\'e} \'{e} {\'{e}} \' e", "é é é é é"),
        (r"\c c \c{c} {\c c} {\c{c}}", "ç ç ç ç"),
        (r"\v{s} {\v s} \H{o} {\H o} \u{g} \k{a} \r{u} \d{a} \b{z} \.{z} \={a}", "š š ő ő ğ ą ů ạ ẕ ż ā"),
        (r"\"\i\ \'{\i} {\'\i} {\'{\i}} \^{\j} \v{\i}", "ï í í í ĵ ǐ"),
        (r"\^{\d e} \={\"{u}} \'{\o} \'\o{} \textcommabelow{t}", "ệ ǖ ǿ ǿ ț"),
        (r"\h{a} \horn{o} \t{oo} \'ab \'{ab}", "ả ơ o͡o áb áb"),
        (r"{\o}rsted \O rsted \L{}ukasz Stra\ss e {\AA}se \ae on", "ørsted Ørsted Łukasz Straße Åse æon"),
        (r"\i \j {} {\dj} {\DH} {\th} {\NG}", "ıȷ đ Ð þ Ŋ"),
        (r"\'{} \~{} \^{} \c{} {\'}", "´ ~ ^ ¸ ´"),
        (r"Cl\'ementine Domin\'e", "Clémentine Dominé"),
    ],
)
def test_accents_and_letters_in_all_spellings(source: str, expected: str) -> None:
    assert latex.decode(source) == expected
    assert unicodedata.is_normalized("NFC", latex.decode(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("``a'' -- b --- c ?` !` d~e", "“a” – b — c ¿ ¡ d e"),
        ("it's O'Brien, 'a' and \"b\"", "it's O'Brien, 'a' and \"b\""),
        ("`it's' `a'", "‘it's’ ‘a’"),
        ("-{}- '{}' {-}{-} `{}` ?{}`", "-- '' -- ‘‘ ?‘"),
        (r"\% \& \$ \# \_ \{ \} 100% #1", "% & $ # _ { } 100% #1"),
        (r"\textbackslash{}x \textasciitilde y \textasciicircum{} \textless{\textgreater}", r"\x ~y ^ <>"),
        (r"J.\,R.\ Doe\\Next\newline line dis\-cretionary \quad x", "J. R. Doe Next line discretionary x"),
        (r"\ldots\ \dots{} \textellipsis{} \textendash{} 360\textdegree C \S 5 \copyright", "… … … – 360°C §5 ©"),
        (r"\enquote{a \enquote{b}}", "“a “b””"),
        (r"L{\unicode{8321}}", "L₁"),
        (r"\texttt{a.b/}\discretionary {-}{c}{}\texttt{\symbol{126}d\discretionary{}{}{e}}", "a.b/~de"),
        (r"\ppno\space 1-2 \addsemicolon\space \pno~3", "pp. 1-2 ; p. 3"),
        ("  two\n   lines\t ", "two lines"),
        ("", ""),
    ],
)
def test_punctuation_and_escapes(source: str, expected: str) -> None:
    assert latex.decode(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\emph{X} \textit {Y} \textbf{\textsc{Z}} \mbox{-}", "X Y Z -"),
        (r"{\it Ab initio} {\bf x} {\em{y}} 1\textsuperscript{st}", "Ab initio x y 1st"),
        (r"\url{https://a.b/c_d%20~e} \url{a\_b}", "https://a.b/c_d%20~e a_b"),
        (r"\href{https://a.b/%7e}{the text} \textcolor{red}{x}", "the text x"),
        (r"{GCI} {{III}}-{V} {-} {}", "GCI III-V -"),
        (r"\{\vphantom\}GaN\vphantom\{\}", "{GaN}"),  # as Better BibTeX balances braces
        (r"\noopsort{1973b}1973", "1973"),
        (r"The {\LaTeX} way", "The LaTeX way"),
    ],
)
def test_what_only_sets_type_is_dropped_to_its_text(source: str, expected: str) -> None:
    assert latex.decode(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"{$\alpha$}-rays, $\Gamma$, {\(\lambda\)}, \ensuremath{\beta}", "α-rays, Γ, λ, β"),
        (r"CO$_2$, $10^{-3}$, 10$^{-3}$, 5$^\circ$, $<$1$>$, a$-$b", "CO₂, $10^{-3}$, 10⁻³, 5°, <1>, a−b"),
        (
            r"$k$-means on {$\mathbb{R}^n$} in \(O(n)\), \[x\], $$y$$",
            r"$k$-means on $\mathbb{R}^n$ in $O(n)$, $x$, $y$",
        ),
        (r"E\({}^{\mbox{2}}\)NeRF, \({}_{\mbox{10}}\), A\({}^{\mbox{*}}\)", r"E²NeRF, ₁₀, A${}^{\mbox{*}}$"),  # DBLP
        (r"${\alpha}$ $\hat{\theta}$ $\'e$ $\undefined$", r"α θ̂ $\'e$ $\undefined$"),
        ("costs $5", "costs $5"),
        (r"\$\_2\$", "$_2$"),  # no maths in print either
        (r"$a$$b$, {$a$}{$b$}, \(a\)\(b\)", "$a b$, $a b$, $a b$"),  # two dollars would be none of maths
        (r"$x^2$$_n^2$ $\ell_1$$\alpha$$k$ $a$ $b$", r"$x^2{}_n^2$ $\ell_1$α$k$ $a$ $b$"),
    ],
)
def test_maths_stays_and_symbols_are_characters(source: str, expected: str) -> None:
    assert latex.decode(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"a \foo b", r"a \foo b"),
        (r"\foo{\'e}{x} {y}", r"\foo{\'e}{x} y"),
        (r"\symbol{1} \symbol{233} \unicode{x}", r"\symbol{1} \symbol{233} \unicode{x}"),
        (r"\ding{73} \alpha \* \9", r"\ding{73} \alpha \* \9"),
        ("a { b", "a { b"),
        ("a } b {c}", "a } b c"),
        (r"{\'e", "{é"),
        (r"\emph{a", "{a"),
        ("a \\", "a \\"),
        (r"\(x", r"\(x"),
        (r"\url{x", r"\url{x"),
    ],
)
def test_nothing_is_lost_of_what_is_not_known_or_not_closed(source: str, expected: str) -> None:
    assert latex.decode(source) == expected


@given(SOURCES)
def test_anything_is_read_to_one_line_with_its_letters(source: str) -> None:
    text = latex.decode(source)
    assert text == " ".join(text.split())
    assert unicodedata.is_normalized("NFC", text)
    assert latex.decode_title(source)[0] == text


@given(SOURCES)
def test_what_was_read_survives_being_written(source: str) -> None:
    text = latex.decode(source)
    assert latex.decode(latex.encode(text)) == latex.normal(text)


@given(st.lists(st.sampled_from(["{", "}", "$", "~", "-", "a", "B", "é", " ", "%"])).map("".join))
def test_no_letter_is_lost(source: str) -> None:
    assert [c for c in latex.decode(source) if c.isalpha() or c == "%"] == [
        c for c in source if c.isalpha() or c == "%"
    ]


@pytest.mark.parametrize(
    "piece", ["{", "}", "\\", "$", r"\a{", r"\(", r"\'", r"\'{", "`a'", "a.", "{-", "$a ", r"\hat{", "A/"]
)
def test_hostile_repetition_takes_no_longer_than_its_length(piece: str) -> None:
    # A quadratic reader needs minutes for this, and the run would stand still.
    text = piece * 50_000
    for read in (latex.decode, latex.decode_title, latex.encode, latex.protect):
        read(text)


# ---------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("source", "title", "protected"),
    [
        ("No braces here", "No braces here", ()),
        ("{GCI} in {3D} and {Bayesian} nets", "GCI in 3D and Bayesian nets", ()),  # protect sees to them
        ("The {Higgs} and the {P}otter {B}oson", "The Higgs and the Potter Boson", ("Higgs", "Potter", "Boson")),
        ("{{Understanding Polytypism}} in Wires", "Understanding Polytypism in Wires", ("Understanding", "Polytypism")),
        (r"{\'E}cole, {{\'E}mile} and {Erd{\H o}s}", "École, Émile and Erdős", ("Émile", "Erdős")),
        (r"\emph{Drosophila} and {\emph{Danio}}", "Drosophila and Danio", ("Drosophila",)),  # {\ is a special character
        ("{The Whole Title in Braces}", "The Whole Title in Braces", ()),
        ("{p}-adic {low}", "p-adic low", ()),
        ("{ATLAS} IN ALL CAPITALS HERE", "ATLAS IN ALL CAPITALS HERE", ("ATLAS",)),
        ("The {$x$} and {Higgs", "The $x$ and {Higgs", ()),
        (r"\foo{}{B}ar", r"\foo{}{B}ar", ()),
        (r"{Prosody}{\(f\)} and Prosody", "Prosody$f$ and Prosody", ()),  # `protect` sees to it beside maths
        (r"{Prosody}{\(f\)} and {Prosody}", "Prosody$f$ and Prosody", ("Prosody",)),
        (r"\({F} {G}\) of {F}oo", "${F} {G}$ of Foo", ("Foo",)),
    ],
)
def test_words_that_somebody_protected_are_named(source: str, title: str, protected: tuple[str, ...]) -> None:
    assert latex.decode_title(source) == (title, protected)


TITLE_PIECES = [
    "{", "}", "$a$", "$b$", r"\(f\)", r"{\(f\)}", "$", "À", r"{\`A}", "Prosody", "{Prosody}", "{B}ayes", "ReLU", " ",
    "-", "/", "'s", ".", ":", r"\emph{Ab}", r"$\alpha$", "TiN$_{x+1}$", "A", "a", "--", r"\&", "\u0301", "÷",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(TITLE_PIECES), max_size=8).map("".join),
    st.booleans(),
)
@example(r"x:À\(f\):À", False)
@example("xàÀ÷À", False)
def test_a_title_is_written_alike_a_second_time(source: str, utf8: bool) -> None:
    written = latex.protect(*latex.decode_title(source), utf8=utf8)
    assert latex.protect(*latex.decode_title(written), utf8=utf8) == written


@given(
    st.lists(
        st.sampled_from(["Higgs", "{Higgs}", "{B}oson", "{GCI}", "net", "Émile", "{{\\'E}mile}", "of"]), min_size=1
    )
)
def test_protection_outlives_reading_and_writing(words: list[str]) -> None:
    title, protected = latex.decode_title(" ".join([*words, "end"]))
    written = latex.protect(title, protected)
    again, still_protected = latex.decode_title(written)
    assert (again, set(still_protected)) == (title, set(protected))
    assert latex.protect(again, still_protected) == written
