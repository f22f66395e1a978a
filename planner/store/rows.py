"""Which rows the program can read: what a damaged page leaves may have the form of a row, and sense no more."""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from typing import Any

from planner.store.arrivals import arrival_of
from planner.store.diaries import hours_of
from planner.store.own_words import step_of, word_of
from planner.store.schema import MIGRATIONS
from planner.store.sources import COLUMNS
from planner.store.values import is_sealed, moment, record, source_state
from planner.types import KIND_OF_VERDICT

Row = Mapping[str, Any]
"""Values by the names of their columns."""
LATEST = len(MIGRATIONS)
JSON_COLUMNS = frozenset(
    {
        *(("records", "body"), ("events", "face"), ("plans", "body"), ("trials", "body"), ("runs", "report")),
        *(("feedback", "features"), ("own_words", "body"), ("own_steps", "body"), ("arrivals", "body")),
        *(("diaries", "hours"), ("members", "wishes")),
    }
)
"""The columns that hold JSON and nothing else, by (table, column)."""
_KINDS: Mapping[str, tuple[type, ...]] = {"TEXT": (str,), "INTEGER": (int,), "REAL": (float, int), "BLOB": (bytes,)}
_FACTS_OF_A_PICK = ("id", "title", "start", "place", "status")
_FACTS_OF_AN_EVENT = ("title", "start", "end", "place", "status")
_MOMENTS = ("joined", "at", "made", "first_seen", "last_seen", "changed", "seen")
_LATEST_MOMENT = 4_102_444_800  # the year 2100
_HIGHEST_SEQUENCE = 100_000  # no event changes so often


@functools.cache
def schema_at(version: int) -> Mapping[str, Mapping[str, tuple[str, bool]]]:
    """Every table of a version: its columns, each with its type and whether it is always filled."""
    with closing(sqlite3.connect(":memory:")) as database:
        for step in MIGRATIONS[:version]:
            database.executescript(step)
        return schema_of(database)


def schema_of(database: sqlite3.Connection) -> dict[str, dict[str, tuple[str, bool]]]:
    """The tables of a database, likewise. Raises sqlite3.Error."""
    tables = [str(name) for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return {
        table: {str(row[1]): (str(row[2]), bool(row[3])) for row in _table_info(database, table)}
        for table in tables
        if not table.startswith("sqlite_")
    }


def columns(schema: Mapping[str, Mapping[str, Any]]) -> frozenset[tuple[str, str]]:
    """(table, column) of a whole schema."""
    return frozenset((table, column) for table in schema for column in schema[table])


def _table_info(database: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...]]:
    quoted = table.replace('"', '""')
    return iter(database.execute(f'PRAGMA table_info("{quoted}")'))


def is_readable(table: str, row: Row) -> bool:
    """Whether the program can read a row of the latest schema."""
    try:
        return (
            _has_its_types(table, row)
            and all(0 <= row[name] <= _LATEST_MOMENT for name in _MOMENTS if name in row)
            and (table not in _READ or _READ[table](row) is not False)
        )
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError):
        return False


def _has_its_types(table: str, row: Row) -> bool:
    declared = schema_at(LATEST).get(table, {})
    return all(
        (row.get(name) is None and not filled) or isinstance(row.get(name), _KINDS[kind])
        for name, (kind, filled) in declared.items()
    )


def _record(row: Row) -> None:
    names = ("source", "key", "body", "event", "first_seen", "last_seen", "changed", "missed")
    known = record(tuple(row[name] for name in names)).event
    if row["start"] != (known.start and int(known.start.timestamp())):
        raise ValueError("the start is not that of its event")


def _event(row: Row) -> bool:
    face = json.loads(row["face"])
    return 0 <= row["sequence"] < _HIGHEST_SEQUENCE and all(name in face for name in _FACTS_OF_AN_EVENT)


def _plan(row: Row) -> bool:
    body = json.loads(row["body"])
    moment(row["made"])
    return all(name in pick for pick in body["picks"] for name in _FACTS_OF_A_PICK) and "value" in body


def _diary(row: Row) -> None:
    source_state(tuple(row[name] for name in COLUMNS))
    hours_of(row["hours"])


def _fact(row: Row) -> bool:
    if row["value"].startswith(("[", "{")):
        json.loads(row["value"])
    return is_sealed(row["name"], row["value"], row["seal"])


def _feedback(row: Row) -> bool:
    return KIND_OF_VERDICT[row["verdict"]] == row["kind"] and all(
        len(each) == 2 for each in json.loads(row["features"])
    )


_READ: Mapping[str, Callable[[Row], object]] = {
    "records": _record,
    "events": _event,
    "sources": lambda row: source_state(tuple(row[name] for name in COLUMNS)),
    "plans": _plan,
    "trials": _plan,
    "facts": _fact,
    "own_facts": _fact,
    "diaries": _diary,
    "runs": lambda row: json.loads(row["report"]),
    "feedback": _feedback,
    "own_words": lambda row: word_of(row["event"], row["body"], row["at"]),
    "own_steps": lambda row: step_of(row["at"], row["body"]),
    "arrivals": lambda row: arrival_of(row["digest"], row["at"], row["body"]),
}
