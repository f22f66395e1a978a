"""``quanzi`` alone: what is planned from now on; without a configuration, how to begin."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from planner.cli._language import forget
from planner.cli._session import open_session
from planner.cli._this_week import show
from planner.pipeline import Run
from planner.store.lock import only_run
from planner.weeks import week_of
from tests.support.cli import CALENDAR, CONFIG, NOW, ROOT, run, run_apart

TUESDAY, WEDNESDAY, SUNDAY = (f"2026-11-{day}T22:00:00+08:00" for day in (24, 25, 29))
SPEECH, STORAGE = "样板头马俱乐部例会", "储能供应链对接沙龙"


@pytest.fixture
def told(home, capsys, monkeypatch):
    """What is shown at a moment."""
    monkeypatch.chdir(home)
    monkeypatch.setenv("LANG", "C")
    forget()

    def at(moment: str) -> list[str]:
        show(open_session(Path("config.yaml"), moment))
        return capsys.readouterr().out.splitlines()

    yield at
    forget()


def state_of(folder: Path) -> dict[str, bytes]:
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix != ".lock"]
    return {str(path): path.read_bytes() for path in files}


def test_this_week_is_shown_from_now_on_and_the_next_where_it_is_published(home, told):
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    before = told(NOW)
    assert before[0] == "Next week · Mon 23 Nov – Sun 29 Nov"
    assert [line.split("  ")[1] for line in before[1:]] == ["Tue 24 Nov", "Thu 26 Nov"]
    whole = told("2026-11-24T21:00:00+08:00")
    assert whole[0] == "This week · Mon 23 Nov – Sun 29 Nov"
    assert SPEECH in whole[1], "it is not over yet"
    rest = told(TUESDAY)
    assert rest[0] == "The rest of this week · Mon 23 Nov – Sun 29 Nov"
    assert len(rest) == 2
    assert STORAGE in rest[1]
    assert told(SUNDAY) == [
        "The rest of this week · Mon 23 Nov – Sun 29 Nov",
        "  nothing more is planned",
        "next week is not planned yet (next: quanzi week)",
    ]
    assert run(home, "week", "--week", "2026-W49", "--now", SUNDAY, "--quiet").returncode == 0
    assert "Next week · Mon 30 Nov – Sun 6 Dec" in told(SUNDAY)
    assert "next: " not in "".join(told(SUNDAY))


def test_what_became_of_picks_is_told(home, told):
    run(home, "week", "--now", NOW, "--quiet")
    moved = CALENDAR.replace("20261126T190000", "20261127T190000").replace("20261126T210000", "20261127T210000")
    (home / "club.ics").write_text(moved, encoding="utf-8")
    assert run(home, "refresh", "--now", TUESDAY, "--quiet").returncode == 0
    assert any(line.startswith(f"  Moved: {STORAGE}: Thu 26 Nov 19:00 → Fri 27 Nov 19:00") for line in told(TUESDAY))


def test_nothing_published_yet_is_one_line_with_the_next_command(home, told):
    before = state_of(home)
    assert told(NOW) == ["nothing is planned yet (next: quanzi week)"]
    assert state_of(home) == before, "not even a store"
    run(home, "gather", "--now", NOW, "--quiet")
    assert told(NOW) == ["nothing is planned yet (next: quanzi week)"]
    run(home, "plan", "--now", NOW, "--quiet")
    assert told(NOW) == ["a plan was tried and is not published yet (next: quanzi publish)"]


def test_it_writes_nothing_and_waits_for_nobody(home, told):
    run(home, "week", "--now", NOW, "--quiet")
    before = state_of(home)
    with only_run(home / "quanzi.db", "en"):
        assert len(told(NOW)) == 3
    assert state_of(home) == before


def test_it_looks_at_picks_and_their_backups_alone_and_sees_them_as_everybody_does(home):
    third = CALENDAR.split("BEGIN:VEVENT")[2].split("END:VEVENT")[0].replace("UID:storage", "UID:third")
    third = third.replace("SUMMARY:储能供应链对接沙龙", "SUMMARY:儿童绘本故事会")
    (home / "club.ics").write_text(CALENDAR.replace("END:VCALENDAR", f"BEGIN:VEVENT{third}END:VEVENT\r\nEND:VCALENDAR"))
    run(home, "week", "--now", NOW, "--quiet")
    session = open_session(home / "config.yaml", NOW)
    with session.store() as store:
        whole, picks = (
            Run(config=session.config, store=store, now=session.now, planned_alone=alone) for alone in (False, True)
        )
        span = week_of("next", session.now, session.config.zone)
        assert (len(whole.rated), len(picks.rated)) == (3, 2)
        seen = [
            [(pick.candidate.id, pick.candidate.start, pick.candidate.end) for pick in published.plan.picks]
            for published in (whole.published(span), picks.published(span))
            if published is not None
        ]
    assert seen[0] == seen[1]
    assert len(seen[0]) == 2


def test_alone_it_is_a_command_in_the_language_of_the_configuration(home):
    (home / "config.yaml").write_text(CONFIG.format(language="zh"), encoding="utf-8")
    result = run(home)
    assert (result.returncode, result.stdout, result.stderr) == (0, "还没有计划（接着运行：quanzi week）\n", "")
    (home / "config.yaml").write_text("citty: x\n")
    result = run(home)
    assert (result.returncode, result.stdout) == (2, "")
    assert "did you mean city?" in result.stderr


def test_without_a_configuration_it_tells_how_to_begin(tmp_path):
    english = run_apart(tmp_path)
    assert (english.returncode, english.stderr) == (0, "")
    steps = [line.split("  ")[1] for line in english.stdout.splitlines()[1:-1]]
    assert steps == ["quanzi init", "quanzi week", "quanzi"]
    assert "quanzi demo" in english.stdout
    assert "Usage" not in english.stdout
    assert "三步就好" in run_apart(tmp_path, language="zh_CN.UTF-8").stdout
    assert not list(tmp_path.iterdir())


def test_in_a_clone_it_begins_with_installing(tmp_path):
    for name in ("config.yaml", "planner/config/sample.sha256"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    steps = [line.split("  ")[1] for line in run_apart(tmp_path).stdout.splitlines()[1:-1]]
    assert steps == ["make install", "quanzi init", "quanzi week"]
    installed = tmp_path / "bin" / "quanzi"
    installed.parent.mkdir()
    installed.touch(mode=0o755)
    extra = {"PATH": os.pathsep.join([str(installed.parent), "/usr/bin", "/bin"])}
    assert "make install" not in run_apart(tmp_path, extra=extra).stdout


def test_a_configuration_that_is_gone_is_an_error_as_everywhere(tmp_path):
    settings = tmp_path / "settings" / "quanzi"
    settings.mkdir(parents=True)
    (settings / "configuration").write_text(f"{tmp_path}/gone/config.yaml\n")
    result = run(tmp_path, extra={"XDG_CONFIG_HOME": str(tmp_path / "settings")})
    assert (result.returncode, result.stdout) == (2, "")
    assert "your configuration is gone" in result.stderr
