"""What was copied, by the command of each system: stand-ins for those that are not here, the real one of X11."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import time

import pytest

from planner.cli import _clipboard
from planner.errors import UsageError
from planner.i18n.catalog import Catalog

EN = Catalog("en")
PNG = b"\x89PNG\r\n\x1a\nsmall"
NEEDS_X = pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xclip") is None, reason="Xvfb or xclip is not installed"
)


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A machine that has just these commands; each prints what it is given, told its arguments."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def has(name: str, told: str) -> None:
        file = tmp_path / name
        file.write_text(
            f"#!{sys.executable}\nimport sys\nasked = ' '.join(sys.argv[1:])\nout = sys.stdout.buffer\n{told}\n"
        )
        file.chmod(0o755)

    return has


def test_wayland_tells_a_picture_where_one_was_copied(system):
    system(
        "wl-paste", f"out.write(b'text/html\\nimage/png\\n' if 'list' in asked else {PNG!r} if 'png' in asked else b'')"
    )
    assert _clipboard.copied(EN, {"WAYLAND_DISPLAY": "wayland-0"}) == PNG


def test_wayland_tells_words_where_words_were_copied(system):
    system(
        "wl-paste",
        "out.write(b'text/plain\\n' if 'list' in asked else b'Friday 19:00' if 'type' not in asked else b'')",
    )
    assert _clipboard.copied(EN, {"WAYLAND_DISPLAY": "wayland-0"}) == b"Friday 19:00"


def test_the_mac_tells_a_picture_in_digits(system):
    system("osascript", f"out.write('«data PNGf{PNG.hex().upper()}»\\n'.encode())")
    system("pbpaste", "out.write(b'words')")
    assert _clipboard.copied(EN, {}) == PNG


def test_the_mac_tells_words_where_there_is_no_picture(system):
    system("osascript", "sys.exit(1)")
    system("pbpaste", "out.write('周五'.encode())")
    assert _clipboard.copied(EN, {}).decode() == "周五"


def test_windows_tells_a_picture_in_letters(system):
    told = base64.b64encode(PNG).decode()
    system("powershell.exe", f"out.write(b'{told}' if 'GetImage' in asked else b'words')")
    assert _clipboard.copied(EN, {}) == PNG


def test_a_phone_tells_words(system):
    system("termux-clipboard-get", "out.write(b'Friday 19:00')")
    assert _clipboard.copied(EN, {}) == b"Friday 19:00"


@pytest.mark.parametrize("told", ["sys.exit(1)", "out.write(b' \\n')"])
def test_nothing_copied_is_said(system, told):
    system("termux-clipboard-get", told)
    with pytest.raises(UsageError, match="nothing was copied"):
        _clipboard.copied(EN, {})


def test_a_machine_without_any_command_is_told_what_to_install(system):
    with pytest.raises(UsageError, match="xclip"):
        _clipboard.copied(EN, {"DISPLAY": ":0"})


def test_what_is_too_large_is_refused(system, monkeypatch):
    monkeypatch.setattr(_clipboard, "MOST_BYTES", 100)
    system("termux-clipboard-get", "out.write(b'x' * 1000)")
    with pytest.raises(UsageError, match="larger"):
        _clipboard.copied(EN, {})


def test_a_command_that_hangs_is_ended(system, monkeypatch):
    monkeypatch.setattr(_clipboard, "SECONDS", 0.2)
    system("termux-clipboard-get", "import time; time.sleep(30)")
    with pytest.raises(UsageError, match="nothing was copied"):
        _clipboard.copied(EN, {})


@NEEDS_X
def test_a_real_clipboard(tmp_path, monkeypatch):
    picture = tmp_path / "a.png"
    picture.write_bytes(PNG)
    with subprocess.Popen(
        ["Xvfb", "-displayfd", "1", "-screen", "0", "320x240x8"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            assert server.stdout is not None
            environment = {**os.environ, "DISPLAY": f":{int(server.stdout.readline())}"}
            environment.pop("WAYLAND_DISPLAY", None)
            monkeypatch.setenv("DISPLAY", environment["DISPLAY"])
            with pytest.raises(UsageError, match="nothing was copied"):
                _clipboard.copied(EN, environment)
            _copy(environment, "-t", "image/png", "-i", str(picture))
            assert _clipboard.copied(EN, environment) == PNG
            words = tmp_path / "words"
            words.write_text("周五19:00 饭局", "utf-8")
            _copy(environment, "-i", str(words))
            for _ in range(100):  # the one who copies last owns it a moment later
                if (found := _clipboard.copied(EN, environment)) != PNG:
                    break
                time.sleep(0.1)
            assert found.decode() == "周五19:00 饭局"
        finally:
            server.terminate()


def _copy(environment: dict[str, str], *what: str) -> None:
    subprocess.run(["xclip", "-selection", "clipboard", *what], env=environment, check=True, timeout=20)
