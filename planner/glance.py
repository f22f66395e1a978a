"""What a configuration tells at a glance, without the libraries that read and check all of it: commands that must start
at once need no more. A key is seen in a line of its own at the left margin, also in what is no YAML."""

from __future__ import annotations

import re
from pathlib import Path

DIGEST = Path("planner/config/sample.sha256")
"""Where a clone notes the digest of the sample that it ships with."""
_LANGUAGES = {"zh": ("zh", "cn", "chi", "中", "汉", "漢", "简", "繁"), "en": ("en", "英")}
"""How words begin that name a language: its code, its name in either language."""
_LANGUAGE, _TIMEZONE = (
    re.compile(rf"^[\"']?{key}[\"']?[ \t]*[:：][ \t]*[\"'“]?([^\s\"'”#]+)", re.MULTILINE)
    for key in ("language", "timezone")
)


def language_of(raw: bytes) -> str | None:
    """What ``language:`` says in a configuration, however wrong the rest is; None where it says nothing we speak."""
    said = _said(_LANGUAGE, raw)
    return language_named(said) if said else None


def language_named(text: str) -> str | None:
    """``中文``, ``English``, ``zh-CN`` -> its code; None for one that we do not speak."""
    said = text.strip().casefold()
    return next((code for code, beginnings in _LANGUAGES.items() if said.startswith(beginnings)), None)


def timezone_of(raw: bytes) -> str | None:
    """What ``timezone:`` says, be it a zone or not; None where it says nothing."""
    return _said(_TIMEZONE, raw)


def _said(key: re.Pattern[str], raw: bytes) -> str | None:
    said = key.search(raw.decode("utf-8-sig", "replace"))
    return said[1] if said else None


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
