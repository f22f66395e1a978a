"""Sources in the configuration, and the manners of fetching them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model
from planner.config.entries import listed, parted
from planner.config.source_ids import with_scheme
from planner.types import Track
from planner.weeks import is_zone
from spiders.guard import AddressGuard

_FILE_NAME = re.compile(r"[^/]+\.(?:ics|ical|xml|rss|atom|json|html?|txt|eml)", re.IGNORECASE)
_MAIL = re.compile(r"(?:mailto:.*|[^/:@\s]+@[^/:@\s]+)", re.IGNORECASE)
_BARE_HOST = re.compile(r"localhost|\[[0-9a-f:.]+\]|.*[^.]\.[^.]+", re.IGNORECASE)


def web_address(address: str, *, user: str = "address_with_password") -> str:
    """An address that can be fetched; one without a scheme ("lu.ma/x") is https. Raises PydanticCustomError, of the
    kind ``user`` where it holds a user or a password: no message repeats it."""
    given, text = address.strip(), with_scheme(address)
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise PydanticCustomError("address", "not a web address") from None
    if _MAIL.fullmatch(given):
        raise PydanticCustomError("address", "not a web address")
    if "@" in (parts.netloc or parts.path.partition("/")[0]):
        raise PydanticCustomError(user, "holds a user or a password")
    if text != given and _FILE_NAME.fullmatch(given):
        raise PydanticCustomError("address_of_file", "the name of a file")
    if parts.scheme not in {"http", "https", "webcal"} or not host or any(map(str.isspace, parts.netloc)):
        raise PydanticCustomError("address", "not a web address")
    if text != given and not _BARE_HOST.fullmatch(host):
        raise PydanticCustomError("address", "not a web address")
    return text


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

_ALSO_CALLED = {"rss": "feed", "atom": "feed", "ics": "ical"}


def _canonical(kind: Any) -> Any:
    return _ALSO_CALLED.get(kind, kind) if isinstance(kind, str) else kind


Kind = Annotated[
    Literal["auto", "feed", "ical", "page", "listing", "site", "recurrence"],
    BeforeValidator(
        _canonical,
        json_schema_input_type=Literal[
            "auto", "feed", "rss", "atom", "ical", "ics", "page", "listing", "site", "recurrence"
        ],
    ),
]

_EVERY = re.compile(r"(\d{1,4})\s*([hd])", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24}
_MOST_OFTEN, _MOST_SELDOM = timedelta(hours=1), timedelta(days=30)


def _every(value: Any) -> Any:
    """``6h`` or ``7d`` -> a length of time."""
    if value is None or isinstance(value, timedelta):
        return value
    found = _EVERY.fullmatch(value.strip()) if isinstance(value, str) else None
    length = timedelta(hours=int(found[1]) * _HOURS[found[2].lower()]) if found else timedelta()
    if not _MOST_OFTEN <= length <= _MOST_SELDOM:
        raise PydanticCustomError("every", "not a length of time")
    return length


def _one_or_several(value: Any) -> Any:
    """One text stands for a list, nothing for none; a number is a word here."""
    values = parted([] if value is None else value if isinstance(value, str | list | tuple) else [value])
    values = values if isinstance(values, list | tuple) else [values]
    return [str(each) if isinstance(each, int | float) and not isinstance(each, bool) else each for each in values]


Word = Annotated[str, Field(min_length=1, max_length=80, pattern=r"\w")]
Words = Annotated[
    tuple[Word, ...],
    BeforeValidator(_one_or_several, json_schema_input_type=str | list[str | int | float] | None),
]


def _headers_file(name: str) -> str:
    """Who writes the header itself, or a password, has misread the key: the message does not repeat it."""
    if ":" in _DRIVE.sub("", name) or "\n" in name or _CREDENTIALS.match(name):
        raise PydanticCustomError("headers_file", "not the name of a file")
    return name


_DRIVE = re.compile(r"^[A-Za-z]:(?=[\\/])")
_CREDENTIALS = re.compile(r"(?:basic|bearer)\s", re.IGNORECASE)
HeadersFile = Annotated[
    str, AfterValidator(_headers_file), Field(min_length=1, max_length=500, examples=["calendar.secret"])
]


def _without_required_id(schema: dict[str, Any]) -> None:
    """An id that is left out is made from the address before the entry is looked at."""
    schema["required"] = [name for name in schema["required"] if name != "id"]
    if not schema["required"]:
        del schema["required"]


class SourceEntry(Model):
    """One source. Exactly one of ``url``, ``file`` and ``text``. ``public``: false keeps it out of every public file,
    true also opens what its address hides (a key in a path). ``headers_from`` names a file of secret headers,
    ``timezone_overrides`` believes ``timezone`` and not the document; ``only`` and ``without`` are words that decide
    which events are kept; it is asked at most ``every`` so often, for pages in ``language``. ``since`` is a
    day from which a rule is counted; with ``skip_holidays`` nothing takes place on public holidays from Monday to
    Friday."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra=_without_required_id)

    id: SourceId
    kind: Kind = "auto"
    url: Annotated[str, AfterValidator(web_address)] | None = None
    file: str | None = None
    text: str | None = Field(default=None, max_length=20_000)
    headers_from: HeadersFile | None = None
    timezone: Zone | None = None
    timezone_overrides: bool = False
    language: str | None = Field(default=None, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", examples=["en"])
    every: Annotated[
        timedelta | None, BeforeValidator(_every, json_schema_input_type=str | None), Field(examples=["7d"])
    ] = None
    only: Words = ()
    without: Words = ()
    track: Track | None = None
    public: bool | None = None
    site: str | None = None
    title: str | None = None
    organizer: str | None = None
    place: str | None = None
    since: date | None = Field(default=None, examples=["2026-11-05"])
    skip_holidays: bool = False

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        given = [name for name in ("url", "file", "text") if getattr(self, name) is not None]
        if len(given) != 1:
            raise PydanticCustomError("one_address", "needs exactly one address")
        if self.kind == "site" and not (self.site and self.url):
            raise PydanticCustomError("site_name", "needs site and url")
        if self.kind == "recurrence" and self.text is None:
            raise PydanticCustomError("recurrence_text", "needs text")
        if self.kind != "recurrence" and self.since is not None:
            raise PydanticCustomError("since_without_rule", "only a rule is counted from a day")
        if self.url is None and self.headers_from is not None:
            raise PydanticCustomError("headers_without_url", "headers are for an address")
        return self

    def resolved(self, folder: Path) -> SourceEntry:
        """The same with relative paths made absolute against ``folder``."""
        return self.model_copy(update=_absolute(folder, file=self.file, headers_from=self.headers_from))


class OwnCalendar(Model):
    """A calendar of the user's own: exactly one of a web address and a file. As text alone it is an address where it
    has a scheme, else a file. ``me`` is the user's address in invitations: what it declined leaves the time free."""

    url: Annotated[str, AfterValidator(partial(web_address, user="busy_with_password"))] | None = None
    file: str | None = None
    headers_from: HeadersFile | None = None
    me: str | None = Field(default=None, pattern=r"^[^@\s]+@[^@\s]+$", examples=["you@mail.example"])

    @model_validator(mode="after")
    def _one_address(self) -> Self:
        if (self.url is None) == (self.file is None):
            raise PydanticCustomError("one_of_url_and_file", "needs exactly one address")
        if self.url is None and self.headers_from is not None:
            raise PydanticCustomError("headers_without_url", "headers are for an address")
        return self

    def resolved(self, folder: Path) -> OwnCalendar:
        """The same with relative paths made absolute against ``folder``."""
        return self.model_copy(update=_absolute(folder, file=self.file, headers_from=self.headers_from))


def _calendar(value: Any) -> Any:
    if isinstance(value, str):
        return {"url" if "://" in value else "file": value}
    return value


OwnCalendars = Annotated[
    tuple[Annotated[OwnCalendar, BeforeValidator(_calendar, json_schema_input_type=str | OwnCalendar)], ...],
    BeforeValidator(listed, json_schema_input_type=str | OwnCalendar | list[str | OwnCalendar]),
]


def _absolute(folder: Path, **paths: str | None) -> dict[str, str]:
    return {name: str(folder / path) for name, path in paths.items() if path is not None}


def _network(text: str) -> str:
    try:
        ip_network(text, strict=False)
    except ValueError:
        raise PydanticCustomError("network", "not an address") from None
    return text


class Network(Model):
    """Manners of fetching. ``contact`` goes into the user agent; ``delay`` is seconds between requests to a host;
    ``rsshub`` is an RSSHub of the user's own, asked when a source is looked for."""

    allow: Annotated[
        tuple[Annotated[str, AfterValidator(_network)], ...],
        BeforeValidator(parted, json_schema_input_type=str | list[str]),
    ] = ()
    contact: str | None = Field(default=None, max_length=120, pattern=r"^[\x20-\x7e]+$", examples=["you@mail.example"])
    rsshub: Annotated[str, AfterValidator(web_address)] | None = Field(
        default=None, examples=["https://rsshub.example"]
    )
    delay: float = Field(default=2.0, ge=0.0, le=120)

    def may_carry_secrets(self, address: str) -> bool:
        """Whether a secret may go to an address: encrypted, or to a machine that ``allow`` names by its number."""
        parts = urlsplit(address)
        return parts.scheme != "http" or AddressGuard.allowing(self.allow).allows_by_name(parts.hostname or "")
