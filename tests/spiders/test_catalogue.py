"""The catalogue fills in for cities, and the shipped configuration is drawn from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.config import load
from planner.i18n.catalog import Catalog
from spiders import sites
from spiders.catalogue import starters
from tests.support.events import NOW

ROOT = Path(__file__).resolve().parents[2]


def test_a_chinese_city_by_any_of_its_names():
    assert starters("上海") == starters("上海市") == starters("Shanghai")
    addresses = {entry["url"] for entry in starters("成都")}
    assert "https://www.douban.com/location/chengdu/events/week-salon" in addresses
    assert not any("library.sh.cn" in address for address in addresses)


def test_another_city_gets_what_is_for_everywhere_and_what_is_its_own():
    assert {entry["id"] for entry in starters("Berlin")} == {"luma", "conferences"}
    assert {entry["id"] for entry in starters("Smallville")} == {"conferences"}


@pytest.mark.parametrize("city", ["上海", "Berlin", "Smallville"])
def test_no_placeholder_is_left(city):
    assert not any("{" in entry["url"] or "}" in entry["url"] for entry in starters(city))


def test_sites_of_the_catalogue_have_a_module_that_reads_their_addresses():
    entries = [entry for city in ("上海", "成都") for entry in starters(city) if entry["kind"] == "site"]
    assert len(entries) > 10
    for entry in entries:
        site = sites.site(entry["site"])
        assert site is not None
        assert site.answers_to(entry["url"]), entry
        assert site.asks(entry["url"], NOW), entry


def test_the_shipped_configuration_stands_in_the_catalogue():
    shipped = load(ROOT / "config.yaml", Catalog("en")).sources
    known = {entry["id"]: (entry["url"], entry["kind"], entry.get("site")) for entry in starters("上海")}
    assert {entry.id: (entry.url, entry.kind, entry.site) for entry in shipped}.items() <= known.items()
