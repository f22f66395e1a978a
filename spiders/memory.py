"""What a crawl uses of memory, measured on the crawl alone."""

from __future__ import annotations

import re
from pathlib import Path

from scrapy.extensions.memusage import MemoryUsage

_STATUS = Path("/proc/self/status")
_PEAK = re.compile(r"^VmHWM:\s*(\d+) kB$", re.MULTILINE)


class OwnMemoryUsage(MemoryUsage):
    """Scrapy's bound, by the peak of this process's own memory.

    Linux starts the ``ru_maxrss`` that Scrapy looks at with the peak of the process that started us, even across exec
    (getrusage(2) says nothing of it; ``setmax_mm_hiwater_rss`` in fs/exec.c does): a crawl whose parent was large once
    would end before its first request. ``VmHWM`` (proc_pid_status(5)) begins anew with the program. Where the system
    has none, Scrapy's figure is taken.
    """

    def get_virtual_size(self) -> int:
        """Bytes."""
        try:
            told = _PEAK.search(_STATUS.read_text())
        except OSError:
            told = None
        return int(told[1]) * 1024 if told else super().get_virtual_size()
