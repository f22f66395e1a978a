"""The files of one folder over HTTP: known kinds alone, no folder is ever listed.

Most requests are calendars that ask whether anything is new: these are answered from a stat alone.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from http import HTTPStatus
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Scope

from planner.publish import KINDS

_ODD = re.compile(r"[\\:\x00-\x1f]")
_Version = tuple[int, int, int, int]


class Outputs(StaticFiles):
    """The files of one folder that may be shown."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder, check_dir=False)  # before the first week there is none
        self._etags: dict[str, tuple[_Version, str]] = {}

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

    async def get_response(self, path: str, scope: Scope) -> Response:
        """As starlette's, without a thread for each stat. Raises HTTPException, OSError."""
        if scope["method"] not in {"GET", "HEAD"}:
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED)
        full_path, found = self.lookup_path(path)
        if found is None or not stat.S_ISREG(found.st_mode):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return self.file_response(full_path, found, scope)

    def file_response(
        self, full_path: str | os.PathLike[str], stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        """The file, the part of it that is asked for, or that it did not change. Raises OSError."""
        asked = Headers(scope=scope)
        etag = self._etag(str(full_path), stat_result)
        if asked.get("if-none-match") == etag:  # what every subscriber asks; the rest of RFC 9110, 13 is starlette's
            return NotModifiedResponse(Headers({"ETag": etag}))
        response = FileResponse(
            full_path,
            status_code=status_code,
            media_type=KINDS.get(Path(full_path).suffix),  # a link may lead to a file of another name
            stat_result=stat_result,
            headers={"ETag": etag},
        )
        if self.is_not_modified(response.headers, asked):
            return NotModifiedResponse(response.headers)
        if not asked.get("range", "bytes=").startswith("bytes="):  # RFC 9110, 14.2: an unknown unit is ignored
            scope["headers"] = [(name, value) for name, value in scope["headers"] if name != b"range"]
        return response

    def _etag(self, file: str, found: os.stat_result) -> str:
        """A strong validator of the bytes alone (RFC 9110, 8.8.3): copies of a folder on several hosts agree on it, and
        so do files that a backup brought back; starlette's own tells time and size. Read once for each file that is put
        in place: ours are never written to, another takes their name."""
        version = (found.st_ino, found.st_mtime_ns, found.st_ctime_ns, found.st_size)
        known = self._etags.get(file)
        if known is None or known[0] != version:
            known = version, f'"{hashlib.sha256(Path(file).read_bytes()).hexdigest()[:32]}"'
            self._etags[file] = known
        return known[1]
