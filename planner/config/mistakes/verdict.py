"""How far a configuration can be read, so that two texts can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from planner.config.tree import TOO_DEEP, TOO_MUCH, Location, NotYamlError, Tree

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

    def is_further(self, other: Verdict) -> bool:
        """Whether all can be read, or another line stops the parser."""
        return self.fault is None or self.rank[:2] > other.rank[:2]

    @property
    def is_too_much(self) -> bool:
        """Whether the text is nested too deep, or unfolds to more than anybody would write."""
        return (self.fault is not None and self.fault.problem == TOO_DEEP) or any(
            code == TOO_MUCH for code, _ in self.refused
        )

    @property
    def is_fine(self) -> bool:
        return self.rank == (1, 0, 0, 0, 0)
