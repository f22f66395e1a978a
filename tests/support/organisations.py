"""A small organisation: one configuration, a city of calendars, members with wishes of their own."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Mapping
from pathlib import Path

from planner.config import load
from planner.config.model import Config
from planner.i18n.catalog import Catalog
from planner.members.register import Entry, folded, take_in
from planner.store import Member, Store
from tests.support.cli import run
from tests.support.histories import calendar, vevent

NOW = "2026-11-27T19:00:00+08:00"
LATER = "2026-11-29T08:00:00+08:00"
TITLES = (
    *("Battery storage salon", "SaaS growth meetup", "Supply chain round table", "Cross-border sellers' breakfast"),
    *("Debate practice night", "Board games night", "Toastmasters club meeting", "Werewolf evening"),
)
PLACES = ("Linden Hall, 5 Juniper Road", "静安区样板街 8 号", "徐汇区示例路 12 号", "浦东新区云栖路 3 号")
CONFIG = """city: 上海
language: en
interests: {industry: [storage], practice: [debate]}
week: {country: CN}
sources:
  - {id: north, kind: ical, file: north.ics}
  - {id: south, kind: ical, file: south.ics}
"""
WISHES: Mapping[str, str] = {
    "Ana Bell": "home: 徐汇区\ninterests: {industry: [SaaS], practice: [board games]}\n",
    "林一": "language: zh\nhome: 静安区\ninterests: {practice: [{werewolf: 3}]}\n"
    "balance: {industry: 10, practice: 90}\n",
    "Otto": "seller: key-account\ninterests: {industry: [supply chain, storage]}\nweek: {budget: 100}\n",
    "Nobody's wishes": "",
}


def organisation(folder: Path, more: str = "", wishes: Mapping[str, str] = WISHES) -> Path:
    """A folder with a configuration, its calendars and, in ``members``, the wishes of members by name."""
    rng = random.Random(5)
    (folder / "config.yaml").write_text(CONFIG + more, "utf-8")
    for name in ("north", "south"):
        events = [
            vevent(f"{name}-{number}", f"202611{day:02}T{rng.choice([10, 14, 19]):02}0000" if day <= 30
                   else f"202612{day - 30:02}T{rng.choice([10, 19]):02}0000",
                   f"{rng.choice(TITLES)} {number}", place=rng.choice(PLACES))
            for number, day in enumerate(rng.randrange(24, 52) for _ in range(30))
        ]  # fmt: skip
        (folder / f"{name}.ics").write_text(calendar(*events), "utf-8", newline="")
    (folder / "members").mkdir()
    for name, text in wishes.items():
        (folder / "members" / f"{name}.yaml").write_text(text, "utf-8")
    return folder


def joined(folder: Path) -> Path:
    """The same with all of them as members."""
    done = run(folder, "members", "import", "members", "--addresses", "addresses.csv", "--now", NOW)
    assert done.returncode == 0, done.stderr
    return folder


def config_of(folder: Path) -> Config:
    return load(folder / "config.yaml", Catalog("en"))


def store_of(folder: Path) -> Store:
    return Store(config_of(folder).kept_in)


def member(store: Store, name: str) -> Member:
    return next(each for each in store.members() if folded(each.name) == folded(name))


def published(folder: Path, name: str) -> dict[str, bytes]:
    """All that is published for a member."""
    with store_of(folder) as store:
        return store.of(member(store, name).number).published_files()


def alone(folder: Path, name: str, into: Path) -> Path:
    """The same organisation kept by that member for themselves: the same store, and their wishes in the configuration.
    To be made before members are planned for."""
    into.mkdir()
    for path in folder.iterdir():
        if path.is_file():
            shutil.copy(path, into / path.name)
    own = (folder / "members" / f"{name}.yaml").read_text("utf-8")
    lines = [line for line in CONFIG.splitlines() if line.partition(":")[0] not in _keys(own)]
    week = "" if "week:" not in own else own[own.index("week: {") + 7 :].partition("}")[0]
    if week:
        own = own.replace(f"week: {{{week}}}", f"week: {{country: CN, {week}}}")
    (into / "config.yaml").write_text("\n".join(lines) + "\n" + own, "utf-8")
    return into


def _keys(text: str) -> set[str]:
    return {line.partition(":")[0] for line in text.splitlines() if line and not line.startswith(" ")}


def addresses(folder: Path) -> dict[str, str]:
    """The private addresses of members by name, as they were told once."""
    lines = (folder / "addresses.csv").read_text("utf-8-sig").splitlines()[1:]
    return dict(line.rsplit(",", 1) for line in lines)  # type: ignore[misc]


def add_members(store: Store, wishes: Mapping[str, object], now: object) -> Mapping[str, str]:
    """Members without a file; -> their tokens."""
    entries = [Entry(name=name, wishes=json.loads(json.dumps(each)), where=name) for name, each in wishes.items()]
    return take_in(store, entries, now).new  # type: ignore[arg-type]
