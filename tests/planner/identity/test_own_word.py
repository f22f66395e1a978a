"""The user's own word put over what sources say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from planner.identity.lifecycle import track_changes
from planner.identity.own_word import inherited_words, public_words, with_own_words
from planner.types import OWN, Merged, OwnWord, Record
from tests.support.events import make_event

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
EVENT = make_event("Salon", start=datetime(2026, 11, 27, 19, tzinfo=UTC))
RECORD = Record(source="club", key="a", event=EVENT, event_id="aaaa", first_seen=NOW, last_seen=NOW, changed=NOW)
MERGED = Merged(id="aaaa", event=EVENT, records=(RECORD,))
LATER = replace(EVENT, title="Dinner", start=datetime(2026, 11, 27, 20, tzinfo=UTC))


def test_only_what_was_named_follows_the_user():
    word = OwnWord(id="aaaa", at=NOW, fields=("time",), event=LATER)
    (each,) = with_own_words([MERGED], {"aaaa": word})
    assert (each.event.start, each.event.title) == (LATER.start, "Salon")
    assert each.event.evidence.doubts == ()
    assert with_own_words([MERGED], {}) == [MERGED]


def test_a_word_raises_the_sequence_once_and_is_told_as_the_users():
    (before,), _, _ = track_changes([MERGED], {}, NOW)
    word = OwnWord(id="aaaa", at=datetime(2026, 11, 21, tzinfo=UTC), fields=("title",), event=LATER)
    worded = with_own_words([MERGED], {"aaaa": word})
    (after,), written, changes = track_changes(worded, {"aaaa": before.state}, NOW)
    assert (after.state.sequence, [change.source for change in changes]) == (1, [OWN])
    assert track_changes(worded, {"aaaa": written[0]}, NOW)[1:] == ([], [])


def test_what_is_removed_is_called_off_whatever_sources_miss():
    word = OwnWord(id="aaaa", at=NOW, removed=True)
    (each,), _, _ = track_changes(with_own_words([MERGED], {"aaaa": word}), {}, NOW)
    assert each.merged.event.status == "cancelled"


def test_a_word_goes_with_its_event_into_the_one_that_it_was_joined_with():
    word = OwnWord(id="aaaa", at=NOW, removed=True)
    joined = replace(MERGED, id="bbbb")
    assert inherited_words([joined], {"aaaa": word}) == {"bbbb": replace(word, id="bbbb")}
    assert inherited_words([MERGED], {"aaaa": word}) == {}


def test_the_public_knows_the_time_alone():
    word = OwnWord(id="aaaa", at=NOW, fields=("title", "time", "place"), event=LATER)
    assert public_words(word).fields == ("time",)
    assert public_words(None) is None
