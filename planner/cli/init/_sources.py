"""The sources that a new configuration begins with."""

from __future__ import annotations

from planner.cli.init._questions import Answers
from planner.plan.suggest import Suggestion, Wishes, starters
from spiders.catalogue import city_named


def sources_at_start(answers: Answers) -> tuple[Suggestion, ...]:
    """What the catalogue has for these answers."""
    wishes = Wishes(
        language=answers.language,
        industry=answers.industry,
        practice=answers.practice,
        chain=(*answers.up, *answers.down),
    )
    return starters(city_named(answers.place.catalogue, answers.place.zone), wishes)
