"""Content lines that were broken on their way: folds, blank lines, prose that looks like properties, ends too early."""

from __future__ import annotations

import pytest

from tests.support.as_written import as_written
from tests.support.written import calendar, moments, only, read, span

FOLDED = (
    "UID:f\nSUMMARY:A long evening of talks about tides and the moon\n  that pulls\n them\n"
    "LOCATION:Tide House\\, 5 Quay\n  Street\nURL:https://tide.example/2026/11/a-long-eve\n ning?ref=ics\n"
    "DTSTART;TZID=Asia/Sh\n anghai:20261128T190000\nDTEND;TZID=Asia/Shanghai:20261128T210000"
)
ENDINGS = {
    "lf": "\n",
    "crlf": "\r\n",
    "cr": "\r",
    "crcrlf": "\r\r\n",
    "crcrcrlf": "\r\r\r\n",
    "a blank line": "\n\n",
    "blank crlf lines": "\r\n\r\n",
    "lf cr": "\n\r",
    "two blank lines": "\r\n\r\n\r\n",
}


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize("space", [" ", "\t"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_folds_are_undone_whatever_ends_the_lines(ending: str, space: str, codec: str) -> None:
    event = only(read(calendar(FOLDED).replace("\n ", f"\n{space}").replace("\n", ending).encode(codec)))
    assert event.title == "A long evening of talks about tides and the moon that pullsthem"
    assert event.place is not None
    assert (event.place.name, event.place.address) == ("Tide House", "5 Quay Street")
    assert event.url == "https://tide.example/2026/11/a-long-evening?ref=ics"
    assert moments([event]) == ["1128T1100"]


def test_some_lines_only_end_otherwise() -> None:
    event = only(read(calendar(FOLDED).replace("\n ", "\r\r\n ").replace("\nUID", "\r\n\r\nUID")))
    assert event.url == "https://tide.example/2026/11/a-long-evening?ref=ics"


HEAD = "UID:p\nSUMMARY:Tide talk\n"
TAIL = (
    "\nDTSTART;TZID=Asia/Shanghai:20261128T190000\nDTEND;TZID=Asia/Shanghai:20261128T210000\n"
    "LOCATION:Tide House\nURL:https://tide.example/1\nSTATUS:CONFIRMED\nCATEGORIES:sea"
)
PROSE = {
    "labels": "DESCRIPTION:What you get.\nBegin: 19:00\nEnd: 21:00\nLocation: ask at the desk",
    "capitals": "DESCRIPTION:What you get.\nBEGIN: 19:00\nEND: 21:00\nLOCATION: ask at the desk",
    "no blanks": "DESCRIPTION:What you get.\nBegin:19:00\nEnd:21:00\nLocation:ask at the desk",
    "after a blank line": "DESCRIPTION:What you get.\n\nStatus: nearly full\nUrl: on the poster\nUid: none needed",
    "begin alone": "DESCRIPTION:What you get.\nBegin: whenever you like\nEnd: when the tea is gone",
    "capital begin": "DESCRIPTION:What you get.\nBEGIN:NOW\nEND:LATER",
    "durations": "DESCRIPTION:What you get.\nDuration: two hours\nGeo: north pier\nClass: beginners\nPriority: high",
    "people": "DESCRIPTION:What you get.\nContact: the desk\nOrganizer: Ann of the tide house\nAttendee: everybody",
    "times": "DESCRIPTION:What you get.\nDtstart: 7 pm\nDTEND: 9 pm\nRRULE: every week\nEXDATE: never",
    "status words": "DESCRIPTION:What you get.\nSTATUS: cancelled speaker replaced\nStatus: cancelled",
    "summary": "DESCRIPTION:What you get.\nSummary: tides explained\nSUMMARY: tides explained\nTitle: tides",
    "x": "DESCRIPTION:What you get.\nX-mas: a special tide\nx-factor: salt",
    "method": "DESCRIPTION:What you get.\nMethod: by looking\nVersion: second\nName: none",
    "capitals, no blanks": "DESCRIPTION:What you get.\nRRULE:every week\nDTSTART:soon\nSTATUS:CANCELLED speaker",
    "numbers": "DESCRIPTION:What you get.\nPRIORITY: 5\nCLASS: PRIVATE\nSEQUENCE: 2\nTRANSP: none",
    "lower case": "DESCRIPTION:What you get.\nlocation: upstairs\nstatus:cancelled\nurl:see below\nend: 10:00",
    "a component": "DESCRIPTION:What you get.\nBEGIN: VEVENT\nEnd: VEVENT\nBring a friend",
    "second description": "DESCRIPTION:What you get.\nDescription: more of it\nDESCRIPTION: and more",
    "empty": "DESCRIPTION:What you get.\nBegin:\nEnd:\nLocation:",
    "in chinese": "DESCRIPTION:说明如下\n地点：问前台\nLocation：问前台\nBegin: 晚上七点",
    "begin a component": "DESCRIPTION:What you get.\nBegin: vevent of the year\nEND: VEVENT or so they say",
}


@pytest.mark.parametrize("name", PROSE)
@pytest.mark.parametrize("last", [False, True])
def test_prose_within_a_description_is_no_property(name: str, last: bool) -> None:
    body = calendar(
        HEAD + (TAIL.strip() + "\n" + PROSE[name] if last else PROSE[name] + TAIL), "UID:q\nDTSTART:20261129T110000Z"
    )
    reading = read(body)
    event = reading.events[0]
    assert [each.uid for each in reading.events] == ["p", "q"]
    assert (event.title, event.url, event.status, event.categories) == (
        "Tide talk",
        "https://tide.example/1",
        "confirmed",
        ("sea",),
    )
    assert event.place is not None
    assert event.place.name == "Tide House"
    assert moments(reading.events) == ["1128T1100", "1129T1100"]
    assert event.end is not None
    assert event.evidence.sure == "stated"
    assert event.description is not None
    assert event.description.splitlines()[0] in ("What you get.", "说明如下")
    assert len(event.description.splitlines()) == len([line for line in PROSE[name].splitlines() if line])


@pytest.mark.parametrize("line", ["LOCATION:ask at the desk", "SUMMARY:tides explained", "STATUS:CANCELLED"])
def test_a_property_of_its_own_holds_against_one_right_behind_a_text(line: str) -> None:
    event = only(
        read(calendar("UID:p\nDESCRIPTION:What you get.\n" + line + "\nPRIORITY:5" + "\nSUMMARY:Tide talk" + TAIL))
    )
    assert event.place is not None
    assert (event.title, event.place.name, event.status) == ("Tide talk", "Tide House", "confirmed")


def test_prose_goes_on_behind_a_line_that_looked_like_a_property() -> None:
    event = only(read(calendar(HEAD + "DESCRIPTION:First.\nLocation: upstairs\nBring a friend.\nCost: none" + TAIL)))
    assert event.description == "First.\nLocation: upstairs\nBring a friend.\nCost: none"


WRITERS = {
    "lower case": (HEAD + "DESCRIPTION:What you get." + TAIL)
    .replace("SUMMARY:", "summary:")
    .replace("LOCATION:", "location:")
    .replace("DESCRIPTION:", "description:")
    .replace("URL:", "url:")
    .replace("DTSTART;", "dtstart;")
    .replace("DTEND;", "dtend;")
    .replace("UID:", "uid:")
    .replace("STATUS:", "status:")
    .replace("CATEGORIES:", "categories:"),
    "blanks": (HEAD + "DESCRIPTION:What you get." + TAIL).replace(":", ": ").replace("https: ", "https:"),
    "a blank before the place alone": (HEAD + "DESCRIPTION:What you get." + TAIL).replace("LOCATION:", "LOCATION: "),
    "capitalised": (HEAD + "DESCRIPTION:What you get." + TAIL)
    .replace("LOCATION:", "Location:")
    .replace("SUMMARY:", "Summary:")
    .replace("DESCRIPTION:", "Description:")
    .replace("UID:", "Uid:")
    .replace("URL:", "Url:")
    .replace("DTSTART", "Dtstart")
    .replace("CATEGORIES:", "Categories:")
    .replace("DTEND", "Dtend")
    .replace("STATUS:", "Status:"),
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_writing_of_the_calendar_itself_is_followed(name: str) -> None:
    body = calendar(WRITERS[name])
    if name == "lower case":
        body = body.lower()
    if name == "capitalised":
        body = body.replace("BEGIN:", "Begin:").replace("END:", "End:")
    event = only(read(body))
    assert event.title.lower() == "tide talk"
    assert event.url == "https://tide.example/1"
    assert event.place is not None
    assert event.place.name is not None
    assert event.place.name.lower() == "tide house"
    assert event.categories == ("sea",)
    assert event.description is not None
    assert event.description.lower() == "what you get."


def test_an_alarm_in_the_midst_of_an_event_is_stepped_over() -> None:
    alarm = "\nBEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:soon\nBegin: now\nTRIGGER:-PT15M\nEND:VALARM"
    event = only(read(calendar(HEAD + "DESCRIPTION:What you get." + alarm + TAIL)))
    assert (event.description, event.url) == ("What you get.", "https://tide.example/1")


@pytest.mark.parametrize(
    "broken",
    [
        "END:VCALENDAR\n",
        "END:VEVENT\nEND:VCALENDAR\n",
        "END:VCALENDAR\nEND:VCALENDAR\n",
        "UID:half\nDTSTART:20261201T110000Z\nEND:VEVENT\n",
        "END:VCALENDAR\nBEGIN:VCALENDAR\n",
        "BEGIN:VTIMEZONE\nTZID:Cut\nBEGIN:STANDARD\n",
    ],
)
def test_what_is_misplaced_costs_nothing_but_itself(broken: str) -> None:
    whole = calendar("UID:a\nSUMMARY:A\nDTSTART:20261128T110000Z", "UID:b\nSUMMARY:B\nDTSTART:20261129T110000Z")
    first, second = whole.index("BEGIN:VEVENT"), whole.rindex("BEGIN:VEVENT")
    for at in (first, second):
        reading = read(whole[:at] + broken + whole[at:])
        assert {event.uid for event in reading.events} == {"a", "b"}


FACTS = TAIL.strip() + "\nDTSTAMP:20261101T000000Z"


@pytest.mark.parametrize("case", as_written("descriptions"), ids=lambda case: case["text"])
@pytest.mark.parametrize("behind", [False, True])
def test_prose_before_and_behind_what_the_calendar_says(case, behind: bool) -> None:
    parts = [HEAD.strip(), FACTS, case["text"]] if behind else [HEAD.strip(), case["text"], FACTS]
    body = calendar("\n".join(parts), "UID:n\nSUMMARY:Next\nDTSTART:20261130T110000Z").replace("\n", "\r\n")
    events = {event.uid: event for event in read(body).events}
    assert set(events) == {"p", "n"}
    event = events["p"]
    assert (event.title, event.url, event.status, event.recurrence) == (
        "Tide talk",
        "https://tide.example/1",
        "confirmed",
        None,
    )
    assert event.place is not None
    assert (event.place.name, event.place.address) == ("Tide House", None)
    assert span(event) == ("11-28 19:00", "11-28 21:00", False)
    assert event.evidence.sure == "stated"
