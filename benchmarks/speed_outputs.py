"""How fast the outputs are written, and how large a digest grows: python -m benchmarks.speed_outputs

The events are those of the built-in city in both languages; every pick has its reasons, advice and a backup.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.config import Config, load
from planner.deliver.mail import encoded_size
from planner.demo.city import City
from planner.demo.server import serve
from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult, Run, gather_step
from planner.plan.candidates import candidate_of
from planner.plan.week import Pick, WeekPlan
from planner.render import pages
from planner.render.calendar import Entry, write
from planner.render.digest import DigestBuilder
from planner.store import Store
from planner.types import Rated
from planner.weeks import WeekSpan, week_of

RUNS = 15
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def main() -> None:
    for language in ("zh", "en"):
        config, events, span = city(language)
        words = Catalog(language)
        for items in (20, 40, 60):
            measure_digest(week_of_picks(events, span, items), config, words)
        entries = [entry(events[number % len(events)], number) for number in range(500)]
        seconds, content = timed(lambda entries=entries, words=words: write("Quanzi", entries, "Asia/Shanghai", words))
        print(f"{language}: calendar of 500 events: {seconds:.3f} s, {len(content) / 1000:.0f} kB")


def measure_digest(planned: PlanResult, config: Config, words: Catalog) -> None:
    builder = DigestBuilder(config, words)
    seconds, page = timed(lambda: pages.digest_html(builder.view(planned, ()), words, sample=False))
    text = pages.digest_text(builder.view(planned, ()), words, sample=False)
    print(
        f"{words.language}: digest of {len(planned.plan.picks)} picks: {seconds:.3f} s, {len(page) / 1000:.1f} kB"
        f" ({encoded_size(page) / 1000:.1f} kB in transit), text {len(text) / 1000:.1f} kB"
    )


def city(language: str) -> tuple[Config, list[Rated], WeekSpan]:
    """The city's events that may be planned, the best first."""
    words = Catalog(language)
    config = load(City.folder_of(language) / "config.yaml", words)
    span = week_of("next", NOW, config.zone)
    with Store(":memory:") as store, serve(City(language=language, monday=span.monday, zone=config.zone)) as port:
        gather_step(config, store, NOW, offline=False, hosts={"*.example": port})
        events = [
            each
            for each in Run(config=config, store=store, now=NOW).rated
            if each.score.track in {"industry", "practice"} and each.event.start and each.event.start >= span.start
        ]
    return config, sorted(events, key=lambda each: (-each.score.total, each.id)), span


def week_of_picks(events: Sequence[Rated], span: WeekSpan, items: int) -> PlanResult:
    """So many picks, each with one that stands ready instead; days as they fall into the week."""
    candidates = [candidate_of(each, span.zone) for each in events]
    picks = [
        Pick(candidate=one, runner_up=other, margin=1.5)
        for one, other in zip(candidates[:items], reversed(candidates), strict=False)
    ]
    assert len(picks) == items, "the city holds too little"
    plan = WeekPlan(
        week=span,
        picks=tuple(replace(pick, candidate=_within(pick, span, place)) for place, pick in enumerate(picks)),
        left_out=tuple(candidates[items:]),
        exclusions=(),
        value=1.0,
        bound=1.0,
        status="optimal",
    )
    return PlanResult(plan=plan, rated=tuple(events), changes=(), earlier={})


def _within(pick: Pick, span: WeekSpan, place: int):
    """The candidate on a day of the week, so that it also stands in the days at a glance."""
    day = span.days[place % 7]
    start = pick.candidate.start.replace(year=day.year, month=day.month, day=day.day)
    return replace(pick.candidate, start=start, end=start + (pick.candidate.end - pick.candidate.start))


def entry(rated: Rated, number: int) -> Entry:
    merged = rated.tracked.merged
    event = replace(merged.event, uid=f"{number:04d}-{merged.event.uid}")
    tracked = replace(rated.tracked, merged=replace(merged, event=event))
    return Entry(tracked=tracked, description=(event.description or "") * 2, category="x")


def timed(work: Callable[[], bytes]) -> tuple[float, bytes]:
    """-> (the median of some runs in seconds, the result)."""
    took = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        result = work()
        took.append(time.perf_counter() - begun)
    return statistics.median(took), result


if __name__ == "__main__":
    main()
