"""Where the server listens, by which address others reach it, and its life."""

from __future__ import annotations

import socket

import uvicorn
from starlette.applications import Starlette

from planner.deliver.codes import in_words
from planner.deliver.faults import system
from planner.errors import UsageError
from planner.i18n.catalog import Catalog


def listening(host: str, port: int, words: Catalog) -> socket.socket:
    """A socket that listens; port 0 takes a free one. Raises UsageError."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        at = socket.create_server((host, port), family=family)
        # What is accepted inherits it; else a body waits 40 ms for the answer to its head (Nagle, delayed ACK).
        at.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return at
    except OSError as exc:
        why = in_words(system(exc), words)
        raise UsageError(words("serve.no_listening", host=host, port=port, why=why)) from exc


def reached_at(host: str) -> str:
    """The address others reach ``host`` by: for "all addresses" this machine's own in its network, as it routes."""
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not listened on
        return host
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # RFC 5737: nobody's address; a datagram socket sends nothing yet
            return str(probe.getsockname()[0])
    except OSError:
        return host


def run(app: Starlette, at: socket.socket) -> None:
    """Answer until interrupted. No access log: it would hold the secret."""
    settings = uvicorn.Config(
        app, access_log=False, log_level="warning", http="h11", ws="none", lifespan="off",
        server_header=False, proxy_headers=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    uvicorn.Server(settings).run(sockets=[at])
