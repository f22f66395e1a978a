"""A run that is killed takes its crawl and its readers along; a run that ends leaves nobody behind."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.support.cli import CALENDAR, NOW, QUANZI, ROOT
from tests.support.servers import Asked, Web

pytestmark = pytest.mark.skipif(os.name == "nt", reason="process groups of POSIX")

CONFIG = """language: en
network: {{allow: [127.0.0.1], delay: 1}}
sources:
  - {{id: club, kind: ical, url: "http://127.0.0.1:{port}/club.ics"}}
  - {{id: slow, kind: ical, url: "http://127.0.0.1:{port}/slow.ics"}}
"""


def start(folder: Path, port: int) -> subprocess.Popen[bytes]:
    (folder / "config.yaml").write_text(CONFIG.format(port=port), encoding="utf-8")
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [*QUANZI, "week", "--now", NOW, "--quiet"],
        cwd=folder, env=environment, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def members(group: int) -> list[int]:
    """The processes of a group that still run."""
    listed = subprocess.run(["ps", "-eo", "pid,pgid,stat"], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()[1:]]
    return [int(pid) for pid, pgid, state in rows if int(pgid) == group and not state.startswith("Z")]


def gone_within(group: int, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not members(group):
            return True
        time.sleep(0.05)
    return False


def test_kill_9_of_a_run_ends_its_crawl(tmp_path, web: Web):
    asked, released = threading.Event(), threading.Event()

    def slow(_: Asked) -> tuple[int, dict[str, str], bytes]:
        asked.set()
        released.wait(30)
        return 200, {}, CALENDAR.encode()

    web.pages = {"/club.ics": (200, {}, CALENDAR.encode()), "/slow.ics": slow}
    process = start(tmp_path, web.port)
    try:
        assert asked.wait(60), "the crawl is under way"
        assert len(members(process.pid)) > 1, "it has children"
        process.kill()
        process.wait()
        assert gone_within(process.pid, 10.0), members(process.pid)
    finally:
        released.set()
        for pid in members(process.pid):
            os.kill(pid, signal.SIGKILL)


def test_nobody_is_left_after_a_normal_end(tmp_path, web: Web):
    web.pages = {"/club.ics": (200, {}, CALENDAR.encode()), "/slow.ics": (200, {}, CALENDAR.encode())}
    process = start(tmp_path, web.port)
    assert process.wait(90) == 0
    assert gone_within(process.pid, 10.0), members(process.pid)
