"""Readers: bytes of one document to events. Pure functions: no network, no clock, no Scrapy."""
