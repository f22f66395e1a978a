"""From events to a week and its files: identity, scoring, planning and publishing."""
