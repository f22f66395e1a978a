"""The built wheel, installed into an empty environment, makes the demo week. Run by ``make wheel-test``."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.support.white import white_png  # noqa: E402 - this is a script


def run(*command: object, cwd: Path) -> str:
    environment = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "QUANZI_CASES"}}
    words = [str(word) for word in command]
    result = subprocess.run(words, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}\n{result.stdout}\n{result.stderr}")
    return result.stdout


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "-w", folder, ROOT, cwd=folder)
        (wheel,) = folder.glob("quanzi-*.whl")
        venv.create(folder / "empty", with_pip=True)
        binaries = folder / "empty" / ("Scripts" if os.name == "nt" else "bin")
        pip = (binaries / "python", "-m", "pip", "install")
        run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", cwd=folder)
        run(*pip, "--no-deps", wheel, cwd=folder)
        if not list((folder / "empty").rglob("share/quanzi/config.yaml")):
            sys.exit("the wheel has no config.yaml")
        for model in ("det.onnx", "rec.onnx", "characters.txt", "LICENSE"):
            if not list((folder / "empty").rglob(f"spiders/readers/picture/models/{model}")):
                sys.exit(f"the wheel has no {model}")
        for part in ("app.webmanifest", "icon.svg", "icon-192.png", "icon-512.png"):
            if not list((folder / "empty").rglob(f"planner/templates/desk/{part}")):
                sys.exit(f"the wheel has no {part}")
        (folder / "poster.png").write_bytes(white_png(120, 120))
        told = subprocess.run(
            [binaries / "quanzi", "extract", "poster.png"], cwd=folder, capture_output=True, text=True, check=False
        )
        if told.returncode != 0 or "quanzi[pictures]" not in told.stderr:
            sys.exit(f"without the extra a picture is not refused in words\n{told.stderr}")
        for language in ("zh", "en"):
            shown = run(
                binaries / "quanzi", "demo", "--language", language, "--now", "2026-11-20T20:00:00+08:00", cwd=folder
            )
            out = folder / "out-demo"
            for file in ("plan.ics", "digest.html", "digest.txt", "index.html", "public/all.ics", "public/index.html"):
                if not (out / file).is_file():
                    sys.exit(f"{language}: {file} is missing\n{shown}")
            if b"BEGIN:VEVENT" not in (out / "plan.ics").read_bytes():
                sys.exit(f"{language}: the plan is empty\n{shown}")
    print("the wheel makes the demo week")


if __name__ == "__main__":
    main()
