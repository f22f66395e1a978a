"""A user's word on an event: kept with what it speaks for; a coming pick that is declined leaves the plan at once."""

from __future__ import annotations

from dataclasses import dataclass

from planner.i18n.catalog import Catalog
from planner.pipeline.run import Run
from planner.plan.week import Pick
from planner.rating.evidence import evidence_of
from planner.rating.feedback import features
from planner.types import DECLINING, Feedback, Rated, Verdict


@dataclass(frozen=True, slots=True)
class Declined:
    """What went out of the plan of a week, and the picks that came into it for that."""

    gone: Rated
    came: tuple[Pick, ...]


def give(run: Run, found: Rated, verdict: Verdict) -> tuple[Feedback, Declined | None]:
    """Keep a verdict; -> what was kept, and what left the plan because of it. Call with the run's lock held."""
    given = Feedback(
        event=found.id,
        verdict=verdict,
        at=run.now,
        title=found.event.title,
        features=features(found.event, found.label, evidence_of(found.event)),
        expected=found.score.total,
    )
    with run.store.transaction():
        run.store.put_feedback(given)
    if verdict not in DECLINING:
        return given, None
    return given, _taken_out(Run(config=run.config, store=run.store, now=run.now), found)


def _taken_out(run: Run, found: Rated) -> Declined | None:
    """Plan the week of a declined event anew, as a trial; None where it is over or was no pick of the week."""
    start = found.event.start
    if start is None or start < run.now:
        return None
    week = run.week_with(found)
    if week is None:
        return None
    bodies = [body for body in (run.store.plan(week.name), run.store.trial(week.name)) if body is not None]
    known = {str(pick["id"]) for body in bodies for pick in body["picks"]}
    if found.id not in known:
        return None
    planned = run.plan(week)
    run.keep_trial(planned)
    came = tuple(pick for pick in planned.plan.picks if pick.candidate.id not in known)
    return Declined(found, came)


def told(declined: Declined, words: Catalog) -> list[str]:
    """What happened, in lines for a person."""
    lines = [words("cli.declined_gone", title=declined.gone.event.title)]
    for pick in declined.came:
        at = pick.candidate.start
        lines.append(words("cli.declined_came", title=pick.candidate.rated.event.title, when=f"{at:%Y-%m-%d %H:%M}"))
    if not declined.came:
        lines.append(words("cli.declined_nothing"))
    return [*lines, words("cli.declined_next")]
