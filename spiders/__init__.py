"""From the web to events: sources, fetching and reading. Knows nothing of plans."""
