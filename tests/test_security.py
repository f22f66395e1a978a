"""No data becomes code, and every promise of docs/security.md is a test."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted([*(ROOT / "spiders").rglob("*.py"), *(ROOT / "planner").rglob("*.py")])
PAGES = (ROOT / "docs/security.md", ROOT / "docs/security.zh-CN.md")
BUILTINS = {"eval", "exec", "compile", "__import__"}
LIBRARIES = {"pickle", "marshal", "shelve", "dill", "yaml", "elementpath", "saxonche"}
METHODS = {"from_string", "unsafe_load"}
SHELLS = {"os.system", "os.popen", "subprocess.getoutput", "asyncio.create_subprocess_shell"}


def code_from_data(text: str) -> set[str]:
    """Where a module could run what it was given: by the language, by a library of objects, a template that is made of
    a text, a shell, or a path of XPath that is not written here."""
    found = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names} & LIBRARIES
        elif isinstance(node, ast.ImportFrom):
            found |= {(node.module or "").partition(".")[0]} & LIBRARIES
        elif isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name) and function.id in BUILTINS:
                found.add(function.id)
            if isinstance(function, ast.Attribute) and ast.unparse(function) in SHELLS:
                found.add("shell")
            if isinstance(function, ast.Attribute) and function.attr in METHODS:
                found.add(function.attr)
            if any(each.arg == "shell" and not _is(each.value, False) for each in node.keywords):
                found.add("shell")
            if isinstance(function, ast.Attribute) and function.attr == "xpath":
                found |= {"xpath"} if node.args and not isinstance(node.args[0], ast.Constant) else set()
            if any(each.arg == "typ" and _is(each.value, "unsafe") for each in node.keywords):
                found.add("unsafe")
    return found


def _is(node: ast.expr, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_data_becomes_code(path):
    assert not code_from_data(path.read_text("utf-8"))


def test_code_from_data_would_be_found():
    assert code_from_data(
        "import pickle\nfrom yaml import load\neval(x)\nenv.from_string(t)\nos.system(c)\nrun(c, shell=True)\n"
        "tree.xpath(p)\nYAML(typ='unsafe')\nre.compile(x)\ntree.xpath('//a')\nrun(c, shell=False)\n"
    ) == {"pickle", "yaml", "eval", "from_string", "shell", "xpath", "unsafe"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_test_that_is_named_is_there(page):
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page.read_text("utf-8"))
    assert len(named) > 60
    for file, name in named:
        text = (ROOT / file).read_text("utf-8")
        assert re.search(rf"^(?:async )?def {name}\(|^    def {name}\(", text, re.MULTILINE), f"{file}::{name}"


def test_both_languages_name_the_same_tests():
    one, other = (re.findall(r"`tests/[\w/]+\.py::\w+`", page.read_text("utf-8")) for page in PAGES)
    assert one == other
