"""Which mistakes a configuration holds: a guess is a mistake if, mended, the text can be read further than before.

Signs that are surely mistyped are mended first, all at once. Then, as long as the parser stops, what may be wrong near
where it stopped is tried; then what may be wrong near values that the configuration refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planner.config.mistakes.draft import Draft, Edit
from planner.config.mistakes.indentation import dashes, moves
from planner.config.mistakes.mend import Mend
from planner.config.mistakes.outline import outline
from planner.config.mistakes.signs import CLOSING, OPENING, Sign
from planner.config.mistakes.structure import mends
from planner.config.tree import Location, NotYamlError, Place, Tree

MOST = 50
"""So many mistakes are looked for in one file."""
_LOOKED_BACK = 40
_Bundle = tuple[Mend, ...]
_Rank = tuple[int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How far a text can be read: the fault where the parser stopped, else the tree and what the configuration refuses
    in it, with the first and last line of each."""

    fault: NotYamlError | None
    tree: Tree | None = None
    refused: Mapping[tuple[str, Location], tuple[int, int]] = field(default_factory=dict)
    errors: Sequence[Any] = ()

    @property
    def rank(self) -> _Rank:
        """More is better."""
        if self.fault is not None:
            place = self.fault.place
            return (0, place.line, place.column, 0, 0) if place else (0, 0, 0, 0, 0)
        folded = self.tree.folded if self.tree else ()
        return 1, 0, 0, -len(self.refused), -len(folded)

    def betters(self, other: Verdict) -> bool:
        """Whether more can be read than by the other, and nothing is refused that was not."""
        if other.fault is None and not self.refused.keys() <= other.refused.keys():
            return False
        return self.rank > other.rank

    @property
    def is_fine(self) -> bool:
        return self.rank == (1, 0, 0, 0, 0)


@dataclass(slots=True)
class Found:
    """The mistakes in the order in which they were found, and the text without them. ``lost`` are lines that nobody
    could read and that were left out."""

    draft: Draft
    verdict: Verdict
    mistakes: list[tuple[Mend, Place]] = field(default_factory=list)
    lost: list[int] = field(default_factory=list)


def search(text: str, judge: Callable[[str], Verdict], is_known: Callable[[str], bool]) -> Found:
    """Mend what can be mended. ``judge`` reads a text; ``is_known`` tells whether a key of a name exists."""
    draft = Draft.of(text)
    seeker = _Seeker(Found(draft, judge(draft.text)), judge, is_known)
    seeker.mend_what_is_sure()
    while seeker.found.verdict.fault is not None and len(seeker.found.mistakes) < MOST:
        if not (seeker.mend_near(seeker.places_of_fault()) or seeker.leave_out()):
            return seeker.found
    while not seeker.found.verdict.is_fine and len(seeker.found.mistakes) < MOST:
        if not seeker.mend_near(seeker.places_of_refusals(), first=True):
            break
    return seeker.found


class _Seeker:
    """The text as far as it is mended, and the next step."""

    def __init__(self, found: Found, judge: Callable[[str], Verdict], is_known: Callable[[str], bool]) -> None:
        self.found, self.judge, self.is_known = found, judge, is_known
        self.lines = outline(found.draft.lines, is_known)

    def mend_what_is_sure(self) -> None:
        sure = [_of_sign(sign) for line in self.lines for sign in line.signs if sign.sure]
        if not sure:
            return
        draft, verdict = self._tried(sure)
        if verdict.rank >= self.found.verdict.rank:
            self._keep(sure, draft, verdict)

    def places_of_fault(self) -> list[int]:
        """Lines that may have stopped the parser, the likeliest first."""
        fault = self.found.verdict.fault
        assert fault is not None
        last = len(self.lines) - 1
        if fault.place is None:
            return list(range(last + 1))
        line = min(fault.place.line - 1, last)
        near = [line, *([fault.begun.line - 1] if fault.begun else [])]
        above = [number for number in range(line - 1, -1, -1) if self.lines[number].role != "blank"]
        return list(dict.fromkeys([*near, *above[:_LOOKED_BACK]]))

    def places_of_refusals(self) -> list[int]:
        verdict = self.found.verdict
        spans = [*verdict.refused.values(), *(verdict.tree.folded if verdict.tree else ())]
        return list(dict.fromkeys(number - 1 for first, last in sorted(spans) for number in range(first, last + 1)))

    def mend_near(self, places: Iterable[int], *, first: bool = False) -> bool:
        """Mend the best guess at the first lines that have any; whether there is one."""
        before = self.found.verdict
        for group in _groups(places, 1 if first else 3):
            best: tuple[_Rank, _Bundle, Draft, Verdict] | None = None
            for bundle in self._guesses(group):
                draft, verdict = self._tried(bundle)
                if verdict.betters(before) and (best is None or verdict.rank > best[0]):
                    best = verdict.rank, bundle, draft, verdict
            if best is not None:
                self._keep(*self._needed(best[1], best[2], best[3]))
                return True
        return False

    def _guesses(self, numbers: Iterable[int]) -> Iterator[_Bundle]:
        for number in numbers:
            line = self.lines[number]
            yield from _sign_bundles(line.signs)
            for mend in mends(line, self.lines, self.is_known):
                yield (mend,)
            if self.found.verdict.fault is not None:
                for mend in moves(line, self.lines):
                    yield (mend,)
            for mend in dashes(line, self.lines):
                yield (mend,)

    def leave_out(self) -> bool:
        """Go on without the line where the parser stopped; whether that helps."""
        fault = self.found.verdict.fault
        assert fault is not None
        if fault.place is None or fault.place.line > len(self.lines):
            return False
        line = self.lines[fault.place.line - 1]
        edit = Edit(line.number, 0, len(line.text), "")
        unread = Mend(
            kind="unread",
            line=line.number,
            column=fault.place.column - 1,
            edits=(edit,),
            values={"problem": fault.problem},
        )
        draft, verdict = self._tried((unread,))
        if verdict.rank <= self.found.verdict.rank:
            return False
        self._keep((unread,), draft, verdict)
        self.found.lost.append(line.number + 1)
        return True

    def _tried(self, bundle: Sequence[Mend]) -> tuple[Draft, Verdict]:
        draft = self.found.draft.edited(edit for mend in bundle for edit in mend.edits)
        return draft, self.judge(draft.text)

    def _needed(self, bundle: _Bundle, draft: Draft, verdict: Verdict) -> tuple[_Bundle, Draft, Verdict]:
        """Without those mends that nothing depends on: what is understood as it is written is no mistake."""
        for mend in bundle if len(bundle) > 1 else ():
            fewer = tuple(each for each in bundle if each is not mend)
            tried, judged = self._tried(fewer) if fewer else (draft, self.found.verdict)
            if judged.rank >= verdict.rank:
                bundle, draft, verdict = fewer, tried, judged
        return bundle, draft, verdict

    def _keep(self, bundle: Sequence[Mend], draft: Draft, verdict: Verdict) -> None:
        before = self.found.draft
        self.found.mistakes += [(mend, before.place(mend.line, mend.column)) for mend in _told(bundle)]
        self.found.draft, self.found.verdict = draft, verdict
        self.lines = outline(draft.lines, self.is_known)


def _told(bundle: Sequence[Mend]) -> Iterator[Mend]:
    """One mend for each mistake: a pair of brackets, and blanks side by side, are one."""
    opened = {mend.line for mend in bundle if mend.values.get("found") in OPENING}
    last: Mend | None = None
    for mend in bundle:
        found = mend.values.get("found")
        beside = last is not None and (last.kind, last.line, last.column + 1) == (mend.kind, mend.line, mend.column)
        last = mend
        if not (found in CLOSING and mend.line in opened) and not (mend.kind == "blank" and beside):
            yield mend


def _groups(places: Iterable[int], size: int) -> Iterator[list[int]]:
    """The first ``size`` together, then one by one."""
    numbers = list(places)
    yield numbers[:size]
    yield from ([number] for number in numbers[size:])


def _sign_bundles(signs: Sequence[Sign]) -> Iterator[_Bundle]:
    """The mistyped signs of a line: all of them, then those of one kind, then one by one."""
    groups = [
        signs,
        *([each for each in signs if each.wanted == wanted] for wanted in dict.fromkeys(each.wanted for each in signs)),
    ]
    groups += [[each] for each in signs]
    seen = set()
    for group in groups:
        bundle = tuple(_of_sign(sign) for sign in group)
        edits = tuple(mend.edits for mend in bundle)
        if bundle and edits not in seen:
            seen.add(edits)
            yield bundle


def _of_sign(sign: Sign) -> Mend:
    return Mend(
        kind=sign.kind, line=sign.line, column=sign.column, edits=sign.edits,
        values={"found": sign.found, "wanted": sign.wanted},
    )  # fmt: skip
