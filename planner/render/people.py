"""People in words: what a suggestion says, and a message that is ready to paste. Every value is one that the user
entered, or the title of an evening."""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.i18n.catalog import Catalog, templates_folder
from planner.people.person import Person
from planner.people.suggest import About, Suggestion
from planner.render.clock import Clock
from planner.text import one_line

if TYPE_CHECKING:  # a command about one person starts without the libraries of planning
    from planner.config import Config
    from planner.pipeline import PlanResult
    from planner.types import Interval

LONGEST = 60
WEEKEND = (5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleLine:
    """One suggestion: why, and what to send; both are one line."""

    reason: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """An evening that one could take a client to: its title and its local day."""

    title: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the week holds for suggestions: ``titles`` of its evenings by id, where one could take a client, and the
    hours of the weekend that are kept for one."""

    titles: Mapping[str, str] = field(default_factory=dict)
    invitation: Invitation | None = None
    free: Interval | None = None


ALONE = Around()


def lines(planned: PlanResult, words: Catalog, config: Config) -> tuple[PeopleLine, ...]:
    """All suggestions of a plan, in words."""
    if not planned.suggestions:
        return ()
    zone, today = config.zone, planned.today
    wanted = {each.coming.id for each in planned.suggestions if each.coming}
    titles = {each.id: each.event.title for each in planned.rated if each.id in wanted}
    inviting = (
        Invitation(title=each.event.title, day=each.event.start.astimezone(zone).date())
        for each in planned.plan.to_invite_to
        if each.event.start is not None
    )
    free = (block for block in planned.plan.for_clients if block[0].weekday() in WEEKEND)
    around = Around(titles=titles, invitation=next(inviting, None), free=next(free, None))
    told = PeopleWords(words, config.timezone)
    return tuple(told.line(each, today, around) for each in planned.suggestions)


class PeopleWords:
    """Puts suggestions into words, messages in the language of whom they are for."""

    def __init__(self, words: Catalog, timezone: str) -> None:
        self.words, self.timezone = words, timezone

    def line(self, suggestion: Suggestion, today: date, around: Around = ALONE) -> PeopleLine:
        """A suggestion as it is told on a day, with what the week holds for it."""
        return PeopleLine(
            reason=self._reason(suggestion, today, around), message=self._message(suggestion, today, around)
        )

    def _reason(self, each: Suggestion, today: date, around: Around) -> str:
        person, words = each.person, self.words
        place, clock = last_place(person), Clock(words, self.timezone)
        values: dict[str, object] = {
            "name": _short(person.name),
            "ago": ago(person.last_met, today, words),
            "place": words("people.in_place", place=_short(place)) if place else "",
            "times": person.days_met,
            "role": words(f"people.role.{person.role}") if person.role else "",
        }
        key = each.about.value
        if each.promise is not None and each.promise.by is not None:
            values |= {"what": _short(each.promise.what), "day": clock.day(each.promise.by)}
        if each.favour is not None:
            values |= {"what": _short(each.favour.what), "day": clock.day(each.favour.on)}
        if each.about == About.WEEKEND:
            last = person.last_contact
            key, values["last"] = ("weekend", clock.day(last)) if last else ("weekend_first", "")
        if each.coming is not None and each.coming.id in around.titles:
            key = "again_planned" if each.coming.is_picked else "again_coming"
            values |= {"event": _short(around.titles[each.coming.id]), "day": clock.day(each.coming.day)}
        told = words(f"people.because_{key}", **values)
        if each.about == About.WEEKEND and around.free is not None:
            start, end = around.free
            told += words("people.kept_hours", slot=clock.joined(clock.day(start), clock.hours(start, end)))
        return one_line(told, 400)

    def _message(self, each: Suggestion, today: date, around: Around) -> str:
        person = each.person
        words = Catalog(person.language or self.words.language)
        place, clock = last_place(person), Clock(words, self.timezone)
        values: dict[str, object] = {"name": _short(person.name), "ago": ago(person.last_met, today, words)}
        case = "at" if each.about == About.FOLLOW_UP and place else "alone"
        values["place"] = _short(place or "")
        if each.promise is not None and each.promise.by is not None:
            values |= {"what": _short(each.promise.what), "day": clock.day(each.promise.by)}
        if each.favour is not None:
            values["what"] = _short(each.favour.what)
        if each.about == About.INTRODUCTION:
            case = person.role or case
        if each.about == About.WEEKEND:
            case = "event" if around.invitation else ("hike", "tea")[today.isocalendar().week % 2]
            if invitation := around.invitation:
                values |= {"event": _short(invitation.title), "day": clock.day(invitation.day)}
        if each.coming is not None and each.coming.id in around.titles:
            case = "picked" if each.coming.is_picked else "coming"
            values |= {"event": _short(around.titles[each.coming.id]), "day": clock.day(each.coming.day)}
        ways = _messages(words.language)[each.about.value][case]
        return one_line(_in_turn(ways, person, today).format_map(values), 400)


def ago(day: date | None, today: date, words: Catalog) -> str:
    """How long ago a day is."""
    days = (today - day).days if day else 0
    return words(f"people.ago_{days}") if 0 <= days <= 2 else words("people.ago_more", days=days)


def last_place(person: Person) -> str | None:
    """Where one met last."""
    last = max(person.met, key=lambda each: each.on, default=None)
    return (last.at or last.circle) if last else None


def _in_turn(ways: Sequence[str], person: Person, today: date) -> str:
    """Another way to say it for another person and another week, the same one all week."""
    year, week, _ = today.isocalendar()
    drawn = hashlib.sha256(f"{person.key}\n{year}\n{week}".encode()).digest()
    return ways[drawn[0] % len(ways)]


def _short(text: str) -> str:
    return one_line(text, LONGEST)


@functools.cache
def _messages(language: str) -> Mapping[str, Any]:
    return tomllib.loads((templates_folder() / f"messages.{language}.toml").read_text(encoding="utf-8"))
