"""Room for answers: as many come at once as fit into the memory of one process."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack

from spiders import room as room_module
from spiders.room import AT_FIRST, AT_LEAST, ROOM, Room


async def let_come(room: Room, wanted: int) -> int:
    """How many of ``wanted`` answers may be under way together; all are over afterwards."""
    came = 0
    over = asyncio.Event()

    async def one() -> None:
        nonlocal came
        async with room.for_one():
            came += 1
            await over.wait()

    tasks = [asyncio.create_task(one()) for _ in range(wanted)]
    await asyncio.sleep(0.01)
    together = came
    over.set()
    await asyncio.wait_for(asyncio.gather(*tasks), 30)
    assert came == wanted, "nobody waits for ever"
    return together


def learnt(size: int) -> Room:
    room = Room(lambda: 0)
    for _ in range(200):
        room.learn(size)
    return room


def test_at_first_as_many_as_before_then_as_many_as_fit(monkeypatch):
    monkeypatch.setattr(room_module, "PAUSE", 0.001)
    assert asyncio.run(let_come(Room(lambda: 0), 300)) == ROOM // AT_FIRST == 16
    assert asyncio.run(let_come(learnt(20_000), 1_000)) == 1_000
    assert asyncio.run(let_come(learnt(9_000_000), 12)) == 3
    assert learnt(0).likely == AT_LEAST


def test_what_waits_to_be_read_takes_room(monkeypatch):
    monkeypatch.setattr(room_module, "PAUSE", 0.001)
    waiting = ROOM

    async def scenario() -> bool:
        nonlocal waiting
        room = Room(lambda: waiting)
        task = asyncio.create_task(AsyncExitStack().enter_async_context(room.for_one()))
        await asyncio.sleep(0.02)
        had_to_wait = not task.done()
        waiting = 0
        await asyncio.wait_for(task, 30)
        return had_to_wait

    assert asyncio.run(scenario())


def test_one_that_is_larger_than_all_room_comes_alone(monkeypatch):
    monkeypatch.setattr(room_module, "PAUSE", 0.001)
    assert asyncio.run(let_come(learnt(10 * ROOM), 3)) == 1
