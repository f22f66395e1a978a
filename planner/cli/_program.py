"""How this program is called here, for the commands that it tells people to run."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path


def program() -> str:
    """``quanzi`` where that is found on the PATH, else the file by which it was called."""
    if shutil.which("quanzi") or not Path(sys.argv[0]).is_file():
        return "quanzi"
    return shlex.quote(sys.argv[0])


def this_program() -> tuple[str, ...]:
    """How the running program is called from anywhere: by the path of its script, else through its Python."""
    script = "quanzi.exe" if os.name == "nt" else "quanzi"
    for place in (Path(sys.argv[0]), Path(sys.executable).with_name(script)):
        if place.name == script and place.is_file():
            return (str(place.absolute()),)
    return (sys.executable, "-c", "from planner.cli import main; main()")
