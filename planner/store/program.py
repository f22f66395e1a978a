"""What this program is, as a digest: what an earlier run made stands where the same program would make it again."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
import zoneinfo
from collections.abc import Iterable
from importlib import metadata, resources
from pathlib import Path

from planner.i18n.catalog import templates_folder
from spiders.items import Event

_CODE = ("planner", "spiders")
_NO_FOLDERS = frozenset({"__pycache__", "picture", "city"})
"""Pictures are read long before, and the sample city is data of its own."""
_LIBRARIES = ("icalendar", "jinja2", "markupsafe", "tzdata")


def digest_with_program(told: str, timezone: str, events: Iterable[Event]) -> str:
    """A digest of what was ``told``, of the program, and of the rules of the time zones that ``events`` and the user's
    own ``timezone`` follow."""
    moments = (moment for event in events for moment in (event.start, event.end) if moment is not None)
    zones = {timezone, *filter(None, {getattr(moment.tzinfo, "key", None) for moment in moments})}
    made = hashlib.blake2b(program(), digest_size=16)
    for zone in sorted(zones):
        made.update(rules_of(zone))
    made.update(told.encode("utf-8", "backslashreplace"))
    return made.hexdigest()


def sum_of(text: str) -> str:
    """By which a text that was kept is known to be as it was: a flipped bit of a rating would be a wrong one."""
    return hashlib.blake2b(text.encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()


@functools.cache
def program() -> bytes:
    """The program by its bytes, and the versions of what it writes with: after an update everything is made anew."""
    here = Path(__file__).parents[2]
    made = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for name in _LIBRARIES:
        made.update(f"{name} {metadata.version(name)}".encode())
    for root in (*(here / name for name in _CODE), templates_folder()):
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(set(folders) - _NO_FOLDERS)
            for name in sorted(names):
                made.update(name.encode("utf-8", "surrogateescape"))
                made.update(Path(folder, name).read_bytes())
    return made.digest()


def rules_of(zone: str) -> bytes:
    """The rules of a time zone as this machine has them; nothing for one that is not known by name."""
    for folder in zoneinfo.TZPATH:
        file = Path(folder, zone)
        if file.is_file():
            return file.read_bytes()
    try:
        return resources.files("tzdata").joinpath("zoneinfo", *zone.split("/")).read_bytes()
    except (OSError, ModuleNotFoundError):
        return b""
