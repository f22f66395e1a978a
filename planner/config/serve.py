"""The ``serve:`` part of the configuration."""

from __future__ import annotations

from planner.config.base import Model


class Serve(Model):
    """``interactive``: below the secret address there is a page that takes what the user received, verdicts and
    keywords."""

    interactive: bool = False
