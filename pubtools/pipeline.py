"""What the command line and a library user call: pages in, a library and a report out; a library in, an export out.

Nothing here touches a file, the network, the clock or the terminal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, cast

from pubtools import corrections, doubts, news, plugins
from pubtools import library as libraries
from pubtools.config import NOTHING, Config, Listed
from pubtools.errors import AmbiguousLayoutError, ExportError, InputError, PubtoolsError, UnknownLayoutError
from pubtools.exporters import Style
from pubtools.fields import letters, names, titles
from pubtools.garbage import uncollected
from pubtools.library import PAGE, Doubt, Library, Profile
from pubtools.merging import USER
from pubtools.models import Name, Publication, Reading, Sighting, Source
from pubtools.people import People
from pubtools.problems import Problem, Where

# What reads pages and asks services is imported where that is done: to check and to export takes none of it.
if TYPE_CHECKING:
    from pubtools.enrichers import Catalogue, Enricher
    from pubtools.exporters import Exporter
    from pubtools.importers import Importer
    from pubtools.layouts import Layout
    from pubtools.page import Page

# The layout of a page that no named one fits.
FREEFORM = "freeform"


class PageReport(NamedTuple):
    """What came of one page: the layout that read it, and counts of entries and lines."""

    name: str
    layout: str
    owner: str | None
    read: int
    declared: int | None
    refused: int
    unread: tuple[int, ...]


class Asking(NamedTuple):
    """A catalogue to ask, and fingerprints of publications that it is known not to have."""

    catalogue: Catalogue
    absent: Collection[str] = ()


class LookUp(NamedTuple):
    """What a look-up found: keys of the publications, and why the others were not found or not asked for."""

    found: tuple[str, ...] = ()
    absent: Mapping[str, str] = MappingProxyType({})
    unasked: Mapping[str, str] = MappingProxyType({})

    def renamed(self, keys: Mapping[str, str]) -> LookUp:
        """The same under other keys."""
        return LookUp(
            tuple(keys.get(key, key) for key in self.found),
            {keys.get(key, key): reason for key, reason in self.absent.items()},
            {keys.get(key, key): reason for key, reason in self.unasked.items()},
        )


class Report(NamedTuple):
    """What a run of `normalise` found: a row a page, keys of the publications concerned, and every doubt."""

    pages: tuple[PageReport, ...]
    publications: int
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    pruned: tuple[str, ...] = ()
    merged: int = 0
    cut: tuple[str, ...] = ()
    without_year: tuple[str, ...] = ()
    undated: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    looked_up: LookUp = LookUp()
    problems: tuple[Problem, ...] = ()


def page_of(text: str, name: str = "page") -> Page:
    """The page that `text`, of a file called `name`, shows: HTML by its suffix or its beginning, else plain text."""
    from pubtools import html
    from pubtools.page import Page

    return html.page(text, name) if html.fits(text, name) else Page.from_text(text, name)


@uncollected()
def read(page: Page, layout: str | None = None) -> tuple[str, Reading]:
    """The name of the layout of `page`, and what it reads.

    `layout` names one; otherwise the one that fits, or FREEFORM where none does. Line numbers are the page's, which
    for HTML are not the file's. Raises UnknownLayoutError or AmbiguousLayoutError.
    """
    if layout is not None:
        try:
            module = cast("Layout", plugins.load("layout", layout))
        except PubtoolsError as error:
            raise UnknownLayoutError(error.message, hint=error.hint) from error
        return layout.replace("_", "-"), module.read(page)
    everything = plugins.names("layout")
    known = {name: cast("Layout", plugins.load("layout", name)) for name in everything if name != FREEFORM}
    fitting = [name for name, module in known.items() if module.fits(page)]
    if not fitting and FREEFORM in everything:
        return FREEFORM, cast("Layout", plugins.load("layout", FREEFORM)).read(page)
    if not fitting:
        message = "no layout that pubtools knows fits this page"
        raise UnknownLayoutError(message, path=page.name, hint=f"layouts: {', '.join(known)}; --layout forces one")
    if len(fitting) > 1:
        message = f"two layouts fit this page: {' and '.join(fitting)}"
        raise AmbiguousLayoutError(message, path=page.name, hint=f"say which: --layout {fitting[0]}")
    return fitting[0], known[fitting[0]].read(page)


def importer(page: Page, layout: str | None = None) -> tuple[str, Importer] | None:
    """The importer that `layout` names, or that fits `page`; None for a page that people read."""
    formats = plugins.names("importer")
    if layout is not None:
        spelt = layout.replace("_", "-")
        return (spelt, cast("Importer", plugins.load("importer", spelt))) if spelt in formats else None
    for name in formats:
        known = cast("Importer", plugins.load("importer", name))
        if known.fits(page.source, page.name):
            return name, known
    return None


def normalise(
    library: Library,
    pages: Sequence[Page],
    config: Config | None = None,
    *,
    as_of: date | None = None,
    layout: str | None = None,
    prune: bool = False,
    allow_empty: bool = False,
    keep_doubtful: bool = False,
    rows: Mapping[str, Listed] = MappingProxyType({}),
    forget: Collection[str] = (),
    asking: Sequence[Asking] = (),
    recheck: bool = False,
) -> tuple[Library, Report]:
    """`library` after reading `pages` and asking the catalogues of `asking`, and a report.

    A page may also be a bibliography file. Its name is its locator in the library. Raises InputError for a page
    without an entry, unless `allow_empty`: an empty page is a failed download more often than an empty list.
    `rows` has by name what pubtools.toml says of pages; that goes before `layout` and `as_of`. `forget` names pages
    that are read no more: what only they say is gone. `recheck` asks again for preprints that arXiv knows: one may
    have been published.
    """
    from pubtools import barriers, sightings

    config = config or NOTHING
    who = People.of(config)
    seen: dict[str, tuple[Profile | None, Sequence[Sighting]]] = dict.fromkeys(forget, (None, ()))
    reports: list[PageReport] = []
    problems: list[Problem] = []
    for page in {page.name: page for page in pages}.values():
        said = rows.get(page.name, _UNLISTED)
        form, day = said.layout or layout, said.as_of or as_of
        if bibliography := importer(page, form):
            seen[page.name], row, unclear = _imported(page, *bibliography, allow_empty=allow_empty)
            problems += unclear
            reports.append(row)
            continue
        name, reading = _reading(page, form, allow_empty=allow_empty)
        if not reading.entries and (barrier := barriers.recognise(page)):
            problems.append(Problem("L07", f"looks like {barrier.what} ({barrier.hint})", Where(page.name)))
        found, unclear = sightings.from_reading(
            reading, page.name, day, keep_doubtful=keep_doubtful or said.keep_doubtful
        )
        seen[page.name] = (_profile(page.name, name, reading), found)
        problems += unclear
        reports.append(_row(page.name, name, reading))

    updated, open_doubts = libraries.add(library, seen, who, corrections.rules(library, config))
    updated = library if updated == library else updated  # what was computed from it holds
    updated, report = _settle(library, updated, open_doubts, config, asking, prune=prune, recheck=recheck)
    mended = doubts.mended(libraries.publications(updated, who))
    still = [problem for problem in problems if (problem.code, problem.where) not in mended]
    return updated, report._replace(pages=tuple(reports), problems=doubts.in_order([*still, *report.problems]))


def look_up(
    library: Library, config: Config | None = None, asking: Sequence[Asking] = (), *, refresh: bool = False
) -> tuple[Library, Report]:
    """`library` after asking the catalogues for what no service has spoken of, or for all of it on `refresh`."""
    config = config or NOTHING
    rules = corrections.rules(library, config)
    same, open_doubts = libraries.add(library, {}, People.of(config), rules)
    same = library if same == library else same  # what was computed from it holds
    return _settle(library, same, open_doubts, config, asking, refresh=refresh)


def unsettled(
    library: Library, config: Config | None = None, *, refresh: bool = False, recheck: bool = False
) -> list[Publication]:
    """The publications that a look-up may complete: all that the service has not spoken of, or all on `refresh`.

    On `recheck` those too that it knows and that have not appeared anywhere else. What is gone, and what the user says
    is not on arXiv, is never asked for.
    """
    config = config or NOTHING
    refused = corrections.not_on_arxiv(library, config)
    return [
        publication
        for publication in libraries.publications(library, People.of(config))
        if not (publication.gone or publication.excluded or publication.key in refused)
        and (refresh or not _is_settled(publication) or (recheck and not news.is_published(publication)))
    ]


def enrich(
    library: Library,
    wanted: Sequence[Publication],
    catalogue: Catalogue,
    config: Config | None = None,
    *,
    service: str = "arxiv",
) -> tuple[Library, LookUp]:
    """`library` with what a service says of the publications `wanted`, and which it found.

    What was not found, or could not be asked for, keeps what it has.
    """
    from pubtools.enrichers import Absent, Found

    config = config or NOTHING
    who = People.of(config)
    enricher = cast("Enricher", plugins.load("enricher", service))
    owners = [name.literal for name in _owners(library, who, ())]
    by_key = {publication.key: publication for publication in wanted}
    found: dict[str, list[Sighting]] = {}
    absent: dict[str, str] = {}
    unasked: dict[str, str] = {}
    for answer in enricher.look_up(wanted, owners, catalogue):
        if isinstance(answer, Found):
            found[answer.key] = [_known_or_new(by_key[answer.key], answer.sighting)]
        elif isinstance(answer, Absent):
            absent[answer.key] = answer.reason
        else:
            unasked[answer.key] = answer.reason
    fresh = {
        key: said
        for key, said in found.items()
        if said != [sighting for sighting in by_key[key].sightings if sighting.source.kind == service]
    }
    enriched = libraries.attach(library, fresh, service, who, corrections.rules(library, config))
    return enriched, LookUp(tuple(found), absent, unasked)


def export(
    library: Library,
    to: str,
    config: Config | None = None,
    *,
    me: Sequence[str] = (),
    abstracts: bool = False,
) -> str:
    """All publications of `library` in the format `to`, the name of an exporter; newest first, then by key.

    `me` are the names to set off as the owner's; without them pubtools.toml says, and else the pages themselves. How
    the list looks is `config.style`; `abstracts` are written when either asks for them.
    """
    return exported(library, to, config, me=me, abstracts=abstracts)[0]


def exported(
    library: Library,
    to: str,
    config: Config | None = None,
    *,
    me: Sequence[str] = (),
    abstracts: bool = False,
) -> tuple[str, tuple[Problem, ...]]:
    """The same, and what the format cannot say. Raises ExportError for an unknown format."""
    config = config or NOTHING
    return render(listed(library, config), to, library, config, me=me, abstracts=abstracts)


def listed(library: Library, config: Config | None = None) -> list[Publication]:
    """The publications of `library` but for those that the user wants in no list; newest first, then by key."""
    everything = libraries.publications(library, People.of(config or NOTHING))
    return [publication for publication in everything if not publication.excluded]


def render(
    publications: Sequence[Publication],
    to: str,
    library: Library,
    config: Config,
    *,
    me: Sequence[str] = (),
    abstracts: bool = False,
) -> tuple[str, tuple[Problem, ...]]:
    """`publications` of `library` in the format `to`, see `exported`. Raises ExportError for an unknown format."""
    try:
        exporter = cast("Exporter", plugins.load("exporter", to))
    except PubtoolsError as error:
        raise ExportError(error.message, hint=error.hint) from error
    choices = {**dict(config.style), "abstracts": abstracts or config.style.abstracts}
    style = Style.model_construct(**choices, owners=_owners(library, People.of(config), me))
    written = exporter.render(publications, style)
    unsaid = getattr(exporter, "doubts", None)  # most formats can say everything
    return written, tuple(unsaid(publications, style, written)) if unsaid else ()


def find(library: Library, key: str, config: Config | None = None) -> Publication:
    """The publication with that key, or that alias. Raises InputError with the nearest key there is."""
    all_of_them = libraries.publications(library, People.of(config or NOTHING))
    for publication in all_of_them:
        if key == publication.key or key in publication.aliases:
            return publication
    names = {name.lower(): work.key for work in all_of_them for name in (work.key, work.title)}
    near = dict.fromkeys(names[name] for name in get_close_matches(key.lower(), names, n=3))
    hint = f"did you mean {', '.join(near)}?" if near else "pubtools export --format csl-json lists the keys as ids"
    raise InputError(f"no publication has the key {key!r}", hint=hint)


# ---------------------------------------------------------------- inside

# What a publication is, whoever says it.
_RESOLVED = tuple(name for name, info in Publication.model_fields.items() if name != "sightings" and not info.exclude)
_UNLISTED = Listed.model_construct(path="")


_EMPTY = "pubtools read shows how it is understood; --allow-empty takes it as it is"


def _imported(
    page: Page, name: str, importer: Importer, *, allow_empty: bool
) -> tuple[tuple[Profile, Sequence[Sighting]], PageReport, Sequence[Problem]]:
    from pubtools.importers import IMPORT_TRUST

    got = importer.read(page.source, Source(kind=PAGE, locator=page.name, trust=IMPORT_TRUST))
    if not got.sightings and not allow_empty:
        message, first = f"no publication found in this file (format {name})", next(iter(got.problems), None)
        line = first.where.line if first and first.where else None
        raise InputError(f"{message}: {first.message}" if first else message, path=page.name, line=line, hint=_EMPTY)
    row = PageReport(page.name, name, None, len(got.sightings), None, got.refused, ())
    return (Profile(locator=page.name, layout=name), got.sightings), row, got.problems


def _reading(page: Page, layout: str | None, *, allow_empty: bool) -> tuple[str, Reading]:
    from pubtools import barriers

    try:
        name, reading = read(page, layout)
    except UnknownLayoutError:
        if not allow_empty or layout is not None:
            raise
        return "none", Reading(unread=tuple(line.number for line in page.filled()))
    if not reading.entries and not allow_empty:
        if barrier := barriers.recognise(page):
            raise InputError(f"is {barrier.what}, not a profile", path=page.name, hint=barrier.hint)
        message = f"no publication found on this page (layout {name})"
        if reading.refused:
            first = reading.refused[0]
            message += f"; line {first.lines[0]}: {first.reason}"
        raise InputError(message, path=page.name, hint=_EMPTY)
    return name, reading.renumbered(page.file_line) if page.file_lines else reading


def _profile(locator: str, layout: str, reading: Reading) -> Profile:
    return Profile(
        locator=locator,
        layout=layout,
        owner=names.parse(reading.owner.text) if reading.owner else None,
        declared=reading.declared.count if reading.declared else None,
    )


def _row(name: str, layout: str, reading: Reading) -> PageReport:
    return PageReport(
        name=name,
        layout=layout,
        owner=reading.owner.text if reading.owner else None,
        read=len(reading.entries),
        declared=reading.declared.count if reading.declared else None,
        refused=len(reading.refused),
        unread=reading.unread,
    )


def _owners(library: Library, who: People, me: Sequence[str]) -> tuple[Name, ...]:
    on_pages = tuple(profile.owner for profile in library.profiles if profile.owner)
    return tuple(names.parse(name) for name in me) or who.owner or on_pages


def _earlier(publication: Publication, before: Mapping[str, Publication]) -> Publication | None:
    return next((before[key] for key in (publication.key, *publication.aliases) if key in before), None)


def _has_changed(publication: Publication, before: Mapping[str, Publication]) -> bool:
    """Whether the resolved facts differ from before; that a fact stands on another line now is no news."""
    earlier = _earlier(publication, before)
    if earlier is None or earlier is publication:
        return False
    return any(getattr(publication, name) != getattr(earlier, name) for name in _RESOLVED)


def _settle(
    before: Library,
    library: Library,
    open_doubts: Sequence[Doubt],
    config: Config,
    asking: Sequence[Asking],
    *,
    prune: bool = False,
    refresh: bool = False,
    recheck: bool = False,
) -> tuple[Library, Report]:
    """`library` with the user's corrections and what the catalogues say, and how it differs from `before`."""
    who = People.of(config)
    grouped = library
    library, problems = corrections.apply(library, config)
    result = LookUp()
    if asking:
        library, result = _ask(library, config, asking, refresh=refresh, recheck=recheck)
    issued = {key for record in before.publications for key in (record.key, *record.aliases)}
    issued |= {row.key for row in config.corrections if row.key}  # a key that the user knows is in use
    is_new = any(record.key not in issued for record in library.publications)
    # Either may have told what a new key should say, or joined two works.
    if (asking and (is_new or library is not grouped)) or config.corrections:
        library, renamed = libraries.rekey(library, issued, who)
        result = result.renamed(renamed)
        library, untaken = corrections.give_keys(library, config)
        problems = (*problems, *untaken)
        library, open_doubts = libraries.add(library, {}, who, corrections.rules(library, config))
    pruned = tuple(record.key for record in library.publications if record.gone) if prune else ()
    library = libraries.prune(library) if prune else library
    earlier = {publication.key: publication for publication in libraries.publications(before, who)}
    after = [publication for publication in libraries.publications(library, who) if not publication.excluded]
    live = [publication for publication in after if not publication.gone]
    pages = [sighting for publication in live for sighting in publication.sightings if sighting.source.kind == PAGE]
    found = [*problems, *_of_the_look_up(after, result), *doubts.of_the_library(library, after, open_doubts, config)]
    return library, Report(
        pages=(),
        publications=len(after),
        new=tuple(publication.key for publication in after if _earlier(publication, earlier) is None),
        changed=tuple(publication.key for publication in after if _has_changed(publication, earlier)),
        gone=tuple(publication.key for publication in after if publication.gone),
        pruned=pruned,
        merged=len(pages) - len(live),
        cut=tuple(publication.key for publication in after if _is_cut(publication)),
        without_year=tuple(p.key for p in after if p.date is not None and p.date.year is None),
        undated=tuple(publication.key for publication in after if publication.date is None),
        conflicts=tuple(publication.key for publication in after if publication.conflicts()),
        looked_up=result,
        problems=doubts.in_order(found),
    )


def _ask(
    library: Library, config: Config, asking: Sequence[Asking], *, refresh: bool, recheck: bool
) -> tuple[Library, LookUp]:
    """`library` after each catalogue was asked for what those before it did not have."""
    found: list[str] = []
    absent: dict[str, str] = {}
    unasked: dict[str, str] = {}
    wanted = unsettled(library, config, refresh=refresh, recheck=recheck)
    for one in asking:
        worth = [p for p in wanted if refresh or fingerprint(p) not in one.absent]
        if not worth:
            continue
        library, result = enrich(library, worth, one.catalogue, config)
        found += result.found
        for key in result.found:
            absent.pop(key, None)
            unasked.pop(key, None)
        absent.update(result.absent)
        for key in result.absent:
            unasked.pop(key, None)
        for key in result.unasked:
            absent.pop(key, None)  # another catalogue's word; this one may have it
        unasked.update(result.unasked)
        settled = set(found)
        wanted = [p for p in unsettled(library, config, refresh=refresh, recheck=recheck) if p.key not in settled]
    return library, LookUp(tuple(found), absent, unasked)


def _of_the_look_up(publications: Sequence[Publication], result: LookUp) -> Iterator[Problem]:
    by_key = {key: publication for publication in publications for key in (publication.key, *publication.aliases)}
    for key, reason in result.absent.items():
        publication = by_key[key]
        message = f"not taken from arXiv: {publication.title!r}: {reason}"
        yield Problem("E02", message, doubts.where(publication.sightings[0]))
    for reason in dict.fromkeys(result.unasked.values()):
        number = sum(other == reason for other in result.unasked.values())
        yield Problem("E01", f"{number} of the publications could not be looked up: {reason}")


def fingerprint(publication: Publication) -> str:
    """What a catalogue was asked for: the folded title and the first author, so that a better title is asked again."""
    first = publication.authors.names[0].literal if publication.authors else ""
    return f"{titles.fold(publication.title)} | {letters.fold(first)}"


def _known_or_new(publication: Publication, said: Sighting) -> Sighting:
    """What the service said before, if it says the same now: how well it matched then is no news."""
    same = (s for s in publication.sightings if s.source == said.source and s.facts == said.facts)
    return next(same, said)


def _is_settled(publication: Publication) -> bool:
    """Whether arXiv has spoken of `publication`, and of the number that the user pinned, if there is a pin."""
    numbers = {s.facts.arxiv.number for s in publication.sightings if s.source.kind == "arxiv" and s.facts.arxiv}
    pinned = next((c.value.number for c in publication.claims("arxiv") if c.sighting.source.kind == USER), None)
    return pinned in numbers if pinned else bool(numbers)


def _is_cut(publication: Publication) -> bool:
    return publication.authors is not None and not publication.authors.complete
