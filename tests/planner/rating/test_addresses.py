"""Which town an address in Latin letters is in, and how far it is."""

from __future__ import annotations

import pytest

from planner.rating.addresses import Area, city_of, town_of
from planner.rating.travel import BELIEVED_ALONE, UNKNOWN_MINUTES, TravelTimes
from planner.types import Travel
from spiders.items import Place
from spiders.text.towns import folded, postcode, towns
from tests.support.events import make_event

EAST = "America/New_York"
LANCASTER = Area((40.04, -76.31), "US")
BERLIN = Area((52.52, 13.41), "DE")
UNKNOWN = Travel(UNKNOWN_MINUTES, False)


def named(text: str, area: Area = LANCASTER, city: str | None = None) -> str | None:
    spot = town_of([text], area, city=city)
    return f"{spot.town.name}, {spot.town.region}" if spot and spot.town else None


@pytest.mark.parametrize(
    ("address", "town"),
    [
        ("Sample Hall, 18 Sample St, Lititz, PA, 17543, United States", "lititz, PA"),
        ("Sample Hall\n115 Sample Blvd\nLititz, PA  17543", "lititz, PA"),
        ("Municipal Office 1840 Sample Drive Lititz PA 17543", "lititz, PA"),
        ("Sample Fire Company, 74 E Sample Rd, Ephrata, Pennsylvania 17522-0001", "ephrata, PA"),
        ("Sample Club (York, Pa.)", "york, PA"),
        ("Sample Bar, 33 Sample Street, Harrisburg, PA 17101, Harrisburg, PA", "harrisburg, PA"),
        ("Downtown Mount Joy, PA", "mt joy, PA"),
        ("Sample Theatre, New York, NY", "new york, NY"),
        ("Sample Theatre, 5 Sample Avenue, New York", "new york, NY"),
        ("Harrisburg", "harrisburg, PA"),
        ("Lebanon", "lebanon, PA"),  # no country, since a town of that name is near
        ("Ephrata, Program Room B", "ephrata, PA"),
        ("4140 Sample Highway #8 Ephrata", "ephrata, PA"),
        ("Sample Hotel, Berlin, Germany", "berlin, 16"),
    ],
)
def test_the_town_of_an_address(address, town):
    assert named(address) == town


@pytest.mark.parametrize(
    "words",
    [
        *("Lancaster Street", "12 Lancaster Street", "Boston Market", "Harrisburg Room", "The York Inn", "Studio 5"),
        "Boston Market, 12 Ephrata Street",
        "York Room, 12 Sample Street",  # in front of a street it is a house
        "Manheim Township",  # is not where Manheim is
        "Phoenix",  # a bar more likely than a city on the other side of the continent
        "Meet in the lobby, or in the hall",
        "Sample Hall, PA",
        "Sonoma County, California",  # nor is it in California City
        *("", ",", "PA", "17", "United States", "—", "Ελλάδα"),
    ],
)
def test_streets_and_houses_that_are_named_like_towns_are_none(words):
    assert named(words) is None


def test_a_city_that_its_source_names_is_believed_near_or_where_it_is_large():
    assert named("Sample Hall", city="Ephrata") == "ephrata, PA"
    assert named("Sample Hall", city="Chicago") == "chicago, IL"
    assert named("Sample Hall, WA", city="Vancouver") == "vancouver, WA"
    assert named("Sample Hall", city="Truth or Consequences") is None


def test_of_many_towns_of_one_name_the_near_one_is_meant_and_letters_and_accents_do_not_matter():
    assert named("Sample Hall, Brownstown, PA") == "brownstown, PA"
    spot = town_of(["Sample Hall, Brownstown, PA"], LANCASTER)
    assert spot is not None
    assert spot.point == (40.12, -76.21)  # and not the other one of the state
    assert named("Kneipe, POTSDAM", BERLIN) == "potsdam, 11"
    assert folded("Saint-Étienne") == folded("St. Etienne") == "st etienne"
    assert folded("上海") == ""
    assert towns("new york")[0].people > 8_000_000


def test_a_postcode_is_more_exact_than_its_town_but_not_against_it():
    spot = town_of(["18 Sample St, Lancaster, PA 17602"], LANCASTER)
    assert spot is not None
    assert (spot.exact, spot.point) == (True, postcode("17602"))
    wrong = town_of(["18 Sample St, Lancaster, PA 90210"], LANCASTER)
    assert wrong is not None
    assert (wrong.exact, wrong.point) == (False, (40.04, -76.31))
    assert postcode("00000") is None
    abroad = town_of(["Sample Platz 1, 10115 Berlin"], BERLIN)
    assert abroad is not None
    assert (abroad.exact, abroad.point) == (False, BERLIN.centre)  # five digits are no ZIP code there


def test_which_city_of_a_name_is_the_users_own():
    assert city_of("Santa Rosa", "America/Los_Angeles").region == "CA"
    assert city_of("Lancaster, OH", EAST).region == "OH"
    in_ohio = [["Sample Hall", "1 Sample St, Logan, OH 43138"]] * 3
    assert city_of("Lancaster", EAST, in_ohio).region == "OH"
    assert city_of("Lancaster", EAST).region == "PA"  # the largest there
    assert city_of("Nowhere at All", EAST) is None


def at(**known: object):
    return make_event("x", place=Place(**known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("home", "place", "expected"),
    [
        (None, {"name": "Sample Hall", "address": "Harrisburg, PA"}, Travel(62, True)),
        (None, {"name": "Sample Hall", "address": "1 Sample St, Lancaster, PA 17602"}, UNKNOWN),
        (None, {"name": "Sample Hall", "latitude": 40.05, "longitude": -76.30}, UNKNOWN),
        (None, {"name": "Sample Hall", "latitude": 40.27, "longitude": -76.88}, Travel(62, True)),
        ("Lancaster, PA 17603", {"address": "1 Sample St, Lancaster, PA 17602"}, Travel(33, True)),
        ("17603", {"name": "Sample Hall", "address": "Lancaster, PA"}, UNKNOWN),
        ("17603", {"address": "1 Sample St, Lititz, PA"}, Travel(45, True)),
        ("Lititz", {"address": "1 Sample St, Lititz, PA"}, UNKNOWN),
        ("Lititz", {"address": "Lancaster, PA 17602"}, Travel(45, True)),
    ],
)
def test_the_way_in_a_city_without_districts(home, place, expected):
    told = TravelTimes.of(home, "Lancaster", EAST).from_home(at(**place))
    assert told.known == expected.known
    assert told.minutes == pytest.approx(expected.minutes, abs=4)


def test_between_towns_a_kilometre_takes_half_a_minute():
    times = TravelTimes.of("31.0, 121.0", "上海")
    ten, hundred = (times.from_home(at(latitude=31.0 + north, longitude=121.0)) for north in (0.0899, 0.899))
    assert (ten, hundred) == (Travel(40, True), Travel(85, True))


def test_coordinates_in_another_land_need_words_that_say_so():
    times = TravelTimes.of(None, "Lancaster", EAST)
    england = {"latitude": 53.76, "longitude": -2.70}
    assert times.from_home(at(name="Sample Hall", **england)) == UNKNOWN
    assert (
        times.from_home(at(name="Sample Hall", address="Preston, United Kingdom", **england)).minutes > BELIEVED_ALONE
    )


def test_a_home_that_is_not_understood_is_known():
    assert TravelTimes.of(None, "Lancaster", EAST).home_understood
    assert TravelTimes.of("17603", "Lancaster", EAST).home_understood
    assert TravelTimes.of("徐汇区", "上海").home_understood
    assert not TravelTimes.of("Mars", "Lancaster", EAST).home_understood
    assert not TravelTimes.of("火星", "上海").home_understood


def test_two_places_of_one_town_may_be_far_apart_and_those_of_two_are_not_near():
    times = TravelTimes.of(None, "Lancaster", EAST)
    one, other = at(name="A", address="Harrisburg, PA"), at(name="B", address="Harrisburg, PA")
    assert times.between(one, other) == UNKNOWN_MINUTES
    assert times.between(one, at(name="C", address="Lititz, PA")) > 50
