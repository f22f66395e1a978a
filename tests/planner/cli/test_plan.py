"""The steps of the weekly job one by one."""

from __future__ import annotations

import json

from tests.support.cli import NOW, outputs, run


def test_the_steps_alone_give_what_the_job_gives(home):
    assert run(home, "gather", "--now", NOW, "--quiet").returncode == 0
    plan = run(home, "plan", "--now", NOW, "--json")
    assert json.loads(plan.stdout)["picks"]
    assert not (home / "out").exists()
    assert run(home, "publish", "--now", NOW, "--quiet").returncode == 0
    stepwise = outputs(home)
    run(home, "week", "--now", NOW, "--quiet")
    assert outputs(home) == stepwise


def test_a_plan_alone_says_that_the_files_are_as_before(home):
    run(home, "gather", "--now", NOW)
    assert "quanzi publish" in run(home, "plan", "--now", NOW).stdout
    assert json.loads(run(home, "plan", "--now", NOW, "--json").stdout)


def test_what_the_configuration_hardly_means_is_said_with_the_plan(home):
    with (home / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("week: {pinned: [no such evening], at_most: {per_week: 0}}\n")
    told = run(home, "plan", "--now", NOW).stdout
    assert "“no such evening”, which you pinned" in told
    assert "week.at_most.per_week: 0" in told


def test_a_mistake_in_the_configuration_is_shown_at_its_place(home):
    (home / "config.yaml").write_text("language: zh\ncity：上海\n", encoding="utf-8")
    stopped = run(home, "plan", "--now", NOW)
    assert stopped.returncode == 2
    assert stopped.stderr.splitlines()[1:] == ["    2 | city：上海", "      |     ^"]


def test_losses_can_be_believed_where_sources_are_read(home):
    for command in ("week", "refresh", "gather"):
        assert run(home, command, "--force", "--now", NOW).returncode == 0
    assert run(home, "plan", "--force").returncode == 2


def test_a_look_at_a_plan_asks_for_no_circles(home, monkeypatch):
    asked = []
    monkeypatch.setattr("planner.pipeline.known.circles_of", lambda *_: asked.append("circles") or ())
    assert run(home, "gather", "--now", NOW, "--quiet").returncode == 0
    for shown in ("--json", "--quiet", "--offline"):  # the last as a table
        assert run(home, "plan", "--now", NOW, shown).returncode == 0
    assert not asked
    assert run(home, "publish", "--now", NOW, "--quiet").returncode == 0
    assert asked == ["circles"], "the digest tells of them, and the store remembers the steady ones"
