"""What mail servers and networks do wrong, and what is said of it."""

from __future__ import annotations

import email
import email.policy
import json
import socket
import ssl
import threading

import pytest

from planner.deliver.mail import deliver
from planner.i18n.catalog import Catalog
from tests.support.letters import AT, LETTER, settings
from tests.support.outcomes import why
from tests.support.servers import free_port
from tests.support.smtp import SECRET, send

# The server of the tests thinks its TLS is none, where TLS runs from the first byte on.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")


def test_a_certificate_that_nobody_vouches_for_gets_no_secret(post, store):
    inbox, port = post("tls")
    outcome = send(store, None, port=port)
    assert outcome.state == "failed"
    assert why(outcome) == f"127.0.0.1:{port}: its certificate is not trusted (self-signed); nothing was sent"
    told = deliver(settings(port=port), LETTER, store, AT, Catalog("zh"), environment={"SECRET": SECRET})
    assert why(told, Catalog("zh")) == f"127.0.0.1:{port} 的证书不可信（自签名）；什么都没有寄出"
    assert not inbox.letters


def test_a_server_without_starttls_gets_nothing(post, store, trust):
    inbox, port = post("plain", log_in=False)
    outcome = send(store, trust, port=port, security="starttls")
    assert "no STARTTLS" in why(outcome)
    assert not inbox.letters


def test_tls_on_a_port_of_starttls_is_told_with_the_cure(post, store, trust):
    inbox, port = post("starttls")
    outcome = send(store, trust, port=port, security="tls")
    assert f"(port {port} may want security: starttls)" in why(outcome)
    assert not inbox.letters


def test_starttls_on_a_port_of_tls_is_told_with_the_cure(post, store, trust, monkeypatch):
    monkeypatch.setattr("planner.deliver.mail.TIMEOUT", 1.0)
    inbox, port = post("tls")
    outcome = send(store, trust, port=port, security="starttls")
    assert f"(port {port} may want security: tls)" in why(outcome)
    assert not inbox.letters


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_refused_log_in_names_the_cure_but_no_secret(post, store, trust, security):
    inbox, port = post(security)
    outcome = send(store, trust, port=port, security=security, secret="wrong-secret-9")
    assert outcome.state == "failed"
    assert "535" in why(outcome)
    assert "authorization code" in why(outcome)
    assert "wrong-secret-9" not in repr(outcome) + (store.own_fact("mail 2026-W48") or "")
    assert send(store, trust, port=port, security=security).state == "sent"
    assert len(inbox.letters) == 1


def test_greylisting_is_tried_again_at_the_next_run(post, store, trust):
    inbox, port = post("tls")
    inbox.data_answers = ["451 4.7.1 come back later"]
    outcome = send(store, trust, port=port)
    assert (outcome.state, f"127.0.0.1:{port} says: try again later (451)" in why(outcome)) == (
        "failed",
        True,
    )
    inbox.refused = {"a@mail.example": "450 4.2.0 greylisted"}
    outcome = send(store, trust, port=port)
    assert "later (450): 4.2.0 greylisted" in why(outcome)
    inbox.refused = {}
    assert send(store, trust, port=port).state == "sent"
    assert len(inbox.letters) == 1


def test_one_refused_reader_costs_only_that_reader(post, store, trust):
    inbox, port = post("tls")
    inbox.refused = {"b@mail.example": "550 5.1.1 no such box"}
    both = ["a@mail.example", "b@mail.example"]
    outcome = send(store, trust, port=port, to=both)
    assert (outcome.state, outcome.sent) == ("failed", ("a@mail.example",))
    assert why(outcome) == "b@mail.example was refused (550: 5.1.1 no such box)"
    inbox.refused = {}
    assert send(store, trust, port=port, to=both).sent == ("b@mail.example",)
    assert [to for to, _ in inbox.letters] == [["a@mail.example"], ["b@mail.example"]]
    assert send(store, trust, port=port, to=both).state == "already"


def test_a_drop_in_the_middle_loses_nothing_and_keeps_the_message_id(post, store, trust):
    inbox, port = post("tls")
    inbox.hang_up_in_data = 1
    assert send(store, trust, port=port).state == "failed"
    asked = json.loads(store.own_fact("mail 2026-W48") or "")
    assert asked["state"] == "failed"
    assert send(store, trust, port=port).state == "sent"
    (_, raw) = inbox.letters[0]
    assert email.message_from_bytes(raw, policy=email.policy.default)["Message-ID"] == asked["message"]


def test_nobody_listening_is_a_reason(store, trust):
    outcome = send(store, trust, port=free_port())
    assert "cannot be reached: connection refused" in why(outcome)
    told = deliver(settings(port=free_port()), LETTER, store, AT, Catalog("zh"), environment={"SECRET": SECRET})
    assert "：连接被拒绝" in why(told, Catalog("zh"))


def test_a_server_that_repeats_the_secret_is_masked(store, certificate):
    """A server of our own making: greets, then answers MAIL with what it was told at log-in."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)
    listening = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        plain, _ = listening.accept()
        with context.wrap_socket(plain, server_side=True) as line:
            line.sendall(b"220 hello\r\n")
            for heard in line.makefile("rb"):
                if heard.upper().startswith(b"EHLO"):
                    line.sendall(b"250-me\r\n250 AUTH PLAIN\r\n")
                elif heard.upper().startswith(b"AUTH"):
                    line.sendall(b"235 in\r\n")
                else:
                    line.sendall(f"550 you said {SECRET} \x1b[31m\r\n".encode())

    thread = threading.Thread(target=talk, daemon=True)
    thread.start()
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    outcome = send(store, trusting, port=listening.getsockname()[1])
    thread.join(5)
    port = listening.getsockname()[1]
    listening.close()
    assert why(outcome) == f"127.0.0.1:{port} refuses the mail (550): you said *** [31m"


def test_a_server_that_falls_silent_is_told_from_one_that_hangs_up(store, monkeypatch):
    monkeypatch.setattr("planner.deliver.mail.TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        greeted = []

        def talk() -> None:
            for _ in range(2):
                line, _ = listening.accept()
                line.sendall(b"220 hello\r\n")
                greeted.append(line)
                if len(greeted) == 2:
                    line.recv(100)
                    line.close()

        thread = threading.Thread(target=talk, daemon=True)
        thread.start()
        outcomes = [send(store, None, port=listening.getsockname()[1], security="starttls") for _ in range(2)]
        thread.join(5)
        greeted[0].close()
    assert [why(each).partition(" broke the connection: ")[2] for each in outcomes] == [
        "timed out",
        "connection closed",
    ]
