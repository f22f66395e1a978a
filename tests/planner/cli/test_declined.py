"""A coming pick that is skipped or disliked leaves the plan at once."""

from __future__ import annotations

import json

import pytest

from tests.support.cli import NOW, run

SAME_HOUR = "11月24日 19:30-21:30 样板头马公开课 云杉中心"


@pytest.mark.parametrize("verdict", ["skip", "dislike"])
def test_a_coming_pick_goes_and_its_replacement_is_named(home, verdict):
    run(home, "add", SAME_HOUR, "--now", NOW)
    run(home, "week", "--now", NOW)
    picks = [pick["uid"] for pick in json.loads(run(home, "plan", "--now", NOW, "--json").stdout)["picks"]]
    told = run(home, "events", "--now", NOW, "--json").stdout.splitlines()
    rows = {row["uid"]: row for row in map(json.loads, told)}
    gone = next(uid for uid in picks if rows[uid]["start"].startswith("2026-11-24"))
    other = next(row for uid, row in rows.items() if row["start"].startswith("2026-11-24") and uid != gone)
    result = run(home, verdict, gone, "--now", NOW)
    assert result.returncode == 0, result.stderr
    assert f"out of the plan: {rows[gone]['title']}" in result.stdout
    replaced = f"in its place: {other['title']} (2026-11-24 19:30)" in result.stdout
    assert replaced or (verdict == "dislike" and "nothing else fits" in result.stdout), "what is alike is disliked too"
    assert "quanzi publish" in result.stdout
    run(home, "publish", "--now", NOW)
    later = json.loads(run(home, "plan", "--now", NOW, "--json").stdout)["picks"]
    assert gone not in {pick["uid"] for pick in later}
    assert (other["uid"] in {pick["uid"] for pick in later}) is replaced


def test_it_comes_back_when_the_verdict_is_forgotten(home):
    run(home, "week", "--now", NOW)
    assert "nothing else fits" in run(home, "skip", "头马", "--now", NOW).stdout
    run(home, "skip", "--reset", "--now", NOW)
    assert "头马" in run(home, "plan", "--now", NOW).stdout


def test_what_was_never_planned_says_nothing_of_a_plan(home):
    run(home, "gather", "--now", NOW)
    assert "plan" not in run(home, "skip", "头马", "--now", NOW).stdout
