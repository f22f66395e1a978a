"""What is said of the libraries: none, some, or that nobody could be asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = Path(__file__).resolve().parent.parent / ".ci/audit"
SOUND = {"name": "sample", "version": "1.0", "vulns": []}
UNSOUND = {"name": "other", "version": "2.0", "vulns": [{"id": "SAMPLE-2026-1", "fix_versions": ["2.1"]}]}
UNASKED = {"name": "third", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("dependencies", "code", "said"),
    [
        ([SOUND], 0, "1 libraries, 0 with known advisories"),
        ([SOUND, UNSOUND], 1, "other 2.0: SAMPLE-2026-1 (mended in 2.1)"),
        ([SOUND, UNASKED], 3, "1 of 2 libraries COULD NOT BE ASKED ABOUT"),
        ([UNSOUND, UNASKED], 1, "other 2.0: SAMPLE-2026-1"),
        (None, 3, "COULD NOT BE ASKED"),
    ],
)
def test_what_is_known_of_the_libraries(tmp_path, dependencies, code, said):
    program = tmp_path / "pip-audit"
    told = "no network" if dependencies is None else json.dumps({"dependencies": dependencies, "fixes": []})
    program.write_text(f"#!{sys.executable}\nprint({told!r})\n", encoding="utf-8")
    program.chmod(0o755)
    done = subprocess.run([sys.executable, AUDIT, program, "x.lock"], capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert said in done.stdout + done.stderr
