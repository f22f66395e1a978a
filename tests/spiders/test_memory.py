"""A crawl is judged by its own memory, not by that of the program that started it."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from spiders.settings import CrawlPolicy, crawl_settings

SPAWN = """
import subprocess, sys
size = 400 * 1024 * 1024
once = bytearray(b"x") * size
del once
print(subprocess.run([sys.executable, "-c", sys.argv[1]], check=True, capture_output=True, text=True).stdout)
"""
MEASURE = """
import resource
from scrapy.utils.test import get_crawler
from spiders.memory import OwnMemoryUsage
usage = OwnMemoryUsage(get_crawler())
print(usage.get_virtual_size(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system tells no peak of its own")
def test_a_parent_that_was_large_does_not_count():
    told = subprocess.run([sys.executable, "-c", SPAWN, MEASURE], check=True, capture_output=True, text=True).stdout
    own, theirs = map(int, told.split())
    assert theirs > 400 * 1024**2, "what Scrapy looks at by itself"
    assert own < 300 * 1024**2


def test_what_is_used_here_counts(monkeypatch, tmp_path):
    from scrapy.utils.test import get_crawler

    from spiders import memory

    usage = memory.OwnMemoryUsage(get_crawler())
    once = bytearray(b"x") * 64 * 1024**2
    assert usage.get_virtual_size() > len(once)
    monkeypatch.setattr(memory, "_STATUS", tmp_path / "none")  # a system without
    assert usage.get_virtual_size() >= resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def test_every_crawl_is_bounded_by_it():
    settings = crawl_settings(CrawlPolicy(), "1")
    assert settings["EXTENSIONS"]["spiders.memory.OwnMemoryUsage"] is not None
    assert settings["EXTENSIONS"]["scrapy.extensions.memusage.MemoryUsage"] is None, "else each would end the crawl"
    assert settings["MEMUSAGE_LIMIT_MB"] == 800
