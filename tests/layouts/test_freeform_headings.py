from __future__ import annotations

import pytest

from pubtools.layouts.freeform import headings
from pubtools.layouts.freeform.headings import Meaning

WORKS = Meaning(True)
SOMETHING_ELSE = Meaning(False)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("Publications", WORKS),
        ("PUBLICATIONS", WORKS),
        ("Selected papers (first author only)", WORKS),
        ("3. Refereed Publications", WORKS),
        ("II. Papers", WORKS),
        ("19 Papers", WORKS),
        ("Publications 2019", WORKS),
        ("Publications by Ada Lovelace", WORKS),
        ("Publications and Preprints", WORKS),
        ("Publications and talks", WORKS),
        ("Aufsätze und Artikel (Auswahl)", WORKS),
        ("PUBLIKACJE NAUKOWE / SCIENTIFIC PAPERS", WORKS),
        ("Contributions to journals, books, and conferences", WORKS),
        ("Publicações selecionadas", WORKS),
        ("論文", WORKS),
        ("Journal articles", Meaning(True, "article-journal")),
        ("Conference papers", Meaning(True, "paper-conference")),
        ("Peer-reviewed conference proceedings", Meaning(True, "paper-conference")),
        ("Working papers", Meaning(True, "preprint")),
        ("Preprints", Meaning(True, "preprint")),
        ("Book chapters", Meaning(True, "chapter")),
        ("Books", Meaning(True, "book")),
        ("Zeitschriftenaufsätze", Meaning(True, "article-journal")),
        ("Ph.D. Thesis", Meaning(True, "thesis")),
        ("Papers in preparation", Meaning(True, None, "in preparation")),
        ("Journals", Meaning(True, "article-journal", refines=True)),
        ("Under review", Meaning(True, None, "submitted", refines=True)),
        ("国際会議論文", Meaning(True, "paper-conference")),
        ("Talks", SOMETHING_ELSE),
        ("Conference talks", SOMETHING_ELSE),
        ("Theses supervised", SOMETHING_ELSE),
        ("Journal reviewer", SOMETHING_ELSE),
        ("Book reviews", SOMETHING_ELSE),
        ("Awards and Honors", SOMETHING_ELSE),
        ("Latest News", SOMETHING_ELSE),
        ("Lehre", SOMETHING_ELSE),
        ("Patents", SOMETHING_ELSE),
        ("口頭発表", SOMETHING_ELSE),
        ("Research", Meaning(None)),
        # of several statuses it does not say which
        ("Published and Forthcoming Papers", WORKS),
        ("Submitted or accepted", Meaning(True, refines=True)),
        ("Others", headings.OTHERS),
        ("Faculty Scholarship", WORKS),
        ("Dissertation and Published Writings in Musicology", WORKS),
        ("publikacje naukowe:", WORKS),
        ("Monografie naukowe pod redakcją lub współredakcją:", Meaning(True, "book")),
        ("Rozdziały w pracach zbiorowych", Meaning(True, "chapter")),
        ("Livros publicados/organizados ou edições", Meaning(True, "book")),
        ("Capítulos de livros publicados", Meaning(True, "chapter")),
        ("Books and book chapters", WORKS),
        ("Livros e capítulos de livros publicados", WORKS),
        ("Apresentações de Trabalho", SOMETHING_ELSE),
        # as CVs of these countries have them
        ("Chapitres d’ouvrages", Meaning(True, "chapter")),
        ("Articles dans des revues à comité de lecture", Meaning(True, "article-journal")),
        ("Actes de colloques", Meaning(True, "paper-conference")),
        ("Communications orales", SOMETHING_ELSE),
        ("Comptes rendus", SOMETHING_ELSE),
        ("Thèse de doctorat", Meaning(True, "thesis")),
        ("Articoli su rivista", Meaning(True, "article-journal")),
        ("Contributi in atti di convegno", Meaning(True, "paper-conference")),
        ("In corso di stampa", Meaning(True, status="in press", refines=True)),
        ("Elenco delle pubblicazioni", WORKS),
        ("Artículos en revistas indexadas", Meaning(True, "article-journal")),
        ("Beiträge in Sammelbänden", Meaning(True, "chapter")),
        ("Beiträge in Zeitschriften und Sammelbänden", WORKS),
        ("Artikel in Fachzeitschriften", Meaning(True, "article-journal")),
        ("Eingereichte Arbeiten", Meaning(True, status="submitted")),
        ("Kommentare", None),  # more often those of a blog's readers
        ("Boekhoofdstukken", Meaning(True, "chapter")),
        ("Artiklar i tidskrifter", Meaning(True, "article-journal")),
        ("Bøker", Meaning(True, "book")),
        ("Rozdziały w książkach", Meaning(True, "chapter")),
        ("Kapitoly v knihách", Meaning(True, "chapter")),
        ("Könyvfejezetek", Meaning(True, "chapter")),
        ("Kitap bölümleri", Meaning(True, "chapter")),
        ("Статьи в журналах", Meaning(True, "article-journal")),
        ("Тезисы докладов", Meaning(True, "paper-conference")),
        ("Патенты", SOMETHING_ELSE),
        ("Chapters in Edited Volumes", Meaning(True, "chapter")),
        ("Edited Volumes", Meaning(True, "book")),
        ("Revise and Resubmit", Meaning(True, status="submitted", refines=True)),
        ("Orientações e supervisões concluídas", SOMETHING_ELSE),
    ],
)
def test_a_heading_says_what_stands_below(text: str, meaning: Meaning) -> None:
    assert headings.meaning(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019",
        "Home",
        "Looms and books of looms",
        "papers that I like",
        "Journal of Looms",
        "Journal of Looms 12, 2019",
        "arXiv:1905.01234",
        "Articles,",
        "Publications " * 20,
        "A paper about looms, by which we mean every loom there is",
    ],
)
def test_what_is_no_heading_says_nothing(text: str) -> None:
    assert headings.meaning(text) is None


@pytest.mark.parametrize(
    ("text", "count"),
    [("19 Papers", 19), ("Publications (7)", 7), ("Publications", None), ("Publications (selected)", None)],
)
def test_a_heading_may_declare_how_many_there_are(text: str, count: int | None) -> None:
    assert headings.count(text) == count


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Publications by Ada Lovelace", "Ada Lovelace"),
        ("Publikationen von Ada Lovelace:", "Ada Lovelace"),
        ("Looms by Ada Lovelace", None),
        ("Publications by year", None),
    ],
)
def test_a_heading_may_name_its_owner(text: str, name: str | None) -> None:
    assert headings.by_whom(text) == name
