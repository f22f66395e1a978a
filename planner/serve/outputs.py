"""The files of one folder over HTTP: known kinds alone, no folder is ever listed."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from planner.publish import KINDS

_ODD = re.compile(r"[\\:\x00-\x1f]")


class Outputs(StaticFiles):
    """The files of one folder that may be shown."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)  # before the first week there is none

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """A file by its name, an empty one being the index; ("", None) for whatever may not be shown."""
        steps = (path or "index.html").split("/")
        if any(not step or step.startswith(".") or _ODD.search(step) for step in steps):
            return "", None
        if Path(steps[-1]).suffix not in KINDS:
            return "", None
        try:
            return super().lookup_path("/".join(steps))
        except (OSError, ValueError):
            return "", None

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, the part of it that is asked for, or that it did not change. Raises OSError."""
        response = FileResponse(
            full_path,
            status_code=status_code,
            media_type=KINDS.get(Path(full_path).suffix),  # a link may lead to a file of another name
            stat_result=stat_result,
            headers={"ETag": _etag(Path(full_path))},
        )
        asked = Headers(scope=scope)
        if self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        if not asked.get("range", "bytes=").startswith("bytes="):  # RFC 9110, 14.2: an unknown unit is ignored
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"range"]
        return response


def _etag(file: Path) -> str:
    """A strong validator of the bytes alone (RFC 9110, 8.8.3): copies of a folder on several hosts agree on it, and so
    do files that a backup brought back; starlette's own tells time and size."""
    return f'"{hashlib.sha256(file.read_bytes()).hexdigest()[:32]}"'
