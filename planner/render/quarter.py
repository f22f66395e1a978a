"""The quarter as small plots: plain SVG, readable without colour, each with its numbers in a table behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from planner.i18n.catalog import Catalog
from planner.plan.quarter import WEEKS, Quarter
from planner.render.clock import Clock
from planner.text import one_line
from planner.types import BALANCED

WIDTH, LINE, BAR, LEFT = 600.0, 26.0, 14.0, 190.0
HEIGHT = 110.0
MOST_CIRCLES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar, in units of the drawing; ``kind`` is its class, ``label`` stands before it and ``value`` behind it."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    label: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One plot: what it says in a sentence, its bars, and the table of the same numbers."""

    id: str
    heading: str
    summary: str
    width: float
    height: float
    bars: tuple[Bar, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_columns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterView:
    """All that the page says."""

    title: str
    dates: str
    figures: tuple[Figure, ...]


def quarter_view(quarter: Quarter, words: Catalog, timezone: str) -> QuarterView:
    """The quarter in words and drawings."""
    clock = Clock(words, timezone)
    figures = [_evenings(quarter, words, clock)]
    circles = quarter.circles[:MOST_CIRCLES]
    new = sum(each.is_new for each in quarter.circles)
    named = [
        (words("quarter.new_circle", name=each.name) if each.is_new else each.name, each.evenings) for each in circles
    ]
    summary = words("quarter.circles_told", count=len(quarter.circles), new=new)
    figures.append(_listed("circles", named, summary, (words("quarter.circle"), words("quarter.evenings_head")), words))
    met = [(words(f"quarter.met_{number}"), count) for number, count in enumerate(quarter.met, 1)]
    again = sum(quarter.met[1:])
    told = words("quarter.met_told", count=sum(quarter.met), again=again)
    figures.append(_listed("met", met, told, (words("quarter.times"), words("quarter.people_head")), words))
    favours = [(words(f"people.way.{way}"), count) for way, count in quarter.favours.items()]
    told = words("quarter.favours_told", asked=quarter.favours["asked"], returned=quarter.favours["returned"])
    figures.append(_listed("favours", favours, told, (words("quarter.favour"), words("quarter.count_head")), words))
    skills = [(words(f"people.skill.{skill}"), count) for skill, count in quarter.skills.items()]
    told = words("quarter.skills_told", count=sum(quarter.skills.values()))
    figures.append(_listed("skills", skills, told, (words("quarter.skill"), words("quarter.count_head")), words))
    return QuarterView(
        title=words("quarter.title"),
        dates=words("date.span", first=clock.day(quarter.first), last=clock.day(quarter.monday + timedelta(days=6))),
        figures=tuple(figures),
    )


def _listed(
    name: str, counted: Sequence[tuple[str, int]], summary: str, head: tuple[str, str], words: Catalog
) -> Figure:
    """Bars below each other, with their names before and their numbers behind them."""
    most = max((number for _, number in counted), default=0)
    room = WIDTH - LEFT - 50
    bars = tuple(
        Bar(
            x=LEFT,
            y=place * LINE + (LINE - BAR) / 2,
            width=round(room * number / most, 1) if most else 0.0,
            height=BAR,
            kind="plain",
            label=one_line(label, 24),
            value=str(number),
        )
        for place, (label, number) in enumerate(counted)
    )
    return Figure(
        id=name,
        heading=words(f"quarter.{name}"),
        summary=summary,
        width=WIDTH,
        height=max(len(bars), 1) * LINE,
        bars=bars if most else (),
        head=head,
        rows=tuple((label, str(number)) for label, number in counted),
    )


def _evenings(quarter: Quarter, words: Catalog, clock: Clock) -> Figure:
    """A column for each week, industry below and practice on top of it."""
    weeks = [quarter.first + timedelta(weeks=number) for number in range(WEEKS)]
    sums = [sum(quarter.evenings[track][number] for track in BALANCED) for number in range(WEEKS)]
    most, step = max(sums, default=0), WIDTH / WEEKS
    bars = []
    for number in range(WEEKS):
        top = HEIGHT
        for track in BALANCED:
            height = round((HEIGHT - 18) * quarter.evenings[track][number] / most, 1) if most else 0.0
            top -= height
            bars.append(
                Bar(
                    x=round(number * step + 6, 1), y=round(top, 1), width=round(step - 12, 1), height=height, kind=track
                )
            )
        if sums[number]:
            bars[-1] = replace(bars[-1], value=str(sums[number]))
    totals = {track: sum(quarter.evenings[track]) for track in BALANCED}
    whole = sum(totals.values())
    industry = round(100 * totals["industry"] / whole) if whole else 0
    wanted = round(100 * quarter.wanted)
    shares = {"industry": industry, "practice": 100 - industry, "wanted": wanted, "other": 100 - wanted}
    summary = words("quarter.evenings_told" if whole else "quarter.evenings_none", count=whole, **shares)
    rows = tuple(
        (clock.day(week), *(str(quarter.evenings[track][number]) for track in BALANCED))
        for number, week in enumerate(weeks)
    )
    return Figure(
        id="evenings",
        heading=words("quarter.evenings"),
        summary=summary,
        width=WIDTH,
        height=HEIGHT,
        bars=tuple(bars) if whole else (),
        head=(words("quarter.week"), *(words(f"track.{track}") for track in BALANCED)),
        rows=rows,
        is_columns=True,
    )
