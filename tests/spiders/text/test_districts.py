"""Names of cities and districts: Taiwan and abroad, both scripts, namesakes, words that are no places."""

from __future__ import annotations

import pytest

from spiders.text.districts import find, locate
from spiders.text.institutions import city_of_institution
from spiders.text.where import city_abroad, city_of_text, city_of_title, city_of_words, read_where


@pytest.mark.parametrize(
    ("field", "city", "district"),
    [
        ("高雄市苓雅區桂花路58號9樓", "高雄", "苓雅區"),
        ("臺北市大安区桂花路1号", "台北", "大安區"),
        ("台北巿大安區桂花路1號", "台北", "大安區"),
        ("高雄縣岡山鎮桂花路8號", "高雄", "岡山區"),
        ("嘉義縣中埔鄉桂花村1號", "嘉義", "中埔鄉"),
        ("中壢區桂花路3號", "桃園", "中壢區"),
        ("廣州市天河區桂花路3號", "广州", "天河区"),
        ("香港灣仔區桂花道3號", "香港", "灣仔區"),
        ("山打根青柠堂", "山打根", None),
        ("河南安阳青柠博物馆", "安阳", None),
        ("常州新北区桂花路3号", "常州", "新北区"),
        ("北京朝阳区桂花路3号", "北京", "朝阳区"),
    ],
)
def test_the_city_and_the_district_of_a_field(field: str, city: str, district: str | None) -> None:
    place = read_where(field)
    assert place is not None
    assert (place.city, place.district) == (city, district)


@pytest.mark.parametrize(
    "field",
    ["北区桂花路3号", "新兴区桂花路3号", "市中一路167号", "大溪镇桂花路3号", "和平南安居楼3号"],
)
def test_a_name_that_several_cities_bear_or_that_is_part_of_a_word_tells_no_city(field: str) -> None:
    place = read_where(field)
    assert place is not None
    assert place.city is None


def test_both_scripts_are_one_city() -> None:
    assert locate("臺中") == locate("台中")
    assert [hit.place.city for hit in find("臺東與廣州")] == ["台東", "广州"]


def test_a_city_abroad_counts_where_it_is_told_as_the_place() -> None:
    assert city_of_title("青柠读书会·伦敦站") == "伦敦"
    assert city_of_title("东京爱情故事观影会") is None
    assert city_of_text("巴黎的桥，巴黎的雨。" * 3) is None
    assert city_of_words("圣地亚哥，") == "圣地亚哥"
    assert city_abroad("Riverside Hall, London") == "伦敦"
    assert city_abroad("Londonderry Road") is None


def test_a_city_named_once_stands_for_itself() -> None:
    assert city_of_text("本周六在长沙，我们读书。") == "长沙"
    assert city_of_text("本周六读孙中山文集。") is None


@pytest.mark.parametrize(
    ("words", "city"),
    [
        ("國立中興大學圖書館", "台中"),
        ("清华大学三教", "北京"),
        ("國立清華大學教育館", "新竹"),
        ("湖北大学生之家", None),
        ("青柠书店", None),
    ],
)
def test_the_city_of_an_institution(words: str, city: str | None) -> None:
    assert city_of_institution(words) == city
