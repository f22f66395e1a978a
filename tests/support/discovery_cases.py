"""The cases of discovery: what is asked, the small web it is asked of, and what a sensible person would expect.

They lie in ``tests/cases/discover/*.toml``, one file a subject. A file is a list of ``[[case]]``:

- ``name``; ``about``, why this is expected; ``asked``, one text or several that must all fare the same; ``now`` (else
  `NOW`); ``timezone`` of the user (else Asia/Shanghai); ``instance``, an RSSHub of the user's own; ``held_out``, a host
  that nobody looks at while the search is mended.
- ``pages``: address -> page. A ``*`` in an address stands for anything. A page is a table, or text: its ``body``.
  Otherwise the body is given by ``capture`` (a path below ``$QUANZI_CASES``), ``calendar`` (so many events ahead, the
  ``past`` ones besides), ``feed`` (so many announcements of events ahead), ``posts`` (a feed of so many without any
  event), ``listing`` (a page of so many dated events) or ``size`` (so many bytes). Then ``status``, ``headers``, ``to``
  (a redirect, 302 if no status is told), ``wait`` (seconds before the body), ``refuses`` (the host wants no programs,
  though the status does not say so). There is no robots.txt but what an entry of its own says.
- ``like``: the name of a case before it in the file, whose pages this one has too.
- ``http_only``: hosts that do not know https; ``self_signed``: hosts whose certificate nobody vouches for.
- ``expect``: ``address`` (one, or several that are all right; a ``*`` as above), ``kind``, ``ahead`` (at least, 1); or
  ``reason`` (names of `Code`, of which one must be told); or both, if both are right. ``ways`` must be among those that
  are offered, ``others`` among what could be read as well.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from tests.support.discovery_bodies import calendar, feed, listing, posts

FOLDER = Path(__file__).parents[1] / "cases" / "discover"
NOW = datetime.fromisoformat("2026-11-21T09:00:00+08:00")
MISSING = b"<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"
REFUSING = {401, 403, 429, 451, 503}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a server answers to one address. ``to`` is where it redirects, ``wait`` how many seconds its body takes."""

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    size: int = 0
    to: str | None = None
    wait: float = 0.0
    refuses: bool = False

    @property
    def length(self) -> int:
        """How many bytes the body has."""
        return self.size or len(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What is right. Without any ``address`` nothing may be found."""

    address: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    ahead: int = 1
    reason: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case, one text asked. ``pages`` are raw: `page` makes them, `captures` names what it needs. Texts of one case
    share its ``group``: it fares well where all of them do."""

    name: str
    group: str
    file: str
    asked: str
    now: datetime
    timezone: str
    pages: Mapping[str, Any]
    expect: Expect
    held_out: bool
    instance: str | None
    http_only: frozenset[str]
    self_signed: frozenset[str]

    @property
    def captures(self) -> list[str]:
        """The captures it needs, as paths below the folder of cases."""
        return [page["capture"] for page in self.pages.values() if isinstance(page, dict) and "capture" in page]

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts that there are, with their ports where an address names one."""
        return frozenset(_host(pattern) for pattern in self.pages)

    def page(self, address: str) -> Page | None:
        """What is answered to an address; None where the case knows nothing of its host."""
        if address.endswith("/robots.txt") and address not in self.pages:
            return Page(status=404) if _host(address) in self.hosts else None
        exact = (pattern for pattern in self.pages if "*" not in pattern and is_one_of(address, (pattern,)))
        found = next(exact, None) or next((pattern for pattern in self.pages if is_one_of(address, (pattern,))), None)
        if found is not None:
            return _page(self.pages[found], self.now)
        if _host(address) not in self.hosts:
            return None
        return Page(status=404, body=MISSING, headers={"Content-Type": "text/html; charset=utf-8"})


def is_one_of(address: str, patterns: tuple[str, ...]) -> bool:
    """Whether one of these is meant by an address: as written, a ``*`` standing for anything. What is written in signs
    of its own and what is encoded are the same."""
    return any(_pattern(pattern).fullmatch(unquote(address)) for pattern in patterns)


@cache
def _pattern(written: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in unquote(written).split("*")))


@cache
def all_cases() -> tuple[Case, ...]:
    """Every case, every text that it asks, in the order of the files; a case that asks several is several."""
    found = tuple(case for path in sorted(FOLDER.glob("*.toml")) for case in _of_file(path))
    names = [case.name for case in found]
    assert len(set(names)) == len(names), sorted({name for name in names if names.count(name) > 1})
    return found


def captures_folder() -> Path | None:
    """Where captures lie; None where they are not at hand."""
    folder = os.environ.get("QUANZI_CASES")
    return Path(folder) if folder else None


def _of_file(path: Path) -> Iterator[Case]:
    written = tomllib.loads(path.read_text(encoding="utf-8"))
    pages: dict[str, dict[str, Any]] = {}
    for raw in written.pop("case"):
        known = raw.keys() - {"name", "about", "asked", "now", "timezone", "pages", "expect", "held_out", "instance"}
        assert known <= {"like", "http_only", "self_signed"}, (path.name, raw["name"], known)
        mine = pages.get(raw.get("like", ""), {}) | raw.get("pages", {})
        pages[raw["name"]] = mine
        asked = raw["asked"] if isinstance(raw["asked"], list) else [raw["asked"]]
        for number, text in enumerate(asked, start=1):
            yield Case(
                name=raw["name"] if len(asked) == 1 else f"{raw['name']}-{number}",
                group=raw["name"],
                file=path.stem,
                asked=text,
                now=raw.get("now", NOW),
                timezone=raw.get("timezone", "Asia/Shanghai"),
                pages=mine,
                expect=_expect(raw["expect"]),
                held_out=raw.get("held_out", False),
                instance=raw.get("instance"),
                http_only=frozenset(raw.get("http_only", ())),
                self_signed=frozenset(raw.get("self_signed", ())),
            )
    assert not written, (path.name, written)


def _expect(raw: dict[str, Any]) -> Expect:
    many = {"address", "kind", "reason", "ways", "others"}
    values = {key: _several(value) if key in many else value for key, value in raw.items()}
    return Expect(**values)


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _page(raw: Any, now: datetime) -> Page:
    given: dict[str, Any] = {"body": raw} if isinstance(raw, str) else dict(raw)
    body = _body(given, now)
    headers = {"Content-Type": _type_of(body)} if body else {}
    headers |= given.get("headers", {})
    to = given.get("to")
    if to:
        headers["Location"] = to
    return Page(
        status=given.get("status", 302 if to else 200),
        headers=headers,
        body=body,
        size=given.get("size", 0),
        to=to,
        wait=given.get("wait", 0.0),
        refuses=given.get("refuses", False),
    )


def _body(given: dict[str, Any], now: datetime) -> bytes:
    folder = captures_folder()
    if "capture" in given and folder is not None:
        return (folder / given["capture"]).read_bytes()
    if "calendar" in given:
        return calendar(now, given["calendar"], given.get("past", 0)).encode()
    for key, made in (("feed", feed), ("posts", posts), ("listing", listing)):
        if key in given:
            return made(now, given[key]).encode()
    return str(given.get("body", "")).encode()


def _type_of(body: bytes) -> str:
    start = body.lstrip()[:200].lower()
    if start.startswith(b"begin:vcalendar"):
        return "text/calendar; charset=utf-8"
    if start.startswith((b"<?xml", b"<rss", b"<feed")):
        return "application/xml; charset=utf-8"
    if start.startswith((b"{", b"[")):
        return "application/json; charset=utf-8"
    return "text/html; charset=utf-8" if start.startswith(b"<") else "text/plain; charset=utf-8"


def _host(address: str) -> str:
    return address.partition("://")[2].partition("/")[0].partition("?")[0]
