"""One direction: planner imports spiders; nobody imports the command line; readers know neither Scrapy nor a clock."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted([*(ROOT / "spiders").rglob("*.py"), *(ROOT / "planner").rglob("*.py")])
CLOCKS = {"now", "today", "utcnow", "time"}


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    names = imported(path)
    where = path.relative_to(ROOT).parts
    if where[0] == "spiders":
        assert not {name for name in names if name.split(".")[0] == "planner"}
    if where[:2] in {("spiders", "readers"), ("spiders", "text")}:
        assert not {name for name in names if name.split(".")[0] in {"scrapy", "twisted", "socket", "urllib.request"}}
    if where[:2] != ("planner", "cli"):
        assert not {name for name in names if name.startswith("planner.cli")}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_command_line_asks_the_clock(path: Path) -> None:
    where = path.relative_to(ROOT).parts
    if where[:2] == ("planner", "cli") or where == ("spiders", "crawl.py"):  # a deadline is no time of day
        return
    calls = {
        f"{ast.unparse(node.func)}"
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    }
    assert not {call for call in calls if call.split(".")[0] in {"datetime", "date", "time", "dt"}}
