"""The weeks around the planned one, as far as the kept plans tell: what was picked, when, and where it led."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.render.cards import CardFormatter
from planner.text import one_line, web_link
from planner.types import Rated


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPick:
    """One pick of a kept plan in words; ``when`` may lack the hours."""

    title: str
    when: str
    place: str
    track: str
    link: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptWeek:
    """A week that was planned, in words."""

    name: str
    week: str
    dates: str
    picks: tuple[KeptPick, ...]


def kept_weeks(
    plans: Mapping[str, Any], rated: Sequence[Rated], formatter: CardFormatter, elsewhere: Collection[str] = ()
) -> tuple[KeptWeek, ...]:
    """Weeks by name, the newest first. ``rated`` are the events still known: they have links and ends. Picks that
    stand ``elsewhere`` on the page (ids) are left out, and weeks of which nothing else is left."""
    known = {each.id: each for each in rated}
    left = {name: [pick for pick in plans[name]["picks"] if pick["id"] not in elsewhere] for name in plans}
    told = [name for name in sorted(plans, reverse=True) if left[name] or not plans[name]["picks"]]
    return tuple(_week(name, left[name], known, formatter) for name in told)


def _week(
    name: str, picks: Sequence[Mapping[str, Any]], known: Mapping[str, Rated], formatter: CardFormatter
) -> KeptWeek:
    words, zone = formatter.words, formatter.config.zone
    monday = date.fromisocalendar(int(name[:4]), int(name[-2:]), 1)
    dated = [(_start(pick, zone), pick) for pick in picks]
    dated.sort(key=lambda each: (each[0] is None, each[0] and each[0].timestamp(), str(each[1]["id"])))
    return KeptWeek(
        name=name,
        week=words("digest.week", year=name[:4], week=int(name[-2:])),
        dates=formatter.clock.week(monday),
        picks=tuple(_pick(pick, start, known.get(pick["id"]), formatter) for start, pick in dated),
    )


def _start(pick: Mapping[str, Any], zone: ZoneInfo) -> datetime | None:
    """When one went: the visit where the event was open for days."""
    text = pick.get("visit") or pick.get("start")
    return datetime.fromisoformat(text).astimezone(zone) if text else None


def _pick(pick: Mapping[str, Any], start: datetime | None, known: Rated | None, formatter: CardFormatter) -> KeptPick:
    event = known.event if known else None
    if start is None:
        hours = ""
    elif event is not None and event.start == start:
        hours = formatter.hours(event, assumed=False)
    else:
        hours = formatter.clock.hour(start) if start.hour or start.minute else ""  # midnight stands for a whole day
    return KeptPick(
        title=one_line(pick["title"], 120),
        when=formatter.clock.joined(formatter.day(start), hours) if start else formatter.words("digest.no_time"),
        place=one_line(pick.get("place") or "", 120),
        track=pick.get("track") or "other",
        link=web_link(event.url) if event else None,
    )
