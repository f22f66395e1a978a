"""What the tests of all channels share: a store, a certificate of our own, a mail server."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from planner.store import Store
from tests.support.certificates import self_signed
from tests.support.servers import free_port
from tests.support.smtp import SECRET, Inbox


@pytest.fixture(scope="session")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    """A certificate for loopback, signed by itself, and its key."""
    return self_signed(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def trust(certificate) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate[0]))


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
def store(any_store) -> Store:
    return any_store
