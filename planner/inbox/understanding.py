"""One thing that was handed in, understood without asking anybody: what it tells, or why nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.inbox import links
from planner.inbox.packed import is_packed
from planner.inbox.reading import kind_of_other, read
from planner.types import Asked
from spiders.items import Context, Document, Event, Reading
from spiders.pool import ReaderPool
from spiders.reasons import Reason

Fetch = Callable[[str], list[Reading]]
"""Reads what stands behind an address, with all manners. Raises FetchError."""


def understood(
    document: Document, context: Context, pool: ReaderPool[Reading], fetch: Fetch
) -> tuple[list[Event], Reason | None]:
    """The events and notices of a document, or of what stands behind the one address that it hands on; or why there
    are none. All of it is read in processes that can be ended."""
    if is_packed(document.body):
        return [], Reason(Asked.NO_TEXT)
    readings = [read(document, context, pool, apart=True)]
    address = links.only_address(document.body) if not events_of(readings) else None
    if address is not None:
        readings = links.read(address, fetch)
    events = events_of(readings)
    return events, None if events else reason_of(readings) or Reason(Asked.NOTHING)


def events_of(readings: Iterable[Reading]) -> list[Event]:
    """All events and notices, in their order."""
    return [event for reading in readings for event in (*reading.events, *reading.notices)]


def reason_of(readings: Iterable[Reading]) -> Reason | None:
    """The first reason that is told."""
    return next((reading.reason for reading in readings if reading.reason is not None), None)


def why_nothing(reason: Reason | None, words: Catalog) -> str:
    """Why there is nothing to keep; what a text reads like instead of an announcement is said in a sentence."""
    kind = kind_of_other(reason)
    if kind is not None:
        return words("cli.add_other", kind=translate(Reason(kind), words.language))
    if reason is not None and reason.code in set(Asked):
        return words(f"inbox.{reason.code}", **dict(reason.values))
    return words("cli.add_nothing", reason=translate(reason, words.language) or words("cli.no_event"))
