"""As cron calls it: no home, no terminal, a short path, any umask, from another folder, the program
read-only."""

from __future__ import annotations

import shutil
import stat
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.support.cli import CALENDAR, CONFIG, NOW, QUANZI, ROOT, outputs


def called(
    folder: Path, *arguments: str, umask: int = 0o022, before: Sequence[str] = ()
) -> subprocess.CompletedProcess[bytes]:
    """With an environment of two variables (the second only says where the libraries of these tests are)."""
    return subprocess.run(
        [*before, *QUANZI, *arguments, "--config", str(folder / "config.yaml")],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        cwd="/", stdin=subprocess.DEVNULL, capture_output=True, umask=umask, check=False,
    )  # fmt: skip


def home(folder: Path) -> Path:
    (folder / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (folder / "config.yaml").write_text(CONFIG.format(language="zh"), encoding="utf-8")
    return folder


@pytest.mark.parametrize("umask", [0o022, 0o077, 0o000])
def test_as_cron_calls_it(tmp_path, umask):
    folder = home(tmp_path)
    for name in ("week", "refresh", "doctor"):
        done = called(folder, name, "--now", NOW, "--quiet", umask=umask)
        told = done.stderr.decode()
        assert done.returncode == 0, told
        assert done.stdout == b""
        assert all(line.startswith("gone: ") for line in told.splitlines()), "what never worked is told, no more"
    written = outputs(folder)
    assert written["out/plan.ics"].endswith(b"END:VCALENDAR\r\n")
    assert "样板头马俱乐部例会".encode() in written["out/digest.html"]
    assert stat.S_IMODE((folder / "out/public/all.ics").stat().st_mode) & 0o044, "a web server may read it"


READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && ! touch "$0/x" 2>/dev/null && exec "$@"'


def test_where_nobody_may_write_to_the_program(tmp_path):
    alone = ["unshare", "--mount", "sh", "-c", READ_ONLY, str(ROOT)]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.skip("folders cannot be closed here (unshare, mount)")
    folder = home(tmp_path)
    for name in ("week", "doctor"):
        done = called(folder, name, "--now", NOW, "--quiet", before=alone)
        assert done.returncode == 0, done.stderr.decode()
    assert outputs(folder)["out/plan.ics"].endswith(b"END:VCALENDAR\r\n")
