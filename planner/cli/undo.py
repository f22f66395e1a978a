"""``quanzi undo``: the last add, edit or remove is taken back; called again, the one before it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.errors import UsageError
from planner.types import OWN, OwnStep

if TYPE_CHECKING:
    from planner.store import Store


def _keys(step: OwnStep, store: Store) -> list[str]:
    """The keys of the notes that were added, with the dates by which their series went on since."""
    series = tuple({f"{key.split('|')[0]}|" for key in step.keys if "|" in key})
    return [*step.keys, *(key for key in store.starting(OWN) if key not in step.keys and key.startswith(series))]


@click.command(help=say("help.undo"))
@options("config", "now", "json", "verbose")
def undo(*, config: Path | None, now: str | None, as_json: bool, verbose: bool) -> None:
    """Take the last step back, and say which it was."""
    from planner.event_json import from_json
    from planner.identity.relate import reconcile
    from planner.store.lock import only_run

    session = open_session(config, now)
    with only_run(session.config.kept_in, session.words.language), session.store() as store:
        step = store.last_own_step()
        if step is None:
            raise UsageError(session.words("cli.own_nothing_to_undo"))
        with store.transaction():
            if step.event is not None:
                store.put_own_word(step.event, step.before)
            known = {key: from_json(json.loads(body)) for key, body in step.records}
            store.drop_records(OWN, [key for key in _keys(step, store) if key not in known])
            store.put_records(OWN, known, session.now)
            store.drop_last_own_step()
        reconcile(session.config, store, session.now)
    if as_json:
        click.echo(json.dumps({"undone": step.what, "title": step.title}, ensure_ascii=False))
        return
    click.echo(session.words(f"cli.own_undone_{step.what}", title=step.title))
    click.echo(session.words("cli.own_next"))
