"""Events of the user's own into the store: a step that can be undone."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from planner.config import Config
from planner.gather import keyed
from planner.gather.own_series import spread
from planner.identity.relate import reconcile
from planner.store import Store
from planner.store.shown import keep_note_visibility
from planner.types import OWN, Arrival, OwnStep
from spiders.items import Event


def keep(
    config: Config,
    store: Store,
    now: datetime,
    events: Sequence[Event],
    *,
    public: bool = False,
    arrival: Arrival | None = None,
) -> None:
    """Keep these as the user's own and decide what they are copies of. ``public``: they may stand in public calendars.
    ``arrival`` tells how they came, and is kept with them or not at all. Call with the run's lock held."""
    own = [replace(event, source=OWN) for event in events]
    notes = keyed(spread(own, now))
    before = tuple(store.bodies(OWN, notes).items())
    with store.transaction():
        store.put_records(OWN, notes, now)
        keep_note_visibility(store, notes.keys(), public=public)
        titles = "; ".join(event.title for event in own)
        store.put_own_step(OwnStep(what="add", at=now, title=titles, keys=tuple(notes), records=before))
        if arrival is not None:
            store.put_arrival(arrival)
    reconcile(config, store, now)
    _want_again(config, store, now, notes)


def _want_again(config: Config, store: Store, now: datetime, notes: Collection[str]) -> None:
    """What was removed and is added again is wanted again."""
    removed = {name: word for name, word in store.own_words().items() if word.removed}
    added = [
        name
        for name, records in store.records_of_events(removed).items()
        if any(record.source == OWN and record.key in notes for record in records)
    ]
    if not added:
        return
    with store.transaction():
        for name in added:
            word = replace(removed[name], removed=False, at=now)
            store.put_own_word(name, word if word.fields else None)
    reconcile(config, store, now)
