"""``quanzi after EVENT``: one minute after an evening. Every question may be skipped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from planner.cli._asking import answer
from planner.cli._language import say
from planner.cli._session import AppContext, open_session, options
from planner.cli.people._notes import book_of, change, names_of, past_day
from planner.cli.people.met import evening_of, meeting_at, tell
from planner.errors import AlreadyRunningError
from planner.people.days import day_to_come
from planner.people.find import find
from planner.people.noting import Draft, note_person
from planner.people.person import SKILLS, Person, Practice, Promise, Skill

_PARTS = re.compile(r"\s*[;；\n]\s*")
_UNTIL = re.compile(
    r"[,，]?\s*((?:by|until|before|till)\s+[^,，]+|[^,，]*?(?:之前|以前|前))$|[,，]\s*([^,，]+)$", re.IGNORECASE
)


@click.command(help=say("help.after"))
@click.argument("event", nargs=-1, required=True, metavar="EVENT")
@click.option("--on", metavar="DAY", help=say("help.met_on"))
@click.option("--who", metavar="NAMES", help=say("help.after_who"))
@click.option("--promised", metavar="TEXT", help=say("help.after_promised"))
@click.option("--skill", type=click.Choice(SKILLS), help=say("help.after_skill"))
@click.option("--how", metavar="TEXT", help=say("help.after_how"))
@options("config", "now", "verbose")
def after(
    *,
    event: tuple[str, ...],
    on: str | None,
    who: str | None,
    promised: str | None,
    skill: Skill | None,
    how: str | None,
    config: Path | None,
    now: str | None,
    verbose: bool,
) -> None:
    """Ask what is not told yet, and note it."""
    session = open_session(config, now)
    words, wanted = session.words, " ".join(event)
    told_day = past_day(session, on)
    evening = evening_of(session, wanted, told_day)
    day = told_day or (evening.day if evening else session.now.date())
    title = evening.title if evening else wanted
    asks = (who, promised, skill, how) == (None, None, None, None)
    if asks:
        click.echo(words("people.after_head", title=title, day=day))
        who, promised, told_skill, how = _answers(session)
        skill = _skill(told_skill, session)
    names = names_of(who or "")
    promises = _promises(promised or "", names, session)
    noted: list[Person] = []

    def steps(draft: Draft) -> None:
        noted.clear()
        for name in dict.fromkeys((*names, *(name for name, _ in promises))):
            meeting = (meeting_at(evening, wanted, day),) if name in names else ()
            mine = tuple(promise for whom, promise in promises if whom == name)
            told = Person(name=name, met=meeting, promises=mine)
            noted.append(note_person(draft, told, find(draft.book, name)))
        if skill:
            draft.practised(Practice(on=day, skill=skill, at=title, how=how))

    if names or promises or skill:
        change(session, steps)
    if evening is not None and evening.id is not None:
        _went(session, evening.id)
    tell(session, noted, day, as_json=False, wrote=False)
    click.echo(words("people.after_done" if names or promises or skill else "people.after_nothing"))
    if skill:
        _tell_step(session, skill)


def _answers(session: AppContext) -> Sequence[str]:
    """What is said to the four questions; those that are not reached are skipped."""
    words = session.words
    skills = words("digest.comma").join(
        f"{number} {words(f'people.skill.{each}')}" for number, each in enumerate(SKILLS, 1)
    )
    found: list[str] = []
    questions = ("people.after_who", "people.after_promised", "people.after_skill", "people.after_how")
    try:
        for key in questions:
            if key == "people.after_how" and not found[2]:
                break
            found.append(answer(words(key, skills=skills)))
    except click.Abort:  # the end of the input: the rest is skipped
        click.echo()
    return [*found, *[""] * (len(questions) - len(found))]


def _skill(text: str, session: AppContext) -> Skill | None:
    """A skill by its number, its key or its name."""
    words, said = session.words, text.strip().casefold()
    for number, each in enumerate(SKILLS, 1):
        if said in {str(number), each, words(f"people.skill.{each}").casefold()}:
            return each
    if said:
        click.echo(words("people.after_not_understood", text=text), err=True)
    return None


def _promises(text: str, names: Sequence[str], session: AppContext) -> list[tuple[str, Promise]]:
    """``Ana: the sample, by Friday; Bo: a call`` -> who, what, until when. Without a name whoever was there alone."""
    found = []
    for part in _PARTS.split(text):
        if not part.strip():
            continue
        name, colon, what = re.sub("：", ":", part, count=1).partition(":")
        if not colon:
            name, what = (names[0] if len(names) == 1 else ""), part
        if not name.strip() or not what.strip():
            click.echo(session.words("people.after_not_understood", text=part), err=True)
            continue
        said, by = _until(what.strip(), session)
        found.append((" ".join(name.split()), Promise(what=said, by=by)))
    return found


def _until(what: str, session: AppContext) -> tuple[str, date | None]:
    """The day at the end of a promise, where there is one."""
    until = _UNTIL.search(what)
    day = day_to_come(until[1] or until[2], session.now) if until else None
    if until is None or day is None or not what[: until.start()].strip():
        return what, None
    return what[: until.start()].strip(" ,，"), day


def _went(session: AppContext, event: str) -> None:
    """That one was there, for what the plan learns; unless another run is at work."""
    from planner.pipeline import Run
    from planner.pipeline.verdicts import give
    from planner.store.lock import only_run

    try:
        with only_run(session.config.kept_in, session.words.language), session.store() as store:
            run = Run(config=session.config, store=store, now=session.now, alone=frozenset({event}))
            for found in run.rated:
                give(run, found, "went")
    except AlreadyRunningError:
        click.echo(session.words("people.after_went_later"), err=True)


def _tell_step(session: AppContext, skill: Skill) -> None:
    """The next small step of what was tried."""
    from planner.render.advice import next_step

    tried = sum(each.skill == skill for each in book_of(session).people.practised)
    click.echo(session.words("people.after_step", step=next_step(skill, tried, session.words.language)))
