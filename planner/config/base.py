"""What every part of the configuration has in common."""

from __future__ import annotations

import re
from typing import Annotated, Any, NamedTuple, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError


class WebAddress(NamedTuple):
    """The parts of a web address: ``host`` in ASCII, an address of version 6 in brackets where it is written."""

    scheme: str
    host: str
    port: int | None
    path: str

    def at(self, path: str) -> str:
        """The address with another path."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}{'' if self.port is None else f':{self.port}'}{path}"


def web_address(address: str, *, bad: str, user: str, query: str) -> WebAddress:
    """An address of the configuration taken apart. ``bad``, ``user`` and ``query`` are the kinds of the errors for what
    is none, holds a user, or goes on behind ``?`` or ``#``; none of them repeats it: it may hold a secret.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except (ValueError, UnicodeError):
        raise PydanticCustomError(bad, "not a web address") from None
    if parts.username is not None or parts.password is not None:
        raise PydanticCustomError(user, "no user in the address")
    written = all(sign.isprintable() and not sign.isspace() for sign in address)
    if parts.scheme not in {"http", "https"} or not host or not written:
        raise PydanticCustomError(bad, "not a web address")
    if parts.query or parts.fragment:
        raise PydanticCustomError(query, "no ? and # in the address")
    return WebAddress(parts.scheme, host, port, parts.path)


class Model(BaseModel):
    """Unknown keys are errors, values are frozen. A key without a value counts as left out, unless it may be none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _left_out(cls, value: Any) -> Any:
        if not isinstance(value, dict) or None not in value.values():
            return value
        left_out = {field.alias or name for name, field in cls.model_fields.items() if not _may_be_none(field)}
        return {key: each for key, each in value.items() if each is not None or key not in left_out}


def _may_be_none(field: FieldInfo) -> bool:
    return type(None) in get_args(field.annotation)


_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _variable(name: str) -> str:
    """What is no name may be the secret itself, so that the message does not repeat it."""
    if not _VARIABLE.fullmatch(name):
        raise PydanticCustomError("variable", "not the name of a variable")
    return name


Variable = Annotated[str, AfterValidator(_variable), Field(json_schema_extra={"pattern": f"^{_VARIABLE.pattern}$"})]
"""Where a secret stands: the name of a variable of the environment, never the secret itself."""
