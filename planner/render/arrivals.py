"""What the user handed in, in words: what became of each thing, and why of some nothing."""

from __future__ import annotations

from collections.abc import Sequence

from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.text import one_line
from planner.types import Arrival, Asked
from spiders.reasons import Reason

LONGEST_TITLE, LONGEST_VALUE, MOST_TITLES, MOST_LINES = 60, 120, 5, 12


def lines(arrivals: Sequence[Arrival], words: Catalog) -> tuple[str, ...]:
    """What came, the latest last; of many the last ones, and how many more."""
    told = tuple(line(each, words) for each in arrivals[-MOST_LINES:])
    left_out = len(arrivals) - len(told)
    return (words("inbox.earlier", count=left_out), *told) if left_out else told


def line(arrival: Arrival, words: Catalog) -> str:
    """One line: its name, the events that it became, else why it became none."""
    told = [one_line(title, LONGEST_TITLE) for title in arrival.titles[:MOST_TITLES]]
    left_out = len(arrival.titles) - len(told)
    if left_out:
        told.append(words("inbox.more", count=left_out))
    became = words("digest.comma").join(told)
    name = one_line(arrival.name, LONGEST_TITLE)
    if not arrival.reasons:
        return words("inbox.kept", name=name, titles=became)
    why = reasons(arrival, words)
    return words("inbox.kept_but", name=name, titles=became, why=why) if became else words(
        "inbox.asked", name=name, why=why
    )  # fmt: skip


def body(arrival: Arrival, words: Catalog) -> dict[str, object]:
    """The same as JSON."""
    return {
        "name": arrival.name,
        "origin": arrival.origin,
        "at": arrival.at.isoformat(),
        "titles": list(arrival.titles),
        "reasons": [_in_words(each, words) for each in arrival.reasons],
    }


def reasons(arrival: Arrival, words: Catalog) -> str:
    """Why all or some of it was not kept."""
    return words("digest.join").join(dict.fromkeys(_in_words(each, words) for each in arrival.reasons))


def note(arrival: Arrival, file: str, words: Catalog) -> str | None:
    """The text that lies beside a file of which nothing was kept: why, and what to do; None where something was."""
    if arrival.titles:
        return None
    return words("inbox.note", name=file, why=reasons(arrival, words)) + "\n"


def _in_words(reason: Reason, words: Catalog) -> str:
    if reason.code not in set(Asked):
        return translate(reason, words.language) or ""
    return words(f"inbox.{reason.code}", **{name: one_line(str(value), LONGEST_VALUE) for name, value in reason.values})
