"""A lost store is read back from the published calendars, whatever language they were written in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.i18n.catalog import Catalog
from planner.identity.lifecycle import snapshot_of
from planner.identity.recovery import published_states
from planner.render.calendar import write
from spiders.items import Evidence
from tests.support.calendars import entry
from tests.support.events import NOW, SHANGHAI, make_event

EVENTS = [
    make_event("called off", uid="1", start=NOW, end=NOW + timedelta(hours=1), status="cancelled"),
    make_event("put off", uid="2", start=NOW, status="postponed"),
    make_event("perhaps", uid="3", start=NOW, status="tentative"),
    make_event("doubted", uid="4", start=NOW, evidence=Evidence(sure="doubtful")),
    make_event("[cancelled] is its name", uid="5", start=NOW, end=NOW + timedelta(hours=3)),
]


class ThirdLanguage(Catalog):
    """Words that no code of ours knows."""

    def __call__(self, key: str, /, **values: object) -> str:
        return f"<{key}> {values.get('title', '')}"


@pytest.mark.parametrize("words", [Catalog("zh"), Catalog("en"), ThirdLanguage("en")], ids=["zh", "en", "third"])
@pytest.mark.parametrize("said_by", ["title", "status"])
def test_states_are_read_back_from_properties_not_from_words(tmp_path, words, said_by):
    content = write("x", [entry(each, sequence=3) for each in EVENTS], "Asia/Shanghai", words, cancelled=said_by)
    (tmp_path / "plan.ics").write_bytes(content)
    states = published_states(tmp_path, SHANGHAI)
    assert {name: (state.snapshot, state.sequence) for name, state in states.items()} == {
        each.uid: (snapshot_of(each), 3) for each in EVENTS
    }
