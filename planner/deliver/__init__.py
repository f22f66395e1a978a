"""What leaves this machine: mail, team chats, uploads. Each channel ends in an `Outcome` and never in an exception."""

from planner.deliver.codes import Code, in_words
from planner.deliver.outcome import ChannelOutcome, DeliveryError, Outcome, State, is_skipped
from planner.deliver.receipts import Receipts

__all__ = ["ChannelOutcome", "Code", "DeliveryError", "Outcome", "Receipts", "State", "in_words", "is_skipped"]
