"""``make install``: where the program is put, what it says of it, and taking it away. No package is installed here."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(shutil.which("make") is None or os.name == "nt", reason="no make here")


@pytest.fixture
def clone(tmp_path) -> Path:
    """A folder that is set up already: what ``make`` would install stands there."""
    folder = tmp_path / "a clone"
    (folder / ".venv/bin").mkdir(parents=True)
    for name in ("Makefile", "pyproject.toml", "requirements.lock"):
        shutil.copyfile(ROOT / name, folder / name)
    (folder / ".venv/bin/quanzi").write_text("#!/bin/sh\necho it runs\n")
    (folder / ".venv/bin/quanzi").chmod(0o755)
    for name in ("bin-ready", "installed"):
        (folder / ".venv" / name).touch()
    (tmp_path / "home").mkdir()
    return folder


def make(folder: Path, *arguments: str, path: str = "") -> subprocess.CompletedProcess[str]:
    home = folder.parent / "home"
    environment = {"HOME": str(home), "PATH": f"{path}:/usr/bin:/bin"}
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )


def tools(folder: Path, *names: str) -> str:
    """A folder of programs that only tell how they were called."""
    (folder / "tools").mkdir()
    for name in names:
        program = folder / "tools" / name
        program.write_text(f'#!/bin/sh\necho "called: {name} $*"\n')
        program.chmod(0o755)
    return str(folder / "tools")


def test_without_other_tools_a_link_is_put_on_the_path_and_taken_away(clone):
    link = clone.parent / "home/.local/bin/quanzi"
    for _ in range(2):
        done = make(clone, "install", "WITH=link")
        assert done.returncode == 0, done.stderr
        assert "undo: make uninstall" in done.stdout
        assert "is not on your PATH yet" in done.stdout
        assert "Next: quanzi init" in done.stdout
        assert subprocess.run([link], capture_output=True, text=True, check=True).stdout == "it runs\n"
    assert "not on your PATH" not in make(clone, "install", "WITH=link", path=str(link.parent)).stdout
    assert make(clone, "uninstall").returncode == 0
    assert not link.exists()
    assert make(clone, "uninstall").returncode == 0


def test_a_program_of_the_same_name_is_left_alone(clone):
    other = clone.parent / "home/.local/bin/quanzi"
    other.parent.mkdir(parents=True)
    other.write_text("another")
    assert make(clone, "install", "WITH=link").returncode != 0
    make(clone, "uninstall")
    assert other.read_text() == "another"


@pytest.mark.parametrize("tool", ["uv", "pipx"])
def test_uv_or_pipx_is_used_where_it_is_there(clone, tool):
    done = make(clone, "install", path=tools(clone.parent, tool))
    assert done.returncode == 0, done.stderr
    assert f"called: {tool} " in done.stdout
    assert "undo: " in done.stdout
    assert not (clone.parent / "home/.local").exists()


def test_an_update_pulls_and_installs_anew(clone):
    done = make(clone, "update", "WITH=link", path=tools(clone.parent, "git"))
    assert done.returncode == 0, done.stderr
    assert "called: git pull --ff-only" in done.stdout
    assert (clone.parent / "home/.local/bin/quanzi").is_symlink()
