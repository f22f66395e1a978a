"""The two models that read: loaded once in a process, when the first picture comes, and only if they are the very files
that were measured."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_SUMS = {
    "det.onnx": "193bab7a04fca699a6c82e6abb5b81bdb28177f0abd4062552b04908dafb19f8",
    "rec.onnx": "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6",
    "characters.txt": "2af150bab777d86fa1ce821f6a37eabea90f1bb99ab9c41f031262e892a747bc",
}


def finds(pixels: Floats) -> Floats:
    """Where something is written: ``pixels`` (1, 3, height, width; sides are multiples of 32) to how likely each pixel
    belongs to a line (height, width), 0 to 1."""
    found: Floats = _session("det.onnx").run(None, {"x": pixels})[0][0, 0]
    return found


def spells(pixels: Floats) -> Floats:
    """What stands in lines: ``pixels`` (lines, 3, 48, width) to how likely each character is at each step (lines,
    steps, characters); character 0 is none."""
    spelt: Floats = _session("rec.onnx").run(None, {"x": pixels})[0]
    return spelt


@cache
def characters() -> tuple[str, ...]:
    """The characters that `spells` numbers; the first stands for none, the last is the space."""
    return ("", *_bytes("characters.txt").decode("utf-8").split("\r\n")[:-1], " ")


@cache
def _session(name: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it keeps what the largest picture ever took
    options.enable_mem_pattern = False  # of use for pictures of one size only
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(_bytes(name), options, providers=["CPUExecutionProvider"])


def _bytes(name: str) -> bytes:
    """A file of the models. Raises ValueError where it is not the one that was measured."""
    body = (files(__package__) / "models" / name).read_bytes()
    if sha256(body).hexdigest() != _SUMS[name]:
        raise ValueError(f"{name}: not the model that this program was made with (install quanzi again)")
    return body
