"""The settings that decide a week, as they stand, each with the key of config.yaml that changes it."""

from __future__ import annotations

from collections.abc import Iterator

from planner.config import Config
from planner.config.hours import DAYS, Hours
from planner.config.model import Word
from planner.i18n.catalog import Catalog
from planner.render.cards import CardFormatter
from planner.render.clock import Clock
from planner.text import one_line
from spiders.items import Price

MAX_WORDS = 8


def settings_summary(config: Config, words: Catalog) -> tuple[str, ...]:
    """A line each: keywords, free hours, caps, shares, sources, and what else may keep a good event out of the week."""
    return tuple(
        words("lever.line", name=words(f"lever.{name}"), value=value, key=key)
        for name, value, key in _settings(config, words)
        if value
    )


def _settings(config: Config, words: Catalog) -> Iterator[tuple[str, str, str]]:
    """-> (name of its words, value, key)."""
    interests, at_most = config.interests, config.week.at_most
    for name, listed in (
        ("industry", interests.industry),
        ("practice", interests.practice),
        ("avoid", interests.avoid),
    ):
        yield f"words_{name}", _words(listed, words), f"interests.{name}"
    yield "free", _hours(config, words), "week.free"
    caps = words("lever.caps_value", per_day=at_most.per_day, per_week=at_most.per_week)
    yield "caps", caps, "week.at_most"
    if config.week.budget is not None:
        budget = CardFormatter(config, words).price(Price(min=config.week.budget, max=config.week.budget))
        yield "budget", budget, "week.budget"
    if config.week.travel_at_most is not None:
        yield "way", words("lever.way_value", minutes=config.week.travel_at_most), "week.travel_at_most"
    share = round(100 * config.balance.industry_share)
    yield "balance", words("lever.balance_value", industry=share, practice=100 - share), "balance"
    yield "sources", words("lever.sources_value", count=len(config.sources)), "sources"


def _words(listed: tuple[Word, ...], words: Catalog) -> str:
    """The weightiest first; an ordinary weight is not shown."""
    ordered = sorted(listed, key=lambda each: -each.weight)
    shown = [
        one_line(each.word, 30) + (f" {each.weight:g}" if each.weight != 1 else "") for each in ordered[:MAX_WORDS]
    ]
    if len(ordered) > MAX_WORDS:
        shown.append(words("lever.more", count=len(ordered) - MAX_WORDS))
    return words("digest.comma").join(shown)


def _hours(config: Config, words: Catalog) -> str:
    free = config.week.free
    parts = [(words("lever.weekdays"), free.weekdays), (words("lever.weekend"), free.weekend)]
    named = [(words(f"date.weekday_{place}"), getattr(free, day)) for place, day in enumerate(DAYS)]
    parts += [(name, hours) for name, hours in named if hours is not None]
    clock = Clock(words, config.timezone)

    def told(hours: Hours) -> str:
        return words("lever.between").join(clock.range(start, end) for start, end in hours) or words("lever.none")

    return words("digest.comma").join(f"{name} {told(hours)}" for name, hours in parts)
