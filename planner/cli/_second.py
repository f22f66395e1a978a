"""The second reader asked by a command of one's own: what it was shown, what it could not be shown."""

from __future__ import annotations

from collections.abc import Sequence

import click

from planner.cli._session import AppContext
from planner.config.llm import Llm
from planner.errors import UsageError
from planner.i18n.reasons import translate
from spiders.items import Reading

_NOTES = ("second_reader",)


def llm_of(session: AppContext) -> Llm:
    """The ``llm:`` part of the configuration. Raises UsageError where there is none."""
    if session.config.llm is None:
        raise UsageError(session.words("cli.llm_missing", config=session.path))
    return session.config.llm


def settled(session: AppContext, readings: Sequence[Reading]) -> list[Reading]:
    """The readings with their questions settled as far as may be; what was not is told on standard error."""
    from planner.gather.second import SecondReader

    if not any(reading.questions for reading in readings):
        return list(readings)
    with session.store() as store, SecondReader(llm_of(session), store, session.now) as second:
        told = [second.settled_reading(reading)[0] for reading in readings]
    for reading in told:
        for note in reading.notes:
            if note.code.startswith(_NOTES):
                click.echo(f"  {translate(note, session.words.language)}", err=True)
    return told


def prompts(session: AppContext, readings: Sequence[Reading]) -> list[str]:
    """The bodies that would be sent, one for each text that would be shown."""
    from spiders.readers.second import request

    model = llm_of(session).model
    return [request(each.text, model).decode() for reading in readings for each in reading.questions]
