"""``quanzi asked | received | gave | returned NAME WHAT``: favours, which are kept in mind."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.cli.people._notes import change, past_day, shown_person
from planner.errors import UsageError
from planner.people.noting import Draft, note_favour
from planner.people.person import KINDS, Favour, Kind, Person, State, Way

WAY_OF_COMMAND: dict[str, Way] = {"asked": "asked", "received": "received", "gave": "given", "returned": "returned"}
_OPEN: frozenset[Way] = frozenset({"asked", "received"})
"""What still waits for something: an answer, or a return."""


def _command(name: str, way: Way) -> click.Command:
    @click.command(name, help=say(f"help.{name}"))
    @click.argument("person", metavar="NAME")
    @click.argument("what", nargs=-1, metavar="WHAT")
    @click.option("--kind", type=click.Choice(KINDS), help=say("help.favour_kind"))
    @click.option("--on", metavar="DAY", help=say("help.met_on"))
    @options("config", "now", "json", "verbose")
    def command(
        *,
        person: str,
        what: tuple[str, ...],
        kind: Kind | None,
        on: str | None,
        config: Path | None,
        now: str | None,
        as_json: bool,
        verbose: bool,
        declined: bool = False,
    ) -> None:
        session = open_session(config, now)
        said = " ".join(what).strip()
        if not said:
            raise UsageError(session.words("people.no_what"))
        state: State = "declined" if declined else "open" if way in _OPEN else "done"
        day = past_day(session, on) or session.now.date()
        favour = Favour(on=day, way=way, what=said, kind=kind, state=state)
        noted: list[Person] = []

        def steps(draft: Draft) -> None:
            noted[:] = [note_favour(draft, person, favour)]

        change(session, steps)
        if as_json:
            click.echo(json.dumps(shown_person(noted[0], session), ensure_ascii=False))
            return
        key = "people.favour_declined" if declined else f"people.favour_{way}"
        click.echo(session.words(key, name=noted[0].name, what=said))

    if way == "asked":
        return click.option("--declined", is_flag=True, help=say("help.favour_declined"))(command)
    return command


asked, received, gave, returned = (_command(name, way) for name, way in WAY_OF_COMMAND.items())
