"""How a calendar is subscribed to: its addresses, and what a page tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from planner.i18n.catalog import Catalog

PUBLIC_TRACKS = ("industry", "practice")
"""Tracks with a public calendar of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeLinks:
    """One calendar of the public page. ``file`` always works; the others need the page's own address.

    ``direct`` is the address to copy, ``webcal`` what calendar programs answer to, ``google`` Google's own page.
    """

    title: str
    file: str
    direct: str | None = None
    webcal: str | None = None
    google: str | None = None


def addresses(base: str, name: str) -> tuple[str, ...]:
    """How a calendar at ``base`` + ``name`` is subscribed to: by its address, by webcal, and by Google where it can."""
    direct = f"{base.rstrip('/')}/{name}"
    webcal = "webcal://" + direct.partition("://")[2]
    if not direct.startswith("https://"):
        return direct, webcal
    return direct, webcal, f"https://calendar.google.com/calendar/r?cid={quote(webcal, safe='')}"


def public_calendars(words: Catalog) -> list[tuple[str, str]]:
    """The calendars that may be public: title and file name."""
    tracks = [(words(f"track.{track}"), f"{track}.ics") for track in PUBLIC_TRACKS]
    return [(words("page.all_events"), "all.ics"), *tracks]


def subscribe_links(calendars: Sequence[tuple[str, str]], base: str | None) -> tuple[SubscribeLinks, ...]:
    """The calendars (title, file name) of a page that is found at ``base``; None: nobody knows where it will lie."""
    if base is None:
        return tuple(SubscribeLinks(title=title, file=file) for title, file in calendars)
    found = []
    for title, file in calendars:
        direct, webcal, *google = addresses(base, file)
        found.append(
            SubscribeLinks(title=title, file=file, direct=direct, webcal=webcal, google=google[0] if google else None)
        )
    return tuple(found)
