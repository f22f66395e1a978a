"""Labelled announcements taken apart: their times and the candidates for their names, each with whether it is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.announcement_texts import Labelled
from spiders.readers.announcement import notices
from spiders.readers.announcement.judgement import Judgement, Model
from spiders.readers.announcement.reader import AnnouncementReader, parts_of
from spiders.readers.announcement.select import Judged, judged_times, occasions_from
from spiders.text.decode import decode

Features = Mapping[str, float]


@dataclass
class Example:
    """One text with what is learnt from it."""

    case: Labelled
    reader: AnnouncementReader
    told: notices.Told | None
    times: tuple[Judged, ...]
    labels: tuple[float | None, ...]
    names: tuple[tuple[tuple[Features, ...], tuple[bool, ...]], ...]


NOTHING = Judgement(Model(0.0, {}), Model(0.0, {}), Model(0.0, {}))


def example(case: Labelled, gold: Any) -> Example | None:
    """A text taken apart; None for an empty one."""
    parts = parts_of(decode(case.body, {}).text)
    if parts is None:
        return None
    headline, body, page = parts
    told = notices.told_in(headline, body)
    reader = AnnouncementReader.of(told.title if told else headline, body, case.context, page, NOTHING)
    times = judged_times(reader.article, reader.mentions, NOTHING.time)
    labels = tuple(label(one, case) for one in times)
    return Example(case, reader, told, times, labels, names(reader, times, labels, case, gold))


def label(one: Judged, case: Labelled) -> float | None:
    """1 for a time of a listed event, 0 for none, None for one that may be told or left out."""
    if _meets(one, case.gold.get("events") or []):
        return 1.0
    others = list(case.gold.get("optional_events") or [])
    for each in case.gold.get("alt_events") or []:
        others += each if isinstance(each, list) else [each]
    return None if _meets(one, others) else 0.0


def _meets(one: Judged, events: Iterable[Mapping[str, Any]]) -> bool:
    day, clock = one.time.day.isoformat(), one.time.clock
    for event in events:
        for start in (event.get("start"), *event.get("start_also_ok", [])):
            if start and start[:10] == day:
                if clock is None or "T" not in start:
                    return True
                if start[11:16] == f"{clock[0]:02d}:{clock[1]:02d}":
                    return True
    return False


def names(
    reader: AnnouncementReader, times: Sequence[Judged], labels: Sequence[float | None], case: Labelled, gold: Any
) -> tuple[tuple[tuple[Features, ...], tuple[bool, ...]], ...]:
    """For each event with its time in the text: the candidates for its name, and which of them are right."""
    chosen = [one for one, is_one in zip(times, labels, strict=True) if is_one]
    occasions = occasions_from(reader.article, reader.mentions, chosen)
    found = []
    blocks = reader.blocks(occasions)
    for block, candidates in zip(blocks, reader.names(blocks), strict=True):
        start = block.occasion.sessions[0].start.isoformat()
        events = [
            e for e in case.gold["events"] if e["start"] and (e["start"][:16] == start[:16] or e["start"] == start[:10])
        ]
        right = tuple(
            any(gold.title_sim(event, {"title": name.words}) >= 0.8 for event in events) for name in candidates
        )
        if any(right) and not all(right):
            found.append((tuple(name.features for name in candidates), right))
    return tuple(found)
