"""One module for each site or platform that needs more than a reader.

A site module is found by its name (``kind: site, site: meetup`` -> ``spiders/sites/meetup.py``): there is no
registry. It has ``addresses(source) -> list[str]``, the pages to ask for, and ``KIND``, the kind of reading. Platforms
whose addresses alone tell where their events stand need no module: they are in ``spiders/discover/platforms.toml``.
"""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType

from spiders.discover import platforms
from spiders.discover.platforms import Target
from spiders.errors import SourceError
from spiders.items import Source
from spiders.reasons import Code, Reason

READING_OF_KIND = {"auto": "auto", "feed": "feed", "ical": "ical", "page": "html", "listing": "listing"}


def names() -> list[str]:
    """The sites that are known, in alphabetical order."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def addresses(source: Source) -> list[str]:
    """The addresses to ask for first. Of a platform that is known by the form of its addresses, ``auto`` asks for the
    calendar behind the page. Raises SourceError for an unknown site."""
    if source.kind == "site":
        found: list[str] = _module(source).addresses(source)
        return found
    if (target := _behind(source)) is not None:
        return [target.address]
    return [_https(source.url)] if source.url else []


def kind_of_reading(source: Source) -> str:
    """Which reading a source's answer needs: one of ``dispatch.read``'s kinds."""
    if source.kind == "site":
        return str(_module(source).KIND)
    target = _behind(source)
    return READING_OF_KIND[target.kind if target is not None else source.kind]


def _behind(source: Source) -> Target | None:
    """Where the events of an ``auto`` source stand, if the form of its address tells."""
    if source.kind != "auto" or source.url is None:
        return None
    return next(iter(platforms.direct(source.url, 0, embedded=True)), None)


def _module(source: Source) -> ModuleType:
    name = str(source.options.get("site"))
    if name not in names():
        raise SourceError(Reason(Code.SITE_UNKNOWN, site=name, known=", ".join(names())), source=source.id)
    return importlib.import_module(f"{__name__}.{name}")


def _https(address: str) -> str:
    """``webcal:`` is https under another name."""
    return "https:" + address.removeprefix("webcal:") if address.startswith("webcal:") else address
