"""The jobs of an organisation on many machines: what each does, when it is due, and the queue in the database that
hands each to one worker."""

from typing import Literal

Command = Literal["week", "refresh"]
"""The organisation's two runs."""
QUEUES = ("crawl", "keep", "plan", "letters")
"""What a worker may take: crawls, the keeper's own runs (where the output folder is), members' plans, letters."""
