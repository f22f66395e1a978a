"""A real browser for our pages, and the weeks that it looks at: a small one, one as full and odd as can be, none."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from planner.config import parse
from planner.config.words_lists import LISTS
from planner.gather.health import SourceHealth
from planner.i18n.catalog import Catalog
from planner.pipeline import PlanResult
from planner.plan.candidates import candidate_of
from planner.plan.communities import Communities, Newcomer, Streak
from planner.plan.week import Pick, WeekPlan
from planner.render.cards import Card
from planner.render.desk import Desk, draft
from planner.render.digest import Digest, DigestBuilder
from planner.render.files import OutputFiles
from planner.render.pages import desk_page, subscribe_page
from planner.render.subscribe import public_calendars, subscribe_links
from planner.serve.desk import Week
from spiders.items import Evidence, Place, Price, SourceReport
from spiders.reasons import Code, Reason
from tests.support.events import NOW, SHANGHAI, make_event
from tests.support.readers import others
from tests.support.weeks import WEEK, rated, small_week

HERE = Path(__file__).parent / "others"
SECONDS = 60
PAGES = ("digest.html", "index.html", "public/index.html", "subscribe", "desk")
OWN_FILES = {"desk": {"app.webmanifest", "icon.svg"}}
"""What a page asks for beside itself, by its name."""
LANGUAGES = ("zh", "en")
WEEKS = ("small", "full", "empty")
ADDRESS = "https://events.example/quanzi/"

# title -> the language that its letters tell
TITLES = {
    "狼人杀标准局": "zh-CN",
    "🎲🎲 桌游马拉松 👨‍👩‍👧‍👦 全家都能来 🏳️‍🌈": "zh-CN",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" * 2: "en",
    "https://a-very-long-host-name.example/with/a/path/that/has/no/place/to/break?and=parameters&too=1": "en",
    "لقاء أسبوعي لمتعلمي اللغة العربية 19:00 في المقهى": "ar",
    "ערב משחקי קופסה: 8 שחקנים, 3 שעות": "he",
    "ボードゲーム会：初心者歓迎": "ja",
    "Toastmasters open house: <b>evaluation</b> & \"table topics\" — it's free": "en",
    "长三角储能供应链对接沙龙暨第十三届新能源产业链上下游企业闭门交流会（第二轮通知，请以此为准）" * 3: "zh-CN",
    "12:30": None,
    "第333次 Python 上海 Meetup": "zh-CN",
}  # fmt: skip
Ask = Callable[[str, Sequence[Mapping[str, object]]], dict[str, Any]]


@contextmanager
def answering(command: list[str]) -> Iterator[Callable[[object], Any]]:
    """A program that answers a line of JSON for a line of JSON. It is killed when an answer takes too long."""
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        into, out = process.stdin, process.stdout

        def ask(question: object) -> Any:
            late = threading.Timer(SECONDS, process.kill)
            late.start()
            try:
                into.write(json.dumps(question) + "\n")
                into.flush()
                answer = out.readline()
            finally:
                late.cancel()
            assert answer, f"{command[0]} gave no answer"
            return json.loads(answer)

        try:
            yield ask
        finally:
            into.close()  # the end of input: the program closes its browser and goes
            try:
                process.wait(10)
            finally:
                process.kill()


def node_program(script: str, *packages: str) -> list[str]:
    """The command of a script beside the tests; skips where what it needs is missing."""
    folder = others(*(f"node_modules/{package}" for package in packages))
    node = shutil.which("node") or pytest.skip("node is not installed")
    return [node, str(HERE / script), str(folder)]


@contextmanager
def browsing() -> Iterator[Ask]:
    """One browser for many pages."""
    command = node_program("browse.mjs", "playwright-core", "axe-core")
    chromium = shutil.which("chromium") or pytest.skip("chromium is not installed: .ci/others could not install it")
    with answering([*command, chromium]) as ask:
        yield lambda html, views: dict(ask({"html": html, "views": list(views)}))


def full_week(language: str) -> tuple[Any, PlanResult, tuple[SourceReport, ...]]:
    """A digest of twenty items: picks on seven days, the best of what was left out, everything that a digest can tell
    beside them, with titles and places of every kind; the weeks before and after."""
    titles = list(TITLES)
    places = ("{}_" + "Long_Place_Name_" * 19, "{}号" + "示例路" * 100)
    prices = (None, Price(min=0, max=0, currency="CNY"), Price(min=1280, max=12800.5, currency="CNY"))
    events = []
    for number in range(26):
        start = WEEK.start + timedelta(days=number % 7, hours=9 + 2 * (number // 7))
        known: dict[str, object] = {
            "uid": f"event-{number:02d}",
            "start": start,
            "end": start + timedelta(minutes=90) if number % 5 else None,
            "url": f"https://hub.example/e/{number}?" + "query=" * (40 if number % 3 == 0 else 0),
            "place": Place(name=(places[bool(number % 4)].format(number))[:300], city="上海"),
            "price": prices[number % 3],
            "description": "A" * 150 if number % 2 else "三方坐到一张桌子旁，谈谈明年。" * 12,
            "mode": "hybrid" if number % 6 == 5 else "in-person",
        }  # fmt: skip
        if number % 7 == 3:
            known["evidence"] = Evidence(
                sure="doubtful", doubts=(Reason(Code.WEEKDAY_CONTRADICTS), Reason(Code.ENDS_BEFORE_START))
            )
        event = make_event(titles[number % len(titles)], **known)  # type: ignore[arg-type]
        events.append(rated(event, ("industry", "practice", "client")[number % 3]))
    candidates = [candidate_of(each, SHANGHAI) for each in events]
    picks = [
        Pick(candidate=each, runner_up=candidates[14 + number % 6] if number % 2 else None, margin=0.7)
        for number, each in enumerate(candidates[:14])
    ]
    plan = WeekPlan(
        week=WEEK,
        picks=tuple(sorted(picks, key=lambda pick: (pick.candidate.start, pick.candidate.id))),
        left_out=tuple(candidates[14:]),
        exclusions=(),
        value=20.0,
        bound=21.0,
        status="unproven",
        for_clients=((WEEK.start + timedelta(hours=9), WEEK.start + timedelta(hours=11)),),
        to_invite_to=tuple(events[2:6]),
    )
    moved = {"what": "moved", "before": "2026-11-24T19:00+08:00", "after": "2026-11-25T19:00+08:00"}
    changes = tuple({**moved, "title": title} for title in titles)
    communities = Communities(
        streaks=tuple(
            Streak(name=title, times=3, coming=each, is_picked=False)
            for title, each in zip(titles[:5], events, strict=False)
        ),
        newcomers=tuple(Newcomer(name=title, coming=each) for title, each in zip(titles[5:], events, strict=False)),
    )
    silent = tuple(
        SourceHealth(source=f"source-{kind}" * 5, kind=kind, since=NOW) for kind in ("failed", "quiet", "stale")
    )
    planned = PlanResult(
        plan=plan,
        rated=tuple(events),
        changes=changes,
        earlier=earlier_weeks(),
        tell_communities=lambda: communities,
        silent=silent,
    )
    reports = (
        SourceReport(
            source="source-failed" * 5,
            outcome="failed",
            reason=Reason(Code.AS_SAID, text="status 502: " + "refused " * 30),
        ),
    )
    text = f"language: {language}\noutput: {{address: '{ADDRESS}'}}\n"
    return parse(text.encode(), "config.yaml", Catalog("en")), planned, reports


def earlier_weeks() -> dict[str, Any]:
    """Kept plans: one with every kind of title, one empty, one of a week to come."""
    picks = [
        {
            "id": "event-00" if number == 0 else f"gone-{number}",
            "title": title,
            "start": (WEEK.start - timedelta(days=7 - number % 7, hours=-19)).isoformat(),
            "place": "示例路" * 60 if number % 2 else None,
            "status": "confirmed",
            "track": ("industry", "practice")[number % 2],
            "visit": None,
        }
        for number, title in enumerate(TITLES)
    ]
    coming = {**picks[0], "id": "later", "title": "下周的读书会", "start": "2026-12-01T19:30:00+08:00"}
    return {"2026-W47": {"picks": picks}, "2026-W46": {"picks": []}, "2026-W49": {"picks": [coming]}}


def empty_week(language: str) -> tuple[Any, PlanResult, Any]:
    """A week in which nothing fits; no event is coming at all."""
    config, planned, reports = small_week(language)
    plan = replace(planned.plan, picks=(), left_out=())
    return config, replace(planned, plan=plan, rated=(), changes=()), reports


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The pages of one week, what its digest tells, and the cards of what is coming."""

    pages: Mapping[str, str]
    view: Digest
    coming: tuple[Card, ...]


def _subscribing(words: Catalog) -> bytes:
    """The page that a phone subscribes from."""
    own = subscribe_links([(words("calendar.plan_name"), "plan.ics")], "http://192.0.2.7:8765/secret")
    return subscribe_page(own, subscribe_links(public_calendars(words), ADDRESS), words)


def _desk(cards: Sequence[Card], words: Catalog) -> bytes:
    """The private page that answers, with everything on it at once."""
    picks = tuple((card, frozenset(("went",) if number % 3 else ())) for number, card in enumerate(cards))
    drafts = tuple(
        draft(
            make_event(
                title, evidence=Evidence(when="周五晚7点", sure="doubtful", doubts=(Reason(Code.WEEKDAY_CONTRADICTS),))
            ),
            words,
            "0 {}",
            fields={"title": title, "when": "2026-11-27 19:00", "where": "示例路" * 40, "price": "", "url": title},
            error=words("desk.needs_when", title=title) if number % 2 else None,
        )
        for number, title in enumerate(TITLES)
        if cards
    )
    lists = dict.fromkeys(LISTS, "储能\n供应链: 2\n" + "长词" * 40)
    view = Desk(
        said=tuple(words("desk.kept", title=title) for title in TITLES if cards),
        error="desk.conflict",
        weeks=(Week(dates="11月23日 – 29日", picks=picks),),
        why=(cards[0], cards[0].reasons) if cards else None,
        drafts=drafts,
        reasons=tuple(TITLES) if cards else (),
        text="\n".join(TITLES),
        lists=lists,
        lists_now={**lists, "up": "电池"},
        is_whole=True,
    )
    return desk_page(view, "token", words)[0]


@functools.cache
def made(week: str, language: str, now: datetime = NOW) -> Made:
    """The files of a run, as the weekly job writes them."""
    maker = {"small": small_week, "full": full_week, "empty": empty_week}[week]
    config, planned, reports = maker(language)
    words = Catalog(language)
    files = OutputFiles(config=config, words=words, now=now).files(planned, reports)
    builder = DigestBuilder(config, words)
    formatter = builder.formatter
    view = builder.view(planned, reports)
    pages = {**files, "subscribe": _subscribing(words), "desk": _desk(view.cards, words)}
    return Made(
        pages={name: pages[name].decode() for name in PAGES},
        view=view,
        coming=tuple(formatter.card(each) for each in planned.rated if each.event.start and each.event.start >= now),
    )
