"""Everybody's week from one reading: the same bytes as for one alone; one member's fault costs that member."""

from __future__ import annotations

import json
import os
import signal
from datetime import datetime

import pytest

from planner.members import everyone
from planner.members.everyone import DIED, outcomes, plan_everyone
from planner.members.register import remove
from planner.members.weekly import Task
from planner.pipeline.facts import SharedFacts
from planner.plan.solve import SolverProcess
from spiders.subprocess import Child
from tests.support.cli import run, run_apart
from tests.support.organisations import (
    LATER,
    NOW,
    WISHES,
    add_members,
    alone,
    config_of,
    joined,
    member,
    organisation,
    published,
    store_of,
)

PRIVATE = ("plan.ics", "digest.html", "digest.txt", "index.html", "quarter.html", "report.json")
AT = datetime.fromisoformat(NOW)


def told(done) -> dict:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", WISHES)
def test_each_gets_what_they_would_have_alone(tmp_path, name):
    """Two weeks and a move between them: byte for byte."""
    (tmp_path / "all").mkdir()
    home = organisation(tmp_path / "all")
    assert run(home, "gather", "--now", NOW).returncode == 0
    mine = alone(home, name, tmp_path / "mine")
    joined(home)
    moved = (home / "north.ics").read_text("utf-8").replace("T190000", "T193000")
    for command, now in (("week", NOW), ("refresh", LATER), ("week", "2026-12-04T19:00:00+08:00")):
        done = told(run(home, command, "--everyone", "--now", now, "--json"))
        assert done["members"]["failed"] == []
        told(run(mine, command, "--now", now, "--json"))
        found = published(home, name)
        assert found.keys() == set(PRIVATE)
        for each in PRIVATE:
            assert found[each] == (mine / "out" / each).read_bytes(), (command, now, each)
        for folder in (home, mine):
            (folder / "north.ics").write_text(moved, "utf-8", newline="")


def test_weeks_differ_by_wishes_and_nothing_changes_twice(tmp_path):
    home = joined(organisation(tmp_path))
    first = told(run(home, "week", "--everyone", "--now", NOW, "--json"))["members"]
    assert (first["count"], first["published"], first["failed"]) == (4, 4, [])
    plans = {name: published(home, name)["plan.ics"] for name in WISHES}
    assert len(set(plans.values())) == len(WISHES)
    with store_of(home) as store:
        before = {each.name: store.published_at(each.token, "plan.ics") for each in store.members()}
    again = told(run(home, "week", "--everyone", "--now", NOW, "--json"))["members"]
    assert again["count"] == 4
    with store_of(home) as store:
        assert {each.name: store.published_at(each.token, "plan.ics") for each in store.members()} == before
    assert told(run(home, "week", "--now", NOW, "--json")).get("members") is None


def test_one_member_s_fault_costs_that_member(tmp_path):
    home = joined(organisation(tmp_path))
    with store_of(home) as store:
        add_members(store, {"Broken": {"balance": {"industry": -1}}}, AT)
    done = run(home, "week", "--everyone", "--now", NOW)
    assert done.returncode == 0
    assert "member Broken: no week: ValidationError" in done.stderr
    assert "4 published anew" in done.stdout
    assert "Traceback" not in done.stderr
    listed = [json.loads(line) for line in run(home, "members", "list", "--json").stdout.splitlines()]
    assert {each["name"]: each["fault"] for each in listed} == {**dict.fromkeys(WISHES), "Broken": "ValidationError"}
    assert published(home, "Broken") == {}


def test_who_leaves_in_the_middle_of_a_run_leaves_nothing(tmp_path):
    home = joined(organisation(tmp_path))
    run(home, "gather", "--now", NOW)
    config = config_of(home)
    with store_of(home) as store, SolverProcess() as solver:
        facts = SharedFacts(config=config, store=store, now=AT)
        gone = member(store, "Otto")

        def leave(problem):
            with store_of(home) as other:
                if member_is_there(other, gone.number):
                    remove(other, gone)
            return solver(problem)

        states = {each.number: each.state for each in outcomes(facts, [gone.number], Task(week=None, now=AT), leave)}
        assert states == {gone.number: "left"}
        assert store.of(gone.number).published_files() == {}
        assert store.of(gone.number).plans_since("2000-W01") == {}
        assert [each.state for each in outcomes(facts, [gone.number], Task(week=None, now=AT), solver)] == ["left"]


def test_what_a_run_wrote_for_somebody_who_left_meanwhile_goes_with_the_next(tmp_path):
    home = joined(organisation(tmp_path))
    with store_of(home) as store, store.transaction():
        store.of(77).put_plan("2026-W48", {"picks": []}, AT)
        store.put_plan("2026-W40", {"picks": [], "changes": []}, AT)
    assert run(home, "week", "--everyone", "--now", NOW).returncode == 0
    with store_of(home) as store:
        assert store.of(77).plans_since("2000-W01") == {}
        assert "2026-W40" in store.plans_since("2000-W01"), "the keeper's own"
        assert all(store.of(number).plans_since("2026-W48") for number in store.member_numbers())


def test_a_full_disk_costs_weeks_and_nothing_is_half_there(tmp_path):
    home = joined(organisation(tmp_path))
    run(home, "gather", "--now", NOW)
    with store_of(home) as store, SolverProcess() as solver:
        facts = SharedFacts(config=config_of(home), store=store, now=AT)
        numbers, task = store.member_numbers(), Task(week=None, now=AT, begin=True)
        ((pages,),) = store._db.execute("PRAGMA page_count").fetchall()
        store._db.execute(f"PRAGMA max_page_count = {pages}")
        assert {each.fault for each in outcomes(facts, numbers, task, solver)} == {"StoreError"}
        for number in numbers:
            own = store.of(number)
            assert (own.published_files(), own.plans_since("2000-W01"), own.keywords()) == ({}, {}, [])
        store._db.execute("PRAGMA max_page_count = 1000000")
        assert {each.state for each in outcomes(facts, numbers, task, solver)} == {"published"}


def member_is_there(store, number: int) -> bool:
    return bool(store.members([number]))


@pytest.mark.parametrize("kills", [1, 2])
def test_a_process_that_dies_costs_at_most_the_member_it_was_at(tmp_path, monkeypatch, kills):
    """Once is no fault of theirs, twice is."""
    home = joined(organisation(tmp_path))
    run(home, "gather", "--now", NOW)
    with store_of(home) as store:
        numbers = store.member_numbers()
    monkeypatch.setattr(everyone, "SECONDS_BETWEEN_TRIES", 0.0)
    victim, found, killed = numbers[1], [], []
    really = Child.receive

    def dying(child, seconds):
        """Its process dies whenever it comes to the victim."""
        there = {each.number for each in found}
        if len(killed) < kills and numbers[0] in there and victim not in there:
            killed.append(child._process.pid)
            os.kill(child._process.pid, signal.SIGKILL)
            child._process.join()
        return really(child, seconds)

    monkeypatch.setattr(Child, "receive", dying)
    plan_everyone(config_of(home), Task(week=None, now=AT, begin=True), numbers, found.append, processes=1)
    states = {each.number: (each.state, each.fault) for each in found}
    assert len(killed) == kills
    assert len(found) == len(numbers)
    assert states.pop(victim) == (("published", None) if kills == 1 else ("failed", DIED))
    assert {state for state, _ in states.values()} == {"published"}


@pytest.mark.long
def test_the_whole_program_with_processes_of_its_own(tmp_path):
    home = joined(organisation(tmp_path))
    done = run_apart(home, "week", "--everyone", "--quiet", "--now", NOW)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert all(published(home, name) for name in WISHES)
