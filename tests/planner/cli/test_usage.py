"""Wrong usage is told in one line; help speaks both languages."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from planner.cli import COMMANDS, quanzi
from tests.support.cli import CONFIG, NOW, ROOT, run, run_apart


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


def test_without_a_configuration_it_says_what_to_do(tmp_path):
    result = run(tmp_path, "week")
    assert result.returncode == 2
    assert "quanzi init" in result.stderr
    assert "quanzi init" in run(tmp_path, "week", language="zh_CN.UTF-8").stderr
    assert "没有配置文件" in run(tmp_path, "week", language="zh_CN.UTF-8").stderr


def test_the_language_of_the_configuration_is_spoken(home):
    (home / "config.yaml").write_text(CONFIG.format(language="zh"), encoding="utf-8")
    result = run(home, "week", "--now", NOW)
    assert "2026 年第 48 周" in result.stdout
    assert "# " not in result.stdout


def test_help_speaks_both_languages_and_knows_every_command(tmp_path):
    english, chinese = (run_apart(tmp_path, "--help", language=each).stdout for each in ("C", "zh_CN.UTF-8"))
    for command in COMMANDS:
        assert f"  {command} " in english
        assert f"  {command} " in chinese
        assert CliRunner().invoke(quanzi, [command, "--help"]).exit_code == 0
    assert "weekly job" in english
    assert "每周" in chinese


@pytest.mark.parametrize(("more", "is_traced"), [((), False), (("-v",), True)])
def test_a_fault_of_ours_is_one_line_and_traced_only_where_that_is_asked_for(home, more, is_traced):
    broken = "import planner.cli.events as e; e.open_session = lambda *a: 1 / 0; from planner.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", broken, "events", *more],
        cwd=home, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert ("Traceback" in done.stderr) == is_traced
    assert "ZeroDivisionError" in done.stderr
    assert is_traced or len(done.stderr.splitlines()) == 1
