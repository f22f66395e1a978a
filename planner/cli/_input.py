"""What commands that read without a store have in common: one document read here, an address fetched, an event in
words."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

from planner.cli._given import Handed
from planner.cli._session import moment
from planner.cli._setting import Setting
from planner.errors import ConfigError, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.text import one_line
from spiders.errors import FetchError
from spiders.items import Context, Document, Event, Reading
from spiders.reasons import Code, Reason

if TYPE_CHECKING:  # small commands start without the settings of the crawl
    from spiders.settings import CrawlPolicy

DAYS_OF_WINDOW = 120
LONGEST_EVIDENCE = 200


def context_of(setting: Setting, now: str | None, window: str | None = None) -> Context:
    """How a document is read at a moment (``--now``, else the clock), with calendars expanded over a ``window`` of two
    moments, else over `DAYS_OF_WINDOW`; what runs when it begins is part of it. Raises UsageError."""
    at = moment(now, setting.timezone, setting.words)
    start, end = at, at + timedelta(days=DAYS_OF_WINDOW)
    if window is not None:
        try:
            start, end = (_aware(text, at) for text in window.split("/"))
        except ValueError:
            raise UsageError(setting.words("cli.window_invalid", window=window)) from None
    return Context(
        source="extract",
        now=at,
        timezone=setting.timezone,
        window_start=start,
        window_end=end,
        with_running=True,
    )


def _aware(text: str, like: datetime) -> datetime:
    parsed = datetime.fromisoformat(text)
    return parsed.replace(tzinfo=like.tzinfo) if parsed.tzinfo is None else parsed


def readings_of(
    given: Handed, context: Context, words: Catalog, *, kind: str = "auto", url: str | None = None, config: Path | None
) -> list[Reading]:
    """What one document says, or what stands behind an address. ``url`` is where the document came from. Raises
    UsageError where nothing came."""
    if given.address is None:
        return [_read(Document(body=body, url=url), kind, context) for _, body in given.texts]
    try:
        return fetched(given.address, context, config)
    except FetchError as exc:
        why = translate(exc.reason, words.language)
        raise UsageError(words("cli.extract_failed", file=given.address, why=why)) from exc


def is_picture(body: bytes, kind: str) -> bool:
    """Whether bytes are read as a picture: where they are one, unless another ``kind`` was named."""
    from spiders.readers.picture import accepts

    return kind == "picture" or (kind == "auto" and accepts(Document(body=body)))


def _read_apart(document: Document, kind: str, context: Context) -> Reading:
    """Read in a process of its own: a decoder in C that dies of a hostile picture takes nobody along."""
    from planner.inbox.reading import PATIENT
    from spiders.errors import ReadError
    from spiders.pool import ReaderPool

    with ReaderPool(1, PATIENT) as pool:
        try:
            return pool.read(document, context, kind)
        except ReadError as exc:
            return Reading(reader=kind, reason=exc.reason, refused=True)


def _read(document: Document, kind: str, context: Context) -> Reading:
    """Read in this process, within limits: it reads this one document and ends. A picture is read apart."""
    if is_picture(document.body, kind):
        return _read_apart(document, kind, context)
    from spiders.limits import LimitError, Limits, limit_this_process
    from spiders.readers import dispatch

    limit_this_process(Limits())
    try:
        return dispatch.read(document, context, cast("dispatch.Kind", kind))
    except (LimitError, MemoryError, RecursionError):
        return Reading(reader=kind, reason=Reason(Code.TOO_MUCH_TO_READ), refused=True)


def fetched(address: str, context: Context, config: Path | None = None) -> list[Reading]:
    """One address, fetched with all manners. Raises FetchError where nothing came."""
    from spiders.crawl import crawl
    from spiders.items import Source

    source = Source(id="extract", url=address, timezone=context.timezone)
    for crawled in crawl([(source, context)], {}, policy_of_configuration(config)):
        if crawled.failure:
            raise FetchError(crawled.failure)
        return list(crawled.readings)
    return []


def policy_of_configuration(config: Path | None) -> CrawlPolicy:
    """The network section of the configuration, if there is one that can be read."""
    from planner.cli._session import open_session
    from planner.gather.policy import policy_of
    from spiders.settings import CrawlPolicy

    try:
        return policy_of(open_session(config, None).config)
    except (UsageError, ConfigError):
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
        seen = words("cli.in_picture", address=event.evidence.picture) if event.evidence.picture else ""
        told = one_line(event.evidence.when, LONGEST_EVIDENCE)
        lines.append(f"  “{told}” ({words(f'cli.sure_{event.evidence.sure}')}{seen})")
    lines += [f"  ! {translate(doubt, words.language)}" for doubt in event.evidence.doubts]
    return "\n".join(lines)
