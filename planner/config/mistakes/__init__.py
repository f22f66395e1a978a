"""A configuration that cannot be read: which mistakes were made, where, and what would be right."""

from __future__ import annotations
