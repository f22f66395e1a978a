"""The graded weeks of $QUANZI_CASES/gold/worth and worth-zh as rows of features, and weeks chosen from them."""

from __future__ import annotations

import importlib
import math
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import fmean
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.score_classify import cases

QUANZI = Path(sys.executable).with_name("quanzi")
VALUE = {3: 3.0, 2: 2.0, 1: 1.0, 0: -0.5, -1: -2.0}
WAY = timedelta(minutes=50)


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """One event for one person: features, the points that no weight decides, and the grade by reading."""

    city: str
    week: str
    person: str
    title: str
    start: datetime
    end: datetime
    free: bool
    per_day: int
    per_week: int
    track: str
    said: str | None
    grade: int
    features: Mapping[str, float]
    offset: float
    unfit: bool
    source: str
    event: Any = None


def graded_weeks(work: Path) -> list[Graded]:
    """All rows; gathers each city once into ``work`` (what lies there already is taken)."""
    return [*_western(work), *_chinese(work)]


def _module(folder: str, name: str) -> ModuleType:
    path = str(cases() / "gold" / folder)
    if path not in sys.path:
        sys.path.insert(0, path)
    return importlib.import_module(name)


def _western(work: Path) -> Iterator[Graded]:
    harness, measure = _module("worth", "harness"), _module("worth", "measure")
    gold = measure.gold("dev")
    people = {name: measure.Persona(name) for name in harness.PERSONAS}
    for city in gold:
        zone = ZoneInfo(harness.CITIES[city]["zone"])
        for week in harness.WEEKS:
            folder = work / city / week
            if not (folder / "quanzi.db").exists():
                folder.mkdir(parents=True, exist_ok=True)
                harness.config("A", city, folder / "config.yaml")
                harness.run(QUANZI, folder, "gather", "--now", harness.now_of(city, week), "--week", week)
            for name, person in people.items():
                harness.config(name, city, folder / "config.yaml")
                for rated, rater in _rated(folder, harness.now_of(city, week)):
                    row = _row_of(rated, gold[city], zone)
                    if row is None or row.week != week or row.all_day:
                        continue
                    yield _graded(rated, rater, city=city, week=week, person=name, row=row, grade=row.grade[name],
                                  free=person.can(row.start, row.end), per_day=person.per_day, per_week=person.per_week,
                                  title=measure.norm(row.title))  # fmt: skip


def _row_of(rated: Any, gold: Mapping[Any, Any], zone: ZoneInfo) -> Any:
    records = sorted(rated.tracked.merged.records, key=lambda each: each.source != rated.event.source)
    for record in records:
        event = record.event
        if event.start is not None and not event.all_day:
            start = event.start.astimezone(ZoneInfo(event.timezone))
            if row := gold.get((record.source, event.uid, start.strftime("%Y-%m-%dT%H:%M"))):
                return row
    return None


NOW_ZH, WEEK_ZH = "2026-12-06T20:00:00+08:00", "2026-W50"


@dataclass(frozen=True, slots=True)
class _RowZh:
    start: datetime
    end: datetime
    all_day: bool
    track: str
    grade: Mapping[str, int]


def _rows_zh(path: Path) -> dict[str, _RowZh]:
    rows = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        uid, _, start, end, _, track, *grades = line.split("\t")
        found = dict(zip("ABC", map(int, grades[:3]), strict=True))
        rows[uid] = _RowZh(datetime.fromisoformat(start), datetime.fromisoformat(end), "T" not in start, track, found)
    return rows


def _chinese(work: Path) -> Iterator[Graded]:
    root = cases() / "gold/worth-zh"
    rows = _rows_zh(root / "grades.tsv")
    for path in sorted((root / "personas").glob("*.yaml")):
        folder = work / "zh" / path.stem
        if not (folder / "quanzi.db").exists():
            folder.mkdir(parents=True, exist_ok=True)
            text = path.read_text(encoding="utf-8").replace("../feeds/", f"{root}/feeds/")
            (folder / "config.yaml").write_text(text, encoding="utf-8")
            command = [str(QUANZI), "gather", "--quiet", "--now", NOW_ZH, "--week", WEEK_ZH]
            subprocess.run(command, cwd=folder, check=True)
        week = _config(folder).week
        for rated, rater in _rated(folder, NOW_ZH):
            uid = next((r.event.uid for r in rated.tracked.merged.records if r.event.uid in rows), "")
            if uid and not rows[uid].all_day:
                row = rows[uid]
                begin, length = row.start.hour * 60 + row.start.minute, (row.end - row.start).total_seconds() // 60
                ranges = week.free.on(row.start.weekday(), working=row.start.weekday() < 5)
                yield _graded(rated, rater, city="zh", week=WEEK_ZH, person=path.stem, row=row,
                              grade=row.grade[path.stem], title=uid, per_day=week.at_most.per_day,
                              free=any(a <= begin and begin + length <= b for a, b in ranges),
                              per_week=week.at_most.per_week)  # fmt: skip


def _config(folder: Path) -> Any:
    from planner.cli._session import words_of_environment
    from planner.config import load

    return load(folder / "config.yaml", words_of_environment())


def _rated(folder: Path, now: str) -> Iterator[tuple[Any, Callable[[Any], dict[str, float]]]]:
    from planner.pipeline import Run
    from planner.rating.evidence import evidence_of
    from planner.rating.hosts import hosts_of
    from planner.rating.score import Scorer
    from planner.store import Store

    config = _config(folder)
    with Store(folder / "quanzi.db") as store:
        rated = Run(config=config, store=store, now=datetime.fromisoformat(now)).rated
        evidence = {each.id: evidence_of(each.event) for each in rated}
        hosts = hosts_of((each.event, evidence[each.id]) for each in rated)
        scorer = Scorer(config)

        def features(each: Any) -> dict[str, float]:
            found: dict[str, float] = defaultdict(float)
            for feature in scorer.features(each.event, evidence[each.id], hosts.usual(each.event)):
                found[feature.name] += feature.value
            return dict(found)

        for each in rated:
            yield each, features


_REST = frozenset({"online", "travel", "travel_unknown", "inferred", "sold_out", "tentative"})


def _graded(rated: Any, features: Callable[[Any], dict[str, float]], *, row: Any, **rest: Any) -> Graded:
    offset = sum(term.points for term in rated.score.terms if term.name in _REST)
    return Graded(
        **rest, start=row.start, end=row.end, track=row.track, said=rated.score.track, features=features(rated),
        offset=offset, unfit=rated.label.unfit is not None, source=rated.event.source, event=rated,
    )  # fmt: skip


def simulated(rows: Sequence[Graded], weights: Mapping[str, float], least: float = 1.0) -> dict[str, Any]:
    """Weeks chosen by worth alone: the best first, caps and hours kept, nothing below ``least``."""
    gains, grades, right, said = [], [], 0, 0
    for week in _weeks(rows):
        ranked = _ranked(week, weights)
        planned = [(score, row) for score, row in ranked if row.said not in {"other", None}]
        gain = ndcg([row.grade for _, row in planned], [row.grade for _, row in ranked])
        gains += [gain] if gain is not None else []
        for row in _filled([row for score, row in planned if score >= least]):
            grades.append(row.grade)
            said += row.said == "industry"
            right += row.said == "industry" == row.track and row.grade >= 1
    return {"ndcg": fmean(gains), "picks": len(grades), "mean": fmean(grades or [0]),
            "bad": fmean([grade < 0 for grade in grades] or [0]), "value": sum(VALUE[grade] for grade in grades),
            "industry": f"{right}/{said}"}  # fmt: skip


def _ranked(week: Sequence[Graded], weights: Mapping[str, float]) -> list[tuple[float, Graded]]:
    """What fits the free hours, the best first, each gathering once."""
    scored = sorted(((_score(row, weights), row) for row in week if row.free), key=lambda each: -each[0])
    best: dict[tuple[str, datetime], tuple[float, Graded]] = {}
    for score, row in scored:
        best.setdefault((row.title, row.start), (score, row))
    return list(best.values())


def _weeks(rows: Sequence[Graded]) -> list[list[Graded]]:
    weeks = defaultdict(list)
    for row in rows:
        weeks[row.city, row.week, row.person].append(row)
    return list(weeks.values())


def _score(row: Graded, weights: Mapping[str, float]) -> float:
    if row.unfit:
        return -9.0
    return weights["base"] + row.offset + sum(weights.get(name, 0.0) * value for name, value in row.features.items())


def _filled(rows: Sequence[Graded]) -> list[Graded]:
    chosen: list[Graded] = []
    days: Counter[Any] = Counter()
    for row in rows:
        if len(chosen) == row.per_week:
            break
        if days[row.start.date()] < row.per_day and not any(_clash(row, other) for other in chosen):
            chosen.append(row)
            days[row.start.date()] += 1
    return chosen


def _clash(one: Graded, other: Graded) -> bool:
    first, second = sorted((one, other), key=lambda row: row.start)
    return second.start < first.end + WAY


def ndcg(gains: Sequence[int], ideal: Sequence[int], most: int = 20) -> float | None:
    """Discounted gain of the first ``most``, 2^grade - 1 each, beside the best order."""

    def sum_of(grades: Sequence[int]) -> float:
        return sum((2 ** max(grade, 0) - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:most]))

    best = sum_of(sorted(ideal, reverse=True))
    return sum_of(gains) / best if best else None
