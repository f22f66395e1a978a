"""A worker with a database of its own: what each job puts into the queue, and whole weeks through it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import signal
import subprocess
import time
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

pytest.importorskip("procrastinate", reason="the extra 'org' is not installed")

from planner.errors import StoreError
from planner.i18n.catalog import Catalog
from planner.members.jobs.queue import Jobs, app_of, declare, state_of, sweep
from planner.members.jobs.worker import TICKED, Worker
from planner.members.weekly import Outcome
from planner.store import Store
from planner.store.rows import LATEST
from tests.support.cli import QUANZI, run, run_apart
from tests.support.histories import calendar, vevent
from tests.support.organisations import NOW, WISHES, addresses, joined, member, organisation
from tests.support.postgres import rows
from tests.support.servers import serving

EN = Catalog("en")
JOBS = "quanzi_jobs.procrastinate_jobs"


@pytest.fixture
def home(tmp_path, database):
    folder = organisation(tmp_path, f"store: {database.address}\n")
    return joined(folder)


class Heard:
    """Jobs that would be put into a queue."""

    def __init__(self) -> None:
        self.put: list[tuple[object, ...]] = []

    def __getattr__(self, name: str):
        return lambda *given: self.put.append((name, *given))


def worker(home, jobs, due=lambda since, until: (), keeper=lambda command, now: True, stop=lambda: None) -> Worker:
    return Worker(path=home / "config.yaml", words=EN, jobs=jobs, keeper=keeper, due=due, stop=stop)


def files(database, name: str) -> dict[str, bytes]:
    with Store(database) as store:
        return store.of(member(store, name).number).published_files()


# One job after another.


def test_a_tick_begins_what_fell_due_since_the_last_one_and_nothing_at_first(home, database):
    asked, heard = [], Heard()

    def due(since, until):
        asked.append((since, until))
        return ("week",)

    tick = worker(home, heard, due)
    tick("tick")
    assert heard.put == []
    with Store(database) as store:
        first = datetime.fromisoformat(store.fact(TICKED))
        with store.transaction():
            store.put_fact(TICKED, (first - timedelta(hours=2)).isoformat())
    tick("tick")
    ((name, command, now),) = heard.put
    assert (name, command) == ("begin", "week")
    assert asked == [(first - timedelta(hours=2), now)]
    assert abs(now - first) < timedelta(minutes=1)
    assert now.utcoffset() == timedelta(hours=8), "in the organisation's zone"


def test_a_clock_that_went_back_begins_nothing(home, database):
    heard = Heard()
    with Store(database) as store, store.transaction():
        store.put_fact(TICKED, "2099-01-01T00:00:00+00:00")
    worker(home, heard, lambda *_: ("week",))("tick")
    assert heard.put == []


def test_what_follows_from_what(home, database):
    heard = Heard()
    run(home, "gather", "--now", NOW)
    one = worker(home, heard, keeper=lambda command, now: command == "week")
    one("begin", command="week", now=NOW)
    one("diaries", command="week", now=NOW)
    ((_, command, _), (_, numbers, again, _)) = heard.put
    assert command == again == "week"
    with Store(database) as store:
        assert numbers == store.member_numbers()
    one("plan", numbers=numbers, command="week", now=NOW)
    assert all(files(database, name) for name in WISHES)
    assert [name for name, *_ in heard.put] == ["diaries", "plan"], "no letters without a mail server"


@pytest.mark.parametrize(("unproven", "told"), [(3, False), (4, True)])
def test_many_weeks_that_nobody_proved_are_told(home, monkeypatch, caplog, unproven, told):
    found = [Outcome(number=number, state="published", unproven=number < unproven) for number in range(9)]
    monkeypatch.setattr("planner.members.jobs.tasks.plan_members", lambda *_, **__: found)
    worker(home, Heard())("plan", numbers=list(range(9)), command="week", now=NOW)
    assert ("could not be proven" in caplog.text) is told


def test_planning_twice_publishes_once(home, database):
    run(home, "gather", "--now", NOW)
    one = worker(home, Heard())
    with Store(database) as store:
        numbers = store.member_numbers()
    one("plan", numbers=numbers, command="week", now=NOW)
    before = rows(database, "SELECT person, name, etag, changed FROM published ORDER BY 1, 2")
    one("plan", numbers=numbers, command="week", now=NOW)
    assert rows(database, "SELECT person, name, etag, changed FROM published ORDER BY 1, 2") == before


def test_a_worker_that_is_older_than_the_tables_takes_no_more(home, database):
    stopped = []
    one = worker(home, Heard(), stop=lambda: stopped.append(True))
    rows(database, f"UPDATE quanzi_schema SET version = {LATEST + 1}")
    with pytest.raises(StoreError):
        one("relate")
    assert stopped == [True]
    rows(database, f"UPDATE quanzi_schema SET version = {LATEST}")


# The queue.


def test_a_job_that_waits_is_not_put_there_twice_and_holds_ids_alone(home, database):
    app = app_of(database, EN)
    declare(app, lambda *_, **__: None)
    at = datetime.fromisoformat(NOW)
    with app.open():
        jobs = Jobs(app)
        for _ in range(2):
            jobs.crawl(7)
            jobs.relate()
            jobs.begin("week", at)
            jobs.diaries("week", at)
        jobs.plan([1, 2], "week", at)
        jobs.letters([1], at)
    found = rows(database, f"SELECT task_name, lock, args::text FROM {JOBS} ORDER BY id")
    assert [(name, lock) for name, lock, _ in found] == [
        ("crawl", "crawl-7"), ("relate", "relate"), ("begin", "relate"), ("diaries", "diaries"), ("plan", None),
        ("letters", None),
    ]  # fmt: skip
    for _, _, args in found:
        assert re.fullmatch(r'[\s{}\[\]",:0-9T+-]*', re.sub(r'"(bucket|numbers|command|now|week)"', '""', args))
    state = state_of(database, EN)
    assert state.jobs == {"crawl": {"todo": 1}, "keep": {"todo": 2}, "letters": {"todo": 1}, "plan": {"todo": 2}}
    assert state.stalled == 0


def test_what_a_worker_that_is_gone_left_behind_is_put_back(home, database):
    app = app_of(database, EN)
    declare(app, lambda *_, **__: None)
    with app.open():
        Jobs(app).plan([1], "week", datetime.fromisoformat(NOW))
    rows(
        database,
        "SET search_path = quanzi_jobs;"
        "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '200 s');"
        "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)",
    )
    assert state_of(database, EN).stalled == 1

    async def swept() -> int:
        async with app_of(database, EN).open_async() as opened:
            return await sweep(opened)

    assert asyncio.run(swept()) == 1
    assert state_of(database, EN) == type(state_of(database, EN))(jobs={"plan": {"todo": 1}})


def test_what_was_left_behind_and_waits_already_is_dropped_with_its_lock(home, database):
    """A crawl that fell due again meanwhile: the one that is gone would hold its lock for good."""
    app = app_of(database, EN)
    declare(app, lambda *_, **__: None)
    with app.open():
        Jobs(app).crawl(7)
        rows(
            database,
            "SET search_path = quanzi_jobs;"
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '200 s');"
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = (SELECT max(id) FROM procrastinate_workers)",
        )
        Jobs(app).crawl(7)
        Jobs(app).crawl(8)
    assert state_of(database, EN).jobs == {"crawl": {"doing": 1, "todo": 2}}

    async def swept() -> int:
        async with app_of(database, EN).open_async() as opened:
            return await sweep(opened) + await sweep(opened)

    assert asyncio.run(swept()) == 1
    assert state_of(database, EN).jobs == {"crawl": {"todo": 2}}


def test_two_at_once_make_the_tables_of_the_queue_once(database):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as threads:
        assert all(list(threads.map(lambda _: app_of(database, EN) is not None, range(4))))
    with Store(database) as store:
        assert store.members() == []


# The program.


def test_what_it_cannot_do_is_said(home, tmp_path):
    assert "not known: cook" in run(home, "work", "--queues", "crawl,cook").stderr
    (tmp_path / "file").mkdir()
    other = organisation(tmp_path / "file")
    for command in (("work", "--processes", "1"), ("work", "--start", "week")):
        told = run(other, *command)
        assert told.returncode == 2
        assert "the store is a file" in told.stderr
    assert json.loads(run(other, "status", "--json").stdout)["jobs"] is None


def test_a_whole_week_through_the_queue(home, database):
    assert run(home, "work", "--start", "week").returncode == 0
    waiting = json.loads(run(home, "status", "--json").stdout)
    assert waiting["jobs"] == {"keep": {"todo": 1}}
    done = run_apart(home, "work", "--processes", "1", "--until-idle", "--quiet")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    first = {name: files(database, name) for name in WISHES}
    assert all("plan.ics" in each for each in first.values())
    assert (home / "out/plan.ics").is_file(), "the keeper's own"
    told = json.loads(run(home, "status", "--json").stdout)
    assert (told["sound"], told["members"]["without_plan"], told["jobs"]) == (True, 0, {})
    args = "".join(text for (text,) in rows(database, f"SELECT args::text || coalesce(lock, '') FROM {JOBS}"))
    for word in (*WISHES, "werewolf", "SaaS", *(address.split("/")[1] for address in addresses(home).values())):
        assert word not in args


@pytest.mark.long
def test_two_workers_one_of_which_is_killed(home, database, postgres_server):
    """Every member is published exactly once, and two minutes later nothing is left behind."""
    with Store(database) as store:
        from tests.support.organisations import add_members

        add_members(store, {f"M{number:03}": {} for number in range(150)}, datetime.fromisoformat(NOW))
    run(home, "gather", "--now", NOW)
    assert run(home, "work", "--start", "week").returncode == 0
    call = [*QUANZI, "work", "--processes", "1", "--quiet"]
    workers = [subprocess.Popen(call, cwd=home, stderr=subprocess.PIPE) for _ in range(2)]
    try:
        assert waited(lambda: 20 <= published(database) < 150, 120)
        workers[0].kill()
        assert waited(lambda: published(database) == 154, 240)
        assert waited(lambda: not state_of(database, EN).jobs, 120)
    finally:
        for each in workers:
            each.send_signal(signal.SIGTERM)
        for each in workers:
            each.wait(60)
    once = rows(database, "SELECT person, count(DISTINCT changed) FROM published GROUP BY person")
    assert len(once) == 154
    assert state_of(database, EN).stalled == 0


@pytest.mark.long
def test_a_database_that_goes_away_for_a_while(home, database, postgres_server):
    call = [*QUANZI, "work", "--processes", "1", "--quiet"]
    working = subprocess.Popen(call, cwd=home, stderr=subprocess.PIPE)
    try:
        time.sleep(5)
        postgres_server.stop()
        time.sleep(10)
        postgres_server.start()
        run(home, "gather", "--now", NOW)
        assert run(home, "work", "--start", "week").returncode == 0
        assert waited(lambda: published(database) == 4, 120)
    finally:
        working.send_signal(signal.SIGTERM)
        assert working.wait(60) == 0
    assert (home / "out/plan.ics").is_file()


def published(database) -> int:
    return int(rows(database, "SELECT count(DISTINCT person) FROM published")[0][0])


def waited(true, seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if true():
            return True
        time.sleep(0.5)
    return bool(true())


@pytest.mark.long
def test_no_host_is_asked_by_two_workers_at_once_also_where_one_is_killed(tmp_path, database):
    """Eight hosts with three sources each, slow to answer; the log of the servers tells who asked when."""
    with contextlib.ExitStack() as stack:
        webs = [stack.enter_context(serving(f"127.0.0.{number}")) for number in range(2, 10)]
        entries = []
        for number, web in enumerate(webs, 2):
            for name in "abc":
                web.pages[f"/{name}.ics"] = slowly
                url = f"http://127.0.0.{number}:{web.port}/{name}.ics"
                entries.append(f"{{id: h{number}{name}, kind: ical, url: '{url}'}}")
        text = f"language: en\nstore: {database.address}\nnetwork: {{allow: [127.0.0.0/8]}}\n"
        (tmp_path / "config.yaml").write_text(text + f"sources: [{', '.join(entries)}]\n", "utf-8")
        assert run(tmp_path, "work", "--start", "crawl").returncode == 0
        call = [*QUANZI, "work", "--processes", "1", "--queues", "crawl,keep", "--quiet"]
        workers = [subprocess.Popen(call, cwd=tmp_path, stderr=subprocess.PIPE) for _ in range(2)]
        try:
            assert waited(lambda: sum(len(web.asked) for web in webs) >= 5, 60)
            workers[0].kill()
            assert waited(lambda: read(database) == 24, 150), (
                rows(database, "SELECT id, outcome, reason, failures FROM sources WHERE outcome <> 'ok'"),
                rows(database, f"SELECT task_name, status, lock, attempts FROM {JOBS} WHERE status <> 'succeeded'"),
            )
        finally:
            for each in workers:
                each.send_signal(signal.SIGTERM)
            for each in workers:
                each.wait(90)
    for web in webs:
        spans = sorted((each.at, each.done or each.at + SLOW) for each in web.asked)
        assert len(spans) >= 3
        for (_, done), (begun, _) in pairwise(spans):
            assert begun >= done - 0.01


SLOW = 0.4


def slowly(asked):
    time.sleep(SLOW)
    body = calendar(vevent(asked.path, "20261201T190000", "Debate night"))
    return 200, {"Content-Type": "text/calendar"}, body.encode()


def read(database) -> int:
    return int(rows(database, "SELECT count(*) FROM sources WHERE outcome = 'ok'")[0][0])
