"""What the readers of pages share: the parsed page, offsets of zones, refusals, lenient JSON."""
