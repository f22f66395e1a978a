"""Where a store lies: SQLite's shared log needs memory that two machines cannot share, and a folder that is copied to
a cloud while it is written to is copied by halves."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

_MOUNTS = Path("/proc/mounts")
_NETWORK = re.compile(
    r"(?:fuse\.)?(?:nfs\d?|cifs|smb\d?|smbfs|9p|sshfs|davfs|webdavfs|afs|afpfs|ceph|glusterfs|rclone)"
)
"""Kinds of file systems that lie on another machine."""
_SYNCED = re.compile(
    r"dropbox|onedrive|icloud ?drive|mobile documents|cloudstorage|google ?drive|nextcloud|nutstore|坚果云"
    r"|baidusyncdisk|weiyun|syncthing|seafile|pcloud ?drive|box sync",
    re.IGNORECASE,
)
"""How the folders of the usual services begin; many put a name of the user's behind it."""
Place = Literal["network", "cloud"]


def shared_place(path: Path) -> Place | None:
    """Whether a file lies, or would lie, on another machine or in a folder that is synchronised; None where it does
    not, or where the system does not tell."""
    full = path.absolute()
    if any(_SYNCED.match(part) for part in full.parent.parts):
        return "cloud"
    kind = _kind_of_mount(full)
    return "network" if kind is not None and _NETWORK.fullmatch(kind) else None


def _kind_of_mount(path: Path) -> str | None:
    """The kind of file system that a path lies on, as Linux tells it (proc(5))."""
    try:
        lines = _MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    mounts = [(_unescaped(each[1]), each[2]) for line in lines if len(each := line.split(" ")) > 2]
    around = [
        (len(Path(folder).parts), number) for number, (folder, _) in enumerate(mounts) if path.is_relative_to(folder)
    ]
    return mounts[max(around)[1]][1] if around else None


def _unescaped(text: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
