"""Which jobs ask which hosts: a host belongs to one bucket, so that two machines never ask it at once.

Hosts by name are not hosts by address: a platform answers under thousands of names. What one owner registered shares a
bucket (`spiders.domains`).
"""

from __future__ import annotations

import hashlib

from spiders.domains import registered_of


def bucket_of(host: str, count: int) -> int:
    """The bucket of a host (as `spiders.hosts.host_of` gives it) among ``count``, from 0 on: the same on every machine
    that has the same list of suffixes. Raises ValueError where ``count`` is less than one."""
    if count < 1:
        raise ValueError(f"buckets: {count} is no number of buckets (give at least 1)")
    digest = hashlib.sha256(registered_of(host).encode()).digest()
    return int.from_bytes(digest[:8], "big") % count
