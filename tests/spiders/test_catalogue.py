"""The catalogue fills in for cities, every source of it says what it rests on, and the shipped configuration is drawn
from it.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.config import load
from planner.config.source import SourceEntry
from planner.i18n.catalog import Catalog
from planner.rating import vocabulary
from spiders import sites
from spiders.catalogue import cities, city_named, knows, sources_for
from spiders.text.distance import kilometres
from spiders.text.towns import folded, towns
from tests.support.events import NOW

ROOT = Path(__file__).resolve().parents[2]
WORDS = {"zh": ["储能", "a&b c"], "en": ["storage"], "any": ["storage"]}


def addresses(city: str, zone: str | None = None) -> dict[str, str]:
    return {source.id: source.url for source in sources_for(city_named(city, zone))}


def test_a_chinese_city_by_any_of_its_names():
    assert addresses("上海") == addresses("上海市") == addresses("Shanghai")
    chengdu = addresses("成都")
    assert chengdu["douban-salon"] == "https://www.douban.com/location/chengdu/events/week-salon"
    assert not any("library.sh.cn" in address for address in chengdu.values())


def test_another_city_gets_what_platforms_call_it_by():
    berlin = addresses("Berlin")
    assert berlin["luma"].endswith("discplace-gCfX0s3E9Hgo3rG")
    assert "germany--berlin" in berlin["eventbrite"]
    assert not any("douban" in address or "huodongxing" in address for address in berlin.values())


def test_a_town_of_no_table_gets_what_is_for_everywhere():
    assert set(addresses("Smallville")) >= {"conferences", "confs-tech-general"}
    assert "toastmasters" not in addresses("Smallville")  # nobody knows where it lies


def test_a_namesake_under_other_clocks_is_not_the_city_of_the_catalogue():
    assert knows("London")
    assert not city_named("London", "America/Toronto").is_known
    assert "latitude=42.98" in addresses("London", "America/Toronto")["toastmasters"]


def test_a_city_of_the_mainland_that_is_not_listed_gets_what_needs_its_name_alone():
    found = addresses("绵阳", "Asia/Shanghai")
    assert "city=绵阳" in found["huodongxing"]
    assert "douban-salon" not in found


def test_words_of_the_user_make_a_source_each_and_are_quoted():
    found = {source.id: source for source in sources_for(city_named("上海"), WORDS)}
    assert found["huodongxing-储能"].url.endswith("qs=储能")
    assert found["huodongxing-a-b-c"].url.endswith("qs=a%26b%20c")
    assert found["huodongxing-储能"].keyword == "储能"


def test_lists_of_other_cities_too_are_cut_down_to_this_one():
    only = {source.id: source.entry.get("only") for source in sources_for(city_named("成都"))}
    assert only["haozhanhui"] == ["成都"]
    assert only["conferences"] == ["Chengdu"]
    assert only["huodongxing"] is None


@pytest.mark.parametrize("city", [*(city.name for city in cities()), "Smallville"])
def test_every_source_is_filled_in_whole_and_may_stand_in_a_configuration(city):
    found = sources_for(city_named(city), WORDS)
    assert len({source.id for source in found}) == len(found)
    for source in found:
        assert not {"{", "}"} & set(source.url + str(source.entry.get("only", "")))
        entry = SourceEntry.model_validate(dict(source.entry))
        assert entry.url == source.url


@pytest.mark.parametrize("city", cities(), ids=lambda city: city.name)
def test_every_city_of_the_catalogue_has_at_least_six_sources_without_any_word(city):
    assert len([source for source in sources_for(city) if source.scope != "everywhere"]) >= 3
    assert len(sources_for(city)) >= 6


def test_the_catalogue_is_as_wide_as_it_says():
    rows = {}
    for city in cities():
        rows |= {(source.entry["url"], source.id): source for source in sources_for(city)}
    assert sum(city.is_mainland for city in cities()) >= 12
    assert sum(not city.is_mainland for city in cities()) >= 12
    assert len({source.id for source in rows.values()}) >= 60


def test_every_source_says_what_it_rests_on_and_what_its_host_is_like():
    topics = {entry.group for entry in vocabulary.entries()}
    for city in cities():
        for source in sources_for(city, WORDS):
            assert source.proof.kind in {"recorded", "code", "document", "mention"}
            assert "2025-10" <= source.proof.month <= "2026-11"
            assert source.proof.confidence in set("ABC")
            assert source.proof.is_unconfirmed == (source.proof.kind != "recorded")
            assert source.language in {"zh", "en", "any"}
            assert set(source.topics) <= topics, source.id
            host = source.host
            assert host.robots in {"unseen", "allows"} or host.robots.startswith("delay ")
            assert host.log_in in {"none", "some"}
            assert host.data_centre in {"yes", "no", "unknown"}
            assert host.reach in {"mainland", "abroad", "both"}


@pytest.mark.parametrize("city", [city for city in cities() if city.is_mainland], ids=lambda city: city.name)
def test_the_latin_name_of_a_chinese_city_is_that_of_the_town_there(city):
    point = float(city.fills["lat"]), float(city.fills["lon"])
    latin = {"哈尔滨": "harbin"}.get(city.name, city.fills["citypinyin"])
    near = [town for town in towns(folded(latin)) if kilometres(point, (town.latitude, town.longitude)) < 80]
    assert near


def test_sites_of_the_catalogue_have_a_module_that_reads_their_addresses():
    told = {source.url: source for city in cities() for source in sources_for(city, WORDS)}
    entries = [source.entry for source in told.values() if source.entry["kind"] == "site"]
    assert len(entries) > 50
    for entry in entries:
        site = sites.site(entry["site"])
        assert site is not None
        assert site.answers_to(entry["url"]), entry
        assert site.asks(entry["url"], NOW), entry


def test_the_shipped_configuration_stands_in_the_catalogue():
    shipped = load(ROOT / "config.yaml", Catalog("en")).sources
    known = {
        source.id: (source.url, source.entry["kind"], source.entry.get("site"))
        for source in sources_for(city_named("上海"))
    }
    assert {entry.id: (entry.url, entry.kind, entry.site) for entry in shipped}.items() <= known.items()
