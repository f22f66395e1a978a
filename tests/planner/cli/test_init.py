"""``quanzi init``: what people answer, what is written of it, and that what it says to run next works."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from zoneinfo import available_timezones

import pytest

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

CITIES = """
Toronto, ON                 Toronto           America/Toronto                CAD
toronto                     Toronto           America/Toronto                CAD
Toronto, Canada             Toronto           America/Toronto                CAD
Kitchener, Ontario          Kitchener         America/Toronto                CAD
kitchener ontario           Kitchener         America/Toronto                CAD
New York City               New York City     America/New_York               USD
new york, ny                New York          America/New_York               USD
San Francisco, CA           San Francisco     America/Los_Angeles            USD
Portland OR                 Portland          America/Los_Angeles            USD
Portland, Maine             Portland          America/New_York               USD
Washington, D.C.            Washington        America/New_York               USD
Nashville, Tennessee        Nashville         America/Chicago                USD
El Paso, TX                 El Paso           America/Denver                 USD
Indianapolis                Indianapolis      America/Indiana/Indianapolis   USD
Phoenix, AZ                 Phoenix           America/Phoenix                USD
Vancouver BC                Vancouver         America/Vancouver              CAD
Montréal, QC                Montréal          America/Toronto                CAD
St. John's, Newfoundland and Labrador    St. John's    America/St_Johns      CAD
Halifax, NS                 Halifax           America/Halifax                CAD
London                      London            Europe/London                  GBP
London, Ontario             London            America/Toronto                CAD
Edinburgh, Scotland         Edinburgh         Europe/London                  GBP
Cambridge, MA               Cambridge         America/New_York               USD
Munich                      Munich            Europe/Berlin                  EUR
München, Deutschland        München           Europe/Berlin                  EUR
Zürich                      Zürich            Europe/Zurich                  CHF
Paris, France               Paris             Europe/Paris                   EUR
Sydney                      Sydney            Australia/Sydney               AUD
Perth, Western Australia    Perth             Australia/Perth                AUD
Auckland                    Auckland          Pacific/Auckland               NZD
Singapore                   Singapore         Asia/Singapore                 SGD
Hong Kong                   Hong Kong         Asia/Hong_Kong                 HKD
Bangalore                   Bangalore         Asia/Kolkata                   INR
São Paulo                   São Paulo         America/Sao_Paulo              BRL
Tokyo, Japan                Tokyo             Asia/Tokyo                     JPY
Hefei                       Hefei             Asia/Shanghai                  CNY
Xi'an                       Xi'an             Asia/Shanghai                  CNY
Kunshan, China              Kunshan           Asia/Shanghai                  CNY
I live in Waterloo, ON      Waterloo          America/Toronto                CAD
greater Melbourne area      Melbourne         Australia/Melbourne            AUD
上海                         上海               Asia/Shanghai                  CNY
上海市                        上海               Asia/Shanghai                  CNY
昆山                         昆山               Asia/Shanghai                  CNY
江苏昆山                       昆山               Asia/Shanghai                  CNY
浦东                         上海               Asia/Shanghai                  CNY
上海浦东新区                     上海               Asia/Shanghai                  CNY
北京市朝阳区                     北京               Asia/Shanghai                  CNY
北京朝阳                       北京               Asia/Shanghai                  CNY
海淀                         北京               Asia/Shanghai                  CNY
南山                         深圳               Asia/Shanghai                  CNY
广州天河区                      广州               Asia/Shanghai                  CNY
浙江省杭州市                     杭州               Asia/Shanghai                  CNY
杭州 西湖区                     杭州               Asia/Shanghai                  CNY
合肥                         合肥               Asia/Shanghai                  CNY
西安                         西安               Asia/Shanghai                  CNY
义乌                         义乌               Asia/Shanghai                  CNY
乌鲁木齐                       乌鲁木齐             Asia/Shanghai                  CNY
吉林市                        吉林               Asia/Shanghai                  CNY
我在成都                       成都               Asia/Shanghai                  CNY
成都高新区                      成都               Asia/Shanghai                  CNY
台北                         台北               Asia/Taipei                    TWD
臺北市                        台北               Asia/Taipei                    TWD
高雄                         高雄               Asia/Taipei                    TWD
香港                         香港               Asia/Hong_Kong                 HKD
澳门                         澳门               Asia/Macau                     MOP
新加坡                        新加坡              Asia/Singapore                 SGD
多伦多                        多伦多              America/Toronto                CAD
加拿大多伦多                     多伦多              America/Toronto                CAD
纽约                         纽约               America/New_York               USD
旧金山                        旧金山              America/Los_Angeles            USD
伦敦                         伦敦               Europe/London                  GBP
东京                         东京               Asia/Tokyo                     JPY
悉尼                         悉尼               Australia/Sydney               AUD
吉隆坡                        吉隆坡              Asia/Kuala_Lumpur              MYR
滑铁卢                        滑铁卢              America/Toronto                CAD
"""

HOURS = """
evenings                                Mon–Fri 18:30–22:00
weekday evenings                        Mon–Fri 18:30–22:00
every evening                           Mon–Sun 18:30–22:00
after 6pm                               Mon–Fri 18:00–22:00
after 7                                 Mon–Fri 19:00–22:00
from 7pm onwards                        Mon–Fri 19:00–22:00
6pm-10pm                                Mon–Fri 18:00–22:00
7-10pm                                  Mon–Fri 19:00–22:00
6.30pm to 10pm                          Mon–Fri 18:30–22:00
7 to 10                                 Mon–Fri 19:00–22:00
19-22                                   Mon–Fri 19:00–22:00
18h-22h                                 Mon–Fri 18:00–22:00
1830-2200                               Mon–Fri 18:30–22:00
"18:30-22:00"                           Mon–Fri 18:30–22:00
18:30—22:00                             Mon–Fri 18:30–22:00
["12:00-14:00", "18:30-22:00"]          Mon–Fri 12:00–14:00, 18:30–22:00
12:00-14:00 and 18:30-22:00             Mon–Fri 12:00–14:00, 18:30–22:00
mornings and evenings                   Mon–Fri 09:00–12:00, 18:30–22:00
Tuesday and Thursday evenings           Mon none; Tue 18:30–22:00; Wed none; Thu 18:30–22:00; Fri none
Mon Wed Fri evenings                    Mon 18:30–22:00; Tue none; Wed 18:30–22:00; Thu none; Fri 18:30–22:00
mon-thu 7-10pm, fri 6-11pm              Mon–Thu 19:00–22:00; Fri 18:00–23:00
weekday nights 7-10                     Mon–Fri 19:00–22:00
evenings except Wednesday               Mon–Tue 18:30–22:00; Wed none; Thu–Fri 18:30–22:00
evenings, but not on Friday             Mon–Thu 18:30–22:00; Fri none
6pm till midnight                       Mon–Fri 18:00–24:00
after work                              Mon–Fri 18:30–22:00
none                                    Mon–Fri none
[]                                      Mon–Fri none
周一到周五晚上                                 Mon–Fri 18:30–22:00
工作日晚上                                   Mon–Fri 18:30–22:00
晚上                                      Mon–Fri 18:30–22:00
每天晚上                                    Mon–Sun 18:30–22:00
晚上7点到10点                               Mon–Fri 19:00–22:00
晚上七点半到十点                                Mon–Fri 19:30–22:00
晚7-10点                                  Mon–Fri 19:00–22:00
19点-22点                                 Mon–Fri 19:00–22:00
十八点半到二十二点                               Mon–Fri 18:30–22:00
19：00－22：00                             Mon–Fri 19:00–22:00
18:30至22:00                             Mon–Fri 18:30–22:00
“18:30-22:00”                           Mon–Fri 18:30–22:00
七点以后                                    Mon–Fri 19:00–22:00
晚上7点半以后                                 Mon–Fri 19:30–22:00
下班后                                     Mon–Fri 18:30–22:00
中午和晚上                                   Mon–Fri 12:00–13:30, 18:30–22:00
周一三五晚上                                  Mon 18:30–22:00; Tue none; Wed 18:30–22:00; Thu none; Fri 18:30–22:00
周二、周四 19:00-21:30                      Mon none; Tue 19:00–21:30; Wed none; Thu 19:00–21:30; Fri none
周一到周四 19:00-22:00，周五 18:00-23:00        Mon–Thu 19:00–22:00; Fri 18:00–23:00
除了周三，晚上都行                               Mon–Tue 18:30–22:00; Wed none; Thu–Fri 18:30–22:00
不出门                                     Mon–Fri none
没空                                      Mon–Fri none
"""

WEEKENDS = """
all day                                 Sat–Sun 09:00–22:00
afternoons                              Sat–Sun 13:00–18:00
10 to 6                                 Sat–Sun 10:00–18:00
from 10am                               Sat–Sun 10:00–22:00
before 9pm                              Sat–Sun 09:00–21:00
after lunch                             Sat–Sun 13:30–22:00
only Sunday                             Sat none; Sun 09:00–22:00
Saturday afternoon and Sunday all day   Sat 13:00–18:00; Sun 09:00–22:00
none                                    Sat–Sun none
全天                                      Sat–Sun 09:00–22:00
都行                                      Sat–Sun 09:00–22:00
周六下午、周日全天                               Sat 13:00–18:00; Sun 09:00–22:00
上午9点到晚上10点                              Sat–Sun 09:00–22:00
10点以后                                   Sat–Sun 10:00–22:00
只有周六                                    Sat 09:00–22:00; Sun none
周日不行                                    Sat 09:00–22:00; Sun none
"""


def rows(table: str) -> list[tuple[str, ...]]:
    return [tuple(re.split(r"\s{2,}", line.strip())) for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "name", "zone", "currency"), rows(CITIES))
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
    *((*row, WORKING_DAYS) for row in rows(HOURS)), *((*row, WEEKEND) for row in rows(WEEKENDS)),
])  # fmt: skip
def test_free_hours_are_understood_in_words(text, meant, days):
    assert in_words(read_free(text, days), days) == meant


def test_the_tables_of_answers_are_long_enough():
    assert min(len(rows(CITIES)), len(rows(HOURS))) >= 40


def test_a_name_of_several_towns_is_told_with_all_of_them_the_likeliest_first():
    assert [each.within for each in localities("Cambridge", "en", "America/Toronto")][:3] == [
        "Ontario, Canada",
        "United Kingdom",
        "Massachusetts, United States",
    ]
    assert [each.name for each in localities("朝阳", "zh")][:2] == ["朝阳", "北京"]
    assert {each.name for each in localities("鼓楼区", "zh")} == {"南京", "徐州", "福州", "开封"}


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
