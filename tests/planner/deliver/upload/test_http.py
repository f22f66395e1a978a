"""What networks do, and servers that do not keep to HTTP."""

from __future__ import annotations

import ssl
import threading
import time

import pytest

from planner.config.put import Put
from planner.deliver import http
from planner.deliver.upload import upload
from planner.i18n.catalog import Catalog
from planner.store import Store
from tests.support.dav import AT, FILES, SECRET, Dav, put
from tests.support.outcomes import why
from tests.support.servers import free_port


@pytest.fixture
def store(any_store) -> Store:
    return any_store


def test_what_a_network_does_is_said_in_chinese(store):
    nobody = Put(to="http://127.0.0.1:9/me/", user="me", password_env="SECRET")
    done = upload(nobody, FILES, store, AT, environment={"SECRET": SECRET})
    assert why(done, Catalog("zh")) == "连不上 127.0.0.1：连接被拒绝"


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
    assert "broke the connection" in why(outcome)
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
    server.before = lambda handler: time.sleep(0.5) or False
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
    assert took < 8, "it trickles for ten seconds"


def test_nobody_there_is_a_reason(store):
    outcome = put(Dav(port=free_port()), store)
    assert "cannot be reached: connection refused" in why(outcome)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (b"220 mail.example ready\r\n\r\n", "broke the connection: it does not speak HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", "broke the connection: connection closed"),
        (b"HTTP/1.1 200 OK\r\nContent-Len", "broke the connection: connection closed"),
        (b"", "broke the connection: connection closed"),
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
    assert "its certificate is not trusted (self-signed); nothing was sent" in why(outcome)
    assert not server.asked
    trust = ssl.create_default_context(cafile=str(certificate[0]))
    assert put(server, store, scheme="https", trust=trust).state == "sent"
