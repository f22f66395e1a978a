"""Limits of CPU time and memory for the process that reads. Where the system has none (Windows), the parent's
clock alone ends a reader."""

from __future__ import annotations

import contextlib
import importlib
import signal
from dataclasses import dataclass
from typing import Any

try:
    resource: Any = importlib.import_module("resource")
except ImportError:  # Windows
    resource = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """For one document: ``cpu`` and ``wall`` in seconds, ``memory`` in bytes of address space."""

    cpu: int = 10
    wall: float = 20.0
    memory: int = 1024**3


def limit_memory(limits: Limits) -> bool:
    """Bound this process's address space. False where the system cannot."""
    if resource is None:
        return False
    try:
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, resource.RLIM_INFINITY))
    except (ValueError, OSError):  # macOS knows the limit and refuses to set it
        return False
    return True


def open_files() -> int | None:
    """How many files and connections this process may have open. None where the system has no such limit."""
    if resource is None:
        return None
    soft: int = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return None if soft == resource.RLIM_INFINITY else soft


def limit_cpu_from_here(limits: Limits) -> bool:
    """Bound the CPU time from now on; past it the system ends the process. False where the system cannot."""
    if resource is None:
        return False
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + limits.cpu + 1
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))
    except (ValueError, OSError):
        return False
    return True


class LimitError(Exception):
    """This process has used the CPU time that its one document may take."""


def limit_this_process(limits: Limits) -> None:
    """Bound this very process, which reads one document and ends: `LimitError` is raised at the limit of CPU time; a
    parser in C that cannot be interrupted is ended by the system two seconds later."""
    limit_memory(limits)
    if resource is None:
        return

    def stop(number: int, frame: object) -> None:
        raise LimitError

    signal.signal(signal.SIGXCPU, stop)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 2))
