"""A week as a short message for a team chat: a title, two lines for each pick, what changed."""

from __future__ import annotations

from dataclasses import dataclass

from planner.i18n.catalog import Catalog
from planner.render.digest import Digest
from planner.text import one_line

# Signs with which a chat would do something: call people (@, and <at user_id="all"> of Feishu), hide where a link leads
# ([words](address), <address|words>), draw. Their full-width forms look alike and do nothing anywhere.
_HARMLESS = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in "<>@[]`"})
_IN_A_LINK = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "@[]()*|"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What there is to say of an ISO week (``2026-W48``). Each pick is one text of one or two lines; ``instead`` is
    said where there are none; the first ``of_this_week`` are what is still to come of the week before, the others
    stand under the ``heading``."""

    week: str
    title: str
    picks: tuple[str, ...]
    changes: tuple[str, ...] = ()
    instead: str | None = None
    of_this_week: int = 0
    heading: str = ""


def compose(view: Digest, week: str, words: Catalog) -> Message:
    """The view of a digest -> its short message. Words from the web lose the signs that chats act upon."""
    picks = []
    rest = view.rest.cards if view.rest else ()
    for card in (*rest, *view.cards):
        values = {name: getattr(card, name).translate(_HARMLESS) for name in ("when", "title", "place")}
        line = words("notify.pick", **values)
        picks.append(f"{line}\n{card.link.translate(_IN_A_LINK)}" if card.link else line)
    return Message(
        week=week,
        title=one_line(words("notify.title", dates=view.dates, summary=view.summary)),
        picks=tuple(picks),
        changes=tuple(
            change.translate(_HARMLESS) for change in (*(view.rest.changes if view.rest else ()), *view.changes)
        ),
        instead=view.initiative and view.initiative.translate(_HARMLESS),
        of_this_week=len(rest),
        heading=view.heading,
    )


def body(message: Message, most: int, words: Catalog) -> str:
    """The text below the title in at most ``most`` bytes of UTF-8 (chats count bytes or characters; bytes are never
    fewer). It is shortened at whole lines of changes, then at whole picks, and says how many are left out."""
    for picks, changes in _fewer_and_fewer(len(message.picks), len(message.changes)):
        text = _text(message, picks, changes, words)
        if len(text.encode()) <= most:
            return text
    return text.encode()[: max(0, most)].decode(errors="ignore")


def _fewer_and_fewer(picks: int, changes: int) -> list[tuple[int, int]]:
    return [(picks, kept) for kept in range(changes, -1, -1)] + [(kept, 0) for kept in range(picks - 1, -1, -1)]


def _text(message: Message, picks: int, changes: int, words: Catalog) -> str:
    soon = message.picks[: min(picks, message.of_this_week)]
    lines = [words("digest.rest"), *soon, message.heading] if soon else []
    lines += [message.instead] if message.instead else []
    lines += message.picks[len(soon) : picks]
    if changes:
        lines += [words("notify.changes"), *message.changes[:changes]]
    left_out = len(message.picks) - picks + len(message.changes) - changes
    if left_out:
        lines.append(words("notify.more", count=left_out))
    return "\n".join(lines)
