"""Tokens to mentions: one pass with state. Dates gather hours, ranges carry over, words give roles.

The rules for each kind of token are methods named after it (``_on_date``, ``_on_time`` …), by theme in the modules of
this package; :class:`MentionReader` is all of them together. A new kind of token needs a method: without one this
module cannot be imported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from spiders.text.when.mentions.halves import settle_halves
from spiders.text.when.mentions.hours import HourRules
from spiders.text.when.mentions.skips import SkipRules
from spiders.text.when.mentions.weekdays import WeekdayRules
from spiders.text.when.model import Mention
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind, Token


def read_mentions(text: str, today: date, *, day_first: bool = False) -> list[Mention]:
    """Every place in normalized ``text`` that speaks of time, in order. ``today`` is the local day of publication.

    ``day_first``: 5/12 is the fifth of December where nothing in the text says otherwise (`zones.day_first`).
    """
    return MentionReader(text, today, day_first=day_first).run()


class MentionReader(SkipRules, WeekdayRules, HourRules):
    """One pass over the tokens of one text."""

    def run(self) -> list[Mention]:
        tokens = list(scan(self.text))
        for index, token in enumerate(tokens):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            HANDLERS[token.kind](self, token, following)
        settle_halves(self.mentions, self.text)
        return self.mentions


HANDLERS: Mapping[Kind, Callable[[MentionReader, Token, Token | None], None]] = {
    kind: getattr(MentionReader, "_on_" + kind.replace("-", "_")) for kind in Kind
}
"""What is done with a token and the one behind it."""
