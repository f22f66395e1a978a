"""Terminals that speak no UTF-8, a locale that does not exist, forty columns: nothing breaks, nothing is lost."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from wcwidth import wcswidth

from tests.support.cli import CALENDAR, CONFIG, NOW, QUANZI, ROOT, run
from tests.support.terminal import run_at_terminal

TABLES = (
    ("week", "--now", NOW),
    ("plan", "--now", NOW),
    ("events", "--now", NOW),
    ("sources", "list"),
)


@pytest.fixture
def home(tmp_path) -> Path:
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="zh"), encoding="utf-8")
    return tmp_path


def called(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    given = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **environment}
    return subprocess.run([*QUANZI, *arguments], cwd=folder, env=given, capture_output=True, check=False)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"LANG": "C"},
        {"LC_ALL": "POSIX"},
        {"LANG": "xx_YY.UTF-8"},
        {"LC_ALL": "zh_CN.GBK"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=str,
)
def test_what_goes_into_a_pipe_is_utf_8_whatever_the_locale(home, environment):
    result = called(home, "gather", "--now", NOW, **environment)
    assert result.returncode == 0, result.stderr
    assert "读取失败" in result.stderr.decode("utf-8")
    listed = called(home, "events", "--now", NOW, "--json", **environment)
    assert "储能供应链对接沙龙" in listed.stdout.decode("utf-8")


def at_terminal(home: Path, *arguments: str, encoding: str) -> str:
    """What a terminal shows that takes the bytes in its own encoding."""
    code, shown = run_at_terminal(home, *arguments, extra={"PYTHONIOENCODING": encoding}, encoding=encoding)
    assert code == 0
    return shown


def test_a_terminal_of_another_encoding_is_spoken_to_in_it(home):
    assert "储能供应链对接沙龙" in at_terminal(home, "week", "--now", NOW, encoding="gb18030")
    shown = at_terminal(home, "plan", "--now", NOW, encoding="latin-1")
    assert "2026" in shown
    assert "-" in shown, "a dash for what the encoding lacks"


@pytest.mark.parametrize("arguments", TABLES, ids=" ".join)
def test_forty_columns_hold_every_line_of_a_table(home, arguments):
    called(home, "week", "--now", NOW)
    code, shown = run_at_terminal(home, *arguments, extra={"COLUMNS": "40"})
    assert code == 0
    rows = [line for line in shown.splitlines() if line.startswith("  ") and "://" not in line]
    assert [line for line in rows if wcswidth(line) > 40] == []


def test_a_user_without_a_home_is_told_what_to_do(tmp_path, monkeypatch):
    def nowhere(*_: object, **__: object) -> str:
        raise RuntimeError("no home")

    monkeypatch.setattr("platformdirs.user_config_dir", nowhere)
    monkeypatch.setattr("platformdirs.user_data_dir", nowhere)
    result = run(tmp_path, "plan")
    assert (result.returncode, "quanzi init" in result.stderr) == (2, True)
