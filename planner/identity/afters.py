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
HALF_A_DAY = timedelta(hours=12)  # a.m. for p.m.: no other end but a mistake
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


def is_part(whole: Event, part: Event) -> bool:
    """Whether the hours make ``part``, whose title is that of ``whole`` with more behind it, another occasion.

    It begins when the whole is over, or within it and lasts half as long at most. Only ends that are told count, none
    that looks like a mistake: of a.m. for p.m., or of a zone, which leaves the length as it is.
    """
    if whole.start is None or part.start is None or whole.end is None or whole.all_day or part.all_day:
        return False
    if whole.start > part.start or whole.end <= whole.start:
        return False
    lasts = whole.end - whole.start
    if part.end is None or part.end <= part.start:
        return whole.end <= part.start
    part_lasts = part.end - part.start
    if whole.end <= part.start:
        return lasts != part_lasts or part.start == whole.end
    is_mistaken = whole.end - part.end == HALF_A_DAY
    return not is_mistaken and lasts >= TIMES_AS_LONG * part_lasts and lasts - part_lasts >= LONGER
