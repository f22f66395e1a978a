"""``quanzi met NAME [at EVENT]``: whom one met, and where."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli._language import say
from planner.cli._session import AppContext, open_session, options
from planner.cli.people._notes import change, coming_day, names_and_event, past_day, shown_person
from planner.errors import UsageError
from planner.people.find import find
from planner.people.noting import Draft, note_person
from planner.people.person import LANGUAGES, ROLES, Language, Meeting, Person, Promise, Role

if TYPE_CHECKING:
    from planner.plan.evenings import Evening


@click.command(help=say("help.met"))
@click.argument("name", nargs=-1, required=True, metavar="NAME[, NAME] [at EVENT]")
@click.option("--on", metavar="DAY", help=say("help.met_on"))
@click.option("--role", type=click.Choice(ROLES), help=say("help.met_role"))
@click.option("--note", "notes", multiple=True, metavar="TEXT", help=say("help.met_note"))
@click.option("--cares", multiple=True, metavar="TEXT", help=say("help.met_cares"))
@click.option("--content", is_flag=True, help=say("help.met_content"))
@click.option("--language", type=click.Choice(LANGUAGES), help=say("help.met_language"))
@click.option("--promised", metavar="TEXT", help=say("help.met_promised"))
@click.option("--by", metavar="DAY", help=say("help.met_by"))
@click.option("--wrote", is_flag=True, help=say("help.met_wrote"))
@click.option("--new", is_flag=True, help=say("help.met_new"))
@options("config", "now", "json", "verbose")
def met(
    *,
    name: tuple[str, ...],
    on: str | None,
    role: Role | None,
    notes: tuple[str, ...],
    cares: tuple[str, ...],
    content: bool,
    language: Language | None,
    promised: str | None,
    by: str | None,
    wrote: bool,
    new: bool,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Note each person, and print a message to paste."""
    session = open_session(config, now)
    names, event = names_and_event(name)
    if not names:
        raise UsageError(session.words("people.no_name"))
    told_day = past_day(session, on)
    evening = evening_of(session, event, told_day)
    day = told_day or (evening.day if evening else session.now.date())
    promise = (Promise(what=promised, by=coming_day(session, by)),) if promised else ()
    meeting = () if wrote else (meeting_at(evening, event, day),)
    about = {"role": role, "content": content, "language": language, "cares": cares, "notes": notes}
    told = [
        Person(name=each, met=meeting, promises=promise, contact=day if wrote else None, **about)  # type: ignore[arg-type]
        for each in names
    ]
    noted: list[Person] = []

    def steps(draft: Draft) -> None:
        noted.clear()
        noted.extend(note_person(draft, each, None if new else find(draft.book, each.name)) for each in told)

    change(session, steps)
    tell(session, noted, day, as_json=as_json, wrote=wrote)


def evening_of(session: AppContext, event: str, on: date | None) -> Evening | None:
    """The evening meant by words; None without words, or where none is known. Where only one to come is called so, the
    user was at an earlier one of the same circle, of which nothing else is known; both are told. ``on`` is its day,
    where that was said. Raises UsageError where several are meant."""
    if not event:
        return None
    from planner.plan.evenings import evening_called

    found, today = None, session.now.date()
    if session.has_store():
        with session.store() as store:
            found = evening_called(store, session.config, event, session.now, session.words)
    if found is None:
        click.echo(session.words("people.evening_unknown"), err=True)
    elif found.day > today:
        click.echo(session.words("people.not_yet", title=found.title, day=found.day), err=True)
        return replace(found, title=event, day=on or today, id=None)
    return found


def meeting_at(evening: Evening | None, event: str, day: date) -> Meeting:
    """A meeting at an evening that is known, or at what was typed."""
    if evening is None:
        return Meeting(on=day, at=event or None)
    return Meeting(on=day, at=evening.title, circle=evening.circle)


def tell(session: AppContext, noted: list[Person], day: date, *, as_json: bool, wrote: bool) -> None:
    """What was noted, and a message for whoever was just met."""
    from planner.people.suggest import About, suggest
    from planner.render.people import PeopleWords

    words = session.words
    if as_json:
        for person in noted:
            click.echo(json.dumps(shown_person(person, session), ensure_ascii=False))
        return
    for person in noted:
        place = next((each.at for each in reversed(person.met) if each.on == day and each.at), None)
        key = "people.wrote" if wrote else "people.met_at" if place else "people.met"
        line = words(key, name=person.name, day=day, place=place or "")
        times = "" if person.days_met < 2 or wrote else words("people.met_again", times=person.days_met)
        click.echo(words("digest.join").join(filter(None, (line, times))))
        fresh = suggest([person], session.now.date(), "", known_as=lambda each: each.name)
        for each in fresh:
            if each.about == About.FOLLOW_UP:
                told = PeopleWords(words, session.config.timezone).line(each, session.now.date())
                click.echo(f"  {words('people.message')} {told.message}")
