"""From lines to entries: which lines carry the date of an entry, and which lines belong to the same entry.

The tree decides where it can: an entry is the largest element that holds one date. Where entries lie flat beside each
other (a date, a place, the next date), the lines between two dates belong to the first, unless a heading begins the
next.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

from spiders.readers.listing.blocks import Block
from spiders.readers.listing.dates import Mentioned
from spiders.readers.listing.vocabulary import pattern

_MAX_BLOCKS = 30  # in one entry
_LONGEST_LEAD, _BOLD = 4, 7
_LONGEST_DATED = 220  # characters of a line that an entry begins with; more is prose


@dataclass(slots=True)
class Line:
    """A block with what it says about time, and the headings above it (nearest last)."""

    block: Block
    parsed: Mentioned
    headings: tuple[Block, ...]
    year: int | None


@dataclass(slots=True)
class Item:
    """One entry: the line that dates it, and all its lines in order."""

    anchor: Line
    lines: list[Line] = field(default_factory=list)


def is_anchor(line: Line) -> bool:
    """Whether a line dates an entry: a date that is no posting date, in a line that is no prose."""
    text = line.block.text
    if line.block.aside or not line.parsed.dated or len(text) > _LONGEST_DATED or pattern("end_label").match(text):
        return False
    if line.parsed.dated[0].all_day and pattern("telling").search(pattern("replaced").sub(" ", text)):
        return False
    return not pattern("other_dates").search(text)


def tells_end_alone(line: Line) -> bool:
    """Whether a line dates an entry by its last day alone ("展至 10月29日"): when it begins stands elsewhere."""
    text = line.block.text
    return (
        not line.block.aside
        and len(line.parsed.dated) == 1
        and len(text) <= _LONGEST_DATED
        and pattern("end_alone").match(text) is not None
    )


def items_of(lines: list[Line], begins: Callable[[Line], bool] = is_anchor) -> list[Item]:
    """The entries of a page, in order, each around the one line that ``begins`` knows."""
    anchors = _real_anchors(lines, [index for index, line in enumerate(lines) if begins(line)])
    counts: Counter[int] = Counter()
    for index in anchors:
        counts.update(lines[index].block.path)
    sizes: Counter[int] = Counter()
    for line in lines:
        sizes.update(line.block.path)
    taken: set[int] = set()
    items: list[Item] = []
    leads = _leads(lines, anchors)
    for place, index in enumerate(anchors):
        path = lines[index].block.path
        holder = next((step for step in path if counts[step] == 1 and sizes[step] <= _MAX_BLOCKS), None)
        if holder is not None and sizes[holder] > 1:
            inside = [n for n in range(max(0, index - _MAX_BLOCKS), min(len(lines), index + _MAX_BLOCKS))
                      if holder in lines[n].block.path]  # fmt: skip
        else:
            inside = _flat(lines, anchors, place, leads.get(path[:-1], 0))
        own = [n for n in inside if n not in taken]
        taken.update(own)
        items.append(Item(lines[index], [lines[n] for n in own]))
    _cut_at_foreign_headings(items)
    return items


def _cut_at_foreign_headings(items: list[Item]) -> None:
    """A heading behind the date of one entry, where most entries have none, begins something else."""
    behind: dict[int, int] = {}
    for number, item in enumerate(items):
        at = item.lines.index(item.anchor)
        found = next((n for n in range(at + 1, len(item.lines)) if item.lines[n].block.level), None)
        if found is not None:
            behind[number] = found
    if len(items) >= 3 and 2 * len(behind) < len(items):
        for number, found in behind.items():
            del items[number].lines[found:]


def _real_anchors(lines: list[Line], anchors: list[int]) -> list[int]:
    """Without dates that are not an entry's own: a posting date beside "时间：", an end after a start."""
    labelled = [index for index in anchors if pattern("time_label").match(lines[index].block.text)]
    if not labelled:
        return anchors
    holders: set[int] = set()
    counts: Counter[int] = Counter()
    for index in labelled:
        counts.update(lines[index].block.path)
    for index in labelled:
        # The entry is the largest element with one labelled date; what else is dated in it is something else.
        holders.update(step for step in lines[index].block.path if counts[step] == 1)
    known = set(labelled)
    outside = [i for i in anchors if i not in known and not holders & set(lines[i].block.path)]
    # Among labelled entries a date without a label is one only if it has its hour beside it.
    return sorted(labelled + [i for i in outside if len(labelled) < 2 or not lines[i].parsed.dated[0].all_day])


def _leads(lines: list[Line], anchors: list[int]) -> dict[tuple[int, ...], int]:
    """How many lines before its date each entry begins, by the element in which entries lie flat: where a bold line
    stands there above every date, and none where one more entry would begin. What is bold behind dates alone is left
    out, and so is what may be either."""
    siblings: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for index in anchors:
        siblings[lines[index].block.path[:-1]].append(index)
    found: dict[tuple[int, ...], int] = {}
    for holder, dated in siblings.items():
        gaps = sorted(later - earlier for earlier, later in pairwise(dated))
        for lead in range(1, min([_LONGEST_LEAD, *(gap - 1 for gap in gaps)]) + 1 if gaps else 1):
            if all(_is_bold(lines, index - lead, holder) for index in dated):
                if not _is_bold(lines, dated[-1] + gaps[len(gaps) // 2] - lead, holder):
                    found[holder] = lead
                break
    return found


def _is_bold(lines: list[Line], n: int, holder: tuple[int, ...]) -> bool:
    return 0 <= n < len(lines) and lines[n].block.level == _BOLD and lines[n].block.path[:-1] == holder


def _flat(lines: list[Line], anchors: list[int], place: int, lead: int) -> list[int]:
    """Lines of an entry among flat siblings: from its heading, or its own line, to the next entry's beginning.
    ``lead``: so many lines before its date each of them begins, where that is known."""
    index = anchors[place]
    before = anchors[place - 1] if place else -1
    after = anchors[place + 1] - lead if place + 1 < len(anchors) else len(lines)
    depth = lines[index].block.path[:-1]
    begin = index - lead if lead else _begin(lines, index, before, after)
    end = index + 1
    # What stands behind an entry belongs to it only as far as entries usually have lines of their own.
    gaps = sorted(later - earlier for earlier, later in pairwise(anchors))
    usual = gaps[len(gaps) // 2] if len(gaps) > 1 else _MAX_BLOCKS
    while end < min(after, index + usual - lead):
        block = lines[end].block
        if block.aside or 0 < block.level <= 6 or block.path[: len(depth) - 1] != depth[:-1]:
            break
        end += 1
    return list(range(begin, end))


def _begin(lines: list[Line], index: int, before: int, after: int) -> int:
    """Where an entry begins by the headings right above its date; those above the first date are that entry's where the
    next one has its own there too."""
    begin, depth = index, lines[index].block.path[:-1]
    headed = index + 1 < after < len(lines) and lines[after - 1].block.level > 0
    for n in range(index - 1, max(before, index - 5), -1):
        block = lines[n].block
        if (
            block.aside
            or block.path[: len(depth) - 1] != depth[:-1]
            or not _is_own_heading(lines, n, before, headed=headed)
        ):
            break
        begin = n
        if 0 < block.level <= 6:
            break
    return begin


def _is_own_heading(lines: list[Line], n: int, before: int, *, headed: bool) -> bool:
    """A heading right above one date is that entry's; above a whole list it is the list's."""
    block = lines[n].block
    if block.level == 0 or before < 0:
        return block.level > 0 and before < 0 and headed and not pattern("schedule").search(block.text)
    return True
