"""An address as a QR code on a terminal, for the camera of a phone."""

from __future__ import annotations

import shutil

import segno

QUIET = 4  # modules of margin (ISO/IEC 18004:2015, 6.3.8)
_HALVES = {(True, True): "█", (True, False): "▀", (False, True): "▄", (False, False): " "}
_BLACK_ON_WHITE, _AS_BEFORE = (
    "\x1b[30;107m",
    "\x1b[0m",
)  # whatever the terminal's colours: cameras want it dark on light


def qr_lines(address: str) -> list[str]:
    """The lines of a code, two modules a line and one a column, in colours of their own; none where the terminal is
    too narrow for it."""
    rows = [[bool(module) for module in row] for row in segno.make(address, micro=False).matrix_iter(border=QUIET)]
    if len(rows[0]) > shutil.get_terminal_size().columns:
        return []
    if len(rows) % 2:
        rows.append([False] * len(rows[0]))
    return [
        _BLACK_ON_WHITE + "".join(_HALVES[pair] for pair in zip(upper, lower, strict=True)) + _AS_BEFORE
        for upper, lower in zip(rows[::2], rows[1::2], strict=True)
    ]
