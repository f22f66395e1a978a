"""What a person can do about a source that is not good, by the reason why it is not."""

from __future__ import annotations

from planner.i18n.catalog import Catalog
from spiders.reasons import Code, Reason

_ADVICE: dict[str, frozenset[Code]] = {
    "sign_in": frozenset({Code.STATUS_SIGN_IN, Code.PAGE_SIGN_IN}),
    "refused": frozenset(
        {
            Code.STATUS_REFUSES_PROGRAMS, Code.STATUS_LEGAL, Code.ROBOTS_FORBID, Code.PAGE_CHALLENGE,
            Code.PAGE_CONSENT, Code.PAGE_QUEUE,
        }
    ),
    "moved": frozenset(
        {
            Code.STATUS_NOT_FOUND, Code.STATUS_GONE, Code.HOST_NOT_FOUND, Code.NAME_UNKNOWN, Code.NOT_AN_ADDRESS,
            Code.REDIRECTED_NOWHERE, Code.REDIRECTED_TOO_OFTEN, Code.PAGE_NOT_FOUND, Code.PAGE_PARKED,
            Code.PAGE_REDIRECTED, Code.CERTIFICATE_OF_ANOTHER,
        }
    ),
    "later": frozenset(
        {
            Code.STATUS_WAIT, Code.STATUS_OUT_OF_SERVICE, Code.STATUS_ERROR, Code.ASKED_TO_WAIT,
            Code.ROBOTS_UNREACHABLE, Code.NO_ANSWER, Code.NO_ANSWER_WITHIN, Code.CRAWL_ENDED, Code.NAME_LATER,
            Code.TIMED_OUT, Code.CONNECTION_REFUSED, Code.CONNECTION_CLOSED, Code.NETWORK_UNREACHABLE,
            Code.PAGE_SERVER_ERROR, Code.CUT_OFF,
        }
    ),
    "script": frozenset({Code.PAGE_FILLED_BY_SCRIPT}),
    "kind": frozenset({Code.NOT_A_CALENDAR, Code.NOT_A_FEED}),
    "empty": frozenset({Code.EMPTY_CALENDAR, Code.EMPTY_FEED, Code.NONE_IN_WINDOW, Code.NOTHING_AHEAD, Code.EMPTY}),
    "no_events": frozenset(
        {Code.NO_EVENT, Code.NO_EVENT_AT_ALL, Code.SILENT_ITEMS, Code.NONE_READABLE, Code.FEW_WITH_DATE}
    ),
    "place": frozenset({Code.FEW_WITH_PLACE}),
    "zone": frozenset({Code.MANY_DOUBTFUL}),
    "file": frozenset({Code.OF_FILE}),
}  # fmt: skip
"""The advice for each reason; a reason that says itself what to do has none."""


def advice(reason: Reason | None, words: Catalog) -> str | None:
    """What to do, in words. Where a reason has another within it, the innermost that we know decides."""
    for code in reversed(list(_codes(reason))):
        for name, codes in _ADVICE.items():
            if code in codes:
                return words(f"advice.{name}")
    return None


def _codes(reason: Reason | None) -> list[str]:
    """The codes of a reason and of those within it, the outermost first."""
    if reason is None:
        return []
    inner = [each for _, value in reason.values for each in (value if isinstance(value, tuple) else (value,))]
    return [reason.code, *(code for each in inner if isinstance(each, Reason) for code in _codes(each))]
