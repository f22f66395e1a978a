"""The program at a terminal of a known width: what it asks there, and how it fits."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.support.cli import QUANZI, ROOT

COLUMNS = 80


def run_at_terminal(
    folder: Path,
    *arguments: str,
    answer: str = "",
    language: str = "C",
    extra: Mapping[str, str] | None = None,
    encoding: str = "utf-8",
) -> tuple[int, str]:
    """The program with a terminal at its ends, where ``answer`` is typed; -> its exit code and all that it shows, as a
    terminal of this encoding would."""
    pty = pytest.importorskip("pty", reason="there are no such terminals here")
    ours, its = pty.openpty()
    environment = {"PATH": "/usr/bin:/bin", "LANG": language, "PYTHONPATH": str(ROOT), "COLUMNS": str(COLUMNS)}
    environment.update(extra or {})
    with subprocess.Popen([*QUANZI, *arguments], cwd=folder, env=environment, stdin=its, stdout=its, stderr=its) as one:
        os.close(its)
        os.write(ours, answer.encode())
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # the other end is closed
            pass
        os.close(ours)
        return one.wait(), shown.decode(encoding).replace("\r\n", "\n")
