"""The inbox of a configuration, read at each run and by ``quanzi add --inbox``: what came, what could not be seen."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import click

from planner.cli._input import fetched
from planner.cli._session import AppContext
from planner.config.inbox import Mailbox
from planner.deliver import DeliveryError, in_words
from planner.i18n.reasons import translate
from planner.inbox import deliveries
from planner.inbox.arrivals import Delivery, Inbox
from planner.inbox.letter import opened_apart
from planner.inbox.mailbox import opened
from planner.inbox.reading import PATIENT, context_of, read_document
from planner.render.arrivals import line, note
from planner.store import Store
from planner.types import Arrival
from spiders.errors import FetchError
from spiders.failures import os_reason
from spiders.items import Reading
from spiders.pool import ReaderPool
from spiders.reasons import Code as ReadCode
from spiders.reasons import Reason

PROBLEMS = "inbox problems"
"""What was told last: the same is told to nobody twice."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came, in its order, and one line for each place that could not be read."""

    arrivals: tuple[Arrival, ...] = ()
    problems: tuple[str, ...] = ()


def take_in(session: AppContext, store: Store, *, offline: bool = False) -> TakenIn:
    """Read all that waits; nothing where no inbox is configured. ``offline``: the folder alone, and no links. Call with
    the run's lock held. Raises StoreError."""
    wanted = session.config.inbox
    if wanted is None:
        return TakenIn()
    came: list[Arrival] = []
    problems: list[str] = []

    def fetch(address: str) -> list[Reading]:
        if offline:
            raise FetchError(Reason(ReadCode.NO_NETWORK))
        return fetched(address, context_of(session.config, session.now), session.path)

    with ReaderPool(1, PATIENT, reading=read_document) as pool:
        inbox = Inbox(session.config, store, session.now, pool, fetch)
        if wanted.folder is not None:
            problems += _of_folder(session, Path(wanted.folder), inbox, came)
        if wanted.imap is not None and not offline:
            problems += _of_mailbox(session, wanted.imap, store, inbox, came)
    return TakenIn(tuple(came), tuple(problems))


def told(session: AppContext, store: Store, taken: TakenIn, *, quiet: bool) -> None:
    """What came in, a line each; under cron (``quiet``) only what could not be read, once."""
    known = store.own_fact(PROBLEMS) or ""
    for problem in taken.problems:
        if not quiet or problem not in known.splitlines():
            click.echo(problem, err=True)
    if not quiet:
        for each in taken.arrivals:
            click.echo(line(each, session.words), err=True)
    with store.transaction():
        store.put_own_fact(PROBLEMS, "\n".join(taken.problems))


def _of_folder(session: AppContext, folder: Path, inbox: Inbox, came: list[Arrival]) -> list[str]:
    words = session.words
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _take(inbox, deliveries.of_folder(folder, lambda arrival, name: note(arrival, name, words)), came)
    except OSError as exc:
        why = translate(os_reason(exc), words.language) or ""
        return [words("inbox.unreadable_folder", folder=folder, why=why)]
    return []


def _of_mailbox(session: AppContext, box: Mailbox, store: Store, inbox: Inbox, came: list[Arrival]) -> list[str]:
    context = context_of(session.config, session.now)
    try:
        with ExitStack() as stack:
            letters = stack.enter_context(ReaderPool(1, reading=opened_apart))
            client = stack.enter_context(opened(box))
            _take(inbox, deliveries.of_mailbox(client, box, store, context, letters), came)
    except DeliveryError as exc:
        return [session.words("inbox.unreadable_mailbox", why=in_words(exc.reason, session.words))]
    return []


def _take(inbox: Inbox, waiting: Iterable[Delivery], came: list[Arrival]) -> None:
    """One after another, so that what came before a fault is kept."""
    came.extend(map(inbox.take, waiting))
