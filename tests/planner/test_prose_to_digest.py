"""From a calendar without LOCATION to the digest: the place, the end, the price and the host come from its text."""

from __future__ import annotations

import json

from tests.support.cli import NOW, outputs, run

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//t//t//EN
X-WR-CALNAME:样板头马俱乐部活动日历
BEGIN:VEVENT
UID:speech
DTSTART;TZID=Asia/Shanghai:20261124T193000
SUMMARY:头马例会：即兴演讲练习
DESCRIPTION:欢迎新朋友。\\n时间：11月24日（周二）19:30-21:30\\n地点：三叶会客厅\\n费用：30元/人
END:VEVENT
BEGIN:VEVENT
UID:wrong
DTSTART;TZID=Asia/Shanghai:20261125T110000
DTEND;TZID=Asia/Shanghai:20261125T130000
SUMMARY:头马例会：演讲工作坊
DESCRIPTION:晚上7点到9点，三叶会客厅见。
LOCATION:三叶会客厅
END:VEVENT
END:VCALENDAR
"""
CONFIG = """city: 上海
language: en
interests: {practice: [头马]}
sources:
  - {id: club, kind: ical, file: club.ics}
"""


def test_the_place_of_a_pick_comes_from_its_text(tmp_path):
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG, encoding="utf-8")
    result = run(tmp_path, "week", "--now", NOW)
    assert result.returncode == 0, result.stderr
    digest = outputs(tmp_path)["out/digest.txt"].decode()
    assert "三叶会客厅" in digest
    assert "19:30" in digest
    assert "21:30" in digest
    lines = run(tmp_path, "events", "--week", "2026-W48", "--now", NOW, "--json").stdout.splitlines()
    told = {event["title"]: event for event in map(json.loads, lines)}
    pick, doubted = told["头马例会：即兴演讲练习"], told["头马例会：演讲工作坊"]
    assert (pick["location"]["name"], pick["price"]["min"], pick["organizer"]) == ("三叶会客厅", 30, "样板头马俱乐部")
    assert pick["evidence"]["inferred"] == ["place", "mode", "end", "price", "organizer"]
    assert pick["sure"] == "stated"
    assert doubted["sure"] == "doubtful"
    assert "perhaps a wrong time zone" in doubted["evidence"]["doubts"][0]
    assert "演讲工作坊" not in digest.split("头马例会：即兴演讲练习")[0], "what is doubted is never picked"
