"""The sources are asked now and judged by what they answer; nothing of it is kept."""

from __future__ import annotations

import json

import pytest
from filelock import FileLock
from wcwidth import width

from planner.store import Store
from tests.support.cli import CALENDAR, NOW, run
from tests.support.terminal import COLUMNS, run_at_terminal

ICS = {"Content-Type": "text/calendar", "ETag": '"1"'}
SIGN_IN = b"<html><title>Sign in</title><form action=/login><input type=password name=p></form></html>"
EMPTY = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"
PLACED = CALENDAR.replace("END:VEVENT", "LOCATION:南街小剧场\r\nURL:https://club.example/1\r\nEND:VEVENT", 2)


@pytest.fixture
def home(tmp_path, web):
    """A configuration of sources on loopback; each test writes those that it needs."""
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")

    def configure(*paths: str, more: str = "", language: str = "en"):
        entries = [f"  - {{id: {path}, url: 'http://127.0.0.1:{web.port}/{path}'}}\n" for path in paths]
        text = f"language: {language}\nnetwork: {{allow: [127.0.0.1], delay: 0}}\nsources:\n{''.join(entries)}{more}"
        (tmp_path / "config.yaml").write_text(text, encoding="utf-8")
        return tmp_path

    return configure


def checked(folder, *arguments: str) -> dict[str, dict[str, object]]:
    told = run(folder, "sources", "check", "--json", "--now", NOW, *arguments)
    assert told.returncode == 0, told.stderr
    return {str(row["id"]): row for row in map(json.loads, told.stdout.splitlines())}


def test_a_good_source_is_told_with_all_that_is_seen_of_it(home, web):
    web.pages = {"/good": (200, ICS, PLACED.encode())}
    row = checked(home("good"))["good"]
    assert (row["verdict"], row["outcome"], row["reason"], row["reader"]) == ("good", "ok", None, "ical")
    assert (row["events"], row["dated"], row["ahead"]) == (2, 2, 2)
    assert row["shares"] == {"date": 1.0, "place": 1.0, "address": 0.0, "url": 1.0, "doubts": 0.0}
    assert (row["oldest"], row["newest"]) == ("2026-11-24T19:30:00+08:00", "2026-11-26T19:00:00+08:00")
    assert (row["zone"], row["robots"], row["size"]) == ("stated", "allowed", len(PLACED.encode()))
    assert 0 <= row["seconds"] < 30
    assert (row["moved_to"], row["same_as"], row["notes"]) == (None, None, [])


ANSWERS = {
    "placeless": ((200, ICS, CALENDAR.replace("LOCATION:三叶会客厅\r\n", "").encode()), "thin", "0 of 2 say where"),
    "empty": ((200, ICS, EMPTY), "quiet", "a calendar without events"),
    "over": ((200, ICS, CALENDAR.replace("202611", "202610").encode()), "quiet", "nothing lies ahead"),
    "sign-in": ((200, {}, SIGN_IN), "failed", "sign-in page"),
    "missing": ((404, {}, b""), "failed", "status 404: not found"),
    "closed": ((403, {}, b""), "failed", "status 403: refuses programs"),
}


def test_every_verdict_has_its_reason_and_what_to_do(home, web):
    web.pages = {f"/{name}": answer for name, (answer, _, _) in ANSWERS.items()}
    folder = home(*ANSWERS)
    rows, shown = checked(folder), run(folder, "sources", "check", "--now", NOW).stdout
    for name, (_, verdict, reason) in ANSWERS.items():
        assert rows[name]["verdict"] == verdict
        assert reason in str(rows[name]["reason"])
        line = next(line for line in shown.splitlines() if reason in line)
        assert " – " in line, "what to do"


@pytest.mark.long
def test_robots_that_forbid_and_robots_that_cannot_be_had(home, web):
    web.pages = {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /"), "/x": (200, ICS, PLACED.encode())}
    row = checked(home("x"))["x"]
    assert (row["verdict"], row["robots"]) == ("failed", "forbidden")
    assert "/x" not in web.paths()


@pytest.mark.long
def test_robots_that_cannot_be_had(home, web):
    web.pages = {"/robots.txt": (500, {}, b"")}
    row = checked(home("x"))["x"]
    assert (row["verdict"], row["robots"]) == ("failed", "unreachable")


def test_files_and_texts_are_checked_too(home):
    rule = "{id: rule, kind: recurrence, title: 头马, text: 每周四 19:30, place: 会客厅}"
    more = f"  - {{id: club, file: club.ics}}\n  - {rule}\n"
    rows = checked(home(more=more))
    assert [(row["verdict"], row["robots"]) for row in rows.values()] == [("good", None), ("good", None)]
    assert rows["rule"]["shares"]["place"] == 1.0, "what the configuration says of it counts"


@pytest.mark.long
def test_nothing_is_kept_and_nothing_that_is_kept_spares_the_asking(home, web):
    web.pages = {"/x": (200, ICS, PLACED.encode())}
    folder = home("x")
    assert checked(folder)["x"]["events"] == 2
    with Store(folder / "quanzi.db") as store:
        assert (store.sources(), store.unresolved()) == ({}, [])
    run(folder, "gather", "--now", NOW)
    web.asked.clear()
    assert checked(folder)["x"]["events"] == 2
    asked = next(each for each in web.asked if each.path == "/x")
    assert "if-none-match" not in asked.headers


@pytest.mark.long
def test_who_asks_to_be_left_alone_is_left_alone(home, web):
    web.pages = {"/x": (429, {"Retry-After": "3600"}, b"")}
    folder = home("x")
    assert "asks to wait" in checked(folder)["x"]["reason"]
    web.asked.clear()
    assert "asked to wait until 2026-11-20 21:00" in checked(folder)["x"]["reason"]
    run(folder, "gather", "--now", NOW)
    assert web.paths() == []


@pytest.mark.long
def test_a_source_that_moved_says_where_to(home, web):
    web.pages = {"/x": (301, {"Location": "/new"}, b""), "/new": (200, ICS, PLACED.encode())}
    address = f"http://127.0.0.1:{web.port}/new"
    assert f"moved for good to {address}" in run(home("x"), "sources", "check", "--now", NOW).stdout


TWICE = "  - {id: a, file: club.ics}\n  - {id: b, file: club.ics}\n"


def test_the_same_source_twice_is_named(home):
    rows = checked(home(more=TWICE))
    assert [row["same_as"] for row in rows.values()] == [None, "a"]
    assert "tells what a tells" in run(home(more=TWICE), "sources", "check", "--now", NOW).stdout


def test_only_those_that_are_named_are_asked(home, web):
    assert list(checked(home("x", more=TWICE), "b", "b")) == ["b"]
    assert web.paths() == []


def test_an_unknown_id_names_the_nearest(home):
    told = run(home("library"), "sources", "check", "libary")
    assert (told.returncode, "did you mean library?" in told.stderr) == (2, True)


@pytest.mark.long
def test_secrets_are_in_no_output(home, web, tmp_path):
    (tmp_path / "club.secret").write_text("Authorization: Bearer k3ttle-Plum-42\n", encoding="utf-8")
    (tmp_path / "club.secret").chmod(0o600)
    web.pages = {"/x": (401, {}, b"")}
    more = f"  - {{id: x, url: 'http://127.0.0.1:{web.port}/x', headers_from: club.secret}}\n"
    folder = home(more=more)
    told = run(folder, "sources", "check", "--json", "--now", NOW)
    assert "asks for sign-in" in told.stdout
    assert "k3ttle" not in told.stdout + told.stderr
    assert any("k3ttle" in each.headers.get("authorization", "") for each in web.asked)


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_line_fits_the_terminal(home, language):
    named = "  - {id: a-source-with-quite-a-long-name, file: club.ics}\n  - {id: missing, file: missing.ics}\n"
    folder = home(more=named + TWICE, language=language)
    code, shown = run_at_terminal(folder, "sources", "check", "--now", NOW)
    lines = shown.rpartition("\r\x1b[K")[2].splitlines()
    assert code == 0
    assert len(lines) >= 9
    assert max(map(width, lines)) <= COLUMNS


def test_while_another_run_is_under_way_nobody_is_asked(home, web):
    folder = home("x")
    with FileLock(folder / "quanzi.db.lock"):
        assert run(folder, "sources", "check").returncode == 75
    assert web.paths() == []


def test_without_sources_it_says_so(home):
    folder = home()
    assert run(folder, "sources", "check").stdout == "no sources configured\n"
