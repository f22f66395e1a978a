"""A PostgreSQL database as ``store:`` names it. The password never stands there: people show that file to others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from pydantic_core import PydanticCustomError

EXAMPLE = "postgresql://quanzi@db.example/quanzi"
_SCHEME = re.compile(r"(?!file:)[A-Za-z][A-Za-z0-9+.-]+://")
_OURS = ("postgresql", "postgres")
_KNOWN = frozenset({"sslmode", "sslrootcert", "host"})
"""What may stand behind the ``?``: how the connection is encrypted, and the folder of a socket."""
_MODES = frozenset({"disable", "require", "verify-ca", "verify-full"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """Where the database is (its address without a password), and the name of the variable or file with that."""

    address: str
    password_env: str | None = None
    password_file: str | None = None

    def __str__(self) -> str:
        return self.address

    @property
    def parameters(self) -> dict[str, str]:
        """What libpq is told. Beyond this machine the connection is encrypted and the certificate checked, unless the
        address says otherwise."""
        parts = urlsplit(self.address)
        given = dict(parse_qsl(parts.query))
        told = {
            "host": given.get("host") or parts.hostname,
            "port": parts.port and str(parts.port),
            "user": parts.username and unquote(parts.username),
            "dbname": unquote(parts.path.removeprefix("/")),
            "sslmode": given.get("sslmode") or ("prefer" if self.is_near else "verify-full"),
            "sslrootcert": given.get("sslrootcert") or (None if self.is_near or "sslmode" in given else "system"),
        }
        return {name: value for name, value in told.items() if value}

    @property
    def is_near(self) -> bool:
        """Whether it is on this machine: by a socket, or on loopback."""
        parts = urlsplit(self.address)
        host = dict(parse_qsl(parts.query)).get("host") or parts.hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host in {"", "localhost"} or host.startswith("/")


def is_address(store: str) -> bool:
    """Whether it is an address, and no file."""
    return _SCHEME.match(store.strip()) is not None


def checked(store: str) -> str:
    """``store:`` as it is, an address written in one way. No message repeats it: it may hold a password."""
    if not is_address(store):
        return store
    text = store.strip()
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise _wrong("store_address") from None
    if parts.scheme not in _OURS:
        raise _wrong("store_scheme")
    if parts.password is not None:
        raise _wrong("store_password_in_address")
    given = parse_qsl(parts.query, keep_blank_values=True)
    names = [name for name, _ in given]
    if "password" in names or parts.netloc.count("@") > 1:
        raise _wrong("store_password_in_address")
    if not set(names) <= _KNOWN or len(set(names)) < len(names) or parts.fragment:
        raise _wrong("store_query")
    settings = dict(given)
    root = settings.get("sslrootcert", "system")
    is_found = root == "system" or Path(root).is_absolute()  # whichever folder a command is called in
    if settings.get("sslmode", "require") not in _MODES or not is_found or not all(settings.values()):
        raise _wrong("store_query")
    named = unquote(parts.path.removeprefix("/"))
    is_clean = all(sign.isprintable() and not sign.isspace() for sign in text)
    if not (named and "/" not in named and is_clean) or (host is None and (port is not None or parts.netloc)):
        raise _wrong("store_address")
    return f"postgresql{text[len(parts.scheme) :]}"


def agree(store: str, password_env: str | None, password_file: str | None) -> None:
    """Raises PydanticCustomError where a password is named twice, or belongs to no database."""
    named = [name for name in (password_env, password_file) if name is not None]
    if len(named) > 1:
        raise PydanticCustomError("store_password_twice", "at most one password of the store")
    if named and not is_address(store):
        raise PydanticCustomError("store_password_alone", "a password without a database")


def _wrong(kind: str) -> PydanticCustomError:
    return PydanticCustomError(kind, "not the address of a database")
