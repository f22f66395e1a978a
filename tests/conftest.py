"""What all tests share: a moment, a context, a web server on loopback, the folder of labelled cases."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from spiders import subprocess
from spiders.items import Context
from tests.support.events import NOW
from tests.support.processes import readers
from tests.support.servers import Web, serving
from tests.support.warm import Warm

# The same examples in each run, and no clock: a machine that is busy must not decide whether a change is good. Anew
# each time: pytest --hypothesis-profile=search.
settings.register_profile("same", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=1_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("same")


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def context() -> Context:
    return Context(
        source="test", now=NOW, timezone="Asia/Shanghai", window_start=NOW, window_end=NOW + timedelta(days=120)
    )


@pytest.fixture(scope="session")
def cases() -> Path:
    """The folder of labelled cases and captures, which is kept outside the project."""
    folder = os.environ.get("QUANZI_CASES")
    if not folder:
        pytest.skip("QUANZI_CASES is not set: the labelled cases are not at hand")
    return Path(folder)


@pytest.fixture(scope="session", autouse=True)
def _children_start_warm() -> None:
    if "forkserver" in multiprocessing.get_all_start_methods():
        subprocess._SPAWN = Warm()  # type: ignore[assignment]


@pytest.fixture(scope="session", autouse=True)
def _readers_end_with_the_tests() -> Iterator[None]:
    yield
    readers().close()


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as state:
        yield state
