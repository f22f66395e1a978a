"""Keeping the user's own word about an event, and the step by which it can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from planner.cli._find import find_event
from planner.cli._session import AppContext
from planner.identity.own_word import FIELDS
from planner.identity.relate import reconcile
from planner.pipeline import Run
from planner.store import Store
from planner.types import OwnStep, OwnWord, Rated
from planner.weeks import week_of
from spiders.items import Event


def meant(session: AppContext, store: Store, wanted: str) -> Rated:
    """The coming event that is meant; of those without a time where no other is. Raises UsageError."""
    run = Run(config=session.config, store=store, now=session.now)
    week = week_of(None, session.now, session.config.zone)
    among = [*run.rated, *run.undated]
    return find_event(among, wanted, week, session.words, picked=run.picked_ids(), now=session.now)


def keep_edit(session: AppContext, store: Store, found: Rated, event: Event, named: Iterable[str]) -> None:
    """``named`` fields of ``event`` count from now on, beside those that were named before."""
    before = store.own_words().get(found.id)
    fields = tuple(dict.fromkeys((*(before.fields if before else ()), *named)))
    kept = replace(event, status=found.tracked.merged.records[0].event.status)
    word = OwnWord(id=found.id, at=session.now, fields=fields, event=kept)
    _keep(session, store, OwnStep(what="edit", at=session.now, title=event.title, event=found.id, before=before), word)


def keep_removal(session: AppContext, store: Store, found: Rated) -> None:
    """The event is not wanted from now on; what was said of it before stays said."""
    before = store.own_words().get(found.id)
    word = replace(before or OwnWord(id=found.id, at=session.now), at=session.now, removed=True)
    title = found.event.title
    _keep(session, store, OwnStep(what="remove", at=session.now, title=title, event=found.id, before=before), word)


def differing(before: Event, after: Event) -> list[str]:
    """The names of what a user may name that differs."""
    return [name for name, own in FIELDS.items() if any(getattr(before, one) != getattr(after, one) for one in own)]


def _keep(session: AppContext, store: Store, step: OwnStep, word: OwnWord) -> None:
    with store.transaction():
        store.put_own_word(word.id, word)
        store.put_own_step(step)
    reconcile(session.config, store, session.now)
