"""A connection to a PostgreSQL database: its password, patience while it starts, what is said where there is none."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.config.extras import pip_install
from planner.config.postgres import Postgres
from planner.config.private_file import OpenToOthersError, private_bytes
from planner.errors import StoreError, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.text import one_line
from spiders.failures import os_reason

if TYPE_CHECKING:
    import psycopg

WAITS = (0.5, 1.0, 2.0, 4.0)
"""Seconds between tries: a database that is started anew answers again before they are over."""
EARLIEST = 150_000
"""PostgreSQL 15, as libpq counts."""
_MOST = 4096
_SHOWN = 200
_SETTINGS: dict[str, Any] = {
    "application_name": "quanzi",
    "client_encoding": "utf8",
    "connect_timeout": 5,
    # A database that went away without a word is noticed within a minute, by both sides.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 4,
    "tcp_user_timeout": 60_000,
}
_FOR_SESSION = (
    "SET lock_timeout = '5min'; SET tcp_keepalives_idle = 15; SET tcp_keepalives_interval = 5;"
    " SET tcp_keepalives_count = 4; SET standard_conforming_strings = on"
)


def connected(
    server: Postgres, words: Catalog, *, wait: Callable[[float], None] = time.sleep
) -> psycopg.Connection[tuple[Any, ...]]:
    """An open connection without a transaction; ``wait`` lets seconds pass. Raises StoreError, and UsageError where the
    library is not installed."""
    try:
        import psycopg
    except ImportError as exc:
        command = pip_install('"psycopg[binary]"')
        raise UsageError(words("store.no_extra", path=server, command=command)) from exc
    told = parameters(server, words)
    for seconds in (*WAITS, None):
        try:
            connection = psycopg.connect(autocommit=True, **told)
        except psycopg.OperationalError as exc:
            log_in = exc.pgconn is not None and (exc.pgconn.needs_password or exc.pgconn.used_password)
            if log_in or seconds is None:
                raise unreachable(server, exc, words) from exc
            wait(seconds)
        except psycopg.Error as exc:
            raise unreachable(server, exc, words) from exc
        else:
            break
    try:
        _look_at(connection, server, words)
        connection.execute(_FOR_SESSION)
    except psycopg.Error as exc:
        connection.close()
        raise unreachable(server, exc, words) from exc
    except BaseException:
        connection.close()
        raise
    return connection


def parameters(server: Postgres, words: Catalog) -> dict[str, Any]:
    """What libpq is told of a connection, the password among it. Raises StoreError."""
    return {**_SETTINGS, **server.parameters, "password": _password(server, words)}


def time_of(server: Postgres, words: Catalog) -> datetime:
    """The database's clock: the one that all machines of an organisation share. Raises as `connected`."""
    with connected(server, words) as connection:
        (now,) = connection.execute("SELECT now()").fetchone() or (None,)
    assert isinstance(now, datetime)
    return now


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutServer:
    """A database as it stands: the version of our tables (None: there are none), its size in bytes, PostgreSQL's own
    version."""

    version: int | None
    size: int
    server: str


def about_server(server: Postgres, words: Catalog) -> AboutServer:
    """What stands in a database. Nothing is written. Raises as `connected`."""
    with connected(server, words) as connection:
        import psycopg

        from planner.store.server_schema import version_of

        try:
            (size,) = connection.execute("SELECT pg_database_size(current_database())").fetchone() or (0,)
            version = version_of(connection)
        except psycopg.Error as exc:
            raise unreachable(server, exc, words) from exc
        major, minor = divmod(connection.info.server_version, 10_000)
        return AboutServer(version=version, size=int(size), server=f"{major}.{minor}")


def unreachable(server: Postgres, error: Exception, words: Catalog) -> StoreError:
    """That the database does not answer, or not any more, and why."""
    return StoreError(words("store.unreachable", path=server, why=in_short(error)))


def in_short(error: Exception) -> str:
    """What the database says, in a line."""
    return one_line(str(error).removeprefix("connection failed: "), _SHOWN)


def _look_at(connection: psycopg.Connection[tuple[Any, ...]], server: Postgres, words: Catalog) -> None:
    """Raises StoreError where the database is too old, or cannot hold every language."""
    info = connection.info
    if info.server_version < EARLIEST:
        raise StoreError(words("store.too_old", path=server, version=info.server_version // 10_000))
    encoding = info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise StoreError(words("store.encoding", path=server, encoding=encoding))


def _password(server: Postgres, words: Catalog) -> str | None:
    """The password, None where none is named (a socket, or libpq's own files). Raises StoreError."""
    if server.password_env is not None:
        text = os.environ.get(server.password_env, "").strip()
        name = "store_password_env"
    elif server.password_file is not None:
        name = server.password_file
        try:
            content = private_bytes(Path(name), _MOST)
            text = "" if len(content) > _MOST else content.decode("utf-8-sig").strip()
        except OpenToOthersError:
            raise StoreError(words("store.password_open", name=name)) from None
        except OSError as exc:
            why = translate(os_reason(exc), words.language)
            raise StoreError(words("store.password_unreadable", name=name, why=why)) from exc
        except UnicodeDecodeError:
            text = ""
    else:
        return None
    if not text or not text.isprintable():
        raise StoreError(words("store.password_none", name=name))
    return text
