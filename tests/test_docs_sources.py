"""The worked example of the pages on sources, run as it stands there."""

from __future__ import annotations

import re
import shlex
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.cli import ROOT, run

DAY = "2026-11-21T09:00:00+08:00"  # of the run that the pages show
BLOCK = re.compile(r"(?:`([\w./-]+)`[:：]\n\n)?```(\w+)\n(.*?)```", re.DOTALL)


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The folder over HTTP; -> the port."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield int(server.server_address[1])
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("page", ["sources.md", "sources.zh-CN.md"])
def test_the_example_gives_what_the_page_shows(page, tmp_path):
    example = re.split(r"^## ", (ROOT / "docs" / page).read_text("utf-8"), flags=re.MULTILINE)[1]
    blocks = BLOCK.findall(example)
    for name, kind, text in blocks:
        if name:
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        elif kind == "console":
            shown = text
        else:
            entry = text
    with served(tmp_path / "site") as port:
        command, _, output = shown.partition("\n")
        arguments = shlex.split(command.removeprefix("$ quanzi ").replace("127.0.0.1:8000", f"127.0.0.1:{port}"))
        result = run(tmp_path, *arguments, "--now", DAY)
    assert result.returncode == 0, result.stderr
    assert result.stdout.replace(f"127.0.0.1:{port}", "127.0.0.1:8000") == output
    written = (tmp_path / "config.yaml").read_text("utf-8").replace(f"127.0.0.1:{port}", "127.0.0.1:8000")
    assert entry in written
