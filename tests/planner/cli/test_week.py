"""The command line as a user and as cron would call it: outputs, exit codes, languages, no tracebacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from tests.support.cli import NOW, ROOT, outputs, run, run_apart


def test_the_weekly_job_makes_every_output_and_names_every_source(home):
    result = run_apart(home, "week", "--now", NOW)
    assert result.returncode == 0, result.stderr
    assert "club: ok 2" in result.stderr
    assert "gone: failed: " in result.stderr
    assert "no such file" in result.stderr
    assert set(outputs(home)) == {
        "out/plan.ics", "out/digest.html", "out/quarter.html", "out/digest.txt", "out/index.html", "out/report.json",
        "out/public/all.ics", "out/public/industry.ics", "out/public/practice.ics",
        "out/public/index.html", "out/public/atom.xml",
    }  # fmt: skip
    assert "样板头马俱乐部例会" in result.stdout
    assert "储能供应链对接沙龙" in result.stdout


def test_a_second_run_changes_nothing_and_is_quiet_under_cron(home):
    run(home, "week", "--now", NOW)
    first, times = outputs(home), {path: path.stat().st_mtime_ns for path in (home / "out").rglob("*")}
    result = run_apart(home, "week", "--now", NOW, "--quiet")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert outputs(home) == first
    assert {path: path.stat().st_mtime_ns for path in (home / "out").rglob("*")} == times


def test_json_holds_plan_terms_and_report(home):
    body = json.loads(run_apart(home, "week", "--now", NOW, "--json").stdout)
    assert (body["week"], body["status"]) == ("2026-W48", "optimal")
    assert body["value"] == pytest.approx(body["bound"])
    assert {pick["title"] for pick in body["picks"]} == {"样板头马俱乐部例会", "储能供应链对接沙龙"}
    for pick in body["picks"]:
        assert pick["score"] == pytest.approx(sum(term["points"] for term in pick["terms"]), abs=0.01)
    assert {entry["source"]: entry["outcome"] for entry in body["sources"]} == {"club": "ok", "gone": "failed"}


def test_offline_uses_what_is_known(home):
    run(home, "week", "--now", NOW, "--quiet")
    assert run(home, "week", "--now", NOW, "--offline", "--quiet").returncode == 0


def test_a_loss_that_is_taken_for_a_fault_is_said_once_also_under_cron(home):
    event = "BEGIN:VEVENT\nUID:{0}\nDTSTART:202612{0:02d}T110000Z\nSUMMARY:Talk {0}\nEND:VEVENT\n"
    head = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n"
    for count in (8, 2):
        text = head + "".join(event.format(day) for day in range(1, count + 1)) + "END:VCALENDAR\n"
        (home / "club.ics").write_text(text, encoding="utf-8")
        result = run(home, "week", "--now", NOW, "--quiet")
    assert result.returncode == 0
    assert result.stderr.startswith("club: failed: 6 of 8 coming events are gone at once")
    assert "--force" in result.stderr
    assert run(home, "gather", "--now", NOW).stderr.count("club: ") == 1
    assert run(home, "refresh", "--now", NOW, "--quiet").stderr == ""


def test_no_source_has_ever_succeeded_is_exit_code_1(home):
    (home / "club.ics").unlink()
    result = run(home, "week", "--now", NOW)
    assert result.returncode == 1
    assert "no source has ever succeeded" in result.stderr
    assert not (home / "out").exists()


def test_a_source_that_broke_later_keeps_its_events(home):
    run(home, "week", "--now", NOW, "--quiet")
    (home / "club.ics").write_text("rubbish")
    result = run(home, "week", "--now", NOW)
    assert result.returncode == 0
    assert "样板头马俱乐部例会" in result.stdout
    assert "club: failed" in result.stderr
    assert "club" in (home / "out/digest.txt").read_text("utf-8")


def test_outputs_that_cannot_be_written_are_exit_code_1(home):
    (home / "out").write_text("in the way")
    result = run(home, "week", "--now", NOW)
    assert result.returncode == 1
    assert "outputs not written" in result.stderr
    assert (home / "out").read_text() == "in the way"


def test_a_second_run_at_the_same_time_is_exit_code_75(home):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER],
        cwd=home, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert holder.stdout is not None
    holder.stdout.readline()
    result = run(home, "week", "--now", NOW)
    quiet = run(home, "week", "--now", NOW, "--quiet")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert (result.returncode, quiet.returncode) == (75, 75)
    assert result.stderr
    assert quiet.stderr == "", "cron would mail it"
    assert not (home / "out").exists()


HOLDER = """
import time
from pathlib import Path
from planner.store.lock import only_run
with only_run(Path("quanzi.db"), "en"):
    print("held", flush=True)
    time.sleep(60)
"""
