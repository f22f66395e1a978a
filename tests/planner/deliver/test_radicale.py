"""Uploads to a real calendar server, Radicale from the folder of ``.ci/others``, behind a log-in; then read back."""

from __future__ import annotations

import base64
import contextlib
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from planner.config.put import Put
from planner.deliver.upload import upload
from planner.i18n.catalog import Catalog
from planner.render.calendar import Entry, write
from planner.store import Store
from tests.support.calendars import entry
from tests.support.entries import CASES
from tests.support.events import NOW, make_event
from tests.support.outcomes import why
from tests.support.readers import SECONDS, Found, by_icalendar, by_uid, expected, others
from tests.support.servers import free_port

EN = Catalog("en")
pytestmark = pytest.mark.long
SECRET = "plum-kettle-42"
FOREIGN = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//own//own//EN\r\nBEGIN:VEVENT\r\nUID:dentist\r\n"
    b"DTSTAMP:20261101T000000Z\r\nDTSTART:20261124T080000Z\r\nDTEND:20261124T090000Z\r\nSUMMARY:Dentist\r\n"
    b"STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\nSEQUENCE:0\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)


@dataclass
class Radicale:
    port: int
    folder: Path
    log: Path

    def ask(self, method: str, path: str, body: bytes | None = None, user: str = "me") -> tuple[int, bytes]:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", body, method=method)
        request.add_header("Authorization", "Basic " + base64.b64encode(f"{user}:{SECRET}".encode()).decode())
        request.add_header("Content-Type", "text/calendar; charset=utf-8")
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=SECONDS) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as exc:
            with exc:
                return exc.code, exc.read()

    def read(self, path: str) -> Found:
        code, content = self.ask("GET", path)
        assert code == 200, (code, content)
        return by_uid(by_icalendar(content))

    def asked(self) -> int:
        """How many requests that change something it has seen."""
        return sum(self.log.read_text("utf-8").count(f" {method} request for ") for method in ("PUT", "DELETE"))


@pytest.fixture
def radicale(tmp_path) -> Iterator[Radicale]:
    python = others("venv/bin/radicale") / "venv/bin/python"
    users, log = tmp_path / "users", tmp_path / "radicale.log"
    users.write_text(f"me:{SECRET}\nmate:{SECRET}\n")
    server = Radicale(free_port(), tmp_path / "calendars", log)
    options = {
        "server-hosts": f"127.0.0.1:{server.port}",
        "auth-type": "htpasswd",
        "auth-htpasswd-filename": str(users),
        "auth-htpasswd-encryption": "plain",
        "auth-delay": "0",
        "rights-type": "owner_only",
        "storage-filesystem-folder": str(server.folder),
        "logging-level": "info",
    }
    command = [python, "-m", "radicale", "--config", "", *[f"--{name}={value}" for name, value in options.items()]]
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output, cwd=tmp_path) as process:
        try:
            for _ in range(200):
                with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), 1):
                    break
                time.sleep(0.05)
            else:
                pytest.fail(f"Radicale did not start: {log.read_text('utf-8')}")
            yield server
        finally:
            process.kill()


@pytest.fixture
def store(any_store) -> Store:
    return any_store


def put(server: Radicale, store: Store, entries: list[Entry], zone: str = "Asia/Shanghai", **wanted: object):
    target = Put.model_validate(
        {"to": f"http://127.0.0.1:{server.port}/me/plan.ics", "user": "me", "password_env": "S", **wanted}
    )
    files = {"plan.ics": write("圈子", entries, zone, EN)}
    return upload(target, files, store, datetime(2026, 11, 22, tzinfo=UTC), environment={"S": SECRET})


def into(server: Radicale, name: str = "own") -> dict[str, object]:
    return {"to": f"http://127.0.0.1:{server.port}/me/{name}/", "as": "events"}


def as_entry(title: str, *, days: int = 2, sequence: int = 0, **known: object) -> Entry:
    start = NOW + timedelta(days=days)
    return entry(make_event(title, uid=title, start=start, **known), sequence=sequence)


@pytest.mark.parametrize("case", CASES)
def test_a_whole_calendar_is_read_back_as_it_was_written(radicale, store, case):
    make, zone = CASES[case]
    entries = make()
    outcome = put(radicale, store, entries, zone)
    assert (outcome.state, outcome.sent) == ("sent", ("plan.ics",)), outcome.reason
    assert radicale.read("/me/plan.ics/") == expected(entries)
    before = radicale.asked()
    assert put(radicale, store, entries, zone).state == "already"
    assert radicale.asked() == before == 1


@pytest.mark.parametrize("case", ["summer time", "special"])
def test_single_events_are_read_back_as_they_were_written(radicale, store, case):
    make, zone = CASES[case]
    entries = make()
    outcome = put(radicale, store, entries, zone, **into(radicale))
    assert outcome.state == "sent", outcome.reason
    assert len(outcome.sent) == len(entries)
    assert radicale.read("/me/own/") == expected(entries)
    before = radicale.asked()
    assert put(radicale, store, entries, zone, **into(radicale)).state == "already"
    assert radicale.asked() == before


def test_moves_and_cancellations_are_followed_and_what_is_not_ours_stays(radicale, store):
    assert radicale.ask("MKCALENDAR", "/me/own/")[0] == 201
    assert radicale.ask("PUT", "/me/own/dentist.ics", FOREIGN)[0] == 201
    put(radicale, store, [as_entry("读书会"), as_entry("沙龙"), as_entry("桌游")], **into(radicale))
    after = [as_entry("读书会", days=3, sequence=1), as_entry("沙龙", sequence=1, status="cancelled")]
    outcome = put(radicale, store, after, **into(radicale))
    assert outcome.state == "sent", outcome.reason
    assert (set(outcome.sent), outcome.deleted) == ({"读书会@quanzi.ics", "沙龙@quanzi.ics"}, ("桌游@quanzi.ics",))
    found = radicale.read("/me/own/")
    assert [each for each in found if each["uid"] != "dentist"] == expected(after)
    assert radicale.ask("GET", "/me/own/dentist.ics")[1].count(b"SUMMARY:Dentist") == 1


def test_a_lost_store_finds_its_own_again_and_writes_over_nothing_else(radicale, tmp_path):
    taken = FOREIGN.replace(b"UID:dentist", "UID:桌游@quanzi".encode())
    assert radicale.ask("MKCALENDAR", "/me/own/")[0] == 201
    assert radicale.ask("PUT", "/me/own/%E6%A1%8C%E6%B8%B8@quanzi.ics", taken)[0] == 201
    with Store(tmp_path / "first.db") as store:
        put(radicale, store, [as_entry("读书会")], **into(radicale))
    with Store(tmp_path / "second.db") as store:
        after = [as_entry("读书会", days=3, sequence=1), as_entry("桌游")]
        outcome = put(radicale, store, after, **into(radicale))
    assert (outcome.state, outcome.sent) == ("failed", ("读书会@quanzi.ics",))
    assert "something else under the name “桌游”" in why(outcome)
    titles = {each["title"]: each["start"] for each in radicale.read("/me/own/")}
    assert titles["读书会"] == expected(after[:1])[0]["start"]
    assert set(titles) == {"读书会", "Dentist"}


def test_what_the_user_took_away_or_changed_there_is_respected(radicale, store):
    put(radicale, store, [as_entry("读书会"), as_entry("沙龙"), as_entry("桌游")], **into(radicale))
    assert radicale.ask("DELETE", "/me/own/%E8%AF%BB%E4%B9%A6%E4%BC%9A@quanzi.ics")[0] == 200
    for name in ("%E6%B2%99%E9%BE%99", "%E6%A1%8C%E6%B8%B8"):
        code, there = radicale.ask("GET", f"/me/own/{name}@quanzi.ics")
        mine = there.replace(b"END:VEVENT", b"COMMENT:with Li Lei\r\nEND:VEVENT")
        assert (code, radicale.ask("PUT", f"/me/own/{name}@quanzi.ics", mine)[0]) == (200, 204)
    # The first moves, the second moves, the third leaves the plan.
    after = [as_entry("读书会", days=3, sequence=1), as_entry("沙龙", days=3, sequence=1)]
    outcome = put(radicale, store, after, **into(radicale))
    assert (outcome.state, outcome.sent, outcome.deleted) == ("sent", ("沙龙@quanzi.ics",), ())
    events = Calendar.from_ical(radicale.ask("GET", "/me/own/")[1]).walk("VEVENT")
    assert {str(each["SUMMARY"]): str(each.get("COMMENT")) for each in events} == {
        "沙龙": "None",
        "桌游": "with Li Lei",
    }
    assert put(radicale, store, after, **into(radicale)).state == "already"


def test_a_wrong_password_and_another_users_calendar_are_said(radicale, store):
    refused = put(radicale, store, [as_entry("沙龙")], user="nobody")
    assert "refuses the log-in (401)" in why(refused)
    of_mate = put(radicale, store, [as_entry("沙龙")], to=f"http://127.0.0.1:{radicale.port}/mate/plan.ics")
    assert "does not allow plan.ics (403)" in why(of_mate)
    assert SECRET not in repr((refused, of_mate))
