"""How this program is called here, for the commands that it tells people to run."""

from __future__ import annotations

import shlex
import shutil
import sys
from pathlib import Path


def program() -> str:
    """``quanzi`` where that is found on the PATH, else the file by which it was called."""
    if shutil.which("quanzi") or not Path(sys.argv[0]).is_file():
        return "quanzi"
    return shlex.quote(sys.argv[0])
