"""What going there takes and how sure it is: the way, the price, the hour, the certainty, the size."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planner.rating.evidence import Evidence
from planner.types import Label, Term, Travel
from spiders.items import Event

EARLY, LATE = 9, 22  # hours of the day: before, and after which, going out costs something
SMALL, LARGE = range(4, 61), 500  # people: few enough to meet all; so many that one meets nobody


def circumstances(event: Event, travel: Travel, budget: float | None) -> Iterator[Term]:
    """What going there takes of this user. ``budget`` is the week's, in the user's currency; None: 200 are a full
    point."""
    if event.mode == "online":
        yield Term(name="online", points=-0.5)
    else:
        yield _way(travel.minutes, known=travel.known)
    if event.price is not None:
        yield from _price(event, budget)


@functools.lru_cache(maxsize=1024)
def _way(minutes: int, *, known: bool) -> Term:
    return Term(name="travel" if known else "travel_unknown", points=points_of_way(minutes), about=str(minutes))


def anyhow(event: Event, evidence: Evidence, zone: ZoneInfo) -> tuple[Term, ...]:
    """What it takes of anybody: the hour, how sure it is, how many come."""
    return (*_hour(event, zone), *_certainty(event, evidence.label), *_size(evidence.size))


NEAR, PER_MINUTE_NEAR, PER_MINUTE_FAR, FARTHEST = 40, 1 / 400, 1 / 20, 5.0


def points_of_way(minutes: int) -> float:
    """What a way costs: next to nothing up to 40 minutes, which is also what an unknown way counts; one point for an
    hour, and more than any evening is worth for two."""
    far = max(minutes - NEAR, 0)
    return 0.0 - round(min((minutes - far) * PER_MINUTE_NEAR + far * PER_MINUTE_FAR, FARTHEST), 3)  # no minus zero


def minutes_saved_by(points: float, minutes: int) -> int:
    """How many minutes nearer an event must be to gain so many points; beyond ``minutes`` where none would do."""
    target = points_of_way(minutes) + points
    return next((minutes - nearer for nearer in range(minutes, -1, -1) if points_of_way(nearer) >= target), minutes + 1)


def _price(event: Event, budget: float | None) -> Iterator[Term]:
    price = event.price.ordinary if event.price else None
    if price == 0:
        yield Term(name="free", points=0.3)
    elif price:
        share = price / budget if budget else price / 200
        yield Term(name="price", points=-round(min(share, 1.5), 3), about=f"{price:g}")


def _hour(event: Event, zone: ZoneInfo) -> Iterator[Term]:
    if event.start is None or event.all_day:
        return
    start = event.start.astimezone(zone)
    if start.hour < EARLY and (start.hour, start.minute) != (0, 0):  # who writes midnight rarely means an hour
        yield Term(name="early", points=-0.3, about=f"{start:%H:%M}")
    end = event.end.astimezone(zone) if event.end else None
    if end is not None and (end.date() > start.date() or (end.hour, end.minute) > (LATE, 0)):
        yield Term(name="late", points=-0.3, about=f"{end:%H:%M}")


def _certainty(event: Event, label: Label) -> Iterator[Term]:
    if event.evidence.sure == "inferred":
        yield Term(name="inferred", points=-0.2)
    elif event.evidence.sure == "doubtful":
        yield Term(name="doubtful", points=-1.0)
    if event.status == "tentative":
        yield Term(name="tentative", points=-0.3)
    full = next((word for group, word in label.people if group == "full"), None)
    if full is not None:
        yield Term(name="sold_out", points=-1.5, about=full)


def _size(count: int) -> Iterator[Term]:
    if count in SMALL:
        yield Term(name="size_small", points=0.2, about=str(count))
    elif count >= LARGE:
        yield Term(name="size_large", points=-0.2, about=str(count))
