"""What became of a delivery, whatever the channel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from spiders.reasons import Reason

State = Literal["sent", "already", "skipped", "failed"]


class DeliveryError(Exception):
    """Why something cannot leave this machine. Holds no secret."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(str(reason.code))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelOutcome:
    """What became of one of several team chats, called by its number and kind (None: not known); its address is a
    secret."""

    number: int
    kind: str | None
    state: State
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of it; ``reason`` is why not all of it went, without any secret.

    ``sent`` names what it reached (mail: readers, uploads: resources), ``deleted`` what an upload took away, ``titles``
    are those of the events that were put, where events are put.
    """

    state: State
    reason: Reason | None = None
    server: str = ""
    sent: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    titles: tuple[str, ...] | None = None
    channels: tuple[ChannelOutcome, ...] = ()


def is_skipped(when_empty: Literal["send", "skip"], *, empty: bool) -> bool:
    """Whether nothing is to be said of this week."""
    return empty and when_empty == "skip"
