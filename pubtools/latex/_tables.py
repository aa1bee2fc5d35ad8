r"""Which character is written as what: read from left to right to write LaTeX, from right to left to read it.

Every form is one that pdflatex sets with `\usepackage[T1]{fontenc}`, textcomp (in LaTeX since 2020), amsmath and
amssymb, and no two characters share one. Forms that are only read stand in `_decoding`.
"""

from __future__ import annotations

ESCAPES = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    # In the OT1 font encoding these four are other characters, and ?` is an upside-down question mark.
    "<": r"{\textless}", ">": r"{\textgreater}", "|": "{$|$}", "`": r"{\textasciigrave}",
}  # fmt: skip

# A brace without its partner: \{ would unbalance the .bib.
LONE_BRACES = {"{": r"{\textbraceleft}", "}": r"{\textbraceright}"}

# Combining marks and the command that sets them on a letter: `\'e`, `\c c`.
ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0304": "=", "\u0306": "u", "\u0307": ".",
    "\u0308": '"', "\u030a": "r", "\u030b": "H", "\u030c": "v", "\u0323": "d", "\u0326": "textcommabelow",
    "\u0327": "c", "\u0328": "k", "\u0331": "b",
}  # fmt: skip

# Letters with a command of their own. BibTeX knows \aa \ae \o \l \oe \ss \i and changes their case.
LETTERS = {
    "å": r"\aa", "Å": r"\AA", "æ": r"\ae", "Æ": r"\AE", "œ": r"\oe", "Œ": r"\OE", "ø": r"\o", "Ø": r"\O",
    "ł": r"\l", "Ł": r"\L", "ß": r"\ss", "ẞ": r"\SS", "ı": r"\i", "ȷ": r"\j", "đ": r"\dj", "Đ": r"\DJ",
    "ð": r"\dh", "Ð": r"\DH", "þ": r"\th", "Þ": r"\TH", "ŋ": r"\ng", "Ŋ": r"\NG",
    "ĳ": r"\ij", "Ĳ": r"\IJ",
}  # fmt: skip

# A lone ' is the apostrophe that everybody types, so the curly one is named.
PUNCTUATION = {
    "‘": r"{\textquoteleft}", "’": r"{\textquoteright}", "“": "``", "”": "''", "‚": r"{\quotesinglbase}",
    "„": r"{\quotedblbase}", "–": "--", "—": "---",
    "…": r"{\ldots}", "«": r"{\guillemotleft}", "»": r"{\guillemotright}", "‹": r"{\guilsinglleft}",
    "›": r"{\guilsinglright}", "¡": r"{\textexclamdown}", "¿": r"{\textquestiondown}",
    "§": r"{\S}", "¶": r"{\P}", "†": r"{\dag}", "‡": r"{\ddag}", "•": r"{\textbullet}", "‽": r"{\textinterrobang}",
    "©": r"{\textcopyright}", "®": r"{\textregistered}", "™": r"{\texttrademark}", "°": r"{\textdegree}",
    "ª": r"{\textordfeminine}", "º": r"{\textordmasculine}", "·": r"{\textperiodcentered}",
    "£": r"{\textsterling}", "€": r"{\texteuro}", "¥": r"{\textyen}", "¢": r"{\textcent}",
    "¨": r"{\textasciidieresis}", "´": r"{\textasciiacute}", "¯": r"{\textasciimacron}", "¦": r"{\textbrokenbar}",
    "¸": r"{\c{}}", "¤": r"{\textcurrency}",
    "¼": r"{\textonequarter}", "½": r"{\textonehalf}", "¾": r"{\textthreequarters}", "‰": r"{\textperthousand}",
    "№": r"{\textnumero}", "µ": r"{\textmu}", "‱": r"{\textpertenthousand}", "※": r"{\textreferencemark}",
    "ƒ": r"{\textflorin}", "฿": r"{\textbaht}", "₡": r"{\textcolonmonetary}", "₦": r"{\textnaira}", "₩": r"{\textwon}",
    "₫": r"{\textdong}", "₱": r"{\textpeso}", "₲": r"{\textguarani}", "₤": r"{\textlira}", "℗": r"{\textcircledP}",
    "℠": r"{\textservicemark}", "℞": r"{\textrecipe}", "℮": r"{\textestimated}", "⁄": r"{\textfractionsolidus}",
    "◦": r"{\textopenbullet}", "‖": r"{\textbardbl}", "⟦": r"{\textlbrackdbl}", "⟧": r"{\textrbrackdbl}",
    "˘": r"{\textasciibreve}", "ˇ": r"{\textasciicaron}", "˝": r"{\textacutedbl}", "˙": r"{\.{}}", "˚": r"{\r{}}",
    "˛": r"{\k{}}", "␣": r"{\textvisiblespace}", "♪": r"{\textmusicalnote}", "℃": r"{\textcelsius}",
}  # fmt: skip

# The one spelling of what LaTeX cannot tell apart, where it is written in ASCII: hyphens, apostrophes, ligatures.
LOOK_ALIKE = {
    "\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\u02bb": "‘", "\u02bc": "’", "\u2206": "Δ",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ŉ": "’n", "ŀ": "l·", "Ŀ": "L·",
}  # fmt: skip

SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱ", "0123456789+-ni", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋ₐₑₒₓᵢⱼₖₙₘₚₜ", "0123456789+-aeoxijknmpt", strict=True))

# Symbols that exist in maths only; written {$...$}. Greek capitals that look Latin are Latin letters in print, and an
# empty group tells them from a variable.
MATHS = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon", "ϵ": r"\epsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "ϑ": r"\vartheta", "ι": r"\iota", "κ": r"\kappa", "λ": r"\lambda",
    "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "ο": "o{}", "π": r"\pi", "ϖ": r"\varpi", "ρ": r"\rho", "ϱ": r"\varrho",
    "σ": r"\sigma", "ς": r"\varsigma", "τ": r"\tau", "υ": r"\upsilon", "φ": r"\varphi", "ϕ": r"\phi", "χ": r"\chi",
    "ψ": r"\psi", "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda", "Ξ": r"\Xi",
    "Π": r"\Pi", "Σ": r"\Sigma", "Υ": r"\Upsilon", "Φ": r"\Phi", "Ψ": r"\Psi", "Ω": r"\Omega",
    "Α": r"\mathrm{A}{}", "Β": r"\mathrm{B}{}", "Ε": r"\mathrm{E}{}", "Ζ": r"\mathrm{Z}{}", "Η": r"\mathrm{H}{}",
    "Ι": r"\mathrm{I}{}", "Κ": r"\mathrm{K}{}", "Μ": r"\mathrm{M}{}", "Ν": r"\mathrm{N}{}", "Ο": r"\mathrm{O}{}",
    "Ρ": r"\mathrm{P}{}", "Τ": r"\mathrm{T}{}", "Χ": r"\mathrm{X}{}",
    "ℂ": r"\mathbb{C}", "ℍ": r"\mathbb{H}", "ℕ": r"\mathbb{N}", "ℙ": r"\mathbb{P}", "ℚ": r"\mathbb{Q}",
    "ℝ": r"\mathbb{R}", "ℤ": r"\mathbb{Z}", "ℓ": r"\ell", "ℏ": r"\hbar", "ℵ": r"\aleph", "ℋ": r"\mathcal{H}",
    "ℒ": r"\mathcal{L}", "ℱ": r"\mathcal{F}", "ℰ": r"\mathcal{E}", "ℳ": r"\mathcal{M}", "ℬ": r"\mathcal{B}",
    "ℐ": r"\mathcal{I}", "ℛ": r"\mathcal{R}", "𝔸": r"\mathbb{A}", "𝔼": r"\mathbb{E}", "𝔽": r"\mathbb{F}",
    "ϰ": r"\varkappa", "ℑ": r"\Im", "ℜ": r"\Re", "℘": r"\wp", "ℶ": r"\beth",
    "−": "-", "±": r"\pm", "∓": r"\mp", "×": r"\times", "÷": r"\div", "⋅": r"\cdot", "∗": r"\ast", "∘": r"\circ",
    "⊕": r"\oplus", "⊗": r"\otimes", "⊙": r"\odot", "∑": r"\sum", "∏": r"\prod", "∫": r"\int", "√": r"\surd",
    "∂": r"\partial", "∇": r"\nabla", "∞": r"\infty", "∅": r"\emptyset", "∈": r"\in", "∉": r"\notin",
    "∋": r"\ni", "⊂": r"\subset", "⊃": r"\supset", "⊆": r"\subseteq", "⊇": r"\supseteq", "∪": r"\cup", "∩": r"\cap",
    "∧": r"\wedge", "∨": r"\vee", "¬": r"\neg", "∀": r"\forall", "∃": r"\exists", "⊤": r"\top", "⊥": r"\perp",
    "⊢": r"\vdash", "⊨": r"\models", "≤": r"\leq", "≥": r"\geq", "≪": r"\ll", "≫": r"\gg", "≠": r"\neq",
    "≡": r"\equiv", "≈": r"\approx", "≃": r"\simeq", "≅": r"\cong", "∼": r"\sim", "∝": r"\propto", "≺": r"\prec",
    "≻": r"\succ", "∥": r"\parallel", "∣": r"\mid", "′": r"'", "″": r"''", "⋆": r"\star",
    "→": r"\rightarrow", "←": r"\leftarrow", "↔": r"\leftrightarrow", "↑": r"\uparrow", "↓": r"\downarrow",
    "⇒": r"\Rightarrow", "⇐": r"\Leftarrow", "⇔": r"\Leftrightarrow", "↦": r"\mapsto", "↗": r"\nearrow",
    "↘": r"\searrow", "⟨": r"\langle", "⟩": r"\rangle", "⌈": r"\lceil", "⌉": r"\rceil", "⌊": r"\lfloor",
    "⌋": r"\rfloor", "⋯": r"\cdots", "△": r"\triangle", "♯": r"\sharp", "♭": r"\flat",
    "♮": r"\natural", "♠": r"\spadesuit", "♣": r"\clubsuit", "♥": r"\heartsuit", "♦": r"\diamondsuit",
    "⊖": r"\ominus", "⊘": r"\oslash", "⊎": r"\uplus", "⊓": r"\sqcap", "⊔": r"\sqcup", "⊞": r"\boxplus",
    "⊠": r"\boxtimes", "⋈": r"\bowtie", "≀": r"\wr", "⋂": r"\bigcap", "⋃": r"\bigcup", "⋀": r"\bigwedge",
    "⋁": r"\bigvee", "∐": r"\coprod", "∮": r"\oint", "∖": r"\setminus", "≲": r"\lesssim", "≳": r"\gtrsim",
    "⪯": r"\preceq", "⪰": r"\succeq", "≼": r"\preccurlyeq", "≽": r"\succcurlyeq", "≍": r"\asymp", "≐": r"\doteq",
    "≜": r"\triangleq", "≢": r"\not\equiv", "⊄": r"\not\subset", "⊈": r"\nsubseteq", "⊊": r"\subsetneq",
    "⊣": r"\dashv", "⊩": r"\Vdash", "∄": r"\nexists", "∁": r"\complement", "⋊": r"\rtimes", "⋉": r"\ltimes",
    "⟶": r"\longrightarrow", "⟵": r"\longleftarrow", "⟹": r"\Longrightarrow", "⟺": r"\Longleftrightarrow",
    "↪": r"\hookrightarrow", "⇝": r"\leadsto", "↕": r"\updownarrow", "⇑": r"\Uparrow", "⇓": r"\Downarrow",
    "↖": r"\nwarrow", "↙": r"\swarrow", "⇌": r"\rightleftharpoons", "∠": r"\angle", "∡": r"\measuredangle",
    "□": r"\square", "■": r"\blacksquare", "▲": r"\blacktriangle", "★": r"\bigstar", "⋄": r"\diamond",
    "∴": r"\therefore", "∵": r"\because", "⊺": r"\intercal", "⋮": r"\vdots", "⋱": r"\ddots", "✓": r"\checkmark",
    "✠": r"\maltese",
    **{high: f"^{plain}" for high, plain in SUPERSCRIPTS.items()},
    **{low: f"_{plain}" for low, plain in SUBSCRIPTS.items()},
}  # fmt: skip
MATHS_ACCENTS = {
    "\u0300": "grave", "\u0301": "acute", "\u0302": "hat", "\u0303": "tilde", "\u0304": "bar", "\u0306": "breve",
    "\u0307": "dot", "\u0308": "ddot", "\u030c": "check",
}  # fmt: skip
