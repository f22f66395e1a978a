"""The ``mail:`` part of the configuration: to whom the digest goes, through which server, and where the secret stands.

The secret itself never stands in the configuration: people show that file to others.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model, Variable

Security = Literal["tls", "starttls"]


class Server(NamedTuple):
    """Where mail is handed in. ``tls`` from the first byte on (RFC 8314, 3.3), or after STARTTLS (RFC 3207)."""

    host: str
    port: int
    security: Security


PRESETS = {"qq": Server("smtp.qq.com", 465, "tls"), "163": Server("smtp.163.com", 465, "tls")}
_USUAL_PORTS: dict[Security, int] = {"tls": 465, "starttls": 587}

# ASCII on purpose: other addresses need SMTPUTF8, which many servers lack. Nothing here can end a header or command.
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*")
_BETWEEN = re.compile(r"[\s,;，；、]+")


def _address(text: str) -> str:
    if _ADDRESS.fullmatch(text):
        return text
    several = [part for part in _BETWEEN.split(text) if part]
    if len(several) > 1 and all("@" in part for part in several):
        raise PydanticCustomError("mail_list", "not a list of addresses", {"addresses": ", ".join(several)})
    raise PydanticCustomError("mail_address", "not a mail address")


Address = Annotated[
    str,
    AfterValidator(_address),
    Field(max_length=254, examples=["you@mail.example"], json_schema_extra={"pattern": f"^{_ADDRESS.pattern}$"}),
]


def several_addresses(value: Any) -> Any:
    """One address stands for a list of one."""
    return (value,) if isinstance(value, str) else value


def as_text(value: Any) -> Any:
    """YAML reads ``163`` as a number."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


class Mail(Model):
    """Who gets the digest, and how it is sent. Exactly one of ``host`` and ``preset``; no password means no log-in."""

    to: Annotated[tuple[Address, ...], BeforeValidator(several_addresses)] = Field(
        min_length=1, max_length=20, examples=["you@mail.example"]
    )
    sender: Address = Field(alias="from")
    preset: Annotated[Literal["qq", "163"], BeforeValidator(as_text)] | None = None
    host: str | None = Field(default=None, pattern=r"^[A-Za-z0-9.:-]{1,253}$", examples=["smtp.mail.example"])
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Security = "tls"
    user: str | None = Field(default=None, min_length=1, max_length=254)
    password_env: Variable | None = None
    password_file: str | None = Field(default=None, min_length=1, examples=["mail.secret"])
    when_empty: Literal["send", "skip"] = "send"

    @model_validator(mode="after")
    def _one_server(self) -> Self:
        if (self.host is None) == (self.preset is None):
            raise PydanticCustomError("mail_server", "needs exactly one of host and preset")
        if self.password_env is not None and self.password_file is not None:
            raise PydanticCustomError("mail_password", "at most one of password_env and password_file")
        if self.password is None and (self.preset is not None or self.user is not None):
            raise PydanticCustomError("mail_no_password", "needs password_env or password_file")
        return self

    @property
    def password(self) -> str | None:
        """The name of the variable or file that holds the secret; None where the server asks for no log-in."""
        return self.password_env or self.password_file

    @property
    def login(self) -> str:
        """The name to log in with: the sender's address unless told."""
        return self.user or self.sender

    @property
    def server(self) -> Server:
        """The server, with its usual port where none is given."""
        if self.preset is not None:
            return PRESETS[self.preset]
        return Server(self.host or "", self.port or _USUAL_PORTS[self.security], self.security)

    def resolved(self, folder: Path) -> Mail:
        """The same with a relative ``password_file`` made absolute against ``folder``."""
        if self.password_file is None:
            return self
        return self.model_copy(update={"password_file": str(folder / self.password_file)})
