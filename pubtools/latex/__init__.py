r"""LaTeX and Unicode, both ways: every escape, accent and brace of ours is decided here.

| field | written by | read by |
|---|---|---|
| title | `protect` | `decode_title` |
| names, booktitle, note, keywords, abstract, pages | `encode` | `decode` |
| url, doi, eprint | `verbatim` | as it stands |

Written for classic BibTeX, which knows bytes and no letters beyond ASCII: an accent is a brace-wrapped special
(`{\'e}`), which keeps names sortable, and maths stands in braces (`{$\Gamma$}`), for BibTeX lower-cases even there.
With `utf8=True` it is written for biblatex. The result never has an unbalanced brace, as BibTeX counts them: `\{`
counts too.

What is written is read again exactly: `decode(encode(text)) == normal(text)`, and `normal` says what it folds. Some
letters need the T1 font encoding (`\usepackage[T1]{fontenc}`): đ, ð, þ, ŋ, ogoneks and quotation marks; some symbols
need amsmath and amssymb. A character without a known form is left as it is, and `unmapped` names it.
"""

from pubtools.latex._decoding import decode
from pubtools.latex._encoding import encode, unmapped, verbatim
from pubtools.latex._maths import balanced
from pubtools.latex._normal import normal
from pubtools.latex._titles import PROPER_NOUNS, decode_title, protect

__all__ = ["PROPER_NOUNS", "balanced", "decode", "decode_title", "encode", "normal", "protect", "unmapped", "verbatim"]
