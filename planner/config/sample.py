"""The shipped config.yaml is sample and manual, nobody's own. ``python -m planner.config.sample`` notes its digest.

A clone holds the digest of the sample that it ships with, so that a program installed elsewhere knows the sample too
(`planner.glance.is_shipped_sample`).
"""

from __future__ import annotations

import sys
from pathlib import Path

from planner.glance import DIGEST, digest_of

IN_WHEEL = Path(sys.prefix) / "share/quanzi/config.yaml"
ROOT = Path(__file__).resolve().parents[2]


def manual() -> Path:
    """Where the sample stands that this program ships with: in its clone, else where its wheel put it."""
    in_clone = ROOT / "config.yaml"
    return in_clone if in_clone.is_file() else IN_WHEEL


if __name__ == "__main__":
    (ROOT / DIGEST).write_text(digest_of((ROOT / "config.yaml").read_bytes()) + "\n", encoding="ascii")
