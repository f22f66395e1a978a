"""Reading order: which lines are one block, which rows are a table, and what is read after what.

Blocks are lines of one size that stand close below each other. Pictures are cut where the widest room runs through from
side to side or from top to bottom (a recursive X-Y cut, G. Nagy and S. Seth, 1984): columns of prose are read one after
the other, rows of a table from left to right, vertical lines from right to left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from spiders.readers.picture.layout_pieces import (
    Piece,
    around,
    columns_overlap,
    gap_below,
    gap_beside,
    joined,
    rows_overlap,
)
from spiders.readers.picture.layout_times import in_rows, is_label, parts_of
from spiders.readers.picture.seen import Box

_ALIKE = 1.5  # heights of lines of one block differ by no more
_CLOSE = 0.9  # heights between lines of one block
_WORDS = 1.2  # heights between words of one line
_ROWS = 2  # of a table
_COLUMNS, _OF_A_COLUMN = 1.0, 4  # heights between columns, and lines in each
_MOST_STRIPS, _MOST_BLOCKS = 24, 150  # a page with more is read from the top down
_HEAD = 28  # characters of the first cell of a row


@dataclass(frozen=True)
class Block:
    """Lines that belong together, in the order in which they are read. ``table``: rows of cells."""

    pieces: tuple[Piece, ...]
    table: bool = False

    @cached_property
    def box(self) -> Box:
        return around(piece.box for piece in self.pieces)

    @cached_property
    def height(self) -> float:
        return sorted(piece.height for piece in self.pieces)[len(self.pieces) // 2]


def in_order(pieces: Sequence[Piece]) -> list[Block]:
    """All blocks of a picture in reading order."""
    upright = [piece for piece in pieces if piece.vertical]
    flat = _with_words_joined([piece for piece in pieces if not piece.vertical])
    tables = _tables(flat)
    taken = {id(piece) for table in tables for row in table for piece in row}
    blocks = [Block(_of_rows(table), table=True) for table in tables]
    blocks += [Block(tuple(group)) for group in _groups([piece for piece in flat if id(piece) not in taken])]
    blocks += [Block(tuple(sorted(group, key=lambda one: (-one.middle, one.box.top)))) for group in _columns(upright)]
    return _cut(blocks)


def _with_words_joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Words of one line that were seen apart, as one piece."""
    kept: list[Piece] = []
    for piece in in_rows(pieces):
        before = kept[-1] if kept else None
        if before is not None and _is_one_line(before, piece):
            whole = joined((before, piece), " ")
            kept[-1] = replace(whole, parts=parts_of(whole.text))
        else:
            kept.append(piece)
    return kept


def _is_one_line(before: Piece, piece: Piece) -> bool:
    alike = max(before.height, piece.height) <= _ALIKE * min(before.height, piece.height)
    level = rows_overlap(before.box, piece.box) >= 0.6
    room = _WORDS if bool(before.parts) is bool(piece.parts) else _WORDS / 3  # a time beside a title is no word of it
    near = -0.5 * piece.height <= piece.box.left - before.box.right <= room * min(before.height, piece.height)
    single = all(one.box.height <= 1.45 * one.height for one in (before, piece))  # no time of several lines
    return alike and level and near and single and not (before.parts and piece.parts) and not is_label(before.text)


def _groups(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Lines that stand close below each other, of one size and aligned, each group from top to bottom."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.box.top, one.box.left)):
        home = [group for group in groups if _goes_on(group[-1], piece, pieces)]
        if home:
            nearest = min(
                home, key=lambda group: (gap_below(group[-1].box, piece.box), abs(group[-1].middle - piece.middle))
            )
            nearest.append(piece)
        else:
            groups.append([piece])
    return groups


def _goes_on(above: Piece, below: Piece, pieces: Sequence[Piece]) -> bool:
    small, large = sorted((above.height, below.height))
    if large > _ALIKE * small or below.box.top - above.box.bottom > _CLOSE * small:
        return False
    if below.centre <= above.centre or columns_overlap(above.box, below.box) < 0.5:
        return False
    aligned = min(
        abs(above.box.left - below.box.left), abs(above.box.right - below.box.right), abs(above.middle - below.middle)
    )
    return aligned <= 1.2 * large or columns_overlap(above.box, below.box) > 0.95


def _columns(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Vertical lines that stand close side by side."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.middle):
        home = next(
            (
                group
                for group in groups
                if gap_beside(group[-1].box, piece.box) <= 1.5 * max(group[-1].height, piece.height)
                and rows_overlap(group[-1].box, piece.box) > 0.2
            ),
            None,
        )
        if home is None:
            groups.append([piece])
        else:
            home.append(piece)
    return groups


# -- tables ----------------------------------------------------------------------------------------------------------


def _tables(pieces: Sequence[Piece]) -> list[list[list[Piece]]]:
    """Columns of times, or of labels, each with cells beside it: rows that begin with their time or label."""
    kinds = [(piece, kind) for piece in pieces if (kind := _kind_of_head(piece))]
    found: list[list[list[Piece]]] = []
    taken: set[int] = set()
    tried: set[int] = set()
    for piece, kind in kinds:
        if id(piece) in tried:
            continue
        column = [
            other
            for other, own in kinds
            if own == kind and id(other) not in taken and abs(other.box.left - piece.box.left) <= 1.5 * piece.height
        ]
        column.sort(key=lambda one: one.centre)
        tried.update(id(other) for other in column)
        free = [other for other in pieces if id(other) not in taken]
        rows = _rows_of(column, free, kind) if id(piece) not in taken and len(column) >= _ROWS else []
        if rows:
            found.append(rows)
            taken.update(id(cell) for row in rows for cell in row)
    return found


def _kind_of_head(piece: Piece) -> str:
    """Whether a piece may be the first cell of a row: "time", "label", or "" for neither."""
    if is_label(piece.text):
        return "label"
    return "time" if len(piece.text) <= _HEAD and (piece.parts or parts_of(piece.text)) else ""


def _rows_of(heads: Sequence[Piece], pieces: Sequence[Piece], kind: str) -> list[list[Piece]]:
    """The rows of a table under ``heads``; none where a head has no cell beside it, or other words stand below it."""
    left = max(head.box.right for head in heads) - 0.5 * heads[0].height
    height = heads[0].height
    known = {id(head) for head in heads}
    if any(_interrupts(piece, heads) for piece in pieces if id(piece) not in known):
        return []
    beside = [
        piece
        for piece in pieces
        if piece.box.left >= left and heads[0].box.top - height <= piece.centre <= heads[-1].box.bottom + 1.5 * height
    ]
    if not beside:
        return []
    first = min(piece.box.left for piece in beside)
    cells = in_rows([piece for piece in beside if piece.height <= 2 * height])
    middle = any(piece.centre < heads[0].centre - 0.6 * height for piece in cells)  # heads stand midway of their rows
    rows: list[list[Piece]] = [[head] for head in heads]
    for cell in cells:
        distances = [abs(cell.centre - head.centre) for head in heads]
        above = [at for at, head in enumerate(heads) if head.box.top - 0.5 * height <= cell.centre]
        at = distances.index(min(distances)) if middle or not above else above[-1]
        rows[at].append(cell)
    for row in rows:
        near = [cell for cell in row[1:] if abs(cell.centre - row[0].centre) <= 1.5 * height]
        if not near or (kind == "label" and any(is_label(cell.text) for cell in near)):
            return []
        if (kind == "time" and any(cell.parts for cell in near)) or near[0].box.left > first + 4 * height:
            return []
    return rows


def _interrupts(piece: Piece, heads: Sequence[Piece]) -> bool:
    """Whether other words stand in the column of the heads, between them."""
    column = around(head.box for head in heads)
    inside = heads[0].centre < piece.centre < heads[-1].centre
    return inside and min(piece.box.right, column.right) - max(piece.box.left, column.left) > 0.5 * piece.height


def _of_rows(table: Sequence[Sequence[Piece]]) -> tuple[Piece, ...]:
    """The lines of a table: a time and its cell are one line; a label and its value stand one below the other."""
    lines: list[Piece] = []
    for row in table:
        head, *rest = row
        if is_label(head.text):
            lines += [head, *rest]
            continue
        cells = [piece for piece in rest if rows_overlap(piece.box, rest[0].box) >= 0.5]
        lines.append(joined((head, *cells), "\t"))
        lines += [piece for piece in rest if piece not in cells]
    return tuple(lines)


# -- cuts ------------------------------------------------------------------------------------------------------------


def _cut(blocks: list[Block]) -> list[Block]:
    """Blocks in order, cut again and again where the room between them is widest in terms of their lines."""
    if len(blocks) < 2:
        return blocks
    if len(blocks) > _MOST_BLOCKS:
        return sorted(blocks, key=lambda block: (block.box.top, block.box.left))
    if (columns := _columns_within(blocks)) is not None:
        return columns
    down = _widest([(block.box.top, block.box.bottom, block) for block in blocks])
    across = _widest([(block.box.left, block.box.right, block) for block in blocks])
    if down is None and across is None:
        return sorted(blocks, key=lambda block: (block.box.top, block.box.left))
    if down is None or (across is not None and across[0] > down[0]):
        assert across is not None
        upright = all(piece.vertical for block in across[2] for piece in block.pieces)
        return [*_cut(across[2]), *_cut(across[1])] if upright else [*_cut(across[1]), *_cut(across[2])]
    return [*_cut(down[1]), *_cut(down[2])]


def _columns_within(blocks: list[Block]) -> list[Block] | None:
    """The blocks in order where columns stand among them, above or below what runs through the whole width."""
    strips = _strips(blocks)
    if len(strips) > _MOST_STRIPS:
        return None
    ranges = sorted(
        ((first, last) for first in range(len(strips)) for last in range(first + 1, len(strips) + 1)),
        key=lambda span: span[0] - span[1],
    )
    for first, last in ranges:
        inside = [block for strip in strips[first:last] for block in strip]
        across = _widest([(block.box.left, block.box.right, block) for block in inside])
        if across is not None and _are_columns(across):
            above = [block for strip in strips[:first] for block in strip]
            below = [block for strip in strips[last:] for block in strip]
            return [*_cut(above), *_cut(across[1]), *_cut(across[2]), *_cut(below)]
    return None


def _strips(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks in strips from top to bottom, between which room runs through from side to side."""
    strips: list[list[Block]] = []
    reached = 0.0
    for block in sorted(blocks, key=lambda one: one.box.top):
        if strips and block.box.top < reached:
            strips[-1].append(block)
        else:
            strips.append([block])
        reached = max(reached, block.box.bottom)
    return strips


def _are_columns(across: tuple[float, list[Block], list[Block]]) -> bool:
    """Whether what lies left and right of a room are columns: several lines each, from the same top to the same end."""
    room, left, right = across
    lines = min(sum(len(block.pieces) for block in side) for side in (left, right))
    boxes = [around(block.box for block in side) for side in (left, right)]
    longer = max(box.height for box in boxes)
    shared = min(box.bottom for box in boxes) - max(box.top for box in boxes)
    return room >= _COLUMNS and lines >= _OF_A_COLUMN and shared >= 0.7 * longer


def _widest(spans: Sequence[tuple[float, float, Block]]) -> tuple[float, list[Block], list[Block]] | None:
    """The widest room that runs through between blocks, in heights of the lines beside it, and what lies there."""
    ordered = sorted(spans, key=lambda span: (span[0], span[1]))
    best: tuple[float, int] | None = None
    reached = ordered[0][1]
    for number in range(1, len(ordered)):
        room = ordered[number][0] - reached
        height = min(ordered[number][2].height, ordered[number - 1][2].height)
        if room > -0.15 * height and (best is None or room / height > best[0]):
            best = (room / height, number)
        reached = max(reached, ordered[number][1])
    if best is None:
        return None
    return best[0], [block for _, _, block in ordered[: best[1]]], [block for _, _, block in ordered[best[1] :]]
