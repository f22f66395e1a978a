"""Why a second reader did not answer; apart from the client, whose library is slow to load."""

from __future__ import annotations

from spiders.reasons import Reason


class NoAnswerError(Exception):
    """Why there is no answer. ``for_all``: there will be none to any other text of this run either; ``later``: asking
    again another day may help."""

    def __init__(self, reason: Reason, *, for_all: bool = False, later: bool = True) -> None:
        super().__init__(str(reason.code))
        self.reason, self.for_all, self.later = reason, for_all, later
