"""People that are made up: any that a file may hold, and commands about them as they are typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from planner.people.person import Favour, Meeting, Person, Promise
from tests.support.cli import CALENDAR, run

AFTER = "2026-11-27T10:00:00+08:00"
CLUB = CALENDAR.replace(
    "SUMMARY:样板头马", "ORGANIZER;CN=Sample speakers:mailto:post@speakers.example\r\nSUMMARY:样板头马"
)


def ran(folder: Path, *arguments: str, stdin: str = "", now: str = AFTER) -> str:
    told = run(folder, *arguments, "--now", now, stdin=stdin)
    assert told.returncode == 0, told.stderr
    return told.stdout + told.stderr


NAMES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn", "Co")), min_size=1, max_size=20).filter(
    str.strip
)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
TEXTS = NAMES.map(lambda text: " ".join(text.split())).filter(bool)
PEOPLE = st.builds(
    Person,
    name=TEXTS,
    role=st.sampled_from([None, "client", "peer"]),
    content=st.booleans(),
    cares=st.lists(TEXTS, max_size=2).map(tuple),
    notes=st.lists(TEXTS, max_size=2).map(tuple),
    contact=st.none() | DAYS,
    met=st.lists(st.builds(Meeting, on=DAYS, at=st.none() | TEXTS, circle=st.none() | TEXTS), max_size=2).map(tuple),
    favours=st.lists(
        st.builds(
            Favour, on=DAYS, way=st.sampled_from(["asked", "received", "given"]), what=TEXTS,
            kind=st.sampled_from([None, "hands"]), state=st.sampled_from(["open", "done"]),
        ),
        max_size=2,
    ).map(tuple),
    promises=st.lists(
        st.builds(Promise, what=TEXTS, by=st.none() | DAYS, is_kept=st.booleans()), max_size=1
    ).map(tuple),
)  # fmt: skip
