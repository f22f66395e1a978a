"""What became of an event is said before its title, once."""

from __future__ import annotations

import pytest

from planner.i18n.catalog import Catalog
from planner.render.cards import marked_title
from tests.support.events import make_event


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("海泉桌游夜", "【取消】海泉桌游夜"),
        ("【取消】海泉桌游夜", "【取消】海泉桌游夜"),
        ("Cancelled: Harbour Chess Night", "Cancelled: Harbour Chess Night"),
        ("客户说取消合作怎么办：沙龙", "【取消】客户说取消合作怎么办：沙龙"),
    ],
)
def test_a_mark_is_written_once(title, shown):
    assert marked_title(make_event(title, status="cancelled"), Catalog("zh")) == shown
