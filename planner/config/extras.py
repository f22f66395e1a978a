"""Libraries that come as extras: how they get into the environment that the program runs in."""

from __future__ import annotations

import sys
from pathlib import Path


def pip_install(*libraries: str) -> str:
    """The command to type, where one stands: another Python's pip would install them where nobody looks."""
    python = Path(sys.executable or "python")
    if python.is_relative_to(Path.cwd()):
        python = Path(python.relative_to(Path.cwd()))
    shown = f'"{python}"' if " " in str(python) else str(python)
    return f"{shown} -m pip install {' '.join(libraries)}"
