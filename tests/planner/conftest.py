"""One browser for all tests that look at pages, and processes that stay for those that run the program often."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.config.postgres import Postgres
from planner.store import Store
from tests.support.browser import Ask, browsing
from tests.support.postgres import Server, programs, serving
from tests.support.processes import started_once


@pytest.fixture(scope="session")
def browser() -> Iterator[Ask]:
    """Asks a real browser what it sees of a page. Skips, and says why, where there is none."""
    with browsing() as ask:
        yield ask


@pytest.fixture
def processes_stay() -> Iterator[None]:
    """Reading and solving start no process for each run."""
    with started_once():
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """A PostgreSQL of our own. Skips, and says why, where there is none."""
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed here (.ci/others)")
    with serving(where) as server:
        yield server


@pytest.fixture
def database(postgres_server) -> Iterator[Postgres]:
    """A database of PostgreSQL with nothing in it."""
    place = postgres_server.database()
    yield place
    postgres_server.drop(place)


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path) -> Path | Postgres:
    """Where a store may be, with nothing in it: each dialect in turn."""
    return tmp_path / "store/q.db" if request.param == "sqlite" else request.getfixturevalue("database")


@pytest.fixture
def any_store(place) -> Iterator[Store]:
    """An empty store in each dialect, open."""
    with Store(place) as opened:
        yield opened
