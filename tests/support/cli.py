"""The program as it is called from outside, and a small configuration to call it with."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOW = "2026-11-20T20:00:00+08:00"
QUANZI = [sys.executable, "-c", "from planner.cli import main; main()"]
CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//t//t//EN\r
BEGIN:VEVENT\r
UID:speech\r
DTSTAMP:20261101T000000Z\r
DTSTART;TZID=Asia/Shanghai:20261124T193000\r
DTEND;TZID=Asia/Shanghai:20261124T213000\r
SUMMARY:样板头马俱乐部例会\r
LOCATION:三叶会客厅\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:storage\r
DTSTAMP:20261101T000000Z\r
DTSTART;TZID=Asia/Shanghai:20261126T190000\r
DTEND;TZID=Asia/Shanghai:20261126T210000\r
SUMMARY:储能供应链对接沙龙\r
END:VEVENT\r
END:VCALENDAR\r
"""
CONFIG = """city: 上海
language: {language}
interests: {{industry: [储能], practice: [头马]}}
sources:
  - {{id: club, kind: ical, file: club.ics}}
  - {{id: gone, kind: ical, file: gone.ics}}
"""


def run(
    folder: Path, *arguments: str, stdin: str = "", language: str = "C", extra: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """As under cron: no home, no terminal, a short environment."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": language, "PYTHONPATH": str(ROOT), **(extra or {})}
    for name in ("SYSTEMROOT", "TEMP", "COVERAGE_PROCESS_CONFIG"):
        if name in os.environ:
            environment[name] = os.environ[name]
    return subprocess.run(
        [*QUANZI, *arguments],
        cwd=folder, env=environment, input=stdin, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip


def outputs(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted((folder / "out").rglob("*"))
        if path.is_file()
    }
