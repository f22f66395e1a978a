"""What people read: digest, pages, calendars, from planned weeks in words to files as bytes. Nothing here writes."""
