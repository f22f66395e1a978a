"""A call to a monitor of the user's: as long as it comes, all is well (a dead-man switch)."""

from __future__ import annotations

import ssl
from collections.abc import Mapping

from planner.config.monitor import Monitor
from planner.deliver.codes import Code
from planner.deliver.http import Server
from planner.deliver.outcome import DeliveryError
from planner.deliver.secrets import read_text
from planner.text import web_link
from spiders.reasons import Reason


def ping(
    monitor: Monitor, *, trust: ssl.SSLContext | None = None, environment: Mapping[str, str] | None = None
) -> Reason | None:
    """Call the monitor once; -> why it could not be told, None where it was. ``trust`` replaces the system's
    certificates. The address stands in no reason: it is a secret."""
    try:
        address = read_text(monitor.ping_env, monitor.ping_file, environment, key="ping_env").strip()
        if web_link(address) is None:
            return Reason(Code.PING_NO_ADDRESS, name=monitor.ping_file or "ping_env")
        with Server(address, trust) as server:
            answer = server.ask("GET", "")
            return None if answer.good else Reason(Code.PING_REFUSED, server=server.host, number=answer.code)
    except DeliveryError as exc:
        return exc.reason
