"""A port of this machine that nobody may reach: whoever does is counted."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

#: loopback, however it is spelled: numbers that resolvers take for it, ranges that lead back inside, names
SPELLINGS = (
    "127.0.0.1", "127.1", "127.0.1", "0177.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0x7f.0x0.0x0.0x1",
    "017700000001", "127.0.0.2", "127.255.255.254", "①②⑦.⓪.⓪.①", "127。0。0。1", "127%2e0%2e0%2e1", "0.0.0.0", "0",
    "localhost", "localhost.", "LOCALHOST", "ip6-localhost", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[0:0:0:0:0:0:0:1]", "[::ffff:0:127.0.0.1]",
    "user@127.0.0.1", "front.example@127.0.0.1", "127.0.0.1.",
)  # fmt: skip


@dataclass
class Canary:
    port: int = 0
    heard: list[bytes] = field(default_factory=list)


@contextlib.contextmanager
def canary() -> Iterator[Canary]:
    """Listens on every address of this machine, IPv4 and IPv6; keeps what whoever connects says."""
    state = Canary()
    stop = threading.Event()
    with socket.socket() as four, socket.socket(socket.AF_INET6) as six:
        four.bind(("127.0.0.1", 0))
        state.port = four.getsockname()[1]
        listeners = [four]
        with contextlib.suppress(OSError):  # a machine without IPv6
            six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            six.bind(("::1", state.port))
            listeners.append(six)
        for each in listeners:
            each.listen()
            each.settimeout(0.05)

        def listen() -> None:
            while not stop.is_set():
                for each in listeners:
                    with contextlib.suppress(OSError):
                        client, _ = each.accept()
                        with client:
                            client.settimeout(0.2)
                            state.heard.append(b"")
                            state.heard[-1] = client.recv(4096)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        yield state
        stop.set()
        thread.join()
