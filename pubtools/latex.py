r"""What LaTeX and BibTeX must be given for a text: every escape, accent and brace of ours is decided here.

Written for classic BibTeX, which knows bytes and no letters beyond ASCII: an accent is a brace-wrapped special
(`{\'e}`), which keeps names sortable, and maths stands in braces (`{$\Gamma$}`), for BibTeX lower-cases even there.
The result never has an unbalanced brace, as BibTeX counts them: `\{` counts too.

Some letters need the T1 font encoding (`\usepackage[T1]{fontenc}`): đ, ð, þ, ŋ, ogoneks and guillemets;
some symbols need amsmath and amssymb. A character without a known form (other scripts, emoji, ơ, ả) is left as it
is: LuaLaTeX and XeLaTeX set it, pdflatex names it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# ---------------------------------------------------------------- tables

_ESCAPES = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    # In the OT1 font encoding these four are other characters, and ?` is an upside-down question mark.
    "<": r"{\textless}", ">": r"{\textgreater}", "|": "{$|$}", "`": r"{\textasciigrave}",
}  # fmt: skip

# A brace without its partner: \{ would unbalance the .bib.
_LONE_BRACES = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}

# Combining marks and the command that sets them on a letter: `\'e`, `\c c`.
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0326": "textcommabelow",
    "\u0327": "c", "\u0328": "k", "\u0331": "b",
}  # fmt: skip
_DOTLESS_I = frozenset("`'^\".")  # these know what to do with an i
_BELOW = frozenset("\u0323\u0326\u0327\u0328\u0331")

# Letters with a command of their own. BibTeX knows \aa \ae \o \l \oe \ss \i and changes their case.
_LETTERS = {
    "å": r"\aa", "Å": r"\AA", "æ": r"\ae", "Æ": r"\AE", "œ": r"\oe", "Œ": r"\OE", "ø": r"\o", "Ø": r"\O",
    "ł": r"\l", "Ł": r"\L", "ß": r"\ss", "ẞ": r"\SS", "ı": r"\i", "ȷ": r"\j", "đ": r"\dj", "Đ": r"\DJ",
    "ð": r"\dh", "Ð": r"\DH", "þ": r"\th", "Þ": r"\TH", "ŋ": r"\ng", "Ŋ": r"\NG",
}  # fmt: skip

_PUNCTUATION = {
    "‘": "`", "’": "'", "“": "``", "”": "''", "‚": ",", "„": ",,", "ʼ": "'",
    "‐": "-", "‑": "-", "‒": "--", "–": "--", "—": "---", "―": "---",
    "…": r"{\ldots}", "«": r"{\guillemotleft}", "»": r"{\guillemotright}", "‹": r"{\guilsinglleft}",
    "›": r"{\guilsinglright}", "¡": r"{\textexclamdown}", "¿": r"{\textquestiondown}",
    "§": r"{\S}", "¶": r"{\P}", "†": r"{\dag}", "‡": r"{\ddag}", "•": r"{\textbullet}", "‽": r"{\textinterrobang}",
    "©": r"{\textcopyright}", "®": r"{\textregistered}", "™": r"{\texttrademark}", "°": r"{\textdegree}",
    "ª": r"{\textordfeminine}", "º": r"{\textordmasculine}", "·": r"{\textperiodcentered}",
    "£": r"{\textsterling}", "€": r"{\texteuro}", "¥": r"{\textyen}", "¢": r"{\textcent}",
    "¨": r"{\textasciidieresis}", "´": r"{\textasciiacute}", "¯": r"{\textasciimacron}", "¦": r"{\textbrokenbar}",
    "¸": r"{\c{}}", "¤": r"{\textcurrency}",
    "¼": r"{\textonequarter}", "½": r"{\textonehalf}", "¾": r"{\textthreequarters}", "‰": r"{\textperthousand}",
    "№": r"{\textnumero}", "µ": r"{\textmu}",
}  # fmt: skip

# Symbols that exist in maths only; written {$...$}.
_MATHS = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ϵ": r"\epsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ϑ": r"\vartheta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda",
    "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "ο": "o", "π": r"\pi", "ϖ": r"\varpi", "ρ": r"\rho", "ϱ": r"\varrho",
    "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau", "υ": r"\upsilon", "φ": r"\varphi", "ϕ": r"\phi", "χ": r"\chi",
    "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi",
    "Π": r"\Pi", "Σ": r"\Sigma", "Υ": r"\Upsilon", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
    "Α": r"\mathrm{A}", "Β": r"\mathrm{B}", "Ε": r"\mathrm{E}", "Ζ": r"\mathrm{Z}", "Η": r"\mathrm{H}",
    "Ι": r"\mathrm{I}", "Κ": r"\mathrm{K}", "Μ": r"\mathrm{M}", "Ν": r"\mathrm{N}", "Ο": r"\mathrm{O}",
    "Ρ": r"\mathrm{P}", "Τ": r"\mathrm{T}", "Χ": r"\mathrm{X}",
    "ℂ": r"\mathbb{C}", "ℍ": r"\mathbb{H}", "ℕ": r"\mathbb{N}", "ℙ": r"\mathbb{P}", "ℚ": r"\mathbb{Q}",
    "ℝ": r"\mathbb{R}", "ℤ": r"\mathbb{Z}", "ℓ": r"\ell", "ℏ": r"\hbar", "ℵ": r"\aleph", "ℋ": r"\mathcal{H}",
    "ℒ": r"\mathcal{L}", "ℱ": r"\mathcal{F}",
    "−": "-", "±": r"\pm", "∓": r"\mp", "×": r"\times", "÷": r"\div", "⋅": r"\cdot", "∗": r"\ast", "∘": r"\circ",
    "⊕": r"\oplus", "⊗": r"\otimes", "⊙": r"\odot", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "√": r"\surd",
    "∂": r"\partial", "∇": r"\nabla", "∆": r"\Delta", "∞": r"\infty", "∅": r"\emptyset", "∈": r"\in", "∉": r"\notin",
    "∋": r"\ni", "⊂": r"\subset", "⊃": r"\supset", "⊆": r"\subseteq", "⊇": r"\supseteq", "∪": r"\cup", "∩": r"\cap",
    "∧": r"\wedge", "∨": r"\vee", "¬": r"\neg", "∀": r"\forall", "∃": r"\exists", "⊤": r"\top", "⊥": r"\perp",
    "⊢": r"\vdash", "⊨": r"\models", "≤": r"\leq", "≥": r"\geq", "≪": r"\ll", "≫": r"\gg", "≠": r"\neq",
    "≡": r"\equiv", "≈": r"\approx", "≃": r"\simeq", "≅": r"\cong", "∼": r"\sim", "∝": r"\propto", "≺": r"\prec",
    "≻": r"\succ", "∥": r"\parallel", "∣": r"\mid", "′": r"'", "″": r"''", "†": r"\dagger", "⋆": r"\star",
    "→": r"\rightarrow", "←": r"\leftarrow", "↔": r"\leftrightarrow", "↑": r"\uparrow", "↓": r"\downarrow",
    "⇒": r"\Rightarrow", "⇐": r"\Leftarrow", "⇔": r"\Leftrightarrow", "↦": r"\mapsto", "↗": r"\nearrow",
    "↘": r"\searrow", "⟨": r"\langle", "⟩": r"\rangle", "⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor",
    "⌋": r"\rfloor", "⋯": r"\cdots", "△": r"\triangle", "◦": r"\circ", "♯": r"\sharp", "♭": r"\flat",
    "♮": r"\natural", "♠": r"\spadesuit", "♣": r"\clubsuit", "♥": r"\heartsuit", "♦": r"\diamondsuit",
    **{high: f"^{plain}" for high, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni", strict=True)},
    **{low: f"_{plain}" for low, plain in zip("₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₒₓᵢⱼₖₙₘₚₜ", "0123456789+-aeoxijknmpt", strict=True)},
}  # fmt: skip
_MATHS_ACCENTS = {
    "\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0306": "breve",
    "\u0307": "dot", "\u0308": "ddot", "\u030c": "check",
}  # fmt: skip

# Commands that maths in a title may use. Any other could stop LaTeX or do more than print, so its text is printed.
_WITH_ARGUMENT = frozenset(
    (
        "mathbb mathbf mathcal mathfrak mathit mathrm mathscr mathsf mathtt boldsymbol text textit textrm textbf "
        "operatorname sqrt frac hat widehat tilde widetilde bar overline underline vec dot ddot check breve acute "
        "grave"
    ).split()
)
_COMMANDS = (
    _WITH_ARGUMENT
    | {command[1:] for command in _MATHS.values() if command[1:].isalpha()}
    | frozenset(
        (
            "le ge ne to gets cdots ldots dots vdots prime lVert rVert lvert rvert Vert vert setminus bullet star "
            "quad infty log ln exp sin cos tan tanh min max arg sup inf lim det dim ker deg gcd Pr "
            "lesssim gtrsim varnothing square ltimes rtimes triangleq colon backslash"
        ).split()
    )
)

# Words whose capital is theirs. Methods and theorems bear people's names; add a row when a title needs it.
PROPER_NOUNS = frozenset(
    (
        # people, in mathematics, statistics, learning and physics
        "Abel Abelian Banach Bayes Bayesian Bellman Bernoulli Bessel Boltzmann Boolean Bregman Brownian Cantor "
        "Cauchy Cayley Chebyshev Cholesky Dirac Dirichlet Duffing Einstein Euclid Euclidean Euler Eulerian Fermi "
        "Feynman Fisher Fokker Fourier Fredholm Frobenius Galerkin Galois Gauss Gaussian Gibbs Gödel Hadamard "
        "Hamilton Hamiltonian Hardy Hawkes Hebb Hebbian Helmholtz Hermite Hessian Hilbert Hopf Hopfield Huber "
        "Hölder Ising Jacobi Jacobian Jensen Kalman Karhunen Kepler Kneser Kolmogorov Krylov Kuhn Kullback Lagrange "
        "Lagrangian Langevin Laplace Laplacian Lebesgue Legendre Leibler Leibniz Levenberg Lie Lipschitz Lorentz "
        "Lyapunov Lévy Markov Markovian Marquardt Maslow Maxwell Mercer Metropolis Minkowski Nash Navier Nesterov "
        "Newton Newtonian Ney Noether Nyquist Nyström Ornstein Pareto Parkinson Parseval Pavlov Pavlovian Perron "
        "Planck Poincaré Poisson Potts Rademacher Radon Ricci Riemann Riemannian Rényi Schrödinger Shannon Shapley "
        "Sinkhorn Sobolev Stein Stiefel Stokes Taylor Thompson Tikhonov Turing Tversky Uhlenbeck Vapnik Volterra "
        "Voronoi Wasserstein Weibull Weyl Wiener Wigner Wishart "
        # diseases, tests and effects named after people
        "Alzheimer Asperger Huntington Stroop Wechsler "
        # languages, peoples and places
        "Africa African America American Arabic Asia Asian Australia Australian Brazil Brazilian Britain British "
        "Canada Canadian China Chinese Danish Dutch Egyptian England English Europe European Finnish Flemish France "
        "French German Germany Greek Hebrew Hindi Hungarian India Indian Indonesian Iranian Irish Israel Italian "
        "Italy Japan Japanese Korean Latin Mandarin Mexican Norwegian Paris Persian Portuguese Roman Romanian "
        "Russian Sanskrit Scottish Spain Spanish Swedish Swiss Turkish Ukrainian Vietnamese Welsh "
        # works and makers that everybody writes with a capital
        "Android Atari Bitcoin Dixit Facebook Google Kaggle Linux Mastodon Minecraft Penn Python Reddit Tetris "
        "Treebank Twitter Wikipedia"
    ).split()
)

# ---------------------------------------------------------------- texts


def encode(text: str) -> str:
    r"""`text` as LaTeX on one line, in ASCII as far as there is a known form; control characters are left out.

    Maths that was maths (`$\alpha$`, `$n=2$`, not `$5 or $6`) stays, in braces.
    """
    return _encode(text, _PLAIN)


def protect(title: str) -> str:
    """`title` as `encode` gives it, with braces around the words whose capitals BibTeX must not lower.

    Whole words: `{ReLU}`, `{GPT}-4`, `{3D}`, `{C}`, `{Maslow's}`; never the whole title. A word that stands in braces
    already is not braced again. Nothing tells the names in a title all in capitals, so it keeps none of them.
    """
    return _encode(title, _PLAIN if _shouts(title) else _TITLE)


def verbatim(text: str) -> str:
    r"""`text` for the fields that are not typeset (url, doi, eprint): ASCII, nothing escaped for LaTeX.

    Percent-encoded is only what no address may hold: spaces, braces, backslash, quotes, control characters and
    whatever is not ASCII.
    """
    return _NOT_IN_URLS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text.strip())


# ---------------------------------------------------------------- inside

_NOT_IN_URLS = re.compile(r"[^!#$%&\'()*+,\-./0-9:;=?@A-Z\[\]_a-z~<>]+")
# Control characters and invisible ones that no reader misses; joiners and direction marks of other scripts stay.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufff9-\ufffb]")
_NEEDS_WORK = re.compile(r"[\\&%$#_{}~^<>|`]")

_MARK = "[\u0300-\u036f]"
_LETTER = f"(?:[^\\W_]|{_MARK})"
_SMALL = "[^\\W_A-Z]"
_MATHS_SPAN = r"\$(?P<maths>[^$\s](?:[^$]{0,200}?[^$\s])?)\$(?!\d)"
_CHARACTER = rf"(?P<cluster>[A-Za-z0-9]{_MARK}+|[^\x00-\x7f]{_MARK}*)|(?P<escape>[\\&%$#_{{}}~^<>|`])"
_PLAIN_CHARACTER = re.compile(_CHARACTER)
_PLAIN = re.compile(f"{_MATHS_SPAN}|{_CHARACTER}")
# A group is a word that somebody has put in braces already. A word has a capital, and may hold a full stop, an
# apostrophe or "&" (Q&A, U.S, L'Hôpital); a pair of letters may hold a slash (A/B).
_TITLE = re.compile(
    rf"{_MATHS_SPAN}|(?<![\\^_A-Za-z])\{{(?P<group>[\w.'’+-]*[A-Z][\w.'’+-]*)\}}"
    rf"|(?P<word>[A-Z]/[A-Z](?!{_LETTER})"
    rf"|(?<![^\W_])(?:{_SMALL}++[.'’&])*+{_SMALL}*+[A-Z]{_LETTER}*(?:[.'’&]{_LETTER}+)*)|{_CHARACTER}"
)
_POSSESSIVE = re.compile(r"['’]s?$")


def _encode(text: str, pattern: re.Pattern[str]) -> str:
    line = " ".join(_INVISIBLE.sub("", text).split()) if not text.isprintable() or "  " in text else text.strip()
    if not line.isascii():
        line = unicodedata.normalize("NFC", line)
    elif pattern is _PLAIN and not _NEEDS_WORK.search(line):
        return line
    escapes = _ESCAPES if _balanced(line) else _ESCAPES | _LONE_BRACES
    has_maths = "$" in line

    def replaced(found: re.Match[str]) -> str:
        kind = found.lastgroup
        piece = found[0]
        if kind == "word":
            plain = _plain_word(piece)
            fixed = _is_fixed(piece) or (has_maths and _touches_maths(found))
            return f"{{{plain}}}" if fixed else plain
        if kind == "cluster":
            return _cluster(piece)
        if kind == "escape":
            return escapes[piece]
        if kind == "group":
            return f"{{{_PLAIN.sub(replaced, found['group'])}}}"
        maths = _maths(found["maths"])
        return f"{{${maths}$}}" if maths else _PLAIN_CHARACTER.sub(replaced, piece)

    return pattern.sub(replaced, line)


def _plain_word(word: str) -> str:
    if word.isascii():
        return word.replace("&", r"\&")
    return _PLAIN_CHARACTER.sub(lambda found: _ESCAPES.get(found[0]) or _cluster(found[0]), word)


def _balanced(text: str) -> bool:
    """Whether every brace of `text` has its partner."""
    if "{" not in text and "}" not in text:
        return True
    depth = 0
    for brace in re.findall(r"[{}]", text):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0


@lru_cache(maxsize=8192)
def _cluster(cluster: str) -> str:
    """The LaTeX of one character with its combining marks; what has no known form is left as it is."""
    if cluster in _LETTERS:
        return f"{{{_LETTERS[cluster]}}}"
    if cluster in _PUNCTUATION:
        return _PUNCTUATION[cluster]
    if cluster in _MATHS:
        return f"{{${_MATHS[cluster]}$}}"
    decomposed = unicodedata.normalize("NFD", cluster)
    written = _accented(decomposed[0], decomposed[1:]) if len(decomposed) > 1 else None
    return written or (_cluster(cluster[0]) + cluster[1:] if len(cluster) > 1 else cluster)


def _accented(base: str, marks: str) -> str | None:
    """`base` under and over its combining `marks`; None if one of them does not go with it."""
    if base in _MATHS:
        maths = _MATHS[base]
        for mark in marks:
            if mark not in _MATHS_ACCENTS:
                return None
            maths = rf"\{_MATHS_ACCENTS[mark]}{{{maths}}}"
        return f"{{${maths}$}}"
    letter = base if base.isascii() and base.isalnum() else _LETTERS.get(base)
    if letter is None or not all(mark in _ACCENTS for mark in marks):
        return None
    commands = [_ACCENTS[mark] for mark in marks]
    # An accent above takes the place of the dot. LaTeX sees to it for \'i and its like.
    if letter in ("i", "j") and not _BELOW.issuperset(marks) and (letter == "j" or not _DOTLESS_I.issuperset(commands)):
        letter = f"\\{letter}"
    for command in commands:
        if len(letter) > 1:
            letter = rf"\{command}{{{letter}}}"
        else:
            letter = rf"\{command}{' ' if command.isalpha() else ''}{letter}"
    return f"{{{letter}}}"


@lru_cache(maxsize=65536)
def _is_fixed(word: str) -> bool:
    """Whether the capitals of `word` carry meaning: inside it, beside digits, alone, or those of a name."""
    if len(word) == 1:
        return word != "A"
    if any(character.isupper() for character in word[1:]):
        return True
    if word[0].isupper() and any(character.isdigit() for character in word):
        return True
    stem = _POSSESSIVE.sub("", word)
    return stem in PROPER_NOUNS or stem.removesuffix("s") in PROPER_NOUNS


def _touches_maths(word: re.Match[str]) -> bool:
    """Whether a capital word stands directly beside maths, as in the formula Fe$_2$O$_3$."""
    line = word.string
    return word[0][0].isupper() and "$" in (line[word.start() - 1 : word.start()], line[word.end() : word.end() + 1])


def _shouts(title: str) -> bool:
    """Whether a title of more than three words has no small letter."""
    return title.isupper() and len(title.split()) > 3


_TOKEN = re.compile(r"\\(?:(?P<command>[A-Za-z]+)|[,;:! |{}%#&_])|(?P<odd>[\\%#&~\"`])|(?P<other>[^\x00-\x7f])|.")
# `x^^2`, `x_`, `a_b_c`, `x^2'`: an empty or a double script stops LaTeX (and ^^ is TeX's own escape).
_SCRIPT = r"(?:[^{\\]|\{[^{}]*\}|\\[A-Za-z]+)"
_BAD_SCRIPT = re.compile(rf"[_^]\s*(?:[_^}}]|$)|([_^]){_SCRIPT}(?:[_^]{_SCRIPT})?\1|\^{_SCRIPT}(?:_{_SCRIPT})?'")
_ARGUMENT_MISSING = re.compile(
    rf"\\(?:{'|'.join(sorted(_WITH_ARGUMENT))})(?![A-Za-z])(?!\s*[{{\w\\])"
    r"|\\frac\s*(?:\{[^{}]*\}|\w)(?!\s*[{\w\\])"
)
_SHORT_SYMBOLS = re.compile(r"(?!.*[^\W\d_]{3})[\w+\-*/=<>()\[\],.|' !:]{1,20}", re.ASCII)


def _maths(source: str) -> str | None:
    """`source`, the inside of `$...$`, with symbols as commands; None if it is no maths, or none that surely sets."""
    if not (re.search(r"[\\^_]", source) or _SHORT_SYMBOLS.fullmatch(source) or _is_symbols(source)):
        return None
    bare = re.sub(r"\\[{}]", "", source)
    if not (_balanced(source) and _balanced(bare)) or _BAD_SCRIPT.search(bare) or _ARGUMENT_MISSING.search(bare):
        return None
    written = []
    for token in _TOKEN.finditer(source):
        piece = token[0]
        if token["odd"] or (token["command"] and token["command"] not in _COMMANDS):
            return None
        if token["other"]:
            if piece not in _MATHS:
                return None
            piece = f"{{{_MATHS[piece]}}}" if _MATHS[piece][0] not in "^_" else _MATHS[piece]
        written.append(piece)
    return "".join(written)


def _is_symbols(source: str) -> bool:
    """Whether `source` is short and no word: Greek letters and signs."""
    return len(source) <= 20 and any(character in _MATHS for character in source)
