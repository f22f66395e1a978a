"""What can be read of a damaged database is read, on both sides of what cannot, and nothing that makes no sense."""

from __future__ import annotations

import itertools
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from planner.store import Store
from planner.store import salvage as salvage_module
from planner.store.salvage import salvage
from planner.store.soundness import fault_of
from tests.support.events import NOW, full_event

PAGE = 4096
NUMBER = 400


@pytest.fixture
def damaged(tmp_path) -> Path:
    with Store(tmp_path / "q.db") as store, store.transaction():
        for source in ("club", "hall"):
            events = {
                f"{number:03}": replace(full_event(), title=f"{source} {number}", description="x" * 300)
                for number in range(NUMBER)
            }
            store.put_records(source, events, NOW)
    return tmp_path / "q.db"


def rows(path: Path, where: str = "1") -> int:
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute(f"SELECT count(*) FROM records WHERE {where}").fetchone()[0])


def carried(damaged: Path) -> Path:
    new = damaged.with_name("new.db")
    with Store(new):
        pass
    before = damaged.read_bytes()
    salvage(damaged, new)
    assert damaged.read_bytes() == before
    assert fault_of(new, thorough=True) is None
    return new


def pages_of_records(path: Path) -> list[int]:
    """The numbers of leaves (of a table: 13) that hold records, counted from 0."""
    content = path.read_bytes()
    pages = [content[at : at + PAGE] for at in range(0, len(content), PAGE)]
    return [number for number, page in enumerate(pages) if page[0] == 13 and b'"title":"' in page]


@pytest.mark.parametrize("wanted", [[0], [-1], [5, 6, 7], [3, 20, 40], [0, -1]])
def test_only_what_stood_on_lost_pages_is_lost(damaged, wanted):
    leaves = pages_of_records(damaged)
    with damaged.open("r+b") as file:
        for number in wanted:
            file.seek(leaves[number] * PAGE)
            file.write(bytes(PAGE))
    assert fault_of(damaged) is not None
    lost = 2 * NUMBER - rows(carried(damaged))
    assert 0 < lost <= 8 * len(wanted)


def test_a_lost_header_and_a_lost_first_page_cost_no_row(damaged):
    for size in (16, 100, PAGE):
        copy = damaged.with_name(f"copy-{size}.db")
        shutil.copy(damaged, copy)
        with copy.open("r+b") as file:
            file.write(bytes(size))
        assert rows(carried(copy)) == 2 * NUMBER


def test_a_cut_file_gives_its_beginning(damaged):
    with damaged.open("r+b") as file:
        file.truncate(damaged.stat().st_size // 2)
    assert rows(carried(damaged)) > NUMBER // 2


def test_rows_without_sense_are_left_out(damaged):
    with sqlite3.connect(damaged) as database:
        database.execute("UPDATE records SET body = replace(body, '\"title\":', '\"tit1e\":') WHERE key = '007'")
        database.execute("UPDATE records SET start = start + 1 WHERE key = '008'")
        database.execute("UPDATE records SET first_seen = 1 << 50 WHERE key = '009'")
        database.execute("UPDATE records SET missed = x'00' WHERE key = '010'")
    database.close()
    assert fault_of(damaged) is None
    assert fault_of(damaged, thorough=True) is not None
    new = carried(damaged)
    assert rows(new) == 2 * NUMBER - 8
    assert rows(new, "key IN ('007', '008', '009', '010')") == 0


def test_sources_are_asked_for_everything_again(damaged):
    from planner.store import SourceState
    from spiders.items import Validators

    with Store(damaged) as store, store.transaction():
        known = Validators(etag="a", digest="b")
        later = NOW + timedelta(days=1)
        store.put_source(SourceState(id="club", address="x", tried=NOW, good=NOW, outcome="read", known=known))
        store.put_source(
            SourceState(id="hall", address="y", tried=NOW, good=NOW, outcome="failed", failures=3, not_before=later)
        )
    with damaged.open("r+b") as file:
        file.write(bytes(100))
    with Store(carried(damaged)) as store:
        states = store.sources()
    assert states["club"].known == Validators()
    assert states["club"].good is None
    assert (states["hall"].failures, states["hall"].good, states["hall"].not_before) == (3, NOW, later)


def test_a_store_of_an_older_program_is_read_too(tmp_path):
    from planner.store.schema import MIGRATIONS
    from planner.store.values import body_of, seconds

    old = tmp_path / "old.db"
    with closing(sqlite3.connect(old)) as database:
        for step in MIGRATIONS[:5]:
            database.executescript(step)
        database.execute("PRAGMA user_version = 5")
        at = seconds(NOW)
        database.execute(
            "INSERT INTO records (source, key, start, body, first_seen, last_seen, changed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            ("club", "a", seconds(full_event().start), body_of(full_event()), at, at, at),
        )
        database.commit()
    with old.open("r+b") as file:
        file.seek(60)
        file.write(b"\xff\xff\xff\xff")
    assert rows(carried(old)) == 1


class Circle:
    """A table whose pages lead back to its beginning."""

    def execute(self, query: str, values: tuple[int]):
        forward = "ASC" in query
        there = [(number, str(number)) for number in ((1, 2, 3) if forward else (3, 2, 1))]
        return itertools.cycle([row for row in there if (row[0] > values[0]) is forward])


def test_pages_that_lead_in_a_circle_are_read_once():
    assert list(salvage_module._rows(Circle(), "records", ["body"])) == [("1",), ("2",), ("3",)]
