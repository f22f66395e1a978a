"""The ``output:`` part of the configuration: where the week is written, where it is read, where it is uploaded to."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from planner.config.base import Model
from planner.config.put import EXAMPLE, Put, short_form


def _base(address: str) -> str:
    """A web address that the names of files can be put behind."""
    try:
        parts = urlsplit(address)
    except ValueError:
        raise PydanticCustomError("address", "not a web address") from None
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise PydanticCustomError("address", "not a web address")
    if re.search(r"[?#]", address):
        raise PydanticCustomError("address_query", "no ? and # in the address")
    signs = re.search(r"[\s<>\"'@]", address)
    if signs:
        raise PydanticCustomError("address_sign", "no such sign in the address", {"sign": signs[0]})
    return address.rstrip("/") + "/"


class Output(Model):
    """Where the week is written; ``address`` is where others find the public part of it on the web, if they do;
    ``cancelled`` says how a cancellation is told, in the title alone or by its status as well; ``put`` is where the
    week is uploaded to after each publishing."""

    folder: str = "out"
    address: Annotated[str, Field(max_length=500), AfterValidator(_base)] | None = Field(
        default=None, examples=["https://calendar.example/quanzi/"]
    )
    cancelled: Literal["title", "status"] = "title"
    put: Annotated[Put, BeforeValidator(short_form, json_schema_input_type=str | Put)] | None = Field(
        default=None, examples=[EXAMPLE]
    )

    def resolved(self, folder: Path) -> Output:
        """The same with relative paths made absolute against ``folder``."""
        put = self.put and self.put.resolved(folder)
        return self.model_copy(update={"folder": str(folder / self.folder), "put": put})
