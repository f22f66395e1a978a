"""A run that is killed at any moment leaves whole outputs and a sound store, and the next run completes."""

from __future__ import annotations

import sqlite3
import subprocess
import time

import pytest

from tests.support.cli import CALENDAR, CONFIG, NOW, QUANZI, ROOT, outputs, run


@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.long)])
def test_kill_9_anywhere(tmp_path, kills):
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    assert run(tmp_path, "week", "--now", NOW, "--quiet").returncode == 0
    whole = outputs(tmp_path)
    for number in range(kills):
        moved = CALENDAR.replace("T193000", f"T19{number % 30:02d}00")
        (tmp_path / "club.ics").write_text(moved, encoding="utf-8")
        process = subprocess.Popen(
            [*QUANZI, "week", "--now", NOW, "--quiet"],
            cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(0.1 + 0.9 * (number % 9) / 9)
        process.kill()
        process.wait()
        for name, content in outputs(tmp_path).items():
            if name.endswith(".ics"):
                assert content.endswith(b"END:VCALENDAR\r\n"), name
            if name.endswith(".html"):
                assert content.rstrip().endswith(b"</html>"), name
        database = sqlite3.connect(tmp_path / "quanzi.db")
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        database.close()
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    assert run(tmp_path, "week", "--now", NOW, "--quiet").returncode == 0
    assert set(outputs(tmp_path)) == set(whole), "nothing half-written is left behind"
    assert b"T193000" in outputs(tmp_path)["out/plan.ics"]
