"""Sources that break without failing: how many breakages are noticed at the first run, and how often nothing was wrong.

Every breakage is derived from every source of the sample city that is well, served over loopback and fetched by the
real crawler after six days on which all was well; each source has a store of its own. A breakage that loses or changes
no event of its source (its reader does not lean on what was renamed) is read all the same and counts for neither side.

python -m benchmarks.silent_failures
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from datetime import time as dawn
from unittest import mock
from urllib.parse import urlsplit

from planner.config import Config, load
from planner.demo.city import City, Page
from planner.demo.server import serve
from planner.gather import gather, sources_of
from planner.gather.fetch import context_of
from planner.gather.policy import policy_of
from planner.i18n.catalog import Catalog
from planner.store import Store
from spiders.crawl import crawl
from spiders.hosts import host_of
from spiders.items import Context, FetchResult, Reading, Source
from tests.support.breakages import BREAKAGES, MONDAY, Living, Web, sources

DAYS_BEFORE, DAYS = 6, 14
BROKEN_ON = MONDAY + timedelta(days=1)


@dataclass(frozen=True)
class Answered:
    """What one source answered on one day."""

    now: datetime
    result: FetchResult


class Town:
    """The sources of one language: what each answers, fetched by the crawler. All days and breakages are asked for at
    once, each below a folder of its own on the hosts."""

    def __init__(self, language: str) -> None:
        config = load(City.folder_of(language) / "config.yaml", Catalog("en"))
        self.living = {each.host: each for each in sources(language)}
        entries = [entry for entry in config.sources if entry.url and host_of(entry.url) in self.living]
        self.config = config.model_copy(update={"sources": tuple(entries)})
        self.web = Web()
        self.visits: list[tuple[Source, Context]] = []
        self.moments: dict[str, datetime] = {}

    def plan(self, label: str, day: date, pages: Callable[[Living], Page]) -> None:
        """Ask all sources for these pages, at eight in the morning of a day."""
        now = datetime.combine(day, dawn(8), self.config.zone)
        self.moments[label] = now
        for source in sources_of(self.config):
            address = urlsplit(source.url or "")
            living = self.living[host_of(source.url or "")]
            self.web.pages[f"{living.host}/{label}"] = pages(living)
            asked = replace(source, id=f"{source.id}@{label}", url=f"http://{address.netloc}/{label}{address.path}")
            self.visits.append((asked, context_of(source, now)))

    def answers(self) -> dict[str, dict[str, Answered]]:
        """What each source answered, by label and id."""
        found: dict[str, dict[str, Answered]] = {label: {} for label in self.moments}
        with serve(self.web) as port:  # type: ignore[arg-type]
            for each in crawl(self.visits, {}, policy_of(self.config, {"*.example": port})):
                name, _, label = each.source.rpartition("@")
                readings = tuple(_without_folder(reading, label) for reading in each.readings)
                result = replace(each, source=name, readings=readings)
                found[label][name] = Answered(self.moments[label], result)
        return found

    def alone(self, source: str) -> Config:
        entries = tuple(entry for entry in self.config.sources if entry.id == source)
        return self.config.model_copy(update={"sources": entries})


def _without_folder(reading: Reading, label: str) -> Reading:
    if reading.looks is None or reading.looks.place is None:
        return reading
    place = reading.looks.place.replace(f"/{label}", "", 1)
    return replace(reading, looks=replace(reading.looks, place=place))


def told(config: Config, store: Store, answered: Answered) -> str:
    """Lets the program gather this answer; -> what is told of trouble that begins, or nothing."""

    def answer(*_: object, **__: object) -> Iterator[FetchResult]:
        yield answered.result

    with mock.patch("spiders.crawl.crawl", answer):
        news = gather(config, store, answered.now).news
    found = [*news.begun, *news.lasting]
    return str(found[0].reason or found[0].notes[-1]) if found else ""


def events_of(answered: Answered) -> set[tuple[str, datetime | None]]:
    readings = answered.result.readings
    return {(event.title, event.start) for each in readings for event in each.events if event.start is not None}


def false_alarms(town: Town, days: list[dict[str, Answered]]) -> list[str]:
    """Every source through all days: what was told though all was well."""
    wrong = []
    for source in days[0]:
        with Store(":memory:") as store:
            for day in days:
                said = told(town.alone(source), store, day[source])
                if said:
                    wrong.append(f"{source} {day[source].now:%m-%d}: {said}")
    return wrong


def noticed(town: Town, source: str, before: list[dict[str, Answered]], broken: Answered) -> str:
    """What is told of a source at the first run after it broke."""
    with Store(":memory:") as store:
        for day in before:
            told(town.alone(source), store, day[source])
        return told(town.alone(source), store, broken)


@dataclass
class Figures:
    """What was noticed, by breakage and source; None where the source was read all the same."""

    found: dict[tuple[str, str], bool | None] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    runs: int = 0


def measured(language: str) -> Figures:
    town = Town(language)
    town.plan("before", BROKEN_ON, lambda each: each.page([], BROKEN_ON))  # readers start: no clock of theirs runs yet
    for number in range(DAYS):
        day = BROKEN_ON + timedelta(days=number - DAYS_BEFORE)
        town.plan(f"day-{number}", day, lambda each, day=day: each.page(each.on(day), day))
    names = {f"broken-{number}": name for number, name in enumerate(BREAKAGES)}
    for label, name in names.items():
        town.plan(label, BROKEN_ON, lambda each, name=name: BREAKAGES[name](each, each.on(BROKEN_ON), BROKEN_ON))
    answers = town.answers()
    days = [answers[f"day-{number}"] for number in range(DAYS)]
    figures = Figures(wrong=false_alarms(town, days), runs=sum(map(len, days)))
    for label, name in names.items():
        for source, answered in sorted(answers[label].items()):
            is_same = events_of(days[DAYS_BEFORE][source]) == events_of(answered)
            said = None if is_same else bool(noticed(town, source, days[:DAYS_BEFORE], answered))
            figures.found[f"{language} {source}", name] = said
    return figures


def table(title: str, found: dict[tuple[str, str], bool | None], column: int) -> None:
    print(f"{title:28} noticed      read all the same")
    for name in dict.fromkeys(key[column] for key in found):
        told = [said for key, said in found.items() if key[column] == name]
        counted = [said for said in told if said is not None]
        print(f"{name:28} {sum(counted):3} of {len(counted):3}   {len(told) - len(counted):3}")
    print()


def main() -> None:
    begun = time.perf_counter()
    with ProcessPoolExecutor(2) as processes:
        both = list(processes.map(measured, ("zh", "en")))
    found = {key: said for each in both for key, said in each.found.items()}
    wrong, runs = [line for each in both for line in each.wrong], sum(each.runs for each in both)
    table("breakage", found, 1)
    table("source", found, 0)
    counted = [said for said in found.values() if said is not None]
    print(f"noticed at the first run: {sum(counted)} of {len(counted)} ({sum(counted) / len(counted):.1%})")
    print("".join(f"  missed: {key[0]}: {key[1]}\n" for key, said in found.items() if said is False), end="")
    print(f"false alarms: {len(wrong)} in {runs} normal runs")
    print("".join(f"  {line}\n" for line in wrong), end="")
    print(f"{time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
