"""Clock words to minutes of a day: what 晚, pm or nothing at all means for each end of a range."""

from __future__ import annotations

from spiders.text.when.model import Clock, Hours

DAY = 24 * 60
_LONGEST = 16 * 60  # an end said to be later than this after its start was misread


def minutes(clock: Clock) -> int:
    """Minutes since midnight, by what stands at this clock itself; 1,440 and more is the next day."""
    hour = clock.hour
    if clock.half == "am":
        hour = hour % 12
    elif clock.half == "pm":
        hour = hour if hour >= 12 else hour + 12
    elif clock.part == "night":
        hour = 0 if hour == 12 else hour
    elif clock.part == "noon":
        hour = hour + 12 if hour <= 4 else hour
    elif clock.part in {"afternoon", "evening"}:
        hour = _later(hour, clock.part)
    return hour * 60 + clock.minute


def _later(hour: int, part: str) -> int:
    if hour == 12:
        return 24 if part == "evening" else 12
    if part == "evening" and hour <= 3:
        return hour + 24  # 晚上1点 is after midnight
    return hour + 12 if hour < 12 else hour


def is_bare(clock: Clock) -> bool:
    """Written on a twelve-hour face without a word of which half: ``2:00``, not ``02:00`` or ``14:00``."""
    return clock.half is None and clock.part is None and clock.hour <= 12 and not (clock.padded and clock.hour < 10)


def span(hours: Hours) -> tuple[int, int | None, bool]:
    """Start and end in minutes of the day, and whether the half of the day was guessed."""
    first, last = hours.first, hours.last
    start = minutes(first)
    guessed = first.guessed
    if is_bare(first) and last is not None and last.half == "pm" and first.hour < 12:
        end = minutes(last)
        if start + DAY // 2 < end:
            start += DAY // 2
    elif is_bare(first) and 1 <= first.hour <= 6 and (last is None or last.part is None or last.part == "afternoon"):
        # Nobody invites people to three o'clock in the night without saying so.
        start += DAY // 2
        guessed = True
    if last is None:
        return start, None, guessed
    end = minutes(last) + hours.next_day * DAY if hours.next_day else _end(start, last)
    if hours.next_day == 0 and (end <= start or end - start > _LONGEST):
        return start, None, guessed
    return start, end, guessed


def _end(start: int, last: Clock) -> int:
    end = minutes(last)
    if end > start and not (is_bare(last) and start >= DAY // 2):
        return end
    if is_bare(last) and last.hour <= 12 and end <= start and start < end + DAY // 2:
        return end + DAY // 2
    return end if end > start else end + DAY
