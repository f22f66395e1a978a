"""Which events of a source are kept, by the words that the configuration wants in them or does not want."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from spiders.items import Event, Source
from spiders.text.late_pattern import LatePattern

# Letters that are written without spaces between words: kana, ideographs, Hangul. A word of them stands anywhere.
_UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_SPACED = rf"[^\W{_UNSPACED}]"
_STARTS, _ENDS = LatePattern(_SPACED), LatePattern(rf"{_SPACED}\Z")


def sifted(source: Source, events: Mapping[str, Event]) -> tuple[dict[str, Event], tuple[str, ...]]:
    """Events by their key -> those that are kept, and the keys of those that are left out.

    A notice without a time is no event of its own: it passes. Words are compared without case and width; those of
    letters that stand between spaces as whole words, others wherever they stand.
    """
    if not source.only and not source.without:
        return dict(events), ()
    only, without = _pattern(source.only), _pattern(source.without)
    kept, left_out = {}, []
    for key, event in events.items():
        is_event = event.notice is None or event.start is not None
        words = _words_of(event) if is_event else ""
        if is_event and ((only and not only.search(words)) or (without and without.search(words))):
            left_out.append(key)
        else:
            kept[key] = event
    return kept, tuple(left_out)


def _words_of(event: Event) -> str:
    place = event.place
    where = (place.name, place.address, place.district, place.city) if place is not None else ()
    said = (event.title, event.description, *event.categories, event.organizer, *where)
    return _folded("\n".join(text for text in said if text))


@lru_cache(maxsize=512)
def _pattern(words: Sequence[str]) -> LatePattern | None:
    """One pattern for all words; None for none."""
    return LatePattern("|".join(map(_one, words))) if words else None


def _one(word: str) -> str:
    text = _folded(word).strip()
    before = rf"(?<!{_SPACED})" if _STARTS.match(text) else ""
    behind = rf"(?!{_SPACED})" if _ENDS.search(text) else ""
    return before + r"\s+".join(map(re.escape, text.split())) + behind


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
