"""The weekly letter on its way: what a real server on loopback may do to it, and to its secret."""

from __future__ import annotations

import email
import email.policy
import ipaddress
import json
import os
import smtplib
import socket
import ssl
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from planner.deliver import Outcome, in_words
from planner.deliver.mail import MailMessage, deliver
from planner.i18n.catalog import Catalog
from planner.store import Store
from tests.planner.deliver.contract import AnyChannel, ChannelTests
from tests.planner.deliver.test_letter import AT, EN, LETTER, parts, settings
from tests.support.cli import CALENDAR, CONFIG, NOW, run

# The server of the tests thinks its TLS is none, where TLS runs from the first byte on.
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")

SECRET = "plum-kettle-42"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    """A certificate for loopback, signed by itself, and its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "loopback")])
    today = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    pem, private = folder / "cert.pem", folder / "key.pem"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )  # fmt: skip
    return pem, private


@pytest.fixture
def trust(certificate) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate[0]))


class Inbox:
    """Keeps what arrives; answers as told."""

    def __init__(self) -> None:
        self.letters: list[tuple[list[str], bytes]] = []
        self.data_answers: list[str] = []
        self.refused: dict[str, str] = {}
        self.hang_up_in_data = 0
        self.tls: list[bool] = []

    async def handle_RCPT(self, server, session, envelope, address, rcpt_options):
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 fine"

    async def handle_DATA(self, server, session, envelope):
        if self.hang_up_in_data:
            self.hang_up_in_data -= 1
            server.transport.abort()
            return "250 never heard"
        if self.data_answers:
            return self.data_answers.pop(0)
        self.tls.append(session.ssl is not None or server.transport.get_extra_info("cipher") is not None)
        self.letters.append((list(envelope.rcpt_tos), envelope.content))
        return "250 taken"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def post(certificate):
    """Starts servers: post("tls") or post("starttls") -> (inbox, port)."""
    running = []

    def start(security: str, *, log_in: bool = True) -> tuple[Inbox, int]:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(*certificate)
        inbox, port = Inbox(), free_port()

        def check(server, session, envelope, mechanism, data):
            good = data.login == b"me@mail.example" and data.password == SECRET.encode()
            return AuthResult(success=good, handled=False)

        options = {"authenticator": check, "auth_required": True} if log_in else {}
        if security == "tls":
            options |= {"ssl_context": context, "auth_require_tls": False}
        elif security == "starttls":
            options |= {"tls_context": context, "require_starttls": True}
        controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
        controller.start()
        running.append(controller)
        return inbox, port

    yield start
    for controller in running:
        controller.stop()


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "quanzi.db") as opened:
        yield opened


def why(outcome: Outcome, words: Catalog = EN) -> str:
    """The reason in words; empty where there is none."""
    return "" if outcome.reason is None else in_words(outcome.reason, words)


def send(store: Store, trust: ssl.SSLContext | None, *, secret: str = SECRET, letter: MailMessage = LETTER, **wanted):
    return deliver(settings(**wanted), letter, store, AT, EN, trust=trust, environment={"SECRET": secret})


# Sending, to a real server.


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_letter_arrives_once_and_encrypted(post, store, trust, security):
    inbox, port = post(security)
    assert send(store, trust, port=port, security=security).state == "sent"
    assert send(store, trust, port=port, security=security).state == "already"
    assert len(inbox.letters) == 1
    assert inbox.tls == [True]
    to, raw = inbox.letters[0]
    assert to == ["a@mail.example"]
    assert parts(raw)[2].get_payload(decode=True) == LETTER.calendar


def test_another_week_is_another_letter_and_a_new_reader_gets_this_one(post, store, trust):
    inbox, port = post("tls")
    send(store, trust, port=port)
    later = replace(LETTER, week="2026-W49")
    assert send(store, trust, port=port, letter=later).state == "sent"
    assert send(store, trust, port=port, to=["a@mail.example", "b@mail.example"]).sent == ("b@mail.example",)
    assert [to for to, _ in inbox.letters] == [["a@mail.example"], ["a@mail.example"], ["b@mail.example"]]


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
    assert "wrong-secret-9" not in repr(outcome) + (store.fact("mail 2026-W48") or "")
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
    asked = json.loads(store.fact("mail 2026-W48") or "")
    assert asked["state"] == "failed"
    assert send(store, trust, port=port).state == "sent"
    (_, raw) = inbox.letters[0]
    assert email.message_from_bytes(raw, policy=email.policy.default)["Message-ID"] == asked["message"]


def test_a_run_killed_between_is_recorded_and_sends_again_under_the_same_id(post, store, trust, monkeypatch):
    inbox, port = post("tls")
    really = smtplib.SMTP.sendmail

    def killed(*arguments, **named):
        really(*arguments, **named)
        raise KeyboardInterrupt

    monkeypatch.setattr(smtplib.SMTP, "sendmail", killed)
    with pytest.raises(KeyboardInterrupt):
        send(store, trust, port=port)
    assert json.loads(store.fact("mail 2026-W48") or "")["state"] == "sending"
    monkeypatch.setattr(smtplib.SMTP, "sendmail", really)
    assert send(store, trust, port=port).state == "sent"
    assert send(store, trust, port=port).state == "already"
    ids = {email.message_from_bytes(raw, policy=email.policy.default)["Message-ID"] for _, raw in inbox.letters}
    assert (len(inbox.letters), len(ids)) == (2, 1)


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
    assert [why(each).partition(" broke off: ")[2] for each in outcomes] == ["timed out", "connection closed"]


@pytest.mark.parametrize(
    ("mode", "content", "words"),
    [
        (0o644, SECRET, "chmod 600"),
        (0o600, "\n", "holds no secret"),
        (0o600, "密码", "not ASCII"),
        (None, "", "no such file"),
    ],
)
def test_a_secret_file_that_is_open_empty_or_gone_stops_the_letter(store, tmp_path, mode, content, words):
    file = tmp_path / "mail.secret"
    if mode is not None:
        file.write_text(content, encoding="utf-8")
        file.chmod(mode)
    if mode == 0o644 and os.name == "nt":
        pytest.skip("Windows keeps no modes")
    outcome = send(store, None, password_env=None, password_file=str(file))
    assert words in why(outcome)
    assert store.fact("mail 2026-W48") is None or json.loads(store.fact("mail 2026-W48") or "")["state"] == "failed"


class TestMailAsAChannel(ChannelTests):
    """The contract of all channels."""

    @pytest.fixture
    def channel(self, post, trust) -> AnyChannel:
        inbox, port = post("tls")

        def send(store, environment, file, *, empty=False, when_empty="send"):
            where = {"password_env": None, "password_file": file} if file else {"password_env": "CHANNEL_SECRET"}
            mail = settings(port=port, when_empty=when_empty, **where)
            return deliver(mail, replace(LETTER, empty=empty), store, AT, EN, trust=trust, environment=environment)

        def refuse(wanted: bool) -> None:
            inbox.data_answers = ["550 5.7.1"] if wanted else []

        before = {"message": "<x@y>", "state": "sent", "taken": ["a@mail.example"], "at": "2026-11-22T18:00:00+00:00"}
        return AnyChannel(
            secret=SECRET, kept=SECRET, send=send, received=lambda: len(inbox.letters), refuse=refuse,
            sent_before=("mail 2026-W48", json.dumps(before)),
        )  # fmt: skip


# The whole way: the weekly job.


def test_who_got_the_letter_is_said_though_another_was_refused(tmp_path, post, certificate):
    inbox, port = post("tls")
    inbox.refused = {"b@mail.example": "550 no such user here"}
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "mail.secret").write_text(SECRET + "\n")
    (tmp_path / "mail.secret").chmod(0o600)
    mail = f"mail: {{to: [a@mail.example, b@mail.example], from: me@mail.example, host: 127.0.0.1, port: {port},"
    mail += " password_file: mail.secret}\n"
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en") + mail, encoding="utf-8")
    told = run(tmp_path, "week", "--now", NOW, "--quiet", extra={"SSL_CERT_FILE": str(certificate[0])})
    assert "sent to a@mail.example; b@mail.example was refused (550: no such user here)" in told.stderr
    assert "not sent" not in told.stderr


def test_the_weekly_job_sends_once_and_a_failing_mail_costs_nothing_else(tmp_path, post, certificate, monkeypatch):
    inbox, port = post("tls")
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "mail.secret").write_text(SECRET + "\n")
    (tmp_path / "mail.secret").chmod(0o600)
    mail = f"mail: {{to: a@mail.example, from: me@mail.example, host: 127.0.0.1, port: {port},"
    mail += " password_file: mail.secret}\n"
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en") + mail, encoding="utf-8")

    failing = run(tmp_path, "week", "--now", NOW, "--quiet")
    assert (failing.returncode, failing.stdout) == (0, "")
    assert failing.stderr.count("mail: not sent: ") == 1, "the system does not know our certificate"
    assert (tmp_path / "out/plan.ics").exists()
    assert not inbox.letters

    trusted = {"SSL_CERT_FILE": str(certificate[0])}
    assert run(tmp_path, "refresh", "--now", NOW, "--quiet", extra=trusted).returncode == 0
    assert not inbox.letters, "the daily job sends nothing"
    result = run(tmp_path, "week", "--now", NOW, extra=trusted)
    assert "digest sent to a@mail.example" in result.stdout, result.stderr
    again = run(tmp_path, "week", "--now", NOW, "--json", extra=trusted)
    assert json.loads(again.stdout)["mail"] == {"state": "already", "to": [], "reason": None}
    ((_, raw),) = inbox.letters
    text, html, calendar = parts(raw)
    assert "样板头马俱乐部例会" in text.get_content()
    assert "样板头马俱乐部例会" in html.get_content()
    assert calendar.get_payload(decode=True) == (tmp_path / "out/plan.ics").read_bytes()
    assert EN("digest.count", count=2) in email.message_from_bytes(raw, policy=email.policy.default)["Subject"]
    for result in (failing, again):
        assert SECRET not in result.stdout + result.stderr
    assert SECRET.encode() not in (tmp_path / "quanzi.db").read_bytes()
