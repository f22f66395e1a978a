"""Articles that announce an event whose time stands in a picture alone: which pictures are asked for, and what one of
them adds. The article gives title and description, the picture time, place, price and link."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

from spiders.discover.address import site_of
from spiders.items import Event, Illustrated, Reading
from spiders.reasons import Code, Reason

MOST_PICTURES, MEBIBYTES = 3, 10
"""Of one article: as many pictures are asked for, in order, until one tells a time; and so much in all."""
MOST_ARTICLES = 5  # of one source in one run


def pictures_of(article: Illustrated, page: str) -> list[str]:
    """The addresses of an article's pictures that may be asked for, in order: on the host of the article (or of the
    ``page`` that told of it), of the same owner, or where its platform keeps pictures."""
    homes = {site_of(address) for address in (article.event.url, page) if address}
    allowed = homes | {site for home in (*homes, "*") for site in _hosts().get(home, ())}
    own = (address for address in article.pictures if urlsplit(address).scheme in ("http", "https"))
    return [address for address in own if site_of(address) in allowed][:MOST_PICTURES]


@cache
def _hosts() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("picture_hosts.toml").read_text("utf-8"))


def told_by(event: Event, reading: Reading, address: str, *, is_entry: bool) -> Event | None:
    """The article's event with what a picture tells of it; None where the picture tells no time. Several starts are no
    time that one may rely on: the first is told, as doubtful. The entry of a list keeps the address it is known by."""
    dated = {each.start: each for each in reading.events if each.start is not None}
    if not dated:
        return None
    seen = dated[min(dated)]
    doubts = [*event.evidence.doubts, *seen.evidence.doubts]
    sure = seen.evidence.sure
    if len(dated) > 1:
        sure, doubts = "doubtful", [*doubts, Reason(Code.TWO_STARTS)]
    evidence = replace(seen.evidence, sure=sure, doubts=tuple(dict.fromkeys(doubts)), picture=address)
    return replace(
        event,
        start=seen.start,
        end=seen.end,
        all_day=seen.all_day,
        timezone=seen.timezone,
        recurrence=seen.recurrence,
        place=seen.place or event.place,
        mode=seen.mode or event.mode,
        price=seen.price or event.price,
        url=event.url if is_entry else seen.url or event.url,
        evidence=evidence,
    )


def with_told(readings: Sequence[Reading], article: Illustrated, event: Event) -> list[Reading]:
    """Readings in which an event stands in the place of the one that an article told without a time; in a reading of
    its own where the article told none."""
    told = [replace(each, events=tuple(_instead(each.events, article.event, event))) for each in readings]
    if any(event in each.events for each in told):
        return told
    return [*told, Reading(reader="picture", events=(event,))]


def _instead(events: Iterable[Event], former: Event, event: Event) -> Iterable[Event]:
    return (event if each.start is None and each.uid == former.uid else each for each in events)
