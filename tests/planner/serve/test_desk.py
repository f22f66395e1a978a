"""The private page: what was received is read, corrected, kept; verdicts, reasons, words; and nobody else gets in."""

from __future__ import annotations

import json
import re
import socket
import threading
import time

import pytest

pytest.importorskip("uvicorn", reason="the extra 'serve' is not installed")

from planner.serve import forms
from planner.serve.forms import Pace, RefusedError
from planner.store.lock import only_run
from tests.support.cli import NOW, run
from tests.support.desks import SECRET, Client, home_with_a_week, serving

FIELDS = ("token", "draft-0", "title-0", "when-0", "where-0", "price-0", "url-0")
LISTS = ("industry", "practice", "avoid", "up", "down", "peers")
NOTE = "周六14:00 样板读书会 三叶会客厅 30元"


@pytest.fixture
def home(tmp_path):
    return home_with_a_week(tmp_path)


@pytest.fixture
def client(home):
    with serving(home) as running:
        yield running


def planned(home) -> dict[str, dict]:
    rows = run(home, "events", "--now", NOW, "--json", "--from", "2026-11-20", "--to", "2026-12-20").stdout.splitlines()
    return {row["title"]: row for row in map(json.loads, rows)}


def test_the_week_stands_there_with_a_button_for_each_verdict(client):
    page = client.get()
    assert page.status == 200
    assert "储能供应链对接沙龙" in page.text
    for verdict in ("went", "skip", "like", "dislike"):
        assert f'value="{verdict}"' in page.body
    assert page.headers["cache-control"] == "no-store"
    assert "form-action 'self'" in page.headers["content-security-policy"]
    assert "<script" not in page.body


def test_a_pasted_note_is_read_corrected_and_kept(home, client):
    read = client.post("read", {"token": client.token, "text": NOTE})
    assert read.status == 200
    assert read.field("title-0") == "样板读书会"
    assert read.field("when-0").startswith("2026-11-21 14:00")
    assert "样板读书会" not in planned(home), "nothing is kept before it is looked through"
    fields = {name: read.field(name) for name in ("token", "draft-0", "title-0", "where-0", "price-0", "url-0")}
    kept = client.post("keep", {**fields, "keep-0": "1", "when-0": "周六15:30", "title-0": "样板读书会（改）"})
    assert "已保存：样板读书会（改）" in kept.text
    event = planned(home)["样板读书会（改）"]
    assert event["start"] == "2026-11-21T15:30:00+08:00"
    assert event["price"]["min"] == 30


def test_what_is_not_ticked_is_not_kept(home, client):
    read = client.post("read", {"token": client.token, "text": f"{NOTE}\n---\n周日9:00 样板徒步 南山"})
    drafts = {f"draft-{number}": read.field(f"draft-{number}") for number in range(2)}
    written = {
        f"{name}-{number}": read.field(f"{name}-{number}")
        for number in range(2)
        for name in ("title", "when", "where", "price", "url")
    }
    client.post("keep", {"token": client.token, **drafts, **written, "keep-1": "1"})
    assert "样板徒步" in planned(home)
    assert "样板读书会" not in planned(home)


def test_a_time_that_is_missing_or_cannot_be_read_is_asked_for_and_nothing_is_lost(home, client):
    read = client.post("read", {"token": client.token, "text": "老地方桌游局，都来啊"})
    fields = {
        name: read.field(name) for name in ("token", "draft-0", "title-0", "when-0", "where-0", "price-0", "url-0")
    }
    again = client.post("keep", {**fields, "keep-0": "1", "where-0": "我家"})
    assert again.field("where-0") == "我家"
    assert "什么时候" in again.text
    unread = client.post("keep", {**fields, "keep-0": "1", "when-0": "改天吧", "where-0": "我家"})
    assert unread.field("when-0") == "改天吧"
    kept = client.post("keep", {**fields, "keep-0": "1", "when-0": "周五晚7点"})
    assert "已保存" in kept.text


def test_a_file_is_read_and_what_tells_of_nothing_says_why(client):
    calendar = (
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Asia/Shanghai:20261128T190000\r\n"
        b"SUMMARY:Sample invitation\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    read = client.upload(
        "read", {"token": client.token, "text": ""}, {"invite.ics": calendar, "x.zip": b"PK\x03\x04" + b"x" * 50}
    )
    assert read.field("title-0") == "Sample invitation"
    assert "x.zip" in read.text


def test_what_the_phone_shares_needs_no_token_and_keeps_nothing(home, client):
    read = client.upload("share", {"title": "", "text": NOTE, "url": ""}, {})
    assert read.field("title-0") == "样板读书会"
    assert "样板读书会" not in planned(home)


def test_each_verdict_counts_at_once_and_is_seen_in_the_next_plan(home, client):
    page = client.get()
    event = re.search(r'name="event" value="([^"]+)"', page.body)[1]
    liked = client.post("verdict", {"token": page.field("token"), "event": event, "verdict": "like"})
    assert 'value="like" aria-pressed="true"' in liked.body
    titles = {row["uid"].partition("@")[0]: title for title, row in planned(home).items()}
    skipped = client.post("verdict", {"token": page.field("token"), "event": event, "verdict": "skip"})
    assert titles[event] in skipped.text
    assert 'value="skip" aria-pressed="true"' in skipped.body
    plan = json.loads(run(home, "plan", "--now", NOW, "--json").stdout)
    assert event not in {pick["uid"].partition("@")[0] for pick in plan["picks"]}


def test_why_is_told_in_words(client):
    event = re.search(r'href="why\?event=([^"]+)"', client.get().body)[1]
    told = client.get(f"why?event={event}")
    assert told.status == 200
    assert "合计" in told.text


def test_words_are_changed_with_comments_kept_and_seen_in_the_next_plan(home, client):
    page = client.get()
    lists = {name: page.field(name) for name in LISTS}
    assert lists["industry"] == "储能\n供应链: 2"
    done = client.post(
        "words",
        {
            "token": page.field("token"),
            "stamp": page.field("stamp"),
            **lists,
            "industry": "储能\n氢能: 3",
            "up": "电池",
        },
    )
    assert "已保存" in done.text
    text = (home / "config.yaml").read_text("utf-8")
    assert "industry: [储能, {氢能: 3}]  # trade" in text
    assert "    - 头马    # speaking" in text
    assert "chain:" in text
    assert run(home, "plan", "--now", NOW).returncode == 0


def test_two_devices_that_edit_at_once_lose_nothing(home, client):
    page = client.get()
    lists = {name: page.field(name) for name in LISTS}
    base = {"token": page.field("token"), "stamp": page.field("stamp"), **lists}
    assert client.post("words", {**base, "practice": "头马\n辩论"}).status == 200
    other = client.post("words", {**base, "practice": "头马\n即兴"})
    assert other.status == 409
    assert "即兴" in other.field("practice")
    assert "辩论" in other.text
    assert "辩论" in (home / "config.yaml").read_text("utf-8")
    mine = {name: other.field(name) for name in ("token", "stamp", *lists)}
    assert client.post("words", mine).status == 200
    assert "即兴" in (home / "config.yaml").read_text("utf-8")


def test_an_edit_by_hand_is_seen_at_once_and_a_broken_one_is_told(home, client):
    config = home / "config.yaml"
    before = config.read_text("utf-8")
    config.write_text(before.replace("储能", "光伏"), "utf-8")
    assert client.get().field("industry").startswith("光伏")
    config.write_text("interests: [", "utf-8")
    assert client.get().status == 422
    config.write_text(before, "utf-8")
    assert client.get().status == 200


@pytest.mark.parametrize("given", ["储能: 99", "x" * 200])
def test_words_that_cannot_be_are_told_and_stay_in_the_form(home, client, given):
    page = client.get()
    before = (home / "config.yaml").read_bytes()
    told = client.post("words", {"token": page.field("token"), "stamp": page.field("stamp"), "industry": given})
    assert told.status == 422
    assert told.field("industry") == given
    assert (home / "config.yaml").read_bytes() == before


def test_while_a_run_is_at_work_nothing_is_lost(home, client):
    read = client.post("read", {"token": client.token, "text": NOTE})
    fields = {
        name: read.field(name) for name in ("token", "draft-0", "title-0", "when-0", "where-0", "price-0", "url-0")
    }
    with only_run(home / "quanzi.db", "zh"):
        busy = client.post("keep", {**fields, "keep-0": "1", "title-0": "改过的"})
    assert (busy.status, busy.headers["retry-after"]) == (503, "60")
    assert busy.field("title-0") == "改过的"
    again = {name: busy.field(name) for name in fields}
    assert "已保存：改过的" in client.post("keep", {**again, "keep-0": "1"}).text


# Nobody else.


def test_it_stands_below_the_secret_alone_and_is_off_unless_wanted(home, client):
    for path in ("/desk/", "/desk/read", "/public/desk/", f"/{SECRET[:-1]}/desk/"):
        outside = Client(client.port, path)
        assert outside.get().status == 404
        assert outside.send("POST", "", b"x", headers={}).status == 405
    assert Client(client.port, f"/{SECRET}/plan.ics").send("POST", "", b"x", headers={}).status == 405


@pytest.mark.parametrize("token", ["", "0" * 64, "é", "a b"])
def test_forged_tokens_are_refused_and_what_was_written_stays(home, client, token):
    told = client.post("read", {"token": token, "text": NOTE})
    assert told.status == 403
    assert told.field("text") == NOTE


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
    ],
)
def test_forms_of_other_sites_are_refused(home, client, headers):
    token = client.token
    before = (home / "config.yaml").read_bytes()
    for action in ("read", "keep", "verdict", "words"):
        assert client.post(action, {"token": token, "text": NOTE, "industry": "x"}, **headers).status == 403
    assert (home / "config.yaml").read_bytes() == before


def test_a_draft_that_is_not_ours_is_refused(home, client):
    read = client.post("read", {"token": client.token, "text": NOTE})
    forged = read.field("draft-0").replace("样板", "假的")
    told = client.post("keep", {"token": client.token, "draft-0": forged, "keep-0": "1", "title-0": "假的"})
    assert told.status == 403
    assert "假的读书会" not in planned(home)


def test_what_is_written_comes_back_as_text_never_as_markup(client):
    nasty = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
    read = client.post("read", {"token": client.token, "text": f"周五19:00 {nasty} 南馆"})
    assert "<script" not in read.body
    assert "<img" not in read.body
    page = client.get()
    told = client.post("words", {"token": page.field("token"), "stamp": page.field("stamp"), "industry": nasty})
    assert "<script" not in told.body
    assert "<script" not in client.get("why?event=" + "%3Cscript%3E").body


def test_too_large_is_refused_whether_it_says_so_or_not(client, monkeypatch):
    monkeypatch.setattr(forms, "MOST_BYTES", 50_000)
    token = client.token
    assert client.upload("read", {"token": token}, {"a.txt": b"x" * 200_000}).status == 413
    with socket.create_connection(("127.0.0.1", client.port), timeout=10) as raw:
        head = f"POST {client.path}read HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
        part = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        raw.sendall((head + "Content-Type: multipart/form-data; boundary=b\r\n\r\n").encode())
        raw.sendall(b"%x\r\n%s\r\n" % (len(part), part))
        try:
            for _ in range(100):
                raw.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
                time.sleep(0.001)
        except OSError:
            pass
        assert b"413" in raw.recv(2000)


def test_a_body_that_never_ends_is_given_up(client, monkeypatch):
    monkeypatch.setattr(forms, "SECONDS", 0.3)
    with socket.create_connection(("127.0.0.1", client.port), timeout=10) as raw:
        head = f"POST {client.path}read HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n"
        raw.sendall((head + "Content-Type: application/x-www-form-urlencoded\r\n\r\ntoken=").encode())
        assert b"408" in raw.recv(2000)


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"x"), ("multipart/form-data; boundary=b", b"--b\r\nbroken"), ("text/plain", b"x"),
        ("application/x-www-form-urlencoded", b"%ff%fe=%00"),
        ("multipart/form-data; boundary=b", b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--"),
    ],
)  # fmt: skip
def test_broken_forms_are_refused(client, kind, body):
    assert client.send("POST", "read", body, headers={"Content-Type": kind}).status in {400, 403, 422}


def test_many_fields_are_refused(client):
    assert client.post("read", [("a", "b")] * 5000).status == 400


def test_whoever_asks_too_often_is_told_to_wait(client):
    statuses = [client.post("verdict", {"token": "x"}).status for _ in range(40)]
    assert statuses[:30] == [403] * 30
    late = client.post("verdict", {"token": "x"})
    assert (late.status, late.headers["retry-after"]) == (429, "1") or late.status == 429
    client.steady.at += 5
    assert client.post("verdict", {"token": "x"}).status == 403


def test_the_pace_is_kept_whatever_the_clock_does():
    pace = Pace(2, 1)
    pace.take(10)
    pace.take(10)
    with pytest.raises(RefusedError) as told:
        pace.take(10.5)
    assert told.value.retry_after == 1
    pace.take(11.6)
    with pytest.raises(RefusedError):
        pace.take(0)


def test_many_at_once_are_answered_or_told_to_wait(client):
    found: list[int] = []

    def ask() -> None:
        found.append(client.get().status)

    threads = [threading.Thread(target=ask) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(found) == 40
    assert set(found) <= {200, 429}


def test_it_installs_as_an_app_that_takes_what_is_shared(client):
    manifest = json.loads(client.get("app.webmanifest").body)
    assert manifest["share_target"]["action"] == "share"
    assert manifest["lang"] == "zh-CN"
    for icon in manifest["icons"]:
        assert Client(client.port, client.path).send("HEAD", icon["src"], headers={}).status == 200
    assert client.get("../../etc/passwd").status == 404
