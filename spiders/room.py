"""Room for answers: however many hosts are asked at once, what they send fits into the memory of one process.

How large an answer is nobody knows before it comes. So many are let come as there is room for, if they are as large as
the latest were; at first they are taken for large. What waits to be read takes room as well.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

MEBIBYTE = 1024 * 1024
ROOM, AT_FIRST, AT_LEAST = 32 * MEBIBYTE, 2 * MEBIBYTE, 16 * 1024
"""Of an answer there are several copies for a moment: its pieces, itself, what the reader is sent. ROOM for sixteen of
them AT_FIRST, as many as were asked at once when they were few; and for two thousand small ones."""
WEIGHT = 1 / 16
"""Of the newest answer, in what is thought of the next."""
PAUSE = 0.1


class Room:
    """``waiting`` says how many bytes of answers wait to be read, ``at_first`` how large the first answers may be."""

    def __init__(self, waiting: Callable[[], int], at_first: int = AT_FIRST) -> None:
        self._waiting = waiting
        self._under_way = 0
        self.likely = float(at_first)

    @asynccontextmanager
    async def for_one(self) -> AsyncIterator[None]:
        """Waits until there is room for one more, and keeps it. Where nothing else is there, one is always let come."""
        while (taken := self._under_way * self.likely + self._waiting()) and taken + self.likely > ROOM:
            await asyncio.sleep(PAUSE)
        self._under_way += 1
        try:
            yield
        finally:
            self._under_way -= 1

    def learn(self, size: int) -> None:
        """An answer had so many bytes."""
        self.likely = max(AT_LEAST, self.likely + WEIGHT * (size - self.likely))
