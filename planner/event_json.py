"""Events as JSON objects: what ``extract`` prints, ``classify`` reads (contract, section 5) and the store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from planner.i18n.reasons import english
from spiders import reason_json
from spiders.items import Event, Evidence, Place, Price


def to_json(event: Event) -> dict[str, Any]:
    """An event as a JSON object. Times are ISO 8601 with offset, dates alone where all day, ``end`` exclusive. Doubts
    are said in English, whatever the language of the person: other programs read them."""
    return _to_json(event, [english(doubt) for doubt in event.evidence.doubts])


def to_store(event: Event) -> dict[str, Any]:
    """The same as the store keeps it: doubts by their codes."""
    values = _to_json(event, [reason_json.to_json(doubt) for doubt in event.evidence.doubts])
    if event.availability is not None:
        values["availability"] = event.availability
    if event.notice is None:
        return values
    days = {name: day and day.isoformat() for name, day in (("former", event.former), ("until", event.former_until))}
    return {**values, "notice": event.notice, **days}


def _to_json(event: Event, doubts: list[Any]) -> dict[str, Any]:
    place, price = event.place, event.price
    return {
        "uid": event.uid,
        "occurrence": event.occurrence,
        "source": event.source,
        "title": event.title,
        "start": _moment(event.start, all_day=event.all_day),
        "end": _moment(event.end, all_day=event.all_day),
        "all_day": event.all_day,
        "timezone": event.timezone,
        "location": place
        and {
            "name": place.name,
            "address": place.address,
            "district": place.district,
            "city": place.city,
            "latitude": place.latitude,
            "longitude": place.longitude,
        },
        "mode": event.mode,
        "url": event.url,
        "organizer": event.organizer,
        "price": price and {"min": price.min, "max": price.max, "currency": price.currency},
        "status": event.status,
        "recurrence": event.recurrence,
        "description": event.description,
        "categories": list(event.categories),
        "published": event.published and event.published.isoformat(),
        "sure": event.evidence.sure,
        "evidence": {
            "when": event.evidence.when,
            "where": event.evidence.where,
            "doubts": doubts,
            "inferred": list(event.evidence.inferred),
            **({"picture": event.evidence.picture} if event.evidence.picture else {}),
        },
    }


def from_json(values: Mapping[str, Any], *, source: str = "") -> Event:
    """The event of a JSON object; keys that are missing are unknown. Doubts are codes or texts.

    Raises ValueError where it is no event.
    """
    title = values.get("title")
    if not isinstance(title, str) or not title.strip():
        raise ValueError("event: has no title")
    zone = str(values.get("timezone") or "UTC")
    all_day = bool(values.get("all_day"))
    location = values.get("location")
    if isinstance(location, str):
        location = {"name": location}
    price = values.get("price")
    evidence = values.get("evidence") or {}
    return Event(
        source=str(values.get("source") or source),
        uid=str(values.get("uid") or title),
        occurrence=values.get("occurrence"),
        title=title,
        start=_parse(values.get("start"), zone),
        end=_parse(values.get("end"), zone),
        all_day=all_day,
        timezone=zone,
        place=Place(**{name: location.get(name) for name in Place.__slots__}) if location else None,
        mode=values.get("mode"),
        url=values.get("url"),
        organizer=values.get("organizer"),
        description=values.get("description"),
        categories=tuple(values.get("categories") or ()),
        price=Price(**{name: price.get(name) for name in Price.__slots__}) if price else None,
        status=values.get("status") or "confirmed",
        recurrence=values.get("recurrence"),
        published=datetime.fromisoformat(values["published"]) if values.get("published") else None,
        availability=values.get("availability"),
        notice=values.get("notice"),
        former=date.fromisoformat(values["former"]) if values.get("former") else None,
        former_until=date.fromisoformat(values["until"]) if values.get("until") else None,
        evidence=Evidence(
            sure=values.get("sure") or "stated",
            when=evidence.get("when"),
            where=evidence.get("where"),
            doubts=tuple(reason_json.recalled(doubt) for doubt in evidence.get("doubts") or ()),
            inferred=tuple(evidence.get("inferred") or ()),
            picture=evidence.get("picture"),
        ),
    )


def _moment(moment: datetime | None, *, all_day: bool) -> str | None:
    if moment is None:
        return None
    return moment.date().isoformat() if all_day else moment.isoformat()


def _parse(text: Any, zone: str) -> datetime | None:
    if not text:
        return None
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as exc:
        raise ValueError(f"event: {zone} is no time zone") from exc
    if len(str(text)) == 10:
        return datetime.combine(date.fromisoformat(text), time(), info)
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=info) if moment.tzinfo is None else moment.astimezone(info)
