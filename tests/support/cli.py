"""The program as it is called, in a process of its own or in this one, and a small configuration to call it with."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

from planner.cli import main
from planner.cli._language import forget
from tests.support.processes import started_once

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
    """The program called in this process, which has its libraries at hand: a call costs a tenth. What it prints by way
    of C and what an uncaught error prints is seen by `run_apart` alone; an error that is not caught fails the test."""
    if arguments[:1] in {("extract",), ("classify",)}:  # they limit the very process that they run in
        return run_apart(folder, *arguments, stdin=stdin, language=language, extra=extra)
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    code: int | str | None = 0
    forget()
    with (
        mock.patch.dict(os.environ, _environment(language, extra), clear=True),
        mock.patch.multiple(sys, argv=["quanzi", *arguments], stdin=given, stdout=out, stderr=err),
        contextlib.chdir(folder),
        started_once(),
    ):
        try:
            main()
        except SystemExit as exc:
            code = exc.code
    forget()
    told = [stream.buffer.getvalue().decode() for stream in (out, err) if isinstance(stream.buffer, io.BytesIO)]
    return subprocess.CompletedProcess(list(arguments), int(code or 0), *told)


def run_apart(
    folder: Path, *arguments: str, stdin: str = "", language: str = "C", extra: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own: where its start, its end or all that it prints is what is tested."""
    return subprocess.run(
        [*QUANZI, *arguments],
        cwd=folder, env=_environment(language, extra), input=stdin, capture_output=True, text=True, encoding="utf-8",
        check=False,
    )  # fmt: skip


def _environment(language: str, extra: Mapping[str, str] | None) -> dict[str, str]:
    """As under cron: no home, no terminal, a short environment."""
    environment = {"PATH": "/usr/bin:/bin", "LANG": language, "PYTHONPATH": str(ROOT), **(extra or {})}
    for name in ("SYSTEMROOT", "TEMP", "COVERAGE_PROCESS_CONFIG"):
        if name in os.environ:
            environment[name] = os.environ[name]
    return environment


def outputs(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted((folder / "out").rglob("*"))
        if path.is_file()
    }
