"""config.yaml: every problem at once, with line and key; YAML 1.2; nothing builds objects."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from planner.config import Config, load, model, parse
from planner.config.put import Put
from planner.config.source import OwnCalendar
from planner.errors import ConfigError, UsageError
from planner.i18n.catalog import Catalog

ROOT = Path(__file__).resolve().parents[3]
EN = Catalog("en")
A_MAIL = "{to: you@qq.com, from: you@qq.com, preset: qq, password_file: mail.secret}"


def problems(text: str, language: str = "en") -> list[tuple[int | None, str, str]]:
    with pytest.raises(ConfigError) as caught:
        parse(text.encode(), "config.yaml", Catalog(language))
    return [(problem.line, problem.key, problem.message) for problem in caught.value.problems]


def good(text: str) -> Config:
    return parse(text.encode(), "config.yaml", EN)


def test_the_shipped_configuration_loads_as_it_is():
    config = load(ROOT / "config.yaml", EN)
    assert config.city == "上海"
    assert len(config.sources) >= 10
    assert config.week.free.on(0, working=True) == ((18 * 60 + 30, 22 * 60),)
    assert config.store == str(ROOT / "quanzi.db")


def test_every_key_of_the_model_is_explained_in_the_shipped_configuration():
    text = (ROOT / "config.yaml").read_text("utf-8")
    for key in Config.model_fields:
        assert f"\n{key}:" in text, f"{key} is not explained"


def test_an_empty_file_gives_the_defaults():
    config = good("")
    assert (config.timezone, config.language, config.balance.industry_share) == ("Asia/Shanghai", "zh", 0.6)


def test_all_problems_come_at_once_with_line_and_key():
    found = problems(
        "city: 上海\n"
        "timezone: Mars/Olympus\n"
        "languge: zh\n"
        "week:\n"
        "  free: {weekdays: late}\n"
        "  at_most: {per_weak: 5}\n"
        "sources:\n"
        "  - {id: a, url: ftp://x.example/}\n"
        "  - {id: b}\n"
    )
    assert [(line, key) for line, key, _ in found] == [
        (2, "timezone"),
        (3, "languge"),
        (5, "week.free.weekdays"),
        (6, "week.at_most.per_weak"),
        (8, "sources[1].url"),
        (9, "sources[2]"),
    ]
    assert "did you mean language?" in found[1][2]
    assert "did you mean per_week?" in found[3][2]


def test_messages_come_in_chinese_too():
    ((_, _, message),) = problems("languge: zh\n", "zh")
    assert message == "没有这个键（是不是想写 language？）"


def test_the_message_names_file_line_and_key():
    with pytest.raises(ConfigError) as caught:
        parse(b"seller: nobody\n", "my.yaml", EN)
    assert str(caught.value) == "my.yaml:1: seller: must be expansion or key-account, not nobody"
    assert caught.value.exit_code == 2


def test_yaml_1_2_leaves_hours_and_no_as_they_are():
    config = good("city: no\nweek: {free: {weekdays: 19:00-21:00}}\n")
    assert config.city == "no"
    assert config.week.free.weekdays == ((19 * 60, 21 * 60),)


def test_named_days_beat_weekdays_and_an_empty_list_keeps_a_day_free():
    free = good('week: {free: {wed: [], fri: ["21:00-23:00", "18:00-20:00"], weekend: "10:00-24:00"}}').week.free
    assert free.on(2, working=True) == ()
    assert free.on(4, working=True) == ((1080, 1200), (1260, 1380))
    assert free.on(0, working=False) == ((600, 1440),)


def test_words_with_and_without_weights():
    interests = good("interests: {industry: [新能源, {储能: 3}, 5G], avoid: []}").interests
    assert [(word.word, word.weight) for word in interests.industry] == [("新能源", 1.0), ("储能", 3.0), ("5G", 1.0)]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("interests: {industry: [桌游], avoid: [桌游]}", "interests"),
        ("interests: {industry: [{储能: 0}]}", "interests.industry[1].weight"),
        ("interests: {industry: {储能: 1}}", "interests.industry"),
        ("balance: {industry: 0, practice: 0}", "balance"),
        ("sources: [{id: a, file: a.ics}, {id: a, file: b.ics}]", ""),
        ("sources: [{id: a, file: a.ics, url: 'https://a.example/'}]", "sources[1]"),
        ("sources: [{id: a, kind: recurrence, url: 'https://a.example/'}]", "sources[1]"),
        ("sources: [{id: '../x', file: a.ics}]", "sources[1].id"),
        ("network: {allow: [everything]}", "network.allow[1]"),
        ('network: {contact: "a\\nX-Evil: 1"}', "network.contact"),
        ("week: {budget: -1}", "week.budget"),
        ('week: {free: {mon: "22:00-18:00"}}', "week.free.mon"),
        ("currency: Taler", "currency"),
        ("currency: XYZ", "currency"),
        ("week: {country: Germany}", "week.country"),
        ("week: {country: XX}", "week.country"),
        ("week: {holidays: {off: 2027-02-30}}", "week.holidays.off"),
        ("week: {holidays: {off: [2027-02-11..2027-02-05]}}", "week.holidays.off"),
        ("week: {holidays: {off: 2027-02-05, worked: 2027-02-05}}", "week.holidays"),
    ],
)
def test_what_is_wrong_is_named(text, key):
    assert key in {problem[1] for problem in problems(text)}


@pytest.mark.parametrize(
    ("text", "key", "chinese", "english"),
    [
        (
            "mail: {to: you at example, from: me@mail.example, host: smtp.mail.example}",
            "mail.to",
            "不是邮箱地址：you at example（例如 you@mail.example）",
            "not a mail address: you at example (such as you@mail.example)",
        ),
        (
            'mail: {to: "a@b.example, c@d.example", from: me@mail.example, host: smtp.mail.example}',
            "mail.to",
            "几个地址要写成列表：[a@b.example, c@d.example]",
            "several addresses are written as a list: [a@b.example, c@d.example]",
        ),
        ("output: {cancelled: no}",
         "output.cancelled", "只能是 title 或 status，不能是 no",
         "must be title or status, not no"),
        (
            "tracks: {words: {储能: energy}}",
            "tracks.words.储能",
            "只能是 industry、practice、client 或 other，不能是 energy",
            "must be industry, practice, client or other, not energy",
        ),
        ("language: fr", "language", "只能是 zh 或 en，不能是 fr", "must be zh or en, not fr"),
        (
            "notify: channels.secret",
            "notify",
            "这一项要写成“键: 值”（例如 {channels_file: channels.secret}）",
            "write it as keys with values (such as {channels_file: channels.secret})",
        ),
        (
            "output: {put: [a]}",
            "output.put",
            "这一项要写成“键: 值”（例如 https://dav.example/me/quanzi/）",
            "write it as keys with values (such as https://dav.example/me/quanzi/)",
        ),
        (
            "mail: you@x",
            "mail",
            f"这一项要写成“键: 值”（例如 {A_MAIL}）",
            f"write it as keys with values (such as {A_MAIL})",
        ),
        ("currency: Taler", "currency", "格式不对：Taler（例如 CNY）", "not of the right form: Taler (such as CNY)"),
        (
            "sources: [{id: 'a b', file: a.ics}]",
            "sources[1].id",
            "只能有字母（汉字也算）、数字和 - _ .，最多 128 个字：a b（例如 city-library）",
            "must be letters, digits, - _ and . alone, at most 128 of them: a b (such as city-library)",
        ),
        (
            f"sources: [{{id: {'x' * 129}, file: a.ics}}]",
            "sources[1].id",
            f"只能有字母（汉字也算）、数字和 - _ .，最多 128 个字：{'x' * 59}…（例如 city-library）",
            f"must be letters, digits, - _ and . alone, at most 128 of them: {'x' * 59}… (such as city-library)",
        ),
        (
            "output: {address: 'https://x.example/a?b=1'}",
            "output.address",
            "网址里不能有 ? 和 #：https://x.example/…（文件名要接在后面）",
            "an address without ? and #: https://x.example/… (the names of the files are put behind it)",
        ),
        (
            "output: {address: x.example}",
            "output.address",
            "不是网址：x.example（应以 https:// 开头）",
            "not a web address: x.example (it begins with https://)",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_the_readers_words_with_an_example(text, key, chinese, english):
    for language, message in (("zh", chinese), ("en", english)):
        told = [(where, said) for _, where, said in problems(text, language)]
        assert told == [(key, message)]


@pytest.mark.parametrize("to", ["https://dav.example/me/plan.ics", "{to: 'https://dav.example/me/', as: events}"])
def test_where_only_the_plan_can_go_nothing_public_is_proposed(to):
    ((_, _, message),) = problems(f"output: {{put: {to}}}")
    assert "user and password_file" in message
    assert "what: public" not in message


def test_a_folder_without_log_in_may_take_what_is_public():
    ((_, _, message),) = problems("output: {put: {to: 'https://dav.example/me/', what: all}}")
    assert "what: public" in message


WRONG = ["5", "x y", "[1, {a: b}]", "{a: 1}", "true", "-1", "9999999", "''", "[]", "{}", "1.5", "'http://['"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_library_speaks_in_any_message(language):
    """Every key of the model with every kind of wrong value, told in words of our own."""
    words = Catalog(language)
    for part, shape in models_by_place():
        for key in part.model_json_schema()["properties"]:
            for value in WRONG:
                text = shape.format(f"{key}: {value}")
                try:
                    parse(text.encode(), "config.yaml", words)
                except ConfigError as exc:
                    for problem in exc.problems:
                        assert not re.search(r"\[A-Z]|\\|input |value error|valid ", problem.message), (text, problem)
                        if language == "zh":
                            assert re.search(r"[\u4e00-\u9fff]", problem.message), (text, problem)


def models_by_place() -> list[tuple[type[BaseModel], str]]:
    return [
        (Config, "{}"),
        (model.Interests, "interests: {{{}}}"),
        (model.Word, "interests: {{industry: [{{{}}}]}}"),
        (model.Tracks, "tracks: {{{}}}"),
        (model.Balance, "balance: {{{}}}"),
        (model.Week, "week: {{{}}}"),
        (model.Free, "week: {{free: {{{}}}}}"),
        (model.AtMost, "week: {{at_most: {{{}}}}}"),
        (model.OwnDays, "week: {{holidays: {{{}}}}}"),
        (OwnCalendar, "week: {{busy: [{{{}}}]}}"),
        (model.SourceEntry, "sources: [{{{}}}]"),
        (model.Network, "network: {{{}}}"),
        (model.Output, "output: {{{}}}"),
        (Put, "output: {{put: {{{}}}}}"),
        (model.Mail, "mail: {{{}}}"),
        (model.Notify, "notify: {{{}}}"),
    ]


def test_the_file_is_spoken_of_in_its_own_language():
    with pytest.raises(ConfigError) as caught:
        parse(b"seller: nobody\nlanguage: zh\n", "config.yaml", EN)
    assert caught.value.problems[0].message == "只能是 expansion 或 key-account，不能是 nobody"
    with pytest.raises(ConfigError) as caught:
        parse(b"language: en\ncity: [\n", "config.yaml", Catalog("zh"))
    assert caught.value.problems[0].message.startswith("the bracket")
    with pytest.raises(ConfigError) as caught:
        parse(b"language: fr\n", "config.yaml", EN)
    assert "must be" in caught.value.problems[0].message


def test_what_is_no_yaml_is_explained_in_chinese_too():
    ((_, _, message),) = problems("\tcity: x", "zh")
    assert not re.search(r"[a-z]{4}", message)
    ((_, _, message),) = problems("city: a: b", "zh")
    assert not re.search(r"[a-z]{4}", message.replace("city", ""))


def test_a_key_that_stands_twice_is_an_error():
    assert problems("city: a\ncity: b\n") == [(2, "city", "this key stands twice, in line 1 too (keep one of the two)")]


@pytest.mark.parametrize(
    "text",
    [
        "a: !!python/object/new:os.system [echo]",
        "- 1\n- 2",
        "a: [",
        "\tcity: x",
        "city: \x00",
        "a: &a [1]\nb: *undefined",
        "a: " + "[" * 50_000,
        "a: {" + "b：1，" * 2_000,
    ],
)
def test_hostile_or_broken_yaml_is_refused(text):
    assert problems(text)


def test_an_alias_bomb_is_refused_quickly():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert problems("\n".join(lines))


def test_bytes_that_are_not_utf8_name_the_line():
    with pytest.raises(ConfigError) as caught:
        parse("city: x\nhome: 徐汇".encode("gbk"), "config.yaml", EN)
    assert caught.value.problems[0].line == 2


def test_a_file_that_is_not_there():
    with pytest.raises(UsageError, match="cannot be read"):
        load(Path("no/such/config.yaml"), EN)


def test_relative_paths_start_at_the_files_folder(tmp_path):
    (tmp_path / "config.yaml").write_text("sources: [{id: a, file: a.ics}]\noutput: {folder: o}\nstore: s.db\n")
    config = load(tmp_path / "config.yaml", EN)
    assert config.sources[0].file == str(tmp_path / "a.ics")
    assert config.output.folder == str(tmp_path / "o")
    assert config.store == str(tmp_path / "s.db")


def test_the_schema_for_editors_is_up_to_date():
    shipped = json.loads((ROOT / "planner/config/schema.json").read_text("utf-8"))
    assert shipped == Config.model_json_schema(), "run: python -m planner.config.schema"


@pytest.mark.parametrize("name", ["x" * 128, "社区.活动_1-2"])
def test_a_source_may_have_a_long_name(name):
    assert parse(f"sources: [{{id: {name}, file: a.ics}}]".encode(), "config.yaml", EN).sources[0].id == name
