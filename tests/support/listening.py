"""The ports on which processes below this one listen, as Linux tells it (proc(5))."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

_LISTENS = "0A"  # of the states in /proc/net/tcp


def below(pid: int) -> Iterator[int]:
    """The processes that this one started, and those that they did."""
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # one that has just ended
            if int(path.read_text().rpartition(")")[2].split()[1]) == pid:
                yield int(path.parent.name)
                yield from below(int(path.parent.name))


def listening_below_us() -> list[int]:
    """Ports, each as often as a process has it."""
    held: set[str] = set()
    for pid in below(os.getpid()):
        for link in Path(f"/proc/{pid}/fd").glob("*"):
            with contextlib.suppress(OSError):
                held |= set(re.findall(r"socket:\[(\d+)\]", str(link.readlink())))
    rows = [line.split() for name in ("tcp", "tcp6") for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
    return [int(row[1].rpartition(":")[2], 16) for row in rows if row[3] == _LISTENS and row[9] in held]
