"""What stops a run, as against what costs one source (`spiders.errors`).

QuanziError          a message for the person; the exit code says what kind
├── ConfigError      exit code 2: all problems of the configuration at once
├── UsageError       exit code 2: the command cannot be carried out as asked
├── AlreadyRunningError             exit code 75: another run holds the lock
├── StoreError       exit code 1: the store cannot be used
│   └── DamagedStoreError           the next run mends it
├── SolverError      exit code 1: no plan can be made
├── TooLongError     exit code 1: the run took too long
├── ClockError       exit code 0: the clock cannot be right, so nothing was done
└── OutputError      exit code 1: outputs could not be written
"""

from __future__ import annotations

from dataclasses import dataclass


class QuanziError(Exception):
    """A run that cannot go on. ``exit_code`` as in the contract of the command line."""

    exit_code = 1

    @property
    def shown(self) -> str:
        """As it stands on a terminal, which may be more than one line."""
        return str(self)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a configuration: where (1-based line, dotted key) and what would be right. ``column`` is
    1-based, in signs, and ``source`` the line as it stands in the file, None where it may hold a secret."""

    line: int | None
    key: str
    message: str
    column: int | None = None
    source: str | None = None


class ConfigError(QuanziError):
    """Everything that is wrong with a configuration file, one `Problem` each."""

    exit_code = 2

    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file, self.problems = file, problems
        super().__init__("\n".join(self._line(problem) for problem in problems))

    @property
    def shown(self) -> str:
        """Each problem in a line, with the line of the file below it and a caret under the place."""
        return "\n".join("\n".join([self._line(problem), *_excerpt(problem)]) for problem in self.problems)

    def _line(self, problem: Problem) -> str:
        place = self.file if problem.line is None else f"{self.file}:{problem.line}"
        return f"{place}: {problem.key}: {problem.message}" if problem.key else f"{place}: {problem.message}"


def _excerpt(problem: Problem) -> list[str]:
    """The line of a problem and a caret; of a long line what stands around the place. Tabs are shown as one arrow,
    other signs that cannot be seen as a dot."""
    if problem.source is None or problem.line is None or problem.column is None:
        return []
    from wcwidth import width

    source = "".join(
        "→" if sign == "\t" else sign if sign.isprintable() or sign == "\u3000" else "·" for sign in problem.source
    )
    start = max(0, problem.column - 1 - SHOWN_BEFORE)
    before = ("…" if start else "") + source[start : problem.column - 1]
    rest = source[problem.column - 1 : problem.column - 1 + SHOWN_BEHIND]
    number = f"{problem.line:>5} | "
    return [(number + before + rest).rstrip(), " " * (len(number) - 2) + "| " + " " * width(before) + "^"]


SHOWN_BEFORE, SHOWN_BEHIND = 60, 40


class UsageError(QuanziError):
    """The command cannot be carried out as asked."""

    exit_code = 2


class AlreadyRunningError(QuanziError):
    """Another run holds the lock."""

    exit_code = 75


class StoreError(QuanziError):
    """The store cannot be opened, or is of a newer program."""


class DamagedStoreError(StoreError):
    """The store is damaged; the next run keeps it aside and begins a new one."""


class SolverError(QuanziError):
    """The solver cannot be started; nothing is published."""


class TooLongError(QuanziError):
    """The run took longer than it may, and was ended."""


class ClockError(QuanziError):
    """The clock cannot be right; nothing was changed. ``is_told``: people have not been told lately."""

    exit_code = 0

    def __init__(self, message: str, *, is_told: bool) -> None:
        self.is_told = is_told
        super().__init__(message)


class OutputError(QuanziError):
    """Outputs could not be written; the old ones stay."""
