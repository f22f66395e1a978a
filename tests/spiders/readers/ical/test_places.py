"""What LOCATION says: a place, a web room, both. A map is a place, and so is a club with a word of the net in it."""

from __future__ import annotations

import pytest

from spiders.items import Event
from tests.support.as_written import as_written
from tests.support.written import calendar, only, read


def at(location: str, more: str = "") -> Event:
    return only(read(calendar(f"UID:p\nSUMMARY:Talk\nDTSTART:20261128T110000Z\nLOCATION:{location}{more}")))


def words(event: Event) -> str:
    place = event.place
    return " | ".join(part for part in (place.name, place.address) if part) if place else ""


PLACES = [
    ("Remote Control Club\\, 5 Quay Street", "Remote Control Club | 5 Quay Street"),
    ("Zoom Photography Studio\\, 5 Quay Street", "Zoom Photography Studio | 5 Quay Street"),
    ("Teams Sports Bar", "Teams Sports Bar"),
    ("Virtual Reality Arcade\\, 12 Dock Road", "Virtual Reality Arcade | 12 Dock Road"),
    ("Online Coffee House", "Online Coffee House"),
    ("Livestream Brewery\\, 8 Dock Road", "Livestream Brewery | 8 Dock Road"),
    ("Remote Island Lodge", "Remote Island Lodge"),
    ("The Zoom Room\\, 12 Dock Road", "The Zoom Room | 12 Dock Road"),
    ("Webinar Hall", "Webinar Hall"),
    ("Zoom Torino\\, Strada Piscina 36", "Zoom Torino | Strada Piscina 36"),
    ("Tide House", "Tide House"),
    ("Tide House https://tide.example/map", "Tide House"),
    ("Tide House (https://tide.example/find-us)", "Tide House"),
    ("Tide House\\, 5 Quay Street\\nhttps://maps.google.com/?q=tide+house", "Tide House | 5 Quay Street"),
    ("https://maps.google.com/?q=Tide+House%2C+5+Quay+Street", "Tide House | 5 Quay Street"),
    ("https://www.google.com/maps/place/Tide+House/@31.19\\,121.43\\,17z", "Tide House"),
    ("https://maps.apple.com/?q=Tide%20House&ll=31.19\\,121.43", "Tide House"),
    ("木叶书店（https://tide.example/map）", "木叶书店"),
    ("Online Gallery\\, 5 Quay Street", "Online Gallery | 5 Quay Street"),
    ("https://uri.amap.com/marker?position=121.43\\,31.19&name=木叶书店", "木叶书店"),
    ("直播俱乐部，梧桐里9号", "直播俱乐部 | 梧桐里9号"),
    ("钉钉大厦3楼", "钉钉大厦3楼"),
]


@pytest.mark.parametrize(("location", "place"), PLACES)
def test_places(location: str, place: str) -> None:
    event = at(location)
    assert (words(event), event.mode) == (place, "in-person")


@pytest.mark.parametrize(
    "location",
    [
        "https://goo.gl/maps/abcDEF",
        "https://maps.app.goo.gl/abcDEF",
        "https://www.openstreetmap.org/?mlat=31.19&mlon=121.43",
        "https://uri.amap.com/marker?position=121.43\\,31.19",
        "https://j.map.baidu.com/ab/cd",
        "geo:31.19\\,121.43",
        "https://www.bing.com/maps?cp=31.19~121.43",
        "https://osm.org/go/abc",
        "Google Maps: https://goo.gl/maps/abc",
        "https://map.qq.com/?what=1",
    ],
)
def test_a_map_shows_a_place_whatever_it_is_called(location: str) -> None:
    event = at(location)
    assert event.mode in ("in-person", None)
    assert event.place is None or event.place.name is None or "://" not in event.place.name


HYBRID = [
    ("Microsoft Teams Meeting\\; Tide House Room 2", "Tide House Room 2"),
    ("Tide House Room 2\\; Microsoft Teams Meeting", "Tide House Room 2"),
    ("Tide House / Zoom", "Tide House"),
    ("Zoom / Tide House", "Tide House"),
    ("Tide House + Zoom", "Tide House"),
    ("Tide House & Online", "Tide House"),
    ("Tide House and Zoom", "Tide House"),
    ("Tide House | Google Meet", "Tide House"),
    ("Tide House\\nOnline", "Tide House"),
    ("Tide House\\, 5 Quay Street\\; Zoom", "Tide House | 5 Quay Street"),
    ("Tide House\\, Room 2\\, Zoom", "Tide House | Room 2"),
    ("Tide House (and on Zoom)", "Tide House"),
    ("Tide House https://us02web.zoom.us/j/123", "Tide House"),
    ("Tide House\\; https://teams.microsoft.com/l/meetup-join/1", "Tide House"),
    ("https://meet.google.com/abc-defg-hij Tide House", "Tide House"),
    ("木叶书店 / 腾讯会议", "木叶书店"),
    ("腾讯会议；木叶书店", "木叶书店"),
    ("木叶书店＋线上", "木叶书店"),
    ("Hybrid: Tide House", "Hybrid: Tide House"),
    ("Virtual or Tide House", "Tide House"),
    ("Webex\\; The Gasworks", "The Gasworks"),
    ("Zoom (and Tide House)", "Tide House"),
    ("Virtual - Tide Hall", "Tide Hall"),
    ("Tide House - Virtual", "Tide House"),
    ("Tide House und online", "Tide House"),
    ("Teams-Besprechung\\; Raum 3", "Raum 3"),
    ("Conf Rm 5\\; Microsoft Teams Meeting\\; Conf Rm 6", "Conf Rm 5 | Conf Rm 6"),
    ("线下：木叶书店 / 线上：腾讯会议", "木叶书店"),
    ("线上线下同步：木叶书店", "线上线下同步：木叶书店"),
]


@pytest.mark.parametrize(("location", "place"), HYBRID)
def test_a_room_beside_a_web_room(location: str, place: str) -> None:
    event = at(location)
    assert (words(event), event.mode) == (place, "hybrid")


ONLINE = [
    "Zoom",
    "Online",
    "online event",
    "Virtual",
    "Microsoft Teams Meeting",
    "Microsoft Teams",
    "Google Meet",
    "Teams",
    "Webex",
    "Webinar",
    "Livestream",
    "Remote",
    "Zoom Meeting",
    "Zoom Webinar",
    "Online via Zoom",
    "Virtual Event",
    "Zoom only",
    "Online (link will be sent)",
    "Online - link follows",
    "Zoom: see the mail",
    "Zoom\\, link in the description",
    "Online\\, register for the link",
    "Virtual Meeting via Zoom",
    "Zoom Meeting ID: 123 456 789 Passcode: 1234",
    "https://us02web.zoom.us/j/123",
    "Join Zoom Meeting https://us02web.zoom.us/j/123",
    "Zoom https://us02web.zoom.us/j/123?pwd=x",
    "https://meet.google.com/abc-defg-hij",
    "https://tide.example/live",
    "Online\\, Zoom",
    "Zoom / Webex",
    "Online Webinar",
    "An online event",
    "Virtual Zoom Meeting",
    "Online: https://tide.example/live",
    "腾讯会议",
    "腾讯会议：123-456-789",
    "线上",
    "线上（腾讯会议）",
    "钉钉直播",
    "线上直播",
    "Online\\; Zoom Link",
    "Teams Meeting / Join by phone",
    "Skype Meeting",
    "Online Event / Zoom",
    "Virtual Classroom",
    "Webinar (register here)",
    "Remote via Teams",
    "Zoom Room 3",
    "Zoom-Meeting",
    "Online-Veranstaltung",
    "Microsoft Teams-Besprechung",
    "Réunion Microsoft Teams",
    "TBD / Zoom",
]


@pytest.mark.parametrize("location", ONLINE)
def test_web_rooms(location: str) -> None:
    event = at(location)
    assert (words(event), event.mode) == ("", "online")


def test_a_link_to_a_conference_beside_the_place() -> None:
    meet = "\nX-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij"
    assert at("Tide House", meet).mode in ("in-person", "hybrid")
    for line in (meet, "\nCONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://video.tide.example/9"):
        event = only(read(calendar(f"UID:p\nSUMMARY:Talk\nDTSTART:20261128T110000Z{line}")))
        assert (event.place, event.mode) == (None, "online")
    phone = "\nCONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+1-555-0100"
    assert only(read(calendar(f"UID:p\nSUMMARY:Talk\nDTSTART:20261128T110000Z{phone}"))).mode is None


@pytest.mark.parametrize(
    ("geo", "point"), [("31.19;121.43", (31.19, 121.43)), ("31.19,121.43", (31.19, 121.43)), ("121.43;31.19", None)]
)
def test_points(geo: str, point: tuple[float, float] | None) -> None:
    place = at("Tide House", f"\nGEO:{geo}").place
    assert place is not None
    assert (place.name, place.latitude) == ("Tide House", point[0] if point else None)


@pytest.mark.parametrize("case", as_written("places"), ids=lambda case: case["location"])
def test_places_as_people_write_them(case) -> None:
    """In several languages: houses with a word of the net in their name, rooms of both kinds, maps."""
    event = at(case["location"])
    assert event.mode in case["modes"]
    assert (case["has"] or "") in words(event)
    assert not case["without"] or case["without"] not in words(event)
