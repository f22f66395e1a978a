"""One browser for all tests that look at pages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.browser import Ask, browsing


@pytest.fixture(scope="session")
def browser() -> Iterator[Ask]:
    """Asks a real browser what it sees of a page. Skips, and says why, where there is none."""
    with browsing() as ask:
        yield ask
