"""Recurrence rules (RFC 5545, 3.3.10): one engine for calendars, schema.org and rules in words."""
