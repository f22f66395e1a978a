"""From candidates to a week: builds the model, reads its solution, and says what each pick beat."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planner.config import Config
from planner.identity.perhaps import perhaps_same
from planner.plan.again import with_meetings
from planner.plan.candidates import KEEPING_WEIGHT, Candidate, Exclusion
from planner.plan.codes import Note, Why
from planner.plan.feasible import Feasibility
from planner.plan.history import NO_PAST, PlanHistory, community_of, wanted_visits
from planner.plan.model import Item, Problem, Solution, value_of
from planner.plan.solve import solve_apart
from planner.rating.travel import TravelTimes
from planner.rating.vocabulary import plain
from planner.types import Interval, Rated
from planner.weeks import WeekSpan
from spiders.reasons import Reason

MARGIN = timedelta(minutes=10)  # between two events, beside the way
BALANCE_WEIGHT = 2.0  # what the first visit of a lacking track is worth, in ordinary interests
PIN_WEIGHT = 100.0  # more than a whole week: only another pin can stand in its way


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """A chosen event, the best that could have stood in its place, and by how much the week would be worse."""

    candidate: Candidate
    runner_up: Candidate | None = None
    margin: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekPlan:
    """A planned week.

    ``value`` is what it is worth, less a price for each published pick that was dropped; ``bound`` is the most that any
    plan could be worth; ``status`` is optimal or unproven. ``for_clients`` are hours kept for clients, ``to_invite_to``
    events that one could take a client to (the key-account preset).
    """

    week: WeekSpan
    picks: tuple[Pick, ...]
    left_out: tuple[Candidate, ...]
    exclusions: tuple[Exclusion, ...]
    value: float
    bound: float
    status: str
    notes: tuple[Reason, ...] = ()
    for_clients: tuple[Interval, ...] = ()
    to_invite_to: tuple[Rated, ...] = ()


def plan_week(
    week: WeekSpan,
    candidates: Sequence[Candidate],
    exclusions: Sequence[Exclusion],
    config: Config,
    places: TravelTimes,
    *,
    published: Collection[str] = (),
    past: PlanHistory = NO_PAST,
    notes: Sequence[Reason] = (),
    solver: Callable[[Problem], Solution] = solve_apart,
) -> WeekPlan:
    """The best week out of ``candidates``. ``published`` are ids of picks that people already know, ``past`` is what
    earlier weeks ask of this one."""
    ordered = sorted((with_meetings(candidate, past) for candidate in candidates), key=_order)
    problem = build(ordered, config, places, published, past)
    solution = solver(problem)
    chosen = set(solution.chosen)
    # What a pick beat is told by the events alone; a plan that keeps every published pick has paid nothing for churn.
    plain = replace(problem, items=_items(ordered)) if published else problem
    rules = Feasibility(plain)
    kept = KEEPING_WEIGHT * sum(candidate.id in published for candidate in ordered)
    kept += PIN_WEIGHT * sum(ordered[place].pinned for place in chosen)
    dropped = [each.rated.event.title for place, each in enumerate(ordered) if each.pinned and place not in chosen]
    picked = {ordered[place].id for place in chosen}
    picks = [_pick(position, chosen, rules, plain, ordered) for position in solution.chosen]
    return WeekPlan(
        week=week,
        picks=tuple(sorted(picks, key=lambda pick: (pick.candidate.start, pick.candidate.id))),
        left_out=tuple(
            sorted(
                {each.id: each for each in reversed(ordered) if each.id not in picked}.values(),
                key=lambda candidate: (-candidate.rated.score.total, candidate.id),
            )
        ),
        exclusions=tuple(exclusions),
        value=round(solution.value - kept, 6),
        bound=round(solution.bound - kept, 6),
        status=solution.status,
        notes=(
            *notes,
            *(Reason(Note.PIN_DROPPED, about=title) for title in dropped),
            *(Reason(Note.FEW_OF, about=track) for track in _short(config, past, ordered, chosen)),
            *_poor(exclusions, config, picks),
        ),
    )


def _poor(exclusions: Sequence[Exclusion], config: Config, picks: Sequence[Pick]) -> list[Reason]:
    """That the week is not full because the rest of it is worth less than an evening at home."""
    poor = sum(each.reason.code == Why.POOR for each in exclusions)
    return [Reason(Note.POOR, about=str(poor))] if poor and len(picks) < config.week.at_most.per_week else []


def _order(candidate: Candidate) -> tuple[str, datetime]:
    return candidate.id, candidate.start


def _short(config: Config, past: PlanHistory, candidates: Sequence[Candidate], chosen: Collection[int]) -> list[str]:
    """Tracks that miss their share because this week offers no more of them."""
    per_week, share = config.week.at_most.per_week, config.balance.industry_share
    short = []
    for track, part in (("industry", share), ("practice", 1 - share)):
        offered = _possible_at_once([each for each in candidates if each.rated.score.track == track])
        visited = sum(candidates[place].rated.score.track == track for place in chosen)
        if wanted_visits(part, track, past, per_week) - visited >= 1 and offered <= visited and chosen:
            short.append(track)
    return short


def _possible_at_once(candidates: Sequence[Candidate]) -> int:
    """How many of them one could visit: the earliest end first is best where only the hours clash."""
    free_from: datetime | None = None
    seen: set[str] = set()
    for each in sorted(candidates, key=lambda one: (one.end, one.start, one.id)):
        if each.id not in seen and (free_from is None or each.start >= free_from):
            seen.add(each.id)
            free_from = each.end
    return len(seen)


def build(
    candidates: Sequence[Candidate],
    config: Config,
    places: TravelTimes,
    published: Collection[str] = (),
    past: PlanHistory = NO_PAST,
) -> Problem:
    """The model of a week: candidates in a given order, pairs that clash, caps, budget, balance."""
    at_most = config.week.at_most
    return Problem(
        items=_items(candidates, published),
        conflicts=_conflicts(candidates, places),
        per_day=at_most.per_day,
        per_week=at_most.per_week,
        per_community=at_most.per_community,
        days=at_most.days,
        budget=config.week.budget,
        returns=_returns(config, past),
    )


def _items(candidates: Sequence[Candidate], published: Collection[str] = ()) -> list[Item]:
    return [
        Item(
            id=candidate.id,
            worth=candidate.rated.score.total
            + (KEEPING_WEIGHT if candidate.id in published else 0.0)
            + (PIN_WEIGHT if candidate.pinned else 0.0),
            track=candidate.rated.score.track or "other",
            day=candidate.day.toordinal(),
            cost=candidate.cost,
            community=community_of(candidate.rated),
        )
        for candidate in candidates
    ]


def _returns(config: Config, past: PlanHistory) -> Mapping[str, list[float]]:
    """What each further visit of a track adds: much while the track lacks its share, less and less beyond it."""
    per_week = config.week.at_most.per_week
    share = config.balance.industry_share
    returns = {}
    for track, part in (("industry", share), ("practice", 1 - share)):
        wanted = wanted_visits(part, track, past, per_week)
        returns[track] = [
            round(BALANCE_WEIGHT * max(-1.0, 1 - visit / wanted), 6) if wanted > 0 else -BALANCE_WEIGHT
            for visit in range(per_week)
        ]
    return returns


def _conflicts(candidates: Sequence[Candidate], places: TravelTimes) -> list[tuple[int, int]]:
    """Pairs that one person cannot both attend: hours overlap, or the way between them is too long."""
    order = sorted(range(len(candidates)), key=lambda position: candidates[position].start)
    most = timedelta(hours=4)  # no way within a city is longer: the scan may stop there
    pairs = []
    for place, first in enumerate(order):
        one = candidates[first]
        for second in order[place + 1 :]:
            other = candidates[second]
            if other.start >= one.end + most and not one.flexible:
                break
            if one.id == other.id or clash(one, other, places):
                pairs.append((min(first, second), max(first, second)))
    return pairs


def clash(one: Candidate, other: Candidate, places: TravelTimes) -> bool:
    """Whether one cannot go from the earlier to the later: no time for the way and a margin."""
    first, second = (one, other) if (one.start, one.id) <= (other.start, other.id) else (other, one)
    if second.start < first.end:
        return True  # whatever the way
    way = timedelta(minutes=places.between(first.rated.event, second.rated.event))
    return second.start < first.end + way + (MARGIN if way else timedelta())


def gathering_of(rated: Rated) -> str:
    """What tells one gathering from another, whichever evening it is held: title and place, else organiser."""
    event = rated.event
    where = (event.place and (event.place.name or event.place.address)) or event.organizer or ""
    return f"{plain(event.title).strip()}\n{plain(where).strip()}"


def is_perhaps(one: Rated, other: Rated) -> bool:
    """Whether two may be one gathering: one that is held again, or one evening that identity left apart."""
    return gathering_of(one) == gathering_of(other) or perhaps_same(one.event, other.event)


def _pick(
    position: int, chosen: set[int], rules: Feasibility, problem: Problem, candidates: Sequence[Candidate]
) -> Pick:
    """The pick with the best candidate that could replace it, all others staying: one of its own day, if there is
    any, since that is what one stays away from for it; never what may be the pick itself, told by another source."""
    others = sorted(chosen - {position})
    day = problem.items[position].day
    picked = candidates[position].rated
    name = gathering_of(picked)
    best: tuple[bool, float, int] | None = None
    for rival in range(len(candidates)):
        other = candidates[rival].rated
        if rival in chosen or gathering_of(other) == name or perhaps_same(other.event, picked.event):
            continue
        if rules.allows([*others, rival]):
            value = value_of(problem, sorted([*others, rival]))
            rank = (problem.items[rival].day == day, value, -rival)
            best = rank if best is None else max(best, rank)
    if best is None:
        return Pick(candidate=candidates[position])
    margin = value_of(problem, sorted(chosen)) - best[1]
    return Pick(candidate=candidates[position], runner_up=candidates[-best[2]], margin=round(margin, 3))
