"""Processes of the program that are forked from one which has its libraries at hand, in place of starting from nothing.

The second that each crawl takes for that would be half of all tests. How processes really start is seen by the tests
that run the program apart (`run_apart`).
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from multiprocessing.process import BaseProcess
from typing import Any

LIBRARIES = ["scrapy.crawler", "spiders.spider", "spiders.discover.visit"]


class Warm:
    """Stands in for multiprocessing's context of that name: what a child inherits (its environment) it gets as if it
    were spawned here and now."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(LIBRARIES)
        self.Pipe = self._context.Pipe

    def Process(self, *, target: Callable[..., None], args: tuple[Any, ...], daemon: bool) -> BaseProcess:
        given = (dict(os.environ), target, args)
        return self._context.Process(target=_in_environment, args=given, daemon=daemon)


def _in_environment(environment: dict[str, str], target: Callable[..., None], args: tuple[Any, ...]) -> None:
    os.environ.clear()
    os.environ.update(environment)
    target(*args)
