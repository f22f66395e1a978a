"""What every part of the configuration has in common."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError


class Model(BaseModel):
    """Unknown keys are errors, values are frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _variable(name: str) -> str:
    """What is no name may be the secret itself, so that the message does not repeat it."""
    if not _VARIABLE.fullmatch(name):
        raise PydanticCustomError("variable", "not the name of a variable")
    return name


Variable = Annotated[str, AfterValidator(_variable), Field(json_schema_extra={"pattern": f"^{_VARIABLE.pattern}$"})]
"""Where a secret stands: the name of a variable of the environment, never the secret itself."""
