"""The jobs at their hours while ``serve`` runs: what a container or a machine without a scheduler needs."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

from planner.upkeep.schedule import Job, due

SECONDS_BETWEEN_LOOKS = 30.0


def keep_time(wanted: Sequence[Job], clock: Callable[[], datetime], stop: threading.Event) -> None:
    """Run each job when its moment has come, one after another, until ``stop``; ``clock`` tells the time in the zone of
    the moments. What a job says goes where the program's own words go; that it failed ends nothing."""
    since = clock()
    while not stop.wait(SECONDS_BETWEEN_LOOKS):
        until = clock()
        for job in due(wanted, since, until):
            subprocess.run(job.command, cwd=job.folder, check=False)  # noqa: S603 - this very program
        since = max(since, until)
