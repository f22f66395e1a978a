"""Lists of dated entries without markup: what entries inherit, and dates that belong to no event."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from spiders.items import Context, Document, Reading
from spiders.readers import dispatch
from tests.support.timing import spent, takes_less

NOW = datetime.fromisoformat("2026-03-10T12:00:00-05:00")


def read(body: str, title: str = "Harbour Board", *, is_list: bool = False) -> Reading:
    context = Context(
        source="l", now=NOW, timezone="America/Chicago", window_start=NOW, window_end=NOW + timedelta(days=120),
        is_list=is_list,
    )  # fmt: skip
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return dispatch.read(Document(body=html.encode(), url="https://l.example.org/meetings"), context)


def told(reading: Reading) -> list[tuple[str, str]]:
    return [
        (e.title, e.start.strftime("%Y-%m-%d" if e.all_day else "%Y-%m-%d %H:%M")) for e in reading.events if e.start
    ]


def test_year_hour_place_and_title_come_from_around_the_list() -> None:
    reading = read(
        "<h1>Harbour Board</h1><p>All meetings begin at 6:30 p.m. at the Old Customs House, 12 Quay Street, "
        "unless otherwise noted.</p>"
        "<h2>2026 Board Meeting Dates</h2><ul><li>January 14 – Minutes</li><li>February 11 – Minutes</li><li>"
        "April 8</li><li>May 13 (Cancelled)</li></ul>"
    )
    assert told(reading) == [
        ("Board Meeting", "2026-01-14 18:30"), ("Board Meeting", "2026-02-11 18:30"),
        ("Board Meeting", "2026-04-08 18:30"), ("Board Meeting", "2026-05-13 18:30"),
    ]  # fmt: skip
    assert [event.status for event in reading.events] == ["confirmed"] * 3 + ["cancelled"]
    assert {event.place.name for event in reading.events if event.place} == {"Old Customs House"}
    assert all(event.evidence.sure == "inferred" for event in reading.events)


def test_rows_have_their_own_everything() -> None:
    reading = read(
        "<h1>Spring programme</h1><table><tr><th>When</th><th>What</th><th>Where</th></tr>"
        "<tr><td>Mar 21, 2026 7:00 PM</td><td><a href='/p/1'>Tall ships lecture</a></td><td>Reading Room, 3 "
        "Dock Road</td></tr>"
        "<tr><td>Apr 4, 2026 2:00 - 4:00 PM</td><td><a href='/p/2'>Knot tying workshop</a></td><td>Sail "
        "Loft</td></tr></table>"
    )
    assert told(reading) == [("Tall ships lecture", "2026-03-21 19:00"), ("Knot tying workshop", "2026-04-04 14:00")]
    assert [event.url for event in reading.events] == ["https://l.example.org/p/1", "https://l.example.org/p/2"]
    assert reading.events[1].end == datetime.fromisoformat("2026-04-04T16:00:00-05:00")


def test_lines_with_everything_in_them() -> None:
    reading = read(
        "<h2>April 2026</h2><p>April 3: Night market, 6 p.m., Pier 4</p><p>April 10: Choir concert, 7:30 p.m., "
        "St. Anne's Church</p>"
        "<p>April 17: Chess club open night, 7 p.m., Library Hall</p>"
    )
    assert [start for _, start in told(reading)] == ["2026-04-03 18:00", "2026-04-10 19:30", "2026-04-17 19:00"]
    assert [title.split(",")[0] for title, _ in told(reading)] == [
        "Night market",
        "Choir concert",
        "Chess club open night",
    ]


def test_cards_under_month_headings() -> None:
    card = "<div class=card><h3><a href='/e/{0}'>{1}</a></h3><div>{2}</div><div>Boat House, 9 Mill Lane</div></div>"
    reading = read(
        "<h2>March 2026</h2>" + card.format(1, "Rowing taster session", "March 28 @ 9:00 am - 11:00 am")
        + "<h2>April 2026</h2>" + card.format(2, "Regatta planning meeting", "April 2 @ 6:00 pm")
    )  # fmt: skip
    assert told(reading) == [
        ("Rowing taster session", "2026-03-28 09:00"),
        ("Regatta planning meeting", "2026-04-02 18:00"),
    ]


POST = (
    "<article><h2><a href='/b/{0}'>{1}</a></h2><span>{2}</span><p>Some words about it. <a href='/b/{0}'>Read "
    "more</a></p></article>"
)
NO_EVENTS = {
    "a blog": "<h1>Blog</h1>"
    + POST.format(1, "Why we moved the pier", "March 2, 2026")
    + POST.format(2, "New ropes arrived", "February 20, 2026")
    + POST.format(3, "Winter photographs", "January 9, 2026"),
    "posted lines": "".join(
        f"<li><a href='/n/{n}'>Notice number {n}</a> Posted on March {n}, 2026</li>" for n in range(1, 6)
    ),
    "minutes": "<h2>Minutes</h2><ul>"
    + "".join(f"<li><a href='/m{n}.pdf'>January {n}, 2026</a></li>" for n in range(5, 10))
    + "</ul>",
    "history": (
        "<h1>Our history</h1><p>The harbour was founded on June 5, 1871 by a company of fishers who wanted a safe "
        "landing.</p><p>It was sold to the town on May 1, 1904, after a long dispute about the northern wall.</p>"
        "<p>The lighthouse was rebuilt on August 12, 1951.</p>"
    ),
    "a change log": (
        "<h1>Changes</h1><ul><li>2026-02-01 Version 3.1 released</li><li>2026-01-15 Version 3.0 released</li><li>"
        "2025-12-01 Version 2.9 released</li></ul>"
    ),
    "deadlines": (
        "<h1>Grants</h1><ul><li>Application deadline: April 1, 2026</li><li>Registration closes April 10, 2026</li>"
        "</ul>"
    ),
    "prices and rooms": "<h1>Rooms</h1><p>Room 12/14 costs $30-40</p><p>Call 312-555-0142 or 312-555-0143</p>",
}


@pytest.mark.parametrize("name", NO_EVENTS)
def test_dates_that_are_no_events(name: str) -> None:
    reading = read(NO_EVENTS[name], title="Harbour town")
    assert told(reading) == []
    assert reading.reason


def test_an_hour_that_was_changed_and_a_day_that_was_replaced() -> None:
    reading = read(
        "<h2>2026 Commission Meeting Dates</h2><ul><li>Wednesday - April 1st, 10a (Time Changed to 1:30PM)</li>"
        "<li>Wednesday - May 6th (replaces) May 13th, 10a</li><li>Wednesday, June 3 at 3:pm</li></ul>"
    )
    assert [start for _, start in told(reading)] == ["2026-04-01 13:30", "2026-05-06 10:00", "2026-06-03 15:00"]


def test_a_weekday_that_contradicts_its_date_is_doubted() -> None:
    reading = read(
        "<h2>2026 Board Meeting Dates</h2><p>Monday, April 8, 2026, 6 p.m.</p><p>Wednesday, May 13, 2026, 6 p.m.</p>"
    )
    assert [event.evidence.sure for event in reading.events] == ["doubtful", "stated"]


def test_cost_grows_with_the_page_not_faster() -> None:
    def cost(count: int) -> float:
        rows = "".join(
            f"<tr><td>April {1 + n % 28}, 2026 7:00 PM</td><td><a href='/p/{n}'>Lecture number {n}</a></td><td>"
            f"Room {n}</td></tr>"
            for n in range(count)
        )
        assert len(read(f"<h1>Programme</h1><table>{rows}</table>").events) == count
        return spent(lambda: read(f"<h1>Programme</h1><table>{rows}</table>"), tries=2)

    assert cost(400) < 8 * cost(100) + 0.05


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 10_000 + "April 1, 2026",
        "<p>April 1, 2026 " * 1500,
        "<li>1 " * 20_000,
        "<h1>2026</h1>" * 5000,
        "April 1 2026 " * 5000,
    ],
)
def test_hostile_pages_are_bounded(body: str) -> None:
    assert takes_less(8, lambda: read(body))


INLINE = """<ul class="news_list">
<li><span class="t"><a href="/a1">潮汐电站讲座</a></span> <span>时 间：2026年4月11日 14:00-16:00</span>
<span class="news_address">地 点：研究院一号报告厅</span></li>
<li><span class="t"><a href="/a2">浮码头沙龙</a></span> <span>时 间：2026年4月18日 19:00-21:00</span>
<span class="news_address">地 点：上海市徐汇区示例路9号灯塔书店</span></li>
<li><span class="t"><a href="/a3">船厂旧事分享会</a></span> <span>时 间：2026年4月25日 10:00</span>
<span>主讲人：某某</span> <span class="news_address">地 点：线上</span></li></ul>"""


def test_labels_in_elements_that_only_a_style_sheet_sets_apart() -> None:
    reading = read(INLINE, title="学术活动")
    assert told(reading) == [
        ("潮汐电站讲座", "2026-04-11 14:00"),
        ("浮码头沙龙", "2026-04-18 19:00"),
        ("船厂旧事分享会", "2026-04-25 10:00"),
    ]
    first, second, third = (event.place for event in reading.events)
    assert first is not None
    assert second is not None
    assert first.name == "研究院一号报告厅"
    assert (second.name, second.city, second.district) == ("灯塔书店", "上海", "徐汇区")
    assert third is None
    assert reading.events[2].mode == "online"


def test_a_label_in_a_sentence_cuts_nothing() -> None:
    rows = "".join(
        f"<p>April {day}, 2026, 7 p.m.</p><p>Bring the booklet with you, and mind the note on the door: ring twice.</p>"
        for day in (2, 9, 16)
    )
    assert len(read(f"<h2>Choir rehearsal dates</h2>{rows}").events) == 3


def test_entries_to_come_that_lack_hour_or_place_point_to_their_own_pages() -> None:
    rows = (
        ("/p/past", "Mar 2, 2026 7:00 PM", "Tall ships lecture", ""),
        ("/p/whole", "Mar 21, 2026 7:00 PM", "Harbour history talk", "Reading Room, 3 Dock Road"),
        ("/p/placeless", "Apr 4, 2026 2:00 PM", "Knot tying workshop", ""),
        ("/p/hourless", "Apr 18, 2026", "Rigging workshop", "Sail Loft"),
    )
    body = "".join(
        f"<tr><td>{when}</td><td><a href='{link}'>{what}</a></td><td>{where}</td></tr>"
        for link, when, what, where in rows
    )
    reading = read(f"<h1>Spring programme</h1><table>{body}</table>")
    assert [link.rpartition("/")[2] for link in reading.links] == ["hourless", "placeless"]


ROWS = {
    "table": "<table>{}</table>",
    "list": "<ul>{}</ul>",
    "articles": "<main>{}</main>",
    "cards": "<div class=all>{}</div>",
}
ROW = {
    "table": "<tr><td><a href='/p/{n}'>{title}</a></td><td>{when}</td><td>Reading Room, 3 Dock Road</td></tr>",
    "list": "<li><a href='/p/{n}'>{title}</a>, {when}<br>Reading Room, 3 Dock Road</li>",
    "articles": "<article><h3><a href='/p/{n}'>{title}</a></h3><p>{when}</p><p>Reading Room, 3 Dock Road</p></article>",
    "cards": "<div><p>{when}</p><div><h3><a href='/p/{n}'>{title}</a></h3><p>Reading Room, 3 Dock Road</p></div></div>",
}
ENTRIES = (
    ("Tall ships lecture", "March 21, 2026, 7:00 PM"),
    ("Knot tying workshop", "April 4, 2026, 2:00 PM"),
    ("Lighthouse tour", "April 4, 2026, 5:00 PM"),
)
AROUND = (
    "<header><h1>Harbour Club</h1><a href='/'>Start</a></header>{}"
    "<p>Questions? <a href='/about'>Write to the office</a></p><p>12 Customs Street, Harbour</p>"
)


@pytest.mark.parametrize("form", ROWS)
@pytest.mark.parametrize("left", [(0,), (1, 2)])
@pytest.mark.parametrize("around", ["{}", AROUND])
def test_an_entry_of_a_list_reads_the_same_when_few_are_left(form: str, left: tuple[int, ...], around: str) -> None:
    def reading(numbers: tuple[int, ...]) -> Reading:
        rows = "".join(ROW[form].format(n=n, title=ENTRIES[n][0], when=ENTRIES[n][1]) for n in numbers)
        return read(around.format(ROWS[form].format(rows)), is_list=True)

    whole, few = reading((0, 1, 2)), reading(left)
    assert [event.title for event in whole.events] == [title for title, _ in ENTRIES]
    assert whole.reader == few.reader == "listing"
    assert list(few.events) == [whole.events[n] for n in left]


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Harbour Club</h1><p>We are back on March 21, 2026, 10:00 AM.</p><p><a href='/about'>Write to us</a></p>",
        "<h1>Harbour Club</h1><div><p>Closed until March 21, 2026, 10:00 AM</p></div><a href='/a'>Other news</a>",
        "<h1>Harbour Club</h1><p>March 21, 2026, 7:00 PM</p><p>Reading Room</p>",
        "<article><h2>We move</h2><p>Closed until March 21, 2026, 10:00 AM. <a href='/a'>More</a></p></article>",
        "<h1>帆船讲座</h1><table><tr><td>活动时间</td><td>2026年3月21日 19:00</td></tr></table>",
        "<h1>Lecture</h1><ul><li>Date: March 21, 2026, 7:00 PM</li><li>Place: Reading Room</li></ul>",
    ],
)
def test_a_date_without_the_form_of_an_entry_is_none(body: str) -> None:
    assert read(body, is_list=True) == read(body)


def test_a_page_that_is_not_known_for_a_list_needs_two_days() -> None:
    row = ROW["table"].format(n=1, title=ENTRIES[0][0], when=ENTRIES[0][1])
    assert read(ROWS["table"].format(row)).reader != "listing"


TITLE, DAY, PLACE = "<p><b>{title}</b></p>", "<p>{when}</p>", "<p>Reading Room</p>"


@pytest.mark.parametrize("above", ["", "<h2>Programme</h2>", "<h2>Programme</h2><p>All are welcome.</p>"])
@pytest.mark.parametrize(
    "entry", [TITLE + DAY, TITLE + DAY + PLACE, TITLE + PLACE + DAY, TITLE + DAY + PLACE + "<p><b>Free entry</b></p>"]
)
def test_bold_titles_stand_above_their_dates(entry: str, above: str) -> None:
    reading = read(above + "".join(entry.format(title=title, when=when) for title, when in ENTRIES))
    assert [title for title, _ in told(reading)] == [title for title, _ in ENTRIES]


@pytest.mark.parametrize(
    ("above", "entry"),
    [
        ("", DAY + TITLE),
        ("", DAY + TITLE + PLACE),
        ("<h2>Programme</h2>", DAY + TITLE + PLACE),
        ("<p><b>Spring programme</b></p>", DAY + TITLE + PLACE),
    ],
)
def test_bold_titles_stand_below_their_dates(above: str, entry: str) -> None:
    reading = read(above + "".join(entry.format(title=title, when=when) for title, when in ENTRIES))
    assert [title for title, _ in told(reading)] == [title for title, _ in ENTRIES]
