"""Sources that change over days as reported, in other zones, on other days, in other forms, refreshed more often."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from tests.support.histories import Held, History, calendar, vevent

pytestmark = pytest.mark.long
SHANGHAI, BERLIN, ANGELES = "Asia/Shanghai", "Europe/Berlin", "America/Los_Angeles"
TITLE = "Storage speech night"
WEEKLY = "RRULE:FREQ=WEEKLY"
NAMES = ("Storage evening", "Speech evening", "Debate evening", "Battery evening", "Games of storage", "Debate cup")
DAYS = (24, 25, 26, 27)


class Club:
    """One source of a zone that says something else from the 24th on, refreshed so often a day."""

    def __init__(self, folder, zone: str = SHANGHAI, often: int = 1, kind: str = "ical", force: bool = False) -> None:
        self.often, self.more = often, ("--force",) if force else ()
        self.history = History(folder, f"{{id: club, kind: {kind}, file: club.txt}}", zone=zone)

    def says(self, text: str) -> None:
        self.history.says("club.txt", text)

    def begins(self, text: str) -> list[Held]:
        self.says(text)
        self.history.run(23, "week")
        return self.history.held()

    def goes_on(self, *days: int):
        """Refreshes; -> after each the moment of it and what is held. The source is well all the time."""
        for day in days or DAYS:
            for turn in range(self.often):
                told = self.history.run(day, "refresh", *self.more, hour=8 + 4 * turn)
                assert self.history.outcome(told, "club") == "ok"
                yield self.history.moment(day, 8 + 4 * turn), self.history.held()

    def event(self, uid: str, start: str, title: str = TITLE, *more: str, **known: str) -> str:
        return vevent(uid, start, title, *more, zone=self.history.zone, **known)


def once_each(held: list[Held]) -> bool:
    return all(each.takes_place for each in held) and len({each.start for each in held}) == len(held)


@pytest.mark.parametrize(
    ("zone", "often", "force", "before", "after", "rule"),
    [
        (BERLIN, 1, True, "20261104T190000", "20261104T193000", WEEKLY),
        (ANGELES, 3, False, "20261104T190000", "20261104T173000", WEEKLY),
        (SHANGHAI, 1, False, "20261107T100000", "20261107T140000", f"{WEEKLY};BYDAY=SA"),
        (BERLIN, 1, False, "20261104T233000", "20261105T003000", WEEKLY),
        (ANGELES, 1, False, "20261104T190000", "20261105T190000", f"{WEEKLY};COUNT=12"),
        (SHANGHAI, 3, True, "20261104T190000", "20261103T190000", WEEKLY),
        (BERLIN, 1, False, "20261101T190000", "20261102T190000", WEEKLY),
        (ANGELES, 1, False, "20261102T180000", "20261101T180000", WEEKLY),
        (BERLIN, 1, False, "20261104T190000", "20261107T140000", WEEKLY),
    ],
)
def test_s1_series_moved(tmp_path, zone, often, force, before, after, rule):
    club = Club(tmp_path, zone, often, force=force)
    other = club.event("z", "20261106T200000", "Debate round", WEEKLY)
    first = club.begins(calendar(club.event("w", before, TITLE, rule), other))
    known = {each.uid: each for each in first}
    moved_by = datetime.fromisoformat(after) - datetime.fromisoformat(before)
    club.says(calendar(club.event("w", after, TITLE, rule), other))
    for now, held in club.goes_on():
        coming = [each for each in held if each.title == TITLE and each.start >= now]
        assert once_each(coming)
        lasting = [each for each in coming if each.uid in known]
        assert len(coming) - len(lasting) <= 1, "at most one evening is new, at an end of what is read"
        assert all(each.sequence > known[each.uid].sequence for each in lasting)
        walls = [(each.start.replace(tzinfo=None), known[each.uid].start.replace(tzinfo=None)) for each in lasting]
        assert {one - other for one, other in walls} == {moved_by}
        assert [each for each in held if each.title == "Debate round"] == [
            each for each in first if each.title == "Debate round"
        ]


@pytest.mark.parametrize(
    ("zone", "often", "since", "hour", "uid", "place"),
    [
        (BERLIN, 1, "20261209", "19", "w_R20261209T180000@google.com", "Harbour House, 2 Quay"),
        (ANGELES, 2, "20261209", "20", "w_R20261210T030000@google.com", "Linden Hall, 5 Juniper Road"),
        (SHANGHAI, 1, "20261202", "21", "an-id-of-its-own", "Harbour House, 2 Quay"),
    ],
)
def test_s5_this_and_following(tmp_path, zone, often, since, hour, uid, place):
    club = Club(tmp_path, zone, often)
    first = club.begins(calendar(club.event("w@google.com", "20261104T190000", TITLE, WEEKLY)))
    ends = datetime.fromisoformat(since) - timedelta(hours=2)
    old = club.event("w@google.com", "20261104T190000", TITLE, f"{WEEKLY};UNTIL={ends:%Y%m%dT%H%M%SZ}")
    club.says(calendar(old, club.event(uid, f"{since}T{hour}0000", TITLE, WEEKLY, place=place)))
    for now, held in club.goes_on():
        coming = [each for each in held if each.start >= now]
        assert once_each(coming)
        assert {each.uid for each in first if each.start >= now} <= {each.uid for each in held}
        for each in coming:
            is_new = f"{each.start:%Y%m%d}" >= since
            assert (f"{each.start:%H}", each.place) == ((hour, place) if is_new else ("19", coming[0].place))


@pytest.mark.parametrize(("zone", "count"), [(BERLIN, 1), (ANGELES, 2), (SHANGHAI, 4), (BERLIN, 5), (ANGELES, 6)])
def test_s5_short(tmp_path, zone, count):
    club = Club(tmp_path, zone, often=2)
    rule = f"{WEEKLY};COUNT={count}"
    first = club.begins(calendar(club.event("s", "20261202T190000", TITLE, rule)))
    club.says(calendar(club.event("s", "20261202T193000", TITLE, rule)))
    for _, held in club.goes_on():
        assert {f"{each.start:%H:%M}" for each in held} == {"19:30"}
        assert once_each(held)
        assert [each.uid for each in held] == [each.uid for each in first]
        assert all(one.sequence > two.sequence for one, two in zip(held, first, strict=True))


@pytest.mark.parametrize("zone", [BERLIN, ANGELES])
def test_s5_single_to_series_and_back(tmp_path, zone):
    club, rule = Club(tmp_path, zone), f"{WEEKLY};COUNT=3"
    (first,) = club.begins(calendar(club.event("o", "20261202T190000")))
    club.says(calendar(club.event("o", "20261202T190000", TITLE, rule)))
    for _, held in club.goes_on(24, 25):
        assert club.history.told_by(held) == ["02 19:00", "09 19:00", "16 19:00"]
        assert once_each(held)
        assert held[0].uid == first.uid
    club.says(calendar(club.event("o", "20261202T190000")))  # whoever takes the rule away takes its evenings back
    *_, (_, held) = club.goes_on(26, 27, 28)
    there = [each for each in held if each.takes_place]
    assert (club.history.told_by(there), there[0].uid) == (["02 19:00"], first.uid)


@pytest.mark.parametrize(
    ("zone", "number", "moved"),
    [
        (SHANGHAI, 0, "20261202T200000"),
        (BERLIN, 2, "20261216T183000"),
        (ANGELES, 1, "20261210T190000"),
        (BERLIN, 1, "20261210T003000"),
    ],
)
def test_s5_same_uid_expanded(tmp_path, zone, number, moved):
    club = Club(tmp_path, zone)
    days = ["20261202T190000", "20261209T190000", "20261216T190000"]
    first = club.begins(calendar(*(club.event("same", day) for day in days)))
    days[number] = moved
    club.says(calendar(*(club.event("same", day) for day in days)))
    for _, held in club.goes_on():
        there = [each for each in held if each.takes_place]
        assert [f"{each.start:%Y%m%dT%H%M%S}" for each in there] == sorted(days)
        assert [each for each in first if each.start.day != first[number].start.day] == [
            each for each in held if each.uid != first[number].uid
        ]


@pytest.mark.parametrize(
    ("zone", "count", "new", "often"), [(BERLIN, 3, 1, 3), (ANGELES, 4, 1, 1), (SHANGHAI, 5, 3, 1), (BERLIN, 6, 2, 2)]
)
def test_s2_limited(tmp_path, zone, count, new, often):
    club = Club(tmp_path, zone, often)
    known = [club.event(f"k{number}", f"202612{4 + 2 * number:02d}T190000", NAMES[number]) for number in range(count)]
    known[0] = club.event("k0", "20261125T190000", NAMES[0])
    more = [club.event(f"new{number}", f"20261126T{19 + number}0000", "Board games anew") for number in range(new)]
    first = club.begins(calendar(*known))
    club.says(calendar(*[known[0], *more, *known[1:]][:count]))
    for _, held in club.goes_on(24, 25):
        assert [each for each in held if "anew" not in each.title] == first
        assert len(held) == count + new
    club.says(calendar(*known[1:]))
    for _, held in club.goes_on(27):
        assert [each for each in held if "anew" not in each.title] == first


def as_calendar(club: Club, turn: int, evenings) -> str:
    return calendar(*(club.event(f"{turn}-{place}", start, title) for place, (start, title) in enumerate(evenings)))


def as_feed(club: Club, turn: int, evenings) -> str:
    items = "".join(
        f"<item><title>{title}</title><link>https://club.example/e/{title[:5]}</link><guid>{turn}-{title}</guid>"
        f"<description>When: {datetime.fromisoformat(start):%d %B %Y, %H:%M}. Where: Linden Hall, 5 Juniper Road"
        "</description><pubDate>Fri, 20 Nov 2026 09:00:00 +0800</pubDate></item>"
        for start, title in evenings
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Club</title>{items}</channel></rss>'


def iso(start: str) -> str:
    return datetime.fromisoformat(start).isoformat()


def as_page(club: Club, turn: int, evenings) -> str:
    hall = {"@type": "Place", "name": "Linden Hall", "address": "5 Juniper Road"}
    nodes = [
        {"@type": "Event", "@id": f"{turn}-{title}", "name": title, "startDate": iso(start), "location": hall}
        for start, title in evenings
    ]
    return f'<html><body><script type="application/ld+json">{json.dumps(nodes)}</script></body></html>'


FORMS = {"ical": as_calendar, "feed": as_feed, "page": as_page}


@pytest.mark.parametrize(("kind", "zone", "count", "often"), [
    ("ical", BERLIN, 3, 3), ("ical", ANGELES, 4, 1), ("ical", SHANGHAI, 6, 1), ("feed", BERLIN, 5, 2),
    ("page", SHANGHAI, 5, 1),
])  # fmt: skip
def test_s3_random_uids(tmp_path, kind, zone, count, often):
    club = Club(tmp_path, zone, often, kind)
    evenings = [(f"202612{1 + number:02d}T190000", NAMES[number]) for number in range(count)]
    first = club.begins(FORMS[kind](club, 0, evenings))
    assert len(first) == count
    for day in DAYS:
        club.says(FORMS[kind](club, day, evenings))
        assert all(held == first for _, held in club.goes_on(day))


@pytest.mark.parametrize(("kind", "count", "moved", "to", "lost", "force"), [
    ("ical", 3, 1, "1202T003000", None, False),
    ("ical", 3, 2, "1202T190000", None, False),
    ("ical", 4, 0, "1201T200000", 2, False),
    ("ical", 5, 3, "1204T200000", 1, True),
    ("ical", 5, 0, "1204T190000", 2, False),
    ("ical", 6, 1, "1202T183000", 0, False),
    ("page", 5, 0, "1201T200000", 2, False),
    ("feed", 3, 0, "1201T200000", None, False),
])  # fmt: skip
def test_s11_random_uid_move(tmp_path, kind, count, moved, to, lost, force):
    club = Club(tmp_path, SHANGHAI, kind=kind, force=force)
    evenings = {name: f"2026120{number}T190000" for number, name in enumerate(NAMES[:count], 1)}
    first = club.begins(FORMS[kind](club, 0, [(at, of) for of, at in evenings.items()]))
    uids = {each.title: each.uid for each in first}
    evenings[NAMES[moved]] = f"2026{to}"
    if lost is not None:
        del evenings[NAMES[lost]]
    for day in (24, 25, 26):
        club.says(FORMS[kind](club, day, [(at, of) for of, at in evenings.items()]))
        *_, (_, held) = club.goes_on(day)
    there = [each for each in held if each.takes_place]
    assert {each.title: f"{each.start:%Y%m%dT%H%M%S}" for each in there} == evenings
    assert len(there) == len(evenings)
    assert all(each.uid == uids[each.title] for each in there)
    assert len(held) <= count
