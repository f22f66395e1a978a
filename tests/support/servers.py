"""A server of pages on loopback, and a port for a server of one's own."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import socket
from collections.abc import Callable
from dataclasses import dataclass, field

_RANGE = range(20_000, 32_000)  # below those that Linux (32768) and others (49152) give out
_PORTS = itertools.islice(itertools.cycle(_RANGE), random.Random(os.getpid()).randrange(len(_RANGE)), 2 * len(_RANGE))


@dataclass
class Asked:
    """One request that reached the server, and when."""

    host: str
    path: str
    headers: dict[str, str]
    at: float


Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Web:
    """A server on loopback. ``pages`` maps ``path`` or ``host/path`` to an answer or to a function that makes one."""

    port: int = 0
    pages: dict[str, Answer | Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [each.path for each in self.asked]

    def answer(self, asked: Asked) -> Answer:
        found = self.pages.get(f"{asked.host}{asked.path}", self.pages.get(asked.path))
        if found is None:
            return 404, {}, b"not found"
        return found(asked) if callable(found) else found


def free_port() -> int:
    """A port that nobody has now, nor gets by chance: systems give out others, and each process begins elsewhere."""
    for port in _PORTS:
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise OSError("no port is free")
