"""What a configuration tells at a glance, without the libraries that read and check all of it: commands that must start
at once need no more. A key is seen in a line of its own at the left margin, also in what is no YAML."""

from __future__ import annotations

import re
from pathlib import Path

from planner.i18n.catalog import LANGUAGES

DIGEST = Path("planner/config/sample.sha256")
"""Where a clone notes the digest of the sample that it ships with."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_LANGUAGE, _TIMEZONE = (
    re.compile(rb"^[\"']?" + key + rb"[\"']?[ \t]*:[ \t]*[\"']?([^\s\"'#]+)", re.MULTILINE)
    for key in (b"language", b"timezone")
)


def language_of(raw: bytes) -> str | None:
    """What ``language:`` says in a configuration, however wrong the rest is; None where it says nothing we speak."""
    language = _said(_LANGUAGE, raw)
    return language if language in LANGUAGES else None


def timezone_of(raw: bytes) -> str | None:
    """What ``timezone:`` says, be it a zone or not; None where it says nothing."""
    return _said(_TIMEZONE, raw)


def _said(key: re.Pattern[bytes], raw: bytes) -> str | None:
    said = key.search(raw.removeprefix(_BYTE_ORDER_MARK))
    return said[1].decode("utf-8", "replace") if said else None


def is_shipped_sample(path: Path) -> bool:
    """Whether a configuration is the sample that a clone ships with, in that clone and byte for byte (whatever ends its
    lines)."""
    try:
        noted = (path.resolve().parent / DIGEST).read_text("ascii").strip()
        return noted == digest_of(path.read_bytes())
    except (OSError, UnicodeDecodeError):
        return False


def digest_of(raw: bytes) -> str:
    """SHA-256 of a text, its lines ended as on Unix."""
    import hashlib  # in a clone alone

    return hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()
