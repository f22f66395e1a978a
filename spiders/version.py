"""The version, as the installed distribution has it."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

try:
    VERSION = version("quanzi")
except PackageNotFoundError:  # a checkout that was never installed
    VERSION = "0"
