"""The store as a run opens it: alone, sound, and never behind what subscribers hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from planner.config import Config
from planner.i18n.catalog import Catalog
from planner.identity.carried import carry_over, read_back
from planner.identity.recovery import CALENDARS, published_sequences
from planner.plan.recovered import plans_of
from planner.store import Store
from planner.store.healing import heal
from planner.store.lock import only_run
from planner.store.place import shared_place
from planner.store.room import need_room

_TOLD_PLACE = "told where it lies"
_FEED_ID = re.compile(rb"<id>urn:uuid:([0-9a-f-]{36})</id>")


@contextmanager
def open_alone(
    config: Config, words: Catalog, now: datetime, *, thorough: bool = False
) -> Iterator[tuple[Store, tuple[str, ...]]]:
    """The store while no other run is at work, mended where it was damaged, and what there is to say of that.

    ``thorough`` looks at every row of it. Raises StoreError, AlreadyRunningError.
    """
    place, folder = config.kept_in, Path(config.output.folder)
    with only_run(place, words.language):
        need_room(place, folder, words)
        news = list(_mended(config, place, words, now, thorough=thorough)) if isinstance(place, Path) else []
        with Store(place, words.language) as store:
            if _is_behind(store, folder):
                complete(config, store, now)
                news.append(words("store.behind", path=place))
            if isinstance(place, Path):
                news += _of_place(store, place, words)
            yield store, tuple(news)


def _mended(config: Config, path: Path, words: Catalog, now: datetime, *, thorough: bool) -> Iterator[str]:
    """Mend a file that was damaged, and say so; a server looks after its own."""
    was_filled = any((Path(config.output.folder) / name).is_file() for name in CALENDARS)
    aside = heal(path, words, now, lambda new: complete(config, new, now), was_filled=was_filled, thorough=thorough)
    if aside is not None:
        yield words("store.healed", path=path, aside=aside.name)


def complete(config: Config, store: Store, now: datetime) -> None:
    """Add to a store what only the published files still know."""
    planned, public = read_back(config)
    folder = Path(config.output.folder)
    with store.transaction():
        carry_over(store, planned, public, config.zone, now)
        for week, body in plans_of(planned, config.zone, folder).items():
            if store.plan(week) is None:
                store.put_plan(week, body, now)
        feed = folder / "public/atom.xml"
        named = _FEED_ID.search(feed.read_bytes()) if feed.is_file() else None
        if named:
            store.put_fact("installation", UUID(named[1].decode()).hex)


def _is_behind(store: Store, folder: Path) -> bool:
    """Whether subscribers hold what the store does not know: it was put back from a copy, or lost its last writes. A
    store without events is a new one, and reads ids back by itself."""
    known = store.sequences()
    return bool(known) and any(number > known.get(name, -1) for name, number in published_sequences(folder).items())


def _of_place(store: Store, path: Path, words: Catalog) -> Iterator[str]:
    """A warning of where the store lies, once."""
    place = shared_place(path)
    told = f"{place} {path}"
    if place is not None and store.fact(_TOLD_PLACE) != told:
        with store.transaction():
            store.put_fact(_TOLD_PLACE, told)
        yield words(f"store.at_{place}", path=path)
