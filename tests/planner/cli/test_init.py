"""The configuration that init writes."""

from __future__ import annotations

import re
from zoneinfo import available_timezones

import pytest

from planner.cli.init import render
from planner.config import parse
from planner.config.localities import currency_of
from planner.i18n.catalog import Catalog
from tests.support.cli import run


@pytest.mark.parametrize(
    ("address", "server"), [("me@mail.example", "host: smtp.mail.example"), ("10001@qq.com", "preset: qq")]
)
def test_the_mail_that_init_proposes_is_right_once_the_marks_are_taken_away(address, server):
    answers = {
        "language": "en",
        "city": "Shanghai",
        "industry": [],
        "practice": [],
        "free": "18:30-22:00",
        "mail": address,
    }
    text = render(answers, Catalog("en"))
    assert f"#   {server}\n" in text
    begin = text.index("# mail:")
    proposed = re.sub("^# ?", "", text[begin : text.index("\n\n", begin)], flags=re.MULTILINE)
    mail = parse((text + proposed).encode(), "config.yaml", Catalog("en")).mail
    assert mail is not None
    assert (mail.to, mail.password_file) == ((address,), "mail.secret")


@pytest.mark.parametrize(
    ("city", "currency"),
    [
        *(("上海", "CNY"), ("London", "GBP"), ("Berlin", "EUR"), ("Madrid", "EUR"), ("Tokyo", "JPY"), ("香港", "HKD")),
        *(("Singapore", "SGD"), ("New York", "USD"), ("San Francisco", "USD"), ("Toronto", "CAD"), ("Zurich", "CHF")),
    ],
)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_currency_is_that_of_the_citys_country(city, currency, language):
    answers = {"language": language, "city": city, "industry": [], "practice": [], "free": "18:30-22:00", "mail": ""}
    text = render(answers, Catalog(language))
    assert f"\ncurrency: {currency}\n" in text
    assert parse(text.encode(), "config.yaml", Catalog("en")).currency == currency


def test_where_the_currency_is_not_known_a_comment_says_how_to_write_it():
    answers = {"language": "en", "city": "Troll", "industry": [], "practice": [], "free": "18:30-22:00", "mail": ""}
    text = render(answers, Catalog("en"))
    assert "\n# currency: EUR " in text
    assert "\ncurrency:" not in text


def test_every_zone_has_the_currency_of_its_country_or_none():
    zones = [zone for zone in sorted(available_timezones()) if zone.startswith(("Asia/", "Europe/", "America/"))]
    told = {zone: currency_of(zone) for zone in zones}
    assert all(currency is None or re.fullmatch("[A-Z]{3}", currency) for currency in told.values())
    assert (told["Asia/Urumqi"], told["Asia/Calcutta"], told["Europe/Belfast"]) == ("CNY", "INR", "GBP")
    assert currency_of("UTC") is None
    assert currency_of("Nowhere/At_All") is None


@pytest.mark.parametrize(("locale", "said"), [("C", "nothing was written"), ("zh_CN.UTF-8", "什么都没写")])
def test_an_end_of_the_input_writes_nothing_and_says_so(tmp_path, locale, said):
    language = "zh" if locale.startswith("zh") else "en"
    result = run(tmp_path, "init", stdin=f"{language}\n", language=locale)
    assert result.returncode == 130
    assert said in result.stderr
    assert "Language / 语言 (zh, en)" in result.stdout
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_chats_and_the_upload_that_init_proposes_are_right_once_the_marks_are_taken_away(language):
    answers = {"city": "Shanghai", "industry": [], "practice": [], "free": "18:30-22:00", "mail": ""}
    text = render({**answers, "language": language}, Catalog(language))
    for mark in ("# notify:", "#   channels_file:", "# put:"):
        assert text.count(mark) == 1
        text = text.replace(mark, mark.removeprefix("# ").removeprefix("#"))
    config = parse(text.encode(), "config.yaml", Catalog("en"))
    assert config.notify is not None
    assert config.output.put is not None
    assert (config.notify.channels_file, config.output.put.is_private) == ("channels.secret", False)


ANSWERS = "en\nShanghai\nSaaS, startups\npublic speaking\n18:30-22:00\nme@mail.example\n"


def test_init_asks_six_questions_and_writes_a_configuration_that_loads(tmp_path):
    result = run(tmp_path, "init", stdin=ANSWERS)
    assert result.returncode == 0, result.stderr
    assert result.stdout.count(":") >= 6
    text = (tmp_path / "config.yaml").read_text("utf-8")
    assert "me@mail.example" in text
    assert "SaaS" in text
    listed = run(tmp_path, "sources", "list", "--json")
    assert listed.returncode == 0, listed.stderr
    assert listed.stdout.splitlines()


def test_init_in_chinese(tmp_path):
    result = run(
        tmp_path, "init", stdin="zh\n上海\n新能源，储能\n演讲，桌游\n晚上\n19:00-22:00\n\n", language="zh_CN.UTF-8"
    )
    assert result.returncode == 0, result.stderr
    text = (tmp_path / "config.yaml").read_text("utf-8")
    assert '"储能"' in text
    assert "19:00-22:00" in text
    assert "contact" not in text


def test_init_never_overwrites(tmp_path):
    (tmp_path / "config.yaml").write_text("city: mine\n")
    result = run(tmp_path, "init", stdin=ANSWERS)
    assert result.returncode == 2
    assert (tmp_path / "config.yaml").read_text() == "city: mine\n"
