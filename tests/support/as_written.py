"""Small inputs as sites and people write them, one a line, and what they say: ``tests/cases/readers/as_written``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "cases" / "readers" / "as_written"


def as_written(name: str) -> list[dict[str, Any]]:
    """The inputs of one kind, in their order."""
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()]
