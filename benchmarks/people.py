"""How long the commands about people take with 5,000 of them, and a store of 2,000 events beside: each in a process of
its own, by turns with `quanzi --version`, which is what a process costs at least.

python -m benchmarks.people
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from planner.store import Store
from spiders.items import Event

COUNT, EVENTS, ROUNDS = 5_000, 2_000, 5
NOW = datetime(2026, 11, 27, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
QUANZI = [sys.executable, "-c", "from planner.cli import main; main()"]
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("met", "Person 4711", "at", "Evening 40"),
    ("met", "Somebody New"),
    ("asked", "Person 4711", "advice"),
    ("received", "Person 4711", "advice"),
    ("gave", "Person 12", "a hand"),
    ("returned", "Person 12", "a hand"),
    ("people", "Person 4711"),
    ("people",),
    ("after", "Evening 40", "--who", "Person 7", "--skill", "speaking"),
    ("forget", "Somebody New", "--yes"),
)
PERSON = """\
  - name: Person {0}
    role: peer
    cares: [tea]
    met:
      - day: 2026-11-{1:02}
        at: Salon {2}
    favours:
      - day: 2026-10-01
        way: received
        what: a hand
        state: open
"""


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _fill(folder)
        seconds: dict[str, list[float]] = {}
        for _ in range(ROUNDS):
            for command in (("--version",), *COMMANDS):
                more = () if command[0] == "--version" else ("--now", NOW.isoformat())
                seconds.setdefault(" ".join(command), []).append(_timed(folder, (*command, *more)))
    base = statistics.median(seconds["--version"])
    for told, measured in seconds.items():
        middle = statistics.median(measured)
        print(f"{told:55} {middle:.2f} s, {middle - base:+.2f} s beside --version (worst {max(measured):.2f} s)")


def _fill(folder: Path) -> None:
    (folder / "config.yaml").write_text(
        "city: 上海\nlanguage: en\nsources: [{id: club, kind: ical, file: club.ics}]\n", "utf-8"
    )
    people = (PERSON.format(number, number % 27 + 1, number % 40) for number in range(COUNT))
    (folder / "people.yaml").write_text("people:\n" + "".join(people), "utf-8")
    events = {
        str(number): Event(
            source="club",
            uid=f"e{number}",
            title=f"Evening {number}",
            start=NOW - timedelta(hours=12 * (number % 50) + 3),
            timezone="Asia/Shanghai",
            organizer=f"Circle {number % 60}",
        )
        for number in range(EVENTS)
    }
    with Store(folder / "quanzi.db") as store, store.transaction():
        store.put_records("club", events, NOW)


def _timed(folder: Path, command: tuple[str, ...]) -> float:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "LANG": "C"}
    begun = time.perf_counter()
    done = subprocess.run([*QUANZI, *command], cwd=folder, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stderr.decode()}")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
