"""A person at a pseudo-terminal: reads what is asked there, and answers by the question."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_COLOURS = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_ASKS = 0.25  # seconds without a sign after words that end no line: a question


@dataclass(frozen=True, slots=True)
class Said:
    """One command as it went: its exit code, all that was shown, the questions that nobody had an answer for, and how
    many seconds it took."""

    code: int
    text: str
    unanswered: tuple[str, ...]
    seconds: float


@dataclass
class Person:
    """Types commands in a folder. ``answers`` are told by words of the question; any other is answered by Enter."""

    environment: Mapping[str, str]
    said: list[tuple[str, Said]] = field(default_factory=list)

    def run(self, folder: Path, *command: str, answers: Mapping[str, str] | None = None, most: float = 600) -> Said:
        """One command to its end, at most ``most`` seconds."""
        begun = time.monotonic()
        ours, its = pty.openpty()
        with subprocess.Popen(
            command, cwd=folder, env=dict(self.environment), stdin=its, stdout=its, stderr=its, start_new_session=True
        ) as process:
            os.close(its)
            text, unanswered = self._talk(ours, dict(answers or {}), begun + most)
            os.close(ours)
            if process.poll() is None and time.monotonic() > begun + most:
                process.kill()
            code = process.wait()
        said = Said(code, text, tuple(unanswered), time.monotonic() - begun)
        self.said.append((" ".join(command), said))
        return said

    def _talk(self, ours: int, answers: dict[str, str], until: float) -> tuple[str, list[str]]:
        shown, answered, unanswered = b"", 0, []
        while time.monotonic() < until:
            ready, _, _ = select.select([ours], [], [], _ASKS)
            if ready:
                try:
                    piece = os.read(ours, 65_536)
                except OSError:  # the other end is closed
                    break
                if not piece:
                    break
                shown += piece
                continue
            question = _last_line(shown)
            if len(shown) == answered or not question.endswith((": ", "?", "]", "> ")):
                continue
            known = next((words for words in answers if words in question), None)
            if known is None:
                unanswered.append(question.strip())
            os.write(ours, (answers.get(known or "", "") + "\n").encode())
            answered = len(shown)
        return _COLOURS.sub("", shown.decode("utf-8", "replace")).replace("\r\n", "\n"), unanswered


def _last_line(shown: bytes) -> str:
    tail = _COLOURS.sub("", shown[-2_000:].decode("utf-8", "replace"))
    return re.split(r"[\r\n]", tail)[-1]


def commands(said: Sequence[tuple[str, Said]]) -> list[str]:
    """A line a command: how long it took, how it ended, what it was."""
    return [f"{each.seconds:6.1f} s  {each.code:3d}  {command[:100]}" for command, each in said]
