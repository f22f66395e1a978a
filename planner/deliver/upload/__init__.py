"""The published files put on a server by HTTP PUT (RFC 9110, 9.3.4), after each publishing.

Only what differs from what was put last travels; what we put and no longer belongs there is taken away again. Whatever
a server does costs no output and no exit code: the next run tries again.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from planner.config.put import Put
from planner.deliver.codes import Code
from planner.deliver.outcome import DeliveryError, Outcome
from planner.deliver.receipts import Receipts, of_address
from planner.deliver.secrets import read_password
from planner.deliver.upload import caldav, webdav
from planner.deliver.upload.resource import Place, Receipt, Resource, ResourceRefused, from_fact, to_fact
from planner.store import Store
from planner.text import one_line
from spiders.reasons import Reason


def upload(
    put: Put,
    files: Mapping[str, bytes],
    store: Store,
    now: datetime,
    *,
    trust: ssl.SSLContext | None = None,
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Put the outputs (relative names -> contents) where ``put`` says. ``trust`` replaces the system's certificates.

    Never raises for what a server or a network does: that is ``failed`` with its reason.
    """
    host = urlsplit(put.to).hostname or ""
    titles = caldav.titles(files["plan.ics"]) if put.form == "events" else {}
    wanted = caldav.resources(files["plan.ics"]) if put.form == "events" else webdav.resources(put, files)
    receipts = Receipts(store=store, name=f"put {put.form} {of_address(put.to)}", now=now)
    kept = from_fact(receipts.read())
    pending = [name for name, each in wanted.items() if name not in kept or kept[name].digest != each.digest]
    leaving = sorted(kept.keys() - wanted.keys())
    if not pending and not leaving:
        return Outcome(state="already", server=host)
    run = _Run(wanted, kept)

    def send() -> Outcome:
        password = read_password(put.password_env, put.password_file, environment)
        from planner.deliver.http import Server  # an upload that has nothing to do needs no HTTP

        with Server(put.to, trust, user=put.user, password=password) as server:
            place = caldav.Collection(server) if put.form == "events" else webdav.Folder(put, server)
            run.carry_out(place, pending, leaving)
        return Outcome(
            state="failed" if run.failures else "sent",
            reason=_all_of(run.failures, titles),
            sent=tuple(run.put),
            deleted=tuple(run.deleted),
            titles=tuple(titles[name] for name in run.put) if put.form == "events" else None,
        )

    return replace(receipts.record(send, lambda: to_fact(kept)), server=host)


def _all_of(failures: list[DeliveryError], titles: Mapping[str, str]) -> Reason | None:
    """The first reason, and how many more there are; events are called by their titles, since their names are ids."""
    if not failures:
        return None
    first, *others = (failure.reason for failure in failures)
    values = dict(first.values)
    name = values.get("name")
    if name in titles:
        first = Reason(first.code, **{**values, "name": f"“{one_line(titles[str(name)], 80)}”"})
    return Reason(Code.AND_MORE, reason=first, count=len(others)) if others else first


class _Run:
    """One upload as it goes. What was done stands in ``kept``, ``put`` and ``deleted`` however it ends."""

    def __init__(self, wanted: Mapping[str, Resource], kept: dict[str, Receipt]) -> None:
        self._wanted, self._kept = wanted, kept
        self.put: list[str] = []
        self.deleted: list[str] = []
        self.failures: list[DeliveryError] = []

    def carry_out(self, place: Place, pending: list[str], leaving: list[str]) -> None:
        """One resource that is refused costs only itself; a server that cannot be used ends it."""
        for name in pending + leaving:
            try:
                if name in self._wanted:
                    self._send(place, name)
                else:
                    self._remove(place, name)
            except ResourceRefused as exc:
                self.failures.append(exc)
            except DeliveryError as exc:
                self.failures.insert(0, exc)
                return

    def _send(self, place: Place, name: str) -> None:
        receipt = place.send(name, self._wanted[name], self._kept.get(name))
        self._kept[name] = receipt
        if not receipt.gone:
            self.put.append(name)

    def _remove(self, place: Place, name: str) -> None:
        if place.remove(name, self._kept[name]):
            self.deleted.append(name)
        del self._kept[name]
