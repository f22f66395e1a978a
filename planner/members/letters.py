"""The letters of members, each to one member alone, by the organisation's server: made of what was published."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

from pydantic import ValidationError

from planner.config import Config
from planner.deliver import Outcome
from planner.deliver.mail import MailMessage, deliver
from planner.i18n.catalog import Catalog
from planner.members.weekly import LETTER
from planner.members.wishes import personal
from planner.store import Member, Store


def send_letters(
    config: Config, store: Store, members: Iterable[Member], now: datetime
) -> Iterator[tuple[Member, Outcome]]:
    """Send each of these the letter of the week that was published for them, unless that is over or it was sent.
    A letter that fails costs nothing else: the next call tries again."""
    for member in members:
        try:
            own = personal(config, member.wishes)
        except ValidationError:
            continue
        letter = _letter_of(store.of(member.number), now) if own.mail is not None else None
        if own.mail is not None and letter is not None:
            yield member, deliver(own.mail, letter, store.of(member.number), now, Catalog(own.language))


def _letter_of(store: Store, now: datetime) -> MailMessage | None:
    told = json.loads(store.own_fact(LETTER) or "{}")
    if not told or datetime.fromisoformat(told["until"]) <= now:
        return None
    files = store.published_files()
    return MailMessage(
        week=told["week"],
        subject=told["subject"],
        text=files["digest.txt"],
        html=files["digest.html"],
        calendar=files["plan.ics"],
        empty=told["empty"],
    )
