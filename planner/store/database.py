"""What the rows ask of a database, whichever it is: their SQL is one text, with ``?`` for values, that all understand.

`in_file` and `on_server` are the two. What they write in other words (`planner.store.dialect`) the rows do not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol

from planner.errors import StoreError


class Found(Protocol):
    """The rows that a statement found, to be read once; ``rowcount``: how many it changed."""

    @property
    def rowcount(self) -> int: ...

    def __iter__(self) -> Iterator[tuple[Any, ...]]: ...

    def fetchone(self) -> Any: ...

    def fetchall(self) -> list[tuple[Any, ...]]: ...


class Database(Protocol):
    """One connection. Every call may raise one of ``errors``, which ``told`` puts in words."""

    errors: tuple[type[Exception], ...]

    def execute(self, query: str, values: Sequence[Any] = ()) -> Found:
        """Run a statement with its values."""

    def executemany(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run a statement once for each of ``rows``."""

    def begin(self, person: int = 0) -> None:
        """Begin a transaction that will write: what it reads nobody changes before its end, of what all share, or, for
        the number of a member, of what is their own. Another that would is waited for."""

    def begin_reading(self) -> None:
        """Begin a transaction that sees the database as it is at one moment, and only reads."""

    def stream(self, query: str) -> Iterator[tuple[Any, ...]]:
        """What a statement without values finds, however much; within a transaction."""

    def go_on_numbering(self) -> None:
        """Numbers that are given from now on come after those that stand in the tables."""

    def commit(self) -> None:
        """What was written since then stands."""

    def rollback(self) -> None:
        """What was written since then is undone, also where the connection is gone."""

    def close(self) -> None:
        """No more."""

    def told(self, error: Exception) -> StoreError:
        """An error in words; where it comes of damage, that. The database may be closed already."""

    def told_of_writing(self, error: Exception) -> StoreError:
        """The error that ended a transaction, in words."""


def without_nul(text: str) -> str:
    """A text as all databases keep it. A NUL says nothing to anybody, and PostgreSQL refuses it with all that is
    written beside it."""
    return text.replace("\0", "") if "\0" in text else text


def kept(values: Sequence[Any]) -> tuple[Any, ...]:
    """Values as all databases keep them: texts without NUL, yes and no as 1 and 0."""
    return tuple(
        without_nul(each) if isinstance(each, str) else int(each) if isinstance(each, bool) else each for each in values
    )
