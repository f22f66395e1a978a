"""A code on the terminal holds the very modules of the address, dark on light, and only where it fits."""

from __future__ import annotations

import re

import pytest
import segno

from planner.cli._qr import QUIET, qr_lines

ADDRESS = "http://192.0.2.7:8765/" + "k" * 32 + "/subscribe"
HALVES = {"█": (1, 1), "▀": (1, 0), "▄": (0, 1), " ": (0, 0)}
PAINTED = re.compile("\x1b\\[30;107m([█▀▄ ]+)\x1b\\[0m")


def modules(lines):
    """Rows of modules (1 is dark) that lines of a terminal show."""
    rows = []
    for line in lines:
        painted = PAINTED.fullmatch(line)
        assert painted is not None
        rows += [[HALVES[sign][half] for sign in painted[1]] for half in (0, 1)]
    return rows


@pytest.mark.parametrize("address", [ADDRESS, "https://cal.example/x", "http://[2001:db8::7]:8765/" + "k" * 60])
def test_the_lines_are_the_code(monkeypatch, address):
    monkeypatch.setenv("COLUMNS", "100")
    code = [list(row) for row in segno.make(address, micro=False).matrix_iter(border=QUIET)]
    assert modules(qr_lines(address))[: len(code)] == code


def test_where_the_terminal_is_too_narrow_there_is_none(monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    assert qr_lines(ADDRESS) == []
