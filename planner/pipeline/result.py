"""A plan with all that publishing it needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from planner.config.source import SourceEntry
from planner.gather.health import SourceHealth
from planner.people.person import Practice
from planner.people.suggest import Suggestion
from planner.plan import keyword_effect
from planner.plan.communities import NO_COMMUNITIES, Communities
from planner.plan.quarter import Quarter
from planner.plan.unfit import UnfitPick
from planner.plan.week import Pick, WeekPlan
from planner.types import Arrival, Rated

NOBODY = UUID(int=0)
"""The installation of what is invented, the same everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """A plan with all that publishing it needs.

    ``body`` is the plan as it is kept (`planner.plan.saved`), ``changes`` tells what is new since the plan that people
    know. ``aside`` are picks that were called off or moved out of
    the week, ``dropped`` the ids of all that people know and that is no pick any more, ``unfit_picks`` are picks that
    their changes made unfit, ``earlier`` holds the published plans of other weeks that subscribers may still show, by
    week. ``edit`` says what editing keywords did since the last plan; None where none was edited.
    ``communities`` and ``silent`` tell of people and of sources; the former are reckoned (``tell_communities``) when a
    page first shows them; ``shown`` are the ids that the public calendars hold,
    None where that is not known; ``public_notes`` the keys of the user's own notes that may stand there; ``undated``
    are events that no source gives a time. ``retired`` are sources that were taken out of the configuration, of which
    events are still told. ``arrivals`` are what the user handed in lately. ``rest`` is the plan
    of the week that runs, where ``plan`` is of a later one.
    ``installation`` tells our feeds from those of others. ``suggestions`` are about people and name them: they stand in
    private pages alone; ``today`` is the day they were made on, ``practised`` what the user
    tried on which evening, ``quarter`` what became of the last weeks.
    """

    plan: WeekPlan
    rated: tuple[Rated, ...]
    body: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Mapping[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    aside: tuple[Pick, ...] = ()
    unfit_picks: tuple[UnfitPick, ...] = ()
    earlier: Mapping[str, Any]
    edit: keyword_effect.Effect | None = None
    tell_communities: Callable[[], Communities] = lambda: NO_COMMUNITIES
    silent: tuple[SourceHealth, ...] = ()
    shown: frozenset[str] | None = None
    public_notes: frozenset[str] = frozenset()
    undated: tuple[Rated, ...] = ()
    retired: tuple[SourceEntry, ...] = ()
    arrivals: tuple[Arrival, ...] = ()
    rest: PlanResult | None = None
    installation: UUID = NOBODY
    suggestions: tuple[Suggestion, ...] = ()
    practised: tuple[Practice, ...] = ()
    today: date = date.min
    quarter: Quarter | None = None

    @property
    def communities(self) -> Communities:
        """Whom one is getting to know, and who is new."""
        return self.tell_communities()

    @property
    def other_weeks(self) -> Mapping[str, Any]:
        """The plans of all other weeks that people see, by week, the one that runs among them."""
        return {**self.earlier, **({self.rest.plan.week.name: self.rest.body} if self.rest else {})}
