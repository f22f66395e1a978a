"""Whether some scheduler of this machine has our jobs: what it holds is read, nothing is changed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from planner.upkeep.findings import Finding, note, ok

JOBS = ("week", "refresh")
SECONDS = 10.0


def schedules(config: Path, *, system: str = sys.platform, home: Path | None = None) -> Iterator[Finding]:
    """Where the jobs of this ``config`` stand. That they stand nowhere is worth a word, no more: a container runs them
    by itself, and so may schedulers that nobody here knows."""
    at = home if home is not None else Path.home()
    looks: dict[str, Sequence[tuple[str, Callable[[], str]]]] = {
        "darwin": (("launchd", lambda: _files(at / "Library/LaunchAgents", "quanzi.*.plist")), ("crontab", _crontab)),
        "win32": (("windows", _tasks),),
    }
    others = (("crontab", _crontab), ("systemd", lambda: _files(_units(at), "quanzi-*.service")))
    texts = {name: look() for name, look in looks.get(system, others)}
    for job in JOBS:
        found = [name for name, text in texts.items() if _has(text, job, str(config))]
        yield (
            ok("schedule", "scheduled", name=job, by=", ".join(found))
            if found
            else note("schedule", "unscheduled", name=job)
        )


def _has(text: str, job: str, config: str) -> bool:
    """Whether a line (of a crontab, a unit, a task) runs ``job`` with this configuration; comments do not."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith(("#", ";"))]
    if "<plist" in text:  # one word a line: each file is one job
        return any(f"<string>{job}</string>" in part and config in part for part in text.split("<plist")[1:])
    return any(config in line and job in line.replace(config, " ").replace('"', " ").split() for line in lines)


def _crontab() -> str:
    return _said("crontab", "-l")


def _tasks() -> str:
    return _said("schtasks", "/query", "/v", "/fo", "csv")


def _said(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 - fixed words
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace")


def _units(home: Path) -> Path:
    return Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "systemd/user"


def _files(folder: Path, pattern: str) -> str:
    texts = []
    for path in sorted(folder.glob(pattern)):
        try:
            texts.append(path.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
    return "\n".join(texts)
