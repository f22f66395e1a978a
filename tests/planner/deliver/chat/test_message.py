"""What the message to team chats says, and how it is shortened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.deliver.chat.message import Message, body, compose
from planner.i18n.catalog import Catalog
from tests.support.chats import HOSTILE, card, view

EN = Catalog("en")


# Apprise looks whether this Python still has a module that is going away.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")


def test_a_line_for_each_pick_its_link_and_what_changed():
    message = compose(view(card("Book club"), changes=("Moved: Salon",)), "2026-W48", EN)
    assert message.title == "Quanzi 23–29 Nov: 1 picks"
    assert body(message, 10_000, EN).splitlines() == [
        "Tue 24 Nov 19:30–21:30 Book club (Sample Hall)",
        "https://club.example/a",
        "Changed:",
        "Moved: Salon",
    ]


def test_an_empty_week_says_what_to_do_instead():
    message = compose(view(initiative="Call a friend."), "2026-W48", EN)
    assert body(message, 10_000, EN) == "Call a friend."


def test_signs_that_chats_act_upon_lose_their_power():
    hostile = view(card(HOSTILE, place=HOSTILE, link="https://evil.example/@everyone[x](y)*"), changes=(HOSTILE,))
    text = body(compose(hostile, "2026-W48", EN), 10_000, EN)
    assert not set("<>@[]`") & set(text)
    assert "https://evil.example/%40everyone%5Bx%5D%28y%29%2A" in text
    assert "＠all" in text


@given(
    st.integers(0, 4000),
    st.lists(st.text(min_size=1, max_size=80), max_size=8),
    st.lists(st.text(min_size=1, max_size=80), max_size=8),
)
def test_a_message_never_exceeds_and_is_shortened_at_whole_picks(most, picks, changes):
    message = Message(week="2026-W48", title="t", picks=tuple(picks), changes=tuple(changes))
    text = body(message, most, EN)
    assert len(text.encode()) <= most
    whole = body(message, 10**6, EN)
    if len(whole.encode()) <= most:
        assert text == whole
    elif len(EN("notify.more", count=99)) <= most:
        left_out = text.rpartition("\n")[2]
        kept = next(n for n in range(len(picks), -1, -1) if text.startswith("\n".join(picks[:n])))
        told = [n for n in range(17) if left_out == EN("notify.more", count=n)]
        assert told
        assert told[0] >= len(picks) - kept
