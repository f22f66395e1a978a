"""The week as a short message to team chats, once an ISO week and channel.

Receipts stand under ``notify 2026-W48 <hash of the address>``, one for each channel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from planner.config.notify import Notify
from planner.deliver.chat import channels
from planner.deliver.chat.message import Message, body
from planner.deliver.codes import Code
from planner.deliver.outcome import ChannelOutcome, DeliveryError, Outcome, State, is_skipped
from planner.deliver.receipts import Receipts, of_address
from planner.deliver.secrets import read_text
from planner.i18n.catalog import Catalog
from planner.store import Store
from planner.text import one_line
from spiders.reasons import Reason

MAX_CHANNELS = 20


def notify(
    settings: Notify,
    message: Message,
    store: Store,
    now: datetime,
    words: Catalog,
    *,
    environment: Mapping[str, str] | None = None,
) -> Outcome:
    """Tell each channel that has not been told of this week yet; ``reason`` is why none, or no more, could be tried.

    Never raises for what a service does: that is ``failed``, and the next run tries again.
    """
    if is_skipped(settings.when_empty, empty=not message.picks):
        return Outcome(state="skipped")
    messenger = _Messenger(message=message, store=store, now=now, words=words)
    told: list[ChannelOutcome] = []
    try:
        for number, address in enumerate(_addresses(settings, environment), 1):
            told.append(messenger.tell(address, number))
    except DeliveryError as exc:
        return Outcome(state="failed", channels=tuple(told), reason=exc.reason)
    states = {each.state for each in told}
    state: State = "failed" if "failed" in states else "sent" if "sent" in states else "already"
    return Outcome(state=state, channels=tuple(told))


def _addresses(settings: Notify, environment: Mapping[str, str] | None) -> list[str]:
    """One a line, each once; ``#`` at the beginning of a line is a comment. Raises DeliveryError."""
    text = read_text(settings.channels_env, settings.channels_file, environment, key="channels_env")
    lines = (line.strip() for line in text.splitlines())
    found = list(dict.fromkeys(line for line in lines if line and not line.startswith("#")))
    name = settings.channels_env or settings.channels_file
    if not found:
        raise DeliveryError(Reason(Code.CHAT_NO_CHANNELS, name=name))
    if len(found) > MAX_CHANNELS:
        raise DeliveryError(Reason(Code.CHAT_TOO_MANY, name=name, most=MAX_CHANNELS))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Messenger:
    """One message on its way."""

    message: Message
    store: Store
    now: datetime
    words: Catalog

    def tell(self, address: str, number: int) -> ChannelOutcome:
        """Tell one channel, unless it has been told. Raises DeliveryError without the library."""
        name = f"notify {self.message.week} {of_address(address)}"
        receipts = Receipts(store=self.store, name=name, now=self.now)
        if receipts.read().get("state") == "sent":
            return ChannelOutcome(number=number, kind=channels.kind_of(address), state="already")
        channel = channels.opened(address)
        if channel is None:
            reason = Reason(Code.CHAT_NO_ADDRESS)
            return ChannelOutcome(number=number, kind=channels.kind_of(address), state="failed", reason=reason)
        outcome = receipts.record(lambda: self._sent(channel))
        return ChannelOutcome(number=number, kind=channel.kind, state=outcome.state, reason=outcome.reason)

    def _sent(self, channel: channels.Channel) -> Outcome:
        title = one_line(self.message.title, min(channel.title or channel.body, channel.body // 4))
        channels.send(channel, title, body(self.message, channel.body - len(title.encode()) - 2, self.words))
        return Outcome(state="sent")
