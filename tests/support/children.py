"""What children of the tests do. A process of its own imports it by name."""

from __future__ import annotations

import logging
import os
import time
from typing import Any


def echo(pipe: Any, *args: Any) -> None:
    """Answers with what it was called with, then with what it hears."""
    pipe.send(args)
    pipe.send(pipe.recv())


def speak(pipe: Any) -> None:
    """Says much where nobody should hear it, logs a line, then answers."""
    print("a banner", flush=True)
    os.write(1, b"and a line from C\n")
    logging.getLogger("spiders.of_a_child").warning("%d events", 3)
    logging.getLogger("spiders.of_a_child").debug("not asked for")
    pipe.send("done")


def fall_silent(pipe: Any) -> None:
    pipe.send("here")
    time.sleep(60)


def die(pipe: Any) -> None:
    os._exit(3)
