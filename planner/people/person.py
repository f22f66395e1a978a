"""People, meetings, favours, promises, and what was practised: the values that ``people.yaml`` holds.

Nothing stands here that the user did not enter. Days are local ones of the user's zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from planner.text import casefold

Role = Literal["client", "upstream", "downstream", "peer", "expert", "friend"]
Way = Literal["asked", "received", "given", "returned"]
Kind = Literal["introduction", "referral", "information", "hands"]
State = Literal["open", "done", "declined"]
Skill = Literal["speaking", "presence", "trust", "listening", "opening"]
Language = Literal["zh", "en"]
ROLES: tuple[Role, ...] = get_args(Role)
WAYS: tuple[Way, ...] = get_args(Way)
KINDS: tuple[Kind, ...] = get_args(Kind)
STATES: tuple[State, ...] = get_args(State)
SKILLS: tuple[Skill, ...] = get_args(Skill)
LANGUAGES: tuple[Language, ...] = get_args(Language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One time that one met somebody: the day, the event (its title) and the circle that held it, where known."""

    on: date
    at: str | None = None
    circle: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Favour:
    """Something asked for, received, given or returned. ``open``: asked and not yet answered, or received and not yet
    returned."""

    on: date
    way: Way
    what: str
    kind: Kind | None = None
    state: State = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What the user promised, until when, and whether it is kept."""

    what: str
    by: date | None = None
    is_kept: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person. ``met`` is in the order of the file; ``content``: a client who is content, as the user says;
    ``contact`` is the last day of which only a contact is known, no meeting (a call, a message)."""

    name: str
    role: Role | None = None
    content: bool = False
    language: Language | None = None
    cares: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    contact: date | None = None
    met: tuple[Meeting, ...] = ()
    favours: tuple[Favour, ...] = ()
    promises: tuple[Promise, ...] = ()

    @property
    def last_met(self) -> date | None:
        return max((each.on for each in self.met), default=None)

    @property
    def days_met(self) -> int:
        """On how many days one met."""
        return len({each.on for each in self.met})

    @property
    def last_contact(self) -> date | None:
        """The last day of any contact: a meeting, a message, a favour."""
        days = [*(each.on for each in self.met), *(each.on for each in self.favours)]
        return max([*days, *([self.contact] if self.contact else [])], default=None)

    @property
    def key(self) -> str:
        """What tells this person from others of the same name: where one met first. Nobody shows or keeps it as it
        is."""
        first = min(self.met, key=lambda each: each.on, default=None)
        where = f"{first.on}\n{first.circle or first.at or ''}" if first else ""
        return f"{casefold(self.name).strip()}\n{casefold(where)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What was tried on one evening, and how it went, in the user's words."""

    on: date
    skill: Skill
    at: str | None = None
    how: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """All that ``people.yaml`` holds, in its order."""

    people: tuple[Person, ...] = ()
    practised: tuple[Practice, ...] = ()


NOBODY_KNOWN = People()
