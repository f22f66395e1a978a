"""What something costs, judged so that a busy machine judges the same: the best of several tries, wide bounds."""

from __future__ import annotations

import time
from collections.abc import Callable


def spent(work: Callable[[], object], tries: int = 3) -> float:
    """Seconds of this process: the least of several tries, which others disturb least."""
    best = float("inf")
    for _ in range(tries):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
    return best


def takes_less(seconds: float, work: Callable[[], object], tries: int = 3) -> bool:
    """Whether one of several tries stays within the bound; the first that does is enough."""
    return any(spent(work, tries=1) < seconds for _ in range(tries))
