"""Tokens to mentions: a fold with state. Dates gather hours, ranges carry over, words give roles.

The rules for each kind of token are methods named after it (``_on_date``, ``_on_time`` …), by theme in the modules of
this package; :class:`MentionReader` is all of them together.
"""

from __future__ import annotations

from datetime import date

from spiders.text.when.mentions.hours import HourRules
from spiders.text.when.mentions.skips import SkipRules
from spiders.text.when.mentions.weekdays import WeekdayRules
from spiders.text.when.model import Mention
from spiders.text.when.tokens import scan


def read_mentions(text: str, today: date) -> list[Mention]:
    """Every place in folded ``text`` that speaks of time, in order. ``today`` is the local day of publication."""
    return MentionReader(text, today).run()


class MentionReader(SkipRules, WeekdayRules, HourRules):
    """One pass over the tokens of one text."""

    def run(self) -> list[Mention]:
        tokens = list(scan(self.text))
        for index, token in enumerate(tokens):
            following = tokens[index + 1] if index + 1 < len(tokens) else None
            handler = getattr(self, "_on_" + token.kind.replace("-", "_"), None)
            if handler is not None:
                handler(token, following)
        return self.mentions
