"""The documentation names every command and key, and its links lead somewhere; no private places are named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from planner.cli import COMMANDS
from planner.config import Config

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")])


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_every_command_stands_in_the_readme(readme):
    text = (ROOT / readme).read_text("utf-8")
    named = set(re.findall(r"`(?:quanzi )?(\w+)[^`]*`", text))
    assert not set(COMMANDS) - named


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", ["configuration.md", "configuration.zh-CN.md"])
def test_every_key_stands_in_the_page_on_configuration(page):
    text = (ROOT / "docs" / page).read_text("utf-8")
    assert not {key for key in Config.model_fields if f"`{key}`" not in text}


def test_the_architecture_names_every_room_and_no_other():
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    rooms = [path for path in (ROOT / "planner").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]
    names = {room.name for room in rooms} - {"__init__.py"}
    assert not {name for name in names if f"`{name}" not in text and f"planner/{name}" not in text}
    named = set(re.findall(r"`((?:planner|spiders|tests|templates)/[\w./]+)`", text))
    assert not {name for name in named if not (ROOT / name).exists()}
