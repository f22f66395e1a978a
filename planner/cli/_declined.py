"""A coming pick that is skipped or disliked leaves the plan at once, and what stands in its place is named."""

from __future__ import annotations

from dataclasses import dataclass

from planner.cli._session import AppContext
from planner.pipeline import Run
from planner.plan.week import Pick
from planner.store import Store
from planner.types import Rated


@dataclass(frozen=True, slots=True)
class Declined:
    """What went out of the plan of a week, and the picks that came into it for that."""

    gone: Rated
    came: tuple[Pick, ...]


def take_out(session: AppContext, store: Store, found: Rated) -> Declined | None:
    """Plan the week of a declined event anew, as a trial; None where it is over or was no pick of the week."""
    start = found.event.start
    if start is None or start < session.now:
        return None
    run = Run(config=session.config, store=store, now=session.now)
    week = run.week_with(found)
    if week is None:
        return None
    bodies = [body for body in (store.plan(week.name), store.trial(week.name)) if body is not None]
    known = {str(pick["id"]) for body in bodies for pick in body["picks"]}
    if found.id not in known:
        return None
    planned = run.plan(week)
    run.keep_trial(planned)
    came = tuple(pick for pick in planned.plan.picks if pick.candidate.id not in known)
    return Declined(found, came)


def told(declined: Declined, session: AppContext) -> list[str]:
    """What happened, in lines for a person."""
    words = session.words
    lines = [words("cli.declined_gone", title=declined.gone.event.title)]
    for pick in declined.came:
        at = pick.candidate.start
        lines.append(words("cli.declined_came", title=pick.candidate.rated.event.title, when=f"{at:%Y-%m-%d %H:%M}"))
    if not declined.came:
        lines.append(words("cli.declined_nothing"))
    return [*lines, words("cli.declined_next")]
