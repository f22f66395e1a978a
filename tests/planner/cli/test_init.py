"""``quanzi init``: what people answer, what is written of it, and that what it says to run next works."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from zoneinfo import available_timezones

import pytest

from planner.cli._program import program
from planner.cli.init._hours import shown as hours_shown
from planner.cli.init._questions import Answers, language_named
from planner.cli.init._text import render
from planner.config import Config, parse
from planner.config.free_words import WEEKEND, WORKING_DAYS, read_free
from planner.config.localities import currency_of, known_zone, localities, locality_of_zone
from planner.i18n.catalog import Catalog
from tests.support.cli import ROOT, run
from tests.support.discovery import searched
from tests.support.terminal import run_at_terminal


def rows(table: str) -> list[tuple[str, ...]]:
    """What people answered, and what it means: a table of ``tests/cases/init``."""
    lines = (ROOT / f"tests/cases/init/{table}.tsv").read_text("utf-8").splitlines()[1:]
    return [tuple(line.split("\t")) for line in lines]


@pytest.mark.parametrize(("text", "name", "zone", "currency"), rows("cities"))
def test_a_city_is_understood_in_either_script_with_and_without_its_region(text, name, zone, currency):
    for language in ("zh", "en"):
        first, *_ = localities(text, language)
        assert (first.name, first.zone, first.currency) == (name, zone, currency)


def in_words(free: object, days: range) -> str:
    assert isinstance(free, dict)
    said = hours_shown({**dict.fromkeys(range(7), ((0, 1),)), **free}, Catalog("en"))
    kept = [part for part in said.split("; ") if not part.endswith("00:00–00:01")]
    return "; ".join(kept)


@pytest.mark.parametrize(("text", "meant", "days"), [
    *((*row, WORKING_DAYS) for row in rows("hours")), *((*row, WEEKEND) for row in rows("weekends")),
])  # fmt: skip
def test_free_hours_are_understood_in_words(text, meant, days):
    assert in_words(read_free(text, days), days) == meant


def test_the_tables_of_answers_are_long_enough():
    assert min(len(rows("cities")), len(rows("hours"))) >= 40


def test_a_name_of_several_towns_is_told_with_all_of_them_the_likeliest_first():
    assert [each.within for each in localities("Cambridge", "en", "America/Toronto")][:3] == [
        "Ontario, Canada",
        "United Kingdom",
        "Massachusetts, United States",
    ]
    assert [each.name for each in localities("朝阳", "zh")][:2] == ["朝阳", "北京"]
    assert {each.name for each in localities("鼓楼区", "zh")} == {"南京", "徐州", "福州", "开封"}


@pytest.mark.parametrize(
    "text", ["看情况", "any", "8pm", "half past", "周三晚上要上课，其他晚上都行", "no evenings", "maybe"]
)
def test_hours_that_are_not_understood_are_asked_for_again(text):
    assert read_free(text, WORKING_DAYS) is None


@pytest.mark.parametrize("text", ["", " ", "火星", "qwxz", "Kitchener, France", "12345", "🏙", "x" * 10_000])
def test_what_no_table_knows_is_no_city(text):
    assert localities(text, "en") == ()


def test_a_zone_is_known_by_its_name_or_by_a_city():
    assert known_zone("america/toronto", "en") == "America/Toronto"
    assert known_zone("Toronto, ON", "en") == "America/Toronto"
    assert known_zone("上海", "zh") == "Asia/Shanghai"
    assert known_zone("nowhere at all", "en") is None


def test_every_zone_has_the_currency_of_its_country_or_none():
    zones = [zone for zone in sorted(available_timezones()) if zone.startswith(("Asia/", "Europe/", "America/"))]
    told = {zone: currency_of(zone) for zone in zones}
    assert all(currency is None or re.fullmatch("[A-Z]{3}", currency) for currency in told.values())
    assert (told["Asia/Urumqi"], told["Asia/Calcutta"], told["Europe/Belfast"]) == ("CNY", "INR", "GBP")
    assert currency_of("UTC") is None
    assert currency_of("Nowhere/At_All") is None


@pytest.mark.parametrize(("text", "code"), [
    *(("中文", "zh"), ("English", "en"), ("zh-CN", "zh"), ("ZH", "zh"), ("EN", "en"), ("english", "en")),
    ("英文", "en"),
    *(("简体中文", "zh"), ("Chinese", "zh"), ("en_US.UTF-8", "en"), ("Deutsch", None), ("", None)),
])  # fmt: skip
def test_a_language_is_known_by_its_names(text, code):
    assert language_named(text) == code


def answers(language: str = "en", city: str = "Shanghai", **changed: object) -> Answers:
    found = localities(city, language)
    known: dict[str, object] = {
        "language": language,
        "place": found[0] if found else locality_of_zone(city, "Antarctica/Troll"),
        "home": "", "industry": (), "down": (), "up": (), "practice": (),
        "free": {**read_free("18:30-22:00", WORKING_DAYS), **read_free("all day", WEEKEND)},
        "mail": "", "contact": False,
    }  # fmt: skip
    return Answers(**{**known, **changed})


@pytest.mark.parametrize(
    ("address", "server"), [("me@mail.example", "host: smtp.mail.example"), ("10001@qq.com", "preset: qq")]
)
def test_the_mail_that_init_proposes_is_right_once_the_marks_are_taken_away(address, server):
    text = render(answers(mail=address), Catalog("en"))
    assert f"#   {server}\n" in text
    assert "contact:" not in text
    begin = text.index("# mail:")
    proposed = re.sub("^# ?", "", text[begin : text.index("\n\n", begin)], flags=re.MULTILINE)
    mail = parse((text + proposed).encode(), "config.yaml", Catalog("en")).mail
    assert mail is not None
    assert (mail.to, mail.password_file) == ((address,), "mail.secret")


def test_where_the_currency_is_not_known_a_comment_says_how_to_write_it():
    text = render(answers(city="Troll"), Catalog("en"))
    assert "\n# currency: EUR " in text
    assert "\ncurrency:" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chats_and_the_upload_that_init_proposes_are_right_once_the_marks_are_taken_away(language):
    text = render(answers(language), Catalog(language))
    for mark in ("# notify:", "#   channels_file:", "# put:"):
        assert text.count(mark) == 1
        text = text.replace(mark, mark.removeprefix("# ").removeprefix("#"))
    config = parse(text.encode(), "config.yaml", Catalog("en"))
    assert config.notify is not None
    assert config.output.put is not None
    assert (config.notify.channels_file, config.output.put.is_private) == ("channels.secret", False)


def play(folder: Path, typed: str, *arguments: str, language: str = "C"):
    (folder / "home").mkdir(exist_ok=True)
    return run(folder, "init", *arguments, stdin=typed, language=language, extra={"HOME": str(folder / "home")})


def written(path: Path) -> Config:
    return parse(path.read_bytes(), path.name, Catalog("en"))


ENGLISH = "English\nToronto, ON\ny\n\nSaaS, 2\n\n\n1 4\nafter 7pm\nSaturday afternoon\ny\nme@mail.example\nn\n\n\n"
CHINESE = "中文\n浦东\n对\n\n新能源、储能\n1，2\n\n演讲，桌游\n工作日晚上\n全天\n\n\n\n\n"


def test_in_a_clone_a_folder_of_the_users_own_is_written_and_found_from_then_on(tmp_path):
    (tmp_path / "planner/config").mkdir(parents=True)
    for name in ("config.yaml", "planner/config/sample.sha256"):
        shutil.copy(ROOT / name, tmp_path / name)
    before = run(tmp_path, "sources", "list", extra={"HOME": str(tmp_path / "home")})
    assert (before.returncode, "quanzi init" in before.stderr) == (2, True)
    result = play(tmp_path, ENGLISH)
    assert result.returncode == 0, result.stderr
    (own,) = (tmp_path / "home").rglob("config.yaml")
    assert (tmp_path / "config.yaml").read_bytes() == (ROOT / "config.yaml").read_bytes()
    assert result.stdout.endswith("Now run: quanzi week\n")
    assert "not on yet: three steps" in result.stdout
    config = written(own)
    assert (config.city, config.timezone, config.currency) == ("Toronto", "America/Toronto", "CAD")
    assert config.week.free.weekdays == ((19 * 60, 22 * 60),)
    assert (config.week.free.sat or config.week.free.weekend) == ((13 * 60, 18 * 60),)
    assert [each.word for each in config.interests.industry] == ["SaaS", "new energy"]
    assert len(config.interests.practice) == 2
    assert config.network.contact is None
    listed = run(tmp_path, "sources", "list", "--json", extra={"HOME": str(tmp_path / "home")})
    assert listed.returncode == 0, listed.stderr
    assert '"luma"' in listed.stdout
    assert (own.parent / "quanzi.db").is_file()
    assert not (tmp_path / "quanzi.db").exists()


def test_in_chinese_a_district_is_home_and_what_was_understood_is_shown(tmp_path):
    result = play(tmp_path, CHINESE, language="zh_CN.UTF-8")
    assert result.returncode == 0, result.stderr
    config = written(next((tmp_path / "home").rglob("config.yaml")))
    assert (config.language, config.city, config.home) == ("zh", "上海", "浦东新区")
    assert [each.word for each in config.chain.down] == ["电网", "虚拟电厂"]
    assert "上海、浦东新区 → Asia/Shanghai、CNY：对吗？" in result.stdout
    assert "周一–周五 18:30–22:00；周六–周日 09:00–22:00" in result.stdout
    assert result.stdout.endswith("接着运行：quanzi week\n")


def test_a_folder_that_is_named_is_used_from_then_on_and_none_is_overwritten(tmp_path):
    home = {"HOME": str(tmp_path / "home")}
    first = play(tmp_path, ENGLISH, "--folder", "a")
    assert first.returncode == 0, first.stderr
    again = play(tmp_path, ENGLISH)
    assert (again.returncode, str(tmp_path / "a/config.yaml") in again.stderr) == (2, True)
    text = (tmp_path / "a/config.yaml").read_text("utf-8")
    assert play(tmp_path, ENGLISH, "--folder", "a").returncode == 2
    assert (tmp_path / "a/config.yaml").read_text("utf-8") == text
    second = play(tmp_path, CHINESE, "--folder", "b")
    assert second.returncode == 0, second.stderr
    assert '"huodongxing"' in run(tmp_path, "sources", "list", "--json", extra=home).stdout
    (tmp_path / "b/config.yaml").unlink()
    gone = run(tmp_path, "sources", "list", extra=home)
    assert (gone.returncode, "quanzi init" in gone.stderr) == (2, True)


def test_a_program_names_the_file_and_is_told_the_command_for_it(tmp_path):
    result = play(tmp_path, ENGLISH.replace("\nn\n\n\n", "\ny\n\n"), "--config", "my own.yaml")
    assert result.returncode == 0, result.stderr
    assert result.stdout.endswith("Now run: quanzi week --config 'my own.yaml'\n")
    assert written(tmp_path / "my own.yaml").network.contact == "me@mail.example"
    assert not list((tmp_path / "home").rglob("*.yaml"))
    assert play(tmp_path, ENGLISH, "--config", "a.yaml", "--folder", "b").returncode == 2


def test_a_configuration_of_the_working_folder_goes_before_and_the_last_line_knows(tmp_path):
    (tmp_path / "config.yaml").write_text("city: mine\n")
    result = play(tmp_path, ENGLISH)
    assert result.returncode == 0, result.stderr
    assert "quanzi week --config " in result.stdout.splitlines()[-1]
    assert (tmp_path / "config.yaml").read_text() == "city: mine\n"


def test_the_environment_names_a_configuration(tmp_path):
    (tmp_path / "config.yaml").write_text("city: [\n")
    (tmp_path / "mine.yaml").write_text("city: 上海\nsources: [{id: a, file: a.ics}]\n")
    listed = run(tmp_path, "sources", "list", "--json", extra={"QUANZI_CONFIG": "mine.yaml"})
    assert listed.returncode == 0, listed.stderr


def test_an_unknown_city_is_taken_under_the_clocks_that_are_named(tmp_path):
    typed = "en\nQwxzville\nnowhere\nToronto, ON\n" + "\n" * 20
    result = play(tmp_path, typed, "--folder", "a")
    assert result.returncode == 0, result.stderr
    config = written(tmp_path / "a/config.yaml")
    assert (config.city, config.timezone, config.currency) == ("Qwxzville", "America/Toronto", "CAD")


def test_a_wrong_guess_is_corrected_by_no_or_by_another_name(tmp_path):
    typed = "en\nParis\nno\nToronto\nKitchener, ON\ny\n" + "\n" * 20
    result = play(tmp_path, typed, "--folder", "a")
    assert result.returncode == 0, result.stderr
    assert written(tmp_path / "a/config.yaml").city == "Kitchener"


def test_a_home_that_is_on_no_map_is_told_and_left_out(tmp_path):
    typed = "en\nToronto\ny\nMars\nThe Moon\nNowhere St\n" + "\n" * 20
    result = play(tmp_path, typed, "--folder", "a")
    assert result.returncode == 0, result.stderr
    assert result.stderr.count("not found on the map") == 3
    assert written(tmp_path / "a/config.yaml").home is None


@pytest.mark.parametrize("typed", ["?", "blah", "99", "@", "是的吧", "x" * 5_000])
def test_no_question_is_asked_for_ever(tmp_path, typed):
    result = play(tmp_path, f"{typed}\n" * 200, "--folder", "a")
    assert result.returncode in {0, 130}
    if result.returncode == 0:
        assert written(tmp_path / "a/config.yaml").timezone != "Asia/Shanghai"


@pytest.mark.parametrize(("locale", "said"), [("C", "nothing was written"), ("zh_CN.UTF-8", "什么都没写")])
def test_an_end_of_the_input_writes_nothing_and_says_so(tmp_path, locale, said):
    for typed in ("", "\n", "\nToronto\n", "\n上海\ny\n\n\n"):
        result = play(tmp_path, typed, language=locale)
        assert result.returncode == 130
        assert said in result.stderr
    assert not list((tmp_path / "home").rglob("*.yaml"))


def test_at_a_terminal_the_language_is_its_own_and_enter_takes_what_is_proposed(tmp_path):
    code, shown = run_at_terminal(
        tmp_path, "init", answer="\n上海\n" + "\n" * 14, language="zh_CN.UTF-8", extra={"HOME": str(tmp_path)}
    )
    assert code == 0, shown
    assert "上海 → Asia/Shanghai、CNY：对吗？" in shown
    assert shown.rstrip().endswith("quanzi week")
    config = written(next(tmp_path.rglob("config.yaml")))
    assert (config.language, [each.word for each in config.interests.practice]) == ("zh", ["演讲", "桌游"])


WEEKLY = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=America/Toronto:20200106T190000\r\n"
    b"DTEND;TZID=America/Toronto:20200106T210000\r\nRRULE:FREQ=WEEKLY\r\nSUMMARY:Board games night\r\n"
    b"LOCATION:South Studio\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.mark.parametrize(
    ("address", "followed"), [("https://club.example/all.ics", True), ("https://gone.example/", False)]
)
def test_an_address_is_followed_from_the_start_and_one_that_fails_costs_nothing_else(
    tmp_path, monkeypatch, address, followed
):
    from spiders.discover import visit

    def discover(asked, context, manners, *, instance, plain, **others):
        web = {"https://club.example/all.ics": WEEKLY}
        return searched(web, asked, context.now, context, instance=instance, plain=plain)[0]

    monkeypatch.setattr(visit, "discover", discover)
    result = play(tmp_path, f"{ENGLISH.rstrip()}\n{address}\n", "--config", "a.yaml")
    assert result.returncode == 0, result.stderr
    assert ("club.example" in {entry.id for entry in written(tmp_path / "a.yaml").sources}) is followed
    assert result.stdout.rstrip().endswith("quanzi week --config a.yaml")
    assert bool(result.stderr) is not followed


def test_a_city_that_was_mistyped_is_taken_as_it_is_written_the_second_time(tmp_path):
    result = play(tmp_path, "en\nTorotno, ON\nToronto, ON\n" + "\n" * 20, "--folder", "a")
    assert result.returncode == 0, result.stderr
    assert written(tmp_path / "a/config.yaml").city == "Toronto"


def test_the_file_says_where_the_manual_and_the_schema_of_all_keys_stand(tmp_path):
    text = render(answers(), Catalog("en"))
    assert f"program: {ROOT / 'config.yaml'}\n" in text
    assert text.startswith(f"# yaml-language-server: $schema={ROOT / 'planner/config/schema.json'}\n")


def test_commands_are_told_as_the_program_was_called(tmp_path, monkeypatch):
    called = tmp_path / "a folder/quanzi"
    called.parent.mkdir()
    called.touch()
    monkeypatch.setattr(sys, "argv", [str(called), "init"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program() == f"'{called}'"
    called.chmod(0o755)
    monkeypatch.setenv("PATH", str(called.parent))
    assert program() == "quanzi"


def test_an_answer_that_is_neither_yes_nor_no_nor_a_city_names_none(tmp_path):
    result = play(tmp_path, "en\nToronto, ON\nerm hmm\nYes!\n" + "\n" * 20, "--folder", "a")
    assert result.returncode == 0, result.stderr
    assert "y, n, or another city" in result.stderr
    assert written(tmp_path / "a/config.yaml").city == "Toronto"


@pytest.mark.parametrize(
    ("working", "weekend", "meant"),
    [
        ("every evening", "", "Mon–Sun 18:30–22:00"),
        ("周一到周五晚上", "周六全天", "Mon–Fri 18:30–22:00; Sat 09:00–22:00; Sun none"),
        ("none", "every day 10-18", "Mon–Fri none; Sat–Sun 10:00–18:00"),
        ("每天晚上7点以后，周日不行", "", "Mon–Sat 19:00–22:00; Sun none"),
        ("blah", "none", "Mon–Fri 18:30–22:00; Sat–Sun none"),
    ],
)
def test_both_questions_on_free_hours_together(tmp_path, working, weekend, meant):
    again = "\nblah\nblah" if working == "blah" else ""
    typed = f"en\nToronto, ON\ny\n\n\n\n\n\n{working}{again}\n{weekend}\ny\n" + "\n" * 9
    result = play(tmp_path, typed, "--folder", "a")
    assert result.returncode == 0, result.stderr
    assert f"Free: {meant}: right?" in result.stdout


def test_where_a_variable_names_the_configuration_it_is_written_there_without_asking(tmp_path):
    named = {"QUANZI_CONFIG": str(tmp_path / "data/config.yaml")}
    result = run(tmp_path, "init", stdin=ENGLISH, extra={"HOME": str(tmp_path / "home"), **named})
    assert result.returncode == 0, result.stderr
    assert written(tmp_path / "data/config.yaml").city == "Toronto"
    assert not (tmp_path / "home").exists()
    again = run(tmp_path, "init", stdin=ENGLISH, extra={"HOME": str(tmp_path / "home"), **named})
    assert (again.returncode, "config.yaml" in again.stderr) == (2, True)
