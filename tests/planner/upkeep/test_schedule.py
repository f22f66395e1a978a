"""What quanzi cron prints: lines that run as they stand, at the user's hours, whatever the paths."""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import subprocess
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.upkeep.schedule import KINDS, Moment, jobs, service, text_for
from tests.support.cli import CALENDAR, CONFIG, NOW, run_apart

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 25, 9, 0, tzinfo=SHANGHAI)
EN = Catalog("en")
ODD = """/home/a b/it's 100% "mine" $HOME \\ 圈子"""
posix = pytest.mark.skipif(os.name == "nt", reason="needs a POSIX shell")


def made(machine=SHANGHAI, *, program=("/opt/quanzi",), config="/home/me/config.yaml", mail=False, language="en"):
    return jobs(program, Path(config), AT, machine, Catalog(language), mail=mail)


def test_the_same_clock_keeps_the_hours():
    week, refresh = made()
    assert week.moments == (Moment(6, 18, 12),)
    assert refresh.moments == (Moment(None, 7, 12),)


def test_a_machine_elsewhere_runs_at_the_users_hours():
    week, refresh = made(UTC)
    assert (week.moments, refresh.moments) == ((Moment(6, 10, 12),), (Moment(None, 23, 12),))
    week, _ = made(timezone(timedelta(hours=14)))
    assert week.moments == (Moment(0, 0, 12),), "there it is Monday already"


def test_with_mail_the_week_runs_once_more_that_evening():
    week, refresh = made(mail=True)
    assert week.moments == (Moment(6, 18, 12), Moment(6, 20, 12))
    assert len(refresh.moments) == 1


def test_crontab_lines_have_five_fields_and_a_literal_command():
    lines = text_for(
        "crontab", made(program=(f"{ODD}/quanzi",), config=f"{ODD}/config.yaml", mail=True), EN
    ).splitlines()
    assert lines[0].startswith("# ")
    assert [line.split(" ", 5)[:5] for line in lines[1:]] == [
        ["12", "18", "*", "*", "0"],
        ["12", "20", "*", "*", "0"],
        ["12", "7", "*", "*", "*"],
    ]
    for line in lines[1:]:
        assert not re.search(r"(?<!\\)%", line), "a bare % ends a crontab's command"


def as_cron(line: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """As cron runs a line: sh, a short environment, from the root; \\% means %."""
    command = line.split(" ", 5)[5].replace(r"\%", "%")
    given = {"PATH": "/usr/bin:/bin", "LANG": "C", **environment}
    return subprocess.run(
        ["/bin/sh", "-c", command], cwd=folder.anchor, env=given, capture_output=True, text=True, check=False
    )


@posix
def test_odd_paths_reach_the_program_untouched(tmp_path):
    folder = tmp_path / 'it\'s 100% "mine" $HOME 圈子'
    folder.mkdir()
    program = folder / "quanzi"
    program.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    program.chmod(0o755)
    lines = text_for("crontab", made(program=(str(program),), config=str(folder / "config.yaml")), EN).splitlines()
    assert as_cron(lines[1], tmp_path).stdout.splitlines() == [
        "week",
        "--config",
        str(folder / "config.yaml"),
        "--quiet",
    ]


@posix
def test_the_printed_line_runs_this_installation(tmp_path):
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        CONFIG.format(language="en").replace("gone.ics", "club.ics"), encoding="utf-8"
    )
    printed = run_apart(tmp_path, "cron", "--for", "crontab", "--now", NOW)
    assert printed.returncode == 0, printed.stderr
    line = next(line for line in printed.stdout.splitlines() if " week " in line)
    assert str(tmp_path / "config.yaml") in line
    ran = as_cron(line.replace("--quiet", f"--quiet --now {NOW}"), tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert (tmp_path / "out/plan.ics").exists()


def pasted(script: str, folder: Path) -> None:
    """Run what is to be pasted, with a scheduler that does nothing."""
    tools = folder / "tools"
    tools.mkdir()
    for name in ("systemctl", "loginctl", "launchctl"):
        (tools / name).write_text("#!/bin/sh\n")
        (tools / name).chmod(0o755)
    environment = {"PATH": f"{tools}:/usr/bin:/bin", "HOME": str(folder), "USER": "me"}
    subprocess.run(["/bin/sh", "-eu", "-c", script], env=environment, check=True)


@posix
def test_systemd_units_are_valid_and_make_up_for_missed_runs(tmp_path):
    program = tmp_path / "100% of $HOME" / "quanzi"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    pasted(text_for("systemd", made(program=(str(program),), config=f"{ODD}/config.yaml", mail=True), EN), tmp_path)
    units = tmp_path / ".config/systemd/user"
    assert sorted(unit.name for unit in units.iterdir()) == [
        "quanzi-refresh.service", "quanzi-refresh.timer", "quanzi-week.service", "quanzi-week.timer",
    ]  # fmt: skip
    timer = (units / "quanzi-week.timer").read_text()
    assert "Persistent=true" in timer
    assert re.findall("OnCalendar=(.*)", timer) == ["Sun *-*-* 18:12:00", "Sun *-*-* 20:12:00"]
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is not here: the units were not checked by systemd itself")
    for moment in re.findall("OnCalendar=(.*)", timer):
        subprocess.run(["systemd-analyze", "calendar", moment], check=True, capture_output=True)
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, sorted(units.iterdir()))],
        capture_output=True, text=True, check=False, env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip
    complaints = [line for line in checked.stderr.splitlines() if "quanzi-" in line]
    assert not complaints


@posix
def test_launchd_lists_hold_the_very_arguments(tmp_path):
    pasted(text_for("launchd", made(program=(f"{ODD}/quanzi",), config=f"{ODD}/config.yaml"), EN), tmp_path)
    with (tmp_path / "Library/LaunchAgents/quanzi.week.plist").open("rb") as file:
        body = plistlib.load(file)
    assert body["ProgramArguments"] == [f"{ODD}/quanzi", "week", "--config", f"{ODD}/config.yaml", "--quiet"]
    assert body["StartCalendarInterval"] == [{"Weekday": 0, "Hour": 18, "Minute": 12}]


def test_powershell_takes_odd_paths_literally():
    odd = "C:\\it's ’so‘\\圈子 x"
    text = text_for("windows", made(program=(f"{odd}\\quanzi.exe",), config=f"{odd}\\config.yaml"), EN)
    words = [
        word.replace("''", "'").replace("’’", "’").replace("‘‘", "‘") for word in re.findall("'((?:''|[^'])*)'", text)
    ]
    assert f"{odd}\\quanzi.exe" in words
    assert f'week --config "{odd}\\config.yaml" --quiet' in words
    assert "-StartWhenAvailable" in text
    assert "-Weekly -DaysOfWeek Sunday -At '18:12'" in text
    assert "-Daily -At '07:12'" in text


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_kind_says_where_it_goes(kind, language):
    assert text_for(kind, made(), Catalog(language)).startswith(f"# {Catalog(language)(f'cron.{kind}')}\n")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", r"'/home/me/x\ny/config.yaml': a path with control signs (move the installation)"),
        ("zh", r"'/home/me/x\ny/config.yaml'：路径里有控制字符（把程序装到别处）"),
    ],
)
def test_a_path_with_a_line_break_is_refused(language, told):
    with pytest.raises(UsageError) as caught:
        made(config="/home/me/x\ny/config.yaml", language=language)
    assert str(caught.value) == told


def test_without_a_wish_this_machines_schedulers_are_printed(tmp_path):
    (tmp_path / "config.yaml").write_text("language: en\n")
    printed = run_apart(tmp_path, "cron").stdout
    assert printed.splitlines()[0].startswith("# Only printed; nothing is installed.")
    everything = run_apart(tmp_path, "cron", "--for", "all").stdout
    for mark in ("* * 0 ", "Persistent=true", "StartCalendarInterval", "New-ScheduledTaskTrigger"):
        assert mark in everything
    assert run_apart(tmp_path, "cron", "--for", "at").returncode == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_units_are_described_in_the_users_language(language):
    words = Catalog(language)
    text = text_for("systemd", (*made(language=language), SERVE), words)
    for name in ("week", "refresh", "serve"):
        assert f"Description={words(f'cron.unit_{name}')}\n" in text
    assert f"Description={words('cron.unit_timer', unit=words('cron.unit_week'))}\n" in text


SERVE = service((f"{ODD}/quanzi",), Path(f"{ODD}/config.yaml"))


def test_serve_is_started_with_the_machine():
    (line,) = text_for("crontab", (SERVE,), EN).splitlines()[1:]
    word, _, command = line.partition(" ")
    assert word == "@reboot"
    assert shlex.split(command.replace(r"\%", "%")) == list(SERVE.command)
    assert SERVE.command[1:] == ("serve", "--config", f"{ODD}/config.yaml", "--host", "0.0.0.0", "--quiet")


@posix
def test_serve_is_a_unit_that_starts_again(tmp_path):
    pasted(text_for("systemd", (SERVE,), EN), tmp_path)
    (unit,) = (tmp_path / ".config/systemd/user").iterdir()
    assert unit.name == "quanzi-serve.service"
    assert "Restart=on-failure\n" in unit.read_text()
    assert "WantedBy=default.target\n" in unit.read_text()


@posix
def test_serve_is_an_agent_that_is_kept_alive(tmp_path):
    pasted(text_for("launchd", (SERVE,), EN), tmp_path)
    with (tmp_path / "Library/LaunchAgents/quanzi.serve.plist").open("rb") as file:
        body = plistlib.load(file)
    assert (body["RunAtLoad"], body["KeepAlive"], body["ProgramArguments"]) == (True, True, list(SERVE.command))
    assert "StartCalendarInterval" not in body


def test_serve_is_a_task_of_who_logs_on_without_a_limit_of_time():
    text = text_for("windows", (SERVE,), EN)
    assert "-AtLogOn" in text
    assert "-ExecutionTimeLimit ([TimeSpan]::Zero)" in text
    assert "ExecutionTimeLimit" not in text_for("windows", made(), EN)


def test_serve_is_printed_after_the_jobs_and_called_optional(tmp_path):
    (tmp_path / "config.yaml").write_text("language: en\n")
    printed = run_apart(tmp_path, "cron", "--for", "crontab").stdout
    jobs_part, _, optional = printed.partition("# Optional: ")
    assert " serve " not in jobs_part
    assert "@reboot" in optional
