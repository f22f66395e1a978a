"""The ``llm:`` part of the configuration: a second reader of announcements, which is asked only where this says so.

Any server that speaks OpenAI's chat completions will do, in a cloud or on this machine. Its key never stands here.
"""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from planner.config.base import Model, web_address
from spiders.guard import REFUSED
from spiders.items import Second
from spiders.reasons import Code

_PATH = "/chat/completions"
_NEAR_NAMES = (".local", ".lan", ".internal", ".home.arpa", ".localhost")
_NEAR_RANGES = {Code.RANGE_PRIVATE, Code.RANGE_LOOPBACK, Code.RANGE_SHARED, Code.RANGE_LINK_LOCAL}


def _address(address: str) -> str:
    """-> where requests go. No message repeats the address: it may hold what should not be shown."""
    parts = web_address(address, bad="llm_url", user="llm_user_in_url", query="llm_query")
    if parts.scheme == "http" and not _is_near(parts.host):
        raise PydanticCustomError("llm_insecure", "no texts and no key without encryption")
    return parts.at(parts.path.rstrip("/").removesuffix(_PATH) + _PATH)


def _is_near(host: str) -> bool:
    """Whether a host is this machine or stands in the user's own network, by its address or by a name that only such
    networks give."""
    try:
        found = ip_address(host)
    except ValueError:
        return "." not in host or host.endswith(_NEAR_NAMES)
    if found.is_loopback:
        return True
    return any(found.version == each.version and found in each and kind in _NEAR_RANGES for each, kind in REFUSED)


class Llm(Model):
    """Where a language model answers and which announcements it is shown: the ``doubtful`` ones, all, none. What the
    user pasted or keeps in files is shown only with ``own_notes``. ``timeout`` is seconds for one answer."""

    url: Annotated[str, AfterValidator(_address), Field(max_length=500, examples=["https://api.deepseek.com/v1"])]
    model: str = Field(min_length=1, max_length=200, pattern=r"^[\x21-\x7e]+$", examples=["deepseek-chat"])
    key_file: str | None = Field(default=None, min_length=1, examples=["llm.secret"])
    when: Second = "doubtful"
    own_notes: bool = False
    timeout: float = Field(default=60.0, ge=1, le=600)
    calls_a_day: int = Field(default=100, ge=0, le=10_000)

    @property
    def server(self) -> str:
        """The host that answers, for messages."""
        return urlsplit(self.url).hostname or ""

    def resolved(self, folder: Path) -> Llm:
        """The same with a relative ``key_file`` made absolute against ``folder``."""
        if self.key_file is None:
            return self
        return self.model_copy(update={"key_file": str(folder / self.key_file)})
