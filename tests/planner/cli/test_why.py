"""Why an event is, or is not, in the plan."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from planner.store import Store
from tests.support.cli import NOW, run
from tests.support.events import make_event

EVENTS = (
    ("speech", "20261124T193000", "20261124T213000", "样板头马俱乐部例会", ""),
    ("storage", "20261126T190000", "20261126T210000", "储能供应链对接沙龙", ""),
    ("rival", "20261126T193000", "20261126T213000", "头马即兴演讲之夜", ""),
    ("morning", "20261126T100000", "20261126T120000", "储能上午沙龙", ""),
    ("tuesday", "20261124T160000", "20261124T200000", "头马即兴演讲下午场", ""),
    ("children", "20261128T140000", "20261128T160000", "亲子头马体验课", "DESCRIPTION:适合6至10岁儿童\r\n"),
    ("lecture", "20261128T100000", "20261128T120000", "储能讲座", "DESCRIPTION:仅限本校学生\r\n"),
    ("off", "20261127T190000", "20261127T210000", "头马演讲工作坊", "STATUS:CANCELLED\r\n"),
    ("pottery", "20261129T140000", "20261129T160000", "陶艺手作", ""),
    ("next", "20261203T190000", "20261203T210000", "头马外场联合例会", ""),
)
CONFIG = """city: 上海
language: {language}
interests: {{industry: [储能], practice: [头马]}}
sources:
  - {{id: club, kind: ical, file: club.ics}}
"""


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Path:
    """A week with an event of each fate; its plan is not published."""
    folder = tmp_path_factory.mktemp("city")
    blocks = (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;TZID=Asia/Shanghai:{start}\r\n"
        f"DTEND;TZID=Asia/Shanghai:{end}\r\nSUMMARY:{title}\r\n{more}END:VEVENT\r\n"
        for uid, start, end, title, more in EVENTS
    )
    calendar = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//t//t//EN\r\n{''.join(blocks)}END:VCALENDAR\r\n"
    (folder / "club.ics").write_text(calendar, encoding="utf-8")
    for language in ("en", "zh"):
        (folder / f"{language}.yaml").write_text(CONFIG.format(language=language), encoding="utf-8")
    assert run(folder, "gather", "--config", "en.yaml", "--now", NOW).returncode == 0
    event = replace(make_event("储能冬季沙龙", uid="some day"), start=None)
    with Store(folder / "quanzi.db") as store, store.transaction():
        store.put_records("club", {"some day": event}, datetime.fromisoformat(NOW))
    return folder


def answer(folder: Path, title: str, *more: str, language: str = "en") -> list[str]:
    """What `why` answers, without the terms."""
    told = run(folder, "why", title, "--config", f"{language}.yaml", "--now", NOW, "--json", *more)
    assert told.returncode == 0, told.stderr
    body = json.loads(told.stdout)
    assert body["title"] == title
    lines: list[str] = body["answer"]
    return lines


HOURS = "It can't be planned: outside your free hours"
THIS, NEXT = "Mon 23 Nov – Sun 29 Nov", "Mon 30 Nov – Sun 6 Dec"
FATES = {
    "样板头马俱乐部例会": [f"It would be in the plan of this week ({THIS}); nothing of that week is published yet."],
    "头马即兴演讲之夜": [
        "At the same time something fits better: “储能供应链对接沙龙”.",
        "Including it would lower the week's score by 1.0.",
    ],
    "储能上午沙龙": [f"{HOURS} (10:00–12:00)", "If Thu 26 Nov 10:00–12:00 were free, it would be chosen."],
    "头马即兴演讲下午场": [
        f"{HOURS} (16:00–20:00)",
        "Even if Tue 24 Nov 16:00–20:00 were free, including it would lower the week's score by 0.1.",
    ],
    "亲子头马体验课": ["It can't be planned: for children or families (6至10岁)"],
    "储能讲座": ["It can't be planned: its score is too low (0.6)"],
    "头马演讲工作坊": ["It can't be planned: cancelled"],
    "陶艺手作": ["It can't be planned: neither industry circle nor practice (陶艺)"],
    "头马外场联合例会": [f"It would be in the plan of this week ({NEXT}); nothing of that week is published yet."],
    "储能冬季沙龙": ["The source does not say when it is."],
}
NUMBER = re.compile(r"\d\.\d(?=\.$|\))")


def without_points(lines: list[str]) -> list[str]:
    """What an evening is worth is decided and tested elsewhere."""
    return [NUMBER.sub("N", line) for line in lines]


@pytest.mark.parametrize(("title", "told"), FATES.items(), ids=FATES)
def test_every_fate_has_its_answer(city, title, told):
    assert without_points(answer(city, title)) == without_points(told)


@pytest.mark.parametrize("title", FATES)
def test_every_answer_is_told_in_chinese(city, title):
    lines = answer(city, title, language="zh")
    assert len(lines) == len(FATES[title])
    assert not re.search(r"[A-Za-z]{2,}", " ".join(lines))


def test_a_week_that_is_named_is_asked(city):
    assert answer(city, "头马外场联合例会", "--week", "2026-W48") == [f"It is not in this week ({THIS})."]
    assert answer(city, "样板头马俱乐部例会", "--week", "2026-W49") == [f"It is not in this week ({NEXT})."]


def test_a_published_pick_is_told_with_its_backup(city, tmp_path):
    home = tmp_path / "home"
    shutil.copytree(city, home)
    assert run(home, "plan", "--config", "en.yaml", "--now", NOW).returncode == 0
    assert run(home, "publish", "--config", "en.yaml", "--now", NOW).returncode == 0
    told, backup = answer(home, "储能供应链对接沙龙")
    assert told == f"It is in the plan of this week ({THIS})."
    assert backup.startswith("Backup: “头马即兴演讲之夜”, Thu 26 Nov 19:30–21:30")


def test_an_event_without_a_time_is_shown_without_one(city):
    shown = run(city, "why", "储能冬季沙龙", "--config", "en.yaml", "--now", NOW).stdout.splitlines()
    assert shown[0] == "储能冬季沙龙"
    assert shown[3] == "The source does not say when it is."
    assert re.fullmatch(r"  in all -?\d\.\d", shown[-1])


def test_why_tells_terms_and_what_was_beaten(home):
    run(home, "week", "--now", NOW, "--quiet")
    result = run(home, "why", "头马", "--now", NOW)
    assert f"It is in the plan of this week ({THIS})." in result.stdout
    assert "your interest “头马”" in result.stdout
    body = json.loads(run(home, "why", "储能", "--now", NOW, "--json").stdout)
    assert body["score"] == pytest.approx(sum(term["points"] for term in body["terms"]), abs=0.01)
    assert run(home, "why", body["uid"][:8], "--now", NOW).returncode == 0
