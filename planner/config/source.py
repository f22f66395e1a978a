"""Sources in the configuration, and the manners of fetching them."""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model
from planner.types import Track
from planner.weeks import is_zone


def web_address(address: str) -> str:
    """An address that can be fetched. Raises PydanticCustomError."""
    try:
        parts = urlsplit(address)
    except ValueError:
        raise PydanticCustomError("address", "not a web address") from None
    if parts.scheme not in {"http", "https", "webcal"} or not parts.hostname:
        raise PydanticCustomError("address", "not a web address")
    if "@" in parts.netloc:
        raise PydanticCustomError("address_with_password", "holds a user or a password")
    return address


def _zone(name: str) -> str:
    if not is_zone(name):
        raise PydanticCustomError("zone", "not a time zone")
    return name


Zone = Annotated[str, AfterValidator(_zone)]


def _source_id(name: str) -> str:
    if not _SOURCE_ID.fullmatch(name):
        raise PydanticCustomError("source_id", "not an id", {"most": MAX_SOURCE_ID})
    return name


MAX_SOURCE_ID = 128
_SOURCE_ID = re.compile(rf"[\w.-]{{1,{MAX_SOURCE_ID}}}")
SourceId = Annotated[
    str,
    AfterValidator(_source_id),
    Field(examples=["city-library"], json_schema_extra={"pattern": f"^{_SOURCE_ID.pattern}$"}),
]


class SourceEntry(Model):
    """One source. Exactly one of ``url``, ``file`` and ``text``. ``public``: false keeps it out of every public file,
    true also opens what its address hides (a key in a path)."""

    id: SourceId
    kind: Literal["auto", "feed", "ical", "page", "listing", "site", "recurrence"] = "auto"
    url: Annotated[str, AfterValidator(web_address)] | None = None
    file: str | None = None
    text: str | None = Field(default=None, max_length=20_000)
    timezone: Zone | None = None
    track: Track | None = None
    public: bool | None = None
    site: str | None = None
    title: str | None = None
    organizer: str | None = None
    place: str | None = None

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        given = [name for name in ("url", "file", "text") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError("one_address", "needs exactly one address")
        if self.kind == "site" and not (self.site and self.url):
            raise PydanticCustomError("site_name", "needs site and url")
        if self.kind == "recurrence" and self.text is None:
            raise PydanticCustomError("recurrence_text", "needs text")
        return self


def _network(text: str) -> str:
    try:
        ip_network(text, strict=False)
    except ValueError:
        raise PydanticCustomError("network", "not an address") from None
    return text


class Network(Model):
    """Manners of fetching. ``contact`` goes into the user agent; ``delay`` is seconds between requests to a host."""

    allow: tuple[Annotated[str, AfterValidator(_network)], ...] = ()
    contact: str | None = Field(default=None, max_length=120, pattern=r"^[\x20-\x7e]+$", examples=["you@mail.example"])
    delay: float = Field(default=2.0, ge=1.0, le=120)
