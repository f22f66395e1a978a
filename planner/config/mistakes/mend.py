"""A mistake and what mends it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planner.config.mistakes.draft import Edit


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """``kind`` is the code of the message (``config.mistake.…``) and ``values`` are those of its text; ``line`` and
    ``column`` (from 0) say where the mistake was made; the edits put it right."""

    kind: str
    line: int
    column: int
    edits: tuple[Edit, ...]
    values: Mapping[str, object] = field(default_factory=dict)
