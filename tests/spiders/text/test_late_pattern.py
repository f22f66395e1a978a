"""A pattern that is compiled late finds what one finds that was compiled at once."""

from __future__ import annotations

import re

import pytest

from spiders.text.late_pattern import LatePattern


def test_it_finds_the_same():
    late, now = LatePattern(r"(?P<name>[a-z])\d", re.IGNORECASE), re.compile(r"(?P<name>[a-z])\d", re.IGNORECASE)
    for text in ("", "a1", "xA1b2", "1a"):
        assert [each.span() for each in late.finditer(text)] == [each.span() for each in now.finditer(text)]
        assert [each.span() for each in late.finditer(text, 2)] == [each.span() for each in now.finditer(text, 2)]
        assert late.sub("-", text) == now.sub("-", text)
        assert late.findall(text) == now.findall(text)
        assert late.split(text, 1) == now.split(text, 1)
        for name in ("match", "search", "fullmatch"):
            found, wanted = getattr(late, name)(text), getattr(now, name)(text)
            assert (found and found.span()) == (wanted and wanted.span())


def test_it_is_compiled_once_and_not_before_it_is_used(monkeypatch):
    compiled = []
    compile_now = re.compile
    with monkeypatch.context() as patch:
        patch.setattr("re.compile", lambda *known: compiled.append(known) or compile_now(*known))
        late = LatePattern("late pattern of this test")
        assert not compiled
        assert late.search("late pattern of this test")
        assert late.search("nothing") is None
    assert len(compiled) == 1


def test_a_wrong_one_is_told_where_it_is_used():
    late = LatePattern("(")
    with pytest.raises(re.error):
        late.search("")
