"""What one person's week costs over 2,000 events, 400 of them in the week: CPU seconds of a command and all its
children, so that what else the machine does counts little. The program is compiled beforehand, as pip leaves it.

python -m benchmarks.reach [FOLDER OF ANOTHER CHECKOUT]      both are measured by turns, on stores of their own
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

EVENTS, SOURCES, ROUNDS = 2_000, 40, 3
ZONE = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 27, 19, 0, tzinfo=ZONE)
WHAT = (
    *("储能供应链沙龙", "SaaS 增长分享会", "跨境电商选品会", "新能源产业论坛", "AI 应用开放日", "物流数字化研讨"),
    *("头马俱乐部例会", "辩论训练营", "周末桌游局", "狼人杀进阶局", "读书会", "即兴戏剧工作坊"),
    *("Founders' breakfast", "Board games night", "Public speaking workshop", "Supply chain round table"),
)
WHERE = ("徐汇区示例路 12 号", "静安区样板街 8 号", "浦东新区云栖路 3 号", "长宁区南街 20 号", "线上")
ABOUT = (
    "面向从业者与创业者，主办方邀请三位嘉宾分享，之后自由交流。",
    "名额有限，先到先得，现场提供茶点。",
    "Bring one question you want answered. Newcomers are welcome.",
    "本期谈成本、交付与客户，欢迎带着案例来。",
)
CONFIG = """city: 上海
language: zh
home: 徐汇区
interests: {industry: [储能, SaaS, 跨境, AI], practice: [头马, 桌游, 辩论, 演讲]}
chain: {up: [电池], down: [物流]}
sources:
"""


def main() -> None:
    trees = [Path(__file__).parents[1], *map(Path, sys.argv[1:])]
    told: dict[tuple[str, Path], list[float]] = {}
    with tempfile.TemporaryDirectory() as compiled:
        for tree in trees:
            call = [sys.executable, "-m", "compileall", "-q", *(str(tree / name) for name in ("planner", "spiders"))]
            subprocess.run(call, env=environment(tree, compiled), check=True)
        for _ in range(ROUNDS):
            for tree in trees:
                with tempfile.TemporaryDirectory() as name:
                    fill(Path(name))
                    for step, seconds in life(Path(name), environment(tree, compiled)):
                        told.setdefault((step, tree), []).append(seconds)
    steps = dict.fromkeys(step for step, _ in told)
    for step in steps:
        middles = [statistics.median(told[step, tree]) for tree in trees]
        beside = f", {middles[0] / middles[1]:.0%} of the other" if len(middles) > 1 else ""
        print(f"{step:20} {middles[0]:.2f} CPU s{beside}")
    first, again = (statistics.median(told[step, trees[0]]) for step in ("week", "week again"))
    print(f"a week with nothing changed: {again / first:.0%} of the first")


def fill(folder: Path, count: int = EVENTS) -> None:
    """A configuration and its calendars, with so many events."""
    rng = random.Random(7)
    lines = []
    for source in range(SOURCES):
        events = "".join(event(rng, source, number) for number in range(count // SOURCES))
        text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//sample//sample//EN\r\n{events}END:VCALENDAR\r\n"
        (folder / f"c{source}.ics").write_bytes(text.encode())
        lines.append(f"  - {{id: c{source}, kind: ical, file: c{source}.ics}}\n")
    (folder / "config.yaml").write_text(CONFIG + "".join(lines), "utf-8")


def event(rng: random.Random, source: int, number: int) -> str:
    """One in five is in the coming week, the others in the ten weeks behind it."""
    day = rng.randrange(3, 10) if rng.random() < 0.2 else rng.randrange(10, 80)
    start = (FRIDAY + timedelta(days=day)).replace(hour=rng.choice([10, 14, 18, 19, 20]), minute=rng.choice([0, 30]))
    lines = (
        *("BEGIN:VEVENT", f"UID:{source}-{number}", "DTSTAMP:20261101T000000Z"),
        f"DTSTART;TZID=Asia/Shanghai:{start:%Y%m%dT%H%M%S}",
        f"DTEND;TZID=Asia/Shanghai:{start + timedelta(hours=2):%Y%m%dT%H%M%S}",
        f"SUMMARY:{rng.choice(WHAT)} 第{rng.randrange(1, 99)}期·{source:02}{number:02}",
        f"LOCATION:{rng.choice(WHERE)}",
        f"ORGANIZER;CN=示例圈{rng.randrange(120)}:mailto:post@club.example",
        f"DESCRIPTION:{' '.join(rng.sample(ABOUT, 3))}",
        f"URL:https://club.example/{source}/{number}",
        "END:VEVENT",
    )
    return "".join(line + "\r\n" for line in lines)


def environment(tree: Path, compiled: str) -> dict[str, str]:
    """Of a process that runs the program of ``tree``, its bytecode in the folder ``compiled``."""
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return usual | {"PYTHONPATH": str(tree), "PYTHONPYCACHEPREFIX": compiled}


def life(folder: Path, variables: Mapping[str, str]) -> list[tuple[str, float]]:
    """The steps of a week, each with its CPU seconds."""
    steps = (("week", "week"), ("plan", "plan"), ("publish", "publish"), ("week again", "week"), ("refresh", "refresh"))
    return [
        (name, spent(folder, variables, command, FRIDAY + timedelta(minutes=number)))
        for number, (name, command) in enumerate(steps)
    ]


def spent(folder: Path, variables: Mapping[str, str], command: str, now: datetime) -> float:
    """CPU seconds of one call."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call = [sys.executable, "-c", "from planner.cli import main; main()", command, "--now", now.isoformat(), "--quiet"]
    subprocess.run(call, cwd=folder, env=variables, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
