"""What an organisation's members cost over 2,000 events: CPU of a week for all beside the keeper's own, the largest
process, whether each gets the bytes that they would have alone, and how many conditional answers a core gives.

python -m benchmarks.organisation [MEMBERS] [--on sqlite|postgresql] [--events N] [--serve]   default 300 on both

Members are drawn from 200 profiles. PostgreSQL is Debian's, started for this in a temporary folder.
"""

from __future__ import annotations

import argparse
import csv
import http.client
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from benchmarks.reach import FRIDAY, environment, fill
from planner.config.load import load
from planner.i18n.catalog import Catalog
from planner.members.register import member_named
from planner.store import Store
from planner.store.copying import copy_store
from tests.support.postgres import programs, rows, serving

PROFILES, DRAWN, SECONDS = 200, 20, 8.0
TRADE = ("储能", "SaaS", "跨境", "AI", "新能源", "物流", "电池", "供应链")
PRACTICE = ("头马", "桌游", "辩论", "演讲", "狼人杀", "读书会", "即兴", "board games")
HOMES = ("徐汇区", "静安区", "浦东新区", "长宁区", "杨浦区")
CALL = [sys.executable, "-c", "from planner.cli import main; main()"]
EN = Catalog("en")
CLOSE = ("plan.ics", "digest.html", "digest.txt", "index.html", "quarter.html")
"""Files that are compared; ``report.json`` names the folder of a source."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("members", type=int, nargs="?", default=300)
    parser.add_argument("--on", choices=("sqlite", "postgresql"))
    parser.add_argument("--events", type=int, default=2_000)
    parser.add_argument("--serve", action="store_true")
    asked = parser.parse_args()
    for kind in (asked.on,) if asked.on else ("sqlite", "postgresql"):
        with tempfile.TemporaryDirectory() as name, place(kind) as store:
            home = organisation(Path(name) / "home", asked.members, store, asked.events)
            measure(home, Path(name), kind, asked.members)
            if asked.serve:
                serve(home, kind)


@contextmanager
def place(kind: str) -> Iterator[str]:
    """What ``store:`` names."""
    where = programs()
    if kind == "sqlite":
        yield "quanzi.db"
    elif where is None:
        sys.exit("PostgreSQL is not installed here")
    else:
        with serving(where) as server:
            yield server.database().address


def profile(rng: random.Random) -> dict[str, str]:
    """The wishes of one kind of member."""
    return {
        "home": rng.choice(HOMES),
        "interests.industry": "、".join(rng.sample(TRADE, 3)),
        "interests.practice": "、".join(rng.sample(PRACTICE, 3)),
        "week.budget": str(rng.choice([100, 200, 500])),
    }


def organisation(home: Path, count: int, store: str, events: int) -> Path:
    """A city, gathered and planned by its keeper; members that nobody has planned for yet."""
    home.mkdir()
    fill(home, events)
    with (home / "config.yaml").open("a", encoding="utf-8") as file:
        file.write(f"store: {store}\n")
    rng = random.Random(11)
    profiles = [profile(rng) for _ in range(PROFILES)]
    with (home / "members.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, ["name", *profiles[0]])
        table.writeheader()
        table.writerows({"name": f"成员 {number:06}", **rng.choice(profiles)} for number in range(count))
    run(home, "week", "--quiet", "--now", FRIDAY.isoformat())
    run(home, "members", "import", "members.csv", "--addresses", "addresses.csv")
    return home


def run(home: Path, *arguments: str) -> tuple[float, float]:
    """-> (CPU seconds of a command and all its children, wall seconds)."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    variables = environment(Path(__file__).parents[1], str(home.parent / "compiled"))
    subprocess.run([*CALL, *arguments], cwd=home, env=variables, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - began


def measure(home: Path, folder: Path, kind: str, count: int) -> None:
    """The figures of one dialect."""
    config = load(home / "config.yaml", EN)
    now = FRIDAY + timedelta(minutes=1)
    before = folder / "before.db"
    copy_store(config.kept_in, before, EN)
    own, _ = run(home, "week", "--quiet", "--now", now.isoformat())
    later = now + timedelta(minutes=1)
    busy = of_server(config.kept_in) if kind == "postgresql" else 0.0
    everyone, wall = run(home, "week", "--everyone", "--quiet", "--now", later.isoformat())
    busy = of_server(config.kept_in) - busy if kind == "postgresql" else 0.0
    each = (everyone - own + busy) / count
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    of_it = f" ({busy / count * 1000:.0f} ms of them PostgreSQL's own)" if busy else ""
    print(f"{kind}: {count} members: {each:.3f} CPU s a member{of_it}, {wall:.0f} s, largest process {largest:.0f} MB")
    same = compared(home, folder, before, now, later)
    print(f"{kind}: {same} of {min(DRAWN, count)} drawn members have the bytes that `quanzi week` alone gives")


def of_server(server: object) -> float:
    """CPU seconds of the server's processes so far, its dead children counted."""
    (folder,) = rows(server, "SHOW data_directory")[0]  # type: ignore[arg-type]
    pid = int((Path(folder) / "postmaster.pid").read_text().splitlines()[0])
    found = subprocess.run(["ps", "-o", "cputimes=", "--ppid", str(pid)], capture_output=True, text=True, check=True)
    told = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    ticks = 100.0
    return sum(map(float, found.stdout.split())) + sum(int(each) for each in told[11:15]) / ticks


def compared(home: Path, folder: Path, before: Path, now: datetime, later: datetime) -> int:
    """How many of the drawn members have, byte for byte, what they would have alone on the same store."""
    config = load(home / "config.yaml", EN)
    with (home / "members.csv").open(encoding="utf-8") as file:
        told = list(csv.DictReader(file))
    drawn = random.Random(5).sample(told, min(DRAWN, len(told)))
    same = 0
    for row in drawn:
        mine = folder / "mine"
        shutil.copytree(home, mine, ignore=shutil.ignore_patterns("out", "quanzi.db*", "addresses.csv"))
        shutil.copy(before, mine / "quanzi.db")
        lines = [
            line
            for line in (home / "config.yaml").read_text("utf-8").splitlines()
            if line.partition(":")[0] not in {"store", "home", "interests"}
        ]
        wishes = (
            f"home: {row['home']}\nweek: {{budget: {row['week.budget']}}}\n"
            f"interests: {{industry: '{row['interests.industry']}', practice: '{row['interests.practice']}'}}\n"
        )
        (mine / "config.yaml").write_text("\n".join(lines) + "\n" + wishes, "utf-8")
        with Store(mine / "quanzi.db") as store, store.transaction():
            for week in ("2026-W48", "2026-W49"):  # the keeper's own, which is no member's
                store._db.execute("DELETE FROM plans WHERE week = ?", (week,))
            store._db.execute("DELETE FROM keywords")
            store._db.execute("DELETE FROM own_facts")
        run(mine, "week", "--quiet", "--now", later.isoformat())
        with Store(config.kept_in) as store:
            member = member_named(store, row["name"])
            assert member is not None
            found = store.of(member.number).published_files()
        same += all(found[name] == (mine / "out" / name).read_bytes() for name in CLOSE)
        shutil.rmtree(mine)
    return same


def serve(home: Path, kind: str) -> None:
    """How many conditional answers a core gives: members' calendars, asked at random."""
    server = subprocess.Popen(
        [*CALL, "serve", "--port", "18765", "--quiet"], cwd=home,
        env=environment(Path(__file__).parents[1], str(home.parent / "compiled")),
    )  # fmt: skip
    with (home / "addresses.csv").open(encoding="utf-8-sig") as file:
        paths = [row["address"] for row in csv.DictReader(file)]
    try:
        ends = time.monotonic() + 60
        while time.monotonic() < ends:
            try:
                http.client.HTTPConnection("127.0.0.1", 18765, timeout=5).request("GET", "/")
                break
            except OSError:
                time.sleep(0.2)
        connection = http.client.HTTPConnection("127.0.0.1", 18765, timeout=10)
        etags = {}
        for path in paths[:500]:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            etags[path] = answer.headers["ETag"]
        for what in (304, 200):
            cpu, count, began = cpu_of(server.pid), 0, time.monotonic()
            rng = random.Random(1)
            known = list(etags)
            while time.monotonic() - began < SECONDS:
                path = rng.choice(known)
                connection.request("GET", path, headers={"If-None-Match": etags[path]} if what == 304 else {})
                answer = connection.getresponse()
                answer.read()
                assert answer.status == what, json.dumps([path, answer.status])
                count += 1
            spent = cpu_of(server.pid) - cpu
            print(f"{kind}: {what}: {count / spent:.0f} answers a CPU second of the web server ({count} asked)")
    finally:
        server.terminate()
        server.wait(20)


def cpu_of(pid: int) -> float:
    """CPU seconds of one process."""
    told = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / 100.0


if __name__ == "__main__":
    main()
