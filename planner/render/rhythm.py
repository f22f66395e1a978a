"""Communities in words: how steadily they meet, when next, how to join. What is expected is never told as certain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time

from planner.plan.circles import Cadence, Circle
from planner.render.cards import CardFormatter
from planner.text import one_line


def cadence(formatter: CardFormatter, known: Cadence) -> str:
    """``every Tue at 19:30``, ``隔周周四``, ``on the first Mon of the month``."""
    words = formatter.words
    *others, last = (words(f"date.weekday_{weekday}") for weekday in known.weekdays)
    days = words("cadence.and").join(filter(None, (words("config.comma").join(others), last)))
    if known.nth is not None:
        nth = words("cadence.nth_last" if known.nth < 0 else f"cadence.nth_{known.nth}")
        told = words("cadence.month", nth=nth, days=days)
    elif known.interval == 1:
        told = words("cadence.weekly", days=days)
    elif known.interval == 2:
        told = words("cadence.second", days=days)
    else:
        told = words("cadence.weeks", interval=known.interval, days=days)
    return words("cadence.at", days=told, hour=formatter.clock.hour(known.at)) if known.at else told


def next_meeting(formatter: CardFormatter, circle: Circle) -> str:
    """The next announced event, else the day that is expected, as a guess; that nothing is known, where nothing is."""
    words, coming = formatter.words, circle.coming
    if circle.expected is not None:
        day = formatter.day(datetime.combine(circle.expected, time(), formatter.config.zone))
        return words("communities.expected", day=day)
    if coming is not None:
        card = formatter.card(coming)
        return words("communities.coming", when=card.when, title=one_line(card.title, 60))
    return words("communities.nothing")


def steady(formatter: CardFormatter, circle: Circle) -> str:
    """One line of news: whose rhythm was found."""
    return formatter.words(
        "digest.steady",
        name=one_line(circle.name, 60),
        track=track(formatter, circle),
        cadence=cadence(formatter, circle.cadence) if circle.cadence else "",
        meetings=circle.cadence.meetings if circle.cadence else 0,
        next=next_meeting(formatter, circle),
    )


def track(formatter: CardFormatter, circle: Circle) -> str:
    return formatter.words(f"track.{circle.track}" if circle.track else "communities.no_track")


def lines(formatter: CardFormatter, circle: Circle) -> Iterator[str]:
    """A community for a person: its rhythm, then what is below its name."""
    words, known = formatter.words, circle.cadence
    told = cadence(formatter, known) if known else words("cadence.none")
    if known and not circle.is_steady:
        told = words("communities.guess", cadence=told, meetings=known.meetings)
    yield words("communities.line", name=one_line(circle.name, 60), track=track(formatter, circle), cadence=told)
    parts = [next_meeting(formatter, circle)]
    if circle.where is not None:
        parts.append(circle.where)
    if circle.last is not None:
        day = formatter.day(circle.last.astimezone(formatter.config.zone))
        parts.insert(0, words("communities.last", day=day))
    yield "  " + words("digest.join").join(parts)
    join = circle.join
    for key, value in (("sign_up", join.sign_up), ("group", join.group)):
        if value:
            yield "  " + words(f"communities.{key}", url=value)
    if join.account:
        yield "  " + words("communities.account", name=join.account)
    if not (join.sign_up or join.group or join.account) and circle.links:
        yield "  " + words("communities.link", url=circle.links[0])
