"""One module for each site or platform that needs more than a reader.

A site module is found by its name (``kind: site, site: meetup`` -> ``spiders/sites/meetup.py``): there is no
registry. It has one value, ``SITE`` (`spiders.layouts.Site`): which addresses it answers to, what is asked, how the
answer is read and by what it is known, what all that rests on. Platforms whose addresses alone tell where a calendar
stands need no module: they are in ``spiders/discover/platforms.toml``.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from spiders.addresses import shown
from spiders.discover import platforms
from spiders.discover.platforms import Target
from spiders.errors import SourceError
from spiders.items import Context, Document, Reading, Source
from spiders.reasons import Code, Reason

if TYPE_CHECKING:  # commands that ask no site start without them
    from spiders.layouts import Layout, Site

READING_OF_KIND = {"auto": "auto", "feed": "feed", "ical": "ical", "page": "html", "listing": "listing"}
_SITE, _OWN_PAGE = "site:", "own-page:"
_SOME_TIME = datetime(2026, 1, 1, tzinfo=UTC)


def names() -> list[str]:
    """The sites that are known, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


@cache
def site(name: str) -> Site | None:
    """The site of that name; None where there is none."""
    if name not in names():
        return None
    found: Site = importlib.import_module(f"{__name__}.{name}").SITE
    return found


def named_for(address: str) -> str | None:
    """The name of the site that an address belongs to by its host and form; None where no module knows them."""
    known = ((name, site(name)) for name in names())
    return next((name for name, each in known if each is not None and each.hosts and _is_of(each, address)), None)


def needed_for(address: str) -> str | None:
    """The name of the site whose module reads an address better than what a search would find behind it: not where a
    calendar stands behind it, which a search finds as well."""
    name = named_for(address)
    known = site(name) if name is not None else None
    calendar = any(target.kind == "ical" for target in platforms.direct(address, _SOME_TIME.year))
    return None if known is None or known.door is not None or calendar else name


def _is_of(known: Site, address: str) -> bool:
    """Whether a site would ask something for an address. Its form does not depend on the time."""
    return known.answers_to(address) and bool(known.asks(address, _SOME_TIME))


def name_of(source: Source) -> str | None:
    """The site whose module reads a source; None where none does."""
    if source.kind == "site":
        return str(source.options.get("site"))
    if source.kind != "auto" or source.url is None:
        return None
    target = _behind(source)
    return named_for(source.url) if target is None or target.kind != "ical" else None  # calendars need no module


def addresses(source: Source, now: datetime) -> list[str]:
    """What is asked for, the first unless it gives nothing. Of a platform that is known by the form of its addresses,
    ``auto`` asks for the calendar behind the page. Raises SourceError for an unknown site, or an address of another."""
    if (name := name_of(source)) is not None:
        known, address = _known(name, source), _https(source.url or "")
        asked = list(known.asks(address, now)) if known.answers_to(address) else []
        if not asked:
            reason = Reason(Code.SITE_WITHOUT_GROUP, address=shown(address), example=known.example)
            raise SourceError(reason, source=source.id)
        return asked
    if (target := _behind(source)) is not None:
        return [target.address]
    return [_https(source.url)] if source.url else []


def kind_of_reading(source: Source) -> str:
    """Which reading a source's answer needs: one of ``dispatch.read``'s kinds, or that of a site (``site:NAME``)."""
    if (name := name_of(source)) is not None:
        return _SITE + name
    target = _behind(source)
    return READING_OF_KIND[target.kind if target is not None else source.kind]


def kind_of_own_page(source: Source) -> str:
    """The same for the page of a single entry that a list leads to."""
    name = name_of(source)
    return kind_of_reading(source) if name is None else _OWN_PAGE + name


def kind_wanted(kind: str) -> str:
    """What to ask for, of the kinds that ``wishes.accept`` knows, where an answer is read as ``kind``."""
    if kind.startswith(_OWN_PAGE):
        return "html"
    known = site(kind.removeprefix(_SITE)) if kind.startswith(_SITE) else None
    return known.wants if known is not None else kind


def is_in_parts(source: Source) -> bool:
    """Whether what a source tells stands at several addresses, so that its first answer says nothing of the others."""
    name = name_of(source)
    known = site(name) if name is not None else None
    return known is not None and (known.goes_on is not None or known.door is not None)


def reads(kind: str) -> bool:
    """Whether a kind of reading is that of a site."""
    return kind.startswith((_SITE, _OWN_PAGE))


def read(document: Document, context: Context, kind: str) -> Reading:
    """The answer of a site, or the page of one of its entries, as ``kind`` says. Never raises on bytes."""
    from spiders.layouts import Calendar
    from spiders.readers import ical
    from spiders.readers.markup.page import Page

    known = site(kind.removeprefix(_SITE).removeprefix(_OWN_PAGE))
    if known is None:
        raise ValueError(kind)
    if kind.startswith(_OWN_PAGE):
        return _own_page(known, document, context)
    layout: Layout = Calendar() if ical.accepts(document) else known.layout
    if known.door is not None and layout is known.layout and Page(document).is_markup:
        return _through(known.door, document)
    reading = layout.read(document, context)
    if known.goes_on is None or reading.refused:
        return reading
    rest = tuple(known.goes_on(document, context))
    is_cut = reading.partial or len(rest) > known.most_pages
    return replace(reading, more=rest[: known.most_pages], partial=is_cut)


def _own_page(known: Site, document: Document, context: Context) -> Reading:
    if known.own_page is not None:
        return known.own_page.read(document, context)
    from spiders.readers import dispatch

    return dispatch.read(document, context, "listing")


def _through(door: str, document: Document) -> Reading:
    """A page that leads to where the events stand: its address is all that is read of it."""
    from spiders.layouts.layout import changed, refused
    from spiders.readers.markup.page import Page

    page = Page(document)
    targets: Iterator[Target] = platforms.marked(page.text, document.url or "")
    address = next((target.address for target in targets if target.platform == door), None)
    if address is None:
        return refused(page) or changed(door)
    return Reading(reader="site", more=(address,), is_door=True)


def _behind(source: Source) -> Target | None:
    """Where the events of an ``auto`` source stand, if the form of its address tells."""
    if source.kind != "auto" or source.url is None:
        return None
    return next(iter(platforms.direct(source.url, 0, embedded=True)), None)


def _known(name: str, source: Source) -> Site:
    found = site(name)
    if found is None:
        raise SourceError(Reason(Code.SITE_UNKNOWN, site=name, known=", ".join(names())), source=source.id)
    return found


def _https(address: str) -> str:
    """``webcal:`` is https under another name."""
    return "https:" + address.removeprefix("webcal:") if address.startswith("webcal:") else address
