"""The output folder over HTTP, for subscribing, and a private page that answers."""

from planner.serve.application import SUBSCRIBE, application
from planner.serve.listening import listening, reached_at, run
from planner.serve.outputs import Outputs
from planner.serve.secret import secret_of

__all__ = ["SUBSCRIBE", "Outputs", "application", "listening", "reached_at", "run", "secret_of"]
