"""Entries of ``sources:`` and ``week: busy``: what may be left out, what else may be said, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.config import parse
from planner.config.source import OwnCalendar
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from spiders.items import Source

EN = Catalog("en")
PASSWORD = "plum-kettle-42"


def read(text: str):
    return parse(text.encode(), "config.yaml", EN)


def said(text: str, language: str = "en") -> list[tuple[str, str]]:
    with pytest.raises(ConfigError) as caught:
        parse(text.encode(), "config.yaml", Catalog(language))
    return [(problem.key, problem.message) for problem in caught.value.problems]


def test_an_address_alone_is_a_source():
    config = read(
        "sources:\n- https://www.club.example/all.ics\n- lu.ma/games\n- webcal://cal.example/x\n- localhost:8000/a\n"
    )
    assert [(each.id, each.kind, each.url) for each in config.sources] == [
        ("club.example", "auto", "https://www.club.example/all.ics"),
        ("lu.ma", "auto", "https://lu.ma/games"),
        ("cal.example", "auto", "webcal://cal.example/x"),
        ("localhost", "auto", "https://localhost:8000/a"),
    ]


@pytest.mark.parametrize(("written", "kind"), [("rss", "feed"), ("atom", "feed"), ("ics", "ical"), ("page", "page")])
def test_kinds_have_other_names(written, kind):
    assert read(f"sources: [{{url: club.example, kind: {written}}}]").sources[0].kind == kind


def test_options_of_one_source():
    (entry,) = read(
        "sources: [{url: club.example, every: 6h, only: AI, without: [抽奖, 2026], language: zh-TW,"
        " headers_from: club.secret, timezone: Asia/Tokyo, timezone_overrides: true}]"
    ).sources
    assert (entry.every, entry.only, entry.without) == (timedelta(hours=6), ("AI",), ("抽奖", "2026"))
    assert (entry.language, entry.headers_from, entry.timezone_overrides) == ("zh-TW", "club.secret", True)


def test_keys_without_a_value_say_nothing():
    (entry,) = read("sources:\n- url: club.example\n  only:\n  without:\n  every:\n  id:\n").sources
    assert (entry.id, entry.only, entry.without, entry.every) == ("club.example", (), (), None)


def test_files_start_at_the_folder_of_the_configuration(tmp_path):
    config = read(
        "sources: [{url: club.example, headers_from: a}]\nweek: {busy: [own.ics, {url: x.example, headers_from: b}]}"
    )
    config = config.resolved(tmp_path)
    assert config.sources[0].headers_from == str(tmp_path / "a")
    assert config.week.busy == (
        OwnCalendar(file=str(tmp_path / "own.ics")),
        OwnCalendar(url="https://x.example", headers_from=str(tmp_path / "b")),
    )


@pytest.mark.parametrize(
    ("entry", "key", "message"),
    [
        ("nonsense", "url", "not a web address: … (it begins with https://)"),
        ("me@mail.example", "url", "not a web address: … (it begins with https://)"),
        ("mailto:me@mail.example", "url", "not a web address: … (it begins with https://)"),
        ("/home/me/a.ics", "url", "not a web address: … (it begins with https://)"),
        ("ftp://club.example/", "url", "not a web address: ftp://club.example (it begins with https://)"),
        ("https://club.example:port/", "url", "not a web address: … (it begins with https://)"),
        ("events.ics", "url", "not a web address: events.ics (a file of yours is written {file: events.ics})"),
        ("{url: a.example, every: 30m}", "every",
         "not a length of time between 1h and 30d: 30m (write for example 6h, 1d or 7d)"),
        ("{url: a.example, every: 31d}", "every",
         "not a length of time between 1h and 30d: 31d (write for example 6h, 1d or 7d)"),
        ("{file: a.ics, headers_from: b}", "", "headers_from goes together with url"),
        ("{url: a.example, language: Chinese}", "language", "not of the right form: Chinese (such as en)"),
        ("{url: a.example, only: ['']}", "only[1]", "must not be empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_place(entry, key, message):
    assert said(f"sources: ['{entry}']" if entry[0] != "{" else f"sources: [{entry}]") == [
        (f"sources[1].{key}".rstrip("."), message)
    ]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (f"sources: ['https://me:{PASSWORD}@club.example/a.ics']", "headers_from"),
        (f"sources: ['me:{PASSWORD}@club.example/a.ics']", "headers_from"),
        (f"sources: [{{id: a, url: 'https://{PASSWORD}@club.example/'}}]", "headers_from"),
        (f"sources: [{{url: 'webcal://me:{PASSWORD}@club.example/'}}]", "headers_from"),
        (f"week: {{busy: ['https://me:{PASSWORD}@club.example/a.ics']}}", "headers_from"),
        (f"sources: [{{url: a.example, headers_from: 'Authorization: Bearer {PASSWORD}'}}]", "600"),
        (f"sources: [{{url: a.example, headers_from: 'me:{PASSWORD}'}}]", "600"),
        (f"sources: [{{url: a.example, headers_from: 'Bearer {PASSWORD}'}}]", "600"),
    ],
)  # fmt: skip
def test_a_password_in_the_configuration_is_refused_with_the_way_out_and_not_repeated(text, hint, language):
    ((_, message),) = said(text, language)
    assert hint in message
    assert "plum" not in message


def test_a_secret_goes_without_encryption_only_to_ones_own_machines():
    entry = "sources: [{url: 'http://192.168.1.5:8000/a.ics', headers_from: a}]"
    ((_, message),) = said(
        f"{entry}\nweek: {{busy: [{{url: 'http://cal.example/private-0123456789/', headers_from: a}}]}}"
    )
    assert "http://192.168.1.5/…, http://cal.example/…" in message
    assert read(f"network: {{allow: [192.168.1.0/24]}}\n{entry}").sources[0].headers_from == "a"
    read("sources: [{url: 'webcal://cal.example/', headers_from: a}]")


def test_nothing_of_a_secret_is_in_a_source():
    assert "headers" in repr(Source(id="a", timezone="UTC", headers_from="a.secret"))
