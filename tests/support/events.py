"""A moment, a zone, and events that are plausible in all that a test does not say."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from spiders.items import Event, Evidence, Place, Price
from spiders.reasons import Code, Reason

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=SHANGHAI)  # a Friday evening: the coming week is 2026-W48


def make_event(title: str = "桌游夜", *, start: datetime | None = None, **known: object) -> Event:
    """An event with plausible values; ``start`` defaults to the Tuesday of the coming week, 19:30."""
    values: dict[str, object] = {
        "source": "club",
        "uid": title,
        "title": title,
        "start": start or datetime(2026, 11, 24, 19, 30, tzinfo=SHANGHAI),
        "timezone": "Asia/Shanghai",
        "evidence": Evidence(),
    }
    return Event(**{**values, **known})  # type: ignore[arg-type]


def full_event() -> Event:
    """An event of which all that can be known is known."""
    return make_event(
        "头马例会",
        end=NOW + timedelta(days=4, hours=2),
        place=Place(
            name="三叶会客厅", address="示例路 1 号", district="徐汇区", city="上海", latitude=31.2, longitude=121.4
        ),
        mode="hybrid",
        url="https://club.example/1",
        organizer="样板俱乐部",
        description="第一行\n第二行",
        categories=("演讲", "社交"),
        price=Price(min=0.0, max=30.0, currency="CNY"),
        status="tentative",
        recurrence="FREQ=WEEKLY",
        published=NOW,
        occurrence="20261124T113000Z",
        evidence=Evidence(
            sure="doubtful", when="周四 11月24日", where="地点：…", doubts=(Reason(Code.WEEKDAY_CONTRADICTS),)
        ),
    )
