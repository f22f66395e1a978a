"""What a request says that it wants (RFC 9110, 12.5): by the kind of its source, and by the language of its reader."""

from __future__ import annotations

_CALENDARS = ("text/calendar", "application/ics")
_FEEDS = ("application/atom+xml", "application/rss+xml", "application/feed+json")
_PAGES = ("text/html", "application/xhtml+xml")
_PICTURES = ("image/jpeg", "image/png", "image/webp")
_DATA = ("application/json", "application/ld+json")
_XML = ("application/xml", "text/xml")
_LAST = "*/*;q=0.1"


def _ranked(*ranks: tuple[str, ...]) -> str:
    """Types by falling quality; whatever else there is comes last."""
    return ", ".join(
        [name if place == 0 else f"{name};q={1 - place / 10:g}" for place, names in enumerate(ranks) for name in names]
        + [_LAST]
    )


_ACCEPT = {
    "ical": _ranked(_CALENDARS),
    "feed": _ranked(_FEEDS, _XML, _DATA),
    "json": _ranked(_DATA, _PAGES),
    "html": _ranked(_PAGES, _XML),
    "picture": _ranked(_PICTURES),
    "listing": _ranked(_PAGES, _XML),
}
_ANYTHING = _ranked(_CALENDARS, _FEEDS, _PAGES, _XML)


def accept(kind: str) -> str:
    """``Accept`` for a kind of reading (`dispatch.read`): a calendar asks for one, ``auto`` for calendars before feeds
    before pages."""
    return _ACCEPT.get(kind, _ANYTHING)


def accept_language(language: str | None) -> str | None:
    """``Accept-Language`` for a reader of ``language`` (BCP 47), who also takes English; None where none is known."""
    if language is None:
        return None
    if language.lower() == "zh":
        return "zh-CN,zh;q=0.9,en;q=0.5"
    general = language.partition("-")[0]
    wanted = [language, *([f"{general};q=0.9"] if general != language else [])]
    return ",".join(wanted if general.lower() == "en" else [*wanted, "en;q=0.5"])
