"""The private page: its first answer for a week of 20 picks, and what 100 requests a second cost.

python -m benchmarks.desk
"""

from __future__ import annotations

import resource
import tempfile
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path

from tests.support.cli import NOW, run
from tests.support.desks import Client, serving

PICKS, SECONDS, A_SECOND = 20, 20, 100
CONFIG = """city: 上海
timezone: Asia/Shanghai
language: zh
interests: {industry: [储能], practice: [头马]}
sources: [{id: club, kind: ical, file: club.ics}]
week: {free: {weekdays: "08:00-22:00", weekend: "08:00-22:00"}, at_most: {per_day: 3, per_week: 20, per_community: 20}}
serve: {interactive: true}
"""


def _calendar() -> str:
    """Three evenings and mornings a day, each of another host."""
    first = datetime(2026, 11, 23, 9)  # noqa: DTZ001 - a wall time
    events = []
    for number in range(21):
        start = first + timedelta(days=number // 3, hours=4 * (number % 3))
        title = "储能供应链沙龙" if number % 2 else "头马例会"
        events.append(
            f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTART;TZID=Asia/Shanghai:{start:%Y%m%dT%H%M%S}\r\n"
            f"DTEND;TZID=Asia/Shanghai:{start + timedelta(hours=2):%Y%m%dT%H%M%S}\r\nSUMMARY:样板{number}{title}\r\n"
            f"ORGANIZER;CN=样板{number}:mailto:x{number}@club.example\r\nLOCATION:三叶会客厅\r\nEND:VEVENT\r\n"
        )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{''.join(events)}END:VCALENDAR\r\n"


def _first(client: Client) -> float:
    start = time.perf_counter()
    answer = client.get()
    assert answer.status == 200, answer.text
    print(f"{answer.body.count('<article')} picks, {len(answer.body) // 1024} KiB")
    return time.perf_counter() - start


def _load(client: Client) -> dict[int, int]:
    """So many requests a second, whatever comes back."""
    found: dict[int, int] = {}
    lock = threading.Lock()

    def ask() -> None:
        status = client.get().status
        with lock:
            found[status] = found.get(status, 0) + 1

    begun = time.perf_counter()
    for number in range(SECONDS * A_SECOND):
        client.steady.at = 1000 + number / A_SECOND
        wait = begun + number / A_SECOND - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        threading.Thread(target=ask).start()
    while threading.active_count() > 3 and time.perf_counter() < begun + 3 * SECONDS:
        time.sleep(0.1)
    return found


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "club.ics").write_text(_calendar(), "utf-8")
        (folder / "config.yaml").write_text(CONFIG, "utf-8")
        done = run(folder, "week", "--now", NOW, "--quiet")
        assert done.returncode == 0, done.stderr
        with serving(folder) as client:
            first = _first(client)
            rest = sorted(_first(client) for _ in range(5))[2]
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            statuses = _load(client)
            grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    print(f"first answer {first * 1000:.0f} ms, later {rest * 1000:.0f} ms")
    print(f"{A_SECOND} a second for {SECONDS} s: {statuses}; memory grew by {grown // 1024} MiB (clients included)")


if __name__ == "__main__":
    main()
