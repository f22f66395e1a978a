"""Pictures as boxes: each rule of the layout by a case, and what must not change anything."""

from __future__ import annotations

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.readers.picture.reader import read_seen
from spiders.readers.picture.seen import Box, Seen
from tests.support.picture_cases import cases, context_of, seen_of

CASES = cases()
NAMED = pytest.mark.parametrize("case", CASES, ids=[case["rule"] for case in CASES])


def told(seen: Seen, case: dict) -> list[tuple]:
    reading = read_seen((seen,), context_of(case))
    return [
        (
            event.title,
            event.start and event.start.isoformat(),
            event.end and event.end.isoformat(),
            event.place,
            event.url,
        )
        for event in reading.events
    ]


def read(case: dict):
    return read_seen((seen_of(case),), context_of(case))


@NAMED
def test_what_is_told(case):
    reading = read(case)
    starts = [event.start.isoformat() for event in reading.events if event.start is not None]
    wanted = case.get("events", [])
    for start in case.get("starts", [each["start"] for each in wanted]):
        assert any(one.startswith(start) for one in starts), (starts, reading.reason)
    if "starts" not in case:
        assert len(starts) == len(wanted), starts
    for event, each in zip(sorted(reading.events, key=lambda one: str(one.start)), wanted, strict=False):
        assert event.title == each["title"]
        if "end" in each:
            assert event.end.isoformat().startswith(each["end"])
        if "place" in each:
            assert each["place"] in f"{event.place.name} {event.place.address}"
        if "url" in each:
            assert event.url == each["url"]
        doubts = [str(doubt.code) for doubt in event.evidence.doubts]
        assert doubts == ([each["doubt"]] if "doubt" in each else [])
        assert (event.evidence.sure == "doubtful") is ("doubt" in each)
    if "price" in case:
        price = reading.events[0].price
        assert [price.min, price.max] == case["price"]
    for words in case.get("described", ()):
        assert words in reading.events[0].description


@NAMED
def test_what_it_seems_to_be(case):
    reading = read(case)
    if "why" in case:
        assert not reading.events
        assert str(reading.reason["why"].code) == case["why"]
    if case.get("starts") == []:
        timed = [event for event in reading.events if event.start is not None]
        assert all(event.evidence.sure == "doubtful" for event in timed) if case.get("doubtful") else not timed


@NAMED
@given(seed=st.integers(0, 10_000))
def test_the_order_in_which_lines_were_found_changes_nothing(case, seed):
    seen = seen_of(case)
    shuffled = list(seen.lines)
    random.Random(seed).shuffle(shuffled)
    assert told(replace(seen, lines=tuple(shuffled)), case) == told(seen, case)


@NAMED
@given(factor=st.sampled_from([0.25, 0.5, 2.0, 4.0]))
def test_the_size_of_the_picture_changes_nothing(case, factor):
    seen = seen_of(case)
    larger = Seen(
        width=round(seen.width * factor),
        height=round(seen.height * factor),
        lines=tuple(replace(line, box=scaled(line.box, factor), height=line.height * factor) for line in seen.lines),
        codes=tuple(replace(code, box=scaled(code.box, factor)) for code in seen.codes),
    )
    assert told(larger, case) == told(seen, case)


def scaled(box: Box, factor: float) -> Box:
    return Box(left=box.left * factor, top=box.top * factor, right=box.right * factor, bottom=box.bottom * factor)


def test_evidence_names_the_picture_and_shows_its_words():
    case = CASES[0]
    reading = read_seen((seen_of(case),), context_of(case), url="https://example.com/poster.jpg")
    evidence = reading.events[0].evidence
    assert evidence.picture == "https://example.com/poster.jpg"
    assert evidence.when == "Friday, April 17th 7:00 PM - 10:00 PM"
    assert evidence.where == "Room 214, Heron Hall"


def test_the_sides_of_a_flyer_tell_of_one_event():
    case = CASES[0]
    reading = read_seen((seen_of(case), seen_of(case)), context_of(case))
    assert len(reading.events) == 1


def test_a_document_without_pages_has_no_words():
    reading = read_seen((), context_of(CASES[0]))
    assert str(reading.reason["why"].code) == "no_words"


@given(
    st.lists(
        st.tuples(st.floats(-50, 2000), st.floats(-50, 2000), st.floats(0, 400), st.text(max_size=30), st.booleans()),
        max_size=14,
    )
)
def test_no_boxes_make_it_fail(lines):
    case = {
        **CASES[0],
        "lines": [[x, y, h, text, *(["vertical"] if up else [])] for x, y, h, text, up in lines if text],
    }
    seen = seen_of(case)
    assert told(seen, case) == told(seen, case)


@pytest.mark.parametrize("text", ["19:30", "12", "时间", "lorem ipsum"])
def test_a_crowded_sheet_is_read_soon(text):
    """A thousand lines, each alike: bounds hold before anything is compared with everything."""
    lines = [[(at % 10) * 120, (at // 10) * 26, 20, text] for at in range(1000)]
    case = {**CASES[0], "size": [1200, 2700], "lines": lines}
    begun = time.process_time()
    told(seen_of(case), case)
    assert time.process_time() - begun < 15
