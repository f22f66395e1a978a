"""Where ids come from: each is drawn once, from the record that founded its event."""

from __future__ import annotations

import base64
import hashlib

from planner.types import Record


def event_id(record: Record) -> str:
    """The id that a record founds: 16 letters and digits of a hash of where it came from."""
    return letters(f"{record.source}\n{record.key}")


def letters(text: str) -> str:
    """The same 16 letters and digits for the same text."""
    return base64.b32encode(hashlib.sha256(text.encode()).digest()[:10]).decode().lower()
