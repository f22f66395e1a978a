"""Where secrets stand: the names of variables and files, never the secrets themselves."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _variable(name: str) -> str:
    """What is no name may be the secret itself, so that the message does not repeat it."""
    if not _VARIABLE.fullmatch(name):
        raise PydanticCustomError("variable", "not the name of a variable")
    return name


Variable = Annotated[str, AfterValidator(_variable), Field(json_schema_extra={"pattern": f"^{_VARIABLE.pattern}$"})]
