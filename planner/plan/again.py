"""Meeting people again: what it is worth to a week, as a term of an event's score."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.people.acquaintance import THREE_WEEKS, together
from planner.plan.candidates import Candidate
from planner.plan.history import PlanHistory, community_of
from planner.types import Term

STREAK, ACQUAINTANCES, RETURNING = "streak", "acquaintances", "returning"
POINTS = 1.0
"""What one person is worth that was just met, in points."""
RETURNING_POINTS = 0.5
MANY_EVENINGS = 3
"""Who meets so often within three weeks of an evening is a circle in which one can make friends."""


def with_meetings(candidate: Candidate, past: PlanHistory) -> Candidate:
    """The candidate with what meeting the same people again is worth: those whom the user entered, those whom earlier
    plans led to, or those who can be met again. The largest counts, alone: a plan that stood there is no second reason
    to see somebody again."""
    score = candidate.rated.score
    if any(term.name in {STREAK, ACQUAINTANCES, RETURNING} for term in score.terms):  # planned with it already
        return candidate
    possible = (_acquaintances(candidate, past), _streak(candidate, past), _returning(candidate, past))
    term = max(possible, key=lambda term: term.points)
    if not term.points:
        return candidate
    score = replace(score, total=round(score.total + term.points, 3), terms=(*score.terms, term))
    return replace(candidate, rated=replace(candidate.rated, score=score))


def _acquaintances(candidate: Candidate, past: PlanHistory) -> Term:
    """``about`` is how many they are: it is kept and shown, so it names nobody."""
    event = candidate.rated.event
    found = past.people.at(event.organizer, event.title, candidate.day)
    return Term(name=ACQUAINTANCES, points=round(POINTS * together(found), 3), about=str(len(found)))


def _streak(candidate: Candidate, past: PlanHistory) -> Term:
    points, times = past.streak(community_of(candidate.rated))
    return Term(name=STREAK, points=points, about=str(times + 1))


def _returning(candidate: Candidate, past: PlanHistory) -> Term:
    """For whoever enters people: a circle whose rhythm brings it together again within three weeks, so that whom one
    meets there can be met again. ``about`` is how often."""
    rhythm = past.rhythms.get(community_of(candidate.rated) or "")
    if rhythm is None or not past.people.is_kept(candidate.day):
        return Term(name=RETURNING, points=0.0)
    evenings = sum(rhythm.meets(candidate.day + timedelta(days=ahead + 1)) for ahead in range(THREE_WEEKS.days))
    return Term(
        name=RETURNING,
        points=round(RETURNING_POINTS * min(evenings, MANY_EVENINGS) / MANY_EVENINGS, 3),
        about=str(evenings),
    )
