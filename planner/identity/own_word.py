"""The user's own word about an event beats what every source says of it, until the user takes it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.types import OWN, Merged, OwnWord
from spiders.items import Event

FIELDS: Mapping[str, tuple[str, ...]] = {
    "title": ("title",),
    "time": ("start", "end", "all_day", "timezone"),
    "place": ("place",),
    "price": ("price",),
    "url": ("url",),
}
"""What a user may name of an event, and the fields of the event that follow it."""


def with_own_words(merged: Iterable[Merged], words: Mapping[str, OwnWord]) -> list[Merged]:
    """Events with the user's word put over what sources say; the others as they are."""
    return [_followed(each, words[each.id]) if each.id in words else each for each in merged]


def inherited_words(merged: Sequence[Merged], words: Mapping[str, OwnWord]) -> dict[str, OwnWord]:
    """The words about events that were joined with others, by the ids that these have now. -> {} where none was."""
    names = {each.id for each in merged}
    return {
        each.id: replace(words[record.event_id], id=each.id)
        for each in merged
        if each.id not in words
        for record in each.records
        if record.event_id in words and record.event_id not in names and record.event_id is not None
    }


def public_words(word: OwnWord | None) -> OwnWord | None:
    """The part of a word that the public may know of an event that public sources tell: its time, and that it is not
    to be shown. What the user calls it, and the place where they meet, is theirs."""
    if word is None:
        return None
    return replace(word, fields=tuple(name for name in word.fields if name == "time"))


def followed(event: Event, word: OwnWord) -> Event:
    """An event as the user's word has it. A time that the user told is beyond doubt."""
    if word.event is not None:
        named: dict[str, Any] = {
            field: getattr(word.event, field) for name in word.fields for field in FIELDS.get(name, ())
        }
        if "time" in word.fields:
            named["evidence"] = replace(event.evidence, sure="stated", when=word.event.evidence.when, doubts=())
        event = replace(event, **named)
    return replace(event, status="cancelled") if word.removed else event


def _followed(merged: Merged, word: OwnWord) -> Merged:
    """The user's last word about the time counts, be it told of the event or in a note that it moved."""
    moved = any(
        each.source == OWN and each.event.notice == "moved" and each.changed > word.at for each in merged.records
    )
    fields = tuple(name for name in word.fields if name != "time" or not moved)
    return replace(merged, event=followed(merged.event, replace(word, fields=fields)), word=word)
