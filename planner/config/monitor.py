"""The ``monitor:`` part of the configuration: an address that is called when a job has come to its end, so that a
service elsewhere notices when no call comes (a dead-man switch).

Who knows the address can keep that service silent, so it never stands in the configuration.
"""

from __future__ import annotations

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model, Variable


class Monitor(Model):
    """Exactly one of a file and a variable that holds the address."""

    ping_file: str | None = Field(default=None, min_length=1, examples=["ping.secret"])
    ping_env: Variable | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.ping_file is None) == (self.ping_env is None):
            raise PydanticCustomError("monitor_ping", "needs exactly one of ping_file and ping_env")
        return self

    def resolved(self, folder: Path) -> Monitor:
        """The same with a relative ``ping_file`` made absolute against ``folder``."""
        if self.ping_file is None:
            return self
        return self.model_copy(update={"ping_file": str(folder / self.ping_file)})
