"""A folder with a configuration and one source."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli import CALENDAR, CONFIG


@pytest.fixture
def home(tmp_path) -> Path:
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    return tmp_path
