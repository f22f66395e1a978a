"""The cases of site modules: what is asked from a start address, the pages there are, what should be read of them.

A case is a folder ``tests/cases/sites/NAME/`` of pages, invented in the shape that the site's pages have, and a
``case.toml``:

- ``about``; ``site`` (else the folder's name); ``start``, the address that a user would give; ``now``; ``timezone``
(else Asia/Shanghai); ``asked``, every request in any order; ``absent``, words that must reach no event. - ``pages``:
address -> file of the folder. A ``*`` in an address stands for anything; what is not there is not found. -
``expect``: ``count`` of events in all, some of them by hand as ``events`` (``title``, ``start`` and ``end`` as local
time, or as a day for days; ``place``, ``city``, ``url``, ``mode``, ``organizer``, ``price`` as ``50 CNY``), and
``listed`` uids. - ``changed``, several: the site laid out anew, by ``old`` and ``new`` words of a ``file``;
``missing`` is what the reason names. - ``empty``: what stands in the files where nothing is listed. - ``half``:
``lines`` that are taken out of a ``file``, so that some events lack their day; ``count``, ``listed`` then.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from spiders.items import Context, Event, Price, Source
from tests.support.discovery_cases import Case, Expect

FOLDER = Path(__file__).parents[1] / "cases" / "sites"
SIGN_IN = (
    "<html><head><title>登录</title></head><body><form><input name='user'><input type='password'>"
    "<button>登录</button></form></body></html>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteCase:
    """One case. ``files`` are the texts of its pages, by name."""

    name: str
    site: str
    start: str
    now: datetime
    timezone: str
    asked: tuple[str, ...]
    absent: tuple[str, ...]
    pages: Mapping[str, str]
    files: Mapping[str, str] = field(repr=False)
    expect: Mapping[str, Any]
    changed: tuple[Mapping[str, str], ...]
    empty: Mapping[str, str]
    half: Mapping[str, Any]

    @property
    def source(self) -> Source:
        """What a user's configuration would make of it."""
        return Source(id=self.name, kind="site", url=self.start, timezone=self.timezone, options={"site": self.site})

    @property
    def context(self) -> Context:
        """What reading may know in it: as a run of its day would."""
        midnight = self.now.replace(hour=0, minute=0)
        return Context(
            source=self.name,
            now=self.now,
            timezone=self.timezone,
            window_start=midnight - timedelta(days=1),
            window_end=midnight + timedelta(days=120),
            with_running=True,
        )

    def laid_out_anew(self, number: int) -> Mapping[str, str]:
        """Its files after one of its changes."""
        change = self.changed[number]
        text = self.files[change["file"]]
        assert change["old"] in text, (self.name, change)
        return {**self.files, change["file"]: text.replace(change["old"], change["new"])}

    def halved(self) -> Mapping[str, str]:
        """Its files where some events lack their day."""
        text = self.files[self.half["file"]]
        for line in self.half["lines"]:
            assert line in text, (self.name, line)
            text = text.replace(line, "")
        return {**self.files, self.half["file"]: text}


@cache
def all_cases() -> tuple[SiteCase, ...]:
    """Every case, by name."""
    return tuple(_of_folder(path.parent) for path in sorted(FOLDER.glob("*/case.toml")))


def web_of(given: Mapping[str, tuple[SiteCase, Mapping[str, str]]]) -> Case:
    """One small web of the pages of several cases, with the files as given."""
    pages = {address: {"body": files[name]} for case, files in given.values() for address, name in case.pages.items()}
    empty: frozenset[str] = frozenset()
    return Case(
        name="sites", group="sites", file="sites", asked="", now=datetime.now().astimezone(), timezone="Asia/Shanghai",
        pages=pages | _hosts_alone(given), expect=Expect(), held_out=False, instance=None, http_only=empty,
        self_signed=empty,
    )  # fmt: skip


def told(event: Event) -> dict[str, object]:
    """An event in the words of a case."""

    def moment(at: datetime | None) -> str | None:
        return None if at is None else f"{at:%Y-%m-%d}" if event.all_day else f"{at:%Y-%m-%dT%H:%M}"

    return {
        "title": event.title,
        "start": moment(event.start),
        "end": moment(event.end),
        "place": event.place.name if event.place else None,
        "city": event.place.city if event.place else None,
        "url": event.url,
        "mode": event.mode,
        "organizer": event.organizer,
        "price": _price(event.price),
    }


def _price(price: Price | None) -> str | None:
    """``50 CNY``, ``20-50 CNY``; 0 for what is free."""
    if price is None or price.min is None:
        return None
    several = "" if price.max in {price.min, None} else f"-{price.max:g}"
    return " ".join(filter(None, (f"{price.min:g}{several}", price.currency)))


def _hosts_alone(given: Mapping[str, tuple[SiteCase, Mapping[str, str]]]) -> dict[str, dict[str, int]]:
    """Hosts that are asked and have no page: they answer that nothing is found."""
    asked = {address for case, _ in given.values() for address in case.asked}
    return {f"{address.partition('://')[0]}://{address.split('/')[2]}/nothing": {"status": 404} for address in asked}


def _of_folder(folder: Path) -> SiteCase:
    raw = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    raw.pop("about")
    files = {path.name: path.read_bytes().decode() for path in folder.iterdir() if path.name != "case.toml"}
    case = SiteCase(
        name=folder.name,
        site=raw.pop("site", folder.name),
        start=raw.pop("start"),
        now=raw.pop("now"),
        timezone=raw.pop("timezone", "Asia/Shanghai"),
        asked=tuple(raw.pop("asked")),
        absent=tuple(raw.pop("absent", ())),
        pages=raw.pop("pages"),
        files=files,
        expect=raw.pop("expect"),
        changed=tuple(raw.pop("changed")),
        empty=raw.pop("empty"),
        half=raw.pop("half"),
    )
    assert not raw, (folder.name, raw)
    return case
