"""Score how short notes are read, as ``quanzi add`` reads them: python -m benchmarks.score_notes [--faults].

The notes are our own (tests/cases/notes, written, not real). One is right where every event it holds has its name, its
start (and end, where the note tells one) and its place, and nothing else was read; one that leaves the hour open is
right where no time is made up, so that it is asked for.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from spiders.items import Context, Event
from spiders.readers import note

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases" / "notes"
LONGER = 4
"""So many characters a name may be longer than expected: a call or a particle, not the place or the time."""


@dataclass(frozen=True, slots=True)
class Case:
    """One note with what should be read of it, and the moment and the zone that it was written in."""

    text: str
    events: tuple[dict[str, Any], ...]
    context: Context


def cases(folder: Path = CASES) -> list[Case]:
    """All notes of a folder, in order."""
    return [case for path in sorted(folder.glob("*.toml")) for case in notes_in(path)]


def notes_in(path: Path) -> list[Case]:
    """The notes of one file, in order."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    now = datetime.fromisoformat(told["now"])
    context = Context(
        source="own", now=now, timezone=told["zone"], window_start=now, window_end=now + timedelta(days=120)
    )
    return [Case(each["text"].strip(), tuple(each.get("events", ())), context) for each in told["note"]]


def faults(case: Case) -> list[str]:
    """What was read wrong of a note, by field; nothing where all is right."""
    events = note.read(case.text, case.context).events
    if not case.events:
        return [] if all(event.start is None for event in events) else ["asks"]
    found = sorted(events, key=lambda event: event.start.isoformat() if event.start else "")
    wanted = sorted(case.events, key=lambda each: each["when"])
    if len(found) != len(wanted):
        return ["count"]
    return [fault for each, event in zip(wanted, found, strict=True) for fault in _faults(each, event)]


def _faults(wanted: dict[str, Any], event: Event) -> list[str]:
    found = []
    if not is_named(event.title, wanted["what"]):
        found.append("what")
    start = event.start.isoformat() if event.start else ""
    if not start.startswith(wanted["when"]) or event.all_day is not ("T" not in wanted["when"]):
        found.append("when")
    elif "until" in wanted and not (event.end and event.end.isoformat().startswith(wanted["until"])):
        found.append("until")
    place = event.place
    told = " ".join(filter(None, (place.name, place.address))) if place else ""
    where = wanted.get("where")
    if (where is None and told) or (where is not None and _folded(where) not in _folded(told)):
        found.append("where")
    if wanted.get("rule", False) is not (event.recurrence is not None):
        found.append("rule")
    return found


def is_named(title: str, wanted: str) -> bool:
    """Whether a title holds the wanted name and little else."""
    return _folded(wanted) in _folded(title) and len(_folded(title)) <= len(_folded(wanted)) + LONGER


def _folded(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def main(arguments: Sequence[str]) -> None:
    """Print how many are right, field by field, and with --faults each that is not."""
    wrong: Counter[str] = Counter()
    told = cases()
    right = 0
    for case in told:
        found = faults(case)
        right += not found
        wrong.update(set(found))
        if found and "--faults" in arguments:
            read = [
                (
                    event.title,
                    event.start and event.start.isoformat(),
                    event.place and (event.place.name, event.place.address),
                )
                for event in note.read(case.text, case.context).events
            ]
            print(f"{'/'.join(found)}: {case.text!r}\n    {read}")
    print(f"{len(told)} notes, {right} right; wrong: {dict(wrong)}")


if __name__ == "__main__":
    main(sys.argv[1:])
