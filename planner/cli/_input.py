"""What commands that read without a store have in common: bytes of a file, an address fetched, an event in words."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli._language import say, words_of_environment
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.errors import FetchError
from spiders.failures import os_reason
from spiders.items import Context, Event, Reading

if TYPE_CHECKING:  # small commands start without the settings of the crawl
    from spiders.settings import CrawlPolicy


def bytes_of(source: str) -> bytes:
    """The bytes of a file, or of standard input (``-``). Raises UsageError."""
    if source == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(source).read_bytes()
    except OSError as exc:
        why = translate(os_reason(exc), words_of_environment().language)
        raise UsageError(say("cli.file_unreadable", file=source, why=why)) from exc


def fetched(address: str, context: Context) -> list[Reading]:
    """One address, fetched with all manners. Raises FetchError where nothing came."""
    from spiders.crawl import crawl
    from spiders.items import Source

    source = Source(id="extract", url=address, timezone=context.timezone)
    for crawled in crawl([(source, context)], {}, policy_of_configuration()):
        if crawled.failure:
            raise FetchError(crawled.failure)
        return list(crawled.readings)
    return []


def policy_of_configuration() -> CrawlPolicy:
    """The network section of the configuration, if there is one."""
    from planner.cli._session import open_session
    from planner.gather.policy import policy_of
    from spiders.settings import CrawlPolicy

    try:
        return policy_of(open_session(None, None).config)
    except UsageError:
        return CrawlPolicy()


def shown(event: Event, words: Catalog) -> str:
    """One event as text for a person: what was understood, and the words it was read from."""
    when = words("digest.no_time")
    if event.start is not None:
        when = f"{event.start:%Y-%m-%d}" if event.all_day else f"{event.start:%Y-%m-%d %H:%M}"
        if event.end is not None and not event.all_day:
            when += (
                f" – {event.end:%Y-%m-%d %H:%M}" if event.end.date() != event.start.date() else f"–{event.end:%H:%M}"
            )
    place = event.place
    where = ", ".join(filter(None, (place.name, place.address, place.city))) if place else words("digest.no_place")
    lines = [event.title, f"  {when} {event.timezone}", f"  {where}"]
    if event.evidence.when:
        lines.append(f"  “{event.evidence.when}” ({words(f'cli.sure_{event.evidence.sure}')})")
    lines += [f"  ! {translate(doubt, words.language)}" for doubt in event.evidence.doubts]
    return "\n".join(lines)
