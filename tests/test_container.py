"""The container: what a linter says of it; where images can be made, that it works as the page on operations says."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OTHERS = Path(os.environ.get("QUANZI_OTHERS", ROOT / ".others"))
TOOL = next((name for name in ("podman", "docker") if shutil.which(name)), None)


def told(*command: str, **given: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=1200, **given)  # type: ignore[call-overload,no-any-return]


def test_the_recipe_has_no_fault_that_the_linter_knows():
    linter = OTHERS / "venv/bin/hadolint"
    if not linter.is_file():
        pytest.skip("hadolint: not here (.ci/others brings it): the Containerfile was not judged")
    result = told(str(linter), str(ROOT / "Containerfile"))
    assert (result.returncode, result.stdout) == (0, "")


def test_the_image_is_made_of_nothing_private():
    allowed = {line[1:] for line in (ROOT / ".containerignore").read_text().splitlines() if line.startswith("!")}
    recipe = (ROOT / "Containerfile").read_text().splitlines()
    copied = {
        name for line in recipe if line.startswith("COPY ") and "--from" not in line for name in line.split()[1:-1]
    }
    assert copied == allowed
    assert (ROOT / ".dockerignore").read_bytes() == (ROOT / ".containerignore").read_bytes()


@pytest.mark.long
def test_the_image_plans_a_week_as_a_user_without_rights(tmp_path):
    if TOOL is None or told(TOOL, "info").returncode != 0:
        pytest.skip("no working podman or docker: the image was not made")
    base = os.environ.get("QUANZI_BASE_IMAGE")  # one at hand, where no registry of images is reached
    given = ["--build-arg", f"BASE={base}"] if base else []
    made = told(
        TOOL,
        "build",
        *(["--format", "docker"] if TOOL == "podman" else []),
        "--file",
        "Containerfile",
        *given,
        "--tag",
        "quanzi-test",
        ".",
        cwd=ROOT,
    )
    if made.returncode != 0 and "pip" not in made.stderr:
        pytest.skip(f"no base image: {made.stderr[-200:]}")
    assert made.returncode == 0, made.stderr
    ran = told(TOOL, "run", "--rm", "quanzi-test", "demo", "--language", "en")
    assert ran.returncode == 0, ran.stderr
    who = told(TOOL, "run", "--rm", "--entrypoint", "id", "quanzi-test", "-u")
    assert who.stdout.strip() == "1000"
