"""The small languages of announcements: times, places, prices. Pure functions over text."""
