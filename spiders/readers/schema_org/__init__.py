"""Events marked up with schema.org's words: JSON-LD, microdata, RDFa."""

from spiders.readers.schema_org.reader import (
    MARKUPS,
    NAME,
    accepts,
    read,
    read_json_ld,
    read_microdata,
    read_page,
    read_rdfa,
)

__all__ = ["MARKUPS", "NAME", "accepts", "read", "read_json_ld", "read_microdata", "read_page", "read_rdfa"]
