"""Our own lines are found again in each scheduler, and those of others are not taken for them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from planner.i18n.catalog import Catalog
from planner.upkeep import scheduled
from planner.upkeep.schedule import jobs, text_for

EN = Catalog("en")
CONFIG = Path("/home/you/my week/config.yaml")
WANTED = jobs(
    ("/usr/bin/quanzi",), CONFIG, datetime(2026, 11, 25, 9, tzinfo=ZoneInfo("Asia/Shanghai")), UTC, EN, mail=False
)
HERE_DOCUMENT = re.compile(r"cat > \"\$HOME/(.*?)\" <<'QUANZI'\n(.*?)\nQUANZI\n", re.DOTALL)


def found(**given) -> dict[str, str]:
    told = scheduled.schedules(CONFIG, **given)
    return {str(each.values["name"]): str(each.values.get("by", "")) for each in told}


@pytest.fixture(autouse=True)
def nothing_here(monkeypatch):
    monkeypatch.setattr(scheduled, "_said", lambda *command: "")
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)


def put(home: Path, text: str) -> None:
    for name, content in HERE_DOCUMENT.findall(text):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def test_a_crontab_by_our_own_lines(monkeypatch, tmp_path):
    lines = text_for("crontab", WANTED, EN)
    monkeypatch.setattr(scheduled, "_said", lambda *command: lines if command == ("crontab", "-l") else "")
    assert found(system="linux", home=tmp_path) == {"week": "crontab", "refresh": "crontab"}
    off = "\n".join(f"#{line}" for line in lines.splitlines())
    monkeypatch.setattr(scheduled, "_said", lambda *command: off)
    assert found(system="linux", home=tmp_path) == {"week": "", "refresh": ""}


@pytest.mark.parametrize(("kind", "system"), [("systemd", "linux"), ("launchd", "darwin")])
def test_files_by_our_own_text(tmp_path, kind, system):
    put(tmp_path, text_for(kind, WANTED[:1], EN))
    assert found(system=system, home=tmp_path) == {"week": kind, "refresh": ""}
    put(tmp_path, text_for(kind, WANTED, EN))
    assert found(system=system, home=tmp_path) == {"week": kind, "refresh": kind}


def test_tasks_of_windows(monkeypatch):
    rows = f'"\\Quanzi week","C:\\quanzi.exe week --config ""{CONFIG}"" --quiet"\r\n"\\Other","x.exe refresh"\r\n'
    monkeypatch.setattr(scheduled, "_said", lambda *command: rows)
    assert found(system="win32") == {"week": "windows", "refresh": ""}


def test_the_lines_of_another_installation_are_not_ours(monkeypatch, tmp_path):
    other = "12 18 * * 0 quanzi week --config /home/other/config.yaml --quiet\n"
    monkeypatch.setattr(scheduled, "_said", lambda *command: other)
    assert found(system="linux", home=tmp_path) == {"week": "", "refresh": ""}


def test_a_machine_without_any_scheduler(monkeypatch, tmp_path):
    monkeypatch.undo()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert found(system="linux", home=tmp_path) == {"week": "", "refresh": ""}
