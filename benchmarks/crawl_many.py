"""Two thousand hosts with a small calendar each, fifty of them with five, crawled over loopback with the delay as
shipped: sources a second beside the 16 requests at once of before, CPU, memory, and whether each host was asked
politely, by the log of the server.

python -m benchmarks.crawl_many [FOLDER OF AN OLDER CHECKOUT] [--hosts N] [--at-once N ...] [--silent N]
    [--large N]

``--silent``: so many of the hosts take a connection and never answer; what counts is when the others are done.
``--large``: so many of the hosts have a calendar of nine megabytes; what counts is memory.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import random
import re
import resource
import selectors
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

HOSTS, FULL_HOSTS, SOURCES_OF_A_FULL_ONE, EVENTS = 2_000, 50, 5, 10
FEWER = 300
"""How many hosts are enough to see the pace of 16 at once, which is the same from the first host to the last."""
DELAY, LATENCY = 2.0, 0.05
TOLERANCE = 0.1
"""Of what the server sees: other programs take the processor from it, too, without its knowledge."""
BEFORE = 16
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HEAD = "HTTP/1.1 {status}\r\nContent-Type: text/calendar\r\nContent-Length: {length}\r\n\r\n"


Log = list[tuple[str, float, float, float]]
"""Of each request its host, the moments between which it came (the server may have been busy), and when its answer
left."""


@dataclass(frozen=True)
class Figures:
    """Of one crawl; ``last`` is when the last good answer was there. Memory in MiB: of the largest process, and the
    peaks of all processes together."""

    sources: int
    good: int
    seconds: float
    last: float
    cpu: float
    largest: float
    together: float
    log: Log

    @property
    def pace(self) -> float:
        return self.good / self.last


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("older", nargs="?", type=Path, help="a checkout to measure beside this one")
    parser.add_argument("--hosts", type=int, default=HOSTS)
    parser.add_argument("--at-once", type=int, nargs="*", default=[], help="further bounds to try")
    parser.add_argument("--silent", type=int, default=0, help="hosts that never answer")
    parser.add_argument("--large", type=int, default=0, help="hosts with a large calendar")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        watch = _Watch()
        with asyncio.Runner(loop_factory=lambda: asyncio.SelectorEventLoop(watch)) as runner:
            runner.run(_serve(watch))
    elif asked.one:
        print(json.dumps(_crawl(**json.loads(asked.one))))
    else:
        _compare(asked.hosts, asked.at_once, asked.older, {"silent": asked.silent, "large": asked.large})


def _compare(hosts: int, bounds: list[int], older: Path | None, others: Mapping[str, int]) -> None:
    here, fewer = Path(__file__).parents[1], min(hosts, FEWER)
    runs = [("16 at once, as before", here, fewer, BEFORE)] if not any(others.values()) else []
    if older is not None:
        runs.append(("the older checkout", older, fewer, None))
    runs += [(f"{bound} at once", here, hosts, bound) for bound in bounds]
    runs.append(("as shipped", here, hosts, None))
    first = None
    with serving() as port:
        for name, tree, count, at_once in runs:
            found = _measure(tree, port, count, at_once, others)
            first = first or found
            print(
                f"{name}: {count} hosts, {found.good} of {found.sources} sources in {found.last:.1f} s,"
                f" {found.pace:.1f} a second ({found.pace / first.pace:.1f} times), CPU"
                f" {1000 * found.cpu / found.good:.1f} ms a source,"
                f" largest process {found.largest:.0f} MiB, all {found.together:.0f} MiB"
            )
            print(f"    {_manners_of(found.log)}", flush=True)


def _manners_of(log: Log) -> str:
    """What the server saw of each host: how many requests came sooner than the delay behind the one before, also where
    that came as early as it may have come; and how often two were there at once."""
    of_host = defaultdict(list)
    for host, *times in log:
        of_host[host].append(times)
    pairs = [pair for times in of_host.values() for pair in pairwise(sorted(times))]
    gaps = [later[1] - earlier[0] for earlier, later in pairs]
    together = sum(later[1] < earlier[2] for earlier, later in pairs)
    busy = max(seen - earliest for _, earliest, seen, _ in log)
    most, sooner = max(map(len, of_host.values())), sum(gap < DELAY - TOLERANCE for gap in gaps)
    return (
        f"{len(log)} requests to {len(of_host)} hosts, up to {most} to one; two at once: {together}; sooner than"
        f" {DELAY - TOLERANCE:g} s: {sooner} of {len(gaps)}, the soonest {min(gaps):.3f} s"
        f" (server busy for {busy:.3f} s at most)"
    )


# The server


@contextlib.contextmanager
def serving() -> Iterator[int]:
    """A server for all hosts, in a process of its own; -> its port."""
    call = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield int(process.stdout.readline())
        finally:
            process.terminate()


class _Watch(selectors.DefaultSelector):  # type: ignore[misc,valid-type]
    """Knows since when what it reports may have been there: since it was last asked, unless it had to wait for it."""

    earliest = last = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        asked = time.monotonic()
        found = super().select(timeout)
        now = time.monotonic()
        self.earliest, self.last = (now if now - asked > 0.001 else self.last), now
        return found


async def _serve(watch: _Watch) -> None:
    """Answers after LATENCY, and keeps when each request was there and when its answer was gone."""
    log: Log = []
    calendar = _calendar()
    large = calendar.replace(b"END:VCALENDAR", (b"X-MORE:" + b"y" * 60 + b"\r\n") * 130_000 + b"END:VCALENDAR")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                earliest, seen, path = watch.earliest, time.monotonic(), head.split(" ", 2)[1]
                host = re.search(r"(?im)^host: *([^:\r\n]+)", head)[1]  # type: ignore[index]
                body, status = large if host.startswith("large") else calendar, "200 OK"
                if path == "/robots.txt":
                    body, status = b"", "404 None"
                if host.startswith("silent"):
                    await asyncio.sleep(600)
                if path == "/log":
                    body, status = json.dumps(log).encode(), "200 OK"
                    log.clear()
                else:
                    await asyncio.sleep(LATENCY)
                    log.append((host, earliest, seen, time.monotonic()))
                writer.write(HEAD.format(status=status, length=len(body)).encode() + body)
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    async with server:
        await server.serve_forever()


def _calendar() -> bytes:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20261101T000000Z\r\n"
        f"DTSTART:202611{21 + number % 9}T{10 + number}0000Z\r\n"
        f"SUMMARY:Sample evening {number}\r\nLOCATION:Sample Hall {number}\r\nEND:VEVENT\r\n"
        for number in range(EVENTS)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n".encode()


# One crawl


def _measure(tree: Path, port: int, hosts: int, at_once: int | None, others: Mapping[str, int]) -> Figures:
    """Crawl with the program of ``tree``, in a process of its own."""
    import http.client

    task = json.dumps({"port": port, "hosts": hosts, "at_once": at_once, "others": others})
    environment = os.environ | {"PYTHONPATH": str(tree)}
    done = subprocess.run(
        [sys.executable, __file__, "--one", task], cwd=tree, env=environment, check=True, capture_output=True, text=True
    )
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("GET", "/log", headers={"Host": "log"})
    log = json.loads(connection.getresponse().read())
    connection.close()
    return Figures(**json.loads(done.stdout.splitlines()[-1]), log=log)


def _crawl(port: int, hosts: int, at_once: int | None, others: Mapping[str, int]) -> dict[str, Any]:
    from spiders.crawl import crawl
    from spiders.items import Context, Source
    from spiders.settings import CrawlPolicy

    full = hosts * FULL_HOSTS // HOSTS
    names = [f"{kind}{host}" for kind, count in others.items() for host in range(count)]
    names += [f"h{host:04}" for host in range(hosts - len(names))]
    random.Random(1).shuffle(names)
    addresses = [
        f"http://{names[host]}.example/{path}.ics"
        for host in range(hosts)
        for path in range(SOURCES_OF_A_FULL_ONE if host < full else 1)
    ]
    wanted = {"delay": DELAY, "hosts": {"*.example": port}, "at_once": at_once}
    known = {field.name for field in fields(CrawlPolicy)}
    policy = CrawlPolicy(**{name: value for name, value in wanted.items() if name in known})  # type: ignore[arg-type]
    context = Context(source="x", now=NOW, timezone="UTC", window_start=NOW, window_end=NOW + timedelta(days=120))
    visits = [(Source(id=each, kind="ical", url=each, timezone="UTC"), context) for each in addresses]
    peaks = _Peaks()
    begun, good, last = time.perf_counter(), 0, 0.0
    with peaks:
        for each in crawl(visits, {}, policy):
            if each.readings:
                good, last = good + 1, time.perf_counter() - begun
    seconds = time.perf_counter() - begun
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "sources": len(visits),
        "good": good,
        "seconds": seconds,
        "last": last,
        "cpu": sum(each.ru_utime + each.ru_stime for each in used),
        "largest": max(peaks.found.values()),
        "together": sum(peaks.found.values()),
    }


class _Peaks:
    """The peak of memory of this process and of each that it started, in MiB, looked at while it runs."""

    def __init__(self) -> None:
        self.found: dict[int, float] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            waiting = [os.getpid()]
            while waiting:
                pid = waiting.pop()
                with contextlib.suppress(OSError, TypeError):  # it is gone
                    peak = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]  # type: ignore[index]
                    self.found[pid] = int(peak) / 1024
                    for task in Path(f"/proc/{pid}/task").iterdir():
                        waiting += map(int, (task / "children").read_text().split())


if __name__ == "__main__":
    main()
