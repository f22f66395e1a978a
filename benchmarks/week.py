"""The main job on a real city: 50 calendar files as fifty sources. Time and memory of all processes together.

QUANZI_CASES=... python benchmarks/week.py
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

QUANZI = [str(Path(sys.executable).with_name("quanzi"))]
JOB = ["week", "--now", "2026-03-22T08:00:00-07:00", "--week", "2026-W13"]
CONFIG = """city: Santa Rosa
timezone: America/Los_Angeles
language: en
currency: USD
interests:
  industry: [startup, small business, marketing, networking, chamber of commerce]
  practice: [Toastmasters, board games, improv, storytelling]
week: {free: {weekdays: "16:00-22:00", weekend: "09:00-22:00"}, at_most: {per_day: 2, per_week: 6}}
sources:
"""


def memory(root: int) -> int:
    """Resident bytes of a process and all its descendants (proportional set size where the kernel tells)."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, IndexError):
                continue
            children.setdefault(parent, []).append(int(entry.name))
    total, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        waiting += children.get(process, [])
        try:
            lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
            total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024
        except OSError:
            continue
    return total


def run(folder: Path, *arguments: str) -> tuple[float, int, str]:
    """-> (seconds, most bytes at once, standard output)."""
    begun = time.perf_counter()
    process = subprocess.Popen([*QUANZI, *arguments], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    most = 0

    def watch() -> None:
        nonlocal most
        while process.poll() is None:
            most = max(most, memory(process.pid))
            time.sleep(0.05)

    watcher = threading.Thread(target=watch)
    watcher.start()
    output, _ = process.communicate()
    seconds = time.perf_counter() - begun
    watcher.join()
    return seconds, most, output.decode()


def main() -> None:
    cases = os.environ.get("QUANZI_CASES")
    if not cases:
        sys.exit("skipped: QUANZI_CASES is not set")
    files = sorted(Path(cases, "gold/dedupe/santarosa").glob("*.ics"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        entries = [f"  - {{id: {file.stem}, kind: ical, file: {file}}}\n" for file in files]
        (folder / "config.yaml").write_text(CONFIG + "".join(entries), encoding="utf-8")
        first, most, output = run(folder, *JOB, "--json")
        body = json.loads(output)
        before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
        again, _, _ = run(folder, *JOB, "--quiet")
        same = before == {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
        outcomes = [entry["outcome"] for entry in body["sources"]]
        print(
            f"sources {len(outcomes)}: {', '.join(f'{kind} {outcomes.count(kind)}' for kind in sorted(set(outcomes)))}"
        )
        print(
            f"first run {first:.2f} s, {most / 1e6:.0f} MB at most; second run {again:.2f} s, outputs the same: {same}"
        )
        print(f"plan {body['status']}, value {body['value']}, picks:")
        for pick in body["picks"]:
            print(f"  {pick['start'][:16]}  {pick['track']:9} {pick['score']:5.1f}  {pick['title'][:70]}")
        print("help:", min(run(folder, "--help")[0] for _ in range(5)), "s at best of 5")


if __name__ == "__main__":
    main()
