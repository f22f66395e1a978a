"""Uploads: what goes where, and what a real server on loopback may do to them."""

from __future__ import annotations

import base64
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cli._send import show_put
from planner.config import parse
from planner.config.put import Put
from planner.deliver import Outcome
from planner.deliver.upload import http, upload
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from planner.render.calendar import write
from planner.store import Store
from tests.conftest import make_event
from tests.planner.deliver.contract import AnyChannel, ChannelTests
from tests.planner.deliver.test_mail import certificate, free_port, why
from tests.planner.render.test_calendar import entry
from tests.support.cli import CALENDAR, CONFIG, NOW, run

__all__ = ["certificate"]  # a fixture
EN = Catalog("en")
AT = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)
SECRET = "plum-kettle-42"
LOG_IN = "Basic " + base64.b64encode(f"me:{SECRET}".encode()).decode()


def plan(*titles: str) -> bytes:
    return write("x", [entry(make_event(title, uid=title)) for title in titles], "Asia/Shanghai", EN)


FILES = {
    "plan.ics": plan("读书会", "沙龙"),
    "digest.html": b"<p>week</p>",
    "public/all.ics": b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
    "public/index.html": b"<p>all</p>",
}


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Dav:
    """A folder server: keeps what is put, wants folders made first, and answers as told in ``say``."""

    port: int = 0
    there: dict[str, bytes] = field(default_factory=dict)
    folders: set[str] = field(default_factory=lambda: {"/"})
    asked: list[Request] = field(default_factory=list)
    say: dict[str, tuple[int, dict[str, str]]] = field(default_factory=dict)
    before: Callable[[BaseHTTPRequestHandler], bool] = lambda handler: True

    def did(self, method: str) -> list[str]:
        return [each.path for each in self.asked if each.method == method]

    def answer(self, request: Request) -> tuple[int, dict[str, str], bytes]:
        told = self.say.get(request.path, self.say.get("*"))
        if told is not None:
            return *told, b"you said " + request.headers.get("authorization", "").encode()
        parent = request.path.rstrip("/").rpartition("/")[0] + "/"
        if request.method == "MKCOL":
            if request.path in self.folders:
                return 405, {}, b""
            if parent not in self.folders:
                return 409, {}, b""
            self.folders.add(request.path)
            return 201, {}, b""
        if request.method == "PUT":
            if parent not in self.folders:
                return 409, {}, b""
            self.there[request.path] = request.body
            return 201, {}, b""
        if request.method == "DELETE":
            return (204 if self.there.pop(request.path, None) is not None else 404), {}, b""
        return 405, {}, b""


@pytest.fixture
def dav(certificate) -> Iterator[Callable[..., Dav]]:
    running = []

    def start(*, tls: bool = False) -> Dav:
        state = Dav()

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def handle_any(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                body = self.rfile.read(int(headers.get("content-length", 0)))
                request = Request(self.command, self.path, headers, body)
                state.asked.append(request)
                if not state.before(self):
                    self.close_connection = True
                    return
                code, extra, answer = state.answer(request)
                self.send_response(code)
                for name, value in extra.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_PUT = do_DELETE = do_MKCOL = do_GET = handle_any  # noqa: N815 - the base class looks for them

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
                """Silent."""

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        if tls:
            context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            context.load_cert_chain(*certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        state.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        running.append(server)
        return state

    yield start
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def store(tmp_path) -> Iterator[Store]:
    with Store(tmp_path / "quanzi.db") as opened:
        yield opened


def settings(server: Dav, path: str = "/me/", scheme: str = "http", **wanted: object) -> Put:
    given = {"to": f"{scheme}://127.0.0.1:{server.port}{path}", "user": "me", "password_env": "SECRET", **wanted}
    return Put.model_validate({name: value for name, value in given.items() if value is not None})


def put(server: Dav, store: Store, files: dict[str, bytes] = FILES, *, trust: ssl.SSLContext | None = None, **wanted):
    return upload(settings(server, **wanted), files, store, AT, trust=trust, environment={"SECRET": SECRET})


# What the configuration may say.


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("ftp://h.example/", "output.put.to", "not a web address"),
        ("'https://me:hunter2@h.example/'", "output.put.to", "no user or password in the address"),
        ("https://h.example/?key=hunter2", "output.put.to", "without ? and #"),
        ("https://h.example/week.ics", "output.put.to", "plan.ics, all.ics"),
        ("https://h.example:port/", "output.put.to", "not a web address"),
        ("https://h.example/plan.ics", "output.put", "your plan is private"),
        ("{to: 'https://h.example/', what: all}", "output.put", "your plan is private"),
        ("{to: 'https://h.example/', what: calendars}", "output.put", "your plan is private"),
        ("{to: 'https://h.example/', as: events}", "output.put", "your plan is private"),
        ("{to: 'http://h.example/', user: me, password_env: X}", "output.put", "no password without encryption"),
        ("{to: 'https://h.example/', user: me}", "output.put", "user goes together"),
        ("{to: 'https://h.example/', password_env: X}", "output.put", "user goes together"),
        ("{to: 'https://h.example/', user: me, password_env: X, password_file: y}", "output.put", "only one of"),
        ("{to: 'https://h.example/', user: me, password_env: hunter2!}", "output.put.password_env", "does not belong"),
        ("{to: 'https://h.example/', user: me, password: hunter2}", "output.put.password", "not a known key"),
        ("{to: 'https://h.example/', as: events, what: all, user: me, password_env: X}", "output.put", "what is only"),
        ("{to: 'https://h.example/plan.ics', as: events, user: me, password_env: X}", "output.put", "ends in /"),
        ("{to: 'https://h.example/', ass: events}", "output.put.ass", "did you mean as?"),
    ],
)
def test_what_is_wrong_is_named_and_no_secret_repeated(text, key, words):
    with pytest.raises(ConfigError) as caught:
        parse(f"output: {{put: {text}}}\n".encode(), "config.yaml", EN)
    assert any(problem.key == key and words in problem.message for problem in caught.value.problems), str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_an_address_alone_takes_what_is_public():
    target = parse(b"output: {put: 'https://h.example/a b/c'}\n".replace(b" b", b""), "c", EN).output.put
    assert target is not None
    assert (target.to, target.is_private) == ("https://h.example/a/c/", False)
    assert not Put(to="http://127.0.0.1/").is_private
    assert Put(to="http://127.0.0.1/plan.ics").is_private, "loopback may hold the plan without a log-in"
    assert Put(to="https://例子.example/圈子/").to == "https://xn--fsqu00a.example/%E5%9C%88%E5%AD%90/"


@given(st.sampled_from(["files", "events"]), st.sampled_from([None, "public", "calendars", "all"]),
       st.sampled_from(["http://h.example/", "https://h.example/", "https://h.example/plan.ics",
                        "https://h.example/all.ics"]), st.booleans())  # fmt: skip
def test_no_configuration_sends_the_plan_unencrypted_or_without_a_log_in(form, what, to, log_in):
    secret = {"user": "me", "password_env": "X"} if log_in else {}
    try:
        target = Put.model_validate({"to": to, "as": form, "what": what, **secret})
    except ValueError:
        return
    assert not target.is_private or (target.is_encrypted and log_in)


# Files.


def test_folders_are_made_and_only_what_differs_travels(dav, store):
    server = dav()
    first = put(server, store, what="all")
    assert first.state == "sent", first.reason
    assert server.there == {f"/me/{name}": content for name, content in FILES.items()}
    assert server.did("MKCOL") == ["/me/", "/me/public/"]
    kinds = {each.path: each.headers["content-type"] for each in server.asked if each.method == "PUT"}
    assert kinds["/me/plan.ics"] == "text/calendar; charset=utf-8"
    assert kinds["/me/public/index.html"] == "text/html; charset=utf-8"
    assert {each.headers["authorization"] for each in server.asked} == {LOG_IN}
    server.asked.clear()
    assert put(server, store, what="all").state == "already"
    assert not server.asked
    changed = put(server, store, {**FILES, "digest.html": b"<p>new</p>"}, what="all")
    assert (changed.sent, server.did("PUT")) == (("digest.html",), ["/me/digest.html"])


@pytest.mark.parametrize(
    ("what", "names"),
    [
        (None, {"public/all.ics", "public/index.html"}),
        ("public", {"public/all.ics", "public/index.html"}),
        ("calendars", {"plan.ics", "public/all.ics"}),
        ("all", set(FILES)),
    ],
)
def test_what_goes_is_what_was_asked_for(dav, store, what, names):
    server = dav()
    assert set(put(server, store, what=what).sent) == names
    assert set(server.there) == {f"/me/{name}" for name in names}


def test_an_address_that_names_a_calendar_takes_that_one(dav, store):
    server = dav()
    server.folders.add("/me/")
    assert put(server, store, path="/me/plan.ics").sent == ("plan.ics",)
    assert put(server, store, path="/me/all.ics").sent == ("public/all.ics",)
    assert server.there == {"/me/plan.ics": FILES["plan.ics"], "/me/all.ics": FILES["public/all.ics"]}


def test_what_is_no_longer_wanted_there_is_taken_away_and_nothing_else(dav, store):
    server = dav()
    put(server, store, what="all")
    server.there["/me/own.txt"] = b"the user's"
    narrowed = put(server, store, what="public")
    assert narrowed.deleted == ("digest.html", "plan.ics")
    assert set(server.there) == {"/me/own.txt", "/me/public/all.ics", "/me/public/index.html"}
    server.asked.clear()
    assert put(server, store, what="public").state == "already"
    assert not server.asked


def test_each_place_has_its_own_record(dav, store):
    one, other = dav(), dav()
    assert put(one, store).state == put(other, store).state == "sent"
    assert one.there == other.there


# What servers and networks do.


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (401, "refuses the log-in (401)"),
        (403, "does not allow public/all.ics (403)"),
        (409, "no folder for public/all.ics and lets none be made (409)"),
        (412, "holds another public/all.ics"),
        (413, "too large"),
        (415, "refuses public/all.ics (415 unsupported media type)"),
        (507, "no room left"),
        (503, "later (503 service unavailable)"),
        (429, "later (429"),
    ],
)
def test_an_answer_that_is_no_success_is_one_reason_and_tried_again(dav, store, code, words):
    server = dav()
    server.say["*"] = (code, {"X-Echo": SECRET})
    outcome = put(server, store)
    assert outcome.state == "failed"
    assert words in why(outcome)
    assert len(server.asked) <= 5
    assert SECRET not in repr(outcome)
    assert LOG_IN.removeprefix("Basic ") not in repr(outcome)
    server.say.clear()
    assert put(server, store).state == "sent"


@pytest.mark.parametrize("code", [403, 405, 409])
def test_a_server_that_takes_no_folder_is_told_with_the_cure(dav, store, code):
    server = dav()
    server.say["*"] = (code, {})
    assert f"http://127.0.0.1:{server.port}/me/plan.ics" in why(put(server, store))
    single = why(put(server, store, path="/me/plan.ics"))
    assert f"({code}" in single
    assert "http://" not in single


def test_events_are_told_by_number_and_titles_not_by_ids(dav, store, capsys):
    server = dav()
    server.folders.add("/me/")
    server.say["/me/%E6%B2%99%E9%BE%99@quanzi.ics"] = (403, {})
    done = put(server, store, **{"as": "events"})
    assert (done.titles, len(done.sent)) == (("读书会",), 1)
    assert "“沙龙”" in why(done)
    assert "@quanzi" not in why(done)
    show_put(done, EN)
    show_put(Outcome(state="sent", server="h", sent=("a", "b"), titles=("甲", "乙"), deleted=("c",)), EN)
    show_put(Outcome(state="sent", server="h", sent=("plan.ics",)), EN)
    assert capsys.readouterr().out.splitlines() == [
        "put to 127.0.0.1: 1 event (读书会)",
        "put to h: 2 events (甲, 乙)",
        "taken away from h: 1 event",
        "put to h: plan.ics",
    ]


def test_what_a_network_does_is_said_in_chinese(store):
    nobody = Put(to="http://127.0.0.1:9/me/", user="me", password_env="SECRET")
    done = upload(nobody, FILES, store, AT, environment={"SECRET": SECRET})
    assert why(done, Catalog("zh")) == "连不上 127.0.0.1：连接被拒绝"


def test_what_kind_of_log_in_is_missing_is_said(dav, store):
    server = dav()
    server.say["*"] = (401, {"WWW-Authenticate": 'Digest realm="x", nonce="y"'})
    assert "another kind of log-in" in why(put(server, store))
    server.say["*"] = (401, {"WWW-Authenticate": 'Basic realm="x"'})
    assert "asks for a log-in (401); write user" in why(put(server, store, user=None, password_env=None))


def test_a_refused_file_costs_only_itself(dav, store):
    server = dav()
    server.say["/me/public/all.ics"] = (403, {})
    outcome = put(server, store)
    assert (outcome.state, outcome.sent) == ("failed", ("public/index.html",))
    server.say.clear()
    assert put(server, store).sent == ("public/all.ics",)


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed_and_its_secrets_are_not_shown(dav, store, code):
    server, other = dav(), dav()
    where = f"http://me:{SECRET}@127.0.0.1:{other.port}/new/?token={SECRET}"
    server.say["*"] = (code, {"Location": where})
    outcome = put(server, store)
    assert f"points elsewhere ({code}), to http://127.0.0.1:{other.port}/new/" in why(outcome)
    assert SECRET not in why(outcome)
    assert not other.asked
    assert len(server.asked) == 1


def test_a_drop_in_the_middle_keeps_what_is_there_and_the_next_run_goes_on(dav, store):
    server = dav()
    server.before = lambda handler: not handler.path.endswith("index.html")
    outcome = put(server, store)
    assert (outcome.state, outcome.sent) == ("failed", ("public/all.ics",))
    assert "broke off" in why(outcome)
    server.before = lambda handler: True
    assert put(server, store).sent == ("public/index.html",)


def test_a_connection_that_was_closed_meanwhile_is_opened_anew(dav, store):
    server = dav()

    def close_after(handler):
        handler.close_connection = True  # without saying so
        return True

    server.before = close_after
    assert put(server, store, what="all").state == "sent"


def test_a_slow_server_is_given_up(dav, store, monkeypatch):
    monkeypatch.setattr(http, "TIMEOUT", 0.2)
    server = dav()
    server.before = lambda handler: time.sleep(1) or False
    outcome = put(server, store)
    assert "takes too long" in why(outcome)


def test_a_server_that_trickles_cannot_hold_us(dav, store, monkeypatch):
    monkeypatch.setattr(http, "SECONDS_IN_ALL", 0.5)
    server, stop = dav(), threading.Event()

    def trickle(handler):
        handler.wfile.write(b"HTTP/1.1 201 Created\r\n")
        for _ in range(100):
            if stop.wait(0.1):
                break
            handler.wfile.write(b"X: y\r\n")
        return False

    server.before = trickle
    begun = time.monotonic()
    outcome = put(server, store)
    took = time.monotonic() - begun
    stop.set()
    assert "takes too long" in why(outcome)
    assert took < 3


def test_nobody_there_is_a_reason(store):
    outcome = put(Dav(port=free_port()), store)
    assert "cannot be reached: connection refused" in why(outcome)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"220 mail.example ready\r\n\r\n", "broke off: it does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", "broke off: connection closed"),
        (b"HTTP/1.1 200 OK\r\nContent-Len", "broke off: connection closed"),
        (b"", "broke off: connection closed"),
    ],
)
def test_an_answer_that_is_none_is_told_apart(dav, store, said, told):
    server = dav()
    server.before = lambda handler: bool(handler.wfile.write(said)) and False
    outcome = put(server, store)
    assert told in why(outcome)
    assert "Error" not in why(outcome)
    assert len(server.asked) == 1, "what was never connected before is not asked twice"


def test_a_huge_answer_costs_no_memory(dav, store, monkeypatch):
    monkeypatch.setattr(http, "MAX_ANSWER", 1000)
    server, sent = dav(), []

    def flood(handler):
        handler.wfile.write(b"HTTP/1.1 201 Created\r\nContent-Length: 1000000000\r\n\r\n")
        try:
            for _ in range(15_000):
                handler.wfile.write(b"x" * 65_536)
                sent.append(65_536)
        except OSError:
            pass
        return False

    server.before = flood
    assert put(server, store).state == "sent"
    assert sum(sent) < 100_000_000


def test_a_certificate_that_nobody_vouches_for_gets_nothing(dav, store, certificate):
    server = dav(tls=True)
    outcome = put(server, store, scheme="https")
    assert "its certificate is not trusted (self-signed); nothing was uploaded" in why(outcome)
    assert not server.asked
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    assert put(server, store, scheme="https", trust=trust).state == "sent"


class TestUploadAsAChannel(ChannelTests):
    """The contract of all channels."""

    KNOWS_EMPTY_WEEKS = False

    @pytest.fixture
    def channel(self, dav) -> AnyChannel:
        server = dav()
        names = ("public/all.ics", "public/index.html")
        kept = {name: {"digest": sha256(FILES[name]).hexdigest(), "etag": None, "gone": False} for name in names}
        place = sha256(f"http://127.0.0.1:{server.port}/me/".encode()).hexdigest()[:16]

        def send(store, environment, file):
            where = {"password_env": None, "password_file": file} if file else {"password_env": "CHANNEL_SECRET"}
            return upload(settings(server, **where), FILES, store, AT, environment=environment)

        def refuse(wanted: bool) -> None:
            server.say = {"*": (403, {"X-Echo": SECRET})} if wanted else {}

        return AnyChannel(
            secret=SECRET, kept=SECRET, send=send, received=lambda: len(server.did("PUT")), refuse=refuse,
            sent_before=(f"put files {place}", json.dumps({"kept": kept, "at": "2026-11-22T18:00:00+00:00"})),
        )  # fmt: skip

    def test_a_run_killed_between_sends_again(self, dav, store, monkeypatch):
        """Other than the others it keeps how far it came, so that only the rest travels again."""
        server = dav()

        really = http.Server.ask

        def ask(self, method, name, *more):
            if name.endswith("index.html"):
                raise KeyboardInterrupt
            return really(self, method, name, *more)

        monkeypatch.setattr(http.Server, "ask", ask)
        with pytest.raises(KeyboardInterrupt):
            put(server, store)
        monkeypatch.setattr(http.Server, "ask", really)
        assert put(server, store).sent == ("public/index.html",)


# The whole way.


def test_every_publishing_uploads_and_a_failure_costs_nothing_else(tmp_path, dav):
    server = dav()
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "put.secret").write_text(SECRET + "\n")
    (tmp_path / "put.secret").chmod(0o600)
    to = f"http://127.0.0.1:{server.port}/me/"
    section = f"output: {{put: {{to: '{to}', what: all, user: me, password_file: put.secret}}}}\n"
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en") + section, encoding="utf-8")
    server.say["*"] = (507, {})
    failing = run(tmp_path, "week", "--now", NOW, "--quiet")
    assert (failing.returncode, failing.stdout) == (0, "")
    assert failing.stderr.count("upload incomplete: 127.0.0.1 has no room left (507)") == 1
    server.say.clear()
    refreshed = run(tmp_path, "refresh", "--now", NOW, "--json")
    said = json.loads(refreshed.stdout)["put"]
    assert (said["state"], said["server"], said["reason"]) == ("sent", "127.0.0.1", None)
    names = {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert set(said["put"]) == names
    assert server.there == {f"/me/{name}": (tmp_path / "out" / name).read_bytes() for name in names}
    server.asked.clear()
    again = run(tmp_path, "publish", "--now", NOW, "--json")
    assert json.loads(again.stdout)["put"]["state"] == "already"
    assert not server.asked
    assert json.loads(run(tmp_path, "plan", "--now", NOW, "--json").stdout)["put"] is None
    assert SECRET not in failing.stderr + refreshed.stderr + refreshed.stdout + again.stdout
    assert SECRET.encode() not in (tmp_path / "quanzi.db").read_bytes()
