"""An afterparty, a dinner, a reception: what is held under the name of a main event and is not that event."""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from datetime import timedelta
from pathlib import Path

from spiders.items import Event
from spiders.text.glyphs import simplified

TIMES_AS_LONG = 2
LONGER = timedelta(minutes=90)


@functools.lru_cache(maxsize=50_000)
def is_after(title: str) -> bool:
    """Whether a title names what is held after or around a main event."""
    text = unicodedata.normalize("NFKC", title)
    return bool(_words().search(text if text.isascii() else text.translate(simplified())))


@functools.cache
def _words() -> re.Pattern[str]:
    with (Path(__file__).parent / "afters.toml").open("rb") as file:
        table = tomllib.load(file)
    english = "|".join(table["english"])
    letters = "[A-Za-z]"
    return re.compile(rf"{'|'.join(table['chinese'])}|(?<!{letters})(?:{english})(?!{letters})", re.IGNORECASE)


def is_part(one: Event, other: Event) -> bool:
    """Whether the hours make one a part of the other, or what follows it: they begin together and one is at least twice
    as long, or one begins when the other is over. Only ends that are told count."""
    first, second = sorted((one, other), key=lambda event: (event.start is None, event.start))
    if first.start is None or second.start is None or first.all_day or second.all_day:
        return False
    if first.end is not None and first.start < first.end <= second.start:
        return True
    if first.end is None or second.end is None:
        return False
    short, long = sorted((first.end - first.start, second.end - second.start))
    return timedelta() < short and long >= TIMES_AS_LONG * short and long - short >= LONGER
