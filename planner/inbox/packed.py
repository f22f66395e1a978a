"""Files that hold others: known by their first bytes, and never opened."""

from __future__ import annotations

_PACKED = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0", b"BZh", b"\xfd7zXZ")


def is_packed(body: bytes) -> bool:
    """Whether it packs other files, or is what offices write: nothing is unpacked."""
    return body.startswith(_PACKED)
