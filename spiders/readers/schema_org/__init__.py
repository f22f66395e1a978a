"""Events marked up with schema.org's words: JSON-LD, microdata, RDFa."""

from spiders.readers.schema_org.reader import NAME, read, read_json_ld, read_microdata, read_rdfa

__all__ = ["NAME", "read", "read_json_ld", "read_microdata", "read_rdfa"]
