"""What is told of sources in trouble: one line when it begins, one when it ends, one a week in between.

What comes and goes within a week is told once. A network that is down is no trouble of any source.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from planner.store import Store
from spiders.items import SourceReport
from spiders.reasons import Code

PROBLEMS = "problems"
"""The fact of the store that holds them by source."""
A_WEEK = timedelta(days=7) * 0.95  # cron comes a little early now and then
NOT_ITS_FAULT = frozenset({Code.NO_NETWORK, Code.ASKED_TO_WAIT, Code.NEVER_ASKED, Code.NOT_YET_ASKED, Code.CRAWL_ENDED})
NOTED = frozenset({Code.CUT_SHORT, Code.CALENDAR_CUT_OFF, Code.SAME_FOR_LONG})
"""Notes on what is read all the same that are worth a line of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Trouble with a source: when it was last ``told``; whether it is ``over``, or came back so soon that this was not
    told (``unsaid``)."""

    told: datetime
    over: bool = False
    unsaid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemNews:
    """What is to be told of sources now: trouble that began, that has lasted for one more week, that ended."""

    begun: tuple[SourceReport, ...] = ()
    lasting: tuple[SourceReport, ...] = ()
    ended: tuple[SourceReport, ...] = ()


NO_NEWS = ProblemNews()


def in_trouble(report: SourceReport) -> bool:
    """Whether a report is one of trouble."""
    if report.outcome == "failed":
        return report.reason is None or report.reason.code not in NOT_ITS_FAULT
    return any(note.code in NOTED for note in report.notes)


def problem_news(
    reports: Sequence[SourceReport], known: Mapping[str, Problem], left_alone: Collection[str], now: datetime
) -> tuple[ProblemNews, dict[str, Problem]]:
    """What is told now, and what is remembered from here on. Of those ``left_alone`` nothing new is known."""
    begun: list[SourceReport] = []
    lasting: list[SourceReport] = []
    ended: list[SourceReport] = []
    kept: dict[str, Problem] = {}
    for report in reports:
        before = known.get(report.source)
        is_recent = before is not None and timedelta() <= now - before.told < A_WEEK
        if in_trouble(report):
            if not is_recent:
                (begun if before is None or before.over else lasting).append(report)
            if before is not None and is_recent:
                kept[report.source] = Problem(told=before.told, unsaid=before.over or before.unsaid)
            else:
                kept[report.source] = Problem(told=now)
        elif before is not None and (report.outcome == "failed" or report.source in left_alone):
            kept[report.source] = before
        elif before is not None:
            if not before.over and not before.unsaid:
                ended.append(report)
            if is_recent:
                kept[report.source] = Problem(told=before.told, over=True)
    return ProblemNews(begun=tuple(begun), lasting=tuple(lasting), ended=tuple(ended)), kept


def known_problems(store: Store) -> dict[str, Problem]:
    """What is remembered, by source: of those that all share, and of the person's own calendars."""
    kept = json.loads(store.fact(PROBLEMS) or "{}") | json.loads(store.own_fact(PROBLEMS) or "{}")
    return {name: Problem(**{**each, "told": datetime.fromisoformat(each["told"])}) for name, each in kept.items()}


def keep_problems(store: Store, problems: Mapping[str, Problem], own: Collection[str]) -> None:
    """Remember them, those of the person's ``own`` calendars apart. Write inside ``transaction``."""
    kept = {name: {**asdict(each), "told": each.told.isoformat()} for name, each in sorted(problems.items())}
    mine = {name: each for name, each in kept.items() if name in own}
    shared = {name: each for name, each in kept.items() if name not in own}
    store.put_fact(PROBLEMS, json.dumps(shared, ensure_ascii=False))
    if mine or store.own_fact(PROBLEMS) is not None:
        store.put_own_fact(PROBLEMS, json.dumps(mine, ensure_ascii=False))
