"""What a plan leaves out and would still propose gladly: the list below the picks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from planner.plan.candidates import Candidate
from planner.plan.codes import Why
from planner.plan.week import WeekPlan, is_perhaps
from planner.types import Rated

MAX_ITEMS = 20  # a digest is read in two minutes
MAX_ALSO_GOOD = 6
MAX_WHOLE_DAYS = 2
_OF_THE_USER = frozenset({"interest", "chain_up", "chain_down", "chain_peers"})


def also_good(plan: WeekPlan) -> list[tuple[Rated, Candidate | None]]:
    """Each gathering once, none that is a pick or a backup or may be one told otherwise; the best first, then what
    lasts whole days (without a candidate: no hour of it can be planned)."""
    most = max(0, min(MAX_ALSO_GOOD, MAX_ITEMS - len(plan.picks)))
    shown = [each.rated for pick in plan.picks for each in (pick.candidate, pick.runner_up) if each]
    whole_days = _distinct(
        sorted(
            (each.rated for each in plan.exclusions if each.reason.code == Why.ALL_DAY and _is_wanted(each.rated)),
            key=lambda each: (-each.score.total, each.id),
        ),
        shown,
        min(MAX_WHOLE_DAYS, most),
    )
    candidates = {each.id: each for each in plan.left_out}
    others = _distinct((each.rated for each in plan.left_out), [*shown, *whole_days], most - len(whole_days))
    return [*((each, candidates[each.id]) for each in others), *((each, None) for each in whole_days)]


def _distinct(rated: Iterable[Rated], shown: Sequence[Rated], most: int) -> list[Rated]:
    """The first ``most`` that may not be one another, nor one of ``shown``."""
    kept: list[Rated] = []
    for each in rated:
        if len(kept) == most:
            break
        if not any(each.id == other.id or is_perhaps(each, other) for other in (*shown, *kept)):
            kept.append(each)
    return kept


def _is_wanted(rated: Rated) -> bool:
    """Whether something beside its kind speaks for an event: a whole day is no small thing."""
    score = rated.score
    return not score.avoided and any(term.name in _OF_THE_USER and term.points > 0 for term in score.terms)
