"""What a schema.org event node says, whatever shape its values have: text, object, list, reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from spiders.items import Context, Mode, Place, Price, Status
from spiders.readers import normalize
from spiders.readers.event_draft import EventDraft
from spiders.readers.markup.page import Page
from spiders.readers.schema_org.nodes import Node, types_of
from spiders.readers.schema_org.schedule import occurrences_of
from spiders.readers.timestamps import Timestamp, read_length, read_moment
from spiders.text.place_field import parted
from spiders.text.status import stated_status

_STATUS: dict[str, Status] = {
    "eventcancelled": "cancelled", "cancelled": "cancelled", "canceled": "cancelled", "eventcanceled": "cancelled",
    "eventpostponed": "postponed", "postponed": "postponed",
}  # fmt: skip
_MODES: dict[str, Mode] = {
    "onlineeventattendancemode": "online", "online": "online",
    "offlineeventattendancemode": "in-person", "offline": "in-person",
    "mixedeventattendancemode": "hybrid", "mixed": "hybrid",
}  # fmt: skip


def facts_of(node: Node, page: Page, context: Context) -> list[EventDraft]:
    """The facts of one node: one for an event, one per occurrence in the window for an ``eventSchedule``."""
    title = first_line(node.get("name"))
    # "summary" is what data-vocabulary.org, schema.org's elder, called the name.
    for key in ("headline", "summary"):
        title = title or first_line(node.get(key))
    if title is None:
        return []
    place, where, online = _place(node.get("location"))
    started = _moment(node.get("startDate"))
    facts = EventDraft(
        title=title,
        start=started[0],
        end=_moment(node.get("endDate"))[0],
        length=next((length for length in map(read_length, texts(node.get("duration"))) if length), None),
        url=_url(node, page),
        place=place,
        where=where,
        mode=_mode(node, place, online=online),
        organizer=_name(node.get("organizer")),
        description=next((text for text in map(normalize.plain, texts(node.get("description"))) if text), None),
        categories=_categories(node),
        price=_price(node),
        status=_status(node, title),
        when=started[1],
    )
    schedule = node.values.get("eventSchedule")
    if schedule:
        return occurrences_of(facts, schedule, context) or ([facts] if facts.start else [])
    return [facts]


def texts(value: Any) -> Iterator[str]:
    """Every string that a value may mean, best first: itself, its ``@value``, its ``name``; lists in their order."""
    if value is None:
        return
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item
        elif isinstance(item, int | float) and not isinstance(item, bool):
            yield str(item)
        elif isinstance(item, dict):
            for key in ("@value", "name", "@id"):
                if isinstance(item.get(key), str):
                    yield item[key]
                    break


def first_line(value: Any) -> str | None:
    """The first of a value's strings that says something, as one line."""
    if value is None or isinstance(value, str):
        return normalize.line(value)
    return next((line for line in map(normalize.line, texts(value)) if line), None)


def _moment(value: Any) -> tuple[Timestamp | None, str | None]:
    """The first value that is a moment, and its words."""
    for text in texts(value):
        moment = read_moment(text)
        if moment is not None:
            return moment, text.strip()
    return None, None


def _url(node: Node, page: Page) -> str | None:
    for key in ("url", "mainEntityOfPage", "sameAs", "@id"):
        for text in texts(node.values.get(key)):
            if key == "@id" and text.startswith(("#", "_:")):
                continue
            address = normalize.web_address(text) or normalize.web_address(text, page.url)
            if address and "schema.org" not in address:
                return address
    return None


def _place(value: Any) -> tuple[Place | None, str | None, str | None]:
    """The first place, the words for it, and the address or the words of an online room if one is named."""
    place = where = online = None
    for item in value[:20] if isinstance(value, list) else [value]:
        found, words, room = _location(item)
        online = online or room
        if place is None and found is not None:
            place, where = found, words
    return place, where or online, online


def _location(item: Any) -> tuple[Place | None, str | None, str | None]:
    """One location as a place, its words, and the online room that it names instead or beside it."""
    place: Place | None = None
    where: str | None = None
    if isinstance(item, str):
        field = parted(normalize.plain(item) or "")
        place, where = normalize.place_of(item), normalize.line(item)
    elif isinstance(item, dict) and "VirtualLocation" not in types_of(item):
        place, where = _place_object(item)
        field = parted(where or "")
        if field.online and place is not None:
            place = replace(place, name=parted(place.name or "").place) if field.place and place.name else None
    elif isinstance(item, dict):
        return None, None, next(texts(item.get("url")), "online")
    else:
        return None, None, None
    return place, where if place else None, where if field.online else None


def _place_object(item: dict[str, Any]) -> tuple[Place | None, str | None]:
    name = first_line(item.get("name"))
    address, city, district = _address(item.get("address") or item.get("location"))
    geo = item.get("geo") if isinstance(item.get("geo"), dict) else item
    assert isinstance(geo, dict)
    point = normalize.coordinate(_scalar(geo.get("latitude")), _scalar(geo.get("longitude")))
    if not address and "streetAddress" in item:
        address, city, district = _address(item)
    where = ", ".join(dict.fromkeys(text for text in (name, address) if text)) or None
    if not (name or address or city or point):
        return None, None
    if name and address and name == address:
        name = None
    place = Place(
        name=name, address=address, city=city, district=district,
        latitude=point[0] if point else None, longitude=point[1] if point else None,
    )  # fmt: skip
    return normalize.located(place), where


def _scalar(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _address(value: Any) -> tuple[str | None, str | None, str | None]:
    value = _scalar(value)
    if isinstance(value, str):
        return normalize.line(value.replace("\n", ", ")), None, None
    if not isinstance(value, dict):
        return None, None, None
    part = {
        key: first_line(value.get(key))
        for key in ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry", "name")
    }
    street, city = part["streetAddress"] or part["name"], part["addressLocality"]
    ordered = (street, city, part["addressRegion"], part["postalCode"])
    whole = ", ".join(
        dict.fromkeys(text for text in ordered if text and not (text != street and street and text in street))
    )
    return whole or None, city, None


def _mode(node: Node, place: Place | None, *, online: str | None) -> Mode | None:
    """As the node says it; but "offline" is what software writes that was never asked, beside an online room."""
    named = (_MODES.get(_bare(text)) for text in texts(node.get("eventAttendanceMode")))
    mode = next((each for each in named if each), None)
    is_moved = any(_bare(text) == "eventmovedonline" for text in texts(node.get("eventStatus")))
    if mode == "in-person" and (is_moved or online):
        mode = None
    if mode is None and online:
        return "hybrid" if place else "online"
    return mode or ("online" if is_moved else None)


def _bare(text: str) -> str:
    return text.rstrip("/").replace(":", "/").rsplit("/", 1)[-1].strip().lower()


def _status(node: Node, title: str) -> Status:
    for text in texts(node.get("eventStatus")):
        status = _STATUS.get(_bare(text))
        if status:
            return status
    return stated_status(title)


def _name(value: Any) -> str | None:
    for text in texts(value):
        name = normalize.line(text)
        if name and not normalize.web_address(name) and "@" not in name:
            return name
    return None


def _categories(node: Node) -> tuple[str, ...]:
    found: list[str] = []
    for key in ("keywords", "eventType", "genre"):
        for text in texts(node.values.get(key)):
            pieces = text.split(",") if "," in text else [text]
            found.extend(
                name for piece in pieces[:30] if (name := normalize.line(piece)) and not normalize.web_address(name)
            )
    return tuple(dict.fromkeys(found))[:30]


def _price(node: Node) -> Price | None:
    """What the offers ask: the cheapest and the dearest; "free" is 0."""
    offers = node.values.get("offers")
    amounts: list[float] = []
    currency = None
    for offer in (offers if isinstance(offers, list) else [offers])[:100]:
        if not isinstance(offer, dict):
            continue
        nested = offer.get("priceSpecification")
        for holder in (offer, _scalar(nested)):
            if isinstance(holder, dict):
                amounts += [
                    n for key in ("lowPrice", "price", "highPrice") if (n := _amount(holder.get(key))) is not None
                ]
                code = next(texts(holder.get("priceCurrency")), "").strip().upper()
                currency = currency or (code if len(code) == 3 and code.isalpha() else None)
    free = node.values.get("isAccessibleForFree")
    if not amounts and str(next(texts(free), free)).rsplit("/", 1)[-1].lower() == "true":
        amounts = [0.0]
    return Price(min=min(amounts), max=max(amounts), currency=currency) if amounts else None


def _amount(value: Any) -> float | None:
    value = _scalar(value)
    if isinstance(value, bool) or value is None:
        return None
    text = str(value).strip().replace(",", "").lstrip("$€£¥￥")
    if text.lower() in ("free", "免费"):
        return 0.0
    try:
        amount = float(text)
    except ValueError:
        return None
    return amount if 0 <= amount < 10_000_000 else None
