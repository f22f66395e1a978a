"""The week as a short message to team chats, once an ISO week and channel.

What was sent is kept in the store before and after sending (fact ``notify 2026-W48 <hash of the address>``). A run that
is killed in between sends again: at most one duplicate, never a loss.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Literal

from planner.config.extras import pip_install
from planner.config.notify import Notify
from planner.deliver.chat import channels
from planner.deliver.chat.message import Message, body
from planner.deliver.secrets import SecretError, read_text
from planner.i18n.catalog import Catalog
from planner.store import Store
from planner.text import one_line

MAX_CHANNELS = 20
State = Literal["sent", "already", "skipped", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What became of one channel, called by its number and kind; its address is a secret."""

    channel: str
    kind: str
    state: State
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What became of a message. ``reason`` is why no channel could be tried at all, in the reader's words."""

    state: State
    channels: tuple[Told, ...] = ()
    reason: str | None = None


def notify(
    settings: Notify,
    message: Message,
    store: Store,
    now: datetime,
    words: Catalog,
    *,
    environment: Mapping[str, str] | None = None,
) -> Notice:
    """Tell each channel that has not been told of this week yet. Never raises for what a service does: that is
    ``failed``, and the next run tries again."""
    if not message.picks and settings.when_empty == "skip":
        return Notice(state="skipped")
    try:
        text = read_text(
            settings.channels_env, settings.channels_file, os.environ if environment is None else environment
        )
    except SecretError as exc:
        return Notice(state="failed", reason=exc.told(words))
    addresses = _addresses(text)
    name = settings.channels_env or settings.channels_file
    if not addresses:
        return Notice(state="failed", reason=words("notify.reason.no_channels", name=name))
    if len(addresses) > MAX_CHANNELS:
        return Notice(state="failed", reason=words("notify.reason.too_many", name=name, most=MAX_CHANNELS))
    messenger, told = _Messenger(message=message, store=store, now=now, words=words), []
    try:
        for number, address in enumerate(addresses, 1):
            told.append(messenger.tell(address, number))
    except channels.MissingExtraError:
        return Notice(
            state="failed", channels=tuple(told), reason=words("notify.reason.no_extra", command=pip_install("apprise"))
        )
    states = {each.state for each in told}
    state: State = "failed" if "failed" in states else "sent" if "sent" in states else "already"
    return Notice(state=state, channels=tuple(told))


def _addresses(text: str) -> list[str]:
    """One a line, each once; ``#`` at the beginning of a line is a comment."""
    lines = (line.strip() for line in text.splitlines())
    return list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Messenger:
    """One message on its way."""

    message: Message
    store: Store
    now: datetime
    words: Catalog

    def tell(self, address: str, number: int) -> Told:
        """Tell one channel, unless it has been told. Raises MissingExtraError."""
        words, name = self.words, f"notify {self.message.week} {sha256(address.encode()).hexdigest()[:16]}"
        fact = self.store.fact(name)
        told = fact is not None and json.loads(fact)["state"] == "sent"
        channel = None if told else channels.opened(address)
        kind = (channel.kind if channel else channels.kind_of(address)) or words("notify.unknown_kind")

        def outcome(state: State, reason: str | None = None) -> Told:
            return Told(channel=words("notify.kind", number=number, kind=kind), kind=kind, state=state, reason=reason)

        if told:
            return outcome("already")
        if channel is None:
            return outcome("failed", words("notify.reason.not_an_address"))
        self._record(name, "sending")
        refusal = self._sent(channel)
        self._record(name, "failed" if refusal != 0 else "sent")
        if refusal is None:
            return outcome("failed", words("notify.reason.no_answer"))
        return outcome("failed", words("notify.reason.refused", code=refusal)) if refusal else outcome("sent")

    def _sent(self, channel: channels.Channel) -> int | None:
        title = one_line(self.message.title, min(channel.title or channel.body, channel.body // 4))
        return channels.send(channel, title, body(self.message, channel.body - len(title.encode()) - 2, self.words))

    def _record(self, name: str, state: str) -> None:
        with self.store.transaction():
            self.store.put_fact(name, json.dumps({"state": state, "at": self.now.isoformat()}))
