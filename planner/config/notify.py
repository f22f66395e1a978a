"""The ``notify:`` part of the configuration: where the addresses of the team chats stand.

The addresses themselves are secrets (who knows one can write there) and never stand in the configuration.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model, Variable


class Notify(Model):
    """Exactly one of a file and a variable that holds one address a line; what to do in a week without picks."""

    channels_file: str | None = Field(default=None, min_length=1, examples=["channels.secret"])
    channels_env: Variable | None = None
    when_empty: Literal["send", "skip"] = "send"

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.channels_file is None) == (self.channels_env is None):
            raise PydanticCustomError("notify_channels", "needs exactly one of channels_file and channels_env")
        return self

    def resolved(self, folder: Path) -> Notify:
        """The same with a relative ``channels_file`` made absolute against ``folder``."""
        if self.channels_file is None:
            return self
        return self.model_copy(update={"channels_file": str(folder / self.channels_file)})
