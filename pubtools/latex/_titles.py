"""Titles: which of their words must keep their capitals, and which ones somebody has said so of."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache, lru_cache

from pubtools import patterns
from pubtools.latex import _maths
from pubtools.latex._decoding import CLOSED, OPENED, decode, decode_marked
from pubtools.latex._encoding import CHARACTER, MARK, is_plain, plain_word, written
from pubtools.latex._normal import GROUP, normal

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

# A pair of letters may hold a slash (A/B); a word has a capital, and may hold a full stop, an apostrophe or "&"
# (Q&A, U.S, L'Hôpital).
_LETTER = f"(?:[^\\W_]|{MARK})"
_CAPITALS = "A-Z" + "".join(filter(str.isupper, map(chr, (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)))))
_SMALL = f"[^\\W_{_CAPITALS}]"
_WORD = (
    rf"(?P<word>[A-Z]/[A-Z](?!{_LETTER})"
    rf"|(?<![^\W_])(?<![^\W_][.'’&])(?:{_SMALL}++[.'’&])*+{_SMALL}*+[{_CAPITALS}]{_LETTER}*(?:[.'’&]{_LETTER}+)*)"
)
_POSSESSIVE = patterns.compile(r"['’]s?$")


def protect(title: str, keep: Collection[str] = (), *, utf8: bool = False) -> str:
    """`title` as `encode` gives it, with braces around the words whose capitals BibTeX must not lower.

    Whole words: `{ReLU}`, `{GPT}-4`, `{3D}`, `{C}`, `{Maslow's}`, and those of `keep` (see `decode_title`); never the
    whole title. A word that stands in braces already is not braced again. Nothing tells the names in a title all in
    capitals, so it keeps only what `keep` names.
    """
    line = normal(title, utf8=utf8)
    shouts = _shouts(line)
    if keep or shouts or "$" in line or "{" in line or "}" in line:
        return _protected(line, keep, shouts, utf8)
    # Without maths and braces each piece stands by itself, and most of them come again.
    return " ".join(map(_PIECES[utf8].__getitem__, line.split(" ")))


def decode_title(text: str) -> tuple[str, tuple[str, ...]]:
    """The title that `decode` gives, and the words somebody put in braces that `protect` alone would not.

    `protect(title, keep=words)` braces them again, as whole words. Braces around a whole title name none of its words.
    """
    title = decode(text)
    if "{" not in text:
        return title, ()
    pieces = [piece for piece in text.split() if "{" in piece]
    if "$" in text or "$" in title or not all(map(_maths.balanced, pieces)):
        pieces = [text]
    words = [word for piece in pieces for word in _braced(piece)]
    if not words:
        return title, ()
    shouts = _shouts(title)
    return title, tuple(dict.fromkeys(word for word, is_fixed in words if shouts or not is_fixed))


# ---------------------------------------------------------------- inside

_BRACES = patterns.compile(f"[{OPENED}{CLOSED}]")
# What `_WORD` finds where nothing of this joins two words, and there are no letters but these.
_JOINED = patterns.compile(r"[./'&]\w")
_ASCII_WORD = patterns.compile(r"(?<![A-Za-z0-9])[a-z0-9]*+[A-Z][A-Za-z0-9]*+")


@cache
def _title(utf8: bool) -> re.Pattern[str]:
    return patterns.compile(f"{_maths.SPAN}|{GROUP}|{_WORD}|{CHARACTER[utf8]}")


@cache
def _words() -> re.Pattern[str]:
    return patterns.compile(_WORD)


def _protected(line: str, keep: Collection[str], shouts: bool, utf8: bool) -> str:
    has_maths = "$" in line

    def word(found: re.Match[str]) -> str:
        piece = found[0]
        fixed = piece in keep or (not shouts and (_is_fixed(piece) or (has_maths and _touches_maths(found))))
        return f"{{{plain_word(piece, utf8)}}}" if fixed else plain_word(piece, utf8)

    return written(line, _title(utf8), utf8, word)


class _Pieces(dict[str, str]):
    """What is written for each piece of a title; a few thousand are kept, and looked up without a call."""

    def __init__(self, utf8: bool) -> None:
        super().__init__()
        self.utf8 = utf8

    def __missing__(self, piece: str) -> str:
        if len(self) >= _MOST_PIECES:
            self.clear()
        self[piece] = written = _piece(piece, self.utf8)
        return written


_MOST_PIECES = 8192
_PIECES = {utf8: _Pieces(utf8) for utf8 in (False, True)}


def _piece(piece: str, utf8: bool) -> str:
    if piece.isascii() and piece.isalnum():
        return f"{{{piece}}}" if piece != piece.lower() and _is_fixed(piece) else piece
    if piece.isascii() and is_plain(piece):
        if piece == piece.lower():
            return piece
        if not _JOINED.search(piece):
            return _ASCII_WORD.sub(_as_it_is, piece)
    return _protected(piece, (), shouts=False, utf8=utf8)


def _as_it_is(word: re.Match[str]) -> str:
    return f"{{{word[0]}}}" if _is_fixed(word[0]) else word[0]


@lru_cache(maxsize=4096)
def _braced(text: str) -> tuple[tuple[str, bool], ...]:
    """The words of `text` with a capital in braces, and whether `protect` would brace each where it stands.

    None where the braces are around all of several words.
    """
    marked = decode_marked(text)
    plain = _BRACES.sub("", marked)
    ranges: list[tuple[int, int]] = []
    depth = begun = 0
    for index, found in enumerate(_BRACES.finditer(marked)):
        depth += 1 if found[0] == OPENED else -1
        if depth == 1 and found[0] == OPENED:
            begun = found.start() - index
        elif depth == 0:
            ranges.append((begun, found.start() - index))
    if len(ranges) == 1 and (inside := plain[slice(*ranges[0])].strip()) == plain.strip() and " " in inside:
        return ()
    return tuple(
        (word[0], _is_fixed(word[0]) or _touches_maths(word))
        for word in _words().finditer(plain)
        if any(any(map(str.isupper, plain[max(start, word.start()) : min(end, word.end())])) for start, end in ranges)
    )


def _is_fixed(word: str) -> bool:
    """Whether the capitals of `word` carry meaning: inside it, beside digits, alone, or those of a name."""
    if len(word) == 1:
        return word.isascii() and word != "A"
    stem, rest = word, word[1:]
    if not (rest.islower() and rest.isalpha()):
        if any(map(str.isupper, rest)):
            return True
        if word[0].isupper() and any(map(str.isdigit, word)):
            return True
        stem = _POSSESSIVE.sub("", word)
    return stem in PROPER_NOUNS or stem.removesuffix("s") in PROPER_NOUNS


def _touches_maths(word: re.Match[str]) -> bool:
    """Whether a capital word stands directly beside maths, as in the formula TiN$_{x+1}$."""
    line = word.string
    return word[0][0].isupper() and "$" in (line[word.start() - 1 : word.start()], line[word.end() : word.end() + 1])


def _shouts(title: str) -> bool:
    """Whether a title of more than three words has no small letter."""
    return title.isupper() and len(title.split()) > 3
