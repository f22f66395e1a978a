"""The JSON Schema of config.yaml for editors: ``python -m planner.config.schema`` writes it anew."""

from __future__ import annotations

import json
from pathlib import Path

from planner.config.model import Config

FILE = Path(__file__).parent / "schema.json"


def write() -> None:
    """Write ``schema.json`` beside this module."""
    FILE.write_text(json.dumps(Config.model_json_schema(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write()
