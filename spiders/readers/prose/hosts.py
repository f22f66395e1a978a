"""Who holds an event: the host that its text names, or whoever the whole calendar or feed is of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlsplit

from spiders.items import Event
from spiders.readers import normalize as fields
from spiders.readers.announcement.fields import find_fields, values
from spiders.text.glyphs import normalize

_LONGEST_NAME = 80
_HAN = re.compile("[\u4e00-\u9fff]")
_LABEL_ZH = re.compile(r"主办|主辦|发起|發起|举办方|舉辦方|组织者")
_MAYBE_HOSTED = re.compile(r"osted[ \t]by|OSTED[ \t]BY|[Oo]rgani[sz]e|ORGANI[SZ]E")  # cheap, for most texts have none
_HOSTED = re.compile(
    r"^[^\w\n]{0,6}(?:hosted[ \t]by|organi[sz]ed[ \t]by|organi[sz]ers?)[ \t*_]{0,4}(?P<colon>:)?[ \t*_]{0,4}"
    r"(?P<name>[^\n]{2,200})$",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS_OR_FILE = re.compile(r"@|://|^[\w-]+\.[A-Za-z]{2,5}$|^[\da-f]{16,}$|^\W*$")
# What a calendar calls itself beside the name of whoever keeps it.
_GENERIC = (
    r"(?:(?:upcoming|new|public|all|our|my|the|main|community|official)[ \t]+)?"
    r"(?:calendars?|events?|meetings?|activities|schedule|agenda|programs?|feed|rss|ical|ics|untitled|home|blog|news)"
)
_GENERIC_ZH = r"(?:的?(?:日历|日曆|行事历|日程|活动|活動|公告|通知|订阅|首页|官网)(?:表|预告|列表|日历|中心)?)"
_EDGE = r"[ \t]*(?:[-–—|:·»/]|&|\band\b)?[ \t]*"
_TAIL = re.compile(
    rf"(?:{_EDGE}\b{_GENERIC}|{_EDGE}{_GENERIC_ZH}|[ \t]+[-–(\[|][ \t]*[\d/.-]+[)\]]?"
    r"|[ \t]+[-–—|·][ \t]+[\w.-]{0,20}(?:feeds?|rss\w{0,9}))$",
    re.IGNORECASE,
)
_HEAD = re.compile(rf"^{_GENERIC}(?:[ \t]*[-–—|:·][ \t]*|[ \t]+(?:at|of|for|by|from)[ \t]+)", re.IGNORECASE)
_PLATFORM = re.compile(r"[ \t]*[(\[][A-Z][a-z]+[)\]]$")
FIRST_LINE_IS_GROUP = ("meetup.com",)
"""Platforms whose calendars begin each description with the name of the group."""
FEW_PLACES, MANY_PLACES, MANY_SITES = 8, 80, 4
"""From so many located events on it is asked whether one host is behind them; nobody is at so many places at once,
nor at so many sites."""


def stated_host(text: str) -> str | None:
    """The host that a line of a description names: ``Hosted by: …``, ``主办：…``. None where lines name several."""
    lines = _HOSTED.finditer(text) if _MAYBE_HOSTED.search(text) else ()
    names = [name for match in lines if (name := _of_line(match["name"], match["colon"] is not None))]
    if _LABEL_ZH.search(text):
        found = find_fields(normalize(text))
        names += [name for _, value in values(found, text, "host") if (name := _of_line(value.split("\n")[0], True))]
    different = list(dict.fromkeys(names))
    return different[0] if len(different) == 1 else None


def _of_line(value: str, labelled: bool) -> str | None:
    name = fields.line(value.strip(" \t*_:：|,，、.。"))
    if name is None or not 2 <= len(name) <= _LONGEST_NAME or "@" in name or "://" in name:
        return None
    if not labelled and not re.fullmatch(r"(?:[A-Z\d&][\w'’&.-]*|of|the|and|for|de|[ \t])+", name):
        return None  # a sentence that happens to begin its line
    return name if re.match(r"[A-Z\d\"“]", name) or _HAN.match(name) else None


def host_of_calendar(name: str | None) -> str | None:
    """Whom the name of a calendar or a feed names, without the words that say it is one: None for a mail address, a
    file name, and where such words are all there is."""
    text = fields.line(name)
    if text is None or _ADDRESS_OR_FILE.search(text):
        return None
    for _ in range(4):
        shorter = _HEAD.sub("", _TAIL.sub("", _PLATFORM.sub("", text))).strip(" \t-–—|:·&/")
        if shorter == text:
            break
        text = shorter
    bare = re.fullmatch(rf"{_GENERIC}|{_GENERIC_ZH}", text, re.IGNORECASE)
    return text if 2 <= len(text) <= _LONGEST_NAME and bare is None and not _ADDRESS_OR_FILE.search(text) else None


def group_of(event: Event) -> str | None:
    """The group of an event whose platform writes it into the first line of each description."""
    host = urlsplit(event.url or "").hostname or ""
    if not any(host == name or host.endswith(f".{name}") for name in FIRST_LINE_IS_GROUP):
        return None
    first = (event.description or "").split("\n", 1)[0].strip()
    return first if 2 <= len(first) <= _LONGEST_NAME and "@" not in first and not first.startswith(("*", "#")) else None


def is_of_one_host(events: Sequence[Event], name: str) -> bool:
    """Whether a calendar is its host's own, and not one that lists the evenings of a whole town: those are held at ever
    other places, linked at ever other sites, and by several hosts that are named."""
    places = Counter(
        (event.place.name or event.place.address or "").casefold() for event in events if event.place is not None
    )
    located = places.total()
    if located >= FEW_PLACES and (len(places) > MANY_PLACES or 2 * len(places) > located):
        return False
    sites = Counter(urlsplit(event.url).hostname for event in events if event.url)
    if sites.total() >= FEW_PLACES and len(sites) >= MANY_SITES and sites.most_common(1)[0][1] < 0.8 * sites.total():
        return False
    told = {event.organizer.casefold() for event in events if event.organizer}
    return len(told - {name.casefold()}) < 2
