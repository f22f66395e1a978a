"""What is the user's own never reaches ``out/public/``, unless the user opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import CALENDAR, CONFIG, NOW, outputs, run

NOTE = "到我家来坐坐：储能小聚\n时间：11月27日 19:30-21:00\n地点：示例小区5号楼1203室\n主办：蛙池老王"
SAME = "储能供应链对接沙龙\n时间：11月26日 19:00-21:00\n地点：示例小区5号楼1203室\n我们私下先碰个头，密码 k3ttle"


@pytest.fixture
def home(tmp_path) -> Path:
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="zh"), encoding="utf-8")
    return tmp_path


def public(folder: Path) -> str:
    files = {name: body for name, body in outputs(folder).items() if name.startswith("out/public")}
    assert {"out/public/all.ics", "out/public/index.html", "out/public/atom.xml"} <= files.keys()
    return "\n".join(body.decode().replace("\r\n ", "") for body in files.values())


def private(folder: Path) -> str:
    return (folder / "out/plan.ics").read_text("utf-8").replace("\n ", "")


def test_a_pasted_note_stands_in_the_plan_and_in_nothing_public(home):
    assert run(home, "add", "-", "--now", NOW, stdin=NOTE).returncode == 0
    assert run(home, "week", "--now", NOW).returncode == 0
    assert "储能小聚" in private(home)
    assert "头马" in public(home)
    for word in ("储能小聚", "1203", "示例小区", "老王"):
        assert word not in public(home), word


def test_a_note_about_a_public_event_adds_nothing_to_what_is_public(home):
    assert run(home, "add", "-", "--now", NOW, stdin=SAME).returncode == 0
    assert run(home, "week", "--now", NOW).returncode == 0
    assert public(home).count("储能供应链对接沙龙")
    for word in ("1203", "k3ttle", "碰个头"):
        assert word not in public(home), word


def test_a_note_can_be_opened_and_closed_again(home):
    assert run(home, "add", "-", "--public", "--now", NOW, stdin=NOTE).returncode == 0
    run(home, "week", "--now", NOW)
    assert "储能小聚" in public(home)
    assert run(home, "add", "-", "--now", NOW, stdin=NOTE).returncode == 0
    run(home, "refresh", "--now", NOW)
    assert "储能小聚" not in public(home)


def test_a_source_can_be_closed(home):
    config = CONFIG.format(language="zh").replace("file: club.ics", "file: club.ics, public: false")
    (home / "config.yaml").write_text(config, encoding="utf-8")
    assert run(home, "week", "--now", NOW).returncode == 0
    assert "头马" in private(home)
    assert "头马" not in public(home)
    assert "储能供应链" not in public(home)


def test_the_users_own_calendars_are_never_public(home):
    (home / "own.ics").write_text(
        CALENDAR.replace("样板头马俱乐部例会", "看牙医").replace("UID:speech", "UID:d"), "utf-8"
    )
    with (home / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("week: {busy: [own.ics]}\n")
    assert run(home, "week", "--now", NOW).returncode == 0
    assert "看牙医" not in public(home)
    assert "看牙医" not in private(home)
