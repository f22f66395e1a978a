"""A team chat on loopback, and the message told to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from planner.config.notify import Notify
from planner.deliver.chat import notify
from planner.deliver.chat.message import Message
from planner.i18n.catalog import Catalog
from planner.render.cards import Card
from planner.render.digest import Digest
from planner.store import Store

EN = Catalog("en")
AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
MESSAGE = Message(
    week="2026-W48",
    title="圈子 11月23日–29日：2 场",
    picks=("周二 19:30 读书会（样板书店）\nhttps://club.example/a?b=1", "周四 19:00 储能沙龙（园区）"),
    changes=("改期：桌游夜",),
)


@dataclass
class Chat:
    port: int = 0
    code: int = 200
    answer: bytes = b"{}"
    where: str | None = None
    heard: list[tuple[str, dict[str, object]]] = field(default_factory=list)


def tell(store: Store, *addresses: str, message: Message = MESSAGE, **wanted: object):
    settings = Notify.model_validate({"channels_env": "CHATS", **wanted})
    return notify(settings, message, store, AT, EN, environment={"CHATS": "\n".join(addresses)})


HOSTILE = '<at user_id="all">x</at> @all @everyone [win](https://evil.example) <!channel> `rm` <b>&amp;</b> *x* _y_'


def card(title: str, **known: str) -> Card:
    values = {
        "id": "x", "title": title, "track": "practice", "track_name": "practice", "day": "Tue 24 Nov",
        "hours": "19:30–21:30", "when": "Tue 24 Nov 19:30–21:30",
        "place": "Sample Hall", "price": "free", "link": "https://club.example/a", "about": "",
    }  # fmt: skip
    return Card(**{**values, **known})  # type: ignore[arg-type]


def view(*cards: Card, changes: tuple[str, ...] = (), initiative: str | None = None) -> Digest:
    return Digest(
        language="en", title="", week="", dates="23–29 Nov", summary=f"{len(cards)} picks", days=(), cards=cards,
        also_good=(), changes=changes, failures=(), notes=(), initiative=initiative,
    )  # fmt: skip
