"""Reading in processes that can be killed: limits end a reader, not the run; also where there is no resource module."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from spiders import limits
from spiders import pool as pool_module
from spiders.errors import ReaderKilledError, ReadError
from spiders.items import Document
from spiders.limits import Limits
from spiders.pool import ReaderPool
from spiders.reasons import Code, Reason
from tests.support import faulty_readings

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261124T113000Z\r\n"
    b"SUMMARY:Debate\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def test_one_worker_serves_many_documents(context):
    with ReaderPool(1) as pool:
        readings = [pool.read(Document(body=CALENDAR), context) for _ in range(5)]
    assert all(reading.events[0].title == "Debate" for reading in readings)


def test_a_reader_that_does_not_end_is_ended_and_costs_one_document(context):
    with ReaderPool(1, Limits(wall=6.0), reading=faulty_readings.read) as pool:
        pool.read(Document(body=CALENDAR), context)
        begun = time.monotonic()
        with pytest.raises(ReaderKilledError):
            pool.read(Document(body=b"x" * 64), context, "sleep")
        assert time.monotonic() - begun < 40
        assert pool.read(Document(body=CALENDAR), context).events


def test_the_start_of_a_reader_is_on_no_documents_clock(context, monkeypatch):
    monkeypatch.setattr(pool_module, "SECONDS_TO_START", 0.0)
    with ReaderPool(1) as pool, pytest.raises(ReaderKilledError):
        pool.read(Document(body=CALENDAR), context)
    monkeypatch.undo()
    with ReaderPool(1, Limits(wall=0.0), reading=faulty_readings.read) as pool, pytest.raises(ReaderKilledError):
        pool.read(Document(body=b"x" * 64), context, "sleep")
    with ReaderPool(1) as pool:
        assert pool.read(Document(body=CALENDAR), context).events


@pytest.mark.skipif(limits.resource is None, reason="this system has no limits of CPU time")
def test_cpu_time_is_bounded(context):
    with (
        ReaderPool(1, Limits(cpu=1, wall=20.0), reading=faulty_readings.read) as pool,
        pytest.raises(ReaderKilledError),
    ):
        pool.read(Document(body=b"x"), context, "spin")


@pytest.mark.skipif(limits.resource is None, reason="this system has no limits of memory")
def test_memory_is_bounded(context):
    with ReaderPool(1, reading=faulty_readings.read) as pool:
        with pytest.raises(ReadError) as error:
            pool.read(Document(body=b"x"), context, "eat")
        assert error.value.reason == Reason(Code.READER_OUT_OF_MEMORY)
        assert pool.read(Document(body=CALENDAR), context).events


def test_a_fault_in_a_reader_costs_the_document_only(context):
    with ReaderPool(1, reading=faulty_readings.read) as pool:
        with pytest.raises(ReadError) as error:
            pool.read(Document(body=b"x"), context, "raise")
        assert error.value.reason == Reason(Code.READER_FAILED)
        assert pool.read(Document(body=CALENDAR), context).events


def test_without_the_resource_module_reading_goes_on():
    code = """
import sys
sys.modules["resource"] = None
from datetime import datetime, timedelta, UTC
from spiders import limits
from spiders.items import Context, Document
from spiders.pool import ReaderPool
assert limits.resource is None
assert limits.limit_memory(limits.Limits()) is False
if __name__ == "__main__":
    now = datetime(2026, 11, 20, tzinfo=UTC)
    context = Context(source="s", now=now, timezone="UTC", window_start=now, window_end=now + timedelta(days=30))
    with ReaderPool(1) as pool:
        print(pool.read(Document(body=sys.stdin.buffer.read()), context).events[0].title)
"""
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    script = folder / f"quanzi-no-resource-{os.getpid()}.py"
    script.write_text(code)
    try:
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        result = subprocess.run(
            [sys.executable, str(script)], input=CALENDAR, capture_output=True, env=environment, check=False
        )
    finally:
        script.unlink()
    assert result.stdout.decode().strip() == "Debate", result.stderr.decode()
