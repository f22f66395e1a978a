"""The command line as a user and as cron would call it: outputs, exit codes, languages, no tracebacks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import CALENDAR, CONFIG, NOW, ROOT, outputs, run


@pytest.fixture
def home(tmp_path) -> Path:
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    return tmp_path


def test_the_weekly_job_makes_every_output_and_names_every_source(home):
    result = run(home, "week", "--now", NOW)
    assert result.returncode == 0, result.stderr
    assert "club: ok 2" in result.stderr
    assert "gone: failed: " in result.stderr
    assert "no such file" in result.stderr
    assert set(outputs(home)) == {
        "out/plan.ics", "out/digest.html", "out/digest.txt", "out/index.html", "out/report.json",
        "out/public/all.ics", "out/public/industry.ics", "out/public/practice.ics",
        "out/public/index.html", "out/public/atom.xml",
    }  # fmt: skip
    assert "样板头马俱乐部例会" in result.stdout
    assert "储能供应链对接沙龙" in result.stdout


def test_a_second_run_changes_nothing_and_is_quiet_under_cron(home):
    run(home, "week", "--now", NOW)
    first, times = outputs(home), {path: path.stat().st_mtime_ns for path in (home / "out").rglob("*")}
    result = run(home, "week", "--now", NOW, "--quiet")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert outputs(home) == first
    assert {path: path.stat().st_mtime_ns for path in (home / "out").rglob("*")} == times


def test_json_holds_plan_terms_and_report(home):
    body = json.loads(run(home, "week", "--now", NOW, "--json").stdout)
    assert (body["week"], body["status"]) == ("2026-W48", "optimal")
    assert body["value"] == pytest.approx(body["bound"])
    assert {pick["title"] for pick in body["picks"]} == {"样板头马俱乐部例会", "储能供应链对接沙龙"}
    for pick in body["picks"]:
        assert pick["score"] == pytest.approx(sum(term["points"] for term in pick["terms"]), abs=0.01)
    assert {entry["source"]: entry["outcome"] for entry in body["sources"]} == {"club": "ok", "gone": "failed"}


def test_the_steps_alone_give_what_the_job_gives(home):
    assert run(home, "gather", "--now", NOW, "--quiet").returncode == 0
    plan = run(home, "plan", "--now", NOW, "--json")
    assert json.loads(plan.stdout)["picks"]
    assert not (home / "out").exists()
    assert run(home, "publish", "--now", NOW, "--quiet").returncode == 0
    stepwise = outputs(home)
    run(home, "week", "--now", NOW, "--quiet")
    assert outputs(home) == stepwise


def test_offline_uses_what_is_known(home):
    run(home, "week", "--now", NOW, "--quiet")
    assert run(home, "week", "--now", NOW, "--offline", "--quiet").returncode == 0


def test_a_broken_configuration_is_exit_code_2_and_touches_nothing(home):
    (home / "config.yaml").write_text("citty: x\nweek: {free: {mon: late}}\n")
    result = run(home, "week", "--now", NOW)
    assert result.returncode == 2
    assert "config.yaml:1: citty: not a known key (did you mean city?)" in result.stderr
    assert "config.yaml:2: week.free.mon:" in result.stderr
    assert "Traceback" not in result.stderr
    assert {path.name for path in home.iterdir()} == {"club.ics", "config.yaml"}


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["week", "--week", "soon"], 2, "not a week"),
        (["week", "--now", "yesterday"], 2, "not a moment"),
        (["week", "--config", "none.yaml"], 2, "cannot be read"),
        (["wek"], 2, "did you mean week?"),
        (["week", "--colour"], 2, "No such option"),
        (["why", "no such thing", "--now", NOW], 2, "no such event"),
        (["extract", "none.ics"], 2, "cannot be read"),
        (["extract", "club.ics", "--timezone", "Mars"], 2, "not a time zone"),
        (["extract", "club.ics", "--window", "x"], 2, "not two moments"),
        (["events", "--from", "x"], 2, "not a day"),
    ],
)
def test_wrong_usage_is_one_clear_line(home, arguments, code, words):
    result = run(home, *arguments)
    assert result.returncode == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr


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


def test_a_plan_alone_says_that_the_files_are_as_before(home):
    run(home, "gather", "--now", NOW)
    assert "quanzi publish" in run(home, "plan", "--now", NOW).stdout
    assert json.loads(run(home, "plan", "--now", NOW, "--json").stdout)


def test_losses_can_be_believed_where_sources_are_read(home):
    for command in ("week", "refresh", "gather"):
        assert run(home, command, "--force", "--now", NOW).returncode == 0
    assert run(home, "plan", "--force").returncode == 2


def test_without_a_configuration_it_says_what_to_do(tmp_path):
    result = run(tmp_path, "week")
    assert result.returncode == 2
    assert "quanzi init" in result.stderr
    assert "quanzi init" in run(tmp_path, "week", language="zh_CN.UTF-8").stderr
    assert "没有配置文件" in run(tmp_path, "week", language="zh_CN.UTF-8").stderr


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
    result = run(home, "week", "--now", NOW, "--quiet")
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert result.returncode == 75
    assert not (home / "out").exists()


def test_the_language_of_the_configuration_is_spoken(home):
    (home / "config.yaml").write_text(CONFIG.format(language="zh"), encoding="utf-8")
    result = run(home, "week", "--now", NOW)
    assert "2026 年第 48 周" in result.stdout
    assert "# " not in result.stdout


def test_help_speaks_both_languages_and_knows_every_command(home):
    english, chinese = run(home, "--help").stdout, run(home, "--help", language="zh_CN.UTF-8").stdout
    for command in (
        "week",
        "gather",
        "plan",
        "publish",
        "demo",
        "extract",
        "when",
        "classify",
        "sources",
        "events",
        "why",
    ):
        assert f"  {command} " in english
        assert f"  {command} " in chinese
        assert run(home, command, "--help").returncode == 0
    assert "weekly job" in english
    assert "每周" in chinese


def test_events_lists_merged_events_with_their_copies(home):
    (home / "config.yaml").write_text(
        CONFIG.format(language="en") + "  - {id: again, kind: ical, file: club.ics}\n", encoding="utf-8"
    )
    run(home, "week", "--now", NOW, "--quiet")
    rows = [json.loads(line) for line in run(home, "events", "--now", NOW, "--json").stdout.splitlines()]
    assert len(rows) == 2
    assert rows[0]["uid"].endswith("@quanzi")
    assert rows[0]["picked"] is True
    assert rows[0]["track"] == "practice"
    assert rows[0]["copies"] == [
        {"source": name, "uid": "speech", "start": "2026-11-24T19:30", "title": "样板头马俱乐部例会", "url": None}
        for name in ("again", "club")
    ]
    found = run(home, "events", "--now", NOW, "--json", "--search", "储能").stdout.splitlines()
    assert len(found) == 1
    assert len(run(home, "events", "--now", NOW, "--json", "--topic", "头马").stdout.splitlines()) == 1
    assert not run(home, "events", "--now", NOW, "--json", "--track", "other").stdout
    assert "样板头马" in run(home, "events", "--now", NOW).stdout


def test_why_tells_terms_and_what_was_beaten(home):
    run(home, "week", "--now", NOW, "--quiet")
    result = run(home, "why", "头马", "--now", NOW)
    assert "It is in the plan of 2026-W48." in result.stdout
    assert "your interest “头马”" in result.stdout
    body = json.loads(run(home, "why", "储能", "--now", NOW, "--json").stdout)
    assert body["score"] == pytest.approx(sum(term["points"] for term in body["terms"]), abs=0.01)
    assert run(home, "why", body["uid"][:8], "--now", NOW).returncode == 0


def test_sources_list_tells_how_each_fares(home):
    run(home, "week", "--now", NOW, "--quiet")
    rows = [json.loads(line) for line in run(home, "sources", "list", "--json").stdout.splitlines()]
    assert [(row["id"], row["outcome"], row["count"]) for row in rows] == [("club", "ok", 2), ("gone", "failed", 0)]
    assert "club.ics" in run(home, "sources", "list").stdout


def test_extract_prints_one_object_a_line(home):
    result = run(home, "extract", "club.ics", "--now", NOW, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["uid"] for row in rows] == ["speech", "storage"]
    assert rows[0]["start"] == "2026-11-24T19:30:00+08:00"
    assert rows[0]["sure"] == "stated"
    assert {"title", "end", "all_day", "timezone", "location", "mode", "url", "organizer", "price", "status"} <= set(
        rows[0]
    )
    narrow = run(home, "extract", "club.ics", "--now", NOW, "--json", "--window", "2026-11-25T00:00Z/2026-11-30T00:00Z")
    assert len(narrow.stdout.splitlines()) == 1
    piped = run(home, "extract", "-", "--now", NOW, "--json", stdin=CALENDAR)
    assert piped.stdout == result.stdout
    assert "19:30–21:30" in run(home, "extract", "club.ics", "--now", NOW).stdout


def test_extract_finding_nothing_prints_nothing_and_says_why(home):
    result = run(home, "extract", "-", "--kind", "ical", "--now", NOW, "--json", stdin="<html><body>hi</body></html>")
    assert (result.returncode, result.stdout) == (0, "")
    assert "not a calendar" in result.stderr


def test_when_tells_limits_apart_from_sessions(home):
    result = run(home, "when", "请在10月8日之前报名", "--now", "2026-10-01T00:00:00+08:00", "--json")
    found = json.loads(result.stdout)
    assert found["sessions"] == []
    assert found["periods"] == [{"start": None, "end": "2026-10-08T00:00:00+08:00", "words": "10月8日之前"}]


def test_when_reads_a_text_or_many_lines(home):
    one = json.loads(run(home, "when", "本周六下午2点", "--now", NOW, "--json").stdout)
    assert one["sessions"][0]["start"] == "2026-11-21T14:00:00+08:00"
    many = run(home, "when", "-", "--json", stdin="2026-11-23T09:00:00+08:00\t本周六下午2点\n没有时间\n")
    rows = [json.loads(line) for line in many.stdout.splitlines()]
    assert rows[0]["sessions"][0]["start"] == "2026-11-28T14:00:00+08:00"
    assert rows[1] == {"sessions": [], "recurrence": None, "conflicts": [], "periods": []}


def test_classify_adds_track_topics_and_reasons(home):
    extracted = run(home, "extract", "club.ics", "--now", NOW, "--json").stdout
    result = run(home, "classify", "-", "--json", stdin=extracted + "not json\n\n")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["track"] for row in rows] == ["practice", "industry"]
    assert any("头马" in reason for reason in rows[0]["reasons"])
    assert rows[0]["uid"] == "speech"
    assert "line 3: not an event" in result.stderr


HOLDER = """
import time
from pathlib import Path
from planner.lock import only_run
with only_run(Path("quanzi.db")):
    print("held", flush=True)
    time.sleep(60)
"""
ANSWERS = "en\nShanghai\nSaaS, startups\npublic speaking\n18:30-22:00\nme@mail.example\n"


def test_init_asks_six_questions_and_writes_a_configuration_that_loads(tmp_path):
    result = run(tmp_path, "init", stdin=ANSWERS)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count(":") >= 6
    text = (tmp_path / "config.yaml").read_text("utf-8")
    assert "me@mail.example" in text
    assert "SaaS" in text
    listed = run(tmp_path, "sources", "list", "--json")
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout.splitlines()


def test_init_in_chinese(tmp_path):
    result = run(
        tmp_path, "init", stdin="zh\n上海\n新能源，储能\n演讲，桌游\n晚上\n19:00-22:00\n\n", language="zh_CN.UTF-8"
    )
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "config.yaml").read_text("utf-8")
    assert '"储能"' in text
    assert "19:00-22:00" in text
    assert "contact" not in text


def test_init_never_overwrites(tmp_path):
    (tmp_path / "config.yaml").write_text("city: mine\n")
    result = run(tmp_path, "init", stdin=ANSWERS)
    assert result.returncode == 2
    assert (tmp_path / "config.yaml").read_text() == "city: mine\n"


ANNOUNCEMENT = """【活动报名】周五晚的储能沙龙

时间：11月27日（周五）19:00-21:00
地点：徐汇区样板路8号 三叶会客厅
费用：免费
"""


def own_events(home: Path) -> list[dict]:
    rows = [json.loads(line) for line in run(home, "events", "--now", NOW, "--json").stdout.splitlines()]
    return [row for row in rows if "own" in {copy["source"] for copy in row["copies"]}]


def test_add_keeps_a_pasted_announcement_and_plans_it(home):
    result = run(home, "add", "-", "--now", NOW, stdin=ANNOUNCEMENT)
    assert result.returncode == 0, result.stderr
    assert "周五晚的储能沙龙" in result.stdout
    assert "“11月27日（周五）19:00-21:00”" in result.stdout
    (row,) = own_events(home)
    assert (row["start"], row["price"]["max"]) == ("2026-11-27T19:00:00+08:00", 0)
    assert "周五晚的储能沙龙" in run(home, "plan", "--now", NOW).stdout
    run(home, "week", "--now", NOW, "--quiet")
    assert own_events(home), "gathering leaves the user's own events alone"


def test_add_takes_a_file_and_the_words_themselves(home):
    (home / "pasted.txt").write_text(ANNOUNCEMENT, encoding="utf-8")
    assert run(home, "add", "pasted.txt", "--now", NOW).returncode == 0
    again = run(home, "add", ANNOUNCEMENT, "--now", NOW, "--json")
    assert json.loads(again.stdout)["title"] == "周五晚的储能沙龙"
    assert len(own_events(home)) == 1


def test_add_says_why_there_is_nothing_to_keep(home):
    result = run(
        home, "add", "-", "--now", NOW, stdin="活动回顾 | 上周的沙龙圆满落幕\n\n感谢到场的朋友。时间：11月13日 19:00"
    )
    assert result.returncode == 2
    assert "recap" in result.stderr
    assert not own_events(home)


def test_add_of_a_refused_link_asks_for_the_text(home, web):
    web.pages = {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /"), "/s/1": (200, {}, ANNOUNCEMENT.encode())}
    with (home / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("network: {allow: [127.0.0.1]}\n")
    result = run(home, "add", f"http://127.0.0.1:{web.port}/s/1", "--now", NOW)
    assert result.returncode == 2
    assert "robots.txt forbids it (paste its text instead: quanzi add -)" in result.stderr
    assert "/s/1" not in web.paths()
    web.pages["/robots.txt"] = (404, {}, b"")
    assert run(home, "add", f"http://127.0.0.1:{web.port}/s/1", "--now", NOW).returncode == 0
    assert own_events(home)


def test_a_source_that_left_the_configuration_says_nothing_any_more(home):
    run(home, "week", "--now", NOW, "--quiet")
    (home / "config.yaml").write_text("language: en\nsources: []\n")
    assert not run(home, "events", "--now", NOW, "--json").stdout
