"""How sources break, derived from the pages of the sample city; and how they live from day to day while all is well.

A page is taken apart into what stands before its items, the items, and what stands behind them. A source that lives
shows those of several weeks: new ones come, what is over goes, now and then one is withdrawn, the order changes.
"""

from __future__ import annotations

import hashlib
import random
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from planner.demo.city import City, Page
from spiders.items import Context, Document
from spiders.readers import dispatch

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
WEEKS = 5
ITEMS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"BEGIN:VEVENT.*?END:VEVENT\r?\n",
        r"<item>.*?</item>\n?",
        r"<entry>.*?</entry>\n?",
        r"<script type=\"application/ld\+json\">.*?</script>\n?",
        r"<li class=\"list-entry\".*?</ul>\s*</li>\n?",
        r"<li [^>]*itemtype=.*?\n</li>\n?",
        r"<li class=\"(?:news|entry)\">.*?\n</li>\n?",
        r"<tr><td>.*?</tr>\n?",
    )
)
_ADDRESSES = re.compile(
    r"(href=\"|<link>|<guid[^>]*>|<id>|\"@id\": \"|\"url\": \"|\nURL:|\nUID:[\w-]+)"
    r"((?:[^\"<\n@]|(?<!\nUID)@)*?)(?=[\"<\n@])"
)
_LASTING = re.compile(r"RRULE:|RECURRENCE-ID")


def parts(text: str) -> tuple[str, list[str], str]:
    """A page before, in and behind its items."""
    for pattern in ITEMS:
        found = list(pattern.finditer(text))
        if found:
            return text[: found[0].start()], [each[0] for each in found], text[found[-1].end() :]
    raise ValueError(text[:200])


def text_of(page: Page, encoding: str) -> str:
    return page.body.decode(encoding)


@dataclass(frozen=True)
class Item:
    """One item: shown from ``since`` on, until ``until``; its event begins at ``start``."""

    text: str
    start: datetime
    since: date
    until: date


@dataclass(frozen=True)
class Living:
    """One source of the sample city over some weeks. ``kind`` is how it is read."""

    language: str
    host: str
    path: str
    kind: str
    zone: ZoneInfo = ZONE

    @cached_property
    def encoding(self) -> str:
        file = self.city().folder / self.host / "site.toml"
        told = tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
        return str(told.get(self.path, {}).get("encoding", "utf-8"))

    def city(self, monday: date = MONDAY, language: str | None = None) -> City:
        return City(language=language or self.language, monday=monday, zone=self.zone)

    @cached_property
    def headers(self) -> Mapping[str, str]:
        kept = self.city().page(self.host, self.path).headers
        return {name: value for name, value in kept.items() if name != "ETag"}

    @cached_property
    def frame(self) -> tuple[str, str]:
        head, _, tail = parts(text_of(self.city().page(self.host, self.path), self.encoding))
        return head, re.sub(r"<ul>.*?</ul>", "<ul></ul>", tail, flags=re.DOTALL) if "ld+json" in head + tail else tail

    @cached_property
    def items(self) -> list[Item]:
        dice = random.Random(f"{self.language} {self.host}")
        found = []
        for week in range(-1, WEEKS):
            page = self.city(MONDAY + timedelta(weeks=week)).page(self.host, self.path)
            for text in parts(text_of(page, self.encoding))[1]:
                found += self._of_week(text, week, dice)
        return found

    def _of_week(self, text: str, week: int, dice: random.Random) -> list[Item]:
        """The item as it is told in that week, under an address of its own."""
        if _LASTING.search(text):
            return [Item(text, datetime.min, date.min, date.max)] if week == 0 else []
        start = self._start(text, MONDAY + timedelta(weeks=week, days=-5))
        if start is None:
            return []
        since = start.date() - timedelta(days=dice.choice((8, 9, 10, 11, 12, 14, 20)))
        until = start.date() + timedelta(days=7 if self.kind in ("feed", "ical") else 1)
        if dice.random() < 0.03:
            until = start.date() - timedelta(days=2)  # withdrawn
        own = text if week == 0 else _ADDRESSES.sub(lambda found: f"{found[1]}{found[2]}-w{week}", text)
        return [Item(own, start, since, until)]

    def _start(self, text: str, posted: date) -> datetime | None:
        now = datetime.combine(posted, time(9), self.zone)
        context = Context(
            source="s", now=now, timezone=str(self.zone),
            window_start=now - timedelta(days=30), window_end=now + timedelta(days=120),
        )  # fmt: skip
        body = (self.frame[0] + text + self.frame[1]).encode(self.encoding)
        document = Document(body=body, url=f"http://{self.host}{self.path}", headers={
            "content-type": self.headers["Content-Type"]
        })  # fmt: skip
        starts = [event.start for event in dispatch.read(document, context, self.kind).events if event.start]
        return min(starts, default=None)

    def on(self, day: date) -> list[str]:
        """The items that are shown on a day, in an order that changes now and then."""
        shown = [item for item in self.items if item.since <= day < item.until]
        if self.kind == "feed":
            shown = sorted(shown, key=lambda item: (item.since, item.text), reverse=True)[:15]
        else:
            shown.sort(key=lambda item: (item.start.replace(tzinfo=None), item.text))
        dice = random.Random(f"{self.host} {day}")
        if self.kind != "listing" and dice.random() < 0.2:
            dice.shuffle(shown)
        return [item.text for item in shown]

    def shown(self, items: list[str], day: date) -> str:
        return self.frame[0] + "".join(items) + self.frame[1] + self._remark(day)

    def page(self, items: list[str], day: date) -> Page:
        return self.raw(self.shown(items, day))

    def _remark(self, day: date) -> str:
        """What a program that writes pages likes to leave at their end."""
        return f"<!-- {day.toordinal() % 97} ms -->\n" if self.kind in ("html", "listing") else ""

    def raw(self, text: str, **more: str) -> Page:
        return Page(status=200, body=text.encode(self.encoding, "replace"), headers={**self.headers, **more})


def sign_in(words: tuple[str, str, str]) -> Page:
    title, name, word = words
    form = f"<form method=post action=/in><label>{name}<input name=u></label><label>{word}<input type=password name=p>"
    head = f"<!DOCTYPE html><html><head><title>{title}</title></head>"
    return html(f"{head}<body>{form}</label><button>OK</button></form></body></html>")


def html(text: str, status: int = 200, **headers: str) -> Page:
    return Page(status=status, body=text.encode(), headers={"Content-Type": "text/html; charset=utf-8", **headers})


def renamed(text: str) -> str:
    """Elements, classes, properties and fields under new names."""
    text = re.sub(r"<(/?)(item|entry|li|tr|td|ul|table)\b", r"<\1x-\2", text)
    text = re.sub(r"\b(class|itemprop|itemtype)=\"([^\"]*)\"", r'\1="new-\2"', text)
    text = text.replace('"startDate"', '"beginsAt"').replace('"@type": "', '"@type": "New')
    return text.replace("DTSTART", "X-BEGIN")


def new_classes(text: str) -> str:
    return re.sub(r"class=\"([^\"]*)\"", r'class="v2-\1"', text)


_TITLES = (
    *(r"(SUMMARY:)[^\n]*", r"(<title>)[^<]*", r"(\"name\": \")[^\"]*", r"(itemprop=\"name\">)[^<]*"),
    r"(<a [^>]*>)[^<]*",
)


def one_title(item: str) -> str:
    for pattern in (
        r"(SUMMARY:)[^\n]*",
        r"(<title>)[^<]*",
        r"(\"name\": \")[^\"]*",
        r"(itemprop=\"name\">)[^<]*",
        r"(<a [^>]*>)[^<]*",
    ):
        item, count = re.subn(pattern, r"\g<1>Sample Site", item, count=1)
        if count:
            return item
    raise ValueError(item)


Break = Callable[[Living, list[str], date], Page]


def _other_language(source: Living, items: list[str], day: date) -> Page:
    other = "en" if source.language == "zh" else "zh"
    twin = next(each for each in sources(other) if place_of(each) == place_of(source))
    page = twin.page(twin.on(day), day)
    return Page(status=200, body=page.body, headers=twin.headers)


def _old(source: Living, items: list[str], day: date) -> Page:
    return source.city(MONDAY - timedelta(weeks=52)).page(source.host, source.path)


def _cut(source: Living, items: list[str], day: date) -> Page:
    page = source.page(items, day)
    return replace(page, body=page.body[: len(page.body) // 2])


BREAKAGES: Mapping[str, Break] = {
    "elements renamed": lambda source, items, day: source.raw(renamed(source.shown(items, day))),
    "classes renamed": lambda source, items, day: source.raw(new_classes(source.shown(items, day))),
    "empty list": lambda source, items, day: source.page([], day),
    "blank": lambda source, items, day: source.raw(""),
    "sign-in page": lambda source, items, day: sign_in(("登录 - 示例", "用户名", "密码")),
    "sign-in, German": lambda source, items, day: sign_in(("Willkommen zurück", "Kennung", "Kennwort")),
    "led to consent": lambda source, items, day: Page(
        status=302, body=b"", headers={"Location": "http://consent.example/choose"}
    ),
    "riddle": lambda source, items, day: html("<html><body>One moment</body></html>", **{"cf-mitigated": "challenge"}),
    "maintenance": lambda source, items, day: html(
        "<html><head><title>Sample</title></head><body><h1>Back soon</h1></body></html>"
    ),
    "truncated": _cut,
    "old copy": _old,
    "other language": _other_language,
    "half the items": lambda source, items, day: source.page(items[::2], day),
    "first half": lambda source, items, day: source.page(items[: (len(items) + 1) // 2], day),
    "one item": lambda source, items, day: source.page(items[:1], day),
    "one title": lambda source, items, day: source.page([one_title(item) for item in items], day),
}  # fmt: skip


def place_of(source: Living) -> str:
    return "listings of a city" if source.host in ("tongcheng.example", "whatson.example") else source.host


def sources(language: str) -> list[Living]:
    """The sources of the sample city that are well."""
    zh = language == "zh"
    told = (
        ("lantern.example", "/feeds/lantern.rss", "feed"),
        ("harbour.example", "/rss.xml", "feed"),
        ("chamber.example", "/atom.xml", "feed"),
        ("speakers.example", "/calendar.ics", "ical"),
        ("dice.example", "/club.ics", "ical"),
        ("hub.example", "/events", "page"),
        ("institute.example", "/list.htm" if zh else "/list.html", "listing"),
        ("library.example", "/huodong.html" if zh else "/whatson.html", "listing"),
        ("tongcheng.example" if zh else "whatson.example", "/week", "page"),
    )
    zone = ZONE if zh else ZoneInfo("Europe/London")
    return [Living(language, host, path, "html" if kind == "page" else kind, zone) for host, path, kind in told]


@dataclass
class Web:
    """What the hosts answer below each of their folders, by ``host/folder``: stands for a city to its server."""

    pages: dict[str, Page] = field(default_factory=dict)

    def page(self, host: str, path: str) -> Page:
        choice = html("<html><head><title>Your choice</title></head><body><button>Yes</button></body></html>")
        found = choice if host == "consent.example" else self.pages.get(f"{host}/{path.split('/')[1]}")
        if found is None:
            return Page(status=404, body=b"", headers={"Content-Type": "text/plain"})
        return replace(found, headers={**found.headers, "ETag": f'"{hashlib.sha256(found.body).hexdigest()[:16]}"'})
