"""Place fields: name, address, district, city; what is online; the city that a text names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.text.districts import find, locate
from spiders.text.where import city_of_text, city_of_title, read_mode, read_where


@pytest.mark.parametrize(
    ("value", "name", "address", "district", "city"),
    [
        ("上海市徐汇区漕河路8号（某某空间）", "某某空间", "上海市徐汇区漕河路8号", "徐汇区", "上海"),
        ("旧仓咖啡（杭州市西湖区示例路12号）", "旧仓咖啡", "杭州市西湖区示例路12号", "西湖区", "杭州"),
        ("青柠书店，成都市武侯区桂花巷5号", "青柠书店", "成都市武侯区桂花巷5号", "武侯区", "成都"),
        ("上海徐汇", "上海徐汇", None, "徐汇区", "上海"),
        ("深圳南山科技园", "深圳南山科技园", None, "南山区", "深圳"),
        ("成都市高新区云谷中心", "成都市高新区云谷中心", None, "高新区", "成都"),
        ("三号楼201", "三号楼201", None, None, None),
        ("）于苏州工业园区", "苏州工业园区", None, "工业园区", "苏州"),
        ("8:00 地铁样板站2号口", "地铁样板站2号口", None, None, None),
        ("Canal Works, 5 Mill Lane, Shanghai", None, None, None, "上海"),
    ],
)
def test_parts_of_a_place(
    value: str, name: str | None, address: str | None, district: str | None, city: str | None
) -> None:
    place = read_where(value)
    assert place is not None
    if name is not None:
        assert (place.name, place.address) == (name, address)
    assert (place.district, place.city) == (district, city)


@pytest.mark.parametrize(
    "value", ["待定", "线上（腾讯会议）", "见海报", "另行通知", "腾讯会议 123 456 789", "", "https://x.example/a"]
)
def test_what_names_no_place(value: str) -> None:
    assert read_where(value) is None


def test_words_behind_a_place_are_cut_off() -> None:
    place = read_where("📍 望江书院二楼，欢迎准时到场。地铁2号线可达")
    assert place is not None
    assert place.name == "望江书院二楼"


def test_coordinates_of_a_district_are_near_its_city() -> None:
    here, there = locate("徐汇区"), locate("上海")
    assert here is not None
    assert there is not None
    assert abs(here[0] - there[0]) < 0.3
    assert locate("某个地方") is None


@pytest.mark.parametrize(
    ("title", "city"),
    [
        ("数字化沙龙·苏州站", "苏州"),
        ("【12月2日上海】采购论坛", "上海"),
        ("今晚一起爬山", None),
        ("孙中山故居的故事", None),
        ("北京路步行街夜跑", None),
        ("Shenzhen maker night", "深圳"),
    ],
)
def test_the_city_of_a_title(title: str, city: str | None) -> None:
    assert city_of_title(title) == city


def test_a_city_named_all_through_a_text() -> None:
    assert city_of_text("长沙的朋友们好。" * 3 + "我们去过一次武汉。") == "长沙"
    assert city_of_text("从长沙到武汉，从武汉到长沙。" * 3) is None


@pytest.mark.parametrize(
    ("text", "place", "mode"),
    [
        ("腾讯会议见", False, "online"),
        ("线下+线上同步直播", True, "hybrid"),
        ("现场见", False, "in-person"),
        ("读书会", True, "in-person"),
        ("读书会", False, None),
        ("Webinar on zoom", False, "online"),
    ],
)
def test_mode(text: str, place: bool, mode: str | None) -> None:
    assert read_mode(text, place=place) == mode


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("漕河路8号abc", None),
        ("漕河路8号心间", None),
        ("漕河路8号样板咖啡", "样板咖啡"),
        ("漕河路8号样板书店", "样板书店"),
        ("漕河路8号Pond Hall", None),
        ("漕河路8号PondHall", None),
        ("漕河路8号蛙池空间", "蛙池空间"),
    ],
)
def test_what_follows_a_street_number_is_a_venue_only_by_its_ending(field: str, name: str | None) -> None:
    place = read_where(field)
    assert place is not None
    assert place.name == name


@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    place = read_where(text)
    assert place is None or place.name or place.address
    assert all(text[hit.start : hit.stop] for hit in find(text))
