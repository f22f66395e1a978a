"""Events sorted, out of what extract prints and of whatever it reads."""

from __future__ import annotations

import json

import pytest

from tests.support.cli import NOW, run

TEXT = "骰子森林桌游局\n\n时间：12月4日（周五）19:00-21:00\n地点：静安区样板路8号\n"


def test_classify_adds_track_topics_and_reasons(home):
    extracted = run(home, "extract", "club.ics", "--now", NOW, "--json").stdout
    result = run(home, "classify", "-", "--json", stdin=extracted + "not json\n\n")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["track"] for row in rows] == ["practice", "industry"]
    assert any("头马" in reason for reason in rows[0]["reasons"])
    assert rows[0]["uid"] == "speech"
    assert "line 3: not an event" in result.stderr


def test_it_takes_what_extract_takes(home):
    (home / "text.txt").write_text(TEXT, encoding="utf-8")
    page = f"<html><body><h1>骰子森林桌游局</h1><p>{TEXT}</p></body></html>"
    (home / "page.html").write_text(page, encoding="utf-8")
    calendar = run(home, "classify", "club.ics", "--now", NOW).stdout.splitlines()
    assert [line.split("\t")[:2] for line in calendar] == [
        ["practice", "样板头马俱乐部例会"],
        ["industry", "储能供应链对接沙龙"],
    ]
    for given, stdin in (("text.txt", ""), ("page.html", ""), ("-", TEXT)):
        (line,) = run(home, "classify", given, "--now", NOW, "--json", stdin=stdin).stdout.splitlines()
        row = json.loads(line)
        assert (row["track"], row["start"]) == ("practice", "2026-12-04T19:00:00+08:00")


def test_it_takes_an_address(home, web):
    web.pages = {"/club.ics": (200, {"Content-Type": "text/calendar"}, (home / "club.ics").read_bytes())}
    with (home / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("network: {allow: [127.0.0.1], delay: 0}\n")
    result = run(home, "classify", f"http://127.0.0.1:{web.port}/club.ics", "--now", NOW)
    assert [line.split("\t")[0] for line in result.stdout.splitlines()] == ["practice", "industry"], result.stderr


@pytest.mark.parametrize(
    ("stdin", "said"),
    [
        ("活动回顾 | 上周的沙龙圆满落幕\n\n感谢到场的朋友。\n" * 20, "-: nothing to sort: no event: "),
        ("{}\n{}\n", "-: nothing to sort: line 1: not an event: event: has no title "),
        ("{broken\n", "-: nothing to sort: line 1: not an event: not JSON "),
    ],
)
def test_what_holds_no_event_is_one_line_and_code_2(home, stdin, said):
    result = run(home, "classify", "-", "--now", NOW, "--json", stdin=stdin)
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith(said)
    assert len(result.stderr.splitlines()) == 1


def test_nothing_at_all_is_no_error(home):
    """As at the end of a pipe whose beginning found nothing."""
    result = run(home, "classify", "-", "--json", stdin="\n")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "-: empty\n")


def test_a_page_of_linked_data_is_read_though_it_is_json(home):
    event = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": "桌游夜",
        "startDate": "2026-12-04T19:00+08:00",
    }
    result = run(home, "classify", "-", "--now", NOW, stdin=json.dumps(event))
    assert result.stdout.startswith("practice\t桌游夜"), result.stderr
