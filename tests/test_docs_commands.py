"""Every command line of READMEs and documentation is one that the program takes, and what can run here runs."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click import ClickException, MissingParameter

from planner.errors import QuanziError
from tests.support.cli import CALENDAR, NOW, run
from tests.support.pages import PAGES, calls_in_blocks, calls_in_sentences, command_of, parsed

each = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
CALLS = sorted({shlex.join(call) for page in PAGES for call in calls_in_blocks(page)})
ELSEWHERE = re.compile(
    r"init|demo|serve|restore|store copy|work|people --import|sources add|add (?:https?:|--clipboard|.*\.jpg)"
    r"|week --config|extract(?! -v notice)"
)
"""What asks a person, the web or a model, listens, names a path or a backup of nobody's, reads a picture or a
clipboard, wants a database on a server, or takes a process of its own again."""
GIVEN = {"EVENT": "头马", "WORD": "储能"}
NOTICE = "Board games night\nFri 27 Nov 19:00-21:30, South Studio\n"
CONFIG = """city: 上海
language: zh
interests: {industry: [储能], practice: [头马, 桌游]}
sources:
  - {id: club, kind: ical, file: club.ics}
inbox: {folder: in}
"""


@each
def test_every_command_line_is_taken(page: Path) -> None:
    refused = {shlex.join(call): why for call in calls_in_blocks(page) if (why := _refusal(call))}
    assert not refused


@each
def test_commands_in_sentences_are_taken(page: Path) -> None:
    """There a name may stand alone."""
    refused = {shlex.join(call): why for call in calls_in_sentences(page) if (why := _refusal(call, named=True))}
    assert not refused


def _refusal(call: list[str], *, named: bool = False) -> str | None:
    try:
        parsed(["7" if word == "N" else word for word in call])
    except MissingParameter as exc:
        return None if named else exc.format_message() or "an argument is missing"
    except ClickException as exc:
        return exc.format_message()
    except QuanziError as exc:
        return str(exc)
    return None


@pytest.mark.parametrize("call", ["plan --quite", "why", "weak", "events --limit none", "sources ad x"])
def test_a_mistake_is_seen(call: str) -> None:
    assert _refusal(shlex.split(call))


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A configuration with a published week, a verdict and members, and the files that the pages name."""
    place = tmp_path_factory.mktemp("own") / "folder"
    for name in ("notice.txt", "公告.txt", "notices/one.txt", "公告/one.txt"):
        (place / name).parent.mkdir(exist_ok=True, parents=True)
        (place / name).write_text(NOTICE, "utf-8")
    named = CALENDAR.replace("例会", "例会 Sample Toastmasters").replace(
        "沙龙", "沙龙 salon 老地方桌游局 Board games night"
    )
    (place / "club.ics").write_text(named, "utf-8")
    (place / "config.yaml").write_text(CONFIG, "utf-8")
    (place / "members").mkdir()
    for name in ("members/Ana Bell.yaml", "members/林小溪.yaml", "lee.yaml"):
        (place / name).write_text("interests: {practice: [桌游]}\n", "utf-8")
    (place / "members.csv").write_text("name,interests.industry\nKim Sample,logistics\n", "utf-8")
    for call in (["week", "--quiet"], ["went", "头马"], ["met", "Ana Bell, 林小溪"], ["members", "import", "members"]):
        assert run(place, *call, "--now", NOW).returncode == 0
    return place


@pytest.mark.parametrize("call", [call for call in CALLS if not ELSEWHERE.match(call)])
def test_it_runs(call: str, lived_in: Path, tmp_path: Path) -> None:
    words = [GIVEN.get(word, word) for word in shlex.split(call)]
    _, command, _ = command_of(words)
    takes_now = words and any(parameter.name == "now" for parameter in command.params)
    shutil.copytree(lived_in, tmp_path, dirs_exist_ok=True)
    result = run(tmp_path, *words, *(["--now", NOW] if takes_now else []), stdin=NOTICE)
    assert result.returncode == 0, result.stderr
