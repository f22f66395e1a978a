"""The ``inbox:`` part of the configuration: where the user drops what they receive, a folder or a mailbox of their own.

A mail says who sent it, and anybody can write that. So a sender counts only where the user's own mail server has
proved it (``verified_by``), or where the subject holds a word that only the user knows.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model, Variable
from planner.config.mail import Address, as_text, several_addresses

Security = Literal["tls", "starttls"]
PRESETS = {"qq": "imap.qq.com", "163": "imap.163.com"}
_USUAL_PORTS: dict[Security, int] = {"tls": 993, "starttls": 143}


class Mailbox(Model):
    """A mailbox that is read by IMAP (RFC 9051), always encrypted. Exactly one of ``host`` and ``preset``, one of
    ``password_env`` and ``password_file``, and at least one proof of who sent a mail: ``verified_by``, the name by
    which the user's server signs what it has checked (RFC 8601, 2.5), or ``word``, which stands in the subject."""

    preset: Annotated[Literal["qq", "163"], BeforeValidator(as_text)] | None = None
    host: str | None = Field(default=None, pattern=r"^[A-Za-z0-9.:-]{1,253}$", examples=["imap.mail.example"])
    port: int | None = Field(default=None, ge=1, le=65535)
    security: Security = "tls"
    user: str = Field(min_length=1, max_length=254, examples=["you@mail.example"])
    password_env: Variable | None = None
    password_file: str | None = Field(default=None, min_length=1, examples=["imap.secret"])
    mailbox: str = Field(default="INBOX", min_length=1, max_length=200)
    senders: Annotated[tuple[Address, ...], BeforeValidator(several_addresses)] = Field(
        alias="from", min_length=1, max_length=20, examples=["you@mail.example"]
    )
    verified_by: str | None = Field(default=None, pattern=r"^[A-Za-z0-9.-]{1,253}$", examples=["mx.mail.example"])
    word: str | None = Field(default=None, min_length=6, max_length=60, pattern=r"^\S+$", examples=["plum-lantern"])

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if (self.host is None) == (self.preset is None):
            raise PydanticCustomError("mail_server", "needs exactly one of host and preset")
        if (self.password_env is None) == (self.password_file is None):
            raise PydanticCustomError("inbox_password", "needs exactly one of password_env and password_file")
        if self.verified_by is None and self.word is None:
            raise PydanticCustomError("inbox_proof", "needs verified_by or word")
        return self

    @property
    def server(self) -> tuple[str, int]:
        """Host and port, the usual port where none is given."""
        return self.host or PRESETS[self.preset or "qq"], self.port or _USUAL_PORTS[self.security]

    def resolved(self, folder: Path) -> Mailbox:
        """The same with a relative ``password_file`` made absolute against ``folder``."""
        if self.password_file is None:
            return self
        return self.model_copy(update={"password_file": str(folder / self.password_file)})


class Inbox(Model):
    """At least one of a folder, which only this machine's user writes to, and a mailbox."""

    folder: str | None = Field(default=None, min_length=1, examples=["~/Quanzi-inbox"])
    imap: Mailbox | None = None

    @model_validator(mode="after")
    def _any(self) -> Self:
        if self.folder is None and self.imap is None:
            raise PydanticCustomError("inbox_empty", "needs folder or imap")
        return self

    def resolved(self, folder: Path) -> Inbox:
        """The same with relative paths made absolute against ``folder``, and ``~`` as the user's home."""
        own = None if self.folder is None else str(folder / _at_home(self.folder))
        return self.model_copy(update={"folder": own, "imap": self.imap and self.imap.resolved(folder)})


def _at_home(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:  # nobody's home
        return Path(path)
