"""Values as YAML that people read: plain where that is safe for every reader of YAML, else quoted as in JSON."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from datetime import date

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import ScalarNode, SequenceNode

_BEGINS_PLAIN = re.compile(r"[^\W\d_]")
_READ_AS_OTHERS = re.compile(r"y|n|yes|no|on|off|true|false|null|nan|inf", re.IGNORECASE)
"""Words that YAML 1.1 takes for values."""


def block_lines(entry: Mapping[str, object] | str, indent: str, gap: str = " ") -> list[str]:
    """An entry of a block sequence, a line for each key, without line ends: ``- id: …`` and what follows below it.
    Lists of mappings are block sequences below their keys."""
    if isinstance(entry, str):
        return [f"{indent}-{gap}{written(entry)}"]
    below = indent + " " * (1 + len(gap))
    lines: list[str] = []
    for key, value in entry.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            lines.append(f"{below}{written(key)}:")
            lines += [line for each in value for line in block_lines(each, below + "  ")]
        else:
            lines.append(f"{below}{written(key)}: {written(value)}")
    return [f"{indent}-{gap}{lines[0][len(below) :]}", *lines[1:]]


def written(value: object) -> str:
    """A value in one line of YAML, for any place of a document. Mappings and lists are in flow style."""
    if isinstance(value, str):
        return value if _is_plain(value) else _quoted(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{written(key)}: {written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, Sequence):
        return "[" + ", ".join(map(written, value)) + "]"
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value)


def _is_plain(text: str) -> bool:
    """Whether a text means itself without quotes, also within a list in brackets."""
    if not _BEGINS_PLAIN.match(text) or not text.isprintable() or _READ_AS_OTHERS.fullmatch(text):
        return False
    try:
        node = YAML(typ="safe", pure=True).compose(io.StringIO(f"[{text}]"))
    except YAMLError:
        return False
    if not isinstance(node, SequenceNode) or len(node.value) != 1 or not isinstance(node.value[0], ScalarNode):
        return False
    return bool(node.value[0].value == text)


def _quoted(text: str) -> str:
    """A double-quoted scalar (YAML 1.2, 7.3.1): JSON strings are a subset of it. What cannot be seen is escaped."""
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in json.dumps(text, ensure_ascii=False))


def _escaped(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08x}"
