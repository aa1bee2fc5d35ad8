"""What a heading says: whether publications stand below it, of which kind and status, in several languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pubtools import patterns
from pubtools.fields import letters
from pubtools.models import Kind

# Headings by what they mean, as people write them in several languages; every word of a heading must stand in one of
# these tables. Words are folded: lower case, no accents.
_WORKS: dict[Kind | None, str] = {
    None: (
        "publication publications publicacion publicaciones publicacao publicacoes pubblicazione pubblicazioni "
        "publikation publikationen veroffentlichung veroffentlichungen publikacja publikacje publicaties publicatie "
        "publikationer publikasjoner julkaisut publikace paper papers article articles artikel aufsatze aufsatz "
        "beitrage artigos artigo articulos articulo articoli artykuly works writings schriften schriftenverzeichnis "
        "publikationsverzeichnis publikationsliste produccion producao ouvrages bibliography bibliografia "
        "bibliographie contributions manuscripts scholarship essays outputs travaux trabalho trabalhos trabajos "
        "prace lavori comunicazioni abstracts lexikonartikel encyclopedia catalogues translations ubersetzungen "
        "traductions traducciones traduzioni kommentierungen urteilsanmerkungen arbeiten werke "
        "zeitungsartikel contributi contributo saggi voci comunicaciones documentos resumos artikelen bijdragen "
        "vakpublicaties artiklar artikler clanky publikaciok cikkek tanulmanyok yayinlar makaleler публикации статьи "
        "труды работы"
    ),
    "preprint": (
        "preprint preprints eprint eprints arxiv prepublications prepublicaciones vorabdrucke preprinty arbeitspapiere"
    ),
    "book": (
        "book books monograph monographs monographies buch bucher monographien monografien livre livres libro libros "
        "libri livros ksiazki ksiazkach monografie monografias boeken textbooks volumes bande sammelbande curatele "
        "douvrage douvrages bocker boger boker knihy knihach konyvek kitaplar kitap книги книгах монографии"
    ),
    "chapter": (
        "chapter chapters bookchapters buchkapitel buchbeitrage sammelbandbeitrage chapitre chapitres capitulo "
        "capitulos capitoli rozdzialy hoofdstukken boekhoofdstukken festschriftbeitrage bokkapitel bokkapitler "
        "bogkapitler kapitel kapitler kapitoly konyvfejezetek bolumleri главы"
    ),
    "article-journal": (
        "zeitschriftenartikel zeitschriftenaufsatze zeitschriftenbeitrage journalartikel fachartikel "
        "tidskriftsartiklar tidsskriftartikler folyoiratcikkek"
    ),
    "paper-conference": (
        "konferenzbeitrage tagungsbeitrage tagungsbande konferenzbeitrag proceedings actes atti sborniky bildiriler "
        "тезисы"
    ),
    "thesis": (
        "thesis theses dissertation dissertations dissertationen doktorarbeit diplomarbeit masterarbeit "
        "abschlussarbeit habilitation habilitationsschrift qualifikationsschriften these tesis tese teses tesi "
        "dissertacoes proefschrift avhandling avhandlinger afhandling tezler диссертация диссертации"
    ),
    "report": (
        "report reports whitepapers berichte forschungsberichte rapports informes relatorios techreports rapporten "
        "rapporter"
    ),
}
# They say what kind of works, beside a word for works, or by themselves where publications stand already.
_SORTS: dict[Kind, str] = {
    "article-journal": (
        "journal journals zeitschriften revues revistas riviste czasopisma tijdschriften magazine magazines "
        "periodicos periodici periodiques jornais rivista fachzeitschriften czasopismach tidskrifter tidsskrifter "
        "casopisech dergilerde журналах журналы"
    ),
    "chapter": "sammelbanden buchern bundels sbornicich сборниках",
    "paper-conference": (
        "conference conferences workshop workshops symposium symposia konferenz konferenzen tagungen congres "
        "congresos congressos conferenze konferencje konferencyjne conferencia conferencias "
        "anais eventos actas communications congresso convegno convegni colloque colloques конференциях докладов"
    ),
}
_STATUSES: dict[str, str] = {
    "in preparation": (
        "preparation vorbereitung progress wip przygotowaniu preparacion preparacao preparazione drafts"
    ),
    "submitted": (
        "submitted eingereicht eingereichte soumis enviados submetidos submission submissions review resubmit"
    ),
    "in press": (
        "press forthcoming accepted angenommen acceptes aceitos upcoming soon coming druck erscheinend prensa stampa"
    ),
}
# Something else, even beside a word for works: "conference talks", "theses supervised", "journal reviewer". A review
# names the authors and the title of another's book: read as an entry, it would give them to the owner.
_OTHERS = frozenset(
    (
        "about activities actualites address adresse advised advisees advising affiliation affiliations aktivitaten "
        "aktualnosci aktuelles alumni announcements appointments apresentacoes ausbildung ausstellungen "
        "auszeichnungen award awards berufserfahrung betreute betreuung bio biografie biography blog blogs board "
        "boards brevets brevetti buchbesprechungen career certificates certifications charlas classes coauthors code "
        "collaborators colloquia committee committees competences competencias competenze conferencier contact "
        "contacto contato contatti cours course courses cv data dataset datasets degrees didattica distinctions "
        "docencia doswiadczenie drittmittel duties dydaktyka editor editorial editors editorships education email "
        "employment encadrement enseignement enseignements ensino esperienza estudiantes events exhibitions "
        "experience experiencia experiencias exposes fellowship fellowships financements forderung formacao formacion "
        "formation formazione funded funding fundings grant grants granty group gutachter gutachtertatigkeit "
        "herausgeberschaft highlights hobbies honor honors honour honours idiomas interessen interests interns "
        "internships interviews kenntnisse keynote keynotes kontakt kurse kursy language languages langues leadership "
        "lebenslauf legislacao legislacion legislation lecture lectures lehre "
        "lehrveranstaltungen lingue links media member members membership "
        "memberships mentored mentoring mitgliedschaften nagrody neuigkeiten news nieuws noticias novidades onderwijs "
        "opleiding organisation organising organization organizer orientacoes orientandos outreach packages palestras "
        "patent patente patentes patents patenty people performances podcasts ponencias popularyzacja position "
        "positions postdocs poster posters preise premi premio premios presentation presentations press presse prix "
        "prize prizes profile profiles progetti programming projetos proyectos recensioni recenzje referaty referee "
        "refereeing reihen relazioni repositories resenas resenhas review reviewer reviewers reviewing reviews "
        "rezensionen scholarships seminar seminare seminars serie series service services skill skills software "
        "softwares sprachen statement stipendien student studenten students studierende studies studium supervised "
        "supervising supervision supervisor supervisoes talk talks teaching team tool tools training tutorial "
        "tutorials uber umiejetnosci updates veranstaltungen videos visitors vita volunteering vortrag vortrage "
        "werdegang wyklady wyksztalcenie orales rendus interventi undervisning oktatas dersler патенты преподавание"
    ).split()
)
# Of these, those that menus and buttons of any page say: below one of them a list may stand that it does not head.
_ON_EVERY_PAGE = frozenset(
    "about contact contacto contato contatti email kontakt links media profile profiles tools".split()
)
# They say nothing, or nothing by themselves.
_NEUTRAL = frozenset(
    (
        "a academic additional aj all am an and applied archived area areas as at auf aus ausgewahlte auswahl author "
        "authored authors autres b bachelor bsc by c choisies chronological chronologisch cientifica cientificas "
        "cientifico cientificos co coauthored collections commentaries commentary complete completed comprehensive "
        "conference-papers contributed correspondence current d da dans das de dei del demo der des deutsch di die do "
        "doctoral e early ed edited edition editions editor's einzelne em en english et eu featured first for francais "
        "from full fur further german have herausgegebene i if ii iii im impact in indexed inne international "
        "internationale internationalen invited isi issue issues iv jahr journal's journalistische key l la last "
        "latest le les letters publicados publicadas publies pubblicati opublikowane "
        "veroffentlichte nuestras nuestros our text texts textos completos volltexte letzte "
        "list lista liste long main major master masters meine methods misc "
        "miscellaneous mit most msc my n national naukowe naukowych neue non not note notes o oder of older on online "
        "opinion or order os other others otras otros outras outros peer peer-reviewed per perspective perspectives "
        "ph phd plus popular previous professional project projects projekte projets published recent recenzowane "
        "refereed regular related representative research reverse reviewed scholarly science scientific scientifiche "
        "scientifici scientifiques scopus sel selecao seleccion seleccionadas seleccionados selecionadas selected "
        "selection selezionate senior shared short sonstige special strictly survey surveys technical the their "
        "theoretical to top topic type u ua ubrige und unpublished unrefereed v vi vision w web weitere "
        "wissenschaftliche wissenschaftlichen with without work working wybrane y year years z zu zum zur "
        "concluidas economics edicoes faculty history law linguistics lub mathematics musicology organizados ou "
        "philosophy physics pod pracach psychology redakcja sociology sonstiges wspolredakcja zbiorowych "
        "aan avec lecture begutachtete begutachteten bibliografica bibliographique catalogue collectifs collettanee "
        "comite comptes corso creative delle direction doctorado doctorat dottorato elenco entries "
        "enciclopediche exhibition indexadas internationales internationaux investigacion job kleinere "
        "market nationales nationaux opera opere original para participation participations parus pedagogical "
        "policy public recherche referierte referierten revise sans selbstandige selbststandige sentenza su trabajo "
        "unselbststandige un urval utvalda utvalgte valda ve volume vulgarisation wetenschappelijke "
        "в и избранные научные основные список"
    ).split()
)
_PUBLISHED = frozenset("published publicados publicadas publies pubblicati opublikowane veroffentlichte".split())
# Whole headings of scripts without spaces: what they hold says what they mean; the first that is found decides.
_UNSPACED: tuple[tuple[str, bool, Kind | None], ...] = (
    ("発表", False, None), ("講演", False, None), ("受賞", False, None), ("特許", False, None), ("专利", False, None),
    ("專利", False, None), ("获奖", False, None), ("教学", False, None), ("教育", False, None), ("经历", False, None),
    ("学歴", False, None), ("経歴", False, None), ("職歴", False, None), ("报告", False, None), ("项目", False, None),
    ("수상", False, None), ("특허", False, None), ("강의", False, None), ("学生", False, None), ("新闻", False, None),
    ("国際会議", True, "paper-conference"), ("国内会議", True, "paper-conference"),
    ("会议论文", True, "paper-conference"),
    ("期刊", True, "article-journal"), ("雑誌", True, "article-journal"), ("学位論文", True, "thesis"),
    ("学位论文", True, "thesis"), ("著書", True, "book"), ("专著", True, "book"), ("著作", True, None),
    ("論文", True, None), ("论文", True, None), ("業績", True, None), ("发表", True, None), ("成果", True, None),
    ("논문", True, None), ("저서", True, "book"),
)  # fmt: skip
# What one work is, as portals write beside it; "" where it may be several. In small letters.
_OF_ONE: dict[Kind | Literal[""], str] = {
    "": (
        "article|research article|research-article|review|review article|article de synthèse|short-paper|abstract|other"
        "|autre|letter|editorial|comment|note|patent|data|poster|other contribution|sonstiges|artikel|artigo|artículo"
        # the field it belongs to
        "|agricultural and food sciences|biology|business|chemistry|computer science|economics|engineering"
        "|environmental science|geology|history|linguistics|materials science|mathematics|medicine|philosophy|physics"
        "|political science|psychology|sociology"
        # and how far it is
        "|published|e-pub ahead of print|accepted/in press|veröffentlicht|angenommen/im druck|publié|publicado"
        "|elektronische veröffentlichung vor drucklegung"
    ),
    "article-journal": (
        "journal article|article in journal|contribution to journal|article dans une revue|zeitschriftenaufsatz"
        "|zeitschriftenaufsätze|zeitschriftenartikel|beitrag in zeitschrift|beiträge in zeitschriften"
        "|beitrag in fachzeitschrift|beiträge in fachzeitschriften|bijdrage aan tijdschrift|artículo de revista"
        "|artigo em revista|vitenskapelig artikkel|articolo su rivista|artículo en revista"
    ),
    "paper-conference": (
        "conference paper|conference article|conference contribution|conference proceeding|conference publication"
        "|paper in proceedings|communication dans un congrès|konferenzbeitrag|konferenzaufsatz"
        "|aufsatz in konferenzband|aufsätze in konferenzbänden|conferentiebijdrage|contributo in atti di convegno"
    ),
    "chapter": (
        "chapter|book chapter|chapter in book|chapitre d'ouvrage|chapitre d’ouvrage|buchkapitel|hoofdstuk|bokkapitel"
        "|aufsatz in sammelwerk|aufsätze in sammelwerken|beitrag in sammelwerk|capítulo de livro|capítulo de libro"
        "|contributo in volume"
    ),
    "book": (
        "book|monograph|monografie|monografien|ouvrage|ouvrages|boek|bok|buch|livro|libro"
        "|anthology|book editing|edited book|direction d'ouvrage, proceedings, dossier"
    ),
    "thesis": (
        "thesis|doctoral thesis|phd thesis|master's thesis|dissertation|dissertation or thesis|dissertation/thesis"
        "|thèse|habilitation à diriger des recherches|proefschrift"
    ),
    "report": "report|technical report|rapport|bericht|forschungsbericht|commissioned report",
    "preprint": "preprint|working paper|vorabdruck|pré-publication, document de travail",
}
_SORT_OF_ONE = {said: kind for kind, words in _OF_ONE.items() for said in words.split("|")}
# Those that are no headings: what somebody reviewed stands below "Reviews" or "Reviewing".
NEVER_HEADS = frozenset(("review", "review article"))
# What stands beside it and says nothing of the kind.
_BESIDE_SORT = frozenset(
    (
        "academic|author|begutachtet|forschung|free access|full-text available|lehre|open access|peer review"
        "|peer-review|peer-reviewed|peer reviewed|popular|professional|refereed|research|scientific|transfer"
    ).split("|")
)
_SORT_BEGINS = frozenset(said.partition(" ")[0].rstrip(",") for said in (*_SORT_OF_ONE, *_BESIDE_SORT))
_LONGEST_SORT, _LONGEST_PATH = 60, 200
_PARTS = patterns.compile(r" ?[|›•·»] ?| ?[()]|, ")
_KIND_OF_WORK = {word: kind for kind, words in _WORKS.items() for word in words.split()}
_KIND_OF_SORT = {word: kind for kind, words in _SORTS.items() for word in words.split()}
_STATUS = {word: status for status, words in _STATUSES.items() for word in words.split()}
_COUNTER = patterns.compile(r"(?:[IVX]{1,4}|[A-Z]|\d{1,2}(?:\.\d{1,2})*)[.)] +")
_BRACKETS = patterns.compile(r"[(\[][^()\[\]]{0,80}[)\]]")
_BY_WHOM = patterns.compile(r" (?<=[sn] )(?:by|of|von|de|di|par|por|da) (?P<name>[A-ZÀ-Ý][^,;:]{3,40})$")
_DECLARED = patterns.compile(r"^(?P<before>\d{1,4}) \w+$|[(\[](?P<after>\d{1,4})[)\]]$")
_YEARS = patterns.compile(r"\b(?:19|20)\d\d\b")
MAX_HEADING, MAX_WORDS = 100, 10
# Nouns that say by themselves what stands below, whatever their heading says besides: "Papers written in Rome".
_CLEAR = frozenset(
    (
        "publications publicaciones publicacoes pubblicazioni publikationen veroffentlichungen publikacje publicaties "
        "papers articles articulos artigos articoli aufsatze zeitschriftenaufsatze artykuly preprints"
    ).split()
)
_JOINT = frozenset(
    "at by de del della dans en em et for from im in mit on of par von with w with written z zu zum".split()
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says: whether publications stand below (None: it does not say), of which kind and status.

    A sort by itself ("Conferences") `refines` what stands above; a heading between another one and the list is
    `contested`: the list may belong to either.
    """

    publications: bool | None
    kind: Kind | None = None
    status: str | None = None
    refines: bool = False
    contested: bool = False


# What says that the works below it are of another kind than those above it, and of no other status: "Others".
OTHERS = Meaning(True, refines=True)
_OTHERS_YET = frozenset("others misc miscellaneous autres otros outros sonstige sonstiges".split())
_FEW = 2


def meaning(text: str, *, is_heading: bool = False) -> Meaning | None:
    """What `text` says as a heading; None where it is none that is known.

    Where the page says that it `is_heading`, its first noun may be enough.
    """
    if text.endswith((",", ";")) or (text[:1].islower() and " " in text and text[-1:] != ":"):
        return None
    bare = text[: 3 * MAX_HEADING]
    if "(" in bare or "[" in bare:
        bare = _BRACKETS.sub(" ", bare)
    if len(bare) > MAX_HEADING or bare.count(" ") > MAX_WORDS:
        return None
    counter = _COUNTER.match(bare)
    plain = bare[counter.end() :] if counter else bare
    if "19" in plain or "20" in plain:
        plain = _YEARS.sub(" ", plain)
    plain = _BY_WHOM.sub("", plain.strip(" :.-–—"))
    for sign, works, kind in _UNSPACED if not plain.isascii() else ():
        if sign in plain and len(plain) <= 24:
            return Meaning(works, kind)
    if found := _DECLARED.match(plain):
        plain = plain[len(found["before"] or "") :]
    words = letters.folded_words(plain)
    if not words:
        return None
    said = _of_words(tuple(words)) or (_of_first_noun(words) if is_heading else None)
    return None if said is None or any(map(str.isdigit, plain)) else said


def sort(text: str) -> Kind | Literal[""] | None:
    """The kind that a text of nothing else gives one work: "Journal article | Open access".

    "" where it is of several kinds, None where the text is no such label.
    """
    if " › " in text and is_path(text):  # from the general to the special
        if len(text) > _LONGEST_PATH:
            return None
        kinds = [_SORT_OF_ONE[part] for part in _PARTS.split(text.lower().partition(": ")[2]) if part in _SORT_OF_ONE]
        is_named = bool(kinds) or ": " in text.partition(" › ")[0]
        return next((kind for kind in reversed(kinds) if kind), "") if is_named else None
    if len(text) > _LONGEST_SORT:
        return None
    said = text.lower()
    if said in _SORT_OF_ONE or said.partition(" ")[0].rstrip(",") not in _SORT_BEGINS:
        return _SORT_OF_ONE.get(said)
    parts = [part for part in _PARTS.split(said) if part]
    kinds = [_SORT_OF_ONE[part] for part in parts if part in _SORT_OF_ONE]
    return kinds[0] if kinds and all(part in _SORT_OF_ONE or part in _BESIDE_SORT for part in parts) else None


def is_path(text: str) -> bool:
    """Whether a text is a way through a tree: "Contribution to journal › Article › Academic"."""
    general, step, special = text.partition(" › ")
    return bool(step) and (" › " in special or ": " in general)


def count(text: str) -> int | None:
    """How many entries a heading says there are below it: "Papers (12)", "19 Papers"."""
    found = _DECLARED.search(text)
    return int(found["before"] or found["after"]) if found else None


def by_whom(text: str) -> str | None:
    """The name in "Publications by Ada Lovelace"; None where there is none."""
    found = _BY_WHOM.search(text.strip(" :.-–—")) if len(text) <= MAX_HEADING else None
    return found["name"] if found and meaning(text) else None


# ---------------------------------------------------------------- inside


def _of_first_noun(words: Sequence[str]) -> Meaning | None:
    """What a heading says that goes on after its first noun: "Articles in journals of the Royal Society"."""
    at = next((at for at, word in enumerate(words) if word in _CLEAR), None)
    if at is None or at + 1 == len(words) or words[at + 1] not in _JOINT:
        return None
    return _of_words(tuple(words[: at + 1]))


def _has_books(words: tuple[str, ...]) -> bool:
    """Whether one of `words` says books and not what the chapters right behind it are of."""
    return any(
        _KIND_OF_WORK.get(word) == "book" and _KIND_OF_WORK.get(following) != "chapter"
        for word, following in pairwise((*words, ""))
    )


def _of_words(words: tuple[str, ...]) -> Meaning | None:
    kinds: list[Kind | None] = []  # of words for works
    sorts: list[Kind] = []
    heads = 0
    other = None
    statuses: set[str | None] = set()
    for word in words:
        if word in _KIND_OF_WORK:
            heads += 1
            kinds.append(_KIND_OF_WORK[word])
        elif word in _KIND_OF_SORT:
            sorts.append(_KIND_OF_SORT[word])
        elif (
            word in _OTHERS
            and not (word == "press" and "in" in words)
            and not (word == "review" and "under" in words)
            and not (word == "lecture" and "comite" in words)  # "Revues avec comité de lecture"
        ):
            other = other or word
        elif word in _STATUS:
            statuses.add(_STATUS[word])
        elif word not in _NEUTRAL and word != "under" and not word.isdigit():
            return None
    said = set(kinds) | set(sorts) - ({"article-journal"} if "paper-conference" in kinds and not sorts else set())
    if sorts:
        said.discard(None)  # "conference papers", "journal articles"
    is_joined = any(word in ("and", "und", "et", "y", "e", "i") for word in words)
    if "chapter" in said and not (is_joined and _has_books(words)):
        said.discard("book")  # "book chapters", "chapters in books"
    kind = said.pop() if len(said) == 1 else None
    # "Published and forthcoming papers", "Submitted or accepted": which of them is which, it does not say.
    status = next(iter(statuses)) if len(statuses) == 1 and _PUBLISHED.isdisjoint(words) else None
    if "working" in words and "papers" in words:
        kind = "preprint"
    if other and _ON_EVERY_PAGE.issuperset(words):
        return Meaning(None, contested=True)
    if other:
        works = heads > 0 and is_joined and words[0] in _KIND_OF_WORK
        return Meaning(works or False)
    if heads:
        return Meaning(True, kind, status)
    if statuses:
        return Meaning(True, kind, status, refines=True)
    if sorts:
        return Meaning(True, kind, refines=True)
    if "research" in words or "projects" in words:
        return Meaning(None)
    return OTHERS if len(words) <= _FEW and not _OTHERS_YET.isdisjoint(words) else None
