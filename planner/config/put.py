"""The ``put:`` of ``output``: where the published files are uploaded to after each publishing.

Nothing private goes anywhere by itself: the plan is uploaded only where it is asked for by name (``what``, ``as:
events``, an address that ends in ``plan.ics``) and behind a log-in, since who lets anybody write lets anybody read.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import quote, urlsplit

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from planner.config.base import Model, Variable, web_address

EXAMPLE = "https://dav.example/me/quanzi/"
PLAN = "plan.ics"
SINGLE = {PLAN: PLAN, **{name: f"public/{name}" for name in ("all.ics", "industry.ics", "practice.ics")}}


def _address(address: str) -> str:
    """-> the address in ASCII, a folder with its slash. No message repeats it: it may hold what should not be shown."""
    parts = web_address(address, bad="put_address", user="put_user_in_address", query="put_query")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    last = path.rpartition("/")[2]
    if last.lower().endswith(".ics") and last not in SINGLE:
        raise PydanticCustomError("put_name", "not the name of an output", {"names": ", ".join(SINGLE)})
    if last and last not in SINGLE:
        path += "/"
    return parts.at(path)


class Put(Model):
    """Where to, in which form, and what. ``to`` is a folder, or the one calendar that it names."""

    to: Annotated[str, AfterValidator(_address), Field(examples=[EXAMPLE])]
    form: Literal["files", "events"] = Field(default="files", alias="as")
    what: Literal["public", "calendars", "all"] | None = None
    user: str | None = Field(
        default=None, max_length=254, pattern=r"^[^:\x00-\x1f\x7f]+$", examples=["me"]
    )  # RFC 7617, 2
    password_env: Variable | None = None
    password_file: str | None = Field(default=None, min_length=1, examples=["put.secret"])

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        secrets = [name for name in (self.password_env, self.password_file) if name is not None]
        if len(secrets) > 1:
            raise PydanticCustomError("mail_password", "at most one of password_env and password_file")
        if bool(secrets) != (self.user is not None):
            raise PydanticCustomError("put_log_in", "user and password only together")
        if self.what is not None and (self.form == "events" or self.single):
            raise PydanticCustomError("put_what", "what is for folders of files")
        if self.form == "events" and self.single:
            raise PydanticCustomError("put_events", "events go into a collection")
        if not self.is_near and secrets and not self.is_encrypted:
            raise PydanticCustomError("put_insecure", "no password without encryption")
        if not self.is_near and not secrets and self.is_private:
            kind = "put_private" if self.what else "put_private_plan"  # only for a folder of files there is a choice
            raise PydanticCustomError(kind, "the plan goes only behind a log-in")
        return self

    @property
    def single(self) -> str | None:
        """The one output that ``to`` names, by its name below the output folder; None for a folder."""
        return SINGLE.get(self.to.rpartition("/")[2])

    @property
    def is_private(self) -> bool:
        """Whether the plan goes there."""
        return self.form == "events" or self.what in {"calendars", "all"} or self.single == PLAN

    @property
    def is_encrypted(self) -> bool:
        """Whether the connection is TLS."""
        return self.to.startswith("https:")

    @property
    def is_near(self) -> bool:
        """Whether the connection stays in this machine."""
        host = urlsplit(self.to).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def resolved(self, folder: Path) -> Put:
        """The same with a relative ``password_file`` made absolute against ``folder``."""
        if self.password_file is None:
            return self
        return self.model_copy(update={"password_file": str(folder / self.password_file)})


def short_form(value: Any) -> Any:
    """An address alone stands for files into it."""
    return {"to": value} if isinstance(value, str) else value
