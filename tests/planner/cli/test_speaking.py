"""The command line speaks the language of the configuration, whatever the machine's; no English inside Chinese."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from planner.cli._progress import report_line
from planner.config.extras import pip_install
from planner.i18n.catalog import Catalog
from planner.inbox.understanding import why_nothing
from planner.store.lock import only_run
from spiders.items import SourceReport
from spiders.reasons import Code, Reason
from tests.support.cli import CALENDAR, CONFIG, NOW, run, run_apart

LATIN = re.compile(r"[A-Za-z]{4,}")


@pytest.fixture
def chinese(tmp_path) -> Path:
    """A home whose configuration is Chinese; `run` has LANG=C."""
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="zh"), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("events", "--week", "soon"), "--week soon：不是哪一周"),
        (("week", "--week", "2026-W60"), "--week 2026-W60：不是哪一周"),
        (("events", "--week", "soon", "--config", "other.yaml"), "--week soon：不是哪一周"),
        (("events", "--from", "soon"), "soon：不是日期"),
        (("events", "--now", "soon"), "--now soon：不是时刻"),
        (("why", "nothing"), "nothing：没有这个活动"),
        (("history", "nothing"), "nothing：没有这个活动"),
        (("like", "nothing"), "nothing：没有这个活动"),
        (("like",), "是哪场活动？"),
    ],
)
def test_what_is_wrong_with_a_call_is_told_in_the_configurations_language(chinese, arguments, told):
    (chinese / "config.yaml").rename(chinese / "other.yaml")
    (chinese / "config.yaml").write_text("language: zh\n" if "--config" not in arguments else "language: en\n")
    result = run(chinese, *arguments)
    assert result.returncode == 2
    assert told in result.stderr


def test_a_wrong_week_is_told_also_where_the_configuration_is_wrong(chinese):
    (chinese / "config.yaml").write_text("language: zh\ncity: [\n")
    assert "不是哪一周" in run(chinese, "plan", "--week", "soon").stderr
    assert "少了配对的 ]" in run(chinese, "plan").stderr


WEEKS = {
    "en": "--week soon: not a week (write this, next or 2026-W48)\n",
    "zh": "--week soon：不是哪一周（写 this、next 或 2026-W48）\n",
}


@pytest.mark.parametrize(("language", "told"), WEEKS.items(), ids=WEEKS)
def test_a_wrong_week_is_told_in_the_language_of_the_environment_without_a_configuration(tmp_path, language, told):
    result = run(tmp_path, "plan", "--week", "soon", language={"en": "C", "zh": "zh_CN.UTF-8"}[language])
    assert (result.returncode, result.stderr) == (2, told)


@pytest.mark.parametrize("command", ["plan", "like"])
@pytest.mark.parametrize(("language", "told"), [("en", "another run is under way"), ("zh", "另一次运行还没结束")])
def test_that_another_run_is_under_way_is_told_in_the_configurations_language(chinese, command, language, told):
    (chinese / "config.yaml").write_text(CONFIG.format(language=language), encoding="utf-8")
    with only_run(chinese / "quanzi.db", "en"):
        result = run(chinese, command, *(["x"] if command == "like" else []), "--now", NOW)
    assert result.returncode == 75
    assert told in result.stderr


@pytest.mark.parametrize(("language", "told"), [("en", "not a database"), ("zh", "不是数据库")])
def test_that_the_store_is_not_ours_is_told_in_the_configurations_language(chinese, language, told):
    (chinese / "config.yaml").write_text(CONFIG.format(language=language), encoding="utf-8")
    (chinese / "quanzi.db").write_text("my diary")
    result = run(chinese, "events", "--now", NOW)
    assert result.returncode == 1
    assert told in result.stderr


def test_what_was_understood_is_shown_in_chinese(chinese):
    shown = run(chinese, "add", "-", "--now", NOW, stdin="周末桌游\n时间：11月28日 14:00\n地点：三叶会客厅").stdout
    assert "(写明的)" in shown
    assert "已保存 1 场" in shown
    nothing = run(chinese, "add", "-", "--now", NOW, stdin="今天天气不错。").stderr
    assert nothing.startswith("什么时候：天气不错")
    assert not LATIN.search(nothing.replace("--when", ""))


def test_what_was_understood_is_shown_in_english(chinese):
    (chinese / "config.yaml").write_text("language: en\n")
    text = "周末桌游\n时间：11月28日 14:00\n地点：三叶会客厅"
    shown = run(chinese, "add", "-", "--now", NOW, stdin=text, language="zh_CN.UTF-8").stdout
    assert "(stated)" in shown
    assert "saved: 1 event (next: quanzi plan)" in shown


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        (
            Reason(Code.NO_EVENT, why=Reason(Code.AN_ARTICLE)),
            'nothing added: this reads like an article, not an event (if it is one, say when: --when "Friday 7pm")',
            "没有添加：读起来是普通文章。要是活动，请补上时间：--when “周五晚7点”",
        ),
        (None, "nothing added: no event", "没有可添加的：没有活动"),
        (Reason(Code.EMPTY), "nothing added: empty: no content", "没有可添加的：空白，没有内容"),
    ],
)
def test_why_nothing_was_added_is_a_sentence(reason, english, chinese):
    assert (why_nothing(reason, Catalog("en")), why_nothing(reason, Catalog("zh"))) == (english, chinese)


def test_a_quiet_source_is_said_to_be_quiet_once():
    report = SourceReport(source="museum", outcome="quiet", reason=Reason(Code.EMPTY_CALENDAR))
    assert report_line(report, Catalog("en")) == "quiet: a calendar without events"


def test_how_the_sources_fare_is_told_in_chinese(chinese):
    gathered = run_apart(chinese, "gather", "--now", NOW)
    assert "club: 读到 2 场\n" in gathered.stderr
    assert "gone: 读取失败：" in gathered.stderr
    assert not LATIN.search(gathered.stderr.replace(str(chinese), "").replace("club", "").replace("gone", ""))
    listed = run(chinese, "sources", "list", "--now", NOW).stdout
    assert "正常" in listed
    assert "读取失败" in listed


def test_a_file_that_cannot_be_read_is_told_without_english(chinese):
    told = run(chinese, "extract", "nowhere.txt", language="zh_CN.UTF-8").stderr
    assert told == "nowhere.txt：读不了：没有这个文件\n"


def test_the_history_of_an_event_reads_like_the_digest(chinese):
    assert run(chinese, "gather", "--now", NOW).returncode == 0
    moved = CALENDAR.replace("20261124T193000", "20261125T190000").replace("20261124T213000", "20261125T210000")
    (chinese / "club.ics").write_text(moved.replace("SUMMARY:样板", "STATUS:CANCELLED\r\nSUMMARY:样板"))
    assert run(chinese, "week", "--now", "2026-11-21T09:00:00+08:00").returncode == 0
    told = run(chinese, "history", "头马", "--now", "2026-11-21T10:00:00+08:00").stdout
    assert "11月20日 周五 20:00  第一次见到" in told
    assert "11月21日 周六 09:00  开始：11月24日 周二 19:30 → 11月25日 周三 19:00 (club)" in told
    assert "状态：如期 → 已取消" in told


def test_long_titles_are_cut_in_the_table_and_whole_in_json(chinese):
    title = "新能源储能出海" * 12
    (chinese / "club.ics").write_text(CALENDAR.replace("样板头马俱乐部例会", title))
    assert run(chinese, "week", "--now", NOW).returncode == 0
    for command in ("events", "plan"):
        table = run(chinese, command, "--now", NOW).stdout
        assert title[:15] in table
        assert title[:25] not in table
        assert title in run(chinese, command, "--now", NOW, "--json").stdout


def test_a_library_is_installed_where_the_program_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv/bin/python"))
    assert pip_install("apprise") == ".venv/bin/python -m pip install apprise"
    monkeypatch.setattr(sys, "executable", "/opt/my tools/python")
    assert pip_install("a", "b") == '"/opt/my tools/python" -m pip install a b'
