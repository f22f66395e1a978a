"""Weeks that were solved before: the same problem has the same proven solution, and starting the solver costs most."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import metadata

from planner.plan.model import Problem, Solution
from planner.plan.solve import solve_apart
from planner.store.program import program, sum_of

Solver = Callable[[Problem], Solution]


@dataclass(frozen=True, slots=True)
class RememberingSolver:
    """Solves, or remembers: ``text`` is what an earlier run kept (`kept`), ``solver`` does what is new."""

    text: str | None
    solver: Solver = solve_apart
    _asked: dict[str, Solution] = field(default_factory=dict)

    def __call__(self, problem: Problem) -> Solution:
        """Raises SolverError."""
        name = digest_of(problem)
        solution = self._asked.get(name) or self._known(name) or self.solver(problem)
        self._asked[name] = solution
        return solution

    def _known(self, name: str) -> Solution | None:
        known, _, body = (self.text or "").partition("\n")
        chosen = json.loads(body).get(name) if known == sum_of(body) and body else None
        if chosen is None:
            return None
        places, value = chosen
        return Solution(chosen=tuple(places), value=value, bound=value, status="optimal")

    @property
    def was_asked(self) -> bool:
        return bool(self._asked)

    def kept(self) -> str:
        """What was asked for, as far as it is proven: of what was cut short another day may find more."""
        proven = {name: each for name, each in self._asked.items() if each.status == "optimal"}
        body = json.dumps({name: [each.chosen, each.value] for name, each in sorted(proven.items())})
        return f"{sum_of(body)}\n{body}"


def digest_of(problem: Problem) -> str:
    """A name for a problem, for the program that states it and the solver that solves it."""
    made = hashlib.blake2b(program(), digest_size=16)
    made.update(f"{metadata.version('highspy')}\n{problem!r}".encode("utf-8", "backslashreplace"))
    return made.hexdigest()
