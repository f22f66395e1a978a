"""Where the configuration stands that ``quanzi init`` wrote for this user, and the note that says where."""

from __future__ import annotations

import os
from pathlib import Path

from planner.glance import is_shipped_sample

NAME = "config.yaml"


def usual_folder() -> Path:
    """The folder of a user's own that init proposes: where this system keeps data of programs."""
    import platformdirs

    return Path(platformdirs.user_data_dir("quanzi", appauthor=False))


def own_config() -> Path | None:
    """The configuration that init wrote for this user, be it there or gone; None where it wrote none, or where this
    user has no home (a container's, by its number alone)."""
    try:
        noted = _noted()
        if noted is not None:
            return noted
        return next((path for path in (usual_folder() / NAME, _settings() / NAME) if path.is_file()), None)
    except RuntimeError:
        return None


def config_in_sight(given: Path | None) -> Path | None:
    """The configuration that a call uses, be it there or not: ``--config``, else ``$QUANZI_CONFIG``, else
    ``./config.yaml`` unless it is the sample of a clone, else the one that init wrote for this user; None without
    any."""
    if given is not None:
        return given
    if named := os.environ.get("QUANZI_CONFIG"):
        return Path(named)
    here = Path(NAME)
    if here.is_file() and not is_shipped_sample(here):
        return here
    return own_config()


def remember(path: Path) -> None:
    """Note that this is the user's own configuration; no note is needed for the usual place. Raises OSError."""
    note = _note()
    if path == usual_folder() / NAME:
        note.unlink(missing_ok=True)
        return
    note.parent.mkdir(parents=True, exist_ok=True)
    unfinished = note.with_name(f"{note.name}.{os.getpid()}")
    unfinished.write_text(f"{path}\n", encoding="utf-8")
    unfinished.replace(note)


def _noted() -> Path | None:
    try:
        text = _note().read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(text) if text else None


def _note() -> Path:
    return _settings() / "configuration"


def _settings() -> Path:
    import platformdirs

    return Path(platformdirs.user_config_dir("quanzi", appauthor=False))
