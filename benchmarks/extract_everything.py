"""Every file of the labelled cases and captures through ``quanzi extract``: no traceback, no hang.

QUANZI_CASES=... python benchmarks/extract_everything.py [FOLDER ...]
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

QUANZI = str(Path(sys.executable).with_name("quanzi"))
SECONDS = 30.0


def extract(file: Path) -> tuple[Path, float, str | None]:
    """-> (file, seconds, what went wrong or None)."""
    begun = time.perf_counter()
    command = [QUANZI, "extract", str(file), "--now", "2026-03-22T08:00:00+08:00", "--json"]
    try:
        result = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return file, SECONDS, "hangs"
    seconds = time.perf_counter() - begun
    if b"Traceback" in result.stderr:
        return file, seconds, result.stderr.decode("utf-8", "replace").strip().splitlines()[-1]
    if result.returncode != 0:
        return file, seconds, f"exit code {result.returncode}"
    return file, seconds, None


def main() -> None:
    cases = os.environ.get("QUANZI_CASES")
    if not cases:
        sys.exit("skipped: QUANZI_CASES is not set")
    folders = [Path(name) for name in sys.argv[1:]] or [Path(cases, "corpus"), Path(cases, "gold")]
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    wrong, slowest = [], (0.0, Path())
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        for file, seconds, problem in threads.map(extract, files):
            slowest = max(slowest, (seconds, file))
            if problem:
                wrong.append((file, problem))
                print(f"{file}: {problem}", flush=True)
    print(f"{len(files)} files, {len(wrong)} wrong; slowest {slowest[0]:.1f} s: {slowest[1].name}")
    sys.exit(bool(wrong))


if __name__ == "__main__":
    main()
