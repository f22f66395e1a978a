"""Whatever a person meets is in their language: no English sentence where the configuration is Chinese, no Chinese one
where it is English. Names, addresses, commands and what is quoted stand as they are; log records (``-v``) are English.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from planner.cli import VERDICTS
from planner.config import parse
from planner.errors import ConfigError
from planner.glance import language_of
from planner.i18n.catalog import Catalog, templates_folder
from tests.support.cli import NOW, ROOT, run
from tests.support.mistake_cases import Case, cases

AT = ("--now", NOW)
TITLES = {
    "zh": ("样板储能沙龙", "样板头马例会", "样板桌游夜"),
    "en": ("Sample Storage Salon", "Sample Speakers", "Sample Games"),
}
WORDS = {"zh": ("储能", "头马"), "en": ("storage", "speakers")}
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:a
DTSTART;TZID=Asia/Shanghai:20261126T190000
DTEND;TZID=Asia/Shanghai:20261126T210000
SUMMARY:{0}
END:VEVENT
BEGIN:VEVENT
UID:b
DTSTART;TZID=Asia/Shanghai:20261124T193000
DTEND;TZID=Asia/Shanghai:20261124T213000
SUMMARY:{1}
STATUS:TENTATIVE
END:VEVENT
END:VCALENDAR
"""
CONFIG = """city: {city}
timezone: Asia/Shanghai
language: {language}
currency: CNY
interests: {{industry: [{words[0]}], practice: [{words[1]}]}}
sources:
  - {{id: club, kind: ical, file: club.ics}}
  - {{id: gone, kind: ical, file: gone.ics}}
  - {{id: shut, kind: ical, url: "http://127.0.0.1:1/a.ics"}}
  - {{id: games, kind: recurrence, title: {titles[2]}, text: "{rule}"}}
"""
NOTE = {
    "zh": "样板沙龙\n时间：2026年11月27日 19:00\n地点：样板路1号\n",
    "en": "Sample talk\nFriday, November 27, 2026, 7 pm\nSample Hall\n",
}
ESSAY = {"zh": "今天天气很好，我们去散步。\n" * 40, "en": "The weather is fine and we take a walk.\n" * 40}

_SAID_AS_IT_IS = re.compile(
    r"systemctl .*$|(?:quanzi|make|pip|sources) [a-z]+(?: [^\s（，。；]+)*|https?://\S+|urn:uuid:\S+|--[a-z-]+|[\"“‘'`][^\"”’'`\n]*[\"”’'`]|^.*\|.*$",
    re.MULTILINE,
)
"""Commands, addresses, quoted words, and lines of a configuration under a message."""
_SENTENCES = {
    "zh": re.compile(r"(?<![\w/.@-])[A-Za-z][a-z']+(?: +[A-Za-z][a-z']*){2,}"),
    "en": re.compile("[\u3400-\u9fff]"),
}


def foreign(text: str, language: str) -> list[str]:
    """The lines of a text in which a sentence of the other language stands."""
    left = _SAID_AS_IT_IS.sub(" ", text.replace("圈子", " ").replace("中文", " "))
    return [line.strip() for line in left.splitlines() if _SENTENCES[language].search(line)]


@pytest.fixture(params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture
def world(tmp_path, language) -> Path:
    """A home all of whose names are of its language; the machine speaks the other one."""
    write_config(tmp_path, language)
    (tmp_path / "club.ics").write_text(CALENDAR.format(*TITLES[language]), encoding="utf-8")
    (tmp_path / "note.txt").write_text(NOTE[language], encoding="utf-8")
    (tmp_path / "essay.txt").write_text(ESSAY[language], encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    return tmp_path


def write_config(home: Path, language: str) -> None:
    rule, city = ("每周三 19:00", "上海") if language == "zh" else ("every Wednesday 19:00", "Shanghai")
    text = CONFIG.format(language=language, words=WORDS[language], titles=TITLES[language], rule=rule, city=city)
    (home / "config.yaml").write_text(text, encoding="utf-8")


def said(home: Path, language: str, *arguments: str, stdin: str = "") -> list[str]:
    """What a command says in the wrong language."""
    result = run(home, *arguments, stdin=stdin, language={"zh": "C", "en": "zh_CN.UTF-8"}[language])
    assert "Traceback" not in result.stderr, arguments
    return [f"{' '.join(arguments)}: {line}" for line in foreign(result.stdout + "\n" + result.stderr, language)]


def test_the_eye_sees_a_sentence_of_the_other_language():
    assert foreign("读取失败：the read operation timed out", "zh") == ["读取失败：the read operation timed out"]
    assert foreign("not read: 连接超时", "en") == ["not read: 连接超时"]
    assert not foreign("接着：quanzi week --offline（来源 club、gone）", "zh")


def calls(language: str) -> Iterator[tuple[str, ...]]:
    """Every command, at its best and at its worst."""
    storage, speech, games = TITLES[language]
    yield from ((name, *AT) for name in ("gather", "week", "plan", "publish", "refresh", "events", "communities"))
    yield from (("sources", "suggest"), ("sources", "suggest", "--city", "Toronto", "--topic", WORDS[language][1]))
    yield from (("sources", "list"), ("plan", *AT, "--week", "next"), ("events", *AT, "--topic", WORDS[language][0]))
    for name in ("why", "history", *VERDICTS):
        yield from ((name, title, *AT) for title in (storage, speech, games, "none"))
    yield from (("extract", "note.txt", *AT), ("extract", "picture.png"), ("extract", "none.txt"), ("extract", "-"))
    yield from (("extract", "essay.txt", *AT), ("classify", "club.ics", *AT, "--explain"), ("classify", "essay.txt"))
    yield from (("when", "tomorrow 7pm", *AT), ("when", "foo"), ("when", "2026-02-30 19:00"))
    yield from (("add", "note.txt", *AT), ("add", "essay.txt", *AT), ("add", "picture.png"), ("add", "-"))
    yield from (("add", "--inbox"), ("add", "--inbox", "x"), ("add", "note.txt", "essay.txt", "none.txt", *AT))
    yield from (("add", "--clipboard"), ("add", "--clipboard", "x"), ("extract", "picture.png", "--kind", "text"))
    yield from (("add", "http://127.0.0.1:1/x"), ("edit", storage, "--when", "20:00", *AT), ("edit", "none"))
    yield from (("remove", speech, *AT), ("undo", *AT), ("undo", *AT), ("undo", *AT), ("undo", *AT))
    yield from (("sources", "add", {"zh": "隔周周四 19:30", "en": "every other Thursday 19:30"}[language]),)
    yield from (("sources", "add", "http://127.0.0.1:1/"), ("sources", "remove", "none"), ("sources", "check", "none"))
    yield from (
        ("sources", "remove", "games", "--yes"),
        ("cron", "--for", "all"),
        ("doctor", *AT),
        ("doctor", *AT, "--quiet"),
        ("serve", "--host", "256.1.1.1"),
    )
    yield from (("plan", "--week", "x"), ("plan", "--now", "x"), ("events", "--from", "x"), ("events", "--limit", "0"))
    yield from (("events", "--track", "x"), ("why",), ("plan", "--no"), ("serve", "--port", "x"), ("frob",), ("weak",))
    yield from (("when", "1", "2", "3"), ("serve", "--address", "x y"), ())
    yield from (("backup", "kept.tar.gz", *AT), ("backup", "kept.tar.gz"), ("backup", "none/x"), ("restore", "none"))
    yield from (("restore", "kept.tar.gz"), ("restore", "kept.tar.gz", "--to", "other"), ("restore", "note.txt"))
    yield from (("restore", "kept.tar.gz", "--to", "other", "--force"),)


def test_no_command_speaks_the_other_language(world, language, processes_stay):
    wrong = [line for call in calls(language) for line in said(world, language, *call)]
    for file in sorted((world / "out").rglob("*")):
        if file.suffix in {".txt", ".html", ".ics", ".xml"}:
            text = re.sub(r"<style.*?</style>", "", file.read_text("utf-8"), flags=re.DOTALL)
            wrong += [f"{file.name}: {line}" for line in foreign(re.sub(r"<[^>]+>", "\n", text), language)]
    assert wrong == []


ALL_HELP = """
from planner.cli import COMMANDS, quanzi, main
from planner.i18n.click_texts import speak
speak("{language}")
OF_SOURCES = ("add", "suggest", "list", "check", "remove")
names = [(), *((name,) for name in COMMANDS), *(("sources", name) for name in OF_SOURCES)]
for name in names:
    quanzi.main([*name, "--help"], standalone_mode=False)
"""


def test_no_help_speaks_the_other_language(world, language):
    told = subprocess.run(
        [sys.executable, "-c", ALL_HELP.format(language=language)],
        cwd=world, capture_output=True, text=True, check=True,
        env={"LANG": "C.UTF-8", "HOME": str(world), "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert len(told.stdout.splitlines()) > 200
    assert foreign(told.stdout, language) == []


@pytest.mark.parametrize("file", ["typical", "variations"])
def test_no_mistake_in_the_configuration_is_told_in_the_other_language(file, language):
    own = [case for case in cases(file) if language_of(case.config.encode()) in {None, language}]
    messages = [told for case in own for told in messages_of(case, language)]
    assert len(messages) > 20
    assert [line for message in messages for line in foreign(message, language)] == []


def messages_of(case: Case, language: str) -> Iterator[str]:
    """What is told of a configuration, without the words that it quotes from it."""
    try:
        parse(case.config.encode(), "config.yaml", Catalog(language))
    except ConfigError as exc:
        quoted = sorted(set(re.findall(r"[A-Za-z']+|[\u3400-\u9fff]+", case.config)), key=len, reverse=True)
        for problem in exc.problems:
            yield re.sub("|".join(map(re.escape, quoted)), "", problem.message)


@pytest.mark.parametrize("name", sorted(file.stem.partition(".")[0] for file in templates_folder().glob("*.en.toml")))
def test_no_text_of_ours_holds_a_sentence_of_the_other_language(name, language):
    texts = _flat(tomllib.loads((templates_folder() / f"{name}.{language}.toml").read_text("utf-8")), name)
    asks_for_answers = ("words.start.yes", "words.start.no", "words.start.language")
    held = {key: foreign(text, language) for key, text in texts if not key.startswith(asks_for_answers)}
    assert {key: lines for key, lines in held.items() if lines} == {}


def _flat(table: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(table, dict):
        for key, value in table.items():
            yield from _flat(value, f"{at}.{key}")
    elif isinstance(table, list):
        for value in table:
            yield from _flat(value, at)
    else:
        yield at, str(table)
