"""What the doctor found, as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from planner.i18n.catalog import Catalog

Check = Literal[
    "program", "config", "clock", "lock", "disk", "store", "secrets", "people", "calendars", "jobs", "sources",
    "delivery", "schedule", "ping",
]  # fmt: skip
State = Literal["ok", "note", "wrong"]
"""``note``: worth a look, and nothing is lost by it. ``wrong``: somebody has to act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at: ``key`` is its text's (``doctor.*``), with the values in it, all of them safe to
    show."""

    check: Check
    state: State
    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    def told(self, words: Catalog) -> str:
        """In the words of the reader."""
        return words(f"doctor.{self.key}", **self.values)


def ok(check: Check, key: str, **values: object) -> Finding:
    return Finding(check=check, state="ok", key=key, values=values)


def note(check: Check, key: str, **values: object) -> Finding:
    return Finding(check=check, state="note", key=key, values=values)


def wrong(check: Check, key: str, **values: object) -> Finding:
    return Finding(check=check, state="wrong", key=key, values=values)


def is_sound(findings: Iterable[Finding]) -> bool:
    """Whether nothing is wrong."""
    return all(each.state != "wrong" for each in findings)


def at(moment: datetime) -> str:
    """A moment as findings show it, on its own clock."""
    return f"{moment:%Y-%m-%d %H:%M}"
