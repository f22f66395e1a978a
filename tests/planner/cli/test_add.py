"""Events that the user adds."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.cli import NOW, run

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
        file.write("network: {allow: [127.0.0.1], delay: 1}\n")
    result = run(home, "add", f"http://127.0.0.1:{web.port}/s/1", "--now", NOW)
    assert result.returncode == 2
    assert "robots.txt forbids it (paste its text instead: quanzi add -)" in result.stderr
    assert "/s/1" not in web.paths()
    web.pages["/robots.txt"] = (404, {}, b"")
    assert run(home, "add", f"http://127.0.0.1:{web.port}/s/1", "--now", NOW).returncode == 0
    assert own_events(home)


def test_add_of_a_cancellation_calls_the_known_event_off(home):
    assert run(home, "add", ANNOUNCEMENT, "--now", NOW).returncode == 0
    result = run(home, "add", "【取消】周五晚的储能沙龙", "--now", NOW)
    assert result.returncode == 0, result.stderr
    assert "changes an event that is known" in result.stderr
    (row,) = own_events(home)
    assert (row["status"], row["start"]) == ("cancelled", "2026-11-27T19:00:00+08:00")


def test_add_of_a_cancellation_of_nothing_known_says_so_and_keeps_nothing(home):
    result = run(home, "add", "【取消】11月27日 山前读诗会", "--now", NOW)
    assert result.returncode == 0, result.stderr
    assert "no known event" in result.stderr
    assert not own_events(home)
