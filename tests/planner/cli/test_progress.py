"""Progress shows on a terminal, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.support.cli import CALENDAR, CONFIG, NOW, ROOT

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")


def test_progress_on_a_terminal_and_the_report_after_it(tmp_path):
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", "from planner.cli import main; main()", "gather", "--now", NOW],
        cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}, stderr=theirs, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(theirs)
    shown = b""
    try:
        while chunk := os.read(ours, 4096):
            shown += chunk
    except OSError:  # the terminal's other end was closed
        pass
    os.close(ours)
    assert process.wait() == 0
    assert b"sources 2/2" in shown
    assert b"events 2" in shown
    assert shown.rstrip().splitlines()[-1].startswith(b"gone: failed")
