"""Logs: silent by default, the crawl with -v, a rotating file without secrets for runs by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.cli import week
from planner.cli._log import MAX_BYTES
from tests.support.cli import CALENDAR, NOW, run
from tests.support.servers import Web

CONFIG = """language: zh
network: {{allow: [127.0.0.1], delay: 0}}
sources:
  - {{id: club, kind: ical, url: "http://127.0.0.1:{port}/private-k3ttle-Plum/club.ics?token=s3cret"}}
"""


@pytest.fixture
def home(tmp_path, web: Web) -> Path:
    web.pages = {"/private-k3ttle-Plum/club.ics?token=s3cret": (200, {}, CALENDAR.encode())}
    (tmp_path / "config.yaml").write_text(CONFIG.format(port=web.port), encoding="utf-8")
    return tmp_path


def test_nothing_is_noted_by_default(home):
    told = run(home, "week", "--now", NOW, "--quiet")
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert not list(home.glob("*.log*"))


def test_verbose_shows_the_crawl_the_plan_and_the_files(home):
    told = run(home, "week", "--now", NOW, "--quiet", "-v")
    assert told.stdout == ""
    for line in (
        "spiders.spider: club: status 200",
        "planner.gather: club: ok, 2 events",
        "candidates",
        "files replaced",
    ):
        assert line in told.stderr


def test_a_log_file_is_written_rotated_and_holds_no_secret(home):
    log = home / "run.log"
    log.write_text("x" * MAX_BYTES, encoding="utf-8")
    told = run(home, "week", "--now", NOW, "--quiet", "--log-file", "run.log")
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")
    assert (home / "run.log.1").stat().st_size == MAX_BYTES
    text = log.read_text("utf-8")
    assert "spiders.spider: club: status 200" in text
    assert "s3cret" not in text
    assert "k3ttle" not in text


def test_a_log_file_that_cannot_be_written_is_said(home):
    told = run(home, "gather", "--now", NOW, "--log-file", "nowhere/run.log")
    assert told.returncode == 2
    assert "--log-file" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_fault_of_ours_is_traced_in_the_file(home, monkeypatch):
    monkeypatch.setattr(week, "gather_all", lambda *given, **named: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run(home, "week", "--now", NOW, "--log-file", "quanzi.log")
    noted = (home / "quanzi.log").read_text("utf-8")
    assert "Traceback" in noted
    assert "ZeroDivisionError" in noted
