"""Stores that lived for a while, and what can happen to the file of one: each damage is made mechanically by a seed."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

from icalendar import Calendar

from tests.support.cli import run
from tests.support.worlds import FIRST, World, city

STORE = "quanzi.db"
DAY = "2026-09-10T07:00:00+08:00"
LATER = "2026-09-10T09:00:00+08:00"
PAGE = 4096
CONFIG = """city: 上海
language: en
interests: {practice: [board games], industry: [storage]}
week: {free: {weekdays: "08:00-23:00", weekend: "08:00-23:00"}, at_most: {per_day: 3, per_week: 12}}
sources:
  - {id: club, kind: ical, file: club.ics}
  - {id: hall, kind: ical, file: hall.ics}
  - {id: city, kind: ical, file: city.ics}
"""


def lived(folder: Path) -> World:
    """A home whose program ran for a week and whose user said this and that."""
    world = city(folder)
    (folder / "config.yaml").write_text(CONFIG, encoding="utf-8")
    tell(world)
    said = [
        run(folder, "week", "--now", "2026-08-28T19:00:00+08:00", "--quiet"),
        run(folder, "week", "--now", FIRST.isoformat(), "--quiet"),
        run(folder, "like", "Storage trade salon no 9", "--now", DAY),
        run(folder, "edit", "Board games evening 9", "--where", "South Hall", "--now", DAY),
        run(folder, "add", "Chess evening\n24 September 2026, 20:00\nNorth Hall", "--now", DAY),
    ]
    world.feeds["hall"].events["talk-1"]["title"] = "Storage trade salon no 2, with a supply chain table"
    del world.feeds["club"].events["games-0"], world.feeds["hall"].events["h0"], world.feeds["city"].events["c0"]
    tell(world)
    said.append(run(folder, "refresh", "--now", DAY, "--quiet"))
    assert not [each for each in said if each.returncode], said
    return world


def tell(world: World) -> None:
    """Write the feeds of a world as they stand."""
    for name, feed in world.feeds.items():
        (world.folder / f"{name}.ics").write_text(feed.text(), encoding="utf-8", newline="")


def held(folder: Path) -> dict[str, tuple[int, str, str]]:
    """What subscribers of the plan and of everything hold: file and UID -> (SEQUENCE, start, title)."""
    return {
        f"{name} {component['UID']}": (
            int(component["SEQUENCE"]),
            component["DTSTART"].dt.isoformat(),
            str(component["SUMMARY"]),
        )
        for name in ("plan.ics", "public/all.ics")
        for component in Calendar.from_ical((folder / "out" / name).read_bytes()).walk("VEVENT")
    }


def _over(path: Path, at: int, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(content)


def _pages(path: Path, chance: random.Random) -> list[int]:
    number = path.stat().st_size // PAGE
    return chance.sample(range(1, number), max(1, number // 8))


def header(path: Path, chance: random.Random) -> None:
    _over(path, 0, bytes(chance.choice([16, 32, 100])))


def first_page(path: Path, chance: random.Random) -> None:
    _over(path, 0, chance.choice([bytes(PAGE), chance.randbytes(PAGE)]))


def cut(path: Path, chance: random.Random) -> None:
    with path.open("r+b") as file:
        file.truncate(chance.randrange(1, path.stat().st_size))


def emptied(path: Path, _: random.Random) -> None:
    path.write_bytes(b"")


def zeroed_pages(path: Path, chance: random.Random) -> None:
    for number in _pages(path, chance):
        _over(path, number * PAGE, bytes(PAGE))


def overwritten_pages(path: Path, chance: random.Random) -> None:
    for number in _pages(path, chance):
        _over(path, number * PAGE, chance.randbytes(PAGE))


def swapped_pages(path: Path, chance: random.Random) -> None:
    content = path.read_bytes()
    for number in _pages(path, chance):
        other = chance.randrange(1, len(content) // PAGE)
        _over(path, number * PAGE, content[other * PAGE : (other + 1) * PAGE])


def flipped_bits(path: Path, chance: random.Random) -> None:
    content = bytearray(path.read_bytes())
    for _ in range(max(20, len(content) // 1000)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    path.write_bytes(content)


def foreign_text(path: Path, chance: random.Random) -> None:
    path.write_text("somebody's diary\n" * chance.randrange(1, 2000), encoding="utf-8")


def foreign_bytes(path: Path, chance: random.Random) -> None:
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chance.randbytes(chance.randrange(100, 50_000)))


def foreign_database(path: Path, chance: random.Random) -> None:
    path.unlink()
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE bookmarks (id INTEGER, url TEXT)")
        database.execute("INSERT INTO bookmarks VALUES (?, 'x')", (chance.randrange(100),))
    database.close()


def log_of_another(path: Path, chance: random.Random) -> None:
    """The write-ahead log of another database, which is valid in itself, beside ours."""
    other = path.with_name("other.db")
    database = sqlite3.connect(other, isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("CREATE TABLE pictures (content BLOB)")
    for _ in range(chance.randrange(3, 30)):
        database.execute("INSERT INTO pictures VALUES (?)", (chance.randbytes(3000),))
    shutil.copy(f"{other}-wal", f"{path}-wal")
    database.close()
    other.unlink()


DAMAGES: tuple[Callable[[Path, random.Random], None], ...] = (
    header, first_page, cut, emptied, zeroed_pages, overwritten_pages, swapped_pages, flipped_bits, foreign_text,
    foreign_bytes, foreign_database, log_of_another,
)  # fmt: skip
