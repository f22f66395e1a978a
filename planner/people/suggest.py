"""What to do about people this week: at most three things, each out of what the user entered, none a reproach.

Friendship is initiative and short-term high frequency: a word within two days of meeting, a second meeting within three
weeks. Connections are made by using them: one ask a week, in turn and never piled on one person; and a favour is an
interest-free loan, kept in mind and returned.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from planner.people.person import Favour, Person, Promise

MOST = 3
LEFT_ALONE = 14
"""Days in which nobody is named twice."""
FRESH, THREE_WEEKS = 2, 21
OFTEN = 4
"""Whoever was met so often is a friend or is none: there is nothing more to press."""
REST_BETWEEN_ASKS = 60
OWED_AT_MOST = 1
"""Who did us more favours than that without one in return is asked for nothing."""
PROMISE_AHEAD = 7
CLIENT_REST = 7


class About(StrEnum):
    """What a suggestion is about; its words stand under ``people.because_`` and in ``templates/messages.*.toml``."""

    FOLLOW_UP = "follow_up"
    PROMISE = "promise"
    WEEKEND = "weekend"
    REFERRAL = "referral"
    INTRODUCTION = "introduction"
    ADVICE = "advice"
    RETURN = "return"
    AGAIN = "again"


ASKS = (About.REFERRAL, About.INTRODUCTION, About.ADVICE)
IN_TURN = (*ASKS, About.WEEKEND, About.RETURN)
"""Whoever was named longest ago goes first; the others are about days that pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """An evening at which somebody may be met again: ``is_picked`` where it stands in the plan."""

    id: str
    day: date
    is_picked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One thing to do, and what it follows from. ``coming`` is the evening at which one may meet again."""

    about: About
    person: Person
    coming: Coming | None = None
    favour: Favour | None = None
    promise: Promise | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """That somebody was named in a digest: ``who`` as `named` gives it, in which ISO week, on which day."""

    who: str
    about: str
    week: str
    on: date


def suggest(
    people: Sequence[Person],
    today: date,
    week: str,
    *,
    known_as: Callable[[Person], str],
    before: Sequence[Named] = (),
    coming: Mapping[str, Coming] | None = None,
    for_clients: bool = False,
) -> tuple[Suggestion, ...]:
    """At most `MOST` suggestions for an ISO ``week``, seen from ``today``.

    ``before`` says who was named when; what this very week named stays, as long as it still holds, and counts whether
    it holds or not. ``coming`` has for people (`Person.key`) the evening at which they may be met again;
    ``for_clients``: the user's weekend belongs to clients (the key-account preset).
    """
    this_week = [each for each in before if each.week == week]
    resting = {each.who for each in before if each.week != week and abs((today - each.on).days) < LEFT_ALONE}
    resting |= {each.who for each in this_week}
    found = {about: list(_found(about, people, today, coming or {})) for about in About}
    for about in IN_TURN:
        named = {each.who: each.on for each in before if each.about in (ASKS if about in ASKS else {about})}
        found[about].sort(key=lambda each: named.get(known_as(each.person), date.min))
    kept = _kept(this_week, found, known_as)
    free = {about: [each for each in found[about] if known_as(each.person) not in resting] for about in About}
    chosen = _chosen(free, before, today, [each.about for each in this_week], for_clients=for_clients)
    return (*kept, *chosen[: max(0, MOST - len(this_week))])


def _kept(
    this_week: Sequence[Named], found: Mapping[About, Sequence[Suggestion]], known_as: Callable[[Person], str]
) -> list[Suggestion]:
    """What this week named already, as far as it still holds."""
    standing = {
        (known_as(each.person), about.value): each for about, listed in found.items() for each in reversed(listed)
    }
    kept = [standing.get((each.who, each.about)) for each in this_week]
    return [each for each in kept if each is not None]


def _chosen(
    free: Mapping[About, Sequence[Suggestion]],
    before: Sequence[Named],
    today: date,
    already: Sequence[str],
    *,
    for_clients: bool,
) -> list[Suggestion]:
    """One of each kind at most and nobody twice: what is due, and the ask, which has a place of its own; then
    whichever of returning and meeting again was named longer ago."""
    last = {about: max((each.on for each in before if each.about == about), default=date.min) for about in About}
    asks = sorted(ASKS, key=lambda about: last[about])
    later = sorted((About.RETURN, About.AGAIN), key=lambda about: last[about])
    due = [About.FOLLOW_UP, About.PROMISE, *([About.WEEKEND] if for_clients else [])]
    urgent = _first([about for about in due if about not in already], free, [])
    asking: list[Suggestion] = []
    if not any(about in already for about in ASKS):
        asking = _first(asks, free, urgent[: MOST - 1])[:1]
    chosen = [*urgent[: MOST - len(asking)], *asking]
    chosen += _first([about for about in later if about not in already], free, chosen)
    order = list(About)
    return sorted(chosen[:MOST], key=lambda each: order.index(each.about))


def _first(
    order: Sequence[About], free: Mapping[About, Sequence[Suggestion]], chosen: Sequence[Suggestion]
) -> list[Suggestion]:
    """The first of each kind who is not chosen yet."""
    taken = [each.person for each in chosen]
    found: list[Suggestion] = []
    for about in order:
        one = next((each for each in free[about] if each.person not in taken), None)
        if one is not None:
            found.append(one)
            taken.append(one.person)
    return found


def _found(about: About, people: Sequence[Person], today: date, coming: Mapping[str, Coming]) -> Iterator[Suggestion]:
    """All whom it could be about, the first before others."""
    ranked = [
        (rank, number, found)
        for number, person in enumerate(people)
        for rank, found in _OF[about](person, today, coming)
    ]
    return (found for _, _, found in sorted(ranked, key=lambda each: each[:2]))


Ranked = Iterator[tuple[tuple[object, ...], Suggestion]]


def _follow_up(person: Person, today: date, _: Mapping[str, Coming]) -> Ranked:
    met = person.last_met
    if met is None or not 0 <= (today - met).days <= FRESH:
        return
    answered = (person.contact or date.min) >= met or any(each.on > met for each in person.favours)
    if not answered:
        yield (-met.toordinal(), person.days_met), Suggestion(about=About.FOLLOW_UP, person=person)


def _promise(person: Person, today: date, _: Mapping[str, Coming]) -> Ranked:
    for promise in person.promises:
        if not promise.is_kept and promise.by is not None and promise.by <= today + timedelta(days=PROMISE_AHEAD):
            yield (promise.by,), Suggestion(about=About.PROMISE, person=person, promise=promise)


def _again(person: Person, today: date, coming: Mapping[str, Coming]) -> Ranked:
    """A second to fourth meeting within three weeks: where one will be anyway first, then whose weeks end first."""
    met = person.last_met
    if met is None or not FRESH < (today - met).days <= THREE_WEEKS or person.days_met >= OFTEN:
        return
    evening = coming.get(person.key)
    is_picked = evening is not None and evening.is_picked
    yield (not is_picked, met), Suggestion(about=About.AGAIN, person=person, coming=evening)


def _weekend(person: Person, today: date, _: Mapping[str, Coming]) -> Ranked:
    last = person.last_contact
    if person.role == "client" and (last is None or (today - last).days >= CLIENT_REST):
        yield (last or date.min,), Suggestion(about=About.WEEKEND, person=person)


def _return(person: Person, today: date, _: Mapping[str, Coming]) -> Ranked:
    for favour in person.favours:
        if favour.way == "received" and favour.state == "open" and favour.on < today:
            yield (favour.on,), Suggestion(about=About.RETURN, person=person, favour=favour)


def _ask(about: About, holds: Callable[[Person], bool]) -> Callable[[Person, date, Mapping[str, Coming]], Ranked]:
    """Whoever was asked longest ago; nobody who still has to answer, or to whom we owe."""

    def found(person: Person, today: date, _: Mapping[str, Coming]) -> Ranked:
        asked = [each for each in person.favours if each.way == "asked"]
        owed = sum(each.way == "received" and each.state == "open" for each in person.favours)
        last = max((each.on for each in asked), default=date.min)
        rested = last == date.min or (today - last).days >= REST_BETWEEN_ASKS
        if holds(person) and rested and owed <= OWED_AT_MOST and all(each.state != "open" for each in asked):
            met = person.last_contact or date.min
            yield (last, owed, -met.toordinal()), Suggestion(about=about, person=person)

    return found


def is_content(person: Person) -> bool:
    """A client who says so, or who did us a favour already."""
    return person.role == "client" and (person.content or any(each.way == "received" for each in person.favours))


_OF: Mapping[About, Callable[[Person, date, Mapping[str, Coming]], Ranked]] = {
    About.FOLLOW_UP: _follow_up,
    About.PROMISE: _promise,
    About.WEEKEND: _weekend,
    About.REFERRAL: _ask(About.REFERRAL, is_content),
    About.INTRODUCTION: _ask(About.INTRODUCTION, lambda person: person.role in {"upstream", "downstream"}),
    About.ADVICE: _ask(About.ADVICE, lambda person: person.role in {"expert", "peer"}),
    About.RETURN: _return,
    About.AGAIN: _again,
}


def named_now(
    suggestions: Sequence[Suggestion],
    week: str,
    today: date,
    known_as: Callable[[Person], str],
    before: Sequence[Named],
) -> tuple[Named, ...]:
    """``before`` with those who are named now; who stands there for this week keeps the day."""
    known = {(each.who, each.about, each.week) for each in before}
    new = [Named(known_as(each.person), each.about.value, week, today) for each in suggestions]
    return (*before, *(each for each in new if (each.who, each.about, each.week) not in known))
