"""What was dropped or mailed, one thing after another: read, kept, and put where it is done or asked about.

Each thing is known by a digest of its bytes. Its events and the word of its arrival are written in one transaction;
only then is it put away. Whatever is killed in between comes again, is known, and is put away without being read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from planner.config import Config
from planner.inbox import notices
from planner.inbox.keeping import keep
from planner.inbox.reading import context_of
from planner.inbox.understanding import Fetch, understood
from planner.store import Store
from planner.types import Arrival, Asked
from spiders.items import Document, Event, Reading
from spiders.pool import ReaderPool
from spiders.reasons import Reason

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One thing that was handed in: its ``documents``, what to read ``otherwise``, where they tell of no event with a
    time, and why parts of it are not read (``refused``). ``put_away`` is told what became of it."""

    digest: str
    origin: Literal["folder", "mail", "page"]
    name: str
    documents: Sequence[Document] = ()
    otherwise: Sequence[Document] = ()
    refused: Sequence[Reason] = ()
    put_away: Callable[[Arrival], None] = field(default=lambda arrival: None)


def digest_of(body: bytes) -> str:
    """By which the same bytes are known again."""
    return hashlib.sha256(body).hexdigest()


class Inbox:
    """Takes deliveries in, one by one. Call with the run's lock held."""

    def __init__(self, config: Config, store: Store, now: datetime, pool: ReaderPool[Reading], fetch: Fetch) -> None:
        self._config, self._store, self._now, self._pool, self._fetch = config, store, now, pool, fetch
        self._context = context_of(config, now)

    def known(self, digest: str) -> Arrival | None:
        """What became of the same bytes before."""
        return self._store.arrival(digest)

    def take(self, delivery: Delivery) -> Arrival:
        """Read it, keep its events, put it away; -> what became of it. Raises StoreError, and what putting away
        raises."""
        arrival = self.known(delivery.digest) or self._taken(delivery)
        delivery.put_away(arrival)
        return arrival

    def _taken(self, delivery: Delivery) -> Arrival:
        events, reasons = self._all_told(delivery.documents)
        if delivery.otherwise and not any(event.start is not None or event.notice for event in events):
            more, why = self._all_told(delivery.otherwise)
            if any(event.start is not None for event in more) or not events:
                events, reasons = more, why
        reasons = [*delivery.refused, *([] if events else reasons)]
        kept, lacking = self._settled(events)
        if not events and not reasons:
            reasons.append(Reason(Asked.NOTHING))
        arrival = Arrival(
            digest=delivery.digest,
            at=self._now,
            origin=delivery.origin,
            name=" ".join(delivery.name.split())[:LONGEST_NAME],
            titles=tuple(event.title for event in kept),
            reasons=(*reasons, *lacking),
        )
        if kept:
            keep(self._config, self._store, self._now, kept, arrival=arrival)
        else:
            with self._store.transaction():
                self._store.put_arrival(arrival)
        return arrival

    def _all_told(self, documents: Iterable[Document]) -> tuple[list[Event], list[Reason]]:
        events: list[Event] = []
        reasons: list[Reason] = []
        for document in documents:
            told, reason = understood(document, self._context, self._pool, self._fetch)
            events += told
            reasons += [reason] if reason is not None else []
        return events, reasons

    def _settled(self, events: Iterable[Event]) -> tuple[list[Event], list[Reason]]:
        """What can be kept without asking anybody, and why the rest cannot."""
        told = list(dict.fromkeys(events))
        found = notices.meanings(self._config, self._store, self._now, [each for each in told if each.notice])
        unknown = [meant.notice.title for meant in found if not meant.is_kept]
        undated = [event.title for event in told if event.start is None and not event.notice]
        kept = [event for event in told if event.start is not None and not event.notice]
        kept += [notices.settled(meant, self._config.zone) for meant in found if meant.is_kept]
        reasons = [Reason(Asked.UNKNOWN_EVENT, titles="; ".join(unknown))] if unknown else []
        reasons += [Reason(Asked.NO_TIME, titles="; ".join(undated))] if undated else []
        return kept, reasons
