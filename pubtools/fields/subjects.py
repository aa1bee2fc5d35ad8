"""What a subject chip means: arXiv's categories, and which of their last parts are unambiguous."""

from __future__ import annotations

from collections import defaultdict

# arXiv category taxonomy, https://arxiv.org/category_taxonomy. Archives without parts stand alone.
_TAXONOMY = {
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NE NI OH OS PF PL RO SC SD "
    "SE SI",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "gr-qc": "", "hep-ex": "", "hep-lat": "", "hep-ph": "", "hep-th": "", "math-ph": "", "nucl-ex": "", "nucl-th": "",
    "quant-ph": "",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO KT LO MG NA NT OA OC PR QA RA RT SG SP ST",
    "nlin": "AO CD CG PS SI",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph "
    "geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP GN MF PM PR RM ST TR",
    "stat": "AP CO ME ML OT",
}  # fmt: skip
# The taxonomy's second names for one category; what a chip that ends like one of them means is not known.
_ALIASES = {"cs.NA": "math.NA", "cs.SY": "eess.SY", "math.IT": "cs.IT", "math.MP": "math-ph", "stat.TH": "math.ST",
            "q-fin.EC": "econ.GN"}  # fmt: skip

CATEGORIES: frozenset[str] = frozenset(
    f"{archive}.{part}" if part else archive for archive, parts in _TAXONOMY.items() for part in (parts.split() or [""])
)
# The closed archives: their numbers and classes live on (https://arxiv.org/archive, "subsumed").
_CLOSED = ("acc-phys adap-org alg-geom ao-sci atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas dg-ga funct-an mtrl-th "
           "patt-sol plasm-ph q-alg solv-int supr-con").split()  # fmt: skip
ARCHIVES: frozenset[str] = frozenset((*_TAXONOMY, *_CLOSED))

_BY_LAST_PART: defaultdict[str, set[str]] = defaultdict(set)
for _category in CATEGORIES:
    _BY_LAST_PART[_category.rpartition(".")[2]].add(_category)
for _alias, _category in _ALIASES.items():
    _BY_LAST_PART[_alias.rpartition(".")[2]].add(_category)


def categories(chip: str) -> frozenset[str]:
    """The arXiv categories that `chip` may stand for: a whole name (`cs.LG`) or its last part (`LG`).

    One for most; several for an ambiguous chip (`AP` is math.AP or stat.AP); none where arXiv has no such category.
    """
    if chip in CATEGORIES:
        return frozenset({chip})
    if chip in _ALIASES:
        return frozenset({_ALIASES[chip]})
    return frozenset(_BY_LAST_PART.get(chip, ()))
