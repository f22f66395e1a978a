"""The house: where the clock stands, how large things may grow, what imports what (the layers: pyproject.toml)."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted([*(ROOT / "spiders").rglob("*.py"), *(ROOT / "planner").rglob("*.py")])
TESTS = sorted((ROOT / "tests").rglob("*.py"))
CLOCKS = {"now", "today", "utcnow", "time"}
HAVE_A_DEADLINE = ("spiders/crawl.py",)  # which is no time of day
TOP, LINES, LINES_OF_A_FUNCTION = 26, 320, 51
# What is wrong today. Whoever mends one takes it out here; nothing is added.
CIRCLES: set[frozenset[str]] = set()
TOO_LONG: set[str] = set()


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def clocks(text: str) -> set[str]:
    """The calls by which this code asks what time it is."""
    calls = {
        ast.unparse(node.func)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS
    }
    return {call for call in calls if call.split(".")[0] in {"datetime", "date", "time", "dt"}}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_command_line_asks_the_clock(path):
    if not name_of(path).startswith("planner/cli/") and name_of(path) not in HAVE_A_DEADLINE:
        assert not clocks(path.read_text("utf-8"))


def test_a_clock_would_be_found():
    assert clocks("import datetime\nx = datetime.datetime.now(None)\ny = time.time()\nz = run.now()") == {
        "datetime.datetime.now",
        "time.time",
    }


def test_nothing_grows_out_of_sight():
    assert len([path for path in (ROOT / "planner").iterdir() if path.name != "__pycache__"]) <= TOP
    texts = {name_of(path): path.read_text("utf-8") for path in MODULES}
    assert {name for name, text in texts.items() if len(text.splitlines()) > LINES} == TOO_LONG
    assert not {
        f"{name}: {node.name}"
        for name, text in texts.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LINES_OF_A_FUNCTION
    }


def test_the_wheel_holds_every_package():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]
    packages = {name_of(path.parent).replace("/", ".") for path in MODULES if path.name == "__init__.py"}
    assert set(settings["packages"]) == packages | {"planner.templates"}
    assert len(settings["packages"]) == len(packages) + 1, "each once"
    assert {name_of(path.parent) for path in MODULES} == {name.replace(".", "/") for name in packages}


def circles(follows: dict[str, set[str]]) -> set[frozenset[str]]:
    """Groups of modules that import each other, whatever way round."""
    reached: dict[str, set[str]] = {}
    for module in follows:
        seen, waiting = set(), [module]
        while waiting:
            new = follows[waiting.pop()] - seen
            seen |= new
            waiting += new
        reached[module] = seen
    groups = {frozenset({one, *(other for other in reached[one] if one in reached[other])}) for one in follows}
    return {group for group in groups if len(group) > 1}


def test_no_modules_import_each_other_also_not_late_or_for_types():
    graph = grimp.build_graph("planner", "spiders", cache_dir=None)
    assert circles({name: graph.find_modules_directly_imported_by(name) for name in graph.modules}) == CIRCLES


def test_a_circle_would_be_found():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}) == {frozenset("bc")}


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_no_test_leans_on_another(path):
    """What tests share stands in tests/support, in fixtures of a conftest, or in a contract."""
    parts = {tuple(name.split(".")) for name in imported(path) if name.startswith("tests.")}
    assert not {".".join(part) for part in parts if any(each.startswith(("test_", "conftest")) for each in part)}


@pytest.mark.parametrize("path", [path for path in TESTS if path.name.startswith("test_")], ids=name_of)
def test_a_test_lies_where_its_subject_lies(path):
    """A folder of tests has the name of a package, of tests themselves, or of nothing narrower than the program."""
    folder = path.parent.relative_to(ROOT / "tests")
    assert (ROOT / folder).is_dir()
