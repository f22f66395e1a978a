"""Much at once: every fault in one file, and thousands of what a calendar has a few of."""

from __future__ import annotations

from datetime import timedelta

import pytest

from spiders.readers.ical.starts import MAX_INSTANCES
from spiders.reasons import Code
from tests.support.timing import takes_less
from tests.support.written import NOW, calendar, context, read, vtimezone

GOOD = "UID:good\nSUMMARY:Good\nDTSTART;TZID=Asia/Shanghai:20261125T190000\nDTEND:20261125T210000"
SERIES = "UID:s\nSUMMARY:Series\nDTSTART;TZID=Asia/Shanghai:20261125T190000\nDURATION:PT2H\nRRULE:FREQ=DAILY"
FAULTS = [
    "UID:offset\nSUMMARY:Offset\nDTSTART;TZID=UTC-04:00:20261128T190000\nDTEND:20261128T210000",
    "UID:own\nSUMMARY:Own\nDTSTART;TZID=GMT:20261128T190000\nDURATION:PT",
    SERIES + ";COUNT=5\nEXDATE;VALUE=DATE:20261126\nEXDATE:20261127T190000\nRDATE:20261204T000000Z",
    "UID:s\nSUMMARY:Moved\nRECURRENCE-ID;VALUE=DATE:20261128\nDTSTART:20261201T200000\nSEQUENCE:1",
    "UID:s\nSUMMARY:Moved again\nRECURRENCE-ID:20261128T110000Z\nDTSTART:20261202T200000\nSEQUENCE:2",
    "UID:v\nSUMMARY:Version\nSEQUENCE:1\nDTSTART:20261128T110000Z",
    "UID:v\nSUMMARY:Version\nSEQUENCE:2\nDTSTART:20261129T110000Z",
    "UID:p\nDESCRIPTION:Prose.\n\nBegin: 08:00\nLocation: hall\nEND: 10:00\nSUMMARY:Prose\nDTSTART:20261129T110000Z",
    "UID:d\nSUMMARY:Day\nDTSTART:20261127T160000Z\nDTEND:20261128T160000Z\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
    "UID:e\nSUMMARY:<Dune> and vector<T>\nDTSTART:20261129T110000Z\nDTEND:TBA\nLOCATION:Hall 2\\; Zoom",
    "UID:second\nSUMMARY:Every second\nDTSTART:20261120T000000Z\nRRULE:FREQ=SECONDLY",
    "UID:cut\nSUMMARY:No end",
]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r\r\n", "\n\n"])
@pytest.mark.parametrize("order", [1, -1])
def test_every_fault_at_once_costs_nothing_but_itself(ending: str, order: int) -> None:
    head = "METHOD:PUBLISH\nX-WR-TIMEZONE:UTC-5\n" + vtimezone("GMT", "+0000", "+0100")
    body = calendar(*[*FAULTS, GOOD][::order], head=head) + calendar(
        "UID:off\nDTSTART:20261129T110000Z", head="METHOD:CANCEL\n"
    )
    reading = read(body.replace("\n", ending))
    told = {event.uid: event for event in reading.events}
    assert set(told) == {"offset", "own", "s", "v", "p", "d", "e", "good", "off"}
    assert [event.title for event in reading.events if event.uid == "s"].count("Moved again") == 1
    assert sum(event.uid == "s" for event in reading.events) == 4
    assert {uid for uid, event in told.items() if event.status == "cancelled"} == {"off"}
    assert told["d"].all_day
    assert told["e"].title == "<Dune> and vector<T>"
    assert all(event.evidence.sure == "stated" for event in reading.events)


def changes(count: int, name: str, more: str = "") -> list[str]:
    at = [NOW + timedelta(days=n % 400, hours=10, minutes=n // 400) for n in range(count)]
    return [
        f"UID:s\nSUMMARY:C{n}\nRECURRENCE-ID{name.format(when)}\nDTSTART:{when:%Y%m%dT%H%M%SZ}{more}"
        for n, when in enumerate(at)
    ]


MANY = {
    "ten thousand changes": [SERIES, *changes(10_000, ":{:%Y%m%dT%H%M%SZ}")],
    "ten thousand that name days": [SERIES, *changes(10_000, ";VALUE=DATE:{:%Y%m%d}", "\nSEQUENCE:1")],
    "ten thousand of an earlier version": [SERIES + "\nSEQUENCE:9", *changes(10_000, ":{:%Y%m%dT%H%M%SZ}")],
    "ten thousand without a series": changes(10_000, ":{:%Y%m%dT%H%M%SZ}"),
    "five thousand excluded": [
        SERIES + "\nEXDATE:" + ",".join(f"{NOW + timedelta(days=n):%Y%m%d}" for n in range(5000))
    ],
    "five thousand excluded at midnight": [
        SERIES + "".join(f"\nEXDATE:{NOW + timedelta(days=n % 60, seconds=n):%Y%m%dT000000Z}" for n in range(5000))
    ],
    "five thousand that miss": [
        SERIES + "".join(f"\nEXDATE:{NOW + timedelta(days=n % 60, seconds=n):%Y%m%dT%H%M%S}" for n in range(5000))
    ],
    "two thousand that change what follows": [SERIES, *changes(2000, ";RANGE=THISANDFUTURE:{:%Y%m%dT%H%M%SZ}")],
    "ten thousand of one uid": [GOOD.replace("good", "u") + f"\nSEQUENCE:{n}" for n in range(10_000)],
    "fifty series and ten thousand changes": [
        *[SERIES.replace("T19", f"T{n % 24:02}") for n in range(50)],
        *changes(10_000, ":{:%Y%m%dT%H%M%SZ}"),
    ],
    "versions by the fifty": [GOOD.replace("good", f"u{n // 50}") + f"\nSEQUENCE:{n}" for n in range(5000)],
    "every second": [SERIES.replace("DAILY", "SECONDLY"), *changes(1000, ":{:%Y%m%dT%H%M%SZ}")],
    "long prose": [
        "UID:p\nSUMMARY:P\nDTSTART:20261129T110000Z\nDESCRIPTION:x" + "\nLocation: y\nLOCATION: z\nEnd: 1" * 20_000
    ],
    "long places": [GOOD.replace("good", f"u{n}") + "\nLOCATION:" + "Zoom / Hall; " * 200 for n in range(500)],
}


@pytest.mark.parametrize("name", MANY)
def test_many_of_a_kind_are_bounded(name: str) -> None:
    body = calendar(*MANY[name], GOOD)
    assert takes_less(8, lambda: read(body))
    reading = read(body)
    assert "good" in {event.uid for event in reading.events}
    assert sum(event.uid == "s" for event in reading.events) <= 20_000


@pytest.mark.parametrize("name", [name for name in MANY if "changes" in name or "without" in name])
def test_changes_of_one_series_fall_under_its_bound(name: str) -> None:
    """Whether or not the series that they change is there; what is left out is said, and is not taken for gone."""
    reading = read(calendar(*MANY[name], GOOD))
    told = [event for event in reading.events if event.uid == "s"]
    series = sum("RRULE" in event for event in MANY[name])
    assert len(told) <= MAX_INSTANCES * max(series, 1)
    if "s" in reading.listed:
        assert Code.SERIES_CUT in {note["why"].code for note in reading.notes}


def test_of_changes_without_a_series_the_earliest_are_kept() -> None:
    listed = list(reversed(changes(5000, ":{:%Y%m%dT%H%M%SZ}")))
    reading = read(calendar(*listed, GOOD))
    whole = read(calendar(*(each.replace("UID:s", f"UID:s{n}") for n, each in enumerate(listed))))
    first = sorted(event.start for event in whole.events if event.start)[:MAX_INSTANCES]
    assert sorted(event.start for event in reading.events if event.uid == "s" and event.start) == first
    assert reading.listed == ("s",)


def test_ten_thousand_calendars_in_one_file() -> None:
    body = "".join(calendar(GOOD.replace("good", f"u{n}"), head="METHOD:PUBLISH\n") for n in range(10_000))
    assert takes_less(12, lambda: read(body))
    assert len(read(body, context(days=10)).events) == 10_000
