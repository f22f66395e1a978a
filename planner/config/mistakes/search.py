"""Which mistakes a configuration holds: a guess is a mistake if, mended, the text can be read further than before.

Signs that are surely mistyped are mended first, all at once. Then, as long as the parser stops, what may be wrong near
where it stopped is tried; then what may be wrong near values that the configuration refuses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from planner.config.mistakes.draft import Draft, Edit
from planner.config.mistakes.indentation import dashes, levelled, moves, openers
from planner.config.mistakes.line import Line
from planner.config.mistakes.mend import Mend
from planner.config.mistakes.outline import outline
from planner.config.mistakes.signs import CLOSING, OPENING, Sign
from planner.config.mistakes.structure import PAIRED, mends, stray_signs
from planner.config.mistakes.verdict import Verdict
from planner.config.tree import NotYamlError, Place

MOST = 50
"""So many mistakes are looked for in one file."""
LARGEST = 200_000
"""No configuration that a person wrote is larger; in such only the first mistake is told."""
_MOST_READ = 2_000_000
"""So many signs are read in trials of one file: no file keeps anybody waiting for its mistakes."""
_MOST_SIGNS = 50  # of one bundle
_LOOKED_BACK = 40
_MOST_LEFT_OUT = 2
_Bundle = tuple[Mend, ...]


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
    comments = [line for line in outline(draft.lines, is_known) if line.role == "blank" and not line.signs]
    draft = draft.edited(Edit(line.number, 0, len(line.text), "") for line in comments)  # they only cost time
    seeker = _Seeker(Found(draft, _judged(draft, judge)), judge, is_known)
    if len(text) > LARGEST or seeker.found.verdict.is_too_much:
        return seeker.found
    seeker.mend_what_is_sure()
    while seeker.found.verdict.fault is not None and len(seeker.found.mistakes) < MOST:
        places, near = seeker.places_of_fault()
        if not (seeker.mend_near(places, near, near) or seeker.leave_out()):
            return seeker.found
    while not seeker.found.verdict.is_fine and len(seeker.found.mistakes) < MOST:
        places, close = seeker.places_of_refusals()
        if not seeker.mend_near(places, 1, close):
            break
    return seeker.found


class _Trial(NamedTuple):
    """What became of the text with some mends."""

    bundle: _Bundle
    draft: Draft
    verdict: Verdict

    def is_likely(self, before: Verdict) -> bool:
        """Whether the mends help. One key in the wrong place is not moved: the model knows better where it belongs."""
        moved = before.fault is None and any(mend.kind.startswith("indent") for mend in self.bundle)
        enough = not moved or len(before.refused) - len(self.verdict.refused) > 1
        return enough and self.verdict.betters(before)

    @property
    def worth(self) -> tuple[tuple[int, ...], bool, tuple[int, ...], int]:
        """Of mends that let the parser as far the one is likelier that takes no bracket or quote away, then the one
        after which less is refused, then the one that touches fewer lines."""
        parser, refusals = self.verdict.rank[:3], self.verdict.rank[3:]
        lines = {edit.line for mend in self.bundle for edit in mend.edits}
        return parser, not _takes_away(self.bundle[0]), refusals, -len(lines)


def _takes_away(mend: Mend) -> bool:
    return mend.kind == "stray" and str(mend.values["found"]) in PAIRED


class _Seeker:
    """The text as far as it is mended, and the next step."""

    def __init__(self, found: Found, judge: Callable[[str], Verdict], is_known: Callable[[str], bool]) -> None:
        self.found, self.judge, self.is_known = found, judge, is_known
        self.lines = outline(found.draft.lines, is_known)
        self.left = _MOST_READ

    def mend_what_is_sure(self) -> None:
        sure = tuple(_of_sign(sign) for line in self.lines for sign in line.signs if sign.sure)[: 10 * _MOST_SIGNS]
        if not sure:
            return
        # A full-width space is as wide as two, but may have been typed for one.
        trials = [_Trial(bundle, *self._tried(bundle)) for bundle in (sure, tuple(map(_narrow, sure)))]
        best = max(trials, key=lambda trial: trial.verdict.rank)
        if best.verdict.rank >= self.found.verdict.rank:
            self._keep(best)

    def places_of_fault(self) -> tuple[list[int], int]:
        """Lines that may have stopped the parser, the likeliest first, and how many of them are likely."""
        fault = self.found.verdict.fault
        assert fault is not None
        last = len(self.lines) - 1
        if fault.place is None:
            return list(range(last + 1)), 3
        line = min(fault.place.line - 1, last)
        near = [line, *([fault.begun.line - 1] if fault.begun else [])]
        above = [number for number in range(line - 1, -1, -1) if self.lines[number].role != "blank"]
        near = list(dict.fromkeys([*near, *above[:1], *openers(self.lines[line], self.lines)]))
        return list(dict.fromkeys([*near, *above[:_LOOKED_BACK]])), len(near)

    def places_of_refusals(self) -> tuple[list[int], int]:
        """Lines that hold what the configuration refuses, those where that begins first, and how many these are."""
        verdict = self.found.verdict
        spans = sorted([*verdict.refused.values(), *(verdict.tree.folded if verdict.tree else ())])
        begin = [number for first, last in spans for number in range(first, min(first + 1, last) + 1)]
        every = [number for first, last in spans for number in range(first, last + 1)]
        return list(dict.fromkeys(number - 1 for number in (*begin, *every))), len(set(begin))

    def mend_near(self, places: Sequence[int], together: int, close: int) -> bool:
        """Mend the best guess at the first lines that have a good one, else the best of all; whether there is one. The
        first lines are looked at ``together``, the others one by one; of ``close`` many all guesses are tried."""
        before = self.found.verdict
        best: _Trial | None = None
        for group in [places[:together], *([number] for number in places[together:])]:
            for bundle in self._guesses(group, closely=bool(group) and group[0] in places[:close]):
                if self.left < 0:
                    break
                trial = _Trial(bundle, *self._tried(bundle))
                if trial.is_likely(before) and (best is None or trial.worth > best.worth):
                    best = trial
            if best is not None and best.verdict.is_further(before):
                break
        if best is not None:
            self._keep(self._needed(best))
        return best is not None

    def _guesses(self, numbers: Iterable[int], *, closely: bool) -> Iterator[_Bundle]:
        """What may be wrong with some lines, the likeliest first: signs, structure, levels."""
        lines = [self.lines[number] for number in numbers]
        for line in lines:
            yield from self._alike(line)
            yield from _sign_bundles(line.signs[:_MOST_SIGNS])
        stopped = self.found.verdict.fault is not None
        moved = {mend.line for mend, _ in self.found.mistakes if mend.kind.startswith("indent")}
        kinds: list[Callable[[Line], Iterator[Mend]]] = [
            lambda line: mends(line, self.lines, self.is_known),
            lambda line: levelled(line, self.lines),
        ]
        if stopped:  # a value that is refused is not mended by taking signs from it
            kinds.append(stray_signs)
        if closely:
            kinds.append(lambda line: dashes(line, self.lines))
            kinds.append(lambda line: moves(line, self.lines) if line.number not in moved else iter(()))
        yield from ((mend,) for guesses in kinds for line in lines for mend in guesses(line))

    def _alike(self, line: Line) -> Iterator[_Bundle]:
        """Blanks or dashes of this line, and the same in all lines that have them: who errs in one errs in all."""
        odd = next((sign for sign in line.signs if sign.kind in {"blank", "dash"}), None)
        if odd is not None:
            signs = [sign for other in self.lines for sign in other.signs]
            alike = [sign for sign in signs if (sign.kind, sign.found) == (odd.kind, odd.found)]
            yield tuple(map(_of_sign, alike[: 10 * _MOST_SIGNS]))

    def leave_out(self) -> bool:
        """Go on without the line where the parser stopped; whether that helps."""
        fault = self.found.verdict.fault
        assert fault is not None
        if (
            self.left < 0
            or fault.place is None
            or fault.place.line > len(self.lines)
            or len(self.found.lost) == _MOST_LEFT_OUT
        ):
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
        trial = _Trial((unread,), *self._tried((unread,)))
        if trial.verdict.rank <= self.found.verdict.rank:
            return False
        self._keep(trial)
        self.found.lost.append(line.number + 1)
        return True

    def _tried(self, bundle: Sequence[Mend]) -> tuple[Draft, Verdict]:
        draft = self.found.draft.edited(edit for mend in bundle for edit in mend.edits)
        self.left -= len(draft.text)
        return draft, _judged(draft, self.judge)

    def _needed(self, trial: _Trial) -> _Trial:
        """Without those mends that nothing depends on: what is understood as it is written is no mistake."""
        for mend in trial.bundle if len(trial.bundle) > 1 and self.left > 0 else ():
            fewer = tuple(each for each in trial.bundle if each is not mend)
            if fewer and (tried := _Trial(fewer, *self._tried(fewer))).verdict.rank >= trial.verdict.rank:
                trial = tried
        return trial

    def _keep(self, trial: _Trial) -> None:
        before = self.found.draft
        self.found.mistakes += [(mend, before.place(mend.line, mend.column)) for mend in _told(trial.bundle)]
        self.found.draft, self.found.verdict = trial.draft, trial.verdict
        self.lines = outline(trial.draft.lines, self.is_known)


def _judged(draft: Draft, judge: Callable[[str], Verdict]) -> Verdict:
    """The verdict on a text, the place of its fault as in the file."""
    verdict = judge(draft.text)
    fault = verdict.fault
    if fault is None or fault.place is None or fault.place.line > len(draft.lines):
        return verdict
    place = draft.place(fault.place.line - 1, fault.place.column - 1)
    return replace(verdict, fault=NotYamlError(fault.problem, place, fault.begun))


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


def _narrow(mend: Mend) -> Mend:
    """The same with a plain space for each odd blank."""
    if mend.kind != "blank":
        return mend
    return replace(mend, edits=tuple(edit._replace(new=" " * (edit.end - edit.start)) for edit in mend.edits))


def _of_sign(sign: Sign) -> Mend:
    return Mend(
        kind=sign.kind, line=sign.line, column=sign.column, edits=sign.edits,
        values={"found": sign.found.strip() or sign.found, "wanted": sign.wanted},
    )  # fmt: skip
