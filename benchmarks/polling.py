"""Ten thousand subscribers that poll `quanzi serve`, on loopback and bounded: answers a second on one core, memory, and
whether every answer is right.

python -m benchmarks.polling [--rounds N]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.cli import NOW, QUANZI, ROOT, run
from tests.support.servers import free_port

SUBSCRIBERS, CONNECTIONS, EVENTS = 10_000, 64, 500
CONFIG = """city: 上海
timezone: Asia/Shanghai
language: zh
sources: [{id: club, kind: ical, file: club.ics}]
"""


@dataclass
class Subscriber:
    """A calendar program: what it holds, and by which validators."""

    etag: str = ""
    body: bytes = b""


@dataclass
class Told:
    """What came back: statuses, and what was wrong."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def _calendar(hour: int) -> str:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{number}\r\n"
        f"DTSTART;TZID=Asia/Shanghai:202612{1 + number % 28:02d}T{hour:02d}{number % 60:02d}00\r\n"
        f"SUMMARY:样板{number}储能沙龙\r\nLOCATION:三叶会客厅 {number} 号\r\nEND:VEVENT\r\n"
        for number in range(EVENTS)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}END:VCALENDAR\r\n"


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, etag: str) -> tuple[int, str, bytes]:
    condition = f"If-None-Match: {etag}\r\n" if etag else ""
    writer.write(f"GET /all.ics HTTP/1.1\r\nHost: here\r\n{condition}\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    found = re.search(rb"(?i)etag: (\S+)", head)
    status = int(head.split(b" ", 2)[1])
    body = await reader.readexactly(int(length[1])) if length and status == 200 else b""
    return status, found[1].decode() if found else "", body


async def _poll(port: int, subscribers: list[Subscriber], expected: bytes, told: Told) -> None:
    """Each polls once, over as many connections as a proxy would keep open."""
    waiting = iter(subscribers)

    async def one_connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=4 << 20)
        for each in waiting:
            status, etag, body = await _ask(reader, writer, each.etag)
            told.statuses[status] += 1
            if status == 200:
                each.etag, each.body = etag, body
            if status not in {200, 304} or each.body != expected:
                told.wrong.append(f"{status} with {len(each.body)} bytes")
        writer.close()
        await writer.wait_closed()

    await asyncio.gather(*(one_connection() for _ in range(CONNECTIONS)))


def _cpu(pid: int) -> float:
    """CPU seconds that it has used: on a busy machine they tell more than the clock."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")


def _memory(pid: int) -> int:
    """Resident memory in KiB."""
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1])  # type: ignore[index]


def _week(folder: Path, hour: int) -> bytes:
    (folder / "club.ics").write_text(_calendar(hour), "utf-8")
    done = run(folder, "week", "--now", NOW, "--quiet")
    assert done.returncode == 0, done.stderr
    return (folder / "out/public/all.ics").read_bytes()


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=4)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        (folder / "config.yaml").write_text(CONFIG, "utf-8")
        expected = _week(folder, 19)
        print(f"{len(expected) // 1024} KiB, {SUBSCRIBERS} subscribers, {CONNECTIONS} connections")
        serving = subprocess.Popen(
            [*QUANZI, "serve", "--port", str(port), "--quiet"], cwd=folder,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "HOME": name},
        )  # fmt: skip
        try:
            _until_it_listens(port)
            os.sched_setaffinity(serving.pid, {0})  # one core for the server, the other for us
            os.sched_setaffinity(0, {1})
            subscribers = [Subscriber() for _ in range(SUBSCRIBERS)]
            for number in range(rounds):
                if number == rounds // 2:
                    os.sched_setaffinity(0, {0, 1})
                    expected = _week(folder, 20)
                    os.sched_setaffinity(0, {1})
                told, begun, used = Told(), time.perf_counter(), _cpu(serving.pid)
                asyncio.run(_poll(port, subscribers, expected, told))
                count, seconds = sum(told.statuses.values()), time.perf_counter() - begun
                a_cpu_second = count / (_cpu(serving.pid) - used)
                print(
                    f"round {number + 1}: {a_cpu_second:,.0f} answers a CPU second ({count / seconds:,.0f} a second),"
                    f" {dict(told.statuses)}, wrong {len(told.wrong)}, server {_memory(serving.pid) // 1024} MiB"
                )
        finally:
            serving.terminate()
            serving.wait(10)


def _until_it_listens(port: int) -> None:
    import socket

    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("quanzi serve does not listen")


if __name__ == "__main__":
    main()
