"""Opening the database that a place names, whichever it is."""

from __future__ import annotations

from pathlib import Path

from planner.config.postgres import Postgres
from planner.i18n.catalog import Catalog
from planner.store.connecting import connected
from planner.store.database import Database
from planner.store.in_file import opened as file_opened


def opened(place: Path | Postgres | str, words: Catalog) -> Database:
    """The open database of the latest schema, made or brought up where need be. Raises StoreError, DamagedStoreError;
    UsageError where the library of a server is not installed, which is imported only here."""
    if not isinstance(place, Postgres):
        return file_opened(place, words)
    connection = connected(place, words)  # which says what is missing, if it is the library
    from planner.store.on_server import opened as server_opened

    return server_opened(connection, place, words)
