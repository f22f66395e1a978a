"""Meeting people again: what it is worth to a week, as a term of an event's score."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.people.acquaintance import ONE_MORE_MEETING, THREE_WEEKS, together
from planner.plan.candidates import Candidate
from planner.plan.history import PlanHistory, community_of
from planner.types import Term

STREAK, ACQUAINTANCES, RETURNING = "streak", "acquaintances", "returning"
OF_PEOPLE = frozenset({ACQUAINTANCES, RETURNING})
"""Terms that rest on whom the user entered."""
NEW_CIRCLE = ONE_MORE_MEETING
"""What a circle is worth in which one knows nobody and could make friends: no more than somebody to meet again."""
MANY_EVENINGS = 3
"""A circle that meets so often within three weeks is worth all of that, one that meets less its part."""


def with_meetings(candidate: Candidate, past: PlanHistory) -> Candidate:
    """The candidate with what meeting people again is worth, as one term of its score: those whom the user entered,
    those to whom earlier plans led, or those of a new circle. The largest counts alone: that a plan stood there is no
    second reason to see somebody whom one met there."""
    score = candidate.rated.score
    if any(term.name in {STREAK, ACQUAINTANCES, RETURNING} for term in score.terms):  # of a plan that counted it
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
    return Term(name=ACQUAINTANCES, points=round(together(found), 3), about=str(len(found)))


def _streak(candidate: Candidate, past: PlanHistory) -> Term:
    points, times = past.streak(community_of(candidate.rated))
    return Term(name=STREAK, points=points, about=str(times + 1))


def _returning(candidate: Candidate, past: PlanHistory) -> Term:
    """For whoever enters people: a circle in which they know nobody yet, and whose rhythm brings it together again
    within three weeks of this evening, so that whom one meets can be met again. ``about`` is how often."""
    event, none = candidate.rated.event, Term(name=RETURNING, points=0.0)
    rhythm = past.rhythms.get(community_of(candidate.rated) or "")
    if rhythm is None or not past.people.is_kept(candidate.day) or past.people.knows(event.organizer, event.title):
        return none
    days = (candidate.day + timedelta(days=ahead) for ahead in range(1, THREE_WEEKS.days + 1))
    evenings = sum(rhythm.meets(day) for day in days)
    points = round(NEW_CIRCLE * min(evenings, MANY_EVENINGS) / MANY_EVENINGS, 3)
    return Term(name=RETURNING, points=points, about=str(evenings))
