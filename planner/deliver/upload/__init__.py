"""The published files put on a server by HTTP PUT (RFC 9110, 9.3.4), after each publishing.

Only what differs from what was put last travels; what we put and no longer belongs there is taken away again. Whatever
a server does costs no output and no exit code: the next run tries again.
"""

from __future__ import annotations

import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from planner.config.put import Put
from planner.deliver.secrets import SecretError, read_password
from planner.deliver.upload import caldav, receipts, webdav
from planner.deliver.upload.http import Refused, Server, Stopped
from planner.deliver.upload.receipts import Kept, Piece
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate_text as translate
from planner.store import Store
from planner.text import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What became of it: the names put and taken away, and in the reader's words why not all, without any secret.
    ``titles`` are those of the events put, where events are put."""

    state: Literal["sent", "already", "failed"]
    server: str
    put: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    titles: tuple[str, ...] | None = None
    reason: str | None = None


def upload(
    put: Put,
    files: Mapping[str, bytes],
    store: Store,
    now: datetime,
    words: Catalog,
    *,
    trust: ssl.SSLContext | None = None,
    environment: Mapping[str, str] | None = None,
) -> Upload:
    """Put the outputs (relative names -> contents) where ``put`` says. ``trust`` replaces the system's certificates.

    Never raises for what a server or a network does: that is ``failed`` with its reason.
    """
    host = urlsplit(put.to).hostname or ""
    titles = caldav.titles(files["plan.ics"]) if put.form == "events" else {}
    wanted = caldav.pieces(files["plan.ics"]) if put.form == "events" else webdav.pieces(put, files)
    kept = receipts.read(store, put)
    pending = [name for name, piece in wanted.items() if name not in kept or kept[name].digest != piece.digest]
    leaving = sorted(kept.keys() - wanted.keys())
    if not pending and not leaving:
        return Upload(state="already", server=host)
    try:
        password = read_password(
            put.password_env, put.password_file, os.environ if environment is None else environment
        )
    except SecretError as exc:
        return Upload(state="failed", server=host, reason=exc.told(words))
    before, run = dict(kept), _Run(wanted, kept)
    try:
        with Server(put, password, trust) as server:
            place = caldav.Collection(server) if put.form == "events" else webdav.Folder(put, server)
            run.carry_out(place, pending, leaving)
    finally:
        if kept != before:
            receipts.write(store, put, kept, now)
    return Upload(
        state="failed" if run.failures else "sent",
        server=host,
        put=tuple(run.put),
        deleted=tuple(run.deleted),
        titles=tuple(titles[name] for name in run.put) if put.form == "events" else None,
        reason=_told(run.failures, titles, words),
    )


def _told(failures: list[Stopped], titles: Mapping[str, str], words: Catalog) -> str | None:
    if not failures:
        return None
    first, *others = failures
    values = {**first.values, "why": translate(str(first.values.get("why", "")), words.language)}
    name = str(values.get("name", ""))
    values["name"] = f"“{one_line(titles[name], 80)}”" if name in titles else name
    reason = words(f"put.reason.{first.key}", **values)
    return words("put.and_others", reason=reason, count=len(others)) if others else reason


class _Run:
    """One upload as it goes. What was done stands in ``kept``, ``put`` and ``deleted`` however it ends."""

    def __init__(self, wanted: Mapping[str, Piece], kept: dict[str, Kept]) -> None:
        self._wanted, self._kept = wanted, kept
        self.put: list[str] = []
        self.deleted: list[str] = []
        self.failures: list[Stopped] = []

    def carry_out(self, place: webdav.Folder | caldav.Collection, pending: list[str], leaving: list[str]) -> None:
        """One resource that is refused costs only itself; a server that cannot be used ends it."""
        for name in pending + leaving:
            try:
                if name in self._wanted:
                    self._send(place, name)
                else:
                    self._remove(place, name)
            except Refused as exc:
                self.failures.append(exc)
            except Stopped as exc:
                self.failures.insert(0, exc)
                return

    def _send(self, place: webdav.Folder | caldav.Collection, name: str) -> None:
        kept = place.send(name, self._wanted[name], self._kept.get(name))
        self._kept[name] = kept
        if not kept.gone:
            self.put.append(name)

    def _remove(self, place: webdav.Folder | caldav.Collection, name: str) -> None:
        if place.remove(name, self._kept[name]):
            self.deleted.append(name)
        del self._kept[name]
