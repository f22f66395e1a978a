"""Why an event is, or is not, in a plan, in words, and what would have to change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from planner.i18n.catalog import Catalog
from planner.people.acquaintance import met_at
from planner.people.person import NOBODY_KNOWN, People, Person
from planner.pipeline import Run
from planner.plan.again import ACQUAINTANCES
from planner.plan.candidates import Candidate, Exclusion, candidate_of
from planner.plan.codes import Why
from planner.plan.saved import published_of
from planner.plan.week import WeekPlan
from planner.plan.whatif import WhatIf, hindrance, what_if
from planner.render.cards import CardFormatter
from planner.text import one_line
from planner.types import Rated

HOURS_THAT_COULD_BE_FREE = frozenset({Why.OUTSIDE_FREE_HOURS, Why.NO_FREE_HOURS, Why.BUSY, Why.BUSY_PERHAPS})

MOST_NAMED = 5


def as_planned(found: Rated, plan: WeekPlan) -> Rated:
    """The event with all terms that the plan counts: its hours and the people met before, beside what it is."""
    candidates = (*(pick.candidate for pick in plan.picks), *plan.left_out)
    return next((each.rated for each in candidates if each.id == found.id), found)


def answer(found: Rated, plan: WeekPlan, formatter: CardFormatter, run: Run, *, is_published: bool) -> list[str]:
    """What the plan says of it, line by line. ``is_published``: people know this plan."""
    words = formatter.words
    if found.event.start is None:
        return [words("why.undated")]
    pick = next((each for each in plan.picks if each.candidate.id == found.id), None)
    if pick is not None:
        card = formatter.pick_card(pick)
        key = "why.picked" if is_published else "why.would_be_picked"
        return [words(key, week=formatter.clock.week(plan.week.monday)), *([card.backup.line] if card.backup else [])]
    exclusion = next((each for each in plan.exclusions if each.rated.id == found.id), None)
    if exclusion is not None:
        return _excluded(exclusion, plan, formatter, run)
    lost = next((each for each in plan.left_out if each.id == found.id), None)
    if lost is None:
        return [words("why.not_in_week", week=formatter.clock.week(plan.week.monday))]
    return [*_hindered(lost, plan, formatter, run), *_changes(_what_if(lost, plan, run), formatter)]


def _excluded(exclusion: Exclusion, plan: WeekPlan, formatter: CardFormatter, run: Run) -> list[str]:
    """Why it may not be planned; and where only the hours speak against it, what they stand in the way of."""
    words = formatter.words
    reason = exclusion.reason
    answer = [words("why.excluded", reason=formatter.against(reason, exclusion.rated.event))]
    if reason.code in HOURS_THAT_COULD_BE_FREE:
        candidate = candidate_of(exclusion.rated, plan.week.zone)
        change = _what_if(candidate, plan, run)
        clock = formatter.clock
        hours = clock.joined(clock.day(candidate.start), clock.hours(candidate.start, candidate.end))
        key = "why.if_free" if change.lacking <= 0 else "why.even_if_free"
        answer.append(words(key, hours=hours, points=f"{change.lacking:.1f}"))
    return answer


def _what_if(wanted: Candidate, plan: WeekPlan, run: Run) -> WhatIf:
    week = plan.week
    candidates: Sequence[Candidate] = [*(pick.candidate for pick in plan.picks), *plan.left_out]
    return what_if(
        wanted,
        candidates,
        run.config,
        run.places,
        published=published_of(run.store.plan(week.name)),
        past=run.history(week),
    )


def _changes(change: WhatIf, formatter: CardFormatter) -> list[str]:
    """What would bring it into the plan."""
    words = formatter.words
    lines = [words("why.lacks", points=f"{max(0.0, change.lacking):.1f}")]
    if change.nearer is not None:
        lines.append(words("why.if_nearer", minutes=change.nearer))
    if change.free:
        lines.append(words("why.if_for_nothing"))
    return lines


def _hindered(lost: Candidate, plan: WeekPlan, formatter: CardFormatter, run: Run) -> list[str]:
    """The rule that keeps it out, and the picks of that time or day that the rule is about."""
    found = hindrance(lost, [pick.candidate for pick in plan.picks], run.config, run.places)
    titles = [one_line(each.rated.event.title, 60) for each in found.about]
    name = formatter.words("why.comma").join(formatter.words("why.title", title=title) for title in titles)
    return [formatter.words(f"why.rule_{found.rule or 'none'}", count=len(titles), picks=name)]


def terms(
    found: Rated, formatter: CardFormatter, plan: WeekPlan | None = None, people: People = NOBODY_KNOWN
) -> list[str]:
    """What it is worth, term by term, and the sum. Of ``people`` it names those who may be there on the day for which
    the ``plan`` holds it: for the user's own terminal alone, what is kept and published knows their number."""
    words = formatter.words
    told = []
    for term in found.score.terms:
        text = formatter.term(term)
        if term.name == ACQUAINTANCES and plan is not None:
            text += _names(met_at(people, found.event.organizer, found.event.title, _day(found, plan)), words)
        told.append(words("why.term", term=text, points=f"{term.points:+.1f}"))
    return [*told, words("why.sum", total=f"{found.score.total:.1f}")]


def _day(found: Rated, plan: WeekPlan) -> date:
    """The day on which one would be there."""
    candidates = (*(pick.candidate for pick in plan.picks), *plan.left_out)
    return next((each.day for each in candidates if each.id == found.id), plan.week.monday)


def _names(people: Sequence[Person], words: Catalog) -> str:
    """Who they are; nothing where none of them is known any more."""
    named = [one_line(each.name, 40) for each in people[:MOST_NAMED]]
    if not named:
        return ""
    more = len(people) - len(named)
    names = words("why.comma").join(named)
    return words("why.names_more", names=names, count=more) if more else words("why.names", names=names)
