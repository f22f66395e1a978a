"""One browser for all tests that look at pages, and processes that stay for those that run the program often."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.browser import Ask, browsing
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
