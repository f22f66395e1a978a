"""The output folder over HTTP, asked by a real client over a real socket: validators, ranges, and what stays hidden."""

from __future__ import annotations

import http.client
import importlib
import ipaddress
import os
import re
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra 'serve' is not installed")

import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner import serve
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.render.subscribe import addresses
from planner.serve import Outputs, reached_at, secret_of
from tests.support.cli import QUANZI, ROOT, run

serve_command = importlib.import_module("planner.cli.serve")
EN = Catalog("en")
SECRET = "s3cret-" + "k" * 25
CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:样板桌游夜\r\nEND:VCALENDAR\r\n".encode()
PLAN = b"BEGIN:VCALENDAR\r\nX-PLAN:mine\r\nEND:VCALENDAR\r\n"
SUBSCRIBING = "<p>订阅</p>".encode()
CHANGED = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("home") / "out"
    (out / "public").mkdir(parents=True)
    for name, content in {
        "plan.ics": PLAN, "index.html": b"<p>my week</p>", "report.json": b"{}", "note.key": b"x",
        "public/all.ics": CALENDAR, "public/index.html": b"<p>all</p>", "public/.hidden.ics": b"h",
        "public/tool.py": b"print()", "../config.yaml": b"home: here", "../quanzi.ics": b"above",
    }.items():  # fmt: skip
        (out / name).write_bytes(content)
        os.utime(out / name, (CHANGED.timestamp(), CHANGED.timestamp()))
    (out / "public/leak.ics").symlink_to(out / "plan.ics")
    return out


@pytest.fixture(scope="module")
def port(folder):
    at = serve.listening("127.0.0.1", 0, EN)
    app = serve.application(folder, SECRET, SUBSCRIBING)
    server = uvicorn.Server(
        uvicorn.Config(app, access_log=False, log_level="error", lifespan="off", ws="none", http="h11")
    )
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield at.getsockname()[1]
    server.should_exit = True
    thread.join(10)
    at.close()


@pytest.fixture
def ask(port):
    def asked(path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, headers=named)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    return asked


def test_an_answer_does_not_wait_for_another_packet():
    """The body of an answer follows its head at once."""
    with serve.listening("127.0.0.1", 0, EN) as at, socket.create_connection(at.getsockname()):
        accepted, _ = at.accept()
        with accepted:
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_a_calendar_is_sent_as_a_calendar_with_its_validators(ask):
    response, body = ask("/all.ics")
    assert (response.status, body) == (200, CALENDAR)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Content-Length"] == str(len(CALENDAR))
    assert response.headers["Last-Modified"] == "Sun, 22 Nov 2026 10:00:00 GMT"
    assert re.fullmatch(r'"[0-9a-f]{32}"', response.headers["ETag"])
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Set-Cookie"] is None


def test_a_file_in_its_place_has_another_tag_also_at_the_same_time_and_size(ask, folder):
    target, other = folder / "public/practice.ics", folder / "public/.new"
    target.write_bytes(CALENDAR)
    at = target.stat().st_mtime_ns
    before = ask("/practice.ics")[0].headers["ETag"]
    other.write_bytes(CALENDAR.replace(b"Debate", b"Dances") if b"Debate" in CALENDAR else CALENDAR[::-1])
    os.utime(other, ns=(at, at))
    other.replace(target)
    response, body = ask("/practice.ics", If_None_Match=before)
    assert (response.status, body) == (200, target.read_bytes())
    assert response.headers["ETag"] != before


def test_many_who_poll_over_one_connection_get_each_version_once(port, folder):
    target = folder / "public/industry.ics"
    held, got = "", []
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for number in range(1_000):
        if number % 250 == 0:
            (folder / "public/.next").write_bytes(CALENDAR + str(number).encode())
            (folder / "public/.next").replace(target)
        connection.request("GET", "/industry.ics", headers={"If-None-Match": held} if held else {})
        response = connection.getresponse()
        body = response.read()
        assert (response.status, body) in {(200, target.read_bytes()), (304, b"")}
        assert response.headers["ETag"]
        if response.status == 200:
            held = response.headers["ETag"]
            got.append(number)
    connection.close()
    assert got == [0, 250, 500, 750]


def test_head_is_get_without_the_body(ask):
    got, _ = ask("/all.ics")
    head, body = ask("/all.ics", "HEAD")
    assert (head.status, body) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag", "Last-Modified"):
        assert head.headers[name] == got.headers[name]


def test_what_did_not_change_is_not_sent_again(ask):
    tag = ask("/all.ics")[0].headers["ETag"]
    for given_tag in (tag, f'"other", W/{tag}', "*"):
        response, body = ask("/all.ics", If_None_Match=given_tag)
        assert (response.status, body, response.headers["ETag"]) == (304, b"", tag)
    assert ask("/all.ics", If_Modified_Since="Sun, 22 Nov 2026 10:00:00 GMT")[0].status == 304
    assert ask("/all.ics", If_Modified_Since="Sun, 22 Nov 2026 09:59:59 GMT")[0].status == 200
    assert ask("/all.ics", If_Modified_Since="some day")[0].status == 200
    both = ask("/all.ics", If_None_Match='"other"', If_Modified_Since="Mon, 23 Nov 2026 10:00:00 GMT")
    assert both[0].status == 200, "the tag decides alone"


def test_new_bytes_are_a_new_tag_even_with_the_old_time(folder, ask):
    before = ask("/index.html")[0].headers["ETag"]
    (folder / "public/index.html").write_bytes(b"<p>ALL</p>")
    os.utime(folder / "public/index.html", (CHANGED.timestamp(), CHANGED.timestamp()))
    response, body = ask("/", If_None_Match=before)
    assert (response.status, body) == (200, b"<p>ALL</p>")


def test_parts_are_sent_as_asked(ask):
    tag, size = ask("/all.ics")[0].headers["ETag"], len(CALENDAR)
    response, body = ask("/all.ics", Range="bytes=2-5")
    assert (response.status, body, response.headers["Content-Range"]) == (206, CALENDAR[2:6], f"bytes 2-5/{size}")
    assert ask("/all.ics", Range="bytes=-4")[1] == CALENDAR[-4:]
    assert ask("/all.ics", Range=f"bytes={size - 3}-")[1] == CALENDAR[-3:]
    response, body = ask("/all.ics", Range=f"bytes={size}-")
    assert (response.status, body, response.headers["Content-Range"]) == (416, b"", f"bytes */{size}")
    assert ask("/all.ics", Range="lines=1-2")[1] == CALENDAR
    for invalid in ("bytes=5-2", "bytes=-"):
        assert ask("/all.ics", Range=invalid)[0].status == 400
    response, body = ask("/all.ics", Range="bytes=0-1,4-5")
    assert response.status == 206
    assert response.headers["Content-Type"].startswith("multipart/byteranges; boundary=")
    assert CALENDAR[:2] in body
    assert CALENDAR[4:6] in body
    assert ask("/all.ics", Range="bytes=0-1", If_Range=tag)[0].status == 206
    assert ask("/all.ics", Range="bytes=0-1", If_Range='"other"')[1] == CALENDAR


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 70), st.integers(0, 70))
def test_any_range_is_a_slice_or_says_that_it_cannot_be(ask, first, last):
    response, body = ask("/all.ics", Range=f"bytes={first}-{last}")
    if response.status == 206:
        assert body == CALENDAR[first : last + 1]
        assert body
        assert response.headers["Content-Range"] == f"bytes {first}-{first + len(body) - 1}/{len(CALENDAR)}"
    elif response.status == 416:
        assert first >= len(CALENDAR)
    else:
        assert response.status == 400
        assert last < first


def test_the_plan_is_seen_with_the_secret_alone(ask):
    response, body = ask(f"/{SECRET}/plan.ics")
    assert (response.status, body) == (200, PLAN)
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert ask(f"/{SECRET}/")[1] == b"<p>my week</p>"
    assert ask(f"/{SECRET}")[0].headers["Location"] == f"/{SECRET}/"
    assert ask(f"/{SECRET}/public/all.ics")[1] == CALENDAR
    for path in ("/plan.ics", f"/{SECRET[:-1]}/plan.ics", f"/{SECRET}x/plan.ics", f"/{SECRET.upper()}/plan.ics"):
        response, body = ask(path)
        assert (response.status, b"mine" in body) == (404, False)


@pytest.mark.parametrize(
    "path",
    [
        "/../plan.ics", "/%2e%2e/plan.ics", "/..%2fplan.ics", "/public/../../quanzi.ics", "/..%5cplan.ics",
        "//plan.ics", "/%2Fetc/passwd", "/.hidden.ics", "/tool.py", "/leak.ics", "/all.ics/", "/nothing.ics",
        "/all.ics%00.html", "/C:%5cx.ics", "/%ff%fe.ics", "/out/", f"/{SECRET}/../config.yaml",
        f"/{SECRET}/..%2fquanzi.ics", f"/{SECRET}/%2e%2e/quanzi.ics", f"/{SECRET}/note.key", f"/{SECRET}/public/",
    ],
)  # fmt: skip
def test_nothing_else_is_shown_and_nothing_is_listed(port, path):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:  # a client would tidy the path
        line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode("latin-1"))
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert answer.startswith((b"HTTP/1.1 404", b"HTTP/1.1 400"))
    for private in (b"mine", b"above", b"home: here", b"print()", b"root:", b"tool.py", SECRET.encode()):
        assert private not in answer


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(ask, folder, method):
    assert ask("/all.ics", method)[0].status == 405
    assert (folder / "public/all.ics").read_bytes() == CALENDAR


@given(
    st.lists(st.sampled_from(["..", ".", "", "...", "public", "out", "..\\..", "quanzi.ics", "plan.ics", "all.ics"]))
)
def test_no_name_leads_out_of_the_folder(folder, steps):
    path, state = Outputs(folder / "public").lookup_path("/".join(steps))
    assert (
        state is None
        or (steps == ["all.ics"] and Path(path) == folder / "public/all.ics")
        or (steps in ([], [""]) and Path(path) == folder / "public/index.html")
    )


def test_the_secret_is_long_kept_and_private(tmp_path):
    store = tmp_path / "quanzi.db"
    secret = secret_of(store, EN)
    assert len(secret) * 6 >= 128
    assert secret_of(store, EN) == secret
    assert secret_of(tmp_path / "other.db", EN) != secret
    kept = tmp_path / "quanzi.db.secret"
    if os.name != "nt":
        assert kept.stat().st_mode & 0o777 == 0o600
        kept.chmod(0o640)
        with pytest.raises(UsageError, match="chmod 600"):
            secret_of(store, EN)
        kept.chmod(0o600)
    for poor in ("", "short", "a" * 21, "with/slash" * 4):
        kept.write_text(poor)
        with pytest.raises(UsageError, match="128 bits"):
            secret_of(store, EN)


def test_google_is_offered_only_what_it_can_reach():
    assert addresses("http://127.0.0.1:8765", "all.ics") == (
        "http://127.0.0.1:8765/all.ics", "webcal://127.0.0.1:8765/all.ics",
    )  # fmt: skip
    assert addresses("https://cal.example/", "all.ics") == (
        "https://cal.example/all.ics",
        "webcal://cal.example/all.ics",
        "https://calendar.google.com/calendar/r?cid=webcal%3A%2F%2Fcal.example%2Fall.ics",
    )


def test_all_addresses_are_printed_as_one_that_a_phone_can_use():
    assert reached_at("127.0.0.1") == "127.0.0.1"
    assert reached_at("cal.example") == "cal.example"
    own = ipaddress.ip_address(reached_at("0.0.0.0"))
    if own.is_unspecified:
        pytest.skip("this machine has no network at all")
    with serve.listening("0.0.0.0", 0, EN) as at, socket.create_connection((str(own), at.getsockname()[1]), timeout=5):
        pass


def test_a_taken_port_is_one_clear_line(tmp_path, port):
    (tmp_path / "config.yaml").write_text("language: en\n")
    result = run(tmp_path, "serve", "--port", str(port))
    assert result.returncode == 2
    assert f"127.0.0.1:{port}: can't listen on it" in result.stderr
    assert "Traceback" not in result.stderr


def test_without_the_extra_the_cure_is_named(tmp_path):
    (tmp_path / "config.yaml").write_text("language: en\n")
    blocked = "import sys; sys.modules['starlette'] = None; sys.modules['starlette.applications'] = None; "
    code = blocked + "from planner.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code, "serve", "--port", "0"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert "pip install starlette uvicorn" in result.stderr


def test_the_command_prints_addresses_that_work_and_logs_no_secret(tmp_path):
    (tmp_path / "config.yaml").write_text("language: en\n")
    (tmp_path / "out/public").mkdir(parents=True)
    (tmp_path / "out/plan.ics").write_bytes(PLAN)
    (tmp_path / "out/public/all.ics").write_bytes(CALENDAR)
    process = subprocess.Popen(
        [*QUANZI, "serve", "--port", "0"],
        cwd=tmp_path, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        printed = [process.stdout.readline() for _ in range(9)]
        secret = (tmp_path / "quanzi.db.secret").read_text().strip()
        shown = re.findall(r"http://127\.0\.0\.1:(\d+)/(\S+\.ics)", "".join(printed))
        assert [name for _, name in shown] == ["all.ics", f"{secret}/plan.ics"]
        for number, name in shown:
            connection = http.client.HTTPConnection("127.0.0.1", int(number), timeout=10)
            connection.request("GET", f"/{name}")
            assert connection.getresponse().read() in {PLAN, CALENDAR}
            connection.close()
    finally:
        process.terminate()
        rest, errors = process.communicate(timeout=10)
    assert "Traceback" not in errors
    assert secret not in errors + rest, "printed once, at the start, and never logged"


def test_a_phone_subscribes_below_the_secret_alone(ask):
    response, body = ask(f"/{SECRET}/{serve.SUBSCRIBE}")
    assert (response.status, body) == (200, SUBSCRIBING)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    for path in (f"/{serve.SUBSCRIBE}", f"/x{SECRET}/{serve.SUBSCRIBE}", f"/{SECRET}/{serve.SUBSCRIBE}/"):
        assert ask(path)[0].status == 404


def test_the_page_of_the_phone_leads_to_its_own_calendar_first():
    page = serve_command._subscribing(EN, "http://192.0.2.7:8765", f"http://192.0.2.7:8765/{SECRET}").decode()
    links = re.findall('href="([^"]+)"', page)
    assert links[0] == f"webcal://192.0.2.7:8765/{SECRET}/plan.ics"
    assert "webcal://192.0.2.7:8765/practice.ics" in links
    assert not [link for link in links if "google" in link], "Google cannot reach a home network"


@pytest.mark.parametrize(
    ("is_terminal", "reached", "told"),
    [(True, True, "Point the phone's camera"), (False, True, "open this page"), (True, False, "--host 0.0.0.0")],
)
def test_a_phone_is_told_its_way(capsys, monkeypatch, is_terminal, reached, told):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal, raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    serve_command._tell_phones(EN, f"http://192.0.2.7:8765/{SECRET}/subscribe", reached=reached)
    printed = capsys.readouterr().out
    assert told in printed
    assert ("█" in printed) == (is_terminal and reached)


@pytest.mark.parametrize("odd", ["", "0", "-1", "some day", "Sun, 22 Nov 1926 10:00:00 -0000"])
def test_dates_of_the_past_and_nonsense_never_hide_a_change(ask, odd):
    assert ask("/all.ics", If_Modified_Since=format_datetime(CHANGED, usegmt=True))[0].status == 304
    assert ask("/all.ics", If_Modified_Since=odd)[0].status == 200


def test_what_stands_in_the_way_is_told_in_the_readers_language(tmp_path):
    with serve.listening("127.0.0.1", 0, EN) as at:
        port = at.getsockname()[1]
        for words, told in (
            (EN, "can't listen on it: address already in use"),
            (Catalog("zh"), "不能监听：已被占用"),
        ):
            with pytest.raises(UsageError, match=told):
                serve.listening("127.0.0.1", port, words)
    (tmp_path / "q.db.secret").write_text("short")
    (tmp_path / "q.db.secret").chmod(0o600)
    with pytest.raises(UsageError, match="不是 128 位以上的密钥"):
        secret_of(tmp_path / "q.db", Catalog("zh"))
