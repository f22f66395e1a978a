"""The shipped config.yaml is sample and manual, nobody's own. ``python -m planner.config.sample`` notes its digest.

A clone holds the digest of the sample that it ships with, so that a program installed elsewhere knows the sample too.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

DIGEST = Path("planner/config/sample.sha256")
IN_WHEEL = Path(sys.prefix) / "share/quanzi/config.yaml"
ROOT = Path(__file__).resolve().parents[2]


def is_shipped_sample(path: Path) -> bool:
    """Whether a configuration is the sample that a clone ships with, in that clone and byte for byte (whatever ends its
    lines)."""
    try:
        noted = (path.resolve().parent / DIGEST).read_text("ascii").strip()
        return noted == digest_of(path.read_bytes())
    except (OSError, UnicodeDecodeError):
        return False


def manual() -> Path:
    """Where the sample stands that this program ships with: in its clone, else where its wheel put it."""
    in_clone = ROOT / "config.yaml"
    return in_clone if in_clone.is_file() else IN_WHEEL


def digest_of(raw: bytes) -> str:
    """SHA-256 of a text, its lines ended as on Unix."""
    return hashlib.sha256(raw.replace(b"\r\n", b"\n")).hexdigest()


if __name__ == "__main__":
    (ROOT / DIGEST).write_text(digest_of((ROOT / "config.yaml").read_bytes()) + "\n", encoding="ascii")
