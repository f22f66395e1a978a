"""Events that the user adds."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.cli import NOW, run
from tests.support.terminal import run_at_terminal

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
        file.write("network: {allow: [127.0.0.1], delay: 0}\n")
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


@pytest.mark.parametrize(
    "note",
    ["周五晚7点 储能人饭局 云杉中心南座35楼 AA300", "pitch practice next Tuesday 7pm, Maple Works, 51 Sample St, $10"],
)
def test_add_takes_a_note_of_one_line(home, note):
    result = run(home, "add", note, "--now", NOW)
    assert result.returncode == 0, result.stderr
    assert len(own_events(home)) == 1


def test_add_takes_words_without_quotation_marks(home):
    assert run(home, "add", "周五晚7点", "储能人饭局", "--now", NOW).returncode == 0
    assert [row["title"] for row in own_events(home)] == ["储能人饭局"]


def test_what_is_not_told_is_asked_for_and_can_be_given(home):
    result = run(home, "add", "和老样吃饭", "--now", NOW)
    assert (result.returncode, own_events(home)) == (2, [])
    assert "--when" in result.stderr
    given = ("--when", "周五晚7点", "--where", "云杉中心", "--price", "80", "--title", "老友饭局", "--yes")
    assert run(home, "add", "和老样吃饭", *given, "--now", NOW).returncode == 0
    (row,) = own_events(home)
    assert (row["title"], row["start"], row["price"]["max"]) == ("老友饭局", "2026-11-27T19:00:00+08:00", 80)
    assert row["location"]["name"] == "云杉中心"


def test_fields_alone_are_an_event_and_what_cannot_be_read_is_said(home):
    assert run(home, "add", "--title", "Dinner", "--when", "Fri Nov 27 7pm", "--now", NOW).returncode == 0
    assert [row["title"] for row in own_events(home)] == ["Dinner"]
    assert "no time was understood" in run(home, "add", "--title", "D", "--when", "someday", "--now", NOW).stderr
    assert run(home, "add", "--title", "Dinner", "--now", NOW).returncode == 2


def test_a_rule_is_a_series_that_goes_on(home):
    assert run(home, "add", "每周三19:00 英语角 三叶咖啡馆", "--now", NOW).returncode == 0
    assert len(own_events(home)) > 10
    later = "2027-04-01T20:00:00+08:00"
    assert run(home, "gather", "--now", later).returncode == 0
    rows = [json.loads(line) for line in run(home, "events", "--now", later, "--json").stdout.splitlines()]
    assert any(row["title"] == "英语角" and row["start"] > "2027-07" for row in rows)


def test_a_folder_of_notes_and_one_without(home):
    (home / "notes").mkdir()
    result = run(home, "add", "notes", "--now", NOW)
    assert (result.returncode, "without texts" in result.stderr) == (2, True)
    (home / "notes" / "a.txt").write_text("周五19:00 饭局 云杉中心\n---\n周六14:00 桌游", encoding="utf-8")
    (home / "notes" / "b.md").write_text("周日9:00 徒步 样板山北门", encoding="utf-8")
    assert run(home, "add", "notes", "--now", NOW).returncode == 0
    assert len(own_events(home)) == 3


@pytest.mark.parametrize(
    ("given", "said"), [("missing.txt", "no such file"), ("poster.png", "a damaged PNG"), ("./nothing", "no such file")]
)
def test_errors_say_what_was_given(home, given, said):
    (home / "poster.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    result = run(home, "add", given, "--now", NOW)
    assert (result.returncode, said in result.stderr) == (2, True), result.stderr


def test_a_calendar_of_several_events_can_be_followed_instead(home):
    body = (home / "club.ics").read_text("utf-8")
    third = body.split("BEGIN:VEVENT")[2].split("END:VEVENT")[0].replace("UID:storage", "UID:third")
    (home / "more.ics").write_text(body.replace("END:VCALENDAR", f"BEGIN:VEVENT{third}END:VEVENT\nEND:VCALENDAR"))
    result = run(home, "add", "more.ics", "--now", NOW)
    assert "quanzi sources add" in result.stderr


def test_a_terminal_is_asked_yes_no_or_edit_and_when(home):
    code, shown = run_at_terminal(
        home, "add", "和老样吃饭", "--now", NOW, answer="someday\n11月27日 19:00\ne\n\n\n云杉中心\nlots\n80\ny\n"
    )
    assert code == 0, shown
    assert "no time was understood" in shown
    assert "not a price" in shown
    (row,) = own_events(home)
    assert (row["title"], row["start"]) == ("和老样吃饭", "2026-11-27T19:00:00+08:00")
    assert (row["location"]["name"], row["price"]["max"]) == ("云杉中心", 80)


def test_no_keeps_nothing_and_text_may_be_pasted(home):
    code, shown = run_at_terminal(home, "add", "11月27日 19:00 饭局", "--now", NOW, answer="n\n")
    assert (code, "not saved" in shown) == (0, True)
    code, shown = run_at_terminal(home, "add", "--now", NOW, answer="11月27日 19:00 饭局\n\x04y\n")
    assert "Ctrl-D" in shown
    assert [row["title"] for row in own_events(home)] == ["饭局"], shown


def test_a_saved_page_is_read_as_a_page(home):
    page = "<html><body><h1>储能饭局</h1>\n\n\n<p>周五见</p>\n\n\n<p>11月27日 19:00 云杉中心</p></body></html>"
    (home / "page.html").write_text(page, encoding="utf-8")
    result = run(home, "add", "page.html", "--now", NOW)
    assert result.returncode == 0, result.stderr
    (row,) = own_events(home)
    assert (row["title"], row["start"]) == ("储能饭局", "2026-11-27T19:00:00+08:00")
