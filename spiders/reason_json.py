"""Reasons through JSON and back: how stores and files keep what was said."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from spiders.reasons import Code, Reason


def to_json(reason: Reason) -> dict[str, Any]:
    """A reason as a JSON object: ``{"code": ..., name: value, ...}``, reasons within it likewise."""
    return {"code": str(reason.code), **{name: _to_json(value) for name, value in reason.values}}


def _to_json(value: Any) -> Any:
    if isinstance(value, tuple):
        return [to_json(each) for each in value]
    return to_json(value) if isinstance(value, Reason) else value


def from_json(values: Mapping[str, Any], codes: type[StrEnum] = Code) -> Reason:
    """The reason of such an object. Raises ValueError where its code is none of ``codes``."""
    inner = {name: _from_json(value, codes) for name, value in values.items() if name != "code"}
    return Reason(codes(str(values.get("code"))), **inner)


def _from_json(value: Any, codes: type[StrEnum]) -> Any:
    if isinstance(value, list):
        return tuple(from_json(each, codes) for each in value if isinstance(each, Mapping))
    return from_json(value, codes) if isinstance(value, Mapping) else value


def recalled(value: object) -> Reason:
    """A reason as a store or a file keeps it: an object by its code; a text, or a code unknown, as it stands."""
    if isinstance(value, Mapping):
        try:
            return from_json(value)
        except ValueError:  # a code of a newer program
            return Reason(Code.AS_SAID, text=str(value.get("code")))
    return Reason(Code.AS_SAID, text=str(value))
