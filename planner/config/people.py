"""The ``people:`` part of the configuration: where the file of the people whom the user knows lies, and whether their
names may leave this machine."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field

from planner.config.base import Model


class PeopleFile(Model):
    """``in_mail``: the digest by mail, and what is uploaded, name people; else those get a version without them."""

    file: str = Field(default="people.yaml", min_length=1)
    in_mail: bool = False

    def resolved(self, folder: Path) -> PeopleFile:
        """The same with a relative path made absolute against ``folder``."""
        return self.model_copy(update={"file": str(folder / self.file)})
