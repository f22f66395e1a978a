"""One line of a configuration, as the person meant it who wrote it."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.config.mistakes.signs import Sign


@dataclass(slots=True)
class Line:
    """One line. ``role``: "blank" (or a comment), "block" (begins a key or an entry), "inside" (goes on with a value).
    Columns from 0: ``indent`` of the first sign, ``dashes`` of entries, ``start`` of what follows them, ``colon``
    behind the key if there is one, ``value`` and ``end`` around the value (equal where there is none). ``open_quote``
    and ``open_brackets`` (with their closing signs) are those that are not closed where they should be; ``plain`` are
    the spans of plain texts in brackets, ``signs`` what may be mistyped."""

    number: int
    text: str
    role: str = "blank"
    indent: int = 0
    dashes: tuple[int, ...] = ()
    start: int = 0
    colon: int | None = None
    value: int = 0
    end: int = 0
    open_quote: int | None = None
    open_brackets: tuple[tuple[str, int, int], ...] = ()
    last_inside: int | None = None
    plain: list[tuple[int, int]] = field(default_factory=list)
    signs: list[Sign] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The name of the key, without quotes; "" where there is none."""
        return "" if self.colon is None else self.text[self.start : self.colon].strip(" \"'“”‘’")

    @property
    def has_value(self) -> bool:
        return self.end > self.value
