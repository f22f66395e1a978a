"""The output folder over HTTP, for subscribing, and a private page that answers."""

from planner.serve.application import SUBSCRIBE, application
from planner.serve.desk import Desk
from planner.serve.listening import listening, reached_at, run
from planner.serve.outputs import Outputs
from planner.serve.pages import FOLDER, Clocks, DeskPages
from planner.serve.secret import secret_of
from planner.serve.shelf import StoreShelf

__all__ = [
    "FOLDER",
    "SUBSCRIBE",
    "Clocks",
    "Desk",
    "DeskPages",
    "Outputs",
    "StoreShelf",
    "application",
    "listening",
    "reached_at",
    "run",
    "secret_of",
]
