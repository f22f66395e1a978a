"""What of a source decides how its answers are read: where that differs, it is another source under the same id."""

from __future__ import annotations

from planner.store import SourceState
from spiders.items import Source
from spiders.version import VERSION

READING = 4  # counted up where reading changes between versions: what was read before is read once more


def fingerprint(source: Source) -> str:
    """The address and all that bears on reading it: another kind or zone is another source. Of a secret it holds the
    name of its file alone."""
    told: dict[str, object] = dict(source.options)
    told |= {"second": source.second} if source.second != "never" else {}
    told |= {"language": source.language} if source.language and source.url else {}
    told |= {"headers_from": source.headers_from} if source.headers_from else {}
    told |= {"timezone_overrides": True} if source.timezone_overrides else {}
    told |= {name: ",".join(words) for name, words in (("only", source.only), ("without", source.without)) if words}
    options = "".join(f" {name}={value}" for name, value in sorted(told.items()))
    return f"{source.kind} {source.timezone} {source.address}{options} {VERSION}.{READING}"


def is_as_configured(state: SourceState, source: Source) -> bool:
    """Whether a source was last asked with the settings that it has now, by whatever version of the program."""
    return state.address.rpartition(" ")[0] == fingerprint(source).rpartition(" ")[0]


def is_same_address(state: SourceState, source: Source) -> bool:
    """Whether a source stands where it stood when it was last asked, however its answers are read now."""
    return f"{state.address.split(' ', 2)[-1]} ".startswith(f"{source.address} ")
